"""Editions: the packaged one is number 1; what was published stays, and is read once."""

import datetime as dt
import hashlib

import pytest

from charters.editions import (
    charters_from,
    charters_in_use,
    charters_of,
    choices,
    digest_of,
    edition_files,
    edition_in_use,
    editions,
)
from charters.editions_publishing import choose_edition, publish
from charters.loading import load_charters
from geodata.errors import CharterError, SelectionError

pytestmark = pytest.mark.usefixtures("desk")

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def published():
    """Function that publishes the edition in use with one text replaced in PI-05."""

    def make(old, new, *, author="Anne"):
        files = edition_files(edition_in_use())
        path = "industrial_parks/PI-05.yaml"
        assert old in files[path]
        files[path] = files[path].replace(old, new)
        return publish(files, base=edition_in_use(), author=author, reason="essai", at=AT)

    return make


def reach(charters):
    """Distance within which PI-05b asks for a study, metres."""
    found = [each for _, each in charters[0].requirements if each.id == "PI-05b"]
    return found[0].parameters["reach"].values[0].value


def test_the_packaged_edition_is_the_first(desk):
    """Without a desk of one's own it is in use, and nothing is made on the disk."""
    assert [1] == [each.number for each in editions()]
    assert 1 == edition_in_use()
    assert load_charters() is charters_in_use() is charters_of(1)
    assert () == choices()
    assert not desk.exists()


def test_the_files_of_the_packaged_edition_make_the_same_charters():
    """What a draft starts from is what is judged by."""
    assert load_charters() == charters_from(edition_files(1))


def test_a_publication_is_seen_at_once_and_read_once(published):
    """The newest is in use; the earlier one stays as it was."""
    assert 200 == reach(charters_in_use())
    published(b"value: 200, source: MODEL", b"value: 250, source: MODEL")
    assert 250 == reach(charters_in_use())
    assert charters_in_use() is charters_in_use() is charters_of(2)
    assert 200 == reach(charters_in_use(1))
    assert {"2 (2026-11-23)"} == {each.edition for each in charters_in_use()}


def test_what_an_edition_says_of_itself(published):
    """Number, author, reason, date, the edition it comes from, and the digest of its files."""
    published(b"value: 200, source: MODEL", b"value: 250, source: MODEL")
    last = editions()[-1]
    assert (2, "Anne", "essai", AT, 1) == (
        last.number,
        last.author,
        last.reason,
        last.published,
        last.base,
    )
    assert last.digest == digest_of(edition_files(2)) != digest_of(edition_files(1))


def test_the_digest_by_hand():
    """Names, lengths and contents in the order of the names: nothing can move between files."""
    expected = hashlib.sha256(b"a\x001\0xb\x002\0yz").hexdigest()
    assert expected == digest_of({"b": b"yz", "a": b"x"})
    assert expected != digest_of({"a": b"xb", "b": b"yz"})


def test_an_edition_that_does_not_exist():
    """The ones that do are named."""
    for ask in (charters_of, edition_files):
        with pytest.raises(SelectionError, match=r"édition 7 .* Choisir parmi : 1\."):
            ask(7)


def test_a_changed_file_of_an_edition_is_noticed(published, desk):
    """The digest does not fit any more, even where the change itself is sound."""
    published(b"value: 200, source: MODEL", b"value: 250, source: MODEL")
    file = desk / "charters" / "editions" / "0002" / "industrial_parks" / "PI-05.yaml"
    file.write_bytes(file.read_bytes().replace(b"250", b"900"))
    with pytest.raises(CharterError) as refused:
        charters_in_use()
    assert "no longer those that were published" in refused.value.say("en")
    assert str(desk) not in refused.value.say("en")


def test_an_unreadable_account_of_an_edition(published, desk):
    """The entry that is wrong is named, with its line."""
    published(b"value: 200, source: MODEL", b"value: 250, source: MODEL")
    file = desk / "charters" / "editions" / "0002" / "edition.yaml"
    file.write_text(file.read_text().replace("author: Anne", "author: ''"))
    with pytest.raises(CharterError, match=r"0002/edition\.yaml, l\. 2"):
        editions()


def test_faults_of_both_charters_come_together():
    """And a fault of the sources, which both cite, comes once."""
    files = edition_files(1)
    files["industrial_parks/PI-01.yaml"] = b"id: PI-01\n"
    files["commercial_hotel/CH-01.yaml"] = b"id: CH-01\n"
    with pytest.raises(CharterError) as refused:
        charters_from(files)
    places = {fault.where.split(",")[0] for fault in refused.value.faults}
    assert {"industrial_parks/PI-01.yaml", "commercial_hotel/CH-01.yaml"} == places
    with pytest.raises(CharterError) as refused:
        charters_from({**edition_files(1), "sources.yaml": b"- a\n"})
    assert 1 == len(refused.value.faults)


def test_going_back_lasts_until_the_next_publication(published):
    """The choice is remembered with its reason; a later edition ends it."""
    published(b"value: 200, source: MODEL", b"value: 250, source: MODEL")
    choose_edition(1, author="Paul", reason="vote annulé", at=AT)
    assert 1 == edition_in_use()
    assert 200 == reach(charters_in_use())
    assert [(1, 2, "Paul", "vote annulé")] == [
        (each.edition, each.newest, each.author, each.reason) for each in choices()
    ]
    published(b"value: 200, source: MODEL", b"value: 150, source: MODEL")
    assert 3 == edition_in_use()
    assert (3, 1) == (editions()[-1].number, editions()[-1].base)
    assert 250 == reach(charters_of(2))
