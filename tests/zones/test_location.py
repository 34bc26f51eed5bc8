"""Where the project would comply, against single assessments and a count by hand."""

import collections

import numpy as np
import pytest

from geodata.errors import SelectionError
from zones.assessment import outcome_keys, verdicts_by_site
from zones.location import locate, location_features, shares


@pytest.fixture(scope="module")
def rows(batch):
    """Verdict rows of every parcel, by requirement, for a reader."""
    found = collections.defaultdict(list)
    for site in verdicts_by_site(batch):
        for row in site:
            found[row.article].append(row)
    return found


@pytest.mark.parametrize("subject", ["CH-01", "PI-09a", "PI-02a", "CH-09a", "PI-18b"])
def test_the_outcome_is_that_of_every_parcel_alone(batch, rows, subject):
    """The codes of the map are the words of the rows."""
    found = locate(batch, subject)
    assert [each.outcome for each in rows[subject]] == [found.keys[code] for code in found.codes]


@pytest.mark.parametrize("charter", ["industrial_parks", "commercial_hotel"])
def test_a_charter_is_located_by_its_cascade(batch, charter):
    """One outcome per charter and parcel."""
    found = locate(batch, charter)
    assert not found.is_article
    assert outcome_keys(batch, charter) == [found.keys[code] for code in found.codes]


def test_shares_are_counted_by_outcome(batch, rows):
    """Counts and areas by hand, the worst first."""
    found = shares(locate(batch, "CH-01"), batch)
    areas = batch.sites["planar_area_m2"].to_numpy()
    words = np.array([each.outcome for each in rows["CH-01"]])
    for each in found:
        assert (words == each.outcome).sum() == each.count
        assert areas[words == each.outcome].sum() == pytest.approx(each.area_m2)
    order = ["non_compliant", "to_investigate", "to_discuss", "compliant", "not_applicable"]
    assert [each for each in order if each in set(words)] == [each.outcome for each in found]
    assert len(batch.sites) == sum(each.count for each in found)


@pytest.mark.parametrize("subject", ["CH-01", "PI-09b", "PI-10a"])
def test_features_carry_the_figures_of_the_rows(batch, demo_parcels, rows, subject):
    """Outcome, value, threshold and margin of each parcel, and the label of demonstration."""
    found = location_features(locate(batch, subject), batch, demo_parcels, language="en")
    assert list(batch.sites.index) == list(found["site_id"])
    assert found["demo"].all()
    for row, feature in zip(rows[subject], found.to_dict("records"), strict=True):
        assert (row.outcome, row.unit) == (feature["outcome"], feature["unit"])
        for name in ("value", "threshold", "margin"):
            expected = np.nan if getattr(row, name) is None else getattr(row, name)
            assert expected == pytest.approx(feature[name], nan_ok=True)


def test_a_charter_has_no_figures(batch, demo_parcels):
    """Only an article has a value and a threshold."""
    found = location_features(locate(batch, "commercial_hotel"), batch, demo_parcels, language="fr")
    assert not {"value", "threshold", "unit", "commercial_hotel"} & set(found.columns)
    assert {"commercial_hotel"} == set(found["subject"])


def test_an_unknown_article_is_refused(batch):
    """With the nearest name."""
    with pytest.raises(SelectionError) as caught:
        locate(batch, "PI-09")
    assert "PI-09b" in caught.value.say("en")
