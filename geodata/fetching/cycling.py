"""Cycle facilities of the national base (BNAC), cut to the communes asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geodata.errors import Fault, FetchError
from geodata.fetching import faults
from geodata.fetching.catalogue import national, resources
from geodata.fetching.download import Request, download
from geodata.fetching.paging import document
from geodata.fetching.reading import as_layer, row_features
from geodata.fetching.services import request_of
from geodata.fetching.task import Brought, Task, layer_of, modified_day
from geodata.fetching.unzipping import is_zipped, plain_bytes
from geodata.language import Text

__all__ = ["bring"]

_FORMATS = ("geojson",)
_WORDS = ("aménagements", "cyclables")
_CODES = ("code_com_d", "code_com_g")
_WHOLE_BYTES = 150 * 2**20
"""Size up to which a file that is not written line by line is read at once."""


def bring(task: Task) -> Brought:
    """Layer ``cycle_links``: facilities that lie in one of the communes.

    Raises
    ------
    FetchError, DataError
        No file in the catalogue, or one of another form.
    """
    listed, _ = document(task.session, request_of(task.name, "datasets", values={}))
    mentions = {*task.communes, task.siren} - {""}
    titled = [
        each
        for each in resources(listed, formats=_FORMATS, mentions=mentions)
        if all(word in each.title.lower() for word in _WORDS)
    ]
    known = titled or national(listed, formats=_FORMATS, words=_WORDS)
    if not known:
        raise FetchError(_NO_FILE)
    request = request_of(task.name, "facilities", values={"resource": known[0].url})
    file = download(task.session, request)
    task.tell(Text("tri par commune", "sorting by municipality"), 0, 0)
    rows = _rows(file.path, request, communes=frozenset(task.communes))
    features, defects = row_features(rows, name="bnac", session=task.session)
    frame, more = as_layer(features, layer="cycle_links", name="bnac")
    day = known[0].updated or modified_day([file])
    made, said = layer_of(frame, layer="cycle_links", task=task, downloads=[file], day=day)
    remark = Text(
        "cycle_links : la base n'est pas exhaustive ; une absence n'y prouve rien.",
        "cycle_links: the base is not exhaustive; absence proves nothing there.",
    )
    return Brought((made,), (remark, *defects, *more, *said), file.is_unchanged)


def _rows(path: Path, request: Request, *, communes: frozenset[str]) -> list[dict[str, Any]]:
    """Features of the communes.

    The national file has hundreds of megabytes and, like all that GDAL writes, a line for each
    feature: lines are sorted one at a time. A file of another form is read whole, if it is small.
    """
    if not is_zipped(path):
        rows = _by_line(path, communes)
        if rows is not None:
            return rows
    if path.stat().st_size > _WHOLE_BYTES:
        raise FetchError(faults.too_large(_WHOLE_BYTES, request.where))
    try:
        whole = json.loads(plain_bytes(path, limit=_WHOLE_BYTES))
    except OverflowError as error:
        raise FetchError(faults.too_large(_WHOLE_BYTES, request.where)) from error
    except (ValueError, RecursionError) as error:
        raise FetchError(faults.not_json(request.where)) from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise FetchError(faults.unexpected_answer("features", request.where))
    return [each for each in features if _is_in(each, communes)]


def _by_line(path: Path, communes: frozenset[str]) -> list[dict[str, Any]] | None:
    """Features of a file with one of them on each line; None when it is of another form."""
    marks = [json.dumps(code).encode() for code in communes]
    rows, lines, is_closed = [], 0, False
    with path.open("rb") as read:
        for line in read:
            bare = line.strip().rstrip(b",")
            is_closed = bare.endswith((b"]}", b"}")) or is_closed
            if not bare.startswith(b'{ "type": "Feature",') and not bare.startswith(
                b'{"type":"Feature",'
            ):
                continue
            lines += 1
            if any(mark in bare for mark in marks):
                try:
                    rows.append(json.loads(bare))
                except (ValueError, RecursionError):
                    return None
    return [each for each in rows if _is_in(each, communes)] if lines and is_closed else None


def _is_in(feature: object, communes: frozenset[str]) -> bool:
    """Whether a feature lies in one of the communes, on its left or on its right."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return isinstance(properties, dict) and any(
        isinstance(properties.get(code), str) and properties[code] in communes for code in _CODES
    )


_NO_FILE = Fault(
    Text(
        "Aucun fichier d'aménagements cyclables dans le catalogue.",
        "No file of cycle facilities in the catalogue.",
    ),
    "transport.data.gouv.fr",
    Text(
        "Télécharger la base nationale à la main et l'importer.",
        "Download the national base by hand and import it.",
    ),
)
