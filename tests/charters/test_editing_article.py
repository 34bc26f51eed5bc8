"""A new article made by a form is one that the loader and the judge accept."""

import datetime as dt
import itertools

import pytest

from charters.editing_article import ArticleForm, measurable_facts, next_id
from charters.editing_checks import checked
from charters.editing_state import state_of
from charters.examples import example_faults
from charters.loading import load_charters
from geodata.errors import Fault
from geodata.language import Text

FORM = {
    "id": "PI-21", "charter": "industrial_parks", "title": Text("Hauteur", "Height"),
    "chapter": Text("Bâti", "Buildings"), "kind": "commitment", "severity": "recommended",
    "from": dt.date(2027, 1, 1), "fact": "project.height", "op": "<=", "value": 12.5,
    "source": "MODEL", "remedy": Text("Réduire de {missing}.", "Reduce by {missing}."),
}  # fmt: skip


def added(**others):
    """Charter with the article of a form."""
    change, faults = checked(ArticleForm, {**FORM, **others}, load_charters())
    assert [] == faults
    charter = state_of(1, (change,)).charters[0]
    assert [] == list(example_faults(charter))
    return charter


def test_an_article_of_a_form():
    """What was filled in is what is read."""
    article = next(each for each in added().articles if each.id == "PI-21")
    (requirement,) = article.requirements
    assert (("Hauteur", "Height"), dt.date(2027, 1, 1)) == (article.title, article.in_force.since)
    (value,) = requirement.parameters["figure"].values
    assert (12.5, "MODEL", "to_check") == (value.value, value.source, value.confidence)
    assert ("project.height",) == requirement.levers


@pytest.mark.parametrize(
    ("op", "kind", "uses"),
    list(
        itertools.product(
            ("<", "<=", "=", ">=", ">"), ("commitment", "indicator"), ((), ("hotel",))
        )
    ),
)
def test_every_comparison(op, kind, uses):
    """Its two examples give the verdicts that they expect."""
    assert added(op=op, kind=kind, uses=uses)


@pytest.mark.parametrize("fact", ["project.heat_network_study", "site.heat_main_distance_m"])
def test_yes_or_no_and_facts_of_the_site(fact):
    """A fact that a site is measured for is no lever."""
    charter = added(fact=fact, op="=", value=1.0)
    (requirement,) = next(each for each in charter.articles if each.id == "PI-21").requirements
    assert fact.startswith("project.") == (requirement.levers == (fact,))


def test_the_next_id():
    """One more than the last of the charter."""
    assert "PI-21" == next_id(load_charters()[0])


def test_no_word_is_measured():
    """A use is no number."""
    assert "project.use" not in measurable_facts()
    assert "project.height" in measurable_facts()


def test_a_share_is_written_in_percent():
    """As a reader knows it, though frames hold 0-1."""
    article = next(each for each in added(fact="site.zone_share", value=35.0).articles[-1:])
    (requirement,) = article.requirements
    assert "%" == requirement.parameters["figure"].unit
    assert 0.35 == article.examples[0].given["site.zone_share"]


@pytest.mark.parametrize(
    ("others", "fields"),
    [
        ({"title": {"fr": "", "en": " "}}, {"title": "This field is empty"}),
        ({"title": {"fr": "Titre", "en": ""}}, {"title": "in French and English"}),
        ({"from": None, "value": None, "source": None}, dict.fromkeys(("from", "value", "source"),
                                                                      "This field is empty")),
        ({"value": Fault(Text("a", "no number"), "", Text("b", "c"))}, {"value": "no number"}),
        ({"value": -3.0}, {"value": "below zero"}),
        ({"fact": "project.heat_network_study", "value": 1.0}, {"op": "neither larger"}),
        ({"fact": "project.use"}, {"fact": "no measured quantity"}),
        ({"source": None, "new_source": {"id": None, "text": {"fr": "", "en": ""},
                                         "verified": "text"}},
         {"new_source.id": "empty", "new_source.text": "empty"}),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(others, fields):
    """Every field at once, without a name that only files know."""
    change, faults = checked(ArticleForm, {**FORM, **others}, load_charters())
    assert change is None
    said = {fault.where: fault.say("en") for fault in faults}
    assert set(fields) == set(said)
    for name, words in fields.items():
        assert words in said[name]
        assert "{" not in said[name]
