from __future__ import annotations

import json
import re

import geopandas as gpd
import pytest
import shapely

from geodata.crs import WEB_CRS, to_work
from geodata.layers import Edition, Layer
from zones.maps import BASE_MAPS, STATIC_FOLDER, map_document, static_url
from zones.palette import OUTCOMES

HOSTILE = "</script><script>window.__x=1</script>{{ 7*7 }}${alert(1)}`"


@pytest.fixture
def layers():
    """Three parcels, one named like an attack, and a zone that is named like one."""
    ids = ["80021000ZX0002", "80021000ZX0001", HOSTILE]
    boxes = [
        shapely.box(2.30 + 0.01 * each, 49.89, 2.309 + 0.01 * each, 49.90) for each in (0, 1, 2)
    ]

    def layer(layer_id, shapes, index, **columns):
        raw = gpd.GeoDataFrame(columns, geometry=shapes, crs=WEB_CRS, index=index)
        edition = Edition(layer_id, "test", "test", "2026-01-01", "test", 1.0, len(shapes), "")
        return Layer(layer_id, to_work(raw), None, edition)

    return {
        "parcels": layer("parcels", boxes, ids),
        "zones": layer("zones", [shapely.union_all(boxes)], ["z"], libelle=[HOSTILE], theme=[None]),
    }


def drawing_of(document):
    """The data block of a document, read back."""
    found = re.search(
        r'<script type="application/json" id="drawing">(.*?)</script>', document.html, re.DOTALL
    )
    return json.loads(found.group(1))


def test_no_layer_still_makes_a_map():
    """An empty desk shows an empty map."""
    assert map_document({}).parcel_order == ()


def test_same_layers_make_the_same_bytes(layers):
    """Folium's random names are fixed, so that the digest tells documents apart by content."""
    first, second = map_document(layers), map_document(layers)
    assert first == second
    assert re.fullmatch("[0-9a-f]{64}", first.digest)
    assert map_document({"parcels": layers["parcels"]}).digest != first.digest


def test_parcels_keep_the_order_of_the_layer(layers):
    """Codes are given in the order of the layer, not of the ids."""
    document = map_document(layers)
    assert document.parcel_order == ("80021000ZX0002", "80021000ZX0001", HOSTILE)
    assert tuple(drawing_of(document)["parcels"]["ids"]) == document.parcel_order


def test_names_are_data_and_never_source(layers):
    """A name ends no element and is no template: it is found again, once read as JSON."""
    document = map_document(layers, title=HOSTILE)
    assert drawing_of(document)["layers"][0]["names"] == [HOSTILE]
    assert "window.__x" not in re.sub(
        r'<script type="application/json".*?</script>|<title>.*?</title>',
        "",
        document.html,
        flags=re.DOTALL,
    )
    assert "49" not in re.search("<title>(.*?)</title>", document.html).group(1)
    assert document.html.count("<script>") == 2  # folium's switches and folium's map


def test_the_page_loads_from_the_app_only(layers):
    """Scripts and style sheets are the app's own; outside hosts stand in the data block alone."""
    document = map_document(layers)
    loaded = re.findall(r'(?:src|href)="([^"]*)"', document.html)
    assert len(loaded) >= 7
    assert all(address.startswith("/assets/") for address in loaded)
    rest = document.html.replace(json.dumps([]), "")
    rest = re.sub(r'<script type="application/json".*?</script>', "", rest, flags=re.DOTALL)
    assert "http:" not in rest
    assert "https:" not in rest


def test_no_word_of_the_screen_is_in_the_page(layers):
    """The words of outcomes come later, in the language of the reader."""
    document = map_document(layers)
    for look in OUTCOMES:
        assert look.title.fr not in document.html
        assert look.title.en not in document.html


def test_two_thousand_parcels_fit_in_the_first_screen():
    """The document of a demonstration-sized cadastre stays under 1.5 MB."""
    boxes = [
        shapely.box(
            2.2 + 1e-3 * (n % 50),
            49.8 + 1e-3 * (n // 50),
            2.2009 + 1e-3 * (n % 50),
            49.8009 + 1e-3 * (n // 50),
        ).segmentize(1e-4)
        for n in range(2000)
    ]
    raw = gpd.GeoDataFrame(
        geometry=boxes, crs=WEB_CRS, index=[f"80021000ZX{n:04d}" for n in range(2000)]
    )
    edition = Edition("parcels", "test", "test", "2026-01-01", "test", 1.0, 2000, "")
    document = map_document({"parcels": Layer("parcels", to_work(raw), None, edition)})
    assert len(document.html.encode()) < 1_500_000


def test_base_maps_name_the_host_of_their_tiles():
    """The security policy allows exactly the hosts that tiles come from."""
    assert all(base.url.startswith(base.host + "/") for base in BASE_MAPS)


def test_static_files_are_the_vendored_ones():
    """The folder served to everybody holds scripts, styles and the icon, never data."""
    found = {path.relative_to(STATIC_FOLDER).as_posix() for path in STATIC_FOLDER.rglob("*.*")}
    assert found == {
        "icon.png",
        "leaflet/leaflet.css",
        "leaflet/leaflet.js",
        "map/controls.js",
        "map/desk.css",
        "map/desk.js",
        "map/looks.js",
        "map/names.js",
        "map/painting.js",
        "map/shapes.js",
    }
    assert (STATIC_FOLDER / "leaflet" / "LICENSE").read_text().startswith("BSD 2-Clause")


def test_address_of_a_static_file_changes_with_its_content():
    """A browser may keep a file for ever."""
    assert re.fullmatch(r"/assets/map/desk\.js\?v=[0-9a-f]{12}", static_url("map/desk.js"))


def test_scripts_of_the_map_write_text_never_markup():
    """No own script hands a string to a parser."""
    for path in (STATIC_FOLDER / "map").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ):
            assert forbidden not in source, path.name
