import datetime as dt
import math

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from charters.facts import Missing
from charters.vocabulary import project_fields
from geodata.errors import MissingFileError, ProjectError
from geodata.language import Text
from zones.projects import (
    EXAMPLES,
    Project,
    example_projects,
    part_faults,
    project_facts,
    project_from,
    project_text,
    read_project,
)

# What is a part of what, written again by hand.
WHOLES = {
    "staff_present": "staff",
    "roof_pv_area": "roof_area",
    "roof_green_area": "roof_area",
    "parking_canopy_area": "parking_area",
    "parking_permeable_area": "parking_area",
    "parking_shaded_area": "parking_area",
    "parking_deducted_area": "parking_area",
    "ev_prewired_spaces": "parking_spaces",
    "ev_equipped_spaces": "parking_spaces",
    "ev_accessible_spaces": "ev_prewired_spaces",
    "extension_area": "floor_area",
    "sales_area": "floor_area",
    "smallest_unit_sales_area": "sales_area",
}


@pytest.fixture
def project(tmp_path):
    """Function that reads a project file with the given content."""

    def read(content, name="projet.yaml"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_project(path)

    return read


@pytest.fixture
def refused(project):
    """Function that gives the faults of a project file, in one language."""

    def faults(content, language="fr"):
        with pytest.raises(ProjectError) as caught:
            project(content)
        return caught.value.say(language).splitlines()

    return faults


def test_an_empty_mapping_is_a_project_of_which_nothing_is_known(project):
    """The dossier takes the name of the file."""
    made = project("{}\n")
    assert Project(Text("projet", "projet"), None, {}) == made


@pytest.mark.parametrize("name", ["", " ", "# rien\n", "- use: office\n", "office\n", "12\n"])
def test_what_is_no_list_of_fields_is_refused(refused, name):
    """Empty file, list, word, number."""
    (line,) = refused(name)
    assert line.startswith("projet.yaml\u00a0: Un projet est une liste de champs")


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path):
    """What, where, what to do, in both languages."""
    with pytest.raises(MissingFileError) as caught:
        read_project(tmp_path / "absent.yaml")
    assert (
        "absent.yaml: The project file does not exist. Check its name and folder."
        == caught.value.say("en")
    )
    assert str(tmp_path) not in caught.value.say("fr")


def test_there_are_five_examples():
    """All of them load, and nothing else lies in the folder."""
    names = {"digital_offices", "health_centre", "battery_workshop", "food_store", "hotel"}
    assert names == set(example_projects())
    assert names == {path.stem for path in EXAMPLES.iterdir()}


@pytest.mark.parametrize("name", sorted(example_projects()))
def test_examples_are_complete_and_plausible(name):
    """Two names, a date, every figure of a building; no part above its whole; nothing silly."""
    made = example_projects()[name]
    values = made.values
    document = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    assert document["name"] == {"fr": made.name.fr, "en": made.name.en}
    assert made.name.fr != made.name.en
    assert made.filing_date == document["filing_date"]
    assert {k: v for k, v in document.items() if k not in {"name", "filing_date"}} == values
    assert set(values) <= set(project_fields())
    always = {"use", "cluster", "staff", "floor_area", "footprint", "height", "roof_area"}
    assert always | {"parking_spaces", "parking_area", "bike_spaces", "heat_demand"} <= set(values)
    for part, whole in WHOLES.items():
        if part in values:
            assert values[part] <= values[whole], part
    assert values["roof_pv_area"] + values["roof_green_area"] <= values["roof_area"]
    assert values["footprint"] <= values["floor_area"]
    # 15 to 60 m2 a space with its lane; 3 to 300 m2 of floor a job; storeys of 2.5 to 12 m
    assert 15 <= values["parking_area"] / values["parking_spaces"] <= 60
    assert 3 <= values["floor_area"] / values["staff"] <= 300
    storeys = math.ceil(values["floor_area"] / values["footprint"])
    assert 2.5 <= values["height"] / storeys <= 12


def test_the_parts_of_the_vocabulary_are_those_written_here():
    """A new part gets its test."""
    assert WHOLES == {
        name: field.within for name, field in project_fields().items() if field.within is not None
    }


