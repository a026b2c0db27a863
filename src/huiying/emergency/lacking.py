"""Finding what is missing: each check is told the plan, who is there and what is in store, and asks the database nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from huiying.emergency.crew import (
    Filling,
    RoleFilled,
    Standing,
    number_of,
    readiness_of,
    roles_filled,
)
from huiying.emergency.lacks import Lack, LackKind, Where
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.selectors.care import care_due
from huiying.playbook.checks_ready import ROWS
from huiying.playbook.clauses import Contact as PlanContact
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import AtHand
from huiying.playbook.readiness import Readiness, Stock
from huiying.records.clock import SHANGHAI, start_of_day
from huiying.registry.models import Post
from huiying.rules.permissions import Role
from huiying.rules.supplies import VERIFY_EVERY
from huiying.rules.words import N_, said

DAYS = 14
# What the playbook's own table says better than anything written here, with where it belongs.
CHECKED = {
    "alternates-the-same": (LackKind.DEPUTY, Where.TEXT, (Role.PLANNER,)),
    "person-needed-twice": (LackKind.HANDS, Where.TEXT, (Role.PLANNER,)),
    "watch-unfillable": (LackKind.WATCH, Where.DUTY, (Role.DUTY_OFFICER, Role.LEADING_GROUP)),
    "shift-without-rest": (LackKind.WATCH, Where.DUTY, (Role.DUTY_OFFICER,)),
    "resource-short": (LackKind.SUPPLY, Where.SUPPLIES, (Role.STORE_KEEPER,)),
    "resource-expiring": (LackKind.SUPPLY, Where.SUPPLIES, (Role.STORE_KEEPER,)),
}
CONTACT_ROLES = (Role.DUTY_OFFICER, Role.PLANNER)
# A plan says in words what its roles must know; these words are looked for beside those the body itself keeps.
SKILLS = ("急救", "调解", "手语")


@dataclass(frozen=True, slots=True)
class Reached:
    """A registered contact that a plan names: when it last worked, since when it does not."""

    verified_on: date | None
    wrong_since: date | None


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Everything a check is told, read beforehand in a fixed number of statements."""

    now: datetime
    on: date
    standing: Standing
    last_held: Mapping[int, date]
    skills: Mapping[int, tuple[tuple[str, date | None], ...]]  # by member of staff: what, and its last day
    stock: tuple[Stock, ...]
    contacts: Mapping[str, tuple[Reached, ...]]
    has_fund: bool


def lacks_of_plan(version: PlanVersion, at: AtDesk, *, deep: bool) -> Iterator[Lack]:
    """Everything one plan misses. `deep` also holds the playbook's own checks against it, which take longer."""
    doc = document_read(version.text)
    rows = [row for row in roles_filled(doc, at.standing, at.on) if row.role.id in _needed(doc)]
    yield from _posts(rows, at)
    yield from _watches(doc, at)
    yield from _skills(doc, rows, at)
    yield from _contacts(doc, at)
    yield from _funds(doc, at)
    yield from _care(version, at)
    yield from _checked(doc, at, deep=deep)


def _needed(doc: PlanDocument) -> set[str]:
    """The roles with a step or a watch."""
    return {who for who in (*(s.who for s in doc.steps), *(w.who for w in doc.watches)) if who}


def posts_vacant(doc: PlanDocument, standing: Standing) -> dict[int, Post]:
    """The posts that the plan's roles fall to and that nobody holds."""
    needed = _needed(doc)
    posts = (standing.post(role) for role in doc.roles if role.id in needed)
    return {post.pk: post for post in posts if post is not None and not standing.holders.get(post.pk)}


def _posts(rows: Iterable[RoleFilled], at: AtDesk) -> Iterator[Lack]:
    for row in rows:
        if row.post is None:
            yield _post_missing(row)
        elif not at.standing.holders.get(row.post.pk):
            yield _of_post(
                row.post,
                LackKind.POST_VACANT,
                said(N_("岗位“{post}”没有人担任。"), post=row.post.title),
                Where.STAFF,
                (Role.UNIT_HEAD, Role.PLANNER),
                since=at.last_held.get(row.post.pk),
            )
        else:
            yield from _of_holders(row, row.post, at)


