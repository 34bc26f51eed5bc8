"""Hostile or careless charter files: each is refused by name, at its line, with what to do."""

import io
import time
from pathlib import Path

import pytest

from charters.editing import AddArticle
from charters.editing_checks import checked
from charters.editions import charters_from, edition_files
from charters.loading import charter_of, load_charters
from geodata.errors import CharterError

PATH = "industrial_parks/PI-03.yaml"
FILES = {
    name: content
    for name, content in edition_files(1).items()
    if name in (PATH, "sources.yaml", "industrial_parks/charter.yaml") or "parks/tables" in name
}
# An article of one requirement, kept beside the test: the lines of the faults are counted in it.
FILES[PATH] = Path(__file__).with_name("sound_article.yaml").read_bytes()
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BEFORE, VALUE = (
    "unit: m2, values: [{from: 2024-12-16, value: 1500, source: APER-40}]",
    "value: 1500",
)


def article() -> str:
    """A sound article."""
    return FILES[PATH].decode()


def refused(text: str | bytes, path: str = PATH, **others: bytes):
    """Faults of a charter of one article and its tables, in which one file is this text."""
    files = {**FILES, **others, path: text if isinstance(text, bytes) else text.encode()}
    own = {
        name.removeprefix("industrial_parks/"): content
        for name, content in files.items()
        if name.startswith("industrial_parks/")
    }
    with pytest.raises(CharterError) as error:
        charter_of(own, folder="industrial_parks", sources=files["sources.yaml"])
    return error.value.faults


HOSTILE = {
    "tag": ("severity: mandatory", "severity: !!python/object/apply:os.system [id]", 6, "tag"),
    "plain tag": ("severity: mandatory", "severity: !!str mandatory", 6, "tag"),
    "anchor": ("severity: mandatory", "severity: &x mandatory", 6, "anchors and aliases"),
    "alias": ("severity: mandatory", "severity: *x", 6, "anchors and aliases"),
    "duplicate key": (
        "severity: mandatory",
        "severity: mandatory\nseverity: mandatory",
        7,
        "twice",
    ),
    "wrong unit": (BEFORE, BEFORE.replace("m2", "m"), 8, "is compared in m2, not in m"),
    "no unit": (BEFORE, BEFORE.replace("m2", "metres"), 16, "The unit “metres” does not exist"),
    "unknown measure": (
        "{field: project.parking_canopy_area}",
        "{field: project.canopy}",
        12,
        "field",
    ),
    "near miss": (
        "project.parking_canopy_area},",
        "project.parking_canopy_aera},",
        12,
        "Did you mean",
    ),
    "unknown key": ("severity:", "severty:", 6, "Did you mean “severity”?"),
    "overlap": (
        "[{from: 2024-12-16, value: 1500, source: APER-40}]",
        (
            "[{from: 2024-12-16, to: 2026-01-01, value: 1, source: APER-40}, "
            "{from: 2025-01-01, value: 2, source: APER-40}]"
        ),
        16,
        "two values on 2025-01-01",
    ),
    "no source": ("value: 1500, source: APER-40", "value: 1500", 16, "“source” is missing"),
    "unknown source": (
        "value: 1500, source: APER-40",
        "value: 1500, source: APER-4",
        16,
        "“APER-40”?",
    ),
    "a number for a day": (
        "{from: 2024-12-16, to: null}",
        "{from: 1734307200}",
        7,
        "A day is written",
    ),
    "not a number": (VALUE, "value: .nan", 16, "Write a number"),
    "infinite": (VALUE, "value: .inf", 16, "Write a number"),
    "huge": (VALUE, "value: 1e999", 16, "Write a finite"),
    "norway": ("severity: mandatory", "severity: no", 6, "'no'"),
    "sexagesimal": (VALUE, "value: 12:30", 16, "'12:30'"),
    "expression": (VALUE, "value: __import__('os').system('id')", 16, "Write a number"),
    "path for an id": ("id: PI-03", "id: ../../PI-03", 1, "letters, digits"),
    "formula for an id": ("id: PI-03", "id: '=1+1'", 1, "letters, digits"),
    "control characters": (
        'fr: "Ombrières de stationnement"',
        'fr: "a\\e[31m"',
        3,
        "control characters",
    ),
    "endless text": ('fr: "Ombrières de stationnement"', f'fr: "{"a" * 5000}"', 3, "Shorten"),
    "a place of a program": ("Couvrir {missing}", "Couvrir {missing.__class__}", None, "missing"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "words"), HOSTILE.values(), ids=HOSTILE)
