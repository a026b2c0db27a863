"""What a matter is about, who keeps away from it, and whether it is a petition at all."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.petitions import actions, duties, gate
from huiying.petitions.actions.classifying import Classing
from huiying.petitions.models import Petition, SpamMark
from huiying.records import clock
from huiying.registry.models import Category, Staff
from huiying.rules.matters import RecusalGround
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.duty import Sent, acted
from huiying.web.console.petitions.views import unit_named


@require_POST
@console_view(Action.PETITION_CLASSIFY)
def classify(request: OfficerRequest, reference: str) -> HttpResponse:
    """Set category, the unit it is about, and the matter's facets."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.petition_classify(
            petition=petition, classing=_classing(request, petition, sent), by=request.officer, at=clock.now()
        )

    return acted(request, reference, "classify", act, said=_("已归类。"))


def _classing(request: OfficerRequest, petition: Petition, sent: Sent) -> Classing:
    count = sent.text("joint_count").strip()
    return Classing(
        category=Category.objects.filter(pk=sent.number("category") or 0, body_id=petition.body_id).first(),
        respondent_unit=unit_named(request, sent.number("respondent_unit")),
        shielded_respondent=sent.text("shielded_respondent"),
        urgent_need=sent.ticked("urgent_need"),
        joint=sent.ticked("joint"),
        joint_count=(sent.number("joint_count") or 0) if count else None,
    )


@require_POST
@console_view(Action.PETITION_RECUSE)
def recuse(request: OfficerRequest, reference: str) -> HttpResponse:
    """Keep a member of staff away for good; whoever names themselves leaves the page for the list."""
    officer = request.officer

    def act(petition: Petition, sent: Sent) -> object:
        staff = Staff.objects.filter(pk=sent.number("staff") or 0, body_id=officer.body_id).first()
        ground = sent.text("ground")
        return actions.petition_recuse(
            petition=petition,
            staff=staff,
            ground=RecusalGround(ground) if ground in set(RecusalGround) else None,
            by=officer,
            at=clock.now(),
        )

    done = acted(
        request, reference, "recuse", act, said=_("已回避：从现在起，对方看不到这件事项。"), sure=True
    )
    left = not gate.petitions_for(officer).filter(reference=reference).exists()
    if done.status_code == 303 and left:
        return HttpResponseRedirect(reverse("console:petitions"), status=303)
    return done


@require_POST
@console_view(Action.PETITION_RECUSE)
def recusal_end(request: OfficerRequest, reference: str, pk: int) -> HttpResponse:
    """Take a recusal back, with the reason."""

    def act(petition: Petition, sent: Sent) -> object:
        recusal = duties.recusals_of(petition).filter(pk=pk).first()
        if recusal is None:
            raise gate.not_there()
        return actions.recusal_end(
            recusal=recusal, reason=sent.text("reason"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, f"recusal_end_{pk}", act, said=_("已撤销回避。"))


@require_POST
@console_view(Action.SPAM_PROPOSE)
def spam_propose(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say that it is no petition; a supervisor looks at it next."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.spam_propose(
            petition=petition, reason=sent.text("reason"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, "spam", act, said=_("已提出，等督办员复核；复核以前照常办理。"))


@require_POST
@console_view(Action.SPAM_CONFIRM)
def spam_confirm(request: OfficerRequest, reference: str) -> HttpResponse:
    """Agree as the second person; its holder is told how to object."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.spam_confirm(mark=_mark(petition, sent), by=request.officer, at=clock.now())

    said = _("已认定，并告知本人怎样提出异议。")
    return acted(request, reference, "confirm_spam", act, said=said, sure=True)


@require_POST
@console_view(Action.SPAM_CONFIRM)
def spam_lift(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take the doubt back; the clocks run on as if they had never stopped."""
    petition = gate.petition_for(request.officer, reference)
    mark = _mark(petition, Sent(request, "lift_spam"))
    actions.spam_lift(mark=mark, by=request.officer, at=clock.now())
    messages.success(request, _("已恢复办理，原来的期限照常计算。"))
    return HttpResponseRedirect(reverse("console:petition_page", args=[petition.reference]), status=303)


def _mark(petition: Petition, sent: Sent) -> SpamMark:
    mark = duties.spam_of(petition)
    if mark is None:
        raise gate.not_there()
    sent.check_same(mark.pk)
    return mark
