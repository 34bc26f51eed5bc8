"""The four tables of a delivery, built from the layers; nothing that is not known is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.crs import WORK_CRS
from geodata.language import Text
from geodata.layers import Layers
from geodata.standards.cnig_se.companies import company_rows
from geodata.standards.cnig_se.issuer import Issuer
from geodata.standards.cnig_se.lands import land_rows
from geodata.standards.cnig_se.poles import pole_rows
from geodata.standards.cnig_se.registry import Registry
from geodata.standards.cnig_se.sites import site_rows
from geodata.standards.cnig_se.sources import features_of, sources
from geodata.standards.cnig_se.standard import standard

__all__ = ["Built", "LeftOut", "build"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An object that cannot be delivered yet."""

    class_: str
    """Class of the standard."""
    key: str
    """Our own id."""
    name: str
    """Its name; empty for a person."""
    missing: tuple[str, ...]
    """Required columns that no layer fills."""


@dataclass(frozen=True, slots=True)
class Built:
    """Tables ready to be written."""

    rows: dict[str, list[dict[str, Any]]]
    """Rows by table; None where nothing is known, shapes left out."""
    shapes: dict[str, gpd.GeoSeries]
    """Shapes by table, work CRS, in the order of the rows."""
    left_out: tuple[LeftOut, ...]
    """What no layer completes."""
    notes: tuple[Text, ...]
    """What was decided on the way."""
    demo_rows: int
    """Rows that are demonstration data."""


def build(layers: Layers, *, day: dt.date, registry: Registry, issuer: Issuer) -> Built:
    """Tables POLE-ECO, SITE-ECO, TERRAIN-ECO and ETABLISSEMENT of ``layers``.

    Parameters
    ----------
    layers
        Any of ``economic_sites``, ``zones``, ``economic_lands``, ``parcels``, ``economic_poles``,
        ``companies``, ``communes``, ``buildings``, ``roads``, ``stations``, ``transit_stops``.
    day
        Day of the delivery.
    registry
        Identifiers given so far; new objects are added to it.
    issuer
        Authority that delivers.
    """
    found = sources(layers)
    if found.sites.empty:
        return _nothing()
    lands = land_rows(layers, found.sites)
    sites = site_rows(layers, found.sites, lands, issuer=issuer)
    complete, left_out = _complete(sites, "site_eco")
    kept = found.sites.loc[complete.index]
    poles = pole_rows(layers, kept, complete, registry=registry, day=day)
    _identify(complete, kept, "SITE-ECO", registry, day)
    complete["pole_id"] = poles.pole_of_site
    lands = lands[lands["site"].isin(complete.index)].copy()
    _identify_lands(lands, complete, registry, day)
    companies = company_rows(layers, lands, complete, issuer=issuer)
    companies, unready = _complete(companies, "etablissement")
    shapes = {
        "pole_eco": poles.shapes,
        "site_eco": kept.geometry,
        "terrain_eco": lands.geometry,
        "etablissement": companies.geometry,
    }
    tables = {
        "pole_eco": poles.rows,
        "site_eco": complete,
        "terrain_eco": lands,
        "etablissement": companies,
    }
    return Built(
        rows={name: _plain(tables[name], name) for name in tables},
        shapes={name: gpd.GeoSeries(each, crs=WORK_CRS) for name, each in shapes.items()},
        left_out=(*left_out, *unready),
        notes=(*found.notes, *poles.notes),
        demo_rows=_demo_rows(layers),
    )


def _nothing() -> Built:
    """Tables without rows."""
    return Built(
        rows={name: [] for name in standard().tables},
        shapes={name: gpd.GeoSeries([], crs=WORK_CRS) for name in standard().tables},
        left_out=(),
        notes=(),
        demo_rows=0,
    )


