import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.crs import PARTNER_CRS, WORK_CRS, to_partner
from geodata.errors import ContractError, MissingCrsError, SelectionError
from geodata.layers import Layer, faults, make_layer


def made(raw, **changes):
    """Layer of parcels made of a raw frame."""
    return make_layer(raw, **{"layer": "parcels", "date": "2026-01-01", "source": "x", **changes})


def test_an_empty_frame_makes_an_empty_layer(raw_parcels):
    """Nothing there is a fact, and no share of it is fictitious."""
    layer = made(raw_parcels.iloc[:0])
    assert 0 == len(layer.features) == layer.edition.rows
    assert 0.0 == layer.edition.demo_share
    assert () == faults(layer)


def test_one_row_makes_a_layer_of_one_feature(raw_parcels):
    """The index is the id; the edition counts."""
    layer = made(raw_parcels.iloc[:1])
    assert ["80021000ZX0001"] == layer.features.index.tolist()
    assert "id" == layer.features.index.name
    assert 1 == layer.edition.rows


def test_repeated_ids_are_refused(raw_parcels):
    """An id names one feature."""
    with pytest.raises(ContractError, match="80021000ZX0001"):
        made(pd.concat([raw_parcels, raw_parcels.iloc[:1]]))


def test_every_fault_is_told_at_once(raw_parcels):
    """A planner mends a file once, not fault after fault."""
    raw_parcels["section"] = None
    raw_parcels["confidence"] = "sure"
    raw_parcels.loc[0, "geometry"] = None
    with pytest.raises(ContractError) as caught:
        made(raw_parcels.drop(columns="numero"))
    assert ["parcels", "parcels.confidence", "parcels.section", "parcels"] == [
        fault.where for fault in caught.value.faults
    ]


def test_features_are_brought_to_the_work_crs(raw_parcels):
    """Whatever the system of the file, measures are taken in one."""
    layer = made(to_partner(raw_parcels))
    assert WORK_CRS == layer.features.crs.to_string()
    away = shapely.hausdorff_distance(layer.features.geometry.values, raw_parcels.geometry.values)
    assert away.max() < 0.001


def test_a_frame_without_crs_is_refused(raw_parcels):
    """A reference system is never assumed."""
    with pytest.raises(MissingCrsError):
        made(raw_parcels.set_crs(None, allow_override=True))


def test_coordinates_outside_the_system_are_refused(raw_parcels):
    """Coordinates of 1e308 become infinite in the work CRS."""
    raw_parcels.loc[1, "geometry"] = shapely.box(1e308, 0, 1.1e308, 1)
    with np.errstate(all="ignore"), pytest.raises(ContractError, match="80021000ZX0002"):
        made(raw_parcels.set_crs(PARTNER_CRS, allow_override=True))


def test_columns_have_one_dtype_per_type(raw_parcels):
    """Text and days are text, numbers floats, booleans booleans."""
    features = made(raw_parcels).features
    assert {
        "demo": "bool",
        "section": "str",
        "contenance": "float64",
        "arpente": "boolean",
        "updated": "str",
    } == {
        name: str(features[name].dtype)
        for name in features
        if name in {"demo", "section", "contenance", "arpente", "updated"}
    }


def test_a_null_contenance_stays_missing(raw_parcels):
    """A missing registered area is never an area of 0."""
    assert [False, True, False] == made(raw_parcels).features["contenance"].isna().tolist()


def test_unknown_columns_are_left_out_and_optional_ones_come_in(raw_parcels):
    """An owner's name never travels with a parcel."""
    layer = made(raw_parcels.assign(owner="M. X").drop(columns="arpente"))
    assert "owner" not in layer.features
    assert layer.features["arpente"].isna().all()


def test_the_raw_frame_is_left_as_it_was(raw_parcels):
    """A function never changes what it is given."""
    before = raw_parcels.copy(deep=True)
    made(raw_parcels)
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(raw_parcels))


def test_an_id_index_serves_as_the_id_column(raw_parcels):
    """The features of a layer can be made into a layer again."""
    assert 3 == made(made(raw_parcels).features).edition.rows


def test_the_third_dimension_is_dropped(raw_parcels):
    """Heights play no part in a plan."""
    raw_parcels.geometry = shapely.force_3d(raw_parcels.geometry.values, 12.0)
    assert not made(raw_parcels).features.has_z.any()


def test_the_edition_takes_the_catalog_for_what_is_not_said(raw_parcels):
    """Producer and licence have usual values; the share of demonstration is counted."""
    raw_parcels["demo"] = [True, False, False]
    edition = made(raw_parcels, producer="Commune").edition
    assert ("Commune", "Licence Ouverte 2.0") == (edition.producer, edition.licence)
    assert pytest.approx(1 / 3) == edition.demo_share


def test_an_unknown_layer_is_refused_with_the_nearest_one(raw_parcels):
    """A slip of the pen is met with a proposal."""
    with pytest.raises(SelectionError, match="parcels"):
        made(raw_parcels, layer="parcelles")


def test_faults_of_a_tampered_layer_are_found(parcels):
    """A layer made by other means is judged by the same contract."""
    features = parcels.features.assign(section=None)
    found = faults(Layer("parcels", features, None, parcels.edition))
    assert ["parcels.section"] == [fault.where for fault in found]
    elsewhere = Layer("parcels", to_partner(parcels.features), None, parcels.edition)
    assert 1 == len(faults(elsewhere))
