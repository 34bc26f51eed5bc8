"""Map documents by digest: made once per set of layers, served under ``/map``."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from zones.maps import MapDocument, map_document
from zones.ui.security import map_headers

if TYPE_CHECKING:
    from geodata.layers import Layers

__all__ = ["document_for", "map_page"]

_KEPT = 8
"""Documents kept; about 1 MB each."""

_Key = tuple[tuple[str, str, str, int], ...]

_lock = threading.Lock()
_by_layers: OrderedDict[_Key, MapDocument] = OrderedDict()


def document_for(layers: Layers) -> MapDocument:
    """Map of ``layers``, made at most once while it is among the last ones asked for.

    Layers are told apart by their editions: id, digest, date and number of features.
    """
    key = tuple(
        (name, layer.edition.digest, layer.edition.date, layer.edition.rows)
        for name, layer in sorted(layers.items())
    )
    with _lock:
        if key not in _by_layers:
            _by_layers[key] = map_document(layers)
        _by_layers.move_to_end(key)
        while len(_by_layers) > _KEPT:
            _by_layers.popitem(last=False)
        return _by_layers[key]


async def map_page(request: Request) -> Response:
    """Answer to ``GET /map/{digest}``: the document, which never changes under its digest."""
    asked = request.path_params["digest"]
    with _lock:
        found = next((each for each in _by_layers.values() if each.digest == asked), None)
    if found is None:
        return PlainTextResponse("Carte inconnue / Unknown map", status_code=404)
    return Response(found.html, media_type="text/html", headers=map_headers(found.html))
