"""Where layers live: one GeoPackage, a table per layer in the work CRS, and their editions."""

from geodata.store.geopackage import DEMO_STORE, read_layers, write_layers

__all__ = ["DEMO_STORE", "read_layers", "write_layers"]
