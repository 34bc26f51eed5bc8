"""Checks between cells and between tables: dates, vacancy, sums, counts, referenced identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from geodata.language import Text
from geodata.standards.cnig_se.cells import at
from geodata.standards.cnig_se.delivered import Delivered, Delivery
from geodata.standards.cnig_se.findings import Finding, Severity, shown
from geodata.standards.cnig_se.standard import standard
from geodata.standards.cnig_se.values import day_of, number_of

__all__ = ["relation_findings"]

_AREA_TOLERANCE_HA = 0.011
"""Sums of areas rounded to the hundredth of a hectare may differ by that much."""
_RELATIVE_TOLERANCE = 0.001
_ORDERED_DATES = {
    "pole_eco": [("pole_identif_date", "pole_actu_date")],
    "site_eco": [("site_identif_date", "site_actu_date")],
    "terrain_eco": [("terr_identif_date", "terr_actu_date")],
    "etablissement": [
        ("etab_identif_date", "etab_actu_date"),
        ("etab_creation_date", "etab_fermeture_date"),
    ],
}
_REFERENCES = [
    ("site_eco", "pole_id", "pole_eco"),
    ("terrain_eco", "site_id", "site_eco"),
    ("etablissement", "terr_id", "terrain_eco"),
]


def relation_findings(delivery: Delivery) -> Iterator[Finding]:
    """Everything that does not agree inside a delivery."""
    for table in delivery.tables.values():
        yield from _dates(table)
    if "site_eco" in delivery.tables:
        yield from _vacancy(delivery.tables["site_eco"])
        yield from _useful_area(delivery.tables["site_eco"], delivery.tables.get("terrain_eco"))
    if "etablissement" in delivery.tables:
        yield from _company(delivery.tables["etablissement"])
    for table_name, column, target in _REFERENCES:
        if table_name in delivery.tables:
            yield from _references(delivery, table_name, column, target)
    if "pole_eco" in delivery.tables and "site_eco" in delivery.tables:
        yield from _poles(delivery.tables["pole_eco"], delivery.tables["site_eco"])


def _dates(delivered: Delivered) -> Iterator[Finding]:
    """Days that come before the day they follow."""
    for earlier, later in _ORDERED_DATES[delivered.name]:
        pairs = zip(delivered.column(earlier), delivered.column(later), strict=True)
        for row, (first, second) in enumerate(pairs):
            start, end = day_of(first), day_of(second)
            if start and end and end < start:
                yield _finding(
                    "date_order", delivered, row, later,
                    Text(f"La date précède {earlier} ({first}).",
                         f"The date is before {earlier} ({first})."),
                    value=second,
                    expected=Text(f"{first} ou après", f"{first} or later"),
                )  # fmt: skip


def _vacancy(sites: Delivered) -> Iterator[Finding]:
    """Land units: vacant and built ones among all, and the rate (article L318-8-2)."""
    units = [number_of(each) for each in sites.column("site_uf_nbre")]
    for name in ("site_uf_vacant_nbre", "site_uf_bati_nbre"):
        for row, value in enumerate(sites.column(name)):
            part, whole = number_of(value), units[row]
            if part is not None and whole is not None and part > whole:
                yield _finding(
                    "vacancy_units", sites, row, name,
                    Text(f"Il y en a plus que d'unités foncières ({whole:g}).",
                         f"There are more of them than land units ({whole:g})."),
                    value=value,
                    expected=Text(f"au plus {whole:g}", f"at most {whole:g}"),
                )  # fmt: skip
    rates = zip(sites.column("site_taux_vacance"), sites.column("site_uf_vacant_nbre"), strict=True)
    for row, (rate, empty) in enumerate(rates):
        told, vacant, whole = number_of(rate), number_of(empty), units[row]
        if told is None or vacant is None or whole is None or vacant > whole:
            continue
        due = 100 * vacant / whole if whole else 0.0
        if abs(told - due) > 0.5:  # noqa: PLR2004 - rounded to the nearest whole number
            yield _finding(
                "vacancy_rate", sites, row, "site_taux_vacance",
                Text(f"{vacant:g} unités vacantes sur {whole:g} font {due:.1f} %.",
                     f"{vacant:g} vacant units of {whole:g} make {due:.1f}%."),
                value=rate,
                expected=Text(str(round(due)), str(round(due))),
                suggestion=str(round(due)),
            )  # fmt: skip


def _useful_area(sites: Delivered, lands: Delivered | None) -> Iterator[Finding]:
    """Useful area: within the gross one, and the sum of the lands that count."""
    gross = [number_of(each) for each in sites.column("site_surf_brute")]
    useful = [number_of(each) for each in sites.column("site_surf_utile")]
    for row, (whole, part) in enumerate(zip(gross, useful, strict=True)):
        if whole is not None and part is not None and part - whole > _tolerance(whole):
            yield _finding(
                "useful_area_over_gross", sites, row, "site_surf_utile",
                Text(f"La surface utile dépasse la surface brute ({whole:g} ha).",
                     f"The useful area is larger than the gross one ({whole:g} ha)."),
                value=f"{part:g}",
                expected=Text(f"au plus {whole:g}", f"at most {whole:g}"),
            )  # fmt: skip
    if lands is None:
        return
    sums, counts = _sums(lands)
    for row, identifier in enumerate(sites.column("site_id")):
        told = useful[row]
        if told is None:
            continue
        if not counts[identifier]:
            if told > 0:
                yield _finding(
                    "useful_area_unproven", sites, row, "site_surf_utile",
                    Text("La livraison n'a aucun terrain de ce site.",
                         "The delivery holds no land of this site."),
                    value=f"{told:g}", severity="warning",
                )  # fmt: skip
            continue
        due = round(sums[identifier], 4)
        if abs(told - due) > _tolerance(due):
            yield _finding(
                "useful_area_sum", sites, row, "site_surf_utile",
                Text("La surface utile n'est pas la somme des terr_surf_brute où terr_utile = oui.",
                     "The useful area is not the sum of terr_surf_brute where terr_utile = oui."),
                value=f"{told:g}", expected=Text(f"{due:g} ha", f"{due:g} ha"),
                suggestion=f"{due:g}",
            )  # fmt: skip


def _sums(lands: Delivered) -> tuple[dict[str, float], dict[str, int]]:
    """Useful hectares and number of lands by site."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    rows = zip(
        lands.column("site_id"),
        lands.column("terr_surf_brute"),
        lands.column("terr_utile"),
        strict=True,
    )
    for site, area, is_useful in rows:
        counts[site] += 1
        if is_useful.strip().lower() == "oui":
            sums[site] += number_of(area) or 0.0
    return sums, counts


