"""Article files become a charter, or one error with every fault, its file and its line."""

import datetime as dt

import pytest

from charters.loading import CHARTERS, load_charter, load_charters
from geodata.errors import CharterError, MissingFileError

ARTICLE = """\
id: XX-01
charter: made_up
title: {fr: "Un article", en: "An article"}
chapter: {fr: "Essai", en: "Trial"}
kind: commitment
severity: mandatory
in_force: {from: 2020-01-01}
measure:
  name: height
  value: {field: project.height}
  unit: m
requirement: {op: "<=", threshold: {parameter: most}}
parameters:
  most:
    unit: m
    values:
      - {from: 2020-01-01, value: 11, source: LAW}
remedy: {fr: "Réduire.", en: "Reduce."}
sources: [LAW]
examples:
  - {on: 2026-01-01, given: {project.height: 10}, expect: {outcome: compliant}}
"""
TABLE = "key;from;to;value;unit;source;confidence\n"


def faults_of(load, *articles, **others):
    """Place and English words of every fault."""
    with pytest.raises(CharterError) as refused:
        load(*articles, **others)
    return [(fault.where, fault.say("en")) for fault in refused.value.faults]


def test_a_small_charter(load):
    """One article: its id, its one requirement and its one alternative, its dates as dates."""
    charter = load(ARTICLE)
    ((article, requirement),) = charter.requirements
    assert ("made_up", "XX-01", "XX-01") == (charter.id, article.id, requirement.id)
    assert ("Un article", "An article") == requirement.title
    assert dt.date(2020, 1, 1) == article.in_force.since
    assert article.in_force.until is None
    assert ["height"] == [each.measure.name for each in requirement.any_of]
    assert 11 == requirement.parameters["most"].values[0].value


def test_no_article_at_all(load):
    """An empty charter is a charter."""
    assert () == load().articles


def test_several_requirements_have_letters(load, entry):
    """They are XX-01a and XX-01b, and may have a title of their own."""
    shared = ("kind", "severity", "measure", "requirement", "parameters", "levers", "remedy")
    first = {name: entry()[name] for name in shared}
    second = {**first, "title": {"fr": "Le second", "en": "The second"}}
    charter = load(entry(**dict.fromkeys(shared), requirements=[first, second]))
    assert ["XX-01a", "XX-01b"] == [each.id for _, each in charter.requirements]
    assert ["Made-up article", "The second"] == [each.title.en for _, each in charter.requirements]


def test_a_table_of_a_spreadsheet(load, entry):
    """A byte order mark and empty cells do no harm; figures and dates are read."""
    rows = (
        "office;2020-01-01;2026-01-01;60;job/ha;LAW;to_check\noffice;2026-01-01;;70;job/ha;LAW;\n"
    )
    table = f"\ufeff{TABLE}{rows}"
    charter = load(entry(), tables={"densities": table})
    first, second = charter.tables["densities"].rows
    assert ("office", 60, dt.date(2026, 1, 1), "to_check") == (
        first.key,
        first.value,
        first.until,
        first.confidence,
    )
    assert (70, None, "checked") == (second.value, second.until, second.confidence)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity:", "severty:", 6, "Did you mean “severity”?"),
        ("  unit: m\nreq", "  unit: m\n  units: m\nreq", 12, "Did you mean “unit”?"),
        ("value: 11", "value: 11, vlaue: 12", 17, "Did you mean “value”?"),
        ("chapter:", "chapiter:", 4, "The key “chapiter” is unknown. Did you mean “chapter”?"),
        ('chapter: {fr: "Essai", en: "Trial"}\n', "", 1, "“chapter” is missing. Add it."),
        ("  unit: m\nreq", "req", 8, "“unit” is missing"),
        ("kind: commitment", "kind: promise", 5, "“kind” is refused"),
        ("severity: mandatory", "severity: non", 6, "'non'"),
        ("in_force: {from: 2020-01-01}", "in_force: {from: 2020-13-01}", 7, "“from” is refused"),
        ("in_force: {from: 2020-01-01}", "in_force: {from: hier}", 7, "'hier'"),
        ("value: 11", "value: onze", 17, "'onze'"),
        ("value: 11", "value: .inf", 17, "“value” is refused"),
        ("{field: project.height}", "{power: [project.height, 2]}", 10, "No known operator"),
        ("{field: project.height}", "project.height * 2", 10, "No known operator"),
        ("{field: project.height}", "{sum: []}", 10, "“sum” is refused"),
        ('op: "<="', 'op: "=<"', 12, "“op” is refused"),
        ("sources: [LAW]", "sources: []", 19, "“sources” is refused"),
        ("id: XX-01", "id: XX-02", 1, "The article is called XX-02, its file XX-01."),
        ("outcome: compliant", "outcome: conforme", 21, "“outcome” is refused"),
        ("sources: [LAW]", "requirements: []", 5, "The key “kind” is out of place."),
        ('title: {fr: "Un article", en: "An article"}', 'title: {fr: "Un article"}', 3, "“en”"),
        ('title: {fr: "Un article", en: "An article"}', "title: non", 3, "“title” is refused"),
        ('en: "An article"', 'en: ""', 3, "said in both languages"),
        ("in_force: {from: 2020-01-01}", "in_force: {from: 86400}", 7, "a day is written"),
        ("kind: commitment", "kind: commitment\nkind: legal", 6, "written twice"),
        ("remedy: {", "remedy: !!python/object:os.system {", 18, "the tag"),
    ],
)  # fmt: skip
def test_a_fault_at_its_line(load, old, new, line, words):
    """The file, the line and what is wrong are said, with the word that was meant."""
    assert 1 == ARTICLE.count(old)
    found = faults_of(load, ARTICLE.replace(old, new))
    assert f"made_up/XX-01.yaml, l. {line}" in [where for where, _ in found]
    assert any(words in said for _, said in found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["", "3\n", "- a\n- b\n", "non\n"])
