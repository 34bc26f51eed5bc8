"""The command line of the charters: list, show and lint, with the exit codes of the house."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import charters
from charters.__main__ import app
from charters.editions import edition_files
from charters.editions_publishing import publish
from charters.loading import load_charters
from geodata.command_line import run

FOLDER = Path(charters.__file__).parent


@pytest.fixture
def command(capsys):
    """Function that runs the command line and gives exit code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m charters", arguments=[str(word) for word in words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_the_list_for_readers(command):
    """One line per requirement under the notice of each charter, in both languages."""
    code, french, errors = command("list")
    assert (0, "") == (code, errors)
    assert "Charte modèle" in french
    assert "PI-02a  Toiture solaire ou végétalisée · Rappel de la loi, obligatoire" in french
    code, english, _ = command("list", "--lang", "en")
    assert "PI-02a  Solar or planted roof · Reminder of the law, mandatory" in english
    requirements = sum(len(charter.requirements) for charter in load_charters())
    for text in (french, english):
        assert requirements == sum(line.startswith("  ") for line in text.splitlines())


def test_the_list_for_machines(command):
    """One object per requirement with the keys that later checks rely on."""
    code, text, _ = command("list", "--format", "json")
    listed = json.loads(text)
    assert 0 == code
    keys = ["charter", "article", "kind", "severity", "measure", "unit"]
    assert all([*keys, "in_force", "sources", "confidence"] == list(each) for each in listed)
    by_id = {each["article"]: each for each in listed}
    assert len(by_id) == len(listed) == sum(len(each.requirements) for each in load_charters())
    assert {
        "charter": "industrial_parks",
        "article": "PI-02a",
        "kind": "legal",
        "severity": "mandatory",
        "measure": "renewable_roof_share",
        "unit": "%",
        "in_force": {"from": "2023-07-01", "to": None},
        "sources": ["CCH-L171-4", "ARR-2023-12-19", "CCH-L171-4-COST"],
        "confidence": "to_check",
    } == by_id["PI-02a"]
    assert "checked" == by_id["PI-13"]["confidence"]
    assert "to_check" == by_id["PI-15"]["confidence"]  # by its table
    expected = "hotel_sector_share|station_distance_m|bhns_stop_distance_m"
    assert expected == by_id["CH-16a"]["measure"]


@pytest.mark.parametrize("name", ["PI-02", "pi-02", "PI-05a", "ch-16"])
def test_an_article_in_both_languages(command, name):
    """An article by its id, or by the id of one of its requirements."""
    code, french, errors = command("show", name)
    assert (0, "") == (code, errors)
    assert french.startswith(name.upper()[:5])
    assert "En vigueur depuis le" in french
    code, english, _ = command("show", name, "--lang", "en")
    assert 0 == code
    assert "In force since" in english
    assert "To do: " in english


def test_pi_02_line_by_line(command):
    """The dated shares are there with their sources, and the doubt about one of them."""
    code, french, _ = command("show", "PI-02", "--date", "2026-11-01")
    assert 0 == code
    line = (
        "  40\u00a0% du 1er juillet 2026 au 30 juin 2027 (en vigueur) [ARR-2023-12-19] · à vérifier"
    )
    assert line in french
    _, english, _ = command("show", "PI-02", "--lang", "en", "--date", "2027-07-01")
    assert "  40% from 1 July 2026 to 30 June 2027 (past) [ARR-2023-12-19] · to check" in english
    assert "Share of solar or planted roof: at least 50%\n    computed as: (" in english


def test_a_day_that_is_none(command):
    """Exit 2, and how to write it."""
    code, out, errors = command("show", "PI-02", "--date", "1/7/2026", "--lang", "en")
    assert (2, "") == (code, out)
    assert "Write it YYYY-MM-DD." in errors


@pytest.mark.parametrize(("lang", "words"), [("fr", "Vouliez-vous dire"), ("en", "Did you mean")])
def test_an_unknown_article(command, lang, words):
    """Exit 2, nothing on the output, and the article that may have been meant."""
    code, out, errors = command("show", "PI-2", "--lang", lang)
    assert (2, "") == (code, out)
    assert words in errors
    assert "PI-" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "words", [["show"], ["list", "--format", "xml"], ["shew"], ["--lang", "de"]]
)
def test_words_that_are_not_understood(command, words):
    """Exit 2 and no traceback."""
    code, out, errors = command(*words)
    assert (2, "") == (code, out)
    assert errors
    assert "Traceback" not in errors


def test_the_charters_have_no_fault(command):
    """Both are counted, and say so in both languages."""
    code, french, errors = command("lint")
    assert (0, "") == (code, errors)
    assert 2 == french.count("aucune faute")
    code, english, _ = command("lint", "--lang", "en")
    assert 2 == english.count("no fault")


@pytest.fixture
def copy(tmp_path):
    """A copy of a charter that may be spoilt."""
    return shutil.copytree(FOLDER / "commercial_hotel", tmp_path / "commercial_hotel")


