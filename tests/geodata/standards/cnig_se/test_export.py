"""Deliveries made from tiny layers: figures by hand, files that others read, stable identifiers."""

import csv
import datetime as dt
import json
import logging
import sqlite3
import xml.etree.ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest

from geodata import profiles
from geodata.errors import DataError, StoreError
from geodata.standards.cnig_se import check_delivery
from geodata.standards.cnig_se.export import TO_COMPLETE, export_cnig_se
from geodata.standards.cnig_se.standard import standard
from geodata.store import DEMO_STORE, read_layers

DAY = dt.date(2026, 11, 23)


def rows(folder, table, mark=""):
    """Rows of a CSV of the delivery."""
    path = folder / f"{mark}{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def ids(folder):
    """Identifier by name of site."""
    return {each["site_nom"]: each["site_id"] for each in rows(folder, "site-eco")}


def test_a_site_has_the_figures_of_its_layers(small, tmp_path):
    """2 ha, two useful hectares, 2 vacant of 15 make 13 %, one known staff of 8, 0.6 km by road."""
    export_cnig_se(small, tmp_path, day=DAY)
    site = next(each for each in rows(tmp_path, "site-eco") if each["site_nom"] == "Parc des Prés")
    expected = {
        "site_type": "zone d'activité économique",
        "site_vocadomi": "industrielle",
        "site_etat": "existant et actif",
        "site_surf_brute": "2",
        "site_surf_utile": "2",
        "site_uf_nbre": "15",
        "site_uf_vacant_nbre": "2",
        "site_taux_vacance": "13",
        "site_nb_etab": "2",
        "site_nb_emploi": "8",
        "site_comm_nom": "Amiens",
        "site_comm_insee": "80021",
        "site_moa_type": "inconnu",
        "site_identif_date": "2026-01-01",
        "site_actu_date": "2026-01-01",
        "site_voca_commerciale": "oui",
        "site_voca_industrielle": "non",
        "desserte_tc": "oui",
        "desserte_route_nom": "Boulevard",
        "autoroute_nom": "A29",
        "autoroute_echang_dist": "",
        "gare_nom": "Gare du Nord",
        "gare_dist": "0.6",
        "port_dist": "",
    }
    assert expected == {name: site[name] for name in expected}


def test_a_zac_out_of_the_inventory_says_what_it_does_not_know(small, tmp_path):
    """Its type is unknown, so that no vacancy is asked; its developer and year are known."""
    export_cnig_se(small, tmp_path, day=DAY)
    site = next(each for each in rows(tmp_path, "site-eco") if each["site_nom"] == "ZAC du Bois")
    assert ("inconnu", "inconnu", "inconnu", "2010", "Aménageur SA", "") == (
        site["site_type"], site["site_vocadomi"], site["site_etat"], site["site_creation_date"],
        site["site_moa_amngt"], site["site_uf_nbre"],
    )  # fmt: skip


def test_lands_are_parcels_and_companies_stand_on_them(small, tmp_path):
    """Two lands of 1 ha with their parcel; a company on each, the person not named."""
    export_cnig_se(small, tmp_path, day=DAY)
    lands = rows(tmp_path, "terrain-eco")
    assert [("80021000ZX0001", "1", "oui", "occupé"), ("80021000ZX0002", "1", "oui", "occupé")] == [
        (e["terr_refcad"], e["terr_surf_brute"], e["terr_utile"], e["terr_etat_occup"])
        for e in lands
    ]
    companies = {each["SIRET"]: each for each in rows(tmp_path, "etablissement")}
    assert "Prés SA" == companies["73282932000074"]["etab_nom"]
    assert "4520B" == companies["73282932000074"]["etab_activite_code"]
    person = companies["35600000000048"]
    assert ["[ND]"] * 3 == [
        person[name] for name in ("etab_nom", "etab_raison_sociale", "etab_adresse")
    ]


def test_our_own_delivery_is_accepted(small, tmp_path):
    """Folder, GeoPackage and archive, without a finding."""
    export_cnig_se(small, tmp_path, day=DAY)
    report = check_delivery(tmp_path, parcels=small["parcels"].features)
    assert () == report.findings, report.say("fr")
    assert check_delivery(tmp_path / "sites_economiques.gpkg").is_accepted


def test_an_internal_delivery_is_held_to_its_own_profile(small, tmp_path):
    """The metadata say that it is internal, and names are in it."""
    export_cnig_se(small, tmp_path, day=DAY, profile="internal")
    report = check_delivery(tmp_path)
    assert ("internal", True) == (report.profile, report.is_accepted)
    assert {"Prés SA", "Jeanne Seule"} == {e["etab_nom"] for e in rows(tmp_path, "etablissement")}
    assert not check_delivery(tmp_path, profile="public").is_accepted


