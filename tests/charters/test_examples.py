"""The examples of the articles are run, and a changed article breaks them."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

import charters
from charters.examples import example_faults, facts_of
from charters.facts import Missing
from charters.loading import CHARTERS, load_charter, load_charters

FOLDER = Path(charters.__file__).parent
CASES = [
    (charter, article, example)
    for charter in load_charters()
    for article in charter.articles
    for example in article.examples
]


@pytest.mark.parametrize(
    ("charter", "article", "example"),
    CASES,
    ids=[
        f"{example.requirement or article.id}-{example.expect.outcome}-{number}"
        for number, (_, article, example) in enumerate(CASES)
    ],
)
def test_each_example(charter, article, example):
    """The verdict is the one that the author of the article expects."""
    alone = charter.model_copy(
        update={"articles": (article.model_copy(update={"examples": (example,)}),)}
    )
    assert [] == list(example_faults(alone))


# What is changed in a copy of an article file, and the requirement whose example must notice.
CHANGES = {
    "PI-01": ("value: 1,", "value: 0,"),
    "PI-02": ("value: 40,", "value: 20,"),
    "PI-03": ("value: 50,", "value: 51,"),
    "PI-04": ("value: 500,", "value: 400,"),
    "PI-05": ("value: 30,", "value: 90,"),
    "PI-06": ("value: 1,", "value: 1.1,"),
    "PI-07": ("value: 70,", "value: 150,"),
    "PI-08": ("value: 30,", "value: 20,"),
    "PI-09": ("value: 500,", "value: 400,"),
    "PI-10": ("value: 0.7,", "value: 0.8,"),
    "PI-11": ("value: 0.15,", "value: 0.2,"),
    "PI-12": ("value: 0.2,", "value: 0.3,"),
    "PI-13": ("value: 50,", "value: 60,"),
    "PI-14": ("value: 150,", "value: 450,"),
    "PI-15": ('op: ">="', 'op: "<="'),
    "PI-16": ("value: 60,", "value: 80,"),
    "PI-17": ("value: 0.7,", "value: 0.6,"),
    "PI-18": ("value: 0,", "value: 300,"),
    "PI-19": ("value: 2,", "value: 3,"),
    "PI-20": ("value: 10,", "value: 20,"),
    "CH-01": ("value: 50,", "value: 60,"),
    "CH-02": ("project.sales_area}]}", "project.floor_area}]}"),
    "CH-03": ("value: 300,", "value: 900,"),
    "CH-04": ("value: 300,", "value: 100,"),
    "CH-05": ("value: 1000,", "value: 2000,"),
    "CH-06": ("value: 0,", "value: 300,"),
    "CH-07": ("value: 0,", "value: 2,"),
    "CH-08": ("value: 0,", "value: 20,"),
    "CH-09": ("value: 7.5,", "value: 10,"),
    "CH-10": ("value: 0.5,", "value: 0.4,"),
    "CH-11": ("value: 100,", "value: 200,"),
    "CH-12": ("value: 500,", "value: 450,"),
    "CH-13": ("value: 100,", "value: 80,"),
    "CH-14": ("value: -5,", "value: -10,"),
    "CH-15": ("value: 50,", "value: 90,"),
    "CH-16": ("value: 800,", "value: 600,"),
    "CH-17": ("value: 60,", "value: 55,"),
    "CH-18": ("value: 45,", "value: 55,"),
    "CH-20": ("value: 66.66,", "value: 80,"),
    "CH-19": ("value: 300,", "value: 500,"),
}  # fmt: skip


def test_every_article_is_broken_once():
    """The list above names each article."""
    assert {article.id for each in load_charters() for article in each.articles} == set(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_article_breaks_its_examples(name, tmp_path):
    """A copy of the charter with one figure changed is found at fault, by the article's name."""
    folder = FOLDER / CHARTERS[name.startswith("CH")]
    copy = shutil.copytree(folder, tmp_path / folder.name)
    file = copy / f"{name}.yaml"
    old, new = CHANGES[name]
    text = file.read_text(encoding="utf-8")
    # the examples keep what their author expects: only what stands before them is changed
    rules, examples = text.split("\nexamples:", 1)
    assert old in rules
    changed = rules.replace(old, new)
    file.write_text(f"{changed}\nexamples:{examples}", encoding="utf-8")
    faults = list(example_faults(load_charter(copy)))
    assert faults
    assert {name} == {fault.where[:5] for fault in faults}


def test_a_changed_table_breaks_examples(tmp_path):
    """A density of 61 jobs per hectare for offices is noticed."""
    copy = shutil.copytree(FOLDER / "industrial_parks", tmp_path / "industrial_parks")
    table = copy / "tables" / "job_densities.csv"
    changed = table.read_text().replace("office;2014-11-20;;60;", "office;2014-11-20;;61;")
    table.write_text(changed, encoding="utf-8")
    assert ["PI-15, 2026-11-01"] * 2 == [
        fault.where for fault in example_faults(load_charter(copy))
    ]


def faults_of(load, entry, **others):
    """English words of the faults of one example of the made-up article."""
    example = {
        "on": "2026-01-01",
        "given": {"project.height": 12},
        "expect": {"outcome": "non_compliant"},
    }
    charter = load(entry(examples=[{**example, **others}]))
    for fault in example_faults(charter):
        assert fault.what.fr != fault.what.en
        yield fault.say("en")


def test_what_an_example_gets_wrong(load, entry):
    """Outcome and margin are named, the expected and the found."""
    assert [] == list(faults_of(load, entry))
    (fault,) = faults_of(load, entry, expect={"outcome": "compliant"})
    assert (
        "XX-01, 2026-01-01: The example expects compliant, the judge says non_compliant." in fault
    )
    (fault,) = faults_of(load, entry, expect={"outcome": "non_compliant", "margin": 1})
    assert "expects a margin of 1.0, the judge says -1.0" in fault


def test_a_margin_that_does_not_exist(load, entry):
    """A margin expected of what is missing is a fault, not a pass."""
    (fault,) = faults_of(load, entry, given={}, expect={"outcome": "to_investigate", "margin": 0})
    assert "nan" in fault


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"requirement": "XX-01b"}, "names XX-01b, which does not exist"),
        ({"given": {"project.hight": 12}}, "Did you mean “project.height”?"),
        ({"given": {"project.height": "tall"}}, "“tall” does not suit project.height."),
        ({"given": {"project.use": 3}}, "“3.0” does not suit project.use."),
    ],
)
def test_an_example_that_is_none(load, entry, others, words):
    """An unknown requirement or fact, a word for a number, are said, not ignored."""
    (fault,) = faults_of(load, entry, **others)
    assert words in fault


def test_facts_from_plain_values():
    """Figures come in the units of the form; what is not given is missing, never 0."""
    facts = facts_of(
        {"project.renewable_extra_cost": 16, "project.use": "office", "site.zone": "a"}
    )
    assert 0.16 == pytest.approx(facts["project.renewable_extra_cost"].values[0])
    assert "office" == facts["project.use"].values[0]
    assert Missing.NOT_GIVEN == facts["project.height"].missing[0]
    assert Missing.NULL_DATUM == facts["site.contenance_m2"].missing[0]
    assert np.isnan(facts["site.contenance_m2"].values[0])
    assert facts["site.commune"].values[0] is None
    assert all(len(dataclasses.astuple(column)) == 3 for column in facts.values())
