"""One planted error per rule, in a delivery that has no other."""

import json

import geopandas as gpd
import pytest
import shapely

from geodata.crs import PARTNER_CRS, WEB_CRS, WORK_CRS
from geodata.errors import DataError, FileFormatError, MissingFileError
from geodata.standards.cnig_se import check_delivery

SITE, LAND, POLE, COMPANY = "site_eco", "terrain_eco", "pole_eco", "etablissement"

CELLS = [
    # table, column, value, rule, severity, suggestion
    (SITE, "site_type", "PATATE", "list", "error", ""),
    (SITE, "site_vocadomi", "entrepôts", "list_cut", "error", "entrepôts, logistique"),
    (SITE, "site_etat", "existent et actif", "list", "error", "existant et actif"),
    (SITE, "site_evol_urba", "extension", "list_variant", "warning", "extension urbaine"),
    (SITE, "site_moa_type", "EPCI", "list_variant", "warning", "epci"),
    (SITE, "site_type", "Zone  d’activité économique", "list_variant", "warning",
     "zone d'activité économique"),
    (LAND, "terr_maitrise_fonc", "EPCI, structure intercommunale", "list_variant", "warning",
     "structure intercommunale"),
    (LAND, "terr_stade_amngt", "bientôt", "list", "error", ""),
    (LAND, "terr_stade_comm", "vendu", "list_cut|list_variant", "", ""),
    (LAND, "terr_etat_occup", "Occupe", "list_variant", "warning", "occupé"),
    (LAND, "terr_usage", "production d'énergie renouvelable", "list_variant", "warning",
     "production d’énergie renouvelable"),
    (COMPANY, "geocodage_qualite", "Localisation au bâtiment", "list_variant", "warning",
     "localisation au bâtiment"),
    (POLE, "pole_rayonnement", "galactique", "list", "error", ""),
    (SITE, "site_nom", "", "required", "error", ""),
    (SITE, "site_epci_siren", "", "required", "error", ""),
    (SITE, "site_uf_nbre", "", "required", "error", ""),
    (SITE, "site_taux_vacance", "", "required", "error", ""),
    (COMPANY, "etab_adresse", "", "required", "error", ""),
    (COMPANY, "etab_source_info", "", "required_by_schema", "warning", ""),
    (SITE, "site_surf_brute", "2,0", "number", "error", "2.0"),
    (SITE, "site_surf_brute", "-2", "range", "error", ""),
    (SITE, "site_nb_emploi", "3.5", "integer", "error", "4"),
    (SITE, "site_taux_vacance", "113", "range", "error", ""),
    (SITE, "site_actu_date", "30/06/2025", "date", "error", "2025-06-30"),
    (SITE, "site_actu_date", "2025-02-30", "date", "error", ""),
    (SITE, "site_creation_date", "MMXV", "pattern", "error", ""),
    (SITE, "reseau_gaz", "Oui", "yes_no", "warning", "oui"),
    (SITE, "reseau_gaz", "true", "yes_no", "error", "oui"),
    (SITE, "site_url", "www.amiens.fr", "pattern", "error", "https://www.amiens.fr"),
    (SITE, "site_comm_insee", "8002", "pattern", "error", ""),
    (SITE, "site_epci_siren", "248 000 531", "pattern", "error", "248000531"),
    (LAND, "terr_refcad", "80021000ZX001", "pattern", "error", "80021000ZX0001"),
    (LAND, "terr_refcad", "80021000ZX0001|", "pattern", "error", "80021000ZX0001"),
    (COMPANY, "SIRET", "732 829 320 00074", "pattern", "error", "73282932000074"),
    (COMPANY, "SIRET", "73282932000075", "siret_check_digit", "warning", ""),
    (COMPANY, "SIREN", "732829321", "siren_of_siret", "error", "732829320"),
    (COMPANY, "etab_activite_code", "garage", "pattern", "error", ""),
    (COMPANY, "etab_nat_juridique", "57", "pattern", "error", ""),
    (SITE, "site_nom", "Parc ", "blanks", "warning", "Parc"),
    (SITE, "site_uf_vacant_nbre", "16", "vacancy_units", "error", ""),
    (SITE, "site_taux_vacance", "14", "vacancy_rate", "error", "13"),
    (SITE, "site_surf_utile", "1.5", "useful_area_sum", "error", "1"),
    (SITE, "site_surf_utile", "3", "useful_area_over_gross", "error", ""),
    (SITE, "site_actu_date", "2023-12-31", "date_order", "error", ""),
    (LAND, "terr_actu_date", "2023-12-31", "date_order", "error", ""),
    (POLE, "pole_actu_date", "2023-12-31", "date_order", "error", ""),
    (COMPANY, "etab_actu_date", "2023-12-31", "date_order", "error", ""),
    (COMPANY, "etab_fermeture_date", "2025-02-08", "closed_yet_active", "warning", ""),
    (SITE, "pole_id", "80021_POLE-ECO_00009", "reference", "error", ""),
    (LAND, "site_id", "80021_SITE-ECO_00009", "reference", "error", ""),
    (COMPANY, "terr_id", "80021_TERRAIN-ECO_00009", "reference", "error", ""),
    (COMPANY, "terr_id", "80021_TERRAIN-ECO_ 000001", "pattern", "error",
     "80021_TERRAIN-ECO_00001"),
    (POLE, "pole_nb_site", "2", "pole_sum", "warning", ""),
    (SITE, "site_surf_brute", "20", "declared_area", "warning", "2.00"),
    (SITE, "site_geomsurf", "", "required", "error", ""),
    (SITE, "site_geomsurf", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "geometry", "error", ""),
    (SITE, "site_geomsurf", '{"type":"Point","coordinates":[2.3,49.9]}', "geometry_type", "error",
     ""),
    (POLE, "pole_geompoint", "49.9, 2.3", "position", "error", "2.3000, 49.9000"),
    (POLE, "pole_geompoint", "12.3, 41.9", "position", "error", ""),
    (LAND, "terr_acquereur", "Jeanne Seule", "rgpd", "error", ""),
    (LAND, "terr_cession_date", "2021-04-22", "rgpd", "error", ""),
    (LAND, "terr_vente_montant", "530000", "rgpd", "error", ""),
    (LAND, "terr_m2_prix", "5.35", "rgpd", "error", ""),
    (COMPANY, "etab_contact_mail", "jeanne@seule.fr", "rgpd", "error", ""),
    (COMPANY, "etab_contact_tel", "03 89 45 16 78", "rgpd", "error", ""),
]  # fmt: skip


