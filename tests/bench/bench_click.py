"""Time in a real browser: first parcels drawn, and from a click to the verdict on screen."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import shapely
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from conftest import launched, served  # noqa: E402 - the browser tests' own server and browser

from geodata.crs import to_web  # noqa: E402
from geodata.store import DEMO_STORE, read_layers  # noqa: E402

CLICKS = 40
VISITS = 7
WATCH = """(parcel) => {
  window.painted = new Promise((done) => {
    const look = () => {
      const line = document.querySelector('.st-key-site_line');
      const list = document.querySelector('.vl-root');
      if (line && list && line.textContent.includes(parcel)) {
        observer.disconnect();
        const now = () => performance.timeOrigin + performance.now();
        requestAnimationFrame(() => setTimeout(() => done(now()), 0));
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}"""
PRESS = """() => { window.pressed = new Promise((done) => addEventListener('pointerup', () =>
  done(performance.timeOrigin + performance.now()), { once: true, capture: true })); }"""


def short(parcel: str) -> str:
    """Section and number as the page writes them."""
    return f"{parcel[8:10]} {int(parcel[10:])}"


def places() -> list[tuple[str, float, float]]:
    """Parcels with a point inside, evenly taken from the demonstration."""
    parcels = to_web(read_layers(DEMO_STORE, only=["parcels"])["parcels"].features)
    chosen = parcels.iloc[:: len(parcels) // (CLICKS)].head(CLICKS)
    points = shapely.get_coordinates(shapely.point_on_surface(chosen.geometry.to_numpy()))
    return [(name, *point) for name, point in zip(chosen.index, points, strict=True)]


def first_drawn(page, address: str) -> float:
    """Seconds from asking for the page to parcels on screen."""
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("iframe[data-shown]")
    return time.perf_counter() - start


def click(page, frame, parcel: str, lon: float, lat: float) -> float:
    """Milliseconds from releasing the mouse on a parcel to its verdict on screen."""
    frame.evaluate(
        "([x, y]) => { Desk.map.map.setView([y, x], 17, {animate: false}); }", [lon, lat]
    )
    pixel = frame.evaluate(
        "([x, y]) => { const p = Desk.map.map.latLngToContainerPoint([y, x]);"
        " return {x: p.x, y: p.y}; }",
        [lon, lat],
    )
    page.evaluate(WATCH, short(parcel))
    frame.evaluate(PRESS)
    page.click("iframe[data-shown]", position=pixel)
    return page.evaluate("() => window.painted") - frame.evaluate("() => window.pressed")


def main() -> None:
    """Print one Markdown row per figure."""
    with served(ROOT / "app.py") as address, sync_playwright() as driver:
        chromium = launched(driver)
        page = chromium.new_page(viewport={"width": 1400, "height": 900}, locale="fr-FR")
        first_drawn(page, address)
        visits = [first_drawn(page, address) for _ in range(VISITS)]
        frame = page.query_selector("iframe[data-shown]").content_frame()
        times = []
        for parcel, lon, lat in places():
            times.append(click(page, frame, parcel, lon, lat))
            page.locator(".st-key-clear button:visible").click()
            page.get_by_text("Aucune parcelle choisie").wait_for()
        chromium.close()
    times = times[1:]
    high, worst = statistics.quantiles(times, n=20)[-1], max(visits)
    print("| figure | median | p95 or worst | n |\n|---|---|---|---|")
    print(f"| first parcels drawn, s | {statistics.median(visits):.2f} | {worst:.2f} | {VISITS} |")
    middle = statistics.median(times)
    print(f"| click → verdict painted, ms | {middle:.0f} | {high:.0f} | {len(times)} |")


if __name__ == "__main__":
    main()