@pytest.mark.parametrize(("part", "whole"), sorted(WHOLES.items()))
def test_a_part_above_its_whole_is_a_contradiction(refused, project, part, whole):
    """Named with both figures and the line; equal is right; alone it is not compared."""
    assert {part: 20, whole: 20} == project(f"{part}: 20\n{whole}: 20\n").values
    assert {part: 20} == project(f"{part}: 20\n").values
    (line,) = refused(f"{whole}: 1234567\n{part}: 1234568\n", "en")
    assert line.startswith("projet.yaml, l. 2: “")
    assert "(1234568) is over" in line
    assert "(1234567). Correct one of the two." in line


def test_the_form_gets_the_same_contradictions_without_a_file():
    """One fault, in the place it names."""
    (fault,) = part_faults({"staff": 3, "staff_present": 4}, where="ici")
    assert "ici" == fault.where
    assert [] == list(part_faults({}, where=""))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("floor_area: -1", "“floor_area” is -1. Write a number of at least 0."),
        ("floor_area: -0.5", "“floor_area” is -0.5. Write a number of at least 0."),
        ("stars: 6", "“stars” is 6. Write a number of at least 0 and at most 5."),
        ("staff: 3.5", "“staff” is 3.5. Write a whole number."),
        ("floor_area: beaucoup", "“floor_area” is “beaucoup”, which is not a number."),
        ('floor_area: "1200"', "“floor_area” is “1200”, which is not a number."),
        ("floor_area: 1 200", "“floor_area” is “1 200”, which is not a number."),
        ("floor_area: 1200,5", "“floor_area” is “1200,5”, which is not a number."),
        ("floor_area: true", "“floor_area” is “True”, which is not a number."),
        ("floor_area: [1, 2]", "“floor_area” is “[1, 2]”, which is not a number."),
        ("floor_area: {m2: 3}", "“floor_area” is “{'m2': 3}”, which is not a number."),
        ("floor_area: 2026-11-16", "“floor_area” is “2026-11-16”, which is not a number."),
        ("floor_area: nan", "“floor_area” is “nan”, which is not a number."),
        ("floor_area: .nan", "“floor_area” is “.nan”, which is not a number."),
        ("floor_area: .inf", "“floor_area” is “.inf”, which is not a number."),
        ("floor_area: 1e+999", "which is not a number. Write a number in m²."),
        ("floor_area: -1e+999", "which is not a number. Write a number in m²."),
        pytest.param("staff: " + "9" * 400, "which is not a number.", id="400 digits"),
        pytest.param("staff: " + "9" * 5000, "which is not a number.", id="5000 digits"),
        ("mobility_plan: oui", "“mobility_plan” is “oui”. Write true or false."),
        ("mobility_plan: yes", "“mobility_plan” is “yes”. Write true or false."),
        ("mobility_plan: 1", "“mobility_plan” is “1”. Write true or false."),
        ("use: ofice", "“use” cannot be “ofice”. Did you mean “office”?"),
        ("use: true", "“use” cannot be “True”. Choose one of: congress, craft"),
        ("use: [office]", "“use” cannot be “['office']”. Did you mean “office”?"),
        ("cluster: 3", "“cluster” cannot be “3”. Choose one of: digital, energy, health, other."),
        ("floor_aera: 1200", "The field “floor_aera” is unknown. Did you mean “floor_area”?"),
        ("floor_aera:", "The field “floor_aera” is unknown. Did you mean “floor_area”?"),
        ("filing_dat: 2026-01-01", "is unknown. Did you mean “filing_date”?"),
        ("3: 4", "The field “3” is unknown. Choose one of: "),
        ("filing_date: bientôt", "The filing date “bientôt” is not a date. Write it YYYY-MM-DD."),
        ("filing_date: 2026-02-30", "The filing date “2026-02-30” is not a date."),
        ("filing_date: 16/11/2026", "The filing date “16/11/2026” is not a date."),
        ("filing_date: 20261116", "The filing date “20261116” is not a date."),
        ("filing_date: 2026-11-16 10:00:00", "The filing date “2026-11-16 10:00:00” is not a date"),
        ("name: [a, b]", "The name “['a', 'b']” is not a text."),
        ("name: {fr: Bureaux}", "The name “{'fr': 'Bureaux'}” is not a text."),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_remedy(refused, written, said):
    """The second line of the file, whatever is wrong with it."""
    (line,) = refused(f"# projet\n{written}\n", "en")
    assert line.startswith("projet.yaml, l. 2: ")
    assert said in line


def test_the_remedy_of_a_number_names_its_unit(refused):
    """The unit of the field, not of the file."""
    assert refused("heat_demand: fort\n")[0].endswith("Écrire un nombre en kW.")


