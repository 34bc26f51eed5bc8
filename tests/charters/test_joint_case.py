"""One project before the judge: goals, trials, and what is measured again."""

import numpy as np
import pytest

from charters import joint_case
from charters.facts import known
from charters.joint_case import Case, facts_with, goals_of, judged, meets, settled, slopes
from charters.joint_costs import levers
from charters.judge import Outcome, judge
from charters.loading import load_charters

DAY = np.array(["2026-11-01"], "datetime64[D]")
GIVEN = {
    "project.use": "industry",
    "project.footprint": 1000,
    "project.roof_area": 1000,
    "project.roof_pv_area": 100,
    "project.roof_green_area": 0,
    "project.height": 10,
}


@pytest.fixture
def case(facts):
    """Function that gives a case of the packaged charters."""

    def build(given=GIVEN, measure=None):
        charters, columns = load_charters(), facts(given)
        every = [each for charter in charters for _, each in charter.requirements]
        opened = {each.name: each for each in levers(every, columns, goals=every)}
        return Case(charters, columns, DAY, opened, measure)

    return build


def test_goals_are_what_the_cascade_would_hold_against_the_project():
    """Mandatory ones that can fail; with « all », whatever raises reservations too."""
    strict, full = (goals_of(load_charters(), goal) for goal in ("mandatory", "all"))
    assert {"mandatory"} == {each.severity for each in strict.values()}
    assert "indicator" not in {each.kind for each in strict.values()}
    assert {"mandatory", "recommended"} == {each.severity for each in full.values()}
    assert set(strict) < set(full)


def test_trials_in_a_batch_are_those_of_single_projects(case):
    """Each row is what the judge says of that project alone."""
    here, trials = case(), [{}, {"roof_pv_area": 250.0}, {"roof_pv_area": 100.0, "staff": 60.0}]
    together = judged(here, trials)
    for place, trial in enumerate(trials):
        for charter in here.charters:
            alone = judge(charter, facts_with(here, trial), on=DAY, sites=1).codes[0]
            names = [each.id for _, each in charter.requirements]
            assert list(alone) == [together[name][place] for name in names]


def test_figures_are_taken_in_the_unit_of_their_field(case):
    """70 % of infiltration is the share 0.7."""
    changed = facts_with(case(), {"infiltrated_share": 70.0})
    assert 0.7 == pytest.approx(changed["project.infiltrated_share"].values[0])


def test_settled_is_compliant_or_not_concerned():
    """Nothing else, and nothing to meet is met."""
    codes = {each.key: np.array([each]) for each in Outcome}
    found = {name: bool(settled(codes, [name])[0]) for name in codes}
    assert {"compliant", "not_applicable"} == {name for name, is_met in found.items() if is_met}
    assert settled(codes, [])[0]
    assert settled({}, [])[0]


def test_a_part_larger_than_its_whole_is_no_solution(case):
    """1 200 m² of panels do not fit on a roof of 1 000 m², nor 100 m² on one of 50 m²."""
    trials = [{"roof_pv_area": 400.0}, {"roof_pv_area": 1200.0}, {"roof_area": 50.0}]
    here = case()
    opened = {**here.levers, "roof_area": here.levers["roof_pv_area"]}
    wide = Case(here.charters, here.facts, DAY, opened)
    assert [True, False, False] == list(meets(wide, trials, ["PI-02a"]))


def test_what_depends_on_the_project_is_measured_again(case, monkeypatch):
    """A fact that is the square of the footprint: slope 2 100 between 1 000 and 1 100."""
    real = joint_case.site_measures()
    changed = {
        name: each.model_copy(update={"reads": ("day", "project.footprint")})
        if name == "hotel_distance_m"
        else each.model_copy(update={"reads": ()})
        for name, each in real.items()
    }
    monkeypatch.setattr(joint_case, "site_measures", lambda: changed)
    given = {**GIVEN, "site.hotel_distance_m": 1e6}

    def measure(project):
        return {"site.hotel_distance_m": known(float(project["project.footprint"].values[0]) ** 2)}

    here = case(given, measure)
    assert 250_000 == facts_with(here, {"footprint": 500.0})["site.hotel_distance_m"].values[0]
    assert {"site.hotel_distance_m": {"footprint": pytest.approx(2100.0)}} == slopes(here, {})
    assert {} == slopes(case(given), {})