def test_the_demonstration_is_delivered_and_says_that_it_is_one(tmp_path):
    """File names, metadata and descriptions; what is incomplete is listed, not made up."""
    layers = read_layers(DEMO_STORE)
    written = export_cnig_se(layers, tmp_path, day=DAY)
    names = {path.name for path in written}
    assert "fr-248000531-SITE-ECO20261123.xml" in names
    assert all(name.startswith(("DEMO_", "fr-")) for name in names - {TO_COMPLETE})
    sites = rows(tmp_path, "site-eco", "DEMO_")
    assert sites
    assert all("DÉMONSTRATION" in each["site_description"] for each in sites)
    companies = rows(tmp_path, "etablissement", "DEMO_")
    assert {"DÉMONSTRATION : établissement fictif.", "[ND]"} == {
        each["etab_description"] for each in companies
    }
    text = (tmp_path / "fr-248000531-SITE-ECO20261123.xml").read_text(encoding="utf-8")
    assert "DONNÉES DE DÉMONSTRATION" in text
    missing = (tmp_path / TO_COMPLETE).read_text(encoding="utf-8")
    assert "Espace Industriel Nord;site_surf_utile|site_uf_nbre" in missing
    assert check_delivery(tmp_path).is_accepted


def test_identifiers_stay_when_sites_come_and_go(small, make, tmp_path):
    """A new site gets a new number; one that returns finds its own again."""
    registry = tmp_path / "registre.json"
    first, second, third, last = (tmp_path / name for name in "abcd")
    export_cnig_se(small, first, day=DAY, registry=registry)
    before = ids(first)
    assert 2 == len(set(before.values()))
    added = small["zones"].features.assign(libelle="ZAC du Pré").rename({"zac": "aaa"})
    added = added.set_geometry(added.translate(300, 0)).drop(
        columns="geom_precision", errors="ignore"
    )
    zones = make["layer"]("zones", added.drop(columns="geometry").reset_index().to_dict("records"),
                          list(added.geometry))  # fmt: skip
    export_cnig_se({**small, "zones": zones}, second, day=DAY, registry=registry)
    after = ids(second)
    assert before["Parc des Prés"] == after["Parc des Prés"]
    assert "ZAC du Bois" not in after
    assert after["ZAC du Pré"] not in before.values()
    without = {name: layer for name, layer in small.items() if name != "economic_sites"}
    export_cnig_se(without, third, day=DAY, registry=registry)
    assert before["ZAC du Bois"] == ids(third)["ZAC du Bois"]
    export_cnig_se(small, last, day=dt.date(2027, 1, 1), registry=registry)
    assert before == ids(last)
    lands = [
        {e["terr_refcad"]: e["terr_id"] for e in rows(f, "terrain-eco")} for f in (first, last)
    ]
    assert lands[0] == lands[1]


def test_a_broken_registry_stops_the_delivery(small, tmp_path):
    """Numbers would change without anybody noticing."""
    registry = tmp_path / "registre.json"
    registry.write_text("{}", encoding="utf-8")
    with pytest.raises(DataError):
        export_cnig_se(small, tmp_path / "a", day=DAY, registry=registry)
    assert not (tmp_path / "a").exists()


def test_a_site_without_required_figures_is_listed_not_delivered(small, tmp_path):
    """A ZAE whose land units nobody counted."""
    sites = small["economic_sites"]
    unknown = sites.features.assign(site_uf_nbre=float("nan"))
    layers = {**small, "economic_sites": type(sites)(sites.id, unknown, sites.coverage,
                                                     sites.edition)}  # fmt: skip
    export_cnig_se(layers, tmp_path, day=DAY)
    assert {"ZAC du Bois"} == set(ids(tmp_path))
    text = (tmp_path / TO_COMPLETE).read_text(encoding="utf-8")
    assert "SITE-ECO;economic_sites:pres;Parc des Prés;site_uf_nbre|site_taux_vacance" in text


def test_nothing_to_deliver_is_an_empty_delivery(tmp_path):
    """Headers, and no row."""
    export_cnig_se({}, tmp_path, day=DAY)
    assert check_delivery(tmp_path).is_accepted
    for table in standard().tables.values():
        lines = (tmp_path / f"{table.file}.csv").read_text(encoding="utf-8").splitlines()
        assert [";".join(table.columns)] == lines


def test_gdal_reads_the_geopackage_without_a_warning(small, tmp_path, caplog):
    """Lambert-93, the template's shapes and columns, and the column it lacks."""
    export_cnig_se(small, tmp_path, day=DAY)
    path = tmp_path / "sites_economiques.gpkg"
    with caplog.at_level(logging.WARNING):
        layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(path)}
        lands = pyogrio.read_dataframe(path, layer="terrain_eco")
    assert [] == caplog.records
    assert {"pole_eco": "Point", "site_eco": "MultiPolygon", "terrain_eco": "Polygon",
            "etablissement": "MultiPoint"} == layers  # fmt: skip
    assert "EPSG:2154" == lands.crs.to_string()
    assert "terr_url_cartofriches" in lands.columns
    assert 10_000 == pytest.approx(lands.area.iloc[0], rel=3e-3)
    with sqlite3.connect(path) as database:
        types = {row[1]: row[2] for row in database.execute("PRAGMA table_info(site_eco)")}
        assert ("ok",) == database.execute("PRAGMA integrity_check").fetchone()
    assert ("TEXT(20)", "REAL", "MEDIUMINT", "TEXT(3)") == (
        types["site_id"], types["site_surf_brute"], types["site_uf_nbre"], types["desserte_tc"]
    )  # fmt: skip


