import geopandas as gpd
import pytest
import shapely

from geodata.errors import DataError, FetchError
from geodata.fetching.reading import as_layer, file_features, row_features, timetable_layers
from tests.geodata.fetching.town import gtfs, packed, parcels


def test_a_file_goes_through_the_real_reader(tmp_path, session):
    """Zipped, with an outline that crosses itself: the others are read, it is named."""
    file = tmp_path / "abc.body"
    file.write_bytes(packed(parcels(bad_ring=True)).body)
    frame, said = file_features(file, name="cadastre-80021-parcelles.json.gz", session=session)
    assert "EPSG:4326" == frame.crs.to_string()
    assert {"80021000ZX0001", "80021000ZX0002"} <= set(frame["id"])
    kept, more = as_layer(frame, layer="parcels", name="parcels")
    assert {"80021000ZX0001", "80021000ZX0002"} <= set(kept["id"])
    assert any("80021000ZX0003" in each.en for each in [*said, *more]) or len(kept) == 3
    assert [] == list(session.private.iterdir())


def test_a_crs_that_is_null_is_none(session):
    """RFC 7946: WGS84."""
    rows = parcels()["features"]
    assert "EPSG:4326" == row_features(rows, name="x", session=session)[0].crs.to_string()


def test_no_rows_are_an_empty_frame(session):
    """Nobody starts a process for nothing; no layout is needed."""
    frame, said = row_features([], name="x", session=session)
    assert (0, []) == (len(frame), said)
    assert 0 == len(as_layer(frame, layer="parcels", name="x")[0])


def test_columns_that_nobody_knows():
    """The service has changed: said with the columns met."""
    frame = gpd.GeoDataFrame({"foo": [1]}, geometry=[shapely.Point(2, 49)], crs="EPSG:4326")
    with pytest.raises(FetchError) as error:
        as_layer(frame, layer="parcels", name="x")
    assert "foo" in error.value.say("en")


@pytest.mark.usefixtures("quick_reader")
def test_a_layout_of_another_layer(session):
    """Parcels are no buildings."""
    frame, _ = row_features(parcels()["features"], name="x", session=session)
    with pytest.raises(DataError):
        as_layer(frame, layer="buildings", name="x")


def test_a_timetable(tmp_path, session):
    """Stops and lines, through the real reader."""
    file = tmp_path / "abc.body"
    file.write_bytes(gtfs().body)
    layers, _ = timetable_layers(file, name="gtfs.zip", session=session)
    assert {"transit_stops", "transit_lines"} == set(layers)
