"""A draft is kept step by step, undone, discarded, carried over and published."""

import datetime as dt
import os

import pytest

from charters.editing import AddValue, EditText
from charters.editing_drafts import (
    carried_over,
    changed_on,
    discard_draft,
    draft_ids,
    keep_change,
    new_draft,
    publish_draft,
    read_draft,
    read_draft_file,
    restore_draft,
    undo_change,
)
from charters.editions import charters_in_use, charters_of, edition_in_use, editions
from geodata.errors import CharterError, SelectionError, StoreError
from geodata.language import Text

pytestmark = pytest.mark.usefixtures("desk")

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
VALUE = AddValue.model_validate({
    "charter": "industrial_parks", "requirement": "PI-05b", "parameter": "reach",
    "from": "2027-01-01", "value": 300, "unit": "m", "source": "MODEL",
})  # fmt: skip
TITLE = EditText(
    charter="industrial_parks", requirement="PI-05", part="title", text=("Chaleur", "Heat")
)


def test_a_draft_outlives_the_page():
    """Each step is on the disk; undoing takes the last one; the editions stay as they are."""
    draft = new_draft()
    assert () == draft_ids()
    one = keep_change(draft, VALUE)
    two = keep_change(one, TITLE)
    assert two == read_draft(draft.id)
    assert (VALUE, TITLE) == two.changes
    assert (draft.id,) == draft_ids()
    assert one == undo_change(two) == read_draft(draft.id)
    assert 1 == edition_in_use()


def test_a_discarded_draft_is_gone():
    """Discarding it twice does no harm."""
    draft = keep_change(new_draft(), VALUE)
    discard_draft(draft)
    discard_draft(draft)
    assert () == draft_ids()
    with pytest.raises(SelectionError):
        read_draft(draft.id)


def test_a_discarded_draft_is_taken_back():
    """As it was; what stands in its place meanwhile is not overwritten."""
    draft = keep_change(keep_change(new_draft(), VALUE), TITLE)
    discard_draft(draft)
    assert draft == restore_draft(draft) == read_draft(draft.id)
    with pytest.raises(CharterError, match="autre fenêtre"):
        restore_draft(draft)


def test_the_day_of_a_draft(desk):
    """That of its file; none where it was never kept."""
    assert changed_on(new_draft()) is None
    draft = keep_change(new_draft(), VALUE)
    noon = dt.datetime(2026, 3, 4, 12).astimezone().timestamp()
    os.utime(desk / "charters" / "drafts" / f"{draft.id}.yaml", (noon, noon))
    assert dt.date(2026, 3, 4) == changed_on(draft)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0123456789ab", "0123456789AB", "a" * 99])
def test_a_draft_that_is_not_kept(name):
    """An id may come from an address of the browser: it is never a path."""
    with pytest.raises(SelectionError):
        read_draft(name)


def test_a_step_that_does_not_fit_is_not_kept():
    """The same value twice would overwrite; the draft stays as it was."""
    draft = keep_change(new_draft(), VALUE)
    with pytest.raises(CharterError, match="1er janvier 2027"):
        keep_change(draft, VALUE)
    wrong = TITLE.model_copy(update={"part": "remedy", "requirement": "PI-05a"})
    with pytest.raises(CharterError, match="remède"):
        keep_change(draft, wrong.model_copy(update={"text": Text("{oups}", "{oops}")}))
    assert draft == read_draft(draft.id)


def test_two_windows_do_not_overwrite_each_other():
    """The second one is told, and what the first one kept stays."""
    draft = keep_change(new_draft(), VALUE)
    kept = keep_change(draft, TITLE)
    with pytest.raises(CharterError, match="autre fenêtre"):
        undo_change(draft)
    assert kept == read_draft(draft.id)


def test_a_published_draft_is_an_edition():
    """With author and reason; the draft is gone, and its values are judged by."""
    draft = keep_change(new_draft(), VALUE)
    with pytest.raises(CharterError):
        publish_draft(draft, author="", reason="essai", at=AT)
    made = publish_draft(draft, author="Anne", reason="essai", at=AT)
    assert (2, 1, "Anne") == (made.number, made.base, made.author)
    assert () == draft_ids()
    found = [each for _, each in charters_in_use()[0].requirements if each.id == "PI-05b"]
    assert 300 == found[0].parameters["reach"].values[-1].value


def test_a_draft_without_steps_is_not_published():
    """There would be nothing new in the edition."""
    with pytest.raises(CharterError, match="ne change rien"):
        publish_draft(new_draft(), author="Anne", reason="essai", at=AT)


def test_a_draft_that_was_overtaken_is_carried_over():
    """Its steps are put on the edition that came meanwhile; nothing of either is lost."""
    mine, other = keep_change(new_draft(), VALUE), keep_change(new_draft(), TITLE)
    publish_draft(other, author="Zoé", reason="titre", at=AT)
    with pytest.raises(CharterError, match="Zoé"):
        publish_draft(mine, author="Anne", reason="valeur", at=AT)
    publish_draft(carried_over(mine), author="Anne", reason="valeur", at=AT)
    assert [None, 1, 2] == [each.base for each in editions()]
    article = next(each for each in charters_in_use()[0].articles if each.id == "PI-05")
    assert "Heat" == article.title.en
    assert 300 == article.requirements[1].parameters["reach"].values[-1].value
    assert (
        "Heat" != next(each for each in charters_of(1)[0].articles if each.id == "PI-05").title.en
    )


def test_a_draft_that_contradicts_what_came_meanwhile():
    """The day is taken: the planner is told, and the draft is kept as it is."""
    mine, other = keep_change(new_draft(), VALUE), keep_change(new_draft(), VALUE)
    publish_draft(other, author="Zoé", reason="valeur", at=AT)
    with pytest.raises(CharterError, match="1er janvier 2027"):
        carried_over(mine)
    assert mine == read_draft(mine.id)


@pytest.mark.parametrize(
    "text", ["", "- a\n", "base: 1\n", "base: x\nchanges: []\n", "changes: [{change: x}]\n"]
)
def test_a_draft_file_that_is_none(tmp_path, text):
    """Every way of being none is said."""
    (tmp_path / "draft.yaml").write_text(text)
    with pytest.raises(CharterError, match=r"draft\.yaml"):
        read_draft_file(tmp_path / "draft.yaml")


def test_a_desk_that_cannot_be_written(desk):
    """A file stands where the folder should be."""
    desk.parent.mkdir()
    desk.write_text("")
    with pytest.raises(StoreError):
        keep_change(new_draft(), VALUE)
