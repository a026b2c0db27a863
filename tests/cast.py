"""The fixed cast: one township with a person for every role, and its neighbour as the outsiders.

Built through actions only, so that each test stands on what the product itself would have written. Names say
the place and the part, so that a name found where none belongs is seen at once. Time is `FOUNDED`; give later
times to what a test does.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from huiying.records.clock import SHANGHAI
from huiying.registry import actions
from huiying.registry.models import Body, Place, Post, Staff, Unit, UnitKind
from huiying.registry.officers import Officer, officer_for
from huiying.rules.actors import SYSTEM
from huiying.rules.permissions import Role

FOUNDED = datetime(2025, 1, 2, 9, 0, tzinfo=SHANGHAI)
PASSPHRASE = "青溪流过石桥下 2025"


class QuickArgon2(Argon2PasswordHasher):
    """The product's hasher at the lowest cost: a cast of twenty signs up in milliseconds."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@dataclass(frozen=True)
class Part:
    """One person: where they sit, which role they hold, in which posts."""

    unit: str
    role: Role
    name: str
    posts: tuple[str, ...] = ()


# (code, name, kind); each unit also has a post `unit_head`.
QINGXI_UNITS = (
    ("leaders", "信访工作领导小组", UnitKind.LEADING_GROUP),
    ("petitions", "信访办", UnitKind.PETITION_OFFICE),
    ("duty", "值班室", UnitKind.DUTY_OFFICE),
    ("works", "村建办", UnitKind.DEPARTMENT),
    ("civil", "民政办", UnitKind.DEPARTMENT),
    ("publicity", "宣传办", UnitKind.DEPARTMENT),
    ("office", "党政办", UnitKind.DEPARTMENT),
)
# (code, unit, title). Nobody holds `interpreter`: an order that finds no one is a case of its own.
QINGXI_POSTS = (
    ("leading_group", "leaders", "领导小组成员"),
    ("reception", "petitions", "接访岗"),
    ("legal_adviser", "petitions", "法律顾问"),
    ("duty_officer", "duty", "值班员"),
    ("fact_finding", "works", "事实调查岗"),
    ("logistics", "civil", "后勤保障岗"),
    ("medical", "civil", "医疗联络岗"),
    ("interpreter", "civil", "语言服务岗"),
    ("press_officer", "publicity", "信息发布员"),
    ("planner", "office", "预案管理员"),
    ("store_keeper", "civil", "物资保管岗"),
)
QINGXI_PEOPLE = {
    # Registers, accepts, declines, assigns, shields. Never answers a claim, sends a reply, reads accusations.
    "clerk": Part("petitions", Role.CLERK, "青溪接待甲", ("reception",)),
    # A second pair of hands for races. The same limits; must find a matter taken when the first was faster.
    "second_clerk": Part("petitions", Role.CLERK, "青溪接待乙", ("reception", "legal_adviser")),
    # Answers matters assigned to works. Never sees civil's matters, a confidential original, names.
    "officer_works": Part("works", Role.OFFICER, "青溪承办甲", ("fact_finding",)),
    # The same in civil. The nearest outsider: same body, same role, wrong unit.
    "officer_civil": Part("civil", Role.OFFICER, "青溪承办乙", ("logistics", "medical")),
    # Sends the replies of works. Never accepts a petition, sends civil's replies or reads an original.
    "head_works": Part("works", Role.UNIT_HEAD, "青溪村建负责人", ("unit_head",)),
    # The same in civil.
    "head_civil": Part("civil", Role.UNIT_HEAD, "青溪民政负责人", ("unit_head",)),
    # Reads accusations, chases what is late, verifies corrections. Never handles, answers or assigns.
    "supervisor": Part("petitions", Role.SUPERVISOR, "青溪督办"),
    # Takes and verifies reports by day and night. Never reads a petition, never activates a plan.
    "duty_officer": Part("duty", Role.DUTY_OFFICER, "青溪值班甲", ("duty_officer",)),
    # Verifies what the first proposed, takes over the watch. The same limits.
    "second_duty_officer": Part("duty", Role.DUTY_OFFICER, "青溪值班乙", ("duty_officer",)),
    # Confirms warnings, activates, ends, promulgates, approves notices. Never reads a petition or a name.
    "leader": Part("leaders", Role.LEADING_GROUP, "青溪组长", ("leading_group",)),
    # The same when the first is away; never both signatures of one act.
    "deputy_leader": Part("leaders", Role.LEADING_GROUP, "青溪副组长", ("leading_group",)),
    # Drafts and publishes. Never approves their own notice, never reads a petition.
    "press_officer": Part("publicity", Role.PRESS_OFFICER, "青溪发布", ("press_officer",)),
    # Writes plans and evaluations. Never puts a plan in force, adopts an evaluation, reads a petition.
    "planner": Part("office", Role.PLANNER, "青溪预案", ("planner",)),
    # Counts and lends supplies, records what was spent. Never plans the watch, writes a plan, reads a petition.
    "store_keeper": Part("civil", Role.STORE_KEEPER, "青溪保管", ("store_keeper",)),
    # Reads the ledger of the own body. Never reads a petition's text or changes anything.
    "auditor": Part("office", Role.AUDITOR, "青溪审计"),
    # Sees queue and outbox states. Never gives a grant, never reads the ledger or any matter.
    "system_admin": Part("office", Role.SYSTEM_ADMIN, "青溪系统管理"),
    # Gives and ends grants. Never reads any matter, never gives one account two administrator posts.
    "security_admin": Part("office", Role.SECURITY_ADMIN, "青溪安全管理"),
    # Reads the ledger as the third administrator. Never gives grants, never sees the system page.
    "audit_admin": Part("office", Role.AUDIT_ADMIN, "青溪审计管理"),
}
BAISHI_UNITS = (
    ("leaders", "信访工作领导小组", UnitKind.LEADING_GROUP),
    ("petitions", "信访办", UnitKind.PETITION_OFFICE),
    ("works", "村建办", UnitKind.DEPARTMENT),
)
BAISHI_POSTS = (
    ("leading_group", "leaders", "领导小组成员"),
    ("reception", "petitions", "接访岗"),
    ("fact_finding", "works", "事实调查岗"),
)
BAISHI_PEOPLE = {
    # May do at home what the clerk does; must not see, name or touch anything of Qingxi.
    "outside_clerk": Part("petitions", Role.CLERK, "白石接待", ("reception",)),
    # The unit has the code of Qingxi's works: only the body tells them apart. Must reach nothing of Qingxi.
    "outside_officer": Part("works", Role.OFFICER, "白石承办", ("fact_finding",)),
    # Holds the highest role next door; must not confirm, activate, approve or read anything of Qingxi.
    "outside_leader": Part("leaders", Role.LEADING_GROUP, "白石组长", ("leading_group",)),
}
OFFICE_HOURS = tuple(
    (day, *span) for day in range(5) for span in ((time(9), time(12)), (time(14), time(17, 30)))
)


