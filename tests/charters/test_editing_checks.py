"""A form is told everything that is wrong at once, at the field that it concerns."""

import pytest

from charters.editing import AddArticle, AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_checks import change_faults, checked
from charters.loading import load_charters

PARKS = "industrial_parks"
VALUE = {
    "charter": PARKS, "requirement": "PI-05b", "parameter": "reach", "from": "2027-01-01",
    "value": "300", "unit": "m", "source": "MODEL",
}  # fmt: skip
NEW = {"id": "DELIB", "text": {"fr": "Délibération", "en": "Resolution"}, "verified": "text"}


def faults(kind, /, **given):
    """Fields and English words of every fault."""
    made, found = checked(kind, given, load_charters())
    assert (made is None) == bool(found)
    for fault in found:
        assert fault.what.fr != fault.what.en
    return {fault.where: fault.say("en") for fault in found}


def test_a_sound_step():
    """Words of a form become days and figures; it is sound for the charters it was made for."""
    made, found = checked(AddValue, VALUE, load_charters())
    assert [] == found
    assert (300.0, 2027) == (made.value, made.since.year)
    assert [] == change_faults(made, load_charters())


def test_everything_at_once():
    """Six fields are wrong, six are told; an empty field is to be filled."""
    wrong = {**VALUE, "value": "nan", "from": 20270101, "unit": "km", "parameter": "rech",
             "source": None, "new_source": {**NEW, "id": "a b", "url": "javascript:x"}}  # fmt: skip
    told = faults(AddValue, **wrong)
    assert {"value", "from", "parameter", "source", "new_source.id", "new_source.url"} == set(told)
    assert "Write a finite number" in told["value"]
    assert "A day is written 2026-11-01" in told["from"]
    assert "Did you mean “reach”?" in told["parameter"]
    assert "This field is empty" in told["source"]


def test_texts_in_both_languages():
    """One language alone is no text."""
    given = {"charter": PARKS, "requirement": "PI-05b", "part": "title"}
    assert {"text"} == set(faults(EditText, **given, text={"fr": "Titre", "en": " "}))
    assert {} == faults(EditText, **given, text={"fr": "<b>Titre</b>", "en": "<script>"})


def test_a_new_source_takes_a_new_name():
    """A name that is taken is refused; the source that is cited is the new one."""
    assert {} == faults(AddValue, **{**VALUE, "source": "DELIB", "new_source": NEW})
    told = faults(AddValue, **{**VALUE, "new_source": {**NEW, "id": "MODEL"}})
    assert {"new_source.id"} == set(told)
    assert "Did you mean" in faults(AddValue, **{**VALUE, "source": "MODLE"})["source"]


@pytest.mark.parametrize(
    ("kind", "given", "field", "words"),
    [
        (AddValue, {**VALUE, "requirement": "PI-05z"}, "requirement", "Did you mean “PI-05"),
        (
            AddRow,
            {**VALUE, "table": "job_density", "key": "office"},
            "table",
            "Did you mean “job_densities”?",
        ),
        (
            SetNature,
            {"charter": PARKS, "requirement": "PI-05a", "kind": "commitment",
             "severity": "information"},
            "kind",
            "keeps its nature",
        ),
        (
            SetNature,
            {"charter": PARKS, "requirement": "PI-05b", "kind": "legal", "severity": "mandatory"},
            "kind",
            "does not become",
        ),
        (
            EndArticle,
            {"charter": PARKS, "article": "PI-01", "to": "2014-11-20", "source": "MODEL"},
            "to",
            "begins on 20 November 2014",
        ),
        (
            EndArticle,
            {"charter": PARKS, "article": "PI-0", "to": "2030-01-01", "source": "MODEL"},
            "article",
            "does not exist",
        ),
        (
            EditText,
            {"charter": PARKS, "requirement": "PI-99", "part": "title", "text": ["a", "b"]},
            "requirement",
            "does not exist",
        ),
        (AddValue, {**VALUE, "value": -300}, "value", "cannot be below zero"),
        (AddValue, {**VALUE, "value": 200}, "value", "Nothing changes"),
        (AddValue, {**VALUE, "to": "2028-01-01"}, "to", "without this value from 1 January 2028"),
        (
            AddValue,
            {**VALUE, "from": "2020-01-01"},
            "from",
            "in force from 26 April 2022 only",
        ),
        (
            EditText,
            {"charter": PARKS, "requirement": "PI-05b", "part": "remedy",
             "text": {"fr": "Joindre une étude de raccordement au réseau de chaleur.",
                      "en": "Attach a study of the connection to the heat network."}},
            "text",
            "Nothing changes",
        ),
        (
            SetNature,
            {"charter": PARKS, "requirement": "PI-05b", "kind": "commitment",
             "severity": "recommended"},
            "kind",
            "Nothing changes",
        ),
        (AddArticle, {"charter": PARKS, "content": "id: PI-01"}, "content", "exists already"),
        (AddArticle, {"charter": PARKS, "content": "id: CH-90"}, "content", "of the form PI-21"),
        (AddArticle, {"charter": PARKS, "content": "id: ../../x"}, "content", "of the form"),
        (AddArticle, {"charter": PARKS, "content": "- a"}, "content", "of the form"),
        (AddArticle, {"charter": PARKS, "content": "a: &b 1"}, "content, l. 1", "aliases"),
    ],
)  # fmt: skip
def test_what_a_step_may_not_mean(kind, given, field, words):
    """Names that do not exist, law that stays, articles that have not begun, ids that are taken."""
    told = faults(kind, **given)
    assert [field] == list(told)
    assert words in told[field]
