"""What the commands that judge parcels share: their files, their parcels, their day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import geopandas as gpd
import typer

from geodata.command_line import asked_day
from geodata.errors import Fault, ProjectError, SelectionError, StoreError
from geodata.language import Language, Text
from geodata.layers import Layer
from geodata.writing.files import replacing
from zones.projects import Project

__all__ = ["check_targets", "hand_over", "ids_in", "judgment_day", "parcels_of", "write_all"]


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or none of them.

    Raises
    ------
    StoreError
        One of them cannot be written.
    """
    with ExitStack() as together:
        for path, content in files.items():
            together.enter_context(replacing(path)).write_bytes(content)


def hand_over(content: bytes, *, out: Path | None, language: Language) -> None:
    """Write the content to the file ``out``, or to the screen without one.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    if out is None:
        text = content.decode("utf-8-sig")
        typer.echo(text, nl=not text.endswith("\n"))
        return
    write_all({out: content})
    said = Text(f"Fichier écrit : {out.name}", f"File written: {out.name}")
    typer.echo(said.say(language), err=True)


def check_targets(targets: Sequence[Path | None], *, sources: Sequence[Path | None]) -> None:
    """Refuse, before any work, files that cannot be written or that would replace what is read.

    Raises
    ------
    StoreError
        Every file that cannot be written.
    """
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


def parcels_of(layers: Mapping[str, Layer]) -> gpd.GeoDataFrame:
    """Features of the parcel layer.

    Raises
    ------
    SelectionError
        There is no such layer.
    """
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


def judgment_day(asked: str | None, project: Project) -> dt.date:
    """Day asked for, else the filing date of the project, else an error: no day is assumed.

    Raises
    ------
    SelectionError
        What is asked for is no day.
    ProjectError
        There is no day at all.
    """
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


def ids_in(words: str) -> list[str]:
    """Parcel ids written with commas, semicolons or blanks between them."""
    return [each for each in re.split(r"[\s,;]+", words) if each]
