"""The words of every kind of defect: what it is, and what to do about it, in both languages."""

from __future__ import annotations

from geodata.language import Text

__all__ = ["SETS_ASIDE", "WORDS"]

SETS_ASIDE = frozenset(
    {
        "not_a_feature", "null_geometry", "empty_geometry", "unreadable_geometry",
        "unsupported_geometry", "non_finite", "out_of_range", "invalid_geometry", "duplicate_id",
        "dropped_duplicate", "wrong_geometry_type", "ragged_rows", "wrong_type", "missing_value",
        "unknown_code", "swapped_coordinates", "table_not_read",
    }
)  # fmt: skip
"""Kinds of defects whose features are set aside."""

_REPAIR = Text(
    "Réparer ces objets dans le logiciel d'origine, ou importer avec --repair ({done_fr}).",
    "Repair these features in the software they come from, or import with --repair ({done_en}).",
)


def _repair(done_fr: str, done_en: str) -> Text:
    """Remedy that ``--repair`` applies."""
    return Text(_REPAIR.fr.replace("{done_fr}", done_fr), _REPAIR.en.replace("{done_en}", done_en))


_COMPLETE = Text(
    "Compléter ces objets dans le logiciel d'origine ; les autres sont lus.",
    "Complete these features in the software they come from; the others are read.",
)
_CHECK = Text("À vérifier auprès du producteur.", "To be checked with the producer.")
_ASK_CRS = Text(
    "Indiquer le système des coordonnées, par exemple --crs {proposal}.",
    "Say the reference system of the coordinates, for instance --crs {proposal}.",
)

