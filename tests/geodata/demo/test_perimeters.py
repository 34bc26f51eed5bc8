import pandas as pd

DAY = pd.Timestamp("2026-11-23")


def test_moratoriums_past_running_endless_and_to_come(built):
    """Each state occurs in November 2026, from both authorities and for every scope."""
    held = built["moratoriums"]
    starts, ends = pd.to_datetime(held["starts_on"]), pd.to_datetime(held["ends_on"])
    assert (ends.isna() | (starts < ends)).all()
    running = (starts <= DAY) & ~(ends < DAY)
    assert {"prefect", "charter"} == set(held.loc[running, "authority"])
    assert {"retail", "hotel", "both"} == set(held.loc[running, "scope"])
    assert 1 == (ends < DAY).sum()
    assert 1 == (starts > DAY).sum()
    assert 1 == ends.isna().sum()


def test_every_moratorium_holds_parcels(built):
    """Each can be tried on a parcel that lies wholly inside."""
    for name, shape in built["moratoriums"].geometry.items():
        assert built["parcels"].within(shape).sum() >= 10, name


def test_some_parcels_lie_in_the_setback_of_the_law(built):
    """Within 100 m of a motorway or 75 m of a high-traffic axis, outside the urbanised areas."""
    roads, areas = built["roads"], built["urbanised_areas"].union_all()
    for road_class, metres in (("motorway", 100), ("high_traffic", 75)):
        axes = roads[roads["road_class"] == road_class].union_all()
        caught = built["parcels"].intersection(axes.buffer(metres).difference(areas)).area > 0
        assert 1 <= caught.sum() < 20, road_class


def test_one_study_lifts_the_setback_of_a_parcel(built):
    """Without the study, one more parcel of the north would be caught."""
    roads, areas = built["roads"], built["urbanised_areas"]
    study = areas[areas["kind"] == "study"]
    assert 1 == len(study)
    band = roads[roads["road_class"] == "high_traffic"].union_all().buffer(75)
    others = areas[areas["kind"] == "urbanised"].union_all()
    spared = built["parcels"].intersection(band.difference(others).intersection(study.union_all()))
    assert 1 == (spared.area > 1).sum()


def test_revitalisation_areas(built):
    """One signed before 2026, one whose date nobody gives; both hold parcels."""
    areas = built["ort_perimeters"]
    assert 1 == areas["signed_on"].isna().sum()
    assert pd.to_datetime(areas["signed_on"]).dropna().lt("2021-01-01").all()
    for name, shape in areas.geometry.items():
        assert built["parcels"].within(shape).sum() >= 10, name


def test_hotel_sectors_of_each_kind_without_overlap(built):
    """Centre, station, west and ZACs, each holding parcels, none sharing ground."""
    sectors = built["hotel_sectors"]
    assert ["station", "zac", "centre", "west"] == sectors["kind"].tolist()
    assert abs(sectors.area.sum() - sectors.union_all().area) < 1
    for kind, shape in sectors.set_index("kind").geometry.items():
        assert built["parcels"].within(shape).sum() >= 5, kind
