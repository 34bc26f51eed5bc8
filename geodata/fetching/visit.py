"""The one orchestrator: asks each service, one failure costs no other layer and no old edition."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

import shapely

from geodata.errors import Fault, MissingFileError, PlanningError, StoreError
from geodata.fetching import (
    cadastre,
    companies,
    cycling,
    heights,
    osm,
    registers,
    risks,
    transit,
    urbanism,
)
from geodata.fetching.services import chosen, services
from geodata.fetching.session import CancelledError, Session, opened
from geodata.fetching.task import Brought, Task
from geodata.fetching.territory import checked_communes, epci_of
from geodata.language import Text
from geodata.layers import Layers
from geodata.store import DEMO_STORE, read_layers, write_layers

__all__ = ["Outcome", "Progress", "ServiceResult", "fetch"]

Outcome: TypeAlias = Literal["done", "kept", "failed", "cancelled"]
"""New editions, nothing new (304 or the same content), old edition intact, or not asked."""

_BRINGERS: MappingProxyType[str, Callable[[Task], Brought]] = MappingProxyType(
    {
        "cadastre": cadastre.bring,
        "plu": urbanism.bring,
        "transit": transit.bring,
        "cycling": cycling.bring,
        "osm": osm.bring,
        "risks": risks.bring,
        "companies": companies.bring,
        "bdnb": heights.bring,
        "dpe": registers.bring_certificates,
        "rnb": registers.bring_register,
    }
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What goes on at one moment."""

    service: str
    """Id of the service."""
    message: Text
    """What is being done."""
    done: int
    """Steps done."""
    total: int
    """Steps in all; 0 when not known."""


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """How one service ended."""

    service: str
    """Its id."""
    title: Text
    """Its name."""
    outcome: Outcome
    """How it ended."""
    layers: tuple[tuple[str, int], ...] = ()
    """Layers brought, with their numbers of features."""
    faults: tuple[Fault, ...] = ()
    """Why it failed, and what to do."""
    remarks: tuple[Text, ...] = ()
    """What the planner should know."""


def fetch(
    communes: tuple[str, ...],
    *,
    only: tuple[str, ...] | None = None,
    store: Path | str,
    report: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    session: Session | None = None,
    siren: str = "",
) -> tuple[ServiceResult, ...]:
    """Bring the open data of ``communes`` into ``store``, service after service.

    Each service that succeeds makes new editions of its layers at once; one that fails leaves its
    layers as they are. A layer holds the communes asked for and no others: the edition before it
    stays in the store.

    Parameters
    ----------
    communes
        INSEE codes.
    only
        Topics or service ids (``parcels``, ``plu``, ``osm``…); everything when None.
    store
        Path of a GeoPackage, made when there is none, or ``postgresql://`` URL.
    report
        Called with what goes on, from the thread of the caller.
    cancelled
        Asked often; True ends the visit after what is being written.
    session
        An open session, such as the one of a test; a new one when None.
    siren
        SIREN of the EPCI, for plans and networks that are the EPCI's; found when it is known.

    Returns
    -------
    tuple of ServiceResult
        One for each service asked, in order.

    Raises
    ------
    SelectionError
        A code or a topic that does not exist.
    StoreError
        The store is the demonstration, or another visit uses the cache.
    """
    codes, wanted = checked_communes(communes), chosen(only)
    if isinstance(store, Path) and store.resolve() == DEMO_STORE.resolve():
        raise StoreError(_DEMO_IS_READ_ONLY)
    with contextlib.ExitStack() as stack:
        visit = session or stack.enter_context(opened(cancelled=cancelled))
        return tuple(
            _result(
                _task(name, topics, codes, siren or epci_of(codes), store, visit, report), store
            )
            for name, topics in wanted.items()
        )


def _task(
    name: str,
    topics: frozenset[str],
    communes: tuple[str, ...],
    siren: str,
    store: Path | str,
    session: Session,
    report: Callable[[Progress], None],
) -> Task:
    """Work of one service."""

    def held(layer: str) -> Layers:
        try:
            return read_layers(store, only=[layer], check=False)
        except (MissingFileError, StoreError):
            return {}

    def territory() -> shapely.Geometry | None:
        known = held("communes").get("communes")
        if known is None or known.edition.demo_share > 0:
            return None
        rows = known.features[known.features["insee"].isin(communes)]
        return rows.geometry.union_all() if set(rows["insee"]) == set(communes) else None

    return Task(
        service=services()[name],
        name=name,
        topics=topics,
        communes=communes,
        siren=siren,
        session=session,
        tell=lambda message, done, total: report(Progress(name, message, done, total)),
        held=held,
        territory=territory,
    )


def _result(task: Task, store: Path | str) -> ServiceResult:
    """How one service ended; its layers are in the store."""
    title = task.service.title
    if task.session.cancelled():
        return ServiceResult(task.name, title, "cancelled")
    task.tell(title, 0, 0)
    try:
        brought = _BRINGERS[task.name](task)
        is_new = _written(brought, task, store)
    except CancelledError:
        return ServiceResult(task.name, title, "cancelled")
    except PlanningError as error:
        return ServiceResult(task.name, title, "failed", faults=error.faults)
    return ServiceResult(
        task.name,
        title,
        "done" if is_new else "kept",
        layers=tuple((layer.id, len(layer.features)) for layer in brought.layers),
        remarks=(*brought.remarks, *_coverage_remarks(brought, task)),
    )


def _coverage_remarks(brought: Brought, task: Task) -> list[Text]:
    """Remark about layers that could speak for the communes if their outlines were known."""
    if not task.service.is_exhaustive or all(each.coverage is not None for each in brought.layers):
        return []
    return [_NO_OUTLINE]


def _written(brought: Brought, task: Task, store: Path | str) -> bool:
    """Put the layers into the store; whether that made an edition, or told something new."""
    if not brought.layers:
        return not brought.is_unchanged
    before = {
        layer.id: held.edition.number
        for layer in brought.layers
        if (held := task.held(layer.id).get(layer.id)) is not None
    }
    task.tell(Text("écriture dans la base", "writing to the store"), 0, 0)
    editions = write_layers(store, brought.layers)
    return any(before.get(each.layer) != each.number for each in editions)


_NO_OUTLINE = Text(
    "Contours des communes inconnus : une absence n'y prouve rien. Récupérer d'abord « communes ».",
    "The outlines of the municipalities are not known: absence proves nothing. Fetch “communes” "
    "first.",
)
_DEMO_IS_READ_ONLY = Fault(
    Text(
        "La base de démonstration ne se modifie pas.", "The demonstration store is not for writing."
    ),
    DEMO_STORE.name,
    Text(
        "Choisir un autre fichier, par exemple --store metropole.gpkg.",
        "Choose another file, for instance --store metropole.gpkg.",
    ),
)
