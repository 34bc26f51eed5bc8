"""Checks of each table alone: columns, cells, keys, and what must not leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geodata.language import Text
from geodata.standards.cnig_se.delivered import Delivered
from geodata.standards.cnig_se.findings import HIDDEN, Finding, shown
from geodata.standards.cnig_se.standard import StandardColumn, folded, standard
from geodata.standards.cnig_se.values import Misfit, misfit, one_of

__all__ = ["NATURAL_PERSON", "WITHHELD", "ZAE", "at", "cell_findings"]

ZAE = "zone d'activité économique"
"""Type of site for which the law asks for a vacancy rate."""
NATURAL_PERSON = "1"
"""First digit of the legal form of a person without a company."""
WITHHELD = "[ND]"
"""What SIRENE writes for what is not for publication."""
_PERSONAL = ("etab_raison_sociale", "etab_nom", "etab_adresse")


def cell_findings(delivered: Delivered, *, profile: str, is_demo: bool) -> Iterator[Finding]:
    """Cells that are missing, of the wrong kind, twice the same key, or not for this profile."""
    for name, column in delivered.table.columns.items():
        if column.is_shape and delivered.shapes is not None:
            continue
        yield from _column_cells(delivered, name, column, is_demo=is_demo)
        if column.rgpd and profile != "internal":
            yield from _confidential(delivered, name)
    yield from _twice(delivered)
    if delivered.name == "etablissement" and profile != "internal":
        yield from _natural_persons(delivered)


def at(delivered: Delivered, row: int, column: str) -> dict[str, Any]:
    """Where a finding stands: fields of :class:`Finding`."""
    return {
        "table": delivered.table.class_,
        "line": delivered.lines[row],
        "column": column,
        "feature": shown(delivered.column(delivered.table.key)[row]),
    }


def _column_cells(
    delivered: Delivered, name: str, column: StandardColumn, *, is_demo: bool
) -> Iterator[Finding]:
    """Cells of one column, one by one."""
    if name not in delivered.cells:
        return
    for row, value in enumerate(delivered.column(name)):
        if not value.strip():
            yield from _absent(delivered, row, name, column)
            continue
        fault = misfit(value, column, is_demo=is_demo)
        if fault and fault.rule == "list":
            fault = _left_over(delivered, row, name, value) or fault
        if fault:
            yield Finding(
                fault.rule,
                fault.severity,
                delivered.file,
                fault.what,
                value=HIDDEN if column.rgpd else shown(value),
                expected=fault.expected,
                suggestion="" if column.rgpd else fault.suggestion,
                **at(delivered, row, name),
            )


def _left_over(delivered: Delivered, row: int, name: str, value: str) -> Misfit | None:
    """The end of the value before, cut at the separator: the cell's own value is lost."""
    names = list(delivered.table.columns)
    previous = names[names.index(name) - 1]
    before = delivered.table.columns[previous]
    if before.kind != "list":
        return None
    whole = {folded(each): each for each in standard().values(before.list)}
    known = whole.get(folded(f"{delivered.column(previous)[row]}, {value}"))
    if known is None:
        return None
    return Misfit(
        "list_cut",
        Text(
            f"C'est la fin de la valeur précédente, coupée au séparateur (« {known} ») : la "
            "valeur de cette colonne est perdue.",
            f"This is the end of the value before, cut at the separator (“{known}”): the value "
            "of this column is lost.",
        ),
        one_of(delivered.table.columns[name].list),
        "inconnu",
    )


def _absent(delivered: Delivered, row: int, name: str, column: StandardColumn) -> Iterator[Finding]:
    """An empty cell, where there must be a value."""
    is_needed = column.required == "always"
    is_needed |= column.required == "zae" and delivered.column("site_type")[row] == ZAE
    is_needed |= column.required == "no_ban" and not delivered.column("ban-id")[row].strip()
    if is_needed:
        yield Finding(
            "required",
            "error",
            delivered.file,
            _REASONS.get(column.required, _REASONS["always"]),
            expected=_EXPECTED.get(column.kind, Text("une valeur", "a value")),
            suggestion="inconnu" if column.kind == "list" else "",
            **at(delivered, row, name),
        )
    elif column.also == "schema":
        yield Finding(
            "required_by_schema",
            "warning",
            delivered.file,
            Text(
                "Le texte du standard laisse la valeur libre, mais le schéma publié l'exige.",
                "The text of the standard leaves the value free, but the published schema wants "
                "it.",
            ),
            **at(delivered, row, name),
        )


def _confidential(delivered: Delivered, name: str) -> Iterator[Finding]:
    """Filled cells of a column that must not leave."""
    for row, value in enumerate(delivered.column(name)):
        if value.strip():
            yield Finding(
                "rgpd",
                "error",
                delivered.file,
                Text(
                    "Cette donnée personnelle ou confidentielle n'est pas diffusable (RGPD).",
                    "This personal or confidential datum is not for publication (GDPR).",
                ),
                value=HIDDEN,
                expected=Text("cellule vide", "an empty cell"),
                **at(delivered, row, name),
            )


def _natural_persons(delivered: Delivered) -> Iterator[Finding]:
    """Names and addresses of persons who trade in their own name."""
    forms = delivered.column("etab_nat_juridique")
    for name in _PERSONAL:
        for row, value in enumerate(delivered.column(name)):
            is_person = forms[row].strip().startswith(NATURAL_PERSON)
            if is_person and value.strip() and value not in (WITHHELD, "inconnu"):
                yield Finding(
                    "natural_person",
                    "error",
                    delivered.file,
                    Text(
                        "Le nom et l'adresse d'une personne physique ne sont pas diffusables.",
                        "Name and address of a natural person are not for publication.",
                    ),
                    value=HIDDEN,
                    suggestion=WITHHELD,
                    **at(delivered, row, name),
                )


def _twice(delivered: Delivered) -> Iterator[Finding]:
    """Keys that tell two rows apart no more."""
    keys = delivered.column(delivered.table.key)
    first: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key and key in first:
            yield Finding(
                "duplicate_key",
                "error",
                delivered.file,
                Text(
                    f"L'identifiant est déjà à la ligne {delivered.lines[first[key]]}.",
                    f"The identifier is on line {delivered.lines[first[key]]} already.",
                ),
                value=shown(key),
                **at(delivered, row, delivered.table.key),
            )
        first.setdefault(key, row)


_REASONS = {
    "always": Text("La valeur est obligatoire.", "The value is required."),
    "zae": Text(
        "La valeur est obligatoire pour une zone d'activité économique.",
        "The value is required for an economic activity zone.",
    ),
    "no_ban": Text(
        "L'adresse est obligatoire quand ban-id est vide.",
        "The address is required when ban-id is empty.",
    ),
}
_EXPECTED = {
    "list": Text("une valeur de la liste, au besoin inconnu", "a listed value, if need be inconnu"),
    "yes_no": Text("oui ou non", "oui or non"),
    "date": Text("AAAA-MM-JJ", "YYYY-MM-DD"),
}