def _post_missing(row: RoleFilled) -> Lack:
    return Lack(
        LackKind.POST_MISSING,
        row.role.id,
        said(
            N_("预案的角色“{role}”没有对应岗位，代码应是 {code}。"),
            role=row.role.heading,
            code=row.role.id.replace("-", "_"),
        ),
        Where.UNITS,
        (Role.PLANNER, Role.SYSTEM_ADMIN),
    )


def _of_holders(row: RoleFilled, post: Post, at: AtDesk) -> Iterator[Lack]:
    if row.by is not Filling.HOLDERS:
        words = said(N_("岗位“{post}”的人今天都不在。"), post=post.title)
        roles = (Role.UNIT_HEAD, Role.DUTY_OFFICER)
        yield _of_post(post, LackKind.NOBODY_THERE, words, Where.DUTY, roles, since=at.on)
    if not at.standing.deputies.get(post.pk):
        words = said(N_("岗位“{post}”没有指定代理人。"), post=post.title)
        yield _of_post(post, LackKind.DEPUTY, words, Where.DUTY, (Role.DUTY_OFFICER, Role.PLANNER))


def _of_post(
    post: Post, kind: LackKind, what: str, where: Where, roles: tuple[Role, ...], **more: Any
) -> Lack:
    return Lack(kind, f"post{post.pk}", what, where, roles, post.unit_id, post.unit.name, **more)


def _watches(doc: PlanDocument, at: AtDesk) -> Iterator[Lack]:
    """Posts that the plan keeps day and night, and the first hour of the coming fourteen days that is too thin."""
    roles = {role.id: role for role in doc.roles}
    wanted: dict[int, tuple[Post, int]] = {}
    for watch in doc.watches:
        post = at.standing.post(roles[watch.who]) if watch.around_the_clock and watch.who in roles else None
        if post is not None:
            wanted[post.pk] = (post, wanted.get(post.pk, (post, 0))[1] + watch.people)
    for post, people in wanted.values():
        gap = first_gap(at.standing, post.pk, people, at.now)
        if gap is not None:
            words = _gap_words(post, people, gap, at)
            roles_of = (Role.DUTY_OFFICER, Role.LEADING_GROUP)
            yield _of_post(
                post, LackKind.WATCH, words, Where.DUTY, roles_of, since=gap.astimezone(SHANGHAI).date()
            )


def _gap_words(post: Post, people: int, gap: datetime, at: AtDesk) -> str:
    if not any(turn.post_id == post.pk for turn in at.standing.turns):
        return said(N_("“{post}”今后 {days} 天没有排班；预案要求昼夜有人。"), post=post.title, days=DAYS)
    when = f"{gap.astimezone(SHANGHAI):%m-%d %H:%M}"
    return said(
        N_("“{post}”从 {when} 起不足 {people} 人；预案要求昼夜有人。"),
        post=post.title,
        when=when,
        people=people,
    )


def first_gap(standing: Standing, post_id: int, people: int, now: datetime) -> datetime | None:
    """The first instant of the coming fourteen days at which fewer than so many keep the watch, or None."""
    turns = [turn for turn in standing.turns if turn.post_id == post_id]
    last = start_of_day(standing.on) + timedelta(days=DAYS)
    changes = {now} | {turn.ends_at for turn in turns} | {turn.starts_at for turn in turns}
    for instant in sorted(changes):
        there = {turn.staff_id for turn in turns if turn.starts_at <= instant < turn.ends_at}
        if now <= instant < last and len(there) < people:
            return instant
    return None


def _skills(doc: PlanDocument, rows: Iterable[RoleFilled], at: AtDesk) -> Iterator[Lack]:
    """What a role's duties name and nobody on its post is qualified for on this day."""
    known = {what for held in at.skills.values() for what, _last in held} | set(SKILLS)
    for row in rows:
        if row.post is None or row.by is not Filling.HOLDERS:
            continue
        said_of_it = "".join(words for part in row.role.parts() for words in part.sentences())
        for skill in sorted(skill for skill in known if skill in said_of_it):
            if not any(_has(at, person, skill) for person in at.standing.holders.get(row.post.pk, ())):
                yield _unskilled(row.post, skill)


