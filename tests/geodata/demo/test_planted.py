import numpy as np
import pytest
import shapely

import geodata.demo
from geodata.demo.planted import PLANTED

SHARED_M = 5.0
"""Length of a common edge that makes two parcels one site."""


@pytest.fixture
def case(built):
    """Function that gives the parcels of a case, one row per id named."""
    return lambda key: built["parcels"].loc[list(PLANTED[key].parcels)]


@pytest.fixture
def zones(built):
    """Outlines of the four zones by cluster."""
    return built["zones"].set_index("theme").geometry


def test_every_case_is_bilingual_and_names_parcels_that_exist(built):
    """Titles in both languages, ids of the dataset."""
    for key, case in PLANTED.items():
        assert case.title.fr, key
        assert case.title.en, key
        assert set(case.parcels) <= set(built["parcels"].index), key


def test_neighbours(case, zones):
    """The two parcels of every example share an edge and lie in one ZAC."""
    first, second = case("neighbours").geometry
    assert first.intersection(second).length > SHARED_M
    assert zones["digital"].contains(first)
    assert zones["digital"].contains(second)


def test_null_area(case, built):
    """One parcel alone has no registered area."""
    assert case("null_area")["contenance"].isna().all()
    assert 1 == built["parcels"]["contenance"].isna().sum()


def test_exact_area(case):
    """The registered area is 10 000 m2, the plan's is not."""
    parcel = case("exact_area")
    assert [10_000] == parcel["contenance"].tolist()
    assert parcel.area.iloc[0] != 10_000


def test_hole_and_parts(case):
    """Two parts, one hole, and the enclosed parcel fills the hole."""
    shape = case("hole_and_parts").geometry.iloc[0]
    enclosed = case("inside_the_hole").geometry.iloc[0]
    assert "MultiPolygon" == shape.geom_type
    assert 2 == len(shape.geoms)
    holes = [hole for part in shape.geoms for hole in part.interiors]
    assert shapely.Polygon(holes[0]).equals(enclosed)


def test_slivers(case):
    """Two strips half a metre wide that touch along their length."""
    first, second = case("slivers").geometry
    for shape in (first, second):
        assert 0.4 < shape.area / (shape.length / 2) < 0.6
    assert first.intersection(second).length > SHARED_M


def test_astride_a_zone(case, zones):
    """Each parcel lies partly in a ZAC and partly outside every zone, well beyond doubt."""
    every = zones.union_all()
    for shape in case("astride_a_zone").geometry:
        assert 0.05 < shape.intersection(every).area / shape.area < 0.95


def test_in_two_zones(case, zones):
    """The parcel lies wholly in the ZAC and in the station district."""
    for shape in case("in_two_zones").geometry:
        assert zones["digital"].contains(shape)
        assert zones["station"].contains(shape)


def test_site_zac_and_station(case, zones):
    """In one piece, mostly in the ZAC, partly in the station district."""
    shapes = case("site_zac_and_station").geometry
    site = shapes.union_all()
    assert "Polygon" == site.geom_type
    assert site.intersection(zones["digital"]).area > 0.8 * site.area
    assert 0.05 < site.intersection(zones["station"]).area / site.area < 0.95


def test_site_two_zacs(case, zones):
    """Two pieces in two ZACs."""
    first, second = case("site_two_zacs").geometry
    assert first.intersects(zones["digital"])
    assert second.intersects(zones["health"])
    assert first.distance(second) > 1_000


def test_other_commune(case):
    """The id begins with the code of Pont-de-Metz."""
    assert ["80632"] == case("other_commune")["commune"].tolist()


def test_site_two_communes(case):
    """Two neighbours in two communes."""
    parcels = case("site_two_communes")
    assert ["80021", "80632"] == parcels["commune"].tolist()
    first, second = parcels.geometry
    assert first.intersection(second).length > SHARED_M


