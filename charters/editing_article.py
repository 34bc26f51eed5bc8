"""A new article described by a form: one fact, one figure from a day on, and where it applies."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from charters.conditions import Comparator
from charters.editing import AddArticle, Sourced
from charters.entries import Day, Identifier, Said
from charters.model import Charter, Kind, Severity
from charters.units import unit
from charters.vocabulary import fact_paths, fact_unit, is_word, written_unit
from geodata.yaml_writing import yaml_text

__all__ = ["ArticleForm", "article_text", "measurable_facts", "next_id"]

_STRICT = ("<", ">")


class ArticleForm(Sourced):
    """What a planner fills in; the source is that of the figure."""

    id: Identifier
    """Id, see :func:`next_id`."""
    charter: Identifier
    """Id of the charter."""
    title: Said
    """Title."""
    chapter: Said
    """Chapter of the charter."""
    kind: Kind
    """Nature."""
    severity: Severity
    """Weight."""
    since: Day = Field(alias="from")
    """First day in force."""
    fact: str
    """What is measured: ``project.<field>`` or ``site.<measure>``, no word."""
    op: Comparator
    """How it is held to the figure."""
    value: float
    """Figure, in the unit in which the fact is written for a reader."""
    remedy: Said
    """What to do where it is not met."""
    uses: tuple[str, ...] = ()
    """Uses to which it applies; all where there is none."""

    def article(self) -> AddArticle:
        """New article that the form describes."""
        return AddArticle(
            charter=self.charter, content=article_text(self), new_source=self.new_source
        )


def next_id(charter: Charter) -> str:
    """Id after the last one of the charter: PI-21 after PI-20."""
    prefix, _, last = max(each.id for each in charter.articles).rpartition("-")
    return f"{prefix}-{int(last) + 1:02}"


def measurable_facts() -> tuple[str, ...]:
    """Facts that are numbers, by path."""
    return tuple(sorted(path for path in fact_paths() if not is_word(path)))


def article_text(form: ArticleForm) -> str:
    """Text of the article's file, with two examples: at the figure, and without the datum."""
    name = written_unit(form.fact)
    whole = _plain(form.value)
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
            "unit": name,
        },
        "requirement": {"op": form.op, "threshold": {"parameter": "figure"}},
        "parameters": {
            "figure": {
                "unit": name,
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
    written, kept = written_unit(form.fact), fact_unit(form.fact)
    given = (
        bool(whole) if kept == "bool" else _plain(whole * unit(written).factor / unit(kept).factor)
    )
    return [
        {"on": form.since, "given": {**use, form.fact: given}, "expect": {"outcome": outcome}},
        {"on": form.since, "given": use, "expect": {"outcome": "to_investigate"}},
    ]


def _plain(figure: float) -> float:
    """Figure without the noise of a conversion, whole where it is."""
    near = round(figure, 12)
    return int(near) if near.is_integer() else near
