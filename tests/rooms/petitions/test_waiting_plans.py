"""The lists of what waits are found by an index, however much was done before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from huiying.petitions import waiting
from tests.cast import Cast

LISTS = {
    "drafts_submitted": "head_works",
    "extensions_asked": "head_works",
    "objections_raised": "clerk",
    "executions_owed": "clerk",
    "executions_reported": "clerk",
    "spam_to_look_at": "supervisor",
    "retaliations_waiting": "supervisor",
    "follow_ups_open": "clerk",
}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL reads a table of a few rows whole")
@pytest.mark.parametrize("name", LISTS)
def test_no_list_of_what_waits_reads_a_whole_table(cast: Cast, name: str) -> None:
    plans = list[str]()

    def explained(run: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        plan = run(f"EXPLAIN QUERY PLAN {sql}", values, many, context)
        plans.extend(row[-1] for row in plan.fetchall())
        return run(sql, values, many, context)

    with connection.execute_wrapper(explained):
        getattr(waiting, name)(cast.officers[LISTS[name]])
    assert plans
    for line in plans:
        assert "SCAN" not in line or "USING INDEX" in line or "USING COVERING INDEX" in line, line
