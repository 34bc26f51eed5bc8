"""The ``check`` and ``import`` commands: what a file is, and its features into a store."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from geodata.command_line import LanguageOption, both, examples, working
from geodata.errors import (
    DataError,
    Fault,
    MissingFileError,
    PlanningError,
    StoreError,
)
from geodata.language import Language, Text
from geodata.layouts import load_mapping
from geodata.reading.importing import FileReading, read_file
from geodata.reading.reporting import document, line, report
from geodata.standards.cnig_se import check_delivery
from geodata.store import (
    DEMO_STORE,
    STORE_VARIABLE,
    read_layers,
    shown_name,
    store_address,
    write_layers,
)

__all__ = ["add_reading"]

Standard = Literal["cnig-se"]
"""Standard of partners that a delivery can be held to."""

_JsonOption = Annotated[
    bool, typer.Option("--json", help="Une ligne JSON par fichier. / A JSON line per file.")
]
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))


def add_reading(app: typer.Typer) -> None:
    """Add both commands to the command line of the layers."""
    app.command(
        "check",
        help=both(
            Text(
                "Dit ce que sont des fichiers et ce qui n'y va pas, sans rien importer.",
                "Say what files are and what is wrong in them, without importing anything.",
            )
        ),
        epilog=examples(
            "python -m geodata check parcelles.json.gz zonage.zip --json",
            "python -m geodata check --standard cnig-se livraison.zip",
        ),
    )(_check)
    app.command(
        "import",
        help=both(
            Text(
                "Importe un fichier (GeoJSON, GeoPackage, Shapefile, EDIGEO, DXF, KML, MapInfo, "
                "CSV, XLSX, GeoParquet, GTFS) dans une base.",
                "Import a file (GeoJSON, GeoPackage, Shapefile, EDIGEO, DXF, KML, MapInfo, CSV, "
                "XLSX, GeoParquet, GTFS) into a store.",
            )
        ),
        epilog=examples(
            "python -m geodata import parcelles.json.gz --store metropole.gpkg",
            "python -m geodata import zac.geojson --as zones --crs EPSG:2154 "
            "--store metropole.gpkg",
            "python -m geodata import zonage.zip --repair --store metropole.gpkg --json",
        ),
    )(_import)


def _check(
    files: Annotated[
        list[Path], typer.Argument(help="Fichiers, dossiers, archives. / Files, folders, archives.")
    ],
    *,
    as_json: _JsonOption = False,
    standard: Annotated[
        Standard | None,
        typer.Option("--standard", help="Standard de livraison. / Standard of a delivery."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", help="Base dont les parcelles font foi. / Store of parcels."),
    ] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Report on each file; exit 0 when all were answered."""
    if standard is not None:
        _check_deliveries(files, store=store, as_json=as_json, lang=lang)
        return
    say = line if as_json else report
    doing = Text(f"Lecture de {len(files)} fichier(s)…", f"Reading {len(files)} file(s)…")
    with working(doing, lang):
        for file, reading in _readings(files):
            typer.echo(say(reading, file=_safe(str(file)), language=lang))


def _check_deliveries(
    files: Sequence[Path], *, store: Path | None, as_json: bool, lang: Language
) -> None:
    """Hold deliveries to the standard, lands to the parcels of ``store``; exit 1 on errors."""
    held = {} if store is None else read_layers(store, only=("parcels",))
    parcels = held["parcels"].features if "parcels" in held else None
    has_errors = False
    for file in files:
        with working(Text(f"Contrôle de {file.name}…", f"Checking {file.name}…"), lang):
            found = check_delivery(file, parcels=parcels)
        has_errors = has_errors or not found.is_accepted
        if as_json:
            typer.echo(json.dumps(found.document(lang), ensure_ascii=False, allow_nan=False))
        else:
            typer.echo(found.say(lang))
    if has_errors:
        raise typer.Exit(1)


