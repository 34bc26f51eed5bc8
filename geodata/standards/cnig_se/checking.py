"""The check of a delivery: every rule of the standard, those its own tools leave out included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd

from geodata.standards.cnig_se.cells import cell_findings
from geodata.standards.cnig_se.columns import column_findings
from geodata.standards.cnig_se.delivered import Delivery
from geodata.standards.cnig_se.delivery import read_delivery
from geodata.standards.cnig_se.findings import DeliveryReport, Finding, report
from geodata.standards.cnig_se.ground import ground_findings, parcel_findings
from geodata.standards.cnig_se.placing import placed
from geodata.standards.cnig_se.relations import relation_findings

__all__ = ["check_delivery"]


def check_delivery(
    path: Path, *, profile: str | None = None, parcels: gpd.GeoDataFrame | None = None
) -> DeliveryReport:
    """Everything that is wrong in the delivery at ``path``.

    Parameters
    ----------
    path
        A folder, a ZIP archive, a GeoPackage or one CSV.
    profile
        ``public``, ``partner`` or ``internal``; by default the one its metadata name, else public,
        for which confidential columns must be empty.
    parcels
        Cadastre to hold the lands to, indexed by the 14 characters, in any declared CRS.

    Raises
    ------
    MissingFileError
        Nothing is there.
    FileFormatError, DataError
        Nothing of the standard can be read.
    """
    deliveries = read_delivery(path)
    held_to = profile or next((each.profile for each in deliveries if each.profile), None)
    held_to = held_to or "public"
    rows = {
        f"{table.file}" if table.shapes is None else f"{table.file}:{table.name}": len(table.lines)
        for each in deliveries
        for table in each.tables.values()
    }
    found = [
        finding for each in deliveries for finding in _findings(each, profile=held_to,
                                                                parcels=parcels)
    ]  # fmt: skip
    return report(found, name=path.name, profile=held_to, rows=rows)


def _findings(
    delivery: Delivery, *, profile: str, parcels: gpd.GeoDataFrame | None
) -> Iterator[Finding]:
    """Findings of all rules, table by table first."""
    yield from delivery.defects
    grounds = {}
    for name, table in delivery.tables.items():
        yield from column_findings(table)
        yield from cell_findings(table, profile=profile, is_demo=delivery.is_demo)
        grounds[name], wrong = placed(table)
        yield from wrong
    yield from relation_findings(delivery)
    yield from ground_findings(grounds)
    if parcels is not None and "terrain_eco" in grounds:
        yield from parcel_findings(grounds["terrain_eco"], parcels)
