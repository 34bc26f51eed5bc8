"""Where layers live: one GeoPackage by default, PostGIS by URL; every import is a new edition.

Every function takes the path of a GeoPackage or a ``postgresql://`` URL. Editions are listed,
compared, restored and pruned by :mod:`geodata.editions`.
"""

from geodata.addresses import (
    DEMO_STORE,
    HOME_VARIABLE,
    STORE_VARIABLE,
    desk_store,
    home_store,
    shown_name,
    store_address,
)
from geodata.store.reading import read_edition, read_layers, read_records, store_stamp
from geodata.store.writing import change_records, restore_backup, write_layers, write_new_store

__all__ = [
    "DEMO_STORE",
    "HOME_VARIABLE",
    "STORE_VARIABLE",
    "change_records",
    "desk_store",
    "home_store",
    "read_edition",
    "read_layers",
    "read_records",
    "restore_backup",
    "shown_name",
    "store_address",
    "store_stamp",
    "write_layers",
    "write_new_store",
]
