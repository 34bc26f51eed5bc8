"""Out of a store: current editions, earlier ones, and what the store remembers of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import shapely.errors

from geodata.addresses import located, shown_name
from geodata.catalog import catalog
from geodata.errors import ContractError, Fault, StoreError
from geodata.layers import Edition, Layer, faults
from geodata.store import faults as store_faults
from geodata.store import geopackage, postgis
from geodata.store.contents import Stored, contract_digest, kept_layer
from geodata.store.plans import the_record
from geodata.store.records import Record

__all__ = ["read_edition", "read_layers", "read_records", "store_stamp"]


def read_layers(
    store: Path | str, *, only: Collection[str] | None = None, check: bool = True
) -> dict[str, Layer]:
    """Current edition of each layer of the store, by id, in the order of the catalog.

    Parameters
    ----------
    store
        GeoPackage written by :func:`write_layers`, or ``postgresql://`` URL.
    only
        Layer ids wanted; all when None. One that the store does not hold is not an error.
    check
        Whether a layer that breaks its contract, or is no longer what was imported, is refused.

    Returns
    -------
    dict of str to Layer
        Features in the work CRS, indexed by ``id``, typed as :func:`geodata.layers.make_layer`
        says: dates are ISO 8601 text, missing numbers NaN.

    Raises
    ------
    MissingFileError
        There is no store.
    StoreError
        Not a store of this program, of another layout, or damaged.
    ContractError
        ``check`` is on and layers break their contracts; every fault of all of them.
    """

    def choose(records: Sequence[Record]) -> list[Record]:
        current = {each.edition.layer: each for each in records if each.is_current}
        wanted = [each for each in catalog() if only is None or each in only]
        return [current[each] for each in wanted if each in current]

    return {layer.id: layer for layer in _layers(store, choose, check=check)}


def read_edition(store: Path | str, *, layer: str, number: int) -> Layer:
    """One edition of a layer, current or not.

    Raises
    ------
    SelectionError
        There is no such edition, or it has been pruned.
    MissingFileError, StoreError, ContractError
        As :func:`read_layers`.
    """
    return _layers(store, lambda records: [the_record(records, layer, number)], check=True)[0]


def read_records(store: Path | str) -> tuple[Record, ...]:
    """Every edition the store remembers, in the order they came in, without features.

    Raises
    ------
    MissingFileError, StoreError
        As :func:`read_layers`.
    """
    found: list[Record] = []

    def choose(records: Sequence[Record]) -> list[Record]:
        found[:] = records
        return []

    _read(store, choose)
    return tuple(found)


def store_stamp(store: Path | str) -> str:
    """Text that changes whenever the store does, to key a cache; empty where there is no store.

    Raises
    ------
    StoreError
        The database does not answer.
    """
    place = located(store)
    return geopackage.stamp(place) if isinstance(place, Path) else postgis.stamp(place)


def _read(
    store: Path | str, choose: Callable[[Sequence[Record]], Sequence[Record]]
) -> list[Stored]:
    """Editions picked by ``choose``, from either kind of store."""
    place = located(store)
    return (
        geopackage.read(place, choose) if isinstance(place, Path) else postgis.read(place, choose)
    )


def _layers(
    store: Path | str, choose: Callable[[Sequence[Record]], Sequence[Record]], *, check: bool
) -> list[Layer]:
    """Layers of the editions picked; the check is spared where it can only pass again."""
    layers: list[Layer] = []
    altered: list[Fault] = []
    broken: list[Fault] = []
    for read in _read(store, choose):
        edition = read.record.edition
        try:
            layer = kept_layer(read)
        except (shapely.errors.ShapelyError, ValueError, TypeError, LookupError) as error:
            raise StoreError(_altered(store, edition)) from error
        layers.append(layer)
        if not check or (read.is_intact and read.record.contract == contract_digest(layer.id)):
            continue
        found = faults(layer)
        broken.extend(found)
        if not found and not read.is_intact:
            altered.append(_altered(store, edition))
    if broken:
        raise ContractError(*broken)
    if altered:
        raise StoreError(*altered)
    return layers


def _altered(store: Path | str, edition: Edition) -> Fault:
    """Fault of an edition that is not what was written; it names the backup where that one is."""
    place = located(store)
    backup = geopackage.sound_backup(place) if isinstance(place, Path) else None
    if backup is not None:
        return store_faults.damaged(shown_name(store), backup=backup.name)
    return store_faults.altered(shown_name(store), layer=edition.layer, number=edition.number)
