import zipfile

import geopandas as gpd
import openpyxl
import pytest
import shapely

from geodata.errors import FileFormatError
from geodata.reading.tables import read_tables


@pytest.fixture
def lambert(raw_parcels):
    """The three parcels in Lambert-93, with a French column."""
    return raw_parcels[["id", "numero", "geometry"]].assign(nom="é").to_crs("EPSG:2154")


def only(path, **options):
    """The one table of a file."""
    (table,) = read_tables(path, **options)
    return table


@pytest.mark.parametrize(
    ("name", "driver", "kind"),
    [
        ("p.gpkg", "GPKG", "gpkg"),
        ("p.shp", "ESRI Shapefile", "shapefile"),
        ("p.tab", "MapInfo File", "mapinfo"),
        ("p.mif", "MapInfo File", "mif"),
        ("p.geojson", "GeoJSON", "geojson"),
    ],
)
def test_every_format_gives_the_same_table(tmp_path, lambert, name, driver, kind):
    """Three parcels with their texts, where they are."""
    lambert.to_file(tmp_path / name, driver=driver)
    table = only(tmp_path / name)
    assert (kind, 3) == (table.format, table.rows)
    assert lambert["id"].tolist() == table.frame["id"].tolist()
    assert ["é"] * 3 == table.frame["nom"].tolist()
    away = table.frame.to_crs("EPSG:2154").distance(lambert.reset_index(drop=True))
    assert away.max() < 0.02


def test_parquet_gives_the_same_table(tmp_path, lambert):
    """Read outside GDAL."""
    lambert.to_parquet(tmp_path / "p.parquet")
    table = only(tmp_path / "p.parquet")
    assert ("geoparquet", "EPSG:2154") == (table.format, table.frame.crs.to_string())
    assert lambert["id"].tolist() == table.frame["id"].tolist()


def test_a_shapefile_is_read_zipped_in_capitals_and_from_any_part(tmp_path, lambert):
    """The loose files, an archive, the .dbf."""
    lambert.to_file(tmp_path / "p.shp")
    archive = tmp_path / "z.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for part in tmp_path.glob("p.*"):
            target.write(part, f"Dossier/{part.name.upper()}")
    for path in (archive, tmp_path / "p.dbf", tmp_path / "p.shx"):
        table = only(path)
        assert ("shapefile", "EPSG:2154", 3) == (
            table.format,
            table.frame.crs.to_string(),
            table.rows,
        )
    assert "P" == only(archive).name


@pytest.mark.parametrize(
    ("missing", "kind"), [("shx", "missing_companion"), ("prj", "crs_missing")]
)
def test_a_shapefile_without_a_part_says_so(tmp_path, lambert, missing, kind):
    """The index is made again; the system is asked for, and taken from the user."""
    lambert.to_file(tmp_path / "p.shp")
    (tmp_path / f"p.{missing}").unlink()
    assert kind in {each.kind for each in only(tmp_path / "p.shp").defects}
    named = only(tmp_path / "p.shp", crs="EPSG:2154")
    assert ("EPSG:2154", 3) == (named.frame.crs.to_string(), len(named.frame))


def test_a_kml_is_wgs84_with_heights(tmp_path):
    """As its standard says; KMZ is unpacked by us."""
    text = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>a</name><Point>'
        "<coordinates>2.3,49.9,30</coordinates></Point></Placemark></Document></kml>"
    )
    (tmp_path / "p.kml").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "p.kmz", "w") as target:
        target.writestr("doc.kml", text)
    for name in ("p.kml", "p.kmz"):
        table = only(tmp_path / name)
        assert "EPSG:4326" == table.frame.crs.to_string()
        assert [shapely.Point(2.3, 49.9)] == table.frame.geometry.tolist()
        assert ["has_z"] == [each.kind for each in table.defects]


def test_a_dxf_asks_for_its_system(tmp_path, lambert):
    """A drawing never says it."""
    lambert[["geometry"]].to_file(tmp_path / "p.dxf", driver="DXF")
    (found,) = only(tmp_path / "p.dxf").defects
    assert ("crs_missing", True) == (found.kind, found.is_fatal)
    assert "EPSG:2154" in found.remedy.fr
    assert 3 == len(only(tmp_path / "p.dxf", crs="EPSG:2154").frame)


def test_sheets_are_tables(tmp_path):
    """Texts stay texts, numbers numbers; a sheet without rows is none."""
    book = openpyxl.Workbook()
    for row in (["insee", "lon", "lat"], ["02691", 2.3, 49.9], ["80021", "2,31", None]):
        book.active.append(row)
    book.create_sheet("Vide")
    book.save(tmp_path / "p.xlsx")
    table = only(tmp_path / "p.xlsx")
    assert ("xlsx", "p", 2) == (table.format, table.name, table.rows)
    assert ["02691"] == table.frame["insee"].tolist()
    assert ["null_geometry"] == [each.kind for each in table.defects]


def test_a_timetable_is_its_tables(tmp_path):
    """All texts, none placed."""
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as target:
        target.writestr("stops.txt", "\ufeffstop_id,stop_name\n01,Gare\n")
        target.writestr("routes.txt", "route_id\nR\n")
        target.writestr("fare_rules.txt", "fare_id\nF\n")
    tables = read_tables(tmp_path / "g.zip")
    assert {"stops", "routes"} == {each.name for each in tables}
    assert {"gtfs"} == {each.format for each in tables}
    (stops,) = [each for each in tables if each.name == "stops"]
    assert {"stop_id": ["01"], "stop_name": ["Gare"]} == stops.frame.to_dict("list")
    assert not isinstance(stops.frame, gpd.GeoDataFrame)


def test_one_bad_table_does_not_lose_the_others(tmp_path):
    """It is told beside them."""
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as target:
        target.writestr("a.csv", "a,lon,lat\n1,2.3,49.9\n")
        target.writestr("b.geojson", "{")
    (table,) = read_tables(tmp_path / "z.zip")
    assert "a" == table.name
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as target:
        target.writestr("b.geojson", "{")
    with pytest.raises(FileFormatError, match=r"^y\.zip"):
        read_tables(tmp_path / "y.zip")
