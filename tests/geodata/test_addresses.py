from pathlib import Path

import pytest

from geodata.addresses import DEMO_STORE, located, shown_name, store_address


def test_the_demonstration_is_the_store_when_none_is_named(monkeypatch):
    """Nor when the variable is empty."""
    monkeypatch.delenv("TECHNOPOLE_STORE", raising=False)
    assert DEMO_STORE == store_address()
    monkeypatch.setenv("TECHNOPOLE_STORE", "")
    assert DEMO_STORE == store_address()
    assert DEMO_STORE.exists()


def test_the_environment_names_a_file_or_a_database(monkeypatch):
    """A path stays a path, a URL a text."""
    monkeypatch.setenv("TECHNOPOLE_STORE", "/data/metropole.gpkg")
    assert Path("/data/metropole.gpkg") == store_address()
    monkeypatch.setenv("TECHNOPOLE_STORE", "postgresql://someone@host/layers")
    assert "postgresql://someone@host/layers" == store_address()


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://someone@host/layers",
        "postgres://someone@host/layers",
        "postgresql+psycopg://someone@host/layers",
        Path("postgresql://someone@host/layers"),
    ],
)
def test_every_way_to_write_a_url_is_understood(written):
    """Even one that an option of type path has robbed of a slash."""
    assert "postgresql://someone@host/layers" == located(written)


@pytest.mark.parametrize("written", ["postgresql.gpkg", "./postgres/x.gpkg", "C:\\x.gpkg"])
def test_a_file_that_looks_like_it_is_a_file(written):
    """Only the scheme makes a URL."""
    assert Path(written) == located(written)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (Path("/data/someone/metropole.gpkg"), "metropole.gpkg"),
        ("postgresql://u:secret@db.example.org:5432/layers", "db.example.org/layers"),
        ("postgresql:///layers", "localhost/layers"),
        ("postgresql://h/layers?password=secret", "h/layers"),
        ("postgresql://u:sec/ret@h/layers", "PostgreSQL"),
        ("postgresql://u:sec#ret@h/layers", "PostgreSQL"),
        ("postgresql://u:1/secret@h/layers", "PostgreSQL"),
        ("postgresql://secret", "PostgreSQL"),
    ],
)
def test_a_store_is_shown_without_folder_user_or_password(address, shown):
    """What cannot be taken apart for sure is not shown at all."""
    assert shown == shown_name(address)
