import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.errors import DataError, SelectionError
from geodata.layers import make_layer
from geodata.layouts import Mapping, convert, recognise, to_catalog

SQUARE = shapely.box(650_000, 6_977_000, 650_100, 6_977_100)  # one hectare, Lambert-93
LINE = shapely.LineString([(650_000, 6_977_000), (650_100, 6_977_000)])


def frame(*rows, shape=SQUARE):
    """Rows with one shape each, side by side, in Lambert-93."""
    shapes = [shapely.affinity.translate(shape, 200 * rank) for rank in range(len(rows))]
    return gpd.GeoDataFrame(pd.DataFrame([*rows]), geometry=shapes, crs=2154)


def converted(table, name="t.gpkg"):
    """The one layer of a table in a known layout, by id, and the remarks; it keeps its contract."""
    conversion = convert(table, layout=recognise(table, name=name), name=name)
    ((layer, features),) = conversion.layers
    make_layer(features, layer=layer, date="", source=name)
    return layer, features.set_index("id"), {each.kind: each for each in conversion.remarks}


def test_an_empty_table_gives_no_layer():
    """Heads without rows are no fault."""
    table = frame({"LIBELLE": "UA", "TYPEZONE": "U", "IDURBA": "x"}).iloc[:0]
    assert ((), ()) == (
        convert(table, layout="plu_zone_urba").layers,
        convert(table, layout="plu_zone_urba").remarks,
    )


def test_api_carto_parcels_are_written_as_etalab_writes_them():
    """Section and number lose their padding, the id keeps it."""
    table = frame(
        {
            "gid": 1,
            "numero": "0037",
            "feuille": 1,
            "section": "0A",
            "code_dep": "80",
            "nom_com": "Amiens",
            "code_com": "021",
            "com_abs": "000",
            "code_arr": "000",
            "idu": "800210000A0037",
            "contenance": 400,
            "code_insee": "80021",
        }
    )
    layer, features, remarks = converted(table)
    row = features.loc["800210000A0037"]
    assert ("parcels", {}) == (layer, remarks)
    assert ["80021", "000", "A", "37", 400.0] == row[
        ["commune", "prefixe", "section", "numero", "contenance"]
    ].tolist()
    assert (False, "high", "real") == (row["demo"], row["confidence"], row["geom_precision"])


def test_bd_parcellaire_ids_are_put_together():
    """Department, commune, prefix, section, number; a district of Paris counts as commune."""
    head = {"FEUILLE": 1, "NOM_COM": "x"}
    rows = [
        {"NUMERO": "37", "SECTION": "A", "CODE_DEP": "80", "CODE_COM": "021", "COM_ABS": "000"},
        {"NUMERO": "0001", "SECTION": "AB", "CODE_DEP": "75", "CODE_COM": "056", "COM_ABS": "000"},
    ]
    districts = [{"CODE_ARR": "000"}, {"CODE_ARR": "101"}]
    table = frame(*({**head, **row, **more} for row, more in zip(rows, districts, strict=True)))
    _, features, _ = converted(table)
    assert ["800210000A0037", "75101000AB0001"] == features.index.tolist()
    assert ["80021", "75101"] == features["commune"].tolist()


def etalab(**other):
    """One parcel of the Etalab cadastre."""
    return {
        "id": "80021000AB0037",
        "commune": "80021",
        "prefixe": "000",
        "section": "AB",
        "numero": "37",
        "contenance": 400,
        "arpente": False,
        "created": "2020-01-01",
        "updated": "2024-05-06",
        **other,
    }


def test_etalab_parcels():
    """A null registered area stays missing; the newest day dates the source."""
    other = etalab(id="80021000AB0038", numero="38", contenance=None, updated="2022-01-01")
    _, features, remarks = converted(frame(etalab(), other))
    assert features["contenance"].isna().tolist() == [False, True]
    assert {"2024-05-06"} == set(features["source_date"])
    assert {} == remarks


def test_parcels_without_an_id_get_the_one_of_their_parts():
    """Tables from a spreadsheet lose leading zeros; commune 1004 is 01004."""
    row = etalab(commune=1004, prefixe=0, section="B", numero=7)
    del row["id"]
    _, features, _ = converted(frame(row))
    assert ["010040000B0007"] == features.index.tolist()


