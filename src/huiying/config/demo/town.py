"""The town as its stories see it: founded, staffed, with a roster; and how its stories speak of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from huiying.config.demo import people
from huiying.config.demo.people import Cast, Person
from huiying.petitions.duties import quarters_before
from huiying.petitions.models import Petition
from huiying.publishing.figures import Month
from huiying.records.clock import SHANGHAI, official_date
from huiying.registry import actions, duty
from huiying.registry.models import Body, Place, Post, Staff, Unit
from huiying.registry.officers import Officer, officer_for
from huiying.registry.passphrases import DEMO_PASSPHRASE
from huiying.rules.actors import SYSTEM
from huiying.rules.permissions import Role

FOUNDED_DAYS_AGO = 400
FRIDAY = 4
HOURS = tuple((day, *span) for day in range(5) for span in ((time(9), time(12)), (time(14), time(17, 30))))


@dataclass
class Town:
    """Everything founded, looked up by code, and the present instant of the story."""

    body: Body
    now: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    petitions: dict[str, Petition] = field(default_factory=dict)
    to_follow: list[tuple[str, str, str]] = field(default_factory=list)  # what it shows, reference, code

    def day(self, ago: float, hour: int = 9, minute: int = 0) -> datetime:
        """An hour of the day so many days ago."""
        on = official_date(self.now) - timedelta(days=int(ago))
        return datetime.combine(on, time(hour, minute), SHANGHAI)

    def last_month(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """An hour of a day of the last whole month; a Saturday or Sunday moves to the Monday after."""
        on = Month.before(official_date(self.now)).first + timedelta(days=day - 1)
        on += timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > FRIDAY else 0)
        return datetime.combine(on, time(hour, minute), SHANGHAI)

    def last_quarter(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """An hour of a day of the last quarter that is over."""
        since, _until = next(iter(quarters_before(official_date(self.now), 1)))
        return datetime.combine(since + timedelta(days=day - 1), time(hour, minute), SHANGHAI)

    def ago(self, **parts: float) -> datetime:
        """So much before the present instant."""
        return self.now - timedelta(**parts)

    def holder(self, post: Post) -> Officer:
        """Whoever holds a post; the duty officer where nobody does."""
        staff = duty.holders_of(post, self.now).first()
        return self.officers[staff.account] if staff else self.officers["duty_officer"]

    def one(self, role: Role) -> Officer:
        """The first who holds a role."""
        return next(officer for officer in self.officers.values() if role in officer.roles)

    def announce(self, say: Callable[[str], object]) -> None:
        """Print the codes that open some petitions' pages: they are stored nowhere."""
        say("  Petitions to follow on the portal (number and code; shown this once):")
        for shown, reference, code in self.to_follow:
            say(f"    {reference}  {code}  {shown}")


def found(*, now: datetime, say: Callable[[str], object]) -> Town:
    """Found the town with its units, posts, people and places."""
    return founded(people.QINGXI, now=now, say=say)


def founded(cast: Cast, *, now: datetime, say: Callable[[str], object]) -> Town:
    """Found one body with its units, posts, people and reception rooms."""
    at = now - timedelta(days=FOUNDED_DAYS_AGO)
    say(f"  {cast.name}: {len(cast.units)} units, {len(cast.people)} people")
    body = actions.body_found(
        code=cast.code,
        name=cast.name,
        short=cast.short,
        superior_name=cast.superior,
        address=cast.address,
        phone=cast.phone,
        by=SYSTEM,
        at=at,
    )
    town = Town(body=body, now=now)
    _found_units(town, cast, at)
    units = {matter: town.units[code] for matter, code in cast.competent.items()}
    actions.categories_lay(body=body, units=units, by=SYSTEM, at=at)
    for account, person in cast.people.items():
        town.staff[account] = _enrol(town, account, person, at)
        town.officers[account] = officer_for(town.staff[account], at=now)
    _open_places(town, cast, at)
    return town


def _found_units(town: Town, cast: Cast, at: datetime) -> None:
    for code, name, kind in cast.units:
        phone = cast.unit_phones.get(code, "")
        unit = actions.unit_found(
            body=town.body, code=code, name=name, kind=kind, phone=phone, by=SYSTEM, at=at
        )
        town.units[code] = unit
        head = actions.post_create(unit=unit, code="unit_head", title=f"{name}负责人", by=SYSTEM, at=at)
        town.posts[f"unit_head_{code}"] = head
    for code, unit_code, title in cast.posts:
        unit = town.units[unit_code]
        town.posts[code] = actions.post_create(unit=unit, code=code, title=title, by=SYSTEM, at=at)


def _enrol(town: Town, account: str, person: Person, at: datetime) -> Staff:
    staff = actions.staff_enrol(
        body=town.body,
        account=account,
        name=person.name,
        passphrase=DEMO_PASSPHRASE,
        email=f"{account}@qingxi.invalid",
        by=SYSTEM,
        at=at,
    )
    unit = town.units[person.unit]
    held: list[Post | None] = [
        town.posts.get(f"{code}_{person.unit}") or town.posts[code] for code in person.posts
    ]
    for post in held or [None]:
        actions.grant_give(staff=staff, unit=unit, role=person.role, post=post, by=SYSTEM, at=at)
    return staff


def _open_places(town: Town, cast: Cast, at: datetime) -> None:
    for name, address, phone in cast.rooms:
        place = actions.place_open(
            body=town.body, name=name, address=address, phone=phone, hours=HOURS, by=SYSTEM, at=at
        )
        town.places.append(place)
