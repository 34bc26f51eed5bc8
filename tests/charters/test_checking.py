"""What a charter must keep beyond its shape; every fault names its article."""

import pytest

from charters.checking import check_charter
from geodata.errors import CharterError

VALUES = [{"from": "2020-01-01", "value": 11, "source": "LAW"}]


def measure(value, unit="m"):
    """Measure of a made-up article."""
    return {
        "name": "made_up",
        "title": {"fr": "Mesure", "en": "Measure"},
        "value": value,
        "unit": unit,
    }


def parameter(*values, unit="m"):
    """Parameter of the made-up article."""
    return {"most": {"unit": unit, "values": list(values) or VALUES}}


FIELD = {"field": "project.height"}


def shown(value):
    """One figure in m² that is said beside the verdict."""
    title = {"fr": "Un chiffre", "en": "A figure"}
    return {"figure": {"title": title, "value": value, "unit": "m2"}}


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"charter": "industrial_parks"}, "Its charter is made_up, not industrial_parks."),
        ({"sources": ["LAWW"]}, "“LAWW” is not in sources.yaml. Did you mean “LAW”?"),
        ({"in_force": {"from": "2020-01-01", "to": "2019-01-01"}}, "ends on 2019-01-01, before"),
        ({"in_force": {"from": "2020-01-01", "to": "2020-01-01"}}, "ends on 2020-01-01, before"),
        ({"measure": measure({"field": "project.heigth"})}, "Did you mean “project.height”?"),
        ({"measure": measure({"field": "site.heigth"})}, "The field “site.heigth” does not exist."),
        ({"levers": ["project.hight"]}, "Did you mean “project.height”?"),
        ({"levers": ["site.zone_share"]}, "is not a field of the project"),
        ({"measure": measure(FIELD, "metre")}, "The unit “metre” does not exist."),
        ({"parameters": parameter(unit="cm")}, "The unit “cm” does not exist."),
        (
            {"requirement": {"op": "<=", "threshold": {"table": "none", "key": "project.us"}}},
            "Did you mean “project.use”?",
        ),
        ({"remedy": {"fr": "Ôter {manque}.", "en": "Cut {manque}."}}, "are {missing} and"),
        ({"remedy": {"fr": "Réduire de {missing}.", "en": "Reduce."}}, "in both languages"),
        ({"remedy": {"fr": "Réduire {", "en": "Reduce"}}, "are {missing} and"),
        ({"shown": shown({"field": "project.staff"})}, "A figure is not in “m2”"),
        ({"shown": shown({"field": "project.stafff"})}, "“project.staff”?"),
        ({"shown": shown({"parameter": "least"})}, "Unknown unit or name"),
    ],
)  # fmt: skip
def test_a_fault_of_an_article(said_of, entry, others, words):
    """It is found when the charter is loaded, and said with what was meant."""
    assert words in said_of(entry(**others))


def test_an_exemption_needs_a_source(said_of, entry):
    """The document that proves a way out has its source too."""
    way_out = {
        "when": {"field": "project.committee_opinion", "op": "=", "value": "favorable"},
        "document": {"fr": "Avis", "en": "Opinion"},
        "source": "LOI",
    }
    said = said_of(entry(exceptions=[way_out]))
    assert "“LOI” is not in sources.yaml" in said
    assert "Did you mean “favourable”?" in said


def test_every_fault_at_once(said_of, entry):
    """Five faults of one article come together."""
    said = said_of(
        entry(
            charter="other",
            sources=["LOI"],
            levers=["project.hight"],
            parameters=parameter({**VALUES[0], "source": "X", "to": "2019-01-01"}),
        ),
    )
    assert 5 == said.count(" | ") + 1


def test_an_article_written_twice(load, entry):
    """The same id twice is refused."""
    charter = load(entry())
    with pytest.raises(CharterError, match="deux fois"):
        check_charter(charter.model_copy(update={"articles": charter.articles * 2}))


def test_what_is_shown_may_fill_the_remedy(load, entry):
    """A place named like a figure that is shown is filled; a word needs no unit."""
    remedy = {"fr": "Reste {figure}.", "en": "{figure} left."}
    load(entry(shown=shown({"field": "project.floor_area"}), remedy=remedy))
    load(entry(shown=shown({"field": "site.commercial_sector"}), remedy=remedy))
