"""Verdict rows for a reader: one per requirement and site, with everything that explains it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from charters.advice import Advice, Change, change_text, remedy
from charters.cases import Case, Reading, Sentence
from charters.facts import Column, Facts, Missing
from charters.judge import Outcome, Weighing, scope_of, weigh
from charters.keeping import kept_for_each
from charters.model import Article, Charter, Exemption, Measure, Requirement, TableValue, Value
from charters.needs import layers_of
from charters.operators import Array, dated, evaluate, holds, rows_by_key
from charters.questions import open_fields
from charters.reasons import reason
from charters.recalling import Recent, recalled
from charters.remedies import Proposal, proposals
from charters.tree import deciding_fields, fields_of_value, parts_of, requirement_fields
from charters.units import reported_unit, unit
from charters.vocabulary import project_fields, site_measures
from geodata.language import Text

__all__ = ["Input", "Verdict", "read_verdicts"]

_OPEN = (Outcome.NON_COMPLIANT, Outcome.TO_DISCUSS, Outcome.TO_INVESTIGATE)


class Input(NamedTuple):
    """One fact that a requirement reads, as it was known."""

    path: str
    """``project.<field>``, which the project declares, or ``site.<measure>``."""
    value: float | str | None
    """Word, or figure in ``unit``; None where missing."""
    unit: str | None
    """Unit of a figure (shares are 0-1), None for a word."""
    missing: Missing
    """Why it is missing."""
    layers: tuple[str, ...]
    """Layers it was measured on, none for what the project declares."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement of one site; shares are 0-1, other figures in ``unit``."""

    charter: str
    edition: str
    """Edition of the charter."""
    article: str
    """Id of the requirement, such as PI-05a."""
    title: Text
    outcome: str
    kind: str
    severity: str
    measure: str
    """Name of what is measured."""
    value: float | None
    unit: str
    written_unit: str
    """Unit in the article; figures in « % » are reported as shares."""
    op: str
    threshold: float | None
    margin: float | None
    """Signed distance to the threshold, positive on the good side."""
    tolerance: float
    """Reach within which the value cannot be told from the threshold."""
    reason: Sentence
    """The verdict in a sentence."""
    advice: Advice | None
    """What to do, where there is something to do."""
    sources: tuple[str, ...]
    """Ids of the sources of the article and of the values in force."""
    layers: tuple[str, ...]
    """Layers whose data were used."""
    inputs: tuple[Input, ...]
    """Facts that the requirement reads."""
    measured: tuple[str, ...]
    """Those of them that the value is made of."""
    is_to_check: bool
    """Whether a value in force is itself to be checked."""

    @property
    def remedy(self) -> Text | None:
        """What to do, where there is something to do."""
        return None if self.advice is None else self.advice.make()[0]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Figures that would make the requirement met, one lever each."""
        return () if self.advice is None else self.advice.make()[1]


def read_verdicts(
    charter: Charter,
    facts: Facts,
    *,
    on: Array,
    sites: int,
) -> Iterator[list[Verdict]]:
    """Rows of one site after the other, in the order of the charter's requirements.

    Weighing and remedies run on whole columns; a sentence or a remedy is made once per different
    case, when it is read. The rows of one site are those made before where no fact has changed.
    """
    if sites == 1:
        yield [_only_row(charter, *pair, facts, on=on) for pair in charter.requirements]
        return
    parts = [_part(charter, *pair, facts, on=on) for pair in charter.requirements]
    for site in range(sites):
        yield [_verdict(part, site) for part in parts]


def _only_row(
    charter: Charter, article: Article, requirement: Requirement, facts: Facts, *, on: Array
) -> Verdict:
    """Row of the one site."""
    return recalled(
        _recent_rows(requirement),
        scope_of(requirement, facts, tables=charter.tables, on=on),
        owner=charter,
        find=lambda scope: _verdict(_part(charter, article, requirement, scope.facts, on=on), 0),
    )


@kept_for_each
def _recent_rows(requirement: Requirement) -> Recent[Verdict]:  # noqa: ARG001 - one for each
    """Last rows of a requirement at one site."""
    return Recent()


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One requirement weighed for every site, and the rows already made."""

    charter: Charter
    article: Article
    requirement: Requirement
    deciding: tuple[str, ...]
    fields: tuple[str, ...]
    reads: tuple[str, ...]
    facts: Facts
    on: Array
    weighing: Weighing
    exempted: tuple[tuple[Exemption, Array], ...]
    shown: Mapping[str, Column]
    proposals: Callable[[], tuple[Proposal, ...]]
    rows: dict[tuple[Any, ...], Verdict]


