"""The real app from outside: headers, console, hosts it speaks to."""

from __future__ import annotations

import urllib.request

import pytest


@pytest.fixture(scope="module")
def front(desk_address):
    """Headers of the front page."""
    with urllib.request.urlopen(desk_address, timeout=10) as answer:  # noqa: S310 - loopback
        return {name.lower(): value for name, value in answer.headers.items()}


def test_front_page_carries_the_headers(front):
    """No inline script, no frame around the desk, no guessing of types, no referrer."""
    policy = front["content-security-policy"]
    scripts = next(each for each in policy.split("; ") if each.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "frame-ancestors 'none'" in policy
    assert front["x-content-type-options"] == "nosniff"
    assert front["referrer-policy"] == "no-referrer"
    assert "server" not in front


@pytest.mark.parametrize("path", ["/_stcore/health", "/assets/map/desk.js", "/map/unknown"])
def test_every_route_carries_the_headers(desk_address, path):
    """Also what Streamlit, the static files and an error answer."""
    try:
        answer = urllib.request.urlopen(desk_address + path, timeout=10)  # noqa: S310 - loopback
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_desk_opens_quietly(watched, desk_address, screenshots):
    """No outside host, no error in the console, no button that publishes the desk."""
    watched.page.goto(desk_address)
    watched.map_frame()
    assert watched.outside == []
    assert watched.errors == []
    assert watched.page.locator("[data-testid='stAppDeployButton']").count() == 0
    watched.page.screenshot(path=screenshots / "desk.png")
