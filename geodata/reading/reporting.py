"""What became of a file, said to a machine in one line and to a reader in a few."""

from __future__ import annotations

import json
from typing import Any

from geodata.language import Language, Text
from geodata.reading.defects import told
from geodata.reading.importing import FileReading

__all__ = ["document", "line", "report"]

_OUTCOMES = {
    "loaded": Text("lu", "loaded"),
    "loaded_with_report": Text("lu, avec remarques", "loaded with report"),
    "refused": Text("refusé", "refused"),
}
_KEYS = ("kind", "count", "where", "remedy")


def document(reading: FileReading, *, file: str, language: Language) -> dict[str, Any]:
    """What became of ``file``, with the keys that the command ``check`` promises."""
    defects = [told(each, language) for each in reading.defects]
    return {
        "file": file,
        "outcome": reading.outcome,
        "layout": reading.layout,
        "rows": reading.rows,
        "crs": reading.crs,
        "defects": [{key: each[key] for key in _KEYS} for each in defects],
        "message": _message(reading, language),
    }


def line(reading: FileReading, *, file: str, language: Language) -> str:
    """The same on one line of JSON; numbers that are none are refused."""
    return json.dumps(
        document(reading, file=file, language=language), ensure_ascii=False, allow_nan=False
    )


def report(reading: FileReading, *, file: str, language: Language) -> str:
    """The same for a reader: a line for the file, one per defect with its remedy."""
    colon = "\u00a0: " if language == "fr" else ": "
    outcome = _OUTCOMES[reading.outcome].say(language)
    lines = [f"{file}{colon}{outcome}. {reading.message.say(language)}"]
    lines += [
        f"  – {each.what.say(language)} {each.remedy.say(language)}" for each in reading.defects
    ]
    return "\n".join(lines)


def _message(reading: FileReading, language: Language) -> str:
    """The sentence, and what each defect is, for JSON has no other place for it."""
    said = [reading.message.say(language)]
    if reading.outcome != "refused":
        said += [each.what.say(language) for each in reading.defects]
    return " ".join(said)
