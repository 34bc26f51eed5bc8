import pandas as pd
import shapely

import geodata.demo


def test_units_of_made_up_sites_are_as_many_as_the_sites_say(built):
    """Counts of units and of vacant ones of each site are those of its lands."""
    lands = built["economic_lands"]
    sites = built["economic_sites"].dropna(subset="site_uf_nbre")
    for site, about in sites.iterrows():
        held = lands[lands["site_id"] == site]
        assert about["site_uf_nbre"] == len(held)
        assert about["site_uf_vacant_nbre"] == (held["terr_etat_occup"] == "vacant").sum()
        assert held.geometry.representative_point().within(about.geometry).all()


def test_units_are_parcels(built):
    """Each unit names one parcel, has its shape and its area in hectares."""
    lands = built["economic_lands"].set_index("terr_refcad")
    assert lands.index.is_unique
    shapes = built["parcels"].geometry.loc[lands.index]
    assert lands.geometry.geom_equals(shapes).all()
    assert (lands["terr_surf_brute"] - shapes.area / 1e4).abs().max() < 1e-4


def test_some_land_is_free_some_committed_some_sold(built):
    """Every stage that a pipeline tells apart has at least a hectare."""
    areas = built["economic_lands"].groupby("terr_stade_comm")["terr_surf_brute"].sum()
    for stage in (
        "en vente",
        "réservé par option de réservation",
        "réservé par une délibération de l'EPCI",
        "vendu, commercialisation achevée",
    ):
        assert areas[stage] > 1, stage


def test_brownfields_lie_on_parcels(built):
    """Each state occurs, one area is unknown, and none is more usable than it is large."""
    sites = built["brownfields"]
    assert {"vacant", "project", "converted"} == set(sites["status"])
    assert 1 == sites["usable_area_m2"].isna().sum()
    assert not (sites["usable_area_m2"] > sites.area).any()
    assert sites.within(built["parcels"].union_all().buffer(0.01)).all()


def test_each_survey_tells_sealed_from_open_ground_without_overlap(built):
    """At each date the two covers share no ground, and together fill what was surveyed."""
    cover = built["land_cover"]
    surveyed = geodata.demo.coverages()["land_cover"]
    for day, held in cover.groupby("observed_on"):
        both = held[held["is_sealed"]].union_all(), held[~held["is_sealed"]].union_all()
        assert both[0].intersection(both[1]).area < 1, day
        filled = surveyed.intersection(shapely.union_all(both)).area
        assert abs(filled - held.area.sum()) < 1e-4 * filled, day


def test_the_first_survey_fills_its_coverage_before_the_law(built):
    """The state of August 2021 is known over the whole coverage, before the 23rd."""
    cover = built["land_cover"]
    first = cover[cover["observed_on"] == cover["observed_on"].min()]
    assert pd.Timestamp(first["observed_on"].iloc[0]) <= pd.Timestamp("2021-08-23")
    area = geodata.demo.coverages()["land_cover"].area
    assert abs(first.area.sum() - area) < 1e-4 * area


def test_a_later_survey_covers_less_and_finds_more_sealed(built):
    """What was sealed in 2021 still is in the second survey, and more is."""
    cover = built["land_cover"]
    days = sorted(cover["observed_on"].unique())
    assert 2 == len(days)
    early, late = (cover[cover["observed_on"] == day] for day in days)
    assert late.area.sum() < 0.2 * early.area.sum()
    where = late.union_all()
    before = early[early["is_sealed"]].union_all().intersection(where)
    after = late[late["is_sealed"]].union_all()
    assert before.difference(after.buffer(0.5)).area < 50
    assert after.area > before.area + 1_000


def test_parcels_lie_outside_the_survey(built):
    """Renancourt and the outer poles of the north and east were never surveyed."""
    inside = built["parcels"].intersects(geodata.demo.coverages()["land_cover"])
    assert 0.1 < 1 - inside.mean() < 0.5