def _import(
    file: Annotated[Path, typer.Argument(help="Fichier à importer. / File to import.")],
    *,
    layer: Annotated[
        str | None,
        typer.Option("--as", help="Couche, telle que parcels. / Layer, such as parcels."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            help="Base, créée au besoin : fichier ou URL PostgreSQL. / Store: file or URL.",
        ),
    ] = None,
    crs: Annotated[
        str | None,
        typer.Option(
            "--crs",
            help="Système des coordonnées, tel que EPSG:2154. / Reference system of the file.",
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", help="Correspondance enregistrée. / Saved mapping of columns."),
    ] = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Réparer ce qui peut l'être. / Repair what can be."),
    ] = False,
    as_json: _JsonOption = False,
    lang: LanguageOption = "fr",
) -> None:
    """Read a file, report, put what can be used into a store; its other layers stay."""
    target = store if store is not None else store_address()
    if _is_demonstration(target):
        raise StoreError(_DEMO_IS_READ_ONLY if store is not None else _NO_STORE)
    known = load_mapping(mapping) if mapping is not None else None
    with working(Text(f"Lecture de {file.name}…", f"Reading {file.name}…"), lang):
        reading = read_file(file, layer=layer, crs=crs, mapping=known, repair=repair)
    if not as_json and not reading.layers:
        missing = not file.exists()
        raise (MissingFileError if missing else DataError)(*_why(reading, file))
    editions: list[dict[str, Any]] = []
    if reading.layers:
        doing = f"Écriture de {shown_name(target)}…", f"Writing {shown_name(target)}…"
        with working(Text(*doing), lang):
            kept = write_layers(target, reading.layers)
        editions = [
            {"layer": each.layer, "rows": each.rows, "date": each.date, "digest": each.digest}
            for each in kept
        ]
    if as_json:
        said = document(reading, file=_safe(str(file)), language=lang)
        typer.echo(json.dumps({**said, "editions": editions}, ensure_ascii=False, allow_nan=False))
    else:
        typer.echo(report(reading, file=_safe(file.name), language=lang))
    if not reading.layers:
        raise typer.Exit(2)


def _readings(files: Sequence[Path]) -> Iterator[tuple[Path, FileReading]]:
    """Readings in the order of the files, a few at a time."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from zip(files, pool.map(_answered, files), strict=True)


def _answered(file: Path) -> FileReading:
    """Reading of one file; whatever goes wrong, there is an answer."""
    try:
        return read_file(file, with_coverage=False)
    except PlanningError as error:
        faults = error.faults
    except Exception as error:  # noqa: BLE001 - the other files are to be answered too
        faults = (_our_fault(error),)
    together = Text(
        " ".join(f"{each.what.fr} {each.remedy.fr}" for each in faults),
        " ".join(f"{each.what.en} {each.remedy.en}" for each in faults),
    )
    return FileReading("refused", None, 0, None, (), (), together, faults=faults)


def _why(reading: FileReading, file: Path) -> tuple[Fault, ...]:
    """Faults of a file that gives no layer."""
    if reading.faults:
        return reading.faults
    columns = [
        ", ".join(str(each) for each in table.frame.columns[:12]) for table in reading.tables[:3]
    ]
    met = " · ".join(columns) or "—"
    return (
        Fault(
            Text(f"Présentation inconnue ; colonnes : {met}.", f"Unknown layout; columns: {met}."),
            file.name,
            Text(
                "Dire la couche avec --as, ou une correspondance enregistrée avec --mapping.",
                "Say the layer with --as, or a saved mapping with --mapping.",
            ),
        ),
    )


def _is_demonstration(store: Path | str) -> bool:
    """Whether a store is the packaged demonstration."""
    return isinstance(store, Path) and store.resolve() == DEMO_STORE.resolve()


def _safe(text: str) -> str:
    """Text that any output can take, whatever bytes a file name holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _our_fault(error: Exception) -> Fault:
    """Fault of the program on one file."""
    kind = type(error).__name__
    return Fault(
        Text(
            f"Erreur du programme ({kind}) : ce fichier n'a pas pu être lu.",
            f"An error of the program ({kind}): this file could not be read.",
        ),
        "",
        Text("Transmettre ce fichier aux développeurs.", "Pass this file on to the developers."),
    )


_DEMO_IS_READ_ONLY = Fault(
    Text(
        "La base de démonstration ne se modifie pas.", "The demonstration store is not for writing."
    ),
    DEMO_STORE.name,
    Text(
        "Choisir un autre fichier, par exemple --store metropole.gpkg.",
        "Choose another file, for instance --store metropole.gpkg.",
    ),
)
_NO_STORE = Fault(
    Text("La base n'est pas indiquée.", "No store is given."),
    "",
    Text(
        f"Ajouter --store metropole.gpkg, ou définir {STORE_VARIABLE}.",
        f"Add --store metropole.gpkg, or set {STORE_VARIABLE}.",
    ),
)
