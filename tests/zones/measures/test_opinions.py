import datetime as dt

import numpy as np
import pytest
import shapely

from charters.facts import Missing
from zones.measures import evidence, measure_sites

DAY = dt.date(2026, 11, 16)
LONG_AGO, RECENT = "2026-09-01", "2026-11-01"


def row(opinion="favourable", *, referred=LONG_AGO, received="2026-09-20", **columns):
    """Row of one opinion on the dossier of the site at (5, 5)."""
    return {
        "dossier": "D1",
        "charter": "industrial_parks",
        "partner": "cci",
        "opinion": opinion,
        "referred_on": referred,
        "received_on": None if opinion == "awaited" else received,
        "has_conflict_of_interest": False,
        "geometry": shapely.Point(5, 5),
        **columns,
    }


def shop(*arguments, **columns):
    """The same on the dossier of a shop."""
    return row(*arguments, **columns, charter="commercial_hotel")


@pytest.fixture
def count(sites, layer, square):
    """Maker of one measure of the site (0, 0, 10, 10), as its value or why it is missing."""

    def make(name, *rows, day=DAY):
        layers = {"opinions": layer("opinions", list(rows))}
        column = measure_sites(sites({"a": square()}), layers, day=day, only=[name])[f"site.{name}"]
        return Missing(int(column.missing[0])) if column.missing[0] else column.values[0]

    return make


def test_park_opinions_counts_every_answer(count):
    """Favourable, with reservations, unfavourable and « sans observation » are answers."""
    words = ("favourable", "reservations", "unfavourable", "no_observation", "awaited")
    assert 4 == count("park_opinions", *(row(each) for each in words))


def test_park_favourable_opinions_counts_the_favourable_alone(count):
    """Reservations are not favourable, nor is silence."""
    rows = row(), row(), row("reservations"), row("awaited")
    assert 2 == count("park_favourable_opinions", *rows)


def test_park_opinions_settled_waits_for_thirty_days(count):
    """Asked on 1 November: open until 1 December; silence then is no answer."""
    rows = row(), row("awaited", referred=RECENT)
    days = ("2026-11-16", "2026-12-01", "2026-12-02")
    found = [count("park_opinions_settled", *rows, day=dt.date.fromisoformat(day)) for day in days]
    assert [Missing.AWAITED, Missing.AWAITED, 1] == found


def test_park_favourable_opinions_settled_when_all_have_answered(count):
    """No need to wait for the thirty days."""
    assert 1 == count(
        "park_favourable_opinions_settled",
        row(referred=RECENT, received="2026-11-05"),
        row("unfavourable", referred=RECENT, received="2026-11-06"),
    )


def test_answer_counts_from_the_day_it_is_received(count):
    """On 19 September it is not there yet."""
    assert 0 == count("park_opinions", row(), day=dt.date(2026, 9, 19))
    assert 1 == count("park_opinions", row(), day=dt.date(2026, 9, 20))


def test_nobody_was_asked(count):
    """No dossier, one of another charter, one beside the site, or a later one: to be asked for."""
    rows = (
        shop(),
        row(geometry=shapely.Point(50, 5)),
        row(referred="2026-11-17", received="2026-11-18"),
    )
    assert 0 == count("park_opinions", *rows)
    assert Missing.AWAITED == count("park_opinions_settled", *rows)
    assert Missing.AWAITED == count("commercial_opinions_share", row())


def test_last_dossier_of_the_site_counts(count):
    """An earlier project on the same site had three favourable opinions; this one has one."""
    old = [row(dossier="D0", referred="2020-01-01", received="2020-01-09") for _ in range(3)]
    assert 1 == count("park_favourable_opinions", *old, row(), row("unfavourable"))
    assert 3 == count("park_favourable_opinions", *old, row(), day=dt.date(2026, 8, 1))


def test_commercial_opinions_share_of_those_asked(count):
    """Two of three partners have answered."""
    rows = shop(), shop("unfavourable"), shop("awaited")
    assert 2 / 3 == pytest.approx(count("commercial_opinions_share", *rows))


def test_commercial_opinions_share_settled_waits(count):
    """The third was asked too lately."""
    rows = shop(), shop("unfavourable"), shop("awaited", referred=RECENT)
    assert Missing.AWAITED == count("commercial_opinions_share_settled", *rows)
    later = dt.date(2027, 1, 1)
    assert 2 / 3 == pytest.approx(count("commercial_opinions_share_settled", *rows, day=later))


def test_commercial_favourable_share_is_of_all_those_asked(count):
    """One favourable of three asked, one silent: a third, not a half."""
    rows = shop(), shop("unfavourable"), shop("awaited")
    assert 1 / 3 == pytest.approx(count("commercial_favourable_share", *rows))


def test_commercial_favourable_share_settled_counts_silence(count):
    """Settled once the silence is long enough."""
    rows = shop(), shop("awaited")
    assert 0.5 == count("commercial_favourable_share_settled", *rows)
    assert Missing.AWAITED == count(
        "commercial_favourable_share_settled", *rows, day=dt.date(2026, 9, 30)
    )


def test_park_conflicts_of_interest_are_declared(count):
    """One declared; an answer that says nothing of it leaves the number unknown."""
    rows = row(), row(has_conflict_of_interest=True)
    assert 1 == count("park_conflicts_of_interest", *rows)
    silent = row(has_conflict_of_interest=None)
    assert Missing.NULL_DATUM == count("park_conflicts_of_interest", *rows, silent)


def test_commercial_conflicts_of_interest_of_answers_alone(count):
    """Who has not answered has no conflict yet."""
    awaited = shop("awaited", has_conflict_of_interest=None)
    assert 0 == count("commercial_conflicts_of_interest", shop(), awaited)


def test_sites_side_by_side(sites, layer, square):
    """Each site has its own dossier; counts agree with a loop over the rows."""
    chance = np.random.default_rng(8)
    words = ("favourable", "unfavourable", "awaited", "no_observation")
    rows = [
        row(
            str(chance.choice(words)),
            dossier=f"D{place}",
            geometry=shapely.Point(20 * place + 5, 5),
        )
        for place in chance.integers(0, 6, 40)
    ]
    frame = sites({f"s{place}": square(20 * place) for place in range(7)})
    layers = {"opinions": layer("opinions", rows)}
    columns = measure_sites(frame, layers, day=DAY, only=["park_favourable_opinions"])
    expected = [
        sum(each["dossier"] == f"D{place}" and each["opinion"] == "favourable" for each in rows)
        for place in range(7)
    ]
    assert expected == columns["site.park_favourable_opinions"].values.tolist()


def test_evidence_names_the_partners(sites, layer, square):
    """The opinions on the dossier; the site where there is none."""
    rows = [row(), row(partner="developer"), row(geometry=shapely.Point(50, 5))]
    layers = {"opinions": layer("opinions", rows)}
    shown = evidence("park_opinions", sites({"a": square()}), layers, day=DAY)
    assert ["cci", "developer"] == sorted(shown["label"])
    none = evidence("park_opinions", sites({"a": square(200)}), layers, day=DAY)
    assert [square(200)] == none.geometry.tolist()
