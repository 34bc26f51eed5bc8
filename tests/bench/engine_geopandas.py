"""GeoPandas as its manual teaches it: sjoin, overlay, sjoin_nearest on whole frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from comparing import DISTANCES, LARGEST, SHARES, Results

from geodata.layers import Layer, Layers
from zones.measures.features import Selection

__all__ = ["engine"]

NOISE_M2 = 0.01
REACH_M = 3.0


@contextmanager
def engine(layers: Layers) -> Iterator[Callable[[], Callable[[], Results]]]:
    """Facts of every parcel; selections, unions and spatial indexes are made ready first."""
    parcels = layers["parcels"].features[["geometry"]].reset_index(drop=True)
    chosen = {each: _chosen(layers[each.layer], each) for each in DISTANCES.values()}
    merged = {each: _merged(layers[each.layer], each) for each in SHARES.values()}
    frames = {
        layer: layers[layer].features.reset_index(names="id") for layer, _, _ in LARGEST.values()
    }
    rims = {name: _rim(layer) for name, layer in layers.items()}
    for each in (*chosen.values(), *merged.values(), *frames.values()):
        each.sindex  # noqa: B018 - builds the index
    lines = _chosen(layers["plu_prescriptions"], Selection("plu_prescriptions", "typepsc", ("22",)))
    band = _band(lines)

    keys = {name: shapely.to_wkb(layer.coverage) for name, layer in layers.items()}

    def facts() -> Callable[[], Results]:
        area = parcels.area
        areas = {keys[name]: layer.coverage for name, layer in layers.items()}
        covered = {key: _covered(parcels, area, each) for key, each in areas.items()}
        edge = {
            keys[each.layer]: _nearest(parcels[covered[keys[each.layer]]], rims[each.layer])
            for each in DISTANCES.values()
        }
        found = {"planar_area_m2": area}
        parts = {
            layer: _parts(parcels, frames[layer])
            for layer in {each[0] for each in LARGEST.values()}
        }
        for name, (layer, by, is_half) in LARGEST.items():
            value = _largest(name, parts[layer], frames[layer], area, by, is_half=is_half)
            found[name] = value.where(covered[keys[layer]])
        for name, each in SHARES.items():
            shared = _shared(parcels, merged[each])
            value = _share(shared, area) if name.endswith("share") else shared
            found[name] = value.where(covered[keys[each.layer]])
        for name, each in DISTANCES.items():
            key = keys[each.layer]
            metres = _nearest(parcels[covered[key]], chosen[each])
            value = metres.where(metres <= edge[key] + 1e-6)
            found[name] = value.reindex(parcels.index)
        length = _frontage(parcels, lines, band)
        found["protected_frontage_m"] = length.where(covered[keys["plu_prescriptions"]])
        return lambda: {name: _plain(each) for name, each in found.items()}

    yield facts


def _plain(column: pd.Series) -> np.ndarray:
    """Numbers with NaN, or words with None."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float)
    words = column.to_numpy(dtype=object, copy=True)
    words[pd.isna(words)] = None
    return words


def _covered(parcels: gpd.GeoDataFrame, area: pd.Series, coverage: shapely.Geometry) -> np.ndarray:
    """Whether each parcel lies in a coverage."""
    frame = gpd.GeoDataFrame(geometry=[coverage], crs=parcels.crs)
    inside = np.zeros(len(parcels), dtype=bool)
    inside[gpd.sjoin(parcels, frame, predicate="covered_by").index] = True
    crossed = gpd.sjoin(parcels[~inside], frame, predicate="intersects").index
    shared = parcels.geometry[crossed].intersection(coverage).area
    inside[crossed] = shared >= area[crossed] - NOISE_M2
    return inside


def _nearest(parcels: gpd.GeoDataFrame, features: gpd.GeoDataFrame) -> pd.Series:
    """Distance to the nearest feature."""
    near = gpd.sjoin_nearest(parcels, features[["geometry"]], distance_col="metres")
    return near["metres"].groupby(level=0).first()


def _chosen(layer: Layer, selection: Selection) -> gpd.GeoDataFrame:
    """Features that count."""
    frame = layer.features
    if selection.column:
        frame = frame[frame[selection.column].isin(selection.values)]
    return frame.reset_index(names="id")


def _merged(layer: Layer, selection: Selection) -> gpd.GeoDataFrame:
    """Features that count, merged, as single polygons."""
    return _chosen(layer, selection)[["geometry"]].dissolve().explode().reset_index(drop=True)


