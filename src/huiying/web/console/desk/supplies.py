"""The duties of a day about supplies: what is short, what spoils, what should be back, who is to be called."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.emergency import selectors
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.rules.supplies import SOON, Shelf
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import day, days_words

LIMIT = 10


def _short(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in selectors.items_short(officer, official_date(at), limit=LIMIT):
        note = _("还缺 %(n)s %(measure)s") % {"n": row.missing, "measure": row.item.measure}
        yield Task(row.item.name, reverse("console:supply_item", args=[row.item.pk]), note)


def _spoiling(officer: Officer, at: datetime) -> Iterable[Task]:
    today = official_date(at)
    for row in selectors.lots_expiring(officer, today, days=SOON.n, limit=LIMIT):
        url = reverse("console:store_page", args=[row.lot.store_id])
        assert row.lot.expires_on is not None
        left = days_words((row.lot.expires_on - today).days)
        yield Task(f"{row.lot.item.name} · {row.lot.store.name}", url, left, row.shelf is Shelf.EXPIRED)


def _lent(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in selectors.loans_listed(officer, official_date(at), late=True, limit=LIMIT):
        title = f"{row.loan.lot.item.name} · {row.loan.unit.name}"
        yield Task(title, reverse("console:loans"), days_words(-row.late), late=True)


def _to_call(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in selectors.contacts_due(officer.body_id, official_date(at), limit=LIMIT):
        since = row.contact.wrong_since
        words = _("%(day)s起打不通") % {"day": day(since)} if since else _("该核对了")
        yield Task(row.contact.organisation, reverse("console:contacts_round"), words, row.is_wrong)


# As in `tasks`: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.SUPPLY_COUNT, lambda: _("不够的物资"), _short),
    (Action.SUPPLY_COUNT, lambda: _("过期或 30 天内到期的物资"), _spoiling),
    (Action.SUPPLY_EDIT, lambda: _("逾期未还的借用"), _lent),
    (Action.CONTACT_VERIFY, lambda: _("要核对的联络电话"), _to_call),
)
