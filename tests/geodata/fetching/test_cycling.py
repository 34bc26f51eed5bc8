import gzip
import json

import pytest

from geodata.errors import FetchError
from geodata.fetching.cycling import bring
from tests.geodata.fetching.conftest import Reply

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.mark.usefixtures("town")
def test_facilities_of_the_commune_only(task):
    """Sorted line by line by the code of the commune; no coverage, for the base is not complete."""
    brought = bring(task("cycling"))
    (layer,) = brought.layers
    assert ["b1"] == layer.features.index.tolist()
    assert ["PISTE CYCLABLE"] == layer.features["ame_d"].tolist()
    assert layer.coverage is None
    assert "absence proves nothing" in brought.remarks[0].en


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_on_one_line_or_zipped(server, town, task, pack):
    """Read whole, with the same result."""
    text = server.replies["/bnac.geojson"][0].body
    body = pack(json.dumps(json.loads(text), indent=None).encode())
    server.play("/bnac.geojson", Reply(body))
    assert ["b1"] == bring(task("cycling")).layers[0].features.index.tolist()
    assert town


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"type":"Feature", "80021": '])
def test_other_files_are_refused(server, town, task, body):
    """Not JSON, or not features."""
    server.play("/bnac.geojson", Reply(body))
    with pytest.raises(FetchError):
        bring(task("cycling"))
    assert town


def test_no_file_in_the_catalogue(server, task):
    """Download by hand."""
    server.play("/api/datasets", [])
    with pytest.raises(FetchError):
        bring(task("cycling"))
