"""A planner knows a table by the article that reads it, and its rows by words."""

from charters.editing import AddRow
from charters.editing_checks import checked
from charters.editing_tables import table_key, table_title, table_users, table_words
from charters.loading import load_charters

PARKS, SHOPS = load_charters()
ROW = {"charter": PARKS.id, "table": "job_densities", "from": "2027-01-01", "value": 50,
       "unit": "job/ha", "source": "MODEL"}  # fmt: skip


def test_the_tables_of_the_charters():
    """Every one is read, and is called by what it is for."""
    for charter in (PARKS, SHOPS):
        for name in charter.tables:
            assert table_users(charter, name)
            assert name not in table_title(charter, name).en
    assert "PI-15 · Densité d'emplois, par destination" == table_title(PARKS, "job_densities").fr
    assert table_title(PARKS, "parking_ceilings").en.startswith("PI-10 · ")


def test_the_words_of_a_table():
    """A closed list where the key is a choice; open for places."""
    assert "project.use" == table_key(PARKS, "job_densities")
    assert "office" in table_words(PARKS, "job_densities")
    assert () == table_words(SHOPS, "sector_growth")


def test_a_table_that_nothing_reads(load, entry):
    """It keeps its name."""
    table = "key;from;to;value;unit;source\na;2020-01-01;;1;m;LAW\n"
    charter = load(entry(), tables={"loose": table})
    assert ("loose", "", ()) == (
        table_title(charter, "loose").fr,
        table_key(charter, "loose"),
        table_words(charter, "loose"),
    )


def test_a_key_that_nothing_reads_is_refused():
    """The near word is proposed; a new place is a new row."""
    found, faults = checked(AddRow, {**ROW, "key": "ofice"}, load_charters())
    assert found is None
    assert ["key"] == [each.where for each in faults]
    assert "Did you mean “office”?" in faults[0].say("en")
    new = {**ROW, "charter": SHOPS.id, "table": "sector_growth", "key": "sector-west", "unit": "1"}
    assert [] == checked(AddRow, {**new, "value": 1.2}, load_charters())[1]
