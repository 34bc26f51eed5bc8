"""The desk on a machine where the page of the layers takes seconds to draw."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from streamlit.starlette import App

from app import MIDDLEWARE, ROUTES
from zones.ui.views import layers_page

SECONDS = 2.0
drawn = layers_page.show_layers


def show_layers(ground) -> None:
    """Draw the layers, and take long."""
    drawn(ground)
    time.sleep(SECONDS)


layers_page.show_layers = show_layers
desk = Path(__file__).parents[3] / "zones" / "ui" / "desk.py"
app = App(desk, routes=ROUTES, middleware=MIDDLEWARE)
