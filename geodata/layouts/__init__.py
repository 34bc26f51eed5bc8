"""Known layouts of files, recognised by their columns, and mappings for the unknown ones."""

from geodata.layouts.conversion import Conversion, convert, to_catalog
from geodata.layouts.mappings import Mapping, load_mapping, mapping_names, save_mapping
from geodata.layouts.recognising import recognise
from geodata.layouts.remarks import Remark

__all__ = [
    "Conversion",
    "Mapping",
    "Remark",
    "convert",
    "load_mapping",
    "mapping_names",
    "recognise",
    "save_mapping",
    "to_catalog",
]
