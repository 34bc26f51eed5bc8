"""A publication is served on this machine: pygeoapi behind the gate."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geodata.errors import Fault, StoreError
from geodata.language import Text
from geodata.serving.configuration import configuration
from geodata.serving.gate import Application, Gate, hosts_of
from geodata.serving.publishing import read_publication

__all__ = ["HOST", "application", "serve"]

HOST = "127.0.0.1"
"""The server listens to this machine only; a reverse proxy takes it further."""

_NOT_SERVED = "/conf/create-replace-delete"
"""Conformance class that pygeoapi declares for every server, and that a read-only one has not."""
_UNSERVED = {"processes", "jobs", "TileMatrixSets"}
"""Pages that pygeoapi links to on every server."""
_REFUSED = ("/vendorSpecificParameters", "/sortby.yaml")
"""Parameters that pygeoapi describes on every server."""
_THREADS = 4
_PATIENCE_S = 30


def serve(folder: Path, *, port: int, url: str | None = None) -> None:
    """Serve what ``folder`` publishes until the process is interrupted.

    Raises
    ------
    StoreError
        The optional packages are missing, or the port is taken.
    MissingFileError, FileFormatError
        Nothing is published there, or its index is damaged.
    """
    served = application(folder, port=port, url=url)
    import waitress  # noqa: PLC0415 - an optional package

    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise StoreError(_port_taken(port)) from error
    with listening:
        waitress.serve(
            served,
            sockets=[listening],
            threads=_THREADS,
            ident=None,
            channel_timeout=_PATIENCE_S,
            _quiet=True,
        )


def application(folder: Path, *, port: int, url: str | None = None) -> Application:
    """WSGI application of a publication; one in a process, for pygeoapi keeps its own globals.

    Raises
    ------
    StoreError
        The optional packages are missing.
    MissingFileError, FileFormatError
        Nothing is published there, or its index is damaged.
    """
    collections = read_publication(folder)
    if any(importlib.util.find_spec(name) is None for name in ("pygeoapi", "waitress")):
        raise StoreError(_NOT_INSTALLED)
    public = (url or f"http://{HOST}:{port}").rstrip("/")
    settings = configuration(folder.resolve(), collections, host=HOST, port=port, url=public)
    return Gate(
        _pygeoapi(settings),
        columns={each.id: each.columns for each in collections},
        hosts=hosts_of(public, host=HOST, port=port),
    )


def _pygeoapi(settings: dict[str, Any]) -> Application:
    """The server itself; it reads its configuration from files that the environment names."""
    from pygeoapi.openapi import get_oas  # noqa: PLC0415 - an optional package

    with tempfile.TemporaryDirectory() as place:
        # JSON is YAML in which no text is taken for a variable of the environment.
        for variable, name, content in (
            ("PYGEOAPI_CONFIG", "config.json", settings),
            ("PYGEOAPI_OPENAPI", "openapi.json", _reading_only(get_oas(settings))),
        ):
            path = Path(place, name)
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            os.environ[variable] = str(path)
        from pygeoapi.flask_app import APP  # noqa: PLC0415 - reads the files above
    _declare_what_is_served()
    return APP  # type: ignore[no-any-return]


def _reading_only(document: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI document without the paths, verbs and parameters that are not served."""
    paths = {
        path: {"get": {**verbs["get"], "parameters": _served(verbs["get"].get("parameters", []))}}
        for path, verbs in document["paths"].items()
        if path.split("/")[1] not in _UNSERVED
    }
    return {**document, "paths": paths}


def _served(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parameters without those that the gate refuses."""
    return [each for each in parameters if not each.get("$ref", "").endswith(_REFUSED)]


def _declare_what_is_served() -> None:
    """Have pygeoapi name what is served here, and keep no list that grows with every request."""
    from pygeoapi import api  # noqa: PLC0415 - an optional package
    from pygeoapi.api import itemtypes  # noqa: PLC0415 - the same

    itemtypes.CONFORMANCE_CLASSES_FEATURES[:] = [
        each for each in itemtypes.CONFORMANCE_CLASSES_FEATURES if not each.endswith(_NOT_SERVED)
    ]
    common, conformance, landing_page = (
        list(api.CONFORMANCE_CLASSES),
        api.conformance,
        api.landing_page,
    )

    def fresh_conformance(*given: object) -> object:
        api.CONFORMANCE_CLASSES[:] = common
        return conformance(*given)

    def short_landing_page(*given: object) -> object:
        headers, status, content = landing_page(*given)
        return headers, status, _without_dead_links(content)

    api.conformance, api.landing_page = fresh_conformance, short_landing_page


def _without_dead_links(content: str) -> str:
    """Landing page as JSON without the links to what is not served; any other as it is."""
    try:
        page = json.loads(content)
        links = page["links"]
    except (ValueError, KeyError):
        return content
    served = [
        each for each in links if urlsplit(each["href"]).path.rpartition("/")[2] not in _UNSERVED
    ]
    return json.dumps({**page, "links": served}, ensure_ascii=False)


def _port_taken(port: int) -> Fault:
    """Fault of a port where something else listens."""
    return Fault(
        Text(f"Le port {port} est déjà pris.", f"Port {port} is already taken."),
        "--port",
        Text("En choisir un autre.", "Choose another one."),
    )


_NOT_INSTALLED = Fault(
    Text(
        "Le service aux partenaires est une installation en option, absente ici.",
        "Serving partners is an optional install, absent here.",
    ),
    "",
    Text(
        "Lancer « make serve-partners », qui l'installe.",
        "Run “make serve-partners”, which installs it.",
    ),
)
