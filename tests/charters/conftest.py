"""Fixtures for the charters: facts by hand, and small made-up charters on disk."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import pytest

from charters.facts import Column, Missing, missing
from charters.judge import judge
from charters.loading import load_charter
from charters.vocabulary import project_fields, site_measures
from geodata.errors import CharterError

SOURCES = """
LAW: {text: {fr: "Une loi", en: "A law"}, verified: text}
MODEL: {text: {fr: "Un modèle", en: "A model"}, verified: model}
"""
HEAD = """
id: made_up
title: {fr: "Charte inventée", en: "Made-up charter"}
edition: "1"
model_notice: {fr: "Inventée.", en: "Made up."}
"""
ARTICLE = {
    "id": "XX-01",
    "charter": "made_up",
    "title": {"fr": "Article inventé", "en": "Made-up article"},
    "chapter": {"fr": "Essai", "en": "Trial"},
    "kind": "commitment",
    "severity": "mandatory",
    "in_force": {"from": "2020-01-01"},
    "measure": {"name": "height", "value": {"field": "project.height"}, "unit": "m"},
    "requirement": {"op": "<=", "threshold": {"parameter": "most"}},
    "parameters": {
        "most": {
            "unit": "m",
            "values": [{"from": "2020-01-01", "value": 11, "source": "LAW"}],
        }
    },
    "levers": ["project.height"],
    "remedy": {"fr": "Réduire de {missing}.", "en": "Reduce by {missing}."},
    "sources": ["LAW"],
    "examples": [
        {"on": "2026-01-01", "given": {"project.height": 10}, "expect": {"outcome": "compliant"}}
    ],
}


def words_of(path: str) -> bool:
    """Whether a fact is a word."""
    group, _, name = path.partition(".")
    if group == "project":
        return project_fields()[name].type == "choice"
    return site_measures()[name].category


def column_of(path: str, value: object, reach: object) -> Column:
    """Column of one value, of a list with None where missing, or of a reason for its absence."""
    words = words_of(path)
    why = Missing.NOT_GIVEN if path.startswith("project.") else Missing.NULL_DATUM
    if value is None or isinstance(value, Missing):
        return missing(why if value is None else value, words=words)
    listed = value if isinstance(value, list) else [value]
    codes = [why if each is None else each if isinstance(each, Missing) else 0 for each in listed]
    plain = [None if code else each for each, code in zip(listed, codes, strict=True)]
    kind = object if words else np.float64
    values = np.array(plain, dtype=kind)
    return Column(values, np.array(codes, np.int8), np.broadcast_to(reach, values.shape) + 0.0)


@pytest.fixture(scope="session")
def facts():
    """Function that gives every fact, in base units; what is not given is missing."""

    def build(given=None, *, tolerance=None):
        given, tolerance = given or {}, tolerance or {}
        paths = [f"project.{name}" for name in project_fields()]
        paths += [f"site.{name}" for name in site_measures()]
        assert set(given) <= set(paths)
        return {path: column_of(path, given.get(path), tolerance.get(path, 0.0)) for path in paths}

    return build


@pytest.fixture(scope="session")
def entry():
    """Function that gives the made-up article, with other entries; None takes an entry out."""

    def build(**others):
        made = {**copy.deepcopy(ARTICLE), **others}
        return {key: value for key, value in made.items() if value is not None}

    return build


@pytest.fixture
def write_charter(tmp_path):
    """Function that writes a charter of articles (entries, or text as it is) and its folder."""

    def write(*articles, tables=None, sources=SOURCES, head=HEAD, files=None) -> Path:
        folder = tmp_path / "made_up"
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        (folder / "charter.yaml").write_text(head, encoding="utf-8")
        (tmp_path / "sources.yaml").write_text(sources, encoding="utf-8")
        for number, article in enumerate(articles, 1):
            is_text = isinstance(article, str)
            name = f"XX-{number:02}" if is_text else article["id"]
            text = article if is_text else json.dumps(article, indent=1)
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        for name, text in (tables or {}).items():
            (folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_bytes(text)
        return folder

    return write


@pytest.fixture
def load(write_charter, tmp_path):
    """Function that writes a charter and loads it."""

    def build(*articles, **others):
        return load_charter(write_charter(*articles, **others), sources=tmp_path / "sources.yaml")

    return build


@pytest.fixture(scope="session")
def outcomes(facts):
    """Function that judges a charter and gives the outcome words, one list per requirement."""

    def build(charter, given, *, on="2026-11-01", sites=1, tolerance=None):
        days = np.atleast_1d(np.array(on, "datetime64[D]"))
        codes = judge(charter, facts(given, tolerance=tolerance), on=days, sites=sites).codes
        words = (
            "not_applicable",
            "compliant",
            "to_discuss",
            "to_investigate",
            "non_compliant",
        )
        return [[words[code] for code in column] for column in codes.T]

    return build


@pytest.fixture
def faults_of(load):
    """Function that loads a refused charter: place and English words of every fault."""

    def build(*articles, **others):
        with pytest.raises(CharterError) as refused:
            load(*articles, **others)
        for fault in refused.value.faults:
            assert fault.what.fr != fault.what.en
        return [(fault.where, fault.say("en")) for fault in refused.value.faults]

    return build


@pytest.fixture
def said_of(faults_of):
    """Function that loads a refused charter: its faults in a line; each names file and line."""

    def build(article, **others):
        found = faults_of(article, **others)
        for where, _ in found:
            assert where.startswith(("made_up/XX-01.yaml, l. ", "tables/densities.csv, l. "))
        return " | ".join(said for _, said in found)

    return build
