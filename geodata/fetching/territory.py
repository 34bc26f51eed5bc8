"""Which communes are meant: by their codes, or as the members of an EPCI."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

from geodata.errors import Fault, FetchError, SelectionError
from geodata.fetching import faults
from geodata.fetching.paging import document
from geodata.fetching.services import request_of
from geodata.fetching.session import Session
from geodata.language import Text

__all__ = ["checked_communes", "epci_of", "known_members", "members"]

_FILE = Path(__file__).with_name("territories.yaml")
_COMMUNE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_SIREN = re.compile(r"\d{9}", re.ASCII)


def checked_communes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The same codes, each once; nothing else ever goes into an address or a query.

    Raises
    ------
    SelectionError
        A code that no commune can have, or no code at all.
    """
    wrong = [each for each in codes if not _COMMUNE.fullmatch(each)]
    if wrong or not codes:
        raise SelectionError(*(_no_commune(each) for each in wrong or ("",)))
    return tuple(dict.fromkeys(codes))


def known_members(siren: str) -> tuple[str, ...]:
    """Communes of an EPCI in ``territories.yaml``; empty when it is not there.

    Raises
    ------
    SelectionError
        Not a SIREN.
    """
    if not _SIREN.fullmatch(siren):
        raise SelectionError(_no_siren(siren))
    return tuple(_territories().get(siren, ()))


def members(siren: str, *, session: Session) -> tuple[str, ...]:
    """Communes of an EPCI, from ``territories.yaml``, else asked of API Géo.

    Raises
    ------
    SelectionError
        Not a SIREN, or an EPCI without communes.
    FetchError
        API Géo failed.
    """
    known = known_members(siren)
    if known:
        return known
    request = request_of("territory", "members", values={"siren": siren})
    listed, _ = document(session, request)
    if not isinstance(listed, list):
        raise FetchError(faults.unexpected_answer(type(listed).__name__, request.where))
    codes = [each.get("code") for each in listed if isinstance(each, dict)]
    found = tuple(each for each in codes if isinstance(each, str) and _COMMUNE.fullmatch(each))
    if not found:
        raise SelectionError(_no_siren(siren))
    return found


def epci_of(communes: tuple[str, ...]) -> str:
    """SIREN of the known EPCI that holds all the communes; empty when there is none."""
    wanted = set(communes)
    return next((siren for siren, held in _territories().items() if wanted <= set(held)), "")


@functools.cache
def _territories() -> dict[str, list[str]]:
    """Communes by SIREN."""
    document = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {siren: entry["communes"] for siren, entry in document.items()}


def _no_commune(code: str) -> Fault:
    """Fault of a code that no commune has."""
    return Fault(
        Text(
            f"« {code[:20]} » n'est pas le code INSEE d'une commune.",
            f"“{code[:20]}” is not the INSEE code of a municipality.",
        ),
        "--commune",
        Text(
            "Cinq caractères, par exemple 80021 pour Amiens (ce n'est pas le code postal).",
            "Five characters, such as 80021 for Amiens (it is not the postcode).",
        ),
    )


def _no_siren(siren: str) -> Fault:
    """Fault of a number that no EPCI has."""
    return Fault(
        Text(
            f"« {siren[:20]} » n'est pas le SIREN d'un EPCI.",
            f"“{siren[:20]}” is not the SIREN of an EPCI.",
        ),
        "--epci",
        Text(
            "Neuf chiffres, par exemple 248000531 pour Amiens Métropole.",
            "Nine digits, such as 248000531 for Amiens Métropole.",
        ),
    )