def test_refused_at_its_line(old, new, line, words):
    """File, line and remedy, in both languages, at most a breath after it was given."""
    text = article()
    assert old in text
    start = time.process_time()
    faults = refused(text.replace(old, new, 1))
    assert 10 > time.process_time() - start
    wanted = [fault for fault in faults if words in fault.say("en")]
    assert wanted, [fault.say("en") for fault in faults]
    where = {fault.where for fault in wanted}
    assert where == {f"{PATH}, l. {line}"} or line is None
    for fault in faults:
        assert fault.what.fr != fault.what.en
        assert fault.remedy.fr
        assert len(fault.say("fr")) < 2000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS.encode(), "anchors and aliases"),
        (b"[" * 100_000, "nested levels"),
        (b"a: " + b"{a: " * 60 + b"1" + b"}" * 60, "nested levels"),
        (b"x" * 300_000, "256 KiB"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a: \x00", "refused"),
        (b"a: [1", "unreadable YAML"),
    ],
    ids=["laughs", "brackets", "braces", "large", "binary", "nul", "open"],
)
def test_no_bomb_goes_off(content, words):
    """It is refused in a breath, whatever it would have become."""
    start = time.process_time()
    faults = refused(content)
    assert 10 > time.process_time() - start
    assert any(words in fault.say("en") for fault in faults)
    assert all(fault.where.startswith(PATH) for fault in faults)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('=HYPERLINK("http://x");2014-11-20;;60;job/ha;MODEL;', "letters, digits"),
        ("=1+1;2014-11-20;;60;job/ha;MODEL;", "letters, digits"),
        ("@SUM;2014-11-20;;60;job/ha;MODEL;", "letters, digits"),
        ("office;2014-11-20;;=60;job/ha;MODEL;", "Write a number"),
        ("office;2014-11-20;;60;job/ha;-2+3;", "is not in sources.yaml"),
        ("office;2014-11-20;;60;job/ha;MODEL;=cmd", "to_check"),
        ("../../x;2014-11-20;;60;job/ha;MODEL;", "letters, digits"),
        ("office;2014-11-20;;inf;job/ha;MODEL;", "finite"),
        ("office;2014-11-20;;60;pieds;MODEL;", "The unit “pieds” does not exist"),
        ("office;2014-11-20;;60;job/ha;MODEL;;;;", "unknown"),
    ],
)  # fmt: skip
def test_a_table_starts_no_formula(row, words):
    """A cell that a spreadsheet would run is refused, with its line."""
    header = "key;from;to;value;unit;source;confidence\n"
    path = "industrial_parks/tables/job_densities.csv"
    faults = refused(header + row + "\n", path)
    told = [fault for fault in faults if words in fault.say("en")]
    assert told, [fault.say("en") for fault in faults]
    assert all(fault.where.startswith("tables/job_densities.csv") for fault in told)


def test_a_large_table_is_not_read_whole():
    """256 KiB are enough for any table."""
    faults = refused(b"key;from;to;value;unit;source\n" * 20_000, "industrial_parks/tables/x.csv")
    assert any("256 KiB" in fault.say("en") for fault in faults)


def test_an_endless_file_is_not_read_to_its_end(monkeypatch):
    """Of a file of the folder, no more is read than is needed to refuse it."""
    asked = []

    class Endless(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return b"a" * size

    plain = Path.open

    def opened(path, *given, **named):
        return Endless() if path.name == "PI-03.yaml" else plain(path, *given, **named)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(CharterError, match="256"):
        charters_from(edition_files(1))
    assert [256 * 1024 + 1] == asked


@pytest.mark.parametrize("new", ["javascript:alert(1)", "data:text/html,x", "//x", "http:// x"])
def test_an_address_only_opens(new):
    """A source links to a page, and runs nothing."""
    sources = (
        edition_files(1)["sources.yaml"]
        + (f"\nBAD: {{text: [a, b], url: '{new}', verified: text}}\n").encode()
    )
    faults = refused(article(), **{"sources.yaml": sources})
    assert ["sources.yaml"] == sorted({fault.where.split(",")[0] for fault in faults})
    assert any("An address begins" in fault.say("en") for fault in faults)


def test_markup_in_a_text_stays_text():
    """It is no fault of the charter, and is escaped where it is shown."""
    files = edition_files(1)
    text = article().replace("Ombrières de stationnement", "<img src=x onerror=alert(1)>", 1)
    files[PATH] = text.encode()
    (found,) = [each for each in charters_from(files)[0].articles if each.id == "PI-03"]
    assert "<img src=x onerror=alert(1)>" == found.title.fr


def test_a_pasted_article_is_read_by_the_same_rules():
    """What the form pastes is refused like a file: tags, aliases, size."""
    for content, words in (
        (article().replace("id: PI-03", "id: PI-90 &a"), "PI-21"),
        ("id: !!python/name:os.system PI-90", "tag"),
        ("a: &a [1]\nb: *a", "aliases"),
        ("x" * 70_000, "Shorten"),
    ):
        made, faults = checked(
            AddArticle, {"charter": "industrial_parks", "content": content}, load_charters()
        )
        assert made is None
        assert any(words in fault.say("en") for fault in faults), content[:40]