@dataclass
class Cast:
    """Everyone and everything founded; `staff`, `units` (own body) and `posts` are looked up by code."""

    qingxi: Body
    baishi: Body
    units: dict[str, Unit] = field(default_factory=dict)
    # A `unit_head` post is found by its unit too: unit_head_works, unit_head_civil.
    posts: dict[str, Post] = field(default_factory=dict)
    outside_units: dict[str, Unit] = field(default_factory=dict)
    outside_posts: dict[str, Post] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)

    clerk: Officer = field(init=False)
    second_clerk: Officer = field(init=False)
    officer_works: Officer = field(init=False)
    officer_civil: Officer = field(init=False)
    head_works: Officer = field(init=False)
    head_civil: Officer = field(init=False)
    supervisor: Officer = field(init=False)
    duty_officer: Officer = field(init=False)
    second_duty_officer: Officer = field(init=False)
    leader: Officer = field(init=False)
    deputy_leader: Officer = field(init=False)
    press_officer: Officer = field(init=False)
    planner: Officer = field(init=False)
    auditor: Officer = field(init=False)
    system_admin: Officer = field(init=False)
    security_admin: Officer = field(init=False)
    audit_admin: Officer = field(init=False)
    outside_clerk: Officer = field(init=False)
    outside_officer: Officer = field(init=False)
    outside_leader: Officer = field(init=False)

    @property
    def body(self) -> Body:
        """The body most tests stand in."""
        return self.qingxi

    @property
    def officer(self) -> Officer:
        """The officer of works: the one most matters are assigned to."""
        return self.officer_works

    @property
    def head(self) -> Officer:
        """The head of works."""
        return self.head_works

    @property
    def bodies(self) -> tuple[Body, Body]:
        """Both bodies, the own one first."""
        return self.qingxi, self.baishi


