"""The map's own words in both languages."""

from __future__ import annotations

from geodata.language import Text

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, Text]] = {
    "controls": {
        "map": Text(
            "Carte des parcelles. Flèches pour se déplacer, plus et moins pour changer d'échelle, "
            "Entrée pour choisir la parcelle au centre.",
            "Map of the parcels. Arrows move it, plus and minus change the scale, "
            "Enter picks the parcel at the centre.",
        ),
        "layers": Text("Couches", "Layers"),
        "base_map": Text("Fond de plan extérieur", "Outside base map"),
        "legend": Text("Verdict par parcelle", "Verdict by parcel"),
        "zoom_in": Text("Agrandir", "Zoom in"),
        "zoom_out": Text("Réduire", "Zoom out"),
        "unavailable": Text(
            "Fond de plan indisponible : le serveur ne répond pas. "
            "La carte reste utilisable sans lui.",
            "Base map unavailable: the server does not answer. The map works without it.",
        ),
        "silent": Text(
            "La carte ne s'affiche pas. Recharger la page ; "
            "la table des parcelles reste utilisable.",
            "The map does not show. Reload the page; the parcel table still works.",
        ),
    },
    "groups": {
        "territory": Text("Territoire", "Territory"),
        "planning": Text("Urbanisme et risques", "Planning and hazards"),
        "mobility": Text("Mobilités", "Mobility"),
        "energy": Text("Énergie", "Energy"),
        "economy": Text("Commerce et filières", "Retail and clusters"),
    },
    "base_maps": {
        "none": Text("Aucun", "None"),
        "ign_plan": Text("Plan IGN", "IGN map"),
        "ign_photo": Text("Photographies aériennes (IGN)", "Aerial photographs (IGN)"),
        "osm": Text("OpenStreetMap", "OpenStreetMap"),
    },
    "kinds": {
        "transit_stops": Text("Arrêt", "Stop"),
        "stations": Text("Gare", "Railway station"),
        "shops": Text("Commerce", "Shop"),
        "hotels": Text("Hôtel", "Hotel"),
        "cluster_anchors": Text("Ancrage de filière", "Cluster anchor"),
        "plu_prescriptions": Text("Prescription du PLU", "Local plan prescription"),
        "openings": Text("Projet", "Project"),
        "opinions": Text("Dossier", "Dossier"),
    },
    "words": {
        "bus": Text("bus", "bus"),
        "bhns": Text("bus à haut niveau de service", "high-frequency bus"),
        "existing": Text("existant", "existing"),
        "authorised": Text("autorisé", "authorised"),
        "pending": Text("en instruction", "pending"),
        "refused": Text("refusé", "refused"),
        "withdrawn": Text("retiré", "withdrawn"),
        "favourable": Text("avis favorable", "favourable opinion"),
        "reservations": Text("avis avec réserves", "opinion with reservations"),
        "unfavourable": Text("avis défavorable", "unfavourable opinion"),
        "no_observation": Text("sans observation", "no observation"),
        "awaited": Text("avis attendu", "opinion awaited"),
        "food": Text("alimentation", "food"),
        "household": Text("équipement de la maison", "household goods"),
        "clothing": Text("équipement de la personne", "clothing"),
        "culture": Text("culture et loisirs", "culture and leisure"),
        "services": Text("services", "services"),
        "mixed": Text("généraliste", "general"),
        "digital": Text("numérique", "digital"),
        "health": Text("santé", "health"),
        "energy": Text("énergie", "energy"),
    },
}