def test_an_id_that_contradicts_its_parts_is_told():
    """The id is kept, for it is the key of every other file."""
    _, features, remarks = converted(frame(etalab(numero="38")))
    assert ["80021000AB0037"] == features.index.tolist()
    assert ("80021000AB0037",) == remarks["parcel_id_parts"].ids


def test_buildings_without_ids_get_stable_ones():
    """The cadastre gives buildings none."""
    row = {"type": "01", "nom": None, "commune": "80021", "created": None, "updated": "2024-01-01"}
    layer, features, remarks = converted(frame(row, {**row, "type": "02"}))
    assert ("buildings", ["01", "02"]) == (layer, features["type"].tolist())
    assert 2 == remarks["made_id"].count
    assert features.index.str.startswith("80021-").all()


def edigeo():
    """One parcel of a sheet of Albenc."""
    return frame(
        {
            "OBJECT_RID": "Objet_1",
            "IDU": "0040000B0219",
            "INDP": "01",
            "SUPF": 10270.0,
            "TEX": "219",
            "CREAT_DATE": 20030214,
            "UPDATE_DATE": 20140226,
        }
    )


def test_edigeo_parcels_take_their_department_from_the_name_of_the_sheet():
    """Objects know commune, prefix, section and number only."""
    _, features, remarks = converted(edigeo(), "edigeo-380040000B02.tar.bz2")
    row = features.loc["380040000B0219"]
    assert ["38004", "000", "B", "219", 10270.0, "2003-02-14", "2014-02-26"] == row[
        ["commune", "prefixe", "section", "numero", "contenance", "created", "updated"]
    ].tolist()
    assert {} == remarks


@pytest.mark.parametrize("name", ["feuille.tar.bz2", "edigeo-380050000B02.tar.bz2"])
def test_edigeo_parcels_without_a_department_are_told(name):
    """A sheet that was renamed, or another commune's name."""
    _, features, remarks = converted(edigeo(), name)
    assert ["0040000B0219"] == features.index.tolist()
    assert ("0040000B0219",) == remarks["no_department"].ids


def test_bd_topo_buildings():
    """Light buildings are type 02; the height comes along."""
    row = {"ID": "BAT1", "NATURE": "x", "USAGE1": "x", "USAGE2": None, "HAUTEUR": 6.5}
    table = frame({**row, "LEGER": "Non"}, {**row, "ID": "BAT2", "LEGER": "Oui"})
    _, features, _ = converted(table)
    assert ["01", "02"] == features["type"].tolist()
    assert [6.5, 6.5] == features["height_m"].tolist()


def test_bd_topo_roads():
    """Classes follow nature and importance; tracks are set aside and told."""
    head = {"fictif": False, "position_par_rapport_au_sol": "0", "nom_voie_ban_gauche": "R"}
    kinds = [
        ("Type autoroutier", "1"),
        ("Route à 2 chaussées", "2"),
        ("Route à 1 chaussée", "3"),
        ("Route à 1 chaussée", "5"),
        ("Route empierrée", "5"),
    ]
    rows = [
        {"cleabs": f"R{rank}", "nature": nature, "importance": importance, **head}
        for rank, (nature, importance) in enumerate(kinds)
    ]
    _, features, remarks = converted(frame(*rows, shape=LINE))
    assert ["motorway", "high_traffic", "boulevard", "street"] == features["road_class"].tolist()
    assert ("R4",) == remarks["set_aside"].ids
    assert "décret" in remarks["assumed"].what.fr


def test_plu_zones_of_2013_name_their_document_by_commune_and_date():
    """DESTDOMI becomes FORMDOMI; AUc and AUs stay as they are."""
    row = {"LIBELLE": "1AU", "LIBELONG": "x", "TYPEZONE": "AUc", "DESTDOMI": "02"}
    _, features, _ = converted(
        frame({**row, "INSEE": "80021", "DATAPPRO": "20060622", "DATVALID": "20120101"})
    )
    assert ["1AU", "AUc", "0200", "80021_PLU_20060622", "2012-01-01"] == features.iloc[0][
        ["libelle", "typezone", "formdomi", "idurba", "datvalid"]
    ].tolist()