def _company(companies: Delivered) -> Iterator[Finding]:
    """Establishments: SIREN inside SIRET, and no closing day of an active one."""
    for row, (siret, siren) in enumerate(
        zip(companies.column("SIRET"), companies.column("SIREN"), strict=True)
    ):
        if siret and siren and siret[:9] != siren:
            yield _finding(
                "siren_of_siret", companies, row, "SIREN",
                Text("Le SIREN n'est pas le début du SIRET.", "SIREN does not begin SIRET."),
                value=shown(siren), suggestion=siret[:9],
                expected=Text("les 9 premiers chiffres du SIRET", "first 9 digits of SIRET"),
            )  # fmt: skip
    for row, (active, closed) in enumerate(
        zip(companies.column("etab_actif"), companies.column("etab_fermeture_date"), strict=True)
    ):
        if active == "oui" and closed.strip():
            yield _finding(
                "closed_yet_active", companies, row, "etab_fermeture_date",
                Text("L'établissement est dit actif et fermé.",
                     "The establishment is said to be active and closed."),
                value=shown(closed), severity="warning",
            )  # fmt: skip


def _references(delivery: Delivery, table: str, column: str, target: str) -> Iterator[Finding]:
    """Identifiers of rows that are not there."""
    delivered = delivery.tables[table]
    if target not in delivery.tables:
        yield Finding(
            "table_missing", "warning", delivered.file,
            Text(f"La livraison n'a pas la table {standard().tables[target].class_} : ses "
                 "identifiants ne sont pas vérifiés.",
                 f"The delivery has no table {standard().tables[target].class_}: its identifiers "
                 "are not checked."),
            table=delivered.table.class_, column=column,
        )  # fmt: skip
        return
    known = set(delivery.tables[target].column(standard().tables[target].key))
    by_plain = {"".join(each.split()): each for each in known}
    for row, value in enumerate(delivered.column(column)):
        for part in value.split(standard().several):
            if part and part not in known:
                yield _finding(
                    "reference", delivered, row, column,
                    Text(f"Cet identifiant n'est pas dans {standard().tables[target].class_}.",
                         f"This identifier is not in {standard().tables[target].class_}."),
                    value=shown(part), suggestion=by_plain.get("".join(part.split()), ""),
                    expected=Text("un identifiant de la livraison", "an identifier delivered"),
                )  # fmt: skip


def _poles(poles: Delivered, sites: Delivered) -> Iterator[Finding]:
    """Figures of a group that differ from those of its sites; a delivery may hold only some."""
    figures = {
        "pole_nb_site": ["1"] * len(sites.lines),
        "pole_surface": sites.column("site_surf_brute"),
    }
    for name, values in figures.items():
        sums: dict[str, float] = defaultdict(float)
        for pole, value in zip(sites.column("pole_id"), values, strict=True):
            sums[pole] += number_of(value) or 0.0
        for row, (pole, told) in enumerate(
            zip(poles.column("pole_id"), poles.column(name), strict=True)
        ):
            number, due = number_of(told), round(sums[pole], 4)
            # the GeoPackage template counts whole hectares
            slack = 0.5 if poles.shapes is not None else _tolerance(due)
            if number is not None and abs(number - due) > slack:
                yield _finding(
                    "pole_sum", poles, row, name,
                    Text("Le chiffre n'est pas celui des sites livrés de ce pôle.",
                         "The figure is not that of the delivered sites of this group."),
                    value=told, expected=Text(f"{due:g}", f"{due:g}"), severity="warning",
                )  # fmt: skip


def _tolerance(area: float) -> float:
    """Hectares by which a sum may differ: rounding, never more."""
    return max(_AREA_TOLERANCE_HA, area * _RELATIVE_TOLERANCE)


def _finding(
    rule: str,
    delivered: Delivered,
    row: int,
    column: str,
    what: Text,
    *,
    severity: Severity = "error",
    **about: Any,  # noqa: ANN401 - the fields of a finding
) -> Finding:
    """Finding about one cell."""
    return Finding(rule, severity, delivered.file, what, **at(delivered, row, column), **about)
