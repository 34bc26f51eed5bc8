import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geodata.demo
from geodata.catalog import catalog
from geodata.crs import WORK_CRS, is_same
from geodata.demo import territory
from geodata.demo.dataset import LAYERS
from geodata.layers import make_layer
from geodata.store import DEMO_STORE, read_layers


def test_every_layer_of_the_demonstration_is_built(built):
    """The demonstration holds its layers, none of them empty, in the catalog's order."""
    assert list(LAYERS) == list(built)
    assert [] == [layer for layer, features in built.items() if features.empty]


@pytest.mark.parametrize("layer", list(LAYERS))
def test_columns_are_those_of_the_catalog(built, layer):
    """Columns and their order are the catalog's, the id is the index and a column too."""
    features = built[layer]
    assert [*catalog()[layer].columns, "geometry"] == list(features.columns)
    assert features.index.tolist() == features["id"].tolist()
    assert is_same(features.crs, WORK_CRS)


@pytest.mark.parametrize("layer", list(LAYERS))
def test_every_layer_keeps_its_contract(built, layer):
    """Types, value lists, geometry family, validity and unique ids pass the loader's check."""
    made = make_layer(built[layer], layer=layer, date="2026-11-01", source="test")
    assert len(built[layer]) == len(made.features)


def test_every_feature_is_labelled(built):
    """Each feature says whether it is made up, its source, its precision and its confidence."""
    precision = r"schematic|approx ±\d+ m"
    for layer, features in built.items():
        assert features["demo"].isin([True, False]).all(), layer
        assert features["source"].str.len().gt(5).all(), layer
        assert features["licence"].str.len().gt(0).all(), layer
        assert features["geom_precision"].str.fullmatch(precision).all(), layer
        assert features["confidence"].isin(["high", "medium", "low"]).all(), layer


def test_real_things_quote_a_source_and_never_claim_an_exact_place(built):
    """What is not made up names its source and how far its place may be wrong."""
    for layer, features in built.items():
        real = features[~features["demo"].astype(bool)]
        assert not real["source"].str.contains("fictif").any(), layer
        assert real["geom_precision"].str.startswith("approx").all(), layer


def test_made_up_shops_hotels_and_companies_say_so_in_their_names(built):
    """No made-up establishment bears a real name."""
    for layer in ("shops", "companies", "hotels"):
        features = built[layer]
        names = features.loc[features["demo"].astype(bool), "name"]
        assert names.str.contains("ficti").all(), layer


def test_two_builds_are_equal(built):
    """The generator gives the same dataset once everything it remembers is forgotten."""
    _forget_everything()
    again = geodata.demo.build()
    for layer, features in built.items():
        assert_geodataframe_equal(features, again[layer])


def test_the_committed_store_is_a_fresh_build(written):
    """``amiens.gpkg`` is what the generator writes today, feature for feature."""
    fresh, kept = read_layers(written), read_layers(DEMO_STORE)
    assert list(fresh) == list(kept)
    for layer, expected in fresh.items():
        assert_geodataframe_equal(expected.features, kept[layer].features)
        assert expected.edition == kept[layer].edition
        assert expected.coverage.equals(kept[layer].coverage)


def test_writing_over_a_store_gives_the_same_bytes(written, tmp_path):
    """The file is the same to the byte, whatever stood there, and stays light."""
    again = tmp_path / "again.gpkg"
    again.write_bytes(written.read_bytes())
    geodata.demo.write(again)
    assert written.read_bytes() == again.read_bytes()
    assert again.stat().st_size < 6_000_000


def test_the_edition_says_that_the_dataset_is_fictitious(written):
    """Producer and share of made-up features travel in the store."""
    for layer in read_layers(written, only=["parcels", "zones"]).values():
        assert "fictif" in layer.edition.producer
        assert layer.edition.demo_share == 1.0


def test_layers_lie_in_what_they_cover(built):
    """Each layer has a coverage, and its features reach into it."""
    coverages = geodata.demo.coverages()
    assert list(LAYERS) == list(coverages)
    for layer, area in coverages.items():
        assert shapely.is_valid(area), layer
        assert built[layer].intersects(area).all(), layer


def test_flood_and_heat_cover_less_than_the_territory(built):
    """Some parcels lie where floods or heat mains are unknown, most where they are known."""
    coverages = geodata.demo.coverages()
    for layer in ("flood_zones", "heat_mains", "plu_zones"):
        known = built["parcels"].within(coverages[layer]).mean()
        assert 0.7 < known < 0.99, layer


def _forget_everything() -> None:
    """Empty every cache of the generator."""
    import sys  # noqa: PLC0415 - only this helper looks at modules

    for name, module in sys.modules.items():
        if name.startswith("geodata.demo"):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()
    assert territory.territory.cache_info().currsize == 0