def _rim(layer: Layer) -> gpd.GeoDataFrame:
    """Straight pieces of the outline of a coverage."""
    points = shapely.get_coordinates(layer.coverage.boundary)
    pieces = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    return gpd.GeoDataFrame(geometry=pieces, crs=layer.features.crs)


def _parts(parcels: gpd.GeoDataFrame, frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Area of every pair of a parcel and a feature."""
    left = parcels.reset_index(names="parcel")
    parts = gpd.overlay(left, frame, how="intersection", keep_geom_type=True)
    return pd.DataFrame(parts.assign(part_m2=parts.area).drop(columns="geometry"))


def _largest(
    name: str,
    parts: pd.DataFrame,
    frame: gpd.GeoDataFrame,
    area: pd.Series,
    by: str,
    *,
    is_half: bool,
) -> pd.Series:
    """Group of the largest part, a ZAC first and then the lower name within noise of it."""
    parts = parts[parts["part_m2"] > NOISE_M2].copy()
    parts["other"] = parts["typeinf"] != "02" if "typeinf" in parts else False
    sums = parts.groupby(["parcel", by], as_index=False).agg(
        part_m2=("part_m2", "sum"), other=("other", "first")
    )
    most = sums.groupby("parcel")["part_m2"].transform("max")
    best = sums[sums["part_m2"] >= most - NOISE_M2].sort_values(["other", by])
    best = best.drop_duplicates("parcel").set_index("parcel")
    if name == "zone_share":
        most = sums.groupby("parcel")["part_m2"].max().reindex(area.index, fill_value=0.0)
        return _share(most, area)
    if is_half:
        best = best[best["part_m2"] >= 0.5 * area[best.index] - NOISE_M2]
    word = best[by].reindex(area.index)
    if name == "economic_site_vacancy_share":
        units = frame.set_index("id")
        share = units["site_uf_vacant_nbre"] / units["site_uf_nbre"]
        return word.map(share)
    return word.astype(object).where(word.notna(), "none")


def _shared(parcels: gpd.GeoDataFrame, merged: gpd.GeoDataFrame) -> pd.Series:
    """Area of each parcel under merged polygons."""
    left = parcels.reset_index(names="parcel")
    parts = gpd.overlay(left, merged, how="intersection", keep_geom_type=True)
    shared = parts.area[parts.area > NOISE_M2].groupby(parts["parcel"]).sum()
    return shared.reindex(parcels.index, fill_value=0.0)


def _share(shared: pd.Series, area: pd.Series) -> pd.Series:
    """Share of the parcel, 1 and 0 within noise."""
    share = (shared / area).clip(upper=1.0)
    return share.mask(shared >= area - NOISE_M2, 1.0).mask(shared <= NOISE_M2, 0.0)


def _band(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Ground beside protected lines, cut square at their ends."""
    merged = shapely.line_merge(shapely.union_all(lines.geometry.to_numpy()))
    ground = gpd.GeoSeries([merged], crs=lines.crs).buffer(REACH_M, cap_style="flat")
    return gpd.GeoDataFrame(geometry=ground.explode().reset_index(drop=True))


def _segments(lines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Straight pieces of lines, with the index of their line and their direction."""
    lines = lines.explode()
    points, of = shapely.get_coordinates(lines.to_numpy(), return_index=True)
    joined = of[1:] == of[:-1]
    ends = np.stack([points[:-1][joined], points[1:][joined]], axis=1)
    way = ends[:, 1] - ends[:, 0]
    angle = np.arctan2(way[:, 1], way[:, 0])
    return gpd.GeoDataFrame(
        {"parcel": lines.index[of[1:][joined]], "angle": angle},
        geometry=shapely.linestrings(ends),
        crs=lines.crs,
    )


def _frontage(
    parcels: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, band: gpd.GeoDataFrame
) -> pd.Series:
    """Length of edges beside a protected line and along it."""
    near = gpd.sjoin(parcels, lines[["geometry"]], predicate="dwithin", distance=REACH_M)
    edges = _segments(parcels.geometry[near.index.unique()].boundary)
    pairs = gpd.sjoin(edges, _segments(lines.geometry), predicate="dwithin", distance=REACH_M)
    along = np.abs(np.cos(pairs["angle_left"] - pairs["angle_right"])) >= np.cos(np.radians(45))
    edges = edges.loc[pairs.index[along].unique()]
    beside = gpd.sjoin(edges, band, predicate="intersects")
    pieces = beside.geometry.intersection(
        band.geometry.loc[beside["index_right"]].set_axis(beside.index), align=False
    )
    length = pieces.length.groupby(beside["parcel"]).sum()
    return length.reindex(parcels.index, fill_value=0.0)
