import json

from geodata.reading.importing import read_file
from geodata.reading.reporting import document, line, report


def test_a_report_speaks_to_machines_and_readers(cadastre, write_json):
    """The keys of the command, one line of JSON, one line per defect."""
    reading = read_file(write_json(cadastre), with_coverage=False)
    said = document(reading, file="p.geojson", language="en")
    assert said == json.loads(line(reading, file="p.geojson", language="en"))
    keys = ["file", "outcome", "layout", "rows", "crs", "defects", "message"]
    assert keys == list(said)
    lines = report(reading, file="p.geojson", language="en").splitlines()
    assert lines[0].startswith("p.geojson: loaded with report. 3 row(s) read.")
    assert 1 + len(reading.defects) == len(lines)


def test_a_refusal_has_its_reason(write_json):
    """In the language asked for."""
    reading = read_file(write_json("{"))
    assert "Ce n'est pas du JSON" in document(reading, file="f", language="fr")["message"]
    assert "This is not JSON" in document(reading, file="f", language="en")["message"]
