import datetime as dt

import pytest

from charters.loading import load_charters
from geodata.errors import SelectionError
from zones.comparison import MOST_CASES, compare, comparison_rows, together
from zones.projects import example_projects
from zones.sites import each_parcel, one_site

FRONT = ("80021000ZX0012", "80021000ZX0013")
FAR = "80021000ZX0702"
DAY = dt.date(2026, 11, 16)
NAMES = ("digital_offices", "food_store", "hotel")


@pytest.fixture(scope="module")
def sites(demo_parcels):
    """A site of two parcels, and one of one parcel far from it."""
    return together([one_site(demo_parcels, FRONT), one_site(demo_parcels, [FAR])])


@pytest.fixture(scope="module")
def cases(sites, demo_layers):
    """Three projects on both sites."""
    projects = [example_projects()[name] for name in NAMES]
    return compare(sites, projects, demo_layers, charters=load_charters(), day=DAY)


def test_every_project_on_every_site_as_if_it_were_alone(cases, judged):
    """Site by site; outcomes, values and margins are those of the site judged on its own."""
    asked = [(ids, name) for ids in (FRONT, (FAR,)) for name in NAMES]
    assert len(asked) == len(cases)
    for (ids, name), case in zip(asked, cases, strict=True):
        alone = judged(ids, name)
        assert ids == case.site["parcels"].iloc[0]
        assert example_projects()[name] == case.project
        assert list(alone.rows) == [each.article for each in case.verdicts]
        for each in case.verdicts:
            row = alone.rows[each.article]
            assert row.outcome == each.outcome
            for expected, found in ((row.value, each.value), (row.margin, each.margin)):
                # sums over several sites at once may differ in their last digit
                is_figure = expected is not None
                assert found == (pytest.approx(expected, rel=1e-9) if is_figure else None)
        for charter in load_charters():
            from_rows = {row.outcome for row in case.verdicts if row.charter == charter.id}
            assert case.outcome(charter.id) in from_rows | {"reservations"}


def test_a_row_per_requirement_says_what_differs(cases):
    """Compared cell by cell, here in the plainest way."""
    rows = comparison_rows(cases)
    articles = [each.id for charter in load_charters() for _, each in charter.requirements]
    assert articles == [row.article for row in rows]
    for row in rows:
        outcomes = [cell.outcome for cell in row.cells]
        figures = [(cell.value, cell.threshold) for cell in row.cells]
        if outcomes.count(outcomes[0]) < len(outcomes):
            expected = "outcome"
        else:
            expected = "figure" if figures.count(figures[0]) < len(figures) else ""
        assert expected == row.difference
    assert {"outcome", "figure", ""} == {row.difference for row in rows}


def test_the_same_project_twice_does_not_differ(sites, demo_layers):
    """Nothing is marked."""
    twice = [example_projects()["hotel"]] * 2
    cases = compare(sites.iloc[:1], twice, demo_layers, charters=load_charters(), day=DAY)
    assert {""} == {row.difference for row in comparison_rows(cases)}


def test_a_requirement_of_one_edition_only_has_no_cell_in_the_other(cases, demo_layers, sites):
    """Cases judged by one charter stand beside those judged by both."""
    one = compare(
        sites.iloc[:1],
        [example_projects()["hotel"]],
        demo_layers,
        charters=load_charters()[:1],
        day=DAY,
    )
    rows = {row.article: row for row in comparison_rows([*one, cases[2]])}
    charter = load_charters()[1]
    for _, requirement in charter.requirements:
        assert rows[requirement.id].cells[0] is None
        assert "outcome" == rows[requirement.id].difference


def test_a_site_named_twice_counts_once(demo_parcels):
    """In the order of the first naming."""
    far, front = one_site(demo_parcels, [FAR]), one_site(demo_parcels, FRONT)
    assert [FAR, front.index[0]] == list(together([far, front, far]).index)


@pytest.mark.parametrize(("sites_count", "projects_count"), [(0, 1), (1, 0), (9, 1), (3, 3)])
def test_nothing_and_too_much_are_refused(demo_parcels, demo_layers, sites_count, projects_count):
    """From one case to as many as a reader can hold."""
    assert MOST_CASES == 8
    sites = each_parcel(demo_parcels.iloc[:sites_count])
    projects = [example_projects()["hotel"]] * projects_count
    with pytest.raises(SelectionError, match=str(sites_count * projects_count)):
        compare(sites, projects, demo_layers, charters=load_charters(), day=DAY)
