"""The app: Streamlit's desk with the map's routes and the security headers.

``streamlit run app.py`` starts it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from geodata.errors import PlanningError
from zones.maps import STATIC_FOLDER
from zones.ui.components.territory import territory
from zones.ui.documents import map_page
from zones.ui.security import SecurityHeaders

__all__ = ["MIDDLEWARE", "ROUTES", "app"]

ROUTES = [
    Route("/map/{digest}", map_page),
    Mount("/assets", StaticFiles(directory=STATIC_FOLDER)),
]
MIDDLEWARE = [Middleware(SecurityHeaders)]


def _warm() -> None:
    """Read and measure the layers before the first planner comes."""
    with contextlib.suppress(PlanningError):  # the page says it, with what to do
        territory()


@contextlib.asynccontextmanager
async def _prepared(_app: App) -> AsyncIterator[None]:
    """Start warming beside the server's own start."""
    threading.Thread(target=_warm, daemon=True).start()
    yield


app = App(
    Path(__file__).parent / "zones" / "ui" / "desk.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=_prepared,
)

if __name__ == "__main__":
    app.run()
