"""Tests with several connections empty the tables at their end, which the ledger's triggers rightly refuse.

So the emptying, and nothing else, lifts the triggers and lays them again.
"""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _ledger_can_be_emptied() -> Iterator[None]:
    """Wrap the statement run of Django's flush; no test can reach it by name."""
    from django.conf import settings

    if not settings.configured:  # the pure rings run without Django
        yield
        return
    from django.db.backends.base.operations import BaseDatabaseOperations

    from huiying.records import guards

    original = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: Any, sql_list: list[str]) -> None:
        guards.lift(self.connection)
        try:
            original(self, sql_list)
        finally:
            guards.lay(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield
