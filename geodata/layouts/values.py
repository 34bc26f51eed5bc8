"""Values as files write them become text, numbers, days and truths; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from geodata.layouts.names import plain

__all__ = ["CONVERTERS", "day", "looked_up", "number", "text", "truth"]

_MISSING = ["", "NULL", "null", "None", "nan", "NaN", "<NA>", "N/A", "n/a"]
_TRUTHS = {
    **dict.fromkeys(("oui", "o", "vrai", "true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("non", "n", "faux", "false", "f", "no", "0"), False),
}
_NO_DAY = ["0", "00000000", "0000-00-00"]
_DAY_ORDERS = (
    (r"^(\d{4})(\d{2})(\d{2})$", (0, 1, 2)),
    (r"^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ].*)?$", (0, 1, 2)),
    (r"^(\d{2})[-/](\d{2})[-/](\d{4})(?:[T ].*)?$", (2, 1, 0)),
)


def text(values: pd.Series) -> pd.Series:
    """Trimmed text, None where there is none; whole numbers are written without decimals."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return day(values)
    if pd.api.types.is_float_dtype(values):
        whole = np.isfinite(values) & (values % 1 == 0)
        written = values.astype(object).where(~whole, values.where(whole, 0).astype("int64"))
        return _blanked(written.astype(str), values)
    if isinstance(values.dtype, pd.StringDtype):
        return _blanked(values.str.strip(), values)
    cells = values.astype(object)
    if pd.api.types.infer_dtype(cells, skipna=True) == "string":  # most tables, and much faster
        return _blanked(cells.astype("str").str.strip(), values)
    floats = cells.map(lambda cell: isinstance(cell, float) and cell.is_integer()).astype(bool)
    if floats.any():
        cells = cells.mask(floats, cells[floats].map(int).astype(object))
    return _blanked(cells.astype(str).str.strip(), values)


def number(values: pd.Series) -> pd.Series:
    """Finite numbers, NaN where there is none; decimal commas and spaces are understood."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.astype("float64").replace([np.inf, -np.inf], np.nan)
    written = text(values).astype("str").str.replace(r"\s", "", regex=True)
    has_comma = written.str.contains(",", regex=False, na=False)
    french = written.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    read = pd.to_numeric(written.where(~has_comma, french), errors="coerce").astype("float64")
    return read.replace([np.inf, -np.inf], np.nan)


def day(values: pd.Series) -> pd.Series:
    """Days as ISO 8601 text, None where there is none.

    ``AAAAMMJJ``, ``AAAA-MM-JJ``, ``AAAA/MM/JJ``, ``JJ/MM/AAAA`` and moments are understood.
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        return _blanked(values.dt.strftime("%Y-%m-%d").astype(object), values)
    written = text(values)
    written = written.where(~written.isin(_NO_DAY), None)
    distinct = pd.Series(written.dropna().unique(), dtype="str")
    iso = pd.Series(None, index=distinct.index, dtype=object)
    for pattern, order in _DAY_ORDERS:
        parts = distinct.str.extract(pattern)
        joined = parts[order[0]] + "-" + parts[order[1]] + "-" + parts[order[2]]
        iso = iso.where(iso.notna(), joined)
    is_day = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").notna()
    known = dict(zip(distinct[is_day], iso[is_day], strict=True))
    return written.map(known).astype(object).where(lambda days: days.notna(), None)


def truth(values: pd.Series) -> pd.Series:
    """``True`` and ``False``, None where there is neither."""
    if pd.api.types.is_bool_dtype(values):
        return values.astype(object).where(values.notna(), None)
    words = text(values).str.lower()
    return words.map(_TRUTHS).astype(object).where(lambda each: each.notna(), None)


def looked_up(values: pd.Series, *, table: Mapping[str, str]) -> pd.Series:
    """Word of ``table`` for each value, None where it has none; case and accents do not count."""
    known = {plain(key): word for key, word in table.items()}
    written = text(values)
    words = {each: known.get(plain(each)) for each in written.dropna().unique()}
    return written.map(words).astype(object).where(lambda each: each.notna(), None)


def _blanked(written: pd.Series, values: pd.Series) -> pd.Series:
    """Text with None where the value is missing or says that it is."""
    lacking = values.isna() | written.isin(_MISSING) | written.isna()
    return written.astype(object).where(~lacking, None)


def _padded(width: int) -> Callable[[pd.Series], pd.Series]:
    """Code of ``width`` characters, zeros in front."""
    return lambda values: text(values).str.zfill(width).where(lambda each: each.notna(), None)


def _unpadded(values: pd.Series) -> pd.Series:
    """Code without the zeros in front; a lone zero stays."""
    bare = text(values).str.replace(r"^0+(?=.)", "", regex=True)
    return bare.where(bare.notna(), None)


def _dominant_form(values: pd.Series) -> pd.Series:
    """FORMDOMI of four digits; the two of an older DESTDOMI are its beginning."""
    code = text(values)
    short = code.str.fullmatch(r"\d{1,2}").fillna(value=False).astype(bool)
    return code.where(~short, code.str.zfill(2) + "00")


def _commune_list(values: pd.Series) -> pd.Series:
    """Codes separated by commas or semicolons, joined by ``|``."""
    joined = text(values).str.replace(r"\s*[,;|]\s*", "|", regex=True)
    return joined.where(joined.notna(), None)


CONVERTERS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "text": text,
    "number": number,
    "date": day,
    "boolean": truth,
    "code2": _padded(2),
    "code3": _padded(3),
    "code5": _padded(5),
    "unpadded": _unpadded,
    "formdomi": _dominant_form,
    "list": _commune_list,
}
"""Converters by the name that layouts use; the first four are the types of the catalog."""
