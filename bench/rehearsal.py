"""`python -m bench.rehearsal`: a thousand runs of a plan of two hundred steps, as seconds of one core and of the clock."""

import sys
from time import perf_counter, process_time

from huiying.playbook.compiler import Playbook, compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.rehearsal import Scenario, crew_of, rehearse
from huiying.playbook.rehearsal.replay import disagreements
from huiying.playbook.rehearsal.results import all_runs
from huiying.playbook.rehearsal.tables import tables_of
from huiying.playbook.shipped import shipped_plans
from huiying.playbook.yaml_form import read

RUNS, STEPS, REPLAYED = 1000, 200, 50
TARGET = 2.0


def large(doc: PlanDocument) -> PlanDocument:
    """The plan with so many more steps, every second one waiting for another, that there are two hundred."""
    phase = next(phase for phase in doc.phases if not phase.after_end)
    pattern = next(step for step in phase.steps if not (step.waits_for or step.when or step.repeat_every))
    roles = [role.id for role in doc.roles]
    more = tuple(
        pattern.model_copy(
            update={
                "id": f"more-{number}",
                "who": roles[number % len(roles)],
                "needs": (f"more-{number - 1}",) if number % 2 else (),
            }
        )
        for number in range(STEPS - len(doc.steps))
    )
    longer = phase.model_copy(update={"steps": (*phase.steps, *more)})
    return doc.model_copy(update={"phases": tuple(longer if p is phase else p for p in doc.phases)})


def playbook_of(doc: PlanDocument) -> Playbook:
    """The plan at its highest level with every facet, so that every step applies."""
    highest = max(doc.levels, key=lambda level: level.level.strength).level
    return compile_plan(doc, level=highest, facets=[facet.id for facet in doc.facets])


def main() -> int:
    """Measure and print; 0 also when the target is missed."""
    doc = large(read(shipped_plans()["city-petition-incidents"]))
    playbook, scenario = playbook_of(doc), Scenario(crew_of(doc))
    began, used = perf_counter(), process_time()
    rehearse(playbook, scenario, runs=RUNS, seed=1)
    clock, core = perf_counter() - began, process_time() - used
    tables = tables_of(playbook, scenario)
    wrong = sum(bool(disagreements(tables, each)) for each in all_runs(tables, runs=REPLAYED, seed=1))
    verdict = "met" if clock < TARGET else "MISSED"
    figures = f"{clock:.2f} s, {core:.2f} s of one core (target < {TARGET:g} s: {verdict})"
    print(f"{RUNS:,} runs of {len(playbook.steps)} steps: {figures}")
    print(f"of {REPLAYED} runs held against the stepper, {wrong} differ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
