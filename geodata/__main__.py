"""Command line of the layers: what a store holds, bringing a file in, making the demonstration."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from geodata import demo
from geodata.catalog import contract
from geodata.command_line import LanguageOption, application, both, examples, run, working
from geodata.fetching.command import add_fetch
from geodata.language import Language, Text, number_text
from geodata.layers import Layer, faults
from geodata.reading.command import add_reading
from geodata.serving.command import add_serving
from geodata.store import DEMO_STORE, read_layers
from geodata.writing.command import add_export

__all__ = ["app"]

_SQUARE_METRES_PER_HECTARE = 10_000

app = application(
    Text(
        "Couches géographiques : lister, importer, fabriquer la démonstration.",
        "Map layers: list them, import a file, make the demonstration.",
    )
)

_StoreOption = Annotated[
    Path,
    typer.Option(
        "--store",
        help="Base ; sans elle, la démonstration. / Store; the demonstration without it.",
    ),
]


@app.command(
    "layers",
    help=both(
        Text(
            "Liste les couches : objets, édition, part de démonstration, couverture, défauts.",
            "List the layers: features, edition, demonstration share, coverage, faults.",
        )
    ),
    epilog=examples(
        "python -m geodata layers", "python -m geodata layers --store metropole.gpkg --json"
    ),
)
def show_layers(
    *,
    store: _StoreOption = DEMO_STORE,
    as_json: Annotated[
        bool, typer.Option("--json", help="Pour une machine. / For a machine.")
    ] = False,
    lang: LanguageOption = "fr",
) -> None:
    """Print what a store holds."""
    with working(Text(f"Lecture de {store.name}…", f"Reading {store.name}…"), lang):
        held = read_layers(store, check=False)
        rows = [_described(layer, lang) for layer in held.values()]
    if as_json:
        _say(json.dumps({"store": store.name, "layers": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        _say(_sentence(row, lang))


@app.command(
    "demo",
    help=both(
        Text(
            "Fabrique le jeu de démonstration, toujours le même.",
            "Make the demonstration dataset, always the same.",
        )
    ),
    epilog=examples("python -m geodata demo --out demonstration.gpkg"),
)
def make_demo(
    *,
    out: Annotated[
        Path, typer.Option("--out", help="Fichier à écrire. / File to write.")
    ] = DEMO_STORE,
    lang: LanguageOption = "fr",
) -> None:
    """Write the demonstration dataset."""
    with working(Text(f"Fabrication de {out.name}…", f"Making {out.name}…"), lang):
        demo.write(out)
    _say(Text(f"{out.name} est écrit.", f"{out.name} is written.").say(lang))


def _described(layer: Layer, language: Language) -> dict[str, Any]:
    """What there is to say of one layer."""
    area = None if layer.coverage is None else layer.coverage.area / _SQUARE_METRES_PER_HECTARE
    return {
        "id": layer.id,
        "title": contract(layer.id).title.say(language),
        "features": len(layer.features),
        "demo_share": layer.edition.demo_share,
        "coverage_ha": area,
        "edition": dataclasses.asdict(layer.edition),
        "faults": [fault.say(language) for fault in faults(layer)],
    }


def _sentence(row: dict[str, Any], language: Language) -> str:
    """The same for a reader: one line, and one more per fault."""
    edition = row["edition"]
    features = number_text(row["features"], language)
    share = number_text(100 * row["demo_share"], language, decimals=0)
    day = edition["date"] or Text("date inconnue", "unknown date").say(language)
    line = Text(
        f"{row['id']} – {row['title']} : {features} objets · {edition['source']}, {day}, "
        f"{edition['producer']} · démonstration {share}\u00a0% · {_covered(row, language)}",
        f"{row['id']} – {row['title']}: {features} features · {edition['source']}, {day}, "
        f"{edition['producer']} · demonstration {share}% · {_covered(row, language)}",
    )
    return "\n".join([line.say(language), *(f"  ! {fault}" for fault in row["faults"])])


def _covered(row: dict[str, Any], language: Language) -> str:
    """Coverage in hectares, or that there is none."""
    if row["coverage_ha"] is None:
        return Text("couverture inconnue", "unknown coverage").say(language)
    area = number_text(row["coverage_ha"], language, decimals=0)
    return Text(f"couvre {area} ha", f"covers {area} ha").say(language)


def _say(text: str) -> None:
    """Write an answer on the standard output."""
    typer.echo(text)


add_reading(app)
add_export(app)
add_fetch(app)
add_serving(app)


if __name__ == "__main__":
    run(app, name="python -m geodata")
