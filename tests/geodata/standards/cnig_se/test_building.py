"""Deliveries built from an inventory of lands and groups, and from sites that overlap."""

import dataclasses
import datetime as dt

import pytest

from geodata.standards.cnig_se import check_delivery
from geodata.standards.cnig_se.building import build
from geodata.standards.cnig_se.export import export_cnig_se
from geodata.standards.cnig_se.issuer import AMIENS_METROPOLE
from geodata.standards.cnig_se.registry import Registry

DAY = dt.date(2026, 11, 23)


def built(layers):
    """Tables of layers, with an empty registry."""
    return build(layers, day=DAY, registry=Registry(), issuer=AMIENS_METROPOLE)


def without_units(small):
    """The same layers where nobody counted land units."""
    sites = small["economic_sites"]
    features = sites.features.assign(site_uf_nbre=float("nan"), site_uf_vacant_nbre=float("nan"))
    return {**small, "economic_sites": dataclasses.replace(sites, features=features)}


@pytest.fixture
def inventory(small, make):
    """Two lands of 1 ha, one of them for sale and vacant and not useful, and a group around."""
    known = {"terr_maitrise_fonc": "commune", "terr_stade_amngt": "viabilisé et aménagé"}
    lands = make["layer"](
        "economic_lands",
        [
            {"id": "80021_TERRAIN-ECO_00007", "site_id": "pres", "terr_utile": True,
             "terr_refcad": "80021000ZX0001", "terr_etat_occup": "occupé",
             "terr_usage": "bâti productif", "terr_stade_comm": "vendu, commercialisation achevée",
             "terr_identif_date": "2020-01-01", "terr_actu_date": "2025-06-30", **known},
            {"id": "t2", "site_id": "pres", "terr_utile": None, "terr_usage": "espace vert",
             "terr_etat_occup": "vacant", "terr_stade_comm": "en vente",
             "terr_identif_date": None, "terr_actu_date": None, **known},
        ],
        [make["plot"](0, 0), make["plot"](100, 0)],
    )  # fmt: skip
    poles = make["layer"](
        "economic_poles",
        [{"id": "p", "pole_nom": "Pôle des Prés", "pole_rayonnement": "régional"}],
        [make["plot"](-100, -100, 400, 400)],
    )
    return {**without_units(small), "economic_lands": lands, "economic_poles": poles}


def test_an_inventory_of_lands_gives_units_and_vacancy(inventory):
    """One vacant of two makes 50 %; a green space is not useful; 1 ha is for sale."""
    site = next(e for e in built(inventory).rows["site_eco"] if e["site_nom"] == "Parc des Prés")
    assert (2, 1, 50, 1.0, 1.0, 0.0) == (
        site["site_uf_nbre"], site["site_uf_vacant_nbre"], site["site_taux_vacance"],
        site["site_surf_utile"], site["site_surf_comm_dispo"], site["site_surf_projet"],
    )  # fmt: skip


def test_an_inventoried_land_keeps_its_identifier_and_days(inventory):
    """An identifier of the standard stays; without days, those of the source hold."""
    lands = {each["terr_usage"]: each for each in built(inventory).rows["terrain_eco"]}
    first, second = lands["bâti productif"], lands["espace vert"]
    assert ("80021_TERRAIN-ECO_00007", "2020-01-01", "2025-06-30", "oui") == (
        first["terr_id"], first["terr_identif_date"], first["terr_actu_date"], first["terr_utile"]
    )  # fmt: skip
    assert ("80021_TERRAIN-ECO_00008", "2026-01-01", "2026-01-01", "non") == (
        second["terr_id"], second["terr_identif_date"], second["terr_actu_date"],
        second["terr_utile"],
    )  # fmt: skip


