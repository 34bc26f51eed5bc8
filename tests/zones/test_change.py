"""What must change at one site of the demonstration, and the project changed."""

import datetime as dt

import pytest

from charters.joint import FieldChange
from charters.loading import load_charters
from geodata.errors import SelectionError
from zones.assessment import assess, site_verdicts
from zones.change import change_at, changed, lock_names
from zones.measures import ground_of
from zones.projects import example_projects, project_text
from zones.sites import each_parcel, one_site

DAY = dt.date(2026, 11, 16)
FRONT = ("80021000ZX0012", "80021000ZX0013")


@pytest.fixture(scope="module")
def ask(demo_layers, demo_parcels):
    """Function that gives the answer for one example project, and the verdicts once changed."""

    def build(project, ids=FRONT, **options):
        site = one_site(demo_parcels, ids)
        described = example_projects()[project]
        answer = change_at(
            ground_of(site, demo_layers),
            described,
            charters=load_charters(),
            day=DAY,
            **options,
        )
        after = assess(
            site,
            changed(described, answer.changes),
            demo_layers,
            charters=load_charters(),
            day=DAY,
        )
        return answer, {row.article: row for row in site_verdicts(after)}

    return build


@pytest.mark.parametrize("goal", ["mandatory", "all"])
@pytest.mark.parametrize("project", sorted(example_projects()))
def test_the_changed_project_is_assessed_as_promised(ask, project, goal):
    """The whole road again, from the layers: what was promised to be met is met."""
    answer, rows = ask(project, goal=goal)
    assert answer.status != "unconfirmed"
    left = {*answer.set_aside, *answer.undecided, *answer.worsened}
    for row in rows.values():
        is_asked = row.severity == "mandatory" and row.kind != "indicator"
        if goal == "all":
            is_asked = row.severity != "information"
        if is_asked and row.article not in left:
            assert row.outcome in ("compliant", "not_applicable"), row.article


def test_many_sites_are_answered_and_confirmed(demo_layers, demo_parcels):
    """The workshop on every fortieth parcel: each proposal is confirmed from the layers."""
    described = example_projects()["battery_workshop"]
    seen = set()
    for position in range(0, len(demo_parcels), 40):
        site = each_parcel(demo_parcels.iloc[[position]])
        ground = ground_of(site, demo_layers)
        answer = change_at(ground, described, charters=load_charters(), day=DAY)
        seen.add(answer.status)
        after = assess(
            site,
            changed(described, answer.changes),
            demo_layers,
            charters=load_charters(),
            day=DAY,
        )
        left = {*answer.set_aside, *answer.undecided}
        failed = {
            row.article
            for row in site_verdicts(after)
            if row.severity == "mandatory"
            and row.kind != "indicator"
            and row.outcome in ("non_compliant", "to_investigate")
        }
        assert failed <= left
    assert {"met", "proposed"} <= seen


def test_locked_fields_are_left_alone(ask):
    """Nothing locked is in the proposal."""
    free, _ = ask("battery_workshop", goal="all")
    names = {each.field for each in free.changes}
    assert names
    for name in sorted(names):
        held, _ = ask("battery_workshop", goal="all", locked=(name,))
        assert name not in {each.field for each in held.changes}


def change(field, proposed):
    """One change."""
    return FieldChange(field, None, proposed, (), 0.0)


def test_figures_become_values_of_a_project_file():
    """An integer, a decimal, a yes; the rest of the project stays."""
    before = example_projects()["digital_offices"]
    after = changed(
        before, [change("bike_spaces", 20.0), change("outflow", 1.25), change("mobility_plan", 1.0)]
    )
    assert (20, 1.25, True) == tuple(
        after.values[name] for name in ("bike_spaces", "outflow", "mobility_plan")
    )
    assert "bike_spaces: 20\n" in project_text(after)
    assert "mobility_plan: true\n" in project_text(after)
    assert before.name == after.name
    assert before.values["staff"] == after.values["staff"]


def test_names_of_locks_are_checked():
    """Commas and blanks are read; an unknown name is refused with the nearest one."""
    assert ("staff", "roof_pv_area") == lock_names(" staff, roof_pv_area ,staff,")
    assert () == lock_names("")
    with pytest.raises(SelectionError) as caught:
        lock_names("staf,footprint,bikes")
    assert 2 == len(caught.value.faults)
    assert "staff" in caught.value.faults[0].say("en")
