"""The command that says what must change."""

import json
from pathlib import Path

import pytest

from geodata.command_line import run
from geodata.store import write_layers
from zones.__main__ import app
from zones.change_command import NO_CHANGE
from zones.projects import EXAMPLES, read_project

FRONT = "80021000ZX0012,80021000ZX0013"
WORKSHOP, STORE = EXAMPLES / "battery_workshop.yaml", EXAMPLES / "food_store.yaml"


@pytest.fixture
def change(capsys, tmp_path, monkeypatch):
    """Function that runs ``change`` in an empty folder and gives code, output, error output."""
    monkeypatch.chdir(tmp_path)

    def call(*words, parcels=FRONT, project=WORKSHOP):
        given = ["change", "--parcels", parcels, "--project", project, *words]
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m zones", arguments=[str(each) for each in given])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_the_answer_is_printed(change):
    """A headline first; the code says whether something is enough."""
    code, out, _ = change("--lang", "en")
    assert code in (0, NO_CHANGE)
    assert out.startswith("What must change? (Mandatory)\n")
    assert change()[1].startswith("Que faut-il changer\u00a0? (Obligations)\n")


def test_json_is_plain_data(change):
    """Status, changes and weights; the code follows the status."""
    for words in ((), ("--all",)):
        code, out, _ = change("--format", "json", *words)
        found = json.loads(out)
        assert ("all" if words else "mandatory") == found["goal"]
        assert "2026-11-16" == found["day"]
        assert (code == NO_CHANGE) == (found["status"] in ("conflict", "unconfirmed"))


def test_the_project_changed_asks_for_nothing_more(change):
    """Written, read again and asked again: what was proposed is enough."""
    code, out, _ = change("--format", "json", "--all", "--out", "changed.yaml")
    first = json.loads(out)
    assert first["changes"]
    named = {each["field"]: each["proposed"] for each in first["changes"]}
    values = read_project(Path("changed.yaml")).values
    assert named == {name: values[name] for name in named}
    again, out, _ = change("--format", "json", "--all", project="changed.yaml")
    second = json.loads(out)
    assert (code, []) == (again, second["changes"])
    assert first["set_aside"] == second["set_aside"]


def test_locks_are_kept_and_checked(change):
    """A locked field is in no change; an unknown one is refused."""
    _, out, _ = change("--format", "json", "--all")
    names = [each["field"] for each in json.loads(out)["changes"]]
    _, out, _ = change("--format", "json", "--all", "--lock", ",".join(names))
    assert not {each["field"] for each in json.loads(out)["changes"]} & set(names)
    code, out, err = change("--lock", "parking", "--lang", "en")
    assert (2, "") == (code, out)
    assert "parking_area" in err


def test_no_change_has_its_own_code(change):
    """Every lever of the store locked, outside the poles: nothing is enough."""
    _, out, _ = change("--format", "json", "--all", project=STORE)
    levers = json.loads(out)["levers"]
    code, out, _ = change("--all", "--lock", ",".join(levers), project=STORE)
    assert NO_CHANGE == code
    assert "Aucune modification" in out


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ((), {"parcels": "80021000ZX9999"}),
        (("--date", "hier"), {}),
        (("--out", "nowhere/changed.yaml"), {}),
        ((), {"project": "none.yaml"}),
    ],
)
def test_bad_input_is_refused(change, words, options):
    """One message, code 2, nothing printed and nothing written."""
    code, out, err = change(*words, **options)
    assert (2, "") == (code, out)
    assert err.strip()
    assert not Path("changed.yaml").exists()


def test_a_store_without_parcels_is_refused(change, demo_layers, tmp_path):
    """With what to do."""
    path = tmp_path / "other.gpkg"
    write_layers(path, [demo_layers["zones"]])
    code, _, err = change("--store", path)
    assert 2 == code
    assert "geodata import" in err
