"""A plan of two hundred steps and a body of a hundred and fifty staff: orders are out within a second."""

from time import perf_counter

import pytest

from huiying.emergency.models import Order
from huiying.playbook.kinds import PostKind
from huiying.playbook.yaml_form import read, write
from huiying.registry import actions as registry
from huiying.rules.actors import SYSTEM
from huiying.rules.permissions import Role
from tests.cast import FOUNDED, PASSPHRASE, Cast
from tests.rooms.emergency.response import PLAN, activated, plan_in_force, verified

STEPS, STAFF = 200, 150


def large_plan() -> str:
    """The shipped plan with so many more steps that open at once that there are two hundred."""
    doc = read(PLAN)
    phase = next(phase for phase in doc.phases if not phase.after_end)
    pattern = next(
        step for step in phase.steps if not step.waits_for and not step.when and step.repeat_every is None
    )
    roles = [role.id for role in doc.roles]
    more = tuple(
        pattern.model_copy(
            update={
                "id": f"more-{n}",
                "title": f"检查第 {n} 处",
                "who": roles[n % len(roles)],
                "produces": (),
            }
        )
        for n in range(STEPS)
    )
    larger = phase.model_copy(update={"steps": (*phase.steps, *more)})
    return write(doc.model_copy(update={"phases": tuple(larger if p is phase else p for p in doc.phases)}))


def enrol_many(cast: Cast) -> None:
    """A hundred and fifty staff on the posts of the body."""
    posts = [cast.posts[kind.value] for kind in PostKind if kind.value in cast.posts]
    for n in range(STAFF):
        post = posts[n % len(posts)]
        person = registry.staff_enrol(
            body=cast.qingxi,
            account=f"many{n}",
            name=f"青溪众{n}",
            passphrase=PASSPHRASE,
            by=SYSTEM,
            at=FOUNDED,
        )
        registry.grant_give(staff=person, unit=post.unit, role=Role.OFFICER, post=post, by=SYSTEM, at=FOUNDED)


@pytest.mark.slow
def test_two_hundred_steps_become_orders_within_a_second(cast: Cast) -> None:
    enrol_many(cast)
    version, incident = plan_in_force(cast, large_plan()), verified(cast)
    began = perf_counter()
    activated(cast, version, incident)
    assert perf_counter() - began < 1.0
    assert Order.objects.count() >= STEPS