def test_without_a_file_a_fault_names_the_field_by_its_title():
    """What a planner types on screen has no key; the unit is in words."""
    for value, said in (
        (-1, "« Surface de plancher » vaut -1. Écrire un nombre d'au moins 0."),
        (
            "x",
            "« Surface de plancher » vaut « x », qui n'est pas un nombre. Écrire un nombre en m².",
        ),
    ):
        with pytest.raises(ProjectError) as refusal:
            project_from({"name": "Essai", "floor_area": value}, lines={}, where="")
        assert [said] == [each.say("fr") for each in refusal.value.faults]


def test_several_faults_come_together_each_with_its_line(refused):
    """One run of the command is enough to correct the file."""
    faults = refused(
        "use: ofice\nfloor_area: -3\nfiling_date: demain\nstaff: 2\nstaff_present: 5\nheigth: 3\n"
    )
    assert [1, 2, 3, 5, 6] == sorted(
        int(each.split("l. ")[1].split("\u00a0")[0]) for each in faults
    )


@pytest.mark.parametrize(
    "content",
    [
        "staff: &a 3\nstaff_present: *a\n",
        "staff: !!python/object/apply:os.system [id]\n",
        "staff: !!int 3\n",
        "staff: 1\nstaff: 2\n",
        "staff: [\n",
        "? [a]\n: 1\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_yaml_that_is_more_than_plain_data_is_refused(refused, content):
    """Anchors, tags, a key twice, broken text, keys that are no words, two documents."""
    assert 1 == len(refused(content))
    assert "projet.yaml" in refused(content)[0]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    """Bytes of something else."""
    path = tmp_path / "projet.yaml"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(ProjectError, match="UTF-8"):
        read_project(path)


def test_a_file_of_half_a_megabyte_is_refused(refused):
    """A project has thirty lines."""
    assert "256 Kio" in refused("# " + "x" * 500_000)[0]


def test_what_is_not_given_is_missing_never_zero(project):
    """Neither by default nor by an empty value; 0 is 0 and false is false."""
    facts = project_facts(project("staff:\nparking_spaces: 0\nmobility_plan: false\n"))
    assert {f"project.{name}" for name in project_fields()} == set(facts)
    given = {"project.parking_spaces", "project.mobility_plan"}
    for path, column in facts.items():
        assert 1 == len(column.values)
        assert [0.0] == column.tolerance.tolist()
        if path in given:
            assert [0] == column.missing.tolist()
            assert [0.0] == column.values.tolist()
        else:
            assert [Missing.NOT_GIVEN] == column.missing.tolist()
            assert column.values[0] is None or np.isnan(column.values[0])


def test_figures_become_base_units(project):
    """16 % is 0.16; a true is 1; words stay words; areas stay in m2."""
    facts = project_facts(
        project("renewable_extra_cost: 16\nmobility_plan: true\nuse: hotel\nfloor_area: 1200.5\n")
    )
    assert pytest.approx(0.16, abs=1e-15) == facts["project.renewable_extra_cost"].values[0]
    assert [1.0] == facts["project.mobility_plan"].values.tolist()
    assert ["hotel"] == facts["project.use"].values.tolist()
    assert [1200.5] == facts["project.floor_area"].values.tolist()


@pytest.mark.parametrize("name", sorted(example_projects()))
def test_an_example_written_and_read_is_the_same(name, project):
    """Names in both languages included."""
    made = example_projects()[name]
    assert made == project(project_text(made))


NAMES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
    st.sampled_from(
        ["1e5", "1e+5", "912160000E0012", "2026-11-16", "true", "null", "~", "oui", "1.", "+5"]
    ),
)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    NAMES,
    NAMES,
    st.none() | st.dates(dt.date(1, 1, 1)),
    st.floats(0, 1e12),
    st.integers(0, 10**9),
    st.booleans(),
)
def test_any_project_written_and_read_is_the_same(tmp_path_factory, fr, en, day, area, staff, plan):
    """Names that look like numbers, dates or truths stay names."""
    values = {"use": "office", "floor_area": area, "staff": staff, "mobility_plan": plan}
    made = Project(Text(fr, en), day, values)
    path = tmp_path_factory.mktemp("p") / "p.yaml"
    path.write_text(project_text(made), encoding="utf-8")
    assert made == read_project(path)
