"""Active establishments, from Recherche d'entreprises; no natural person's name comes in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.errors import Fault, FetchError
from geodata.fetching.download import Download
from geodata.fetching.frames import iso_days, point_features
from geodata.fetching.paging import Collected, collect
from geodata.fetching.services import services
from geodata.fetching.task import Brought, Task, each_commune, layer_of
from geodata.language import Text

__all__ = ["bring", "establishments"]

_SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
"""Sections of the NAF."""
_NATURAL_PERSON = "1"
"""First digit of the legal category of those who trade under their own name."""
_SOLE_TRADER = "Entrepreneur individuel"
_UNSAID = "Nom non repris"
_CUT_AT = 100
"""Establishments of one company that the service gives at most."""


def bring(task: Task) -> Brought:
    """Layer ``companies``.

    Establishments whose diffusion is partial (status P) are left out and counted: without name and
    address there is nothing to place on a map, and a point would be an address. Sole traders are
    kept without their name or sign, for both name a person.

    Raises
    ------
    FetchError
        With every commune that failed, or one section of one commune beyond what the service gives.
    """
    answers = each_commune(task, lambda commune: _asked(task, commune))
    rows = [row for each in answers for one in each for row in one.rows]
    files: list[Download] = [file for each in answers for one in each for file in one.downloads]
    frame, said = establishments(rows, communes=frozenset(task.communes))
    now = dt.datetime.fromtimestamp(task.session.timepiece.now_s(), tz=dt.UTC)
    made, more = layer_of(
        frame, layer="companies", task=task, downloads=files, day=now.date().isoformat()
    )
    return Brought((made,), (*said, *more))


def establishments(
    rows: list[Any], *, communes: frozenset[str]
) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Columns of ``companies`` for the active establishments of ``communes``.

    Parameters
    ----------
    rows
        Companies as the service gives them, with ``matching_etablissements``.
    communes
        INSEE codes.
    """
    pairs = [
        (company, each)
        for company in rows
        if isinstance(company, dict)
        for each in company.get("matching_etablissements") or []
        if isinstance(each, dict) and each.get("commune") in communes
    ]
    active = [pair for pair in pairs if pair[1].get("etat_administratif", "A") == "A"]
    public = [pair for pair in active if not _is_hidden(*pair)]
    frame = point_features(
        {
            "id": [str(each.get("siret")) for _, each in public],
            "name": [_name(company, each) for company, each in public],
            "naf": [
                each.get("activite_principale") or company.get("activite_principale")
                for company, each in public
            ],
            "staff": pd.Series(float("nan"), index=range(len(public))),
            "legal_form": _texts([company.get("nature_juridique") for company, _ in public]),
            "address": _texts([_address(company, each) for company, each in public]),
            "created": iso_days(_texts([each.get("date_creation") for _, each in public])),
            "is_head_office": pd.Series(
                [_truth(each.get("est_siege")) for _, each in public], dtype=object
            ),
            "staff_band": _texts([each.get("tranche_effectif_salarie") for _, each in public]),
            "staff_year": _numbers(public, "annee_tranche_effectif_salarie"),
        },
        longitudes=_numbers(public, "longitude"),
        latitudes=_numbers(public, "latitude"),
    )
    return frame, _remarks(rows, hidden=len(active) - len(public))


def _asked(task: Task, commune: str) -> list[Collected]:
    """Companies of one commune, by section where there are more than the service gives at once."""
    whole = _search(task, commune, "")
    if not _is_cut(whole):
        return [whole]
    parts = []
    for section in _SECTIONS:
        task.tell(Text(f"{commune}, section {section}", f"{commune}, section {section}"), 0, 0)
        part = _search(task, commune, section)
        if _is_cut(part):
            raise FetchError(_too_many(commune, section))
        parts.append(part)
    return parts


def _search(task: Task, commune: str, section: str) -> Collected:
    """Companies of one commune and section."""
    return collect(
        task.session, task.name, "search", values={"commune": commune, "section": section}
    )


def _is_cut(answer: Collected) -> bool:
    """Whether the service has more than it gives."""
    most = services()["companies"].endpoints["search"].paging.most
    total = answer.first.get("total_results") if isinstance(answer.first, dict) else 0
    return isinstance(total, int) and total >= most


def _is_hidden(company: dict[str, Any], each: dict[str, Any]) -> bool:
    """Whether the company or its establishment asked not to be shown."""
    states = (
        company.get("statut_diffusion"),
        each.get("statut_diffusion_etablissement"),
        each.get("statut_diffusion"),
    )
    return any(state not in {None, "O"} for state in states)


def _name(company: dict[str, Any], each: dict[str, Any]) -> str:
    """Sign of the establishment, else the name of the company; none where it may be a person."""
    signs = each.get("liste_enseignes")
    sign = next((str(one) for one in signs if one), None) if isinstance(signs, list) else None
    if not _is_legal_person(company):
        return _SOLE_TRADER if company.get("nature_juridique") else _UNSAID
    known = (sign, each.get("nom_commercial"), company.get("nom_raison_sociale"))
    return next((str(one) for one in known if one), str(company.get("nom_complet") or "?"))


def _address(company: dict[str, Any], each: dict[str, Any]) -> object:
    """Address of a legal person; of a natural one it is often the home."""
    return each.get("adresse") if _is_legal_person(company) else None


def _is_legal_person(company: dict[str, Any]) -> bool:
    """Whether a company is known to be more than a person; unknown is not known."""
    category = str(company.get("nature_juridique") or _NATURAL_PERSON)
    return not category.startswith(_NATURAL_PERSON)


def _texts(values: list[Any]) -> pd.Series:
    """Values as text, None where there is none."""
    return pd.Series([str(each) if each else None for each in values], dtype=object)


def _truth(value: object) -> bool | None:
    """True, false, or None for anything else."""
    return value if isinstance(value, bool) else None


def _numbers(pairs: list[tuple[dict[str, Any], dict[str, Any]]], name: str) -> pd.Series:
    """Number of each establishment; the service writes coordinates as text."""
    return pd.to_numeric(pd.Series([each.get(name) for _, each in pairs]), errors="coerce").astype(
        "float64"
    )


def _remarks(rows: list[Any], *, hidden: int) -> list[Text]:
    """What the layer does not say."""
    cut = sum(
        len(each.get("matching_etablissements") or []) >= _CUT_AT
        for each in rows
        if isinstance(each, dict)
    )
    said = [
        Text(
            "companies : SIRENE ne donne que des tranches d'effectif ; l'effectif reste vide.",
            "companies: SIRENE gives staff bands only; the number of staff is left empty.",
        )
    ]
    if hidden:
        said.append(
            Text(
                f"companies : {hidden} établissement(s) à diffusion partielle laissés de côté.",
                f"companies: {hidden} establishment(s) of partial diffusion left out.",
            )
        )
    if cut:
        said.append(
            Text(
                f"companies : {cut} entreprise(s) ont peut-être plus de {_CUT_AT} établissements.",
                f"companies: {cut} company(ies) may have more than {_CUT_AT} establishments.",
            )
        )
    return said


def _too_many(commune: str, section: str) -> Fault:
    """Fault of a section with more companies than the service gives."""
    return Fault(
        Text(
            f"Plus de 10 000 entreprises en section {section} à {commune}.",
            f"More than 10,000 companies in section {section} in {commune}.",
        ),
        "recherche-entreprises.api.gouv.fr",
        Text(
            "Importer le fichier mensuel SIRENE géolocalisé.",
            "Import the monthly geolocated SIRENE file.",
        ),
    )
