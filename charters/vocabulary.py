"""The words an article may use: fields of a project, facts of a site, with titles and units."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from geodata.language import Text, typeset

__all__ = [
    "Group",
    "Option",
    "ProjectField",
    "SiteMeasure",
    "fact_choices",
    "fact_paths",
    "fact_unit",
    "is_signed",
    "is_word",
    "project_fields",
    "site_measures",
    "title",
    "written_unit",
]

Group = Literal["general", "building", "energy", "parking", "mobility", "ground", "retail", "hotel"]

Title: TypeAlias = Annotated[Text, AfterValidator(typeset)]

_FOLDER = Path(__file__).parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Strict):
    """One choice of a field."""

    fr: str
    """French name."""
    en: str
    """English name."""
    cnig: str | None = None
    """Destination code of the CNIG."""

    @property
    def title(self) -> Text:
        """Name in both languages."""
        return Text(self.fr, self.en)


class ProjectField(_Strict):
    """What a project may say of itself."""

    type: Literal["number", "choice", "yes_no"]
    """Kind of answer."""
    group: Group
    """Place on the form."""
    title: Title
    """Name on screen."""
    unit: str = "bool"
    """Unit of a number as written in a project file; ``bool`` for yes or no."""
    whole: bool = False
    """Whether only integers are accepted."""
    least: float = 0
    """Smallest number accepted."""
    most: float | None = None
    """Largest number accepted."""
    within: str | None = None
    """Field of which the number is a part: it cannot be larger."""
    recorded: bool = False
    """Whether it records what is, or what others decide: no change of the project alters it."""
    options: dict[str, Option] = {}
    """Choices by key."""


class SiteMeasure(_Strict):
    """What is measured on a site."""

    title: Title
    """Name on screen."""
    layers: tuple[str, ...]
    """Layers needed."""
    unit: str = "1"
    """Unit of the value."""
    tolerance: float = 0
    """Reach, in that unit, within which a threshold cannot be told from the value."""
    category: bool = False
    """Whether the value is a word."""
    values: tuple[str, ...] = ()
    """The only words possible, where there is such a list."""
    reads: tuple[str, ...] = ()
    """What the value depends on besides the layers: ``day``, or fields as ``project.<name>``."""
    signed: bool = False
    """Whether the value may be below zero, as a change may."""


@functools.cache
def project_fields() -> dict[str, ProjectField]:
    """Fields of a project by name, in the order of the form."""
    entries = yaml.safe_load((_FOLDER / "fields.yaml").read_text(encoding="utf-8"))
    return {name: ProjectField.model_validate(entry) for name, entry in entries.items()}


@functools.cache
def site_measures() -> dict[str, SiteMeasure]:
    """Facts of a site by name."""
    entries = yaml.safe_load((_FOLDER / "measures.yaml").read_text(encoding="utf-8"))
    return {name: SiteMeasure.model_validate(entry) for name, entry in entries.items()}


def title(path: str) -> Text:
    """Name on screen of ``project.<field>`` or ``site.<measure>``."""
    group, _, name = path.partition(".")
    return (project_fields() if group == "project" else site_measures())[name].title


def written_unit(path: str) -> str:
    """Unit in which a fact is written for a reader: « % » for a share, which frames give as 0-1."""
    group, _, name = path.partition(".")
    if group == "project":
        return project_fields()[name].unit
    declared = site_measures()[name].unit
    return "%" if declared == "1" and name.endswith("_share") else declared


def fact_paths() -> set[str]:
    """Paths of every fact."""
    return {f"project.{name}" for name in project_fields()} | {
        f"site.{name}" for name in site_measures()
    }


def fact_unit(path: str) -> str:
    """Unit of a fact."""
    group, _, name = path.partition(".")
    return project_fields()[name].unit if group == "project" else site_measures()[name].unit


def is_word(path: str) -> bool:
    """Whether a fact is a word rather than a number."""
    group, _, name = path.partition(".")
    if group == "project":
        return project_fields()[name].type == "choice"
    return site_measures()[name].category


def is_signed(path: str) -> bool:
    """Whether a fact may be below zero."""
    group, _, name = path.partition(".")
    return project_fields()[name].least < 0 if group == "project" else site_measures()[name].signed


def fact_choices(path: str) -> tuple[str, ...]:
    """Words that a fact may be."""
    group, _, name = path.partition(".")
    return (
        tuple(project_fields()[name].options)
        if group == "project"
        else site_measures()[name].values
    )
