"""Shops and hotels drawn by the contributors of OpenStreetMap, asked of Overpass in one query."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import yaml

from geodata.errors import Fault, FetchError
from geodata.fetching.frames import point_features
from geodata.fetching.paging import Collected, collect
from geodata.fetching.task import Brought, Task, layer_of
from geodata.language import Text

__all__ = ["bring", "hotels", "shops"]

_FAMILIES_FILE = Path(__file__).with_name("shop_families.yaml")
_NUMBER = r"^\s*(\d+(?:[.,]\d+)?)"
_WHOLE_SQUARE_METRES = r"^\s*(\d+(?:[.,]\d+)?)\s*(?:m2|m²|sqm|sq m)?\s*$"
_NOT_SHOPS = ("no", "vacant", "yes")
_PRECISION = "approx ±15 m"
_SHOWN = 8


def bring(task: Task) -> Brought:
    """Layers ``shops`` and ``hotels``, those that are wanted.

    Raises
    ------
    FetchError
        Overpass failed, or ran out of time or memory: it then answers 200 with what it has so far.
    """
    values = {"communes": "|".join(task.communes)}
    answer = collect(task.session, task.name, "elements", values=values)
    _require_whole(answer)
    elements = _elements(answer.rows)
    layers, remarks = [], []
    for layer, convert in (("shops", shops), ("hotels", hotels)):
        if layer not in task.topics:
            continue
        frame, said = convert(elements)
        made, more = layer_of(
            frame,
            layer=layer,
            task=task,
            downloads=answer.downloads,
            day=_day(answer),
            precision=_PRECISION,
        )
        layers.append(made)
        remarks += [*said, *more, _not_exhaustive(layer)]
    return Brought(tuple(layers), tuple(remarks), all(one.is_unchanged for one in answer.downloads))


def shops(elements: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Columns of ``shops``; a sales area is only what is tagged, never 0."""
    kinds, closed = elements["shop"], elements["disused:shop"]
    vacant = kinds.eq("vacant") | (kinds.isna() & closed.notna())
    rows = elements[vacant | (kinds.notna() & kinds.ne("no"))].reset_index(drop=True)
    is_kind = rows["shop"].notna() & ~rows["shop"].isin(_NOT_SHOPS)
    kind = rows["shop"].where(is_kind, rows["disused:shop"])
    family = kind.str.split(";").str[0].str.strip().map(_family_by_kind())
    unknown = sorted(set(kind[family.isna()].dropna()))
    frame = rows.assign(
        name=_named(rows),
        family=family.fillna("mixed"),
        sales_area_m2=_positive(rows["sales_area"], _WHOLE_SQUARE_METRES),
        status="existing",
        vacant=rows["shop"].eq("vacant") | rows["shop"].isna(),
        confidence=family.notna().map({True: "medium", False: "low"}),
    )
    said = [_unknown_kinds(unknown, int(family.isna().sum()))] if family.isna().any() else []
    return frame, said


def hotels(elements: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Columns of ``hotels``; rooms and stars are only what is tagged, never 0."""
    rows = elements[elements["tourism"].eq("hotel")].reset_index(drop=True)
    frame = rows.assign(
        name=_named(rows),
        rooms=_positive(rows["rooms"], r"^\s*(\d+)\s*$"),
        stars=_positive(rows["stars"], _NUMBER),
        status="existing",
        confidence="medium",
    )
    unsaid = int(frame["rooms"].isna().sum())
    said = Text(
        f"hotels : {unsaid} hôtel(s) sur {len(frame)} sans nombre de chambres.",
        f"hotels: {unsaid} hotel(s) of {len(frame)} without a number of rooms.",
    )
    return frame, [said] if unsaid else []


def _elements(rows: list[Any]) -> gpd.GeoDataFrame:
    """Elements as points: nodes where they are, ways and relations at their centres."""
    sound = [each for each in rows if isinstance(each, dict)]
    tags = pd.DataFrame([each.get("tags") or {} for each in sound], dtype=object)
    wanted = ["name", "brand", "operator", "shop", "disused:shop", "tourism"]
    wanted += ["rooms", "stars", "sales_area"]
    columns = tags.reindex(columns=wanted, index=pd.RangeIndex(len(sound))).astype(object)
    columns = columns.where(columns.notna(), None)
    places = [each if "lat" in each else each.get("center") or {} for each in sound]
    longitudes = pd.to_numeric(pd.Series([each.get("lon") for each in places]), errors="coerce")
    latitudes = pd.to_numeric(pd.Series([each.get("lat") for each in places]), errors="coerce")
    columns["id"] = [f"{each.get('type')}/{each.get('id')}" for each in sound]
    return point_features(columns, longitudes=longitudes, latitudes=latitudes)


def _named(rows: gpd.GeoDataFrame) -> pd.Series:
    """Name, else brand, else operator, else the words for none."""
    named = rows["name"].fillna(rows["brand"]).fillna(rows["operator"])
    return named.fillna("(sans nom)").astype(object)


def _positive(texts: pd.Series, pattern: str) -> pd.Series:
    """Numbers found by ``pattern``; NaN where there is none, or where it says 0."""
    bare = texts.astype("str").str.replace(r"(?<=\d)[ \u00a0\u202f](?=\d)", "", regex=True)
    found = bare.str.extract(pattern)[0].str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(found, errors="coerce").astype("float64")
    return numbers.where(numbers > 0)


@functools.cache
def _family_by_kind() -> dict[str, str]:
    """Family of the charter by value of ``shop``."""
    families = yaml.safe_load(_FAMILIES_FILE.read_text(encoding="utf-8"))
    return {kind: family for family, kinds in families.items() for kind in kinds}


def _day(answer: Collected) -> str:
    """Day of the data behind the answer, ISO 8601."""
    head = answer.first.get("osm3s") if isinstance(answer.first, dict) else None
    stamp = head.get("timestamp_osm_base") if isinstance(head, dict) else None
    return str(stamp or "")[:10]


def _require_whole(answer: Collected) -> None:
    """Refuse an answer that stopped on the way."""
    said = answer.first.get("remark") if isinstance(answer.first, dict) else None
    if said:
        raise FetchError(
            Fault(
                Text(
                    f"Overpass s'est arrêté en chemin : {str(said)[:120]}.",
                    f"Overpass stopped on the way: {str(said)[:120]}.",
                ),
                "overpass-api.de",
                Text(
                    "Recommencer plus tard, ou commune par commune.",
                    "Try again later, or one municipality at a time.",
                ),
            )
        )


def _unknown_kinds(kinds: list[str], count: int) -> Text:
    """Remark about kinds of shops without a family."""
    named = ", ".join(each[:30] for each in kinds[:_SHOWN])
    return Text(
        f"shops : {count} commerce(s) d'un genre sans famille, classés « mixed » : {named}.",
        f"shops: {count} shop(s) of a kind without a family, put under “mixed”: {named}.",
    )


def _not_exhaustive(layer: str) -> Text:
    """Remark about what nobody has drawn."""
    return Text(
        f"{layer} : OpenStreetMap n'est pas exhaustif ; une absence n'y prouve rien.",
        f"{layer}: OpenStreetMap is not exhaustive; absence proves nothing there.",
    )
