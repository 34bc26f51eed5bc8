"""Hundreds of bad files: each is answered, in time, without a leak and without a trace."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fault_mutations import mutants
from fault_seeds import seeds

_PROJECT = Path(__file__).parents[2]
_OUTCOMES = {"loaded", "loaded_with_report", "refused"}
_KEYS = ["file", "outcome", "layout", "rows", "crs", "defects", "message"]
_DEFECT_KEYS = ["kind", "count", "where", "remedy"]
_HERE = re.escape(str(_PROJECT))
_LEAK = re.compile(rf"CANARY-80021|Traceback|technopole-\w|site-packages|{_HERE}|\.py\b")


@pytest.fixture(scope="module")
def answers(tmp_path_factory, canary, listener):
    """Answer to each bad file by name, from one call of the command."""
    url, asked = listener
    folder = tmp_path_factory.mktemp("bad")
    sound = seeds(tmp_path_factory.mktemp("sound"))
    for name, content in sound.items():
        (folder / f"sound_{name}").write_bytes(content)
    for name, content in mutants(sound, canary=str(canary), url=url):
        (folder / name).write_bytes(content)
    files = sorted(folder.iterdir())
    ended = subprocess.run(
        [sys.executable, "-m", "geodata", "check", "--json", "--lang", "en", *map(str, files)],
        capture_output=True,
        check=False,
        cwd=_PROJECT,
        encoding="utf-8",
    )
    assert 0 == ended.returncode, ended.stderr[-500:]
    lines = [json.loads(each) for each in ended.stdout.splitlines()]
    assert [str(each) for each in files] == [each["file"] for each in lines]
    assert "Traceback" not in ended.stderr
    assert [] == asked
    return {Path(each["file"]).name: each for each in lines}


def test_every_bad_file_is_answered(answers):
    """Hundreds of files, three outcomes, the promised keys, nothing else."""
    assert len(answers) > 350
    for answer in answers.values():
        assert _KEYS == list(answer)
        assert answer["outcome"] in _OUTCOMES
        assert all(_DEFECT_KEYS == list(each) for each in answer["defects"])
        assert answer["message"]


def test_no_answer_holds_a_path_a_trace_or_the_canary(answers):
    """Not even a fault of the program."""
    said = {name: json.dumps({**each, "file": ""}) for name, each in answers.items()}
    assert {} == {name: text for name, text in said.items() if _LEAK.search(text)}
    assert not [name for name, each in answers.items() if "error of the program" in each["message"]]


def test_what_is_loaded_has_rows(answers):
    """A file without a usable row is refused."""
    loaded = [each for each in answers.values() if each["outcome"] != "refused"]
    assert all(each["rows"] > 0 for each in loaded)
    assert all(each["rows"] == 0 for each in answers.values() if each["outcome"] == "refused")


def test_sound_files_are_loaded(answers):
    """Those that say their system; the others ask for it."""
    outcomes = {
        name.removeprefix("sound_"): each["outcome"]
        for name, each in answers.items()
        if name.startswith("sound_")
    }
    asking = {"parcelles.dxf", "parcelles.csv", "classeur.xlsx"}
    assert asking == {name for name, outcome in outcomes.items() if outcome == "refused"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shape_bow_tie.geojson", ("loaded_with_report", 5, "invalid_geometry")),
        ("shape_null.geojson", ("loaded_with_report", 5, "null_geometry")),
        ("shape_empty.geojson", ("loaded_with_report", 5, "empty_geometry")),
        ("shape_open_ring.geojson", ("loaded_with_report", 5, "unreadable_geometry")),
        ("shape_huge.geojson", ("loaded_with_report", 5, "out_of_range")),
        ("shape_swapped.geojson", ("loaded_with_report", 5, "swapped_coordinates")),
        ("text_nan.geojson", ("loaded_with_report", 4, "non_finite")),
        ("text_1e400.geojson", ("loaded_with_report", 4, "non_finite")),
        ("text_duplicate_id.geojson", ("loaded_with_report", 3, "duplicate_id")),
        ("only_metres.geojson", ("refused", 0, "metres_not_degrees")),
        ("only_swapped.geojson", ("refused", 0, "swapped_coordinates")),
        ("crs_l93.geojson", ("refused", 0, "degrees_not_metres")),
        ("crs_unknown.geojson", ("refused", 0, "crs_unknown")),
        ("comma_decimals.csv", ("refused", 0, "crs_missing")),
        ("infinite.csv", ("loaded_with_report", 1, "non_finite")),
        ("latin.csv", ("loaded_with_report", 1, "encoding_guessed")),
        ("noise_parcelles.gpkg", ("loaded_with_report", 5, "damaged_database")),
    ],
)
def test_one_bad_feature_never_loses_the_others(answers, name, expected):
    """Five parcels and a bad feature: the five are read, the sixth is named."""
    answer = answers[name]
    kinds = [each["kind"] for each in answer["defects"]]
    outcome, rows, kind = expected
    assert (outcome, rows) == (answer["outcome"], answer["rows"])
    assert kind in kinds


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bomb.zip", "exceeds 200 MB or 100 times"),
        ("bomb.geojson.gz", "exceeds 200 MB or 100 times"),
        ("bomb.tar.bz2", "exceeds 200 MB or 100 times"),
        ("many.zip", "60 files; the limit is 50"),
        ("lying.zip", "the limit is"),
        ("nested.zip", "holds another one"),
        ("nested.gz", "holds another one"),
        ("slip_0.zip", "dangerous name or link"),
        ("slip_1.tar", "dangerous name or link"),
        ("slip_3.zip", "dangerous name or link"),
        ("link.zip", "dangerous name or link"),
        ("link.tar", "dangerous name or link"),
        ("case.zip", "twice"),
        ("locked.zip", "password"),
        ("10000_columns.geojson", "the limit is 200"),
        ("wide.csv", "the limit is 200"),
        ("rows.csv", "the limit is 500000"),
        ("long_cell.geojson", "exceed 10000 characters"),
        ("quote.csv", "begins on line 3"),
        ("text_comma.geojson", "line 1, column"),
        ("text_deep.geojson", "nested too deeply"),
        ("vrt.geojson", "XML <OGRVRTDataSource>"),
        ("vrt.csv", "XML <OGRVRTDataSource>"),
        ("vrt.vrt", "XML <OGRVRTDataSource>"),
        ("wfs.xml", "XML <OGRWFSDataSource>"),
        ("gml.gml", "XML <FeatureCollection>"),
        ("crs_link.geojson", "links are never followed"),
        ("seamless.tab", "points to other files"),
        ("view.tab", "points to other files"),
        ("linked.tab", "points to other files"),
        ("edigeo.thf", "points to other files"),
    ],
)
def test_a_refusal_says_why(answers, name, said):
    """With the cap, the line, or what the file really is."""
    assert "refused" == answers[name]["outcome"]
    assert said in answers[name]["message"]


def test_bombs_are_refused_at_once(tmp_path, answers):
    """Two seconds beyond the start of the command, whatever they would unpack to."""
    assert answers
    sound = {"parcelles.geojson": b"{}", "points.csv": b"a,b\n1,2\n"}
    for name, content in mutants(sound, canary="", url=""):
        if name == "bomb.zip":
            (tmp_path / name).write_bytes(content)
    start = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "geodata", "check", "--json", str(tmp_path / "bomb.zip")],
        capture_output=True,
        check=True,
        cwd=_PROJECT,
    )
    assert time.monotonic() - start < 10
