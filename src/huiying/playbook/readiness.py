"""Who and what is at hand: a document of its own beside the plan, so that a plan names no person.

It lists the body's own posts and stock on the days it covers. People stand in it under an id the body chooses;
why somebody is away is nobody's business here.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from huiying.playbook.clauses import Many, Ref
from huiying.playbook.times import Length
from huiying.playbook.yaml_form import problems_of
from huiying.playbook.yaml_tree import PlanUnreadable, tree_read


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Away(_Row):
    """Days on which somebody is not there, both included."""

    starts_on: date
    ends_on: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_on < self.starts_on:
            raise PydanticCustomError("order", "ends before it starts")
        return self


class Person(_Row):
    """Somebody on the staff, the roles they can fill, and when they are away."""

    id: Ref
    roles: tuple[Ref, ...] = Many
    away: tuple[Away, ...] = Many

    def there(self, on: date | None) -> bool:
        """Say whether they are there on that day; an unknown day asks for no absence."""
        return on is None or not any(gone.starts_on <= on <= gone.ends_on for gone in self.away)


class Shift(_Row):
    """One turn of duty in local time: which role, from when to when, kept by whom."""

    role: Ref
    person: Ref
    starts_at: NaiveDatetime
    ends_at: NaiveDatetime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise PydanticCustomError("order", "ends before it starts")
        return self


class Stock(_Row):
    """A quantity of a resource of the plan, and the last day on which it is good."""

    resource: Ref
    quantity: Annotated[int, Field(ge=0, le=1_000_000_000)]
    expires_on: date | None = None

    def good(self, on: date | None) -> bool:
        """Say whether it is still good on that day."""
        return on is None or self.expires_on is None or self.expires_on >= on


class Verified(_Row):
    """A contact of the plan, and when somebody last tried it."""

    contact: Ref
    verified_on: date


class Readiness(_Row):
    """Who and what is at hand. The two rest figures are the body's own; the law's limits on work stand above them."""

    format: Literal["huiying-readiness/1"] = "huiying-readiness/1"
    rest: Length = timedelta(hours=11)
    hours_a_week: Annotated[int, Field(ge=1, le=168)] = 40
    people: tuple[Person, ...] = Many
    shifts: tuple[Shift, ...] = Field(default=(), max_length=5000)
    stock: tuple[Stock, ...] = Field(default=(), max_length=2000)
    contacts: tuple[Verified, ...] = Many

    @model_validator(mode="after")
    def _ids_used_once(self) -> Self:
        seen: set[str] = set()
        for person in self.people:
            if person.id in seen:
                raise PydanticCustomError("duplicate_id", "duplicate id", {"id": person.id})
            seen.add(person.id)
        return self

    def able(self, role: str, on: date | None) -> tuple[str, ...]:
        """The people who can fill that role and are there on that day, in the order of the document."""
        return tuple(one.id for one in self.people if role in one.roles and one.there(on))

    def quantity(self, resource: str, on: date | None) -> int:
        """How much of that resource is good on that day."""
        return sum(row.quantity for row in self.stock if row.resource == resource and row.good(on))

    def verified_on(self, contact: str) -> date | None:
        """When that contact was last tried, or None."""
        return max((row.verified_on for row in self.contacts if row.contact == contact), default=None)


def read(text: str) -> Readiness:
    """Read who and what is at hand. Raises PlanUnreadable with every line at fault and its remedy."""
    tree = tree_read(text)
    try:
        return Readiness.model_validate(tree.value)
    except ValidationError as error:
        raise PlanUnreadable(problems_of(error, tree, _names())) from None


def _names() -> Iterable[str]:
    return sorted(
        {name for row in (Readiness, Person, Away, Shift, Stock, Verified) for name in row.model_fields}
    )
