import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyproj
import pytest

from charters.editions import edition_files
from charters.editions_publishing import publish
from geodata.command_line import run
from geodata.store import write_layers
from zones.__main__ import app
from zones.projects import EXAMPLES

ROOT = Path(__file__).parents[2]
FRONT = "80021000ZX0012,80021000ZX0013"
OFFICES = EXAMPLES / "digital_offices.yaml"
VERDICT_KEYS = {
    "charter",
    "article",
    "outcome",
    "kind",
    "severity",
    "value",
    "unit",
    "threshold",
    "margin",
    "reason",
    "remedy",
    "sources",
    "layers",
}


@pytest.fixture
def command(capsys, tmp_path, monkeypatch):
    """Function that runs ``assess`` in an empty folder and gives code, output, error output."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def call(*words, action="assess"):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m zones", arguments=[action, *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    call.folder = folder
    return call


@pytest.fixture
def one(command):
    """The same for the two parcels of the documentation and the digital offices."""
    return lambda *words: command("--project", OFFICES, "--parcels", FRONT, *words)


@pytest.fixture
def refused(command):
    """Function that gives the error lines of a command that must be refused and write nothing."""

    def call(*words):
        code, out, err = command(*words)
        assert (2, "") == (code, out)
        assert "Traceback" not in err
        assert str(ROOT) not in err
        assert [] == list(command.folder.iterdir())
        lines = [line for line in err.splitlines() if not line.endswith(" s")]
        assert lines
        return "\n".join(lines)

    return call


def spawn(*words, folder):
    """A process of its own, as a planner starts it."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "zones", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


# What the command does --------------------------------------------------


def test_the_first_command_of_the_documentation(tmp_path):
    """A process of its own: two features, both charters, nothing beside the file."""
    out = tmp_path / "verdicts.geojson"
    done = spawn("assess", "--parcels", FRONT, "--project", OFFICES, "--out", out, folder=tmp_path)
    assert (0, "") == (done.returncode, done.stdout)
    assert "1 site(s) jugé(s) : verdicts.geojson" in done.stderr
    assert ["verdicts.geojson"] == [each.name for each in tmp_path.iterdir()]
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert FRONT.split(",") == [each["id"] for each in features]
    assert {"non_compliant"} == {each["properties"]["industrial_parks"] for each in features}
    assert {"compliant"} == {each["properties"]["commercial_hotel"] for each in features}


def test_a_process_that_is_refused_says_so_and_ends_with_2(tmp_path):
    """What, where, what to do, in the language asked for; no traceback; no file."""
    done = spawn(
        "assess",
        "--parcels",
        "80021000ZX0O12",
        "--project",
        OFFICES,
        "--out",
        "v.json",
        "--lang",
        "en",
        folder=tmp_path,
    )
    assert (2, "") == (done.returncode, done.stdout)
    lines = [line for line in done.stderr.splitlines() if not line.endswith(" s")]
    assert ["Parcel “80021000ZX0O12” does not exist. Did you mean “80021000ZX0012”?"] == lines
    assert [] == list(tmp_path.iterdir())


def test_help_has_examples_and_no_folder(command):
    """Every option, in both languages, and two commands to copy."""
    code, out, err = command("--help")
    assert (0, "") == (code, err)
    assert "    python -m zones assess --parcels 80021000ZX0012,80021000ZX0013" in out
    assert "python -m zones assess --parcels-file" in out
    for option in ("project", "parcels", "parcels-file", "out", "articles", "format", "date"):
        assert f"--{option}" in out
    assert "Juger un site" in out
    assert "Judge one site" in out
    assert "geodata/demo" not in out


def test_json_has_every_key_of_every_verdict(one):
    """One row per requirement, on the screen when no file is named."""
    code, out, _ = one("--format", "json")
    document = json.loads(out)
    assert 0 == code
    (site,) = document["sites"]
    assert FRONT.split(",") == site["parcels"]
    assert {"industrial_parks", "commercial_hotel"} == set(site["outcomes"])
    assert len(site["verdicts"]) >= 24
    for each in site["verdicts"]:
        assert VERDICT_KEYS <= set(each)
    assert "2026-11-16" == document["provenance"]["day"]


