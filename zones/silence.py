"""Layers that say nothing of the sites judged: loaded, read by an article, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from charters.needs import articles_by_layer
from geodata.catalog import catalog
from geodata.language import Language, Text, number_text
from zones.assessment import Assessment
from zones.measures.ground import covered

__all__ = ["SilentLayer", "silent_layers"]

_SITES = "parcels"


@dataclass(frozen=True, slots=True)
class SilentLayer:
    """One layer that covers none of the sites."""

    layer: str
    """Layer id."""
    edition: str
    """Date of its edition."""
    articles: tuple[str, ...]
    """Articles that read it."""
    sites: int
    """Number of sites judged."""

    def say(self, language: Language) -> str:
        """Sentence that names the layer."""
        title = catalog()[self.layer].title.say(language)
        if self.sites == 1:
            said = Text(
                "La couche «\u00a0{title}\u00a0» ({edition}) ne couvre pas le site jugé.",
                "The layer “{title}” ({edition}) does not cover the site judged.",
            )
        else:
            said = Text(
                "La couche «\u00a0{title}\u00a0» ({edition}) ne couvre aucun des {count} sites.",
                "The layer “{title}” ({edition}) covers none of the {count} sites.",
            )
        count = number_text(self.sites, language, decimals=0)
        return said.say(language, title=title, edition=self.edition, count=count)


def silent_layers(assessment: Assessment) -> tuple[SilentLayer, ...]:
    """Layers that an article reads and that cover no site wholly, in the order of the catalog.

    The layer of the parcels is left out: sites are made of it. No site, no silence; nor is a layer
    silent that is not loaded, for its articles say so themselves.
    """
    ground, count = assessment.ground, len(assessment.sites)
    if not count:
        return ()
    needs = articles_by_layer(each.charter for each in assessment.verdicts.values())
    return tuple(
        SilentLayer(layer, ground.layers[layer].edition.date, needs[layer], count)
        for layer in catalog()
        if layer in needs
        and layer != _SITES
        and layer in ground.layers
        and not covered(ground, layer).any()
    )
