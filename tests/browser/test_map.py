"""The map on a bare page, in Chromium, with every outside host refused."""

from __future__ import annotations

import time

import pytest
from sample import PAYLOADS, centre, parcel_id

FIRST_DRAWN_SECONDS = 3


@pytest.fixture
def bare(watched, map_address):
    """The bare page with its map drawn."""
    watched.page.goto(map_address)
    watched.map_frame()
    return watched


def turn(bare, name: str) -> None:
    """Flip a switch of the bare page and wait until the map has taken it in."""
    before = bare.page.get_attribute("iframe[data-shown]", "data-shown")
    bare.page.locator("label", has_text=name).click()
    bare.page.wait_for_selector(f"iframe[data-shown]:not([data-shown='{before}'])")


def said(bare) -> str:
    """What the page says of clicks and site."""
    return bare.page.locator("text=clicks=").inner_text()


def executed(bare) -> list[str]:
    """Frames in which a payload ran."""
    return [each.url for each in bare.page.frames if each.evaluate("'__x' in window")]


def test_map_is_drawn_in_time_without_outside_request(watched, map_address, screenshots):
    """Parcels are on screen within three seconds, and nothing was asked of another host."""
    watched.page.goto(map_address)  # the first visit also pays for the server's imports
    watched.map_frame()
    start = time.monotonic()
    watched.page.goto(map_address)
    frame = watched.map_frame()
    elapsed = time.monotonic() - start
    assert frame.evaluate("Desk.painted") > 2000
    assert elapsed <= FIRST_DRAWN_SECONDS
    assert watched.outside == []
    assert watched.errors == []
    watched.page.screenshot(path=screenshots / "map.png")


def test_second_click_on_the_same_parcel_counts(bare):
    """A click adds the parcel, a second one takes it out again."""
    bare.click_map(*centre(20, 20))
    bare.page.wait_for_selector("text=clicks=1")
    assert f"clicks=1 site=['{parcel_id(20, 20)}']" == said(bare)
    bare.click_map(*centre(20, 20))
    bare.page.wait_for_selector("text=clicks=2")
    assert said(bare) == "clicks=2 site=[]"


def test_click_beside_the_parcels_is_none(bare):
    """A click on bare ground starts nothing."""
    lon, lat = centre(25, 0)
    bare.click_map(lon, lat - 0.0005)
    bare.click_map(lon, lat)
    bare.page.wait_for_selector("text=clicks=1")
    assert f"clicks=1 site=['{parcel_id(25, 0)}']" == said(bare)


def test_enter_picks_the_parcel_at_the_centre(bare):
    """The map can be used without a mouse."""
    frame = bare.map_frame()
    lat, lng = frame.evaluate(
        "(id) => { const c = Desk.map.finder.bounds(Desk.map.place.get(id)).getCenter();"
        " Desk.map.map.setView(c, 18, {animate: false}); return [c.lat, c.lng]; }",
        parcel_id(7, 8),
    )
    assert (lng, lat) == pytest.approx(centre(7, 8), abs=1e-6)
    bare.click_map(*centre(7, 9))
    assert frame.locator(".desk-cross").is_hidden()
    frame.locator("#map_desk").focus()
    bare.page.keyboard.press("Enter")
    assert frame.locator(".desk-cross").is_visible()
    bare.page.wait_for_selector("text=clicks=2")
    assert said(bare) == f"clicks=2 site=['{parcel_id(7, 8)}', '{parcel_id(7, 9)}']"


def test_new_codes_repaint_without_reload_and_keep_the_view(bare):
    """Another verdict changes the colour of the parcel, nothing else."""
    frame = bare.map_frame()
    bare.look(2.27, 49.875, 16)
    look = (
        "Desk.map.parcels[1].options.fillColor + Desk.map.map.getCenter() + Desk.map.map.getZoom()"
    )
    before = frame.evaluate(look)
    turn(bare, "codes")
    after = frame.evaluate(look)
    assert (before[:7], after[:7]) == ("#63b3a4", "#f2cd74")
    assert before[7:] == after[7:]
    assert bare.loads() == 1


def test_selection_paints_only_what_changed(bare):
    """A click on one parcel does not draw the two thousand again."""
    frame = bare.map_frame()
    bare.look(2.27, 49.878, 17)
    lon, lat = centre(16, 20)
    bare.page.mouse.move(0, 0)
    before = frame.evaluate("Desk.painted")
    bare.click_map(lon, lat)
    bare.page.wait_for_selector("text=clicks=1")
    bare.page.wait_for_function("() => document.querySelector('iframe').dataset.shown > 1")
    assert frame.evaluate("Desk.painted") - before < 200


def test_language_changes_words_without_reload(bare):
    """Every word of the map follows the language."""
    frame = bare.map_frame()
    assert frame.locator(".desk-legend").inner_text().startswith("Verdict par parcelle")
    assert frame.locator(".desk-button").inner_text() == "Couches"
    turn(bare, "english")
    assert frame.locator(".desk-legend").inner_text().startswith("Verdict by parcel")
    assert frame.locator(".desk-button").inner_text() == "Layers"
    assert frame.evaluate("document.documentElement.lang") == "en"
    assert frame.get_attribute(".leaflet-control-zoom-in", "aria-label") == "Zoom in"
    assert bare.loads() == 1


