"""After a plan is issued: it is sent to be filed, receipts are noted, units acknowledge it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.emergency import actions
from huiying.emergency.models import PlanFiling
from huiying.emergency.road_gate import acknowledgement_for, filing_for
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.road import acted, day_typed


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_FILE)
def send(request: OfficerRequest, code: str, number: int, filing_id: int) -> HttpResponse:
    """Ask once more, for it cannot be taken back; then: text and drafting note went to the receiver, now."""
    filing = filing_for(request.officer, code, number, filing_id)
    if request.method != "POST":
        return _asked_once_more(request, filing)
    return acted(
        request,
        filing.version,
        lambda: actions.plan_file_send(filing=filing, by=request.officer, at=clock.now()),
        said=_("已记录报送。收到回执后请登记。"),
        form=f"send-{filing.pk}",
        part="filing",
    )


def _asked_once_more(request: OfficerRequest, filing: PlanFiling) -> HttpResponse:
    version = filing.version
    context = {
        "title": _("记录已报送？"),
        "message": _(
            "正式文本（含电子文本）和编制说明已经报送{receiver}。报送时间以现在为准，记录后不能改。"
        ).format(receiver=filing.receiver),
        "action": request.path,
        "confirm_label": _("已经报送，记录"),
        "cancel_url": reverse("console:plan_road", args=[version.plan.code, version.number]) + "#filing",
    }
    return render(request, "shared/pages/confirm.html", context)


@require_POST
@console_view(Action.PLAN_FILE)
def receipt(request: OfficerRequest, code: str, number: int, filing_id: int) -> HttpResponse:
    """The receiver's receipt came."""
    filing = filing_for(request.officer, code, number, filing_id)

    def act() -> object:
        return actions.plan_receipt_note(
            filing=filing,
            number=request.POST.get("number", ""),
            on=day_typed("on", request.POST.get("on", "")),
            by=request.officer,
            at=clock.now(),
        )

    said = _("已登记回执。")
    return acted(request, filing.version, act, said=said, form=f"receipt-{filing.pk}", part="filing")


@require_POST
@console_view(Action.PLAN_ACKNOWLEDGE)
def acknowledge(request: OfficerRequest, code: str, number: int, acknowledgement_id: int) -> HttpResponse:
    """One's unit has read the plan and carries it out."""
    row = acknowledgement_for(request.officer, code, number, acknowledgement_id)
    return acted(
        request,
        row.version,
        lambda: actions.plan_acknowledge(acknowledgement=row, by=request.officer, at=clock.now()),
        said=_("已签收。"),
        form=f"acknowledge-{row.pk}",
        part="acknowledgements",
    )
