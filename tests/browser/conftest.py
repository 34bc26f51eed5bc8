"""A real server on a free loopback port and a real Chromium that may speak to nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    Playwright,
    Route,
    TimeoutError,  # noqa: A004 - Playwright's own
    expect,
    sync_playwright,
)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUTPUT = HERE / "output"
START_SECONDS = 60
TRIES = 8
expect.set_options(timeout=20_000)  # a machine under load is slow, not wrong
sys.path.insert(0, str(HERE / "map_app"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@dataclass
class Watched:
    """A page with a record of what it tried to do."""

    page: Page
    outside: list[str] = field(default_factory=list)
    """Addresses of other hosts that were asked for, and refused."""
    errors: list[str] = field(default_factory=list)
    """Errors in the console and uncaught exceptions."""

    def map_frame(self):
        """Frame of the map once it shows its first state."""
        self.page.wait_for_selector("iframe[data-shown]")
        return self.page.query_selector("iframe[data-shown]").content_frame()

    def loads(self) -> int:
        """How many times the map document was loaded."""
        return int(self.page.get_attribute("iframe[data-shown]", "data-loads"))

    def look(self, lon: float, lat: float, zoom: float) -> None:
        """Move the map at once."""
        self.map_frame().evaluate(
            "([lat, lng, zoom]) => { Desk.map.map.setView([lat, lng], zoom, {animate: false}); }",
            [lat, lon, zoom],
        )

    def pixel(self, lon: float, lat: float) -> dict[str, float]:
        """Place of the frame where a place of the map is drawn."""
        return self.map_frame().evaluate(
            "([lat, lng]) => { const p = Desk.map.map.latLngToContainerPoint([lat, lng]);"
            " return {x: p.x, y: p.y}; }",
            [lat, lon],
        )

    def click_map(self, lon: float, lat: float) -> None:
        """Press the mouse on a place of the map."""
        self.page.click("iframe[data-shown]", position=self.pixel(lon, lat))

    def choose(self, box: Locator, words: str) -> None:
        """Choose the entry of a list that holds these words.

        A page that is still being drawn may close a list just opened: it is opened again.
        """
        option = self.page.get_by_role("option").filter(has_text=words).first
        for _ in range(TRIES - 1):
            box.fill(words)
            with contextlib.suppress(TimeoutError):
                option.click(timeout=3_000)
                return
            self.page.keyboard.press("Escape")
        box.fill(words)
        option.click()


@contextlib.contextmanager
def served(script: Path) -> Iterator[str]:
    """Address of ``script`` run by Streamlit, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    OUTPUT.mkdir(exist_ok=True)
    log = OUTPUT / f"{script.stem}-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with log.open("w") as stream:
        home = tempfile.mkdtemp(prefix="technopole-home-")  # no store of whoever runs the tests
        own = {**os.environ, "TECHNOPOLE_HOME": home, "TECHNOPOLE_MAPPINGS": home}
        own.pop("TECHNOPOLE_STORE", None)
        server = subprocess.Popen(
            command, cwd=ROOT, env=own, stdout=stream, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)
    said = log.read_text()
    if "Traceback" in said:
        pytest.fail(f"The server met an error:\n{said}")


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    """Return once ``address`` answers; fail with the server's own words if it never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310 - loopback
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def desk_address() -> Iterator[str]:
    """Address of the real app."""
    with served(ROOT / "app.py") as address:
        yield address


@pytest.fixture
def own_desk() -> Iterator[str]:
    """Address of a desk that no other test uses, for what is published stays."""
    with served(ROOT / "app.py") as address:
        yield address


@pytest.fixture
def slow_desk() -> Iterator[str]:
    """Address of a desk whose page of layers takes seconds to draw."""
    with served(HERE / "slow_app" / "serve.py") as address:
        yield address


@pytest.fixture(scope="session")
def map_address() -> Iterator[str]:
    """Address of the map on a bare page."""
    with served(HERE / "map_app" / "serve.py") as address:
        yield address


def launched(driver: Playwright) -> Browser:
    """The system's Chromium, without a window."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail("Chromium is missing: run `make test` as root once, or install `chromium`.")
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root otherwise
    return driver.chromium.launch(executable_path=chromium, args=arguments)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for every test."""
    with sync_playwright() as driver:
        running = launched(driver)
        yield running
        running.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page of 1400 × 900 that reaches loopback only."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR")
    context.set_default_timeout(15_000)
    seen = Watched(context.new_page())

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    seen.page.on(
        "console",
        lambda message: seen.errors.append(message.text) if message.type == "error" else None,
    )
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Folder for pictures of the main states, not kept by git."""
    OUTPUT.mkdir(exist_ok=True)
    return OUTPUT
