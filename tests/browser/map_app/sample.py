"""Hand-made layers around Amiens, enough to try the map."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geodata.crs import WEB_CRS, to_work
from geodata.layers import Edition, Layer

WEST, SOUTH = 2.2600, 49.8700
WIDTH, DEPTH = 0.0006, 0.0004
COLUMNS, ROWS = 50, 40

# Words that would run something, were they ever taken for markup or code.
PAYLOADS = (
    '<img src=x onerror="window.__x=1">',
    '<svg onload="window.__x=1">',
    "<script>window.__x=1</script>",
    "</script><script>window.__x=1</script>",
    "${window.__x=1}",
    "`${window.__x=1}`",
    "{{ 7*7 }}",
    "{% raw %}{{ self }}{% endraw %}",
    "{# comment #}",
    "');window.__x=1;('",
    '");window.__x=1;("',
    "\\');window.__x=1;//",
    "javascript:window.__x=1",
    '<a href="javascript:window.__x=1">x</a>',
    '<iframe srcdoc="<script>parent.__x=1</script>">',
    "<body onload=window.__x=1>",
    "<details open ontoggle=window.__x=1>",
    "<input autofocus onfocus=window.__x=1>",
    "<style>@import 'http://192.0.2.1/x.css';</style>",
    "<link rel=stylesheet href=http://192.0.2.1/x.css>",
    "<img src=http://192.0.2.1/x.png>",
    "<meta http-equiv=refresh content='0;url=http://192.0.2.1/'>",
    "<base href=http://192.0.2.1/>",
    "<form action=http://192.0.2.1/><button>x</button></form>",
    "<math><mtext><script>window.__x=1</script></mtext></math>",
    "<!--<script>window.__x=1</script>-->",
    "<template><script>window.__x=1</script></template>",
    "&lt;img src=x onerror=window.__x=1&gt;",
    "\u2028window.__x=1\u2029",
    "]]><script>window.__x=1</script>",
    "__proto__",
    "constructor",
)


def layer(
    layer_id: str, shapes: list[shapely.Geometry], ids: list[str] | None = None, /, **columns
):
    """A layer of ``shapes`` given in degrees."""
    index = ids or [f"{layer_id}-{rank}" for rank in range(len(shapes))]
    raw = gpd.GeoDataFrame(columns, geometry=shapes, crs=WEB_CRS, index=index)
    edition = Edition(layer_id, "test", "test", "2026-01-01", "test", 1.0, len(shapes), layer_id)
    return Layer(layer_id, to_work(raw), None, edition)


def parcel_id(column: int, row: int) -> str:
    """Id of the parcel of the grid at ``column`` from the west and ``row`` from the south."""
    return f"80021000Z{column:02d}{row:03d}"


def centre(column: int, row: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of a parcel of the grid."""
    return WEST + (column + 0.45) * WIDTH, SOUTH + (row + 0.45) * DEPTH


def sample_layers() -> dict[str, Layer]:
    """2 000 parcels in a grid, two zones, and one of each kind of context."""
    columns, rows = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS), indexing="ij")
    west = WEST + columns.ravel() * WIDTH
    south = SOUTH + rows.ravel() * DEPTH
    lots = shapely.box(west, south, west + 0.9 * WIDTH, south + 0.9 * DEPTH)
    ids = [parcel_id(*each) for each in zip(columns.ravel(), rows.ravel(), strict=True)]
    east, north = WEST + COLUMNS * WIDTH, SOUTH + ROWS * DEPTH
    middle = (WEST + east) / 2
    road = shapely.LineString([(WEST - 0.002, SOUTH - 0.001), (east + 0.002, SOUTH - 0.001)])
    stops = [shapely.Point(WEST + 0.001 * rank, SOUTH - 0.0015) for rank in range(len(PAYLOADS))]
    return {
        "parcels": layer("parcels", list(lots), ids),
        "zones": layer(
            "zones",
            [shapely.box(WEST, SOUTH, middle, north), shapely.box(middle, SOUTH, east, north)],
            libelle=["ZAC Ouest", PAYLOADS[0]],
            theme=["health", None],
        ),
        "communes": layer(
            "communes",
            [shapely.box(WEST - 0.01, SOUTH - 0.01, east + 0.01, north + 0.01)],
            name=["A"],
        ),
        "context": layer(
            "context",
            [road.parallel_offset(0.003), shapely.box(WEST - 0.005, SOUTH, WEST - 0.001, north)],
            kind=["railway", "park"],
            name=["R", "P"],
        ),
        "roads": layer("roads", [road], road_class=["boulevard"], name=["B"]),
        "flood_zones": layer(
            "flood_zones", [shapely.box(WEST, SOUTH, middle, SOUTH + 0.002)], zone_type=["2"]
        ),
        "transit_stops": layer(
            "transit_stops", stops, name=list(PAYLOADS), mode=["bhns"] * len(stops)
        ),
        "stations": layer("stations", [shapely.Point(middle, north + 0.001)], name=["Gare"]),
    }
