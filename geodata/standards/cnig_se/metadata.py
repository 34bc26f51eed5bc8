"""Metadata of a delivery: ISO 19115 in the XML of ISO 19139, with what INSPIRE asks for."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from geodata.crs import PARTNER_CRS, to_web
from geodata.layers import Layers
from geodata.profiles import Profile
from geodata.standards.cnig_se.building import Built
from geodata.standards.cnig_se.issuer import Issuer
from geodata.standards.cnig_se.standard import standard
from geodata.standards.cnig_se.xml_elements import add_code, add_text, into, qualified

__all__ = ["Described", "metadata_xml"]

_SCALE = "2000"
_INSPIRE = (
    "Règlement (UE) n° 1089/2010 de la Commission du 23 novembre 2010 portant modalités "
    "d'application de la directive 2007/2/CE (INSPIRE)"
)
_READ = (
    "economic_sites",
    "zones",
    "economic_lands",
    "economic_poles",
    "parcels",
    "buildings",
    "companies",
    "communes",
    "roads",
    "stations",
    "transit_stops",
)
_COORDINATES = (
    "CSV et GeoJSON : longitude et latitude WGS84 (RFC 7946), y compris dans les colonnes "
    "*_geomsurf ; GeoPackage : Lambert-93, distances et surfaces de pôle en unités entières comme "
    "dans le gabarit publié, plus terr_url_cartofriches qui y manque."
)
_RULES = (
    "Surfaces mesurées dans la projection conique conforme de travail.",
    "Surface utile = somme des terrains utiles ; une parcelle l'est si rien ne dit le contraire.",
    "Une ZAC hors de l'inventaire est livrée avec le type « inconnu ».",
    "Unités foncières : celles de l'inventaire ; les parcelles n'en sont pas.",
    "desserte_tc : un arrêt à moins de 500 m du site.",
    "gare_dist : plus court chemin sur les voies de la couche roads, depuis un carrefour du site.",
    "Une distance par la route qu'aucune couche ne donne reste vide, jamais à vol d'oiseau.",
    "Établissements : point de la couche, placé sur sa parcelle.",
)
_PROFILES = {
    "public": "données ouvertes, sans donnée personnelle ni confidentielle",
    "partner": "remise à un partenaire, sans donnée personnelle ni confidentielle",
    "internal": "usage interne, ne pas diffuser : données personnelles ou confidentielles",
}


@dataclass(frozen=True, slots=True)
class Described:
    """What the metadata speak of."""

    layers: Layers
    """Layers that were read."""
    built: Built
    """Tables of the delivery."""
    issuer: Issuer
    """Authority that delivers."""
    day: dt.date
    """Day of the delivery."""
    profile: Profile
    """Who receives it."""


def metadata_xml(described: Described, *, is_conformant: bool | None) -> str:
    """Metadata document.

    Parameters
    ----------
    described
        The delivery.
    is_conformant
        Result of our own check of the delivery; None before it was checked.
    """
    root = ET.Element(qualified("gmd:MD_Metadata"))
    identifier = f"fr-{described.issuer.siren}-SITE-ECO{described.day:%Y%m%d}"
    add_text(root, "gmd:fileIdentifier", identifier)
    add_code(root, "gmd:language", "LanguageCode", "fre")
    add_code(root, "gmd:characterSet", "MD_CharacterSetCode", "utf8")
    add_code(root, "gmd:hierarchyLevel", "MD_ScopeCode", "dataset")
    _contact(root, "gmd:contact", described.issuer, "pointOfContact")
    add_text(root, "gmd:dateStamp", described.day.isoformat(), kind="Date")
    add_text(root, "gmd:metadataStandardName", "ISO 19115")
    add_text(root, "gmd:metadataStandardVersion", "2003/Cor.1:2006")
    system = into(root, "gmd:referenceSystemInfo", "gmd:MD_ReferenceSystem",
                   "gmd:referenceSystemIdentifier", "gmd:RS_Identifier")  # fmt: skip
    add_text(
        system, "gmd:code", f"http://www.opengis.net/def/crs/{PARTNER_CRS.replace(':', '/0/')}"
    )
    _identification(root, described, identifier)
    _distribution(root)
    _quality(root, described, is_conformant=is_conformant)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _identification(root: ET.Element, described: Described, identifier: str) -> None:
    """What the delivery is."""
    about = into(root, "gmd:identificationInfo", "gmd:MD_DataIdentification")
    citation = into(about, "gmd:citation", "gmd:CI_Citation")
    mark = "DÉMONSTRATION – " if described.built.demo_rows else ""
    add_text(citation, "gmd:title", f"{mark}Sites économiques – {described.issuer.name}")
    date = into(citation, "gmd:date", "gmd:CI_Date")
    add_text(date, "gmd:date", described.day.isoformat(), kind="Date")
    add_code(date, "gmd:dateType", "CI_DateTypeCode", "publication")
    code = into(citation, "gmd:identifier", "gmd:MD_Identifier")
    add_text(code, "gmd:code", identifier)
    add_text(about, "gmd:abstract", _abstract(described))
    _contact(about, "gmd:pointOfContact", described.issuer, "owner")
    _keywords(about, ["usage des sols"], "GEMET - INSPIRE themes, version 1.0", "2008-06-01")
    is_open = described.profile == "public"
    _keywords(about, ["site économique", *(["données ouvertes"] if is_open else [])], None, None)
    limits = into(about, "gmd:resourceConstraints", "gmd:MD_LegalConstraints")
    add_text(limits, "gmd:useLimitation", f"profil : {described.profile} "
          f"({_PROFILES[described.profile]})")  # fmt: skip
    add_code(limits, "gmd:accessConstraints", "MD_RestrictionCode", "otherRestrictions")
    for licence in _licences(described):
        add_text(limits, "gmd:otherConstraints", licence)
    add_code(about, "gmd:spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector")
    scale = into(about, "gmd:spatialResolution", "gmd:MD_Resolution", "gmd:equivalentScale",
                  "gmd:MD_RepresentativeFraction")  # fmt: skip
    add_text(scale, "gmd:denominator", _SCALE, kind="Integer")
    add_code(about, "gmd:language", "LanguageCode", "fre")
    topic = ET.SubElement(ET.SubElement(about, qualified("gmd:topicCategory")),
                          qualified("gmd:MD_TopicCategoryCode"))  # fmt: skip
    topic.text = "economy"
    _extent(about, described)


def _abstract(described: Described) -> str:
    """What is inside, and what is not."""
    counts = ", ".join(
        f"{table.class_} {len(described.built.rows[name])}"
        for name, table in standard().tables.items()
    )
    parts = [
        f"{standard().title} {standard().version}. Objets livrés : {counts}.",
        _COORDINATES,
    ]
    if described.built.demo_rows:
        parts.insert(0, "DONNÉES DE DÉMONSTRATION, fictives ou schématiques, sans valeur "
                        "juridique.")  # fmt: skip
    if described.built.left_out:
        parts.append(
            f"{len(described.built.left_out)} objet(s) non livré(s), faute de valeurs "
            "obligatoires : voir a-completer.csv."
        )
    return " ".join(parts)


def _licences(described: Described) -> list[str]:
    """Licences of what was read, each once."""
    return sorted(
        {
            f"{described.layers[each].edition.licence} ({described.layers[each].edition.producer})"
            for each in _READ
            if each in described.layers
        }
    ) or ["inconnue"]


def _extent(about: ET.Element, described: Described) -> None:
    """Box of the sites in degrees."""
    shapes = described.built.shapes["site_eco"]
    if shapes.empty:
        return
    west, south, east, north = to_web(shapes.to_frame("geometry")).total_bounds
    box = into(about, "gmd:extent", "gmd:EX_Extent", "gmd:geographicElement",
                "gmd:EX_GeographicBoundingBox")  # fmt: skip
    for name, value in (
        ("westBoundLongitude", west),
        ("eastBoundLongitude", east),
        ("southBoundLatitude", south),
        ("northBoundLatitude", north),
    ):
        add_text(box, f"gmd:{name}", f"{value:.5f}", kind="Decimal")


def _distribution(root: ET.Element) -> None:
    """Formats of the files."""
    formats = into(root, "gmd:distributionInfo", "gmd:MD_Distribution")
    for name, version in (("CSV", "RFC 4180"), ("GeoPackage", "1.3"), ("GeoJSON", "RFC 7946")):
        one = into(formats, "gmd:distributionFormat", "gmd:MD_Format")
        add_text(one, "gmd:name", name)
        add_text(one, "gmd:version", version)


def _quality(root: ET.Element, described: Described, *, is_conformant: bool | None) -> None:
    """Conformity, and how the data were made."""
    quality = into(root, "gmd:dataQualityInfo", "gmd:DQ_DataQuality")
    scope = into(quality, "gmd:scope", "gmd:DQ_Scope")
    add_code(scope, "gmd:level", "MD_ScopeCode", "dataset")
    verdicts = [(_INSPIRE, "2010-12-08", False)]
    if is_conformant is not None:
        verdicts.append((f"{standard().title} {standard().version}", "2024-10-18", is_conformant))
    for title, date, verdict in verdicts:
        result = into(quality, "gmd:report", "gmd:DQ_DomainConsistency", "gmd:result",
                       "gmd:DQ_ConformanceResult")  # fmt: skip
        citation = into(result, "gmd:specification", "gmd:CI_Citation")
        add_text(citation, "gmd:title", title)
        published = into(citation, "gmd:date", "gmd:CI_Date")
        add_text(published, "gmd:date", date, kind="Date")
        add_code(published, "gmd:dateType", "CI_DateTypeCode", "publication")
        add_text(result, "gmd:explanation", "Voir la spécification indiquée")
        add_text(result, "gmd:pass", str(verdict).lower(), kind="Boolean")
    lineage = into(quality, "gmd:lineage", "gmd:LI_Lineage")
    add_text(lineage, "gmd:statement", _lineage(described))


def _lineage(described: Described) -> str:
    """Sources and rules, in sentences."""
    sources = [
        f"{each} : {edition.producer}, {edition.source}, édition {edition.date or 'non datée'}"
        + (f", démonstration {100 * edition.demo_share:.0f} %" if edition.demo_share else "")
        for each in _READ
        if each in described.layers
        for edition in [described.layers[each].edition]
    ]
    rules = [*_RULES, *(each.fr for each in described.built.notes)]
    return "Sources. " + " ; ".join(sources) + ". Règles. " + " ".join(rules)


def _contact(parent: ET.Element, name: str, issuer: Issuer, role: str) -> None:
    """The issuer; no person is named."""
    party = into(parent, name, "gmd:CI_ResponsibleParty")
    add_text(party, "gmd:organisationName", issuer.name)
    add_code(party, "gmd:role", "CI_RoleCode", role)


def _keywords(
    parent: ET.Element, words: list[str], thesaurus: str | None, date: str | None
) -> None:
    """Keywords, of a thesaurus or free."""
    group = into(parent, "gmd:descriptiveKeywords", "gmd:MD_Keywords")
    for word in words:
        add_text(group, "gmd:keyword", word)
    if thesaurus and date:
        citation = into(group, "gmd:thesaurusName", "gmd:CI_Citation")
        add_text(citation, "gmd:title", thesaurus)
        published = into(citation, "gmd:date", "gmd:CI_Date")
        add_text(published, "gmd:date", date, kind="Date")
        add_code(published, "gmd:dateType", "CI_DateTypeCode", "publication")
