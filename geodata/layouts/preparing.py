"""What a few layouts need before their columns can be mapped: columns put together from others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.crs import WEB_CRS, to_partner
from geodata.language import Text
from geodata.layouts.names import column_of, columns_by_name, plain
from geodata.layouts.remarks import Remark, remark
from geodata.layouts.values import CONVERTERS, number, text

__all__ = ["PREPARATIONS", "cell_text", "edigeo_sheet"]

Prepared: TypeAlias = tuple[pd.DataFrame, list[Remark]]

_SHEET = re.compile(r"(?<![0-9A-Z])(\d[0-9AB])(\d{3})\d{3}[0-9A-Z]{2}\d{2}(?![0-9A-Z])")
"""Department, commune, prefix, section and sheet, as DGFiP names the archive of a sheet."""
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{6})(?!\d)")
_PARCEL_ID = r"[0-9][0-9AB][0-9]{6}[0-9A-Z]{2}[0-9]{4}"
_UNSAID = "non indiqué"
_MOTORWAYS = ("type_autoroutier", "autoroute", "quasi_autoroute")
_SQUARE_METRES = 10_000.0
_SALES_STAGES = {
    "disponible": "en vente",
    "reserve_fonciere": "non commercialisé",
    "reserve": "non commercialisé",
}


def cell_text(frame: pd.DataFrame, names: str) -> pd.Series:
    """Text of the first column that bears one of ``names``, None where there is none."""
    column = column_of(names, columns_by_name(frame))
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)
    return text(frame[column])


def edigeo_sheet(name: str) -> tuple[str, str] | None:
    """Department and commune in the name of an EDIGEO archive, such as 380040000B02."""
    match = _SHEET.search(name.upper())
    return (match[1], match[2]) if match else None


def _parcel_ids(frame: pd.DataFrame, _name: str) -> Prepared:
    """Ids of 14 characters, from the id of the file or from its parts."""
    department = cell_text(frame, "code_dep")
    rest = cell_text(frame, "code_com")
    district = cell_text(frame, "code_arr")
    has_district = district.notna() & ~district.isin(["0", "00", "000"])
    rest = rest.where(~has_district, district)
    width = 5 - department.str.len().fillna(2).astype(int)
    wide = rest.str.zfill(3).where(width.eq(3), rest.str.zfill(2))
    commune = (department.str.zfill(2) + wide).fillna(
        CONVERTERS["code5"](cell_text(frame, "commune"))
    )
    prefix = cell_text(frame, "prefixe|com_abs").fillna("000").str.zfill(3)
    section = cell_text(frame, "section").str.zfill(2)
    parts = commune + prefix + section + cell_text(frame, "numero").str.zfill(4)
    said = cell_text(frame, "idu|id")
    whole = said.str.fullmatch(_PARCEL_ID).fillna(value=False).astype(bool)
    ids = said.where(whole, parts).fillna(said)
    known = ids.str.fullmatch(_PARCEL_ID).fillna(value=False).astype(bool)
    made = frame.assign(
        computed_id=ids,
        computed_commune=ids.str[:5].where(known, commune),
        computed_prefix=ids.str[5:8].where(known, prefix),
    )
    differs = whole & parts.notna() & parts.ne(said)
    return made, _id_remarks(ids, known, differs)


def _id_remarks(ids: pd.Series, known: pd.Series, differs: pd.Series) -> list[Remark]:
    """Remarks about ids that are none, or that their own parts contradict."""
    found = []
    if (~known).any():
        what = Text(
            "identifiant(s) de parcelle qui n'ont pas les 14 caractères du cadastre",
            "parcel id(s) without the 14 characters of the cadastre",
        )
        found.append(remark("parcel_id", ids[~known].fillna(_UNSAID), what=what))
    if differs.any():
        what = Text(
            "identifiant(s) que la commune, la section ou le numéro de la parcelle contredisent ; "
            "l'identifiant est gardé",
            "id(s) that the municipality, section or number of the parcel contradict; "
            "the id is kept",
        )
        found.append(remark("parcel_id_parts", ids[differs], what=what))
    return found


def _edigeo_parcels(frame: pd.DataFrame, name: str) -> Prepared:
    """Ids of 14 characters: department of the sheet, then the twelve of the object."""
    short = cell_text(frame, "idu")
    department, found = _department(name, short)
    made = frame.assign(
        computed_id=department + short,
        computed_commune=department + short.str[:3],
        computed_prefix=short.str[3:6],
        computed_section=short.str[6:8],
        computed_number=short.str[8:12],
    )
    return made, found


def _edigeo_communes(frame: pd.DataFrame, name: str) -> Prepared:
    """INSEE code: department of the sheet, then the three digits of the commune."""
    short = cell_text(frame, "idu")
    department, found = _department(name, short)
    return frame.assign(computed_commune=department + short.str[:3]), found


def _edigeo_sheet_commune(frame: pd.DataFrame, name: str) -> Prepared:
    """Commune of the sheet, for objects that do not say theirs."""
    sheet = edigeo_sheet(name)
    if sheet is not None:
        return frame.assign(computed_commune="".join(sheet)), []
    unsaid = frame.assign(computed_commune=_UNSAID)
    return unsaid, [_no_department(cell_text(frame, "object_rid"))]


def _department(name: str, short: pd.Series) -> tuple[str, list[Remark]]:
    """Department in the name of the file, if its commune agrees; else nothing, and a remark."""
    sheet = edigeo_sheet(name)
    if sheet is not None and short.dropna().str[:3].eq(sheet[1]).all():
        return sheet[0], []
    return "", [_no_department(short)]


def _no_department(ids: pd.Series) -> Remark:
    """Remark about a sheet whose department is not known."""
    return remark(
        "no_department",
        ids,
        what=Text(
            "objet(s) EDIGEO sans département : les identifiants restent incomplets et ne "
            "correspondent à aucun autre cadastre",
            "EDIGEO object(s) without a department: ids stay incomplete and match no other "
            "cadastre",
        ),
        remedy=Text(
            "Rendre au fichier son nom d'origine, tel que edigeo-380040000B02.tar.bz2.",
            "Give the file its original name back, such as edigeo-380040000B02.tar.bz2.",
        ),
    )


def _plu_document(frame: pd.DataFrame, name: str) -> Prepared:
    """Planning document: IDURBA, else commune and date of approval, else the GPU's partition."""
    older = cell_text(frame, "insee") + "_PLU_" + cell_text(frame, "datappro")
    document = cell_text(frame, "idurba").fillna(older).fillna(cell_text(frame, "partition"))
    day = _DAY_IN_NAME.search(name)
    found = []
    if day is not None:
        other = document.notna() & ~document.str.contains(day[1], regex=False, na=False)
        if other.any():
            met = ", ".join(document[other].unique()[:3])
            what = Text(
                f"objet(s) d'un autre document ({met}) que le nom du fichier ({day[1]})",
                f"feature(s) of another document ({met}) than the name of the file ({day[1]})",
            )
            ranks = (f"n° {rank}" for rank in np.flatnonzero(other) + 1)
            found.append(remark("other_document", ranks, what=what))
    return frame.assign(computed_document=document), found


