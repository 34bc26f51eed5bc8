"""Assessments as partners receive them: parcels, articles with evidence, tables, JSON."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from charters.verdicts import Verdict
from geodata.crs import WORK_CRS
from geodata.language import Language, Text
from geodata.layers import Edition, Layers
from zones import __version__
from zones.assessment import Assessment, outcome_keys, verdicts_by_site
from zones.measures import evidence
from zones.silence import silent_layers
from zones.sites import each_parcel

__all__ = [
    "DEMO_NOTICE",
    "article_features",
    "assessment_document",
    "metadata",
    "parcel_features",
    "verdict_evidence",
    "verdict_table",
]

DEMO_NOTICE = Text(
    "DÉMONSTRATION : parcelles et zones fictives ou schématiques, sans valeur juridique.",
    "DEMONSTRATION: parcels and zones are fictitious or schematic, without legal value.",
)


def parcel_features(
    assessment: Assessment, parcels: gpd.GeoDataFrame, *, language: Language
) -> gpd.GeoDataFrame:
    """One feature per parcel of the assessed sites, with the outcome of its site by each charter.

    ``parcels`` are the features the sites were made of; areas are those of the parcel, and of its
    site under ``site_…``; index ``id`` is unique even when sites share a parcel.
    """
    sites = assessment.sites
    counts = [len(each) for each in sites["parcels"]]
    owner = np.repeat(np.arange(len(sites)), counts)
    ids = [parcel for each in sites["parcels"] for parcel in each]
    alone = each_parcel(parcels.loc[ids])
    features = gpd.GeoDataFrame(
        {
            "parcel_id": ids,
            "site_id": sites.index.to_numpy()[owner],
            "dossier": assessment.project.name.say(language),
            "contenance_m2": alone["contenance_m2"].to_numpy(),
            "planar_area_m2": alone["planar_area_m2"].round(2).to_numpy(),
            "site_contenance_m2": sites["contenance_m2"].to_numpy()[owner],
            "site_planar_area_m2": sites["planar_area_m2"].round(2).to_numpy()[owner],
            **{
                charter: np.array(outcome_keys(assessment, charter), dtype=object)[owner]
                for charter in assessment.verdicts
            },
            "demo": parcels.loc[ids, "demo"].to_numpy(),
        },
        geometry=alone.geometry.to_numpy(),
        crs=WORK_CRS,
    )
    shared = features["parcel_id"].duplicated(keep=False)
    names = features["parcel_id"].where(~shared, features["parcel_id"] + "@" + features["site_id"])
    return features.set_index(pd.Index(names, name="id"))


def article_features(
    assessment: Assessment, layers: Layers, *, language: Language
) -> gpd.GeoDataFrame:
    """One feature per requirement that applies to a site, with its evidence on the ground."""
    editions = _editions(assessment)
    rows: list[dict[str, Any]] = []
    shapes: list[shapely.Geometry | None] = []
    for site, verdicts in enumerate(verdicts_by_site(assessment)):
        frame = assessment.sites.iloc[[site]]
        for verdict in verdicts:
            if verdict.outcome == "not_applicable":
                continue
            cells = _verdict_cells(verdict, editions, language)
            rows.append({"site_id": str(frame.index[0]), **cells})
            shapes.append(_evidence_shape(verdict, assessment, frame, layers))
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=["site_id", "article"])
    names = table["site_id"].astype(str) + "/" + table["article"].astype(str)
    features = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, crs=WORK_CRS), crs=WORK_CRS)
    return features.set_index(pd.Index(names, name="id"))


def verdict_evidence(
    verdict: Verdict, assessment: Assessment, site: gpd.GeoDataFrame, layers: Layers
) -> gpd.GeoDataFrame:
    """Shapes behind one verdict: of what is measured, else of what makes the article apply.

    ``site`` is one row of the sites assessed; columns and roles are those of
    :func:`zones.measures.evidence`.
    """
    measured = [path for path in verdict.measured if path.startswith("site.")]
    deciding = [each.path for each in verdict.inputs if each.path.startswith("site.")]
    threshold = verdict.threshold if measured else None
    show = functools.partial(
        evidence, project=assessment.facts, day=assessment.provenance.day, threshold=threshold
    )
    parts = [show(name, site, layers) for name in measured or deciding]
    if not parts:
        return gpd.GeoDataFrame({"role": [], "label": []}, geometry=[], crs=WORK_CRS)
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def verdict_table(assessment: Assessment, *, language: Language) -> pd.DataFrame:
    """One row per site and requirement, for a spreadsheet."""
    editions = _editions(assessment)
    head = {
        "dossier": assessment.project.name.say(language),
        "day": str(assessment.provenance.day),
        "filing_date": _filing_date(assessment),
        "demo": assessment.provenance.demo_share > 0,
    }
    rows = [
        {
            "site_id": site,
            "parcels": " ".join(ids),
            **head,
            **_verdict_cells(verdict, editions, language),
        }
        for site, ids, verdicts in _by_site(assessment)
        for verdict in verdicts
    ]
    return pd.DataFrame(rows)


def assessment_document(assessment: Assessment, *, language: Language) -> dict[str, Any]:
    """Plain data of an assessment: sites with their verdicts, and what they rest on."""
    areas = zip(assessment.sites["contenance_m2"], assessment.sites["planar_area_m2"], strict=True)
    outcomes = {name: outcome_keys(assessment, name) for name in assessment.verdicts}
    editions = _editions(assessment)
    sites = [
        {
            "site_id": site,
            "parcels": list(parcels),
            "contenance_m2": None if np.isnan(contenance) else float(contenance),
            "planar_area_m2": round(float(planar), 2),
            "outcomes": {name: keys[position] for name, keys in outcomes.items()},
            "verdicts": [_verdict_entry(verdict, editions, language) for verdict in verdicts],
        }
        for position, ((site, parcels, verdicts), (contenance, planar)) in enumerate(
            zip(_by_site(assessment), areas, strict=True)
        )
    ]
    return {"sites": sites, "provenance": metadata(assessment, language=language)}


def metadata(assessment: Assessment, *, language: Language) -> dict[str, Any]:
    """What an export rests on: charters, layers, sources, version and demonstration label."""
    provenance = assessment.provenance
    judged = [each.charter for each in assessment.verdicts.values()]
    cited = sorted(
        {name for each in judged for article in each.articles for name in article.sources}
    )
    sources = judged[0].sources if judged else {}
    return {
        "producer": f"Technopole {__version__}",
        "demo": provenance.demo_share > 0,
        "demo_share": round(provenance.demo_share, 4),
        **({"notice": DEMO_NOTICE.say(language)} if provenance.demo_share > 0 else {}),
        "day": str(provenance.day),
        "filing_date": _filing_date(assessment),
        "project": assessment.project.name.say(language),
        "charters": [
            {
                "id": each.id,
                "edition": each.edition,
                "title": each.title.say(language),
                "notice": each.model_notice.say(language),
            }
            for each in judged
        ],
        "layers": [
            {
                "id": each.layer,
                "producer": each.producer,
                "edition": each.date,
                "edition_number": each.number,
                "licence": each.licence,
                "source": each.source,
                "demo_share": round(each.demo_share, 4),
            }
            for each in provenance.layers
        ],
        "silent_layers": [
            {"id": each.layer, "articles": list(each.articles), "message": each.say(language)}
            for each in silent_layers(assessment)
        ],
        "sources": {
            name: {
                "text": sources[name].text.say(language),
                "date": None if sources[name].date is None else str(sources[name].date),
                "verified": sources[name].verified,
            }
            for name in cited
        },
        "units": Text(
            "Surfaces en m², distances en m, parts entre 0 et 1.",
            "Areas in m², distances in m, shares from 0 to 1.",
        ).say(language),
    }


def _filing_date(assessment: Assessment) -> str | None:
    """Filing date of the project, which need not be the day of judgment."""
    filed = assessment.project.filing_date
    return None if filed is None else str(filed)


def _editions(assessment: Assessment) -> dict[str, Edition]:
    """Editions of the layers, by layer id."""
    return {each.layer: each for each in assessment.provenance.layers}


def _by_site(assessment: Assessment) -> Iterator[tuple[str, tuple[str, ...], list[Verdict]]]:
    """Id, parcels and verdict rows of each site."""
    named = zip(assessment.sites.index, assessment.sites["parcels"], strict=True)
    for (site, parcels), verdicts in zip(named, verdicts_by_site(assessment), strict=True):
        yield str(site), parcels, verdicts


def _verdict_entry(
    verdict: Verdict, editions: Mapping[str, Edition], language: Language
) -> dict[str, Any]:
    """Verdict as plain data; ``editions`` are those of the layers, by id."""
    return {
        "charter": verdict.charter,
        "edition": verdict.edition,
        "article": verdict.article,
        "title": verdict.title.say(language),
        "outcome": verdict.outcome,
        "kind": verdict.kind,
        "severity": verdict.severity,
        "measure": verdict.measure,
        "value": verdict.value,
        "unit": verdict.unit,
        "op": verdict.op,
        "threshold": verdict.threshold,
        "margin": verdict.margin,
        "tolerance": verdict.tolerance,
        "reason": verdict.reason.say(language),
        "remedy": None if verdict.remedy is None else verdict.remedy.say(language),
        "changes": [
            {
                "field": each.field,
                "current": each.current,
                "proposed": each.proposed,
                "unit": each.unit,
            }
            for each in verdict.changes
        ],
        "sources": list(verdict.sources),
        "to_check": verdict.is_to_check,
        "inputs": [
            {
                "fact": each.path,
                "value": each.value,
                "unit": each.unit,
                "missing": each.missing.name.lower() if each.missing else None,
                "origin": "layers" if each.layers else "project",
                "layers": [_edition(name, editions) for name in each.layers],
            }
            for each in verdict.inputs
        ],
        "layers": list(verdict.layers),
    }


def _edition(name: str, editions: Mapping[str, Edition]) -> str:
    """Layer with its edition, or its id alone where it is not loaded."""
    found = editions.get(name)
    return name if found is None else f"{name} {found.date} #{found.number}"


def _input_text(given: Mapping[str, Any]) -> str:
    """One input in a cell: fact, value with its unit or why it is missing, where from."""
    value = given["value"] if given["missing"] is None else f"({given['missing']})"
    figure = f"{value:g}" if isinstance(value, float) else value
    name = "" if given["unit"] in {None, "1", "bool"} else f" {given['unit']}"
    origin = ", ".join(given["layers"]) or given["origin"]
    return f"{given['fact']} = {figure}{name} [{origin}]"


def _verdict_cells(
    verdict: Verdict, editions: Mapping[str, Edition], language: Language
) -> dict[str, Any]:
    """Verdict as one row of a table: lists are joined, numbers stay numbers."""
    entry = _verdict_entry(verdict, editions, language)
    changes = " ".join(each.text.say(language) + "." for each in verdict.changes)
    lists = {
        "changes": changes or None,
        "sources": " | ".join(verdict.sources),
        "inputs": " | ".join(_input_text(each) for each in entry["inputs"]),
        "layers": " | ".join(verdict.layers),
    }
    return {**{key: value for key, value in entry.items() if key not in lists}, **lists}


def _evidence_shape(
    verdict: Verdict, assessment: Assessment, site: gpd.GeoDataFrame, layers: Layers
) -> shapely.Geometry:
    """Evidence of one verdict as one shape; the site itself where nothing is drawn."""
    if not any(each.path.startswith("site.") for each in verdict.inputs):
        return site.geometry.iloc[0]
    drawn = list(verdict_evidence(verdict, assessment, site, layers).geometry) or [
        site.geometry.iloc[0]
    ]
    return drawn[0] if len(drawn) == 1 else shapely.geometrycollections(drawn)
