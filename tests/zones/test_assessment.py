import dataclasses
import datetime as dt
import sqlite3
from contextlib import closing

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
import yaml

from charters.loading import load_charters
from geodata.demo.planted import PLANTED
from geodata.language import Text
from geodata.store import DEMO_STORE
from zones.assessment import assess, assessment_at, outcome_keys, site_verdicts, verdicts_by_site
from zones.measures import ground_at, ground_of
from zones.projects import EXAMPLES, Project, example_projects
from zones.sites import each_parcel, one_site

FRONT = ("80021000ZX0012", "80021000ZX0013")
DAY = dt.date(2026, 11, 16)
SAMPLE = slice(0, None, 29)
"""Every 29th parcel: 76 of them, in all three ZACs and outside."""


@pytest.fixture(scope="module")
def front(judged):
    """The two parcels of the documentation, judged for the digital offices."""
    return judged(FRONT, "digital_offices")


@pytest.fixture(scope="module")
def given():
    """Figures of the digital offices, as another YAML reader finds them."""
    return yaml.safe_load((EXAMPLES / "digital_offices.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def registered_m2():
    """Registered areas, as the database gives them."""
    with closing(sqlite3.connect(DEMO_STORE)) as database:
        return dict(database.execute("SELECT id, contenance FROM parcels").fetchall())


@pytest.fixture(scope="module")
def stored():
    """Function that reads one table of the store with another reader."""
    return lambda layer: gpd.read_file(DEMO_STORE, layer=layer)


def shop(sales_area):
    """Shop of which little is known."""
    return Project(Text("c", "s"), None, {"use": "retail", "sales_area": sales_area})


# One site, by hand ------------------------------------------------------------------------------


def test_the_area_of_a_site_is_the_sum_of_its_parcels(front, registered_m2):
    """Registered areas; the planar one is near, not equal."""
    expected = sum(registered_m2[each] for each in FRONT)
    assert expected == front.site["contenance_m2"]
    assert expected == front.assessment.facts["site.contenance_m2"].values[0]
    assert FRONT == front.site["parcels"]
    assert pytest.approx(expected, rel=0.05) == front.site["planar_area_m2"]
    assert expected != front.site["planar_area_m2"]


def test_ratios_of_the_project_are_those_computed_by_hand(front, given, registered_m2):
    """Value, threshold and margin of each, on 16 November 2026."""
    area = sum(registered_m2[each] for each in FRONT)
    spaces = given["parking_spaces"]
    bikes = max(2, -(-15 * given["staff_present"] // 100))
    roof = (given["roof_pv_area"] + given["roof_green_area"]) / given["roof_area"]
    expected = {
        "PI-02a": (roof, 0.40, ">="),
        "PI-04a": (given["parking_permeable_area"] / given["parking_area"], 0.50, ">="),
        "PI-04b": (given["parking_shaded_area"] / given["parking_area"], 0.50, ">="),
        "PI-10b": (100 * spaces / given["floor_area"], 3.3 * 0.7, "<="),
        "PI-11a": (given["bike_spaces"], bikes, ">="),
        "PI-11b": (given["bike_area"] / given["bike_spaces"], 1.5, ">="),
        "PI-11c": (given["bike_entrance_distance"], 50, "<="),
        "PI-12a": (given["ev_prewired_spaces"], -(-spaces // 5), ">="),
        "PI-12b": (given["ev_equipped_spaces"], 1, ">="),
        "PI-12d": (
            given["ev_accessible_spaces"],
            max(1, -(-2 * given["ev_prewired_spaces"] // 100)),
            ">=",
        ),
        "PI-15": (10_000 * given["staff"] / area, 60, ">="),
        "PI-16a": (given["footprint"] / area, 0.30, ">="),
        "PI-16b": (given["footprint"] / area, 0.60, "<="),
        "PI-16c": (given["reserve_area"] / area, 0.20, "<="),
        "PI-19c": (given["rain_storage"], 0.040 * given["sealed_area"], ">="),
    }
    for article, (value, threshold, op) in expected.items():
        row = front.rows[article]
        margin = value - threshold if op == ">=" else threshold - value
        assert pytest.approx(value, rel=1e-12) == row.value, article
        assert pytest.approx(threshold, rel=1e-12) == row.threshold, article
        assert pytest.approx(margin, abs=1e-9) == row.margin, article
        assert ("compliant" if margin >= -1e-9 else "non_compliant") == row.outcome, article
        assert 0 == row.tolerance, article


def test_articles_that_do_not_apply_say_so_without_figures(front):
    """Small parking near a stop, far from a motorway; no shop, no hotel; the committee agrees."""
    none = {key for key, row in front.rows.items() if row.outcome == "not_applicable"}
    others = {each for each in front.rows if each.startswith("CH-")} - {"CH-08a"}
    parks = {"PI-01", "PI-02b", "PI-03a", "PI-03b", "PI-10a", "PI-11d"}
    assert parks | {"PI-12c", "PI-18a", "PI-19b"} | others == none
    for article in none:
        row = front.rows[article]
        assert (None, None, None, None) == (row.value, row.threshold, row.margin, row.remedy)


def test_the_outcome_of_each_charter_follows_from_its_rows(front):
    """A mandatory article fails; the other charter has nothing against the offices."""
    failed = [
        key
        for key, row in front.rows.items()
        if row.outcome == "non_compliant" and row.severity == "mandatory"
    ]
    assert ["PI-05a"] == failed
    assert ["non_compliant"] == outcome_keys(front.assessment, "industrial_parks")
    assert ["compliant"] == outcome_keys(front.assessment, "commercial_hotel")


@pytest.mark.parametrize(
    ("day", "threshold"),
    [
        (dt.date(2024, 1, 1), 0.30),
        (dt.date(2026, 6, 30), 0.30),
        (dt.date(2026, 7, 1), 0.40),
        (dt.date(2027, 6, 30), 0.40),
        (dt.date(2027, 7, 1), 0.50),
        (dt.date(2040, 1, 1), 0.50),
    ],
)
def test_the_day_chooses_the_value_in_force(judged, day, threshold):
    """The roof share asked for grows on 1 July 2026 and 1 July 2027; 46/110 fails from there."""
    row = judged(FRONT, "digital_offices", day=day).rows["PI-02a"]
    assert pytest.approx(threshold, abs=1e-12) == row.threshold
    assert pytest.approx(460 / 1100 - threshold, abs=1e-12) == row.margin
    assert ("compliant" if threshold < 0.418 else "non_compliant") == row.outcome
    assert row.is_to_check == (threshold == 0.40)


def test_before_the_law_the_article_does_not_apply(judged):
    """In force since 1 July 2023; between then and 2024 no share is known."""
    rows = judged(FRONT, "digital_offices", day=dt.date(2023, 6, 30)).rows
    assert "not_applicable" == rows["PI-02a"].outcome
    between = {**example_projects()["battery_workshop"].values}
    workshop = Project(Text("a", "a"), None, between)
    assert (
        "to_investigate" == judged(FRONT, workshop, day=dt.date(2023, 8, 1)).rows["PI-02a"].outcome
    )


def test_a_project_of_which_nothing_is_known_passes_no_article_about_it(judged):
    """Only what the ground alone decides is compliant."""
    rows = judged(FRONT, Project(Text("", ""), None, {})).rows
    assert {"PI-14a", "PI-18b", "PI-20a", "PI-20b", "PI-20c", "PI-20d"} == {
        k for k, row in rows.items() if row.outcome == "compliant"
    }
    assert "non_compliant" not in {row.outcome for row in rows.values()}
    assert rows["PI-16a"].reason.en.endswith("the project does not give: Footprint created.")


def test_provenance_names_day_charters_and_layers(front, demo_layers):
    """The demonstration share is that of the features."""
    made = front.assessment.provenance
    assert DAY == made.day
    assert (("industrial_parks", "2026-11"), ("commercial_hotel", "2026-11")) == made.charters
    assert list(demo_layers) == [each.layer for each in made.layers]
    rows = sum(len(layer.features) for layer in demo_layers.values())
    fictitious = sum(layer.features["demo"].sum() for layer in demo_layers.values())
    assert pytest.approx(fictitious / rows) == made.demo_share


def test_without_layers_nothing_of_the_ground_is_decided(demo_parcels):
    """Not one measure but the areas; no crash; no share of demonstration."""
    project = example_projects()["food_store"]
    made = assess(one_site(demo_parcels, FRONT), project, {}, charters=load_charters(), day=DAY)
    rows = {row.article: row for row in site_verdicts(made)}
    assert "to_investigate" == rows["PI-18b"].outcome
    assert "the layer is not loaded: Flood zones" in rows["PI-18b"].reason.en
    assert "compliant" == rows["CH-11a"].outcome
    assert 0 == made.provenance.demo_share


# The ground, measured again -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "layer", "column", "words"),
    [
        ("bus_stop_distance_m", "transit_stops", "mode", ["bus", "bhns"]),
        ("bhns_stop_distance_m", "transit_stops", "mode", ["bhns"]),
        ("station_distance_m", "stations", None, []),
        ("hotel_distance_m", "hotels", "status", ["existing", "authorised"]),
        ("heat_main_distance_m", "heat_mains", None, []),
        ("cycle_link_distance_m", "cycle_links", None, []),
    ],
)
def test_distances_are_the_least_of_all_and_geodesic_ones(
    batch, stored, fact, layer, column, words
):
    """Every feature tried; the same line on the ellipsoid within the distortion of CC50."""
    features = stored(layer)
    kept = features if column is None else features[features[column].isin(words)]
    known = batch.facts[f"site.{fact}"]
    shapes, values = batch.sites.geometry.to_numpy()[SAMPLE], known.values[SAMPLE]
    to_degrees = pyproj.Transformer.from_crs(3950, 4171, always_xy=True)
    ellipsoid = pyproj.Geod(ellps="GRS80")
    tried = 0
    for shape, value in zip(shapes, values, strict=True):
        if np.isnan(value):
            continue
        distances = [shapely.distance(shape, each) for each in kept.geometry]
        assert pytest.approx(min(distances), abs=1e-6) == value
        line = shapely.shortest_line(shape, kept.geometry.iloc[int(np.argmin(distances))])
        (west, east), (south, north) = to_degrees.transform(*np.array(line.coords).T)
        metres = ellipsoid.inv(west, south, east, north)[2]
        assert pytest.approx(metres, rel=2e-4, abs=1e-3) == value
        tried += 1
    assert tried > 20


@pytest.mark.parametrize(
    ("fact", "layer", "column", "words", "is_share"),
    [
        ("heat_perimeter_share", "heat_perimeters", None, [], True),
        ("commercial_pole_share", "commercial_sectors", None, [], True),
        ("strict_flood_area_m2", "flood_zones", "zone_type", ["1", "2"], False),
    ],
)
def test_shares_are_those_of_the_intersection(batch, stored, fact, layer, column, words, is_share):
    """One overlay with the union of all features."""
    features = stored(layer)
    kept = features if column is None else features[features[column].isin(words)]
    whole = shapely.union_all(kept.geometry.to_numpy())
    column = batch.facts[f"site.{fact}"]
    shapes = batch.sites.geometry.to_numpy()
    area = shapely.area(shapely.intersection(shapes, whole))
    expected = area / shapely.area(shapes) if is_share else area
    known = column.missing == 0
    assert known.sum() > 1000
    assert (expected[known] > 0.02).sum() > 10
    np.testing.assert_allclose(
        column.values[known], expected[known], atol=1e-3 if is_share else 0.011
    )


# The planted cases --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "project", "article", "said"),
    [
        ("null_area", "digital_offices", "PI-15", "empty in the layer (Parcels): Registered area"),
        ("null_area", "digital_offices", "PI-16a", "empty in the layer (Parcels): Registered area"),
        ("null_area", "hotel", "PI-16b", "empty in the layer (Parcels): Registered area"),
        ("heat_unknown", "digital_offices", "PI-05a", "covers this place: Priority heat perimeter"),
        ("heat_unknown", "digital_offices", "PI-05b", "no layer covers this place: Heat mains"),
        ("flood_unknown", "digital_offices", "PI-18b", "no layer covers this place: Flood zones"),
        ("plan_unknown", "digital_offices", "CH-08a", "no layer covers this place: Local plan"),
        ("exact_distance", "digital_offices", "PI-10a", "measure is too close to the threshold"),
        ("exact_distance", "digital_offices", "PI-10b", "measure is too close to the threshold"),
        ("no_reference_area", "food_store", "CH-02", "Reference sales area of the sector"),
    ],
)
def test_what_cannot_be_known_is_to_investigate_and_says_why(judged, case, project, article, said):
    """The layer, the datum or the tolerance is named; never a pass."""
    for parcel in PLANTED[case].parcels:
        row = judged([parcel], project).rows[article]
        assert "to_investigate" == row.outcome
        assert said in row.reason.en
        assert row.reason.fr != row.reason.en
        assert row.remedy is not None


def test_a_missing_area_is_null_everywhere(judged):
    """Neither value nor margin, and not 0."""
    made = judged(PLANTED["null_area"].parcels, "digital_offices")
    assert np.isnan(made.site["contenance_m2"])
    for article in ("PI-15", "PI-16a", "PI-16b"):
        row = made.rows[article]
        assert (None, None) == (row.value, row.margin)


def test_an_area_of_one_hectare_sharp_meets_its_threshold_sharp(judged):
    """60 jobs on 10 000 m2 are 60 jobs per hectare, 59 are not."""
    (parcel,) = PLANTED["exact_area"].parcels

    def density(staff):
        project = Project(Text("", ""), None, {"use": "office", "staff": staff})
        return judged([parcel], project).rows["PI-15"]

    assert ("compliant", 60.0, 0.0) == (density(60).outcome, density(60).value, density(60).margin)
    assert ("non_compliant", -1.0) == (density(59).outcome, round(density(59).margin, 9))


def test_a_stop_at_500_m_sharp_is_500_m(judged):
    """The planted distance, and no nearer rapid-bus stop."""
    facts = judged(PLANTED["exact_distance"].parcels, "hotel").assessment.facts
    for name in ("bhns_stop_distance_m", "fast_transit_distance_m"):
        column = facts[f"site.{name}"]
        assert [pytest.approx(500.0, abs=1e-6)] == column.values.tolist()
        assert [5.0] == column.tolerance.tolist()


def test_flood_prone_ground_is_examined_with_its_area(judged, stored):
    """Types 1 and 2 only; the sentence gives the area."""
    zones = stored("flood_zones")
    strict = shapely.union_all(zones[zones["zone_type"].isin(["1", "2"])].geometry.to_numpy())
    for parcel in PLANTED["strict_flood"].parcels:
        made = judged([parcel], "digital_offices")
        expected = shapely.intersection(made.site["geometry"], strict).area
        row = made.rows["PI-18b"]
        assert "to_investigate" == row.outcome
        assert pytest.approx(expected, abs=0.01) == row.value
        assert pytest.approx(-expected, abs=0.01) == row.margin
        assert f"{expected:,.4g}".split(".")[0] in row.reason.en
        assert ["to_investigate"] == outcome_keys(made.assessment, "industrial_parks")


def test_two_sites_that_fit_alone_pass_the_ceiling_together(judged, stored):
    """700 m2 fit twice each alone; 1 400 m2 are over the ceiling of the south, by hand."""
    shops = stored("shops")
    (south,) = stored("commercial_sectors").query("id == 'sector-south'").itertuples()
    inside = shops[
        shops.intersects(south.geometry) & shops["status"].isin(["existing", "authorised"])
    ]
    before, cap = inside["sales_area_m2"].sum(), 1.10 * south.reference_sales_area_m2
    for parcel in PLANTED["sector_cap_by_two"].parcels:
        alone, both = (judged([parcel], shop(area)).rows["CH-02"] for area in (700, 1400))
        assert ("compliant", before + 700) == (alone.outcome, alone.value)
        assert ("non_compliant", before + 1400) == (both.outcome, both.value)
        assert pytest.approx(cap) == alone.threshold
        assert pytest.approx(cap - before - 1400) == both.margin


def test_two_charters_disagree_about_a_shop_in_the_energy_zac(judged):
    """A neighbourhood shop suits the retail charter and not the vocation of the ZAC."""
    values = {**shop(250).values, "complex_sales_area": 0, "cluster": "other", "staff": 5}
    made = judged(PLANTED["shop_in_energy_zac"].parcels, Project(Text("", ""), None, values))
    assert "non_compliant" == made.rows["PI-01"].outcome
    assert "not_applicable" == made.rows["CH-01"].outcome
    offices = judged(PLANTED["shop_in_energy_zac"].parcels, "digital_offices").assessment
    assert ["non_compliant"] == outcome_keys(offices, "industrial_parks")
    assert ["compliant"] == outcome_keys(offices, "commercial_hotel")


def test_a_protected_front_is_examined_for_offices_and_not_for_shops(judged):
    """The frontage is about the width of the parcel; the rules of the line were not read."""
    offices = judged(PLANTED["protected_front"].parcels, "digital_offices").rows["CH-08a"]
    assert "to_investigate" == offices.outcome
    assert 5 < offices.value < 40
    assert -offices.value == offices.margin
    shops = judged(PLANTED["protected_front"].parcels, "food_store").rows["CH-08a"]
    assert "not_applicable" == shops.outcome


def test_the_same_parcel_twice_is_one_site_of_one_parcel(judged):
    """Nothing is counted twice."""
    twice = judged(PLANTED["same_parcel_twice"].parcels, "digital_offices")
    once = judged(FRONT[:1], "digital_offices")
    assert FRONT[:1] == twice.site["parcels"]
    assert once.rows == twice.rows


@pytest.mark.parametrize(
    ("case", "zone_theme", "is_contiguous"),
    [
        ("neighbours", "digital", True),
        ("slivers", "health", True),
        ("site_two_zacs", "none", False),
        ("site_zac_and_station", "digital", True),
        ("in_two_zones", "digital", True),
        ("outside_zones", "none", False),
    ],
)
def test_sites_astride_zones_get_the_zone_of_their_larger_half(
    judged, case, zone_theme, is_contiguous
):
    """A site without half of its ground in one zone is in none."""
    made = judged(PLANTED[case].parcels, "digital_offices")
    assert zone_theme == made.assessment.facts["site.zone_theme"].values[0]
    assert is_contiguous == made.site["is_contiguous"]
    expected = {"digital": "compliant", "health": "non_compliant", "none": "not_applicable"}
    # three favourable opinions are the committee's consent, whatever the cluster
    has_consent = made.assessment.facts["site.park_favourable_opinions"].values[0] >= 3
    outcome = "not_applicable" if has_consent else expected[zone_theme]
    assert outcome == made.rows["PI-01"].outcome


# The batch ----------------------------------------------------------------------------------------


def test_facts_measured_before_give_the_same(demo_layers, demo_parcels):
    """What the screen keeps between two figures of the form."""
    sites = each_parcel(demo_parcels.iloc[SAMPLE])
    ground = ground_of(sites, demo_layers)
    for project in example_projects().values():
        anew, kept = (
            assess(sites, project, demo_layers, charters=load_charters(), day=DAY, ground=each)
            for each in (None, ground)
        )
        assert list(verdicts_by_site(anew)) == list(verdicts_by_site(kept))
        for charter in anew.verdicts:
            assert outcome_keys(anew, charter) == outcome_keys(kept, charter)


def test_one_parcel_alone_gets_the_verdict_it_gets_among_all(batch, judged):
    """Row by row, figures to a nanometre, sentences to the letter."""
    rows = list(verdicts_by_site(batch))
    assert len(batch.sites) == len(rows)
    for position in range(0, len(rows), 97):
        alone = judged([batch.sites.index[position]], "food_store")
        for one, among, kept in zip(
            alone.rows.values(), rows[position], site_verdicts(batch, position), strict=True
        ):
            assert among == kept
            assert (one.charter, one.article, one.outcome) == (
                among.charter,
                among.article,
                among.outcome,
            )
            assert one.reason == among.reason
            for name in ("value", "threshold", "margin"):
                # areas are added up in another order: the last digits of a square metre may differ
                assert pytest.approx(getattr(among, name), abs=1e-7) == getattr(one, name)
        for charter in batch.verdicts:
            (key,) = outcome_keys(alone.assessment, charter)
            assert outcome_keys(batch, charter)[position] == key


def test_a_frame_without_sites_gives_no_rows(demo_layers, demo_parcels):
    """And no crash."""
    project = example_projects()["hotel"]
    none = assess(
        each_parcel(demo_parcels.iloc[:0]), project, demo_layers, charters=load_charters(), day=DAY
    )
    assert [] == list(verdicts_by_site(none))
    assert [] == outcome_keys(none, "industrial_parks")


def test_nothing_that_comes_in_is_changed(demo_layers, demo_parcels):
    """Sites and parcels are as they were."""
    before, sites = demo_parcels.copy(), one_site(demo_parcels, FRONT)
    copied = sites.copy()
    assess(sites, example_projects()["hotel"], demo_layers, charters=load_charters(), day=DAY)
    assert copied.equals(sites)
    assert before.equals(demo_parcels)


def is_same_row(first, second):
    """Same requirement, same outcome, and the same value but for rounding."""
    return (first.article, first.outcome) == (second.article, second.outcome) and (
        first.value == second.value or second.value == pytest.approx(first.value, abs=1e-3)
    )


def test_a_parcel_of_the_map_is_judged_as_if_it_were_alone(batch, demo_layers, demo_parcels):
    """What coloured the map is what the parcel gives when it is measured and judged anew."""
    for position in range(0, len(demo_parcels), 97):
        kept = assessment_at(batch, position)
        pd.testing.assert_frame_equal(
            kept.sites, one_site(demo_parcels, [demo_parcels.index[position]])
        )
        fresh = assess(kept.sites, batch.project, demo_layers, charters=load_charters(), day=DAY)
        for charter in load_charters():
            codes = [each.verdicts[charter.id].codes for each in (fresh, kept)]
            np.testing.assert_array_equal(*codes)
            assert fresh.outcomes[charter.id] == kept.outcomes[charter.id]
        for first, second in zip(site_verdicts(fresh), site_verdicts(kept), strict=True):
            assert is_same_row(first, second)


def test_another_project_is_judged_anew_on_a_parcel_of_the_map(batch, demo_layers):
    """Facts that depend on the project are measured for it."""
    project = dataclasses.replace(
        batch.project, values={**batch.project.values, "sales_area": 4321.0}
    )
    ground = ground_at(batch.ground, 40)
    judged = [
        site_verdicts(
            assess(ground.sites, project, demo_layers, charters=load_charters(), day=DAY, ground=g)
        )
        for g in (ground, None)
    ]
    assert all(is_same_row(*each) for each in zip(*judged, strict=True))
