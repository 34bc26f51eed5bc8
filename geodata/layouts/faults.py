"""What a conversion refuses, and the tables it recognises and sets aside."""

from __future__ import annotations

import dataclasses

import pandas as pd

from geodata.catalog import contract
from geodata.errors import Fault, did_you_mean
from geodata.language import Text
from geodata.layouts.model import Layout, layouts
from geodata.layouts.remarks import Remark, remark

__all__ = ["NOTHING_SAID", "no_layer", "no_shapes", "other_layer", "unknown_layout"]


def no_layer(layout: Layout, frame: pd.DataFrame) -> Remark:
    """Remark about a table that is known and is no layer."""
    return dataclasses.replace(
        remark(
            "not_a_layer",
            (),
            what=Text(
                f"Table reconnue ({layout.title.fr}), qui n'est pas une couche de l'outil : "
                "elle est laissée de côté",
                f"Table recognised ({layout.title.en}), which is no layer of the desk: "
                "it is set aside",
            ),
            remedy=Text("Rien à faire.", "Nothing to do."),
        ),
        count=len(frame),
    )


NOTHING_SAID = Fault(
    Text(
        "La présentation de cette table n'est pas connue.", "The layout of this table is not known."
    ),
    "",
    Text(
        "Choisir la couche, puis faire correspondre les colonnes.",
        "Choose the layer, then map the columns.",
    ),
)


def unknown_layout(layout: str) -> Fault:
    """Fault of a layout that nobody knows."""
    return Fault(
        Text(f"Présentation inconnue : « {layout} ».", f"Unknown layout: “{layout}”."),
        "",
        did_you_mean(layout, layouts()),
    )


def no_shapes(layer: str, name: str) -> Fault:
    """Fault of a table that holds no shapes."""
    title = contract(layer).title if layer else Text("une couche", "a layer")
    return Fault(
        Text(
            f"Cette table n'a pas de géométrie : elle ne peut pas devenir « {title.fr} ».",
            f"This table has no geometry: it cannot become “{title.en}”.",
        ),
        name,
        Text(
            "Joindre le fichier géographique, ou indiquer les colonnes de coordonnées.",
            "Add the geographic file, or say which columns hold coordinates.",
        ),
    )


def other_layer(given: str, wanted: str, name: str) -> Fault:
    """Fault of a table of one layer where another is wanted."""
    is_, asked = contract(given).title, contract(wanted).title
    return Fault(
        Text(
            f"Ce fichier est reconnu comme « {is_.fr} », pas « {asked.fr} ».",
            f"This file is recognised as “{is_.en}”, not “{asked.en}”.",
        ),
        name,
        Text(
            f"L'importer comme {given}, ou décrire ses colonnes par une correspondance.",
            f"Import it as {given}, or describe its columns by a mapping.",
        ),
    )