def _complete(
    rows: gpd.GeoDataFrame | pd.DataFrame, table: str
) -> tuple[gpd.GeoDataFrame, list[LeftOut]]:
    """Rows that have every value the standard demands, and those that do not."""
    given_later = {"pole_id", "site_id", "terr_id", "site_identif_date", "site_actu_date"}
    needed = {
        name: column
        for name, column in standard().tables[table].columns.items()
        if not column.is_shape and name not in given_later
    }
    is_zae = (
        rows.get("site_type", pd.Series("", index=rows.index)) == standard().lists["site_type"][0]
    )
    missing = pd.DataFrame(index=rows.index)
    for name, column in needed.items():
        absent = rows[name].isna() if name in rows else pd.Series(data=True, index=rows.index)
        if column.required == "always":
            missing[name] = absent
        elif column.required == "zae":
            missing[name] = absent & is_zae
    lacking = missing.any(axis=1)
    left_out = [
        LeftOut(
            standard().tables[table].class_,
            str(rows.loc[each, "key"]),
            str(rows.loc[each].get("site_nom") or ""),
            tuple(missing.columns[missing.loc[each]]),
        )
        for each in rows.index[lacking]
    ]
    return rows[~lacking].copy(), left_out


def _identify(
    rows: gpd.GeoDataFrame, about: gpd.GeoDataFrame, class_: str, registry: Registry, day: dt.date
) -> None:
    """Give sites their identifiers and days; ``rows`` are our own copy."""
    registry.reserve(list(rows["key"]), class_=class_)
    for name in ("site_id", "site_identif_date", "site_actu_date"):
        rows[name] = pd.Series(None, index=rows.index, dtype=object)
    order = sorted(rows.index, key=lambda each: str(rows.loc[each, "key"]))
    for each in order:
        known = _day(about.loc[each, "day"])
        since = min(known or day, day)
        identifier, first = registry.identify(
            rows.loc[each, "key"],
            class_=class_,
            commune=rows.loc[each, "site_comm_insee"],
            since=since,
        )
        rows.loc[each, "site_id"] = identifier
        rows.loc[each, "site_identif_date"] = first.isoformat()
        rows.loc[each, "site_actu_date"] = max(since, first).isoformat()


def _identify_lands(
    lands: gpd.GeoDataFrame, sites: pd.DataFrame, registry: Registry, day: dt.date
) -> None:
    """Give lands their identifiers, days and site; ``lands`` are our own copy."""
    registry.reserve(list(lands["key"]), class_="TERRAIN-ECO")
    given: dict[Any, tuple[str, str, str]] = {}
    for each, key, site, known, first_known in sorted(
        zip(lands.index, lands["key"], lands["site"], lands["day"], lands["since"], strict=True),
        key=lambda entry: str(entry[1]),
    ):
        updated = min(_day(known) or day, day)
        since = min(_day(first_known) or updated, updated)
        commune = sites.loc[site, "site_comm_insee"]
        identifier, first = registry.identify(
            key, class_="TERRAIN-ECO", commune=commune, since=since
        )
        given[each] = (identifier, first.isoformat(), max(updated, first).isoformat())
    columns = ("terr_id", "terr_identif_date", "terr_actu_date")
    for position, name in enumerate(columns):
        lands[name] = pd.Series(
            {each: entry[position] for each, entry in given.items()}, dtype="str"
        )
    lands["site_id"] = lands["site"].map(sites["site_id"])


def _day(value: object) -> dt.date | None:
    """Day of ISO 8601 text, or None."""
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None


def _plain(rows: pd.DataFrame, table: str) -> list[dict[str, Any]]:
    """Rows in the order of the standard's columns, None where nothing is known."""
    names = [
        name for name, column in standard().tables[table].columns.items() if not column.is_shape
    ]
    present = {name: rows[name].tolist() if name in rows else [None] * len(rows) for name in names}
    cells: Iterable[tuple[Any, ...]] = zip(*present.values(), strict=True)
    return [
        {
            name: None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124 - NaN
            for name, value in zip(names, row, strict=True)
        }
        for row in cells
    ]


def _demo_rows(layers: Layers) -> int:
    """Demonstration features in what was read."""
    read = ("economic_sites", "zones", "economic_lands", "parcels", "companies", "economic_poles")
    return sum(int(features_of(layers, each)["demo"].sum()) for each in read if each in layers)
