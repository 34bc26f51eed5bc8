"""Where the project, as it is, would comply: parcels by the outcome of one article or charter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np

from charters.cascade import CharterOutcome
from charters.judge import Outcome, weigh
from charters.model import Article, Charter, Requirement
from charters.units import reported_unit, unit
from geodata.errors import Fault, SelectionError, did_you_mean
from geodata.language import Language, Text
from zones.assessment import Assessment
from zones.exports import parcel_features

__all__ = ["Location", "Share", "locate", "location_features", "shares"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Location:
    """Outcome of one article, or of one charter, on every site for one project."""

    subject: str
    """Id of the requirement or charter."""
    title: Text
    """Its title."""
    codes: Array
    """Outcome codes, int8, one per site: of :class:`~charters.judge.Outcome` for a requirement,
    of :class:`~charters.cascade.CharterOutcome` for a charter."""
    is_article: bool
    """Whether the subject is a requirement."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Word of each code, used in files."""
        return tuple(each.key for each in (Outcome if self.is_article else CharterOutcome))


@dataclass(frozen=True, slots=True)
class Share:
    """Sites of one outcome."""

    outcome: str
    """Word used in files."""
    count: int
    """How many sites."""
    area_m2: float
    """Their planar area together."""


def locate(assessment: Assessment, subject: str) -> Location:
    """Outcome of ``subject`` on every site of ``assessment``.

    Raises
    ------
    SelectionError
        No requirement and no charter of the assessment has that id.
    """
    if subject in assessment.verdicts:
        charter = assessment.verdicts[subject].charter
        return Location(subject, charter.title, assessment.outcomes[subject], is_article=False)
    charter, place = _place(assessment, subject)
    _, requirement = charter.requirements[place]
    codes = assessment.verdicts[charter.id].codes[:, place]
    return Location(subject, requirement.title, codes, is_article=True)


def shares(location: Location, assessment: Assessment) -> tuple[Share, ...]:
    """Sites and areas by outcome, the worst first; outcomes of no site are left out."""
    areas = assessment.sites["planar_area_m2"].to_numpy()
    size = len(location.keys)
    counts = np.bincount(location.codes, minlength=size)
    totals = np.bincount(location.codes, weights=areas, minlength=size)
    return tuple(
        Share(location.keys[code], int(counts[code]), float(totals[code]))
        for code in reversed(range(size))
        if counts[code]
    )


def location_features(
    location: Location, assessment: Assessment, parcels: gpd.GeoDataFrame, *, language: Language
) -> gpd.GeoDataFrame:
    """One feature per parcel with its outcome by the subject, and the figures of an article.

    ``parcels`` are the features that the sites were made of. ``value``, ``threshold`` and
    ``margin`` are in ``unit``, shares from 0 to 1, and empty where there is none.
    """
    features = parcel_features(assessment, parcels, language=language)
    place = assessment.sites.index.get_indexer(features["site_id"])
    told: dict[str, object] = {
        "day": str(assessment.provenance.day),
        "subject": location.subject,
        "title": location.title.say(language),
        "outcome": np.array(location.keys, dtype=object)[location.codes][place],
    }
    if location.is_article:
        told |= {name: each[place] for name, each in _figures(location, assessment).items()}
        told["unit"] = _unit(assessment, location.subject)
    told["demo"] = features["demo"].to_numpy()
    kept = features.drop(columns=[*assessment.verdicts, "demo"])
    return kept.assign(**told)


def _place(assessment: Assessment, subject: str) -> tuple[Charter, int]:
    """Charter of a requirement, and its position there."""
    known = [
        (each.id, verdicts.charter, place)
        for verdicts in assessment.verdicts.values()
        for place, (_, each) in enumerate(verdicts.charter.requirements)
    ]
    found = next(((charter, place) for name, charter, place in known if name == subject), None)
    if found is None:
        what = Text(f"L'article « {subject} » est inconnu.", f"Article “{subject}” is unknown.")
        names = [name for name, _, _ in known]
        raise SelectionError(Fault(what, "", did_you_mean(subject, names)))
    return found


def _pair(assessment: Assessment, subject: str) -> tuple[Charter, Article, Requirement]:
    """Requirement with its article and charter."""
    charter, place = _place(assessment, subject)
    return charter, *charter.requirements[place]


def _unit(assessment: Assessment, subject: str) -> str:
    """Unit in which the figures of a requirement are reported."""
    _, _, requirement = _pair(assessment, subject)
    return reported_unit(requirement.any_of[0].measure.unit)


def _figures(location: Location, assessment: Assessment) -> dict[str, Array]:
    """Value, threshold and margin of a requirement on every site, in its reported unit."""
    charter, article, requirement = _pair(assessment, location.subject)
    weighing = weigh(
        article, requirement, assessment.facts, tables=charter.tables, on=assessment.on
    )
    units = [each.measure.unit for each in requirement.any_of]
    factors = np.array([1.0 if name == "%" else unit(name).factor for name in units])
    count = len(assessment.sites)
    factor = factors[np.broadcast_to(weighing.alternative, count)]
    return {
        name: np.broadcast_to(getattr(weighing, name), count) / factor
        for name in ("value", "threshold", "margin")
    }
