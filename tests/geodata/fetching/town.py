"""Answers of every service for a town of one commune, as their documentation says they look."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

from tests.geodata.fetching.conftest import Reply

COMMUNE = "80021"
SIREN = "248000531"


def box(west, south, side=0.001):
    """Ring of a square, degrees."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(west, south, side=0.001):
    """GeoJSON polygon of a square."""
    return {"type": "Polygon", "coordinates": [box(west, south, side)]}


def collection(features, **members):
    """GeoJSON document of (properties, geometry) pairs."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": dict(known), "geometry": shape}
            for known, shape in features
        ],
        **members,
    }


def packed(document, **headers):
    """Zipped answer of the cadastre."""
    body = gzip.compress(json.dumps(document).encode(), mtime=0)
    return Reply(body, kind="application/gzip", headers=headers)


def communes():
    """Outline of the commune."""
    known = {"id": COMMUNE, "nom": "Amiens", "created": "2010-01-01", "updated": "2025-06-01"}
    return collection([(known, polygon(2.29, 49.88, 0.02))])


def parcels(*, bad_ring=False):
    """Three parcels; one without registered area, one with an outline that crosses itself."""

    def parcel(number, shape, area):
        known = {
            "id": f"80021000ZX{number:04d}",
            "commune": COMMUNE,
            "prefixe": "000",
            "section": "ZX",
            "numero": str(number),
            "contenance": area,
            "arpente": False,
            "created": "2020-01-01",
            "updated": f"2025-0{number}-01",
        }
        return known, shape

    crossed = box(2.302, 49.89)
    crossed[1], crossed[2] = crossed[2], crossed[1]
    last = {"type": "Polygon", "coordinates": [crossed]}
    shapes = [polygon(2.300, 49.89), polygon(2.301, 49.89), polygon(2.302, 49.89)]
    if bad_ring:
        shapes[2] = last
    return collection(
        [parcel(1, shapes[0], 8000), parcel(2, shapes[1], None), parcel(3, shapes[2], 8010)]
    )


def buildings():
    """Two buildings, without ids as Etalab publishes them."""
    known = {"type": "01", "nom": None, "commune": COMMUNE, "created": "2020-01-01"}
    known["updated"] = "2025-05-05"
    return collection(
        [(known, polygon(2.3002, 49.8902, 0.0002)), (known, polygon(2.3012, 49.8902, 0.0002))]
    )


def zoning():
    """Two zones of API Carto GPU."""

    def zone(gid, label, kind):
        return {
            "gid": gid,
            "partition": "DU_80021",
            "libelle": label,
            "libelong": f"Zone {label}",
            "typezone": kind,
            "destdomi": "01",
            "idurba": "80021_PLU_20190212",
            "datvalid": "20190212",
            "datappro": "20060622",
        }

    return collection(
        [
            (zone(1, "UA", "U"), polygon(2.300, 49.89, 0.002)),
            (zone(2, "N", "N"), polygon(2.303, 49.89, 0.002)),
        ],
        totalFeatures=2,
        crs=None,
    )


def information():
    """A ZAC and another kind of information."""

    def info(gid, kind, label):
        return {
            "gid": gid,
            "partition": "DU_80021",
            "libelle": label,
            "txt": None,
            "typeinf": kind,
            "stypeinf": "00",
            "idurba": "80021_PLU_20190212",
            "datvalid": "20190212",
        }

    return collection(
        [
            (info(1, "02", "ZAC Gare"), polygon(2.300, 49.89, 0.002)),
            (info(2, "04", "DPU"), polygon(2.303, 49.89, 0.002)),
        ],
        totalFeatures=2,
    )


EMPTY = {"type": "FeatureCollection", "features": [], "totalFeatures": 0, "crs": None}


def elements():
    """Shops and hotels of Overpass."""

    def node(number, **tags):
        return {"type": "node", "id": number, "lat": 49.891, "lon": 2.301, "tags": tags}

    return {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": "2026-10-30T12:00:00Z"},
        "elements": [
            node(1, shop="bakery", name="Au bon pain"),
            node(2, shop="supermarket", brand="Grand A", sales_area="2 500 m²"),
            {
                "type": "way",
                "id": 3,
                "center": {"lat": 49.892, "lon": 2.302},
                "tags": {"tourism": "hotel", "name": "Mercure", "rooms": "102", "stars": "4S"},
            },
            node(4, tourism="hotel", name="Sans chambres", rooms="0"),
        ],
    }


def companies():
    """Companies with an establishment each: public, hidden, and of a natural person."""

    def company(siren, name, **known):
        place = {
            "siret": f"{siren}00011",
            "commune": COMMUNE,
            "etat_administratif": "A",
            "activite_principale": "62.01Z",
            "latitude": "49.891",
            "longitude": "2.301",
            "adresse": "1 RUE DE LA GARE 80000 AMIENS",
            "date_creation": "2015-03-02",
            "est_siege": True,
            "tranche_effectif_salarie": "12",
            "annee_tranche_effectif_salarie": "2023",
        }
        place |= known.pop("place", {})
        return {
            "siren": siren,
            "nom_complet": name,
            "nom_raison_sociale": name,
            "nature_juridique": "5710",
            "statut_diffusion": "O",
            "matching_etablissements": [place],
            **known,
        }

    results = [
        company("100000001", "NUMERIQUE SAS"),
        company("100000002", "CACHEE MARTINE", statut_diffusion="P"),
        company("100000003", "DUPONT JEAN", nature_juridique="1000"),
        company("100000004", "SECRETE SARL", place={"statut_diffusion_etablissement": "P"}),
        company("100000005", "AILLEURS SARL", place={"commune": "59350"}),
        company("100000006", "FERMEE SARL", place={"etat_administratif": "F"}),
    ]
    return {"results": results, "total_results": len(results), "page": 1, "total_pages": 1}


def gtfs():
    """Feed of one line with two stops, served every ten minutes from 7 to 9 h."""
    trips = [f"t{number}" for number in range(12)]
    times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    for number, trip in enumerate(trips):
        hour, minute = 7 + number // 6, number % 6 * 10
        times += f"{trip},{hour:02d}:{minute:02d}:00,{hour:02d}:{minute:02d}:00,A,1\n"
        times += f"{trip},{hour:02d}:{minute + 5:02d}:00,{hour:02d}:{minute + 5:02d}:00,B,2\n"
    tables = {
        "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n"
        "1,Ametis,https://x.example,Europe/Paris\n",
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
        "A,Gare,49.890,2.300\nB,CHU,49.880,2.290\n",
        "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\n"
        "N2,1,N2,La Paix - IUT,3\n",
        "trips.txt": "route_id,service_id,trip_id,direction_id\n"
        + "".join(f"N2,week,{trip},0\n" for trip in trips),
        "stop_times.txt": times,
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
        "start_date,end_date\nweek,1,1,1,1,1,0,0,20260101,20261231\n",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return Reply(content.getvalue(), kind="application/zip")


def datasets(url):
    """Catalogue with the town's network, a foreign one, and the cycling base."""
    file = {"url": f"{url}/gtfs.zip", "format": "GTFS", "updated": "2026-09-01T00:00:00Z"}
    other = {"url": f"{url}/other.zip", "format": "GTFS"}
    lanes = {"url": f"{url}/bnac.geojson", "format": "geojson", "updated": "2026-08-01"}
    return [
        {"title": "Réseau Lille", "aom": {"siren": "200093201"}, "resources": [other]},
        {"title": "Réseau Ametis", "aom": {"siren": SIREN}, "resources": [file]},
        {"title": "Aménagements cyclables France métropolitaine", "resources": [lanes]},
        {"title": "broken", "resources": None},
        None,
    ]