def rules(report):
    """Rules that found something."""
    return {each.rule for each in report.findings}


def test_a_delivery_that_keeps_every_rule_is_accepted(delivery):
    """No error, no warning."""
    report = check_delivery(delivery.folder)
    assert () == report.findings
    assert "accepted" == report.outcome


@pytest.mark.parametrize(
    ("table", "column", "value", "rule", "severity", "suggestion"),
    CELLS,
    ids=[f"{column}={value[:20]}" for _, column, value, *_ in CELLS],
)
def test_each_rule_finds_its_planted_error(
    delivery, table, column, value, rule, severity, suggestion
):
    """Rule, severity, line, column and suggestion are those of the planted cell."""
    delivery.put(table, column, value)
    report = check_delivery(delivery.folder)
    found = [each for each in report.findings if each.rule in rule.split("|")]
    assert found, report.say("fr")
    assert 2 == found[0].line
    if severity:
        assert (severity, suggestion) == (found[0].severity, found[0].suggestion)
    if severity == "error":
        assert not report.is_accepted
    assert found[0].say("fr") != found[0].say("en")


def test_values_of_the_neighbour_cut_at_the_separator_are_explained(delivery):
    """« entrepôts » and « logistique » in two cells are one value, and the state is lost."""
    delivery.put("site_eco", "site_vocadomi", "entrepôts")
    delivery.put("site_eco", "site_etat", "logistique")
    report = check_delivery(delivery.folder)
    assert [("site_vocadomi", "entrepôts, logistique"), ("site_etat", "inconnu")] == [
        (each.column, each.suggestion) for each in report.errors
    ]
    assert "perdue" in report.errors[1].say("fr")


@pytest.mark.parametrize("table", ["site_eco", "terrain_eco", "pole_eco", "etablissement"])
def test_a_key_twice_is_an_error(delivery, table):
    """The second row with the same identifier is named."""
    delivery.rows[table].append(dict(delivery.rows[table][0]))
    delivery.write()
    found = [e for e in check_delivery(delivery.folder).errors if e.rule == "duplicate_key"]
    assert [len(delivery.rows[table]) + 1] == [each.line for each in found]


