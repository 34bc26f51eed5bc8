"""Where a store is: a file of this machine, or a PostgreSQL database named by its URL."""

from __future__ import annotations

import os
import re
from pathlib import Path

__all__ = [
    "DEMO_STORE",
    "HOME_VARIABLE",
    "STORE_VARIABLE",
    "desk_folder",
    "desk_store",
    "home_store",
    "located",
    "shown_name",
    "store_address",
]

DEMO_STORE = Path(__file__).parent / "demo" / "amiens.gpkg"
"""The demonstration dataset of the package, read when no other store is named."""

STORE_VARIABLE = "TECHNOPOLE_STORE"
"""Environment variable that names another store than the demonstration: a path or a URL."""

HOME_VARIABLE = "TECHNOPOLE_HOME"
"""Environment variable that names the folder of the planner's own store."""

_SCHEME = re.compile(r"postgres(?:ql)?(?:\+psycopg)?:/{1,2}")
_URL = re.compile(
    r"postgresql://(?:[^/@?#]*@)?(?P<host>[\w.-]*)(?::\d+)?/(?P<database>[\w-]+)(?:\?.*)?"
)


def store_address() -> Path | str:
    """Store that the environment names, else the demonstration: a path, or a PostgreSQL URL."""
    return located(os.environ.get(STORE_VARIABLE) or DEMO_STORE)


def desk_folder() -> Path:
    """Folder of what the planners of this desk keep: their store, their editions of charters."""
    folder = os.environ.get(HOME_VARIABLE) or os.environ.get("LOCALAPPDATA")
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(folder or share) / "technopole"


def home_store() -> Path:
    """The planner's own store: one file in the folder of the desk, made by the first import."""
    return desk_folder() / "technopole.gpkg"


def desk_store() -> Path | str:
    """Store the desk works on: the one the environment names, else the planner's own, else demo."""
    if os.environ.get(STORE_VARIABLE):
        return store_address()
    return home_store() if home_store().is_file() else DEMO_STORE


def located(store: Path | str) -> Path | str:
    """Path of a file, or ``postgresql://`` URL, whichever ``store`` means.

    A URL that went through :class:`~pathlib.Path`, which drops one of its slashes, is mended, so
    that options of type path take both.
    """
    text = str(store)
    scheme = _SCHEME.match(text)
    return Path(store) if scheme is None else f"postgresql://{text[scheme.end() :]}"


def shown_name(store: Path | str) -> str:
    """Name of a store for a reader: the file's name, or host and database; never a password."""
    place = located(store)
    if isinstance(place, Path):
        return place.name
    parts = _URL.fullmatch(place)
    if parts is None:  # what cannot be taken apart for sure may hold a password anywhere
        return "PostgreSQL"
    return f"{parts['host'] or 'localhost'}/{parts['database']}"