def _part(
    charter: Charter, article: Article, requirement: Requirement, facts: Facts, *, on: Array
) -> _Part:
    """One requirement weighed; where it applies to no site, only what decides so is read."""
    weighing = weigh(article, requirement, facts, tables=charter.tables, on=on)
    is_void = bool(np.all(weighing.applies < 0))
    scope = scope_of(requirement, facts, tables=charter.tables, on=on)

    @functools.cache
    def proposed() -> tuple[Proposal, ...]:
        return tuple(proposals(article, requirement, facts, charter=charter, on=on))

    return _Part(
        charter=charter,
        article=article,
        requirement=requirement,
        deciding=deciding_fields(requirement),
        fields=deciding_fields(requirement) if is_void else requirement_fields(requirement),
        reads=deciding_fields(requirement) if is_void else _facts_of_a_row(requirement),
        facts=facts,
        on=on,
        weighing=weighing,
        exempted=tuple((each, holds(each.when, scope)) for each in requirement.exceptions),
        shown={}
        if is_void
        else {name: evaluate(each.value, scope) for name, each in requirement.shown.items()},
        proposals=proposed,
        rows={},
    )


def _verdict(part: _Part, site: int) -> Verdict:
    """Row of one site; sites with the same facts share it."""
    columns = [part.facts[path] for path in part.reads]
    key = (
        _at(part.on, site),
        *(_at(column.missing, site) or _at(column.values, site) for column in columns),
        *(_at(column.missing, site) for column in columns),
        *(_at(column.tolerance, site) for column in columns),
    )
    if key not in part.rows:
        part.rows[key] = _row(part, site)
    return part.rows[key]


def _row(part: _Part, site: int) -> Verdict:
    """Build the row of one site."""
    paths = part.deciding if _at(part.weighing.applies, site) < 0 else part.fields
    case = _case(part, paths, site)
    measure, is_read = case.alternative.measure, case.outcome != Outcome.NOT_APPLICABLE
    factor = 1.0 if measure.unit == "%" else unit(measure.unit).factor
    named, is_to_check = _values_in_force(part, site)
    return Verdict(
        charter=part.charter.id,
        edition=part.charter.edition,
        article=part.requirement.id,
        title=part.requirement.title,
        outcome=case.outcome.key,
        kind=part.requirement.kind,
        severity=part.requirement.severity,
        measure=measure.name,
        value=_reported(case.value, factor) if is_read else None,
        unit=reported_unit(measure.unit),
        written_unit=measure.unit,
        op=case.alternative.requirement.op,
        threshold=_reported(case.threshold, factor) if is_read else None,
        margin=_reported(case.margin, factor) if is_read else None,
        tolerance=_reported(case.tolerance, factor) or 0.0,
        reason=Sentence(functools.cache(functools.partial(reason, case))),
        advice=_advice(part, case, site) if case.outcome in _OPEN else None,
        sources=tuple(dict.fromkeys((*part.article.sources, *named))),
        layers=layers_of(paths),
        inputs=tuple(_input(path, part.facts[path], site) for path in paths),
        measured=_measured(measure),
        is_to_check=is_to_check,
    )


@kept_for_each
def _facts_of_a_row(requirement: Requirement) -> tuple[str, ...]:
    """Facts that a row depends on: those read, the levers, and the figures they are a part of."""
    fields = project_fields()
    wholes = [fields[each.removeprefix("project.")].within for each in requirement.levers]
    parts = [f"project.{each}" for each in wholes if each is not None]
    return tuple(dict.fromkeys((*requirement_fields(requirement), *requirement.levers, *parts)))


@kept_for_each
def _measured(measure: Measure) -> tuple[str, ...]:
    """Facts that a value is made of."""
    return tuple(fields_of_value(measure.value))


def _advice(part: _Part, case: Case, site: int) -> Advice:
    """What to do at one site, found when it is read."""

    @functools.cache
    def made() -> tuple[Text, tuple[Change, ...]]:
        changes = tuple(_changes(part, site)) if case.applies == 1 else ()
        return remedy(case, changes), changes

    return Advice(made)


def _input(path: str, column: Column, site: int) -> Input:
    """One fact of one site."""
    name, layers = _origin(path)
    why = Missing(int(_at(column.missing, site)))
    value = None if why else _at(column.values, site)
    if value is not None and name is not None:
        value = float(value) / unit(name).factor
    return Input(path, value, name, why, layers)


@functools.cache
def _origin(path: str) -> tuple[str | None, tuple[str, ...]]:
    """Reported unit of a fact, None for a word, and the layers it is measured on."""
    group, _, name = path.partition(".")
    if group == "project":
        field = project_fields()[name]
        return None if field.type == "choice" else reported_unit(field.unit), ()
    measure = site_measures()[name]
    return None if measure.category else reported_unit(measure.unit), measure.layers


