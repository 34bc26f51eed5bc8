"""The differences between two assessments as files: a text, a table, JSON, or parcels to map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from charters.cascade import CharterOutcome
from charters.wording import CHARTER_OUTCOMES, OUTCOMES
from geodata.crs import WORK_CRS
from geodata.language import Language, Text, date_text, number_text
from geodata.writing import csv, geojson
from geodata.writing.plain import json_text
from zones.assessment import Assessment
from zones.differences import ABSENT, changed_outcomes, difference_counts
from zones.exports import DEMO_NOTICE, metadata

__all__ = [
    "DifferenceFormat",
    "changed_parcels",
    "difference_content",
    "outcome_text",
]

DifferenceFormat = Literal["text", "csv", "json", "geojson"]
"""Kind of file."""

_CHARTER_KEYS = tuple(each.key for each in CharterOutcome)
_HECTARE = 10_000
_SHOWN = 20


def outcome_text(word: str) -> Text:
    """Outcome as it is read, of a charter or of a requirement."""
    if word == ABSENT:
        return Text("Absent", "Absent")
    return CHARTER_OUTCOMES[word] if word == "reservations" else OUTCOMES[word]


def difference_content(
    before: Assessment,
    after: Assessment,
    *,
    demo: pd.Series,
    output: DifferenceFormat,
    language: Language,
) -> bytes:
    """Bytes of the file; what both sides rest on goes with it.

    ``demo`` says of each site whether it is fictitious. CSV has one row per outcome that differs;
    GeoJSON one feature per site with such an outcome, and both provenances in its metadata.
    """
    found = changed_outcomes(before, after)
    if output == "csv":
        return csv.to_text(_rows(found, before, after, demo, language)).encode("utf-8-sig")
    if output == "geojson":
        features = changed_parcels(found, before, after, language=language)
        features["demo"] = demo.reindex(features.index).fillna(value=False).to_numpy(bool)
        return geojson.to_text(features, metadata=_provenance(before, after, language)).encode()
    if output == "json":
        return (json_text(_document(found, before, after, language)) + "\n").encode()
    return ("\n".join(_lines(found, before, after, language)) + "\n").encode()


def changed_parcels(
    found: pd.DataFrame, before: Assessment, after: Assessment, *, language: Language
) -> gpd.GeoDataFrame:
    """One feature per site with an outcome that differs.

    Parameters
    ----------
    found
        Rows of :func:`zones.differences.changed_outcomes` of these two assessments, or some.

    Returns
    -------
    Index ``site_id``; columns ``contenance_m2``, ``planar_area_m2``, for each charter its outcome
    ``<charter>_before`` and ``<charter>_after`` as words of files (also where it is the same),
    ``articles`` (what differs, for a reader) and ``geometry`` in the work CRS.
    """
    sites = _sites(before, after).loc[pd.unique(found["site_id"])]
    features = sites[["contenance_m2", "planar_area_m2"]].round(2)
    for charter in dict.fromkeys([*after.outcomes, *before.outcomes]):
        for side, judged in (("before", before), ("after", after)):
            features[f"{charter}_{side}"] = _outcomes(judged, charter, sites.index)
    features["articles"] = _articles(found, language).reindex(features.index).fillna("")
    return gpd.GeoDataFrame(features, geometry=sites.geometry, crs=WORK_CRS)


def _sites(before: Assessment, after: Assessment) -> gpd.GeoDataFrame:
    """Every site of both, as judged after where it was."""
    gone = before.sites[~before.sites.index.isin(after.sites.index)]
    return after.sites if gone.empty else pd.concat([after.sites, gone])


def _outcomes(judged: Assessment, charter: str, ids: pd.Index) -> np.ndarray[Any, Any]:
    """Outcome of each site by one charter; absent where there is none."""
    if charter not in judged.outcomes:
        return np.full(len(ids), ABSENT, object)
    words = np.array([*_CHARTER_KEYS, ABSENT], object)
    places = judged.sites.index.get_indexer(ids)
    codes = np.where(places < 0, len(_CHARTER_KEYS), judged.outcomes[charter][places])
    return words[codes]


def _articles(found: pd.DataFrame, language: Language) -> pd.Series:
    """What differs at each site: « PI-02 Conforme → Non conforme », several in a line."""
    rows = found[found["article"] != ""]
    steps = pd.MultiIndex.from_frame(rows[["article", "before", "after"]].astype(object))
    codes, pairs = pd.factorize(steps)
    texts = np.array(
        [
            f"{article} {outcome_text(old).say(language)} → {outcome_text(new).say(language)}"
            for article, old, new in pairs
        ],
        object,
    )
    if not len(rows):
        return pd.Series([], dtype=object)
    return pd.Series(texts[codes], rows["site_id"]).groupby(level=0, sort=False).agg(" · ".join)


def _rows(
    found: pd.DataFrame,
    before: Assessment,
    after: Assessment,
    demo: pd.Series,
    language: Language,
) -> pd.DataFrame:
    """One row per outcome that differs, each with what both sides are."""
    table = found.astype(object)
    sides = {}
    for side, judged in (("before", before), ("after", after)):
        editions = dict(judged.provenance.charters)
        sides[f"project_{side}"] = judged.project.name.say(language)
        sides[f"day_{side}"] = str(judged.provenance.day)
        sides[f"edition_{side}"] = table["charter"].map(editions).to_numpy()
    return table.assign(**sides, demo=demo.reindex(table["site_id"]).to_numpy())


def _provenance(before: Assessment, after: Assessment, language: Language) -> dict[str, Any]:
    """What both sides rest on, and the demonstration label."""
    told = {
        side: metadata(judged, language=language)
        for side, judged in (("before", before), ("after", after))
    }
    is_demo = any(each["demo"] for each in told.values())
    notice = {"notice": DEMO_NOTICE.say(language)} if is_demo else {}
    return {"demo": is_demo, **notice, **told}


def _document(
    found: pd.DataFrame, before: Assessment, after: Assessment, language: Language
) -> dict[str, Any]:
    """Plain data: counts, outcomes that differ, and what both sides rest on."""
    return {
        "sites": len(_sites(before, after)),
        "changed": int(found["site_id"].nunique()),
        "counts": difference_counts(before, after).astype(object).to_dict("records"),
        "outcomes": found.astype(object).to_dict("records"),
        "provenance": _provenance(before, after, language),
    }


def _lines(
    found: pd.DataFrame, before: Assessment, after: Assessment, language: Language
) -> Iterator[str]:
    """A summary: both sides, counts by charter and article, the first parcels."""
    for heading, judged in (
        (Text("Avant", "Before"), before),
        (Text("Après", "After"), after),
    ):
        yield f"{heading.say(language)} · {_side(judged, language)}"
    if _provenance(before, after, language)["demo"]:
        yield DEMO_NOTICE.say(language)
    every, changed = len(_sites(before, after)), found["site_id"].nunique()
    yield ""
    yield Text(
        f"{changed} parcelle(s) sur {every} ont un verdict qui change.",
        f"{changed} parcel(s) of {every} have a verdict that changes.",
    ).say(language)
    yield from _count_lines(before, after, language)
    parcels = _articles(found, language)
    if len(parcels):
        yield ""
    yield from (f"  {site}  {text}" for site, text in parcels.iloc[:_SHOWN].items())
    if len(parcels) > _SHOWN:
        rest = len(parcels) - _SHOWN
        yield Text(
            f"  … et {rest} autres : --format csv les donne toutes.",
            f"  … and {rest} more: --format csv gives all of them.",
        ).say(language)


def _side(judged: Assessment, language: Language) -> str:
    """Project, day and editions of one side."""
    editions = Text("édition", "edition").say(language)
    listed = ", ".join(f"{name} {edition}" for name, edition in judged.provenance.charters)
    day = date_text(judged.provenance.day, language)
    return f"{judged.project.name.say(language)} · {day} · {editions} {listed}"


def _count_lines(before: Assessment, after: Assessment, language: Language) -> Iterator[str]:
    """How many parcels go from one outcome to another, by charter, then by article."""
    counts = difference_counts(before, after)
    moved = counts[counts["before"].astype(object) != counts["after"].astype(object)]
    for charter in dict.fromkeys(moved["charter"]):
        verdicts = after.verdicts.get(charter) or before.verdicts[charter]
        yield ""
        yield verdicts.charter.title.say(language)
        mine = moved[moved["charter"] == charter]
        yield from (_count_line(row, language) for row in mine.astype(object).to_dict("records"))


def _count_line(row: dict[str, Any], language: Language) -> str:
    """One step, such as « PI-02 : Conforme → Non conforme : 12 parcelles, 3,4 ha »."""
    head = row["article"] or Text("Ensemble", "Overall").say(language)
    old, new = (outcome_text(row[side]).say(language) for side in ("before", "after"))
    area = number_text(row["planar_area_m2"] / _HECTARE, language, decimals=1)
    count = number_text(row["sites"], language, decimals=0)
    word = Text("parcelle(s)", "parcel(s)").say(language)
    return f"  {head:9} {old} → {new} · {count} {word} · {area} ha"
