import csv
import dataclasses
import io
import json
import warnings
from itertools import pairwise

import geojson_pydantic
import geopandas as gpd
import pyogrio
import pytest
import shapely

from geodata.__main__ import app
from geodata.command_line import run
from geodata.crs import WORK_CRS
from geodata.errors import SelectionError, StoreError
from geodata.store import DEMO_STORE, read_layers, write_layers
from geodata.writing.command import chosen_layers, export_layers


@pytest.fixture
def command(capsys):
    """Function that runs ``export`` and gives exit code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m geodata", arguments=["export", *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


@pytest.fixture
def store(tmp_path, parcels, stops):
    """Store of three parcels and two stops."""
    path = tmp_path / "s.gpkg"
    write_layers(path, [parcels, stops])
    return path


@pytest.fixture
def named_company(tmp_path):
    """Store of one establishment, named after the person who trades there."""
    companies = read_layers(DEMO_STORE, only=["companies"])["companies"]
    one = companies.features.iloc[:1].assign(name="Jeanne Martin", legal_form="1000")
    path = tmp_path / "companies.gpkg"
    edition = dataclasses.replace(companies.edition, rows=1)
    write_layers(path, [dataclasses.replace(companies, features=one, edition=edition)])
    return path


def lint(text):
    """What an independent linter, and the rules it leaves out, find in a GeoJSON text."""

    def members(pairs):
        names = [name for name, _ in pairs]
        found.extend(f"twice: {name}" for name in names if names.count(name) > 1)
        return dict(pairs)

    found = []
    document = json.loads(text, object_pairs_hook=members, parse_constant=found.append)
    collection = geojson_pydantic.FeatureCollection.model_validate(document)
    if "crs" in document:
        found.append("crs")
    identifiers = [each.id for each in collection.features]
    if len(set(identifiers)) != len(identifiers) or None in identifiers:
        found.append("ids")
    for feature in document["features"]:
        for polygon in polygons(feature["geometry"]):
            for rank, ring in enumerate(polygon):
                if (signed_area(ring) > 0) != (rank == 0):
                    found.append(f"right-hand rule: {feature['id']}")
    return found


def polygons(geometry):
    """Rings of each polygon of a geometry."""
    if geometry["type"] == "GeometryCollection":
        return [rings for each in geometry["geometries"] for rings in polygons(each)]
    one = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}
    return one.get(geometry["type"], [])


def signed_area(ring):
    """Shoelace formula: positive when counter-clockwise."""
    west, south = ring[0]
    moved = [(x - west, y - south) for x, y in ring]
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(moved))


def test_the_linter_sees():
    """It would not be worth much otherwise."""
    ring = "[[0,0],[0,1],[1,1],[0,0]]"
    feature = (
        '{"type":"Feature","id":"a","id":"a","properties":{},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
    )
    text = f'{{"type":"FeatureCollection","crs":null,"features":[{feature},{feature}]}}'
    expected = {"twice: id", "crs", "ids", "right-hand rule: a"}
    assert expected == set(lint(text))
    with pytest.raises(ValueError, match="at least 4 items"):
        lint(text.replace(",[0,0]]", "]"))


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_every_layer_of_the_demonstration_passes_the_linter(tmp_path, profile):
    """Nothing found in any GeoJSON, for any recipient."""
    layers = read_layers(DEMO_STORE)
    written = export_layers(
        tmp_path / "out", layers, output="geojson", profile=profile, language="fr"
    )
    assert [f"{name}.geojson" for name in layers] == [each.name for each in written]
    found = {each.name: lint(each.read_text(encoding="utf-8")) for each in written}
    assert {name: [] for name in found} == found


def test_one_geojson_reads_back_within_a_centimetre(tmp_path, command, store, parcels):
    """The path is all that is printed; the label is inside."""
    out = tmp_path / "p.geojson"
    code, said, told = command("--layer", "parcels", "--store", store, "--out", out)
    assert (0, f"{out}\n", "1 couche(s), 3 objets exportés.\n") == (code, said, told)
    document = json.loads(out.read_text(encoding="utf-8"))
    assert [] == lint(out.read_text(encoding="utf-8"))
    assert document["metadata"]["demo"] is True
    assert "DEMO – Parcelles" == document["metadata"]["title"]
    assert document["metadata"]["notice"].startswith("DÉMONSTRATION")
    read = gpd.read_file(out).to_crs(WORK_CRS)
    expected = parcels.features
    assert list(expected.index) == read["id"].tolist()
    distances = shapely.hausdorff_distance(expected.geometry.to_numpy(), read.geometry.to_numpy())
    assert (distances < 0.01).all()
    assert (expected["contenance"].isna().to_numpy() == read["contenance"].isna().to_numpy()).all()


def test_one_geopackage_holds_all(tmp_path, command, store, parcels):
    """Tables by layer id, DEMO in the title, days as days, GDAL without a warning."""
    out = tmp_path / "all.gpkg"
    assert 0 == command("--store", store, "--out", out, "--lang", "en")[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ["parcels", "transit_stops"] == pyogrio.list_layers(out)[:, 0].tolist()
        read = pyogrio.read_dataframe(out, layer="parcels")
        info = pyogrio.read_info(out, layer="parcels")
    assert "EPSG:2154" == info["crs"]
    assert "datetime64" in str(read["updated"].dtype)
    assert list(parcels.features.index) == read["id"].tolist()
    inside = json.loads(info["dataset_metadata"]["GPKG_METADATA_ITEM_1"])
    assert "DEMO – Parcels · DEMO – Transit stops" == inside["title"]
    moved = read.to_crs(WORK_CRS).geometry.to_numpy()
    expected = parcels.features.geometry.to_numpy()
    assert (shapely.hausdorff_distance(expected, moved) < 0.01).all()


def test_metadata_are_the_same_in_both_formats(tmp_path, command, store):
    """A partner reads the same terms in either file."""
    paths = [tmp_path / "p.geojson", tmp_path / "p.gpkg"]
    for out in paths:
        assert 0 == command("--layer", "parcels", "--store", store, "--out", out)[0]
    inside = pyogrio.read_info(paths[1])["dataset_metadata"]["GPKG_METADATA_ITEM_1"]
    assert json.loads(paths[0].read_text(encoding="utf-8"))["metadata"] == json.loads(inside)


def test_csv_runs_no_formula_and_says_where(tmp_path, command, store, stops):
    """Text that starts a formula is neutralised; place and size stand in the last columns."""
    stops.features["name"] = ["=cmd|' /C calc'!A0", "É;té"]
    write_layers(store, [stops])
    out = tmp_path / "stops.csv"
    assert 0 == command("--layer", "transit_stops", "--store", store, "--out", out)[0]
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    text = out.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert ["'=cmd|' /C calc'!A0", "É;té"] == [each["name"] for each in rows]
    assert ["8.0", ""] == [each["headway_min"] for each in rows]
    assert all(2.2 < float(each["longitude"]) < 2.4 for each in rows)
    assert all(49.8 < float(each["latitude"]) < 50.0 for each in rows)


def test_several_files_go_into_a_folder(tmp_path, command, store):
    """Made when there is none; a folder that is there takes a single layer too."""
    out = tmp_path / "out"
    code, said, _ = command("--store", store, "--format", "csv", "--out", out)
    assert (0, ["parcels.csv", "transit_stops.csv"]) == (
        code,
        sorted(each.name for each in out.iterdir()),
    )
    assert 2 == len(said.splitlines())
    assert 0 == command("--store", store, "--layer", "parcels", "--out", out)[0]
    assert (out / "parcels.geojson").is_file()


def test_unknown_layers_are_named_with_the_nearest(tmp_path, command, store):
    """All at once, exit 2, nothing written."""
    out = tmp_path / "x.gpkg"
    code, said, told = command(
        "--layer", "parcel", "--layer", "zonnes", "--store", store, "--out", out, "--lang", "en"
    )
    assert (2, "", 2) == (code, said, len(told.splitlines()))
    assert "Did you mean “parcels”?" in told
    assert "Did you mean “zones”?" in told
    assert not out.exists()


def test_a_layer_that_the_store_lacks(tmp_path, command, store):
    """The message says what it holds."""
    code, _, told = command("--layer", "zones", "--store", store, "--out", tmp_path / "x.csv")
    assert 2 == code
    assert "Elle contient : parcels, transit_stops." in told


def test_an_empty_store(tmp_path, monkeypatch):
    """Nothing to export is an error, not an empty file."""
    monkeypatch.setattr("geodata.writing.command.read_layers", lambda *_, **__: {})
    with pytest.raises(SelectionError):
        chosen_layers(tmp_path / "s.gpkg", None)


def test_the_store_is_never_overwritten(command, store):
    """Its own name as --out is refused, and it stays byte for byte."""
    before = store.read_bytes()
    code, _, told = command("--store", store, "--out", store)
    assert (2, before) == (code, store.read_bytes())
    assert "--out" in told


def test_a_folder_that_cannot_be_made(tmp_path, command, store):
    """A file stands where the folder would go, or the folder above is missing."""
    taken = tmp_path / "taken"
    taken.write_text("x", encoding="utf-8")
    for out in (taken, tmp_path / "no" / "out", tmp_path / "no" / "p.gpkg"):
        code, _, told = command("--store", store, "--out", out)
        assert 2 == code
        assert str(tmp_path) not in told
    assert "x" == taken.read_text(encoding="utf-8")


def test_all_the_files_or_none(tmp_path, parcels, stops):
    """The second layer fails: the first file is as it was."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "parcels.csv").write_text("old", encoding="utf-8")
    (out / "transit_stops.csv").mkdir()
    with pytest.raises(StoreError):
        export_layers(
            out,
            {"parcels": parcels, "transit_stops": stops},
            output="csv",
            profile="public",
            language="fr",
        )
    assert "old" == (out / "parcels.csv").read_text(encoding="utf-8")


def test_names_of_persons_leave_in_internal_files_only(tmp_path, command, named_company):
    """Partner is what is meant when nothing is said."""
    for words, expected in (
        ([], False),
        (["--profile", "public"], False),
        (["--profile", "partner"], False),
        (["--profile", "internal"], True),
    ):
        for name in ("c.csv", "c.gpkg", "c.geojson"):
            out = tmp_path / name
            assert 0 == command("--store", named_company, "--out", out, *words)[0]
            assert expected == (b"Jeanne Martin" in out.read_bytes())


@pytest.mark.parametrize("words", [["--format", "shp"], ["--profile", "everyone"]])
def test_words_that_are_none(tmp_path, command, words):
    """Formats and recipients are a closed list."""
    assert 2 == command("--out", tmp_path / "x", *words)[0]
