"""A table in a known layout, or with a mapping, becomes frames of the catalog's layers."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geodata.catalog import contract
from geodata.errors import DataError, SelectionError
from geodata.language import Text
from geodata.layouts import faults
from geodata.layouts.by_mapping import layout_of, renamed
from geodata.layouts.identifiers import shape_ids
from geodata.layouts.mappings import Mapping
from geodata.layouts.model import DESK_PREFIX, Kept, Layout, layouts
from geodata.layouts.names import column_of, columns_by_name, plain
from geodata.layouts.preparing import PREPARATIONS, cell_text
from geodata.layouts.provenance import completed
from geodata.layouts.remarks import Remark, remark
from geodata.layouts.rules import UNSAID, mapped, ranks
from geodata.layouts.shape_texts import with_shapes
from geodata.layouts.values import CONVERTERS, day

__all__ = ["Conversion", "convert", "to_catalog"]

_OWN_TYPES = {"demo": "boolean", "source_date": "date"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a table became."""

    layers: tuple[tuple[str, gpd.GeoDataFrame], ...]
    """Layer id and features, in the columns of the catalog and the CRS of the file."""
    remarks: tuple[Remark, ...]
    """What there is to say: rows set aside, values outside a list, assumptions."""


def to_catalog(
    frame: pd.DataFrame,
    *,
    layout: str | None,
    mapping: Mapping | None,
    layer: str | None,
    name: str = "",
) -> list[tuple[str, gpd.GeoDataFrame]]:
    """Layers of :func:`convert`, without the remarks."""
    return list(convert(frame, layout=layout, mapping=mapping, layer=layer, name=name).layers)


def convert(
    frame: pd.DataFrame,
    *,
    layout: str | None = None,
    mapping: Mapping | None = None,
    layer: str | None = None,
    name: str = "",
) -> Conversion:
    """Features of ``frame`` as layers of the catalog, ready for :func:`~geodata.layers.make_layer`.

    Parameters
    ----------
    frame
        Table as it was read; shapes in any CRS, which is kept.
    layout
        Id that :func:`~geodata.layouts.recognising.recognise` gave.
    mapping
        A planner's own mapping; it wins over the layout.
    layer
        Layer that is wanted; a layout that gives another is refused. Without layout and mapping,
        columns are taken under the names of the catalog.
    name
        Name of the file, for the source, and for what only the name says.

    Raises
    ------
    DataError
        The table has no shapes, its layout is of another layer than ``layer``, or the mapping
        reads columns that the table does not have.
    SelectionError
        No layout or layer has that id, or neither layout, mapping nor layer is given.
    """
    frame = frame.loc[:, ~frame.columns.duplicated()]
    if mapping is not None:
        _require_layer(mapping.layer, layer, name)
        rows = renamed(frame, mapping=mapping, name=name)
        return _converted(rows, layout_of(mapping), name)
    if layout is not None:
        if layout not in layouts():
            raise SelectionError(faults.unknown_layout(layout))
        known = layouts()[layout]
        if known.layer is None:
            return Conversion((), (faults.no_layer(known, frame),))
        _require_layer(known.layer, layer, name)
        return _converted(frame, known, name, is_own=layout.startswith(DESK_PREFIX))
    if layer is None:
        raise SelectionError(faults.NOTHING_SAID)
    contract(layer)
    return Conversion(((layer, _as_it_is(frame, name)),), ())


def _converted(
    frame: pd.DataFrame, layout: Layout, name: str, *, is_own: bool = False
) -> Conversion:
    """Table mapped by the rules of a layout that has a layer."""
    layer = str(layout.layer)
    rules = contract(layer).columns
    plain_rows, found = _prepared(frame.reset_index(drop=True), layout, name)
    features, more = _kept(_shaped(plain_rows, layer, name), layout)
    found += more
    ids, more = _ids(features, layout)
    found += more
    known = columns_by_name(features)
    made: dict[str, pd.Series] = {"id": ids}
    for column, rule in layout.columns.items():
        made[column], more = mapped(
            features, name=column, column=rules[column], rule=rule, known=known, ids=ids
        )
        found += more
    made = {**_common(features, layout, name, is_own=is_own), **made}
    order = [column for column in rules if column in made]
    table = pd.DataFrame({column: made[column] for column in order}, index=features.index)
    shapes = features.geometry.to_numpy()
    out = gpd.GeoDataFrame(table, geometry=shapes, crs=features.crs).reset_index(drop=True)
    found += [remark("assumed", ids, what=what) for what in layout.assumed if len(ids)]
    return Conversion(((layer, out),) if len(out) else (), tuple(found))