WORDS: dict[str, tuple[Text, Text]] = {
    # features that cannot be used are set aside
    "not_a_feature": (
        Text(
            "{count} élément(s) qui ne sont pas des objets GeoJSON, écarté(s) : {who}.",
            "{count} element(s) that are not GeoJSON features, set aside: {who}.",
        ),
        _COMPLETE,
    ),
    "null_geometry": (
        Text(
            "{count} objet(s) sans géométrie, écarté(s) : {who}.",
            "{count} feature(s) without a geometry, set aside: {who}.",
        ),
        _COMPLETE,
    ),
    "empty_geometry": (
        Text(
            "{count} objet(s) à géométrie vide, écarté(s) : {who}.",
            "{count} feature(s) with an empty geometry, set aside: {who}.",
        ),
        _COMPLETE,
    ),
    "unreadable_geometry": (
        Text(
            "{count} géométrie(s) illisible(s) (anneau ouvert, coordonnées absentes…), "
            "écartée(s) : {who}.",
            "{count} unreadable geometry(ies) (open ring, missing coordinates…), set aside: {who}.",
        ),
        _repair("ferme les anneaux ouverts", "closes open rings"),
    ),
    "closed_ring": (
        Text(
            "{count} anneau(x) ouvert(s) fermé(s) : {who}.", "{count} open ring(s) closed: {who}."
        ),
        _CHECK,
    ),
    "unsupported_geometry": (
        Text(
            "{count} géométrie(s) d'un type qui n'est pas lu ({types}), écartée(s) : {who}.",
            "{count} geometry(ies) of a type that is not read ({types}), set aside: {who}.",
        ),
        Text(
            "Convertir en polygones ou lignes simples (QGIS : « Segmentiser »).",
            "Convert to plain polygons or lines (QGIS: “Segmentize”).",
        ),
    ),
    "non_finite": (
        Text(
            "{count} objet(s) aux coordonnées infinies ou qui ne sont pas des nombres, "
            "écarté(s) : {who}.",
            "{count} feature(s) with coordinates that are infinite or no numbers, "
            "set aside: {who}.",
        ),
        _COMPLETE,
    ),
    "out_of_range": (
        Text(
            "{count} objet(s) hors du domaine du système de coordonnées ({bounds}), "
            "écarté(s) : {who}.",
            "{count} feature(s) outside the range of the reference system ({bounds}), "
            "set aside: {who}.",
        ),
        Text(
            "Corriger ces coordonnées, ou indiquer leur système avec --crs.",
            "Correct these coordinates, or say their system with --crs.",
        ),
    ),
    "invalid_geometry": (
        Text(
            "{count} contour(s) non valide(s), écarté(s) : {who} ({reason}).",
            "{count} invalid outline(s), set aside: {who} ({reason}).",
        ),
        _repair("les surfaces avant et après sont montrées", "areas before and after are shown"),
    ),
    "repaired_geometry": (
        Text(
            "{count} contour(s) réparé(s) : {who} ; surface avant {before} m², après {after} m².",
            "{count} outline(s) repaired: {who}; area before {before} m², after {after} m².",
        ),
        _CHECK,
    ),
    "repair_changed_area": (
        Text(
            "{count} réparation(s) qui changent la surface de plus de 0,1 % ou de 1 m² : "
            "{changes}.",
            "{count} repair(s) that change the area by more than 0.1% or 1 m²: {changes}.",
        ),
        Text(
            "Comparer ces contours avec l'original avant d'accepter.",
            "Compare these outlines with the original before accepting.",
        ),
    ),
    "duplicate_id": (
        Text(
            "{count} objet(s) partagent un identifiant, écarté(s) : {who}.",
            "{count} feature(s) share an identifier, set aside: {who}.",
        ),
        _repair("garde le premier de chaque", "keeps the first of each"),
    ),
    "dropped_duplicate": (
        Text(
            "{count} doublon(s) écarté(s), le premier de chaque est gardé : {who}.",
            "{count} duplicate(s) set aside, the first of each is kept: {who}.",
        ),
        _CHECK,
    ),
    "wrong_geometry_type": (
        Text(
            "{count} objet(s) d'un autre type que {expected_fr}, écarté(s) : {who}.",
            "{count} feature(s) that are not {expected_en}, set aside: {who}.",
        ),
        Text(
            "Choisir la couche qui convient avec --as, ou retirer ces objets.",
            "Choose the layer that fits with --as, or remove these features.",
        ),
    ),
    "ragged_rows": (
        Text(
            "{count} ligne(s) dont le nombre de valeurs n'est pas {expected}, écartée(s) : {who}.",
            "{count} row(s) whose number of values is not {expected}, set aside: {who}.",
        ),
        Text(
            "Mettre entre guillemets les textes qui contiennent le séparateur.",
            "Put texts that hold the separator between quotes.",
        ),
    ),
    # values that the layout does not allow
    "wrong_type": (
        Text(
            "{count} valeur(s) de « {column} » ne sont pas {expected_fr}, objet(s) "
            "écarté(s) : {who}.",
            "{count} value(s) of “{column}” are not {expected_en}, feature(s) set aside: {who}.",
        ),
        Text("Corriger ces valeurs.", "Correct these values."),
    ),
    "missing_value": (
        Text(
            "{count} valeur(s) de « {column} » absente(s), objet(s) écarté(s) : {who}.",
            "{count} value(s) of “{column}” missing, feature(s) set aside: {who}.",
        ),
        _COMPLETE,
    ),
    "unknown_code": (
        Text(
            "{count} valeur(s) de « {column} » hors liste, objet(s) écarté(s) : {who}.",
            "{count} value(s) of “{column}” not in the list, feature(s) set aside: {who}.",
        ),
        Text("Valeurs admises : {allowed}.", "Allowed values: {allowed}."),
    ),
    # remarks: the features are read
    "null_contenance": (
        Text(
            "{count} parcelle(s) sans contenance : {who}.",
            "{count} parcel(s) without a registered area: {who}.",
        ),
        Text(
            "La surface mesurée reste connue ; demander la contenance au cadastre.",
            "The measured area is still known; ask the cadastre for the registered one.",
        ),
    ),
    "contenance_far_from_area": (
        Text(
            "{count} parcelle(s) dont la contenance s'écarte de la surface mesurée de plus de "
            "{percent} % : {who}.",
            "{count} parcel(s) whose registered area differs from the measured one by more than "
            "{percent}%: {who}.",
        ),
        Text(
            "Les deux surfaces sont montrées ; la contenance fait foi au cadastre.",
            "Both areas are shown; the registered one is the cadastre's.",
        ),
    ),
    "overlapping_parcels": (
        Text(
            "{count} paire(s) de parcelles se recouvrent : {who}.",
            "{count} pair(s) of parcels overlap: {who}.",
        ),
        _CHECK,
    ),
    "multipolygon": (
        Text(
            "{count} objet(s) en plusieurs parties, que le standard n'admet pas : {who}.",
            "{count} feature(s) in several parts, which the standard does not allow: {who}.",
        ),
        Text(
            "Ils sont lus ; les séparer avant une livraison CNIG.",
            "They are read; split them before a CNIG delivery.",
        ),
    ),
    "has_z": (
        Text(
            "{count} objet(s) en trois dimensions ; les altitudes sont laissées de côté.",
            "{count} feature(s) in three dimensions; heights are left out.",
        ),
        Text("Rien à faire pour un plan.", "Nothing to do for a plan."),
    ),
    "mixed_types": (
        Text(
            "Types de géométrie mêlés dans une table : {types}.",
            "Mixed geometry types in one table: {types}.",
        ),
        Text(
            "Choisir la couche avec --as : seuls les objets de son type sont gardés.",
            "Choose the layer with --as: only features of its type are kept.",
        ),
    ),
    "antimeridian": (
        Text(
            "{count} objet(s) font le tour du globe (plus de 180° de large) : {who}.",
            "{count} feature(s) go round the globe (wider than 180°): {who}.",
        ),
        _CHECK,
    ),
    "outside_territory": (
        Text(
            "{count} objet(s) hors d'Amiens Métropole (à plus de 10 km) : {who}.",
            "{count} feature(s) outside Amiens Métropole (more than 10 km away): {who}.",
        ),
        Text(
            "Vérifier que c'est le bon fichier ; il peut être importé quand même.",
            "Check that this is the right file; it can be imported all the same.",
        ),
    ),
    "coarse_operation": (
        Text(
            "Le passage de {crs} au système de travail n'est exact qu'à {metres} m près.",
            "Going from {crs} to the work system is exact within {metres} m only.",
        ),
        Text(
            "Demander le fichier en Lambert-93 ({partner}) au producteur.",
            "Ask the producer for the file in Lambert-93 ({partner}).",
        ),
    ),
    "no_geometry": (
        Text(
            "Table « {table} » sans géométrie : {count} ligne(s).",
            "Table “{table}” without geometry: {count} row(s).",
        ),
        Text(
            "Pour la placer : colonnes longitude et latitude, x et y, ou WKT.",
            "To place it: columns longitude and latitude, x and y, or WKT.",
        ),
    ),
    "encoding_guessed": (
        Text(
            "Le texte n'est pas en UTF-8 ; il est lu en {encoding}.",
            "Text is not UTF-8; it is read as {encoding}.",
        ),
        Text(
            "Vérifier les accents ; réenregistrer en UTF-8 sinon.",
            "Check the accents; save again as UTF-8 otherwise.",
        ),
    ),
    "missing_companion": (
        Text(
            "Le fichier {extension} qui accompagne « {table} » manque.",
            "The {extension} file that goes with “{table}” is missing.",
        ),
        Text(
            "Le remettre à côté ; sans lui, le reste est lu.",
            "Put it beside the other; without it, the rest is read.",
        ),
    ),
    "repeated_column": (
        Text(
            "{count} colonne(s) sans nom ou de même nom, renommée(s) : {who}.",
            "{count} column(s) without a name or of the same name, renamed: {who}.",
        ),
        _CHECK,
    ),
    "table_not_read": (
        Text(
            "La table « {table} » n'est pas lue : {reason_fr}",
            "Table “{table}” is not read: {reason_en}",
        ),
        Text("{remedy_fr}", "{remedy_en}"),
    ),
    "damaged_database": (
        Text(
            "La base GeoPackage est abîmée ; des lignes peuvent manquer.",
            "The GeoPackage is damaged; rows may be missing.",
        ),
        Text("Demander le fichier de nouveau.", "Ask for the file again."),
    ),
    "file_ignored": (
        Text(
            "{count} fichier(s) de l'archive ou du dossier ne sont pas lus : {who}.",
            "{count} file(s) of the archive or folder are not read: {who}.",
        ),
        Text("Rien à faire pour les couches.", "Nothing to do for the layers."),
    ),
    "zero_rows": (
        Text("La table « {table} » n'a aucune ligne.", "Table “{table}” has no row."),
        Text("Vérifier l'export d'origine.", "Check the export it comes from."),
    ),
    # nothing can be used before these are settled
    "crs_missing": (
        Text(
            "Le fichier ne dit pas son système de coordonnées ({seen}).",
            "The file does not say its reference system ({seen}).",
        ),
        _ASK_CRS,
    ),
    "crs_unknown": (
        Text(
            "Système de coordonnées inconnu : « {name} ».",
            "Unknown reference system: “{name}”.",
        ),
        _ASK_CRS,
    ),
    "metres_not_degrees": (
        Text(
            "Les coordonnées ({seen}…) ressemblent à des mètres {system}, pas à des degrés.",
            "The coordinates ({seen}…) look like {system} metres, not degrees.",
        ),
        Text(
            "Les lire comme {proposal} ? Ajouter --crs {proposal}.",
            "Read them as {proposal}? Add --crs {proposal}.",
        ),
    ),
    "degrees_not_metres": (
        Text(
            "Le système indiqué est en mètres, mais les coordonnées ({seen}…) ressemblent à des "
            "degrés.",
            "The system given is in metres, but the coordinates ({seen}…) look like degrees.",
        ),
        Text(
            "Les lire comme {proposal} ? Ajouter --crs {proposal}.",
            "Read them as {proposal}? Add --crs {proposal}.",
        ),
    ),
    "swapped_coordinates": (
        Text(
            "Latitude et longitude semblent inversées pour {count} objet(s) : {who}.",
            "Latitude and longitude look swapped for {count} feature(s): {who}.",
        ),
        Text(
            "Exporter de nouveau le fichier, longitude d'abord (RFC 7946), ou importer avec "
            "--repair (échange les deux).",
            "Export the file again, longitude first (RFC 7946), or import with --repair (swaps "
            "the two).",
        ),
    ),
    "swapped_back": (
        Text(
            "Latitude et longitude échangées pour {count} objet(s) : {who}.",
            "Latitude and longitude swapped back for {count} feature(s): {who}.",
        ),
        _CHECK,
    ),
}
"""Words by kind; the places in braces are filled by :func:`geodata.reading.defects.defect`."""