def test_outside_a_zae_vacancy_is_free(delivery):
    """A historical site needs no vacancy and, by the text, no EPCI."""
    delivery.put("site_eco", "site_type", "site économique historique hors ZAE")
    for name in ("site_uf_nbre", "site_uf_vacant_nbre", "site_taux_vacance", "site_uf_bati_nbre"):
        delivery.put("site_eco", name, "")
    delivery.put("site_eco", "site_epci_nom", "")
    report = check_delivery(delivery.folder)
    assert report.is_accepted
    assert {"required_by_schema"} == rules(report)


@pytest.mark.parametrize(
    ("vacant", "units", "rate"),
    [("1", "8", "12"), ("1", "8", "13"), ("0", "5", "0"), ("5", "5", "100")],
)
def test_rates_are_rounded_to_the_nearest(delivery, vacant, units, rate):
    """12.5 % may be 12 or 13."""
    delivery.put("site_eco", "site_uf_bati_nbre", "")
    delivery.put("site_eco", "site_uf_nbre", units)
    delivery.put("site_eco", "site_uf_vacant_nbre", vacant)
    delivery.put("site_eco", "site_taux_vacance", rate)
    assert check_delivery(delivery.folder).is_accepted


def test_two_sites_may_not_overlap(delivery, make):
    """The place of the error is the part they share; neighbours that touch are none."""
    second = {**delivery.rows["site_eco"][0], "site_id": "80021_SITE-ECO_00002"}
    second["site_geomsurf"] = make["web"](make["plot"](150, 0, 200))
    delivery.rows["site_eco"].append(second)
    delivery.write()
    found = [e for e in check_delivery(delivery.folder).errors if e.rule == "site_overlap"]
    assert 1 == len(found)
    place = gpd.GeoSeries([shapely.geometry.shape(found[0].place)], crs=WEB_CRS).to_crs(WORK_CRS)
    assert 5000 == pytest.approx(place.area.iloc[0], rel=1e-3)
    delivery.rows["site_eco"][1]["site_geomsurf"] = make["web"](make["plot"](200, 0, 200))
    delivery.write()
    assert "site_overlap" not in rules(check_delivery(delivery.folder))


def test_a_land_stays_within_its_site(delivery, make):
    """A land that leaves its site is an error with the part outside; two lands apart are none."""
    delivery.put("terrain_eco", "terr_geomsurf", make["web"](make["plot"](0, -20)))
    found = [e for e in check_delivery(delivery.folder).errors if e.rule == "land_outside_site"]
    assert ["80021_TERRAIN-ECO_00001"] == [each.feature for each in found]
    assert found[0].place["type"] == "Polygon"


def test_lands_over_each_other_are_for_review(delivery, make):
    """They would count twice in the useful area."""
    delivery.put("terrain_eco", "terr_geomsurf", make["web"](make["plot"](50, 0)))
    report = check_delivery(delivery.folder)
    assert "land_overlap" in {each.rule for each in report.warnings}


def test_a_crossed_outline_is_an_error(delivery):
    """A bow tie is told, and does not stop the other checks."""
    tie = [[2.30, 49.89], [2.31, 49.90], [2.31, 49.89], [2.30, 49.90], [2.30, 49.89]]
    delivery.put("terrain_eco", "terr_geomsurf", json.dumps({"type": "Polygon",
                                                             "coordinates": [tie]}))  # fmt: skip
    assert "geometry_valid" in rules(check_delivery(delivery.folder))


def test_rings_left_open_are_errors_beyond_a_centimetre(delivery, make):
    """Less than a centimetre is closed with a warning."""
    shape = json.loads(make["web"](make["plot"](0, 0)))
    shape["coordinates"][0][-1][0] += 5e-8
    delivery.put("terrain_eco", "terr_geomsurf", json.dumps(shape))
    report = check_delivery(delivery.folder)
    assert report.is_accepted
    assert {"ring_closed"} == rules(report)
    shape["coordinates"][0][-1][0] += 1e-3
    delivery.put("terrain_eco", "terr_geomsurf", json.dumps(shape))
    assert "geometry" in {each.rule for each in check_delivery(delivery.folder).errors}


def test_geojson_in_metres_is_read_with_a_warning(delivery, make):
    """The official examples have Lambert-93 in their GeoJSON."""
    there = gpd.GeoSeries([make["plot"](0, 0)], crs=WORK_CRS).to_crs(PARTNER_CRS)
    delivery.put("terrain_eco", "terr_geomsurf", shapely.to_geojson(there.iloc[0]))
    report = check_delivery(delivery.folder)
    assert report.is_accepted
    assert {"geojson_in_metres"} == rules(report)


