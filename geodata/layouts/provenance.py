"""Where features come from, said in the common columns of the catalog."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

__all__ = ["completed", "newest_day"]

_ETALAB_CADASTRE = {"commune", "prefixe", "section", "numero", "contenance"}
_ETALAB_SOURCE = "DGFiP – Cadastre, mise en forme Etalab"
_ETALAB_LICENCE = "Licence Ouverte 2.0"
_UNKNOWN = "non indiqué"


def completed(raw: gpd.GeoDataFrame, *, name: str) -> gpd.GeoDataFrame:
    """Features of ``raw`` with the common columns of the catalog, where the file has none.

    An Etalab cadastre is known by its columns. A file that says itself where its features come
    from, such as one of our exports, is believed: demonstration parcels stay demonstration parcels.

    Parameters
    ----------
    raw
        Features in any CRS.
    name
        Name of the file, the source where the layout is not known.
    """
    is_cadastre = set(raw.columns) >= _ETALAB_CADASTRE
    common = {
        "demo": False,
        "source": _ETALAB_SOURCE if is_cadastre else name,
        "source_date": newest_day(raw),
        "licence": _ETALAB_LICENCE if is_cadastre else _UNKNOWN,
        "geom_precision": "real",
        "confidence": "high" if is_cadastre else "medium",
    }
    absent = {column: value for column, value in common.items() if column not in raw}
    ids = raw["id"].map(_text_id, na_action="ignore").astype(object)
    return raw.assign(id=ids, **absent)


def newest_day(raw: pd.DataFrame) -> str | None:
    """Newest ``updated`` day of the file, ISO 8601, if it gives any."""
    if "updated" not in raw:
        return None
    days = [each for each in raw["updated"].dropna() if isinstance(each, str)]
    return max(days, default=None)


def _text_id(value: object) -> object:
    """Identifier as text, for GeoJSON allows whole numbers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
