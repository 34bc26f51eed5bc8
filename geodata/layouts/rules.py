"""One column of the catalog from the columns of a file, and what had to be said of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.catalog import Column
from geodata.errors import culprits
from geodata.language import Text
from geodata.layouts.model import Rule
from geodata.layouts.names import column_of
from geodata.layouts.remarks import Remark, remark
from geodata.layouts.values import CONVERTERS, looked_up, text

__all__ = ["UNSAID", "mapped", "ranks"]

UNSAID = "non indiqué"
"""Fills a text that the catalog demands and the file does not give; it is always said."""
_MISFIT = Text(
    "Corriger ces valeurs dans le fichier, ou les faire correspondre à la main.",
    "Correct these values in the file, or map them by hand.",
)


def mapped(
    frame: pd.DataFrame,
    *,
    name: str,
    column: Column,
    rule: Rule,
    known: Mapping[str, str],
    ids: pd.Series,
) -> tuple[pd.Series, list[Remark]]:
    """Values of the catalog's column ``name`` for the rows of ``frame``, and remarks.

    Parameters
    ----------
    frame
        Rows of the file.
    name, column
        Column of the catalog.
    rule
        Where it comes from.
    known
        Columns of the frame by plain name.
    ids
        Id of each row, for the remarks.
    """
    source = None if rule.sources is None else column_of(rule.sources, known)
    found: list[Remark] = []
    if source is None:
        values = pd.Series(rule.constant, index=frame.index, dtype=object)
    else:
        values, found = _converted(frame[source], name, column, rule, ids)
        if rule.constant is not None:
            values = values.where(values.notna(), rule.constant)
    if rule.missing is not None:
        values = values.where(values.notna(), rule.missing)
    values, more = _within_list(values, name, column, ids)
    found += more
    lacking = values.isna()
    if lacking.any() and column.type == "text" and not (column.nullable or column.values):
        values = values.where(~lacking, UNSAID)
        what = Text(
            f"{name} : valeur(s) absente(s), notée(s) « {UNSAID} »",
            f"{name}: missing value(s), written “{UNSAID}”",
        )
        found.append(remark("missing_value", ids[lacking], what=what))
    return values, found


def _converted(
    cells: pd.Series, name: str, column: Column, rule: Rule, ids: pd.Series
) -> tuple[pd.Series, list[Remark]]:
    """Converted cells; those that hold something else are told."""
    values = CONVERTERS[rule.convert or column.type](cells)
    found = []
    lost = values.isna() & text(cells).notna()
    if lost.any():
        found.append(_unread(cells[lost], name, ids[lost]))
    if rule.values:
        words = looked_up(cells, table=rule.values)
        strange = words.isna() & values.notna()
        if strange.any() and rule.otherwise is not None:
            found.append(_outside(values[strange], name, ids[strange], rule.otherwise))
            values = values.where(~strange, rule.otherwise)
        elif strange.any() and not column.values:
            found.append(_outside(values[strange], name, ids[strange], None))
        values = words.where(words.notna(), values)
    return values, found


def _within_list(
    values: pd.Series, name: str, column: Column, ids: pd.Series
) -> tuple[pd.Series, list[Remark]]:
    """Values of the catalog's list; others are emptied where that is allowed, and always told."""
    if not column.values:
        return values, []
    strange = values.notna() & ~values.isin(column.values)
    if not strange.any():
        return values, []
    found = [_outside(values[strange], name, ids[strange], None)]
    return (values.where(~strange, None) if column.nullable else values), found


def _met(values: pd.Series) -> str:
    """Values met, each once, cut short."""
    return culprits(str(each)[:40] for each in values.astype(str).unique())


def _unread(values: pd.Series, name: str, ids: pd.Series) -> Remark:
    """Remark about values that could not be converted."""
    met = _met(values)
    what = Text(
        f"{name} : valeur(s) illisible(s), laissée(s) vides : {met}",
        f"{name}: unreadable value(s), left empty: {met}",
    )
    return remark("unreadable_value", ids, what=what, remedy=_MISFIT)


def _outside(values: pd.Series, name: str, ids: pd.Series, instead: str | None) -> Remark:
    """Remark about words that the list does not know."""
    met = _met(values)
    fr = f" ; noté « {instead} »" if instead is not None else ""
    en = f"; written “{instead}”" if instead is not None else ""
    what = Text(
        f"{name} : valeur(s) hors liste : {met}{fr}", f"{name}: value(s) not in the list: {met}{en}"
    )
    return remark("outside_list", ids, what=what, remedy=_MISFIT)


def ranks(frame: pd.DataFrame) -> pd.Series:
    """Rank of each row in the file, as a name: ``n° 1``."""
    return pd.Series([f"n° {rank}" for rank in np.arange(1, len(frame) + 1)], index=frame.index)
