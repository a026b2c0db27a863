"""`huiying demo`: an invented township in which everything has happened once, built through actions only.

Each part is a story: a generator that yields the instant of its next act and then does it. All stories run together
in the order of their instants, so the ledger reads as the town's year did. One transaction: the town is there or not.
"""

import argparse
import heapq
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiying.config.demo.town import Town

Story = Iterator[datetime]
PROGRESS = 100


def add_demo_arguments(parser: argparse.ArgumentParser) -> None:
    """The demo has nothing to choose."""
    del parser


def run_demo(arguments: argparse.Namespace) -> int:
    """Build the town in an empty database, or say that it is there. Raises CannotStart in a real body's database."""
    del arguments
    from huiying.config.database import ensure_master_key, migrate
    from huiying.config.folder import CannotStart
    from huiying.config.options import load_options
    from huiying.config.town import database_is_empty, demo_is_loaded

    options = load_options()
    migrate(_say)
    ensure_master_key(options)
    if demo_is_loaded():
        _say("The demo town is here already; nothing was changed.")
    elif not database_is_empty():
        raise CannotStart("A real body is founded in this database; the demo town needs an empty one.")
    else:
        load_demo(say=_say)
    home = options.address_shown
    _say(f"  Portal   {home}/\n  Console  {home}/console/   (after `huiying serve`)")
    _say_logins()
    return 0


def load_demo(*, say: Callable[[str], object] = print, at: datetime | None = None) -> None:
    """Build the town as it stands at `at` (now, when not given). Refused in production: its passphrases are public."""
    from django.db import transaction

    from huiying.config.demo.town import found
    from huiying.config.folder import CannotStart
    from huiying.config.options import load_options
    from huiying.records import clock

    if load_options().production:
        raise CannotStart("The demo town is refused in production mode: its passphrases are public.")
    started = time.monotonic()
    now = at or clock.now()
    with transaction.atomic():
        town = found(now=now, say=say)
        acts = tell([*_stories(town), *_beside(now, say)], until=now, say=say)
    town.announce(say)
    say(f"The demo town is ready: {acts} acts in {time.monotonic() - started:.1f} s.")


def tell(stories: list[Story], *, until: datetime, say: Callable[[str], object]) -> int:
    """Run stories side by side and return how many acts there were.

    What a story would do after `until` has not happened yet: the town stands still there.
    """
    acts = 0
    for instant in side_by_side(stories):
        if instant > until:
            break
        acts += 1
        if acts % PROGRESS == 0:
            say(f"  {acts} acts, up to {instant:%Y-%m-%d}")
    return acts


def side_by_side(stories: list[Story]) -> Story:
    """Several stories as one, in the order of their instants."""
    order = count()  # two acts of one instant keep the order of their stories
    waiting = [(first, next(order), story) for story in stories if (first := next(story, None))]
    heapq.heapify(waiting)
    while waiting:
        instant, _, story = heapq.heappop(waiting)
        yield instant
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, instant), next(order), story))


def _stories(town: "Town") -> list[Story]:
    from huiying.config.demo import causes, desks, fall, flood, lessons, letters, plan, stores, watches

    return [
        *letters.stories(town),
        desks.story(town),
        plan.story(town),
        plan.next_plan(town),
        watches.story(town),
        *stores.stories(town),
        causes.story(town),
        fall.story(town),
        lessons.story(town),
        flood.story(town),
        causes.figures(town),
    ]


def _beside(now: datetime, say: Callable[[str], object]) -> list[Story]:
    """The bodies beside the town, each with its plan."""
    from huiying.config.demo import people_beside, plan
    from huiying.config.demo.town import founded

    return [
        plan.college(founded(people_beside.UNIVERSITY, now=now, say=say)),
        plan.expropriation_office(founded(people_beside.EXPROPRIATION, now=now, say=say)),
    ]


def _say_logins() -> None:
    from huiying.config.town import accounts_by_role
    from huiying.registry.passphrases import DEMO_PASSPHRASE

    _say(f"  Sign in with the passphrase {DEMO_PASSPHRASE} as:")
    for role, account in accounts_by_role():
        _say(f"    {account:<20} {role}")


def _say(text: str) -> None:
    print(text, flush=True)
