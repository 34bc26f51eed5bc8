"""A planner brings in a file: report, preview, acceptance, an edition, and the way back."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

SQUARE = [[2.31, 49.89], [2.311, 49.89], [2.311, 49.891], [2.31, 49.891], [2.31, 49.89]]
BOW_TIE = [[2.312, 49.89], [2.313, 49.891], [2.313, 49.89], [2.312, 49.891], [2.312, 49.89]]


def cadastre(*rings, **more):
    """Etalab cadastre of these rings."""
    features = [
        {
            "type": "Feature",
            "id": f"80021000AB{number:04d}",
            "properties": {
                "id": f"80021000AB{number:04d}",
                "commune": "80021",
                "prefixe": "000",
                "section": "AB",
                "numero": str(number),
                "contenance": 8000,
                "arpente": False,
                "created": "2020-01-01",
                "updated": "2021-01-01",
            },
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(rings, 1)
    ]
    return {"type": "FeatureCollection", "features": features, **more}


def opened(watched, address: str):
    """The page of the layers."""
    watched.page.goto(address)
    expect(watched.page.locator("iframe[data-shown]")).to_be_visible(timeout=60_000)  # a cold start
    watched.page.get_by_test_id("stPageLink-NavLink").get_by_text("Couches").click()
    expect(watched.page.get_by_text("Zones technopolitaines").first).to_be_visible()
    return watched


@pytest.fixture
def layers(watched, desk_address):
    """The page of the layers of the desk that every test uses."""
    return opened(watched, desk_address)


def test_a_cadastre_comes_in_and_goes_out_again(watched, own_desk, tmp_path, screenshots):
    """One bad ring is told and set aside, the rest is previewed, accepted, and rolled back."""
    layers = opened(watched, own_desk)
    page = layers.page
    file = tmp_path / "cadastre.geojson"
    file.write_text(json.dumps(cadastre(SQUARE, BOW_TIE)), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Lu, avec un compte rendu")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("80021000AB0002").first).to_be_visible()
    expect(page.locator("iframe[data-shown]")).to_be_visible()
    page.screenshot(path=screenshots / "import.png")
    page.locator(".st-key-import_accept button").dblclick()  # as many people do
    expect(page.get_by_text("Nouvelle édition : Parcelles.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("DÉMONSTRATION EN PARTIE")).to_be_visible()
    layers.choose(page.get_by_label("Éditions d'une couche"), "Parcelles")
    expect(page.get_by_text("1 ajoutés · 2202 retirés · 0 modifiés")).to_be_visible()
    page.get_by_role("button", name="Revenir à l'édition 1").click()
    expect(page.get_by_text("Parcelles : l'édition 1 est en vigueur.")).to_be_visible()
    expect(page.get_by_text("DÉMONSTRATION · parcelles fictives")).to_be_visible()
    assert layers.outside == []
    assert layers.errors == []


def test_a_file_brought_before_the_page_is_drawn_is_read(watched, slow_desk, tmp_path):
    """A slow page loses neither the file nor the click that follows its acceptance at once."""
    page = opened(watched, slow_desk).page
    file = tmp_path / "cadastre.geojson"
    file.write_text(json.dumps(cadastre(SQUARE)), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Lu sans remarque")).to_be_visible()
    page.locator(".st-key-import_accept button").click()
    watched.choose(page.get_by_label("Éditions d'une couche"), "Parcelles")
    expect(page.get_by_text("1 ajoutés · 2202 retirés · 0 modifiés")).to_be_visible()
    expect(page.locator("[data-testid=stFileUploaderFile]")).to_have_count(0)


def test_metres_are_a_question_not_a_guess(layers, tmp_path):
    """Lambert-93 metres without a system are refused until the planner names it."""
    page = layers.page
    ring = [[650900, 6977300], [651000, 6977300], [651000, 6977400], [650900, 6977400]]
    file = tmp_path / "metres.geojson"
    file.write_text(json.dumps(cadastre([*ring, ring[0]])), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Refusé").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("EPSG:2154").first).to_be_visible()
    layers.choose(page.get_by_label("Lire les coordonnées en"), "EPSG:2154")
    expect(page.locator("iframe[data-shown]")).to_be_visible(timeout=20_000)
    page.locator(".st-key-import_drop button").click()
    expect(page.get_by_text("Zones technopolitaines").first).to_be_visible()


def test_what_is_no_map_is_refused_in_words(layers, tmp_path):
    """A file of another kind gets a sentence, not a trace."""
    page = layers.page
    file = tmp_path / "photo.geojson"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Refusé").first).to_be_visible(timeout=20_000)
    assert page.get_by_text("Traceback").count() == 0


def test_unknown_columns_are_mapped_by_the_planner(layers, tmp_path):
    """Sample rows and shapes are shown; a layer, its columns and a constant make it readable."""
    page = layers.page
    file = tmp_path / "reperes.geojson"
    feature = {
        "type": "Feature",
        "properties": {"code_local": "P1", "libelle_local": "Parc"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Premières lignes du fichier")).to_be_visible()
    expect(page.locator("iframe[data-shown]")).to_be_visible()
    answers = {
        "Couche": "Repères",
        "Identifiant *": "code_local",
        "Nom *": "libelle_local",
        "Nature *": "park",
    }
    for label, answer in answers.items():
        box = page.get_by_label(label, exact=True)
        if box.input_value() == answer:
            continue  # the desk has guessed it
        layers.choose(box, answer)
        expect(box).to_have_value(re.compile(re.escape(answer)))
        expect(page.get_by_label("Identifiant *", exact=True)).to_be_visible()
    page.get_by_label("Nom de la correspondance").fill("reperes")
    page.get_by_label("Nom de la correspondance").press("Enter")
    page.locator(".st-key-mapping_apply button").click()
    expect(page.get_by_text("Lu sans remarque")).to_be_visible()
    assert page.locator(".st-key-import_accept button").is_enabled()
