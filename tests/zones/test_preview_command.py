import csv
import io
import json

import pytest

from charters.loading import PACKAGED
from geodata.command_line import run
from zones.__main__ import app
from zones.projects import EXAMPLES

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def command(capsys):
    """Function that runs ``preview`` and gives code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m zones", arguments=["preview", *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


@pytest.fixture
def shorter(tmp_path):
    """Article file in which the heat network reaches 20 m instead of 200 m."""
    text = (PACKAGED / "industrial_parks" / "PI-05.yaml").read_text("utf-8")
    assert 1 == text.count("value: 200, source: MODEL")
    file = tmp_path / "PI-05.yaml"
    file.write_text(text.replace("value: 200, source: MODEL", "value: 20, source: MODEL"), "utf-8")
    return file


def test_what_changes_for_one_project(command, shorter):
    """The same parcels in a text, a table, JSON and on a map."""
    asked = ("--charter-draft", shorter, "--project", EXAMPLES / "hotel.yaml")
    code, text, _ = command(*asked, "--lang", "en")
    assert 0 == code
    assert "PI-05b: Compliant → Not applicable" in text.replace(" : ", ": ")
    document = json.loads(command(*asked, "--format", "json")[1])
    (project,) = document["projects"]
    assert "hotel" == project["project"]
    assert f"{project['sites_changed']} of " in text
    rows = list(csv.DictReader(io.StringIO(command(*asked, "--format", "csv")[1]), delimiter=";"))
    changed = {row["site_id"] for row in rows}
    assert changed == {each["site_id"] for each in project["changes"]}
    assert len(changed) == project["sites_changed"] > 0
    features = json.loads(command(*asked, "--format", "geojson")[1])["features"]
    assert changed == {each["properties"]["site_id"] for each in features}
    assert sum(each["sites"] for each in project["counts"]) == len(rows)


def test_the_examples_when_no_project_is_named(command):
    """Every example is judged; the packaged charter changes nothing."""
    code, said, _ = command("--charter-draft", PACKAGED / "industrial_parks", "--lang", "en")
    assert 0 == code
    assert len(list(EXAMPLES.glob("*.yaml"))) == said.count("\n") == said.count(": 0 of ")


def test_a_day_before_the_draft(command, shorter):
    """The article was not yet in force in 2015: nothing changes."""
    asked = ("--charter-draft", shorter, "--project", EXAMPLES / "hotel.yaml")
    document = json.loads(command(*asked, "--date", "2015-01-01", "--format", "json")[1])
    assert [0] == [each["sites_changed"] for each in document["projects"]]


def test_a_file_is_written(command, shorter, tmp_path):
    """In the format of its name."""
    out = tmp_path / "changes.csv"
    asked = ("--charter-draft", shorter, "--project", EXAMPLES / "hotel.yaml")
    code, said, errors = command(*asked, "--out", out, "--lang", "en")
    assert (0, "") == (code, said)
    assert "changes.csv" in errors
    assert out.read_bytes().startswith(b"\xef\xbb\xbfproject;day;site_id;")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--charter-draft", "absent"), "Il n'y a là aucune charte"),
        (("--charter-draft", PACKAGED, "--date", "hier"), "n'est pas une date"),
        (("--charter-draft", PACKAGED, "--edition", "9"), "édition 9"),
        (("--charter-draft", PACKAGED, "--out", "absent/x.csv"), "n'existe pas"),
        (("--charter-draft", PACKAGED, "--store", "absent.gpkg"), "absent.gpkg"),
        ((), "--charter-draft"),
    ],
)
def test_wrong_input(command, words, said):
    """Code 2, a sentence, and nothing on the output."""
    code, out, errors = command(*words)
    assert (2, "") == (code, out)
    assert said in errors


def test_a_draft_at_fault(command, shorter):
    """File, line and remedy."""
    shorter.write_text(shorter.read_text("utf-8").replace("unit: kW", "unit: kWW"), "utf-8")
    code, out, errors = command("--charter-draft", shorter, "--lang", "en")
    assert (2, "") == (code, out)
    assert "industrial_parks/PI-05.yaml, l. 20: The unit “kWW” does not exist." in errors
