import itertools

import pandas as pd


def test_the_ledger_holds_every_fate(built):
    """Authorised and not built, pending, refused, withdrawn, opened, lapsed; shops and hotels."""
    openings = built["openings"]
    for kind in ("shop", "hotel"):
        rows = openings[openings["kind"] == kind]
        assert {"authorised", "pending", "refused", "withdrawn"} == set(rows["decision"]), kind
        granted = rows[rows["decision"] == "authorised"]
        assert granted["opened_on"].notna().any(), kind
        assert granted["lapsed_on"].notna().any(), kind
        assert granted[["opened_on", "lapsed_on"]].isna().all(axis=1).any(), kind


def test_dates_follow_one_another(built):
    """Filed, then decided, then opened or lapsed, from 2012 to 2028."""
    openings = built["openings"]
    days = {name: pd.to_datetime(openings[name]) for name in openings if name.endswith("_on")}
    order = ["filed_on", "decided_on", "opened_on"]
    for before, after in [*itertools.pairwise(order), ("decided_on", "lapsed_on")]:
        both = days[before].notna() & days[after].notna()
        assert both.any()
        assert (days[before] < days[after])[both].all(), (before, after)
    assert days["filed_on"].min().year == 2012
    assert days["expected_on"].max().year == 2028
    assert days["filed_on"].max() < pd.Timestamp("2026-11-01")


def test_only_a_decision_has_a_day(built):
    """A pending project has no day of decision, every other one has."""
    openings = built["openings"]
    assert openings["decided_on"].isna().eq(openings["decision"] == "pending").all()
    undecided = openings[openings["decision"] != "authorised"]
    assert undecided[["opened_on", "lapsed_on"]].isna().all(axis=None)
    assert openings[["opened_on", "lapsed_on"]].isna().any(axis=1).all()


def test_every_unit_of_the_inventory_that_is_no_longer_a_project_is_open(built):
    """Status in the inventory and fate in the ledger agree, size and place too."""
    openings = built["openings"].dropna(subset="unit_id").set_index("unit_id")
    assert openings.index.is_unique
    for kind, layer, size in (
        ("shop", "shops", "sales_area_m2"),
        ("hotel", "hotels", "rooms"),
    ):
        rows = openings[openings["kind"] == kind]
        units = built[layer].loc[rows.index]
        status = rows["decision"].where(rows["opened_on"].isna(), "existing")
        assert status.tolist() == units["status"].tolist()
        assert rows[size].tolist() == units[size].tolist()
        assert rows.geometry.geom_equals(units.geometry).all()


def test_every_project_of_the_inventory_is_in_the_ledger(built):
    """No authorised or pending shop or hotel is without a row: nothing is counted twice."""
    named = set(built["openings"]["unit_id"].dropna())
    for layer in ("shops", "hotels"):
        units = built[layer]
        assert set(units.index[units["status"] != "existing"]) <= named


def test_some_sizes_are_unknown(built):
    """A shop without area and a hotel without rooms."""
    openings = built["openings"]
    shops, hotels = (openings[openings["kind"] == kind] for kind in ("shop", "hotel"))
    assert 1 == shops["sales_area_m2"].isna().sum()
    assert 1 == hotels["rooms"].isna().sum()
    assert shops["rooms"].isna().all()
    assert hotels["sales_area_m2"].isna().all()


def test_committees_are_those_of_the_charters(built):
    """Four partners for a park; seven for a shop or a hotel, of which one is the trade's."""
    parks = {"amiens_metropole", "cci", "transit_authority", "developer"}
    shared = {"amiens_metropole", "commune", "scot", "cci", "cma", "tourist_office"}
    trades = set()
    for _, rows in built["opinions"].groupby("dossier"):
        partners = set(rows["partner"])
        assert len(rows) == len(partners)
        if rows["charter"].iloc[0] == "industrial_parks":
            assert parks == partners
        else:
            assert shared == partners & shared
            trades |= partners - shared
            assert 7 == len(partners)
    assert {"shopkeepers", "hoteliers"} == trades


def test_an_opinion_has_a_day_unless_awaited(built):
    """Received after it was asked for; an awaited one has no day."""
    opinions = built["opinions"]
    awaited = opinions["opinion"] == "awaited"
    assert opinions["received_on"].isna().eq(awaited).all()
    given = opinions[~awaited]
    assert (pd.to_datetime(given["received_on"]) > pd.to_datetime(given["referred_on"])).all()


def test_dossiers_lie_on_one_parcel_each(built):
    """All rows of a dossier are at one point, inside exactly one parcel."""
    for dossier, rows in built["opinions"].groupby("dossier"):
        assert 1 == rows.geometry.to_wkb().nunique(), dossier
        assert 1 == built["parcels"].contains(rows.geometry.iloc[0]).sum(), dossier
