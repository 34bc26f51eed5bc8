"""Into a store: every import is a new edition, and all of it comes in or nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from geodata.addresses import located
from geodata.errors import StoreError
from geodata.layers import Edition, Layer
from geodata.store import faults, geopackage, postgis
from geodata.store.contents import additions
from geodata.store.plans import Plan, with_additions
from geodata.store.records import Record
from geodata.writing.files import only_writer, replacing

__all__ = ["change_records", "restore_backup", "write_layers", "write_new_store"]


def write_layers(
    store: Path | str,
    layers: Iterable[Layer],
    *,
    author: str = "",
    note: str = "",
    imported_at: str | None = None,
) -> tuple[Edition, ...]:
    """Put ``layers`` into the store, each as the new current edition of its id.

    A store that does not exist is made. Other layers and earlier editions stay. All layers come in
    or none, whatever interrupts the writing. A layer equal to its current edition, in features and
    in source, makes no new one.

    Parameters
    ----------
    store
        Path of a GeoPackage, or ``postgresql://`` URL.
    layers
        Layers made by :func:`geodata.layers.make_layer`.
    author, note
        What the edition says of the import.
    imported_at
        When, ISO 8601 in UTC; now when None.

    Returns
    -------
    tuple of Edition
        Current edition of each layer given, numbered, in the order of the catalog.

    Raises
    ------
    SelectionError
        The catalog does not know a layer.
    StoreError
        Another import does not end, the disk is full, the file there is no store or is damaged.
    """
    coming = additions(layers)
    moment = _now() if imported_at is None else imported_at

    def plan(records: tuple[Record, ...]) -> Plan:
        return with_additions(records, coming, author=author, note=note, imported_at=moment)

    kept = {
        each.edition.layer: each.edition for each in change_records(store, plan) if each.is_current
    }
    return tuple(kept[each.layer.id] for each in coming)


def write_new_store(path: Path, layers: Iterable[Layer], *, imported_at: str) -> None:
    """Make a GeoPackage of ``layers`` alone, in place of whatever is at ``path``.

    Equal layers make equal bytes. No earlier edition and no backup is kept.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    coming = additions(layers)
    geopackage.change(
        path,
        lambda records: with_additions(
            records, coming, author="", note="", imported_at=imported_at
        ),
        fresh=True,
    )


def change_records(
    store: Path | str, plan: Callable[[tuple[Record, ...]], Plan]
) -> tuple[Record, ...]:
    """Make the store what ``plan`` says, see :mod:`geodata.store.records`; all of it or nothing.

    Raises
    ------
    StoreError
        As :func:`write_layers`; and whatever ``plan`` raises.
    """
    place = located(store)
    if isinstance(place, Path):
        return geopackage.change(place, plan)
    return postgis.change(place, plan)


def restore_backup(path: Path) -> None:
    """Put the backup of a damaged GeoPackage in its place.

    Raises
    ------
    StoreError
        There is no backup that reads.
    """
    with only_writer(path, patience_s=geopackage.PATIENCE_S):
        backup = geopackage.sound_backup(path)
        if backup is None:
            raise StoreError(faults.no_backup(path.name))
        with replacing(path) as aside:
            shutil.copyfile(backup, aside)


def _now() -> str:
    """Present moment, ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
