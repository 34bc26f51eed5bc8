"""A file becomes an edition of a layer: upload, report, preview, questions, acceptance."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
import streamlit as st

from geodata.catalog import catalog
from geodata.crs import OFFERED_CRS, to_work
from geodata.errors import PlanningError
from geodata.language import Text
from geodata.layers import Edition, Layer
from geodata.layouts import Mapping, load_mapping, mapping_names, save_mapping, suggest
from geodata.layouts.mappings import Constant
from geodata.reading.importing import FileReading, read_file
from geodata.store import write_layers
from zones.ui.components.map_frame import MapState, show_map
from zones.ui.components.session import language, say
from zones.ui.components.territory import writable_store
from zones.ui.components.work import Work, begin, wait_for
from zones.ui.documents import document_for

__all__ = ["show_import"]

_JOB, _WORK, _SAID, _ENDED = "import_job", "import_work", "import_said", "import_ended"
_BADGES = {
    "loaded": ("green", "check_circle"),
    "loaded_with_report": ("orange", "error"),
    "refused": ("red", "cancel"),
}
_OUTCOMES = {
    "loaded": Text("Lu sans remarque", "Read without remark"),
    "loaded_with_report": Text("Lu, avec un compte rendu", "Read, with a report"),
    "refused": Text("Refusé", "Refused"),
}
_SUFFIXES = (
    ".geojson", ".json", ".gz", ".gpkg", ".zip", ".bz2", ".tar", ".thf", ".dxf", ".kml", ".kmz",
    ".tab", ".mif", ".csv", ".txt", ".xlsx", ".parquet", ".shp",
)  # fmt: skip
_ROWS_SHOWN = 8
_MARKS_NAMED = 12
_SHAPES_SHOWN = 5000
_SAME = "= "
"""Before a word that every feature gets."""
_NOT_DRAWN = {"outside_territory"}
"""Defects of every feature, which would hide the map."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One uploaded file and how it is to be read."""

    folder: Path
    """Folder of its own, with names of ours."""
    path: Path
    """The file, or the folder of several that belong together."""
    name: str
    """Name the planner knows it by."""
    layer: str | None = None
    crs: str | None = None
    mapping: Mapping | None = None
    repair: bool = False
    reading: FileReading | None = None
    """What became of it."""


def show_import() -> None:
    """The whole way of a file into the store."""
    for kind, text in st.session_state.pop(_SAID, ()):
        (st.success if kind == "done" else st.error)(text)
    key = f"import_upload_{st.session_state.setdefault(_ENDED, 0)}"  # a new one lists no old file
    with st.container(key=f"upload_{language()}"):
        st.file_uploader(
            say("import_file"),
            accept_multiple_files=True,
            key=key,
            help=say("import_formats"),
            on_change=_received,
            args=(key,),
        )
    work: Work | None = st.session_state.get(_WORK)
    if work is not None:
        _watch(work)
    job = _at_hand()
    if job is not None and job.reading is not None:
        _report(job, job.reading)


def show_preview() -> bool:
    """Map of what an accepted file would bring; False where there is nothing to show."""
    job = _at_hand()
    if job is None or job.reading is None:
        return False
    reading = job.reading
    layers = {each.id: each for each in reading.layers}
    if not layers:
        return _samples(reading)
    places = _marks(reading)
    st.caption(say("import_preview"))
    with st.container(key="map_box"):
        show_map(
            document_for(layers),
            MapState(
                language=language(),
                shown=tuple(layers),
                evidence={"type": "FeatureCollection", "features": places} if places else None,
            ),
            key="preview",
            on_click=_nothing,
        )
    return True


def _named(job: _Job, text: str) -> str:
    """Text that names the file as the planner knows it, not by the name it is kept under."""
    return text.replace(job.path.name, job.name)


def _nothing() -> None:
    """A preview answers no click."""


def _marks(reading: FileReading) -> list[dict[str, Any]]:
    """Places of what is wrong with shapes, named while they are few."""
    places = [
        place
        for each in reading.defects
        if each.where and each.kind not in _NOT_DRAWN
        for place in each.where["features"]
    ]
    is_few = len(places) <= _MARKS_NAMED
    return [
        {
            **place,
            "properties": {
                "role": "target",
                "label": str(place["properties"].get("id", "")) if is_few else "",
            },
        }
        for place in places
    ]


def _received(key: str) -> None:
    """Keep the uploaded bytes under a name of ours and read them."""
    uploads = st.session_state[key]
    if not uploads:
        return
    _give_up()
    folder = Path(tempfile.mkdtemp(prefix="technopole-import-"))
    stem = uuid.uuid4().hex
    for upload in uploads:
        suffixes = [each.lower() for each in Path(upload.name).suffixes[-2:]]
        known = "".join(each for each in suffixes if each in {*_SUFFIXES, *_PARTS})
        (folder / f"{stem}{known or '.bin'}").write_bytes(upload.getvalue())
    single = next(iter(folder.iterdir())) if len(uploads) == 1 else folder
    _read(_Job(folder, single, uploads[0].name))


