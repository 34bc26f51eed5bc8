"""Checks of the header of each table: columns missing, doubled, unknown, out of order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from geodata.language import Text
from geodata.standards.cnig_se.delivered import Delivered
from geodata.standards.cnig_se.findings import Finding

__all__ = ["column_findings"]


def column_findings(delivered: Delivered) -> Iterator[Finding]:
    """Columns that are missing, doubled, unknown or out of order."""
    table, header = delivered.table, list(delivered.header)
    stored = delivered.shapes is not None
    names = table.stored_columns
    wanted = list(names) if stored else list(table.columns)
    for name in wanted:
        if name in header:
            continue
        column = table.columns[names[name] if stored else name]
        if stored and not column.template:
            continue
        is_needed = column.required != "no"
        yield Finding(
            "column_missing",
            "error" if is_needed else "warning",
            delivered.file,
            Text("La colonne manque.", "The column is missing."),
            table=table.class_,
            column=name,
        )
    for name, count in Counter(header).items():
        if count > 1 and name in wanted:
            yield _column_finding(delivered, "column_twice", name, _TWICE)
        elif name not in wanted:
            yield Finding(
                "column_unknown", "warning", delivered.file, _LOCAL, table=table.class_, column=name
            )
    met = [name for name in header if name in wanted]
    order = [name for name in wanted if name in header]
    if met != order and len(set(met)) == len(met):
        first = next(name for name, due in zip(met, order, strict=True) if name != due)
        yield Finding(
            "column_order",
            "warning" if stored else "error",
            delivered.file,
            Text(
                "Les colonnes ne sont pas dans l'ordre du standard.",
                "Columns are not in the standard's order.",
            ),
            table=table.class_,
            column=first,
            expected=Text(order[met.index(first)], order[met.index(first)]),
        )


def _column_finding(delivered: Delivered, rule: str, column: str, what: Text) -> Finding:
    """Error about a column."""
    return Finding(rule, "error", delivered.file, what, table=delivered.table.class_, column=column)


_TWICE = Text("La colonne y est deux fois.", "The column is there twice.")
_LOCAL = Text(
    "Colonne locale, hors du standard : permise, mais les partenaires peuvent l'ignorer.",
    "Local column, outside the standard: allowed, but partners may ignore it.",
)