def _road_classes(frame: pd.DataFrame, _name: str) -> Prepared:
    """Class of each road from its nature and its importance (1 to 6)."""
    nature = cell_text(frame, "nature").fillna("").map(plain)
    importance = number(cell_text(frame, "importance"))
    classes = np.select(
        [nature.isin(_MOTORWAYS), importance.le(2), importance.eq(3)],
        ["motorway", "high_traffic", "boulevard"],
        default="street",
    )
    return frame.assign(computed_road_class=classes), []


def _aduga_areas(frame: pd.DataFrame, _name: str) -> Prepared:
    """Gross area in hectares, whether the file gives hectares or square metres."""
    said = number(cell_text(frame, "surf_brt|surf_brt_c|surface_geo"))
    stage = cell_text(frame, "typologie").fillna("").map(plain).map(_SALES_STAGES)
    made = frame.assign(
        computed_area_ha=said, computed_sales_stage=stage.astype(object).where(stage.notna(), None)
    )
    if not isinstance(frame, gpd.GeoDataFrame) or frame.crs is None or said.isna().all():
        return made, []
    measured = to_partner(frame).area.replace(0.0, np.nan)
    if (said / measured).median() < 1 / np.sqrt(_SQUARE_METRES):  # nearer to 1/10 000 than to 1
        return made, []
    what = Text(
        "surface(s) lues en mètres carrés, comme le dessin le montre, et notées en hectares",
        "area(s) read as square metres, as the outlines show, and kept in hectares",
    )
    return made.assign(computed_area_ha=said / _SQUARE_METRES), [
        remark("square_metres", (f"n° {rank}" for rank in range(1, len(made) + 1)), what=what)
    ]


def _establishments(frame: pd.DataFrame, _name: str) -> Prepared:
    """Name on the door; a person who trades under their own name is not named."""
    name = cell_text(frame, "etab_nom|etabnom|enseigne").fillna(
        cell_text(frame, "etab_raison_sociale|etab_raiso|rai_soc")
    )
    nature = cell_text(frame, "etab_nat_juridique|etab_nat_j|etabnatjur")
    person = nature.str.startswith("1", na=False).astype(bool)
    made = frame.assign(
        computed_name=name.where(~person, "Entrepreneur individuel"),
        computed_address=cell_text(frame, "etab_adresse").where(~person, None),
    )
    if not person.any():
        return made, []
    what = Text(
        "établissement(s) de personnes physiques, dont ni le nom ni l'adresse ne sont repris",
        "establishment(s) of natural persons, whose name and address are not taken over",
    )
    remedy = Text("Rien à faire : protection des personnes.", "Nothing to do: privacy.")
    ids = cell_text(frame, "siret|etabsiret|idsiret")[person]
    return made, [remark("natural_person", ids, what=what, remedy=remedy)]


def _cycle_facilities(frame: pd.DataFrame, _name: str) -> Prepared:
    """Facility of the right side, else of the left one."""
    right, left = cell_text(frame, "ame_d"), cell_text(frame, "ame_g")
    lacking = right.isna() | right.str.upper().eq("AUCUN")
    return frame.assign(computed_facility=right.where(~lacking, left.fillna("AUCUN"))), []


def _gtfs_stops(frame: pd.DataFrame, _name: str) -> Prepared:
    """Stops at their longitude and latitude."""
    if isinstance(frame, gpd.GeoDataFrame):
        return frame, []
    known = columns_by_name(frame)
    places = gpd.points_from_xy(number(frame[known["stop_lon"]]), number(frame[known["stop_lat"]]))
    return gpd.GeoDataFrame(frame, geometry=places, crs=WEB_CRS), []


PREPARATIONS: dict[str, Callable[[pd.DataFrame, str], Prepared]] = {
    "parcel_ids": _parcel_ids,
    "edigeo_parcels": _edigeo_parcels,
    "edigeo_communes": _edigeo_communes,
    "edigeo_sheet": _edigeo_sheet_commune,
    "plu_document": _plu_document,
    "bd_topo_roads": _road_classes,
    "aduga_areas": _aduga_areas,
    "establishments": _establishments,
    "cycle_facilities": _cycle_facilities,
    "gtfs_stops": _gtfs_stops,
}
"""Preparations by the name that layouts use: frame and name of the file to frame and remarks."""
