"""Laws of sites and measures that hold whatever the place."""

import functools

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from charters.facts import Missing
from geodata.crs import WORK_CRS
from geodata.layers import Edition, Layer
from zones.measures import measure_sites
from zones.sites import each_parcel, one_site

CORNER = st.tuples(st.integers(-20, 320), st.integers(-20, 320))
SIZE = st.tuples(st.integers(1, 60), st.integers(1, 60))
PLOTS = st.lists(st.tuples(CORNER, SIZE), min_size=1, max_size=12)
LABELS = st.lists(st.text(min_size=1, max_size=6), min_size=12, max_size=12, unique=True)
COVERAGE = shapely.box(0, 0, 300, 300)


def layer_of(layer, rows, coverage=COVERAGE):
    """Layer from rows of columns with ``geometry``."""
    names = [name for name in rows[0] if name != "geometry"]
    features = gpd.GeoDataFrame(
        {name: [row[name] for row in rows] for name in names},
        geometry=[row["geometry"] for row in rows],
        index=[f"{layer}-{number}" for number in range(len(rows))],
        crs=WORK_CRS,
    )
    edition = Edition(layer, "test", "test", "2026-01-01", "by hand", 1.0, len(rows), "")
    return Layer(layer, features, coverage, edition)


@functools.cache
def layers():
    """A small town: areas that overlap and touch, lines, points, with gaps."""
    disc = shapely.Point(150, 150).buffer(80, quad_segs=60)
    shop = {"name": "s", "status": "existing"}
    return {
        each.id: each
        for each in (
            layer_of(
                "zones",
                [
                    {"typeinf": "02", "theme": "health", "geometry": shapely.box(0, 0, 150, 300)},
                    {"typeinf": "02", "theme": "energy", "geometry": shapely.box(150, 0, 300, 90)},
                    {"typeinf": "99", "theme": "station", "geometry": disc},
                ],
            ),
            layer_of(
                "communes",
                [
                    {"insee": "80021", "name": "A", "geometry": shapely.box(0, 0, 300, 140)},
                    {"insee": "80632", "name": "B", "geometry": shapely.box(0, 140, 300, 300)},
                ],
            ),
            layer_of("plu_zones", [{"libelle": "UE", "geometry": disc}]),
            layer_of(
                "commercial_sectors",
                [
                    {"name": "c", "kind": "centre", "geometry": shapely.box(40, 40, 120, 120)},
                    {"name": "p", "kind": "periphery", "geometry": shapely.box(100, 40, 200, 99)},
                ],
            ),
            layer_of(
                "shops",
                [
                    {**shop, "sales_area_m2": 80.0, "vacant": False, "geometry": point}
                    for point in shapely.points([[50, 50], [110, 60], [180, 70]])
                ],
            ),
            layer_of(
                "transit_stops",
                [
                    {"name": "b", "mode": "bus", "geometry": shapely.Point(90, 200)},
                    {"name": "n", "mode": "bhns", "geometry": shapely.Point(210, 130)},
                ],
            ),
            layer_of("cycle_links", [{"geometry": shapely.LineString([(0, 30), (140, 250)])}]),
            layer_of("flood_zones", [{"zone_type": "1", "document": "d", "geometry": disc}]),
            layer_of(
                "plu_prescriptions",
                [
                    {
                        "libelle": "L",
                        "typepsc": "22",
                        "geometry": shapely.LineString([(0, 61), (200, 61), (200, 240)]),
                    }
                ],
            ),
        )
    }


def parcels_of(plots, labels):
    """Parcels from corners and sizes."""
    shapes = [shapely.box(x, y, x + wide, y + high) for (x, y), (wide, high) in plots]
    columns = {"contenance": [float(shape.area) for shape in shapes]}
    return gpd.GeoDataFrame(columns, geometry=shapes, index=labels[: len(shapes)], crs=WORK_CRS)


