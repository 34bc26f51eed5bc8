"""What the steps of a draft make of the charters, each checked on the ones before it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charters.editing import Change
from charters.editing_apply import with_change
from charters.editing_checks import change_faults
from charters.editing_examples import MovedExample, with_examples
from charters.editing_new import new_article_faults
from charters.editions import charters_folder, charters_from, charters_of, edition_files
from charters.loading import Files
from charters.model import Charter
from geodata.errors import CharterError

__all__ = ["DraftState", "state_of"]


@dataclass(frozen=True, slots=True)
class DraftState:
    """What a draft makes of the charters."""

    files: Files
    """Files of the edition that it would publish."""
    charters: tuple[Charter, ...]
    """Both charters."""
    moved: tuple[MovedExample, ...]
    """Examples whose verdict moves."""


def state_of(base: int, changes: tuple[Change, ...]) -> DraftState:
    """What steps make of edition ``base``.

    Raises
    ------
    SelectionError
        There is no such edition.
    CharterError
        A step does not fit what it changes, or the charters are at fault.
    """
    return _state(charters_folder(), base, changes)


@functools.lru_cache(maxsize=64)
def _state(folder: Path, base: int, changes: tuple[Change, ...]) -> DraftState:
    """What steps make of an edition of that folder; each step is checked on the ones before it."""
    if not changes:
        return DraftState(edition_files(base), charters_of(base), ())
    before = _state(folder, base, changes[:-1])
    faults = change_faults(changes[-1], before.charters)
    if faults:
        raise CharterError(*faults)
    files = with_change(before.files, changes[-1])
    charters = charters_from(files)
    added = _ids(charters) - _ids(charters_of(base))
    new = _ids(charters) - _ids(before.charters)
    faults = [
        fault
        for charter in charters
        for each in charter.articles
        if each.id in new
        for fault in new_article_faults(each, charter)
    ]
    if faults:
        raise CharterError(*dict.fromkeys(faults))
    files, moved = with_examples(files, charters, but=added)
    if moved:
        charters = charters_from(files)
    return DraftState(files, charters, (*before.moved, *moved))


def _ids(charters: Sequence[Charter]) -> set[str]:
    """Ids of every article."""
    return {each.id for charter in charters for each in charter.articles}
