"""Archives become plain files under generated names; runs in the reading process only."""

from __future__ import annotations

import bz2
import contextlib
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from geodata.errors import DataError, Fault, FileFormatError
from geodata.language import Text
from geodata.reading.detecting import ARCHIVES, HEAD_BYTES, detected
from geodata.reading.limits import MAX_BYTES, MAX_MEMBERS, MAX_RATIO, RATIO_FROM_BYTES

__all__ = ["Member", "unpack"]

_CHUNK = 2**20
_END_OF_ZIP = b"PK\x05\x06"
_ENCRYPTED = 0x1
_OFFICE = "[Content_Types].xml"
_OFFICE_MEMBERS = 500
"""A workbook of many sheets has many parts; all are read by one library, none is written."""


class Member(NamedTuple):
    """One file of an archive, unpacked."""

    name: str
    """Its name in the archive."""
    file: str
    """Generated name under which it lies beside the archive."""
    kind: str | None
    """What it is, see :func:`geodata.reading.detecting.detected`; None when it is not read."""


def unpack(path: Path, *, kind: str, name: str) -> list[Member]:
    """Files of the archive at ``path``, written beside it; the limits are held while unpacking.

    Parameters
    ----------
    path
        Archive.
    kind
        One of :data:`geodata.reading.detecting.ARCHIVES`.
    name
        Name of the user's file, for what is packed alone (``.json.gz``).

    Raises
    ------
    FileFormatError
        Damaged, locked by a password, nested, with names that lead elsewhere, or too large.
    """
    budget = _Budget(path.stat().st_size)
    try:
        if kind == "zip":
            return _from_zip(path, budget)
        if kind == "tar":
            return _from_tar(path, budget)
        return _from_stream(path, budget, kind, name)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise FileFormatError(_DAMAGED) from error
    except (NotImplementedError, RuntimeError, ValueError, UnicodeError) as error:
        if isinstance(error, DataError):
            raise
        raise FileFormatError(_DAMAGED) from error


class _Budget:
    """What is left to unpack."""

    def __init__(self, packed: int) -> None:
        self._left = min(MAX_BYTES, max(RATIO_FROM_BYTES, MAX_RATIO * packed))

    def spend(self, size: int) -> None:
        """Take ``size`` bytes off, or refuse."""
        self._left -= size
        if self._left < 0:
            raise FileFormatError(_BOMB)


def _from_zip(path: Path, budget: _Budget) -> list[Member]:
    """Members of a zip; a workbook is checked and left as it is."""
    _require_few_entries(path)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        is_office = any(each.filename == _OFFICE for each in entries)
        files = [each for each in entries if not each.is_dir()]
        _require_few(len(files), _OFFICE_MEMBERS if is_office else MAX_MEMBERS)
        _require_safe_names([each.filename for each in entries])
        for each in files:
            if each.flag_bits & _ENCRYPTED:
                raise FileFormatError(_LOCKED)
            if stat.S_ISLNK(each.external_attr >> 16):
                raise FileFormatError(_leads_elsewhere(each.filename))
        if is_office:
            for each in files:
                with archive.open(each) as source:
                    for chunk in iter(lambda: source.read(_CHUNK), b""):
                        budget.spend(len(chunk))
            return [Member(path.name, path.name, "xlsx")]
        members = []
        for rank, each in enumerate(files):
            with archive.open(each) as source:
                members.append(_written(source, each.filename, path, rank, budget))
        return members


def _from_tar(path: Path, budget: _Budget) -> list[Member]:
    """Members of a plain tar."""
    members: list[Member] = []
    names: list[str] = []
    with tarfile.open(path, mode="r:") as archive:
        for each in archive:
            names.append(each.name)
            if each.isdir():
                _require_few(len(names), 2 * MAX_MEMBERS)
                continue
            if not each.isreg():
                raise FileFormatError(_leads_elsewhere(each.name))
            _require_few(len(members) + 1, MAX_MEMBERS)
            _require_safe_names(names)
            source = archive.extractfile(each)
            if source is not None:
                members.append(_written(source, each.name, path, len(members), budget))
    _require_safe_names(names)
    return members


def _from_stream(path: Path, budget: _Budget, kind: str, name: str) -> list[Member]:
    """The one file that gzip or bzip2 hold; a tar inside is unpacked in turn."""
    plain = path.with_suffix(".plain")
    with path.open("rb") as packed, plain.open("wb") as target:
        for chunk in _inflated(packed, kind):
            budget.spend(len(chunk))
            target.write(chunk)
    if not plain.stat().st_size:
        raise FileFormatError(_EMPTY)
    with plain.open("rb") as source:
        head = source.read(HEAD_BYTES)
    inside = detected(head)
    if inside == "tar":
        return _from_tar(plain, _Budget(plain.stat().st_size))
    if inside in ARCHIVES:
        raise FileFormatError(_nested(name))
    short = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".bz2")) else name
    return [Member(short, plain.name, inside)]


