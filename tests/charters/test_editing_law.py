"""The law is changed by a dated text of law, whatever the form."""

import datetime as dt

import pytest

from charters.editing import AddArticle, AddRow, EndArticle
from charters.editing_checks import checked
from charters.editing_law import law_faults, locked_faults
from charters.editing_state import state_of
from charters.editions import edition_files
from charters.loading import load_charters
from charters.model import DatedValue, Source
from geodata.errors import CharterError

PARKS, SHOPS = "industrial_parks", "commercial_hotel"
ROWS = [DatedValue(since=dt.date(2020, 1, 1), value=1, source="LAW")]
LAW = {"id": "LAW-X", "text": {"fr": "Loi", "en": "Law"}, "date": "2027-01-01", "verified": "text"}


def told(found):
    """Field of each fault."""
    return [fault.where for fault in found]


def test_the_law_is_locked_to_its_source():
    """The same source again, a source without a date, and the model itself are no new law."""
    charter = load_charters()[0]
    law = Source(text=("Loi", "Law"), date=dt.date(2027, 1, 1), verified="text")
    undated = Source(text=("Loi", "Law"), verified="text")
    known = charter.model_copy(update={"sources": {**charter.sources, "LAW2": law, "OLD": undated}})
    # the first of them is no source of the charter: that is told elsewhere
    cases = {"LAW": ["source"], "OLD": ["source"], "MODEL": ["source"], "LAW2": []}
    for name, fields in cases.items():
        assert fields == told(locked_faults({"source": name}, ROWS, known)), name
        again = [] if name == "LAW2" or name not in known.sources else ["source"]
        assert again == told(law_faults({"source": name}, known)), name


def end(**others):
    """Faults of the end of PI-02, which recalls the law."""
    given = {"charter": PARKS, "article": "PI-02", "to": "2030-01-01", **others}
    return told(checked(EndArticle, given, load_charters())[1])


def test_only_a_dated_text_ends_an_article_of_the_law():
    """No proposal of the model, no text without its date; an article of the charter may."""
    assert ["source"] == end(source="MODEL")
    assert [] == end(source="LAW-X", new_source=LAW)
    undated = {key: each for key, each in LAW.items() if key != "date"}
    assert ["new_source.date"] == end(source="LAW-X", new_source=undated)
    assert ["source"] == end(source="LAW-X", new_source={**LAW, "verified": "model"})
    assert [] == end(article="PI-01", source="MODEL")


def test_a_row_of_a_table_that_the_law_reads():
    """The same as a value of the law."""
    given = {"charter": SHOPS, "table": "sector_change_thresholds", "key": "food",
             "from": "2027-01-01", "value": 900, "unit": "m2"}  # fmt: skip
    faults = checked(AddRow, {**given, "source": "MODEL"}, load_charters())[1]
    assert ["source"] == told(faults)
    assert (
        [] == checked(AddRow, {**given, "source": "LAW-X", "new_source": LAW}, load_charters())[1]
    )


def test_a_new_article_of_the_law():
    """It cites a dated text of law, known or new."""
    text = edition_files(1)[f"{PARKS}/PI-12.yaml"].decode().replace("PI-12", "PI-90")
    assert "CCH-L113-12" in text
    assert state_of(1, (AddArticle(charter=PARKS, content=text),))
    change = AddArticle(charter=PARKS, content=text.replace("CCH-L113-12", "MODEL"))
    with pytest.raises(CharterError, match="texte de loi daté"):
        state_of(1, (change,))
    new, faults = checked(
        AddArticle,
        {"charter": PARKS, "content": text.replace("CCH-L113-12", "LAW-X"), "new_source": LAW},
        load_charters(),
    )
    assert [] == faults
    assert state_of(1, (new,))
