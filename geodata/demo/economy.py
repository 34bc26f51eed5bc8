"""Economy: economic sites, establishments, and the places that anchor the clusters."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

from geodata.demo.ground import facts, ground, outline, place
from geodata.demo.labels import SYNTHETIC, Label, labelled, quoted
from geodata.demo.parcels import parcels
from geodata.demo.streets import chance
from geodata.demo.territory import zone_outlines

__all__ = ["anchor_frame", "company_frame", "economic_site_frame"]

_COMPANIES = 260
_UNKNOWN_STAFF_EVERY = 17
_SOLE_TRADER_EVERY = 9
_STAFF_BANDS = (
    (1, "01"), (3, "02"), (6, "03"), (10, "11"), (20, "12"), (50, "21"), (100, "22"), (200, "31"),
    (250, "32"), (500, "41"), (1000, "42"), (2000, "51"), (5000, "52"), (10_000, "53"),
)  # fmt: skip
"""Fewest employees of each band of INSEE, and its code."""


def economic_site_frame() -> gpd.GeoDataFrame:
    """The ``economic_sites`` layer: published parks without land units, made-up ones with them."""
    label = Label(
        "Presse et aménageurs (surface, emplois) ; contour schématique",
        source_date=None,
        licence="inconnue",
    )
    rows, labels = [], []
    for site in facts()["economic_sites"]:
        shape = outline(ground()["economic_sites"][site["id"]])
        published = {"site_surf_brute": site["hectares"], "site_nb_emploi": site["jobs"]}
        rows.append({**_site(site), **published, "geometry": shape})
        labels.append(label)
    for site in facts()["made_up_sites"]:
        area = facts()["zones"][site["zone"]]["area_ha"]
        units = {"site_uf_nbre": site["units"], "site_uf_vacant_nbre": site["vacant"]}
        shape = zone_outlines()[site["zone"]]
        rows.append({**_site(site), **units, "site_surf_brute": area, "geometry": shape})
        labels.append(SYNTHETIC)
    return labelled("economic_sites", rows, labels)


def company_frame() -> gpd.GeoDataFrame:
    """The ``companies`` layer: made-up establishments, whose SIRET fail Luhn's check."""
    source = chance("companies")
    styles = {"activity", "mixed", "large"}
    sites = [parcel for parcel in parcels() if parcel.plot.style in styles]
    chosen = source.choice(len(sites), _COMPANIES, replace=False)
    rows = []
    for rank, which in enumerate(chosen, 1):
        staff = int(source.lognormal(2.1, 1.0)) + 1
        rows.append(
            {
                "id": _bad_siret(990_000_000 + 37 * rank),
                "name": f"Entreprise fictive {rank}",
                "naf": str(source.choice(facts()["activity_codes"])),
                "staff": staff if rank % _UNKNOWN_STAFF_EVERY else None,
                **_register_entry(rank, staff if rank % _UNKNOWN_STAFF_EVERY else None),
                "geometry": sites[int(which)].shape.representative_point(),
            }
        )
    return labelled("companies", rows)


def anchor_frame() -> gpd.GeoDataFrame:
    """The ``cluster_anchors`` layer: real places, approached."""
    rows, labels = [], []
    for about in facts()["anchors"]:
        kept = {"name": about["name"], "theme": about["theme"]}
        rows.append({**kept, "geometry": place(*about["at"])})
        labels.append(
            quoted(about["source"], metres=about["metres"], confidence=about["confidence"])
        )
    return labelled("cluster_anchors", rows, labels)


def _site(about: dict[str, Any]) -> dict[str, Any]:
    """Columns that every economic site has."""
    return {
        "id": about["id"],
        "site_nom": about["name"],
        "site_type": "ZAE",
        "site_vocadomi": about["use"],
        "site_etat": "existant",
    }


def _register_entry(rank: int, staff: int | None) -> dict[str, Any]:
    """Made-up columns that the register of establishments has: every ninth is a sole trader."""
    bands = [code for floor, code in _STAFF_BANDS if staff is not None and staff >= floor]
    return {
        "legal_form": "1000" if rank % _SOLE_TRADER_EVERY == 0 else "5710",
        "address": f"{rank} rue Fictive, Amiens (démonstration)",
        "created": f"{1985 + rank % 40}-{1 + rank % 12:02}-01",
        "is_head_office": True,
        "staff_band": bands[-1] if bands else "NN",
        "staff_year": 2024,
    }


def _bad_siret(siren: int) -> str:
    """Fourteen digits that no register can hold: Luhn's sum is off by one."""
    head = f"{siren}0001"
    total = 0
    for rank, digit in enumerate(reversed(f"{head}0")):
        doubled = int(digit) * (1 + rank % 2)
        total += doubled // 10 + doubled % 10
    return head + str((11 - total % 10) % 10)