def test_gpu_zones_in_lower_case():
    """LIB_IDZONE is the id where it is given."""
    row = {"gid": 1, "partition": "DU_80021", "libelle": "UA", "typezone": "U", "formdomi": "0202"}
    _, features, remarks = converted(
        frame({**row, "idurba": "80021_PLU_20250101", "lib_idzone": "80021_PLU_20250101_ZO1"})
    )
    assert ["80021_PLU_20250101_ZO1"] == features.index.tolist()
    assert {} == remarks


def test_plu_prescriptions_without_subtype():
    """Tables of 2013 have none: 00; a missing label is written so, and told."""
    row = {"LIBELLE": None, "TXT": None, "TYPEPSC": 7, "IDURBA": "80021_PLU_20060622"}
    _, features, remarks = converted(frame(row))
    assert ["non indiqué", "07", "00"] == features.iloc[0][
        ["libelle", "typepsc", "stypepsc"]
    ].tolist()
    assert 1 == remarks["missing_value"].count


def test_only_zac_perimeters_are_zones():
    """TYPEINF 02 in every writing; the others are set aside and counted."""
    row = {"LIBELLE": "ZAC", "TXT": None, "STYPEINF": "00", "IDURBA": "80021_PLU_20060622"}
    for writing in ("02", 2, "2"):
        table = frame({**row, "TYPEINF": writing}, {**row, "TYPEINF": "14"})
        layer, features, remarks = converted(table)
        assert ("zones", ["02"]) == (layer, features["typeinf"].tolist())
        assert features["theme"].isna().all()
        assert 1 == remarks["set_aside"].count


def test_another_document_than_the_file_says():
    """IDURBA of a table is not always that of the delivery."""
    row = {"LIBELLE": "UA", "TYPEZONE": "U", "IDURBA": "30014_PLU_20141013"}
    _, _, remarks = converted(frame(row), "30014_ZONE_URBA_20171013.shp")
    assert "30014_PLU_20141013" in remarks["other_document"].what.fr


def test_known_tables_that_are_no_layer_are_set_aside_politely():
    """Sections of the cadastre have no use here, and that is all that is said."""
    table = frame({"commune": "80021", "prefixe": "000", "code": "AB"})
    conversion = convert(table, layout="etalab_sections")
    assert () == conversion.layers
    assert [("not_a_layer", 1)] == [(each.kind, each.count) for each in conversion.remarks]


def site(**other):
    """One row of SITE-ECO under the names of shapefiles."""
    return {
        "SITEID": "80021_SITE-ECO_00001",
        "SITENOM": "ZAC",
        "SITETYPE": "zone d'activité économique",
        "SITVOCDOM": "mixte",
        "SITEETAT": "existant et actif",
        "SISURFBRUT": "37,2",
        "SIUFNBRE": "15",
        "SIUFVACANT": "2",
        **other,
    }


def test_economic_sites_under_short_names():
    """Decimal comma, counts as text."""
    layer, features, _ = converted(frame(site()))
    assert "economic_sites" == layer
    assert [37.2, 15.0, 2.0] == features.iloc[0][
        ["site_surf_brute", "site_uf_nbre", "site_uf_vacant_nbre"]
    ].tolist()


def test_numbers_that_are_none_are_told():
    """The cell is left empty, the row stays."""
    _, features, remarks = converted(frame(site(SISURFBRUT="env. 37")))
    assert features["site_surf_brute"].isna().all()
    assert "env. 37" in remarks["unreadable_value"].what.fr
    assert ("80021_SITE-ECO_00001",) == remarks["unreadable_value"].ids


def test_lands_leave_buyers_and_prices_behind():
    """What may not be shared does not come in."""
    row = {
        "terr_id": "T1",
        "site_id": "S1",
        "terr_refcad": "80021000AB0001; 80021000AB0002",
        "terr_utile": "oui",
        "terr_etat_occup": "friche",
        "terr_usage": "bâti productif",
        "terr_acquereur": "Jean Dupont",
        "terr_vente_montant": 530000,
    }
    _, features, _ = converted(frame(row))
    assert "80021000AB0001|80021000AB0002" == features.loc["T1", "terr_refcad"]
    assert features.loc["T1", "terr_utile"]
    assert "Jean Dupont" not in features.drop(columns="geometry").to_json()


