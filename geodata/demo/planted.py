"""The awkward cases planted in the demonstration, as data: what each shows, and where it is."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import Text

__all__ = ["EXACT_AREA", "EXACT_STOP", "FRONT_PAIR", "NULL_AREA", "PLANTED", "Case"]

FRONT_PAIR = ("80021000ZX0012", "80021000ZX0013")
"""Two neighbours in a ZAC that every example may name."""
NULL_AREA = ("80021000ZX0414",)
"""Parcel without a registered area."""
EXACT_AREA = ("80021000ZX0662",)
"""Parcel whose registered area is 10 000 m2 sharp."""
EXACT_STOP = (1_646_543.06, 9_188_241.01)
"""Work CRS place of the stop that is 500 m sharp from one parcel."""


@dataclass(frozen=True, slots=True)
class Case:
    """One planted case."""

    title: Text
    """What it shows."""
    parcels: tuple[str, ...]
    """Ids of the parcels that show it, together or each alone as the title says."""


PLANTED: dict[str, Case] = {
    "neighbours": Case(
        Text("Deux parcelles voisines d'une même ZAC", "Two neighbours in one ZAC"),
        FRONT_PAIR,
    ),
    "null_area": Case(Text("Contenance absente", "No registered area"), NULL_AREA),
    "exact_area": Case(
        Text("Contenance d'exactement 10 000 m²", "Registered area of exactly 10,000 m²"),
        EXACT_AREA,
    ),
    "hole_and_parts": Case(
        Text("Parcelle en deux parties, avec un trou", "Parcel in two parts, with a hole"),
        ("80021000ZZ0131",),
    ),
    "inside_the_hole": Case(
        Text("Parcelle enclavée dans une autre", "Parcel enclosed in another"),
        ("80021000ZZ0130",),
    ),
    "slivers": Case(
        Text("Deux lanières d'un demi-mètre, jointives", "Two touching strips half a metre wide"),
        ("80021000ZY0127", "80021000ZY0128"),
    ),
    "astride_a_zone": Case(
        Text("À cheval sur la limite d'une ZAC (chacune)", "Astride the edge of a ZAC (each)"),
        ("80021000ZX0387", "80021000ZY0143", "80021000ZZ0049"),
    ),
    "in_two_zones": Case(
        Text("Dans une ZAC et dans le secteur de la gare", "In a ZAC and in the station district"),
        ("80021000ZX0360",),
    ),
    "site_zac_and_station": Case(
        Text(
            "Site d'un tenant, dont une partie seulement est dans le secteur de la gare",
            "Site in one piece, only part of it in the station district",
        ),
        ("80021000ZX0370", "80021000ZX0372"),
    ),
    "site_two_zacs": Case(
        Text("Site en deux morceaux, dans deux ZAC", "Site in two pieces, in two ZACs"),
        ("80021000ZX0012", "80021000ZY0143"),
    ),
    "other_commune": Case(
        Text("Parcelle de Pont-de-Metz", "Parcel in Pont-de-Metz"), ("80632000ZY0020",)
    ),
    "site_two_communes": Case(
        Text("Site sur deux communes", "Site across two communes"),
        ("80021000ZY0011", "80632000ZY0023"),
    ),
    "outside_zones": Case(
        Text("Hors de toute zone technopolitaine", "Outside every technopole zone"),
        ("80261000ZY0003", "80632000ZY0020"),
    ),
    "exact_distance": Case(
        Text(
            "À 500 m exactement de l'arrêt BHNS le plus proche",
            "Exactly 500 m from the nearest rapid-bus stop",
        ),
        ("80021000ZZ0153",),
    ),
    "strict_flood": Case(
        Text("En zone inondable de type 1 ou 2 (chacune)", "In a flood zone of type 1 or 2 (each)"),
        ("80021000ZX0867", "80021000ZX0619"),
    ),
    "heat_unknown": Case(
        Text("Hors de la couverture du réseau de chaleur", "Outside the coverage of heat mains"),
        ("80021000ZZ0042",),
    ),
    "flood_unknown": Case(
        Text("Hors de la couverture des zones inondables", "Outside the coverage of flood zones"),
        ("80261000ZY0003",),
    ),
    "plan_unknown": Case(
        Text("Hors de la couverture du PLU", "Outside the coverage of the local plan"),
        ("80632000ZY0020",),
    ),
    "no_reference_area": Case(
        Text(
            "Pôle commercial sans surface de référence, avec un commerce de surface inconnue",
            "Commercial pole without reference area, with a shop of unknown sales area",
        ),
        ("80379000ZX0002",),
    ),
    "no_vacant_count": Case(
        Text(
            "Site économique sans décompte des unités vacantes",
            "Economic site without a count of vacant units",
        ),
        ("80261000ZY0003",),
    ),
    "shop_in_energy_zac": Case(
        Text(
            "Commerce dans la ZAC de l'énergie : deux chartes en désaccord",
            "Shop in the energy ZAC: two charters disagree",
        ),
        ("80021000ZZ0315",),
    ),
    "sector_cap_by_two": Case(
        Text(
            "Deux sites de 700 m² de vente qui, ensemble, passent le plafond d'Amiens-Sud",
            "Two sites of 700 m² of sales area that together pass the cap of Amiens-Sud",
        ),
        ("80261000ZY0003", "80261000ZY0008"),
    ),
    "hotel_quota_by_two": Case(
        Text(
            "Deux hôtels du secteur de la gare dont les chambres s'additionnent",
            "Two hotels of the station district whose rooms add up",
        ),
        ("80021000ZX0116", "80021000ZX0127"),
    ),
    "protected_front": Case(
        Text("Le long d'un linéaire commercial protégé", "Along a protected shopping line"),
        ("80021000ZX0047",),
    ),
    "near_high_traffic": Case(
        Text(
            "À moins de 75 m d'une voie à grande circulation",
            "Less than 75 m from a high-traffic road",
        ),
        ("80639000ZZ0003",),
    ),
    "same_parcel_twice": Case(
        Text("La même parcelle nommée deux fois", "The same parcel named twice"),
        ("80021000ZX0012", "80021000ZX0012"),
    ),
    "running_moratorium": Case(
        Text(
            "Dans un moratoire en cours en novembre 2026 : préfet, hôtels, tout (chacune)",
            "In a moratorium running in November 2026: prefect's, hotels, all (each)",
        ),
        ("80639000ZZ0021", "80021000ZY0226", "80379000ZX0002"),
    ),
    "past_moratorium": Case(
        Text("Dans un moratoire échu", "In a moratorium that has ended"), ("80261000ZY0027",)
    ),
    "coming_moratorium": Case(
        Text("Dans un moratoire à venir", "In a moratorium yet to start"), ("80021000ZX0777",)
    ),
    "setback_band": Case(
        Text(
            "Dans la bande de recul de l'autoroute (L111-6), hors espace urbanisé",
            "In the setback of the motorway (L111-6), outside the urbanised areas",
        ),
        ("80261000ZY0011",),
    ),
    "setback_study": Case(
        Text(
            "Dans la bande de recul, levée par une étude (L111-8)",
            "In the setback, lifted by a study (L111-8)",
        ),
        ("80639000ZZ0027",),
    ),
    "full_opinions": Case(
        Text("Avis complets et favorables (chacune)", "Full, favourable opinions (each)"),
        ("80021000ZX0012", "80261000ZY0003"),
    ),
    "missing_opinions": Case(
        Text(
            "Avis manquants après trente jours (chacune)",
            "Opinions missing after thirty days (each)",
        ),
        ("80021000ZY0143", "80639000ZZ0003"),
    ),
    "conflict_of_interest": Case(
        Text("Un partenaire en conflit d'intérêts (chacune)", "A conflict of interest (each)"),
        ("80021000ZZ0131", "80021000ZX0116"),
    ),
    "unfavourable_opinions": Case(
        Text("Avis défavorables (chacune)", "Unfavourable opinions (each)"),
        ("80021000ZX0662", "80379000ZX0002"),
    ),
    "far_on_foot": Case(
        Text(
            "À moins de 200 m d'un arrêt BHNS à vol d'oiseau, à plus de 600 m à pied",
            "Less than 200 m from a BHNS stop as the crow flies, more than 600 m on foot",
        ),
        ("80021000ZX0271",),
    ),
    "in_ort": Case(
        Text("Dans un périmètre d'ORT signé", "In a signed ORT perimeter"), ("80021000ZX0028",)
    ),
    "ort_unknown_date": Case(
        Text("Dans un périmètre d'ORT dont la date manque", "In an ORT perimeter without its date"),
        ("80632000ZY0020",),
    ),
    "small_commune": Case(
        Text("Commune de moins de 20 000 habitants", "Commune of fewer than 20,000 people"),
        ("80261000ZY0027", "80379000ZX0002"),
    ),
    "unknown_population": Case(
        Text("Commune dont la population manque", "Commune whose population is missing"),
        ("80725000ZY0001",),
    ),
    "beside_same_class_hotel": Case(
        Text("À moins de 50 m d'un hôtel 3 étoiles", "Less than 50 m from a three-star hotel"),
        ("80021000ZX0479",),
    ),
    "sealed_in_2021": Case(
        Text("Artificialisée en août 2021", "Artificialised in August 2021"), ("80021000ZX0431",)
    ),
    "open_in_2021": Case(
        Text("Non artificialisée en août 2021", "Not artificialised in August 2021"),
        ("80021000ZX0503",),
    ),
    "land_cover_unknown": Case(
        Text("Hors de l'occupation du sol", "Outside the land cover"), ("80021000ZZ0042",)
    ),
    "on_brownfield": Case(
        Text("Sur une friche vacante", "On a vacant brownfield"), ("80021000ZX0669",)
    ),
}
"""Planted cases by key."""