def _has(at: AtDesk, person: int, skill: str) -> bool:
    held = at.skills.get(person, ())
    return any(skill in what and (last is None or last >= at.on) for what, last in held)


def _unskilled(post: Post, skill: str) -> Lack:
    words = said(N_("岗位“{post}”上没有人有在有效期内的“{skill}”资格。"), post=post.title, skill=skill)
    roles = (Role.DUTY_OFFICER, Role.PLANNER)
    key = f"post{post.pk}:{skill}"
    return Lack(LackKind.QUALIFICATION, key, words, Where.DUTY, roles, post.unit_id, post.unit.name)


def _contacts(doc: PlanDocument, at: AtDesk) -> Iterator[Lack]:
    for contact in doc.contacts:
        rows = at.contacts.get(contact.id, ())
        wrong = [row.wrong_since for row in rows if row.wrong_since]
        if wrong:
            yield _contact(contact, N_("联络“{contact}”的号码打不通。"), min(wrong))
            continue
        tried = max(filter(None, (contact.verified_on, *(row.verified_on for row in rows))), default=None)
        if tried is None:
            yield _contact(contact, N_("联络“{contact}”还没有人核对过。"), None)
        elif tried + timedelta(days=VERIFY_EVERY.n) < at.on:
            yield _contact(contact, N_("联络“{contact}”超过 90 天没有核对。"), tried)


def _contact(contact: PlanContact, words: str, since: date | None) -> Lack:
    what = said(words, contact=contact.heading)
    return Lack(LackKind.CONTACT, contact.id, what, Where.CONTACTS, CONTACT_ROLES, since=since)


def _funds(doc: PlanDocument, at: AtDesk) -> Iterator[Lack]:
    if doc.funds and not at.has_fund:
        words = said(N_("{year} 年还没有安排应急经费，预案写明要列入预算。"), year=at.on.year)
        yield Lack(LackKind.FUND, str(at.on.year), words, Where.SUPPLIES, (Role.LEADING_GROUP,))


def _care(version: PlanVersion, at: AtDesk) -> Iterator[Lack]:
    for due in care_due(version):
        if due.due_on < at.on:
            words = said(N_("“{plan}”的{duty}已经逾期。"), plan=version.plan.title, duty=due.duty.label)
            key = f"{version.plan_id}:{due.duty}"
            yield Lack(LackKind.CARE, key, words, Where.CARE, (Role.PLANNER,), since=due.due_on)


def _checked(doc: PlanDocument, at: AtDesk, *, deep: bool) -> Iterator[Lack]:
    """What the playbook's table finds in the readiness document made of the tables."""
    roles = roles_filled(doc, at.standing, at.on)
    ready = with_stock(readiness_of(doc, at.standing, roles, once=True), at)
    for rule in ROWS:
        if rule.id in CHECKED and (deep or CHECKED[rule.id][0] is LackKind.SUPPLY):
            for hit in rule.finds(doc, AtHand(ready, at.on)):
                yield _hit(rule.id, rule.reason, hit.clause_id, _named(hit.name, at), doc)


def with_stock(ready: Readiness, at: AtDesk) -> Readiness:
    """The same document with what is in store."""
    return ready.model_copy(update={"stock": at.stock})


def _hit(rule: str, reason: str, clause: str, name: str, doc: PlanDocument) -> Lack:
    kind, where, roles = CHECKED[rule]
    # A resource or a person is the same for every plan; a clause is one plan's own.
    key = f"{rule}:{clause or name}" if kind is LackKind.SUPPLY or not clause else f"{rule}:{doc.id}:{clause}"
    return Lack(kind, key, said(reason, name=name), where, roles)


def _named(words: str, at: AtDesk) -> str:
    """People by name instead of by number: whoever reads readiness reads the roster."""
    for staff in sorted(at.standing.names, reverse=True):
        words = words.replace(number_of(staff), at.standing.names[staff])
    return words
