import shapely


def test_there_are_about_eight_hundred_buildings(built):
    """Neither a desert nor a built-up town: a desk needs free land."""
    assert 700 <= len(built["buildings"]) <= 950


def test_buildings_stand_inside_one_parcel_each(built):
    """No building crosses an edge of its parcel, and no two overlap."""
    parcels = built["parcels"].geometry.to_numpy()
    buildings = built["buildings"].geometry.to_numpy()
    inside, _ = shapely.STRtree(parcels).query(buildings, predicate="within")
    assert sorted(inside) == list(range(len(buildings)))
    left, right = shapely.STRtree(buildings).query(buildings, predicate="intersects")
    assert (left == right).all()


def test_not_all_buildings_are_boxes(built):
    """L shapes and bars stand among boxes."""
    shapes = built["buildings"].geometry.to_numpy()
    fill = shapely.area(shapes) / shapely.area(shapely.oriented_envelope(shapes))
    assert (fill < 0.9).mean() > 0.25
    assert (fill > 0.97).mean() > 0.25


def test_heights_and_types_are_plausible(built):
    """Two types of buildings, from 3 to 20 metres."""
    buildings = built["buildings"]
    assert {"01", "02"} == set(buildings["type"])
    assert buildings["height_m"].between(3, 20).all()
