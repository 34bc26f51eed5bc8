"""A site and a project kept in one file, and opened again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.errors import Fault, ProjectError
from geodata.language import Text
from geodata.yaml_reading import parse_yaml
from geodata.yaml_writing import yaml_text
from zones.projects import Project, project_document, project_from

__all__ = ["Draft", "draft_text", "read_draft"]

_MOST_PARCELS = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What a planner works on."""

    parcels: tuple[str, ...]
    """Ids of the parcels of the site."""
    project: Project
    """What is to be built there."""
    judged_on: dt.date | None = None
    """Day of judgment, where it is another than the filing date."""

    @property
    def day(self) -> dt.date | None:
        """Day that selects the values in force; None where no date is given."""
        return self.project.filing_date if self.judged_on is None else self.judged_on


def draft_text(draft: Draft) -> str:
    """YAML that :func:`read_draft` reads back as the same draft."""
    other_day = {} if draft.judged_on is None else {"judged_on": draft.judged_on}
    return yaml_text(
        {
            "parcels": list(draft.parcels),
            **other_day,
            "project": project_document(draft.project),
        }
    )


def read_draft(content: bytes, *, name: str) -> Draft:
    """Draft in the file called ``name``; a bare project file is a draft without a site.

    Raises
    ------
    ProjectError
        Not such a file; every fault of the project.
    """
    document, lines = parse_yaml(content, name=name, refuse=ProjectError)
    if not isinstance(document, dict) or "project" not in document:
        return Draft((), project_from(document, lines=lines, where=name))
    unknown = set(document) - {"parcels", "project", "judged_on"}
    parcels = [] if document.get("parcels") is None else document["parcels"]
    if unknown or not _are_ids(parcels):
        what = Text(
            "Un dossier contient « parcels » (une liste d'identifiants) et « project ».",
            "A file contains “parcels” (a list of ids) and “project”.",
        )
        remedy = Text("Ouvrir un dossier enregistré ici.", "Open a file saved here.")
        raise ProjectError(Fault(what, name, remedy))
    judged_on = document.get("judged_on")
    if judged_on is not None and not isinstance(judged_on, dt.date):
        what = Text(
            f"La date de jugement « {judged_on} » n'est pas une date.",
            f"The day of judgment “{judged_on}” is not a date.",
        )
        remedy = Text("L'écrire AAAA-MM-JJ.", "Write it YYYY-MM-DD.")
        raise ProjectError(Fault(what, name, remedy))
    project = project_from(document["project"], lines=lines, where=name)
    return Draft(tuple(dict.fromkeys(parcels)), project, judged_on)


def _are_ids(parcels: object) -> bool:
    """Whether ``parcels`` is a list of texts of a length that a person would choose."""
    return (
        isinstance(parcels, list)
        and len(parcels) <= _MOST_PARCELS
        and all(isinstance(each, str) for each in parcels)
    )
