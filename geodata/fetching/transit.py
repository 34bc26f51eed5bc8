"""Stops and lines of public transport: the catalogue of transport.data.gouv.fr, then a GTFS."""

from __future__ import annotations

from typing import Any

from geodata.errors import Fault, FetchError
from geodata.fetching import faults
from geodata.fetching.catalogue import Resource, resources
from geodata.fetching.download import download
from geodata.fetching.paging import document
from geodata.fetching.reading import timetable_layers
from geodata.fetching.services import request_of
from geodata.fetching.task import Brought, Task, layer_of, modified_day
from geodata.language import Text

__all__ = ["bring"]

_FORMATS = ("gtfs",)


def bring(task: Task) -> Brought:
    """Layers ``transit_stops`` and ``transit_lines`` of the network of the territory.

    The authority of the first commune names the network; its first GTFS that is available is read,
    the others are named.

    Raises
    ------
    FetchError, DataError
        No authority, no file, or one that cannot be read.
    """
    siren = _authority(task)
    listed, _ = document(task.session, request_of(task.name, "datasets", values={}))
    known = resources(listed, formats=_FORMATS, mentions={siren, *task.communes})
    if not known:
        raise FetchError(_no_file(siren))
    chosen = known[0]
    request = request_of(task.name, "gtfs", values={"resource": chosen.url})
    task.tell(Text(f"horaires « {chosen.title} »", f"timetables “{chosen.title}”"), 0, 0)
    file = download(task.session, request)
    day = modified_day([file]) or chosen.updated
    frames, remarks = timetable_layers(file.path, name="gtfs.zip", session=task.session)
    layers = []
    for layer in task.service.topics["transit"]:
        if layer in frames:
            made, said = layer_of(frames[layer], layer=layer, task=task, downloads=[file], day=day)
            layers.append(made)
            remarks += said
    if not layers:
        raise FetchError(faults.unexpected_answer("GTFS", request.where))
    others = [_others(known)] if len(known) > 1 else []
    return Brought(tuple(layers), (*others, *remarks), file.is_unchanged)


def _authority(task: Task) -> str:
    """SIREN of the mobility authority; the EPCI itself when it is known."""
    if task.siren:
        return task.siren
    request = request_of(task.name, "authority", values={"commune": task.communes[0]})
    answer: Any = document(task.session, request)[0]
    siren = answer.get("siren") if isinstance(answer, dict) else None
    if not isinstance(siren, str | int) or not str(siren).isdigit():
        raise FetchError(faults.unexpected_answer("siren", request.where))
    return str(siren)


def _others(known: list[Resource]) -> Text:
    """Remark about the files that were not chosen."""
    named = ", ".join(f"« {each.title} »" for each in known[:5])
    return Text(
        f"Plusieurs fichiers GTFS, le premier est lu : {named}.",
        f"Several GTFS files, the first one is read: {named}.",
    )


def _no_file(siren: str) -> Fault:
    """Fault of an authority without a published timetable."""
    return Fault(
        Text(
            f"Aucun fichier GTFS publié pour l'autorité {siren}.",
            f"No GTFS file is published for the authority {siren}.",
        ),
        "transport.data.gouv.fr",
        Text("Le demander au réseau et l'importer.", "Ask the network for it and import it."),
    )
