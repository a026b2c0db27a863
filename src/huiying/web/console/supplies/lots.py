"""One lot: given out, moved, thrown away, lent; and counting, lot by lot, each saved by itself."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.models import StorePlace, SupplyLot
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Overtaken, Refusal
from huiying.rules.supplies import whole_read
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.supplies.acting import asked, posted
from huiying.web.console.supplies.forms import WHOLE, IssueForm, LendForm, MoveForm, QuantityForm
from huiying.web.console.supplies.stores import number
from huiying.web.shared.dates import full_date
from huiying.web.shared.sentences import translated

PAGE = 50
LENT_FOR = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def issue(request: OfficerRequest, lot_id: int) -> HttpResponse:
    """Give some out."""
    lot = supply_gate.lot_for(request.officer, lot_id)
    form = IssueForm(posted(request), officer=request.officer)
    words = (_("领用：%(item)s") % {"item": lot.item.name}, _("领用"), _("已登记领用。"))
    return asked(request, form, actions.stock_issue, words=words, back=_back(lot), facts=_facts(lot), lot=lot)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def move(request: OfficerRequest, lot_id: int) -> HttpResponse:
    """Bring some to another store."""
    lot = supply_gate.lot_for(request.officer, lot_id)
    stores = supply_gate.stores_for(request.officer).exclude(pk=lot.store_id)
    form = MoveForm(posted(request), stores=stores)
    words = (_("调拨：%(item)s") % {"item": lot.item.name}, _("调拨"), _("已登记调拨。"))
    return asked(request, form, actions.stock_move, words=words, back=_back(lot), facts=_facts(lot), lot=lot)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def discard(request: OfficerRequest, lot_id: int) -> HttpResponse:
    """Throw some away."""
    lot = supply_gate.lot_for(request.officer, lot_id)
    form = QuantityForm(posted(request), initial={"quantity": lot.quantity})
    words = (_("报废：%(item)s") % {"item": lot.item.name}, _("报废"), _("已登记报废。"))
    return asked(
        request, form, actions.stock_discard, words=words, back=_back(lot), facts=_facts(lot), lot=lot
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SUPPLY_EDIT)
def lend(request: OfficerRequest, lot_id: int) -> HttpResponse:
    """Lend some to a unit."""
    lot = supply_gate.lot_for(request.officer, lot_id)
    due = {"due_on": clock.today() + LENT_FOR}
    form = LendForm(posted(request), officer=request.officer, initial=due)
    words = (_("借出：%(item)s") % {"item": lot.item.name}, _("借出"), _("已登记借出。"))
    return asked(request, form, actions.loan_make, words=words, back=_back(lot), facts=_facts(lot), lot=lot)


@require_safe
@console_view(Action.SUPPLY_COUNT)
def counting(request: OfficerRequest, store_id: int) -> HttpResponse:
    """One store, lot by lot, for whoever stands before it with a phone."""
    return _shown(request, supply_gate.store_for(request.officer, store_id))


@require_POST
@console_view(Action.SUPPLY_COUNT)
def count(request: OfficerRequest, lot_id: int) -> HttpResponse:
    """Keep what was found of one lot, and go on to the next. What changed meanwhile is shown, to be confirmed."""
    lot = supply_gate.lot_for(request.officer, lot_id)
    typed = request.POST.get("found", "")
    try:
        seen = whole_read(request.POST.get("seen", ""))
        found = seen if "same" in request.POST else whole_read(typed)
        actions.stock_count(lot=lot, found=found, seen=seen, by=request.officer, at=clock.now())
    except ValueError:
        return _shown(request, lot.store, wrong=lot, typed=typed, error=str(WHOLE), status=422)
    except Incomplete as refusal:
        error = translated(next(iter(refusal.fields.values())))
        return _shown(request, lot.store, wrong=lot, typed=typed, error=error, status=422)
    except Overtaken as refusal:
        return _shown(request, lot.store, wrong=lot, typed=typed, error=_sentence(refusal), status=409)
    address = reverse("console:store_count", args=[lot.store_id])
    after = number(request.POST.get("after", ""))
    query = f"?after={after}" if after else ""
    return HttpResponseRedirect(f"{address}{query}#lot-{lot.pk}", status=303)


def _sentence(refusal: Refusal) -> str:
    return f"{translated(refusal.message)}{translated(refusal.remedy)}"


def _shown(
    request: OfficerRequest,
    store: StorePlace,
    *,
    wrong: SupplyLot | None = None,
    typed: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    after = number(request.POST.get("after", "") or request.GET.get("after", ""))
    found = selectors.lots_to_count(request.officer, store, after=after, wanted=wrong.pk if wrong else 0)
    lots, today = found[:PAGE], clock.today()
    done = {lot.pk for lot in lots if lot.counted_at and clock.official_date(lot.counted_at) == today}
    context = {
        "store": store,
        "lots": lots,
        "done": done - {wrong.pk if wrong else 0},
        "wrong": wrong.pk if wrong else 0,
        "typed": typed,
        "error": error,
        "after": after or "",
        "next_key": lots[-1].pk if len(found) > PAGE else None,
        "may_edit": request.officer.can(Action.SUPPLY_EDIT),
    }
    return render(request, "console/supplies/count.html", context, status=status)


def _back(lot: SupplyLot) -> str:
    return reverse("console:store_page", args=[lot.store_id])


def _facts(lot: SupplyLot) -> list[tuple[str, str]]:
    until = full_date(lot.expires_on) if lot.expires_on else _("长期有效")
    return [
        (_("存放点"), lot.store.name),
        (_("现有"), f"{lot.quantity} {lot.item.measure}"),
        (_("有效期至"), until),
    ]
