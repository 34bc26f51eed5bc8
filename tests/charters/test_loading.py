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


@pytest.mark.parametrize("text", ["", "3\n", "- a\n- b\n", "non\n"])
def test_an_article_that_is_none(faults_of, text):
    """A list, a word or nothing is no article."""
    ((where, said),) = faults_of(text)
    assert where.startswith("made_up/XX-01.yaml")
    assert "An article is expected" in said


@pytest.mark.parametrize("head", ["", "- a\n", "3\n"])
def test_a_charter_that_is_none(faults_of, head):
    """A list, a figure or nothing is no charter."""
    found = faults_of(ARTICLE, head=head)
    assert any("A charter is expected" in said for _, said in found)


def test_a_head_that_names_articles(faults_of):
    """Articles have files of their own; what is written in the head would be lost."""
    head = 'id: made_up\ntitle: {fr: "a", en: "b"}\nedition: "1"\narticles: []\n'
    found = faults_of(ARTICLE, head=head)
    assert ("made_up/charter.yaml, l. 4", "“articles” is not for here.") == (
        found[0][0],
        found[0][1].split(": ", 1)[1].split(" Correct")[0],
    )


def test_a_head_that_lacks_its_notice(faults_of):
    """The notice that a model charter is one cannot be left out."""
    head = 'id: made_up\ntitle: {fr: "a", en: "b"}\nedition: "1"\n'
    ((where, said),) = faults_of(ARTICLE, head=head)
    assert "made_up/charter.yaml, l. 1" == where
    assert "model_notice" in said


def test_a_source_without_its_nature(faults_of):
    """How far a source was read must be said."""
    ((where, said),) = faults_of(ARTICLE, sources='LAW: {text: {fr: "a", en: "b"}}\n')
    assert where.endswith("sources.yaml, l. 1")
    assert "“verified” is missing" in said


def test_every_fault_at_once(faults_of, entry):
    """Faults of several files and of one file come together."""
    found = faults_of(
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
