"""What a layout is: the columns that betray it, and where each column of a layer comes from."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geodata.catalog import catalog
from geodata.errors import DataError
from geodata.language import Text
from geodata.yaml_reading import read_yaml

__all__ = ["COMMON_COLUMNS", "DESK_PREFIX", "Kept", "Layout", "Rule", "layouts"]

COMMON_COLUMNS = ("demo", "source", "source_date", "licence", "geom_precision", "confidence")
"""What every feature of the desk says of itself."""
DESK_PREFIX = "desk_"
"""Begins the layout of a layer that was exported by the desk."""

_FOLDER = Path(__file__).parent
_FILES = ("cadastre", "ign", "plu", "economic_sites", "aduga", "mobility", "places")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Rule(_Strict):
    """Where one column of the catalog comes from."""

    sources: str | None = Field(default=None, alias="from")
    """Names of the source column, separated by ``|``; the first that exists is read."""
    convert: str | None = Field(default=None, alias="as")
    """Converter; the type of the catalog's column by default."""
    constant: str | bool | float | None = None
    """Value of every row, where there is no source column."""
    values: dict[str, str] = {}
    """Word of the catalog for each word of the file; without one, the file's word is kept."""
    otherwise: str | None = None
    """Word for those that ``values`` does not know."""
    missing: str | bool | None = None
    """Value for rows that have none, where the layout says what silence means."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
        """A bare text is the source column."""
        return {"from": given} if isinstance(given, str) else given


class Kept(_Strict):
    """Which rows are the layer's; the others are set aside, and it is said."""

    sources: str = Field(alias="from")
    """Names of the column that decides."""
    convert: str = Field(default="text", alias="as")
    """Converter of that column."""
    only: tuple[str, ...] = ()
    """The values that are kept."""
    never: tuple[str, ...] = ()
    """The values that are not, where all others are."""
    why: Text
    """What the rows set aside are."""


class Layout(_Strict):
    """One known layout."""

    title: Text
    """Name for a reader."""
    signature: tuple[str, ...]
    """Columns that must be there, each as names separated by ``|``."""
    without: tuple[str, ...] = ()
    """Columns that must not be there."""
    names: str | None = None
    """Pattern that the name of the table must match somewhere, case aside."""
    patterns: dict[str, str] = {}
    """Pattern that the values of a column must match."""
    shape: Literal["point", "line", "polygon"] | None = None
    """Geometry family that the table must have, where that tells layouts apart."""
    layer: str | None
    """Layer of the desk; none for tables that the desk recognises and has no use for."""
    prepare: str | None = None
    """Name of a preparation in :mod:`geodata.layouts.preparing`."""
    shape_text: str | None = None
    """Names of the text column that holds shapes, where the table has none."""
    id: Rule | None = None
    """Where the id comes from; made from place and shape where it is absent."""
    id_prefix: str | None = None
    """Names of the column that begins ids made from shapes."""
    columns: dict[str, Rule] = {}
    """Rule by column of the catalog."""
    keep: tuple[Kept, ...] = ()
    """Which rows are the layer's."""
    assumed: tuple[Text, ...] = ()
    """What the layout takes for granted, told with each conversion."""
    dated_by: str | None = None
    """Names of the column whose newest day dates the source."""
    source: str | None = None
    """Producer; the name of the file where there is none."""
    licence: str | None = None
    """Licence of reuse."""
    confidence: Literal["high", "medium", "low"] = "high"
    """How far the attributes are to be trusted."""


@functools.cache
def layouts() -> dict[str, Layout]:
    """Every known layout by id: those of the files beside this one, then the desk's own exports."""
    known: dict[str, Layout] = {}
    for name in _FILES:
        content, _ = read_yaml(_FOLDER / f"{name}.yaml", refuse=DataError)
        known |= {key: Layout.model_validate(entry) for key, entry in content.items()}
    return known | _desk_layouts()


def _desk_layouts() -> dict[str, Layout]:
    """Layouts of what the desk writes itself: every column under its own name."""
    own = {}
    for layer, rules in catalog().items():
        needed = tuple(
            name for name, column in rules.columns.items() if column.required and name != "id"
        )
        columns = {
            name: Rule.model_validate(name)
            for name in rules.columns
            if name != "id" and name not in COMMON_COLUMNS
        }
        own[DESK_PREFIX + layer] = Layout(
            title=Text(f"Export de l'outil : {rules.title.fr}", f"Desk export: {rules.title.en}"),
            signature=needed,
            shape=None if rules.geometry == "any" else rules.geometry,
            layer=layer,
            id=Rule.model_validate("id"),
            columns=columns,
        )
    return own
