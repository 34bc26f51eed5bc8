"""One sound file of each format, made here, from which the bad ones are made."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

__all__ = ["CADASTRE", "GTFS", "as_zip", "seeds"]

_WEST, _SOUTH, _SIDE = 2.30, 49.89, 0.0003
GTFS = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Ametis,https://a.fr,"
    "Europe/Paris\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nS1,Gare,49.8905,2.3080\nS2,Centre,49.8940,"
    "2.3000\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nR,A,N1,Nemo,3\n",
    "trips.txt": "route_id,service_id,trip_id,direction_id\nR,W,T,0\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "T,07:30:00,07:30:00,S1,1\nT,07:40:00,07:40:00,S2,2\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
    "start_date,end_date\nW,1,1,1,1,1,0,0,20260101,20261231\n",
}


def _ring(rank: int) -> list[list[float]]:
    west = _WEST + rank * 2 * _SIDE
    east, north = west + _SIDE, _SOUTH + _SIDE
    return [[west, _SOUTH], [east, _SOUTH], [east, north], [west, north], [west, _SOUTH]]


CADASTRE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": f"80021000ZX000{rank}",
            "properties": {
                "id": f"80021000ZX000{rank}",
                "commune": "80021",
                "prefixe": "000",
                "section": "ZX",
                "numero": str(rank),
                "contenance": 718,
                "created": "2020-01-01",
                "updated": "2024-03-01",
            },
            "geometry": {"type": "Polygon", "coordinates": [_ring(rank)]},
        }
        for rank in range(1, 6)
    ],
}
"""Five parcels near the station of Amiens, in the Etalab layout."""


def as_zip(members: dict[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Archive of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def seeds(folder: Path) -> dict[str, bytes]:
    """Content of a sound file by name; ``folder`` is where they are drafted."""
    frame = gpd.GeoDataFrame.from_features(CADASTRE["features"], crs="EPSG:4326")
    lambert = frame.to_crs("EPSG:2154")
    lambert.to_file(folder / "p.gpkg", driver="GPKG", layer="parcelles")
    lambert.to_file(folder / "p.shp")
    lambert.to_file(folder / "p.tab", driver="MapInfo File")
    lambert[["id", "geometry"]].to_file(folder / "p.mif", driver="MapInfo File")
    frame[["id", "numero", "geometry"]].to_file(folder / "p.kml", driver="KML")
    lambert[["geometry"]].to_file(folder / "p.dxf", driver="DXF")
    frame.to_parquet(folder / "p.parquet")
    wkt = frame.assign(wkt=shapely.to_wkt(frame.geometry.values))
    rows = ["id;commune;numero;wkt"]
    rows += [f'{each.id};02691;{each.numero};"{each.wkt}"' for each in wkt.itertuples()]
    points = ["nom,lon,lat", "Gare,2.308,49.8905", "Centre,2.300,49.894"]
    book = openpyxl.Workbook()
    for row in (["code", "x", "y"], ["02691", 649658.0, 6977032.0], ["80021", 650000, 6977100]):
        book.active.append(row)
    book.save(folder / "p.xlsx")
    shapefile = {
        each.name: each.read_bytes()
        for each in sorted(folder.glob("p.*"))
        if each.suffix in {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    }
    mapinfo = {
        each.name: each.read_bytes()
        for each in sorted(folder.glob("p.*"))
        if each.suffix in {".tab", ".dat", ".map", ".id"}
    }
    interchange = {name: (folder / name).read_bytes() for name in ("p.mif", "p.mid")}
    kml = (folder / "p.kml").read_bytes()
    return {
        "parcelles.geojson": json.dumps(CADASTRE).encode(),
        "parcelles.gpkg": (folder / "p.gpkg").read_bytes(),
        "parcelles_shp.zip": as_zip(shapefile),
        "parcelles_tab.zip": as_zip(mapinfo),
        "parcelles_mif.zip": as_zip(interchange),
        "parcelles.kml": kml,
        "parcelles.kmz": as_zip({"doc.kml": kml}),
        "parcelles.dxf": (folder / "p.dxf").read_bytes(),
        "parcelles.parquet": (folder / "p.parquet").read_bytes(),
        "parcelles.csv": "\n".join(rows).encode("cp1252"),
        "points.csv": "\n".join(points).encode(),
        "classeur.xlsx": (folder / "p.xlsx").read_bytes(),
        "gtfs.zip": as_zip(dict(GTFS)),
    }
