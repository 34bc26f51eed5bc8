"""The best guess of where the columns of a layer come from, for a table nobody described."""

from __future__ import annotations

import difflib
import functools
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.catalog import Column, contract
from geodata.errors import DataError
from geodata.layouts.mappings import Mapping
from geodata.layouts.model import COMMON_COLUMNS
from geodata.layouts.names import plain
from geodata.layouts.values import CONVERTERS, text
from geodata.yaml_reading import read_yaml

__all__ = ["suggest"]

_FILE = Path(__file__).with_name("synonyms.yaml")
_SAMPLE = 200
_NEAR = 0.82
"""Likeness from which a name is taken for a misspelt or shortened one."""
_PART = 0.85
"""Likeness of a name that holds the word wanted among others, such as ``nom_hotel``."""
_LIKELY = 0.6
"""Share of the values that must be of the type of the column."""
_NAME = "nouvelle-correspondance"


def suggest(frame: pd.DataFrame, *, layer: str, name: str = _NAME) -> Mapping:
    """Mapping of ``frame`` to ``layer`` as far as names and values tell; the rest is left out.

    Each column of the file serves once, where it fits best. A planner checks and completes it.

    Parameters
    ----------
    frame
        Table as it was read.
    layer
        Layer of the catalog.
    name
        Name of the mapping.

    Raises
    ------
    SelectionError
        No layer has that id.
    """
    rules = contract(layer).columns
    frame = frame.loc[:, ~frame.columns.duplicated()].rename(columns=str)
    wanted = [column for column in rules if column not in COMMON_COLUMNS]
    sources = [str(each) for each in frame.columns if each != _shape_column(frame)]
    sample = frame.head(_SAMPLE)
    likeness = np.array(
        [[_likeness(source, layer, column) for source in sources] for column in wanted]
    ).reshape(len(wanted), len(sources))
    fits = np.array(
        [[_share(sample[source], rules[column]) for source in sources] for column in wanted]
    ).reshape(len(wanted), len(sources))
    scores = np.where((likeness >= _NEAR) & (fits >= _LIKELY), likeness + fits / 10, 0.0)
    chosen: dict[str, str] = {}
    while scores.size and scores.max() > 0:
        row, place = np.unravel_index(int(scores.argmax()), scores.shape)
        chosen[wanted[row]] = sources[place]
        scores[row, :] = 0.0
        scores[:, place] = 0.0
    ordered = {column: chosen[column] for column in wanted if column in chosen}
    return Mapping(name=name, layer=layer, columns=dict(ordered))


@functools.cache
def _synonyms() -> dict[str, list[str]]:
    """Words by column of the catalog."""
    content, _ = read_yaml(_FILE, refuse=DataError)
    return {key: [plain(word) for word in words] for key, words in content.items()}


def _shape_column(frame: pd.DataFrame) -> object:
    """Name of the column of shapes."""
    return getattr(frame, "active_geometry_name", None)


def _likeness(source: str, layer: str, column: str) -> float:
    """How much the name of a source column says ``column``, 0 to 1; earlier words count more."""
    name = plain(source)
    words = _synonyms().get(f"{layer}.{column}", _synonyms().get(column, []))
    words = [column, *(word for word in words if word != column)]
    if name in words:
        return 1.0 - words.index(name) / 1000
    parts = name.split("_")
    if any(word in parts for word in words):
        return _PART
    return max(difflib.SequenceMatcher(None, name, word).ratio() for word in words)


def _share(values: pd.Series, column: Column) -> float:
    """Share of the present values that are of the type of ``column``; 1 where there is none."""
    present = values[text(values).notna()]
    if present.empty:
        return 1.0
    share = float(CONVERTERS[column.type](present).notna().mean())
    if column.values and column.type == "text":
        known = text(present).str.lower().isin(column.values).mean()
        return share * (0.9 + 0.1 * float(known))
    return share
