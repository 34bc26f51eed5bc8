"""Files of where a project would comply."""

import csv
import io
import json

from zones.location import locate, shares
from zones.location_files import location_content


def test_geojson_says_what_it_holds(batch, demo_parcels):
    """A feature per parcel, counts in the metadata, the notice of demonstration."""
    location = locate(batch, "CH-01")
    content = location_content(location, batch, demo_parcels, output="geojson", language="fr")
    found = json.loads(content)
    assert len(batch.sites) == len(found["features"])
    told = found["metadata"]
    assert "DÉMONSTRATION" in told["notice"]
    assert "CH-01" == told["location"]["subject"]
    counted = {each["outcome"]: each["parcels"] for each in told["location"]["outcomes"]}
    assert {each.outcome: each.count for each in shares(location, batch)} == counted
    words = [each["properties"]["outcome"] for each in found["features"]]
    assert all(counted[word] == words.count(word) for word in counted)


def test_csv_is_for_a_spreadsheet(batch, demo_parcels):
    """Byte order mark, one row per parcel, no shapes, the label on every row."""
    location = locate(batch, "CH-01")
    content = location_content(location, batch, demo_parcels, output="csv", language="en")
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), dialect=csv.Sniffer().sniff(text[:2000])))
    assert len(batch.sites) == len(rows)
    assert "geometry" not in rows[0]
    assert {"CH-01"} == {row["subject"] for row in rows}
    assert 1 == len({row["demo"] for row in rows})
    assert "2026-11-16" == rows[0]["day"]
