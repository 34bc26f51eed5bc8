"""Steps of a draft: each is told by its name, is read back as it was written, and cannot change."""

import pytest
from pydantic import TypeAdapter, ValidationError

from charters.editing import AddArticle, AddRow, AddValue, Change, EditText, EndArticle, SetNature

STEPS = [
    (
        {
            "change": "add_value", "charter": "industrial_parks", "requirement": "PI-05b",
            "parameter": "reach", "from": "2027-01-01", "value": 300, "unit": "m",
            "source": "MODEL",
        },
        AddValue,
    ),
    (
        {
            "change": "add_row", "charter": "industrial_parks", "table": "job_densities",
            "key": "office", "from": "2027-01-01", "to": "2028-01-01", "value": 70,
            "unit": "job/ha", "source": "MODEL", "confidence": "to_check",
        },
        AddRow,
    ),
    (
        {
            "change": "edit_text", "charter": "industrial_parks", "requirement": "PI-05",
            "part": "note", "text": {"fr": "Une note", "en": "A note"},
        },
        EditText,
    ),
    (
        {
            "change": "set_nature", "charter": "industrial_parks", "requirement": "PI-05b",
            "kind": "indicator", "severity": "information",
        },
        SetNature,
    ),
    (
        {
            "change": "end_article", "charter": "industrial_parks", "article": "PI-05",
            "to": "2028-01-01", "source": "NEW",
            "new_source": {"id": "NEW", "text": ["Loi", "Law"], "verified": "text"},
        },
        EndArticle,
    ),
    ({"change": "add_article", "charter": "industrial_parks", "content": "id: PI-90"}, AddArticle),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "kind"), STEPS)
def test_a_step_is_read_back(entry, kind):
    """What is written down makes the same step again."""
    reader = TypeAdapter(Change)
    made = reader.validate_python(entry)
    assert kind is type(made)
    assert made == reader.validate_python(made.model_dump(mode="json", by_alias=True))
    with pytest.raises(ValidationError):
        made.charter = "other"


@pytest.mark.parametrize(
    "wrong",
    [{"change": "remove"}, {"surprise": 1}, {"charter": "../x"}, {"value": "nan"}, {"from": 3}],
)
def test_a_step_that_is_none(wrong):
    """Unknown kinds and keys, paths, and figures that are none, are refused."""
    with pytest.raises(ValidationError):
        TypeAdapter(Change).validate_python({**STEPS[0][0], **wrong})
