import pytest

from geodata.catalog import catalog, contract
from geodata.errors import SelectionError


def test_every_layer_has_the_common_columns():
    """Each feature says whether it is real, where it comes from and how far to trust it."""
    common = {"id", "demo", "source", "source_date", "licence", "geom_precision", "confidence"}
    assert all(common <= set(rules.columns) for rules in catalog().values())


def test_columns_that_must_exist_or_may_be_null():
    """A column that need not exist may be missing, or it could never come in absent."""
    assert [] == [
        (layer, name)
        for layer, rules in catalog().items()
        for name, column in rules.columns.items()
        if not column.required and not column.nullable
    ]


def test_titles_are_said_in_both_languages():
    """Nothing is left untranslated."""
    texts = [rules.title for rules in catalog().values()]
    texts += [column.title for rules in catalog().values() for column in rules.columns.values()]
    assert all(text.fr and text.en for text in texts)


def test_an_unknown_layer_is_met_with_the_nearest():
    """The message proposes the id that was probably meant."""
    with pytest.raises(SelectionError, match="« parcels »"):
        contract("parcel")
    assert "polygon" == contract("parcels").geometry


def test_columns_that_name_people_or_prices_do_not_exist():
    """Owners, buyers, prices and contacts have no place in the desk, so they cannot leave it."""
    words = ("proprietaire", "acquereur", "cession", "montant", "prix", "contact")
    names = [name for rules in catalog().values() for name in rules.columns]
    assert [] == [name for name in names if any(word in name for word in words)]
