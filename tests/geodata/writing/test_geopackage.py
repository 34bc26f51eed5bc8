import datetime as dt
import json
import sqlite3
import warnings
from contextlib import closing

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.crs import PARTNER_CRS, WEB_CRS, WORK_CRS
from geodata.errors import DataError, MissingCrsError, StoreError
from geodata.store import DEMO_STORE, read_layers
from geodata.writing import geopackage
from geodata.writing.geopackage import write_geopackage

TRIANGLE = "POLYGON ((0 0, 1 0, 1 1, 0 0))"
SQUARE = shapely.box(650_000, 6_980_000, 650_020, 6_980_020)


def frame_of(shapes, *, crs=PARTNER_CRS, **columns):
    """Frame made of shapes and columns."""
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


@pytest.fixture
def written(tmp_path):
    """Function that writes one frame and reads it back with GDAL, warnings being errors."""

    def round_trip(frame, **options):
        path = tmp_path / "a.gpkg"
        write_geopackage(path, {"a": frame}, metadata={}, **options)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return pyogrio.read_dataframe(path, layer="a")

    return round_trip


def rows(path, statement):
    """What a query finds in the file."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement).fetchall()


def test_no_table_is_refused(tmp_path):
    """An empty GeoPackage says nothing; no file is left."""
    with pytest.raises(DataError):
        write_geopackage(tmp_path / "a.gpkg", {}, metadata={})
    assert [] == list(tmp_path.iterdir())


def test_an_empty_table_keeps_its_columns(written):
    """Zero rows are an answer too."""
    read = written(frame_of([], name=pd.Series([], dtype="str"), area=pd.Series([], dtype=float)))
    assert (0, ["name", "area", "geometry"]) == (len(read), list(read.columns))


def test_one_row_in_lambert_93(written):
    """Metres of EPSG:2154, the id of the index as text."""
    frame = frame_of([SQUARE], name=["é"]).set_index(pd.Index(["007"], name="id"))
    read = written(frame.to_crs(WORK_CRS))
    assert "EPSG:2154" == read.crs.to_string()
    assert [["007", "é"]] == read[["id", "name"]].to_numpy().tolist()
    assert shapely.hausdorff_distance(SQUARE, read.geometry.iloc[0]) < 0.001


def test_types_stay_what_they_are(written):
    """Numbers, days, moments, booleans and text; what is missing or infinite is null."""
    frame = frame_of(
        [SQUARE] * 3,
        whole=[1, 2, 3],
        real=[0.5, np.nan, np.inf],
        day=[dt.date(2026, 1, 2), None, dt.date(1999, 12, 31)],
        moment=pd.to_datetime(["2026-01-02T03:04:05", None, "2026-01-02T03:04:05"]),
        sure=[True, False, True],
        maybe=pd.array([True, None, False], dtype="boolean"),
        loose=[True, None, False],
        text=["007", None, "=1+1"],
        lists=[["a", 1], None, {"b": np.nan}],
        mixed=[1, "a", None],
        nothing=[None, None, None],
    )
    read = written(frame)
    assert [1, 2, 3] == read["whole"].tolist()
    assert pd.api.types.is_integer_dtype(read["whole"])
    assert [0.5, None, None] == plain(read["real"])
    assert "datetime64[ms]" == str(read["day"].dtype)
    assert ["2026-01-02", "NaT", "1999-12-31"] == [str(each)[:10] for each in read["day"]]
    assert "2026-01-02 03:04:05" == str(read["moment"].iloc[0])[:19]
    assert [True, False, True] == read["sure"].tolist()
    assert [True, None, False] == plain(read["maybe"]) == plain(read["loose"])
    assert ["007", None, "=1+1"] == plain(read["text"])
    assert ['["a",1]', None, '{"b":null}'] == plain(read["lists"])
    assert ["1", "a", None] == plain(read["mixed"])
    assert [None, None, None] == plain(read["nothing"])


def plain(values):
    """Text of a column, None where there is none."""
    return [None if pd.isna(each) else each for each in values]


def test_declared_types_are_those_of_the_standard(tmp_path):
    """DATE and BOOLEAN, not text that looks like them."""
    path = tmp_path / "a.gpkg"
    frame = frame_of([SQUARE], day=[dt.date(2026, 1, 2)], sure=[True], area=[1.5], name=["a"])
    write_geopackage(path, {"a": frame}, metadata={})
    declared = {name: kind for _, name, kind, *_ in rows(path, "PRAGMA table_info(a)")}
    assert {
        "fid": "INTEGER",
        "geom": "POLYGON",
        "day": "DATE",
        "sure": "BOOLEAN",
        "area": "REAL",
        "name": "TEXT",
    } == declared
    assert [("2026-01-02",)] == rows(path, "SELECT day FROM a")


@pytest.mark.parametrize(
    ("shapes", "kind"),
    [
        (["POINT (1 2)", "POINT (3 4)"], "Point"),
        (["POINT Z (1 2 9)", None, "POINT EMPTY"], "Point"),
        (["POINT (1 2)", "MULTIPOINT (3 4, 5 6)"], "MultiPoint"),
        (["LINESTRING (0 0, 1 1)", "MULTILINESTRING ((0 0, 1 1))"], "MultiLineString"),
        (["MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", TRIANGLE], "MultiPolygon"),
        (["POINT (1 2)", TRIANGLE], "Unknown"),
        ([None], "Unknown"),
    ],
)
def test_the_kind_of_shapes_is_declared(tmp_path, shapes, kind):
    """One kind where there is one; heights go, empty is null, nothing is lost."""
    path = tmp_path / "a.gpkg"
    drawn = [None if each is None else shapely.from_wkt(each) for each in shapes]
    write_geopackage(path, {"a": frame_of(drawn, n=range(len(drawn)))}, metadata={})
    assert kind == pyogrio.read_info(path, layer="a")["geometry_type"]
    read = pyogrio.read_dataframe(path, layer="a").geometry
    for before, after in zip(drawn, read, strict=True):
        if before is None or before.is_empty:
            assert after is None
        else:
            assert shapely.force_2d(before).equals(after)
            assert not after.has_z


def test_columns_named_as_the_file_names_its_own(written):
    """A partner's `fid` and `geom` columns are kept as columns."""
    read = written(frame_of([SQUARE], fid=["x"], geom=["y"], FID_=["z"]))
    assert ["x", "y", "z"] == read[["fid", "geom", "FID_"]].iloc[0].tolist()


