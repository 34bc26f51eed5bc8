"""A comparison becomes the content of one file: a text to read, a table, or JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Literal

import pandas as pd

from charters.wording import CHARTER_OUTCOMES, OUTCOMES
from geodata.language import Language, Text, date_text
from geodata.writing import csv
from geodata.writing.plain import json_text
from zones.comparison import Case, Row, comparison_rows
from zones.exports import DEMO_NOTICE, assessment_document, verdict_table
from zones.figures import figure_texts

__all__ = ["ComparisonFormat", "case_title", "comparison_content"]

ComparisonFormat = Literal["text", "csv", "json"]
"""Kind of file."""

_ARTICLE_WIDTH = 42
_MARKS = {"outcome": "≠", "figure": "~", "": " "}


def comparison_content(
    cases: Sequence[Case], *, output: ComparisonFormat, language: Language
) -> bytes:
    """Bytes of the file: one column a case in a text, one row a verdict in CSV.

    Both say the day of judgment, and that data are a demonstration where they are.
    """
    if output == "csv":
        return csv.to_text(_table(cases, language)).encode("utf-8-sig")
    if output == "json":
        listed = [_document(case, language) for case in cases]
        return (json_text({"cases": listed}) + "\n").encode()
    return ("\n".join(_lines(cases, language)) + "\n").encode()


def _table(cases: Sequence[Case], language: Language) -> pd.DataFrame:
    """Verdict rows of every case, numbered."""
    parts = []
    for number, case in enumerate(cases, 1):
        rows = verdict_table(case.assessment, language=language)
        mine = rows[rows["site_id"] == case.site.index[0]]
        parts.append(pd.concat([pd.Series(number, mine.index, name="case"), mine], axis=1))
    return pd.concat(parts, ignore_index=True)


def _document(case: Case, language: Language) -> dict[str, object]:
    """Plain data of one case."""
    whole = assessment_document(case.assessment, language=language)
    return {"site": whole["sites"][case.position], "provenance": whole["provenance"]}


def _lines(cases: Sequence[Case], language: Language) -> Iterator[str]:
    """Lines of the text: what is compared, the cascade, then each charter's articles."""
    first = cases[0].assessment
    day = date_text(first.provenance.day, language)
    yield Text(f"Jugé au {day}", f"Judged on {day}").say(language)
    if first.provenance.demo_share > 0:
        yield DEMO_NOTICE.say(language)
    yield ""
    rows = comparison_rows(cases)
    for number, case in enumerate(cases, 1):
        yield f"[{number}] {case_title(case, language)}"
    for verdicts in first.verdicts.values():
        charter = verdicts.charter
        yield ""
        yield f"{charter.title.say(language)} ({charter.edition})"
        outcomes = [CHARTER_OUTCOMES[case.outcome(charter.id)].say(language) for case in cases]
        yield from _columns(
            [
                (" ", Text("Ensemble", "Overall").say(language), outcomes),
                *(_article(row, language) for row in rows if row.charter == charter.id),
            ]
        )
    yield ""
    yield Text(
        "≠ les verdicts diffèrent · ~ les valeurs ou les seuils diffèrent",
        "≠ the outcomes differ · ~ the values or the thresholds differ",
    ).say(language)


def case_title(case: Case, language: Language) -> str:
    """Project and site of a case."""
    parcels = ", ".join(case.site["parcels"].iloc[0])
    return f"{case.project.name.say(language)} · {parcels}"


def _article(row: Row, language: Language) -> tuple[str, str, list[str]]:
    """Mark, title and cells of one requirement."""
    cells = []
    for each in row.cells:
        if each is None:
            cells.append("–")
            continue
        value, _, margin = figure_texts(each, language)
        figures = " ".join(part for part in (value, f"({margin})" if margin else None) if part)
        cells.append(f"{OUTCOMES[each.outcome].say(language)} {figures}".strip())
    return _MARKS[row.difference], f"{row.article} {row.title.say(language)}", cells


def _columns(rows: Sequence[tuple[str, str, list[str]]]) -> Iterator[str]:
    """Marks, heads and cells, each column as wide as its widest cell."""
    widths = [
        max(map(len, column)) for column in zip(*(cells for _, _, cells in rows), strict=True)
    ]
    for mark, head, cells in rows:
        short = textwrap.shorten(head, _ARTICLE_WIDTH, placeholder="…")
        padded = (f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True))
        yield f"{mark} {short:{_ARTICLE_WIDTH}}  {'  '.join(padded)}".rstrip()
