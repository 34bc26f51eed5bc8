"""A small delivery made by hand, and tiny layers that give one: 100 m squares of exactly 1 ha."""

from __future__ import annotations

import csv
import json
import shutil

import geopandas as gpd
import pytest
import shapely

from geodata.crs import WORK_CRS, shape_to_web
from geodata.layers import make_layer
from geodata.standards.cnig_se.standard import standard

_X, _Y = 1_650_000.0, 9_188_000.0
_COMMON = {
    "demo": False,
    "source": "fait main",
    "source_date": "2026-01-01",
    "licence": "Licence Ouverte 2.0",
    "geom_precision": "real",
    "confidence": "high",
}


def plot(east, north, wide=100.0, high=100.0):
    """Rectangle in the work CRS, metres from a corner near Amiens."""
    return shapely.box(_X + east, _Y + north, _X + east + wide, _Y + north + high)


def on_web(shape):
    """GeoJSON text of a shape of the work CRS."""
    return shapely.to_geojson(shape_to_web(shape))


def _rows():
    """Rows of a delivery that keeps every rule."""
    centre = shape_to_web(plot(0, 0, 200).centroid)
    point = f"{centre.x:.7f}, {centre.y:.7f}"
    dates = {"identif": "2024-01-01", "actu": "2025-06-30"}
    site = {
        "site_id": "80021_SITE-ECO_00001",
        "pole_id": "80021_POLE-ECO_00001",
        "site_nom": "Parc des Prés",
        "site_type": "zone d'activité économique",
        "site_vocadomi": "entrepôts, logistique",
        "site_etat": "existant et actif",
        "site_surf_brute": "2",
        "site_surf_utile": "1",
        "site_identif_date": dates["identif"],
        "site_actu_date": dates["actu"],
        "site_epci_nom": "Amiens Métropole",
        "site_epci_siren": "248000531",
        "site_comm_nom": "Amiens",
        "site_comm_insee": "80021",
        "site_moa_type": "epci",
        "site_uf_nbre": "15",
        "site_uf_vacant_nbre": "2",
        "site_taux_vacance": "13",
        "site_uf_bati_nbre": "9",
        "site_geomsurf": on_web(shapely.multipolygons([plot(0, 0, 200)])),
        "site_geompoint": point,
    }
    lands = [
        {
            "terr_id": f"80021_TERRAIN-ECO_0000{number}",
            "site_id": site["site_id"],
            "terr_refcad": f"80021000ZX000{number}",
            "terr_surf_brute": "1",
            "terr_utile": useful,
            "terr_identif_date": dates["identif"],
            "terr_actu_date": dates["actu"],
            "terr_maitrise_fonc": "commune",
            "terr_stade_amngt": "viabilisé et aménagé",
            "terr_stade_comm": "vendu, commercialisation achevée",
            "terr_etat_occup": "occupé",
            "terr_usage": "bâti productif",
            "terr_geomsurf": on_web(plot(100 * number - 100, 0)),
        }
        for number, useful in ((1, "oui"), (2, "non"))
    ]
    pole = {
        "pole_id": site["pole_id"],
        "pole_nom": "Pôle des Prés",
        "pole_vocadomi": "entrepôts, logistique",
        "pole_identif_date": dates["identif"],
        "pole_actu_date": dates["actu"],
        "pole_nb_site": "1",
        "pole_surface": "2",
        "pole_geompoint": point,
    }
    company = {
        "SIRET": "73282932000074",
        "SIREN": "732829320",
        "terr_id": "80021_TERRAIN-ECO_00001",
        "etab_adresse": "1 rue des Prés, Amiens",
        "etab_raison_sociale": "Prés SA",
        "etab_nat_juridique": "5710",
        "etab_nom": "Prés",
        "epci_nom": "Amiens Métropole",
        "epci_siren": "248000531",
        "comm_nom": "Amiens",
        "comm_insee": "80021",
        "etab_siege": "oui",
        "etab_creation_date": "2015-06-04",
        "etab_identif_date": dates["identif"],
        "etab_actu_date": dates["actu"],
        "etab_actif": "oui",
        "etab_activite_code": "4520B",
        "etab_activite_libelle": "Entretien de véhicules",
        "etab_effectif_code": "03",
        "etab_effectif_libelle": "6 à 9 salariés",
        "etab_effectif_annee": "2022",
        "etab_source_info": "CCI",
        "geocodage_qualite": "localisation au bâtiment",
        "etab_geompoint": on_web(shapely.multipoints([plot(0, 0).centroid])),
    }
    return {
        "pole_eco": [pole],
        "site_eco": [site],
        "terrain_eco": lands,
        "etablissement": [company],
    }


