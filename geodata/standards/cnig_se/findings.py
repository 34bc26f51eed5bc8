"""What a check of a delivery found: one finding per cell or shape, and the report of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from geodata.language import Language, Text

__all__ = ["HIDDEN", "DeliveryReport", "Finding", "Severity", "report", "shown"]

Severity = Literal["error", "warning"]
NOTHING = Text("", "")
"""Where there is nothing to say."""
HIDDEN = "•••"
"""Stands for a value that must not be repeated."""
_KEPT_PER_RULE = 50
"""Findings of one rule and column that are told one by one; the others are counted."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct in a delivery."""

    rule: str
    """Name of the rule."""
    severity: Severity
    """Errors refuse the delivery."""
    file: str
    """File of the delivery, without its folder."""
    what: Text
    """What is wrong."""
    table: str = ""
    """Class of the standard, such as SITE-ECO."""
    line: int | None = None
    """Line of the CSV, or ``fid`` in a GeoPackage."""
    column: str = ""
    """Column of the standard."""
    feature: str = ""
    """Identifier of the row."""
    value: str = ""
    """Value met."""
    expected: Text = NOTHING
    """What the standard expects there."""
    suggestion: str = ""
    """Value that would be right, where it can be told."""
    place: dict[str, Any] | None = None
    """Where on the ground: GeoJSON geometry, WGS84."""

    def say(self, language: Language) -> str:
        """One readable line."""
        colon = "\u00a0: " if language == "fr" else ": "
        line = f"{Text('ligne', 'line').say(language)} {self.line}" if self.line else ""
        where = ", ".join(each for each in (self.file, line, self.column, self.feature) if each)
        parts = [self.what.say(language)]
        if self.value:
            parts.append(Text(f"Lu : « {self.value} ».", f"Read: “{self.value}”.").say(language))
        if self.expected.fr:
            parts.append(
                Text(f"Attendu : {self.expected.fr}.", f"Expected: {self.expected.en}.").say(
                    language
                )
            )
        if self.suggestion:
            parts.append(
                Text(f"Proposé : « {self.suggestion} ».", f"Proposed: “{self.suggestion}”.").say(
                    language
                )
            )
        return f"{where}{colon}{' '.join(parts)}"

    def document(self, language: Language) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "file": self.file,
            "table": self.table,
            "line": self.line,
            "column": self.column or None,
            "id": self.feature or None,
            "value": self.value,
            "expected": self.expected.say(language),
            "suggestion": self.suggestion or None,
            "message": self.what.say(language),
            "where": self.place,
        }


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """Everything a check found in one delivery."""

    name: str
    """Name of the delivery, without its folder."""
    profile: str
    """Profile it was held to: public, partner or internal."""
    rows: dict[str, int]
    """Rows by file and class."""
    findings: tuple[Finding, ...]
    """Findings told one by one, errors first."""
    counts: dict[Severity, int]
    """Number of findings, those that are only counted included."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that refuse the delivery."""
        return tuple(each for each in self.findings if each.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that do not."""
        return tuple(each for each in self.findings if each.severity == "warning")

    @property
    def is_accepted(self) -> bool:
        """Whether the delivery has no error."""
        return not self.counts["error"]

    @property
    def outcome(self) -> str:
        """``accepted``, ``accepted_with_warnings`` or ``refused``."""
        if not self.is_accepted:
            return "refused"
        return "accepted_with_warnings" if self.counts["warning"] else "accepted"

    def document(self, language: Language = "fr") -> dict[str, Any]:
        """Report as plain data; ``places`` is a FeatureCollection in WGS84."""
        return {
            "file": self.name,
            "standard": "cnig-se",
            "outcome": self.outcome,
            "profile": self.profile,
            "rows": self.rows,
            "errors": self.counts["error"],
            "warnings": self.counts["warning"],
            "findings": [each.document(language) for each in self.findings],
            "places": {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "geometry": each.place,
                        "properties": {
                            "rule": each.rule,
                            "severity": each.severity,
                            "id": each.feature or None,
                            "message": each.say(language),
                        },
                    }
                    for each in self.findings
                    if each.place is not None
                ],
            },
            "message": self._sentence(language),
        }

    def say(self, language: Language) -> str:
        """Report for a reader: a sentence, then one line per finding."""
        signs = {"error": Text("ERREUR", "ERROR"), "warning": Text("à revoir", "to review")}
        lines = [f"  {signs[each.severity].say(language)} {each.say(language)}"
                 for each in self.findings]  # fmt: skip
        untold = sum(self.counts.values()) - len(self.findings)
        if untold:
            lines.append(
                "  "
                + Text(
                    f"et {untold} autres des mêmes règles et colonnes.",
                    f"and {untold} more of the same rules and columns.",
                ).say(language)
            )
        return "\n".join([self._sentence(language), *lines])

    def _sentence(self, language: Language) -> str:
        """Outcome in one sentence."""
        errors, warnings = self.counts["error"], self.counts["warning"]
        rows = ", ".join(f"{name} {count}" for name, count in self.rows.items())
        verdict = {
            "accepted": Text("livraison acceptée", "delivery accepted"),
            "accepted_with_warnings": Text("livraison acceptée, à revoir", "accepted, to review"),
            "refused": Text("livraison refusée", "delivery refused"),
        }[self.outcome].say(language)
        return Text(
            f"{self.name} : {verdict} · {errors} erreur(s), {warnings} avertissement(s) · {rows}",
            f"{self.name}: {verdict} · {errors} error(s), {warnings} warning(s) · {rows}",
        ).say(language)


def report(
    found: Iterable[Finding], *, name: str, profile: str, rows: dict[str, int]
) -> DeliveryReport:
    """Report of ``found``: errors first, and no more than fifty of a rule, file and column."""
    counts: dict[Severity, int] = {"error": 0, "warning": 0}
    seen: Counter[tuple[str, str, str]] = Counter()
    kept = []
    for each in found:
        counts[each.severity] += 1
        seen[each.rule, each.file, each.column] += 1
        if seen[each.rule, each.file, each.column] <= _KEPT_PER_RULE:
            kept.append(each)
    kept.sort(key=lambda each: (each.severity, each.file, each.line or 0))
    return DeliveryReport(name, profile, rows, tuple(kept), counts)


def shown(value: object) -> str:
    """Value as it is repeated in a message: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