def test_geojson_is_in_degrees_and_agrees_with_the_geopackage(small, tmp_path):
    """Same rows, same place within a centimetre, counter-clockwise outlines."""
    export_cnig_se(small, tmp_path, day=DAY)
    web = gpd.read_file(tmp_path / "terrain-eco.geojson").to_crs("EPSG:2154")
    partner = pyogrio.read_dataframe(tmp_path / "sites_economiques.gpkg", layer="terrain_eco")
    assert list(partner["terr_id"]) == list(web["terr_id"])
    assert web.geometry.hausdorff_distance(partner.geometry).max() < 0.01
    document = json.loads((tmp_path / "site-eco.geojson").read_text(encoding="utf-8"))
    assert "crs" not in document
    assert "80021_SITE-ECO_00001" in [each["id"] for each in document["features"]]


def test_metadata_name_the_standard_the_system_and_the_verdict(small, tmp_path):
    """ISO 19139: scale, topic, keyword, conformity of our own check, sources."""
    export_cnig_se(small, tmp_path, day=DAY)
    path = tmp_path / "fr-248000531-SITE-ECO20261123.xml"
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    texts = [element.text for element in root.iter() if element.text and element.text.strip()]
    assert {"2000", "données ouvertes", "usage des sols", "true", "2026-11-23"} <= set(texts)
    assert any("EPSG/0/2154" in text for text in texts)
    assert any("Parc" not in text and "economic_sites : " in text for text in texts)
    assert not any("DÉMONSTRATION" in text for text in texts)


def test_a_later_delivery_replaces_the_earlier_one(small, tmp_path):
    """No file of the earlier one stays; other files of the folder do."""
    (tmp_path / "notes.txt").write_text("à moi", encoding="utf-8")
    export_cnig_se(read_layers(DEMO_STORE), tmp_path, day=DAY)
    export_cnig_se(small, tmp_path, day=dt.date(2027, 1, 2))
    names = {path.name for path in tmp_path.iterdir()}
    assert not any(name.startswith("DEMO") for name in names)
    assert "fr-248000531-SITE-ECO20270102.xml" in names
    assert "fr-248000531-SITE-ECO20261123.xml" not in names
    assert "notes.txt" in names


def test_equal_layers_make_equal_bytes(small, tmp_path):
    """Nothing depends on the clock or on chance."""
    for name in ("a", "b"):
        export_cnig_se(small, tmp_path / name, day=DAY)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_formulas_do_not_run_in_a_spreadsheet(small, tmp_path):
    """A name that starts with = gets an apostrophe; negative longitudes stay numbers."""
    zones = small["zones"]
    evil = zones.features.assign(libelle='=HYPERLINK("http://x")')
    layers = {**small, "zones": type(zones)(zones.id, evil, zones.coverage, zones.edition)}
    export_cnig_se(layers, tmp_path, day=DAY)
    assert '\'=HYPERLINK("http://x")' in {each["site_nom"] for each in rows(tmp_path, "site-eco")}


def test_a_folder_that_cannot_be_made_is_said(small, tmp_path):
    """A file stands where the folder should."""
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(StoreError):
        export_cnig_se(small, tmp_path / "a", day=DAY)


@pytest.mark.parametrize("profile", ["public", "partner"])
def test_a_thousand_persons_leave_no_trace(small, make, tmp_path, profile, caplog, capfd):
    """Names, birth dates and addresses of 1 000 sole traders: 0 hits in files, reports and logs."""
    seeds = [(f"Zyxwvu{n:04d} Prénom{n:04d}", f"né le {n:04d}-secret", f"{n} impasse Zyxwvu{n:04d}")
             for n in range(1000)]  # fmt: skip
    unknown_every = 3
    persons = [
        make["company"](
            f"{10_000_000_000_000 + n}",
            f"{name} {birth}",
            address=address,
            legal_form="1000" if n % unknown_every else None,
        )
        for n, (name, birth, address) in enumerate(seeds)
    ]
    points = [make["plot"](0.1 * n, 10, 1, 1).centroid for n in range(1000)]
    layers = {**small, "companies": make["layer"]("companies", persons, points)}
    with caplog.at_level(logging.DEBUG):
        export_cnig_se(layers, tmp_path, day=DAY, profile=profile, registry=tmp_path / "r.json")
        report = check_delivery(tmp_path)
    told = [report.say("fr"), report.say("en"), json.dumps(report.document("fr")), caplog.text,
            *capfd.readouterr()]  # fmt: skip
    contents = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.iterdir()]
    kept = profiles.apply(layers["companies"].features, layer="companies", profile=profile)
    for text in (*told, *contents, kept.to_csv()):
        assert 0 == sum(text.count(word) for word in ("Zyxwvu", "secret", "impasse", "Prénom"))
