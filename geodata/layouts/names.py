"""Column names as files write them: case, accents and separators do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

__all__ = ["column_of", "columns_by_name", "plain"]

_SEPARATORS = re.compile(r"[\s\-.]+")
_SHAPEFILE_LENGTH = 10


def plain(name: object) -> str:
    """Name in lower case, without accents, words joined by ``_``."""
    folded = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
    return _SEPARATORS.sub("_", folded.strip("\ufeff\"' ")).strip("_").lower()


def columns_by_name(frame: pd.DataFrame) -> dict[str, str]:
    """Columns of ``frame`` by plain name; the first one where two read the same."""
    found: dict[str, str] = {}
    for column in frame.columns:
        found.setdefault(plain(column), column)
    return found


def column_of(alternatives: str, known: Mapping[str, str]) -> str | None:
    """First column that bears one of the names of ``alternatives``, which are separated by ``|``.

    A name longer than ten characters is also found as a shapefile cuts it.
    """
    names = alternatives.split("|")
    for name in names:
        if name in known:
            return known[name]
    for name in names:
        if len(name) > _SHAPEFILE_LENGTH and name[:_SHAPEFILE_LENGTH] in known:
            return known[name[:_SHAPEFILE_LENGTH]]
    return None
