from __future__ import annotations

import dataclasses

import geopandas as gpd
import pytest
import shapely
from starlette.requests import Request

from geodata.crs import WEB_CRS, to_work
from geodata.layers import Edition, Layer
from zones.ui import documents
from zones.ui.documents import document_for, map_page


@pytest.fixture(autouse=True)
def _no_document(monkeypatch):
    """Each test starts without documents."""
    monkeypatch.setattr(documents, "_by_layers", type(documents._by_layers)())  # noqa: SLF001 - no other handle


def parcels(digest):
    """A layer of one parcel whose edition has ``digest``."""
    raw = gpd.GeoDataFrame(
        geometry=[shapely.box(2.3, 49.8, 2.4, 49.9)], crs=WEB_CRS, index=[digest]
    )
    edition = Edition("parcels", "test", "test", "2026-01-01", "test", 1.0, 1, digest)
    return {"parcels": Layer("parcels", to_work(raw), None, edition)}


def get(digest):
    """Answer of the route to a request for ``digest``."""
    scope = {"type": "http", "method": "GET", "headers": [], "path_params": {"digest": digest}}
    with pytest.raises(StopIteration) as done:  # nothing is waited for, so one step runs it all
        map_page(Request(scope)).send(None)
    return done.value.value


def test_the_map_of_an_edition_is_made_once():
    """The same editions give the same document, made the first time only."""
    layers = parcels("a")
    assert document_for(layers) is document_for(layers)
    other = dataclasses.replace(
        layers["parcels"], edition=dataclasses.replace(layers["parcels"].edition, digest="b")
    )
    assert document_for({"parcels": other}) is not document_for(layers)


def test_a_document_is_served_under_its_digest_for_ever():
    """The answer is the page, with its own policy, to be kept by the browser."""
    document = document_for(parcels("a"))
    found = get(document.digest)
    assert found.status_code == 200
    assert found.body.decode() == document.html
    assert "immutable" in found.headers["cache-control"]
    assert "frame-ancestors 'self'" in found.headers["content-security-policy"]


def test_an_unknown_digest_is_not_found():
    """Nothing is made because a browser asks for it."""
    assert get("0" * 64).status_code == 404


def test_only_the_last_documents_are_kept():
    """Memory is bounded: the document used longest ago leaves first."""
    first = document_for(parcels("0"))
    others = [document_for(parcels(str(number))) for number in range(1, 9)]
    assert get(first.digest).status_code == 404
    assert {get(each.digest).status_code for each in others} == {200}