def test_natural_persons_are_not_named():
    """A sole trader's name and address are left out, and it is told without them."""
    row = {
        "SIRET": "99000000000018",
        "terr_id": "T1",
        "etab_nom": "Dupont Jean",
        "etab_raison_sociale": "Dupont Jean",
        "etab_nat_juridique": "1000",
        "etab_adresse": "1 rue X",
        "etab_activite_code": "4520B",
        "etab_actif": "oui",
    }
    closed = {**row, "SIRET": "2", "etab_actif": "non"}
    _, features, remarks = converted(frame(row, closed, shape=shapely.Point(650_000, 6_977_000)))
    assert ["Entrepreneur individuel"] == features["name"].tolist()
    assert features["address"].isna().all()
    assert ("2",) == remarks["set_aside"].ids
    assert "Dupont" not in str(remarks)


def test_aduga_lands():
    """The typology gives occupation and sales stage; square metres become hectares."""
    words = ["OCCUPE", "VACANT", "DISPONIBLE", "RESERVE FONCIERE", "AUTRE"]
    rows = [
        {"gid": i, "idempr": f"E{i}", "idsite": "S1", "surface_geo": 9_990, "typologie": word}
        for i, word in enumerate(words)
    ]
    _, features, remarks = converted(frame(*rows))
    assert ["occupé", "vacant", "inoccupé", "inoccupé", "AUTRE"] == features[
        "terr_etat_occup"
    ].tolist()
    stages = features["terr_stade_comm"].astype(object).where(lambda each: each.notna(), None)
    assert [None, None, "en vente", "non commercialisé", None] == stages.tolist()
    assert pytest.approx([0.999] * 5) == features["terr_surf_brute"].tolist()
    assert ("E4",) == remarks["outside_list"].ids
    assert 5 == remarks["square_metres"].count


def test_aduga_sites_in_hectares():
    """One hectare stays one hectare; states follow the national list."""
    row = {"gid": 1, "idsite": "S1", "idpole": "P1", "site_nom": "ZAC", "surf_brt": 1.02}
    table = frame(
        {**row, "site_etat": "existant"}, {**row, "idsite": "S2", "site_etat": "Création"}
    )
    _, features, remarks = converted(table)
    assert ["existant et actif", "création"] == features["site_etat"].tolist()
    assert [1.02, 1.02] == features["site_surf_brute"].tolist()
    assert ["assumed"] == list(remarks)


def test_cycle_links_take_the_other_side_where_one_is_bare():
    """No facility on either side, or works: set aside."""
    rows = [
        {"id_local": "a", "ame_d": "PISTE CYCLABLE", "ame_g": "AUCUN", "statut_d": "EN SERVICE"},
        {"id_local": "b", "ame_d": "AUCUN", "ame_g": "BANDE CYCLABLE", "statut_d": None},
        {"id_local": "c", "ame_d": "AUCUN", "ame_g": None, "statut_d": None},
        {"id_local": "d", "ame_d": "VOIE VERTE", "ame_g": None, "statut_d": "EN TRAVAUX"},
    ]
    table = frame(*({**row, "regime_d": "x"} for row in rows), shape=LINE)
    _, features, _ = converted(table)
    assert {"a": "PISTE CYCLABLE", "b": "BANDE CYCLABLE"} == features["ame_d"].to_dict()


def test_empcom():
    """Communes of an outline are a list with commas."""
    row = {"fid": 7, "idcom": "80021,80016", "activite": "Commerce", "Surf_ha": "2,5"}
    layer, features, _ = converted(frame(row))
    assert ("commercial_outlines", "80021|80016", 2.5) == (
        layer,
        features.loc["7", "communes"],
        features.loc["7", "area_ha"],
    )


def test_communes():
    """Code and name, whatever they are called."""
    _, features, _ = converted(frame({"INSEE_COM": "80021", "NOM": "Amiens"}))
    assert "Amiens" == features.loc["80021", "name"]


