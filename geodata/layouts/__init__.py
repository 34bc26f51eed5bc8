"""Known layouts of files, recognised by their columns, and mappings for the unknown ones."""

from geodata.layouts.conversion import Conversion, convert, to_catalog
from geodata.layouts.mappings import Mapping, load_mapping, mapping_names, save_mapping
from geodata.layouts.recognising import recognise
from geodata.layouts.remarks import Remark
from geodata.layouts.suggesting import suggest
from geodata.layouts.transit import gtfs_to_catalog, is_gtfs

__all__ = [
    "Conversion",
    "Mapping",
    "Remark",
    "convert",
    "gtfs_to_catalog",
    "is_gtfs",
    "load_mapping",
    "mapping_names",
    "recognise",
    "save_mapping",
    "suggest",
    "to_catalog",
]