@pytest.mark.parametrize(("suffix", "start"), [("geojson", '{"type"'), ("json", '{"sites":[')])
def test_the_name_of_the_file_chooses_the_format(one, command, suffix, start):
    """Capital letters too."""
    for name in (f"v.{suffix}", f"V.{suffix.upper()}"):
        assert 0 == one("--out", name)[0]
        assert (command.folder / name).read_text(encoding="utf-8").startswith(start)


def test_an_unknown_name_is_geojson_and_the_option_wins(one, command):
    """A partner may want another name."""
    assert 0 == one("--out", "v.txt")[0]
    assert (command.folder / "v.txt").read_text(encoding="utf-8").startswith('{"type"')
    assert 0 == one("--out", "v.geojson", "--format", "json")[0]
    assert "sites" in json.loads((command.folder / "v.geojson").read_text(encoding="utf-8"))


def test_the_table_opens_in_a_spreadsheet_with_its_accents(one, command):
    """Byte order mark in the file, none on the screen."""
    assert 0 == one("--out", "v.csv")[0]
    content = (command.folder / "v.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfsite_id;")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {"Bureaux numériques"} == {row["dossier"] for row in rows}
    code, out, _ = one("--format", "csv")
    assert (0, "site_id") == (code, out[:7])
    assert len(rows) == len(list(csv.DictReader(io.StringIO(out), delimiter=";")))


@pytest.mark.parametrize(("day", "threshold"), [("2026-06-30", 0.3), ("2027-07-01", 0.5)])
def test_the_day_asked_for_wins_over_the_filing_date(one, day, threshold):
    """16 November 2026 would give 40 %."""
    document = json.loads(one("--format", "json", "--date", day)[1])
    (row,) = [each for each in document["sites"][0]["verdicts"] if each["article"] == "PI-02a"]
    assert (threshold, day) == (row["threshold"], document["provenance"]["day"])


def test_english_is_english(one, command):
    """Sentences, titles, dossier, notices and what the command says."""
    code, _, err = one("--out", "v.json", "--lang", "en")
    document = json.loads((command.folder / "v.json").read_text(encoding="utf-8"))
    assert 0 == code
    assert "1 site(s) judged: v.json" in err
    rows = {each["article"]: each for each in document["sites"][0]["verdicts"]}
    assert rows["PI-16a"]["reason"].startswith("Ground coverage ratio: ")
    assert rows["PI-16a"]["remedy"].startswith("Hand back part of the land")
    assert "Digital offices" == document["provenance"]["project"]
    assert document["provenance"]["notice"].startswith("DEMONSTRATION")


def test_articles_go_to_a_second_file(one, command):
    """Both files are there, and nothing else."""
    assert 0 == one("--out", "v.geojson", "--articles", "a.geojson")[0]
    assert {"v.geojson", "a.geojson"} == {each.name for each in command.folder.iterdir()}
    said = json.loads((command.folder / "a.geojson").read_text(encoding="utf-8"))
    assert all("article" in each["properties"] for each in said["features"])
    code, out, _ = one("--articles", "b.geojson")
    assert (0, "FeatureCollection") == (code, json.loads(out)["type"])
    assert (command.folder / "b.geojson").is_file()


def test_every_parcel_of_a_file_is_its_own_site(command, cadastre, write_json):
    """The layers of the store around them; an empty registered area is null."""
    code, out, _ = command(
        "--project", OFFICES, "--parcels-file", write_json(cadastre), "--format", "json"
    )
    sites = json.loads(out)["sites"]
    assert 0 == code
    assert ["80021000ZX0001", "80021000ZX0002", "80021000ZX0003"] == [s["site_id"] for s in sites]
    assert [479.0, None] == [site["contenance_m2"] for site in sites[:2]]
    rows = {each["article"]: each["outcome"] for each in sites[1]["verdicts"]}
    assert "to_investigate" == rows["PI-15"]


def test_a_file_in_lambert_93_is_read_when_its_system_is_said(command, cadastre, write_json):
    """The remedy of the refusal works."""
    path = write_json(in_metres(cadastre))
    words = ("--project", OFFICES, "--parcels-file", path, "--crs", "EPSG:2154")
    code, out, _ = command(*words, "--format", "json")
    (area, *_) = (site["planar_area_m2"] for site in json.loads(out)["sites"])
    assert (0, pytest.approx(479, rel=0.01)) == (code, area)


