"""What is refused in an entry is said at its line, with what to write instead."""

import pytest

ARTICLE = """\
id: XX-01
charter: made_up
title: {fr: "Un article", en: "An article"}
chapter: {fr: "Essai", en: "Trial"}
kind: commitment
severity: mandatory
in_force: {from: 2020-01-01}
measure:
  name: height
  value: {field: project.height}
  unit: m
requirement: {op: "<=", threshold: {parameter: most}}
parameters:
  most:
    unit: m
    values:
      - {from: 2020-01-01, value: 11, source: LAW}
remedy: {fr: "Réduire.", en: "Reduce."}
sources: [LAW]
examples:
  - {on: 2026-01-01, given: {project.height: 10}, expect: {outcome: compliant}}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity:", "severty:", 6, "Did you mean “severity”?"),
        ("  unit: m\nreq", "  unit: m\n  units: m\nreq", 12, "Did you mean “unit”?"),
        ("value: 11", "value: 11, vlaue: 12", 17, "Did you mean “value”?"),
        ("chapter:", "chapiter:", 4, "The key “chapiter” is unknown. Did you mean “chapter”?"),
        ('chapter: {fr: "Essai", en: "Trial"}\n', "", 1, "“chapter” is missing. Add it."),
        ("  unit: m\nreq", "req", 8, "“unit” is missing"),
        ("kind: commitment", "kind: promise", 5, "“kind” is refused"),
        ("severity: mandatory", "severity: non", 6, "'non'"),
        ("in_force: {from: 2020-01-01}", "in_force: {from: 2020-13-01}", 7, "“from” is refused"),
        ("in_force: {from: 2020-01-01}", "in_force: {from: hier}", 7, "'hier'"),
        ("value: 11", "value: onze", 17, "'onze'"),
        ("value: 11", "value: .inf", 17, "“value” is refused"),
        ("{field: project.height}", "{power: [project.height, 2]}", 10, "No known operator"),
        ("{field: project.height}", "project.height * 2", 10, "No known operator"),
        ("{field: project.height}", "{sum: []}", 10, "“sum” is refused"),
        ('op: "<="', 'op: "=<"', 12, "“op” is refused"),
        ("sources: [LAW]", "sources: []", 19, "“sources” is refused"),
        ("id: XX-01", "id: XX-02", 1, "The article is called XX-02, its file XX-01."),
        ("outcome: compliant", "outcome: conforme", 21, "“outcome” is refused"),
        ("sources: [LAW]", "requirements: []", 5, "The key “kind” is out of place."),
        ('title: {fr: "Un article", en: "An article"}', 'title: {fr: "Un article"}', 3, "“en”"),
        ('title: {fr: "Un article", en: "An article"}', "title: non", 3, "“title” is refused"),
        ('en: "An article"', 'en: ""', 3, "Say it in French and English."),
        ("in_force: {from: 2020-01-01}", "in_force: {from: 86400}", 7, "A day is written"),
        ("kind: commitment", "kind: commitment\nkind: legal", 6, "written twice"),
        ("remedy: {", "remedy: !!python/object:os.system {", 18, "the tag"),
    ],
)  # fmt: skip
def test_a_fault_at_its_line(faults_of, old, new, line, words):
    """The file, the line and what is wrong are said, with the word that was meant."""
    assert 1 == ARTICLE.count(old)
    found = faults_of(ARTICLE.replace(old, new))
    assert f"made_up/XX-01.yaml, l. {line}" in [where for where, _ in found]
    assert any(words in said for _, said in found)
    assert len(found) == len(set(found))
