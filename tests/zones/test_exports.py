import csv
import dataclasses
import datetime as dt
import io
import itertools
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from charters.loading import load_charters
from geodata.language import Text
from geodata.writing import csv as tables
from geodata.writing import geojson
from zones.assessment import assess, verdicts_by_site
from zones.exports import (
    DEMO_NOTICE,
    article_features,
    assessment_document,
    metadata,
    parcel_features,
    verdict_evidence,
    verdict_table,
)
from zones.projects import Project, example_projects
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)
FRONT = ["80021000ZX0012", "80021000ZX0013"]
NULL = "80021000ZX0414"
STRICT_FLOOD = "80021000ZX0867"
HOLES = "80021000ZZ0131"
VERDICT_KEYS = {
    "charter",
    "article",
    "outcome",
    "kind",
    "severity",
    "value",
    "unit",
    "threshold",
    "margin",
    "reason",
    "remedy",
    "sources",
    "inputs",
    "edition",
    "layers",
}
OUTCOMES = {"compliant", "non_compliant", "to_investigate", "to_discuss", "not_applicable"}
CASCADE = {"compliant", "non_compliant", "to_investigate", "reservations", "not_applicable"}


@pytest.fixture(scope="module")
def made(demo_layers, demo_parcels):
    """Maker of an assessment of sites of the demonstration."""

    def make(sites, project="digital_offices"):
        described = example_projects()[project] if isinstance(project, str) else project
        return assess(sites, described, demo_layers, charters=load_charters(), day=DAY)

    make.parcels = demo_parcels
    return make


@pytest.fixture(scope="module")
def several(made):
    """Four parcels as sites: neighbours, no registered area, flood-prone, with a hole."""
    return made(each_parcel(made.parcels.loc[[*FRONT, NULL, STRICT_FLOOD, HOLES]]))


@pytest.fixture(scope="module")
def parcel_file(made, several):
    """Text of the parcels of these sites."""
    features = parcel_features(several, made.parcels, language="fr")
    return geojson.to_text(features, metadata=metadata(several, language="fr"))


@pytest.fixture(scope="module")
def article_file(several, demo_layers):
    """Text of the articles of these sites."""
    features = article_features(several, demo_layers, language="fr")
    return geojson.to_text(features, metadata=metadata(several, language="fr"))


# RFC 7946, written again -------------------------------------------------------------------------


def walk(value):
    """Every mapping inside a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from walk(each)
    elif isinstance(value, list):
        for each in value:
            yield from walk(each)


def simple(geometry):
    """Geometries that are no collections."""
    if geometry["type"] == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from simple(each)
    else:
        yield geometry


def positions(coordinates):
    """Every position, whatever the nesting."""
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for each in coordinates:
            yield from positions(each)


def twice_area(ring):
    """Shoelace formula: positive when counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def check_rfc_7946(text):
    """Document of ``text`` once everything the standard demands has been looked at."""

    def refuse(constant):
        raise AssertionError(constant)

    document = json.loads(text, parse_constant=refuse)
    assert "FeatureCollection" == document["type"]
    assert all("crs" not in each for each in walk(document))
    assert "coordinates" not in document
    ids = [each["id"] for each in document["features"]]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == len(ids)
    for feature in document["features"]:
        assert "Feature" == feature["type"]
        assert isinstance(feature["properties"], dict)
        for geometry in simple(feature["geometry"]):
            assert geometry["type"].removeprefix("Multi") in {"Point", "LineString", "Polygon"}
            for position in positions(geometry["coordinates"]):
                west, south = position
                assert 1.9 < west < 2.7
                assert 49.6 < south < 50.2
            if geometry["type"].endswith("Polygon"):
                parts = geometry["coordinates"]
                for rings in [parts] if geometry["type"] == "Polygon" else parts:
                    for number, ring in enumerate(rings):
                        assert len(ring) >= 4
                        assert ring[0] == ring[-1]
                        assert (twice_area(ring) > 0) == (number == 0)
    assert [] == re.findall(r"[\[,]-?\d+\.\d{8,}[\],]", text)
    assert [] == re.findall(r"[\[,]-?\d+(?:\.\d+)?[eE][-+]?\d+[\],]", text)
    return document


def test_the_parcel_file_is_geojson(parcel_file):
    """Five parcels, in the order of the sites."""
    document = check_rfc_7946(parcel_file)
    assert [*FRONT, NULL, STRICT_FLOOD, HOLES] == [each["id"] for each in document["features"]]
    assert any(len(each["geometry"]["coordinates"]) > 1 for each in document["features"])