def test_base_map_is_asked_for_only_when_chosen(bare, screenshots):
    """Tiles are requested on demand; when refused the map says so and stays usable."""
    frame = bare.map_frame()
    frame.locator(".desk-button").click()
    assert bare.outside == []
    frame.get_by_label("Plan IGN").check()
    frame.wait_for_selector(".desk-warning:not([hidden])")
    assert frame.locator(".desk-warning").inner_text().startswith("Fond de plan indisponible")
    assert {"data.geopf.fr"} == {each.split("/")[2] for each in bare.outside}
    assert frame.locator(".desk-credit").inner_text() == "© IGN – Géoplateforme"
    bare.page.screenshot(path=screenshots / "map_without_tiles.png")
    frame.get_by_label("Aucun").check()
    assert frame.locator(".desk-warning").is_hidden()


def test_layers_are_switched_by_the_reader_and_by_an_article(bare):
    """A layer is off until it is ticked; a selected article may show its own."""
    frame = bare.map_frame()
    shown = "[...Desk.map.visible()].sort()"
    assert "flood_zones" not in frame.evaluate(shown)
    turn(bare, "flood")
    assert "flood_zones" in frame.evaluate(shown)
    turn(bare, "flood")
    assert "flood_zones" not in frame.evaluate(shown)
    frame.locator(".desk-button").click()
    frame.get_by_label("Zones inondables (PPRI)").check()
    turn(bare, "codes")
    assert "flood_zones" in frame.evaluate(shown)


def test_view_and_layers_survive_a_page_without_the_map(bare):
    """Who comes back to the map finds it as it was."""
    frame = bare.map_frame()
    frame.locator(".desk-button").click()
    frame.get_by_label("Zones inondables (PPRI)").check()
    bare.look(2.27, 49.875, 16)
    away = bare.page.locator("label", has_text="away")
    away.click()
    bare.page.wait_for_selector("iframe", state="detached")
    away.click()
    frame = bare.map_frame()
    assert "flood_zones" in frame.evaluate("[...Desk.map.visible()]")
    assert frame.evaluate("Desk.map.map.getZoom()") == 16
    assert frame.evaluate("Desk.map.map.getCenter().lat") == pytest.approx(49.875, abs=1e-4)


def test_the_first_view_leaves_buttons_and_legend_free(bare):
    """Everything that is drawn lies between them, with room for a name above it."""
    free = bare.map_frame().evaluate(
        """() => {
          const [west, south, east, north] = Desk.map.drawing.bounds;
          const place = (lat, lng) => Desk.map.map.latLngToContainerPoint([lat, lng]);
          const top = Desk.map.zoom.getContainer().getBoundingClientRect().bottom;
          const low = Desk.map.legend.root.getBoundingClientRect().top;
          return [place(north, west).y - top, low - place(south, east).y];
        }"""
    )
    assert free[0] >= 20
    assert free[1] >= 0


def test_focus_moves_the_map_once(bare):
    """A place asked for comes into view, and the reader may leave it."""
    frame = bare.map_frame()
    turn(bare, "focus")
    assert frame.evaluate("Desk.map.map.getZoom()") > 16
    bare.look(2.28, 49.88, 14)
    turn(bare, "codes")
    assert frame.evaluate("Desk.map.map.getZoom()") == 14


def test_evidence_is_drawn_with_its_label(bare, screenshots):
    """The evidence of an article stands on the map in words and lines."""
    turn(bare, "evidence")
    frame = bare.map_frame()
    assert frame.locator(".desk-evidence").all_inner_texts() == ["412 m"]
    bare.page.screenshot(path=screenshots / "map_evidence.png")
    turn(bare, "evidence")
    assert frame.locator(".desk-evidence").count() == 0


def test_hostile_words_are_shown_and_never_run(bare):
    """Payloads in names of features and in evidence are text: on load, on hover, on click."""
    turn(bare, "hostile")
    frame = bare.map_frame()
    shown = set(frame.locator(".desk-evidence").all_text_contents())
    assert set(PAYLOADS) == shown
    frame.locator(".desk-button").click()
    frame.get_by_label("Arrêts de transport").check()
    frame.locator(".desk-button").click()
    bare.look(2.275, 49.8685, 14)
    hovered = set()
    for rank in range(len(PAYLOADS)):
        bare.page.hover("iframe[data-shown]", position=bare.pixel(2.26 + 0.001 * rank, 49.8685))
        frame.wait_for_selector(".desk-card:not([hidden])")
        frame.wait_for_function(
            "(text) => document.querySelector('.desk-card strong').textContent === text",
            arg=PAYLOADS[rank],
        )
        hovered.add(frame.locator(".desk-card strong").text_content())
    assert set(PAYLOADS) == hovered
    assert executed(bare) == []
    assert bare.outside == []
    assert bare.page.title() == "map"


def test_script_in_the_map_cannot_act_as_the_planner(bare):
    """The frame has no origin: no cookie, no parent document, no request to the app."""
    frame = bare.map_frame()
    assert frame.evaluate("self.origin") == "null"
    for forbidden in ("document.cookie", "parent.document.title"):
        attempt = f"(() => {{ try {{ return {forbidden} }} catch (e) {{ return e.name }} }})()"
        assert frame.evaluate(attempt) == "SecurityError"
    blocked = frame.evaluate("fetch('/_stcore/health').then(() => 'sent', () => 'refused')")
    assert blocked == "refused"


def test_forged_messages_are_ignored(bare):
    """Only the map's own frame, on its own channel, may say that a parcel was clicked."""
    bare.page.evaluate(
        "(id) => window.postMessage({type: 'click', parcel: id, channel: ''}, '*')", parcel_id(1, 1)
    )
    bare.map_frame().evaluate(
        "(id) => parent.postMessage({type: 'click', parcel: id, channel: 'guess'}, '*')",
        parcel_id(1, 1),
    )
    bare.click_map(*centre(3, 3))
    bare.page.wait_for_selector("text=clicks=1")
    assert f"clicks=1 site=['{parcel_id(3, 3)}']" == said(bare)
