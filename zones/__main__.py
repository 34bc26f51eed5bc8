"""Command line of the sites: judge parcels for a project, and write what partners receive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from charters.editions import charters_in_use
from charters.editions_command import EditionOption
from geodata.command_line import (
    LanguageOption,
    application,
    asked_day,
    both,
    examples,
    run,
    working,
)
from geodata.errors import Fault, ProjectError, SelectionError, StoreError
from geodata.language import Text
from geodata.layers import Layer
from geodata.reading.importing import read_layer
from geodata.store import DEMO_STORE, read_layers
from geodata.writing.files import replacing
from zones.assessment import assess
from zones.files import Format, content, evidence, format_of
from zones.projects import Project, read_project
from zones.sites import each_parcel, one_site

app = application(
    Text(
        "Juger des parcelles pour un projet, article par article.",
        "Judge parcels for a project, article by article.",
    )
)

_DEMO = "démonstration / demonstration"


@app.callback()
def _group() -> None:
    """Keep ``assess`` a named command beside those to come."""


@app.command(
    "assess",
    help=both(Text("Juger un site ou tout un fichier.", "Judge one site or a whole file.")),
    epilog=examples(
        "python -m zones assess --parcels 80021000ZX0012,80021000ZX0013 \\",
        "  --project zones/examples/digital_offices.yaml --out verdicts.geojson",
        "python -m zones assess --parcels-file parcelles.json --project projet.yaml \\",
        "  --format csv --date 2026-11-01 --lang en --out verdicts.csv",
        "python -m zones assess --parcels 80021000ZX0012 --project projet.yaml --out avis.gpkg",
    ),
)
def assess_parcels(  # noqa: PLR0913 - the options of the command
    *,
    project: Annotated[Path, typer.Option(help="Fichier du projet (YAML). / Project file (YAML).")],
    parcels: Annotated[
        str | None,
        typer.Option(help="Un site : identifiants séparés par des virgules. / One site: ids."),
    ] = None,
    parcels_file: Annotated[
        Path | None,
        typer.Option(help="Chaque parcelle est un site. / Every parcel is its own site."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Fichier écrit ; l'écran sans lui. / File written.")
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option(help="GeoJSON des articles et preuves. / GeoJSON of articles and evidence."),
    ] = None,
    output: Annotated[
        Format | None, typer.Option("--format", help="geojson, gpkg, json, csv")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(help="Jour du jugement, AAAA-MM-JJ. / Day of judgment, YYYY-MM-DD."),
    ] = None,
    store: Annotated[
        Path, typer.Option(help="Dépôt des couches. / Layer store.", show_default=_DEMO)
    ] = DEMO_STORE,
    crs: Annotated[
        str | None, typer.Option(help="Système du fichier de parcelles, EPSG:2154…")
    ] = None,
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Read everything, judge, then write; nothing is written when something is wrong."""
    asked = format_of(output, out)
    _check_targets([out, articles], sources=[project, parcels_file, store])
    described = read_project(project)
    day = _day(date, described)
    judged_by = charters_in_use(edition)
    layers = dict(read_layers(store))
    if (parcels is None) == (parcels_file is None):
        raise SelectionError(
            Fault(
                Text(
                    "Donner soit --parcels, soit --parcels-file.",
                    "Give either --parcels or --parcels-file.",
                ),
                "",
                Text("Voir --help.", "See --help."),
            )
        )
    with working(Text("Lecture et jugement…", "Reading and judging…"), lang):
        if parcels_file is not None:
            layers["parcels"] = read_layer(parcels_file, layer="parcels", crs=crs)
        ground = _parcels(layers)
        sites = (
            each_parcel(ground)
            if parcels is None
            else one_site(ground, [each.strip() for each in parcels.split(",") if each.strip()])
        )
        assessment = assess(sites, described, layers, charters=judged_by, day=day)
        written = content(assessment, ground, layers, output=asked, language=lang)
        files = {} if out is None else {out: written}
        if articles is not None:
            files[articles] = evidence(assessment, layers, language=lang)
    _write(files)
    if out is None:
        text = written.decode("utf-8-sig")
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        said = Text(
            f"{len(sites)} site(s) jugé(s) : {out.name}", f"{len(sites)} site(s) judged: {out.name}"
        )
        typer.echo(said.say(lang), err=True)


def _write(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or none of them."""
    with ExitStack() as together:
        for path, content in files.items():
            together.enter_context(replacing(path)).write_bytes(content)


def _check_targets(targets: list[Path | None], *, sources: list[Path | None]) -> None:
    """Refuse, before any work, files that cannot be written or that would replace what is read."""
    faults: list[Fault] = []
    taken = {each.resolve() for each in sources if each is not None}
    for path in filter(None, targets):
        if path.is_dir():
            what = Text("C'est un dossier, pas un fichier.", "This is a folder, not a file.")
            remedy = Text("Ajouter un nom de fichier.", "Add a file name.")
        elif not path.parent.is_dir():
            what = Text("Le dossier de ce fichier n'existe pas.", "Its folder does not exist.")
            remedy = Text("Le créer, ou en choisir un autre.", "Create it, or choose another one.")
        elif path.resolve() in taken:
            what = Text(
                "Ce fichier est lu ou écrit par la même commande.",
                "The same command reads or writes this file.",
            )
            remedy = Text("Choisir un autre nom.", "Choose another name.")
        else:
            taken.add(path.resolve())
            continue
        faults.append(Fault(what, path.name, remedy))
    if faults:
        raise StoreError(*faults)


def _parcels(layers: dict[str, Layer]) -> gpd.GeoDataFrame:
    """Features of the parcel layer."""
    if "parcels" in layers:
        return layers["parcels"].features
    raise SelectionError(
        Fault(
            Text("Le dépôt ne contient pas de parcelles.", "The store holds no parcels."),
            "",
            Text(
                "Importer un cadastre : python -m geodata import FICHIER --as parcels.",
                "Import a cadastre: python -m geodata import FILE --as parcels.",
            ),
        )
    )


def _day(asked: str | None, project: Project) -> dt.date:
    """Day asked for, else the filing date of the project, else an error: no day is assumed."""
    if asked is not None:
        return asked_day(asked, option="--date")
    if project.filing_date is not None:
        return project.filing_date
    raise ProjectError(
        Fault(
            Text(
                "Aucune date ne choisit les valeurs en vigueur.",
                "No date selects the values in force.",
            ),
            "",
            Text(
                "Ajouter filing_date au projet, ou l'option --date.",
                "Add filing_date to the project, or the option --date.",
            ),
        )
    )


if __name__ == "__main__":
    run(app, name="python -m zones")
