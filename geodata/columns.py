"""The types of columns: what does not fit, and the one dtype each type is kept in."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from geodata.catalog import Column

__all__ = ["conformed", "misfits"]

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def misfits(values: pd.Series, *, column: Column) -> pd.Series:
    """Boolean mask of the present values that are not of the column's type; missing ones fit."""
    fits = _FITS[column.type](values)
    return ~fits if fits.all() else values.notna() & ~fits


def conformed(values: pd.Series, *, column: Column) -> pd.Series:
    """Values that fit, in the dtype of their type.

    Text and dates (ISO 8601) become ``str``, numbers ``float64`` with NaN where missing, booleans
    ``bool``, or ``boolean`` where they may be missing.
    """
    if column.type == "number":
        return pd.to_numeric(values.where(values.notna(), np.nan)).astype("float64")
    if column.type == "boolean":
        return values.astype("boolean" if column.nullable else "bool")
    if column.type == "date":
        days = _days(values)
        as_is = all(day == value for value, day in days.items())
        return (values if as_is else values.astype(object).map(days)).astype("str")
    return values.astype("str")


def _text_fits(values: pd.Series) -> pd.Series:
    """Where a value is text."""
    if isinstance(values.dtype, pd.StringDtype):
        return pd.Series(data=True, index=values.index)
    return values.map(lambda value: isinstance(value, str)).astype(bool)


def _number_fits(values: pd.Series) -> pd.Series:
    """Where a value is a finite number; ``True`` is none, and text never is."""
    if pd.api.types.is_bool_dtype(values):
        return pd.Series(data=False, index=values.index)
    if pd.api.types.is_numeric_dtype(values):
        return ~np.isinf(values.astype("float64"))
    return values.map(_is_number).astype(bool)


def _boolean_fits(values: pd.Series) -> pd.Series:
    """Where a value is true or false."""
    if pd.api.types.is_bool_dtype(values):
        return pd.Series(data=True, index=values.index)
    return values.map(lambda value: isinstance(value, bool | np.bool_)).astype(bool)


def _date_fits(values: pd.Series) -> pd.Series:
    """Where a value is a calendar day."""
    days = _days(values)
    if None not in days.values():
        return pd.Series(data=True, index=values.index)
    return values.astype(object).map(days).notna()


_FITS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "text": _text_fits,
    "number": _number_fits,
    "boolean": _boolean_fits,
    "date": _date_fits,
}


def _days(values: pd.Series) -> dict[Any, str | None]:
    """ISO 8601 day of each distinct value, for layers hold few distinct days."""
    return {value: _iso_day(value) for value in values.dropna().unique()}


def _is_number(value: object) -> bool:
    """Whether one value is a finite number."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        return False
    return math.isfinite(value)


def _iso_day(value: object) -> str | None:
    """Day as ISO 8601 text, or None when the value is no calendar day."""
    if isinstance(value, dt.date):  # datetime and Timestamp are dates too
        return value.strftime("%Y-%m-%d")
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        return None