def test_exports_of_the_desk_are_believed():
    """Demonstration features come back as such, with their own source."""
    row = {
        "id": "H1",
        "demo": True,
        "source": "générateur",
        "source_date": None,
        "licence": "EUPL-1.2",
        "geom_precision": "schematic",
        "confidence": "low",
        "name": "Hôtel",
        "rooms": 30,
        "status": "existing",
    }
    table = frame(row, shape=shapely.Point(650_000, 6_977_000))
    layer, features, _ = converted(table, "hotels.geojson")
    assert "hotels" == layer
    assert (True, "générateur", "low") == tuple(
        features.loc["H1", ["demo", "source", "confidence"]]
    )


def test_gtfs_stops_alone():
    """Without the timetable they are plain stops, and it is told."""
    table = pd.DataFrame(
        {"stop_id": ["1", "2"], "stop_name": ["A", "B"], "stop_lat": ["49.9", "49.8"]}
    ).assign(stop_lon=["2.3", "2.4"], location_type=["", "1"])
    _, features, remarks = converted(table, "stops.txt")
    assert ["1"] == features.index.tolist()
    assert "horaires" in remarks["assumed"].what.fr


def test_a_mapping_names_columns_and_constants():
    """The ids of parcels are put together, and words of the file become the catalog's."""
    table = frame({"Nom": "Ibis", "Etat": "ouvert", "Nb": "80"}, shape=shapely.Point(0, 0))
    mapping = Mapping.model_validate(
        {
            "name": "hotels",
            "layer": "hotels",
            "columns": {
                "id": "Nom",
                "name": "nom",
                "rooms": "Nb",
                "status": "Etat",
                "source": {"constant": "Office de tourisme"},
            },
            "values": {"status": {"ouvert": "existing"}},
        }
    )
    ((layer, features),) = to_catalog(table, layout=None, mapping=mapping, layer=None)
    make_layer(features, layer=layer, date="", source="x")
    assert ["Ibis", "Ibis", 80.0, "existing", "Office de tourisme"] == features.iloc[0][
        ["id", "name", "rooms", "status", "source"]
    ].tolist()


def test_mapped_parcels_get_the_ids_of_the_cadastre():
    """Commune, section and number are enough."""
    table = frame({"com": 80021, "sec": "B", "num": "0007", "surf": "400,5"})
    columns = {"commune": "com", "section": "sec", "numero": "num", "contenance": "surf"}
    mapping = Mapping(name="p", layer="parcels", columns=columns)
    ((_, features),) = convert(table, mapping=mapping).layers
    make_layer(features, layer="parcels", date="", source="x")
    assert ["800210000B0007", "000", "7", 400.5] == features.iloc[0][
        ["id", "prefixe", "numero", "contenance"]
    ].tolist()


def test_columns_under_the_names_of_the_catalog_are_taken_as_they_are():
    """With a layer alone, nothing is guessed; ids are made where there are none."""
    table = frame({"name": "Réseau"}, shape=LINE)
    ((layer, features),) = to_catalog(table, layout=None, mapping=None, layer="heat_mains")
    assert "heat_mains" == layer
    assert 1 == len(make_layer(features, layer=layer, date="", source="x").features)


def test_what_is_refused():
    """Another layer, no shapes, nothing said, columns that are not there."""
    table = frame(etalab())
    with pytest.raises(DataError, match="« Parcelles », pas « Voies »"):
        convert(table, layout="etalab_parcels", layer="roads")
    with pytest.raises(DataError, match="pas de géométrie"):
        convert(pd.DataFrame(table).drop(columns="geometry"), layout="etalab_parcels")
    with pytest.raises(DataError, match="pas de géométrie"):
        convert(pd.DataFrame({"name": ["x"]}), layer="roads")
    with pytest.raises(SelectionError, match="n'est pas connue"):
        convert(table)
    with pytest.raises(SelectionError, match="etalab_parcels"):
        convert(table, layout="etalab_parcel")
    mapping = Mapping(name="p", layer="parcels", columns={"contenance": "surface_x"})
    with pytest.raises(DataError, match="surface_x"):
        convert(table, mapping=mapping)
