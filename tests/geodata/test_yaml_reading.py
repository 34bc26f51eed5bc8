"""Strict YAML: hostile files are refused by name and line, or stay plain text; none executes."""

import datetime as dt
import time

import pytest

from geodata.errors import CharterError, ProjectError
from geodata.yaml_reading import parse_yaml, read_yaml

NAME = "made_up/XX-01.yaml"
LAUGHS = "a: &a [x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)

REFUSED = {
    "an object": ("a: 1\nb: !!python/object/apply:os.system ['touch {canary}']\n", 2),
    "a Python name": ("!!python/name:os.system\n", 1),
    "a Python module": ("a: !!python/module:subprocess\n", 1),
    "an object made anew": ("a: !!python/object/new:os.system [touch {canary}]\n", 1),
    "a private tag": ("a: 1\nb: 2\nc: !secret 3\n", 3),
    "a harmless tag": ("a: !!str 3\n", 1),
    "a set": ("a: !!set {x, y}\n", 1),
    "binary": ("a: !!binary aGVsbG8=\n", 1),
    "a tag of an own name space": (
        "%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system\n",
        3,
    ),
    "an anchor": ("a: 1\nb: &x 2\n", 2),
    "an alias without an anchor": ("a: *x\n", 1),
    "a billion laughs": (LAUGHS, 1),
    "a merge of an alias": ("a: &x {b: 1}\nc:\n  <<: *x\n", 1),
    "an alias of itself": ("a: &x [*x]\n", 1),
    "the same key twice": ("a: 1\nb: 2\na: 3\n", 3),
    "the same key twice, deep inside": ("a:\n  - b: 1\n    b: 2\n", 3),
    "the same key quoted": ('a: 1\n"a": 2\n', 2),
    "a list as a key": ("a: 1\n? [x, y]\n: 2\n", 2),
    "a mapping as a key": ("{{x: 1}: 2}\n", 1),
    "a tab": ("a:\n\tb: 1\n", 2),
    "two documents": ("a: 1\n---\nb: 2\n", 2),
    "brackets left open": ("a: [1, 2\nb: 3\n", 2),
    "a quote left open": ('a: "b\n', 2),
    "a NUL": ("a: 1\nb: \x00\n", 2),
    "a control sign": ("a: \x1b[31m\n", 1),
    "a hundred thousand brackets": ("[" * 100_000, 1),
    "deep mappings": ("{a: " * 5_000, 1),
    "nesting that is closed": ("[" * 60 + "]" * 60, 1),
}


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_files_are_refused(case, tmp_path):
    """File and line are named in both languages, soon, and nothing is executed."""
    text, line = REFUSED[case]
    canary = tmp_path / "canary"
    begun = time.perf_counter()
    with pytest.raises(CharterError) as refused:
        parse_yaml(text.replace("{canary}", str(canary)).encode(), name=NAME)
    assert time.perf_counter() - begun < 2
    assert not canary.exists()
    (fault,) = refused.value.faults
    assert f"{NAME}, l. {line}" == fault.where
    assert all(fault.what)
    assert fault.what.fr != fault.what.en


def test_bytes_that_are_no_text():
    """Latin-1 accents are refused at their line; so is UTF-16."""
    with pytest.raises(CharterError) as refused:
        parse_yaml("a: 1\nb: é\n".encode("latin-1"), name=NAME)
    assert f"{NAME}, l. 2" == refused.value.faults[0].where
    assert "8" in refused.value.faults[0].what.en
    with pytest.raises(CharterError):
        parse_yaml("a: 1".encode("utf-16"), name=NAME)


def test_a_file_that_is_too_large():
    """256 KiB are read, one byte more is not."""
    content = b"# " + b"x" * (256 * 1024 - 2)
    assert (None, {}) == parse_yaml(content, name=NAME)
    with pytest.raises(CharterError, match="octets"):
        parse_yaml(content + b"x", name=NAME)


@pytest.mark.parametrize(
    "word",
    [
        "non",
        "no",
        "oui",
        "yes",
        "on",
        "off",
        "No",
        "TRUE",
        "12:30",
        "1:30:00",
        "007",
        "08",
        "0x1F",
        "0b11",
        "0o17",
        "1_000",
        "1,5",
        "1e3",
        "912160000E0001",
        ".inf",
        ".nan",
        "1.0e+999",
        "2026-13-45",
        "2026-02-30",
        "2026-1-1",
        "01/02/2026",
        "2026-01-01T12:00:00",
        "٣",
        "= 1 + 1",
        "__import__('os')",
    ],
)
def test_words_stay_words(word):
    """Nothing is guessed: Norway, times, hexadecimals, dates that are none stay text."""
    assert {"a": word} == parse_yaml(f"a: {word}".encode(), name=NAME)[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1.5e+3", 1500.0),
        ("2026-11-01", dt.date(2026, 11, 1)),
        ('"12"', "12"),
        ("'true'", "true"),
        ("'2026-11-01'", "2026-11-01"),
        ("|\n  12", "12"),
    ],
)
def test_plain_values(written, expected):
    """Numbers, truth, nothing and ISO dates are converted; what is quoted is text."""
    found = parse_yaml(f"a: {written}".encode(), name=NAME)[0]["a"]
    assert (type(expected), expected) == (type(found), found)


def test_a_number_of_five_thousand_digits():
    """It is text: no conversion that takes for ever or raises."""
    assert {"a": "1" * 5000} == parse_yaml(b"a: " + b"1" * 5000, name=NAME)[0]


def test_a_merge_key_is_a_key():
    """Nothing is merged, so that the checks see an unknown key."""
    assert {"<<": {"a": 1}} == parse_yaml(b"<<: {a: 1}", name=NAME)[0]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing\n", b"---\n", b"\xef\xbb\xbf"])
def test_empty_files(content):
    """Nothing is read, and nothing is wrong yet."""
    assert parse_yaml(content, name=NAME)[0] is None


def test_lines_of_entries():
    """Every entry knows its line; so do the entries of a list."""
    data, lines = parse_yaml(b"\na: 1\nb:\n  - c: 2\n    d: 3\n  - 4\n", name=NAME)
    assert {"a": 1, "b": [{"c": 2, "d": 3}, 4]} == data
    assert (2, 3, 4, 5, 6) == (
        lines["a",],
        lines["b",],
        lines["b", 0, "c"],
        lines["b", 0, "d"],
        lines["b", 1],
    )


def test_the_caller_names_the_error():
    """A project file is refused as a project."""
    with pytest.raises(ProjectError):
        parse_yaml(b"a: !x 1", name="project.yaml", refuse=ProjectError)


def test_a_file_is_named_by_its_folder_only(tmp_path):
    """No path of the machine is shown."""
    (tmp_path / "made_up").mkdir()
    file = tmp_path / "made_up" / "XX-01.yaml"
    file.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(CharterError) as refused:
        read_yaml(file)
    assert "made_up/XX-01.yaml, l. 2" == refused.value.faults[0].where
    assert str(tmp_path) not in refused.value.say("fr")


def test_a_large_plain_file_is_read_soon():
    """Twenty thousand entries, close to the limit, take a few seconds at most."""
    content = "\n".join(f"k{number}: {number}" for number in range(20_000)).encode()
    assert len(content) < 256 * 1024
    begun = time.perf_counter()
    assert 20_000 == len(parse_yaml(content, name=NAME)[0])
    assert time.perf_counter() - begun < 20
