import sys
from pathlib import Path

import pytest

from geodata.fetching.cache import (
    Entry,
    cache_folder,
    digest_of,
    forget,
    forget_part,
    keep,
    kept,
    part,
    resumable,
    started,
)

DAY = "Thu, 01 Jan 2026 00:00:00 GMT"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def entry(**known):
    """Entry of one file."""
    return Entry(**({"url": "https://x.example/a", "etag": '"v1"', "modified": ""} | known))


def test_the_folder_is_named_by_the_environment(monkeypatch, tmp_path):
    """Else it is the platform's own."""
    monkeypatch.setenv("TECHNOPOLE_CACHE", str(tmp_path))
    assert tmp_path == cache_folder()
    monkeypatch.delenv("TECHNOPOLE_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert tmp_path / "x" / "technopole" / "fetching" == cache_folder()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Path.home() / "Library" / "Caches" / "technopole" / "fetching" == cache_folder()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "w"))
    assert tmp_path / "w" / "technopole" / "fetching" == cache_folder()


def test_nothing_is_kept_at_first(tmp_path):
    """No file, no part."""
    assert kept(tmp_path, "a") is None
    assert (0, "") == resumable(tmp_path, "a")


def test_a_part_becomes_a_whole_file(tmp_path):
    """With its entry; the part is gone."""
    started(tmp_path, "a", entry())
    part(tmp_path, "a").write_bytes(b"")
    body = keep(tmp_path, "a", entry(sha256=EMPTY))
    assert (body, entry(sha256=EMPTY)) == kept(tmp_path, "a")
    assert (EMPTY, False) == (digest_of(body), part(tmp_path, "a").exists())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"unknown": 1}', "\x00"])
def test_a_damaged_entry_counts_for_nothing(tmp_path, content):
    """The file is asked for again."""
    (tmp_path / "a.body").write_bytes(b"")
    (tmp_path / "a.json").write_text(content)
    assert kept(tmp_path, "a") is None


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, (3, '"v1"')),
        ({"etag": 'W/"v1"'}, (0, "")),
        (
            {"etag": 'W/"v1"', "modified": "Thu, 01 Jan 2026 00:00:00 GMT"},
            (3, "Thu, 01 Jan 2026 00:00:00 GMT"),
        ),
        ({"etag": ""}, (0, "")),
    ],
)
def test_a_part_is_resumed_by_a_strong_validator(tmp_path, known, expected):
    """RFC 9110 §13.1.5: a weak ETag cannot be sent in If-Range."""
    started(tmp_path, "a", entry(**known))
    part(tmp_path, "a").write_bytes(b"abc")
    assert expected == resumable(tmp_path, "a")


def test_forgetting(tmp_path):
    """A part alone, or all of it."""
    started(tmp_path, "a", entry())
    part(tmp_path, "a").write_bytes(b"")
    keep(tmp_path, "a", entry(sha256=EMPTY))
    part(tmp_path, "a").write_bytes(b"x")
    forget_part(tmp_path, "a")
    assert kept(tmp_path, "a") is not None
    forget(tmp_path, "a")
    assert [] == list(tmp_path.iterdir())
