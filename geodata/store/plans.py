"""What a store is to become: how importing, restoring and pruning change its editions."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import shapely

from geodata.errors import Fault, SelectionError
from geodata.language import Text
from geodata.layers import Layer
from geodata.store.records import Record, Records, by_layer

__all__ = ["Addition", "Plan", "pruned", "restored", "the_record", "with_additions"]


@dataclass(frozen=True, slots=True)
class Addition:
    """A layer on its way into the store."""

    layer: Layer
    """What is to be kept."""
    columns: tuple[str, ...]
    """Its columns, ``id`` first."""
    content: str
    """SHA-256 of its features."""
    contract: str
    """Fingerprint of the contract it keeps; empty when it breaks it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a store is to become."""

    records: tuple[Record, ...]
    """Every edition, in the order they came in."""
    added: tuple[tuple[Record, Layer], ...] = ()
    """Those whose features are not there yet."""


def with_additions(
    records: Records, additions: Iterable[Addition], *, author: str, note: str, imported_at: str
) -> Plan:
    """Plan of an import: each layer becomes the current edition of its id.

    A layer equal to the current edition, features and source, makes no new one: an import that is
    sent twice counts once.
    """
    kept, added = list(records), []
    for addition in additions:
        if _is_there(kept, addition):
            continue
        layer = addition.layer.id
        edition = dataclasses.replace(
            addition.layer.edition,
            number=1 + max((each.edition.number for each in by_layer(kept, layer)), default=0),
            imported_at=imported_at,
            author=author,
            note=note,
        )
        made = Record(
            edition,
            addition.layer.coverage,
            addition.columns,
            addition.content,
            addition.contract,
        )
        kept = [_marked(each, current=each.is_current and each.key[0] != layer) for each in kept]
        kept.append(made)
        added.append((made, addition.layer))
    return Plan(tuple(kept), tuple(added))


def restored(records: Records, *, layer: str, number: int) -> Plan:
    """Plan that makes an earlier edition the current one; the newer ones stay.

    Raises
    ------
    SelectionError
        There is no such edition, or it has been pruned.
    """
    chosen = the_record(records, layer, number)
    return Plan(
        tuple(
            _marked(each, current=each is chosen) if each.key[0] == layer else each
            for each in records
        )
    )


def pruned(records: Records, *, layer: str, numbers: Collection[int]) -> Plan:
    """Plan that forgets the features of editions, not that they existed.

    Raises
    ------
    SelectionError
        There is no such edition, or it is the current one.
    """
    chosen = [the_record(records, layer, number) for number in sorted(set(numbers))]
    current = [each for each in chosen if each.is_current]
    if current:
        raise SelectionError(_is_in_use(*current[0].key))
    return Plan(
        tuple(
            dataclasses.replace(each, is_kept=False) if each in chosen else each for each in records
        )
    )


def the_record(records: Records, layer: str, number: int) -> Record:
    """Edition of that number whose features are there, or the error that names the others."""
    there = {each.edition.number: each for each in by_layer(records, layer) if each.is_kept}
    if number in there:
        return there[number]
    numbers = ", ".join(str(each) for each in there) or "—"
    raise SelectionError(
        Fault(
            Text(f"L'édition {number} n'est pas conservée.", f"Edition {number} is not kept."),
            layer,
            Text(f"Choisir parmi : {numbers}.", f"Choose one of: {numbers}."),
        )
    )


def _is_there(records: Records, addition: Addition) -> bool:
    """Whether the current edition of the layer is the same in features and source."""
    told = ("producer", "licence", "date", "source", "digest")
    return any(
        each.is_current
        and each.edition.layer == addition.layer.id
        and each.content == addition.content
        and _same_shape(each.coverage, addition.layer.coverage)
        and all(
            getattr(each.edition, name) == getattr(addition.layer.edition, name) for name in told
        )
        for each in records
    )


def _same_shape(left: shapely.Geometry | None, right: shapely.Geometry | None) -> bool:
    """Whether two coverages are the same, vertex for vertex."""
    if left is None or right is None:
        return left is right
    return bool(shapely.equals_exact(left, right))


def _marked(record: Record, *, current: bool) -> Record:
    """Record that is the current one, or no longer."""
    return dataclasses.replace(record, is_current=current)


def _is_in_use(layer: str, number: int) -> Fault:
    """Fault of pruning what readers get."""
    return Fault(
        Text(
            f"L'édition {number} est l'édition en cours : elle ne se supprime pas.",
            f"Edition {number} is the current one: it cannot be removed.",
        ),
        layer,
        Text("Remettre d'abord une autre édition en cours.", "Make another edition current first."),
    )
