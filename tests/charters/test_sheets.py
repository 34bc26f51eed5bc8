"""Laws of everything that a reader gets: every article, every language, several days."""

import datetime as dt
import re
from dataclasses import fields, is_dataclass

import pytest

from charters.document import charter_sheet
from charters.loading import load_charters
from charters.units import unit_text
from charters.vocabulary import project_fields, site_measures

KEYS = re.compile(
    r"\b(" + "|".join(sorted({*project_fields(), *site_measures()} - {"use", "height", "staff",
    "zone", "commune", "rooms", "stars", "operation", "family", "outflow", "cluster",
    "footprint"})) + r")\b"
)  # fmt: skip
DAYS = ("2014-11-20", "2026-11-01", "2031-01-01")
SHEETS = [
    (charter, dt.date.fromisoformat(day), language)
    for charter in load_charters()
    for day in DAYS
    for language in ("fr", "en")
]
IDS = [f"{charter.id}-{day.year}-{language}" for charter, day, language in SHEETS]
SILENT = {"id", "kind", "severity", "phase", "source", "outcome", "requirement", "url"}


def texts_of(node, name=""):
    """Every text of a sheet that is read as a sentence, with the name of its field."""
    if isinstance(node, str):
        if name not in SILENT:
            yield name, node
    elif is_dataclass(node):
        for field in fields(node):
            yield from texts_of(getattr(node, field.name), field.name)
    elif isinstance(node, tuple):
        for each in node:
            yield from texts_of(each, name)


@pytest.mark.parametrize(("charter", "day", "language"), SHEETS, ids=IDS)
def test_everything_that_is_read_is_clean(charter, day, language):
    """No None, no brace, no double space, no key of the data; French punctuation is kept."""
    found = list(texts_of(charter_sheet(charter, on=day, language=language)))
    assert len(found) > 20 * len(charter.articles)
    for name, text in found:
        assert not re.search(r"[{}]|\b(None|nan|NaN|inf)\b|\b(project|site)\.\w", text), text
        assert not KEYS.search(text), text
        assert "  " not in text
        assert text == text.strip(" "), text
        if language == "fr":
            assert not re.search(r" [:;?!»%]|« ", text), text
            assert not re.search(r"\b1 (janvier|mai|juin|juillet|janv)", text), text
        assert text or name in {"note", "date", "doubt", "tolerance", "reads", "shown", "formulas"}


def lines_of(node):
    """Shape of a sheet: how many entries there are at each place."""
    if is_dataclass(node):
        return tuple(lines_of(getattr(node, field.name)) for field in fields(node))
    if isinstance(node, tuple):
        return tuple(lines_of(each) for each in node)
    return bool(node) if isinstance(node, str) else node


@pytest.mark.parametrize("charter", load_charters(), ids=lambda each: each.id)
def test_both_languages_say_the_same_things(charter):
    """Every list is as long, every text is there or not; sentences are translated."""
    day = dt.date.fromisoformat(DAYS[1])
    french, english = (charter_sheet(charter, on=day, language=each) for each in ("fr", "en"))
    assert lines_of(french) == lines_of(english)
    for one, other in zip(french.articles, english.articles, strict=True):
        assert one.title != other.title
        assert one.period != other.period
        for each, translated in zip(one.requirements, other.requirements, strict=True):
            assert each.title != translated.title
            assert each.demands != translated.demands
            assert each.otherwise != translated.otherwise
            assert each.remedy != translated.remedy


@pytest.mark.parametrize("charter", load_charters(), ids=lambda each: each.id)
def test_figures_have_units(charter):
    """Wherever a figure has a unit in the data, its text has one too."""
    day = dt.date.fromisoformat(DAYS[1])
    for language in ("fr", "en"):
        sheet = charter_sheet(charter, on=day, language=language)
        for article, said in zip(charter.articles, sheet.articles, strict=True):
            for requirement, read in zip(article.requirements, said.requirements, strict=True):
                parameters = list(requirement.parameters.values())
                for parameter, figure in zip(parameters, read.figures, strict=False):
                    ends = {unit_text(parameter.unit, language, is_single=each) for each in (0, 1)}
                    assert figure.title
                    for value in figure.values:
                        assert any(value.text.endswith(end) for end in ends), value.text
                        assert not value.text.endswith(("None", "bool"))
