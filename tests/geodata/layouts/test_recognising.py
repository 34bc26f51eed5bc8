import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.catalog import catalog
from geodata.layouts.model import COMMON_COLUMNS
from geodata.layouts.recognising import recognise

SQUARE = shapely.box(0, 0, 1, 1)
LINE = shapely.LineString([(0, 0), (1, 1)])
POINT = shapely.Point(0, 0)

TABLES = {
    "etalab_parcels": "id commune prefixe section numero contenance arpente created updated",
    "etalab_buildings": "type=01 nom commune=80021 created updated",
    "etalab_communes": "id=80021 nom created updated",
    "etalab_sections": "id commune prefixe code created updated",
    "etalab_sheets": "id commune prefixe section numero qualite modeConfection echelle created",
    "etalab_places": "nom commune created updated",
    "parcellaire": "gid numero feuille section code_dep nom_com code_com com_abs code_arr idu "
    "contenance code_insee",
    "bd_parcellaire": "NUMERO FEUILLE SECTION CODE_DEP NOM_COM CODE_COM COM_ABS CODE_ARR",
    "edigeo_parcels": "OBJECT_RID COAR IDU INDP SUPF TEX CREAT_DATE UPDATE_DATE",
    "edigeo_buildings": "OBJECT_RID DUR TEX CREAT_DATE UPDATE_DATE",
    "edigeo_labels": "OBJECT_RID FON OGR_OBJ_LNK OGR_ATR_VAL",
    "bd_topo_buildings": "cleabs nature usage_1 usage_2 construction_legere hauteur",
    "plu_zone_urba": "IDZONE LIBELLE LIBELONG TYPEZONE DESTDOMI INSEE DATAPPRO DATVALID",
    "plu_prescription": "gid libelle txt typepsc stypepsc nomfic urlfic idurba datvalid",
    "plu_information": "LIBELLE TXT TYPEINF STYPEINF NOMFIC URLFIC IDURBA DATVALID",
    "plu_document_table": "IDURBA TYPEDOC ETAT NOMPROC DATAPPRO",
    "plu_document_communes": "IDURBA INSEE",
    "plu_gpu_municipality": "insee name is_rnu is_deleted is_coastline",
    "se_sites": "SITEID SITENOM SITETYPE SITVOCDOM SITEETAT SISURFBRUT",
    "se_lands": "terr_id site_id terr_etat_occup terr_usage terr_geomsurf",
    "se_poles": "pole_id pole_nom pole_vocadomi pole_geompoint",
    "se_establishments": "SIRET SIREN terr_id ban-id etab_nom etab_raison_sociale",
    "aduga_poles": "gid idpole nom_pole insee commune surf_brt_c eff_cum nb_etb",
    "aduga_sites": "gid idsite idpole site_nom site_etat surf_brt surf_net",
    "aduga_lands": "gid idempr idsite surface_geo typologie idpole proprietaire",
    "aduga_establishments": "idsiret idsite idsiren eff_reel source_efr rai_soc enseigne naf_l5",
    "gtfs_stops": "stop_id stop_name stop_lat stop_lon",
    "gtfs_stop_times": "trip_id arrival_time departure_time stop_id stop_sequence",
    "gtfs_trips": "route_id service_id trip_id",
    "gtfs_routes": "route_id route_short_name route_type",
    "empcom": "fid idcom activite Surf_ha",
}
LINES = {
    "bd_topo_roads": "ID NATURE IMPORTANCE FICTIF POS_SOL CL_ADMIN",
    "bnac": "id_local code_com_d ame_d regime_d sens_d ame_g regime_g",
}


def frame(columns, shape=SQUARE):
    """One row whose cells are texts, or the value given after ``=``."""
    pairs = [each.partition("=") for each in columns.split()]
    return gpd.GeoDataFrame(
        {name: [value or "x"] for name, _, value in pairs}, geometry=[shape], crs=4326
    )


@pytest.mark.parametrize("layout", TABLES)
def test_layouts_are_known_by_their_columns(layout):
    """Each published layout is recognised without a question, in capitals too."""
    table = frame(TABLES[layout])
    assert layout == recognise(table, name="t")
    assert layout == recognise(table.rename(columns=str.upper).set_geometry("GEOMETRY"), name="t")
    assert layout == recognise(table.iloc[:0], name="t")


@pytest.mark.parametrize("layout", LINES)
def test_line_layouts_are_known_by_their_columns(layout):
    """Roads and cycle links."""
    assert layout == recognise(frame(LINES[layout], LINE), name="t")


def test_communes_are_surfaces_with_an_insee_code():
    """Départements have two characters, and points are no communes."""
    assert "communes_code_name" == recognise(frame("code=80021 nom=Amiens"), name="t")
    assert "admin_express_communes" == recognise(frame("INSEE_COM=2A004 NOM=Ajaccio"), name="t")
    assert recognise(frame("code=80 nom=Somme"), name="t") is None
    assert recognise(frame("code=80021 nom=Amiens", POINT), name="t") is None


def test_the_name_of_the_table_tells_edigeo_objects_apart():
    """Sections and place names bear the same columns."""
    table = frame("OBJECT_RID IDU TEX2")
    assert "edigeo_communes" == recognise(table, name="COMMUNE_id")
    assert "edigeo_others" == recognise(table, name="SECTION_id")
    assert recognise(table, name="autre") is None


def test_tables_without_shapes_are_recognised_too():
    """A CSV holds its shapes as text."""
    table = pd.DataFrame(frame(TABLES["se_lands"])).drop(columns="geometry")
    assert "se_lands" == recognise(table, name="t")


def test_a_table_that_nobody_knows():
    """Neither few columns nor none are taken for anything."""
    assert recognise(frame("a b"), name="t") is None
    assert recognise(pd.DataFrame(), name="t") is None


@pytest.mark.parametrize("layer", list(catalog()))
def test_exports_of_the_desk_are_recognised(layer):
    """Every layer comes back as itself; the name settles layers with the same columns."""
    rules = catalog()[layer]
    shape = {"point": POINT, "line": LINE, "polygon": SQUARE, "any": SQUARE}[rules.geometry]
    columns = " ".join(
        name for name, column in rules.columns.items() if column.required or name in COMMON_COLUMNS
    )
    assert f"desk_{layer}" == recognise(frame(columns, shape), name=layer)
