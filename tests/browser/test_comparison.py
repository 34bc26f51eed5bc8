"""The comparison page in a real browser: variants, sites, two days; in both languages."""

from __future__ import annotations

import csv
import io
import json

import pytest
import shapely
from playwright.sync_api import expect

from geodata.crs import to_web
from geodata.store import DEMO_STORE, read_layers

FIRST, SECOND, FAR = "80021000ZX0012", "80021000ZX0013", "80021000ZX0702"


@pytest.fixture(scope="module")
def place():
    """A point inside the first parcel, longitude and latitude."""
    parcels = to_web(read_layers(DEMO_STORE, only=["parcels"])["parcels"].features)
    return shapely.get_coordinates(shapely.point_on_surface(parcels.geometry[FIRST]))[0].tolist()


@pytest.fixture
def page(watched, desk_address, place):
    """The comparison of a session whose site is the first parcel."""
    watched.page.goto(desk_address)
    # the first visit pays for the server's imports
    watched.page.wait_for_selector("iframe[data-shown]", timeout=60_000)
    watched.look(*place, 17)
    watched.click_map(*place)
    expect(watched.page.locator(".st-key-site_line")).to_contain_text("ZX 12")
    watched.page.locator(".st-key-top a[href*='compare']").click()
    expect(watched.page.locator(".ct-table")).to_be_visible()
    return watched


def view(page, name: str) -> None:
    """Open one of the three views."""
    page.page.locator(".st-key-comparison_view").get_by_text(name, exact=True).click()


def cell(page, row: str, column: int):
    """Cell of an article, or of a charter, in the table."""
    return page.page.locator(f"tr[data-row='{row}'] td").nth(column)


def test_variants_are_edited_and_one_is_taken(page, screenshots):
    """A copy is edited in the table, refused when it contradicts itself, taken and undone."""
    screen = page.page
    screen.locator(".st-key-variant_copy button").click()
    edited = screen.locator("input[data-edit='1-floor_area']")
    edited.fill("2 000")
    edited.press("Tab")
    # 62 spaces for 2 000 m² are 3.1 for 100 m², over 2.31
    expect(cell(page, "PI-10b", 1)).to_contain_text("Non conforme")
    expect(cell(page, "PI-10b", 0)).to_contain_text("Conforme")
    expect(screen.locator("tr[data-row='PI-10b'] .ct-mark")).to_have_text("≠")
    expect(cell(page, "PI-05a", 0)).to_contain_text("non, alors qu'il faut")
    panels = screen.locator("input[data-edit='1-roof_pv_area']")
    panels.fill("9000")
    panels.press("Tab")
    expect(screen.get_by_text("dépasse « Surface de toiture »")).to_be_visible()
    page.choose(screen.locator(".st-key-variant_example input"), "Hôtel trois étoiles")
    expect(screen.locator(".ct-column")).to_have_count(3)
    screen.screenshot(path=screenshots / "variants.png")
    with screen.expect_download() as download:
        screen.locator(".st-key-variant_csv button").click()
    assert "DEMO" in download.value.suggested_filename
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert {"1", "2", "3"} == {
        row["case"] for row in csv.DictReader(io.StringIO(text), delimiter=";")
    }
    screen.locator("button[data-act='take-1']").click()
    expect(screen.get_by_text("est maintenant le projet du bureau")).to_be_visible()
    expect(screen.locator(".ct-column.ct-current")).to_contain_text("variante 2")
    screen.locator(".st-key-variant_undo button").click()
    expect(screen.locator(".ct-column.ct-current")).not_to_contain_text("variante 2")
    assert ([], []) == (page.outside, page.errors)


