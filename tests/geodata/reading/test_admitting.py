import pytest
import shapely

from geodata.crs import WORK_CRS
from geodata.reading.admitting import admit


def kinds(defects):
    """Kind and count of each."""
    return [(each.kind, each.count) for each in defects]


def test_sound_parcels_are_all_admitted(raw_parcels):
    """One without a registered area is worth a remark."""
    frame, defects = admit(raw_parcels, layer="parcels", repair=False)
    assert 3 == len(frame)
    assert [("null_contenance", 1)] == kinds(defects)


def test_no_parcel_is_no_trouble(raw_parcels):
    """An empty frame stays one."""
    frame, defects = admit(raw_parcels.iloc[:0], layer="parcels", repair=False)
    assert (0, []) == (len(frame), defects)


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("numero", 3, "wrong_type"),
        ("section", None, "missing_value"),
        ("confidence", "sure", "unknown_code"),
        ("id", None, "missing_value"),
        ("id", "80021000ZX0001", "duplicate_id"),
    ],
)
def test_a_value_that_does_not_fit_sets_its_feature_aside(raw_parcels, column, value, kind):
    """And no other, but for ids that two features share."""
    wrong = raw_parcels.astype({column: object})
    wrong.loc[2, column] = value
    frame, defects = admit(wrong, layer="parcels", repair=False)
    count = 2 if kind == "duplicate_id" else 1
    assert (3 - count, (kind, count)) == (len(frame), kinds(defects)[0])


def test_a_far_contenance_is_told_with_its_place(raw_parcels):
    """400 m² drawn, 4 000 registered; both stay as they are."""
    raw_parcels.loc[0, "contenance"] = 4000.0
    frame, defects = admit(raw_parcels, layer="parcels", repair=False)
    assert 4000.0 == frame.loc[0, "contenance"]
    (found,) = [each for each in defects if each.kind == "contenance_far_from_area"]
    assert ("80021000ZX0001",) == found.ids
    assert 1 == len(found.where["features"])


def test_shapes_of_another_type_are_set_aside(raw_parcels):
    """A point is no parcel."""
    raw_parcels.loc[1, "geometry"] = shapely.Point(1_650_000, 9_188_000)
    frame, defects = admit(raw_parcels, layer="parcels", repair=False)
    assert (2, ("wrong_geometry_type", 1)) == (len(frame), kinds(defects)[0])
    assert WORK_CRS == frame.crs.to_string()


def test_an_invalid_shape_is_repaired_on_request(raw_parcels):
    """Else set aside."""
    x, y = 1_650_000, 9_188_000
    bow_tie = shapely.Polygon([(x, y), (x + 9, y + 9), (x + 9, y), (x, y + 9)])
    raw_parcels.loc[1, "geometry"] = bow_tie
    assert 2 == len(admit(raw_parcels, layer="parcels", repair=False)[0])
    frame, defects = admit(raw_parcels, layer="parcels", repair=True)
    assert (3, True) == (len(frame), bool(frame.is_valid.all()))
    assert "repaired_geometry" == defects[0].kind
