"""`python -m bench.roster`: how long the two engines take for a month, and how fair what they propose is.

Twenty people, thirty-one days, three posts with a day and a night watch each: 186 watches; some are on leave, some
kept more before. Processor time of this process. Exit code 0 also when a target is missed: a measurement is not a test.
"""

import time
from datetime import date, datetime, timedelta

from bench.figures import Figure, table
from huiying.registry.rostering import Engine, Keeper, Span, Tally, Task, Watch, has_solver, propose
from huiying.registry.rostering.soft import cost, widest
from huiying.rules.calendar import SHANGHAI

PEOPLE, DAYS, POSTS, TARGET = 20, 31, 3, 5.0
FIRST = datetime(2025, 5, 1, 8, 0, tzinfo=SHANGHAI)


def month() -> Task:
    """A month that can be filled, with a lead post that only half of the people may keep."""
    watches = []
    for day in range(DAYS):
        for post in range(POSTS):
            for begins, hours in ((0, 10), (10, 14)):
                at = FIRST + timedelta(days=day, hours=begins)
                span = Span(at, at + timedelta(hours=hours))
                watches.append(Watch(len(watches), post, span, post == POSTS - 1, at.weekday() > 4))
    return Task(tuple(watches), tuple(map(_keeper, range(PEOPLE))))


def _keeper(number: int) -> Keeper:
    away = date(2025, 5, 1 + number), date(2025, 5, 3 + number)
    posts = frozenset({number % POSTS, (number + 1) % POSTS})
    return Keeper(number, posts, number % 2 == 0, (away,), past=Tally(number % 5, number % 3, number % 2))


def measure() -> list[Figure]:
    """Time beside the target; empty watches, unevenness and the distance of most and fewest to be read."""
    task, figures = month(), []
    for engine in Engine:
        if engine is Engine.SOLVER and not has_solver():
            print("The solver is skipped: not installed (make setup-roster).")
            continue
        propose(Task(task.watches[:6], task.keepers), engine)  # what is read once in a process
        began = time.process_time()
        found = propose(task, engine)
        seconds = time.process_time() - began
        figures += [
            Figure(engine, f"a month's roster: {len(task.watches)} watches", seconds, "s", TARGET),
            Figure(engine, "a month's roster: watches nobody keeps", len(found.gaps), ""),
            Figure(engine, "a month's roster: unevenness (less is fairer)", cost(task, found.chosen), ""),
            Figure(engine, "a month's roster: most less fewest watches", widest(task, found.chosen), ""),
        ]
    return figures


def main() -> int:
    """Print the figures beside their target."""
    print(table({"186": measure()}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
