"""A new article described by a form: one fact, one figure from a day on, and where it applies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charters.conditions import Comparator
from charters.model import Charter, Kind, Severity
from charters.vocabulary import fact_paths, fact_unit, is_word
from geodata.language import Text
from geodata.yaml_writing import yaml_text

__all__ = ["ArticleForm", "article_text", "measurable_facts", "next_id"]

_STRICT = ("<", ">")


@dataclass(frozen=True, slots=True)
class ArticleForm:
    """What a planner fills in."""

    id: str
    """Id, see :func:`next_id`."""
    charter: str
    """Id of the charter."""
    title: Text
    """Title."""
    chapter: Text
    """Chapter of the charter."""
    kind: Kind
    """Nature."""
    severity: Severity
    """Weight."""
    since: dt.date
    """First day in force."""
    fact: str
    """What is measured: ``project.<field>`` or ``site.<measure>``, no word."""
    op: Comparator
    """How it is held to the figure."""
    value: float
    """Figure, in the unit of the fact."""
    source: str
    """Source of the figure."""
    remedy: Text
    """What to do where it is not met."""
    uses: Sequence[str] = ()
    """Uses to which it applies; all where there is none."""


def next_id(charter: Charter) -> str:
    """Id after the last one of the charter: PI-21 after PI-20."""
    prefix, _, last = max(each.id for each in charter.articles).rpartition("-")
    return f"{prefix}-{int(last) + 1:02}"


def measurable_facts() -> tuple[str, ...]:
    """Facts that are numbers, by path."""
    return tuple(sorted(path for path in fact_paths() if not is_word(path)))


def article_text(form: ArticleForm) -> str:
    """Text of the article's file, with two examples: at the figure, and without the datum."""
    unit = fact_unit(form.fact)
    whole = int(form.value) if form.value.is_integer() else form.value
    entry: dict[str, Any] = {
        "id": form.id,
        "charter": form.charter,
        "title": form.title._asdict(),
        "chapter": form.chapter._asdict(),
        "kind": form.kind,
        "severity": form.severity,
        "in_force": {"from": form.since},
    }
    if form.uses:
        entry["applies_when"] = {"field": "project.use", "in": list(form.uses)}
    entry |= {
        "measure": {
            "name": form.fact.partition(".")[2],
            "value": {"field": form.fact},
            "unit": unit,
        },
        "requirement": {"op": form.op, "threshold": {"parameter": "figure"}},
        "parameters": {
            "figure": {
                "unit": unit,
                "values": [
                    {
                        "from": form.since,
                        "value": whole,
                        "source": form.source,
                        "confidence": "to_check",
                    }
                ],
            }
        },
        "levers": [form.fact] if form.fact.startswith("project.") else [],
        "remedy": form.remedy._asdict(),
        "sources": [form.source],
        "examples": _examples(form, whole),
    }
    return yaml_text(entry)


def _examples(form: ArticleForm, whole: float) -> list[dict[str, Any]]:
    """The figure itself, which a strict comparison refuses, and a missing datum."""
    use = {"project.use": form.uses[0]} if form.uses else {}
    refused = "to_discuss" if form.kind == "indicator" else "non_compliant"
    outcome = refused if form.op in _STRICT else "compliant"
    given: bool | float = bool(whole) if fact_unit(form.fact) == "bool" else whole
    return [
        {"on": form.since, "given": {**use, form.fact: given}, "expect": {"outcome": outcome}},
        {"on": form.since, "given": use, "expect": {"outcome": "to_investigate"}},
    ]
