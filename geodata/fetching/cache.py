"""What was downloaded, kept on disk with what the service said of it; unfinished parts too."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "Entry",
    "cache_folder",
    "digest_of",
    "forget",
    "forget_part",
    "keep",
    "kept",
    "part",
    "resumable",
    "started",
]

_VARIABLE = "TECHNOPOLE_CACHE"
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file."""

    url: str
    """Address it was asked from."""
    etag: str
    """``ETag`` of the answer; empty when there was none."""
    modified: str
    """``Last-Modified`` of the answer; empty when there was none."""
    sha256: str = ""
    """Checksum of the whole file; empty while it is a part."""
    content_type: str = ""
    """``Content-Type`` of the answer."""

    @property
    def validator(self) -> str:
        """What ``If-Range`` may carry: a strong ``ETag``, else the date; empty for neither."""
        is_strong = self.etag and not self.etag.startswith("W/")
        return self.etag if is_strong else self.modified


def cache_folder() -> Path:
    """Folder of downloads: ``TECHNOPOLE_CACHE``, else the platform's own; not made yet."""
    if named := os.environ.get(_VARIABLE):
        return Path(named).expanduser()
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "technopole" / "fetching"


def kept(folder: Path, name: str) -> tuple[Path, Entry] | None:
    """File of that name and its entry; None when there is none or its bytes have changed."""
    body, entry = folder / f"{name}.body", _entry(folder / f"{name}.json")
    if entry is None or not body.is_file() or digest_of(body) != entry.sha256:
        return None
    return body, entry


def keep(folder: Path, name: str, entry: Entry) -> Path:
    """Turn the part of that name into a whole file; the earlier one is replaced."""
    body = folder / f"{name}.body"
    part(folder, name).replace(body)
    _write(folder / f"{name}.json", entry)
    _part_entry(folder, name).unlink(missing_ok=True)
    return body


def part(folder: Path, name: str) -> Path:
    """File in which an answer is received."""
    return folder / f"{name}.part"


def resumable(folder: Path, name: str) -> tuple[int, str]:
    """Bytes of an unfinished part and its validator; (0, "") when it cannot be resumed."""
    entry = _entry(_part_entry(folder, name))
    received = part(folder, name)
    if entry is None or not entry.validator or not received.is_file():
        return 0, ""
    size = received.stat().st_size
    return (size, entry.validator) if size else (0, "")


def started(folder: Path, name: str, entry: Entry) -> None:
    """Remember whose part is about to be received."""
    _write(_part_entry(folder, name), entry)


def forget(folder: Path, name: str) -> None:
    """Remove the file of that name and its part, if there are any."""
    for each in (folder / f"{name}.body", folder / f"{name}.json"):
        with suppress(OSError):
            each.unlink()
    forget_part(folder, name)


def forget_part(folder: Path, name: str) -> None:
    """Remove the part of that name; the whole file of an earlier visit stays."""
    for each in (part(folder, name), _part_entry(folder, name)):
        with suppress(OSError):
            each.unlink()


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as read:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _part_entry(folder: Path, name: str) -> Path:
    """File that says whose part it is."""
    return folder / f"{name}.part.json"


def _entry(path: Path) -> Entry | None:
    """Entry in a file; None when there is none that can be read."""
    try:
        return Entry(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, entry: Entry) -> None:
    """Replace an entry at once."""
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(dataclasses.asdict(entry)), encoding="utf-8")
    aside.replace(path)