def _inflated(packed: IO[bytes], kind: str) -> Iterator[bytes]:
    """Unpacked bytes, at most a chunk at a time."""
    waiting = packed.read()
    while waiting:
        if kind == "gzip":
            unzip = zlib.decompressobj(wbits=31)
            while waiting and not unzip.eof:
                yield unzip.decompress(waiting, _CHUNK)
                waiting = unzip.unconsumed_tail
            if not unzip.eof:
                raise FileFormatError(_DAMAGED)
            waiting = unzip.unused_data.lstrip(b"\x00")
        else:
            expand = bz2.BZ2Decompressor()
            yield expand.decompress(waiting, _CHUNK)
            while not expand.eof:
                if expand.needs_input:
                    raise FileFormatError(_DAMAGED)
                yield expand.decompress(b"", _CHUNK)
            waiting = expand.unused_data


def _written(source: IO[bytes], name: str, path: Path, rank: int, budget: _Budget) -> Member:
    """Member written under a generated name, once it is known to be no archive itself."""
    target = path.with_name(f"member{rank}")
    head = source.read(HEAD_BYTES)
    budget.spend(len(head))
    kind = None
    with contextlib.suppress(FileFormatError):
        kind = detected(head) if head else None
    if kind in ARCHIVES:
        raise FileFormatError(_nested(name))
    with target.open("wb") as sink:
        sink.write(head)
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            budget.spend(len(chunk))
            sink.write(chunk)
    return Member(name, target.name, kind)


def _require_few_entries(path: Path) -> None:
    """Refuse a zip that announces too many members, before its list is read."""
    with path.open("rb") as source:
        source.seek(0, io.SEEK_END)
        source.seek(max(0, source.tell() - 66_000))
        tail = source.read()
    place = tail.rfind(_END_OF_ZIP)
    if place >= 0:
        _require_few(int.from_bytes(tail[place + 10 : place + 12], "little"), 2 * _OFFICE_MEMBERS)


def _require_few(count: int, limit: int) -> None:
    """Refuse an archive of too many members."""
    if count > limit:
        raise FileFormatError(_too_many(count, limit))


def _require_safe_names(names: list[str]) -> None:
    """Refuse names that lead elsewhere, or that are the same twice."""
    seen: set[str] = set()
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
            raise FileFormatError(_leads_elsewhere(name))
        key = "/".join(each for each in parts if each not in {"", "."}).casefold()
        if key in seen:
            raise FileFormatError(_twice(name))
        seen.add(key)


def _shown(name: str) -> str:
    """Name of a member, safe to print."""
    return "".join(each if each.isprintable() else "?" for each in name)[-60:]


_UNPACK = Text(
    "Décompresser l'archive et donner le fichier voulu.",
    "Unpack the archive and give the file wanted.",
)
_AGAIN = Text("Télécharger de nouveau le fichier.", "Download the file again.")
_DAMAGED = Fault(
    Text("L'archive est abîmée ou incomplète.", "The archive is damaged or incomplete."), "", _AGAIN
)
_EMPTY = Fault(Text("L'archive est vide.", "The archive is empty."), "", _AGAIN)
_LOCKED = Fault(
    Text("L'archive est protégée par un mot de passe.", "The archive is locked by a password."),
    "",
    _UNPACK,
)
_BOMB = Fault(
    Text(
        f"Le contenu décompressé dépasse {MAX_BYTES // 2**20} Mo ou {MAX_RATIO} fois la taille "
        "de l'archive.",
        f"What is unpacked exceeds {MAX_BYTES // 2**20} MB or {MAX_RATIO} times the size of the "
        "archive.",
    ),
    "",
    Text("Découper le fichier, par commune par exemple.", "Split it, by municipality say."),
)


def _too_many(count: int, limit: int) -> Fault:
    """Fault of an archive of too many members."""
    return Fault(
        Text(
            f"L'archive contient {count} fichiers ; la limite est {limit}.",
            f"The archive holds {count} files; the limit is {limit}.",
        ),
        "",
        _UNPACK,
    )


def _leads_elsewhere(name: str) -> Fault:
    """Fault of a member whose name is a path to elsewhere, or a link."""
    return Fault(
        Text(
            f"L'archive contient un nom ou un lien dangereux : « {_shown(name)} ».",
            f"The archive holds a dangerous name or link: “{_shown(name)}”.",
        ),
        "",
        Text("Ne pas s'en servir ; prévenir l'expéditeur.", "Do not use it; tell the sender."),
    )


def _twice(name: str) -> Fault:
    """Fault of two members of one name."""
    return Fault(
        Text(
            f"L'archive contient deux fois le nom « {_shown(name)} ».",
            f"The archive holds the name “{_shown(name)}” twice.",
        ),
        "",
        _UNPACK,
    )


def _nested(name: str) -> Fault:
    """Fault of an archive in an archive."""
    return Fault(
        Text(
            f"L'archive en contient une autre : « {_shown(name)} ».",
            f"The archive holds another one: “{_shown(name)}”.",
        ),
        "",
        _UNPACK,
    )
