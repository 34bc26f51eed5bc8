"""What pydantic refuses in an entry, said for a planner: what, at which line, what to do."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from charters.model import Article, Parameter, Requirement, Source, Table, TableRow
from charters.places import Place
from geodata.errors import Fault, did_you_mean
from geodata.language import Text

__all__ = ["SHORTHAND", "entry_faults"]

SHORTHAND = (
    "kind",
    "severity",
    "applies_when",
    "parameters",
    "exceptions",
    "levers",
    "shown",
    "remedy",
    "measure",
    "requirement",
    "any_of",
    "if_not_met",
)
"""Keys of a requirement, which an article with one requirement writes as its own."""

_CORRECT = Text("Corriger cette entrée.", "Correct this entry.")
_OUT_OF_PLACE = Text("La déplacer ou l'ôter.", "Move or remove it.")
_REMEDIES = {
    "both_languages": Text("Le dire en français et en anglais.", "Say it in French and English."),
    "day": Text("Écrire un jour ainsi : 2026-11-01.", "A day is written 2026-11-01."),
    "date_from_datetime_parsing": Text(
        "Écrire un jour ainsi : 2026-11-01.", "A day is written 2026-11-01."
    ),
    "float_parsing": Text(
        "Écrire un nombre, avec un point : 12.5.", "Write a number, with a point: 12.5."
    ),
    "float_type": Text("Écrire un nombre.", "Write a number."),
    "finite_number": Text("Écrire un nombre fini.", "Write a finite number."),
    "string_type": Text("Écrire un texte, entre guillemets.", "Write a text, in quotes."),
    "string_too_long": Text("Raccourcir ce texte.", "Shorten this text."),
    "too_short": Text("Ajouter au moins une entrée.", "Add at least one entry."),
    "identifier": Text(
        "Un identifiant ne prend que des lettres, des chiffres, « - » et « _ ».",
        "An identifier takes letters, digits, “-” and “_” only.",
    ),
    "address": Text(
        "Une adresse commence par https:// ou http://.", "An address begins https:// or http://."
    ),
    "plain_text": Text(
        "Ôter les signes de commande du texte.", "Remove the control characters from the text."
    ),
}


def entry_faults(error: ValidationError, place: Place) -> list[Fault]:
    """Faults of a validation error, each once and at the line of its entry."""
    details = error.errors()
    paths = [tuple(detail["loc"]) for detail in details]
    told = [
        _fault(detail, place.at(*path))
        for detail, path in zip(details, paths, strict=True)
        # a list whose entries are all wrong is not also too short
        if detail["type"] != "too_short"
        or not any(other[: len(path)] == path != other for other in paths)
    ]
    return list(dict.fromkeys(told))


def _fault(detail: Any, place: Place) -> Fault:  # noqa: ANN401 - pydantic's detail
    """One fault, said for a planner."""
    name = str(place.path[-1]) if place.path else place.file
    where = str(place)
    match detail["type"]:
        case "extra_forbidden" if name in _known_keys():
            return Fault(
                Text(
                    f"La clé « {name} » n'a pas sa place ici.", f"The key “{name}” is out of place."
                ),
                where,
                _OUT_OF_PLACE,
            )
        case "extra_forbidden":
            what = Text(f"La clé « {name} » est inconnue.", f"The key “{name}” is unknown.")
            return Fault(what, where, did_you_mean(name, _known_keys()))
        case "missing":
            what = Text(f"L'entrée « {name} » manque.", f"The entry “{name}” is missing.")
            return Fault(what, where, Text("L'ajouter.", "Add it."))
        case "union_tag_not_found" | "union_tag_invalid":
            what = Text(
                "Aucun opérateur connu n'est nommé ici.", "No known operator is named here."
            )
            return Fault(what, where, Text("Voir charters/README.md.", "See charters/README.md."))
        case _:
            return Fault(_refused(detail, name), where, _remedy(detail))


def _refused(detail: Any, name: str) -> Text:  # noqa: ANN401 - pydantic's detail
    """That a value is refused, with its beginning."""
    value = f"{detail['input']!r:.80}"
    return Text(
        f"La valeur {value} de « {name} » est refusée.",
        f"The value {value} of “{name}” is refused.",
    )


def _remedy(detail: Any) -> Text:  # noqa: ANN401 - pydantic's detail
    """What to write instead."""
    if detail["type"] == "literal_error":
        words = [
            each.strip("'") for each in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")
        ]
        return did_you_mean(str(detail["input"]), words)
    return _REMEDIES.get(detail["type"], _CORRECT)


def _known_keys() -> set[str]:
    """Every key that some entry may have."""
    models: tuple[type[BaseModel], ...] = (Article, Requirement, Source, Table)
    keys = {key for model in models for key in model.model_fields}
    keys |= {field.alias or name for name, field in TableRow.model_fields.items()}
    return keys | set(SHORTHAND) | set(Parameter.model_fields)
