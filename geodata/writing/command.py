"""The ``export`` command: layers of a store become the files that partners open."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from geodata.catalog import catalog
from geodata.command_line import LanguageOption, both, examples, working
from geodata.errors import Fault, SelectionError, StoreError, did_you_mean
from geodata.language import Language, Text, number_text
from geodata.layers import Layer
from geodata.profiles import Profile
from geodata.standards.cnig_se.command import deliver
from geodata.store import read_layers, store_address
from geodata.writing import csv, geojson
from geodata.writing.files import replacing
from geodata.writing.geopackage import write_geopackage
from geodata.writing.outgoing import metadata, outgoing, table, title, with_days

__all__ = ["Format", "StoreOption", "add_export", "chosen_layers", "export_layers"]

Format = Literal["geojson", "gpkg", "csv"]
"""Kind of file."""

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="Base : fichier ou URL PostgreSQL. / Store: file or URL."),
]
"""Type of the ``store`` parameter; None is the store that the environment names, or the demo."""

_BY_SUFFIX: dict[str, Format] = {
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".json": "geojson",
    ".csv": "csv",
}


def add_export(app: typer.Typer) -> None:
    """Add the command to the command line of the layers."""
    app.command(
        "export",
        help=both(
            Text(
                "Exporte des couches : GeoJSON (WGS84), GeoPackage (Lambert-93) ou CSV.",
                "Export layers: GeoJSON (WGS84), GeoPackage (Lambert-93) or CSV.",
            )
        ),
        epilog=examples(
            "python -m geodata export --layer parcels --layer zones --out couches.gpkg",
            "python -m geodata export --layer zones --format csv --out zones.csv --lang en",
            "python -m geodata export --standard cnig-se --profile public --out livraison",
        ),
    )(_export)


def _export(  # noqa: PLR0913 - the options of a command
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            help="Fichier ; dossier pour plusieurs GeoJSON ou CSV. / File; folder for several.",
        ),
    ],
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", help="Couche, à répéter ; toutes sans elle. / Layer; all without."),
    ] = None,
    output: Annotated[Format | None, typer.Option("--format", help="geojson, gpkg, csv")] = None,
    store: StoreOption = None,
    profile: Annotated[
        Profile, typer.Option("--profile", help="Destinataire / recipient.")
    ] = "partner",
    standard: Annotated[
        Literal["cnig-se"] | None,
        typer.Option("--standard", help="Livraison d'un standard, dans un dossier. / Delivery."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Jour de la livraison. / Day of a delivery.")
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option("--registry", help="Identifiants déjà donnés. / Identifiers given so far."),
    ] = None,
    siren: Annotated[
        str | None, typer.Option("--siren", help="EPCI, comme 248000531:Nom. / Authority.")
    ] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Read everything, then write; nothing is written when something is wrong."""
    if standard is not None:
        files, about = deliver(
            out, store=store or store_address(), profile=profile, day=day, registry=registry,
            siren=siren, language=lang,
        )  # fmt: skip
        for path in files:
            typer.echo(path)
        typer.echo(about, err=True)
        return
    asked: Format = output or _BY_SUFFIX.get(out.suffix.lower(), "geojson")
    source = store or store_address()
    if isinstance(source, Path) and out.resolve() == source.resolve():
        raise StoreError(_OVER_ITS_SOURCE)
    with working(Text("Lecture des couches…", "Reading layers…"), lang):
        layers = chosen_layers(source, layer)
    with working(Text(f"Écriture de {out.name}…", f"Writing {out.name}…"), lang):
        written = export_layers(out, layers, output=asked, profile=profile, language=lang)
    for path in written:
        typer.echo(path)
    rows = number_text(sum(each.edition.rows for each in layers.values()), lang)
    said = Text(
        f"{len(layers)} couche(s), {rows} objets exportés.",
        f"{len(layers)} layer(s), {rows} features exported.",
    )
    typer.echo(said.say(lang), err=True)


