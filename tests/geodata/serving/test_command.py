import pytest

from geodata.__main__ import app
from geodata.command_line import run
from geodata.serving import command as serving
from geodata.serving.publishing import read_publication


@pytest.fixture
def command(capsys):
    """Function that runs the command line and gives exit code, output and error output."""

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            run(app, name="python -m geodata", arguments=[str(each) for each in words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_publish_says_what_is_public(tmp_path, command, verdict_file):
    """One line per collection, with the label; the demonstration without --store."""
    out = tmp_path / "p"
    code, said, _ = command(
        "publish", "--layer", "zones", "--verdicts", verdict_file, "--out", out, "--lang", "en"
    )
    assert (0, ["zones – DEMO – Technopole zones (4)", "verdicts – DEMO – Verdicts (2)"]) == (
        code,
        said.splitlines(),
    )
    assert ["zones", "verdicts"] == [each.id for each in read_publication(out)]


def test_publish_refuses_what_it_does_not_know(tmp_path, command):
    """Nearest name of a layer; a folder with a user's files; exit 2."""
    code, _, told = command("publish", "--layer", "zonne", "--out", tmp_path / "p")
    assert (2, False) == (code, (tmp_path / "p").exists())
    assert "« zones »" in told
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert 2 == command("publish", "--layer", "zones", "--out", tmp_path)[0]


def test_serve_says_where(published, command, monkeypatch):
    """The address that readers use, and how to stop."""
    asked = []
    monkeypatch.setattr(serving, "serve", lambda folder, **named: asked.append((folder, named)))
    code, _, told = command("serve", published, "--port", "5001")
    assert (0, "5 collection(s) sur http://127.0.0.1:5001 (Ctrl+C arrête).\n") == (code, told)
    _, _, told = command("serve", published, "--url", "https://sig.example", "--lang", "en")
    assert "5 collection(s) at https://sig.example (Ctrl+C stops).\n" == told
    assert [
        (published, {"port": 5001, "url": None}),
        (published, {"port": 5000, "url": "https://sig.example"}),
    ] == asked


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_is_none(published, command, port):
    """Refused before anything starts."""
    assert 2 == command("serve", published, "--port", port)[0]


def test_serve_needs_a_publication(tmp_path, command):
    """Exit 2, and the command that makes one."""
    code, _, told = command("serve", tmp_path)
    assert 2 == code
    assert "geodata publish" in told
