"""PostGIS at its best: pieces of polygons, index-assisted nearest neighbours, two sessions.

Two sessions each take half of the parcels, which keeps both cores busy all the time. Polygons are
cut with ST_Subdivide; a piece that covers a parcel needs no overlay. Indexes, clustering and
ANALYZE come before, and are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
import psycopg
import shapely
from comparing import DISTANCES, LARGEST, SHARES, Results
from postgis_server import postgis_server
from psycopg import sql
from reading_back import read_back

from geodata.layers import Layers
from zones.measures.features import Selection

__all__ = ["engine", "load"]

SERVER = ("shared_buffers=1GB", "max_wal_size=4GB", "autovacuum=off")
SESSION = (
    "SET jit = off",
    "SET work_mem = '256MB'",
    "SET temp_buffers = '256MB'",
    "SET max_parallel_workers_per_gather = 0",
    "SET client_min_messages = error",
)
PIECE_POINTS = 64
COLUMNS = {
    "zones": ["typeinf"],
    "communes": ["insee"],
    "plu_zones": ["libelle"],
    "commercial_sectors": [],
    "economic_sites": [],
}
"""Columns that the facts ask of each layer, beside the id."""

# Parcels in each coverage: covered, or but for noise.
COVERED = """
CREATE TEMP TABLE covered AS
SELECT p.at, c.at AS key FROM parcels p JOIN coverages c ON ST_Intersects(c.geom, p.geom)
WHERE p.at BETWEEN {low} AND {high}
  AND (ST_Covers(c.geom, p.geom)
       OR ST_Area(ST_Intersection(c.geom, p.geom)) >= p.area - 0.01)
"""
# Area of every parcel in every group of polygons.
PARTS = """
CREATE TEMP TABLE parts_{layer} AS
SELECT p.at, z.of, sum(CASE WHEN ST_Covers(z.geom, p.geom) THEN p.area
                        ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END) AS area
FROM parcels p JOIN pieces_{layer} z ON ST_Intersects(z.geom, p.geom)
WHERE p.at BETWEEN {low} AND {high}
GROUP BY p.at, z.of
"""
# The group with the largest part; within noise a ZAC first, then the lower name.
LARGEST_PART = """
CREATE TEMP TABLE "{fact}" AS
WITH sums AS (
  SELECT a.at, f."{by}" AS name, min(f.rank) AS rank, sum(a.area) AS area
  FROM parts_{layer} a JOIN features_{layer} f ON f.at = a.of WHERE a.area > 0.01 GROUP BY 1, 2
), best AS (
  SELECT *, max(area) OVER (PARTITION BY at) AS most FROM sums
)
SELECT DISTINCT ON (at) at, name, most FROM best WHERE area >= most - 0.01
ORDER BY at, rank, name COLLATE "C"
"""
SHARED = """
CREATE TEMP TABLE "{fact}" AS
SELECT p.at, sum(CASE WHEN ST_Covers(z.geom, p.geom) THEN p.area
                  ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END) AS area
FROM parcels p JOIN "pieces_{fact}" z ON ST_Intersects(z.geom, p.geom)
WHERE p.at BETWEEN {low} AND {high}
GROUP BY p.at
"""
# Nothing known where the outline of the coverage is nearer.
NEAREST = """
CREATE TEMP TABLE "{fact}" AS
SELECT at, CASE WHEN metres > 1e-6 AND EXISTS (
    SELECT 1 FROM rims r WHERE r.key = near.key AND ST_DWithin(r.geom, near.geom, metres - 1e-6)
  ) THEN NULL ELSE metres END AS metres
