from __future__ import annotations

import base64
import hashlib
from typing import ClassVar

import pytest

from zones.ui.security import SecurityHeaders, map_headers, page_policy


def directives(policy):
    """A policy as a mapping of directive to its sources."""
    return {name: sources for name, *sources in (each.split() for each in policy.split("; "))}


def answer(inner_headers, scope_type="http"):
    """Headers that leave the wrapper around an app answering with ``inner_headers``."""
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": inner_headers})

    async def send(message):
        sent.append(message)

    with pytest.raises(StopIteration):  # nothing is waited for, so one step runs it all
        SecurityHeaders(app)({"type": scope_type}, None, send).send(None)
    return {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


def test_page_runs_no_inline_script_and_no_eval():
    """Scripts come from the app or from its own modules; nothing may frame the page."""
    found = directives(page_policy())
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert "'unsafe-inline'" not in found["script-src"]
    assert "'unsafe-eval'" not in found["script-src"]
    assert not [each for each in page_policy().split() if each.startswith(("http", "*"))]


def test_every_answer_carries_the_headers():
    """Headers are set on whatever the app answers."""
    found = answer([])
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "no-referrer"
    assert found["content-security-policy"] == page_policy()


def test_a_policy_of_its_own_is_kept():
    """The map document is stricter than the page and stays so."""
    found = answer([(b"content-security-policy", b"default-src 'none'")])
    assert found["content-security-policy"] == "default-src 'none'"


def test_other_connections_pass_untouched():
    """A websocket has no headers to set."""
    assert answer([], scope_type="websocket") == {}


def test_map_document_may_run_its_own_inline_parts_by_hash():
    """Inline script and style are allowed by what they contain; data blocks are not scripts."""
    html = '<style>a</style><script type="application/json">x</script><script>b</script>'
    policy = directives(map_headers(html)["Content-Security-Policy"])
    digest = base64.b64encode(hashlib.sha256(b"b").digest()).decode()
    assert policy["script-src"] == ["'self'", f"'sha256-{digest}'"]
    assert len(policy["style-src"]) == 2
    assert policy["frame-ancestors"] == ["'self'"]
    assert "connect-src" not in policy  # default-src 'none' holds
    assert policy["img-src"] == [
        "'self'",
        "data:",
        "https://data.geopf.fr",
        "https://tile.openstreetmap.org",
    ]


def test_server_does_not_name_itself():
    """Of the headers that uvicorn adds by itself, its name is left out."""

    class Cycle:
        default_headers: ClassVar = [(b"date", b"today"), (b"server", b"uvicorn")]

        async def receive(self):
            """Nothing is read."""

    async def app(_scope, _receive, _send):
        """Nothing is answered."""

    cycle = Cycle()
    with pytest.raises(StopIteration):
        SecurityHeaders(app)({"type": "http"}, cycle.receive, None).send(None)
    assert cycle.default_headers == [(b"date", b"today")]
