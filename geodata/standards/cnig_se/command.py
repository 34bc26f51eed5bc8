"""What the ``export`` command does for ``--standard cnig-se``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from geodata.command_line import asked_day, today, working
from geodata.errors import Fault, SelectionError
from geodata.language import Language, Text
from geodata.profiles import Profile
from geodata.standards.cnig_se.export import TO_COMPLETE, export_and_check
from geodata.standards.cnig_se.issuer import AMIENS_METROPOLE, Issuer
from geodata.store import DEMO_STORE, read_layers

__all__ = ["deliver", "registry_beside"]

_LAYERS = (
    "communes",
    "parcels",
    "buildings",
    "zones",
    "economic_poles",
    "economic_sites",
    "economic_lands",
    "transit_stops",
    "stations",
    "companies",
    "roads",
)


def deliver(
    folder: Path,
    *,
    store: Path | str,
    profile: Profile,
    day: str | None,
    registry: Path | None,
    siren: str | None,
    language: Language,
) -> tuple[tuple[Path, ...], str]:
    """Write a delivery of ``store`` into ``folder``; the files, and a sentence about them.

    Parameters
    ----------
    folder
        Where the files go.
    store
        Path or PostgreSQL URL.
    profile
        Who receives it.
    day
        Day of the delivery, ISO 8601; today when None.
    registry
        File of the identifiers; see :func:`registry_beside` when None.
    siren
        SIREN of the authority, with its name after a colon where it is not Amiens Métropole.
    language
        Language of the sentence.

    Raises
    ------
    SelectionError
        The day or the SIREN is none.
    StoreError, DataError
        The store or the registry cannot be read, or a file cannot be written.
    """
    on, issuer = _day(day), _issuer(siren)
    kept = registry or registry_beside(store, folder)
    with working(Text("Lecture des couches…", "Reading layers…"), language):
        layers = read_layers(store, only=_LAYERS)
    with working(Text("Écriture de la livraison…", "Writing the delivery…"), language):
        written, found = export_and_check(
            layers, folder, day=on, profile=profile, registry=kept, issuer=issuer
        )
    said = Text(
        f"Identifiants : {kept.name}. {found.say(language)}",
        f"Identifiers: {kept.name}. {found.say(language)}",
    ).say(language)
    if any(path.name == TO_COMPLETE for path in written):
        said += "\n" + _TO_COMPLETE.say(language)
    return written, said


def registry_beside(store: Path | str, folder: Path) -> Path:
    """File that keeps the identifiers: beside the store, or beside the delivery's folder.

    The demonstration is not for writing, and a database is no folder.
    """
    name = "cnig-se-identifiants.json"
    if isinstance(store, Path) and store.resolve() != DEMO_STORE.resolve():
        return store.with_name(f"{store.stem}-{name}")
    resolved = folder.resolve()
    return resolved.with_name(f"{resolved.name}-{name}")


def _day(text: str | None) -> dt.date:
    """Day of the delivery."""
    if text is None:
        return today()
    return asked_day(text, option="--date")


def _issuer(text: str | None) -> Issuer:
    """Authority that delivers."""
    if text is None:
        return AMIENS_METROPOLE
    siren, _, name = text.partition(":")
    known = AMIENS_METROPOLE.name if siren == AMIENS_METROPOLE.siren else ""
    if not (name or known):
        raise SelectionError(
            Fault(
                Text("Le nom de l'EPCI manque.", "The name of the authority is missing."),
                "--siren",
                Text(
                    'Écrire --siren "200071223:Communauté de communes Nièvre et Somme".',
                    'Write --siren "200071223:Communauté de communes Nièvre et Somme".',
                ),
            )
        )
    return Issuer(siren, name or known)


_TO_COMPLETE = Text(
    f"Des objets ne sont pas livrés, faute de valeurs obligatoires : voir {TO_COMPLETE}.",
    f"Some objects are not delivered, for required values are missing: see {TO_COMPLETE}.",
)