def test_columns_that_differ_in_capitals_only_are_refused(tmp_path):
    """A database takes them for one."""
    with pytest.raises(DataError, match="Nom, nom"):
        write_geopackage(
            tmp_path / "a.gpkg", {"a": frame_of([SQUARE], Nom=["x"], nom=["y"])}, metadata={}
        )


def test_a_frame_without_crs_is_refused(tmp_path):
    """Metres are never assumed; the table is named."""
    with pytest.raises(MissingCrsError, match="zones"):
        write_geopackage(tmp_path / "a.gpkg", {"zones": frame_of([SQUARE], crs=None)}, metadata={})
    assert [] == list(tmp_path.iterdir())


def test_metadata_are_inside_as_json(tmp_path, parcels):
    """In the standard's own table, where GDAL finds them; the same content as in GeoJSON."""
    path = tmp_path / "a.gpkg"
    metadata = {"demo": True, "notice": "DÉMO", "share": np.float64(0.5), "none": np.nan}
    write_geopackage(path, {"parcels": parcels.features}, metadata=metadata)
    expected = {"demo": True, "notice": "DÉMO", "share": 0.5, "none": None}
    (stored,) = rows(path, "SELECT md_scope, mime_type, metadata FROM gpkg_metadata")
    assert ("dataset", "application/json", expected) == (*stored[:2], json.loads(stored[2]))
    assert [("geopackage", 1)] == rows(
        path, "SELECT reference_scope, md_file_id FROM gpkg_metadata_reference"
    )
    seen = pyogrio.read_info(path, layer="parcels")["dataset_metadata"]
    assert expected == json.loads(seen["GPKG_METADATA_ITEM_1"])


def test_the_file_is_a_valid_geopackage(tmp_path, parcels, stops):
    """Checked against the text of the standard, table by table."""
    path = tmp_path / "a.gpkg"
    write_geopackage(
        path,
        {"parcels": parcels.features, "transit_stops": stops.features},
        metadata={"a": 1},
        titles={"parcels": "DEMO – Parcelles"},
    )
    head = path.read_bytes()[:100]
    assert b"SQLite format 3\x00" == head[:16]
    assert b"GPKG" == head[68:72]
    assert 10200 == int.from_bytes(head[60:64])
    assert [("ok",)] == rows(path, "PRAGMA integrity_check")
    assert [] == rows(path, "PRAGMA foreign_key_check")
    assert [
        ("parcels", "features", "DEMO – Parcelles", 2154),
        ("transit_stops", "features", "transit_stops", 2154),
    ] == rows(path, "SELECT table_name, data_type, identifier, srs_id FROM gpkg_contents")
    assert [
        ("parcels", "geom", "POLYGON", 2154, 0, 0),
        ("transit_stops", "geom", "POINT", 2154, 0, 0),
    ] == rows(path, "SELECT * FROM gpkg_geometry_columns")
    systems = {each[0] for each in rows(path, "SELECT srs_id FROM gpkg_spatial_ref_sys")}
    assert {-1, 0, 2154, 4326} <= systems
    extensions = {each[0] for each in rows(path, "SELECT extension_name FROM gpkg_extensions")}
    assert {"gpkg_rtree_index", "gpkg_metadata"} == extensions
    assert [(3,)] == rows(path, "SELECT count(*) FROM rtree_parcels_geom")


