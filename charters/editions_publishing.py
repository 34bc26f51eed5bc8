"""New editions of the charters, and the way back to an earlier one; one writer at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from charters.editions import (
    ABOUT,
    CharterEdition,
    Choice,
    charters_folder,
    charters_from,
    charters_of,
    choices,
    digest_of,
    edition_in_use,
    editions,
)
from charters.examples import example_faults
from charters.loading import CHARTERS, HEAD, Files
from geodata.errors import CharterError, Fault, StoreError
from geodata.language import Text
from geodata.writing.files import new_folder, only_writer, replacing
from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text

__all__ = ["choose_edition", "publish"]

_PATIENCE_S = 10.0
_LONGEST = 1000


def publish(
    files: Files, *, base: int, author: str, reason: str, at: dt.datetime
) -> CharterEdition:
    """Make a new edition of these files, and judge by it from now on.

    The whole edition is written aside and renamed: it is there, or it is not. Of several planners
    who publish at once each makes an edition of their own, from the one before it.

    Parameters
    ----------
    files
        Files of an edition, as :func:`charters.editions.edition_files` gives them.
    base
        Edition that they change, which must be the one in use.
    author, reason
        Who publishes, and why; neither may be empty.
    at
        Now, with its time zone.

    Raises
    ------
    CharterError
        Author or reason is missing, an article is at fault, an example gives another verdict, or
        another edition has come into use since.
    StoreError
        It cannot be written.
    """
    faults = [*_signature_faults(author, reason)]
    faults += _overtaken(base)
    if faults:
        raise CharterError(*faults)
    faults += [fault for charter in charters_from(files) for fault in example_faults(charter)]
    if faults:
        raise CharterError(*faults)
    with _only_writer() as folder:
        faults += _overtaken(base)  # another planner may have been quicker while this was read
        if faults:
            raise CharterError(*faults)
        number = editions()[-1].number + 1
        named = _numbered(files, f"{number} ({at.date()})")
        about = {
            "number": number,
            "author": author.strip(),
            "reason": reason.strip(),
            "published": at.isoformat(timespec="seconds"),
            "from": base,
            "digest": digest_of(named),
        }
        with new_folder(folder / "editions" / f"{number:04}") as aside:
            for name, content in {**named, ABOUT: yaml_text(about).encode()}.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).write_bytes(content)
    return CharterEdition.model_validate(about)


def choose_edition(number: int, *, author: str, reason: str, at: dt.datetime) -> Choice:
    """Judge by edition ``number`` until another one is published or chosen.

    Raises
    ------
    SelectionError
        There is no such edition.
    CharterError
        Author or reason is missing, or the edition cannot be read.
    StoreError
        It cannot be written down.
    """
    faults = [*_signature_faults(author, reason)]
    if faults:
        raise CharterError(*faults)
    charters_of(number)
    with _only_writer() as folder:
        chosen = Choice(
            edition=number,
            newest=editions()[-1].number,
            author=author.strip(),
            reason=reason.strip(),
            chosen=at,
        )
        file = folder / "choices" / f"{len(choices()) + 1:04}.yaml"
        with replacing(file) as aside:
            content: dict[str, Any] = chosen.model_dump(mode="json")
            aside.write_text(yaml_text(content), encoding="utf-8")
    return chosen


@contextmanager
def _only_writer() -> Iterator[Path]:
    """Folder of the editions, kept from other writers."""
    folder = charters_folder()
    try:
        for name in ("editions", "choices"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_not_made(error)) from error
    with only_writer(folder / "editions", patience_s=_PATIENCE_S):
        yield folder


def _numbered(files: Files, edition: str) -> dict[str, bytes]:
    """Files in which both charters say their edition."""
    named = dict(files)
    for name in CHARTERS:
        path = f"{name}/{HEAD}"
        head, _ = parse_yaml(files[path], name=path)
        named[path] = yaml_text({**head, "edition": edition}).encode()
    return named


def _signature_faults(author: str, reason: str) -> Iterator[Fault]:
    """Faults of who publishes, and why; each at the field that it concerns."""
    for field, given, name in (
        ("author", author, Text("Le nom de l'auteur", "The name of the author")),
        ("reason", reason, Text("Le motif", "The reason")),
    ):
        if not given.strip():
            what = Text(f"{name.fr} manque.", f"{name.en} is missing.")
            yield Fault(what, field, Text("L'écrire.", "Write it."))
        elif len(given) > _LONGEST or any(not sign.isprintable() for sign in given.strip()):
            what = Text(
                f"{name.fr} est trop long, ou contient des signes de commande.",
                f"{name.en} is too long, or holds control characters.",
            )
            remedy = Text(
                f"L'écrire sur une ligne, en {_LONGEST} signes au plus.",
                f"Write it on one line, in {_LONGEST} characters at most.",
            )
            yield Fault(what, field, remedy)


def _overtaken(base: int) -> Iterator[Fault]:
    """Fault of a draft that starts from an edition no longer in use."""
    now = edition_in_use()
    if now == base:
        return
    by = next(each for each in editions() if each.number == now)
    yield Fault(
        Text(
            f"L'édition {now} ({by.author}) est entrée en usage depuis : ce brouillon part de "
            f"l'édition {base}.",
            f"Edition {now} ({by.author}) has come into use since: this draft starts from "
            f"edition {base}.",
        ),
        "",
        Text(
            f"Reprendre les modifications sur l'édition {now}, puis publier.",
            f"Carry the changes over to edition {now}, then publish.",
        ),
    )


def _not_made(error: OSError) -> Fault:
    """Fault of a folder that cannot be made."""
    reason = error.strerror or type(error).__name__
    return Fault(
        Text(
            f"Le dossier des éditions ne peut pas être créé ({reason}).",
            f"The folder of the editions cannot be made ({reason}).",
        ),
        "charters",
        Text("Vérifier les droits et la place.", "Check rights and room."),
    )
