"""Strict YAML: plain data only, with the line of every entry.

Refused: tags, anchors and aliases, duplicate keys, more than 256 kB. Only numbers, ``true``,
``false``, ``null`` and ISO dates are converted; ``non``, ``on`` or ``12:30`` stay text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from geodata.errors import CharterError, Fault
from geodata.language import Text

__all__ = ["Lines", "Path_", "read_yaml"]

Path_: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to an entry."""
Lines: TypeAlias = dict[Path_, int]
"""Line (from 1) of every entry by path."""

_LIMIT = 256 * 1024
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(
    file: Path, *, refuse: Callable[[Fault], Exception] = CharterError
) -> tuple[Any, Lines]:
    """Plain data of ``file``, and the line of each entry.

    Raises
    ------
    CharterError
        Or what ``refuse`` builds: the file is too large, is not YAML, or holds what is refused.
    """
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        _stop(
            refuse,
            file.name,
            0,
            f"octet {error.start} non UTF-8",
            f"byte {error.start} is not UTF-8",
        )
    if len(raw) > _LIMIT:
        _stop(
            refuse,
            file.name,
            0,
            f"{len(raw)} octets, plus de 256 Kio",
            f"{len(raw)} bytes, over 256 KiB",
        )
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            _check_event(event, file.name, refuse)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "?"
        line = mark.line + 1 if mark else 0
        _stop(
            refuse, file.name, line, f"YAML illisible ({problem})", f"unreadable YAML ({problem})"
        )
    lines: Lines = {}
    return (None if root is None else _plain(root, (), lines, file.name, refuse)), lines


def _check_event(event: Any, name: str, refuse: Callable[[Fault], Exception]) -> None:  # noqa: ANN401 - PyYAML has no common type
    """Refuse anchors, aliases and tags."""
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        _stop(
            refuse,
            name,
            line,
            "les ancres et alias (& et *) sont refusés",
            "anchors and aliases (& and *) are refused",
        )
    if getattr(event, "tag", None):
        _stop(
            refuse,
            name,
            line,
            f"l'étiquette {event.tag} est refusée",
            f"the tag {event.tag} is refused",
        )


def _plain(
    node: yaml.Node, path: Path_, lines: Lines, name: str, refuse: Callable[[Fault], Exception]
) -> Any:  # noqa: ANN401 - plain data
    """Python data of ``node``; fills ``lines``."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, i), lines, name, refuse) for i, each in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                _stop(refuse, name, line, "une clé doit être un mot", "a key must be a word")
            key = str(key_node.value)
            if key in mapping:
                _stop(
                    refuse,
                    name,
                    line,
                    f"la clé « {key} » est écrite deux fois",
                    f"the key “{key}” is written twice",
                )
            mapping[key] = _plain(value_node, (*path, key), lines, name, refuse)
            lines[(*path, key)] = line
        return mapping
    return _scalar(node)


def _scalar(node: Any) -> Any:  # noqa: ANN401 - plain data
    """Number, boolean, null, date or text."""
    word = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return word
    if word in _WORDS:
        return _WORDS[word]
    if _DATE.fullmatch(word):
        try:
            return dt.date.fromisoformat(word)
        except ValueError:
            return word
    if _NUMBER.fullmatch(word):
        return int(word) if re.fullmatch(r"[-+]?\d+", word) else float(word)
    return word


def _stop(refuse: Callable[[Fault], Exception], name: str, line: int, fr: str, en: str) -> NoReturn:
    """Raise the refusal of one file at one line."""
    where = f"{name}, l. {line}" if line else name
    remedy = Text("Corriger le fichier.", "Correct the file.")
    raise refuse(Fault(Text(f"{fr}.", f"{en}."), where, remedy)) from None
