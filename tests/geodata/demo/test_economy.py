def _luhn_total(digits: str) -> int:
    """Luhn's sum, by its definition."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def test_the_check_knows_a_true_number():
    """The independent check accepts the classic example of Luhn's rule."""
    assert 0 == _luhn_total("79927398713") % 10


def test_no_siret_can_exist(built):
    """Fourteen digits that all fail Luhn's rule."""
    companies = built["companies"]
    assert companies.index.str.fullmatch(r"\d{14}").all()
    assert companies.index.is_unique
    assert all(_luhn_total(siret) % 10 != 0 for siret in companies.index)


def test_some_staff_is_unknown(built):
    """A missing figure is missing, not zero."""
    staff = built["companies"]["staff"]
    assert 5 < staff.isna().sum() < 30
    assert staff.dropna().min() >= 1


def test_published_parks_have_no_land_units(built):
    """Nobody published vacancy: it is unknown there, and made up only where the row says so."""
    sites = built["economic_sites"].set_index("site_nom")
    assert 11_000 == sites.loc["Espace Industriel Nord", "site_nb_emploi"]
    assert sites.loc["Vallée des Vignes", ["site_uf_nbre", "site_uf_vacant_nbre"]].isna().all()
    counted = sites.dropna(subset="site_uf_vacant_nbre")
    assert counted.index.str.contains("démonstration").all()


def test_anchors_of_the_three_clusters(built):
    """Real places of each cluster, none of them made up."""
    anchors = built["cluster_anchors"]
    assert {"digital", "health", "energy"} == set(anchors["theme"])
    assert not anchors["demo"].any()
    assert anchors["name"].str.contains("LRCS|ESAD|MIS|Faire Faces|CHU").sum() == 5