def test_the_demonstration_reads_back_the_same(tmp_path):
    """Every layer within a centimetre, in order, with its ids and its values."""
    path, layers = tmp_path / "demo.gpkg", read_layers(DEMO_STORE)
    write_geopackage(path, {name: each.features for name, each in layers.items()}, metadata={})
    assert list(layers) == pyogrio.list_layers(path)[:, 0].tolist()
    for name, layer in layers.items():
        read = pyogrio.read_dataframe(path, layer=name).to_crs(WORK_CRS)
        assert layer.features.index.tolist() == read["id"].tolist()
        expected, met = layer.features.geometry.to_numpy(), read.geometry.to_numpy()
        assert (shapely.hausdorff_distance(expected, met) < 0.01).all()
        for column in layer.features.columns.drop("geometry"):
            values = layer.features[column]
            assert (values.isna().to_numpy() == read[column].isna().to_numpy()).all()
            assert values.dropna().tolist() == read[column].dropna().tolist()


@settings(max_examples=25, deadline=None)
@given(
    corners=st.lists(
        st.tuples(
            st.floats(2.0, 2.6, allow_nan=False), st.floats(49.6, 50.1), st.floats(1e-6, 1e-2)
        ),
        min_size=1,
        max_size=5,
    ),
    text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    number=st.floats(allow_nan=False, allow_infinity=False),
)
def test_degrees_come_back_within_a_centimetre(tmp_path_factory, corners, text, number):
    """A law: whatever the place, text and number."""
    path = tmp_path_factory.mktemp("law") / "a.gpkg"
    shapes = [shapely.box(x, y, x + side, y + side) for x, y, side in corners]
    frame = frame_of(shapes, crs=WEB_CRS, text=[text] * len(shapes), number=number)
    write_geopackage(path, {"a": frame}, metadata={"text": text})
    read = pyogrio.read_dataframe(path, layer="a").to_crs(WEB_CRS)
    assert (shapely.hausdorff_distance(np.array(shapes), read.geometry.to_numpy()) < 1e-8).all()
    assert [(text, number)] * len(shapes) == list(zip(read["text"], read["number"], strict=True))


def test_equal_frames_make_equal_bytes(tmp_path, parcels, stops):
    """No clock, no chance, and a file there is replaced."""
    frames = {"parcels": parcels.features, "transit_stops": stops.features}
    for name in ("a", "b", "b"):
        write_geopackage(tmp_path / f"{name}.gpkg", frames, metadata={"a": 1})
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert ["a.gpkg", "b.gpkg"] == sorted(each.name for each in tmp_path.iterdir())


def test_the_frame_is_left_as_it_was(tmp_path, parcels):
    """A function never changes what it is given."""
    before = parcels.features.copy(deep=True)
    write_geopackage(tmp_path / "a.gpkg", {"a": parcels.features}, metadata={})
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(parcels.features))


@pytest.mark.parametrize("failing", ["_verify", "write_metadata", "_write_table"])
def test_whatever_fails_the_earlier_file_stays(tmp_path, parcels, monkeypatch, failing):
    """A full disk ends in our error, with nothing left beside the old bytes."""
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"old")

    def fail(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(geopackage, failing, fail)
    with pytest.raises(StoreError, match="intact"):
        write_geopackage(path, {"a": parcels.features}, metadata={})
    assert b"old" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_folder_that_does_not_exist(tmp_path, parcels):
    """The name of the file is said, no folder is."""
    with pytest.raises(StoreError) as caught:
        write_geopackage(tmp_path / "no" / "a.gpkg", {"a": parcels.features}, metadata={})
    assert "a.gpkg" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_short_file_is_noticed(tmp_path, parcels, monkeypatch):
    """A row less than was given is an error, not a smaller layer."""
    write = geopackage._write_table  # noqa: SLF001 - a disk that swallows rows
    monkeypatch.setattr(
        geopackage, "_write_table", lambda path, frame, **named: write(path, frame[1:], **named)
    )
    with pytest.raises(StoreError):
        write_geopackage(tmp_path / "a.gpkg", {"a": parcels.features}, metadata={})
    assert [] == list(tmp_path.iterdir())
