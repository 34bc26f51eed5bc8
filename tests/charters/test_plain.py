"""An article as plain text, for a terminal."""

import datetime as dt

from charters.document import article_sheet
from charters.plain import plain_text

NB = "\u00a0"
DATED = {
    "most": {
        "unit": "m",
        "values": [
            {"from": "2020-01-02", "value": 12, "source": "LAW"},
            {"from": "2026-07-01", "value": 11, "source": "LAW", "confidence": "to_check"},
        ],
    }
}


def test_an_article_line_by_line(load, entry):
    """Title, period, scope, demand, dated values named, remedy, note, examples, sources."""
    charter = load(
        entry(
            parameters=DATED,
            in_force={"from": "2020-01-02"},
            note={"fr": "Une note.", "en": "A note."},
        )
    )
    sheet = article_sheet(charter.articles[0], charter, on=dt.date(2026, 11, 1), language="fr")
    assert [
        "XX-01 · Article inventé",
        "En vigueur depuis le 2 janvier 2020.",
        "",
        "XX-01 · Article inventé (Engagement de la charte · obligatoire)",
        f"S'applique{NB}:",
        "  toujours",
        f"Exige{NB}:",
        f"  Hauteur{NB}: au plus 11{NB}m (à vérifier)",
        f"Sinon{NB}: non conforme.",
        f"Seuil · Hauteur{NB}:",
        f"  12{NB}m du 2 janvier 2020 au 30 juin 2026 (passé) [LAW]",
        (
            f"  11{NB}m à partir du 1er juillet 2026 (en vigueur) [LAW] · "
            "à vérifier (le texte laisse un doute)"
        ),
        f"À faire{NB}: Réduire de …",
        "",
        "Une note.",
        "",
        "Exemples",
        f"- XX-01, 1er janvier 2026, Hauteur 10{NB}m → Conforme (10{NB}m, pour au plus 12{NB}m)",
        "",
        "Sources",
        "- LAW · Une loi [texte lu]",
    ] == plain_text(sheet, "fr").splitlines()


def test_alternatives_and_lists(load, entry):
    """Conditions are indented under their heading; alternatives are told apart."""
    height = {"name": "height", "value": {"field": "project.height"}, "unit": "m"}
    bound = {"op": "<=", "threshold": {"parameter": "most"}}
    charter = load(
        entry(
            measure=None,
            requirement=None,
            any_of=[{"measure": height, "requirement": bound}] * 2,
            applies_when={
                "any": [
                    {"field": "project.use", "op": "=", "value": "hotel"},
                    {"field": "project.rooms", "op": ">", "value": 9, "unit": "room"},
                ]
            },
        )
    )
    sheet = article_sheet(charter.articles[0], charter, on=dt.date(2026, 11, 1), language="en")
    text = plain_text(sheet, "en")
    assert (
        "Applies:\n  At least one of these\n    Use: Hotel\n"
        f"    Rooms: more than 9{NB}rooms\nRequires:\n"
        f"  Height: at most 11{NB}m\n  or else Height: at most 11{NB}m\n"
    ) in text
