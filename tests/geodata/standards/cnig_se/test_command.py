import json
from pathlib import Path

import pytest

from geodata.__main__ import app
from geodata.command_line import run
from geodata.standards.cnig_se.command import registry_beside
from geodata.store import DEMO_STORE


def command(capsys, *words):
    """Exit code, output and error output of a command."""
    with pytest.raises(SystemExit) as ended:
        run(app, name="geodata", arguments=[str(each) for each in words])
    return ended.value.code, *capsys.readouterr()


def test_a_delivery_is_written_and_accepted(tmp_path, capsys):
    """Files on the output, the verdict beside; the check agrees in one JSON document."""
    out = tmp_path / "livraison"
    code, files, said = command(
        capsys, "export", "--standard", "cnig-se", "--out", out, "--profile", "public",
        "--date", "2026-11-23",
    )  # fmt: skip
    assert 0 == code
    assert all(Path(each).is_file() for each in files.splitlines())
    assert "livraison acceptée" in said
    code, text, _ = command(capsys, "check", "--standard", "cnig-se", out, "--json")
    assert (0, "accepted") == (code, json.loads(text)["outcome"])


@pytest.mark.parametrize(
    "words", [("--date", "hier"), ("--siren", "123:Ailleurs"), ("--siren", "200071223")]
)
def test_bad_options_are_usage_errors(tmp_path, capsys, words):
    """Exit 2 and nothing written."""
    out = tmp_path / "livraison"
    code, _, said = command(capsys, "export", "--standard", "cnig-se", "--out", out, *words)
    assert (2, False) == (code, out.exists())
    assert words[0] in said


def test_a_delivery_with_errors_exits_with_one(tmp_path, capsys):
    """And says the line, the column and the value."""
    path = tmp_path / "pole-eco.csv"
    path.write_text("pole_id;pole_nom;pole_vocadomi\nPATATE;Pôle;artisanale\n", encoding="utf-8")
    code, said, _ = command(capsys, "check", "--standard", "cnig-se", path)
    assert 1 == code
    assert "ligne 2, pole_id" in said


def test_identifiers_are_kept_beside_the_store(tmp_path):
    """Beside the delivery for the demonstration and for a database."""
    out = tmp_path / "livraison"
    beside = tmp_path / "livraison-cnig-se-identifiants.json"
    assert beside == registry_beside(DEMO_STORE, out)
    assert beside == registry_beside("postgresql://hote/base", out)
    store = tmp_path / "base" / "metropole.gpkg"
    assert store.with_name("metropole-cnig-se-identifiants.json") == registry_beside(store, out)


def test_lands_are_held_to_the_parcels_of_a_store(tmp_path, capsys):
    """A land that names the parcel beside is an error only where the cadastre is given."""
    out = tmp_path / "livraison"
    command(capsys, "export", "--standard", "cnig-se", "--out", out, "--date", "2026-11-23")
    (out / "DEMO_sites_economiques.gpkg").unlink()
    path = out / "DEMO_terrain-eco.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(";80021000ZX0762;", ";80021000ZX0001;"), encoding="utf-8")
    assert 0 == command(capsys, "check", "--standard", "cnig-se", out)[0]
    code, said, _ = command(
        capsys, "check", "--standard", "cnig-se", out, "--store", DEMO_STORE, "--json"
    )
    assert 1 == code
    found = json.loads(said)["findings"]
    assert [("parcel_ground", "80021000ZX0762")] == [(e["rule"], e["suggestion"]) for e in found]
