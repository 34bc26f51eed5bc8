"""What every entry of a charter's files keeps: closed, frozen, said in both languages, dated."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from geodata.language import Text, typeset

__all__ = ["Address", "Day", "Entry", "Identifier", "Said", "operator_of"]

_IDENTIFIER = re.compile(r"\w[\w-]{0,63}")
_LONGEST = 4000


def _in_both_languages(text: Text) -> Text:
    """Refuse a text that one language lacks, or that no reader could read; set it for print."""
    if not all(part.strip() for part in text):
        raise PydanticCustomError("both_languages", "it must be said in both languages")
    if any(len(part) > _LONGEST for part in text):
        raise PydanticCustomError("string_too_long", "the text is too long")
    if any(unicodedata.category(sign) == "Cc" and sign != "\n" for part in text for sign in part):
        raise PydanticCustomError("plain_text", "the text holds control characters")
    return typeset(text)


def _no_number(day: object) -> object:
    """Refuse a number where a day is expected: it would be taken for seconds since 1970."""
    if isinstance(day, int | float):
        raise PydanticCustomError("day", "a day is written 2026-11-01")
    return day


def _plain(name: str) -> str:
    """Refuse an id that could be a path, a formula of a spreadsheet or markup."""
    if not _IDENTIFIER.fullmatch(name):
        raise PydanticCustomError("identifier", "letters, digits, - and _ only")
    return name


def _web(address: str) -> str:
    """Refuse an address that a browser would run rather than open."""
    if not re.fullmatch(r"https?://[^\s<>\"'\\]{1,500}", address):
        raise PydanticCustomError("address", "an address begins with https://")
    return address


Said: TypeAlias = Annotated[Text, AfterValidator(_in_both_languages)]
Day: TypeAlias = Annotated[dt.date, BeforeValidator(_no_number)]
Identifier: TypeAlias = Annotated[str, AfterValidator(_plain)]
Address: TypeAlias = Annotated[str, AfterValidator(_web)]


class Entry(BaseModel):
    """Frozen, and closed: an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )


def operator_of(node: Any, operators: tuple[str, ...]) -> str | None:  # noqa: ANN401 - whatever the file holds
    """First of ``operators`` that is a key of a mapping, or an attribute of a model."""
    if isinstance(node, dict):
        return next((name for name in operators if name in node), None)
    fields = getattr(type(node), "model_fields", {})
    return next((name for name in operators if name in fields), None)