def test_inventoried_groups_come_first(inventory):
    """The site inside the group belongs to it, the other is a group of its own."""
    rows = built(inventory).rows
    poles = {each["pole_nom"]: each for each in rows["pole_eco"]}
    assert {"Pôle des Prés", "ZAC du Bois"} == set(poles)
    assert ("régional", 1, 2.0, "industrielle") == tuple(
        poles["Pôle des Prés"][name]
        for name in ("pole_rayonnement", "pole_nb_site", "pole_surface", "pole_vocadomi")
    )
    named = {each["site_nom"]: each["pole_id"] for each in rows["site_eco"]}
    assert poles["Pôle des Prés"]["pole_id"] == named["Parc des Prés"]


def test_a_delivery_from_an_inventory_is_accepted(inventory, tmp_path):
    """Without a finding."""
    export_cnig_se(inventory, tmp_path, day=DAY)
    report = check_delivery(tmp_path)
    assert () == report.findings, report.say("fr")


def test_sites_that_overlap_are_taken_apart_and_it_is_said(small, make):
    """The later one loses what they share; the note names both and the area."""
    sites = small["economic_sites"]
    second = {**sites.features.reset_index().drop(columns="geometry").iloc[0].to_dict(),
              "id": "second", "site_nom": "Parc du Gué", "site_surf_brute": None}  # fmt: skip
    first = sites.features.reset_index().drop(columns="geometry").iloc[0].to_dict()
    both = make["layer"](
        "economic_sites", [first, second], [make["plot"](0, 0, 200), make["plot"](150, 0, 200)]
    )
    made = built({**small, "economic_sites": both})
    areas = {e["site_nom"]: e["site_surf_brute"] for e in made.rows["site_eco"]}
    assert 2.0 == areas["Parc des Prés"]
    assert 1.5 == areas["Parc du Gué"]
    assert any("Parc du Gué" in note.fr and "5000" in note.fr for note in made.notes)


def test_a_zac_that_is_the_site_completes_it(small):
    """Developer and year of the ZAC; the ZAC itself is not delivered twice."""
    zones = small["zones"]
    same = zones.features.set_geometry(list(small["economic_sites"].features.geometry))
    made = built({**small, "zones": dataclasses.replace(zones, features=same.set_crs("EPSG:3950"))})
    assert [("Parc des Prés", "Aménageur SA", "2010")] == [
        (e["site_nom"], e["site_moa_amngt"], e["site_creation_date"]) for e in made.rows["site_eco"]
    ]


def test_lands_are_known_only_where_the_cadastre_speaks(small):
    """Outside its coverage the useful area is unknown, so that the site is not delivered."""
    parcels = dataclasses.replace(small["parcels"], coverage=None)
    made = built({**small, "parcels": parcels})
    assert [] == made.rows["site_eco"]
    assert {"site_surf_utile"} <= set(made.left_out[0].missing)


def test_a_company_without_what_the_standard_wants_is_left_out(small):
    """It is listed by its number, not by its name."""
    companies = small["companies"]
    features = companies.features.assign(created=None)
    made = built({**small, "companies": dataclasses.replace(companies, features=features)})
    assert [] == made.rows["etablissement"]
    unready = [each for each in made.left_out if each.class_ == "ETABLISSEMENT"]
    assert {("companies:73282932000074", ""), ("companies:35600000000048", "")} == {
        (each.key, each.name) for each in unready
    }
    assert all("etab_creation_date" in each.missing for each in unready)


def test_a_group_drawn_as_a_point_keeps_its_identifier(small, make):
    """The only inventoried point among close sites is their group."""
    poles = make["layer"](
        "economic_poles",
        [{"id": "80021_POLE-ECO_00042", "pole_nom": "Pôle des Prés"}],
        [make["plot"](0, 0, 200).centroid],
    )
    rows = built({**small, "economic_poles": poles}).rows
    named = {each["site_nom"]: each["pole_id"] for each in rows["site_eco"]}
    assert {"Parc des Prés": "80021_POLE-ECO_00042", "ZAC du Bois": "80021_POLE-ECO_00043"} == named
