"""The unit's side of the workbench: notice, answers claim by claim, the reply and its service."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.petitions import actions, gate
from huiying.records import clock
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.matters import ServedHow
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.deciding import tried
from huiying.web.console.petitions.views import seen


@require_POST
@console_view(Action.PETITION_NOTIFY)
def notify(request: OfficerRequest, reference: str) -> HttpResponse:
    """Send the unit's own written notice."""
    petition = gate.petition_for(request.officer, reference)
    actions.petition_notify(petition=petition, by=request.officer, at=clock.now())
    messages.success(request, _("已书面告知信访人。"))
    return seen(petition)


@require_POST
@console_view(Action.CLAIM_ANSWER)
def answer(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """Keep the draft answer to one claim."""
    petition = gate.petition_for(request.officer, reference)
    claim = petition.claims.filter(number=number).first()
    if claim is None:
        raise gate.not_there()
    outcome = request.POST.get("outcome", "")

    def act() -> object:
        return actions.claim_answer(
            claim=claim,
            outcome=ClaimOutcome(outcome) if outcome in set(ClaimOutcome) else None,
            facts=request.POST.get("facts", ""),
            opinion=request.POST.get("opinion", ""),
            basis=request.POST.get("basis", ""),
            remedy=request.POST.get("remedy", ""),
            by=request.officer,
            at=clock.now(),
        )

    return tried(
        request,
        petition,
        f"claim-{number}",
        act,
        _("第 %(number)s 项的答复草稿已保存。") % {"number": number},
    )


@require_POST
@console_view(Action.REPLY_SEND)
def send(request: OfficerRequest, reference: str) -> HttpResponse:
    """Send the reply; it leaves only when every claim is answered on every part."""
    petition = gate.petition_for(request.officer, reference)

    def act() -> object:
        return actions.reply_send(petition=petition, by=request.officer, at=clock.now())

    return tried(request, petition, "send", act, _("处理意见书已发出。"))


@require_POST
@console_view(Action.REPLY_SERVE)
def serve(request: OfficerRequest, reference: str) -> HttpResponse:
    """Record service by hand or post."""
    petition = gate.petition_for(request.officer, reference)
    how = request.POST.get("how", "")

    def act() -> object:
        if how not in {ServedHow.HAND, ServedHow.POST}:
            raise Incomplete(_("请选择送达方式。"), fields={"how": _("请选择当面送达或者邮寄送达。")})
        return actions.reply_serve(petition=petition, how=ServedHow(how), by=request.officer, at=clock.now())

    return tried(request, petition, "serve", act, _("已记录送达，信访人的复查期限从这一天起算。"))
