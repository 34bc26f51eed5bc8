"""Values of the closed tree as quotients of linear forms of the figures that may change.

Sums, differences, products with a constant, quotients, ``min``, ``max`` and ``ceil`` are exact. A
product of two figures that may change, or a quotient where its denominator cannot be multiplied
out, is not linear: one side of it is held at what it is now, and the other stays free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from charters.joint_programme import Affine, Programme, interval
from charters.model import (
    Ceiling,
    Difference,
    FieldValue,
    Greatest,
    Least,
    Product,
    Quotient,
    Sum,
    Value,
)
from charters.operators import Scope, evaluate
from charters.tree import fields_of_value

__all__ = ["Reading", "Term", "frozen", "is_open", "term"]

_ONE = Affine(1.0)
_ROUNDING = 1e-9
_BELOW_ONE = 1.0 - 1e-6

Side = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the names in a tree stand for while a change is looked for."""

    scope: Scope
    """Facts as they are, dated figures and tables; columns of length 1."""
    figures: Mapping[str, Affine]
    """Figures that may change, by path, in base units."""
    programme: Programme
    """Where unknowns of the trees' own are added."""
    hold: Side
    """Side of a product that is held where both may change."""
    held: set[str] = field(default_factory=set)
    """Paths of the figures that were held."""


@dataclass(frozen=True, slots=True)
class Term:
    """A linear form over another one, in base units."""

    above: Affine
    """Numerator."""
    below: Affine = _ONE
    """Denominator."""

    @property
    def is_linear(self) -> bool:
        """Whether the denominator is a constant."""
        return not self.below.terms

    @property
    def is_constant(self) -> bool:
        """Whether no figure that may change is in it."""
        return self.is_linear and not self.above.terms

    @property
    def line(self) -> Affine:
        """Linear form of a linear term."""
        return self.above.times(1.0 / self.below.constant)


def is_open(paths: Sequence[str], reading: Reading) -> bool:
    """Whether a figure that may change is among ``paths``."""
    return any(path in reading.figures for path in paths)


def term(node: Value, reading: Reading) -> Term | None:
    """``node`` as a quotient of linear forms, None where a fact of it is missing."""
    if not is_open(tuple(fields_of_value(node)), reading):
        return _constant(node, reading)
    match node:
        case FieldValue(field=path):
            # a measure that depends on the project stands as it is measured now
            figure = reading.figures.get(path)
            return _constant(node, reading) if figure is None else Term(figure)
        case Sum(sum=nodes):
            return _added(nodes, (1.0,) * len(nodes), reading)
        case Difference(difference=nodes):
            return _added(nodes, (1.0, -1.0), reading)
        case Product(product=nodes):
            return _multiplied(nodes, reading)
        case Quotient(quotient=(above, below)):
            return _divided(above, below, reading)
        case Least(min=nodes):
            return _extreme(nodes, -1.0, reading)
        case Greatest(max=nodes):
            return _extreme(nodes, 1.0, reading)
        case Ceiling(ceil=inner):
            return _raised(inner, reading)
    return _constant(node, reading)


def frozen(node: Value, reading: Reading) -> Term | None:
    """``node`` held at its value now, and so every figure in it."""
    reading.held.update(path for path in fields_of_value(node) if path in reading.figures)
    return _constant(node, reading)


def _constant(node: Value, reading: Reading) -> Term | None:
    """Value now, None where missing."""
    column = evaluate(node, reading.scope)
    return None if column.missing[0] else Term(Affine(float(column.values[0])))


def _added(nodes: Sequence[Value], signs: Sequence[float], reading: Reading) -> Term | None:
    """Sum of terms with signs; two denominators that may change cannot be added."""
    terms = [term(node, reading) for node in nodes]
    kept = _kept([each is not None and not each.is_linear for each in terms], reading)
    below = _ONE if kept is None else _denominator(terms[kept])
    above = Affine(0.0)
    for place, (node, sign) in enumerate(zip(nodes, signs, strict=True)):
        each = terms[place]
        if each is not None and kept is not None and place != kept and not each.is_constant:
            each = each if each.below == below else frozen(node, reading)
        if each is None:
            return None
        part = each.above if each.below == below else below.times(each.line.constant)
        part = part if kept is not None or not each.is_linear else each.line
        above += part.times(sign)
    return Term(above, below)


def _denominator(each: Term | None) -> Affine:
    """Denominator of a term that is there."""
    return _ONE if each is None else each.below


def _multiplied(nodes: Sequence[Value], reading: Reading) -> Term | None:
    """Product of terms, all but one of them constants."""
    terms = [term(node, reading) for node in nodes]
    kept = _kept([each is not None and not each.is_constant for each in terms], reading)
    factor, free = 1.0, Term(_ONE)
    for place, (node, each) in enumerate(zip(nodes, terms, strict=True)):
        now = each
        if now is not None and not now.is_constant:
            if place == kept:
                free = now
                continue
            now = frozen(node, reading)
        if now is None:
            return None
        factor *= now.line.constant
    return Term(free.above.times(factor), free.below)


def _divided(above: Value, below: Value, reading: Reading) -> Term | None:
    """Quotient; a denominator that is itself a quotient is held."""
    top, bottom = term(above, reading), term(below, reading)
    if top is not None and not top.is_linear:
        top = frozen(above, reading)
    if bottom is not None and not bottom.is_linear:
        bottom = frozen(below, reading)
    if top is None or bottom is None or not (bottom.line.terms or bottom.line.constant):
        return None
    if bottom.is_constant:
        return Term(top.line.times(1.0 / bottom.line.constant))
    return Term(top.line, bottom.line)


def _extreme(nodes: Sequence[Value], sign: float, reading: Reading) -> Term | None:
    """The largest (``sign`` 1) or smallest (−1) of some terms, as an unknown that equals one."""
    lines = [_line(node, reading) for node in nodes]
    known = [each for each in lines if each is not None]
    if len(known) < len(lines):
        return None
    signed = [each.times(sign) for each in known]
    ends = [interval(each, reading.programme) for each in signed]
    low, high = max(low for low, _ in ends), max(high for _, high in ends)
    most = reading.programme.add(low, high)
    chosen = [reading.programme.choice() for _ in signed]
    for each, choice, (least, _) in zip(signed, chosen, ends, strict=True):
        reading.programme.require(most - each)
        # the unknown is no larger than the one that is chosen
        gap = high - least
        reading.programme.require(each - most + Affine(gap) - choice.times(gap))
    reading.programme.require(sum(chosen, Affine(-1.0)))
    return Term(most.times(sign))


def _raised(inner: Value, reading: Reading) -> Term | None:
    """The next integer, as an unknown."""
    line = _line(inner, reading)
    if line is None:
        return None
    low, high = interval(line, reading.programme)
    whole = reading.programme.add(low - 1.0, high + 1.0, grain=1.0, is_whole=True)
    reading.programme.require(whole - line + Affine(_ROUNDING))
    reading.programme.require(line - whole + Affine(_BELOW_ONE))
    return Term(whole)


def _line(node: Value, reading: Reading) -> Affine | None:
    """``node`` as a linear form; held where it is a quotient."""
    found = term(node, reading)
    if found is not None and not found.is_linear:
        found = frozen(node, reading)
    return None if found is None else found.line


def _kept(is_free: Sequence[bool], reading: Reading) -> int | None:
    """Position of the one part that stays free, None where there is none."""
    places = [place for place, each in enumerate(is_free) if each]
    if not places:
        return None
    return places[-1] if reading.hold == "first" else places[0]