def test_another_store_is_read(command, parcels, tmp_path):
    """Only its own parcels; the layers that it lacks leave articles to investigate."""
    store = tmp_path / "s.gpkg"
    write_layers(store, [parcels])
    words = ("--project", OFFICES, "--store", store, "--parcels", "80021000ZX0001")
    code, out, _ = command(*words, "--format", "json")
    (site,) = json.loads(out)["sites"]
    assert (0, 400.0) == (code, site["contenance_m2"])
    rows = {each["article"]: each for each in site["verdicts"]}
    assert "to_investigate" == rows["PI-18b"]["outcome"]
    assert "la couche manque" in rows["PI-18b"]["reason"]


def test_a_parcel_named_twice_counts_once(command):
    """Spaces and empty places do not matter."""
    code, out, _ = command("--project", OFFICES, "--parcels", " 80021000ZX0012, ,80021000ZX0012,")
    assert (0, 1) == (code, len(json.loads(out)["features"]))


# What it refuses --------------------------------------------------


def in_metres(cadastre):
    """The cadastre in Lambert-93 metres, without saying so."""
    turn = pyproj.Transformer.from_crs(4326, 2154, always_xy=True).transform
    for feature in cadastre["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [[list(turn(*point)) for point in ring]]
    return cadastre


PROJECTS = {
    "floor_area: -1": ("is -1", "at least 0"),
    "floor_aera: 1": ("“floor_aera” is unknown", "Did you mean “floor_area”?"),
    "filing_date: 2026-02-30": ("“2026-02-30” is not a date", "YYYY-MM-DD"),
    "floor_area: beaucoup": ("“beaucoup”, which is not a number", "in m²"),
    "use: ofice": ("cannot be “ofice”", "Did you mean “office”?"),
    "use: &a office": ("anchors and aliases", "Correct the file"),
    "[1]": ("A project is a list of fields", "Correct the file"),
}


@pytest.mark.parametrize("content", PROJECTS)
def test_a_wrong_project_is_refused(refused, tmp_path, content):
    """Its line, and what to write instead."""
    path = tmp_path / "p.yaml"
    path.write_text(content, encoding="utf-8")
    said = refused("--project", path, "--parcels", FRONT, "--out", "v.json", "--lang", "en")
    assert said.startswith("p.yaml")
    for part in PROJECTS[content]:
        assert part in said


def test_a_project_that_is_not_there_is_refused(refused):
    """In French by default."""
    said = refused("--project", "absent.yaml", "--parcels", FRONT, "--out", "v.json")
    assert (
        "absent.yaml\u00a0: Le fichier du projet n'existe pas. Vérifier son nom et son dossier."
        == said
    )


def test_a_project_without_a_date_needs_one(refused, command, tmp_path):
    """No day is assumed."""
    path = tmp_path / "p.yaml"
    path.write_text("use: office\n", encoding="utf-8")
    words = ("--project", path, "--parcels", FRONT, "--lang", "en")
    assert "Add filing_date to the project, or the option --date." in refused(*words)
    assert 0 == command(*words, "--date", "2026-11-01")[0]


@pytest.mark.parametrize("day", ["demain", "2026-02-30", "01/11/2026", "2026-11", ""])
def test_a_day_that_is_none_is_refused(refused, day):
    """Named as an option."""
    words = ("--project", OFFICES, "--parcels", FRONT, "--lang", "en", "--out", "v.json")
    assert f"--date: “{day}” is not a date. Write it YYYY-MM-DD." == refused(*words, "--date", day)


def test_parcels_or_a_file_of_them(refused, cadastre, write_json):
    """Neither, or both."""
    words = ("--project", OFFICES, "--out", "v.json", "--lang", "en")
    expected = "Give either --parcels or --parcels-file. See --help."
    assert expected == refused(*words)
    both = ("--parcels", FRONT, "--parcels-file", write_json(cadastre))
    assert expected == refused(*words, *both)


def test_parcels_that_do_not_exist_are_refused_together(refused):
    """Each with the nearest id; no parcel at all too."""
    words = ("--project", OFFICES, "--out", "v.json", "--lang", "en", "--parcels")
    said = refused(*words, "80021000ZX0O12,80021000ZX0013,inconnue").splitlines()
    assert 2 == len(said)
    assert "Parcel “80021000ZX0O12” does not exist. Did you mean “80021000ZX0012”?" in said
    assert "No parcel is chosen." in refused(*words, "")


def broken(cadastre, fault):
    """A cadastre with one fault."""
    first, second = cadastre["features"][:2]
    match fault:
        case "not GeoJSON":
            return "id;contenance\n1;2\n"
        case "no feature":
            return {**cadastre, "features": []}
        case "metres":
            return in_metres(cadastre)
        case "null geometry":
            first["geometry"] = None
        case "duplicate":
            second["id"] = second["properties"]["id"] = first["id"]
        case "cut":
            return json.dumps(cadastre)[:-40]
        case "empty":
            return ""
    return cadastre


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("not GeoJSON", "parcelles.geojson"),
        ("no feature", "The file holds no feature."),
        ("metres", "--crs"),
        ("null geometry", "80021000ZX0001"),
        ("duplicate", "80021000ZX0001"),
        ("cut", "parcelles.geojson"),
        ("empty", "parcelles.geojson"),
    ],
)
def test_a_wrong_file_of_parcels_is_refused(refused, cadastre, write_json, fault, said):
    """The culprit is named, or the way to read the file."""
    path = write_json(broken(cadastre, fault))
    words = ("--project", OFFICES, "--parcels-file", path, "--out", "v.json", "--lang", "en")
    assert said in refused(*words)


