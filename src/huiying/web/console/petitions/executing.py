"""Carrying out what was promised: the unit reports, somebody else verifies; and opening a matter again."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.petitions import actions, gate
from huiying.petitions.models import Execution, Petition
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.duty import Sent, acted


@require_POST
@console_view(Action.EXECUTION_REPORT)
def report(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """Report the promise to a claim as carried out."""

    def act(petition: Petition, sent: Sent) -> object:
        execution = _owed(petition, number, sent)
        return actions.execution_report(
            execution=execution, report=sent.text("report"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, f"report_{number}", act, said=_("已报告，等待核验。"))


@require_POST
@console_view(Action.EXECUTION_VERIFY)
def verify(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """Confirm that it was carried out; the person is told."""

    def act(petition: Petition, sent: Sent) -> object:
        execution = _owed(petition, number, sent)
        return actions.execution_verify(
            execution=execution, verdict=sent.text("verdict"), by=request.officer, at=clock.now()
        )

    said = _("已核验属实，并告知信访人。")
    return acted(request, reference, f"verify_{number}", act, said=said, sure=True)


@require_POST
@console_view(Action.EXECUTION_VERIFY)
def give_back(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """Send it back as not carried out."""

    def act(petition: Petition, sent: Sent) -> object:
        execution = _owed(petition, number, sent)
        return actions.execution_return(
            execution=execution, verdict=sent.text("verdict"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, f"return_{number}", act, said=_("已退回，最后期限不变。"))


def _owed(petition: Petition, number: int, sent: Sent) -> Execution:
    execution = petition.executions.filter(claim__number=number).order_by("-round").first()
    if execution is None:
        raise gate.not_there()
    sent.check_same(execution.pk)
    return execution


@require_POST
@console_view(Action.PETITION_REOPEN)
def reopen(request: OfficerRequest, reference: str) -> HttpResponse:
    """Handle a settled matter once more, on new facts."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.petition_reopen(
            petition=petition, reason=sent.text("reason"), by=request.officer, at=clock.now()
        )

    said = _("已重新办理，期限从今天起算，并已告知信访人。")
    return acted(request, reference, "reopen", act, said=said, sure=True)
