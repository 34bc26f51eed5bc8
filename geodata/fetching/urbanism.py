"""Zoning, prescriptions and ZAC of local plans: API Carto, else the WFS of the Géoplateforme."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import geopandas as gpd
import shapely

from geodata.errors import Fault, FetchError
from geodata.fetching.frames import joined
from geodata.fetching.paging import Collected, collect
from geodata.fetching.reading import as_layer, row_features
from geodata.fetching.services import services
from geodata.fetching.task import Brought, Task, layer_of, modified_day
from geodata.language import Text
from geodata.layers import Layer

__all__ = ["bring"]

_SECOND = "plu_wfs"
_WORDS = ("theme", "published_area_ha", "created_year", "developer", "programme")
"""Columns of ``zones`` that only the planner fills."""
_PRESCRIPTIONS = ("prescription_surf", "prescription_lin", "prescription_pct")


def bring(task: Task) -> Brought:
    """Layers ``plu_zones``, ``plu_prescriptions`` and, where the documents draw ZAC, ``zones``.

    The WFS is asked when API Carto fails. Communes without a published document are named, and the
    layers do not speak for them.

    Raises
    ------
    FetchError
        Both services failed, or no commune has a published document.
    """
    try:
        return _brought(task, task.name)
    except FetchError as first:
        second = dataclasses.replace(task, service=services()[_SECOND], name=_SECOND)
        try:
            brought = _brought(second, _SECOND)
        except FetchError as error:
            raise FetchError(*dict.fromkeys((*first.faults, *error.faults))) from error
        said = Text(
            "API Carto a échoué ; le WFS de la Géoplateforme a répondu à sa place.",
            "API Carto failed; the WFS of the Géoplateforme answered in its place.",
        )
        return dataclasses.replace(brought, remarks=(said, *brought.remarks))


def _brought(task: Task, name: str) -> Brought:
    """The layers, from one of the two services."""
    zones, without = _zoning(task, name)
    if not zones:
        raise FetchError(_no_document(without))
    tables = {
        "plu_zones": [zones],
        "plu_prescriptions": [_table(task, name, each, zones) for each in _PRESCRIPTIONS],
        "zones": [_table(task, name, "info_surf", zones)],
    }
    speaks_for = _covered(task, without)
    layers, remarks, unchanged = [], [_lacking(without)] if without else [], True
    for layer, answers in tables.items():
        files = [file for each in answers for one in each.values() for file in one.downloads]
        unchanged &= all(file.is_unchanged for file in files)
        frame, said = _frame(task, layer, answers)
        remarks += said
        if frame.empty:
            remarks.append(_nothing(layer))
            continue
        days = [each for each in frame["source_date"] if isinstance(each, str)]
        day = max(days, default="") or modified_day(files)
        made, said = layer_of(
            frame, layer=layer, task=task, downloads=files, day=day, coverage=speaks_for
        )
        layers.append(_with_words(made, task) if layer == "zones" else made)
        remarks += said
    return Brought(tuple(layers), tuple(remarks), unchanged)


def _with_words(made: Layer, task: Task) -> Layer:
    """ZAC with what the planner said of those of the same name; no document says it."""
    held = task.held("zones").get("zones")
    if held is None or held.edition.demo_share > 0:
        return made
    said = held.features.drop_duplicates("libelle").set_index("libelle")
    names = made.features["libelle"]
    words = {column: names.map(said[column]).astype(said[column].dtype) for column in _WORDS}
    return dataclasses.replace(made, features=made.features.assign(**words))


def _zoning(task: Task, name: str) -> tuple[dict[str, Collected], list[str]]:
    """Zones by document found, and the communes that have none."""
    found: dict[str, Collected] = {}
    shared: dict[str, Collected] = {}
    without = []
    for done, commune in enumerate(task.communes):
        task.tell(Text(f"PLU de {commune}", f"plan of {commune}"), done, len(task.communes))
        partition = f"DU_{commune}"
        zones = _rows(task, name, "zone_urba", partition)
        if zones.rows:
            found[partition] = zones
            continue
        if task.siren and not shared:  # a plan of the whole EPCI is asked for once
            shared[f"DU_{task.siren}"] = _rows(task, name, "zone_urba", f"DU_{task.siren}")
        if any(each.rows for each in shared.values()):
            found |= shared
        else:
            without.append(commune)
    return found, without


def _rows(task: Task, name: str, endpoint: str, partition: str) -> Collected:
    """Features of one table of one document."""
    return collect(task.session, name, endpoint, values={"partition": partition})


def _table(task: Task, name: str, endpoint: str, partitions: Iterable[str]) -> dict[str, Collected]:
    """One table of every document."""
    task.tell(Text(f"table {endpoint}", f"table {endpoint}"), 0, 0)
    return {each: _rows(task, name, endpoint, each) for each in partitions}


def _frame(
    task: Task, layer: str, answers: list[dict[str, Collected]]
) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Columns of ``layer`` for the tables of every document, each table read once."""
    frames, remarks = [], []
    for table in answers:
        name = next(iter(table)) if len(table) == 1 else "DU"
        rows = [row for each in table.values() for row in each.rows]
        crs = next((_crs(each.first) for each in table.values()), None)
        raw, defects = row_features(rows, name=name, session=task.session, crs=crs)
        frame, said = as_layer(raw, layer=layer, name=name)
        frames.append(frame)
        remarks += [*defects, *said]
    return joined(frames), remarks


def _crs(first: object) -> object:
    """Member ``crs`` of an answer."""
    return first.get("crs") if isinstance(first, dict) else None


def _covered(task: Task, without: list[str]) -> shapely.Geometry | None:
    """Area of the communes that have a document, in the work CRS."""
    area = task.territory()
    communes = task.held("communes").get("communes")
    if area is None or communes is None or not without:
        return area
    rows = communes.features[communes.features["insee"].isin(without)]
    return shapely.difference(area, rows.geometry.union_all())


def _nothing(layer: str) -> Text:
    """Remark about a layer of which the documents hold nothing."""
    return Text(
        f"{layer} : rien dans les documents ; la couche en place est gardée.",
        f"{layer}: nothing in the documents; the present layer is kept.",
    )


def _lacking(communes: list[str]) -> Text:
    """Remark about communes without a document."""
    named = ", ".join(communes)
    return Text(f"Sans document publié : {named}.", f"Without a published document: {named}.")


def _no_document(communes: list[str]) -> Fault:
    """Fault of a territory without any document."""
    return Fault(
        _lacking(communes),
        "Géoportail de l'urbanisme",
        Text(
            "Demander le PLU numérisé au service d'urbanisme et l'importer.",
            "Ask the planning department for the digital plan and import it.",
        ),
    )
