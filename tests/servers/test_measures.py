"""Our measures and PostGIS on the same synthetic city: the same words, areas and lengths."""

import datetime as dt

import engine_ours
import engine_postgis
import numpy as np
import psycopg
import pytest
import shapely
from city import city
from comparing import FACTS, differences, markdown
from postgis_server import postgis_server

from charters.facts import known
from zones.measures import ground_of, measure_ground
from zones.sites import each_parcel

PARCELS = 3000
DAY = dt.date(2026, 11, 1)
# Ground of each measure, as PostGIS makes it of the layers; area of every parcel on it.
GROUNDS = {
    "flood_area_m2": "SELECT geom FROM flood_zones",
    "sealed_area_2021_m2": """
        SELECT geom FROM land_cover WHERE is_sealed = 'True' AND observed_on = (
          SELECT max(observed_on) FROM land_cover WHERE observed_on <= '2021-08-23')
    """,
    "prefect_moratorium_area_m2": """
        SELECT geom FROM moratoriums WHERE authority = 'prefect' AND scope IN ('retail', 'both')
        AND starts_on <= '2026-11-01' AND (ends_on IS NULL OR ends_on >= '2026-11-01')
    """,
    "charter_moratorium_area_m2": """
        SELECT geom FROM moratoriums WHERE authority = 'charter' AND scope IN ('retail', 'both')
        AND starts_on <= '2026-11-01' AND (ends_on IS NULL OR ends_on >= '2026-11-01')
    """,
    "road_band_area_m2": """
        SELECT ST_Buffer(geom, CASE road_class WHEN 'motorway' THEN 100 ELSE 75 END,
                         'quad_segs=64') AS geom
        FROM roads WHERE road_class IN ('motorway', 'high_traffic')
    """,
    "road_setback_area_m2": """
        SELECT ST_Difference(
          (SELECT ST_Union(ST_Buffer(geom, CASE road_class WHEN 'motorway' THEN 100 ELSE 75 END,
                                     'quad_segs=64'))
           FROM roads WHERE road_class IN ('motorway', 'high_traffic')),
          (SELECT ST_Union(geom) FROM urbanised_areas)) AS geom
    """,
    "urbanised": "SELECT geom FROM urbanised_areas",
}
AREA = """
WITH ground AS MATERIALIZED (
  SELECT ST_Subdivide((ST_Dump(ST_Union(geom))).geom, 64) AS geom FROM ({ground}) g
)
SELECT p.at, sum(ST_Area(ST_Intersection(p.geom, g.geom)))
FROM parcels p JOIN ground g ON ST_Intersects(p.geom, g.geom) GROUP BY p.at
"""
COLUMNS = {
    "flood_zones": [],
    "land_cover": ["is_sealed", "observed_on"],
    "moratoriums": ["authority", "scope", "starts_on", "ends_on"],
    "roads": ["road_class"],
    "urbanised_areas": [],
}


@pytest.fixture(scope="module")
def layers():
    """The city."""
    return city(PARCELS)


def test_facts_of_the_benchmark_are_those_of_postgis(layers):
    """Words are equal, areas within a millionth, distances and lengths within 1 mm."""
    with engine_ours.engine(layers) as facts:
        ours = facts()()
    with engine_postgis.engine(layers) as facts:
        theirs = facts()()
    assert set(FACTS) == set(theirs)
    found = differences(ours, theirs)
    print(markdown({"postgis": found}))  # noqa: T201 - the table of the closing note
    assert [] == [each for each in found if each.mismatches]
    assert all(each.compared > PARCELS / 5 for each in found)


def test_areas_under_other_layers_are_those_of_postgis(layers):
    """Floods, sealed land, moratoriums and setbacks, in ground that counts once."""
    sites = each_parcel(layers["parcels"].features)
    project = {"project.use": known("retail")}
    names = [each for each in GROUNDS if each != "urbanised"]
    columns = measure_ground(ground_of(sites, layers), project=project, day=DAY, only=names)
    area = shapely.area(sites.geometry.to_numpy())
    with postgis_server() as url, psycopg.connect(url, autocommit=True) as session:
        theirs, near = _areas(session, layers)
    whole = {name: each >= area - 0.01 for name, each in theirs.items()}
    unsure = near & ~whole["road_band_area_m2"]
    theirs["road_band_area_m2"][unsure] = np.nan
    unsure = near & ~whole["road_setback_area_m2"] & ~whole["urbanised"]
    theirs["road_setback_area_m2"][unsure] = np.nan
    lines = []
    for name in names:
        ours = columns[f"site.{name}"].values
        np.testing.assert_allclose(ours, theirs[name], rtol=1e-6, atol=1e-6, err_msg=name)
        assert PARCELS / 50 < (ours > 1).sum() < PARCELS
        lines.append(f"| {name} | {np.nanmax(np.abs(ours - theirs[name])):.2g} |")
    print("\n".join(lines))  # noqa: T201 - the table of the closing note


def _areas(session, layers):
    """Areas by PostGIS, and the parcels near the outline of the coverage of the roads."""
    parcels = layers["parcels"].features.geometry.to_numpy()
    engine_postgis.load(session, "parcels", parcels)
    for layer, columns in COLUMNS.items():
        frame = layers[layer].features
        words = {
            each: [None if value is None or value != value else str(value) for value in frame[each]]  # noqa: PLR0124 - NaN
            for each in columns
        }
        engine_postgis.load(session, layer, frame.geometry.to_numpy(), **words)
    engine_postgis.load(session, "rim", np.array([layers["roads"].coverage.boundary]))
    found = {}
    for name, ground in GROUNDS.items():
        found[name] = np.zeros(len(parcels))
        for at, area in session.execute(AREA.format(ground=ground)):
            found[name][at] = area if area > 0.01 else 0.0
    near = np.zeros(len(parcels), dtype=bool)
    asked = "SELECT p.at FROM parcels p JOIN rim r ON ST_Distance(p.geom, r.geom) < 100"
    near[[at for (at,) in session.execute(asked)]] = True
    return found, near
