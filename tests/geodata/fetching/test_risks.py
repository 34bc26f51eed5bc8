import pytest

from geodata.errors import FetchError
from geodata.fetching.risks import bring


@pytest.mark.usefixtures("town")
def test_risks_become_remarks(server, task):
    """Named for each commune; no layer, and where to get one is said."""
    result = bring(task("risks"))
    assert () == result.layers
    assert "80021: 2 risk(s) listed: Inondation, Séisme. Flood: yes" in result.remarks[0].en
    assert "flood_zones" in result.remarks[1].en
    assert "80021" == server.asked[0].query["code_insee"]


def test_a_commune_without_risks(server, task):
    """Listed is not the same as absent."""
    empty = {"results": 0, "page": 1, "data": []}
    server.play("/api/v1/gaspar/risques", empty)
    server.play("/api/v1/gaspar/tri", empty)
    assert "0 risk(s) listed: —. Flood: not listed" in bring(task("risks")).remarks[0].en


def test_flood_risk_territories_are_named(server, town, task):
    """TRI by their names; strange rows are passed over."""
    rows = [{"libelle_tri": "TRI d'Amiens"}, {"libelle_tri": None}, 3]
    server.play("/api/v1/gaspar/tri", {"results": 3, "page": 1, "data": rows})
    assert "territories: TRI d'Amiens." in bring(task("risks")).remarks[0].en
    assert town


def test_every_commune_that_failed_is_told(server, task):
    """Two communes, two faults."""
    server.play("/api/v1/gaspar/risques", {"error": "x"})
    with pytest.raises(FetchError) as error:
        bring(task("risks", communes=("80021", "80724")))
    assert 2 == len(error.value.faults)
