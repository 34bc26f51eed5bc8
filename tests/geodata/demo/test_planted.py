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


def _running(built, day="2026-11-23"):
    """Moratoriums in force on a day."""
    held = built["moratoriums"]
    return held[(held["starts_on"] <= day) & (held["ends_on"].isna() | (held["ends_on"] >= day))]


def test_running_moratorium(case, built):
    """One parcel in each of the three that run: the prefect's, the hotels', the endless one."""
    running = _running(built)
    found = [running[running.contains(shape)] for shape in case("running_moratorium").geometry]
    assert [1, 1, 1] == [len(each) for each in found]
    assert ["retail", "hotel", "both"] == [each["scope"].iloc[0] for each in found]
    assert ["prefect", "charter", "charter"] == [each["authority"].iloc[0] for each in found]


@pytest.mark.parametrize("key", ["past_moratorium", "coming_moratorium"])
def test_moratoriums_of_other_days(case, built, key):
    """The parcel lies in a moratorium, which does not run in November 2026."""
    shape = case(key).geometry.iloc[0]
    assert built["moratoriums"].contains(shape).any()
    assert not _running(built).intersects(shape).any()


def test_setback_band(case, built):
    """More than 400 m2 within 100 m of the motorway's axis and outside every urbanised area."""
    axis = built["roads"].query("road_class == 'motorway'").union_all()
    band = axis.buffer(100).difference(built["urbanised_areas"].union_all())
    assert case("setback_band").intersection(band).area.gt(400).all()


def test_setback_study(case, built):
    """Within 75 m of the ring road, where only the study spares the parcel."""
    areas = built["urbanised_areas"]
    axis = built["roads"].query("road_class == 'high_traffic'").union_all()
    shapes = case("setback_study").intersection(axis.buffer(75))
    urbanised = areas[areas["kind"] == "urbanised"].union_all()
    assert shapes.difference(urbanised).area.gt(1).all()
    assert shapes.difference(areas.union_all()).area.lt(1e-6).all()


def _answers(built, shape):
    """Opinions of the dossier that lies on a parcel."""
    return built["opinions"][built["opinions"].within(shape)]


def test_full_opinions(case, built):
    """A park's four favourable opinions, a shop's seven."""
    found = [_answers(built, shape) for shape in case("full_opinions").geometry]
    assert [4, 7] == [len(each) for each in found]
    assert all((each["opinion"] == "favourable").all() for each in found)


def test_missing_opinions(case, built):
    """Awaited more than thirty days after the referral: one for the park, three for the shop."""
    found = [_answers(built, shape) for shape in case("missing_opinions").geometry]
    assert [1, 3] == [int((each["opinion"] == "awaited").sum()) for each in found]
    assert all((each["referred_on"] < "2026-10-24").all() for each in found)


def test_conflict_of_interest(case, built):
    """Exactly one partner of each dossier declares a conflict."""
    found = [_answers(built, shape) for shape in case("conflict_of_interest").geometry]
    assert [1, 1] == [int(each["has_conflict_of_interest"].eq(True).sum()) for each in found]  # noqa: FBT003 - a value


def test_unfavourable_opinions(case, built):
    """More than half of the partners are against."""
    for shape in case("unfavourable_opinions").geometry:
        assert (_answers(built, shape)["opinion"] == "unfavourable").mean() > 0.5


def test_far_on_foot(case, built, walked):
    """Near across the railway; the way along the streets cannot be shorter than 600 m."""
    shape = case("far_on_foot").geometry.iloc[0]
    stops = built["transit_stops"].query("mode == 'bhns'").geometry
    assert stops.distance(shape).min() < 200
    assert walked.least_from(shape, stops) > 600


def test_in_ort(case, built):
    """The perimeter is signed."""
    shape = case("in_ort").geometry.iloc[0]
    held = built["ort_perimeters"][built["ort_perimeters"].contains(shape)]
    assert 1 == held["signed_on"].notna().sum()


def test_ort_unknown_date(case, built):
    """The only perimeter that holds the parcel has no date."""
    shape = case("ort_unknown_date").geometry.iloc[0]
    held = built["ort_perimeters"][built["ort_perimeters"].contains(shape)]
    assert [True] == held["signed_on"].isna().tolist()


def test_communes_small_and_unknown(case, built):
    """Fewer than 20 000 people; nothing said."""
    people = built["communes"]["population"]
    assert (people[case("small_commune")["commune"]] < 20_000).all()
    assert people[case("unknown_population")["commune"]].isna().all()


def test_beside_same_class_hotel(case, built):
    """An existing three-star hotel within 50 m."""
    hotels = built["hotels"].query("stars == 3 and status == 'existing'")
    assert hotels.distance(case("beside_same_class_hotel").geometry.iloc[0]).min() < 50


def test_sealed_and_open_in_2021(case, built):
    """One parcel is wholly sealed in the survey of August 2021, the other not at all."""
    cover = built["land_cover"].query("is_sealed and observed_on == '2021-08-15'").union_all()
    for key, share in (("sealed_in_2021", 1.0), ("open_in_2021", 0.0)):
        shape = case(key).geometry.iloc[0]
        assert shape.intersection(cover).area / shape.area == pytest.approx(share, abs=0.001), key
        assert geodata.demo.coverages()["land_cover"].buffer(0.1).contains(shape), key


def test_land_cover_unknown(case):
    """No survey speaks for the parcel."""
    covered = geodata.demo.coverages()["land_cover"]
    assert not case("land_cover_unknown").intersects(covered).any()


def test_on_brownfield(case, built):
    """The parcel is a vacant brownfield."""
    vacant = built["brownfields"].query("status == 'vacant'").union_all()
    assert case("on_brownfield").within(vacant.buffer(0.01)).all()
