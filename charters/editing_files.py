"""Draft charters named by a path: an edition, one charter, one article, or a draft that is kept."""

from __future__ import annotations

from pathlib import Path

from charters.editing_drafts import read_draft_file
from charters.editing_state import state_of
from charters.editions import charters_from, edition_files, edition_in_use
from charters.loading import CHARTERS, HEAD, SOURCES, read_files
from charters.model import Charter
from geodata.errors import CharterError, Fault, MissingFileError
from geodata.language import Text
from geodata.yaml_reading import YAML_LIMIT, parse_yaml

__all__ = ["draft_charters"]


def draft_charters(path: Path, *, base: int | None = None) -> tuple[Charter, ...]:
    """Both charters as the draft at ``path`` makes them.

    Parameters
    ----------
    path
        Folder of an edition (``sources.yaml`` and a folder per charter), folder of one charter
        (the sources beside it, if there are any, may be cited), file of one article, which takes
        the place of the one with its id or joins its charter, or file of a kept draft.
    base
        Edition that gives what the path does not; the one in use when None. A kept draft has its
        own.

    Raises
    ------
    MissingFileError
        There is nothing of the kind.
    CharterError
        Every fault of every file.
    """
    files = edition_files(edition_in_use() if base is None else base)
    if path.is_dir():
        return charters_from(files | _of_folder(path))
    if not path.is_file():
        raise MissingFileError(_nothing(path))
    with path.open("rb") as opened:
        content = opened.read(YAML_LIMIT + 1)
    document, _ = parse_yaml(content, name=path.name)
    entries = document if isinstance(document, dict) else {}
    if "changes" in entries:
        draft = read_draft_file(path)
        return state_of(draft.base, draft.changes).charters
    if entries.get("charter") not in CHARTERS:
        raise CharterError(_no_article(path))
    return charters_from(files | {f"{entries['charter']}/{path.stem}.yaml": content})


def _of_folder(folder: Path) -> dict[str, bytes]:
    """Files of an edition or of one charter, under the names of an edition."""
    if (folder / HEAD).is_file():
        files, own = {}, read_files(folder)
        head, _ = parse_yaml(own[HEAD], name=f"{folder.name}/{HEAD}")
        name = head.get("id") if isinstance(head, dict) else None
        if name not in CHARTERS:
            raise CharterError(_no_article(folder))
        files = {f"{name}/{path}": content for path, content in own.items()}
        sources = folder.parent / SOURCES
    else:
        found = [name for name in CHARTERS if (folder / name / HEAD).is_file()]
        if not found:
            raise MissingFileError(_nothing(folder))
        files = {
            f"{name}/{path}": content
            for name in found
            for path, content in read_files(folder / name).items()
        }
        sources = folder / SOURCES
    return files | ({SOURCES: sources.read_bytes()} if sources.is_file() else {})


def _nothing(path: Path) -> Fault:
    """Fault of a path that leads to no draft."""
    return Fault(
        Text("Il n'y a là aucune charte.", "There is no charter there."),
        path.name,
        Text(
            "Désigner le dossier d'une charte, un article (YAML) ou un brouillon.",
            "Name the folder of a charter, an article (YAML) or a draft.",
        ),
    )


def _no_article(path: Path) -> Fault:
    """Fault of a file that belongs to no charter of the desk."""
    known = ", ".join(CHARTERS)
    return Fault(
        Text("Ce fichier n'est d'aucune charte.", "This file belongs to no charter."),
        path.name,
        Text(f"Écrire charter: {known}.", f"Write charter: {known}."),
    )
