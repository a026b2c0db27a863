"""The warning desk: what is proposed, verified, confirmed; reasons with numbers beside every decision."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.issues import actions, gate, selectors
from huiying.issues.models import EarlyWarning
from huiying.records import clock
from huiying.rules.levels import WARNING_BASIS, Level
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.typed import Typed


@require_safe
@console_view(Action.WARNING_READ)
def warnings(request: OfficerRequest) -> HttpResponse:
    """The newest warnings, open ones first."""
    rows = selectors.warnings_listed(request.officer)
    ended = {WarningState.LIFTED, WarningState.DISMISSED}
    context = {
        "open": [w for w in rows if w.state not in ended],
        "ended": [w for w in rows if w.state in ended],
        "levels": list(Level),
    }
    return render(request, "console/issues/warnings.html", context)


@require_safe
@console_view(Action.WARNING_READ)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """One warning."""
    return desk(request, gate.warning_for(request.officer, reference))


def desk(
    request: OfficerRequest, warning: EarlyWarning, errors: dict[str, str] | None = None
) -> HttpResponse:
    """A warning with its reasons, and what the viewer can decide."""
    officer, state = request.officer, WarningState(warning.state)
    proposed, verified = state is WarningState.PROPOSED, state is WarningState.VERIFIED
    second = warning.proposed_by_id != officer.staff_id
    context = {
        "warning": warning,
        "level": Level(warning.level),
        "basis": WARNING_BASIS.label,
        "may_verify": proposed and second and officer.can(Action.WARNING_VERIFY),
        "may_confirm": verified and officer.can(Action.WARNING_CONFIRM),
        "may_dismiss": (proposed and officer.can(Action.WARNING_VERIFY))
        or (verified and officer.can(Action.WARNING_CONFIRM)),
        "may_lift": state is WarningState.CONFIRMED and officer.can(Action.WARNING_LIFT),
        "may_see_issue": officer.can(Action.ISSUE_READ, unit_id=warning.issue.unit_id),
        "errors": Typed(errors or {}),
        "typed": Typed(request.POST.dict()),
    }
    return render(request, "console/issues/warning.html", context, status=422 if errors else 200)


def _decided(
    request: OfficerRequest, warning: EarlyWarning, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except Incomplete as refusal:
        warning.refresh_from_db()
        return desk(request, warning, refusal.fields)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("console:warning_page", args=[warning.reference]), status=303)


@require_POST
@console_view(Action.WARNING_VERIFY)
def verify(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say what was found to be true."""
    warning, words = gate.warning_for(request.officer, reference), request.POST.get("words", "")

    def act() -> object:
        return actions.warning_verify(warning=warning, words=words, by=request.officer, at=clock.now())

    return _decided(request, warning, act, _("已核实，等领导小组决定。"))


@require_POST
@console_view(Action.WARNING_CONFIRM)
def confirm(request: OfficerRequest, reference: str) -> HttpResponse:
    """The leading group confirms."""
    warning = gate.warning_for(request.officer, reference)

    def act() -> object:
        return actions.warning_confirm(warning=warning, by=request.officer, at=clock.now())

    return _decided(request, warning, act, _("预警已发布。"))


@require_POST
@console_view(Action.WARNING_READ)
def dismiss(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say that no warning is due, and why."""
    warning, words = gate.warning_for(request.officer, reference), request.POST.get("words", "")

    def act() -> object:
        return actions.warning_dismiss(warning=warning, words=words, by=request.officer, at=clock.now())

    return _decided(request, warning, act, _("已记录不予预警的理由。"))


@require_POST
@console_view(Action.WARNING_LIFT)
def lift(request: OfficerRequest, reference: str) -> HttpResponse:
    """Lift, with grounds."""
    warning, words = gate.warning_for(request.officer, reference), request.POST.get("words", "")

    def act() -> object:
        return actions.warning_lift(warning=warning, words=words, by=request.officer, at=clock.now())

    return _decided(request, warning, act, _("预警已解除。"))