def chosen_layers(store: Path | str, names: list[str] | None) -> dict[str, Layer]:
    """Layers of ``store`` that were asked for, or all of them, in the order of the catalog.

    Raises
    ------
    SelectionError
        Names that no layer has, or that the store does not hold, all at once.
    StoreError
        The store cannot be read.
    """
    unknown = [each for each in dict.fromkeys(names or ()) if each not in catalog()]
    if unknown:
        raise SelectionError(*(_unknown(each, catalog()) for each in unknown))
    held = read_layers(store, only=names or None)
    absent = [each for each in dict.fromkeys(names or ()) if each not in held]
    if absent:
        known = read_layers(store, check=False)
        raise SelectionError(*(_absent(each, known) for each in absent))
    if not held:
        raise SelectionError(_EMPTY_STORE)
    return held


def export_layers(
    out: Path,
    layers: Mapping[str, Layer],
    *,
    output: Format,
    profile: Profile,
    language: Language,
) -> list[Path]:
    """Write ``layers`` for the recipient that ``profile`` names; the files written.

    A GeoPackage holds all of them. GeoJSON and CSV hold one layer each: for several, ``out`` is a
    folder, made when there is none, where each takes its layer's name. All files take their place
    together, once all of them are whole.

    Raises
    ------
    StoreError
        A file cannot be written.
    """
    if output == "gpkg":
        write_geopackage(
            out,
            {
                name: with_days(outgoing(each, profile=profile), layer=name)
                for name, each in layers.items()
            },
            metadata=metadata(layers.values(), profile=profile, language=language),
            titles={name: title(each, language) for name, each in layers.items()},
        )
        return [out]
    several = len(layers) > 1 or out.is_dir()
    if several:
        _make_folder(out)
    paths = {name: out / f"{name}.{output}" if several else out for name in layers}
    with ExitStack() as together:
        for name, path in paths.items():
            text = _text(layers[name], output=output, profile=profile, language=language)
            # Excel reads accents only behind a byte order mark.
            encoded = text.encode("utf-8-sig" if output == "csv" else "utf-8")
            together.enter_context(replacing(path)).write_bytes(encoded)
    return list(paths.values())


def _text(layer: Layer, *, output: Format, profile: Profile, language: Language) -> str:
    """One layer as the text of a file."""
    features = outgoing(layer, profile=profile)
    if output == "csv":
        return csv.to_text(table(features))
    told = metadata([layer], profile=profile, language=language)
    return geojson.to_text(features, metadata=told)


def _make_folder(folder: Path) -> None:
    """Make the folder where several files go."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(_no_folder(folder)) from error


def _unknown(name: str, known: Mapping[str, object]) -> Fault:
    """Fault of a name that no layer has."""
    return Fault(
        Text(f"Aucune couche « {name} ».", f"No layer “{name}”."),
        "--layer",
        did_you_mean(name, known),
    )


def _absent(name: str, held: Mapping[str, Layer]) -> Fault:
    """Fault of a layer that this store lacks."""
    every = ", ".join(held) or "–"
    return Fault(
        Text(
            f"La base ne contient pas la couche « {name} ».",
            f"The store does not hold the layer “{name}”.",
        ),
        "--layer",
        Text(f"Elle contient : {every}.", f"It holds: {every}."),
    )


def _no_folder(folder: Path) -> Fault:
    """Fault of a folder that cannot be made."""
    return Fault(
        Text(
            "Plusieurs couches vont dans un dossier, et celui-ci ne peut être créé.",
            "Several layers go into a folder, and this one cannot be made.",
        ),
        folder.name,
        Text(
            "Choisir un autre --out, ou --format gpkg.", "Choose another --out, or --format gpkg."
        ),
    )


_OVER_ITS_SOURCE = Fault(
    Text(
        "L'export remplacerait la base dont il est tiré.",
        "The export would replace the store it is made from.",
    ),
    "--out",
    Text("Choisir un autre nom.", "Choose another name."),
)

_EMPTY_STORE = Fault(
    Text("La base ne contient aucune couche.", "The store holds no layer."),
    "--store",
    Text("Importer d'abord un fichier.", "Import a file first."),
)
