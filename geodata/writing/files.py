"""Files are replaced whole or not at all: written aside, flushed to disk, then renamed."""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata.errors import Fault, StoreError
from geodata.language import Text

__all__ = ["clear_leftovers", "new_folder", "only_writer", "replacing", "write_text"]

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE_S = 0.02


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Replace ``path`` by ``text``; after a failure the earlier file is byte-identical.

    Raises
    ------
    StoreError
        The folder does not exist, the disk is full, the file may not be written.
    """
    with replacing(path) as aside:
        aside.write_bytes(text.encode(encoding))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Path of a file beside ``path`` that takes its place when the block ends without an error.

    The new file reaches the disk before the name changes, and the folder after it, so that a power
    cut leaves the old file or the new one. A killed process leaves a hidden file behind, see
    :func:`clear_leftovers`.

    Raises
    ------
    StoreError
        The folder does not exist, the disk is full, the file may not be written.
    """
    aside = path.with_name(f".{path.stem}.{uuid.uuid4().hex}.partial{path.suffix}")
    try:
        yield aside
        _flush(aside)
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(_not_written(path, error)) from error
    finally:
        for leftover in _siblings(aside):
            with suppress(OSError):
                leftover.unlink()


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Empty folder beside ``path`` that takes its name when the block ends without an error.

    Call it as :func:`only_writer` of ``path.parent``. Every file reaches the disk before the name
    does, so that the folder is whole or not there. What killed writers left behind is removed.

    Raises
    ------
    StoreError
        ``path`` exists already, the disk is full, or the folder may not be written.
    """
    for leftover in path.parent.glob(".*.partial"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}.partial")
    try:
        aside.mkdir()
        yield aside
        for each in aside.rglob("*"):
            (_flush_folder if each.is_dir() else _flush)(each)
        _flush_folder(aside)
        aside.rename(path)  # fails where there is a folder that holds something
        _flush_folder(path.parent)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(_not_written(path, error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def clear_leftovers(path: Path) -> None:
    """Remove what killed writers of ``path`` left behind; call it as :func:`only_writer`."""
    for leftover in path.parent.glob(f".{path.stem}.*.partial{path.suffix}*"):
        with suppress(OSError):
            leftover.unlink()


@contextmanager
def only_writer(path: Path, *, patience_s: float = 0.0) -> Iterator[None]:
    """Keep other writers of ``path`` out; the system lets go when the process ends, or dies.

    Parameters
    ----------
    path
        File to be written.
    patience_s
        How long to wait for another writer to end, in seconds, before giving up.

    Raises
    ------
    StoreError
        Another process is writing, or the folder may not be written.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        held = lock.open("a+b")
    except OSError as error:
        raise StoreError(_not_written(path, error)) from error
    with held:
        try:
            _lock_within(held.fileno(), patience_s)
        except OSError as error:
            raise StoreError(_busy(path)) from error
        yield


def _lock_within(descriptor: int, patience_s: float) -> None:
    """Take the lock, trying again until the patience is at its end."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            _lock(descriptor)
        except OSError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _lock(descriptor: int) -> None:
    """Take the lock or fail at once."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _siblings(aside: Path) -> Iterator[Path]:
    """The file aside and what a database engine put beside it."""
    yield from aside.parent.glob(f"{aside.name}*")


def _flush(path: Path) -> None:
    """Wait until the content is on the disk."""
    with path.open("r+b") as written:
        os.fsync(written.fileno())


def _flush_folder(folder: Path) -> None:
    """Wait until the new name is on the disk; Windows has no such call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_written(path: Path, error: OSError) -> Fault:
    """Fault of a file that could not be written, with the system's reason."""
    reason = error.strerror or type(error).__name__
    return Fault(
        Text(
            f"Le fichier n'a pas été écrit ({reason}) ; l'ancien est intact.",
            f"The file was not written ({reason}); the earlier one is untouched.",
        ),
        path.name,
        Text(
            "Vérifier que le dossier existe, qu'il est ouvert en écriture et que le disque a de la "
            "place.",
            "Check that the folder exists, may be written, and that the disk has room.",
        ),
    )


def _busy(path: Path) -> Fault:
    """Fault of a file that another process is writing."""
    return Fault(
        Text("Une autre commande écrit ce fichier.", "Another command is writing this file."),
        path.name,
        Text("Attendre qu'elle finisse, puis recommencer.", "Wait for it to end, then try again."),
    )
