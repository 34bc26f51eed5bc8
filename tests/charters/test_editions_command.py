"""The commands of editions: what is listed, and by what the other commands judge."""

import datetime as dt
import json

import pytest

from charters.__main__ import app
from charters.editions import edition_files
from charters.editions_publishing import publish
from geodata.command_line import run

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def command(capsys, desk):
    """Function that runs the command line on a desk of its own: code, output, error output."""
    assert not desk.exists()

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m charters", arguments=[str(word) for word in words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def retitle():
    """Publish an edition in which PI-01 has another title."""
    files = edition_files(1)
    path = "industrial_parks/PI-01.yaml"
    files[path] = files[path].replace(b"Vocation of the zone and cluster", b"Another title", 1)
    publish(files, base=1, author="Anne", reason="essai", at=AT)


def test_the_packaged_edition_alone(command):
    """It is in use."""
    code, said, errors = command("editions", "--lang", "en")
    assert (0, "") == (code, errors)
    assert "1  comes with the program (2026-11)  ← in use" in said


def test_a_published_edition_and_the_way_back(command):
    """Each command judges by the edition in use, or by the one asked for."""
    retitle()
    assert (
        "23 November 2026 · Anne · from edition 1 · essai  ← in use"
        in command("editions", "--lang", "en")[1]
    )
    assert command("show", "PI-01", "--lang", "en")[1].startswith("PI-01 · Another title")
    assert "Vocation" in command("show", "PI-01", "--edition", "1", "--lang", "en")[1]
    code, said, _ = command(
        "use", "--edition", 1, "--author", "Paul", "--reason", "vote", "--lang", "en"
    )
    assert (0, "The charters are judged by edition 1.\n") == (code, said)
    assert "Vocation" in command("list", "--lang", "en")[1]
    assert "Another title" in command("list", "--edition", "2", "--lang", "en")[1]
    listed = json.loads(command("editions", "--format", "json")[1])
    assert 1 == listed["in_use"]
    assert [(1, None), (2, 1)] == [(each["number"], each["from"]) for each in listed["editions"]]
    assert [(1, 2, "Paul", "vote")] == [
        (each["edition"], each["newest"], each["author"], each["reason"])
        for each in listed["choices"]
    ]
    assert "Retour à l'édition 1 (Paul) : vote" in command("editions")[1]


@pytest.mark.parametrize("words", [("list", "--edition", 2), ("lint", "--edition", 2)])
def test_an_edition_that_does_not_exist(command, words):
    """Code 2, and the editions there are."""
    code, said, errors = command(*words)
    assert (2, "") == (code, said)
    assert "Choisir parmi : 1." in errors


def test_a_way_back_needs_author_and_reason(command):
    """Both are said at once."""
    code, _, errors = command("use", "--edition", 1, "--author", "", "--reason", " ")
    assert 2 == code
    assert "auteur" in errors
    assert "motif" in errors
