"""A charter on paper: a tagged A4 document, made by Typst from the same sheets as the screen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst

from charters.document import charter_sheet
from charters.model import Charter
from charters.sheets import CharterSheet
from charters.wording import PHASES
from geodata.language import Language, Text

__all__ = ["charter_pdf"]

_TEMPLATE = Path(__file__).with_name("charter.typ")
_REGIONS = {"fr": "FR", "en": "GB"}
_WORDS = {
    "model": Text(
        "Charte modèle, sans valeur réglementaire", "Model charter, without regulatory value"
    ),
    "contents": Text("Sommaire", "Contents"),
    "applies": Text("S'applique\u00a0: ", "Applies: "),
    "any_of": Text("l'une de ces voies suffit", "one of these ways is enough"),
    "shown": Text("Dit aussi\u00a0: ", "Also says: "),
    "remedy": Text("À faire\u00a0: ", "To do: "),
    "levers": Text("Leviers\u00a0: ", "Levers: "),
    "facts": Text("Données lues", "Facts read"),
    "examples": Text("Exemples, jugés à l'impression", "Examples, judged while printing"),
    "sources": Text("Sources", "Sources"),
    "value": Text("Valeur", "Value"),
    "period": Text("Période", "Period"),
    "state": Text("État", "State"),
    "source": Text("Source", "Source"),
    "not_in_force": Text("Pas en vigueur à cette date.", "Not in force on that date."),
    **PHASES,
}


def charter_pdf(charter: Charter, *, on: dt.date, language: Language) -> bytes:
    """Whole charter with the values in force ``on`` a day, as PDF/UA: title, language and tags.

    The template gets every text as data, which Typst shows and never runs; fonts are those that
    come with Typst, so that the same charter gives the same pages on any machine.
    """
    sheet = charter_sheet(charter, on=on, language=language)
    pdf: bytes = typst.compile(
        str(_TEMPLATE),
        sys_inputs={"charter": json.dumps(_given(sheet, language), ensure_ascii=False)},
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return pdf


def _given(sheet: CharterSheet, language: Language) -> dict[str, Any]:
    """Everything that the template shows."""
    places: dict[str, list[int]] = {}
    for position, article in enumerate(sheet.articles):
        places.setdefault(article.chapter, []).append(position)
    cited = {each.id: each for article in sheet.articles for each in article.sources}
    return {
        "language": language,
        "region": _REGIONS[language],
        "colon": "\u00a0: " if language == "fr" else ": ",
        "words": {name: text.say(language) for name, text in _WORDS.items()},
        "sheet": dataclasses.asdict(sheet),
        "chapters": [{"title": title, "articles": found} for title, found in places.items()],
        "sources": [dataclasses.asdict(cited[name]) for name in sorted(cited)],
    }
