import datetime as dt

import pytest
import shapely

from charters.facts import Missing, known
from zones.measures import evidence, measure_sites

DAY = dt.date(2026, 11, 16)


def moratorium(x, end, *, scope="retail", authority="prefect", starts="2026-01-01", ends=None):
    """Row of one moratorium from ``x`` to ``end``, 10 m high."""
    return {
        "name": scope,
        "scope": scope,
        "authority": authority,
        "starts_on": starts,
        "ends_on": ends,
        "geometry": shapely.box(x, 0, end, 10),
    }


@pytest.fixture
def area(sites, layer, square):
    """Maker of the area of the site (0, 0, 10, 10) under what runs."""

    def make(*rows, use="retail", day=DAY, authority="prefect"):
        name = f"{authority}_moratorium_area_m2"
        layers = {"moratoriums": layer("moratoriums", list(rows))}
        project = {} if use is None else {"project.use": known(use)}
        frame = sites({"a": square()})
        return measure_sites(frame, layers, project=project, day=day, only=[name])[f"site.{name}"]

    return make


def test_prefect_moratorium_area_m2_counts_ground_once(area):
    """Two suspensions, from 0 to 6 and from 4 to 8: 80 m² of the 100."""
    column = area(moratorium(-5, 6), moratorium(4, 8, scope="both"))
    assert [80.0] == pytest.approx(column.values.tolist())
    assert [1.0] == column.tolerance.tolist()
    assert [0.0] == area(moratorium(20, 30)).tolerance.tolist()


def test_charter_moratorium_area_m2_leaves_the_prefect_out(area):
    """Each authority has its own measure."""
    rows = moratorium(-5, 6), moratorium(-5, 3, authority="charter")
    assert [30.0] == pytest.approx(area(*rows, authority="charter").values.tolist())
    assert [60.0] == pytest.approx(area(*rows).values.tolist())


@pytest.mark.parametrize(
    ("use", "scope", "expected"),
    [
        ("retail", "retail", 60.0),
        ("retail", "both", 60.0),
        ("retail", "hotel", 0.0),
        ("hotel", "hotel", 60.0),
        ("hotel", "both", 60.0),
        ("hotel", "retail", 0.0),
        ("office", "both", 0.0),
    ],
)
def test_scope_is_that_of_the_project(area, use, scope, expected):
    """A suspension of shops does not concern hotels, none concerns offices."""
    column = area(moratorium(-5, 6, scope=scope), use=use)
    assert [expected] == pytest.approx(column.values.tolist())


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-12-31", 0.0), ("2026-01-01", 60.0), ("2026-06-30", 60.0), ("2026-07-01", 0.0)],
)
def test_first_and_last_day_are_included(area, day, expected):
    """From 1 January to 30 June 2026, both days included."""
    row = moratorium(-5, 6, ends="2026-06-30")
    assert [expected] == pytest.approx(area(row, day=dt.date.fromisoformat(day)).values.tolist())


def test_without_a_last_day_it_runs_on(area):
    """Ten years later it still runs."""
    assert [60.0] == pytest.approx(area(moratorium(-5, 6), day=dt.date(2036, 1, 1)).values.tolist())


def test_day_and_use_are_needed(area):
    """What is not said leaves the area unknown."""
    assert [Missing.NOT_GIVEN] == area(moratorium(0, 9), use=None).missing.tolist()
    assert [Missing.NOT_GIVEN] == area(moratorium(0, 9), day=None).missing.tolist()


def test_evidence_is_what_runs(sites, layer, square):
    """The moratorium that runs and the part under it; the site where none does."""
    rows = [moratorium(-5, 6), moratorium(-5, 6, ends="2026-02-01")]
    layers = {"moratoriums": layer("moratoriums", rows)}

    def shown(use):
        return evidence(
            "prefect_moratorium_area_m2",
            sites({"a": square()}),
            layers,
            project={"project.use": known(use)},
            day=DAY,
        )

    assert ["target", "clip"] == shown("retail")["role"].tolist()
    assert 60.0 == pytest.approx(shown("retail").geometry.iloc[1].area)
    assert [square()] == shown("hotel").geometry.tolist()