FROM (
  SELECT p.at, p.geom, c.key, n.metres
  FROM parcels p JOIN covered c ON c.at = p.at AND c.key = {key}
  CROSS JOIN LATERAL (
    SELECT f.geom <-> p.geom AS metres FROM "targets_{fact}" f ORDER BY f.geom <-> p.geom LIMIT 1
  ) n
) near
"""
FRONTAGE = """
CREATE TEMP TABLE protected_frontage_m AS
WITH near AS MATERIALIZED (
  SELECT DISTINCT p.at, p.geom FROM protected l JOIN parcels p ON ST_DWithin(l.geom, p.geom, 3)
  WHERE p.at BETWEEN {low} AND {high}
), edges AS MATERIALIZED (
  SELECT n.at, row_number() OVER () AS edge, d.geom
  FROM near n, ST_DumpSegments(ST_Boundary(n.geom)) d
), along AS (
  SELECT DISTINCT e.at, e.edge, e.geom
  FROM edges e JOIN protected l ON ST_DWithin(l.geom, e.geom, 3)
  WHERE abs(cos(ST_Azimuth(ST_StartPoint(e.geom), ST_EndPoint(e.geom)) - l.azimuth))
        >= cos(radians(45))
)
SELECT a.at, sum(ST_Length(ST_Intersection(a.geom, b.geom))) AS metres
FROM along a JOIN band b ON ST_Intersects(b.geom, a.geom) GROUP BY a.at
"""


AREAS = """
CREATE TEMP TABLE areas AS
SELECT p.at, ST_Area(p.geom) AS area FROM parcels p WHERE p.at BETWEEN {low} AND {high}
"""
CUT = """
CREATE TABLE {pieces} AS
SELECT at AS of, ST_Subdivide(geom, {points}) AS geom FROM {whole};
CREATE INDEX ON {pieces} USING gist (geom);
"""
PROTECTED = """
CREATE TABLE protected AS
SELECT d.geom, ST_Azimuth(ST_StartPoint(d.geom), ST_EndPoint(d.geom)) AS azimuth
FROM shopping, ST_DumpSegments(geom) d;
CREATE INDEX ON protected USING gist (geom);
CREATE TABLE band AS
SELECT (ST_Dump(ST_Buffer(ST_LineMerge(ST_Union(geom)), 3, 'endcap=flat quad_segs=16'))).geom
FROM shopping;
CREATE INDEX ON band USING gist (geom);
"""


@contextmanager
def engine(layers: Layers) -> Iterator[Callable[[], Callable[[], Results]]]:
    """Facts of every parcel, in tables of the server; reading them back is not counted."""
    count = len(layers["parcels"].features)
    with ExitStack() as opened:
        url = opened.enter_context(postgis_server(settings=SERVER))
        with psycopg.connect(url, autocommit=True) as session:
            keys = _prepare(session, layers)
        sessions = [opened.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(2)]
        for each in sessions:
            for setting in SESSION:
                each.execute(setting)
        halves = [(0, count // 2 - 1), (count // 2, count - 1)]

        def facts() -> Callable[[], Results]:
            with ThreadPoolExecutor(len(sessions)) as threads:
                list(threads.map(_find, sessions, [keys] * len(sessions), halves))
            return lambda: _results(sessions, layers, keys)

        facts.processes = [each.info.backend_pid for each in sessions]
        yield facts


def _find(session: psycopg.Connection, keys: Mapping[str, int], bounds: tuple[int, int]) -> None:
    """Facts of the parcels between two positions, in temporary tables."""
    session.execute("DISCARD TEMP")

    def run(words: str, **names: object) -> None:
        session.execute(words.format(low=bounds[0], high=bounds[1], **names))

    run(AREAS)
    run(COVERED)
    run("ANALYZE covered")
    for layer in COLUMNS:
        run(PARTS, layer=layer)
    for fact, (layer, by, _) in LARGEST.items():
        if fact != "zone_share":
            run(LARGEST_PART, fact=fact, layer=layer, by=by)
    for fact in SHARES:
        run(SHARED, fact=fact)
    for fact, selection in DISTANCES.items():
        run(NEAREST, fact=fact, key=keys[selection.layer])
    run(FRONTAGE)


def _prepare(session: psycopg.Connection, layers: Layers) -> dict[str, int]:
    """Tables, pieces and indexes; the number of the coverage of each layer."""
    load(session, "parcels", layers["parcels"].features.geometry.to_numpy())
    session.execute("ALTER TABLE parcels ADD PRIMARY KEY (at)")
    session.execute("ALTER TABLE parcels ADD COLUMN area double precision")
    session.execute("UPDATE parcels SET area = ST_Area(geom)")
    for layer, columns in COLUMNS.items():
        frame = layers[layer].features
        words = {"id": frame.index, **{each: frame[each] for each in columns}}
        rank = frame["typeinf"] != "02" if "typeinf" in columns else np.zeros(len(frame), bool)
        words["rank"] = np.where(rank, "1", "0")
        load(session, f"features_{layer}", frame.geometry.to_numpy(), **words)
        _cut(session, f"pieces_{layer}", f"features_{layer}")
    for fact, selection in SHARES.items():
        merged = shapely.get_parts(shapely.union_all(_chosen(layers, selection)))
        load(session, f"merged_{fact}", merged)
        _cut(session, f"pieces_{fact}", f"merged_{fact}")
    for fact, selection in DISTANCES.items():
        load(session, f"targets_{fact}", _segments(_chosen(layers, selection)))
    lines = _chosen(layers, Selection("plu_prescriptions", "typepsc", ("22",)))
    load(session, "shopping", lines)
    session.execute(PROTECTED)
    keys = _coverages(session, layers)
    session.execute("VACUUM ANALYZE")
    return keys


def load(session: psycopg.Connection, table: str, shapes: Any, **columns: Any) -> None:
    """Table of shapes with their positions and columns of text, indexed."""
    names = "".join(f', "{each}" text' for each in columns)
    session.execute(f"CREATE TABLE {table} (at int, geom geometry(Geometry, 3950){names})")
    hexes = shapely.to_wkb(shapely.set_srid(shapes, 3950), hex=True, include_srid=True)
    with session.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in zip(range(len(shapes)), hexes, *columns.values(), strict=True):
            copy.write_row(row)
    session.execute(f"CREATE INDEX ON {table} USING gist (geom)")


def _cut(session: psycopg.Connection, pieces: str, whole: str) -> None:
    """Polygons cut small."""
    session.execute(CUT.format(pieces=pieces, whole=whole, points=PIECE_POINTS))


def _chosen(layers: Layers, selection: Selection) -> Any:
    """Shapes of the features that count."""
    frame = layers[selection.layer].features
    if selection.column:
        frame = frame[frame[selection.column].isin(selection.values)]
    return frame.geometry.to_numpy()


def _segments(shapes: Any) -> Any:
    """Points as they are, lines in straight pieces."""
    if np.all(shapely.get_dimensions(shapes) == 0):
        return shapes
    points, of = shapely.get_coordinates(shapely.get_parts(shapes), return_index=True)
    joined = of[1:] == of[:-1]
    return shapely.linestrings(np.stack([points[:-1][joined], points[1:][joined]], axis=1))


def _coverages(session: psycopg.Connection, layers: Layers) -> dict[str, int]:
    """Coverages and the straight pieces of their outlines; the number of that of each layer."""
    areas = {shapely.to_wkb(each.coverage): each.coverage for each in layers.values()}
    number = {wkb: at for at, wkb in enumerate(areas)}
    load(session, "coverages", np.array(list(areas.values())))
    rims = [_segments(np.array([each.boundary])) for each in areas.values()]
    load(session, "rims", np.concatenate(rims), key=np.repeat(range(len(rims)), [*map(len, rims)]))
    session.execute("ALTER TABLE rims ALTER COLUMN key TYPE int USING key::int")
    return {name: number[shapely.to_wkb(each.coverage)] for name, each in layers.items()}


def _results(
    sessions: list[psycopg.Connection], layers: Layers, keys: Mapping[str, int]
) -> Results:
    """Facts read back from the tables of both sessions."""
    count = len(layers["parcels"].features)

    def read(table: str, column: str, fill: object) -> np.ndarray:
        found = np.full(count, fill, dtype=object if isinstance(fill, str) else type(fill))
        words = sql.SQL("SELECT at, {} FROM {}")
        asked = words.format(sql.Identifier(column), sql.Identifier(table))
        for session in sessions:
            rows = session.execute(asked).fetchall()
            if rows:
                at, values = zip(*rows, strict=True)
                found[np.array(at)] = np.array(values, dtype=found.dtype)
        return found

    covered = {name: np.zeros(count, dtype=bool) for name in keys}
    pairs = [row for each in sessions for row in each.execute("SELECT at, key FROM covered")]
    at, key = np.array(pairs).T
    for name, number in keys.items():
        covered[name][at[key == number]] = True
    length = read("protected_frontage_m", "metres", 0.0)
    length[~covered["plu_prescriptions"]] = np.nan
    return {**read_back(layers, read, covered), "protected_frontage_m": length}
