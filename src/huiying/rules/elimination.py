"""What a set of equations fixes: exact elimination over fractions, for the release gate."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V", bound=Hashable)


class Equation(NamedTuple, Generic[V]):
    """`sum(factor * unknown) = value`; factors are never zero."""

    terms: dict[V, Fraction]
    value: Fraction


def without(equation: Equation[V], known: Mapping[V, int]) -> Equation[V]:
    """The equation with the known quantities moved to its right side."""
    terms = {each: factor for each, factor in equation.terms.items() if each not in known}
    moved = sum(factor * known[each] for each, factor in equation.terms.items() if each in known)
    return Equation(terms, equation.value - moved)


def reduced(equations: Sequence[Equation[V]]) -> list[Equation[V]]:
    """The same equations fully reduced (Gauss-Jordan): an unknown that is fixed stands alone in one of them."""
    solved: dict[V, Equation[V]] = {}
    for equation in equations:
        rest = equation
        for pivot, row in solved.items():
            rest = _cleared(rest, pivot, row)
        if not rest.terms:
            continue
        lead = next(iter(rest.terms))
        rest = _scaled(rest, 1 / rest.terms[lead])
        solved = {pivot: _cleared(row, lead, rest) for pivot, row in solved.items()}
        solved[lead] = rest
    return list(solved.values())


def _cleared(equation: Equation[V], pivot: V, row: Equation[V]) -> Equation[V]:
    """The equation without the pivot, by subtracting the pivot's row as often as needed."""
    factor = equation.terms.get(pivot)
    if factor is None:
        return equation
    terms = dict(equation.terms)
    for each, other in row.terms.items():
        left = terms.get(each, Fraction(0)) - factor * other
        if left:
            terms[each] = left
        else:
            terms.pop(each, None)
    return Equation(terms, equation.value - factor * row.value)


def _scaled(equation: Equation[V], factor: Fraction) -> Equation[V]:
    return Equation({each: term * factor for each, term in equation.terms.items()}, equation.value * factor)
