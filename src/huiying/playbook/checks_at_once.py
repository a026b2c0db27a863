"""Which roles are busy in the same hours, and whether there are people enough for all of them.

Times are those the plan allows: a step begins when what it needs must be done at the latest, and ends at its own
limit. A step with more than two hours can be done before or after another and is never counted as "at once".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from huiying.playbook.compiler import PlanNotRunnable, Playbook, PlaybookStep, compile_plan
from huiying.playbook.document import PlanDocument

AT_ONCE = timedelta(hours=2)
MOST_BRANCHES = 40


@dataclass(frozen=True, slots=True)
class Window:
    """When a step is worked on, counted from the activation, or from the end of the response."""

    step: PlaybookStep
    starts: timedelta
    ends: timedelta

    @property
    def tight(self) -> bool:
        """Say whether the step leaves no room for another beside it."""
        return timedelta(0) < self.ends - self.starts <= AT_ONCE


@dataclass(frozen=True, slots=True)
class TooFew:
    """Roles that are busy at once and the people among whom all of them must be found."""

    roles: tuple[str, ...]
    people: tuple[str, ...]


def busy_at_once(doc: PlanDocument) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each step with the roles busy when it begins, at the highest level, for no facet and for each alone."""
    if not doc.levels:
        return
    highest = max((level.level for level in doc.levels), key=lambda level: level.strength)
    for facets in [(), *((facet.id,) for facet in doc.facets[:MOST_BRANCHES])]:
        try:
            playbook = compile_plan(doc, level=highest, facets=facets)
        except PlanNotRunnable:
            continue
        yield from _busy(playbook)


def _busy(playbook: Playbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    tight = [window for window in windows(playbook) if window.tight]
    for one in tight:
        meanwhile = (
            other
            for other in tight
            if other.step.after_end == one.step.after_end and other.starts <= one.starts < other.ends
        )
        roles = dict.fromkeys(other.step.role.id for other in meanwhile)
        if len(roles) > 1:
            yield one.step.id, tuple(sorted(roles))


def windows(playbook: Playbook) -> list[Window]:
    """The window of every step that has a limit, in the playbook's order."""
    ends: dict[str, timedelta] = {}
    found = []
    for step in playbook.steps:
        base = ends.get(step.trigger.step, timedelta(0)) if step.trigger.step else timedelta(0)
        starts = max((ends.get(need, timedelta(0)) for need in step.needs), default=timedelta(0))
        ends[step.id] = max(base + (step.within or timedelta(0)), starts)
        if step.within:
            found.append(Window(step, starts, ends[step.id]))
    return found


def too_few(roles: Sequence[str], candidates: Mapping[str, Sequence[str]]) -> TooFew | None:
    """The roles among these that cannot all be filled by different people, or None; a role nobody fills is left out."""
    filled: dict[str, str] = {}
    for role in roles:
        tried: set[str] = set()
        if candidates.get(role) and not _place(role, candidates, filled, tried):
            crowded = {role} | {filled[person] for person in tried}
            return TooFew(tuple(sorted(crowded)), tuple(sorted(tried)))
    return None


def _place(
    role: str, candidates: Mapping[str, Sequence[str]], filled: dict[str, str], tried: set[str]
) -> bool:
    """Find somebody for the role, moving others to their second choice where that helps."""
    for person in candidates.get(role, ()):
        if person in tried:
            continue
        tried.add(person)
        if person not in filled or _place(filled[person], candidates, filled, tried):
            filled[person] = role
            return True
    return False
