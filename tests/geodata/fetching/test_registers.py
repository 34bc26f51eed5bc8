import pytest

from geodata.fetching.registers import bring_certificates, bring_register


@pytest.mark.usefixtures("town")
def test_certificates_by_class(server, task):
    """One of class C, one without a class."""
    (said,) = bring_certificates(task("dpe")).remarks
    assert "80021: 2 energy certificates (A 0, B 0, C 1, D 0, E 0, F 0, G 0)." == said.en
    assert 'code_insee_ban:"80021"' == server.asked[0].query["qs"]


@pytest.mark.usefixtures("town")
def test_the_register_beside_the_cadastre(server, task):
    """Counted for each commune; the store holds none here."""
    (said,) = bring_register(task("rnb")).remarks
    assert "80021: 1 buildings in the RNB, 0 in the store's cadastre." == said.en
    assert "100" == server.asked[0].query["limit"]
