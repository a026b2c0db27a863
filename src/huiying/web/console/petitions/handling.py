"""The unit's side of the workbench: notice, answers claim by claim, the reply and its service."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
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
from huiying.web.console.petitions.views import seen, whole_number, workbench


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
    section, typed = f"claim-{number}", request.POST.dict()
    said = _("第 %(number)s 项的答复草稿已保存。") % {"number": number}
    finding = petition.fact_findings.filter(pk=whole_number(typed.get("quote", "")) or 0).first()
    if finding is not None:
        typed["facts"] = "\n".join(part for part in (typed.get("facts", "").rstrip(), finding.words) if part)
    outcome = typed.get("outcome", "")
    try:
        actions.claim_answer(
            claim=claim,
            outcome=ClaimOutcome(outcome) if outcome in set(ClaimOutcome) else None,
            **{part: typed.get(part, "") for part in ("facts", "opinion", "basis", "remedy")},
            by=request.officer,
            at=clock.now(),
        )
    except Incomplete as refusal:
        errors = {f"{number}.{field}": sentence for field, sentence in refusal.fields.items()}
        return workbench(request, petition, section=section, typed=typed, errors=errors)
    messages.success(request, said)
    return HttpResponseRedirect(f"{seen(petition).url}#{section}", status=303)


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
