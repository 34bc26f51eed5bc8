"""What a requirement said last, said again while the facts that it read are the same ones.

Between two clicks the project has not changed, and between two edits the parcels have not: their
columns are then the same objects, and what was found from them still holds. So it does where one
site gives the same single figure as another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from charters.facts import Column, Facts
from charters.operators import Scope

__all__ = ["Recent", "recalled"]

_MOST = 4
_Result = TypeVar("_Result")


class _Entry(NamedTuple):
    """One result, and all that it was made from."""

    owner: object
    tables: object
    day: object
    reads: tuple[tuple[str, Column], ...]
    result: object


class Recent(Generic[_Result]):
    """The last results of one requirement."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: tuple[_Entry, ...] = ()


class _Trace(Mapping[str, Column]):
    """Facts that remember which of them were read, in order."""

    __slots__ = ("_facts", "reads")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.reads: dict[str, Column] = {}

    def __getitem__(self, path: str) -> Column:
        """One fact."""
        column = self._facts[path]
        self.reads[path] = column
        return column

    def __iter__(self) -> Iterator[str]:
        """Every path."""
        return iter(self._facts)

    def __len__(self) -> int:
        """Number of facts."""
        return len(self._facts)


def recalled(
    recent: Recent[_Result],
    scope: Scope,
    *,
    owner: object,
    find: Callable[[Scope], _Result],
    is_kept: Callable[[_Result], bool] = lambda _: True,
) -> _Result:
    """Result of ``find``, or the one found before from the same facts, tables, owner and day.

    The facts are asked for in the order in which they were read: one that differs ends the search,
    so that nothing is measured that would not be read. Columns are never changed; those of many
    sites are told apart by identity, those of one by what they hold.
    """
    if scope.on.shape != (1,):
        return find(scope)
    day = scope.on[0]
    for each in recent.entries:
        if (
            each.owner is owner
            and each.tables is scope.tables
            and each.day == day
            and all(_is_same(scope.facts[path], column) for path, column in each.reads)
        ):
            return each.result  # type: ignore[return-value] # what `keep` put there
    trace = _Trace(scope.facts)
    result = find(Scope(trace, scope.parameters, scope.tables, scope.on, scope.known))
    if is_kept(result):
        entry = _Entry(owner, scope.tables, day, tuple(trace.reads.items()), result)
        recent.entries = (entry, *recent.entries[: _MOST - 1])
    return result


def _is_same(first: Column, second: Column) -> bool:
    """Whether two columns are one object, or the same single figure or word."""
    if first is second:
        return True
    if not len(first.missing) == len(second.missing) == 1:
        return False
    why: int = first.missing[0]
    return bool(
        why == second.missing[0]
        and (why or first.values[0] == second.values[0])
        and first.tolerance[0] == second.tolerance[0]
    )
