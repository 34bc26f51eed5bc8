"""Layers in one GeoPackage: a table per edition and a table of editions, replaced whole."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyogrio
import pyogrio.errors
import pyogrio.raw

from geodata.catalog import catalog
from geodata.errors import Fault, MissingFileError, StoreError
from geodata.store import faults
from geodata.store.contents import Stored, stored
from geodata.store.geopackage_tables import (
    EDITIONS,
    LAYOUT,
    LAYOUT_TABLE,
    apply,
    opened,
    table_of,
)
from geodata.store.mounts import is_shared
from geodata.store.plans import Plan
from geodata.store.records import COLUMNS, Record, from_row
from geodata.writing.files import clear_leftovers, only_writer, replacing

__all__ = ["PATIENCE_S", "backup_of", "change", "read", "sound_backup", "stamp"]

PATIENCE_S = 30.0
"""How long a writer waits for another one."""

_SQLITE_SIGNATURE = b"SQLite format 3\x00"

Choice = Callable[[Sequence[Record]], Sequence[Record]]


def read(path: Path, choose: Choice) -> list[Stored]:
    """Editions that ``choose`` picks among the records of the store, with their features.

    Raises
    ------
    MissingFileError
        There is no file.
    StoreError
        Not a store of this program, of another layout, or damaged.
    """
    while True:
        seen = stamp(path)
        try:
            return [_read_edition(path, record) for record in choose(_read_records(path))]
        except StoreError:
            if stamp(path) == seen:
                raise  # else the file was replaced meanwhile, by one without that edition


def change(
    path: Path, plan: Callable[[tuple[Record, ...]], Plan], *, fresh: bool = False
) -> tuple[Record, ...]:
    """Make the store what ``plan`` says; the file is replaced whole, or not at all.

    Parameters
    ----------
    path
        File, made when there is none.
    plan
        Function from the records of the store to what it is to become.
    fresh
        Whether to forget whatever is there, keeping no backup.

    Returns
    -------
    tuple of Record
        Every edition of the store as it is now.

    Raises
    ------
    StoreError
        Another command is writing, the disk is full or shared, the file there is no store, or it
        is damaged: what is damaged is never copied over a sound backup.
    """
    if is_shared(path):
        raise StoreError(faults.shared(path.name))
    with only_writer(path, patience_s=PATIENCE_S):
        clear_leftovers(path)
        is_kept = path.exists() and not fresh
        before = _sound_records(path) if is_kept else ()
        planned = plan(before)
        if planned.records == before and is_kept:
            return before
        with replacing(path) as aside, _write_faults(path):
            if is_kept:
                shutil.copyfile(path, aside)
            apply(aside, planned)
            _verify(aside, planned)
            if is_kept:
                _keep_backup(path)
    return planned.records


def stamp(path: Path) -> str:
    """Text that changes whenever the store does; empty without a file."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"


def backup_of(path: Path) -> Path:
    """Where the store is kept as it was before the last change."""
    return path.with_name(f"{path.stem}.bak{path.suffix}")


def sound_backup(path: Path) -> Path | None:
    """Backup of the store, if there is one and every edition in it reads."""
    backup = backup_of(path)
    try:
        _sound_records(backup)
    except (StoreError, MissingFileError):
        return None
    return backup


def _read_records(path: Path) -> tuple[Record, ...]:
    """Every edition the store remembers."""
    _require_store(path)
    try:
        with closing(opened(path)) as database:
            layout = database.execute(f"SELECT layout FROM {LAYOUT_TABLE}").fetchone()  # noqa: S608 - a constant
            if layout != (LAYOUT,):
                raise StoreError(faults.other_layout(path.name, layout, expected=LAYOUT))
            rows = database.execute(
                f"SELECT {', '.join(COLUMNS)} FROM {EDITIONS} ORDER BY rank"  # noqa: S608 - constants
            ).fetchall()
    except (sqlite3.Error, ValueError) as error:  # text that is no UTF-8 is a ValueError
        if _is_geopackage(path):
            raise _damaged(path, faults.not_a_store(path.name)) from error
        raise _damaged(path) from error
    try:
        return tuple(from_row(dict(zip(COLUMNS, row, strict=True))) for row in rows)
    except (ValueError, TypeError) as error:
        raise _damaged(path) from error


def _read_edition(path: Path, record: Record) -> Stored:
    """Features of one edition."""
    try:
        about, table = pyogrio.raw.read_arrow(path.resolve(), layer=table_of(record))
        wkb = table[about["geometry_name"]].to_numpy()
        return stored(record, table.select(record.columns), wkb)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pa.ArrowException,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        raise _damaged(path) from error


def _sound_records(path: Path) -> tuple[Record, ...]:
    """Every edition, once each one has been read and found as it was written."""
    records = _read_records(path)
    for record in records:
        is_known = record.edition.layer in catalog()
        if record.is_kept and is_known and not _read_edition(path, record).is_intact:
            raise _damaged(path)
    return records


def _verify(path: Path, plan: Plan) -> None:
    """Read back what is new: a full disk can end in a short file without an error."""
    with closing(opened(path)) as database:
        is_sound = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    if not is_sound or not all(_read_edition(path, record).is_intact for record, _ in plan.added):
        raise OSError(errno.EIO, "short write")


def _keep_backup(path: Path) -> None:
    """Give the file that is about to be replaced a second name; it takes no further room."""
    aside = path.with_name(f".{path.stem}.{uuid.uuid4().hex}.partial{path.suffix}.bak")
    with suppress(OSError):  # a disk without hard links keeps no backup
        try:
            os.link(path, aside)
            aside.replace(backup_of(path))
        finally:
            aside.unlink(missing_ok=True)


def _damaged(path: Path, fault: Fault | None = None) -> StoreError:
    """Error of a file that does not read, which names the backup if that one does."""
    backup = sound_backup(path)
    if backup is not None:
        return StoreError(faults.damaged(path.name, backup=backup.name))
    return StoreError(fault or faults.damaged(path.name))


def _is_geopackage(path: Path) -> bool:
    """Whether the file is a sound GeoPackage that lacks our tables."""
    try:
        with closing(opened(path)) as database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            is_sound = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except (sqlite3.Error, ValueError):
        return False
    return is_sound and not names & {EDITIONS, LAYOUT_TABLE}


def _require_store(path: Path) -> None:
    """Refuse what is no SQLite file, before any other library opens it."""
    try:
        with path.open("rb") as opened:
            signature = opened.read(len(_SQLITE_SIGNATURE))
    except FileNotFoundError as error:
        raise MissingFileError(faults.missing(path.name)) from error
    except OSError as error:
        raise _damaged(path, faults.not_a_store(path.name)) from error
    if signature != _SQLITE_SIGNATURE:
        raise _damaged(path, faults.not_a_store(path.name))


@contextmanager
def _write_faults(path: Path) -> Iterator[None]:
    """Turn the errors of GDAL and SQLite while writing into ours."""
    try:
        yield
    except (sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise StoreError(faults.not_written(path.name)) from error