def test_a_file_of_parcels_that_is_not_there_is_refused(refused):
    """By name."""
    words = ("--project", OFFICES, "--parcels-file", "absent.json", "--out", "v.json")
    assert "absent.json" in refused(*words)


def test_a_store_that_is_none_is_refused(refused, tmp_path, stops):
    """Missing, something else, or without parcels."""
    words = ("--project", OFFICES, "--parcels", FRONT, "--out", "v.json", "--lang", "en")
    assert "This store of layers does not exist." in refused(*words, "--store", "s.gpkg")
    text = tmp_path / "t.gpkg"
    text.write_text("x", encoding="utf-8")
    assert "t.gpkg" in refused(*words, "--store", text)
    bare = tmp_path / "bare.gpkg"
    write_layers(bare, [stops])
    assert "The store holds no parcels." in refused(*words, "--store", bare)


def test_words_that_are_no_option_are_refused(refused):
    """With the way to the help."""
    words = ("--project", OFFICES, "--parcels", FRONT)
    assert "pdf" in refused(*words, "--format", "pdf")
    assert "--help" in refused(*words, "--colour", "red")


# Whole files or none --------------------------------------------------


@pytest.mark.parametrize("option", ["--out", "--articles"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("..", "This is a folder, not a file. Add a file name."),
        ("absent/v.json", "v.json: Its folder does not exist. Create it, or choose another one."),
    ],
)
def test_a_file_that_cannot_be_written_leaves_nothing(refused, option, name, said):
    """The other file is not left alone."""
    other = {"--out": "--articles", "--articles": "--out"}[option]
    words = ("--project", OFFICES, "--parcels", FRONT, "--lang", "en", option, name)
    assert said in refused(*words)
    assert said in refused(*words, other, "other.geojson")


def test_what_is_read_is_never_written_over(refused, tmp_path, cadastre, write_json):
    """Project, parcels and store stay as they are; two files cannot have one name."""
    project, parcels = tmp_path / "p.yaml", write_json(cadastre)
    project.write_bytes(OFFICES.read_bytes())
    before = project.read_bytes(), parcels.read_bytes()
    words = ("--project", project, "--parcels-file", parcels, "--lang", "en")
    for path in (project, parcels):
        assert "The same command reads or writes this file." in refused(*words, "--out", path)
        assert "The same command" in refused(*words, "--articles", path)
    assert before == (project.read_bytes(), parcels.read_bytes())
    assert "The same command" in refused(*words, "--out", "v.geojson", "--articles", "./v.geojson")