def lanes():
    """Cycling base, a line for each facility: one in the town, one elsewhere."""

    def lane(number, commune):
        known = {
            "id_local": f"b{number}",
            "ame_d": "PISTE CYCLABLE",
            "ame_g": "AUCUN",
            "regime_d": "EN AGGLOMERATION",
            "sens_d": "UNIDIRECTIONNEL",
            "code_com_d": commune,
            "code_com_g": commune,
            "date_maj": "2026-01-01",
        }
        shape = {"type": "LineString", "coordinates": [[2.300, 49.890], [2.302, 49.891]]}
        return '{"type":"Feature",' + json.dumps({"properties": known, "geometry": shape})[1:]

    lines = ",\n".join([lane(1, COMMUNE), lane(2, "59350")])
    text = '{\n"type": "FeatureCollection",\n"features": [\n' + lines + "\n]\n}\n"
    return Reply(text.encode(), kind="application/geo+json")


def groups():
    """Groups of the BDNB in Lambert-93: one over the first building, none over the second."""
    ring = [[649660, 6977040], [649700, 6977040], [649700, 6977090], [649660, 6977090]]
    shape = {"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]}
    shape["crs"] = {"type": "name", "properties": {"name": "EPSG:2154"}}
    return [
        {"batiment_groupe_id": "g1", "hauteur_mean": 9, "geom_groupe": shape},
        {"batiment_groupe_id": "g2", "hauteur_mean": None, "geom_groupe": shape},
        {"batiment_groupe_id": "g3", "hauteur_mean": 5, "geom_groupe": None},
    ]


def risks():
    """Risks of the commune."""
    detail = [{"num_risque": "11", "libelle_risque_long": "Inondation"}]
    detail.append({"num_risque": "13", "libelle_risque_long": "Séisme"})
    return {"results": 1, "page": 1, "data": [{"code_insee": COMMUNE, "risques_detail": detail}]}


def play_town(server):
    """Every service answers as documented."""
    folder = f"/data/etalab-cadastre/latest/geojson/communes/80/{COMMUNE}/cadastre-{COMMUNE}-"
    server.play(f"{folder}communes.json.gz", packed(communes()))
    server.play(f"{folder}parcelles.json.gz", packed(parcels()))
    server.play(f"{folder}batiments.json.gz", packed(buildings()))
    for name in ("zone-urba", "prescription-surf", "prescription-lin", "prescription-pct"):
        server.play(f"/api/gpu/{name}", EMPTY)
    server.play("/api/gpu/zone-urba", zoning())
    server.play("/api/gpu/info-surf", information())
    server.play("/api/datasets", datasets(server.url))
    server.play("/gtfs.zip", gtfs())
    server.play("/bnac.geojson", lanes())
    server.play("/api/interpreter", elements())
    server.play("/api/v1/gaspar/risques", risks())
    server.play("/api/v1/gaspar/tri", {"results": 0, "page": 1, "data": []})
    server.play("/search", companies())
    server.play(
        "/v1/bdnb/donnees/batiment_groupe_complet",
        lambda asked: groups() if asked.query["offset"] == "0" else [],
    )
    certificates = [{"numero_dpe": "1", "etiquette_dpe": "C"}, {"numero_dpe": "2"}]
    server.play(
        "/data-fair/api/v1/datasets/dpe03existant/lines", {"total": 2, "results": certificates}
    )
    server.play("/api/alpha/buildings/", {"next": None, "results": [{"rnb_id": "A"}]})
    return folder