def test_an_article_that_is_none(load, text):
    """A list, a word or nothing is no article."""
    ((where, said),) = faults_of(load, text)
    assert where.startswith("made_up/XX-01.yaml")
    assert "An article is expected" in said


@pytest.mark.parametrize("head", ["", "- a\n", "3\n"])
def test_a_charter_that_is_none(load, head):
    """A list, a figure or nothing is no charter."""
    found = faults_of(load, ARTICLE, head=head)
    assert any("A charter is expected" in said for _, said in found)


def test_a_head_that_names_articles(load):
    """Articles have files of their own; what is written in the head would be lost."""
    head = 'id: made_up\ntitle: {fr: "a", en: "b"}\nedition: "1"\narticles: []\n'
    found = faults_of(load, ARTICLE, head=head)
    assert ("made_up/charter.yaml, l. 4", "“articles” is not for here.") == (
        found[0][0],
        found[0][1].split(": ", 1)[1].split(" Correct")[0],
    )


def test_a_head_that_lacks_its_notice(load):
    """The notice that a model charter is one cannot be left out."""
    head = 'id: made_up\ntitle: {fr: "a", en: "b"}\nedition: "1"\n'
    ((where, said),) = faults_of(load, ARTICLE, head=head)
    assert "made_up/charter.yaml, l. 1" == where
    assert "model_notice" in said


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("a;2020-01-01;;60;job/ha;LAW;\nb;2020-01-01;;60;m2;LAW;\n", "", "one unit, not 2"),
        ("", "", "one unit, not 0"),
        ("office;2020-01-01;;soixante;job/ha;LAW;\n", ", l. 2", "'soixante'"),
        ("office;2020-13-01;;60;job/ha;LAW;\n", ", l. 2", "“from” is refused"),
        ("a;2020-01-01;;60;job/ha;LAW;\nb;;;60;job/ha;LAW;\n", ", l. 3", "“from” is missing"),
        ("office;2020-01-01;;60;job/ha;LAW;sure\n", ", l. 2", "'sure'"),
        ("office;2020-01-01;;60;job/ha;LAW;;extra\n", ", l. 2", "unknown"),
        (";2020-01-01;;60;job/ha;LAW;\n", ", l. 2", "“key” is missing"),
        ("office;2020-01-01;;nan;job/ha;LAW;\n", ", l. 2", "“value” is refused"),
    ],
)  # fmt: skip
def test_faults_of_a_table(load, entry, rows, line, words):
    """The table and the line of the spreadsheet are named."""
    found = faults_of(load, entry(), tables={"densities": TABLE + rows})
    assert f"tables/densities.csv{line}" in [where for where, _ in found]
    assert any(words in said for _, said in found)


def test_a_table_that_is_no_text(write_charter, entry, tmp_path):
    """A spreadsheet saved in another encoding is refused by name."""
    folder = write_charter(entry())
    (folder / "tables" / "d.csv").write_bytes(f"{TABLE}forêt;2020".encode("latin-1"))
    with pytest.raises(CharterError, match=r"tables/d\.csv"):
        load_charter(folder, sources=tmp_path / "sources.yaml")


def test_a_source_without_its_nature(load):
    """How far a source was read must be said."""
    ((where, said),) = faults_of(load, ARTICLE, sources='LAW: {text: {fr: "a", en: "b"}}\n')
    assert where.endswith("sources.yaml, l. 1")
    assert "“verified” is missing" in said


def test_every_fault_at_once(load, entry):
    """Faults of several files and of one file come together."""
    found = faults_of(
        load,
        ARTICLE.replace("severity: mandatory", "severity: x").replace("value: 11", "value: x"),
        entry(id="XX-02", kind="x"),
        tables={"t": TABLE},
    )
    files = [where.split(",")[0] for where, _ in found]
    assert 4 == len(files)
    assert {"made_up/XX-01.yaml", "made_up/XX-02.yaml", "tables/t.csv"} == set(files)


def test_faults_are_said_in_both_languages(load):
    """No fault is left in one language."""
    with pytest.raises(CharterError) as refused:
        load(ARTICLE.replace("severity:", "severty:").replace("value: 11", "value: x"))
    for fault in refused.value.faults:
        assert fault.what.fr != fault.what.en
        assert fault.remedy.fr != fault.remedy.en


def test_a_folder_that_is_no_charter(tmp_path):
    """The folder is named, without its path."""
    (tmp_path / "empty").mkdir()
    for name in ("empty", "absent"):
        with pytest.raises(MissingFileError) as refused:
            load_charter(tmp_path / name)
        assert name == refused.value.faults[0].where


def test_the_packaged_charters():
    """Both are loaded, once, in the order of the screen, and say that they are models."""
    charters = load_charters()
    assert list(CHARTERS) == [each.id for each in charters]
    assert charters is load_charters()
    for each in charters:
        assert each.model_notice.fr.startswith("Charte modèle")
        assert each.model_notice.en.startswith("Model charter")
