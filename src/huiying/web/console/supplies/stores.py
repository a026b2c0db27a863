"""The overview; stores, items and their history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.supply_kinds import SupplyKind
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.supplies import POLICY, runs_out_on
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.views import body_of
from huiying.web.console.supplies.acting import asked, csv_answer, posted, tab_rows
from huiying.web.console.supplies.forms import ItemForm, ReceiveForm, StoreForm

PAGE = 50
EXPORTED = 2000


@require_safe
@console_view(Action.SUPPLY_READ)
def supplies(request: OfficerRequest) -> HttpResponse:
    """What is short, what expires, what is out, where things are."""
    officer, today = request.officer, clock.today()
    kind = request.GET.get("kind", "")
    page = selectors.items_page(
        officer, today, kind=kind if kind in set(SupplyKind) else "", after=request.GET.get("after", "")
    )
    context = {
        "tab_rows": tab_rows(request),
        "today": today,
        "short": selectors.items_short(officer, today),
        "expiring": selectors.lots_expiring(officer, today),
        "loans": selectors.loans_listed(officer, today),
        "stores": selectors.stores_listed(officer),
        "page": page,
        "kind": kind,
        "kinds": [("", _("全部")), *((each.value, each.label) for each in SupplyKind)],
        **_may(request),
    }
    return render(request, "console/supplies/overview.html", context)


@require_safe
@console_view(Action.SUPPLY_READ)
def exported(request: OfficerRequest) -> HttpResponse:
    """Every lot as a file."""
    header = [_("存放点"), _("类别"), _("物资"), _("数量"), _("计量单位"), _("有效期至"), _("盘点日期")]
    return csv_answer("stock", header, map(_exported, _all_lots(request)))


@require_safe
@console_view(Action.SUPPLY_READ)
def printed(request: OfficerRequest) -> HttpResponse:
    """Every lot, store by store, on paper."""
    return render(
        request, "console/supplies/print.html", {"rows": _all_lots(request), "today": clock.today()}
    )


def _all_lots(request: OfficerRequest) -> list[Any]:
    return list(selectors.lots_all(request.officer)[:EXPORTED])


def _exported(lot: Any) -> list[Any]:
    counted = clock.official_date(lot.counted_at) if lot.counted_at else ""
    kind = _(lot.item.get_kind_display())
    return [lot.store.name, kind, lot.item.name, lot.quantity, lot.item.measure, lot.expires_on, counted]


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def store_add(request: OfficerRequest) -> HttpResponse:
    """Open a store."""
    form = StoreForm(posted(request), officer=request.officer)
    words = (_("增加存放点"), _("保存"), _("存放点已增加。"))
    return asked(
        request,
        form,
        actions.store_open,
        words=words,
        back=reverse("console:supplies"),
        body=body_of(request),
    )


@require_safe
@console_view(Action.SUPPLY_READ)
def store_page(request: OfficerRequest, store_id: int) -> HttpResponse:
    """What is in one store."""
    store = supply_gate.store_for(request.officer, store_id)
    held = selectors.store_held(request.officer, store, clock.today())
    context = {"store": store, "held": held, "today": clock.today(), **_may(request)}
    return render(request, "console/supplies/store.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def store_change(request: OfficerRequest, store_id: int) -> HttpResponse:
    """Change what is said of a store."""
    store = supply_gate.store_for(request.officer, store_id)
    held = {"name": store.name, "address": store.address, "keeper_post": store.keeper_post_id}
    form = StoreForm(posted(request), officer=request.officer, initial=held)
    back = reverse("console:store_page", args=[store.pk])
    words = (store.name, _("保存"), _("已保存。"))
    return asked(request, form, actions.store_change, words=words, back=back, store=store)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def store_close(request: OfficerRequest, store_id: int) -> HttpResponse:
    """Ask once more, then close a store."""
    store = supply_gate.store_for(request.officer, store_id)
    if request.method == "POST":
        actions.store_close(store=store, by=request.officer, at=clock.now())
        messages.success(request, _("存放点已关闭。"))
        return HttpResponseRedirect(reverse("console:supplies"), status=303)
    context = {
        "title": _("关闭“{name}”？").format(name=store.name),
        "message": _("里面还有物资、应急包或借出未还的，不能关闭。关闭后选不到它，历史记录都保留。"),
        "action": request.path,
        "confirm_label": _("关闭"),
        "cancel_url": reverse("console:store_page", args=[store.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def receive(request: OfficerRequest, store_id: int) -> HttpResponse:
    """Put something into a store."""
    store = supply_gate.store_for(request.officer, store_id)
    form = ReceiveForm(posted(request), items=supply_gate.items_for(request.officer))
    form.fields["item"].label_from_instance = lambda item: f"{item.name}（{item.measure}）"  # type: ignore[attr-defined]
    back = reverse("console:store_page", args=[store.pk])
    words = (_("入库：%(store)s") % {"store": store.name}, _("入库"), _("已入库。"))
    return asked(request, form, actions.stock_receive, words=words, back=back, store=store)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def item_add(request: OfficerRequest) -> HttpResponse:
    """Add one kind of thing."""
    words = (_("增加物资品种"), _("保存"), _("已增加。接着到存放点办理入库。"))
    return asked(
        request,
        ItemForm(posted(request)),
        actions.item_add,
        words=words,
        back=reverse("console:supplies"),
        body=body_of(request),
    )


@require_safe
@console_view(Action.SUPPLY_READ)
def item_page(request: OfficerRequest, item_id: int) -> HttpResponse:
    """Where an item lies, how long it lasts, and its whole history."""
    today = clock.today()
    row = selectors.item_counted(request.officer, item_id, today)
    history = selectors.movements_of(row.item, after=number(request.GET.get("after", "")))
    context = {
        "row": row,
        "runs_out": runs_out_on(row.good, row.item.daily_use, today),
        "lots": selectors.lots_of(request.officer, row.item, today),
        "history": history[:PAGE],
        "next_key": history[PAGE - 1].pk if len(history) > PAGE else None,
        "policy": POLICY,
        **_may(request),
    }
    return render(request, "console/supplies/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def item_change(request: OfficerRequest, item_id: int) -> HttpResponse:
    """Change what is said of an item."""
    item = supply_gate.item_for(request.officer, item_id)
    names = ("kind", "name", "measure", "minimum", "daily_use", "resource")
    form = ItemForm(posted(request), initial={name: getattr(item, name) for name in names})
    back = reverse("console:supply_item", args=[item.pk])
    words = (item.name, _("保存"), _("已保存。"))
    return asked(request, form, actions.item_change, words=words, back=back, item=item)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def item_end(request: OfficerRequest, item_id: int) -> HttpResponse:
    """Ask once more, then keep an item no longer."""
    item = supply_gate.item_for(request.officer, item_id)
    if request.method == "POST":
        actions.item_end(item=item, by=request.officer, at=clock.now())
        messages.success(request, _("已停用。"))
        return HttpResponseRedirect(reverse("console:supplies"), status=303)
    context = {
        "title": _("停用“{name}”？").format(name=item.name),
        "message": _("还有库存或借出未还的，不能停用。停用后选不到它，历史记录都保留。"),
        "action": request.path,
        "confirm_label": _("停用"),
        "cancel_url": reverse("console:supply_item", args=[item.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _may(request: OfficerRequest) -> dict[str, bool]:
    officer = request.officer
    return {"may_edit": officer.can(Action.SUPPLY_EDIT), "may_count": officer.can(Action.SUPPLY_COUNT)}


def number(text: str) -> int:
    """The key of a page, or 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
