"""The planner's main job in a real browser, every outside host refused."""

from __future__ import annotations

import itertools
import json

import pytest
import shapely
from playwright.sync_api import expect
from sample import PAYLOADS

from geodata.crs import to_web
from geodata.store import DEMO_STORE, read_layers

FIRST, SECOND = "80021000ZX0012", "80021000ZX0013"


@pytest.fixture(scope="module")
def places():
    """A point inside each parcel of the demonstration, longitude and latitude."""
    parcels = to_web(read_layers(DEMO_STORE, only=["parcels"])["parcels"].features)
    points = shapely.point_on_surface(parcels.geometry.to_numpy())
    return dict(zip(parcels.index, shapely.get_coordinates(points).tolist(), strict=True))


@pytest.fixture
def desk(watched, desk_address, places):
    """The desk, the map looking closely at the first parcel."""
    watched.page.goto(desk_address)
    watched.map_frame()
    watched.look(*places[FIRST], 17)
    return watched


def panel(desk, name: str) -> None:
    """Open the panel called ``name``."""
    desk.page.locator(".st-key-panel_choice").get_by_text(name, exact=True).click()


def pick(desk, places, parcel: str) -> None:
    """Click a parcel on the map and wait for the verdicts."""
    desk.click_map(*places[parcel])
    expect(desk.page.locator("button[data-article]").first).to_be_visible()


def outcome(desk, article: str) -> str:
    """Outcome that the list shows for an article."""
    return desk.page.locator(f"button[data-article='{article}']").get_attribute("data-outcome")


def card(desk, charter: str):
    """Outcome of a charter, in words."""
    return desk.page.locator(f".st-key-card_{charter}")


def test_whole_journey(desk, places, screenshots):
    """Click, read, change, extend, look at the evidence, switch language, hand over."""
    page = desk.page
    desk.page.screenshot(path=screenshots / "open.png")
    pick(desk, places, FIRST)
    expect(page.locator(".st-key-site_line")).to_contain_text("ZX 12")
    expect(card(desk, "industrial_parks")).to_contain_text("Non conforme")
    expect(card(desk, "commercial_hotel")).to_contain_text("Conforme")
    assert outcome(desk, "PI-10b") == "compliant"

    panel(desk, "Projet")
    area = page.get_by_label("Surface de plancher (m²)")
    area.fill("2000")
    area.press("Enter")
    panel(desk, "Verdict")
    expect(
        page.locator("button[data-article='PI-10b'][data-outcome='non_compliant']")
    ).to_be_visible()
    page.locator("button[data-article='PI-10b']").click()
    # 62 spaces for 2 000 m² are 3.1 for 100 m²; 3.3 × 0.7 = 2.31 are allowed: 46 spaces
    expect(page.locator(".vl-detail")).to_contain_text("3,1")
    expect(page.locator(".vl-detail")).to_contain_text("46 places au lieu de 62 places")

    loads = desk.loads()
    desk.click_map(*places[SECOND])
    expect(page.locator(".st-key-site_line")).to_contain_text("2 parcelles")
    page.locator("button[data-article='PI-09a']").click()
    expect(page.locator(".vl-open")).to_contain_text("La preuve est tracée sur la carte")
    frame = desk.map_frame()
    page.wait_for_function(
        "() => document.querySelector('button[data-article=\\'PI-09a\\']')"
        ".getAttribute('aria-expanded') === 'true'"
    )
    frame.wait_for_function("() => (Desk.map.state.evidence?.features.length ?? 0) > 1")
    roles = frame.evaluate("Desk.map.state.evidence.features.map((each) => each.properties.role)")
    assert {"link", "target"} <= set(roles)
    page.screenshot(path=screenshots / "evidence.png")

    page.locator(".st-key-language_choice").get_by_text("EN", exact=True).click()
    expect(page.locator(".vl-open")).to_contain_text("The evidence is drawn on the map")
    expect(page.locator(".st-key-site_line")).to_contain_text("2 parcels")
    page.screenshot(path=screenshots / "english.png")
    assert loads == desk.loads()
    assert desk.outside == []
    assert desk.errors == []

    panel(desk, "File")
    with page.expect_download() as download:
        page.get_by_text("Parcels and verdicts (GeoJSON)").click()
    assert "DEMO" in download.value.suggested_filename
    check_geojson(json.loads(download.value.path().read_text(encoding="utf-8")))
    page.screenshot(path=screenshots / "file.png")


def check_geojson(document: dict) -> None:
    """RFC 7946, written here by hand: members, ids, rings, ranges, decimals."""
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert document["metadata"]["demo"] is True
    assert [each["properties"]["parcel_id"] for each in document["features"]] == [FIRST, SECOND]
    assert len({each["properties"]["site_id"] for each in document["features"]}) == 1
    for feature in document["features"]:
        assert isinstance(feature["id"], str)
        assert feature["properties"]["industrial_parks"] == "non_compliant"
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
        assert twice > 0
        assert all(2 < x < 3 and 49 < y < 50 for x, y in ring)
        assert all(round(value, 7) == value for point in ring for value in point)


