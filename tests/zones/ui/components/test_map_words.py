from __future__ import annotations

from geodata.catalog import catalog
from zones.maps import BASE_MAPS
from zones.ui.components.map_words import WORDS


def test_every_word_is_in_both_languages():
    """No word of the map is left untranslated."""
    assert [key for texts in WORDS.values() for key, text in texts.items() if not all(text)] == []


def test_every_base_map_has_a_name():
    """The list of base maps shows words, not ids."""
    assert set(WORDS["base_maps"]) == {"none", *(base.id for base in BASE_MAPS)}


def test_every_style_word_of_point_layers_has_a_name():
    """What the pointer meets is named in the language of the reader."""
    styles = {
        "transit_stops": "mode",
        "hotels": "status",
        "shops": "family",
        "cluster_anchors": "theme",
        "openings": "decision",
        "opinions": "opinion",
    }
    for layer, column in styles.items():
        assert set(catalog()[layer].columns[column].values) <= set(WORDS["words"])
        assert layer in WORDS["kinds"]
