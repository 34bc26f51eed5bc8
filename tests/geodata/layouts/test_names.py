import pandas as pd
import pytest

from geodata.layouts.names import column_of, columns_by_name, plain


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("typezone", "TYPEZONE"),
        ("numero", " Numéro "),
        ("ban_id", "ban-id"),
        ("surface_de_vente", "Surface de  vente"),
        ("gid", "\ufeffgid"),
        ("", ""),
        ("3", 3),
    ],
)
def test_case_accents_and_separators_do_not_count(expected, name):
    """A column is the same column, however it is written."""
    assert expected == plain(name)


def test_the_first_of_two_alike_columns_is_taken():
    """ID and id are one name."""
    assert {"id": "ID", "nom": "Nom"} == columns_by_name(pd.DataFrame(columns=["ID", "id", "Nom"]))


def test_alternatives_in_their_order_then_as_shapefiles_cut_them():
    """A name in full wins over a cut one."""
    known = {"site_vocad": "SITE_VOCAD", "sitvocdom": "SITVOCDOM"}
    assert "SITVOCDOM" == column_of("site_vocadomi|sitvocdom", known)
    assert "SITE_VOCAD" == column_of("site_vocadomi", known)
    assert column_of("site_etat", known) is None
