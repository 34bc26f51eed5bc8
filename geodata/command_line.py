"""What the three command lines share: one way to start, to fail, and to say that work goes on.

A command line is made of three parts::

    app = application(Text("Ce que fait la commande.", "What the command does."))

    @app.command(
        help=both(Text("Une action.", "An action.")),
        epilog=examples("python -m package action"),
    )
    def action(*, lang: LanguageOption = "fr") -> None:
        with working(Text("Lecture…", "Reading…"), lang):
            ...

    if __name__ == "__main__":
        run(app, name="python -m package")

Exit codes: 0 done, 1 the program is at fault, 2 bad input (one message per fault on the error
output, no traceback), 130 interrupted. A command may raise ``typer.Exit(code)`` for another one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from typing import Annotated, NoReturn

import typer

from geodata.errors import Fault, PlanningError, SelectionError
from geodata.language import DEFAULT_LANGUAGE, Language, Text

__all__ = [
    "LanguageOption",
    "application",
    "asked_day",
    "both",
    "examples",
    "run",
    "today",
    "working",
]

LanguageOption = Annotated[
    Language, typer.Option("--lang", help="Langue des messages. / Language of messages.")
]
"""Type of the ``lang`` parameter of every command."""

_BAD_INPUT = 2
_OUR_FAULT = 1
_INTERRUPTED = 130
_PATIENCE_S = 1.0
_TRACEBACK_VARIABLE = "TECHNOPOLE_TRACEBACK"


def application(purpose: Text) -> typer.Typer:
    """Command line that says its ``purpose`` in both languages when called without arguments."""
    return typer.Typer(
        help=both(purpose),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def both(text: Text) -> str:
    """Help text with French first and English beside it."""
    return f"{text.fr}\n\n{text.en}"


def examples(*commands: str) -> str:
    """Epilog of a command's help, one example per line."""
    return "\n".join(["\b", "Exemples / Examples:", *(f"  {each}" for each in commands)])


def asked_day(word: str, *, option: str) -> dt.date:
    """Day written YYYY-MM-DD after ``option``.

    Raises
    ------
    SelectionError
        It is not a day, or is written otherwise.
    """
    try:
        return dt.datetime.strptime(word, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        what = Text(f"« {word} » n'est pas une date.", f"“{word}” is not a date.")
        remedy = Text("L'écrire AAAA-MM-JJ.", "Write it YYYY-MM-DD.")
        raise SelectionError(Fault(what, option, remedy)) from None


def today() -> dt.date:
    """Day of the machine's clock, where it is."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def run(app: typer.Typer, *, name: str, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``app`` and leave with its exit code; the only place where errors become messages.

    Parameters
    ----------
    app
        Command line made by :func:`application`.
    name
        How the user calls it, such as ``python -m geodata``.
    arguments
        Words after the name; those of the process when None.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _asked_language(words)
    try:
        code = app(args=words, prog_name=name, standalone_mode=False)
    except PlanningError as error:
        _complain(error.say(language))
        code = _BAD_INPUT
    except typer.TyperException as error:
        _complain(_usage(error, name, language))
        code = _BAD_INPUT
    except (typer.Abort, KeyboardInterrupt):
        _complain(Text("Interrompu.", "Interrupted.").say(language))
        code = _INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - a planner gets a sentence, not a traceback
        _complain(_our_fault(error, language))
        code = _OUR_FAULT
    sys.exit(code if isinstance(code, int) else 0)


@contextlib.contextmanager
def working(doing: Text, language: Language) -> Iterator[None]:
    """Say on the error output what is going on, once it takes more than a second."""
    ended = threading.Event()
    teller = threading.Thread(target=_tell, args=(doing.say(language), ended), daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _tell(doing: str, ended: threading.Event) -> None:
    """Repeat what is going on, with the seconds gone by, less and less often."""
    start, pause = time.monotonic(), _PATIENCE_S
    while not ended.wait(pause):
        _complain(f"{doing} {time.monotonic() - start:.0f} s")
        pause = min(2 * pause, 10.0)


def _asked_language(words: list[str]) -> Language:
    """Language named by ``--lang``, read before anything can go wrong."""
    for word, following in itertools.pairwise([*words, ""]):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in {"fr", "en"}:
            return "en" if asked == "en" else "fr"
    return DEFAULT_LANGUAGE


def _usage(error: typer.TyperException, name: str, language: Language) -> str:
    """Message about words of the command that were not understood."""
    said = error.format_message()
    if not said or "\n" in said:  # the help itself, shown when a command is missing
        return said
    return Text(
        f"Commande mal écrite\u00a0: {said}\nVoir « {name} --help ».",
        f"The command was not understood: {said}\nSee “{name} --help”.",
    ).say(language)


def _our_fault(error: Exception, language: Language) -> str:
    """Message about a fault of the program; the traceback only where it is asked for."""
    if os.environ.get(_TRACEBACK_VARIABLE):
        return "".join(traceback.format_exception(error))
    return Text(
        f"Erreur du programme ({type(error).__name__}), pas de vos données. Recommencer avec "
        f"{_TRACEBACK_VARIABLE}=1 et transmettre le texte affiché.",
        f"An error of the program ({type(error).__name__}), not of your data. Try again with "
        f"{_TRACEBACK_VARIABLE}=1 and pass on the text shown.",
    ).say(language)


def _complain(text: str) -> None:
    """Write a line on the error output."""
    typer.echo(text, err=True)
