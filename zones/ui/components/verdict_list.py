"""The articles of one site as a list; the chosen one shows its reasons and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from charters.model import Article, Charter
from charters.units import unit
from charters.verdicts import Input, Verdict
from charters.vocabulary import title, written_unit
from charters.wording import (
    KINDS,
    OUTCOMES,
    SEVERITIES,
    VERIFIED,
    quantity_text,
    said,
    word_text,
)
from geodata.catalog import contract
from geodata.language import Language, Text, date_text
from geodata.layers import Layers
from zones.figures import figure_texts
from zones.palette import OUTCOMES as LOOKS
from zones.ui.components.charter_words import CHARTER_WORDS

__all__ = ["chosen_in_list", "show_verdicts"]

_LIST = st.components.v2.component(
    "technopole_verdicts",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    isolate_styles=False,
)

_TEXTS = {
    "measured": Text("Mesuré", "Measured"),
    "required": Text("Exigé", "Required"),
    "margin": Text("Marge", "Margin"),
    "change": Text("Leviers", "Levers"),
    "inputs": Text("Entrées", "Inputs"),
    "sources": Text("Source", "Source"),
    "data": Text("Données", "Data"),
    "nature": Text("Nature", "Nature"),
    "to_do": Text("À faire\u00a0:", "To do:"),
    "to_check": Text(
        "La valeur en vigueur est elle-même à vérifier (voir la source).",
        "The value in force is itself to be checked (see the source).",
    ),
    "read": CHARTER_WORDS["read"],
    "evidence": Text("La preuve est tracée sur la carte.", "The evidence is drawn on the map."),
}
_SECTIONS = (
    ("non_compliant", Text("Non conformes", "Non-compliant")),
    ("to_investigate", Text("À instruire", "To investigate")),
    ("to_discuss", Text("À débattre", "To discuss")),
    ("compliant", Text("Conformes", "Compliant")),
    ("not_applicable", Text("Sans objet", "Not applicable")),
)
_LOOK_OF = {"to_discuss": "reservations"}


def show_verdicts(
    verdicts: Sequence[Verdict],
    *,
    charters: Sequence[Charter],
    layers: Layers,
    chosen: str | None,
    has_evidence: bool,
    language: Language,
    key: str,
    on: Mapping[str, Callable[[], None]],
) -> None:
    """Show ``verdicts`` grouped by outcome.

    Before the rerun, ``on["choose"]`` is told of a choice, ``on["read"]`` of an article to read.
    """
    articles = {
        each.id: (article, charter)
        for charter in charters
        for article, each in charter.requirements
    }
    sections: list[dict[str, Any]] = []
    for outcome, heading in _SECTIONS:
        found = [each for each in verdicts if each.outcome == outcome]
        rows = [
            _head(each, language)
            | (_detail(each, *articles[each.article], layers, language) if is_chosen else {})
            for each in found
            for is_chosen in [each.article == chosen]
        ]
        if rows:
            sections.append(
                {
                    "key": outcome,
                    "title": f"{heading.say(language)} ({len(rows)})",
                    "folded": outcome == "not_applicable",
                    "rows": rows,
                }
            )
    for section in sections:
        for row in section["rows"]:
            row["evidence"] = has_evidence and row["id"] == chosen
    _LIST(
        key=key,
        on_choose_change=on["choose"],
        on_read_change=on["read"],
        data={
            "sections": sections,
            "chosen": chosen,
            "language": language,
            "texts": {name: text.say(language) for name, text in _TEXTS.items()},
        },
    )


def chosen_in_list(key: str, verdicts: Sequence[str], *, what: str = "choose") -> str | None:
    """Id of the requirement just chosen, or to ``read``; None unless it is in ``verdicts``."""
    chosen = st.session_state.get(key, {}).get(what)
    return chosen if isinstance(chosen, str) and chosen in verdicts else None


def _head(verdict: Verdict, language: Language) -> dict[str, Any]:
    """What the list says of a verdict that is not opened, in one language."""
    look = next(
        each for each in LOOKS if each.key == _LOOK_OF.get(verdict.outcome, verdict.outcome)
    )
    value, threshold, margin = figure_texts(verdict, language)
    return {
        "id": verdict.article,
        "title": verdict.title.say(language),
        "outcome": verdict.outcome,
        "outcome_text": OUTCOMES[verdict.outcome].say(language),
        "symbol": look.symbol,
        "ink": look.ink,
        "colour": look.colour,
        "brief": f"{value} · {threshold}" if margin else verdict.reason.say(language),
    }


def _detail(
    verdict: Verdict, article: Article, charter: Charter, layers: Layers, language: Language
) -> dict[str, Any]:
    """What the list says of the verdict that is opened, besides."""
    value, threshold, margin = figure_texts(verdict, language)
    kind, weight = KINDS[verdict.kind].say(language), SEVERITIES[verdict.severity].say(language)
    return {
        "reason": verdict.reason.say(language),
        "remedy": None if verdict.remedy is None else verdict.remedy.say(language),
        "value": value,
        "threshold": threshold,
        "margin": margin,
        "gauge": _gauge(verdict),
        "changes": [each.text.say(language) for each in verdict.changes],
        "inputs": [_input(each, language) for each in verdict.inputs],
        "sources": [_source(name, charter, language) for name in verdict.sources],
        "layers": [_layer(name, layers, language) for name in verdict.layers],
        "nature": f"{kind} · {weight}",
        "note": None if article.note is None else article.note.say(language),
        "to_check": verdict.is_to_check,
    }


def _gauge(verdict: Verdict) -> dict[str, float] | None:
    """Value and threshold as places on a bar (0-1), None for a yes or no or a missing figure."""
    if verdict.value is None or verdict.threshold is None or verdict.unit == "bool":
        return None
    full = 1.25 * max(verdict.value, verdict.threshold)
    if full <= 0:
        return None
    return {"value": max(verdict.value, 0.0) / full, "threshold": verdict.threshold / full}


def _input(given: Input, language: Language) -> str:
    """One fact that was read, and whether it is declared or measured."""
    origin = (
        Text("mesuré", "measured") if given.layers else Text("déclaré par le projet", "declared")
    )
    if given.missing:
        value = Text("manque", "missing").say(language)
    elif isinstance(given.value, str):
        value = word_text(given.value).say(language)
    else:
        name = written_unit(given.path)
        factor = 1.0 if name == "%" else unit(name).factor
        value = quantity_text((given.value or 0.0) * factor, name, language)
    return f"{said(title(given.path), value, language)} ({origin.say(language)})"


def _source(name: str, charter: Charter, language: Language) -> str:
    """Citation of a source, its date and how far it was verified."""
    source = charter.sources[name]
    day = "" if source.date is None else f" ({date_text(source.date, language)})"
    return f"{source.text.say(language)}{day} [{VERIFIED[source.verified].say(language)}]"


def _layer(name: str, layers: Layers, language: Language) -> str:
    """Title, producer and edition of a layer."""
    named = contract(name).title.say(language)
    if name not in layers:
        return f"{named} · {Text('couche absente', 'layer not loaded').say(language)}"
    edition = layers[name].edition
    demo = (
        f" · {Text('démonstration', 'demonstration').say(language)}" if edition.demo_share else ""
    )
    number = Text("édition", "edition").say(language) + f" {edition.number}"
    return f"{named} · {edition.producer} · {edition.date} · {number}{demo}"
