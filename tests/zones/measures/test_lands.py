import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites


def land(stage, occupation=None, hectares=1.0):
    """Row of one unit of 20 m × 10 m."""
    return {
        "terr_stade_comm": stage,
        "terr_etat_occup": occupation,
        "terr_surf_brute": hectares,
        "geometry": shapely.box(0, 0, 20, 10),
    }


@pytest.fixture
def available(sites, layer, square):
    """Maker of the measure of two sites."""

    def make(*rows):
        layers = {"economic_lands": layer("economic_lands", list(rows))}
        frame = sites({"a": square(), "b": square(500)})
        name = "available_land_m2"
        return measure_sites(frame, layers, only=[name])[f"site.{name}"]

    return make


def test_available_land_m2_is_free_and_committed_land(available):
    """For sale, not yet on the market, reserved: yes; sold or not to be marketed: no."""
    column = available(
        land("en vente", hectares=1.0),
        land("en vente avec contraintes", hectares=2.0),
        land("non commercialisé", hectares=4.0),
        land("réservé par option de réservation", hectares=8.0),
        land("réservé par une délibération de l'EPCI", hectares=16.0),
        land("vendu, commercialisation achevée", "vacant", 32.0),
        land("non commercialisable", "inoccupé", 64.0),
    )
    assert [310_000.0, 310_000.0] == column.values.tolist()


def test_occupation_speaks_where_the_stage_does_not(available):
    """Empty land is free, occupied land is not; a unit that says neither leaves all unknown."""
    rows = land(None, "inoccupé", 3.0), land(None, "friche", 1.0), land(None, "occupé", 9.0)
    assert [40_000.0] * 2 == available(*rows).values.tolist()
    assert [Missing.NULL_DATUM] * 2 == available(*rows, land(None)).missing.tolist()


def test_area_as_drawn_where_none_is_given(available):
    """20 m × 10 m."""
    assert [200.0] * 2 == available(land("en vente", hectares=float("nan"))).values.tolist()


def test_evidence_is_the_land_counted(sites, layer, square):
    """The units that count, no other."""
    rows = [land("en vente"), land("vendu, commercialisation achevée")]
    shown = evidence(
        "available_land_m2",
        sites({"a": square()}),
        {"economic_lands": layer("economic_lands", rows)},
    )
    assert ["economic_lands-0"] == shown["label"].tolist()
