"""The app: Streamlit's desk with the map's routes and the security headers.

``streamlit run app.py`` starts it.
"""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from zones.maps import STATIC_FOLDER
from zones.ui.documents import map_page
from zones.ui.security import SecurityHeaders

__all__ = ["MIDDLEWARE", "ROUTES", "app"]

ROUTES = [
    Route("/map/{digest}", map_page),
    Mount("/assets", StaticFiles(directory=STATIC_FOLDER)),
]
MIDDLEWARE = [Middleware(SecurityHeaders)]

app = App(
    Path(__file__).parent / "zones" / "ui" / "desk.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
)

if __name__ == "__main__":
    app.run()
