"""Kits with their check lists, and what is lent."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.models import Loan
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.supplies.acting import asked, posted, tab_rows
from huiying.web.console.supplies.forms import KitCheckForm, KitForm, ReasonForm, ReturnForm
from huiying.web.shared.dates import full_date

MOST_ITEMS = 50


@require_safe
@console_view(Action.SUPPLY_READ)
def kits(request: OfficerRequest) -> HttpResponse:
    """Every kit with what belongs in it; incomplete ones first."""
    officer = request.officer
    context = {
        "tab_rows": tab_rows(request),
        "kits": selectors.kits_listed(officer),
        "stores": supply_gate.stores_for(officer)[:MOST_ITEMS],
        "may_edit": officer.can(Action.SUPPLY_EDIT),
        "may_count": officer.can(Action.SUPPLY_COUNT),
    }
    return render(request, "console/supplies/kits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def make(request: OfficerRequest, store_id: int) -> HttpResponse:
    """Pack a kit in a store."""
    store = supply_gate.store_for(request.officer, store_id)
    form = KitForm(posted(request), items=supply_gate.items_for(request.officer)[:MOST_ITEMS])
    words = (_("配备应急包：%(store)s") % {"store": store.name}, _("配备"), _("应急包已配备。"))
    hint = _("写下包里每种东西该有几件，不放的留空。装进包里的请另外办理领用，散件库存才对得上。")
    back = reverse("console:kits")
    return asked(request, form, actions.kit_make, words=words, back=back, hint=hint, store=store)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_COUNT)
def check(request: OfficerRequest, kit_id: int) -> HttpResponse:
    """Go through a kit's list."""
    kit = supply_gate.kit_for(request.officer, kit_id)
    words = (_("检查：%(kit)s") % {"kit": kit.name}, _("保存检查结果"), _("检查结果已保存。"))
    rows = [(row.item.name, f"{row.quantity} {row.item.measure}") for row in selectors.kit_lines(kit)]
    form = KitCheckForm(posted(request))
    back = reverse("console:kits")
    return asked(request, form, actions.kit_check, words=words, back=back, facts=rows, kit=kit)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def end(request: OfficerRequest, kit_id: int) -> HttpResponse:
    """Ask once more, then take a kit apart."""
    kit = supply_gate.kit_for(request.officer, kit_id)
    if request.method == "POST":
        actions.kit_end(kit=kit, by=request.officer, at=clock.now())
        messages.success(request, _("应急包已撤销。"))
        return HttpResponseRedirect(reverse("console:kits"), status=303)
    context = {
        "title": _("撤销“{name}”？").format(name=kit.name),
        "message": _("里面的东西放回货架时，请办理入库。检查记录保留。"),
        "action": request.path,
        "confirm_label": _("撤销"),
        "cancel_url": reverse("console:kits"),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


@require_safe
@console_view(Action.SUPPLY_READ)
def loans(request: OfficerRequest) -> HttpResponse:
    """What is out, the first due first."""
    late = request.GET.get("late") == "1"
    context = {
        "tab_rows": tab_rows(request),
        "loans": selectors.loans_listed(request.officer, clock.today(), late=late, limit=50),
        "late": late,
        "today": clock.today(),
        "may_edit": request.officer.can(Action.SUPPLY_EDIT),
    }
    return render(request, "console/supplies/loans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def give_back(request: OfficerRequest, loan_id: int) -> HttpResponse:
    """Take back some or all."""
    loan = supply_gate.loan_for(request.officer, loan_id)
    form = ReturnForm(posted(request), initial={"quantity": loan.quantity - loan.returned})
    words = (_("归还：%(item)s") % {"item": loan.lot.item.name}, _("归还"), _("已登记归还。"))
    back = reverse("console:loans")
    return asked(request, form, actions.loan_return, words=words, back=back, facts=_facts(loan), loan=loan)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def write_off(request: OfficerRequest, loan_id: int) -> HttpResponse:
    """Say that the rest does not come back."""
    loan = supply_gate.loan_for(request.officer, loan_id)
    title = _("未能归还：%(item)s") % {"item": loan.lot.item.name}
    words = (title, _("注明未能归还"), _("已注明未能归还。"))
    back = reverse("console:loans")
    form = ReasonForm(posted(request))
    return asked(request, form, actions.loan_write_off, words=words, back=back, facts=_facts(loan), loan=loan)


def _facts(loan: Loan) -> list[tuple[str, str]]:
    measure = loan.lot.item.measure
    return [
        (_("借给"), loan.unit.name),
        (_("借出"), f"{loan.quantity} {measure}"),
        (_("还没有归还"), f"{loan.quantity - loan.returned} {measure}"),
        (_("归还日期"), full_date(loan.due_on)),
    ]
