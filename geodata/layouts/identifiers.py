"""Ids for features that come without one: the same feature gets the same id next time."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

__all__ = ["shape_ids"]

_DIGEST_BYTES = 8
_DECIMALS_DEGREES = 7
_DECIMALS_METRES = 2


def shape_ids(features: gpd.GeoDataFrame, *, prefix: pd.Series) -> pd.Series:
    """Ids made of ``prefix`` and the shape, rounded to the centimetre.

    They do not depend on the order of the file. Features of one prefix with the same shape are
    told apart by a rank: ``80021-0a1b2c3d4e5f6071``, ``80021-0a1b2c3d4e5f6071-2``.

    Parameters
    ----------
    features
        Features in one CRS; the ids are stable as long as the source keeps it.
    prefix
        Text that begins each id, on the same index; empty or missing for none.
    """
    is_geographic = features.crs is None or features.crs.is_geographic
    decimals = _DECIMALS_DEGREES if is_geographic else _DECIMALS_METRES
    shapes = shapely.force_2d(features.geometry.to_numpy())
    rounded = shapely.transform(shapes, lambda corners: np.round(corners, decimals) + 0.0)
    written = shapely.to_wkb(shapely.normalize(rounded), byte_order=1)
    digests = [
        hashlib.blake2b(each or b"", digest_size=_DIGEST_BYTES).hexdigest() for each in written
    ]
    start = prefix.fillna("").astype(object)
    ids = start.where(start.eq(""), start + "-") + pd.Series(digests, index=features.index)
    rank = ids.groupby(ids).cumcount() + 1
    return ids.where(rank.eq(1), ids + "-" + rank.astype(str)).astype(object)
