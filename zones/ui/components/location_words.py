"""What the map of one article says, in both languages."""

from __future__ import annotations

from geodata.language import Text

__all__ = ["LOCATION_WORDS"]

LOCATION_WORDS: dict[str, Text] = {
    "choose": Text("Un article", "One article"),
    "choose_hint": Text("un article…", "one article…"),
    "map_it": Text("Colorer la carte par {article}", "Colour the map by {article}"),
    "map_help": Text(
        "Où ce projet, tel qu'il est, respecterait-il cet article\u00a0?",
        "Where would this project, as it is, meet this article?",
    ),
    "back": Text("Revenir aux chartes", "Back to the charters"),
    "legend": Text("{article} par parcelle", "{article} by parcel"),
    "no_verdict": Text("Pas de verdict à colorer.", "No verdict to colour."),
    "share": Text("{outcome}\u00a0: {count} ({area}\u00a0ha)", "{outcome}: {count} ({area} ha)"),
    "download": Text("Exporter", "Export"),
    "geojson": Text("Parcelles (GeoJSON)", "Parcels (GeoJSON)"),
    "csv": Text("Tableau (CSV)", "Table (CSV)"),
    "demo": Text(
        "Parcelles fictives\u00a0: le fichier le dit aussi.",
        "Fictitious parcels: the file says so too.",
    ),
}
