from __future__ import annotations

import tomllib
from pathlib import Path

from streamlit.web.server.app_discovery import discover_asgi_app

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_streamlit_finds_the_app():
    """`streamlit run app.py` serves the app with its headers, not a bare script."""
    found = discover_asgi_app(ROOT / "app.py")
    assert (found.is_asgi_app, found.app_name) == (True, "app")


def test_app_stays_small():
    """The app only puts parts together."""
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_settings_are_the_safe_ones():
    """Loopback only, no usage statistics, no error details, checks of origin on."""
    server, browser, client = (SETTINGS[group] for group in ("server", "browser", "client"))
    assert server["address"] == "127.0.0.1"
    assert server["allowedHosts"] == ["127.0.0.1", "localhost"]
    assert server["enableCORS"]
    assert server["enableXsrfProtection"]
    assert server["maxUploadSize"] == 200
    assert not server["enableStaticServing"]
    assert not server.get("enableAgentApi", False)
    assert not browser["gatherUsageStats"]
    assert client["showErrorDetails"] == "none"


def test_no_font_is_fetched():
    """Fonts are those of the machine."""
    fonts = [value for name, value in SETTINGS["theme"].items() if name.endswith(("font", "Font"))]
    assert len(fonts) == 3
    assert not [font for font in fonts if ":" in font or "/" in font]
    assert "fontFaces" not in SETTINGS["theme"]
