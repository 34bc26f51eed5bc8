"""Which articles need a layer, derived from what their requirements read."""

from __future__ import annotations

from collections.abc import Iterable

from charters.model import Charter
from charters.tree import requirement_fields
from charters.vocabulary import site_measures

__all__ = ["articles_by_layer", "layers_of"]


def articles_by_layer(charters: Iterable[Charter]) -> dict[str, tuple[str, ...]]:
    """Ids of the articles that read a layer, by layer id; a layer that none reads is not there."""
    needs: dict[str, dict[str, None]] = {}
    for charter in charters:
        for article, requirement in charter.requirements:
            for layer in layers_of(requirement_fields(requirement)):
                needs.setdefault(layer, {})[article.id] = None
    return {layer: tuple(articles) for layer, articles in needs.items()}


def layers_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Layers that site facts come from, each once."""
    names = [path.partition(".")[2] for path in paths if path.startswith("site.")]
    return tuple(dict.fromkeys(layer for name in names for layer in site_measures()[name].layers))