class HandMade:
    """Delivery in a folder whose cells a test changes."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = _rows()
        self.columns = {name: list(table.columns) for name, table in standard().tables.items()}
        self.write()

    def write(self):
        """Write the CSV again."""
        for name, table in standard().tables.items():
            path = self.folder / f"{table.file}.csv"
            if name not in self.rows:
                path.unlink(missing_ok=True)
                continue
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, delimiter=";")
                writer.writerow(self.columns[name])
                writer.writerows(
                    [row.get(column, "") for column in self.columns[name]]
                    for row in self.rows[name]
                )

    def put(self, table, column, value, row=0):
        """Change one cell."""
        self.rows[table][row][column] = value
        self.write()


@pytest.fixture
def delivery(tmp_path):
    """Delivery without a fault: one pole, one site of 2 ha, two lands of 1 ha, a company."""
    folder = tmp_path / "livraison"
    folder.mkdir()
    yield HandMade(folder)
    shutil.rmtree(folder)


def layer_of(layer, rows, shapes, **common):
    """Layer that speaks for a square of 2 km around the corner."""
    raw = gpd.GeoDataFrame(
        [{**_COMMON, **common, **row} for row in rows], geometry=shapes, crs=WORK_CRS
    )
    return make_layer(
        raw, layer=layer, date="2026-01-01", source="fait main",
        coverage=plot(-1000, -1000, 2000, 2000),
    )  # fmt: skip


def _parcel(number, contenance=10_000.0):
    return {
        "id": f"80021000ZX{number:04d}",
        "commune": "80021",
        "prefixe": "000",
        "section": "ZX",
        "numero": str(number),
        "contenance": contenance,
    }


def _company(siret, name, **about):
    return {
        "id": siret,
        "name": name,
        "naf": "45.20B",
        "staff": 8.0,
        "legal_form": "5710",
        "address": "1 rue des Prés",
        "created": "2015-06-04",
        "is_head_office": True,
        "staff_band": "03",
        "staff_year": 2022.0,
        **about,
    }


@pytest.fixture
def small():
    """Layers of one ZAE of 2 ha on two parcels, one ZAC apart, two companies, a street, a stop."""
    layers = [
        layer_of(
            "communes",
            [{"id": "80021", "insee": "80021", "name": "Amiens"}],
            [plot(-1000, -1000, 2000, 2000)],
        ),
        layer_of("parcels", [_parcel(1), _parcel(2)], [plot(0, 0), plot(100, 0)]),
        layer_of(
            "economic_sites",
            [
                {
                    "id": "pres",
                    "site_nom": "Parc des Prés",
                    "site_type": "ZAE",
                    "site_vocadomi": "industrie",
                    "site_etat": "existant",
                    "site_surf_brute": 2.0,
                    "site_uf_nbre": 15.0,
                    "site_uf_vacant_nbre": 2.0,
                    "site_nb_emploi": None,
                }
            ],
            [plot(0, 0, 200)],
        ),
        layer_of(
            "zones",
            [
                {
                    "id": "zac",
                    "libelle": "ZAC du Bois",
                    "typeinf": "02",
                    "stypeinf": "00",
                    "idurba": "80021_PLU_20250101",
                    "theme": "energy",
                    "developer": "Aménageur SA",
                    "created_year": 2010.0,
                }
            ],
            [plot(0, 700, 100)],
        ),
        layer_of(
            "companies",
            [
                _company("73282932000074", "Prés SA"),
                _company("35600000000048", "Jeanne Seule", legal_form="1000", staff=None),
            ],
            [plot(0, 0).centroid, plot(100, 0).centroid],
        ),
        layer_of(
            "roads",
            [
                {"id": "r1", "name": "Boulevard", "road_class": "boulevard"},
                {"id": "r2", "name": "A29", "road_class": "motorway"},
            ],
            [
                shapely.LineString([(_X + 50, _Y + 50), (_X + 50, _Y - 550)]),
                shapely.LineString([(_X - 900, _Y - 800), (_X + 900, _Y - 800)]),
            ],
        ),
        layer_of(
            "stations", [{"id": "s", "name": "Gare du Nord"}], [shapely.Point(_X + 50, _Y - 550)]
        ),
        layer_of(
            "transit_stops",
            [{"id": "a", "name": "Prés", "mode": "bus", "lines": "5", "headway_min": 10.0}],
            [shapely.Point(_X + 300, _Y)],
        ),
    ]
    return {layer.id: layer for layer in layers}


@pytest.fixture
def make():
    """Functions that make shapes and layers near Amiens."""
    return {"plot": plot, "layer": layer_of, "company": _company, "web": on_web, "json": json}
