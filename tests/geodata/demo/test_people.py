import pytest
import shapely

FAMILIES = ("food", "household", "clothing", "culture", "services")


def test_neighbourhoods_share_out_the_communes_shown(built):
    """Neither gap nor overlap, and neighbours share their vertices."""
    shapes = built["neighbourhoods"].geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    shown = built["communes"].union_all()
    assert shapely.union_all(shapes).symmetric_difference(shown).area < 10
    assert 20 <= len(shapes) <= 30


def test_people_of_amiens_and_around_are_of_the_published_order(built):
    """About 134 000 in Amiens; fewer in all than the 181 658 of the whole Métropole in 2021."""
    places = built["neighbourhoods"]
    amiens = built["communes"].geometry["80021"].buffer(1)
    assert 134_000 == pytest.approx(places.loc[places.within(amiens), "population"].sum(), rel=0.01)
    assert 150_000 < places["population"].sum() < 181_658
    assert {2021} == set(places["population_year"])


def test_communes_agree_with_neighbourhoods(built):
    """A commune that says how many live there has them in its neighbourhoods; one says nothing."""
    communes, places = built["communes"], built["neighbourhoods"]
    points = places.geometry.representative_point()
    for code, commune in communes.dropna(subset="population").iterrows():
        inside = places.loc[points.within(commune.geometry), "population"].sum()
        assert inside == pytest.approx(commune["population"], rel=0.001), code
    assert ["80725"] == communes.index[communes["population"].isna()].tolist()


def test_spending_is_plausible_and_unknown_in_one_place(built):
    """5 000 to 8 500 EUR a year and a person, food first; one neighbourhood has none."""
    places = built["neighbourhoods"]
    spending = places[[f"spending_{family}_eur" for family in FAMILIES]]
    unknown = spending.isna().all(axis=1)
    assert unknown.eq(spending.isna().any(axis=1)).all()
    assert 1 == unknown.sum()
    assert places["spending_year"].isna().eq(unknown).all()
    each = (spending.sum(axis=1) / places["population"])[~unknown]
    assert each.between(5_000, 8_500).all()
    assert ("spending_food_eur" == spending[~unknown].idxmax(axis=1)).all()


def test_spending_says_that_it_is_made_up(built):
    """The split of people and spending is labelled as invented."""
    places = built["neighbourhoods"]
    assert places["demo"].all()
    assert places["source"].str.contains("inventée").all()


@pytest.mark.parametrize(
    ("year", "rate"), [(2019, 0.5895), (2022, 0.5606), (2023, 0.5752), (2024, 0.5765)]
)
def test_occupancy_of_the_region_is_the_published_one(built, year, rate):
    """Nights sold over rooms × days gives the published rate, to the hundredth of a per cent."""
    market = built["hotel_market"]
    row = market[market["name"].str.startswith("Hauts-de-France") & (market["year"] == year)]
    sold = row["nights_sold"] / (row["rooms"] * 365 * row["opening_rate"])
    assert [rate] == sold.round(4).tolist()


def test_local_occupancy_is_yearly_made_up_and_of_the_inventory(built):
    """2019 to 2024 without a hole; the rooms of 2024 are those of the existing hotels."""
    market = built["hotel_market"]
    local = market[market["name"].str.startswith("Amiens")].set_index("year")
    assert list(range(2019, 2025)) == local.index.tolist()
    assert local["source"].str.contains("fictif").all()
    hotels = built["hotels"]
    existing = hotels.loc[hotels["status"] == "existing", "rooms"].sum()
    assert existing == local.loc[2024, "rooms"]
    rate = local["nights_sold"] / (local["rooms"] * 365 * local["opening_rate"])
    assert rate.between(0.3, 0.75).all()


def test_the_local_area_lies_in_that_of_the_region(built):
    """The smaller area is the nearer one."""
    areas = built["hotel_market"].groupby(built["hotel_market"]["name"].str[:6]).geometry.first()
    assert areas["Amiens"].within(areas["Hauts-"])
