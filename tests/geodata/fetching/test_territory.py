import json

import pytest

from geodata.errors import FetchError, SelectionError
from geodata.fetching.territory import checked_communes, epci_of, known_members, members
from tests.geodata.fetching.conftest import Reply

AMIENS_METROPOLE = "248000531"


def test_the_39_communes_of_amiens_metropole(session, server):
    """Known by heart: nothing is asked; Hébécourt joined last."""
    communes = members(AMIENS_METROPOLE, session=session)
    assert 39 == len(communes) == len(set(communes))
    assert {"80021", "80424"} <= set(communes)
    assert [] == server.asked
    assert communes == known_members(AMIENS_METROPOLE)


def test_another_epci_is_asked_of_api_geo(session, server):
    """Codes of communes, and nothing else, are believed."""
    listed = [{"code": "59350", "nom": "Lille"}, {"code": "../etc"}, {"nom": "?"}, 7]
    server.play("/epcis/200093201/communes", Reply(json.dumps(listed).encode()))
    assert ("59350",) == members("200093201", session=session)
    assert {"fields": "code,nom"} == server.asked[0].query


def test_an_epci_without_communes_is_refused(session, server):
    """And so is an answer of another form."""
    server.play("/epcis/200093201/communes", Reply(b"[]"), Reply(b"{}"))
    with pytest.raises(SelectionError):
        members("200093201", session=session)
    with pytest.raises(FetchError):
        members("200093201", session=session)


@pytest.mark.parametrize("siren", ["", "24800053", "2480005311", "24800053x", "٢٤٨٠٠٠٥٣١"])
def test_what_is_no_siren(siren):
    """Nine digits of the Latin alphabet."""
    with pytest.raises(SelectionError):
        known_members(siren)


@pytest.mark.parametrize("code", ["", "8002", "800210", "80021/..", '80021"]', "8002é", "2C004"])
def test_what_is_no_commune(code):
    """Nothing but a code goes into an address or an Overpass query."""
    with pytest.raises(SelectionError):
        checked_communes(("80021", code))


def test_communes_are_asked_once_each():
    """Order kept; none at all is refused."""
    assert ("80021", "2A004") == checked_communes(("80021", "2A004", "80021"))
    with pytest.raises(SelectionError):
        checked_communes(())


def test_the_epci_of_communes():
    """Known when all of them are members."""
    assert AMIENS_METROPOLE == epci_of(("80021", "80724"))
    assert "" == epci_of(("80021", "59350"))
