import pytest


def _in_sector(built, layer, sector):
    """Features of a layer inside a sector."""
    return built[layer][built[layer].within(built["commercial_sectors"].geometry[sector])]


def test_sectors_and_their_published_references(built):
    """One centre and three outer poles; two figures are published."""
    sectors = built["commercial_sectors"].set_index("name")
    assert 40_000 == sectors.loc["Amiens-Nord", "reference_sales_area_m2"]
    assert 20_000 == sectors.loc["Amiens-Sud", "reference_sales_area_m2"]
    assert sectors.loc["Glisy–Jules-Verne", "reference_sales_area_m2"] != 40_000
    assert ["Centre-ville"] == sectors.index[sectors["kind"] == "centre"].tolist()


def test_every_sector_holds_parcels(built):
    """Articles on poles can be tried: 60 to 150 parcels in the outer poles, more in the centre."""
    outer = [
        len(_in_sector(built, "parcels", f"sector-{key}")) for key in ("north", "south", "east")
    ]
    assert all(count >= 20 for count in outer)
    assert 60 <= sum(outer) <= 150
    assert len(_in_sector(built, "parcels", "sector-centre")) > 150


def test_the_station_district_reaches_into_the_centre(built):
    """The station district and the centre sector overlap."""
    district = built["zones"].geometry["zone-gare"]
    centre = built["commercial_sectors"].geometry["sector-centre"]
    assert district.intersection(centre).area > 0.5 * district.area


def test_vacancy_of_the_centre_is_six_to_eight_per_cent(built):
    """As in the surveys of 2019 and 2021."""
    shops = _in_sector(built, "shops", "sector-centre")
    assert 0.06 <= shops["vacant"].mean() <= 0.08


def test_amiens_sud_has_little_room_left(built):
    """Existing and authorised shops leave between 1 000 and 1 400 m2 under 110 % of reference."""
    shops = _in_sector(built, "shops", "sector-south")
    counted = shops.loc[shops["status"] != "pending", "sales_area_m2"].sum()
    assert 1_000 < 22_000 - counted < 1_400


def test_all_shops_lie_in_a_sector(built):
    """No stray shop, and one whose sales area is unknown."""
    sectors = built["commercial_sectors"].union_all()
    assert built["shops"].within(sectors).all()
    assert 1 == built["shops"]["sales_area_m2"].isna().sum()


@pytest.mark.parametrize(
    ("name", "rooms"),
    [("Mercure (cathédrale)", 102), ("Marotte", 12), ("Univers", 40), ("Campanile Gare", 109)],
)
def test_published_hotels(built, name, rooms):
    """Rooms of real hotels are those of the press."""
    hotels = built["hotels"].set_index("name")
    assert rooms == hotels.loc[name, "rooms"]
    assert not hotels.loc[name, "demo"]


def test_hotels_are_existing_authorised_or_pending(built):
    """Each status occurs."""
    assert {"existing", "authorised", "pending"} == set(built["hotels"]["status"])