def test_a_broken_charter(command, copy):
    """Exit 2 and every fault at once, one line each, with file and line and without traceback."""
    for name, old, new in (
        ("CH-01", "severity:", "severty:"),
        ("CH-04", "value: 300", "value: trois cents"),
        ("CH-09", "id: CH-09", "id: CH-99"),
    ):
        file = copy / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (copy / "CH-19.yaml").write_text("!!python/object:os.system {}", encoding="utf-8")
    (copy / "tables" / "sector_growth.csv").write_text("key;from\n", encoding="utf-8")
    code, out, errors = command("lint", "--charter", copy, "--lang", "en")
    assert (2, "") == (code, out)
    for place in ("CH-01.yaml, l. 6", "CH-04.yaml", "CH-09.yaml, l. 1", "CH-19.yaml, l. 1"):
        assert f"commercial_hotel/{place}" in errors
    assert "tables/sector_growth.csv" in errors
    assert "Did you mean “severity”?" in errors
    assert "Traceback" not in errors
    assert str(copy) not in errors


def test_a_changed_threshold(command, copy):
    """Exit 2: the examples say what the judge finds instead."""
    file = copy / "CH-09.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("7.5", "17.5"), encoding="utf-8")
    code, out, errors = command("lint", "--charter", copy)
    assert (2, "") == (code, out)
    assert "CH-09a, 2026-11-01" in errors
    assert 5 == len(errors.splitlines()) == len(set(errors.splitlines()))


def test_the_same_fault_of_every_article(command, copy):
    """It is said once, with at most five places."""
    for file in copy.glob("CH-*.yaml"):
        text = file.read_text(encoding="utf-8").replace("chapter:", "chapiter:")
        file.write_text(text, encoding="utf-8")
    _, _, errors = command("lint", "--charter", copy, "--lang", "en")
    unknown = [line for line in errors.splitlines() if "“chapiter” is unknown" in line]
    assert 1 == len(unknown)
    assert 5 == unknown[0].count("commercial_hotel/CH-")
    assert "(+ " in unknown[0]


def test_a_folder_that_is_no_charter(command, tmp_path):
    """Exit 2, and what to name instead."""
    code, out, errors = command("lint", "--charter", tmp_path / "absent")
    assert (2, "") == (code, out)
    assert "charter.yaml" in errors


def test_as_a_process():
    """The module runs, and its help shows examples."""
    command = [sys.executable, "-m", "charters", "show", "--help"]
    ended = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=FOLDER.parent, check=False
    )
    assert 0 == ended.returncode
    assert "python -m charters show PI-02" in ended.stdout


def test_what_changes_between_two_days(command):
    """The roof share that the law raised on 1 July 2026, in both languages and as JSON."""
    words = ("diff", "--from", "2026-06-30", "--to", "2026-07-01", "--charter", "industrial_parks")
    code, french, errors = command(*words)
    assert (0, "") == (code, errors)
    assert "30\u00a0% → 40\u00a0%" in french
    assert "30% → 40%" in command(*words, "--lang", "en")[1]
    code, text, _ = command(*words, "--format", "json")
    (listed,) = json.loads(text)
    assert 0 == code
    assert ("PI-02a", 30.0, 40.0) in [
        (each["article"], each["before"], each["after"]) for each in listed["differences"]
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--from", "hier", "--to", "2026-07-01"), "--from: “hier” is not a date."),
        (("--from", "2026-07-02", "--to", "2026-07-01"), "The second day is before the first."),
        (
            ("--from", "2026-07-01", "--to", "2026-07-01", "--charter", "industrial_park"),
            "Did you mean “industrial_parks”?",
        ),
        (("--from", "2999-01-01"), "The second day is before the first."),
    ],
)
def test_days_and_charters_that_are_none_are_refused(command, words, expected):
    """With exit code 2, one sentence and no output."""
    code, text, errors = command("diff", *words, "--lang", "en")
    assert (2, "") == (code, text)
    assert expected in errors


def test_what_changes_between_two_editions(command, desk):
    """On today's day where none is given; without a day and an edition there is nothing to say."""
    files = edition_files(1)
    path = "industrial_parks/PI-01.yaml"
    files[path] = files[path].replace(b"severity: recommended", b"severity: information")
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    publish(files, base=1, author="Anne", reason="essai", at=at)
    assert desk.is_dir()
    code, text, _ = command("diff", "--edition-from", 1, "--edition-to", 2, "--format", "json")
    listed = json.loads(text)
    assert 0 == code
    assert [("PI-01", "severity")] == [
        (each["article"], each["what"]) for side in listed for each in side["differences"]
    ]
    code, text, errors = command("diff", "--lang", "en")
    assert (2, "") == (code, text)
    assert "There is nothing to compare." in errors
    assert 2 == command("diff", "--edition-from", 9)[0]
