"""Editions of the charters: the packaged one is number 1, planners publish the others.

They live in the desk's folder: ``charters/editions/0002/`` holds a whole edition (one folder per
charter, ``sources.yaml``, and ``edition.yaml`` that says who published it, when, why and from
which), ``charters/choices/0001.yaml`` that an earlier one is judged by again. Nothing there is
ever changed once written, so that what is read may be kept under its number.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from charters.entries import Entry
from charters.entry_faults import entry_faults
from charters.loading import (
    CHARTERS,
    PACKAGED,
    SOURCES,
    Files,
    charter_of,
    load_charters,
    read_files,
)
from charters.model import Charter
from charters.places import Place
from geodata.addresses import desk_folder
from geodata.errors import CharterError, Fault, SelectionError
from geodata.language import Text
from geodata.yaml_reading import parse_yaml

__all__ = [
    "ABOUT",
    "PACKAGED_NUMBER",
    "CharterEdition",
    "Choice",
    "charters_folder",
    "charters_from",
    "charters_in_use",
    "charters_of",
    "choices",
    "digest_of",
    "edition_files",
    "edition_in_use",
    "editions",
]

PACKAGED_NUMBER = 1
"""Number of the edition that comes with the program."""
ABOUT = "edition.yaml"
"""File that says what an edition is."""

_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
_Kind = TypeVar("_Kind", bound=Entry)


class CharterEdition(Entry):
    """An edition of both charters."""

    number: int = Field(ge=PACKAGED_NUMBER)
    """Place in the order of publication, from 1."""
    author: _Said
    """Who published it."""
    reason: _Said
    """Why."""
    published: AwareDatetime | None
    """When; None for the packaged one."""
    base: int | None = Field(alias="from")
    """Edition that it changes; None for the packaged one."""
    digest: str
    """SHA-256 of its files, see :func:`digest_of`."""


class Choice(Entry):
    """A decision to judge by an earlier edition; the next publication ends it."""

    edition: int
    """Edition to judge by."""
    newest: int
    """Newest edition when that was decided."""
    author: _Said
    """Who decided."""
    reason: _Said
    """Why."""
    chosen: AwareDatetime
    """When."""


def charters_folder() -> Path:
    """Folder of the editions of this desk; it may not exist yet."""
    return desk_folder() / "charters"


def editions() -> tuple[CharterEdition, ...]:
    """Every edition, the packaged one first.

    Raises
    ------
    CharterError
        What an edition says of itself cannot be read.
    """
    return (_packaged(), *(_about(folder) for folder in _folders()))


def choices() -> tuple[Choice, ...]:
    """Every decision to go back to an edition, the oldest first.

    Raises
    ------
    CharterError
        One cannot be read.
    """
    return tuple(_choice(file) for file in sorted(charters_folder().glob("choices/[0-9]*.yaml")))


def edition_in_use() -> int:
    """Number of the edition to judge by: the one chosen since the newest came, else the newest.

    Raises
    ------
    CharterError
        A decision cannot be read.
    """
    newest = max((int(each.name) for each in _folders()), default=PACKAGED_NUMBER)
    last = choices()[-1:]
    return last[0].edition if last and last[0].newest == newest else newest


def charters_in_use(number: int | None = None) -> tuple[Charter, ...]:
    """Charters of the edition in use, or of edition ``number``.

    A publication of any process is seen by the next call; an edition is read once.

    Raises
    ------
    SelectionError
        There is no such edition.
    CharterError
        Its files are not those that were published, or this version cannot read them.
    """
    return charters_of(edition_in_use() if number is None else number)


def charters_of(number: int) -> tuple[Charter, ...]:
    """Charters of edition ``number``; errors as in :func:`charters_in_use`."""
    return load_charters() if number == PACKAGED_NUMBER else _loaded(_folder(number))


def edition_files(number: int) -> dict[str, bytes]:
    """Files of edition ``number``, such as ``industrial_parks/PI-01.yaml``.

    Raises
    ------
    SelectionError
        There is no such edition.
    """
    return _files(PACKAGED if number == PACKAGED_NUMBER else _folder(number))


def charters_from(files: Files) -> tuple[Charter, ...]:
    """Both charters that the files of an edition make.

    Raises
    ------
    CharterError
        Every fault of every file of both, with file and line.
    """
    made: list[Charter] = []
    faults: list[Fault] = []
    for name in CHARTERS:
        own = {
            path.removeprefix(f"{name}/"): content
            for path, content in files.items()
            if path.startswith(f"{name}/")
        }
        try:
            made.append(charter_of(own, folder=name, sources=files.get(SOURCES, b"")))
        except CharterError as error:
            faults.extend(error.faults)
    if faults:
        raise CharterError(*dict.fromkeys(faults))  # a fault of the sources is met twice
    return tuple(made)


def digest_of(files: Files) -> str:
    """SHA-256 of the names and contents of the files of an edition, in order."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(folder: Path) -> dict[str, bytes]:
    """Files of the edition in ``folder``."""
    files = {SOURCES: (folder / SOURCES).read_bytes()}
    for name in CHARTERS:
        own = read_files(folder / name)
        files |= {f"{name}/{path}": content for path, content in own.items()}
    return files


def _folders() -> list[Path]:
    """Folders of the published editions, in order."""
    return sorted(charters_folder().glob("editions/[0-9]*"))


def _folder(number: int) -> Path:
    """Folder of a published edition."""
    found = {int(each.name): each for each in _folders()}
    if number in found:
        return found[number]
    known = ", ".join(str(each) for each in (PACKAGED_NUMBER, *found))
    raise SelectionError(
        Fault(
            Text(
                f"L'édition {number} des chartes n'existe pas.",
                f"There is no edition {number} of the charters.",
            ),
            "",
            Text(f"Choisir parmi : {known}.", f"Choose one of: {known}."),
        )
    )


@functools.lru_cache(maxsize=64)
def _loaded(folder: Path) -> tuple[Charter, ...]:
    """Charters of a published edition, whose files are still the same."""
    files = _files(folder)
    if digest_of(files) != _about(folder).digest:
        raise CharterError(
            Fault(
                Text(
                    "Les fichiers de cette édition ne sont plus ceux qui ont été publiés.",
                    "The files of this edition are no longer those that were published.",
                ),
                f"édition / edition {int(folder.name)}",
                Text(
                    "Les rétablir d'une sauvegarde, ou juger selon une autre édition : "
                    "python -m charters use --edition N.",
                    "Restore them from a backup, or judge by another edition: "
                    "python -m charters use --edition N.",
                ),
            )
        )
    return charters_from(files)


@functools.cache
def _packaged() -> CharterEdition:
    """What the packaged edition is."""
    return CharterEdition.model_validate(
        {
            "number": PACKAGED_NUMBER,
            "author": "Technopole",
            "reason": " · ".join(sorted({each.edition for each in load_charters()})),
            "published": None,
            "from": None,
            "digest": digest_of(_files(PACKAGED)),
        }
    )


@functools.lru_cache(maxsize=512)
def _about(folder: Path) -> CharterEdition:
    """What a published edition is."""
    return _entry(CharterEdition, folder / ABOUT)


@functools.lru_cache(maxsize=512)
def _choice(file: Path) -> Choice:
    """One decision."""
    return _entry(Choice, file)


def _entry(kind: type[_Kind], file: Path) -> _Kind:
    """Content of a small file of the desk."""
    name = f"{file.parent.name}/{file.name}"
    content, lines = parse_yaml(file.read_bytes(), name=name)
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise CharterError(*entry_faults(error, Place(name, lines))) from None
