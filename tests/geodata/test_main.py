import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.__main__ import app
from geodata.command_line import run
from geodata.store import DEMO_STORE, read_layers, write_layers


@pytest.fixture
def command(capsys):
    """Function that runs the command line and gives exit code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m geodata", arguments=[str(word) for word in words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_a_cadastre_goes_in_and_is_listed(tmp_path, command, cadastre, write_json):
    """The store is made; the layer shows its count, edition, share and coverage."""
    file, store = write_json(cadastre), tmp_path / "s.gpkg"
    code, out, _ = command("import", file, "--as", "parcels", "--store", store)
    assert 0 == code
    assert out.startswith("parcelles.geojson\u00a0: lu, avec remarques. 3 ligne(s) lue(s).")
    code, listed, _ = command("layers", "--store", store)
    assert 0 == code
    assert re.match(
        r"parcels – Parcelles : 3 objets · parcelles\.geojson, 2024-03-01, DGFiP", listed
    )
    code, english, _ = command("layers", "--store", store, "--lang", "en")
    assert "parcels – Parcels: 3 features" in english
    assert "demonstration 0%" in english


def test_the_list_for_machines(tmp_path, command, parcels, stops):
    """One entry per layer, with its edition and its faults."""
    store = tmp_path / "s.gpkg"
    write_layers(store, [parcels, stops])
    code, out, _ = command("layers", "--store", store, "--json")
    listed = json.loads(out)
    assert 0 == code
    assert "s.gpkg" == listed["store"]
    assert [("parcels", 3, 1.0, 100.0, []), ("transit_stops", 2, 1.0, 100.0, [])] == [
        (each["id"], each["features"], each["demo_share"], each["coverage_ha"], each["faults"])
        for each in listed["layers"]
    ]
    assert "2026-01-01" == listed["layers"][0]["edition"]["date"]


def test_importing_keeps_the_other_layers(tmp_path, command, cadastre, write_json, stops):
    """A new cadastre does not cost the stops."""
    store = tmp_path / "s.gpkg"
    write_layers(store, [stops])
    assert 0 == command("import", write_json(cadastre), "--as", "parcels", "--store", store)[0]
    assert ["parcels", "transit_stops"] == list(read_layers(store))


def test_a_refused_file_leaves_the_store_alone(tmp_path, command, cadastre, write_json, parcels):
    """One line per fault, exit 2, nothing written."""
    store = tmp_path / "s.gpkg"
    write_layers(store, [parcels])
    before = store.read_bytes()
    cadastre["features"] = cadastre["features"][:2]
    cadastre["features"][0]["geometry"] = None
    cadastre["features"][1]["geometry"] = {"type": "Polygon", "coordinates": []}
    code, out, err = command(
        "import", write_json(cadastre), "--as", "parcels", "--store", store, "--lang", "en"
    )
    assert (2, "") == (code, out)
    assert "80021000ZX0001" in err
    assert "80021000ZX0002" in err
    assert before == store.read_bytes()


def test_a_refused_file_creates_no_store(tmp_path, command, write_json):
    """Nothing half-written."""
    store = tmp_path / "s.gpkg"
    assert 2 == command("import", write_json("{"), "--as", "parcels", "--store", store)[0]
    assert not store.exists()


def test_the_demonstration_is_not_written_to(command, cadastre, write_json):
    """Real parcels never mix with the packaged fictitious ones by accident."""
    code, _, err = command("import", write_json(cadastre), "--as", "parcels", "--store", DEMO_STORE)
    assert 2 == code
    assert "démonstration" in err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["layers", "--store", "absent.gpkg"], "absent.gpkg"),
        (["import", "absent.json", "--as", "parcels", "--store", "s.gpkg"], "absent.json"),
        (["import", "absent.json", "--as", "parcelles", "--store", "s.gpkg"], "« parcels »"),
        (["import", "absent.json", "--as", "parcels"], "--store"),
        (["import", "absent.json", "--store", "s.gpkg"], "absent.json"),
        (["import", "absent.json", "--mapping", "m", "--store", "s.gpkg"], "« m »"),
        (["check"], "files"),
    ],
)
def test_bad_input_is_named(command, words, expected, tmp_path, monkeypatch):
    """A missing file, a layer nobody knows, an option left out: exit 2, with a remedy."""
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*words)
    assert (2, "") == (code, out)
    assert expected in err
    assert [] == list(tmp_path.iterdir())


def test_coordinates_in_metres_are_read_when_named(tmp_path, command, cadastre, write_json):
    """The remedy proposed by the refusal works as it is written."""
    for feature, west in zip(cadastre["features"], (0, 25, 60), strict=True):
        x, y = 649_658 + west, 6_977_032
        ring = [[x, y], [x + 20, y], [x + 20, y + 20], [x, y + 20], [x, y]]
        feature["geometry"]["coordinates"] = [ring]
    file, store = write_json(cadastre), tmp_path / "s.gpkg"
    code, _, err = command("import", file, "--as", "parcels", "--store", store)
    assert 2 == code
    assert "--crs EPSG:2154" in err
    words = ("import", file, "--as", "parcels", "--store", store, "--crs", "EPSG:2154")
    assert 0 == command(*words)[0]


def test_the_module_runs_as_a_command():
    """`python -m geodata` on a fresh shell, from the project's folder."""
    ended = subprocess.run(
        [sys.executable, "-m", "geodata", "import", "--help"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    assert 0 == ended.returncode
    assert "python -m geodata import" in ended.stdout


def test_many_files_are_checked_in_one_call(command, cadastre, write_json, tmp_path):
    """A JSON line each, in order, exit 0 whatever the outcome."""
    good, bad = write_json(cadastre), write_json("{", "bad.json")
    code, out, _ = command("check", good, bad, tmp_path / "absent.csv", "--json")
    lines = [json.loads(each) for each in out.splitlines()]
    assert 0 == code
    assert ["loaded_with_report", "refused", "refused"] == [each["outcome"] for each in lines]
    assert ["etalab_parcels", None, None] == [each["layout"] for each in lines]
    assert [3, 0, 0] == [each["rows"] for each in lines]
    keys = ["file", "outcome", "layout", "rows", "crs", "defects", "message"]
    assert keys == list(lines[0])
    assert ["kind", "count", "where", "remedy"] == list(lines[0]["defects"][0])


def test_an_import_says_what_it_did_to_a_machine(command, cadastre, write_json, tmp_path):
    """The keys of a check, and the editions."""
    store = tmp_path / "s.gpkg"
    words = ("import", write_json(cadastre), "--store", store, "--json")
    code, out, _ = command(*words)
    said = json.loads(out)
    assert (0, 3) == (code, said["rows"])
    assert [("parcels", 3)] == [(each["layer"], each["rows"]) for each in said["editions"]]


def test_a_repair_is_applied_on_request_only(command, cadastre, write_json, tmp_path):
    """The bow tie is set aside, or repaired."""
    ring = [[2.3, 49.89], [2.301, 49.891], [2.301, 49.89], [2.3, 49.891], [2.3, 49.89]]
    cadastre["features"][1]["geometry"]["coordinates"] = [ring]
    file, store = write_json(cadastre), tmp_path / "s.gpkg"
    rows = []
    for words in ((), ("--repair",)):
        _, out, _ = command("import", file, "--store", store, "--json", *words)
        rows.append(json.loads(out)["rows"])
    assert [2, 3] == rows