def _case(part: _Part, paths: tuple[str, ...], site: int) -> Case:
    """Requirement weighed at one site."""
    weighing = part.weighing
    missing = {path: Missing(int(_at(part.facts[path].missing, site))) for path in paths}
    return Case(
        article=part.article,
        requirement=part.requirement,
        alternative=part.requirement.any_of[int(_at(weighing.alternative, site))],
        outcome=Outcome(int(_at(weighing.outcome, site))),
        applies=int(_at(weighing.applies, site)),
        exemption=next((each for each, is_so in part.exempted if _at(is_so, site) == 1), None),
        value=float(_at(weighing.value, site)),
        threshold=float(_at(weighing.threshold, site)),
        margin=float(_at(weighing.margin, site)),
        tolerance=float(_at(weighing.tolerance, site)),
        missing=Missing(int(_at(weighing.missing, site))),
        gaps={path: code for path, code in missing.items() if _is_gap(path, code)},
        undecided=_undecided(part, site) if _at(weighing.applies, site) == 0 else (),
        readings=dict(_readings(part, site)),
        day=_at(part.on, site).astype(object),
        shown={
            name: _at(column.values, site)
            for name, column in part.shown.items()
            if not _at(column.missing, site) and _at(weighing.applies, site) >= 0
        },
    )


def _undecided(part: _Part, site: int) -> tuple[str, ...]:
    """Facts that leave open whether the requirement applies at one site."""
    scope = scope_of(part.requirement, part.facts, tables=part.charter.tables, on=part.on)
    return tuple(open_fields(part.requirement.applies_when, scope, site=site))


def _readings(part: _Part, site: int) -> Iterator[tuple[str, Reading]]:
    """Numbers that the requirement reads at one site."""
    for path in part.fields:
        column = part.facts[path]
        if column.values.dtype != object:
            value, tolerance = (_at(each, site) for each in (column.values, column.tolerance))
            yield path, Reading(float(value), float(tolerance))


def _is_gap(path: str, code: Missing) -> bool:
    """Whether a fact is missing, and not only for want of a figure that is named itself."""
    is_derived = code == Missing.NOT_GIVEN and path.startswith("site.")
    return code != Missing.KNOWN and not is_derived


def _changes(part: _Part, site: int) -> Iterator[Change]:
    """Figures that would make the requirement met at one site."""
    for proposal in part.proposals():
        proposed, now = float(_at(proposal.proposed, site)), float(_at(proposal.current, site))
        if np.isnan(proposed):
            continue
        current = None if np.isnan(now) else now
        text = change_text(proposal.field, current, proposed)
        name = project_fields()[proposal.field].unit
        yield Change(proposal.field, current, proposed, name, text)


def _values_in_force(part: _Part, site: int) -> tuple[tuple[str, ...], bool]:
    """Sources of the dated values in force, and whether one of them is to be checked."""
    day = np.atleast_1d(_at(part.on, site))
    listed = [each.values for each in part.requirement.parameters.values()]
    applies = _at(part.weighing.applies, site) >= 0
    for node in _tables_read(part.requirement) if applies else ():
        word = _at(part.facts[node.key].values, site)
        listed.append(rows_by_key(part.charter.tables[node.table]).get(word, ()))
    sources: list[str] = []
    is_to_check = False
    for values in filter(None, listed):
        position, is_given = dated(values, day)
        if is_given[0]:
            chosen = values[int(position[0])]
            sources.append(chosen.source)
            is_to_check |= chosen.confidence == "to_check"
    return tuple(sources), is_to_check


@kept_for_each
def _tables_read(requirement: Requirement) -> tuple[TableValue, ...]:
    """Table values of a requirement, in what it measures, demands and shows."""
    values = [each.value for each in requirement.shown.values()]
    for each in requirement.any_of:
        values += (each.measure.value, each.requirement.threshold)
    return tuple(table for value in values for table in _table_values(value))


def _table_values(node: Value) -> Iterator[TableValue]:
    """Table values inside a value."""
    if isinstance(node, TableValue):
        yield node
    for inner in parts_of(node):
        yield from _table_values(inner)


def _reported(value: float, factor: float) -> float | None:
    """Figure in its reported unit, None where missing."""
    return None if np.isnan(value) else value / factor + 0.0


def _at(array: Array, site: int) -> Any:  # noqa: ANN401 - number, word or date
    """Entry of one site; an array of length 1 holds for all."""
    return array[site] if array.shape[0] > 1 else array[0]
