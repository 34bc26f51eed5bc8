"""The forms that identifiers, codes and addresses have, and how a value is mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geodata.language import Text
from geodata.standards.cnig_se.findings import Severity

__all__ = ["FORMS", "Form"]


def _identifier(name: str) -> Form:
    """Form of an identifier of the standard."""
    sample = f"80021_{name}_00001"
    pattern = re.compile(rf"(\d\d|2[AB])\d{{3}}_{name}_[0-9A-Za-z]{{5}}", re.ASCII)

    def repair(value: str) -> str:
        plain = re.sub(r"\s", "", value).upper()
        head, _, number = plain.rpartition("_")
        return f"{head}_{number.lstrip('0').zfill(5)}" if number.isdigit() else plain

    return Form(
        pattern,
        Text(
            f"INSEE_{name}_5 caractères, comme {sample}",
            f"INSEE_{name}_5 characters, such as {sample}",
        ),
        repair,
    )


def _parcel(value: str) -> str:
    """Parcel with its section and number filled up to 14 characters."""
    plain = re.sub(r"\s", "", value).upper()
    found = re.fullmatch(r"((?:\d\d|2[AB])\d{3})(\d{3})(0?[A-Z]{1,2}|\d{1,2})(\d{1,4})", plain)
    if not found:
        return plain
    commune, prefix, section, number = found.groups()
    section = section[1:] if len(section) == 3 else section  # noqa: PLR2004 - 0AB
    return f"{commune}{prefix}{section.zfill(2)}{number.zfill(4)}"


def _blankless(value: str) -> str:
    """Value without any blank."""
    return re.sub(r"[\s.\u00a0]", "", value)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that values of a kind have."""

    pattern: re.Pattern[str]
    expected: Text
    repair: Callable[[str], str] = _blankless
    severity: Severity = "error"
    may_be_unknown: bool = False


FORMS = {
    "pole": _identifier("POLE-ECO"),
    "site": _identifier("SITE-ECO"),
    "terrain": _identifier("TERRAIN-ECO"),
    "parcel": Form(
        re.compile(r"(\d\d|2[AB])\d{6}[0-9A-Z]{2}\d{4}", re.ASCII),
        Text(
            "14 caractères par parcelle, joints par |, comme 80021000AB0123",
            "14 characters per parcel, joined by |, such as 80021000AB0123",
        ),
        _parcel,
    ),
    "siren": Form(re.compile(r"\d{9}", re.ASCII), Text("9 chiffres", "9 digits")),
    "insee": Form(
        re.compile(r"(\d\d|2[AB])\d{3}", re.ASCII),
        Text("code INSEE à 5 caractères", "INSEE code of 5 characters"),
    ),
    "legal_form": Form(
        re.compile(r"\d{4}", re.ASCII),
        Text("4 chiffres (catégorie juridique)", "4 digits (legal category)"),
        may_be_unknown=True,
    ),
    "naf": Form(
        re.compile(r"\d{2}\.?\d{2}[A-Z]", re.ASCII),
        Text("code NAF comme 4520B", "NAF code such as 4520B"),
        lambda value: _blankless(value).upper(),
        may_be_unknown=True,
    ),
    "staff_band": Form(
        re.compile(r"\d{1,2}|NN", re.ASCII),
        Text("code INSEE de tranche d'effectif", "INSEE code of a staff band"),
        may_be_unknown=True,
    ),
    "year": Form(
        re.compile(r"(1[5-9]|20|21)\d{2}", re.ASCII),
        Text("AAAA", "YYYY"),
        lambda value: value.strip().removesuffix(".0")[:4],
    ),
    "url": Form(
        re.compile(r"https?://[^\s/$.?#].\S*", re.ASCII),
        Text("adresse http(s)://…", "address http(s)://…"),
        lambda value: value.strip() if "://" in value else f"https://{value.strip()}",
    ),
    "email": Form(
        re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), Text("adresse de courriel", "mail address"),
    ),
    "phone": Form(
        re.compile(r"(\+33|0)\s?[1-9]([\s.]?\d{2}){4}", re.ASCII),
        Text("numéro français", "French number"),
        severity="warning",
    ),
}  # fmt: skip
