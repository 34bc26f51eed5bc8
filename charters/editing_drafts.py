"""Drafts of an edition: steps kept on the disk of the desk, undone one by one, published whole."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from charters.editing import Change
from charters.editing_state import state_of
from charters.editions import (
    CharterEdition,
    charters_folder,
    edition_in_use,
)
from charters.editions_publishing import publish
from charters.entry_faults import entry_faults
from charters.places import Place
from geodata.errors import CharterError, Fault, SelectionError, StoreError
from geodata.language import Text
from geodata.writing.files import only_writer, write_text
from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text

__all__ = [
    "CharterDraft",
    "carried_over",
    "changed_on",
    "discard_draft",
    "draft_ids",
    "keep_change",
    "new_draft",
    "publish_draft",
    "read_draft",
    "read_draft_file",
    "restore_draft",
    "undo_change",
]

_ID = re.compile(r"[0-9a-f]{12}")
_PATIENCE_S = 5.0
_MOST = 200
"""Steps of one draft."""


@dataclass(frozen=True, slots=True)
class CharterDraft:
    """What a planner has changed and not published."""

    id: str
    """Name of its file."""
    base: int
    """Edition that it changes."""
    changes: tuple[Change, ...] = ()
    """Steps, in order."""


def new_draft() -> CharterDraft:
    """Empty draft of the edition in use; nothing is kept before its first step."""
    return CharterDraft(uuid.uuid4().hex[:12], edition_in_use())


def draft_ids() -> tuple[str, ...]:
    """Ids of the drafts that are kept, the last changed first."""
    files = sorted(_folder().glob("*.yaml"), key=lambda each: each.stat().st_mtime, reverse=True)
    return tuple(each.stem for each in files if _ID.fullmatch(each.stem))


def changed_on(draft: CharterDraft) -> dt.date | None:
    """Day on which a draft was last changed, where the desk is; None where it is not kept."""
    try:
        seconds = _file(draft.id).stat().st_mtime
    except FileNotFoundError:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone().date()


def read_draft(name: str) -> CharterDraft:
    """Draft kept under that id.

    Raises
    ------
    SelectionError
        There is none.
    CharterError
        It cannot be read.
    """
    file = _file(name)
    if not file.is_file():
        raise SelectionError(_unknown(name))
    return read_draft_file(file)


def read_draft_file(file: Path) -> CharterDraft:
    """Draft in a file; errors as in :func:`read_draft`."""
    content, lines = parse_yaml(file.read_bytes(), name=file.name)
    place = Place(file.name, lines)
    entries = content if isinstance(content, dict) else {}
    try:
        changes = TypeAdapter(tuple[Change, ...]).validate_python(entries.get("changes"))
        base = TypeAdapter(int).validate_python(entries.get("base"), strict=True)
    except ValidationError as error:
        raise CharterError(*entry_faults(error, place.at("changes"))) from None
    return CharterDraft(file.stem, base, changes)


def keep_change(draft: CharterDraft, change: Change) -> CharterDraft:
    """Draft with one more step, kept on the disk.

    Raises
    ------
    CharterError
        The charters that the step makes are at fault, or the draft was changed elsewhere.
    StoreError
        It cannot be written.
    """
    longer = replace(draft, changes=(*draft.changes, change))
    if len(longer.changes) > _MOST:
        what = Text(f"Plus de {_MOST} étapes.", f"More than {_MOST} steps.")
        raise CharterError(Fault(what, "", Text("Publier d'abord.", "Publish first.")))
    state_of(longer.base, longer.changes)
    return _kept(draft, longer)


def undo_change(draft: CharterDraft) -> CharterDraft:
    """Draft without its last step; errors as in :func:`keep_change`."""
    return _kept(draft, replace(draft, changes=draft.changes[:-1]))


def discard_draft(draft: CharterDraft) -> None:
    """Forget a draft; the editions are untouched."""
    with suppress(FileNotFoundError):
        _file(draft.id).unlink()


def restore_draft(draft: CharterDraft) -> CharterDraft:
    """Keep again a draft that was discarded; errors as in :func:`keep_change`."""
    return _kept(replace(draft, changes=()), draft)


def carried_over(draft: CharterDraft) -> CharterDraft:
    """The same steps on the edition in use; errors as in :func:`keep_change`."""
    moved = replace(draft, base=edition_in_use())
    state_of(moved.base, moved.changes)
    return _kept(draft, moved)


def publish_draft(
    draft: CharterDraft, *, author: str, reason: str, at: dt.datetime
) -> CharterEdition:
    """Make the draft an edition, and forget it; arguments and errors as in :func:`publish`."""
    if not draft.changes:
        what = Text("Ce brouillon ne change rien.", "This draft changes nothing.")
        raise CharterError(Fault(what, "", Text("Modifier un article.", "Change an article.")))
    made = publish(
        state_of(draft.base, draft.changes).files,
        base=draft.base,
        author=author,
        reason=reason,
        at=at,
    )
    discard_draft(draft)
    return made


def _kept(before: CharterDraft, after: CharterDraft) -> CharterDraft:
    """``after``, written in the place of ``before`` unless something else stands there."""
    file = _file(after.id)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_not_kept(error)) from error
    with only_writer(file, patience_s=_PATIENCE_S):
        now = read_draft_file(file) if file.is_file() else replace(before, changes=())
        if before.changes != now.changes:
            raise CharterError(_changed_elsewhere())
        steps = [each.model_dump(mode="json", by_alias=True) for each in after.changes]
        write_text(file, yaml_text({"base": after.base, "changes": steps}))
    return after


def _folder() -> Path:
    """Folder of the drafts."""
    return charters_folder() / "drafts"


def _file(name: str) -> Path:
    """File of a draft, whose id may come from an address."""
    if not _ID.fullmatch(name):
        raise SelectionError(_unknown(name))
    return _folder() / f"{name}.yaml"


def _unknown(name: str) -> Fault:
    """Fault of a draft that is not kept."""
    return Fault(
        Text(f"Le brouillon « {name[:20]} » n'existe pas.", f"No draft “{name[:20]}” is kept."),
        "",
        Text("En commencer un.", "Begin one."),
    )


def _changed_elsewhere() -> Fault:
    """Fault of a draft that two windows change."""
    return Fault(
        Text(
            "Ce brouillon a été modifié dans une autre fenêtre.",
            "This draft was changed in another window.",
        ),
        "",
        Text("Le recharger, puis recommencer.", "Load it again, then repeat the step."),
    )


def _not_kept(error: OSError) -> Fault:
    """Fault of a folder that cannot be made."""
    reason = error.strerror or type(error).__name__
    return Fault(
        Text(f"Le brouillon n'est pas gardé ({reason}).", f"The draft is not kept ({reason})."),
        "charters/drafts",
        Text("Vérifier les droits et la place.", "Check rights and room."),
    )
