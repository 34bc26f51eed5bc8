"""A publication is whole or not there, whoever dies, and however many publish at once."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from charters.editions import charters_of, choices, edition_files, edition_in_use, editions
from charters.editions_publishing import choose_edition, publish
from geodata.errors import CharterError, SelectionError, StoreError

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("desk")

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)

BEGIN = """
import datetime as dt, pathlib, sys, time
from charters.editions import edition_files, edition_in_use, charters_of
from charters.editions_publishing import publish
from geodata.errors import CharterError
at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
"""
DYING = """
def dying(act):
    def stop(*given):
        if sys.argv[2] == "after":
            act(*given)
        print("here", flush=True)
        time.sleep(60)
    return stop
name = sys.argv[1]
setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
publish(edition_files(1), base=1, author="Anne", reason="essai", at=at)
"""
PATIENT = """
for turn in range(2):
    while True:
        base = edition_in_use()
        try:
            files = edition_files(base)
            made = publish(files, base=base, author=sys.argv[1], reason=str(turn), at=at)
        except CharterError as error:
            assert "en usage depuis" in str(error), error
        else:
            print(made.number, flush=True)
            break
"""


def started(program, *arguments):
    """Process that runs a program of Python on this desk."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + program, *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )


def make(**others):
    """Publish edition 1 again."""
    return publish(
        edition_files(1), **{"base": 1, "author": "Anne", "reason": "essai", "at": AT, **others}
    )


@pytest.mark.parametrize(
    ("step", "when", "expected"),
    [("write_bytes", "after", [1]), ("rename", "before", [1]), ("rename", "after", [1, 2])],
)
def test_a_killed_publication_is_whole_or_not_there(desk, step, when, expected):
    """Killed while writing, just before its name and just after; the next one clears up."""
    with started(DYING, step, when) as process:
        assert "here\n" == process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert expected == [each.number for each in editions()]
    assert charters_of(expected[-1])
    assert 1 == len(list((desk / "charters" / "editions").glob(".*.partial"))) or when == "after"
    made = make(base=expected[-1])
    assert expected[-1] + 1 == made.number
    assert [] == list((desk / "charters" / "editions").glob(".*"))
    assert charters_of(made.number)


def test_planners_who_publish_at_once_lose_nothing():
    """Two processes, two editions each: four editions, each from the one before it."""
    running = [started(PATIENT, name) for name in ("Anne", "Paul")]
    told = sorted(int(line) for each in running for line in each.communicate()[0].split())
    assert [0, 0] == [each.returncode for each in running]
    assert list(range(2, 6)) == told
    known = editions()
    assert list(range(1, 6)) == [each.number for each in known]
    assert list(range(1, 5)) == [each.base for each in known[1:]]
    for name in ("Anne", "Paul"):
        assert ["0", "1"] == [each.reason for each in known if each.author == name]


def test_a_draft_of_an_edition_no_longer_in_use():
    """The planner who published meanwhile is named; nothing is written."""
    make(author="Zoé")
    with pytest.raises(CharterError) as refused:
        make()
    assert "Edition 2 (Zoé) has come into use since" in refused.value.say("en")
    assert 2 == edition_in_use()


@pytest.mark.parametrize(
    ("signature", "fields"),
    [
        ({"author": " ", "reason": ""}, ["author", "reason"]),
        ({"author": "a\nb"}, ["author"]),
        ({"reason": "x" * 1001}, ["reason"]),
    ],
)
def test_author_and_reason_are_required(desk, signature, fields):
    """Both are said at once, at their fields; a way back needs them too."""
    given = {"author": "Anne", "reason": "essai", **signature}
    for act in (lambda: make(**signature), lambda: choose_edition(1, **given, at=AT)):
        with pytest.raises(CharterError) as refused:
            act()
        assert fields == [fault.where for fault in refused.value.faults]
    assert not desk.exists()


def test_an_article_at_fault_is_not_published(desk):
    """Neither is one whose example gives another verdict."""
    files = edition_files(1)
    for old, new in (
        (b"unit: bool", b"unit: pieds"),
        (b"outcome: compliant", b"outcome: to_discuss"),
    ):
        path = "industrial_parks/PI-01.yaml"
        assert old in files[path]
        with pytest.raises(CharterError):
            publish(
                {**files, path: files[path].replace(old, new, 1)},
                base=1, author="Anne", reason="essai", at=AT,
            )  # fmt: skip
    assert not desk.exists()


def test_an_edition_that_does_not_exist_cannot_be_chosen():
    """Nothing is written down."""
    with pytest.raises(SelectionError):
        choose_edition(2, author="Anne", reason="essai", at=AT)
    assert () == choices()


def test_a_desk_that_cannot_be_written(desk):
    """A file stands where the folder should be: said, with what to do."""
    desk.parent.mkdir()
    desk.write_text("")
    with pytest.raises(StoreError) as refused:
        make()
    assert "cannot be made" in refused.value.say("en")
