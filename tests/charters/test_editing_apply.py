"""A step adds a row or replaces a text; every other file stays byte for byte."""

import datetime as dt

import pytest

from charters.editing import AddArticle, AddRow, AddValue, EditText, EndArticle, SetNature
from charters.editing_apply import article_of, with_change
from charters.editions import charters_from, edition_files
from charters.loading import load_charters
from geodata.errors import CharterError

PARKS = "industrial_parks"
VALUE = {
    "charter": PARKS, "requirement": "PI-05b", "parameter": "reach", "from": "2027-01-01",
    "value": 300, "unit": "m", "source": "MODEL",
}  # fmt: skip


@pytest.fixture(scope="module")
def files():
    """Files of the packaged edition."""
    return edition_files(1)


def after(files, change):
    """Files and charters with one change, and the names of the files that differ."""
    made = with_change(files, change)
    return charters_from(made), sorted(name for name in made if made[name] != files.get(name))


def requirement(charters, name):
    """Requirement of that id."""
    return next(each for charter in charters for _, each in charter.requirements if each.id == name)


def test_a_value_joins_those_there_are(files):
    """The earlier rows stay; the new one begins on its day."""
    charters, changed = after(files, AddValue.model_validate(VALUE))
    assert [f"{PARKS}/PI-05.yaml"] == changed
    before = requirement(load_charters(), "PI-05b").parameters["reach"].values
    values = requirement(charters, "PI-05b").parameters["reach"].values
    assert before == values[:-1]
    assert (dt.date(2027, 1, 1), None, 300, "MODEL") == (
        values[-1].since,
        values[-1].until,
        values[-1].value,
        values[-1].source,
    )
    others = [each for charter in charters for _, each in charter.requirements]
    known = [each for charter in load_charters() for _, each in charter.requirements]
    assert [each for each in known if each.id != "PI-05b"] == [
        each for each in others if each.id != "PI-05b"
    ]


def test_a_new_source_comes_at_the_end(files):
    """The sources there are, with their comments, stay as they were written."""
    new = {"id": "DELIB", "text": ["Délibération 12", "Resolution: X"], "date": "2026-12-01",
           "url": "https://www.amiens.fr/x", "verified": "text"}  # fmt: skip
    change = AddValue.model_validate({**VALUE, "source": "DELIB", "new_source": new})
    made = with_change(files, change)
    assert made["sources.yaml"].startswith(files["sources.yaml"].rstrip())
    source = charters_from(made)[0].sources["DELIB"]
    assert ("Délibération 12", dt.date(2026, 12, 1), "https://www.amiens.fr/x") == (
        source.text.fr, source.date, source.url,
    )  # fmt: skip


def test_a_row_joins_its_table(files):
    """One line more; a value with a decimal, an end and a doubt."""
    change = AddRow.model_validate({
        "charter": PARKS, "table": "job_densities", "key": "office", "from": "2027-01-01",
        "to": "2028-01-01", "value": 62.5, "unit": "job/ha", "source": "MODEL",
        "confidence": "to_check",
    })  # fmt: skip
    made = with_change(files, change)
    path = f"{PARKS}/tables/job_densities.csv"
    before, now = (each[path].decode().splitlines() for each in (files, made))
    assert [*before, "office;2027-01-01;2028-01-01;62.5;job/ha;MODEL;to_check"] == now
    assert 62.5 == charters_from(made)[0].tables["job_densities"].rows[-1].value


@pytest.mark.parametrize(
    ("name", "part", "read"),
    [
        ("PI-05b", "remedy", lambda article: article.requirements[1].remedy),
        ("PI-05b", "title", lambda article: article.requirements[1].title),
        ("PI-05", "title", lambda article: article.title),
        ("PI-05", "note", lambda article: article.note),
        ("PI-01", "remedy", lambda article: article.requirements[0].remedy),
    ],
)
def test_other_words(files, name, part, read):
    """Of the article, or of the one requirement that is named."""
    change = EditText(charter=PARKS, requirement=name, part=part, text=("Autre", "Other"))
    charters, changed = after(files, change)
    (article,) = [each for each in charters[0].articles if each.id == article_of(name)]
    assert ("Autre", "Other") == read(article)
    assert 1 == len(changed)


def test_another_nature(files):
    """Kind and severity of that requirement alone."""
    change = SetNature(
        charter=PARKS, requirement="PI-05b", kind="indicator", severity="information"
    )
    charters, _ = after(files, change)
    found = requirement(charters, "PI-05b")
    assert ("indicator", "information") == (found.kind, found.severity)
    assert "legal" == requirement(charters, "PI-05a").kind


def test_an_article_ends(files):
    """On the day given, with the source that says so."""
    change = EndArticle.model_validate(
        {"charter": PARKS, "article": "PI-01", "to": "2028-01-01", "source": "MODEL"}
    )
    charters, _ = after(files, change)
    assert dt.date(2028, 1, 1) == charters[0].articles[0].in_force.until
    assert ("PACT", "MODEL") == charters[0].articles[0].sources


def test_a_new_article_is_a_new_file(files):
    """Its text is kept as it was written."""
    text = files[f"{PARKS}/PI-01.yaml"].decode().replace("id: PI-01", "# mine\nid: PI-90")
    charters, changed = after(files, AddArticle(charter=PARKS, content=text))
    assert [f"{PARKS}/PI-90.yaml"] == changed
    assert "PI-90" == charters[0].articles[-1].id


def test_an_article_that_is_not_there(files):
    """Said by its name."""
    with pytest.raises(CharterError, match=r"PI-99\.yaml"):
        with_change(files, AddValue.model_validate({**VALUE, "requirement": "PI-99"}))