def assert_same(left, right, rows=slice(None)):
    """Columns of ``left`` equal rows of ``right``, numbers to a nanometre."""
    assert left.keys() == right.keys()
    for name, column in left.items():
        expected = right[name]
        assert column.missing.tolist() == expected.missing[rows].tolist(), name
        np.testing.assert_allclose(column.tolerance, expected.tolerance[rows], err_msg=name)
        if column.values.dtype == object:
            assert column.values.tolist() == expected.values[rows].tolist(), name
        else:
            np.testing.assert_allclose(
                column.values, expected.values[rows], atol=1e-9, err_msg=name
            )


@seed(20261101)
@settings(deadline=None, max_examples=40)
@given(PLOTS, LABELS, st.randoms(use_true_random=False))
def test_order_and_labels_of_rows_change_nothing(plots, labels, chance):
    """A measure of a site depends on its shape alone."""
    parcels = parcels_of(plots, labels)
    order = list(range(len(plots)))
    chance.shuffle(order)
    shuffled = parcels.iloc[order].set_axis([f"other {each}" for each in order])
    batch = measure_sites(each_parcel(parcels), layers())
    assert_same(measure_sites(each_parcel(shuffled), layers()), batch, order)


@seed(20261102)
@settings(deadline=None, max_examples=30)
@given(PLOTS, LABELS)
def test_one_row_equals_the_batch(plots, labels):
    """One site alone is measured as among others."""
    sites = each_parcel(parcels_of(plots, labels))
    batch = measure_sites(sites, layers())
    for row in range(len(sites)):
        assert_same(measure_sites(sites.iloc[[row]], layers()), batch, [row])


@seed(20261103)
@settings(deadline=None, max_examples=40)
@given(PLOTS, LABELS)
def test_values_are_known_or_say_why_not(plots, labels):
    """A number is finite exactly where nothing is missing; shares stay within 0 and 1."""
    columns = measure_sites(each_parcel(parcels_of(plots, labels)), layers())
    for name, column in columns.items():
        known = column.missing == Missing.KNOWN
        if column.values.dtype == object:
            assert [each is not None for each in column.values] == known.tolist(), name
        else:
            assert np.isfinite(column.values).tolist() == known.tolist(), name
            assert np.all(column.values[known] >= 0), name
        assert np.all(column.tolerance[~known] == 0), name
        if name.endswith("_share"):
            assert np.all(column.values[known] <= 1), name


@seed(20261104)
@settings(deadline=None, max_examples=30)
@given(PLOTS, LABELS)
def test_shrinking_the_coverage_only_takes_knowledge_away(plots, labels):
    """With less coverage a value stays the same or becomes unknown, never another one."""
    sites = each_parcel(parcels_of(plots, labels))
    name = "site.bus_stop_distance_m"
    wide = layers()["transit_stops"]
    narrow = Layer(wide.id, wide.features, shapely.box(20, 20, 250, 250), wide.edition)
    before = measure_sites(sites, {wide.id: wide}, only=[name])[name]
    after = measure_sites(sites, {wide.id: narrow}, only=[name])[name]
    known = after.missing == Missing.KNOWN
    assert after.values[known].tolist() == before.values[known].tolist()
    assert np.all(before.missing[known] == Missing.KNOWN)


@seed(20261105)
@settings(deadline=None, max_examples=40)
@given(PLOTS, LABELS, st.randoms(use_true_random=False))
def test_site_does_not_depend_on_the_order_of_clicks(plots, labels, chance):
    """Any order, with repeats: the same id, parcels and shape; no more area than its parcels."""
    parcels = parcels_of(plots, labels)
    ids = list(parcels.index)
    clicks = ids + chance.choices(ids, k=3)
    chance.shuffle(clicks)
    site, again = one_site(parcels, ids), one_site(parcels, clicks)
    assert site.index.equals(again.index)
    assert site["parcels"].iloc[0] == again["parcels"].iloc[0]
    assert site.geometry.iloc[0].equals(again.geometry.iloc[0])
    assert site["planar_area_m2"].iloc[0] <= parcels.area.sum() + 1e-6
    assert site["contenance_m2"].iloc[0] == parcels["contenance"].sum()
