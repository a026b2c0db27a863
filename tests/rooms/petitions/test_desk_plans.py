"""My day is found among what is owed alone: the windows of people's rights, which never run out, are not read."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from huiying.petitions import selectors, waiting
from huiying.petitions.models.matter import OWED
from huiying.records import clock
from huiying.registry.models import Unit
from tests.cast import Cast

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def plans_of(read: Callable[[], object]) -> list[str]:
    """How the database finds the running duties; few rows would be read whole, so PostgreSQL is told not to."""
    plans = list[str]()

    def explained(run: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if 'FROM "petitions_petitionclock"' in sql:
            run(EXPLAIN[connection.vendor] + sql, values, many, context)
            plans.append("\n".join(str(row[-1]) for row in context["cursor"].fetchall()))
        return run(sql, values, many, context)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    with connection.execute_wrapper(explained):
        read()
    return plans


@pytest.mark.parametrize(
    ("who", "index"),
    [("clerk", ("clock_owed_body",)), ("head_works", ("clock_owed_unit", "clock_owed_body"))],
)
def test_my_day_is_found_in_the_index_over_what_is_owed(cast: Cast, who: str, index: tuple[str, ...]) -> None:
    today = clock.today()
    plans = plans_of(
        lambda: selectors.desk_for(cast.officers[who], today=today, soon=today + timedelta(days=3))
    )
    assert len(plans) == 2
    for plan in plans:
        assert any(name in plan for name in index), plan


def test_a_heads_unit_is_found_in_the_index_over_what_is_owed(cast: Cast) -> None:
    head, soon = cast.officers["head_works"], date(2031, 1, 1)
    own = Unit.objects.get(pk=next(grant.unit_id for grant in head.grants if grant.unit_id))
    plans = plans_of(lambda: waiting.unit_day(head, own, today=soon, soon=soon))
    assert any("clock_owed" in plan for plan in plans), plans


def test_what_the_index_holds_is_what_staff_owe() -> None:
    assert frozenset(OWED) == selectors.STAFF_CLOCKS
    assert list(OWED) == sorted(OWED)
