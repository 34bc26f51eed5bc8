import datetime as dt
import time

import pytest
import typer

from geodata.command_line import (
    LanguageOption,
    application,
    asked_day,
    both,
    examples,
    run,
    working,
)
from geodata.errors import Fault, SelectionError, StoreError
from geodata.language import Text

FAULT = Fault(Text("Quoi.", "What."), "ici", Text("Faire.", "Do."))

app = application(Text("Ce que c'est.", "What it is."))


@app.command("ask", help=both(Text("Demander.", "Ask.")), epilog=examples("python -m x ask"))
def ask(trouble: str, *, lang: LanguageOption = "fr") -> None:
    """Raise the trouble asked for."""
    if trouble == "two":
        raise StoreError(FAULT, FAULT)
    if trouble == "selection":
        raise SelectionError(FAULT)
    if trouble == "bug":
        raise ZeroDivisionError
    if trouble == "interrupt":
        raise KeyboardInterrupt
    if trouble == "five":
        raise typer.Exit(5)
    typer.echo(lang)


@app.command("other")
def other() -> None:
    """Give the application a second command."""


def outcome(capsys, *words):
    """Exit code, output and error output of the command."""
    with pytest.raises(SystemExit) as ended:
        run(app, name="python -m x", arguments=words)
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_a_command_that_works_ends_with_0(capsys):
    """French is the default."""
    assert (0, "fr\n", "") == outcome(capsys, "ask", "nothing")
    assert (0, "en\n", "") == outcome(capsys, "ask", "nothing", "--lang", "en")


def test_bad_input_ends_with_2_and_a_line_per_fault(capsys):
    """No traceback; the language is the one asked for."""
    assert (2, "", "ici\u00a0: Quoi. Faire.\n" * 2) == outcome(capsys, "ask", "two")
    assert (2, "", "ici: What. Do.\n" * 2) == outcome(capsys, "ask", "two", "--lang=en")
    assert 2 == outcome(capsys, "ask", "selection")[0]


@pytest.mark.parametrize(
    "words", [["frob"], ["ask"], ["ask", "x", "--frob"], ["ask", "x", "--lang", "de"]]
)
def test_words_that_are_not_understood_end_with_2(capsys, words):
    """The message names the help."""
    code, out, err = outcome(capsys, *words)
    assert (2, "") == (code, out)
    assert "python -m x --help" in err


def test_no_word_at_all_shows_the_help(capsys):
    """Both languages are there."""
    code, _, err = outcome(capsys)
    assert 2 == code
    assert "Ce que c'est." in err
    assert "What it is." in err


def test_help_shows_both_languages_and_examples_line_by_line(capsys):
    """An example is copied as it stands."""
    code, out, _ = outcome(capsys, "ask", "--help")
    assert 0 == code
    assert "Demander." in out
    assert "\n    python -m x ask\n" in out


def test_a_fault_of_the_program_is_told_apart(capsys, monkeypatch):
    """A planner is not blamed for a bug; its traceback is shown where it is asked for."""
    code, _, err = outcome(capsys, "ask", "bug")
    assert 1 == code
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    monkeypatch.setenv("TECHNOPOLE_TRACEBACK", "1")
    assert "Traceback" in outcome(capsys, "ask", "bug")[2]


def test_other_exit_codes_pass(capsys):
    """A command may have its own code; an interruption has 130."""
    assert 5 == outcome(capsys, "ask", "five")[0]
    assert 130 == outcome(capsys, "ask", "interrupt")[0]


def test_work_of_less_than_a_second_is_silent(capsys):
    """A message that flashes by helps nobody."""
    with working(Text("Lecture…", "Reading…"), "fr"):
        pass
    assert "" == capsys.readouterr().err


def test_longer_work_says_that_it_goes_on(capsys):
    """What is being done, with the seconds gone by, on the error output."""
    with working(Text("Lecture…", "Reading…"), "en"):
        time.sleep(1.2)
    assert "Reading… 1 s\n" == capsys.readouterr().err


@pytest.mark.parametrize("word", ["demain", "2026-02-30", "01/11/2026", "2026-11", "20261101", ""])
def test_a_day_that_is_none_is_refused(word):
    """Only YYYY-MM-DD is a day; the option is named."""
    assert dt.date(2026, 11, 1) == asked_day("2026-11-01", option="--from")
    with pytest.raises(SelectionError) as refused:
        asked_day(word, option="--from")
    expected = f"--from: “{word}” is not a date. Write it YYYY-MM-DD."
    assert expected == refused.value.say("en")