def test_the_article_file_is_geojson(article_file):
    """Points, lines, areas and collections of them."""
    document = check_rfc_7946(article_file)
    kinds = {each["geometry"]["type"] for each in document["features"]}
    assert {"GeometryCollection", "Polygon"} <= kinds


def test_shapes_come_back_within_a_centimetre(parcel_file, made, tmp_path):
    """Read by another program, in the reference system of the work."""
    path = tmp_path / "p.geojson"
    path.write_text(parcel_file, encoding="utf-8")
    back = gpd.read_file(path).to_crs(3950)
    assert "EPSG:4326" == gpd.read_file(path).crs.to_string()
    source = made.parcels.loc[back["parcel_id"]].geometry.normalize().to_numpy()
    away = shapely.hausdorff_distance(back.geometry.normalize().to_numpy(), source)
    assert away.max() < 0.01
    assert shapely.is_valid(back.geometry.to_numpy()).all()


# What the files say ------------------------------------------------------------------------------


def test_each_parcel_says_what_a_partner_needs(parcel_file, several):
    """Ids, dossier, areas, one outcome per charter, and that it is fictitious."""
    features = {each["id"]: each["properties"] for each in json.loads(parcel_file)["features"]}
    needed = {"parcel_id", "site_id", "dossier", "contenance_m2", "planar_area_m2"}
    needed |= {"industrial_parks", "commercial_hotel", "demo"}
    for name, said in features.items():
        assert needed <= set(said)
        assert (name, name, "Bureaux numériques", True) == (
            said["parcel_id"],
            said["site_id"],
            said["dossier"],
            said["demo"],
        )
        assert {said["industrial_parks"], said["commercial_hotel"]} <= CASCADE
        area = several.sites.loc[name, "planar_area_m2"]
        assert pytest.approx(area, abs=0.0051) == said["planar_area_m2"]
    assert features[NULL]["contenance_m2"] is None
    assert "non_compliant" == features[FRONT[0]]["industrial_parks"]
    assert "to_investigate" == features[STRICT_FLOOD]["industrial_parks"]


def test_a_site_of_two_parcels_makes_two_features(made):
    """Each with its own area beside that of the site."""
    features = parcel_features(made(one_site(made.parcels, FRONT)), made.parcels, language="en")
    assert FRONT == features.index.tolist()
    assert 1 == features["site_id"].nunique()
    assert ["Digital offices"] == features["dossier"].unique().tolist()
    own, whole = features["contenance_m2"], features["site_contenance_m2"]
    assert [own.sum()] * 2 == whole.tolist()
    assert (
        pytest.approx(features["site_planar_area_m2"].iloc[0], abs=0.02)
        == features["planar_area_m2"].sum()
    )


def test_sites_that_share_a_parcel_keep_their_features_apart(made):
    """Ids say parcel and site where a parcel alone would not do."""
    sites = pd.concat(
        [
            one_site(made.parcels, FRONT, site_id="A"),
            one_site(made.parcels, FRONT[1:], site_id="B"),
        ]
    )
    assessment = made(sites)
    features = parcel_features(assessment, made.parcels, language="fr")
    assert [FRONT[0], f"{FRONT[1]}@A", f"{FRONT[1]}@B"] == features.index.tolist()
    assert [*FRONT, FRONT[1]] == features["parcel_id"].tolist()
    text = geojson.to_text(features, metadata=metadata(assessment, language="fr"))
    assert 3 == len(check_rfc_7946(text)["features"])


def test_metadata_name_everything_the_verdicts_rest_on(several, parcel_file, demo_layers):
    """Version, day, charters as models, layers with edition and licence, label, every source."""
    said = json.loads(parcel_file)["metadata"]
    assert re.fullmatch(r"Technopole \d+\.\d+\.\d+", said["producer"])
    assert ("2026-11-16", "Bureaux numériques") == (said["day"], said["project"])
    assert [("industrial_parks", "2026-11"), ("commercial_hotel", "2026-11")] == [
        (each["id"], each["edition"]) for each in said["charters"]
    ]
    assert all(each["notice"].startswith("Charte modèle") for each in said["charters"])
    assert list(demo_layers) == [each["id"] for each in said["layers"]]
    for each in said["layers"]:
        assert each["producer"]
        assert each["licence"]
        assert dt.date.fromisoformat(each["edition"])
        assert "/" not in each["source"]
    assert said["demo"] is True
    assert 0.9 < said["demo_share"] <= 1
    assert DEMO_NOTICE.fr == said["notice"]
    rows = [row for rows in verdicts_by_site(several) for row in rows]
    assert {source for row in rows for source in row.sources} <= set(said["sources"])
    assert all(each["text"] for each in said["sources"].values())


