import ast
from pathlib import Path

import pytest

from charters.vocabulary import site_measures
from geodata.errors import SelectionError
from zones.measures.registry import measures, named


def test_measures_are_those_that_articles_may_name():
    """The list in charters/measures.yaml and the functions are the same."""
    assert sorted(site_measures()) == sorted(measures())


@pytest.mark.parametrize("name", sorted(site_measures()))
def test_each_measure_has_a_test_that_names_it(name):
    """Some test of this folder is called after the measure."""
    functions = [
        node.name
        for file in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert any(each.startswith(f"test_{name}_") for each in functions)


@pytest.mark.parametrize("name", sorted(site_measures()))
def test_each_measure_says_what_it_is(name):
    """Every function has a docstring, and every layer it needs is declared."""
    assert measures()[name].find.__doc__
    assert site_measures()[name].layers


def test_unknown_measure_is_refused_with_a_near_one():
    """A slip of the pen gets a proposal."""
    with pytest.raises(SelectionError, match="zone_share"):
        named(["site.zone_shar"])


def test_names_are_found_with_and_without_prefix():
    """``site.zone`` and ``zone`` are the same measure."""
    assert [each.name for each in named(["site.zone", "commune"])] == ["zone", "commune"]
    assert named([]) == []
