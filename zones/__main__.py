"""Command line of the sites: judge parcels for a project, and write what partners receive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from charters.editions import charters_in_use
from charters.editions_command import EditionFromOption, EditionOption, EditionToOption
from geodata.command_line import (
    LanguageOption,
    application,
    asked_day,
    both,
    examples,
    run,
    working,
)
from geodata.errors import Fault, SelectionError
from geodata.language import Text
from geodata.reading.importing import read_layer
from geodata.store import DEMO_STORE, read_layers
from zones.assessment import assess
from zones.change_command import add_change
from zones.commands import (
    check_targets,
    hand_over,
    ids_in,
    judgment_day,
    parcels_of,
    write_all,
)
from zones.compare_command import comparison
from zones.comparison_files import ComparisonFormat
from zones.diff_command import difference
from zones.difference_files import DifferenceFormat
from zones.files import Format, content, evidence, format_of
from zones.measures import ground_of, keep_facts
from zones.preview_command import add_preview
from zones.projects import read_project
from zones.silence import silent_layers
from zones.sites import each_parcel, one_site

app = application(
    Text(
        "Juger des parcelles pour un projet, article par article.",
        "Judge parcels for a project, article by article.",
    )
)

add_preview(app)

_DEMO = "démonstration / demonstration"


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
    check_targets([out, articles], sources=[project, parcels_file, store])
    described = read_project(project)
    day = judgment_day(date, described)
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
        land = parcels_of(layers)
        sites = each_parcel(land) if parcels is None else one_site(land, ids_in(parcels))
        ground = ground_of(sites, layers)
        keep_facts(ground)
        assessment = assess(sites, described, layers, charters=judged_by, day=day, ground=ground)
        written = content(assessment, land, layers, output=asked, language=lang)
        files = {} if out is None else {out: written}
        if articles is not None:
            files[articles] = evidence(assessment, layers, language=lang)
    write_all(files)
    for each in silent_layers(assessment):
        typer.echo(each.say(lang), err=True)
    if out is None:
        text = written.decode("utf-8-sig")
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        said = Text(
            f"{len(sites)} site(s) jugé(s) : {out.name}", f"{len(sites)} site(s) judged: {out.name}"
        )
        typer.echo(said.say(lang), err=True)


@app.command(
    "compare",
    help=both(
        Text(
            "Comparer des projets sur un site, ou un projet sur plusieurs sites.",
            "Compare projects on a site, or one project on several sites.",
        )
    ),
    epilog=examples(
        "python -m zones compare --parcels 80021000ZX0012,80021000ZX0013 \\",
        "  --project zones/examples/digital_offices.yaml --project zones/examples/hotel.yaml",
        "python -m zones compare --parcels 80021000ZX0012 --parcels 80021000ZX0702 \\",
        "  --project projet.yaml --format csv --out comparaison.csv",
    ),
)
def compare_cases(
    *,
    parcels: Annotated[
        list[str],
        typer.Option(help="Un site : ses parcelles ; à répéter. / One site: its parcels; repeat."),
    ],
    project: Annotated[
        list[Path], typer.Option(help="Fichier de projet, à répéter. / Project file; repeat.")
    ],
    date: Annotated[
        str | None,
        typer.Option(help="Jour du jugement, AAAA-MM-JJ. / Day of judgment, YYYY-MM-DD."),
    ] = None,
    output: Annotated[ComparisonFormat, typer.Option("--format", help="text, csv, json")] = "text",
    out: Annotated[
        Path | None, typer.Option(help="Fichier écrit ; l'écran sans lui. / File written.")
    ] = None,
    store: Annotated[
        Path, typer.Option(help="Dépôt des couches. / Layer store.", show_default=_DEMO)
    ] = DEMO_STORE,
    edition: EditionOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Judge every project on every site on one day, side by side."""
    check_targets([out], sources=[*project, store])
    with working(Text("Lecture et jugement…", "Reading and judging…"), lang):
        written = comparison(
            parcels,
            project,
            read_layers(store),
            charters=charters_in_use(edition),
            date=date,
            output=output,
            language=lang,
        )
    hand_over(written, out=out, language=lang)


@app.command(
    "diff",
    help=both(
        Text(
            "Dire quelles parcelles changent de verdict entre deux dates ou deux éditions.",
            "Say which parcels change verdict between two days or two editions.",
        )
    ),
    epilog=examples(
        "python -m zones diff --from 2015-01-01 --to 2026-11-22 \\",
        "  --project zones/examples/digital_offices.yaml",
        "python -m zones diff --from 2026-06-30 --to 2026-07-01 --project projet.yaml \\",
        "  --parcels-file parcelles.json --format geojson --out changements.geojson",
        "python -m zones diff --edition-from 1 --edition-to 2 --project projet.yaml --format csv",
    ),
)
def diff(  # noqa: PLR0913 - the options of the command
    *,
    project: Annotated[Path, typer.Option(help="Fichier du projet (YAML). / Project file (YAML).")],
    start: Annotated[
        str | None, typer.Option("--from", help="Premier jour, sinon le dépôt. / First day.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="Second jour, sinon le dépôt. / Second day.")
    ] = None,
    edition_from: EditionFromOption = None,
    edition_to: EditionToOption = None,
    parcels_file: Annotated[
        Path | None,
        typer.Option(help="Chaque parcelle est un site. / Every parcel is its own site."),
    ] = None,
    output: Annotated[
        DifferenceFormat, typer.Option("--format", help="text, csv, json, geojson")
    ] = "text",
    out: Annotated[
        Path | None, typer.Option(help="Fichier écrit ; l'écran sans lui. / File written.")
    ] = None,
    store: Annotated[
        Path, typer.Option(help="Dépôt des couches. / Layer store.", show_default=_DEMO)
    ] = DEMO_STORE,
    crs: Annotated[
        str | None, typer.Option(help="Système du fichier de parcelles, EPSG:2154…")
    ] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Judge every parcel on both days, and say what differs."""
    check_targets([out], sources=[project, parcels_file, store])
    days = [
        None if word is None else asked_day(word, option=option)
        for word, option in ((start, "--from"), (end, "--to"))
    ]
    with working(Text("Lecture et jugement…", "Reading and judging…"), lang):
        layers = dict(read_layers(store))
        if parcels_file is not None:
            layers["parcels"] = read_layer(parcels_file, layer="parcels", crs=crs)
        before, after = zip(days, map(charters_in_use, (edition_from, edition_to)), strict=True)
        written = difference(
            project, layers, before=before, after=after, output=output, language=lang
        )
    hand_over(written, out=out, language=lang)


add_change(app)

if __name__ == "__main__":
    run(app, name="python -m zones")