def _prepared(frame: pd.DataFrame, layout: Layout, name: str) -> tuple[pd.DataFrame, list[Remark]]:
    """Table with its shapes read from text, and the columns that the layout puts together."""
    found: list[Remark] = []
    has_shapes = isinstance(frame, gpd.GeoDataFrame) and not frame.geometry.isna().all()
    if layout.shape_text and not has_shapes:
        column = column_of(layout.shape_text, columns_by_name(frame))
        if column is not None:
            rows = pd.DataFrame(frame)
            rows = rows.drop(columns="geometry", errors="ignore") if column != "geometry" else rows
            frame, found = with_shapes(rows, column=column)
    if layout.prepare:
        frame, more = PREPARATIONS[layout.prepare](frame, name)
        found = [*found, *more]
    return frame, found


def _shaped(frame: pd.DataFrame, layer: str, name: str) -> gpd.GeoDataFrame:
    """The table as features, or the fault of a table without shapes."""
    if isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None:
        return frame
    raise DataError(faults.no_shapes(layer, name))


def _kept(features: gpd.GeoDataFrame, layout: Layout) -> tuple[gpd.GeoDataFrame, list[Remark]]:
    """Rows that are the layer's, and a remark for each kind of others."""
    found = []
    named = ranks(features)
    column = layout.id and layout.id.sources
    column = column_of(column, columns_by_name(features)) if column else None
    if column is not None:
        named = CONVERTERS["text"](features[column]).fillna(named)
    for choice in layout.keep:
        chosen = _chosen(features, choice)
        if not chosen.all():
            aside = named[features.index[~chosen]]
            found.append(remark("set_aside", aside, what=choice.why))
        features = features[chosen]
    return features, found


def _chosen(features: gpd.GeoDataFrame, choice: Kept) -> pd.Series:
    """Which rows a choice keeps."""
    column = column_of(choice.sources, columns_by_name(features))
    if column is None:
        return pd.Series(data=True, index=features.index)
    words = CONVERTERS[choice.convert](features[column]).fillna("").map(plain)
    if choice.only:
        return words.isin([plain(each) for each in choice.only])
    return ~words.isin([plain(each) for each in choice.never])


def _ids(features: gpd.GeoDataFrame, layout: Layout) -> tuple[pd.Series, list[Remark]]:
    """Id of each feature: the file's, or made from its shape where it has none."""
    said = pd.Series(None, index=features.index, dtype=object)
    if layout.id is not None and layout.id.sources is not None:
        column = column_of(layout.id.sources, columns_by_name(features))
        if column is not None:
            said = CONVERTERS[layout.id.convert or "text"](features[column])
    lacking = said.isna()
    if not lacking.any():
        return said.astype(object), []
    prefix = cell_text(features, layout.id_prefix) if layout.id_prefix else said
    made = shape_ids(features[lacking], prefix=prefix[lacking])
    what = Text(
        "objet(s) sans identifiant : un identifiant stable est tiré de leur forme",
        "feature(s) without id: a stable one is made from their shape",
    )
    remedy = Text("Rien à faire.", "Nothing to do.")
    told = remark("made_id", made, what=what, remedy=remedy)
    return said.where(~lacking, made).astype(object), [told]


def _common(
    features: gpd.GeoDataFrame, layout: Layout, name: str, *, is_own: bool
) -> dict[str, pd.Series]:
    """What each feature says of itself: its own words in our exports, the layout's else."""
    newest = None
    if layout.dated_by is not None:
        column = column_of(layout.dated_by, columns_by_name(features))
        newest = None if column is None else max(day(features[column]).dropna(), default=None)
    said: dict[str, object] = {
        "demo": False,
        "source": layout.source or name or UNSAID,
        "source_date": newest,
        "licence": layout.licence or UNSAID,
        "geom_precision": "real",
        "confidence": layout.confidence,
    }
    own = columns_by_name(features) if is_own else {}
    return {
        column: CONVERTERS[_OWN_TYPES.get(column, "text")](features[own[column]])
        if column in own
        else pd.Series(value, index=features.index, dtype=bool if column == "demo" else object)
        for column, value in said.items()
    }


def _as_it_is(frame: pd.DataFrame, name: str) -> gpd.GeoDataFrame:
    """Columns under the names of the catalog already; ids are made where there are none."""
    if not isinstance(frame, gpd.GeoDataFrame):
        raise DataError(faults.no_shapes("", name))
    rows = frame if frame.index.name != "id" or "id" in frame else frame.reset_index()
    if "id" not in rows or rows["id"].isna().all():
        nameless = pd.Series("", index=rows.index)
        rows = rows.assign(id=shape_ids(rows, prefix=nameless))
    return completed(rows, name=name or UNSAID)


def _require_layer(given: str, wanted: str | None, name: str) -> None:
    """Refuse a table of one layer where another is wanted."""
    contract(given)
    if wanted is None or wanted == given:
        return
    raise DataError(faults.other_layer(given, wanted, name))