_PARTS = (".shx", ".dbf", ".prj", ".cpg", ".mid", ".dat", ".map", ".id", ".vec", ".geo", ".qal")
"""Endings of files that belong to another one."""


def _read(job: _Job) -> None:
    """Read the file beside the page."""
    st.session_state[_JOB] = replace(job, reading=None)

    def act(_work: Work) -> FileReading:
        return read_file(
            job.path, layer=job.layer, crs=job.crs, mapping=job.mapping, repair=job.repair
        )

    st.session_state[_WORK] = begin(job.name, act)


def _watch(work: Work) -> None:
    """Seconds gone by, and a way to give up."""
    st.button(say("cancel"), key="import_cancel", on_click=_forget)
    wait_for(
        work,
        lambda: (min(0.95, work.seconds / 20), say("import_reading", seconds=work.seconds)),
    )
    st.session_state[_WORK] = None
    job = _at_hand()
    if work.error is not None:
        st.session_state[_SAID] = [("fault", work.error.say(language()))]
        st.session_state[_JOB] = None
    elif job is not None:
        st.session_state[_JOB] = replace(job, reading=work.result)
    st.rerun()


def _report(job: _Job, reading: FileReading) -> None:
    """What was found, what is wrong, what to decide."""
    colour, symbol = _BADGES[reading.outcome]
    st.badge(_OUTCOMES[reading.outcome].say(language()), icon=f":material/{symbol}:", color=colour)  # type: ignore[arg-type]
    st.text(f"{job.name}\n{_named(job, reading.message.say(language()))}")
    found = [
        f"{catalog()[each.id].title.say(language())} ({each.edition.rows})"
        for each in reading.layers
    ]
    st.caption(
        say(
            "import_facts",
            layout=reading.layout or "–",
            rows=reading.rows,
            crs=reading.crs or "–",
            layers=", ".join(found) or "–",
        )
    )
    for fault in reading.faults:
        st.error(_named(job, fault.say(language())), icon=":material/report:")
    _questions(job, reading)
    if reading.defects:
        with st.expander(say("import_defects", count=len(reading.defects)), expanded=True):
            for each in reading.defects:
                st.text(f"{each.what.say(language())} {each.remedy.say(language())}")
            places = _places(reading)
            if places is not None:
                st.download_button(
                    say("import_places"),
                    json.dumps(places, ensure_ascii=False),
                    file_name="defauts.geojson",
                    mime="application/geo+json",
                    on_click="ignore",
                    key="import_places",
                )
    needs_tick = any(each.kind == "repair_changed_area" for each in reading.defects)
    is_seen = not needs_tick or st.checkbox(say("import_tick"), key="import_tick")
    accept, drop = st.columns(2)
    accept.button(
        say("import_accept"),
        type="primary",
        icon=":material/check:",
        key="import_accept",
        disabled=not reading.layers or not is_seen,
        on_click=_accept,
        width="stretch",
    )
    drop.button(say("import_drop"), key="import_drop", on_click=_forget, width="stretch")


def _questions(job: _Job, reading: FileReading) -> None:
    """Doubts that only the planner can settle: system, layer, columns, repair."""
    system, layer = st.columns(2)
    st.session_state["import_crs"] = job.crs
    system.selectbox(
        say("import_crs"), OFFERED_CRS, index=None, placeholder=say("import_as_said"),
        key="import_crs", on_change=_answered, args=("crs",),
    )  # fmt: skip
    st.session_state["import_layer"] = job.layer
    layer.selectbox(
        say("import_layer"), list(catalog()), index=None, placeholder=say("import_guess"),
        format_func=lambda name: catalog()[name].title.say(language()),
        key="import_layer", on_change=_answered, args=("layer",),
    )  # fmt: skip
    st.session_state["import_repair"] = job.repair
    st.checkbox(
        say("import_repair"), key="import_repair", on_change=_answered, args=("repair",),
    )  # fmt: skip
    if reading.tables and (not reading.layers or job.mapping is not None):
        _mapping(job, reading)


