"""The site: its parcels, areas, zones and constraints, and everything measured on it."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import streamlit as st

from charters.facts import Column, Facts, Missing
from charters.vocabulary import site_measures, written_unit
from charters.wording import quantity_text, word_text
from geodata.catalog import contract
from geodata.language import Language, Text, number_text
from geodata.layers import Layers
from zones.measures import zone_shares
from zones.ui.components.session import language, say

__all__ = ["short_id", "show_site", "site_line"]

_WHY = {
    Missing.NO_LAYER: Text("couche absente", "layer not loaded"),
    Missing.OUTSIDE_COVERAGE: Text("hors de la couche", "outside the layer"),
    Missing.COVERAGE_EDGE: Text("bord de la couche", "edge of the layer"),
    Missing.NULL_DATUM: Text("donnée vide", "empty datum"),
    Missing.UNDEFINED: Text("rien à mesurer", "nothing to measure"),
}


_NAMED = {"zone": ("zones", "libelle"), "commercial_sector": ("commercial_sectors", "name")}
"""Facts that are ids of features, and the column with the feature's name."""
_WHOLE = 0.9995
"""Share from which a site is said to lie in a zone, without a figure."""


def short_id(parcel: str) -> str:
    """Section and number as planners say them: « ZX 12 »."""
    return f"{parcel[8:10].lstrip('0')} {parcel[10:].lstrip('0')}" if len(parcel) == 14 else parcel  # noqa: PLR2004 - an Etalab id


def site_line(site: gpd.GeoDataFrame, layers: Layers) -> str:
    """Site in one line: parcels, area, zones."""
    row, said = site.iloc[0], language()
    ids = ", ".join(short_id(each) for each in row["parcels"])
    count = len(row["parcels"])
    name = say("one_parcel", ids=ids) if count == 1 else say("several", count=count, ids=ids)
    return " · ".join((name, _area(row["contenance_m2"], said), _zones(site, layers)))


def show_site(site: gpd.GeoDataFrame, facts: Facts, layers: Layers) -> None:
    """The site in full."""
    row, said = site.iloc[0], language()
    lines = [
        (say("contenance"), _area(row["contenance_m2"], said)),
        (say("planar"), quantity_text(float(row["planar_area_m2"]), "m2", said)),
        (say("zones"), _zones(site, layers)),
        (say("cluster"), _category(facts["site.zone_theme"], said)),
        (say("plu"), _category(facts["site.plu_zone"], said)),
        (say("commune"), _commune(facts["site.commune"], layers, said)),
        (
            say("sector"),
            _feature_name(
                facts["site.commercial_sector"], "commercial_sectors", "name", layers, said
            ),
        ),
        (say("constraints"), "\n".join(_constraints(facts, said))),
    ]
    if not bool(row["is_contiguous"]):
        st.warning(say("not_contiguous"), icon=":material/scatter_plot:")
    st.table(
        pd.DataFrame(lines, columns=["", " "]).set_index(""), border="horizontal", hide_header=True
    )
    st.caption(say("facts"))
    st.table(_measured(facts, layers, said).set_index(say("fact")), border="horizontal")


def _measured(facts: Facts, layers: Layers, said: Language) -> pd.DataFrame:
    """Every fact of the site with the edition of its data."""
    rows = []
    for name, measure in site_measures().items():
        column = facts[f"site.{name}"]
        if name == "commune":
            value = _commune(column, layers, said)
        elif name in _NAMED:
            value = _feature_name(column, *_NAMED[name], layers, said)
        elif measure.category:
            value = _category(column, said)
        else:
            value = _quantity(column, written_unit(f"site.{name}"), said)
        data = ", ".join(
            f"{contract(each).title.say(said)} {layers[each].edition.date}"
            for each in measure.layers
            if each in layers
        )
        rows.append((measure.title.say(said), value, data))
    return pd.DataFrame(rows, columns=[say("fact"), say("value"), say("edition")])


def _constraints(facts: Facts, said: Language) -> list[str]:
    """What restrains the site, or cannot be told, one sentence each."""
    found = []
    for name, word, unit_name, place in (
        ("strict_flood_area_m2", "flood", "m2", "area"),
        ("heat_perimeter_share", "heat", "%", "share"),
        ("protected_frontage_m", "frontage", "m", "length"),
    ):
        column = facts[f"site.{name}"]
        if column.missing[0]:
            title = site_measures()[name].title.say(said)
            found.append(f"{title} : {_unknown(column, said)}")
        elif column.values[0] > 0:
            quantity = quantity_text(float(column.values[0]), unit_name, said)
            found.append(say(word, **{place: quantity}))
    return found or [say("no_constraint")]


def _zones(site: gpd.GeoDataFrame, layers: Layers) -> str:
    """Zones of the site with the share of its area in each."""
    if "zones" not in layers:
        return say("unknown", why=_WHY[Missing.NO_LAYER].say(language()))
    names = layers["zones"].features["libelle"]
    shares = zone_shares(site, layers)
    said = [
        names.get(zone, zone)
        if share >= _WHOLE
        else f"{names.get(zone, zone)} {quantity_text(share, '%', language())}"
        for zone, share in zip(shares["zone"], shares["share"], strict=True)
    ]
    return ", ".join(said) or say("no_zone")


def _area(value: float, said: Language) -> str:
    """Registered area, or that it is not given."""
    if pd.isna(value):
        return say("missing_contenance")
    return f"{number_text(value, said, decimals=0)}\u00a0m²"


def _commune(column: Column, layers: Layers, said: Language) -> str:
    """Name of the municipality."""
    if column.missing[0] or "communes" not in layers:
        return _category(column, said)
    communes = layers["communes"].features
    named = communes.loc[communes["insee"] == column.values[0], "name"]
    return f"{named.iloc[0]} ({column.values[0]})" if len(named) else str(column.values[0])


def _feature_name(column: Column, layer: str, name: str, layers: Layers, said: Language) -> str:
    """Name of the feature whose id a fact gives."""
    if column.missing[0] or layer not in layers:
        return _category(column, said)
    names = layers[layer].features[name]
    return str(names.get(column.values[0], _category(column, said)))


def _category(column: Column, said: Language) -> str:
    """Word of a fact, or why it is missing."""
    return (
        _unknown(column, said) if column.missing[0] else word_text(str(column.values[0])).say(said)
    )


def _quantity(column: Column, unit_name: str, said: Language) -> str:
    """Figure of a fact, or why it is missing."""
    if column.missing[0]:
        return _unknown(column, said)
    return quantity_text(float(column.values[0]), unit_name, said)


def _unknown(column: Column, said: Language) -> str:
    """Why a fact is missing, in a word."""
    return say("unknown", why=_WHY[Missing(int(column.missing[0]))].say(said))
