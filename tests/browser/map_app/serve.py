"""The map's bare page, behind the routes and headers of the desk."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parents[2])]

from streamlit.starlette import App  # noqa: E402 - the path comes first

from app import MIDDLEWARE, ROUTES  # noqa: E402 - as above

app = App(FOLDER / "page.py", routes=ROUTES, middleware=MIDDLEWARE)
