import json

import pytest

from geodata.command_line import application, run
from geodata.fetching.command import PARTIAL, add_fetch
from geodata.language import Text
from geodata.store import read_layers
from tests.geodata.fetching.conftest import Reply


@pytest.fixture
def command(capsys, monkeypatch, tmp_path):
    """Function that runs the command and gives exit code, output and error output."""
    monkeypatch.setenv("TECHNOPOLE_CACHE", str(tmp_path / "cache"))

    def call(*words):
        app = application(Text("Essai.", "Test."))
        add_fetch(app)
        app.command("other")(lambda: None)
        with pytest.raises(SystemExit) as ended:
            run(app, name="geodata", arguments=["fetch", *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


@pytest.mark.usefixtures("town", "quick_reader")
def test_done(command, tmp_path):
    """Exit 0: the summary on the output, progress on the error output."""
    store = tmp_path / "s.gpkg"
    words = ("--commune", "80021", "--only", "parcels,osm", "--store", store)
    code, out, err = command(*words, "--lang", "en")
    assert 0 == code
    assert "cadastre – Cadastre (Etalab): done · parcels (3)" in out.replace(" : ", ": ")
    assert "municipality 80021" in err
    assert {"parcels", "shops", "hotels"} == set(read_layers(store))


@pytest.mark.usefixtures("quick_reader")
def test_one_service_failed(command, server, town, tmp_path):
    """Exit 3; the reason and what to do; the other layers are there."""
    server.play("/api/interpreter", Reply(b"<html>busy</html>", kind="text/html"))
    store = tmp_path / "s.gpkg"
    words = ("--commune", "80021", "--only", "parcels,osm", "--store", store)
    code, out, _ = command(*words, "--json", "--lang", "en")
    rows = {each["service"]: each for each in json.loads(out)}
    assert (PARTIAL, "done", "failed") == (
        code,
        rows["cadastre"]["outcome"],
        rows["osm"]["outcome"],
    )
    assert "text/html" in rows["osm"]["faults"][0]
    assert {"parcels"} == set(read_layers(store))
    assert town


def test_a_dry_run_asks_nobody(command, server):
    """Method, address, paging, licence, unverified; no store needed, none made."""
    code, out, err = command("--epci", "248000531", "--only", "plu", "--dry-run", "--lang", "en")
    assert (0, "") == (code, err)
    assert "unverified address" in out
    assert "None of these services could be called" in out
    assert [] == server.asked
    code, out, _ = command("--commune", "80021", "--dry-run", "--json")
    assert {False} == {each["verified"] for each in json.loads(out)}


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--commune", "80021", "--epci", "248000531", "--dry-run"),
        ("--commune", "80021"),
        ("--commune", "Amiens", "--dry-run"),
        ("--epci", "1", "--dry-run"),
        ("--commune", "80021", "--only", "parcel", "--dry-run"),
    ],
)
def test_bad_requests(command, server, words):
    """Exit 2 and what to write instead; nobody is asked."""
    code, out, err = command(*words)
    assert (2, "") == (code, out)
    assert err
    assert [] == server.asked
