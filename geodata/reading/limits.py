"""How large a file may be, and how much time and memory its reading may take."""

from __future__ import annotations

__all__ = [
    "GTFS_TABLES",
    "MAX_BYTES",
    "MAX_CELL_CHARACTERS",
    "MAX_COLUMNS",
    "MAX_FEATURES",
    "MAX_FEATURE_VERTICES",
    "MAX_LAYERS",
    "MAX_MEMBERS",
    "MAX_MEMORY_BYTES",
    "MAX_RATIO",
    "MAX_SECONDS",
    "MAX_TABLE_ROWS",
    "MAX_VERTICES",
    "RATIO_FROM_BYTES",
]

MAX_BYTES = 200 * 2**20
"""Size of a file, packed or not; 150 000 parcels are about 80 MB of plain GeoJSON."""
MAX_RATIO = 100
"""Unpacked size over packed size; a cadastre is near 10, a bomb near 1 000."""
RATIO_FROM_BYTES = 10 * 2**20
"""Unpacked size below which the ratio does not matter."""
MAX_FEATURES = 500_000
"""Features of a file."""
MAX_VERTICES = 20_000_000
"""Vertices of a file."""
MAX_FEATURE_VERTICES = 1_000_000
"""Vertices of a feature."""
MAX_COLUMNS = 200
"""Columns of a file."""
MAX_CELL_CHARACTERS = 10_000
"""Characters of a cell."""
MAX_MEMBERS = 50
"""Files in an archive."""
MAX_LAYERS = 60
"""Tables in a file."""
MAX_TABLE_ROWS = 5_000_000
"""Rows of a timetable, which has no shapes."""
MAX_SECONDS = 18
"""Time to read a file, all its processes together; 150 000 parcels take about 6 s."""
MAX_MEMORY_BYTES = 2**30
"""Memory that the reading process may write to; 150 000 parcels take about 0.8 GB."""
GTFS_TABLES = frozenset(
    {
        "agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates",
        "frequencies", "shapes", "feed_info",
    }
)  # fmt: skip
"""Tables of a timetable that are read; fares and translations are not."""