def _mapping(job: _Job, reading: FileReading) -> None:
    """Which column of the file fills which column of the layer."""
    saved = mapping_names()
    if saved:
        st.selectbox(
            say("mapping_saved"), saved, index=None, placeholder=say("import_as_said"),
            key="mapping_saved", on_change=_take_saved,
        )  # fmt: skip
    if job.layer is None:
        st.info(say("mapping_choose_layer"), icon=":material/help:")
        return
    frame = reading.tables[0].frame
    now = job.mapping or suggest(frame, layer=job.layer)
    st.caption(say("mapping_help"))
    columns = [each for each in frame.columns if each != "geometry"]
    answers: dict[str, Any] = {}
    for name, column in catalog()[job.layer].columns.items():
        if name in {"demo", "source", "source_date", "licence", "geom_precision", "confidence"}:
            continue
        source = now.columns.get(name)
        given = f"{_SAME}{source.constant}" if isinstance(source, Constant) else source
        choices = [*columns, *(f"{_SAME}{each}" for each in column.values)]
        answers[name] = st.selectbox(
            column.title.say(language()) + (" *" if column.required else ""),
            choices,
            index=choices.index(given) if given in choices else None,
            placeholder=say("not_given"),
            key=f"mapping_{job.layer}_{name}",
        )
    name = st.text_input(say("mapping_name"), value=now.name, key="mapping_name", max_chars=40)
    if st.button(say("mapping_apply"), icon=":material/play_arrow:", key="mapping_apply"):
        chosen = {
            key: {"constant": value.removeprefix(_SAME)} if value.startswith(_SAME) else value
            for key, value in answers.items()
            if value is not None
        }
        try:
            mapping = Mapping.model_validate(
                {"name": name, "layer": job.layer, "columns": chosen, "crs": job.crs}
            )
            save_mapping(mapping)
        except (PlanningError, ValueError) as error:
            st.error(
                error.say(language())
                if isinstance(error, PlanningError)
                else say("mapping_name_wrong")
            )
            return
        _again(mapping=mapping)
        st.rerun()


def _take_saved() -> None:
    """Read the file again by a saved mapping."""
    name = st.session_state["mapping_saved"]
    if name:
        mapping = load_mapping(name)
        _again(mapping=mapping, layer=mapping.layer)


def _answered(field: str) -> None:
    """Read the file again by the answer to one question."""
    _again(**{field: st.session_state[f"import_{field}"]})


def _again(**changes: Any) -> None:  # noqa: ANN401 - fields of a job
    """Read the same file with other answers, unless it was accepted or dropped meanwhile."""
    job = _at_hand()
    if job is not None:
        _read(replace(job, **changes))


def _at_hand() -> _Job | None:
    """File at work; None for a click that comes after it was accepted or dropped."""
    job: _Job | None = st.session_state.get(_JOB)
    return job


def _accept() -> None:
    """Make the layers of the file the current editions."""
    job = _at_hand()
    if job is None or job.reading is None:
        return
    layers = [
        replace(each, edition=replace(each.edition, source=job.name)) for each in job.reading.layers
    ]
    try:
        editions = write_layers(writable_store(), layers)
    except PlanningError as error:
        st.session_state[_SAID] = [("fault", error.say(language()))]
        return
    named = ", ".join(catalog()[each.layer].title.say(language()) for each in editions)
    _forget()
    st.session_state[_SAID] = [("done", say("import_done", layers=named))]


def _forget() -> None:
    """Give up the file at hand, and offer a place for another."""
    _give_up()
    st.session_state[_ENDED] += 1


def _give_up() -> None:
    """Stop reading the file at hand; nothing of it stays."""
    job = _at_hand()
    work: Work | None = st.session_state.get(_WORK)
    if work is not None:
        work.is_cancelled = True
    if job is not None:
        shutil.rmtree(job.folder, ignore_errors=True)
    st.session_state[_JOB] = st.session_state[_WORK] = None


def _samples(reading: FileReading) -> bool:
    """First rows of a table whose columns must be mapped."""
    if not reading.tables:
        return False
    shapes = _shapes(reading)
    if shapes is not None:
        st.caption(say("import_preview"))
        with st.container(key="map_box"):
            state = MapState(language=language(), shown=(shapes.id,))
            show_map(
                document_for({shapes.id: shapes}), state, key="raw", on_click=_nothing, height=360
            )
    st.caption(say("import_samples"))
    for table in reading.tables[:3]:
        frame = pd.DataFrame(table.frame.drop(columns="geometry", errors="ignore"))
        if len(reading.tables) > 1:
            st.text(f"{table.name} · {table.rows}")
        st.table(frame.head(_ROWS_SHOWN).astype(str), border="horizontal")
    return True


def _shapes(reading: FileReading) -> Layer | None:
    """Shapes of a table whose columns are not mapped yet, as landmarks without a name."""
    frames = [each for each in reading.tables if isinstance(each.frame, gpd.GeoDataFrame)]
    frame = frames[0].frame if frames else None
    if frame is None or frame.crs is None or frame.geometry.isna().all():
        return None
    drawn = to_work(frame[~(frame.geometry.isna() | frame.geometry.is_empty)][["geometry"]])
    drawn = drawn.head(_SHAPES_SHOWN).assign(kind="park", name="")
    digest = hashlib.sha256(b"".join(shapely.to_wkb(drawn.geometry.to_numpy()))).hexdigest()
    edition = Edition("context", "", "", "", reading.tables[0].name, 0.0, len(drawn), digest)
    return Layer("context", drawn, None, edition)


def _places(reading: FileReading) -> dict[str, Any] | None:
    """Every place where something is wrong, as one GeoJSON."""
    features = [
        {**place, "properties": {**place["properties"], "kind": each.kind}}
        for each in reading.defects
        if each.where
        for place in each.where["features"]
    ]
    return {"type": "FeatureCollection", "features": features} if features else None
