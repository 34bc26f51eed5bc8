"""Who may receive what: columns leave by allow-list, and natural persons are not named."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal, TypeVar, cast

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict

from geodata.catalog import catalog
from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Text

__all__ = ["WITHHELD", "Profile", "allowed", "apply"]

Profile = Literal["public", "partner", "internal"]
"""Who receives a file."""

_Frame = TypeVar("_Frame", bound=pd.DataFrame)
_FILE = Path(__file__).with_suffix(".yaml")
_PERSON = "1"
"""First digit of the legal form (INSEE) of a person who trades in their own name."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Lists(_Strict):
    """Columns of one layer that leave."""

    public: tuple[str, ...]
    partner: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()


class _Persons(_Strict):
    """Columns of one layer that can name a natural person."""

    legal_form: str
    columns: tuple[str, ...]


class _Rules(_Strict):
    """The whole file."""

    withheld: str
    common: tuple[str, ...]
    layers: dict[str, _Lists]
    persons: dict[str, _Persons]


@functools.cache
def _rules() -> _Rules:
    """Rules read from ``profiles.yaml``."""
    return _Rules.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


WITHHELD = _rules().withheld
"""Stands where a name or an address is not for the recipient."""


def allowed(layer: str, profile: Profile) -> frozenset[str] | None:
    """Columns of ``layer`` that ``profile`` may receive; None when it may receive all.

    Raises
    ------
    SelectionError
        No list names that layer: nothing of it leaves before one does.
    """
    if layer not in _rules().layers:
        raise SelectionError(_unlisted(layer))
    if profile == "internal":
        return None
    lists = _rules().layers[layer]
    own = lists.partner if profile == "partner" else ()
    return frozenset((*_rules().common, *lists.public, *own))


def apply(frame: _Frame, *, layer: str, profile: Profile) -> _Frame:
    """Rows of ``frame`` as ``profile`` may receive them; shapes and index stay.

    Columns that no list names are left out. Names and addresses are replaced by ``[ND]`` where the
    legal form is that of a natural person, or is not known. An internal recipient gets ``frame``.

    Raises
    ------
    SelectionError
        No list names that layer.
    """
    names = allowed(layer, profile)
    if names is None:
        return frame
    shape = getattr(frame, "_geometry_column_name", None)
    leaving = [name for name in frame.columns if name in names or name == shape]
    kept = cast("_Frame", frame[leaving].copy())
    persons = _rules().persons.get(layer)
    if persons is None:
        return kept
    forms = frame.get(persons.legal_form, pd.Series("", index=frame.index))
    texts = forms.astype(object).where(forms.notna(), "").astype(str).str.strip()
    is_company = texts.str.fullmatch(r"[2-9]\d{3}").to_numpy(dtype=bool)
    for name in persons.columns:
        if name in kept:
            present = kept[name].notna() & (kept[name].astype(object) != "")
            kept[name] = kept[name].astype(object).mask(present & ~is_company, WITHHELD)
    return kept


def _unlisted(layer: str) -> Fault:
    """Fault of a layer that no list names."""
    return Fault(
        Text(
            f"Aucune liste ne dit ce qui peut sortir de « {layer} ».",
            f"No list says what may leave of “{layer}”.",
        ),
        _FILE.name,
        did_you_mean(layer, {*_rules().layers, *catalog()}),
    )