def test_one_project_on_several_sites(page, screenshots):
    """The site of the desk, pasted ids, a click on the map; a wrong id is refused by name."""
    screen = page.page
    screen.locator(".st-key-language_choice").get_by_text("EN", exact=True).click()
    view(page, "One project on several sites")
    expect(screen.get_by_text("No site in the list")).to_be_visible()
    screen.locator(".st-key-site_current button").click()
    expect(screen.locator(".ct-column")).to_have_count(1)
    screen.locator(".st-key-site_ids button").first.click()
    ids = screen.locator("textarea")
    ids.fill(f"{FIRST},{SECOND}\n80021000ZX9999")
    screen.locator(".st-key-site_typed button").click()
    expect(screen.get_by_text("Parcel “80021000ZX9999” does not exist.")).to_be_visible()
    expect(screen.locator(".ct-column")).to_have_count(1)
    ids.fill(f"{FIRST},{SECOND}\n{FAR}")
    screen.locator(".st-key-site_typed button").click()
    expect(screen.locator(".ct-column")).to_have_count(3)
    expect(screen.locator(".ct-column").nth(1)).to_contain_text("ZX 12, ZX 13")
    screen.keyboard.press("Escape")
    frame = page.map_frame()
    frame.wait_for_function("() => Desk.map.state.selected.length === 4")
    assert frame.evaluate("Desk.map.map.getBounds().contains(Desk.map.site.getBounds())")
    table = screen.locator(".ct-root")
    assert table.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    screen.screenshot(path=screenshots / "sites.png")
    screen.locator("button[data-act='on_desk-2']").click()
    expect(screen.locator(".ct-column.ct-current")).to_contain_text("ZX 702")
    screen.locator("button[data-act='remove-0']").click()
    expect(screen.locator(".ct-column")).to_have_count(2)
    assert ([], []) == (page.outside, page.errors)


def test_two_days_over_every_parcel(page, screenshots):
    """Counts, map and files say the same; the map is painted again without being loaded again."""
    screen = page.page
    view(page, "Deux dates ou deux éditions")
    first = screen.locator(".st-key-times_before [role=spinbutton]").first
    first.click()
    screen.keyboard.type("01012015")
    screen.keyboard.press("Enter")
    screen.keyboard.press("Escape")
    expect(screen.get_by_text("parcelles sur 2")).to_be_visible()
    frame = page.map_frame()
    frame.wait_for_function("() => Desk.map.painted.includes('4')")
    loads = page.loads()
    changes = frame.evaluate("Desk.map.painted")
    assert "Changement de verdict" in frame.locator(".desk-legend").inner_text()
    counted = screen.locator(".st-key-times_counts tr")
    expect(counted.filter(has_text="Verdict inchangé").first).to_be_visible()
    page_itself = screen.get_by_test_id("stMain")
    assert page_itself.evaluate("(each) => each.scrollHeight - each.clientHeight") < 10
    screen.screenshot(path=screenshots / "times.png")
    screen.locator(".st-key-times_seen").get_by_text("Après", exact=True).click()
    frame.wait_for_function("(before) => Desk.map.painted !== before", arg=changes)
    assert loads == page.loads()
    with screen.expect_download() as download:
        screen.locator(".st-key-times_geojson button").click()
    assert "DEMO" in download.value.suggested_filename
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert len(changes) - changes.count("0") == len(document["features"])
    days = [document["metadata"][side]["day"] for side in ("before", "after")]
    assert ["2015-01-01", "2026-11-16"] == days
    page.choose(screen.locator(".st-key-times_article input"), "PI-05a")
    frame.wait_for_function("() => Desk.map.state.texts.controls.legend.includes('PI-05a')")
    assert ([], []) == (page.outside, page.errors)


def test_a_site_is_judged_on_another_day(page, screenshots):
    """Said on the cards in both languages; one click goes back to the filing date."""
    screen = page.page
    screen.get_by_test_id("stPageLink-NavLink").first.click()
    screen.locator(".st-key-panel_choice").get_by_text("Projet", exact=True).click()
    screen.locator(".st-key-form_judged_on [role=spinbutton]").first.click()
    screen.keyboard.type("01012015")
    screen.keyboard.press("Enter")
    screen.keyboard.press("Escape")
    card = screen.locator(".st-key-card_industrial_parks")
    expect(card).to_contain_text("au 01/01/2015")
    expect(screen.locator(".st-key-file_name")).to_contain_text(
        "jugé au 1er janvier 2015, dépôt au"
    )
    screen.locator(".st-key-language_choice").get_by_text("EN", exact=True).click()
    expect(card).to_contain_text("on 01/01/2015")
    screen.screenshot(path=screenshots / "another_day.png")
    screen.locator(".st-key-back_to_filing button:visible").click()
    expect(card).not_to_contain_text("2015")
    assert ([], []) == (page.outside, page.errors)
