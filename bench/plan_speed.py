"""`python -m bench.plan_speed`: how long a plan of two hundred steps takes to be read, checked, compiled, stepped.

The plan is the shipped one with its steps said again under other names, each waiting for one before it, so that it
has the words, the references and the depth of a real one. Processor time of this process, the best and the middle
of several runs. Exit code 0 also when a target is missed: a measurement is not a test.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from huiying.playbook.checker import check
from huiying.playbook.clauses import Step
from huiying.playbook.compiler import compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Finding
from huiying.playbook.happenings import Activated, Event, StepSent
from huiying.playbook.lexicon import parts
from huiying.playbook.readiness import Person, Readiness, Stock
from huiying.playbook.shipped import shipped_plans
from huiying.playbook.stepper import advance
from huiying.playbook.yaml_form import read, write

STEPS, RUNS, TARGET = 200, 7, 0.5
PLAN = "city-petition-incidents"


def plan_of(steps: int) -> PlanDocument:
    """The shipped plan with so many steps; the added ones say what others say and wait for one before them."""
    doc = read(shipped_plans()[PLAN])
    phase = next(phase for phase in doc.phases if not phase.after_end)
    models = [step for step in doc.steps if not step.when and not doc.phase_of(step.id).after_end]  # type: ignore[union-attr]
    added: list[Step] = []
    for number in range(steps - len(doc.steps)):
        model = models[number % len(models)]
        before = added[number // 2].id if added else phase.steps[0].id
        changes = {
            "id": f"more-{number}",
            "title": f"{model.title}（{number}）",
            "needs": (before,),
            "of": "activation",
        }
        added.append(
            model.model_copy(update={**changes, "within": timedelta(hours=number + 2), "produces": ()})
        )
    larger = phase.model_copy(update={"steps": (*phase.steps, *added)})
    return doc.model_copy(update={"phases": tuple(larger if p is phase else p for p in doc.phases)})


def at_hand(doc: PlanDocument) -> Readiness:
    """Three people for every two roles, and all the stock the plan asks for."""
    roles = [role.id for role in doc.roles]
    people = tuple(
        Person(id=f"person-{n}", roles=(roles[n % len(roles)], roles[n * 2 % len(roles)]))
        for n in range(len(roles) * 3 // 2)
    )
    stock = tuple(Stock(resource=resource.id, quantity=resource.minimum) for resource in doc.resources)
    return Readiness(people=people, stock=stock)


def checked_afresh(
    doc: PlanDocument, given: Readiness | None = None, on: date | None = None
) -> list[Finding]:
    """Check as for the first time: nothing that an earlier check cut into sentences is remembered."""
    parts.cache_clear()
    return check(doc, given=given, on=on)


def main() -> int:
    """Print the figures beside their target."""
    doc = plan_of(STEPS)
    text, given = write(doc), at_hand(doc)
    level, facets = doc.levels[0].level, [facet.id for facet in doc.facets]
    book = compile_plan(doc, level=level, facets=facets)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    events: list[Event] = [Activated(noon), *(StepSent(step.id, noon) for step in book.steps)]
    checked = _measured("check", lambda: checked_afresh(doc))
    day = date(2026, 3, 2)
    _measured("check, with who and what is at hand", lambda: checked_afresh(doc, given, day))
    compiled = _measured("compile", lambda: compile_plan(doc, level=level, facets=facets))
    _measured("advance, every order out", lambda: advance(book, events, noon + timedelta(hours=1)))
    _measured("read the YAML", lambda: read(text))
    both = checked + compiled
    verdict = "met" if both < TARGET else f"MISSED: {both / TARGET:.1f} of the target"
    print(f"{len(doc.steps)} steps, check and compile: {both:.3f} s, target < {TARGET} s: {verdict}")
    return 0


def _measured(what: str, work: Callable[[], object]) -> float:
    """Processor seconds of the middle run."""
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    print(
        f"{what:40} best {min(seconds) * 1000:8.1f} ms   middle {statistics.median(seconds) * 1000:8.1f} ms"
    )
    return statistics.median(seconds)


if __name__ == "__main__":
    raise SystemExit(main())
