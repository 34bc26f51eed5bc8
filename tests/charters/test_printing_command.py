"""The command that prints a charter: a file, or a refusal that leaves nothing behind."""

import pypdf
import pytest

from charters.__main__ import app
from geodata.command_line import run


@pytest.fixture
def command(capsys):
    """Function that runs the command and gives exit code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m charters", arguments=["print", *map(str, words)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_a_charter_is_written(command, tmp_path):
    """With the values of the day that is named, in the language asked for."""
    out = tmp_path / "charter.pdf"
    words = ("commercial_hotel", "--out", out, "--lang", "en", "--date", "2026-11-01")
    code, said, errors = command(*words)
    assert (0, "charter.pdf is written.\n", "") == (code, said, errors)
    assert "Values in force on 1 November 2026" in pypdf.PdfReader(out).pages[0].extract_text()
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("industrial_park", "--out", "x.pdf"), "industrial_parks"),
        (("industrial_parks", "--out", "x.pdf", "--date", "demain"), "YYYY-MM-DD"),
        (("industrial_parks", "--out", "none/x.pdf"), "The file was not written"),
        (("industrial_parks", "--out", "x.pdf", "--edition", "999"), "999"),
    ],
)
def test_what_cannot_be_printed(command, tmp_path, monkeypatch, words, expected):
    """Exit 2, what to do, and no file."""
    monkeypatch.chdir(tmp_path)
    code, out, errors = command(*words, "--lang", "en")
    assert (2, "") == (code, out)
    assert expected in errors
    assert "Traceback" not in errors
    assert [] == list(tmp_path.iterdir())
