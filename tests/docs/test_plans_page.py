"""docs/plans.md is printed from the shipped plans: `python -m tests.docs.test_plans_page` writes it anew."""

from pathlib import Path

from huiying.playbook.checker import check
from huiying.playbook.compiler import compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.rehearsal import Rehearsal, Scenario, crew_of, rehearse
from huiying.playbook.rehearsal.pictures import spoken
from huiying.playbook.rehearsal.results import Milestone
from huiying.playbook.shipped import shipped_plan, shipped_plans

PAGE = Path(__file__).resolve().parents[2] / "docs" / "plans.md"
RUNS = 200
HEAD = f"""# The plans that come with the program

Five plans in our own words, each checked without a finding. A body takes one, puts its own figures and people in, and checks and
rehearses it again. `huiying plan show NAME` prints one, `huiying plan export NAME -o plan.docx` writes it as a document.

The figures below are printed from the plans by `python -m tests.docs.test_plans_page`, and a test compares them. Rehearsed were
{RUNS} runs of each, at its highest level, with every type and circumstance at once (harder than any real incident), one person a
role, three in ten of whom have to come first, and a step taking 15 to 110 % of its limit. So a share in time says where a plan is
tight, not how an office will do: rehearse with your own people.
"""


def page() -> str:
    """The page as the plans would give it now."""
    return HEAD + "".join(_part(name, shipped_plan(name)) for name in shipped_plans())


def _part(name: str, doc: PlanDocument) -> str:
    highest = max(doc.levels, key=lambda level: level.level.strength).level
    playbook = compile_plan(doc, level=highest, facets=[facet.id for facet in doc.facets])
    result = rehearse(playbook, Scenario(crew_of(doc)), runs=RUNS, seed=1)
    counted = (
        f"{sum(1 for _ in doc.clauses())} clauses, {len(doc.steps)} steps, {len(doc.roles)} roles, {len(doc.levels)} levels, "
        f"{len(doc.facets)} types and circumstances, {len(doc.special)} special cases, {len(check(doc))} findings."
    )
    rows = "".join(f"| {milestone.name} | {_reached(milestone)} |\n" for milestone in result.milestones)
    head = f"\n## {doc.title} (`{name}`)\n\n{counted}\n\n| | half of the runs · nine of ten · in time |\n|---|---|\n"
    return f"{head}{rows}\n{_tight(result)}\n"


def _reached(milestone: Milestone) -> str:
    if milestone.reached is None:
        return "–"
    share = "" if milestone.in_time is None else f" · {milestone.in_time:.0%}"
    return f"{spoken(milestone.reached.p50)} · {spoken(milestone.reached.p90)}{share}"


def _tight(result: Rehearsal) -> str:
    first = "；".join(f"{step.title} {step.breaks_first:.0%}" for step in result.weakest[:3]) or "–"
    return f"First to be late: {first}. Late in a run: {result.late_each:.1f} of {len(result.steps)} steps."


def test_the_page_shows_the_plans_as_they_are() -> None:
    assert PAGE.read_text("utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
