"""The standard as data: tables, columns in their order, lists of values, known variants."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Standard", "StandardColumn", "Table", "folded", "standard"]

_FILE = Path(__file__).with_name("standard.yaml")
_USUAL_TYPES = {
    "pole": "TEXT(20)",
    "site": "TEXT(20)",
    "terrain": "TEXT(23)",
    "date": "TEXT(10)",
    "year": "TEXT(4)",
    "yes_no": "TEXT(3)",
    "count": "MEDIUMINT",
    "percent": "MEDIUMINT",
    "km": "MEDIUMINT",
    "money": "MEDIUMINT",
    "hectares": "REAL",
    "siret": "TEXT(14)",
    "siren": "TEXT(9)",
    "insee": "TEXT(5)",
    "legal_form": "TEXT(4)",
    "naf": "TEXT(10)",
    "staff_band": "TEXT(3)",
    "phone": "TEXT(10)",
}
"""Types of the GeoPackage template by kind; plain text otherwise."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StandardColumn(_Strict):
    """What one column of a table must be."""

    kind: Literal[
        "text", "list", "yes_no", "date", "year", "count", "percent", "hectares", "km", "money",
        "pole", "site", "terrain", "parcel", "siret", "siren", "insee", "legal_form", "naf",
        "staff_band", "url", "email", "phone", "geometry", "geopoint",
    ]  # fmt: skip
    """Kind of value."""
    required: Literal["always", "no", "zae", "no_ban"] = "always"
    """When a value must be there."""
    also: Literal["schema"] | None = None
    """Set where the published table schema demands what the text leaves optional."""
    list: str = ""
    """List of the values allowed."""
    several: bool = False
    """Whether values are joined by ``|``."""
    rgpd: bool = False
    """Whether it must not leave in a public or partner delivery."""
    stored: str = ""
    """Type in the GeoPackage where it is not the usual one."""
    template: bool = True
    """Whether the published GeoPackage template has it."""

    @property
    def is_shape(self) -> bool:
        """Whether the GeoPackage says it by its geometry."""
        return self.kind in {"geometry", "geopoint"}

    @property
    def sql_type(self) -> str:
        """Type of the column in the GeoPackage."""
        return self.stored or _USUAL_TYPES.get(self.kind, "TEXT")


class Table(_Strict):
    """What one table of a delivery must be."""

    file: str
    """Stem of its CSV file."""
    class_: str = Field(alias="class")
    """Name of the class, which its identifiers hold."""
    key: str
    """Column that tells its rows apart."""
    shape: Literal["Point", "MultiPoint", "Polygon", "MultiPolygon"]
    """Geometry of the GeoPackage table."""
    swapped_in_template: tuple[str, ...] = ()
    """Two columns that the GeoPackage template has the other way round."""
    columns: dict[str, StandardColumn]
    """Columns by name, in the order of the CSV."""

    @property
    def shape_column(self) -> str:
        """Column that holds the shape in the CSV."""
        return next(
            name
            for name, field in self.columns.items()
            if field.kind == ("geopoint" if self.shape == "Point" else "geometry")
        )

    @property
    def stored_columns(self) -> dict[str, str]:
        """Columns of the GeoPackage in the template's order, to the column of the CSV."""
        names = [name for name, field in self.columns.items() if not field.is_shape]
        if self.swapped_in_template:
            first, second = (names.index(name) for name in self.swapped_in_template)
            names[first], names[second] = names[second], names[first]
        return {name.lower().replace("-", "_"): name for name in names}


class Standard(_Strict):
    """The whole standard."""

    version: str
    """Edition of the standard."""
    title: str
    """Name of the standard."""
    url: str
    """Where it is published."""
    separator: str
    """Separator of the CSV."""
    several: str
    """Separator of values inside a cell."""
    common_values: tuple[str, ...]
    """Values that belong to every list."""
    lists: dict[str, tuple[str, ...]]
    """Values of each list, without the common ones."""
    variants: dict[str, dict[str, str]]
    """What producers write for a value, by list."""
    tables: dict[str, Table]
    """Tables by their name in the GeoPackage."""

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a list."""
        return (*self.lists[name], *self.common_values)


@functools.cache
def standard() -> Standard:
    """The standard read from ``standard.yaml``."""
    return Standard.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def folded(text: str) -> str:
    """Text without differences of case, accent, apostrophe, dash and space."""
    plain = unicodedata.normalize(
        "NFKD", text.replace("’", "'").replace("‘", "'").replace("`", "'")
    )
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(letters.replace("–", "-").replace(",", ", ").casefold().split())
