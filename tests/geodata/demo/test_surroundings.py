import pytest
import shapely


def test_flood_types_follow_each_other_from_the_river(built):
    """Types 1 to 4 do not overlap, and each lies farther from the Somme than the one before."""
    zones = built["flood_zones"].set_index("zone_type").geometry
    river = built["context"].geometry["context-somme"]
    assert ["1", "2", "3", "4"] == zones.index.tolist()
    assert zones.area.sum() == pytest.approx(zones.union_all().area, rel=1e-6)
    reach = [shapely.hausdorff_distance(zones[kind], river) for kind in "1234"]
    assert zones["1"].intersects(river)
    assert all(shape.distance(river) > 20 for shape in zones[1:])
    assert len(reach) == 4


def test_flood_zones_say_that_they_bind_nobody(built):
    """The document says that it is no regulation."""
    assert built["flood_zones"]["document"].str.contains("ne vaut pas document").all()


def test_some_parcels_of_the_first_zac_are_flooded(built):
    """Strict flood zones reach a few parcels, not most of them."""
    strict = built["flood_zones"].query("zone_type in ['1', '2']").union_all()
    zac = built["zones"].geometry["zone-gare-la-vallee"]
    parcels = built["parcels"][built["parcels"].intersects(zac)]
    assert 3 <= parcels.intersects(strict).sum() <= 80


def test_communes_are_named_and_context_only(built):
    """Amiens and its neighbours, said to be of no legal value."""
    communes = built["communes"]
    assert "Pont-de-Metz" == communes.loc["80632", "name"]
    assert communes["source"].str.contains("contexte, non opposable").all()


def test_landmarks_are_there(built):
    """The Somme, two railways and the Hortillonnages."""
    assert ["river", "park", "railway", "railway"] == built["context"]["kind"].tolist()
