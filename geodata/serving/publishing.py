"""Layers and verdicts become a folder of public files, described for the server that reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from geodata.catalog import contract
from geodata.crs import to_web
from geodata.errors import Fault, FileFormatError, MissingFileError, StoreError
from geodata.language import Text
from geodata.layers import Layer
from geodata.serving.verdicts import read_public_verdicts
from geodata.writing import geojson
from geodata.writing.files import replacing
from geodata.writing.outgoing import DEMO_NOTICE, metadata, outgoing

__all__ = ["VERDICTS", "Collection", "publish", "read_publication"]

VERDICTS = "verdicts"
"""Id of the collection of verdicts."""

_INDEX = "publication.json"
_LAYOUT = 1
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Collection:
    """One published file, and what the server says of it."""

    id: str
    """Layer id, or ``verdicts``."""
    title: dict[str, str]
    """Name by language, behind DEMO where there are demonstration features."""
    description: dict[str, str]
    """Producer, edition, licence and demonstration notice, by language."""
    licence: str
    """Licence of reuse."""
    producer: str
    """Who made the data."""
    date: str
    """Date of the edition, ISO 8601; may be empty."""
    bbox: list[float]
    """West, south, east, north, in degrees."""
    columns: list[str]
    """Properties of the features, the id included."""
    features: int
    """Number of features."""


def publish(
    folder: Path, layers: Mapping[str, Layer], *, verdicts: Path | None = None
) -> list[Collection]:
    """Write the public part of ``layers`` and of a file of verdicts into ``folder``.

    One RFC 7946 file per layer that has features, and an index. A folder published before is
    replaced: its files change together once all of them are whole, those no longer published go.

    Raises
    ------
    StoreError
        The folder holds other files, or cannot be written.
    FileFormatError, MissingFileError
        ``verdicts`` is not a file of verdicts.
    """
    earlier = _earlier(folder)
    files: dict[str, str] = {}
    collections: list[Collection] = []
    for name, layer in layers.items():
        if len(layer.features):
            features = outgoing(layer, profile="public")
            told = metadata([layer], profile="public", language="fr")
            files[f"{name}.geojson"] = geojson.to_text(features, metadata=told)
            collections.append(_layer_collection(layer, features))
    if verdicts is not None:
        judged, about = read_public_verdicts(verdicts)
        files[f"{VERDICTS}.geojson"] = geojson.to_text(judged, metadata=about)
        collections.append(_verdict_collection(judged, about))
    index = {"layout": _LAYOUT, "collections": [asdict(each) for each in collections]}
    files = {_INDEX: json.dumps(index, ensure_ascii=False, indent=1), **files}
    with ExitStack() as together:  # the index, first in, takes its place last
        for name, text in files.items():
            together.enter_context(replacing(folder / name)).write_bytes(text.encode())
    for name in earlier - set(files):
        (folder / name).unlink(missing_ok=True)
    return collections


def read_publication(folder: Path) -> list[Collection]:
    """Collections that ``folder`` publishes.

    Raises
    ------
    MissingFileError
        Nothing was published there.
    FileFormatError
        The index is damaged, or of another version.
    """
    try:
        index = json.loads((folder / _INDEX).read_bytes())
        if index["layout"] != _LAYOUT:
            raise FileFormatError(_damaged(folder))
        collections = [Collection(**each) for each in index["collections"]]
        if not all(_NAME.fullmatch(each.id) for each in collections):
            raise FileFormatError(_damaged(folder))
    except OSError as error:
        raise MissingFileError(_nothing_published(folder)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise FileFormatError(_damaged(folder)) from error
    return collections


def _earlier(folder: Path) -> set[str]:
    """Files of the earlier publication; the folder is made when there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = {each.name for each in folder.iterdir()}
    except OSError as error:
        raise StoreError(_foreign(folder)) from error
    if not held:
        return set()
    if _INDEX not in held:
        raise StoreError(_foreign(folder))
    return {f"{each.id}.geojson" for each in read_publication(folder)}


def _layer_collection(layer: Layer, features: gpd.GeoDataFrame) -> Collection:
    """What the server says of a layer."""
    edition, named = layer.edition, contract(layer.id).title
    is_demo = edition.demo_share > 0
    said = Text(
        f"Producteur : {edition.producer}. Édition : {edition.date or 'inconnue'}. "
        f"Licence : {edition.licence}.",
        f"Producer: {edition.producer}. Edition: {edition.date or 'unknown'}. "
        f"Licence: {edition.licence}.",
    )
    return Collection(
        id=layer.id,
        title=_labelled(named, is_demo=is_demo),
        description=_noticed(said, is_demo=is_demo),
        licence=edition.licence,
        producer=edition.producer,
        date=edition.date,
        bbox=_bounds(features),
        columns=["id", *features.columns.drop(features.geometry.name)],
        features=len(features),
    )


def _verdict_collection(features: gpd.GeoDataFrame, about: Mapping[str, Any]) -> Collection:
    """What the server says of verdicts."""
    charters = ", ".join(each["title"] or each["id"] for each in about["charters"])
    day = about["day"]
    said = Text(
        f"Avis par parcelle, au {day or '?'}, selon : {charters}. Sans valeur de décision.",
        f"Verdicts by parcel, on {day or '?'}, by: {charters}. They decide nothing.",
    )
    return Collection(
        id=VERDICTS,
        title=_labelled(Text("Avis", "Verdicts"), is_demo=about["demo"]),
        description=_noticed(said, is_demo=about["demo"]),
        licence="inconnue",
        producer="Technopole",
        date=day,
        bbox=_bounds(features),
        columns=["id", *features.columns.drop(features.geometry.name)],
        features=len(features),
    )


def _labelled(named: Text, *, is_demo: bool) -> dict[str, str]:
    """Title by language, behind DEMO for demonstration data."""
    return {key: f"DEMO – {said}" if is_demo else said for key, said in named._asdict().items()}


def _noticed(said: Text, *, is_demo: bool) -> dict[str, str]:
    """Description by language, behind the notice for demonstration data."""
    notices = DEMO_NOTICE._asdict()
    return {
        key: f"{notices[key]} {each}" if is_demo else each for key, each in said._asdict().items()
    }


def _bounds(features: gpd.GeoDataFrame) -> list[float]:
    """West, south, east, north."""
    return [round(float(each), 7) for each in to_web(features).total_bounds]


def _foreign(folder: Path) -> Fault:
    """Fault of a folder that is not ours to fill."""
    return Fault(
        Text(
            "Ce dossier contient d'autres fichiers, ou ne peut être écrit.",
            "This folder holds other files, or may not be written.",
        ),
        folder.name,
        Text("Choisir un dossier vide.", "Choose an empty folder."),
    )


def _nothing_published(folder: Path) -> Fault:
    """Fault of a folder where nothing was published."""
    return Fault(
        Text("Rien n'est publié dans ce dossier.", "Nothing is published in this folder."),
        folder.name,
        Text(
            "Lancer d'abord « python -m geodata publish --out DOSSIER ».",
            "Run “python -m geodata publish --out FOLDER” first.",
        ),
    )


def _damaged(folder: Path) -> Fault:
    """Fault of an index that cannot be read."""
    return Fault(
        Text(
            "L'index de la publication est abîmé ou d'une autre version.",
            "The index of the publication is damaged or of another version.",
        ),
        f"{folder.name}/{_INDEX}",
        Text("Vider le dossier et publier de nouveau.", "Empty the folder and publish again."),
    )
