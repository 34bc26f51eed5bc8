from geodata.fetching.plan import planned, said
from geodata.fetching.services import services


def test_every_request_of_a_visit_is_planned(server):
    """All services, the second one for plans too, and nobody is asked."""
    entries = planned(("80021",), only=None)
    known = {(name, key) for name, each in services().items() for key in each.endpoints}
    assert known - {("territory", "members")} == {(each.service, each.endpoint) for each in entries}
    assert {False} == {each.is_verified for each in entries}
    assert [] == server.asked


def test_an_entry_says_address_paging_licence_and_that_nobody_has_called_it():
    """In both languages, with the number of the other communes."""
    (entry,) = planned(("80021", "80724"), only=("rnb",))
    address = "https://rnb-api.beta.gouv.fr/api/alpha/buildings/?insee_code=80021&limit=100"
    _, request, rules = said(entry, "en").splitlines()
    assert f"  GET {address} (and 1 other municipalities)" == request
    assert "  pages: next address in “next” · Licence Ouverte 2.0 · unverified address" == rules
    assert "non vérifiée" in said(entry, "fr")


def test_the_overpass_query_is_shown():
    """One POST for all communes."""
    (entry,) = planned(("80021", "80724"), only=("shops",))
    assert ("POST", 1) == (entry.method, len(entry.urls))
    assert '"^(80021|80724)$"' in said(entry, "fr")


def test_topics_choose_endpoints():
    """Parcels alone are one request."""
    (entry,) = planned(("80021",), only=("parcels",))
    assert entry.urls[0].endswith("cadastre-80021-parcelles.json.gz")
