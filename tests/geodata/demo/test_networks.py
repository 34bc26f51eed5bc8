import geodata.demo


def test_nemo_lines_and_stops(built):
    """Four lines every 8 to 10 minutes, and the published stop names on the right lines."""
    lines = built["transit_lines"]
    assert ["Nemo N1", "Nemo N2", "Nemo N3", "Nemo N4"] == lines["name"].tolist()
    assert lines["headway_min"].between(8, 10).all()
    stops = built["transit_stops"].set_index("name")
    assert "N1" == stops.loc["Étouvie", "lines"]
    assert "N4" == stops.loc["Longueau SNCF", "lines"]
    assert not stops.loc["Étouvie", "demo"]
    rapid = stops[stops["mode"] == "bhns"]
    assert rapid["headway_min"].between(8, 10).all()


def test_made_up_stops_say_so(built):
    """Every stop that is not published has « fictif » in its name."""
    stops = built["transit_stops"]
    made_up = stops["demo"].astype(bool)
    assert stops.loc[made_up, "name"].str.contains("fictif").all()
    assert made_up.sum() > 30


def test_stations(built):
    """The assumed TGV date is that of the announcement of January 2026."""
    stations = built["stations"].set_index("name")
    assert "2028-12-10" == stations.loc["Gare d'Amiens", "tgv_date"]


def test_roads_have_every_class(built):
    """Motorways, a high-traffic road, boulevards and streets."""
    classes = set(built["roads"]["road_class"])
    assert {"motorway", "high_traffic", "boulevard", "street"} == classes


def test_heat_mains_lie_in_their_perimeters_and_coverage(built):
    """The known network stays in its coverage, and its perimeter surrounds it."""
    covered = geodata.demo.coverages()["heat_mains"]
    mains = built["heat_mains"].union_all()
    assert mains.within(covered.buffer(0.1))
    assert mains.within(built["heat_perimeters"].union_all().buffer(1))


def test_cycle_links_of_three_kinds(built):
    """Tracks, lanes and a greenway."""
    kinds = {"PISTE CYCLABLE", "BANDE CYCLABLE", "VOIE VERTE"}
    assert kinds == set(built["cycle_links"]["ame_d"])
