"""A rehearsal at the desk: what is asked, run on the plan's own text; nothing of it leaves the program."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from huiying.emergency.crew import RoleFilled, Standing, crew_for, roles_filled, standing_of
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read, figures_now, playbook_for
from huiying.playbook.compiler import Playbook
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.rehearsal import Person, Rehearsal, Scenario, crew_of
from huiying.playbook.rehearsal.changes import Change, ChangeKind, ranked
from huiying.playbook.rehearsal.results import all_runs, told
from huiying.playbook.rehearsal.scenario import Spread, uncovered
from huiying.playbook.rehearsal.tables import Tables, tables_of
from huiying.playbook.rehearsal.written import as_json
from huiying.records.clock import official_date
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

MOST_RUNS = 1000
MOST_WORK = 90_000  # runs × steps; about two seconds, so that a page can wait for it
TRIED_WORK = 12_000  # the same for each change that is tried
MOST_EACH = 5
SEED = 1  # the same luck for all, so that two rehearsals differ by what was assumed alone
MINUTE = 60


class Crew(StrEnum):
    """Who is there in a rehearsal."""

    OWN = "own"
    FULL = "full"

    @property
    def label(self) -> str:
        """The Chinese words for it."""
        return CREW_LABELS[self]


CREW_LABELS = {
    Crew.OWN: N_("本机构当天的人：岗位、值班表、请假都算进去"),
    Crew.FULL: N_("假设每个角色都有人"),
}


Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is assumed. Times in minutes: shortest, usual, longest; `work` and the shares in hundredths.

    The fields are those of the playbook's Scenario; what is usual stands in its place until somebody knows better.
    """

    level: str
    facets: tuple[str, ...]
    starts_at: datetime
    crew: Crew = Crew.OWN
    each: int = 1
    runs: int = MOST_RUNS
    silent: int = 6
    away: int = 30
    decision: Three = (5, 12, 30)
    answer: Three = (0.3, 1.5, 8)
    travel: Three = (3, 12, 40)
    work: Three = (15, 45, 110)
    unlimited: int = 60
    hands_on: int = 10

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept."""
        return {**asdict(self), "starts_at": self.starts_at.isoformat(), "crew": self.crew.value}


ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
RESULT: TypeAdapter[Rehearsal] = TypeAdapter(Rehearsal)


def asked_read(kept: Mapping[str, Any]) -> Asked:
    """What was assumed, from what was kept."""
    return ASKED.validate_python(kept)


def result_read(kept: Mapping[str, Any]) -> Rehearsal:
    """What came out, from what was kept."""
    return RESULT.validate_python(kept)


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a rehearsal is run on."""

    tables: Tables
    roles: tuple[RoleFilled, ...]


