"""Searches with their filters that members of staff keep for themselves."""

from datetime import datetime

from django.db import transaction

from huiying.petitions.models import SavedView
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete, NotThere, Refusal
from huiying.rules.words import N_

NAME_MAX, QUERY_MAX, VIEWS_MAX = 40, 400, 30


@transaction.atomic
def view_save(*, name: str, query: str, by: Officer, at: datetime) -> SavedView:
    """Keep a search under a name, for oneself; the same name is written over. Raises Incomplete by field."""
    _check_lists(by)
    name = " ".join(clean(name).split())
    if not 0 < len(name) <= NAME_MAX:
        sentence = N_("请写 40 字以内的名称。")
        raise Incomplete(sentence, fields={"name": sentence}, rule="view.name")
    if len(query) > QUERY_MAX:
        raise Incomplete(
            N_("筛选条件太长，没有保存。"), fields={"name": N_("请减少一些条件。")}, rule="view.query"
        )
    mine = SavedView.objects.filter(staff_id=by.staff_id)
    if not mine.filter(name=name).exists() and mine.count() >= VIEWS_MAX:
        raise Refusal(N_("最多保存 30 个常用筛选。"), rule="view.most", remedy=N_("请先删去不用的。"))
    view, _new = SavedView.objects.update_or_create(
        staff_id=by.staff_id, name=name, defaults={"query": query, "saved_at": at}
    )
    ledger.append(EventKind.VIEW_SAVED, view, by=by, at=at, body_id=by.body_id)
    return view


@transaction.atomic
def view_drop(*, view_id: int, by: Officer, at: datetime) -> None:
    """Drop one of one's own saved searches. Raises NotThere for another's."""
    view = SavedView.objects.filter(pk=view_id, staff_id=by.staff_id).first()
    if view is None:
        raise NotThere(N_("没有找到这个常用筛选。"), rule="view.gate")
    ledger.append(EventKind.VIEW_DROPPED, view, by=by, at=at, body_id=by.body_id)
    view.delete()


def _check_lists(by: Officer) -> None:
    if not can_somewhere(by.grants, Action.PETITION_LIST):
        by.check(Action.PETITION_LIST)
