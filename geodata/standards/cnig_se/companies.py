"""ETABLISSEMENT: the establishments of the lands, with what the register says of them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geodata.crs import WORK_CRS
from geodata.layers import Layers
from geodata.standards.cnig_se.issuer import Issuer
from geodata.standards.cnig_se.sources import features_of

__all__ = ["company_rows"]

_BANDS = {
    "NN": "non employeur ou effectif inconnu",
    "00": "0 salarié",
    "01": "1 ou 2 salariés",
    "02": "3 à 5 salariés",
    "03": "6 à 9 salariés",
    "11": "10 à 19 salariés",
    "12": "20 à 49 salariés",
    "21": "50 à 99 salariés",
    "22": "100 à 199 salariés",
    "31": "200 à 249 salariés",
    "32": "250 à 499 salariés",
    "41": "500 à 999 salariés",
    "42": "1 000 à 1 999 salariés",
    "51": "2 000 à 4 999 salariés",
    "52": "5 000 à 9 999 salariés",
    "53": "10 000 salariés et plus",
}
"""Staff bands of INSEE."""
_DEMO = "DÉMONSTRATION : établissement fictif."


def company_rows(
    layers: Layers, lands: gpd.GeoDataFrame, sites: pd.DataFrame, *, issuer: Issuer
) -> gpd.GeoDataFrame:
    """Rows of ETABLISSEMENT for the companies that stand on ``lands``, and ``key``.

    The layer holds active establishments only. Names of activities are not in it, nor in the
    standard: they are « inconnu ».
    """
    companies = features_of(layers, "companies")
    empty = gpd.GeoDataFrame({"key": []}, geometry=[], crs=WORK_CRS)
    if companies.empty or lands.empty:
        return empty
    rank, which = lands.sindex.query(companies.geometry.to_numpy(), predicate="intersects")
    if not len(rank):
        return empty
    pairs = pd.DataFrame({"company": rank, "land": lands.index.to_numpy()[which]})
    first = pairs.groupby("company")["land"].first()
    terr_ids = (
        lands["terr_id"].reindex(pairs["land"]).groupby(pairs["company"].to_numpy()).agg("|".join)
    )
    found = companies.iloc[first.index]
    site = lands["site"].reindex(first).to_numpy()
    edition = layers["companies"].edition
    days = found["source_date"].astype(object)
    day = days.where(days.notna(), edition.date or None)
    created = found["created"].astype(object)
    # known to this inventory since the day of its source, never before it was created
    since = [max(each for each in pair if each) if any(pair) else None
             for pair in zip(_texts(day), _texts(created), strict=True)]  # fmt: skip
    rows = {
        "key": [f"companies:{each}" for each in found.index],
        "SIRET": found.index,
        "SIREN": found.index.str[:9],
        "terr_id": terr_ids.to_numpy(),
        "etab_adresse": found["address"].astype(object).where(found["address"].notna(), "inconnu"),
        "etab_raison_sociale": found["name"],
        "etab_nat_juridique": found["legal_form"],
        "etab_nom": found["name"],
        "epci_nom": issuer.name,
        "epci_siren": issuer.siren,
        "comm_nom": sites["site_comm_nom"].reindex(site).to_numpy(),
        "comm_insee": sites["site_comm_insee"].reindex(site).to_numpy(),
        "etab_siege": found["is_head_office"].astype(object).map({True: "oui", False: "non"}),
        "etab_creation_date": created,
        "etab_identif_date": since,
        "etab_actu_date": since,
        "etab_actif": "oui",
        "etab_description": [_DEMO if each else None for each in found["demo"]],
        "etab_activite_code": found["naf"].str.replace(".", "", regex=False),
        "etab_activite_libelle": "inconnu",
        "etab_effectif_code": found["staff_band"].astype(object),
        "etab_effectif_libelle": found["staff_band"].astype(object).map(_BANDS),
        "etab_effectif_annee": found["staff_year"].map(
            lambda year: f"{int(year):04d}" if pd.notna(year) else None
        ),
        "etab_source_info": edition.producer,
        "geocodage_qualite": "localisation à la parcelle",
    }
    plain = {
        name: values.to_numpy() if isinstance(values, pd.Series) else values
        for name, values in rows.items()
    }
    return gpd.GeoDataFrame(plain, geometry=found.geometry.to_numpy(), crs=WORK_CRS)


def _texts(values: pd.Series) -> list[str]:
    """Texts, empty where missing."""
    return [each if isinstance(each, str) else "" for each in values]