def rehearsed(version: PlanVersion, asked: Asked) -> dict[str, Any]:
    """Run it and try what would help; plain values to be kept. Raises Incomplete, NotRehearsable, PlanNotRunnable."""
    _check(version, asked)
    table = laid(version, asked)
    steps = len(table.tables.rows)
    if asked.runs * steps > MOST_WORK:
        raise _wrong("runs", said(N_("这份预案步骤多，请填写不超过 {most} 次。"), most=MOST_WORK // steps))
    result = told(table.tables, all_runs(table.tables, runs=asked.runs, seed=SEED), seed=SEED)
    tried = max(20, min(200, asked.runs, TRIED_WORK // steps))
    changes = ranked(table.tables, runs=tried, seed=SEED)
    return {**_kept(as_json(result, changes)), "crew": [_member(row) for row in table.roles], "tried": tried}


def _kept(told_so: dict[str, Any]) -> dict[str, Any]:
    """How late a single person would be is nobody's figure: the load is kept, by number."""
    return {**told_so, "people": [{**person, "late": 0.0} for person in told_so["people"]]}


def _member(row: RoleFilled) -> dict[str, Any]:
    return {
        "role": row.role.id,
        "title": row.role.heading,
        "post": row.post.title if row.post else "",
        "people": list(row.people),
        "by": row.by.value,
    }


def _check(version: PlanVersion, asked: Asked) -> None:
    doc = document_read(version.text)
    known = {facet.id for facet in doc.facets}
    if asked.level not in {level.level.value for level in doc.levels}:
        raise _wrong("level", N_("请选择预案已规定的响应级别。"))
    if set(asked.facets) - known:
        raise _wrong("facets", N_("请从预案列出的情形中选择。"))
    if not 1 <= asked.runs <= MOST_RUNS:
        raise _wrong("runs", said(N_("请填写 1 到 {most} 次。"), most=MOST_RUNS))
    if not 1 <= asked.each <= MOST_EACH:
        raise _wrong("each", said(N_("请填写 1 到 {most} 个人。"), most=MOST_EACH))
    for name in ("decision", "answer", "travel", "work"):
        least, usual, longest = getattr(asked, name)
        if not 0 <= least <= usual <= longest <= 100_000:
            raise _wrong(name, N_("请按“最短 通常 最长”填写三个数，后面的不小于前面的。"))
    _check_shares(asked)


def _check_shares(asked: Asked) -> None:
    if not 0 <= asked.silent <= 95:
        raise _wrong("silent", N_("请填写 0 到 95 之间的整数。"))
    if not 0 <= asked.away <= 100:
        raise _wrong("away", N_("请填写 0 到 100 之间的整数。"))
    if not 1 <= asked.hands_on <= 100:
        raise _wrong("hands_on", N_("请填写 1 到 100 之间的整数。"))
    if not 1 <= asked.unlimited <= 100_000:
        raise _wrong("unlimited", N_("请填写 1 以上的整数。"))


def _wrong(field: str, sentence: Any) -> Incomplete:
    return Incomplete(
        N_("没有演算：有一处填写不对。"),
        fields={field: sentence},
        rule="emergency.rehearse",
        remedy=N_("请改正标出的地方后重试。"),
    )


def laid(version: PlanVersion, asked: Asked) -> Table:
    """The plan at that level on that day with its people. Raises Incomplete where nobody could do a step."""
    doc = document_read(version.text)
    playbook = playbook_for(
        version, level=asked.level, facets=list(asked.facets), figures=figures_now(version)
    )
    standing: Standing | None = None
    roles: tuple[RoleFilled, ...] = ()
    if asked.crew is Crew.OWN:
        day = official_date(asked.starts_at)
        standing = standing_of(version.plan.body_id, on=day)
        roles = roles_filled(doc, standing, day)
    crew = _crew(doc, asked, standing)
    _check_covered(doc, playbook, crew)
    return Table(tables_of(playbook, _scenario(asked, crew)), roles)


def _crew(doc: PlanDocument, asked: Asked, standing: Standing | None) -> tuple[Person, ...]:
    return crew_for(doc, standing, asked.starts_at) if standing else crew_of(doc, each=asked.each)


def _check_covered(doc: PlanDocument, playbook: Playbook, crew: tuple[Person, ...]) -> None:
    missing = set(uncovered(playbook, crew))
    if missing:
        titles = tuple(role.heading for role in doc.roles if role.id in missing)
        raise _wrong(
            "crew", said(N_("这一天没有人担任：{roles}。请补上人，或选“假设每个角色都有人”。"), roles=titles)
        )


def _scenario(asked: Asked, crew: tuple[Person, ...]) -> Scenario:
    return Scenario(
        crew,
        decision=Spread(*asked.decision).times(MINUTE),
        answer=Spread(*asked.answer).times(MINUTE),
        travel=Spread(*asked.travel).times(MINUTE),
        work=Spread(*asked.work).times(0.01),
        silent=asked.silent / 100,
        away=asked.away / 100,
        unlimited=timedelta(minutes=asked.unlimited),
        hands_on=asked.hands_on / 100,
    )


def changes_read(kept: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes that were tried, in their order."""
    return tuple(
        Change(
            ChangeKind(row["kind"]),
            row["role"],
            row["late_before"],
            row["late_after"],
            tuple(row["sooner"].items()),
        )
        for row in kept["changes"]
    )


def level_of(asked: Asked) -> ResponseLevel:
    """The level as the playbook names it."""
    return ResponseLevel(asked.level)


def digest_of(text: str) -> str:
    """By what a text is known again."""
    return sha256(text.encode()).hexdigest()
