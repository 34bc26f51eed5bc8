import pytest
import shapely

from geodata.errors import FetchError
from geodata.fetching.urbanism import bring
from tests.geodata.fetching.conftest import Reply
from tests.geodata.fetching.town import EMPTY, collection, information, polygon, zoning

pytestmark = pytest.mark.usefixtures("quick_reader")


def by_id(brought):
    """Layers by id."""
    return {each.id: each for each in brought.layers}


@pytest.mark.usefixtures("town")
def test_zoning_and_zac(task):
    """CNIG columns, ISO days; of the information only the ZAC."""
    layers = by_id(bring(task("plu", area=shapely.box(0, 0, 1, 1))))
    zones = layers["plu_zones"].features
    assert ["UA", "N"] == zones["libelle"].tolist()
    assert ["U", "N"] == zones["typezone"].tolist()
    assert {"2019-02-12"} == set(zones["datvalid"])
    assert {"80021_PLU_20190212"} == set(zones["idurba"])
    assert ["ZAC Gare"] == layers["zones"].features["libelle"].tolist()
    assert "2019-02-12" == layers["plu_zones"].edition.date
    assert shapely.box(0, 0, 1, 1) == layers["plu_zones"].coverage


def test_prescriptions_of_surface_line_and_point_are_one_layer(server, town, task):
    """All three tables together."""
    known = {"libelle": "Alignement", "typepsc": "11", "stypepsc": "01", "idurba": "80021_PLU"}
    shapes = {
        "surf": polygon(2.3, 49.89),
        "lin": {"type": "LineString", "coordinates": [[2.3, 49.89], [2.301, 49.89]]},
        "pct": {"type": "Point", "coordinates": [2.3, 49.89]},
    }
    for kind, shape in shapes.items():
        server.play(f"/api/gpu/prescription-{kind}", collection([(known, shape)], totalFeatures=1))
    layer = by_id(bring(task("plu")))["plu_prescriptions"]
    assert ["Polygon", "LineString", "Point"] == layer.features.geom_type.tolist()
    assert town


def test_the_wfs_stands_in_for_api_carto(server, town, task):
    """The same layers, from the second service, and it is said."""
    server.play("/api/gpu/zone-urba", Reply(status=503))
    tables = {"wfs_du:zone_urba": zoning(), "wfs_du:info_surf": information()}
    server.play("/wfs/ows", lambda asked: tables.get(asked.query["TYPENAMES"], EMPTY))
    brought = bring(task("plu"))
    assert {"plu_zones", "zones"} == set(by_id(brought))
    assert "the WFS of the Géoplateforme answered" in brought.remarks[0].en
    assert town


def test_a_plan_of_the_whole_epci(server, town, task):
    """Asked for once, where the communes have none of their own."""

    def answer(asked):
        return zoning() if asked.query["partition"] == "DU_248000531" else EMPTY

    server.play("/api/gpu/zone-urba", answer)
    layers = by_id(bring(task("plu", communes=("80021", "80724", "80020"))))
    assert 2 == len(layers["plu_zones"].features)
    asked = [each.query["partition"] for each in server.asked if "zone-urba" in each.path]
    assert ["DU_80021", "DU_248000531", "DU_80724", "DU_80020"] == asked
    assert town


def test_communes_without_a_document_are_named(server, town, task):
    """One has a plan, the other has none: the layer says so."""

    def answer(asked):
        return zoning() if asked.query["partition"] == "DU_80021" else EMPTY

    server.play("/api/gpu/zone-urba", answer)
    brought = bring(task("plu", communes=("80021", "80724")))
    assert "Without a published document: 80724." == brought.remarks[0].en
    assert town


def test_no_document_at_all(server, town, task):
    """A failure, for an empty layer would say that everything is allowed."""
    server.play("/api/gpu/zone-urba", EMPTY)
    server.play("/wfs/ows", EMPTY)
    with pytest.raises(FetchError) as error:
        bring(task("plu"))
    assert "Without a published document: 80021." in error.value.say("en")
    assert town


@pytest.mark.usefixtures("town")
def test_what_the_planner_said_of_a_zac_is_kept(task):
    """Theme and developer go to the ZAC of the same name."""
    made = by_id(bring(task("plu")))["zones"]
    held = type(made)(
        made.id, made.features.assign(theme="station", developer="SPL"), None, made.edition
    )
    again = by_id(bring(task("plu", held={"zones": held})))["zones"]
    assert [("station", "SPL")] == list(
        again.features[["theme", "developer"]].itertuples(index=False, name=None)
    )
