"""Parcels become sites: every parcel its own site, or several parcels put together as one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.crs import WORK_CRS
from geodata.errors import Fault, SelectionError, culprits, did_you_mean
from geodata.language import Text

__all__ = ["BRIDGED_GAP_M", "each_parcel", "one_site"]

BRIDGED_GAP_M = 0.1
"""Parcels closer than this are neighbours: a gap that small is a drawing fault, not a strip."""

_LEAST_CONTACT_M = 0.02
_SHOWN = 5
_COMPARED_LETTERS = 3
_FEW = 2000


def each_parcel(parcels: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Every parcel as its own site.

    Parameters
    ----------
    parcels
        Features of the ``parcels`` layer: work CRS, index of unique ids, column ``contenance``
        in m² (NaN where unknown).

    Returns
    -------
    One row per parcel in the order given; index ``site_id`` (the parcel id), columns ``parcels``
    (tuple of ids), ``contenance_m2`` (NaN where unknown), ``planar_area_m2`` (area in the work
    CRS), ``is_contiguous`` (see :func:`one_site`) and ``geometry``.
    """
    shapes = shapely.force_2d(parcels.geometry.to_numpy())
    ids = [str(each) for each in parcels.index]
    return _sites(
        ids, list(zip(ids, strict=True)), _registered_areas(parcels["contenance"]), shapes
    )


def one_site(
    parcels: gpd.GeoDataFrame, ids: Iterable[str], *, site_id: str | None = None
) -> gpd.GeoDataFrame:
    """Parcels put together as one site; an id named twice counts once.

    The geometry is the union as drawn: gaps between neighbours are not filled. A site is
    contiguous when its pieces, gaps under ``BRIDGED_GAP_M`` bridged, make one piece whose parts
    meet along more than a point.

    Parameters
    ----------
    parcels
        Features of the ``parcels`` layer, as in :func:`each_parcel`.
    ids
        Parcel ids, in any order.
    site_id
        Id of the site; by default the parcel's for one parcel, else a digest of the sorted ids,
        the same whatever the order of the clicks.

    Returns
    -------
    One row with the columns of :func:`each_parcel`; ``parcels`` is sorted; ``contenance_m2`` is
    NaN if one parcel's is unknown.

    Raises
    ------
    SelectionError
        No id, or an id that no parcel has.
    """
    chosen = sorted({str(each) for each in ids})
    if not chosen:
        raise SelectionError(
            Fault(
                Text("Aucune parcelle n'est choisie.", "No parcel is chosen."),
                "",
                Text("Choisir au moins une parcelle.", "Choose at least one parcel."),
            )
        )
    positions = parcels.index.get_indexer(chosen)
    if np.any(positions < 0):
        unknown = [each for each, at in zip(chosen, positions, strict=True) if at < 0]
        raise SelectionError(*_unknown_parcels(unknown, parcels.index))
    # Columns are read one by one: rows of the whole frame would copy every text of the cadastre.
    shapes = shapely.force_2d(parcels.geometry.to_numpy()[positions])
    shape = shapes[0] if len(chosen) == 1 else shapely.union_all(shapes)
    contenance = float(_registered_areas(parcels["contenance"].iloc[positions]).sum())
    name = site_id if site_id is not None else _site_id(chosen)
    return _sites([name], [tuple(chosen)], np.array([contenance]), np.array([shape], dtype=object))


def _sites(
    ids: Sequence[str],
    members: list[tuple[str, ...]],
    contenance: Any,  # noqa: ANN401 - array
    shapes: Any,  # noqa: ANN401 - arrays
) -> gpd.GeoDataFrame:
    """Sites from their ids, parcel ids, registered areas (m²) and shapes in the work CRS."""
    index = pd.Index(ids, dtype=object, name="site_id")
    columns = {
        "parcels": pd.Series(members, index=index, dtype=object),
        "contenance_m2": contenance,
        "planar_area_m2": shapely.area(shapes),
        "is_contiguous": _is_contiguous(shapes),
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=WORK_CRS, index=index)


def _registered_areas(contenance: pd.Series) -> Any:  # noqa: ANN401 - array
    """Registered areas in m², NaN where unknown."""
    return pd.to_numeric(contenance).to_numpy(dtype=np.float64, na_value=np.nan)


def _site_id(sorted_ids: Sequence[str]) -> str:
    """Id that depends on the set of parcels alone."""
    if len(sorted_ids) == 1:
        return sorted_ids[0]
    return "site-" + hashlib.sha256("\n".join(sorted_ids).encode()).hexdigest()[:12]


def _is_contiguous(shapes: Any) -> Any:  # noqa: ANN401 - arrays
    """Whether each shape is one piece, hairline gaps bridged and mere points of contact cut."""
    contiguous = shapely.get_num_geometries(shapes) == 1
    several = np.flatnonzero(~contiguous)
    if len(several):
        # Growing bridges the gaps; shrinking by a little more cuts what holds by a point only.
        reach = BRIDGED_GAP_M / 2
        grown = shapely.buffer(shapes[several], reach, join_style="mitre")
        closed = shapely.buffer(grown, -(reach + _LEAST_CONTACT_M / 2), join_style="mitre")
        parts, owners = shapely.get_parts(shapes[several], return_index=True)
        lost = np.zeros(len(several), dtype=bool)
        np.logical_or.at(lost, owners, ~shapely.intersects(parts, closed[owners]))
        contiguous[several] = (shapely.get_num_geometries(closed) == 1) & ~lost
    return contiguous


def _unknown_parcels(unknown: Sequence[str], known: pd.Index) -> list[Fault]:
    """One fault per unknown id; beyond five, the last one names the rest."""
    faults = [
        Fault(
            Text(f"La parcelle « {each} » n'existe pas.", f"Parcel “{each}” does not exist."),
            "",
            _nearest_id(each, known),
        )
        for each in unknown[:_SHOWN]
    ]
    rest = unknown[_SHOWN:]
    if rest:
        faults.append(
            Fault(
                Text(
                    f"D'autres parcelles n'existent pas : {culprits(rest)}.",
                    f"Other parcels do not exist: {culprits(rest)}.",
                ),
                "",
                Text("Corriger la liste.", "Correct the list."),
            )
        )
    return faults


def _nearest_id(word: str, known: pd.Index) -> Text:
    """Remedy that proposes the nearest id, quickly even among hundreds of thousands."""
    every = np.asarray(known, dtype=np.str_)
    near = every[np.char.endswith(every, word.upper())] if word else every[:0]
    same_length = every[np.char.str_len(every) == len(word)] if word else every[:0]
    if not len(near) and len(same_length):
        width = same_length.dtype.itemsize // np.dtype("U1").itemsize
        letters = same_length.view("U1").reshape(len(same_length), width)[:, : len(word)]
        different = (letters != np.array(list(word))).sum(axis=1)
        near = same_length[(different == different.min()) & (different <= _COMPARED_LETTERS)]
    if len(near):
        return did_you_mean(near[0], [str(near[0])])
    if 0 < len(every) <= _FEW:
        remedy = did_you_mean(word, [str(each) for each in every])
        if "?" in remedy.en:
            return remedy
    return Text(
        "Prendre un identifiant à 14 caractères de la couche des parcelles.",
        "Take a 14-character id from the parcel layer.",
    )