def test_a_panel_begins_at_its_top_and_keeps_its_goal(desk, places):
    """The list of verdicts after a long form; the goal after another panel and another language."""
    pick(desk, places, FIRST)
    page = desk.page
    panel(desk, "Projet")
    expect(page.get_by_label("Surface de plancher (m²)")).to_be_visible()
    page.locator(".st-key-scroll").evaluate("(each) => { each.scrollTop = each.scrollHeight; }")
    panel(desk, "Changer")
    page.locator(".st-key-change_goal").get_by_text("Obligations et recommandations").click()
    chosen = page.locator(".st-key-change_goal [aria-checked='true']")
    expect(chosen).to_have_text("Obligations et recommandations")
    panel(desk, "Verdict")
    expect(page.locator("button[data-article]").first).to_be_in_viewport()
    panel(desk, "Changer")
    expect(chosen).to_have_text("Obligations et recommandations")
    page.locator(".st-key-language_choice").get_by_text("EN", exact=True).click()
    expect(chosen).to_have_text("Mandatory and recommended")


def test_second_click_takes_the_parcel_out(desk, places):
    """The same parcel clicked again leaves the site; undo brings it back."""
    pick(desk, places, FIRST)
    desk.click_map(*places[FIRST])
    expect(desk.page.locator(".st-key-site_line")).to_contain_text("Aucune parcelle")
    desk.page.locator(".st-key-undo button:visible").click()
    expect(desk.page.locator(".st-key-site_line")).to_contain_text("ZX 12")


def test_journey_from_the_table(desk):
    """Without the map: search, tick, read the verdict."""
    page = desk.page
    panel(desk, "Parcelles")
    page.get_by_label("Chercher une parcelle").fill("ZX 12")
    page.get_by_label("Chercher une parcelle").press("Enter")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 52)
    expect(page.locator(".st-key-site_line")).to_contain_text("ZX 12")
    panel(desk, "Verdict")
    expect(page.locator("button[data-article]").first).to_be_visible()


def test_pieces_that_do_not_touch_are_said(desk, places):
    """Two parcels far apart make a site in several pieces."""
    pick(desk, places, FIRST)
    other = "80021000ZX0702"
    desk.look(*places[other], 17)
    desk.click_map(*places[other])
    expect(desk.page.get_by_text("Site en plusieurs morceaux")).to_be_visible()


def test_work_is_saved_and_opened_again(desk, places, tmp_path):
    """What one session saves another one opens, and a wrong file is refused with its reason."""
    page = desk.page
    pick(desk, places, FIRST)
    panel(desk, "Dossier")
    with page.expect_download() as download:
        page.get_by_text("Enregistrer site et projet").click()
    saved = tmp_path / "dossier.yaml"
    download.value.save_as(saved)
    page.locator(".st-key-clear button:visible").click()
    expect(page.locator(".st-key-site_line")).to_contain_text("Aucune parcelle")
    page.locator("input[type=file]").set_input_files(saved)
    expect(page.locator(".st-key-site_line")).to_contain_text("ZX 12")
    wrong = tmp_path / "faux.yaml"
    wrong.write_text(saved.read_text(encoding="utf-8").replace("floor_area", "flor_area"))
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_text("Vouliez-vous dire « floor_area »")).to_be_visible()
    expect(page.locator(".st-key-site_line")).to_contain_text("ZX 12")


def test_contradiction_stops_the_verdict(desk, places):
    """A roof with more panels than roof gets a sentence, not a verdict."""
    pick(desk, places, FIRST)
    panel(desk, "Projet")
    panels = desk.page.get_by_label("Toiture photovoltaïque (m²)")
    panels.fill("9000")
    panels.press("Enter")
    expect(desk.page.get_by_text("Le projet se contredit").first).to_be_visible()
    expect(card(desk, "industrial_parks")).to_contain_text("pas encore de verdict")


def test_script_in_a_name_is_shown_as_text(desk, places):
    """Thirty scripts as the project's name run nowhere, and are shown as they were typed."""
    pick(desk, places, FIRST)
    panel(desk, "Projet")
    field = desk.page.get_by_label("Nom du dossier")
    for payload in PAYLOADS:
        name = payload[:80].strip()
        field.fill(name)
        field.press("Enter")
        expect(desk.page.locator(".st-key-file_name")).to_have_text(name)
    assert len(PAYLOADS) >= 30
    assert [False, False] == [each.evaluate("'__x' in window") for each in desk.page.frames]
    assert desk.outside == []


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1280, 720)])
def test_desk_fits_the_screen(desk, places, screenshots, width, height):
    """No scrolling of the page on the main journey; the map takes about 60 % of the width."""
    desk.page.set_viewport_size({"width": width, "height": height})
    desk.map_frame().wait_for_function("(most) => Desk.map.map.getSize().y < most", arg=height - 80)
    desk.look(*places[FIRST], 17)
    pick(desk, places, FIRST)
    desk.page.screenshot(path=screenshots / f"desk_{width}.png")
    scrolls = desk.page.evaluate(
        "() => { const e = document.querySelector('[data-testid=stMain]');"
        " return e.scrollHeight - e.clientHeight; }"
    )
    assert scrolls <= 2
    share = desk.page.locator("iframe[data-shown]").bounding_box()["width"] / width
    assert share == pytest.approx(0.58, abs=0.04)
