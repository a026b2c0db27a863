"""More time to answer, and the unit's objection: asked by the unit, decided by its head or by the petition office."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.petitions import actions, duties, gate
from huiying.petitions.models import Extension, Objection, Petition
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.duty import Sent, acted


@require_POST
@console_view(Action.EXTENSION_ASK)
def extension_ask(request: OfficerRequest, reference: str) -> HttpResponse:
    """Ask for more time, with days and reason."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.extension_ask(
            petition=petition,
            days=sent.number("days"),
            reason=sent.text("reason"),
            by=request.officer,
            at=clock.now(),
        )

    return acted(request, reference, "extend", act, said=_("已申请延期，等待负责人批准；批准以前期限不变。"))


@require_POST
@console_view(Action.EXTENSION_APPROVE)
def extension_approve(request: OfficerRequest, reference: str) -> HttpResponse:
    """Approve it; the person is told the reason."""

    def act(petition: Petition, sent: Sent) -> object:
        extension = _asked(petition, sent)
        return actions.extension_approve(extension=extension, by=request.officer, at=clock.now())

    said = _("已批准延期，并把理由告知信访人。")
    return acted(request, reference, "approve_extension", act, said=said, sure=True)


@require_POST
@console_view(Action.EXTENSION_APPROVE)
def extension_refuse(request: OfficerRequest, reference: str) -> HttpResponse:
    """Refuse it, with why."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.extension_refuse(
            extension=_asked(petition, sent), words=sent.text("words"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, "refuse_extension", act, said=_("没有同意延期，期限不变。"))


def _asked(petition: Petition, sent: Sent) -> Extension:
    extension = duties.extension_of(petition)
    if extension is None:
        raise gate.not_there()
    sent.check_same(extension.pk)
    return extension


@require_POST
@console_view(Action.OBJECTION_RAISE)
def objection_raise(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say that the unit is not competent."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.objection_raise(
            petition=petition,
            reason=sent.text("reason"),
            competent=sent.text("competent"),
            by=request.officer,
            at=clock.now(),
        )

    return acted(request, reference, "object", act, said=_("已提出异议，等信访部门答复；办理期限照常计算。"))


@require_POST
@console_view(Action.OBJECTION_DECIDE)
def objection_agree(request: OfficerRequest, reference: str) -> HttpResponse:
    """Agree: it is assigned anew."""

    def act(petition: Petition, sent: Sent) -> object:
        objection = _raised(petition, sent)
        return actions.objection_agree(objection=objection, by=request.officer, at=clock.now())

    said = _("已同意退回，请另行分办；办理期限没有停。")
    return acted(request, reference, "agree_objection", act, said=said, sure=True)


@require_POST
@console_view(Action.OBJECTION_DECIDE)
def objection_refuse(request: OfficerRequest, reference: str) -> HttpResponse:
    """Do not agree, with reasons."""

    def act(petition: Petition, sent: Sent) -> object:
        return actions.objection_refuse(
            objection=_raised(petition, sent), words=sent.text("words"), by=request.officer, at=clock.now()
        )

    return acted(request, reference, "refuse_objection", act, said=_("已答复：由该单位继续办理。"))


def _raised(petition: Petition, sent: Sent) -> Objection:
    objection = duties.objection_of(petition)
    if objection is None:
        raise gate.not_there()
    sent.check_same(objection.pk)
    return objection
