import datetime as dt

import pytest

from geodata.errors import ProjectError
from geodata.language import Text
from zones.drafts import Draft, draft_text, read_draft
from zones.projects import Project, example_projects, project_text

IDS = ("80021000ZX0013", "80021000ZX0012")


def read(text):
    """Draft of a text."""
    return read_draft(text.encode(), name="dossier.yaml")


def faults(text):
    """Faults of a text, in English."""
    with pytest.raises(ProjectError) as caught:
        read(text)
    return caught.value.say("en").splitlines()


@pytest.mark.parametrize("parcels", [(), IDS[:1], IDS])
@pytest.mark.parametrize("name", sorted(example_projects()))
def test_a_draft_written_and_read_is_the_same(name, parcels):
    """Parcels in their order, project whole."""
    made = Draft(parcels, example_projects()[name])
    assert made == read(draft_text(made))


@pytest.mark.parametrize("day", [None, dt.date(2015, 1, 1)])
def test_another_day_of_judgment_is_kept(day):
    """It stands beside the filing date, which selects the values without it."""
    project = example_projects()["hotel"]
    made = Draft(IDS, project, day)
    assert made == read(draft_text(made))
    assert (day or project.filing_date) == made.day


@pytest.mark.parametrize("day", ["bientôt", "20150101", "2015-02-30"])
def test_a_day_of_judgment_that_is_none_is_refused(day):
    """With the way to write it."""
    text = f"parcels: []\njudged_on: {day}\nproject: {{use: office}}\n"
    expected = f"dossier.yaml: The day of judgment “{day}” is not a date. Write it YYYY-MM-DD."
    assert [expected] == faults(text)


def test_ids_that_look_like_numbers_stay_ids():
    """Section E of a commune (…0E0012) is a power of ten to a careless reader; so are digits."""
    ids = ("912160000E0012", "91216000010012", "91216000AB0001")
    made = Draft(ids, Project(Text("1e+5", "0x1F"), dt.date(2026, 11, 16), {}))
    assert made == read(draft_text(made))


def test_a_bare_project_is_a_draft_without_a_site():
    """The examples open as they are."""
    made = example_projects()["hotel"]
    assert Draft((), made) == read(project_text(made))


def test_a_parcel_named_twice_counts_once():
    """The first place is kept."""
    text = "parcels: [b, a, b]\nproject: {use: office}\n"
    assert ("b", "a") == read(text).parcels


@pytest.mark.parametrize("text", ["parcels:\nproject: {}\n", "project: {}\n", "{project: {}}"])
def test_a_draft_may_have_no_parcel(text):
    """Nothing chosen yet."""
    assert () == read(text).parcels


@pytest.mark.parametrize(
    "text",
    [
        "parcels: 80021000ZX0012\nproject: {}\n",
        "parcels: {a: 1}\nproject: {}\n",
        "parcels: 0\nproject: {}\n",
        "parcels: ''\nproject: {}\n",
        "parcels: [[a]]\nproject: {}\n",
        "parcels: [12]\nproject: {}\n",
        "parcels: [null]\nproject: {}\n",
        f"parcels: [{', '.join('p' + str(n) for n in range(501))}]\nproject: {{}}\n",
        "parcels: []\nproject: {}\nextra: 1\n",
        "parcels: []\nproject: {}\n__class__: x\n",
    ],
)
def test_what_is_no_draft_is_refused(text):
    """Parcels that are no list of ids, too many of them, other keys."""
    (line,) = faults(text)
    assert line.startswith("dossier.yaml: A file contains “parcels” (a list of ids) and “project”.")


@pytest.mark.parametrize("text", ["parcels: []\nproject:\n", "parcels: []\nproject: [1]\n", ""])
def test_a_draft_whose_project_is_none_is_refused(text):
    """Nothing, or a list."""
    assert "A project is a list of fields" in faults(text)[0]


def test_parcels_without_a_project_are_refused_as_a_field():
    """The message names what is wrong."""
    assert "The field “parcels” is unknown." in faults("parcels: [a]\n")[0]


def test_every_fault_of_the_project_is_said_with_its_line():
    """Lines are those of the whole file."""
    found = faults("parcels: [a]\nproject:\n  use: ofice\n  floor_area: -1\n")
    assert ["dossier.yaml, l. 3", "dossier.yaml, l. 4"] == [each.split(":")[0] for each in found]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: &x 1\nb: *x", b"!!python/name:os.system x"])
def test_bytes_that_are_no_plain_yaml_are_refused(content):
    """No text, aliases, tags."""
    with pytest.raises(ProjectError):
        read_draft(content, name="dossier.yaml")
