"""Dated tables, edited in a spreadsheet: ``key;from;to;value;unit;source;confidence``."""

from __future__ import annotations

import csv
import io

from pydantic import ValidationError

from charters.entry_faults import entry_faults
from charters.model import Table
from charters.places import Place, fault_at
from geodata.errors import Fault
from geodata.yaml_reading import YAML_LIMIT, Lines

__all__ = ["table_of"]


def table_of(content: bytes, *, name: str, faults: list[Fault]) -> tuple[Table | None, Place]:
    """Table in the CSV file ``name``, and the lines of its rows; what is wrong joins ``faults``."""
    place = Place(name)
    if len(content) > YAML_LIMIT:
        faults.append(fault_at(place, "la table dépasse 256 Kio", "the table is over 256 KiB"))
        return None, place
    try:
        text = content.decode("utf-8-sig")  # spreadsheets write a byte order mark
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True)
        numbered = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        what = ("la table n'est pas un CSV en UTF-8", "the table is not CSV in UTF-8")
        faults.append(fault_at(place, *what))
        return None, place
    units = {row.get("unit") for _, row in numbered}
    if len(units) != 1:
        what = (
            f"une table a une seule unité, et non {len(units)}",
            f"a table has one unit, not {len(units)}",
        )
        faults.append(fault_at(place, *what))
        return None, place
    plain = [
        {str(key): value for key, value in row.items() if key != "unit" and value not in ("", None)}
        for _, row in numbered
    ]
    lines: Lines = {("rows",): 1} | {("rows", i): line for i, (line, _) in enumerate(numbered)}
    place = Place(name, lines)
    try:
        return Table.model_validate({"unit": units.pop(), "rows": plain}), place
    except ValidationError as error:
        faults.extend(entry_faults(error, place))
        return None, place
