import copy

import pytest

from geodata.errors import FetchError
from geodata.fetching.companies import bring, establishments
from tests.geodata.fetching.town import companies

TOWN = frozenset({"80021"})


@pytest.mark.usefixtures("town")
def test_active_public_establishments_of_the_commune(task):
    """Those elsewhere and those closed stay out; hidden ones are counted."""
    result = bring(task("companies"))
    (layer,) = result.layers
    assert ["10000000100011", "10000000300011"] == layer.features.index.tolist()
    assert ["NUMERIQUE SAS", "Entrepreneur individuel"] == layer.features["name"].tolist()
    assert ["62.01Z", "62.01Z"] == layer.features["naf"].tolist()
    assert layer.features["staff"].isna().all()
    assert ["12", "12"] == layer.features["staff_band"].tolist()
    assert any(
        "2 establishment(s) of partial diffusion left out" in each.en for each in result.remarks
    )


@pytest.mark.usefixtures("town")
def test_nothing_personal_stays_anywhere(task, session):
    """Neither in the layer nor in the cache: no name, no address of a person or a hidden one."""
    (layer,) = bring(task("companies")).layers
    text = layer.features.to_csv() + "".join(
        each.read_text(errors="replace") for each in session.folder.rglob("*") if each.is_file()
    )
    for word in ("CACHEE", "MARTINE", "DUPONT", "SECRETE"):
        assert word not in text
    assert 1 == layer.features["address"].notna().sum()


def test_a_thousand_hidden_names_give_no_hit():
    """Whatever field says P, the row is out."""
    company = companies()["results"][0]
    rows = []
    for number in range(1000):
        row = copy.deepcopy(company) | {"nom_complet": f"NOM{number:04d} PRENOM"}
        row["nom_raison_sociale"] = row["nom_complet"]
        row["matching_etablissements"][0]["siret"] = f"{number:014d}"
        if number % 2:
            row["statut_diffusion"] = "P"
        else:
            row["matching_etablissements"][0]["statut_diffusion_etablissement"] = "P"
        rows.append(row)
    frame, said = establishments(rows, communes=TOWN)
    assert 0 == len(frame)
    assert "NOM" not in frame.to_csv()
    assert any("1000 establishment(s)" in each.en for each in said)


@pytest.mark.parametrize("rows", [[], [None], [{}], [{"matching_etablissements": None}]])
def test_nothing_to_read(rows):
    """An empty frame, whatever is not a company."""
    frame, _ = establishments(rows, communes=TOWN)
    assert 0 == len(frame)


def test_a_company_of_unknown_kind_is_not_named():
    """Without a legal category it may be a person."""
    company = copy.deepcopy(companies()["results"][0])
    del company["nature_juridique"]
    frame, _ = establishments([company], communes=TOWN)
    assert ["Nom non repris"] == frame["name"].tolist()
    assert [None] == frame["address"].tolist()


def test_more_than_the_service_gives_is_asked_by_section(server, task):
    """10 000 is where it stops: the sections of the NAF are asked one by one."""
    few = companies()

    def answer(asked):
        if "section_activite_principale" not in asked.query:
            return few | {"total_results": 10_000}
        known = asked.query["section_activite_principale"] == "J"
        return few if known else {"results": [], "total_results": 0}

    server.play("/search", answer)
    assert 2 == len(bring(task("companies")).layers[0].features)
    assert 22 == len(server.asked)


def test_a_section_that_is_too_large(server, task):
    """The monthly file is the way then."""
    server.play("/search", companies() | {"total_results": 10_000})
    with pytest.raises(FetchError) as error:
        bring(task("companies"))
    assert "section A in 80021" in error.value.say("en")
