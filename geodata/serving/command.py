"""The ``publish`` and ``serve`` commands: public layers for partners' GIS, read live."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geodata.command_line import LanguageOption, both, examples, working
from geodata.language import Text, number_text
from geodata.serving.publishing import publish, read_publication
from geodata.serving.server import HOST, serve
from geodata.store import store_address
from geodata.writing.command import StoreOption, chosen_layers

__all__ = ["add_serving"]

_PORT = 5000


def add_serving(app: typer.Typer) -> None:
    """Add both commands to the command line of the layers."""
    app.command(
        "publish",
        help=both(
            Text(
                "Publie la part publique des couches et d'un fichier d'avis dans un dossier.",
                "Publish the public part of layers and of a file of verdicts into a folder.",
            )
        ),
        epilog=examples(
            "python -m geodata publish --out publication",
            "python -m geodata publish --layer zones --verdicts avis.geojson --out publication",
        ),
    )(_publish)
    app.command(
        "serve",
        help=both(
            Text(
                "Sert un dossier publié aux SIG, par OGC API – Features, sur cette machine.",
                "Serve a published folder to GIS, over OGC API – Features, on this machine.",
            )
        ),
        epilog=examples("python -m geodata serve publication --port 5000"),
    )(_serve)


def _publish(
    *,
    out: Annotated[
        Path, typer.Option("--out", help="Dossier vide ou déjà publié. / Folder to publish into.")
    ],
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", help="Couche, à répéter ; toutes sans elle. / Layer; all without."),
    ] = None,
    verdicts: Annotated[
        Path | None,
        typer.Option(help="GeoJSON de « zones assess ». / GeoJSON of “zones assess”."),
    ] = None,
    store: StoreOption = None,
    lang: LanguageOption = "fr",
) -> None:
    """Write the public files; an earlier publication stays as it was when something is wrong."""
    with working(Text("Publication…", "Publishing…"), lang):
        published = publish(out, chosen_layers(store or store_address(), layer), verdicts=verdicts)
    for each in published:
        features = number_text(each.features, lang)
        typer.echo(f"{each.id} – {Text(**each.title).say(lang)} ({features})")


def _serve(
    folder: Annotated[Path, typer.Argument(help="Dossier publié. / Published folder.")],
    *,
    port: Annotated[int, typer.Option(min=1, max=65535)] = _PORT,
    url: Annotated[
        str | None,
        typer.Option(help="Adresse publique, derrière un relais. / Public address behind a proxy."),
    ] = None,
    lang: LanguageOption = "fr",
) -> None:
    """Serve until interrupted."""
    count = len(read_publication(folder))
    said = Text(
        f"{count} collection(s) sur {url or f'http://{HOST}:{port}'} (Ctrl+C arrête).",
        f"{count} collection(s) at {url or f'http://{HOST}:{port}'} (Ctrl+C stops).",
    )
    typer.echo(said.say(lang), err=True)
    serve(folder, port=port, url=url)
