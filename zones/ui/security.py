"""The headers of every answer: what a page may load, run and be framed by."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zones.maps import BASE_MAPS

__all__ = ["SecurityHeaders", "map_headers", "page_policy"]

_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
"""Elements that run or style; data blocks have a type and files a source, so neither is found."""

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Wraps the app: every answer carries the headers, a stricter policy of its own is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        _hide_server(receive)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _EVERYWHERE.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", page_policy())
            await send(message)

        await self._app(scope, receive, send_with_headers)


@functools.cache
def page_policy() -> str:
    """Content security policy of the desk's page.

    No inline script and no ``eval``. Streamlit starts its components from ``blob:`` modules that
    its own script makes, and sets styles from script; both are allowed, nothing more. Its one
    inline script is allowed by its hash, read from the installed page.
    """
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _hashes(index.read_text(encoding="utf-8"), "script")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob: {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def map_headers(html: str) -> dict[str, str]:
    """Headers of the map document ``html``: it may run the app's scripts and load tiles, only."""
    tiles = " ".join(sorted({base.host for base in BASE_MAPS}))
    policy = (
        "default-src 'none'",
        f"script-src 'self' {_hashes(html, 'script')}".rstrip(),
        f"style-src 'self' {_hashes(html, 'style')}".rstrip(),
        f"img-src 'self' data: {tiles}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "private, max-age=31536000, immutable",
    }


def _hide_server(receive: Receive) -> None:
    """Keep uvicorn from naming itself in the answer.

    Streamlit starts uvicorn and leaves its ``server_header`` setting out of reach; uvicorn keeps
    the headers that it adds on the object whose ``receive`` is handed to the app.
    """
    answering = getattr(receive, "__self__", None)
    added = getattr(answering, "default_headers", None)
    if answering is not None and isinstance(added, list):
        answering.default_headers = [each for each in added if each[0] != b"server"]


def _hashes(html: str, element: str) -> str:
    """Hash sources of the inline ``element`` contents of ``html``."""
    digests = (
        hashlib.sha256(content.encode()).digest()
        for name, content in _INLINE.findall(html)
        if name == element
    )
    return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
