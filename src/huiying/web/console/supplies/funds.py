"""Money set aside, what was spent, what is left."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.records import clock
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.supplies import money_words
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.views import body_of
from huiying.web.console.supplies.acting import asked, posted, tab_rows
from huiying.web.console.supplies.forms import FundForm, ReverseForm, SpendingForm
from huiying.web.console.supplies.stores import number

PAGE = 50


@require_safe
@console_view(Action.FUND_READ)
def funds(request: OfficerRequest) -> HttpResponse:
    """Every fund with what is spent and left."""
    context = {
        "rows": selectors.funds_listed(request.officer),
        "money": money_words,
        "tab_rows": tab_rows(request),
    }
    context |= _may(request)
    return render(request, "console/supplies/funds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.FUND_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Set money aside."""
    form = FundForm(posted(request), initial={"year": clock.today().year})
    words = (_("设定应急经费"), _("保存"), _("经费已设定。"))
    back = reverse("console:funds")
    return asked(request, form, actions.fund_set, words=words, back=back, body=body_of(request))


@require_safe
@console_view(Action.FUND_READ)
def page(request: OfficerRequest, fund_id: int) -> HttpResponse:
    """One fund with its expenses."""
    fund = supply_gate.fund_for(request.officer, fund_id)
    rows = selectors.spendings_of(fund, after=number(request.GET.get("after", "")))
    context = {
        "row": selectors.fund_row(fund),
        "spendings": rows[:PAGE],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "money": money_words,
        **_may(request),
    }
    return render(request, "console/supplies/fund.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.FUND_EDIT)
def change(request: OfficerRequest, fund_id: int) -> HttpResponse:
    """Change how much is set aside."""
    fund = supply_gate.fund_for(request.officer, fund_id)
    held = {"year": fund.year, "source": fund.source, "name": fund.name, "amount": fund.amount}
    words = (fund.name, _("保存"), _("已保存。"))
    back = reverse("console:fund_page", args=[fund.pk])
    form = FundForm(posted(request), initial=held)
    return asked(request, form, actions.fund_set, words=words, back=back, body=body_of(request), fund=fund)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SPENDING_RECORD)
def spend(request: OfficerRequest, fund_id: int) -> HttpResponse:
    """Write down an expense."""
    fund = supply_gate.fund_for(request.officer, fund_id)
    form = SpendingForm(posted(request), officer=request.officer, initial={"on": clock.today()})
    left = [(_("还剩"), money_words(selectors.fund_row(fund).left))]
    words = (_("登记支出：%(fund)s") % {"fund": fund.name}, _("登记支出"), _("支出已登记。"))
    back = reverse("console:fund_page", args=[fund.pk])
    return asked(request, form, actions.spending_record, words=words, back=back, facts=left, fund=fund)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SPENDING_RECORD)
def reverse_spending(request: OfficerRequest, spending_id: int) -> HttpResponse:
    """Take a wrong expense back by a row of its own."""
    spending = supply_gate.spending_for(request.officer, spending_id)
    words = (_("冲销这笔支出"), _("冲销"), _("已冲销。原来的一笔保留，另记一笔相反的金额。"))
    facts = [(_("金额"), money_words(spending.amount)), (_("用途"), spending.what)]
    back = reverse("console:fund_page", args=[spending.fund_id])
    hint = _("原来的一笔不会删去；冲销后，请另外登记正确的一笔。")
    return asked(
        request,
        ReverseForm(posted(request)),
        actions.spending_reverse,
        words=words,
        back=back,
        hint=hint,
        facts=facts,
        spending=spending,
    )


def _may(request: OfficerRequest) -> dict[str, bool]:
    grants = request.officer.grants
    return {
        "may_edit": can_somewhere(grants, Action.FUND_EDIT),
        "may_spend": can_somewhere(grants, Action.SPENDING_RECORD),
    }