def test_parcels_are_held_to_the_cadastre(delivery, make):
    """A parcel that lies elsewhere, and one that does not exist, are errors with a remedy."""
    parcels = gpd.GeoDataFrame(
        index=["80021000ZX0001", "80021000ZX0002"],
        geometry=[make["plot"](0, 0), make["plot"](100, 0)],
        crs=WORK_CRS,
    )
    assert check_delivery(delivery.folder, parcels=parcels).is_accepted
    delivery.put("terrain_eco", "terr_refcad", "80021000ZX0002")
    report = check_delivery(delivery.folder, parcels=parcels)
    assert [("parcel_ground", "80021000ZX0001")] == [(e.rule, e.suggestion) for e in report.errors]
    delivery.put("terrain_eco", "terr_refcad", "80021000ZX0009")
    report = check_delivery(delivery.folder, parcels=parcels)
    assert ["parcel_unknown"] == [each.rule for each in report.errors]


def test_names_of_natural_persons_are_errors_and_are_not_repeated(delivery):
    """Name and address of a sole trader; an internal delivery may have them."""
    delivery.put("etablissement", "etab_nat_juridique", "1000")
    delivery.put("etablissement", "etab_nom", "Jeanne Seule")
    delivery.put("etablissement", "etab_raison_sociale", "Jeanne Seule")
    report = check_delivery(delivery.folder)
    assert {"etab_nom", "etab_raison_sociale", "etab_adresse"} == {
        each.column for each in report.errors if each.rule == "natural_person"
    }
    for told in (report.say("fr"), report.say("en"), json.dumps(report.document("fr"))):
        assert "Jeanne" not in told
    assert check_delivery(delivery.folder, profile="internal").is_accepted


def test_columns_missing_doubled_unknown_or_moved_are_told(delivery):
    """Each by its name."""
    columns = delivery.columns["site_eco"]
    columns.remove("site_nom")
    columns.remove("port_dist")
    columns.append("site_couleur")
    columns[0], columns[1] = columns[1], columns[0]
    delivery.write()
    report = check_delivery(delivery.folder)
    found = {(each.rule, each.column, each.severity) for each in report.findings}
    assert {
        ("column_missing", "site_nom", "error"),
        ("column_missing", "port_dist", "warning"),
        ("column_unknown", "site_couleur", "warning"),
        ("column_order", "pole_id", "error"),
    } == found
    columns.append("site_id")
    delivery.write()
    assert "column_twice" in rules(check_delivery(delivery.folder))


def test_a_row_with_a_cell_too_many_is_named(delivery):
    """An unquoted separator makes one cell more."""
    path = delivery.folder / "pole-eco.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Pôle des Prés", "Pôle; des Prés"), encoding="utf-8")
    found = [e for e in check_delivery(delivery.folder).errors if e.rule == "cell_count"]
    assert [(2, "12")] == [(each.line, each.value) for each in found]


def test_a_table_alone_is_checked_without_the_others(delivery):
    """One CSV is accepted; that its identifiers were not checked is said."""
    report = check_delivery(delivery.folder / "site-eco.csv")
    assert report.is_accepted
    assert {"table_missing"} == rules(report)


def test_no_land_delivered_for_a_site_is_said(delivery):
    """The useful area cannot be proven."""
    delivery.rows["terrain_eco"] = []
    delivery.rows["etablissement"] = []
    delivery.write()
    assert {"useful_area_unproven"} == rules(check_delivery(delivery.folder))


def test_places_are_a_feature_collection_in_degrees(delivery, make):
    """Each place names its rule; the document is plain data."""
    delivery.put("terrain_eco", "terr_geomsurf", make["web"](make["plot"](0, -20)))
    document = check_delivery(delivery.folder).document("en")
    features = document["places"]["features"]
    assert {"land_outside_site"} == {each["properties"]["rule"] for each in features}
    longitude, latitude = features[0]["geometry"]["coordinates"][0][0]
    assert 2 < longitude < 3
    assert 49 < latitude < 51
    assert document == json.loads(json.dumps(document, allow_nan=False))
    assert "refused" == document["outcome"]


def test_what_is_no_delivery_is_refused(tmp_path):
    """Nothing there, an empty folder, another format, a broken archive."""
    with pytest.raises(MissingFileError):
        check_delivery(tmp_path / "rien")
    with pytest.raises(DataError):
        check_delivery(tmp_path)
    for name in ("a.pdf", "a.zip", "a.gpkg"):
        (tmp_path / name).write_bytes(b"rien")
        with pytest.raises(FileFormatError):
            check_delivery(tmp_path / name)