def test_outside_zones(case, zones):
    """No zone anywhere near."""
    assert not case("outside_zones").intersects(zones.union_all()).any()


def test_exact_distance(case, built):
    """The nearest rapid-bus stop is at 500 m sharp from the edge of the parcel."""
    stops = built["transit_stops"].query("mode == 'bhns'")
    shape = case("exact_distance").geometry.iloc[0]
    assert stops.distance(shape).min() == pytest.approx(500.0, abs=1e-6)
    assert (stops.distance(shape) < 510).sum() == 1


def test_strict_flood(case, built):
    """Each parcel is reached by flood zones of type 1 or 2; the second is in a ZAC."""
    strict = built["flood_zones"].query("zone_type in ['1', '2']").union_all()
    assert (case("strict_flood").intersection(strict).area > 50).all()


@pytest.mark.parametrize(
    ("key", "layer"),
    [
        ("heat_unknown", "heat_mains"),
        ("flood_unknown", "flood_zones"),
        ("plan_unknown", "plu_zones"),
    ],
)
def test_unknown_layers(case, key, layer):
    """The layer does not speak for the place."""
    assert not case(key).intersects(geodata.demo.coverages()[layer]).any()


def test_heat_unknown_is_in_the_energy_zac(case, zones):
    """Missing heat data also occurs inside a ZAC."""
    assert case("heat_unknown").within(zones["energy"]).all()


def test_no_reference_area(case, built):
    """The sector has no reference area, and one of its shops no sales area."""
    sectors = built["commercial_sectors"]
    shape = case("no_reference_area").geometry.iloc[0]
    sector = sectors[sectors.contains(shape)].iloc[0]
    assert np.isnan(sector["reference_sales_area_m2"])
    assert "periphery" == sector["kind"]
    shops = built["shops"][built["shops"].within(sector.geometry)]
    assert 1 == shops["sales_area_m2"].isna().sum()


def test_no_vacant_count(case, built):
    """The economic site that holds the parcel has no count of vacant units."""
    sites = built["economic_sites"]
    holding = sites[sites.contains(case("no_vacant_count").geometry.iloc[0])]
    assert 1 == len(holding)
    assert holding["site_uf_vacant_nbre"].isna().all()


def test_shop_in_energy_zac(case, zones, built):
    """The parcel lies in the energy ZAC and in no commercial sector."""
    shape = case("shop_in_energy_zac").geometry.iloc[0]
    assert zones["energy"].contains(shape)
    assert not built["commercial_sectors"].intersects(shape).any()


def test_sector_cap_by_two(case, built):
    """One store of 700 m2 fits under 110 % of the reference, two do not."""
    sector = built["commercial_sectors"].loc["sector-south"]
    assert case("sector_cap_by_two").within(sector.geometry).all()
    shops = built["shops"][built["shops"].within(sector.geometry)]
    counted = shops.loc[shops["status"] != "pending", "sales_area_m2"].sum()
    cap = 1.1 * sector["reference_sales_area_m2"]
    assert counted + 700 <= cap < counted + 1_400


def test_hotel_quota_by_two(case, zones):
    """Two different parcels of the station district."""
    parcels = case("hotel_quota_by_two")
    assert parcels.index.is_unique
    assert parcels.within(zones["station"]).all()


def test_protected_front(case, built):
    """At least ten metres of the parcel's edge are a protected front."""
    lines = built["plu_prescriptions"].query("typepsc == '22'").union_all()
    shape = case("protected_front").geometry.iloc[0]
    assert shape.boundary.buffer(0.05).intersection(lines).length > 10


def test_near_high_traffic(case, built):
    """Less than 75 m from the axis of a high-traffic road."""
    axes = built["roads"].query("road_class == 'high_traffic'").union_all()
    assert case("near_high_traffic").distance(axes).lt(75).all()


def test_same_parcel_twice():
    """The same id stands twice."""
    first, second = PLANTED["same_parcel_twice"].parcels
    assert first == second
