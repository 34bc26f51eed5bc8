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
    monkeypatch.setattr(worker, "_leave_the_network", lambda: None)
    monkeypatch.chdir(tmp_path)

    def call(text):
        (tmp_path / "f.geojson").write_text(text, encoding="utf-8")
        request = {
            "do": "read",
            "kind": "geojson",
            "file": "f.geojson",
            "files": {},
            "name": "f",
            "crs": None,
            "repair": False,
            "result": "r",
        }
        monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(request) + "\n"))
        worker.main()
        return json.loads(capsys.readouterr().out)

    return call


def test_features_go_into_the_result_file(ask, cadastre, tmp_path):
    """The answer names the system; columns have their types, shapes are WKB."""
    cadastre["crs"] = {"type": "name", "properties": {"name": "EPSG:4326"}}
    (told,) = ask(json.dumps(cadastre))["tables"]
    assert ("f", "EPSG:4326", 3, []) == tuple(
        told[key] for key in ("name", "crs", "rows", "defects")
    )
    with pa.OSFile(str(tmp_path / told["result"])) as source:
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


def test_whatever_goes_wrong_is_an_answer(ask, monkeypatch):
    """What a library says may hold a path, so it is not passed on."""

    def broken(_):
        message = "/srv/secret"
        raise RuntimeError(message)

    monkeypatch.setattr(worker, "_read", broken)
    answer = ask("{}")
    assert "FileFormatError" == answer["error"]
    assert "secret" not in json.dumps(answer)


def test_too_much_memory_is_an_answer(ask, monkeypatch):
    """With the cap."""

    def hungry(_):
        raise MemoryError

    monkeypatch.setattr(worker, "_read", hungry)
    assert "1024 MB" in ask("{}")["faults"][0][1]