def test_metadata_speak_the_language_asked_for(several):
    """Titles, notices, units and label."""
    said = metadata(several, language="en")
    assert DEMO_NOTICE.en == said["notice"]
    assert said["charters"][0]["notice"].startswith("Model charter")
    assert said["units"].startswith("Areas in m²")


def test_another_day_than_the_filing_date_is_said(judged):
    """In the metadata of a file, and in each row of a table."""
    made = judged(["80021000ZX0012"], "digital_offices", day=dt.date(2015, 1, 1)).assessment
    said = metadata(made, language="fr")
    assert ("2015-01-01", "2026-11-16") == (said["day"], said["filing_date"])
    table = verdict_table(made, language="fr")
    assert {("2015-01-01", "2026-11-16")} == set(
        zip(table["day"], table["filing_date"], strict=True)
    )
    undated = dataclasses.replace(made, project=dataclasses.replace(made.project, filing_date=None))
    assert metadata(undated, language="fr")["filing_date"] is None


def test_real_layers_carry_no_demonstration_label(several):
    """Label and share go with the data."""
    plain = metadata(
        assess(several.sites, several.project, {}, charters=load_charters(), day=DAY),
        language="fr",
    )
    assert (False, 0.0) == (plain["demo"], plain["demo_share"])
    assert "notice" not in plain


def test_each_article_that_applies_is_a_feature_with_its_evidence(article_file, several):
    """As many as rows that apply; the figures are those of the rows."""
    features = {each["id"]: each for each in json.loads(article_file)["features"]}
    expected = {
        f"{site}/{row.article}": row
        for site, rows in zip(several.sites.index, verdicts_by_site(several), strict=True)
        for row in rows
        if row.outcome != "not_applicable"
    }
    assert set(expected) == set(features)
    for name, row in expected.items():
        said = features[name]["properties"]
        assert features[name]["geometry"] is not None
        assert VERDICT_KEYS <= set(said)
        assert name == f"{said['site_id']}/{said['article']}"
        assert (row.value, row.threshold, row.margin) == (
            said["value"],
            said["threshold"],
            said["margin"],
        )
        assert (row.outcome, row.unit, row.reason.fr) == (
            said["outcome"],
            said["unit"],
            said["reason"],
        )
        assert list(row.sources) == said["sources"].split(" | ")


def test_evidence_is_the_ground_behind_the_figure(several, demo_layers):
    """The flood-prone part has the area of the verdict; the line to the stop its length."""
    rows = dict(zip(several.sites.index, verdicts_by_site(several), strict=True))
    site = several.sites.loc[[STRICT_FLOOD]]
    (flood,) = [row for row in rows[STRICT_FLOOD] if row.article == "PI-18b"]
    shown = verdict_evidence(flood, several, site, demo_layers)
    clips = shown[shown["role"] == "clip"].geometry
    assert pytest.approx(flood.value, abs=0.05) == shapely.union_all(clips.to_numpy()).area
    (stop,) = [row for row in rows[FRONT[0]] if row.article == "PI-09a"]
    shown = verdict_evidence(stop, several, several.sites.loc[[FRONT[0]]], demo_layers)
    (link,) = shown[shown["role"] == "link"].geometry
    assert pytest.approx(stop.value, abs=1e-6) == link.length


def test_an_article_about_the_project_alone_shows_the_site(several, demo_layers):
    """Nothing on the ground: the outline of the site."""
    features = article_features(several, demo_layers, language="en")
    roof = features.loc[f"{FRONT[0]}/PI-02a"]
    assert roof.geometry.equals(several.sites.geometry.loc[FRONT[0]])
    assert "Share of solar or planted roof" in roof["reason"]


def test_a_site_without_an_applicable_article_makes_an_empty_file(made, demo_layers):
    """Before every charter; the metadata are there all the same."""
    old = assess(
        one_site(made.parcels, FRONT),
        example_projects()["hotel"],
        demo_layers,
        charters=load_charters(),
        day=dt.date(1990, 1, 1),
    )
    text = geojson.to_text(
        article_features(old, demo_layers, language="fr"), metadata=metadata(old, language="fr")
    )
    assert [] == check_rfc_7946(text)["features"]
    assert {"not_applicable"} == {
        parcel_features(old, made.parcels, language="fr")[charter].iloc[0]
        for charter in old.verdicts
    }