def test_when_the_second_file_fails_the_first_is_not_left_alone(one, command, monkeypatch):
    """A full disk, as the system reports it: both files are what they were."""
    (command.folder / "v.geojson").write_text("old", encoding="utf-8")
    calls = []

    def fail(path, content):
        calls.append(path.name)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        with path.open("wb") as written:
            return written.write(content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    code, out, err = one("--out", "v.geojson", "--articles", "a.geojson", "--lang", "en")
    assert (2, "", 2) == (code, out, len(calls))
    assert "No space left on device" in err
    assert ["v.geojson"] == [each.name for each in command.folder.iterdir()]
    assert "old" == (command.folder / "v.geojson").read_text(encoding="utf-8")


def test_an_edition_of_the_charters_is_named_in_the_export(one, desk):
    """Parcels are judged by the edition asked for, and the file says by which."""
    files = edition_files(1)
    path = "industrial_parks/PI-01.yaml"
    files[path] = files[path].replace(b"severity: recommended", b"severity: information")
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert 2 == publish(files, base=1, author="Anne", reason="essai", at=at).number
    assert desk.is_dir()
    told = []
    for asked in ((), ("--edition", 2), ("--edition", 1)):
        code, said, _ = one("--format", "json", *asked)
        assert 0 == code
        read = json.loads(said)
        (first,) = [each for each in read["sites"][0]["verdicts"] if each["article"] == "PI-01"]
        told.append(
            (first["severity"], {each["edition"] for each in read["provenance"]["charters"]})
        )
    newest = ("information", {"2 (2026-11-23)"})
    assert [newest, newest, ("recommended", {"2026-11"})] == told
    assert 2 == one("--edition", 3)[0]


def test_projects_are_compared_side_by_side(command):
    """Or written to a file; a parcel that does not exist leaves with exit code 2."""
    words = ("--project", OFFICES, "--project", OFFICES, "--lang", "en")
    code, text, _ = command(*words, "--parcels", FRONT, action="compare")
    assert 0 == code
    assert " PI-02a " in text
    out = ("--format", "csv", "--out", "c.csv")
    code, text, _ = command(*words, "--parcels", FRONT, *out, action="compare")
    assert (0, "") == (code, text)
    assert (command.folder / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfcase;")
    code, text, errors = command(*words, "--parcels", "80021000ZX9999", action="compare")
    assert (2, "") == (code, text)
    assert "does not exist" in errors


def test_days_are_compared_over_every_parcel(command):
    """Of the store or of a file; a wrong day leaves with exit code 2, and nothing is written."""
    days = ("--from", "2020-01-01", "--to", "2026-11-22")
    words = ("--project", OFFICES, "--lang", "en", "--out", "d.json", "--format", "json")
    code, text, _ = command(*days, *words, action="diff")
    assert (0, "") == (code, text)
    assert 2202 == json.loads((command.folder / "d.json").read_text("utf-8"))["sites"]
    (command.folder / "d.json").unlink()
    wrong = ("--from", "2020-01-01", "--to", "22/11/2026")
    code, text, errors = command(*wrong, *words, action="diff")
    assert (2, "") == (code, text)
    assert "--to: “22/11/2026” is not a date." in errors
    assert not (command.folder / "d.json").exists()


def test_days_are_compared_over_the_parcels_of_a_file(command, cadastre, write_json):
    """Every parcel of the file is its own site."""
    days = ("--from", "2020-01-01", "--to", "2026-11-22", "--format", "json")
    words = ("--project", OFFICES, "--parcels-file", write_json(cadastre))
    code, text, _ = command(*days, *words, action="diff")
    assert 0 == code
    assert 3 == json.loads(text)["sites"]


def test_editions_are_compared_over_every_parcel(command, desk):
    """On the filing date of the project where no day is given."""
    files = edition_files(1)
    path = "industrial_parks/PI-05.yaml"
    files[path] = files[path].replace(b"severity: mandatory", b"severity: information")
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    publish(files, base=1, author="Anne", reason="essai", at=at)
    assert desk.is_dir()
    words = ("--project", OFFICES, "--edition-from", 1, "--format", "json")
    code, text, _ = command(*words, action="diff")
    document = json.loads(text)
    assert 0 == code
    assert {"2026-11-16"} == {each["day"] for each in list(document["provenance"].values())[-2:]}
    # a severity changes no requirement's outcome, only that of the charter
    assert {("industrial_parks", "")} == {
        (each["charter"], each["article"]) for each in document["outcomes"]
    }
    assert 2 == command("--project", OFFICES, "--edition-to", 7, action="diff")[0]
