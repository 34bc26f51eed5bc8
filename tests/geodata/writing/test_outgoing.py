import dataclasses
import datetime as dt

import numpy as np
import pytest
import shapely

from geodata.catalog import catalog
from geodata.crs import WORK_CRS
from geodata.layers import make_layer
from geodata.store import DEMO_STORE, read_layers
from geodata.writing.outgoing import DEMO_NOTICE, metadata, outgoing, table, title, with_days


@pytest.fixture(scope="module")
def demo():
    """Layers of the demonstration."""
    return read_layers(DEMO_STORE)


def real(layer):
    """The same layer, holding no demonstration feature."""
    edition = dataclasses.replace(layer.edition, demo_share=0.0)
    return dataclasses.replace(layer, edition=edition)


def test_an_empty_layer_leaves_with_its_columns(raw_parcels):
    """Zero rows are an answer too."""
    empty = make_layer(raw_parcels.iloc[:0], layer="parcels", date="", source="vide")
    features = outgoing(empty, profile="public")
    assert 0 == len(with_days(features, layer="parcels")) == len(table(features))
    assert "contenance" in table(features)
    told = metadata([empty], profile="public", language="fr")
    assert (False, 0.0, 0) == (told["demo"], told["demo_share"], told["layers"][0]["features"])


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_only_columns_of_the_catalog_leave(parcels, profile):
    """A column that came in by the way does not go out."""
    parcels.features["owner"] = "Jeanne Martin"
    features = outgoing(parcels, profile=profile)
    assert {"id", "geometry", *features.columns} == {"geometry", *catalog()["parcels"].columns}
    assert features.index.equals(parcels.features.index)


def test_names_of_establishments_stay_inside(demo):
    """That of a sole trader is the name of a person: without a legal form, no name leaves."""
    companies = demo["companies"]
    unknown = dataclasses.replace(
        companies, features=companies.features.assign(legal_form=None, name="Jeanne Martin")
    )
    said = {
        profile: set(outgoing(unknown, profile=profile)["name"])
        for profile in ("public", "partner", "internal")
    }
    assert {"public": {"[ND]"}, "partner": {"[ND]"}, "internal": {"Jeanne Martin"}} == said


def test_days_become_days(parcels):
    """Missing ones stay missing; the layer is left as it was."""
    features = with_days(outgoing(parcels, profile="internal"), layer="parcels")
    assert [dt.date(2024, 5, 6), dt.date(2025, 1, 31)] == features["updated"].tolist()[:2]
    assert features["updated"].isna().tolist() == [False, False, True]
    assert "2024-05-06" == parcels.features["updated"].iloc[0]


def test_a_table_says_where_and_how_large(parcels, stops):
    """Centroid in degrees, area of the work CRS; points have neither area nor length."""
    rows = table(outgoing(parcels, profile="public"))
    assert "id" == rows.columns[0]
    assert ["longitude", "latitude", "planar_area_m2"] == list(rows.columns[-3:])
    assert [400.0] * 3 == rows["planar_area_m2"].tolist()
    west, east = rows["longitude"].iloc[0], rows["longitude"].iloc[1]
    assert 2.2 < west < east < 2.4
    assert 49.8 < rows["latitude"].iloc[0] < 50.0
    assert {"planar_area_m2", "length_m"}.isdisjoint(table(outgoing(stops, profile="public")))


def test_a_table_of_mixed_shapes_says_what_each_has(parcels):
    """A line has a length and no area, an area no length, a point nothing."""
    mixed = parcels.features.set_geometry(
        [shapely.Point(0, 0), shapely.LineString([(0, 0), (3, 4)]), shapely.box(0, 0, 2, 2)],
        crs=WORK_CRS,
    )
    rows = table(mixed)
    np.testing.assert_array_equal([np.nan, np.nan, 4.0], rows["planar_area_m2"])
    np.testing.assert_array_equal([np.nan, 5.0, np.nan], rows["length_m"])


def test_the_demonstration_is_named_in_titles_and_metadata(parcels):
    """One such layer among others is enough for the notice, and its share is of features."""
    other = real(parcels)
    assert ("DEMO – Parcelles", "Parcels") == (title(parcels, "fr"), title(other, "en"))
    told = metadata([parcels, other], profile="partner", language="en")
    assert (True, 0.5, "partner") == (told["demo"], told["demo_share"], told["profile"])
    assert DEMO_NOTICE.en == told["notice"]
    assert "DEMO – Parcels · Parcels" == told["title"]
    assert "notice" not in metadata([other], profile="partner", language="en")


def test_metadata_name_producer_licence_edition_and_columns(parcels):
    """What a planner must be able to check; units where there are any."""
    (told,) = metadata([parcels], profile="internal", language="fr")["layers"]
    assert ("parcels", 3, "2026-01-01", "fait main") == (
        told["id"], told["features"], told["edition"], told["source"]
    )  # fmt: skip
    assert parcels.edition.licence == told["licence"]
    assert parcels.edition.producer == told["producer"]
    assert {"title": "Contenance", "unit": "m2"} == told["columns"]["contenance"]
    assert {"title": "Section"} == told["columns"]["section"]
