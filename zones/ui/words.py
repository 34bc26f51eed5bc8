"""What the page says, in both languages."""

from __future__ import annotations

from typing import Final

from geodata.language import Text

__all__ = ["GROUPS", "LANGUAGES", "WORDS"]

LANGUAGES: Final = {"fr": "Français", "en": "English"}

GROUPS: Final[dict[str, Text]] = {
    "general": Text("Le projet", "The project"),
    "building": Text("Le bâtiment", "The building"),
    "energy": Text("L'énergie", "Energy"),
    "parking": Text("Le stationnement", "Parking"),
    "mobility": Text("Les mobilités", "Mobility"),
    "ground": Text("Le sol et l'eau", "Ground and water"),
    "retail": Text("Le commerce", "Retail"),
    "hotel": Text("L'hôtel", "The hotel"),
}

WORDS: Final[dict[str, Text]] = {
    "title": Text("Technopole", "Technopole"),
    "subtitle": Text("Bureau d'instruction · Amiens Métropole", "Planning desk · Amiens Métropole"),
    "demo": Text(
        "DÉMONSTRATION · parcelles fictives, périmètres schématiques, chartes modèles",
        "DEMONSTRATION · fictitious parcels, schematic perimeters, model charters",
    ),
    "mixed": Text(
        "DÉMONSTRATION EN PARTIE · des couches réelles et fictives se côtoient",
        "PARTLY A DEMONSTRATION · real and fictitious layers side by side",
    ),
    "language": Text("Langue", "Language"),
    "undo": Text("Annuler la dernière action", "Undo the last action"),
    "look": Text("Centrer la carte sur le site", "Centre the map on the site"),
    "counts": Text(
        "Non conformes : {failed} · à instruire : {open}",
        "Non-compliant: {failed} · to investigate: {open}",
    ),
    "clear": Text("Vider le site", "Clear the site"),
    "colour_by": Text("Colorer les parcelles selon", "Colour the parcels by"),
    "both": Text("Les deux chartes", "Both charters"),
    "industrial_parks": Text("Parcs industriels", "Industrial parks"),
    "commercial_hotel": Text("Commerce et hôtels", "Retail and hotels"),
    "panel": Text("Volet", "Panel"),
    "verdict": Text("Verdict", "Verdict"),
    "change": Text("Changer", "Change"),
    "project": Text("Projet", "Project"),
    "site": Text("Site", "Site"),
    "parcels": Text("Parcelles", "Parcels"),
    "file": Text("Dossier", "File"),
    "no_site": Text(
        "Cliquer une parcelle sur la carte, ou en choisir une dans le volet « Parcelles ».",
        "Click a parcel on the map, or choose one in the “Parcels” panel.",
    ),
    "no_site_short": Text("Aucune parcelle choisie", "No parcel chosen"),
    "no_verdict": Text("pas encore de verdict", "no verdict yet"),
    "no_site_next": Text(
        "Les couleurs disent déjà, parcelle par parcelle, ce que les chartes répondraient.",
        "The colours already say, parcel by parcel, what the charters would answer.",
    ),
    "unknown_parcel": Text(
        "Ces parcelles ne sont pas dans la couche : {ids}.",
        "These parcels are not in the layer: {ids}.",
    ),
    "one_parcel": Text("Parcelle {ids}", "Parcel {ids}"),
    "several": Text("{count} parcelles : {ids}", "{count} parcels: {ids}"),
    "contenance": Text("Contenance (cadastre)", "Registered area"),
    "planar": Text("Surface en plan (CC50)", "Planar area (CC50)"),
    "not_contiguous": Text(
        "Site en plusieurs morceaux : les parcelles ne se touchent pas toutes.",
        "Site in several pieces: the parcels do not all touch.",
    ),
    "missing_contenance": Text("non renseignée au cadastre", "not given in the cadastre"),
    "zones": Text("Zones technopolitaines", "Technopole zones"),
    "no_zone": Text("hors des quatre périmètres", "outside the four perimeters"),
    "cluster": Text("Filière", "Cluster"),
    "plu": Text("Zone du PLU", "Local plan zone"),
    "commune": Text("Commune", "Municipality"),
    "sector": Text("Secteur commercial", "Commercial sector"),
    "constraints": Text("Contraintes", "Constraints"),
    "no_constraint": Text("aucune connue des couches chargées", "none known to the layers loaded"),
    "flood": Text(
        "{area} en zone inondable de type 1 ou 2", "{area} in a flood zone of type 1 or 2"
    ),
    "heat": Text(
        "{share} dans le périmètre prioritaire de chaleur", "{share} in the priority heat perimeter"
    ),
    "frontage": Text(
        "{length} de linéaire commercial protégé", "{length} of protected shopping frontage"
    ),
    "unknown": Text("inconnu ({why})", "unknown ({why})"),
    "facts": Text("Tout ce qui est mesuré sur le site", "Everything measured on the site"),
    "fact": Text("Mesure", "Measure"),
    "value": Text("Valeur", "Value"),
    "edition": Text("Données", "Data"),
    "example": Text("Partir d'un exemple", "Start from an example"),
    "example_hint": Text("Choisir un projet type…", "Choose a typical project…"),
    "name": Text("Nom du dossier", "Name of the file"),
    "filing_date": Text("Date de dépôt", "Filing date"),
    "filing_help": Text("Elle choisit les valeurs en vigueur.", "It selects the values in force."),
    "not_given": Text("non renseigné", "not given"),
    "yes": Text("Oui", "Yes"),
    "no": Text("Non", "No"),
    "only_asked": Text(
        "Seuls les champs que lit un article applicable sont demandés.",
        "Only the fields that an applicable article reads are asked.",
    ),
    "contradiction": Text(
        "Le projet se contredit : pas de verdict tant qu'il n'est pas corrigé.",
        "The project contradicts itself: no verdict until it is corrected.",
    ),
    "no_date": Text(
        "Donner une date de dépôt : elle choisit les valeurs en vigueur.",
        "Give a filing date: it selects the values in force.",
    ),
    "search": Text("Chercher une parcelle", "Search a parcel"),
    "search_hint": Text("ZX 12, 80021000ZX0012…", "ZX 12, 80021000ZX0012…"),
    "filter_zone": Text("Zone", "Zone"),
    "filter_outcome": Text("Verdict", "Verdict"),
    "every": Text("Toutes", "All"),
    "table_help": Text(
        "Cocher une ligne ajoute la parcelle au site, la décocher l'en retire.",
        "Ticking a row adds the parcel to the site, unticking it removes it.",
    ),
    "table_count": Text("{count} parcelles", "{count} parcels"),
    "table_empty": Text(
        "Aucune parcelle ne répond à cette recherche.", "No parcel matches this search."
    ),
    "column_parcel": Text("Parcelle", "Parcel"),
    "column_area": Text("m² cadastre", "m² registered"),
    "column_zone": Text("Zone", "Zone"),
    "save": Text("Enregistrer site et projet", "Save site and project"),
    "open": Text("Ouvrir un dossier enregistré (.yaml)", "Open a saved file (.yaml)"),
    "opened": Text("Dossier ouvert : {name}.", "File opened: {name}."),
    "handover": Text("Remettre aux partenaires", "Hand over to partners"),
    "handover_help": Text(
        "GeoJSON RFC 7946 (WGS84), éditions des couches et des chartes dans les métadonnées.",
        "RFC 7946 GeoJSON (WGS84), layer and charter editions in the metadata.",
    ),
    "download_parcels": Text("Parcelles et verdicts (GeoJSON)", "Parcels and verdicts (GeoJSON)"),
    "download_articles": Text("Articles et preuves (GeoJSON)", "Articles and evidence (GeoJSON)"),
    "download_table": Text("Tableau des articles (CSV)", "Table of articles (CSV)"),
    "download_first": Text(
        "Choisir d'abord un site : il n'y a encore rien à remettre.",
        "Choose a site first: there is nothing to hand over yet.",
    ),
    "keep": Text("Garder le travail", "Keep the work"),
    "notice": Text("Ce que ce verdict ne dit pas", "What this verdict does not say"),
    "desk": Text("Bureau", "Desk"),
    "layers": Text("Couches", "Layers"),
    "import": Text("Importer un fichier", "Import a file"),
    "fetch": Text("Chercher les données ouvertes", "Fetch open data"),
    "cancel": Text("Abandonner", "Cancel"),
    "import_file": Text("Cadastre, PLU, arrêts, inventaire…", "Cadastre, plan, stops, inventory…"),
    "import_formats": Text(
        "GeoJSON, GeoPackage, Shapefile (zip ou fichiers ensemble), EDIGEO, DXF, KML, MapInfo, "
        "CSV, XLSX, GTFS, GeoParquet.",
        "GeoJSON, GeoPackage, Shapefile (zip or loose files together), EDIGEO, DXF, KML, MapInfo, "
        "CSV, XLSX, GTFS, GeoParquet.",
    ),
    "import_reading": Text("Lecture… {seconds} s", "Reading… {seconds} s"),
    "import_facts": Text(
        "Disposition : {layout} · {rows} lignes · système : {crs} · couches : {layers}",
        "Layout: {layout} · {rows} rows · system: {crs} · layers: {layers}",
    ),
    "import_defects": Text("Ce qui a été relevé ({count})", "What was noticed ({count})"),
    "import_places": Text("Les lieux des défauts (GeoJSON)", "Places of the defects (GeoJSON)"),
    "import_accept": Text("Accepter", "Accept"),
    "import_drop": Text("Laisser", "Leave"),
    "import_crs": Text("Lire les coordonnées en", "Read coordinates as"),
    "import_as_said": Text("comme le fichier le dit", "as the file says"),
    "import_layer": Text("Couche", "Layer"),
    "import_guess": Text("reconnue par ses colonnes", "recognised by its columns"),
    "import_repair": Text("Réparer ce qui peut l'être", "Repair what can be repaired"),
    "import_preview": Text(
        "Aperçu de ce qui entrerait ; rien n'est encore enregistré.",
        "Preview of what would come in; nothing is kept yet.",
    ),
    "import_samples": Text("Premières lignes du fichier", "First rows of the file"),
    "import_done": Text("Nouvelle édition : {layers}.", "New edition: {layers}."),
    "mapping_saved": Text("Correspondance enregistrée", "Saved mapping"),
    "mapping_choose_layer": Text(
        "Ces colonnes ne sont pas connues : choisir la couche qu'elles décrivent.",
        "These columns are not known: choose the layer that they describe.",
    ),
    "mapping_help": Text(
        "Quelle colonne du fichier pour chaque colonne de la couche (* obligatoire) ?",
        "Which column of the file for each column of the layer (* required)?",
    ),
    "mapping_name": Text("Nom de la correspondance", "Name of the mapping"),
    "mapping_name_wrong": Text(
        "Le nom prend des minuscules, des chiffres, « - » et « _ ».",
        "The name takes small letters, digits, “-” and “_”.",
    ),
    "mapping_apply": Text("Appliquer et enregistrer", "Apply and save"),
    "column_layer": Text("Couche", "Layer"),
    "column_features": Text("Objets", "Features"),
    "column_edition": Text("Édition", "Edition"),
    "column_nature": Text("Nature", "Nature"),
    "column_articles": Text("Articles", "Articles"),
    "layer_absent": Text("absente", "absent"),
    "layer_real": Text("réelle", "real"),
    "layer_demo": Text("démonstration", "demonstration"),
    "layer_both": Text("en partie", "partly"),
    "layer_editions": Text("Éditions d'une couche", "Editions of a layer"),
    "layer_choose": Text("Choisir une couche…", "Choose a layer…"),
    "edition_current": Text("en vigueur", "current"),
    "edition_restore": Text("Revenir à l'édition {number}", "Go back to edition {number}"),
    "edition_restored": Text(
        "{layer} : l'édition {number} est en vigueur.", "{layer}: edition {number} is current."
    ),
    "edition_before": Text("De l'édition", "From edition"),
    "edition_after": Text("À l'édition", "To edition"),
    "edition_counts": Text(
        "{added} ajoutés · {removed} retirés · {changed} modifiés",
        "{added} added · {removed} removed · {changed} changed",
    ),
    "edition_map": Text(
        "Sur la carte : cercles ou contours pour les ajouts, croisillons pour les retraits, "
        "pointillés pour les changements.",
        "On the map: circles or outlines for additions, cross-hatching for removals, dots for "
        "changes.",
    ),
    "import_tick": Text(
        "J'ai vu que la réparation change des surfaces", "I saw that the repair changes areas"
    ),
    "download_geopackage": Text(
        "Parcelles et articles (GeoPackage, Lambert-93)",
        "Parcels and articles (GeoPackage, Lambert-93)",
    ),
    "fetch_help": Text(
        "Cadastre, PLU, transports, pistes, commerces, risques, établissements, bâtiments : chaque "
        "service répond ou dit pourquoi. Les adresses n'ont pas pu être essayées.",
        "Cadastre, plan, transit, cycling, shops, risks, establishments, buildings: each service "
        "answers or says why. The addresses could not be tried.",
    ),
    "fetch_code": Text("Code INSEE, ou SIREN de l'EPCI", "INSEE code, or SIREN of the EPCI"),
    "fetch_start": Text("Chercher", "Fetch"),
}
