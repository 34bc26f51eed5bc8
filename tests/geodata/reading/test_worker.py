import io
import json
import sys

import pyarrow as pa
import pytest

from geodata.reading import worker


@pytest.fixture
def ask(monkeypatch, capsys, tmp_path):
    """Function that plays the parent: a request in, an answer out, in this very process."""
    monkeypatch.setattr(worker, "_limit_resources", lambda: None)
    monkeypatch.chdir(tmp_path)

    def call(text):
        (tmp_path / "f.geojson").write_text(text, encoding="utf-8")
        request = json.dumps({"file": "f.geojson", "result": "r.arrow"})
        monkeypatch.setattr(sys, "stdin", io.StringIO(request + "\n"))
        worker.main()
        return json.loads(capsys.readouterr().out)

    return call


def test_features_go_into_the_result_file(ask, cadastre, tmp_path):
    """The answer names the system; columns have their types, shapes are WKB."""
    cadastre["crs"] = {"type": "name", "properties": {"name": "EPSG:4326"}}
    assert {"crs": "EPSG:4326"} == ask(json.dumps(cadastre))
    with pa.OSFile(str(tmp_path / "r.arrow")) as source:
        table = pa.ipc.open_file(source).read_all()
    assert 3 == table.num_rows
    assert pa.int64() == table.schema.field("contenance").type
    assert pa.bool_() == table.schema.field("arpente").type
    assert pa.binary() == table.schema.field(worker.SHAPES).type


def test_a_refusal_goes_into_the_answer(ask):
    """Both languages travel."""
    answer = ask("{")
    assert "FileFormatError" == answer["error"]
    what_fr, what_en, where, remedy_fr, remedy_en = answer["faults"][0]
    assert "Ce n'est pas du JSON : ligne 1, colonne 2." == what_fr
    assert "This is not JSON: line 1, column 2." == what_en
    assert "" == where
    assert remedy_fr != remedy_en
