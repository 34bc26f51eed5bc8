"""A delivery of the standard: four CSV, four GeoJSON, a GeoPackage, metadata, what is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geodata import profiles
from geodata.crs import to_partner, to_web
from geodata.errors import Fault, StoreError
from geodata.language import Text
from geodata.layers import Layers
from geodata.profiles import Profile
from geodata.standards.cnig_se.building import Built, build
from geodata.standards.cnig_se.checking import check_delivery
from geodata.standards.cnig_se.findings import DeliveryReport
from geodata.standards.cnig_se.geopackage import write_geopackage
from geodata.standards.cnig_se.issuer import AMIENS_METROPOLE, Issuer
from geodata.standards.cnig_se.metadata import Described, metadata_xml
from geodata.standards.cnig_se.registry import Registry
from geodata.standards.cnig_se.standard import standard
from geodata.standards.cnig_se.texts import csv_text, geojson_text, missing_text, typed
from geodata.writing.files import write_text

__all__ = ["TO_COMPLETE", "export_and_check", "export_cnig_se"]

TO_COMPLETE = "a-completer.csv"
"""Objects that could not be delivered, and the required values that no layer holds."""
_METADATA_NAME = re.compile(r"fr-\d{9}-SITE-ECO\d{8}\.xml")


def export_cnig_se(
    layers: Layers,
    folder: Path,
    *,
    day: dt.date,
    profile: Profile = "public",
    registry: Path | None = None,
    issuer: Issuer = AMIENS_METROPOLE,
) -> tuple[Path, ...]:
    """Write a delivery of ``layers`` into ``folder``; the files written.

    Parameters
    ----------
    layers
        Layers of a store, see :func:`geodata.standards.cnig_se.building.build`.
    folder
        Where the files go; made when there is none.
    day
        Day of the delivery.
    profile
        Who receives it: confidential columns stay empty but for an internal recipient.
    registry
        File that keeps identifiers from one delivery to the next; without it, equal layers make
        equal identifiers, but a removed object may leave its number to another.
    issuer
        Authority that delivers.

    Raises
    ------
    StoreError
        A file cannot be written.
    DataError
        The registry cannot be read.
    """
    return export_and_check(
        layers, folder, day=day, profile=profile, registry=registry, issuer=issuer
    )[0]


def export_and_check(
    layers: Layers,
    folder: Path,
    *,
    day: dt.date,
    profile: Profile,
    registry: Path | None,
    issuer: Issuer,
) -> tuple[tuple[Path, ...], DeliveryReport]:
    """The same, with what our own check says of the delivery, as its metadata do."""
    known = Registry() if registry is None else Registry.read(registry)
    built = build(layers, day=day, registry=known, issuer=issuer)
    _make_folder(folder)
    mark = "DEMO_" if built.demo_rows else ""
    rows = {name: _leaving(each, name, profile) for name, each in built.rows.items()}
    if registry is not None:
        known.write(registry)
    written = _write_tables(folder, built, rows, mark, profile)
    described = Described(layers, built, issuer=issuer, day=day, profile=profile)
    name = f"fr-{issuer.siren}-SITE-ECO{day:%Y%m%d}.xml"
    _forget_earlier(folder, keep={name, *(path.name for path in written)})
    package = folder / f"{mark}sites_economiques.gpkg"
    _write_package(package, built, rows, day, metadata_xml(described, is_conformant=None))
    report = check_delivery(folder, profile=profile)
    write_text(folder / name, metadata_xml(described, is_conformant=report.is_accepted))
    return (*written, package, folder / name), report


def _leaving(rows: list[dict[str, Any]], table: str, profile: Profile) -> list[dict[str, Any]]:
    """Rows as a recipient may have them: every column is there, some of them empty."""
    names = list(standard().tables[table].columns)
    frame = pd.DataFrame(rows, columns=[each for each in names if not rows or each in rows[0]])
    kept = profiles.apply(frame.astype(object), layer=table, profile=profile)
    every = kept.reindex(columns=frame.columns)
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in every.to_dict("records")
    ]


def _write_tables(
    folder: Path,
    built: Built,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    mark: str,
    profile: Profile,
) -> list[Path]:
    """CSV and GeoJSON of every table, and the list of what is missing."""
    written = []
    for name, table in standard().tables.items():
        frame = to_web(built.shapes[name].to_frame("geometry"))
        shapes = frame.geometry.to_numpy()
        path = folder / f"{mark}{table.file}.csv"
        write_text(path, csv_text(table, rows[name], shapes))
        written.append(path)
        path = folder / f"{mark}{table.file}.geojson"
        write_text(path, geojson_text(table, rows[name], frame, mark, profile))
        written.append(path)
    if built.left_out:
        path = folder / TO_COMPLETE
        write_text(path, missing_text(built))
        written.append(path)
    return written


def _write_package(
    path: Path,
    built: Built,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    day: dt.date,
    metadata: str,
) -> None:
    """GeoPackage in Lambert-93."""
    tables = standard().tables
    shapes = {
        name: [
            typed(each, tables[name])
            for each in to_partner(built.shapes[name].to_frame("geometry")).geometry
        ]
        for name in tables
    }
    moment = f"{day.isoformat()}T00:00:00.000Z"
    write_geopackage(path, rows, shapes, moment=moment, metadata=metadata)


def _forget_earlier(folder: Path, *, keep: set[str]) -> None:
    """Remove what an earlier delivery left in the folder and this one does not replace."""
    tables = [f"{table.file}.{kind}" for table in standard().tables.values()
              for kind in ("csv", "geojson")]  # fmt: skip
    ours = {TO_COMPLETE, *tables, *(f"DEMO_{each}" for each in tables)}
    ours |= {"sites_economiques.gpkg", "DEMO_sites_economiques.gpkg"}
    for path in folder.iterdir():
        if path.name not in keep and (path.name in ours or _METADATA_NAME.fullmatch(path.name)):
            path.unlink()


def _make_folder(folder: Path) -> None:
    """Make the folder of the delivery."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            Fault(
                Text("Ce dossier ne peut pas être créé.", "This folder cannot be made."),
                folder.name,
                Text("Choisir un autre dossier avec --out.", "Choose another one with --out."),
            )
        ) from error