def test_the_document_for_machines_has_the_shape_of_the_command_line(several):
    """Every key of every verdict; nothing that JSON cannot say; one row per requirement."""
    document = assessment_document(several, language="en")
    assert {"sites", "provenance"} == set(document)
    text = json.dumps(document, allow_nan=False)
    assert document == json.loads(text)
    requirements = [
        requirement.id for charter in load_charters() for _, requirement in charter.requirements
    ]
    for site in document["sites"]:
        assert {
            "site_id",
            "parcels",
            "contenance_m2",
            "planar_area_m2",
            "outcomes",
            "verdicts",
        } == set(site)
        assert {"industrial_parks", "commercial_hotel"} == set(site["outcomes"])
        assert set(site["outcomes"].values()) <= CASCADE
        assert [site["site_id"]] == site["parcels"]
        assert requirements == [each["article"] for each in site["verdicts"]]
        for each in site["verdicts"]:
            assert VERDICT_KEYS <= set(each)
            assert each["outcome"] in OUTCOMES
            assert each["kind"] in {"legal", "commitment", "indicator"}
            assert each["severity"] in {"mandatory", "recommended", "information"}
            assert each["reason"]
            assert isinstance(each["sources"], list)
            assert isinstance(each["layers"], list)
            if each["measure"].endswith("_share") and each["threshold"] is not None:
                assert 0 <= each["threshold"] <= 1
    (null,) = [site for site in document["sites"] if site["site_id"] == NULL]
    assert null["contenance_m2"] is None


# Tables ------------------------------------------------------------------------------------------


def read_table(assessment, language="fr"):
    """Rows of the CSV text, as another reader finds them."""
    text = tables.to_text(verdict_table(assessment, language=language))
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_table_has_one_row_per_site_and_requirement(several):
    """Figures are figures, missing ones are empty, and every row says that it is fictitious."""
    rows = read_table(several)
    expected = [row for rows in verdicts_by_site(several) for row in rows]
    assert len(expected) == len(rows)
    for row, verdict in zip(rows, expected, strict=True):
        assert VERDICT_KEYS <= set(row)
        assert (verdict.article, verdict.outcome) == (row["article"], row["outcome"])
        for name in ("value", "threshold", "margin"):
            known = getattr(verdict, name)
            assert ("" if known is None else known) == (float(row[name]) if row[name] else "")
        assert ("True", "2026-11-16") == (row["demo"], row["day"])
    assert any(float(row["margin"]) < 0 for row in rows if row["margin"])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_dossier_cannot_bring_a_formula(made, sign):
    """A spreadsheet shows its text; negative margins remain numbers."""
    name = f"{sign}cmd|'/c calc'!A1"
    project = Project(Text(name, name), None, example_projects()["battery_workshop"].values)
    assessment = made(one_site(made.parcels, FRONT), project)
    rows = read_table(assessment)
    assert {f"'{name}"} == {row["dossier"] for row in rows}
    assert any(row["margin"].startswith("-") and float(row["margin"]) < 0 for row in rows)
    for row in rows:
        for key, cell in row.items():
            if key not in {"value", "threshold", "margin", "tolerance"}:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), key


def test_a_script_in_a_dossier_stays_text_in_every_file(made, demo_layers):
    """Quotes, brackets, line breaks and odd letters come back as they were."""
    name = '</script><img onerror="x">\n\u2028\u0000\\ {} « é » 🙂'
    project = Project(Text(name, name), None, {"use": "office"})
    assessment = made(one_site(made.parcels, FRONT), project)
    features = parcel_features(assessment, made.parcels, language="fr")
    text = geojson.to_text(features, metadata=metadata(assessment, language="fr"))
    document = check_rfc_7946(text)
    assert {name} == {each["properties"]["dossier"] for each in document["features"]}
    assert name == document["metadata"]["project"]
    assert len(article_features(assessment, demo_layers, language="fr"))


def test_every_parcel_of_the_demonstration_makes_one_feature(batch, demo_parcels):
    """No id twice, no shape lost, outcomes as judged."""
    features = parcel_features(batch, demo_parcels, language="fr")
    assert demo_parcels.index.tolist() == features.index.tolist()
    assert features.geometry.notna().all()
    codes = batch.outcomes["industrial_parks"]
    assert len(np.unique(codes)) == features["industrial_parks"].nunique()
