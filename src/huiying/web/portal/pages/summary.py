"""Last month in one honest line, from released figures only: what is overdue is said, what is withheld is said too."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.publishing.open_figures import FiguresPage, Single, figures_page
from huiying.registry.models import Body


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The first day of the month, and its sentences."""

    first: date
    parts: tuple[str, ...]


def last_month(body: Body) -> MonthLine | None:
    """The newest released month of a body; None while nothing is released."""
    page = figures_page(body)
    return MonthLine(page.month.first, tuple(_parts(page))) if page else None


def _parts(page: FiguresPage) -> list[str]:
    figures = {single.definition.name: single for single in (*page.speed, *page.overdue)}
    total = page.asked[0].total if page.asked else None
    return [
        _received(total),
        *_share(figures.get("replied_in_time")),
        *_median(figures.get("days_to_reply_median")),
        _overdue(_value(figures.get("open_overdue"))),
    ]


def _value(single: Single | None) -> int | None:
    return single.value if single else None


def _received(number: int | None) -> str:
    """A withheld count is never a zero (zero is shown), and need not be small: the words say no more than that."""
    if number is None:
        return _("收到的件数没有单列")
    return _("收到 %(count)s") % {"count": _count(number)}


def _overdue(number: int | None) -> str:
    if number is None:
        return _("有超过期限还没有答复的，件数没有单列")
    return _("超过期限还没有答复的 %(count)s") % {"count": _count(number)}


def _count(number: int) -> str:
    return ngettext("%(number)s 件", "%(number)s 件", number) % {"number": number}


def _share(single: Single | None) -> list[str]:
    return (
        [_("%(share)s%% 按时答复") % {"share": single.value}] if single and single.value is not None else []
    )


def _median(single: Single | None) -> list[str]:
    if single is None or single.value is None:
        return []
    return [
        ngettext("一半在 %(days)s 天内答复", "一半在 %(days)s 天内答复", single.value)
        % {"days": single.value}
    ]
