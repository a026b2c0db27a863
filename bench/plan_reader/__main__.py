"""`python -m bench.plan_reader`: read the marked documents, say what was found of the marks.

Exit code 2 while there is no reader; 0 also when targets are missed: a measurement is not a test.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.plan_reader.scoring import Counts, Score, read_marks, score, total
from bench.plan_reader.truth import Truth, source, truths

READER = "huiying.playbook.reading"
TARGETS = {"given plans": 0.95, "outside plans": 0.85}
RULES = {"lines": "same kind and line", "spans": "and half of the shorter", "strict": "one to one"}
CONFUSIONS = 12
Reader = Callable[[Path], Any]


@dataclass(frozen=True)
class Reading:
    """One document as it was read: the score, and whether its two verdicts are right."""

    truth: Truth
    score: Score
    truncated: bool | None
    plan: bool
    refused: str = ""


def main() -> int:
    """Read, compare, print."""
    asked = _arguments()
    reader = read_file()
    if reader is None:
        print(f"There is no reader yet: {READER} has no read_file.")
        return 2
    readings, skipped = measure(reader, os.environ.get("HUIYING_SAMPLES", ""))
    print(_as_json(readings, skipped) if asked.json else as_text(readings, skipped, misses=asked.misses))
    return 0


def read_file() -> Reader | None:
    """The reader's one function, or None while there is none."""
    try:
        module = importlib.import_module(READER)
    except ModuleNotFoundError as missing:
        if missing.name != READER:
            raise
        return None
    return getattr(module, "read_file", None)


def measure(reader: Reader, samples: str) -> tuple[list[Reading], dict[str, str]]:
    """Every marked document that is at hand, read; the others by name, with the reason."""
    readings, skipped = [], {}
    for truth in truths():
        path, reason = source(truth, samples)
        if path is None:
            skipped[truth.name] = reason
        else:
            readings.append(reading(reader, truth, path))
    return readings, skipped


def reading(reader: Reader, truth: Truth, path: Path) -> Reading:
    """One document as this reader reads it; a ValueError is a refusal."""
    try:
        found = reader(path)
    except ValueError as refusal:
        return Reading(truth, score(truth, ()), None, plan=False, refused=str(refusal))
    clauses = read_marks(found.clauses)
    plan = getattr(found, "is_plan", bool(clauses))
    return Reading(truth, score(truth, clauses), bool(found.truncated), plan=bool(plan))


def totals(readings: list[Reading]) -> list[Score]:
    """The given plans together, and the outside plans together."""
    groups = dict.fromkeys(TARGETS, ()) | {
        name: tuple(one.score for one in readings if one.truth.plan and one.truth.given is given)
        for name, given in zip(TARGETS, (True, False), strict=True)
    }
    return [total(name, scores) for name, scores in groups.items() if scores]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.plan_reader", description="What a reader finds.")
    parser.add_argument("--json", action="store_true", help="print the figures for a program to read")
    parser.add_argument("--misses", action="store_true", help="name every marked clause that was not found")
    return parser.parse_args()


def _as_json(readings: list[Reading], skipped: dict[str, str]) -> str:
    plans = {
        one.truth.name: {
            **_figures(one.score),
            "truncated": {"marked": one.truth.truncated, "read": one.truncated},
            "plan": {"marked": one.truth.plan, "read": one.plan},
        }
        for one in readings
    }
    groups = {one.name: {**_figures(one), "target": TARGETS[one.name]} for one in totals(readings)}
    return json.dumps({"plans": plans, "totals": groups, "skipped": skipped}, ensure_ascii=False, indent=1)


def _figures(one: Score) -> dict[str, Any]:
    taken = [
        {"marked": kind, "read": read, "times": times} for (kind, read), times in one.taken_for.most_common()
    ]
    kinds = {kind: _rates(counts) for kind, counts in sorted(one.kinds.items())}
    return {**_rates(one.counts), "places": one.counts.places, "kinds": kinds, "taken_for": taken}


def _rates(counts: Counts) -> dict[str, Any]:
    rates = {f"found_{rule}": counts.share(rule) for rule in RULES}
    hits = {name: value for name, value in asdict(counts).items() if name != "places"}
    return {**hits, **rates, "precision": counts.precision}


def as_text(readings: list[Reading], skipped: dict[str, str], *, misses: bool) -> str:
    """Everything for a person to read."""
    parts = [f"{name} is skipped: {reason}." for name, reason in skipped.items()]
    for one in readings:
        parts += ["", *_of_a_document(one, misses=misses)]
    for group in totals(readings):
        parts += ["", *_of_a_group(group)]
    return "\n".join(parts)


def _of_a_document(one: Reading, *, misses: bool) -> list[str]:
    rows = [f"{one.truth.name}: {_verdicts(one)}"]
    if not one.truth.plan:
        return rows
    rows += [_line(one.score.counts), *_kinds(one.score)]
    if misses:
        rows += [
            f"  line {mark.lines[0]}, {mark.span}: {mark.kind}, read as {read}"
            for mark, read in one.score.missed
        ]
    return rows


def _verdicts(one: Reading) -> str:
    if one.refused:
        return f"refused ({one.refused})" + ("" if one.truth.plan else ", right: it is not a plan")
    plan = f"read as {'a plan' if one.plan else 'not a plan'}, {_right(one.plan is one.truth.plan)}"
    if not one.truth.plan:
        return plan
    ends = "cut off" if one.truncated else "whole"
    return f"{plan}; read as {ends}, {_right(one.truncated is one.truth.truncated)}"


def _right(right: bool) -> str:
    return "right" if right else "WRONG"


def _of_a_group(group: Score) -> list[str]:
    target = TARGETS[group.name]
    reached = [
        f"{words}: {'reached' if (group.counts.share(rule) or 0) >= target else 'missed'}"
        for rule, words in RULES.items()
    ]
    taken = [
        f"  {kind} read as {read}: {times}" for (kind, read), times in group.taken_for.most_common(CONFUSIONS)
    ]
    target_row = f"  Target {target:.0%} found. " + "; ".join(reached) + "."
    return [f"All {group.name}", _line(group.counts), target_row, *_kinds(group), *taken]


def _line(counts: Counts) -> str:
    found = ", ".join(f"{_share(counts.share(rule))} ({words})" for rule, words in RULES.items())
    places = _share(counts.share("places"))
    return (
        f"  {counts.marked} clauses marked, {counts.read} read. Found: {found}. "
        f"Precision one to one: {_share(counts.precision)}. Place right, whatever the kind: {places}."
    )


def _kinds(one: Score) -> list[str]:
    head = f"  {'kind':15}{'marked':>7}{'read':>6}{'lines':>7}{'spans':>7}{'strict':>7}{'recall':>8}{'precision':>10}"
    return [head] + [
        f"  {kind:15}{found.marked:7}{found.read:6}{found.lines:7}{found.spans:7}{found.strict:7}"
        f"{_share(found.share('strict')):>8}{_share(found.precision):>10}"
        for kind, found in sorted(one.kinds.items())
    ]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main())