def found_body(code: str, name: str, short: str) -> Body:
    """A body with a reception place open on weekdays."""
    body = actions.body_found(
        code=code,
        name=name,
        short=short,
        superior_name="云岭县信访局",
        address=f"{name}政府路 1 号",
        phone="0571-0000 0001",
        by=SYSTEM,
        at=FOUNDED,
    )
    open_place(body)
    return body


def open_place(body: Body) -> Place:
    """The body's reception room."""
    return actions.place_open(
        body=body,
        name="人民来访接待室",
        address=f"{body.address} 一楼",
        phone="0571-0000 0002",
        hours=OFFICE_HOURS,
        by=SYSTEM,
        at=FOUNDED,
    )


def found_units(body: Body, units: Any, posts: Any) -> tuple[dict[str, Unit], dict[str, Post]]:
    """The units of a body, each with its head's post, and the posts that plans name."""
    founded = {
        code: actions.unit_found(body=body, code=code, name=name, kind=kind, by=SYSTEM, at=FOUNDED)
        for code, name, kind in units
    }
    created = {
        f"unit_head_{code}": actions.post_create(
            unit=unit, code="unit_head", title="负责人", by=SYSTEM, at=FOUNDED
        )
        for code, unit in founded.items()
    }
    for code, unit, title in posts:
        created[code] = actions.post_create(unit=founded[unit], code=code, title=title, by=SYSTEM, at=FOUNDED)
    return founded, created


def enrol(body: Body, account: str, part: Part, units: dict[str, Unit], posts: dict[str, Post]) -> Staff:
    """One person with their account and grants."""
    staff = actions.staff_enrol(
        body=body,
        account=account,
        name=part.name,
        passphrase=PASSPHRASE,
        email=f"{account}@{body.code}.invalid",
        by=SYSTEM,
        at=FOUNDED,
    )
    held: list[Post | None] = [posts.get(f"{code}_{part.unit}") or posts[code] for code in part.posts]
    for post in held or [None]:
        unit = units[part.unit] if post is None else post.unit
        actions.grant_give(staff=staff, unit=unit, role=part.role, post=post, by=SYSTEM, at=FOUNDED)
    return staff


def gather() -> Cast:
    """Found both bodies and enrol everyone."""
    cast = Cast(found_body("qingxi", "青溪镇", "QX"), found_body("baishi", "白石镇", "BS"))
    cast.units, cast.posts = found_units(cast.qingxi, QINGXI_UNITS, QINGXI_POSTS)
    cast.outside_units, cast.outside_posts = found_units(cast.baishi, BAISHI_UNITS, BAISHI_POSTS)
    for account, part in QINGXI_PEOPLE.items():
        cast.staff[account] = enrol(cast.qingxi, account, part, cast.units, cast.posts)
    for account, part in BAISHI_PEOPLE.items():
        cast.staff[account] = enrol(cast.baishi, account, part, cast.outside_units, cast.outside_posts)
    for account, staff in cast.staff.items():
        cast.officers[account] = officer_for(staff, at=FOUNDED)
        setattr(cast, account, cast.officers[account])
    return cast


def watch(
    cast: Cast, account: str, *, starts_at: datetime, hours: int = 12, post: str = "duty_officer"
) -> None:
    """Put one of the cast on watch."""
    actions.duty_plan(
        post=cast.posts[post],
        staff=cast.staff[account],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        by=SYSTEM,
        at=FOUNDED,
    )


def signed_in(client: Client, staff: Staff | Officer) -> Client:
    """The client with this person's session; nothing is typed and nothing is counted by the throttle."""
    person = Staff.objects.get(pk=staff.staff_id) if isinstance(staff, Officer) else staff
    client.force_login(person)
    return client
