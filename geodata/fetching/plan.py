"""What a visit would ask, service by service, without asking anything."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.fetching.services import Endpoint, Paging, chosen, department, request_of, services
from geodata.language import Language, Text

__all__ = ["Planned", "planned", "said"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One kind of request that a visit would make."""

    service: str
    """Id of the service."""
    endpoint: str
    """Name of the request."""
    method: str
    """GET or POST."""
    urls: tuple[str, ...]
    """Addresses, one for each commune or one in all; places in braces come from an answer."""
    paging: Text
    """How answers are cut."""
    licence: str
    """Licence of the data."""
    is_verified: bool
    """Whether anybody has called the service with this program."""
    body: str = ""
    """What is posted."""


def planned(
    communes: tuple[str, ...], *, only: tuple[str, ...] | None, siren: str = ""
) -> tuple[Planned, ...]:
    """Requests of a visit to ``communes``, in order.

    Raises
    ------
    SelectionError
        A topic that does not exist.
    """
    wanted = chosen(only)
    if "plu" in wanted:
        names = list(wanted)
        names.insert(names.index("plu") + 1, "plu_wfs")
        wanted = {name: wanted.get(name, wanted["plu"]) for name in names}
    return tuple(
        _planned(name, key, endpoint, communes, siren)
        for name, topics in wanted.items()
        for key, endpoint in services()[name].endpoints.items()
        if topics & set(endpoint.topics)
    )


def said(entry: Planned, language: Language) -> str:
    """One request on three lines."""
    more = len(entry.urls) - 1
    others = Text(f" (et {more} autres communes)", f" (and {more} other municipalities)")
    state = (
        Text("vérifiée", "verified") if entry.is_verified else Text("non vérifiée", "unverified")
    )
    title = services()[entry.service].title.say(language)
    lines = [
        f"{entry.service} – {title}, {entry.endpoint}",
        f"  {entry.method} {entry.urls[0]}{others.say(language) if more else ''}",
        f"  {entry.paging.say(language)} · {entry.licence} · "
        + Text(f"adresse {state.fr}", f"{state.en} address").say(language),
    ]
    return "\n".join([*lines, *([f"  {entry.body}"] if entry.body else [])])


def _planned(
    name: str, key: str, endpoint: Endpoint, communes: tuple[str, ...], siren: str
) -> Planned:
    """One kind of request."""
    places = [
        {
            "commune": commune,
            "department": department(commune),
            "communes": "|".join(communes),
            "partition": f"DU_{commune}",
            "section": "",
            **({"siren": siren} if siren else {}),
        }
        for commune in communes
    ]
    urls = tuple(dict.fromkeys(request_of(name, key, values=each).url for each in places))
    service = services()[name]
    body = endpoint.body.replace("{communes}", "|".join(communes))
    return Planned(
        service=name,
        endpoint=key,
        method=endpoint.method,
        urls=urls[:1] if endpoint.each == "territory" else urls,
        paging=_paging(endpoint.paging),
        licence=service.licence,
        is_verified=service.verified,
        body=body,
    )


def _paging(paging: Paging) -> Text:
    """How answers are cut, in words."""
    if paging.kind == "single":
        return Text("une seule réponse", "a single answer")
    if paging.kind == "cursor":
        return Text(
            f"pages : adresse suivante dans « {paging.next} »",
            f"pages: next address in “{paging.next}”",
        )
    return Text(
        f"pages : {paging.position}, {paging.size_name}={paging.size}",
        f"pages: {paging.position}, {paging.size_name}={paging.size}",
    )
