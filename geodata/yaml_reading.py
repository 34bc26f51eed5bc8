"""Strict YAML: plain data only, with the line of every entry.

Refused: tags, anchors and aliases, duplicate keys, deep nesting, more than 256 KiB. Only numbers,
``true``, ``false``, ``null`` and ISO dates are converted; ``non``, ``007`` or ``12:30`` stay text.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from geodata.errors import CharterError, Fault
from geodata.language import Text

__all__ = ["YAML_LIMIT", "Lines", "YamlPath", "parse_yaml", "read_yaml"]

YamlPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to an entry."""
Lines: TypeAlias = dict[YamlPath, int]
"""Line (from 1) of every entry by path."""

Refusal: TypeAlias = Callable[[Fault], Exception]
"""Builds the error that a refusal raises."""

YAML_LIMIT = 256 * 1024
_DEEPEST = 40
# As PyYAML writes them: the parcels 912160000E0001 and 01004000080012 are no numbers
_NUMBER = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]\d+)?", re.ASCII)
_WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,14})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(file: Path, *, refuse: Refusal = CharterError) -> tuple[Any, Lines]:
    """Plain data of ``file``, and the line of each entry; faults as in :func:`parse_yaml`."""
    return parse_yaml(file.read_bytes(), name=f"{file.parent.name}/{file.name}", refuse=refuse)


def parse_yaml(content: bytes, *, name: str, refuse: Refusal = CharterError) -> tuple[Any, Lines]:
    """Plain data of ``content``, and the line of each entry.

    Raises
    ------
    CharterError
        Or what ``refuse`` builds: the content is too large, is not YAML, or holds what is refused.
    """
    if len(content) > YAML_LIMIT:
        _stop(refuse, name, 0, f"{len(content)} octets, plus de 256 Kio", "over 256 KiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place, line = error.start, content.count(b"\n", 0, error.start) + 1
        _stop(refuse, name, line, f"octet {place} non UTF-8", f"byte {place} is not UTF-8")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            _check_event(event, depth, name, refuse)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        sign, line = f"U+{ord(text[error.position]):04X}", text.count("\n", 0, error.position) + 1
        _stop(refuse, name, line, f"caractère {sign} refusé", f"character {sign} refused")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "?"
        line = mark.line + 1 if mark else 0
        _stop(refuse, name, line, f"YAML illisible ({problem})", f"unreadable YAML ({problem})")
    lines: Lines = {}
    return (None if root is None else _plain(root, (), lines, name, refuse)), lines


def _check_event(event: Any, depth: int, name: str, refuse: Refusal) -> None:  # noqa: ANN401 - PyYAML has no common type
    """Refuse anchors, aliases and tags, and nesting that no article needs."""
    line = event.start_mark.line + 1
    if depth > _DEEPEST:  # brackets alone would keep the parser busy for hours
        _stop(
            refuse,
            name,
            line,
            f"plus de {_DEEPEST} niveaux emboîtés",
            f"more than {_DEEPEST} nested levels",
        )
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


def _plain(node: yaml.Node, path: YamlPath, lines: Lines, name: str, refuse: Refusal) -> Any:  # noqa: ANN401 - plain data
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
    if _WHOLE.fullmatch(word):
        return int(word)
    if _NUMBER.fullmatch(word) and math.isfinite(float(word)):
        return float(word)
    return word


def _stop(refuse: Refusal, name: str, line: int, fr: str, en: str) -> NoReturn:
    """Raise the refusal of one file at one line."""
    where = f"{name}, l. {line}" if line else name
    remedy = Text("Corriger le fichier.", "Correct the file.")
    raise refuse(Fault(Text(f"{fr}.", f"{en}."), where, remedy)) from None
