"""The official files of « Sites économiques »: schema, template and examples."""

import csv
import datetime as dt
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from frictionless import Dialect, Resource, Schema, formats, system

from geodata.__main__ import app
from geodata.command_line import run
from geodata.standards.cnig_se import check_delivery
from geodata.standards.cnig_se.export import export_cnig_se
from geodata.standards.cnig_se.standard import standard
from geodata.store import DEMO_STORE, read_layers

pytestmark = pytest.mark.real_data

TABLES = {name: table.file for name, table in standard().tables.items()}


@pytest.fixture(scope="module")
def official(real_data):
    """Folder of the official files."""
    return real_data / "cnig-sites-economiques"


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """Delivery of the demonstration."""
    folder = tmp_path_factory.mktemp("livraison")
    export_cnig_se(read_layers(DEMO_STORE), folder, day=dt.date(2026, 11, 23))
    return folder


def described(official, table):
    """Official schema of a table."""
    return json.loads((official / f"{TABLES[table]}__schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_lists_are_the_official_ones(official, table):
    """Same columns in the same order, same values of every list, unchecked ones included."""
    fields = described(official, table)["fields"]
    mine = standard().tables[table]
    assert [each["name"] for each in fields] == list(mine.columns)
    for field in fields:
        values = field.get("enum") or field["constraints"].get("enum")
        column = mine.columns[field["name"]]
        if column.kind == "list":
            assert tuple(values) == standard().values(column.list)
        elif values:
            assert ["oui", "non"] == values
            assert "yes_no" == column.kind


@pytest.mark.parametrize("table", TABLES)
def test_the_geopackage_follows_the_template(official, ours, table):
    """Names, order and types of the template, and nothing more but the column it lacks."""

    def columns(path):
        with sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True) as database:
            return [(r[1], r[2]) for r in database.execute(f"PRAGMA table_info({table})")]

    mine = columns(ours / "DEMO_sites_economiques.gpkg")
    lacking = [each for each in mine if each[0] == "terr_url_cartofriches"]
    assert (1 if table == "terrain_eco" else 0) == len(lacking)
    assert columns(official / "sites_economiques.gpkg") == [e for e in mine if e not in lacking]


@pytest.mark.parametrize("table", TABLES)
def test_the_official_schema_accepts_our_tables(official, ours, table):
    """Frictionless finds nothing."""
    schema = Schema.from_descriptor(described(official, table))
    dialect = Dialect(controls=[formats.CsvControl(delimiter=";")])
    with system.use_context(trusted=True):
        path = str(ours / f"DEMO_{TABLES[table]}.csv")
        report = Resource(path=path, schema=schema, dialect=dialect).validate()
    assert [] == report.flatten(["rowNumber", "fieldName", "note"])
    assert report.valid


def test_the_official_examples_are_refused(official):
    """A value cut at a separator, a state that is none, an identifier with a blank."""
    report = check_delivery(official)
    found = {(each.rule, each.column, each.value) for each in report.errors}
    assert not report.is_accepted
    assert ("list_cut", "site_vocadomi", "entrepôts") in found
    assert ("list_cut", "site_etat", "logistique") in found
    assert any(rule == "pattern" and column == "terr_id" for rule, column, _ in found)
    warned = {(each.column, each.suggestion) for each in report.warnings}
    assert {
        ("site_evol_urba", "extension urbaine"),
        ("site_moa_type", "epci"),
        ("geocodage_qualite", "localisation au bâtiment"),
    } <= warned


def test_the_command_refuses_the_examples(official, capsys):
    """Exit 1, and a JSON document."""
    with pytest.raises(SystemExit) as ended:
        run(app, name="geodata",
            arguments=["check", "--standard", "cnig-se", str(official), "--json"])  # fmt: skip
    assert 1 == ended.value.code
    document = json.loads(capsys.readouterr().out)
    assert "refused" == document["outcome"]
    assert document["errors"] >= 3


def test_corrected_examples_are_accepted(official, tmp_path):
    """With what the report proposes, and the figures that go together, no error is left."""
    changes = {
        "site_eco": {
            "site_vocadomi": "entrepôts, logistique",
            "site_etat": "existant et actif",
            "site_surf_utile": "9.9",
        },
        "terrain_eco": dict.fromkeys(
            ("terr_acquereur", "terr_cession_date", "terr_vente_montant", "terr_m2_prix"), ""
        ),
        "pole_eco": {},
        "etablissement": {
            "terr_id": "80024_TERRAIN-ECO_00131",
            "etab_contact_mail": "",
            "etab_contact_tel": "",
        },
    }
    for table, name in TABLES.items():
        source = official / f"{name}__exemple-valide.csv"
        _corrected(source, tmp_path / f"{name}.csv", changes[table])
        assert check_delivery(tmp_path / f"{name}.csv").is_accepted
    assert check_delivery(tmp_path).is_accepted


def test_a_vegetable_is_no_type_of_site(official, tmp_path):
    """What the official tool lets through."""
    name = "site-eco.csv"
    good = {"site_vocadomi": "entrepôts, logistique", "site_etat": "existant et actif"}
    _corrected(official / "site-eco__exemple-valide.csv", tmp_path / name,
               {**good, "site_type": "PATATE"})  # fmt: skip
    report = check_delivery(tmp_path / name)
    assert [("site_type", "PATATE", 2)] == [(e.column, e.value, e.line) for e in report.errors]


def test_the_empty_template_is_accepted(official, tmp_path):
    """It holds no row, and lacks a column by its own fault."""
    shutil.copy(official / "sites_economiques.gpkg", tmp_path / "vide.gpkg")
    assert () == check_delivery(tmp_path / "vide.gpkg").findings


def _corrected(source: Path, target: Path, changes: dict[str, str]) -> None:
    """Copy of a CSV with some cells of its first row changed."""
    with source.open(encoding="utf-8", newline="") as stream:
        header, row, *_ = csv.reader(stream, delimiter=";")
    cells = {**dict(zip(header, row, strict=True)), **changes}
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([header, list(cells.values())])
