import geopandas as gpd
import pandas as pd
import shapely

from geodata.layouts.identifiers import shape_ids

SQUARES = [shapely.box(x, 0, x + 1, 1) for x in (0, 10, 20)]


def ids(shapes, prefix="80021", crs=2154):
    """Ids of shapes with one prefix."""
    frame = gpd.GeoDataFrame(geometry=list(shapes), crs=crs)
    return shape_ids(frame, prefix=pd.Series(prefix, index=frame.index)).tolist()


def test_no_feature_no_id():
    """An empty layer."""
    assert [] == ids([])


def test_ids_do_not_depend_on_order_direction_or_noise():
    """The same building in another file, drawn the other way round, a hair aside."""
    first = ids(SQUARES)
    again = ids([shapely.box(x + 1e-4, 0, x + 1, 1, ccw=False) for x in (20, 0, 10)])
    assert first == [again[1], again[2], again[0]]
    assert all(each.startswith("80021-") for each in first)


def test_the_same_shape_twice_is_told_apart():
    """Ids are unique whatever the file holds, missing shapes included."""
    one, two, other = ids([SQUARES[0], SQUARES[0], SQUARES[1]])
    assert f"{one}-2" == two
    assert other not in (one, two)
    assert 2 == len(set(ids([None, None])))


def test_without_a_prefix():
    """Nothing begins the id."""
    assert "-" not in ids(SQUARES[:1], prefix="")[0]
