"""How long a grant may run: most until they are ended, an auditor's to a named day."""

from datetime import date, timedelta

from huiying.rules.durations import CalendarDays
from huiying.rules.permissions import Role
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

# POLICY: an auditor comes for one audit. Whoever may read every event of a body reads them for a reason with an end.
LONGEST: dict[Role, CalendarDays] = {Role.AUDITOR: CalendarDays(90)}


def latest_day(role: Role, *, today: date) -> date | None:
    """The furthest last day a grant of this role may have when it is given or extended today; None: no limit."""
    longest = LONGEST.get(role)
    return today + timedelta(days=longest.n) if longest else None


def check_last_day(role: Role, expires_on: date | None, *, today: date) -> None:
    """Raise Incomplete(expires_on) for a last day that is missing where one must be, past, or too far away."""
    latest = latest_day(role, today=today)
    if expires_on is None:
        if latest is not None:
            raise _wrong(said(N_("{role}的授权要写明最后一天。"), role=role.label))
    elif expires_on < today:
        raise _wrong(N_("最后一天不能早于今天。"))
    elif latest is not None and expires_on > latest:
        raise _wrong(said(N_("{role}的授权最长 {days} 天。"), role=role.label, days=LONGEST[role].n))


def _wrong(sentence: str) -> Incomplete:
    return Incomplete(N_("请改一改最后一天。"), fields={"expires_on": sentence}, rule="granting.last_day")
