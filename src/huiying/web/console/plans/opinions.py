"""Acts about written opinions on a draft; each comes back to the page of the plan's way."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.emergency import actions, gate
from huiying.emergency.before_submission import units_not_asked
from huiying.emergency.plan_kinds import Position
from huiying.emergency.road_gate import opinion_for
from huiying.emergency.selectors.road import experts_to_ask
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.road import acted

ADOPTED = {"yes": True, "no": False}


@require_POST
@console_view(Action.PLAN_EDIT)
def ask(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Ask the chosen units and experts."""
    version = gate.plan_version_for(request.officer, code, number)
    chosen = set(request.POST.getlist("units"))
    units = [unit for unit in units_not_asked(version, version.opinions.all()) if str(unit.pk) in chosen]
    experts = [one for one in experts_to_ask(version) if str(one.pk) in request.POST.getlist("experts")]
    return acted(
        request,
        version,
        lambda: actions.opinion_ask(
            version=version, units=units, experts=experts, by=request.officer, at=clock.now()
        ),
        said=_("已征求书面意见，各单位负责人会收到提醒。"),
        form="ask",
        part="opinions",
    )


@require_POST
@console_view()
def give(request: OfficerRequest, code: str, number: int, opinion_id: int) -> HttpResponse:
    """Give the opinion of one's unit, or take in an expert's."""
    opinion = opinion_for(request.officer, code, number, opinion_id)

    def act() -> object:
        return actions.opinion_give(
            opinion=opinion,
            position=_position(request.POST.get("position", "")),
            text=request.POST.get("text", ""),
            by=request.officer,
            at=clock.now(),
        )

    said, part = _("意见已提出。"), f"opinion-{opinion.pk}"
    return acted(request, opinion.version, act, said=said, form=f"give-{opinion.pk}", part=part)


def _position(typed: str) -> Position:
    try:
        return Position(typed)
    except ValueError:
        sentence = _("请选择同意、修改后同意，或者不同意。")
        raise Incomplete(sentence, fields={"position": sentence}, rule="emergency.opinion") from None


@require_POST
@console_view(Action.PLAN_EDIT)
def deal(request: OfficerRequest, code: str, number: int, opinion_id: int) -> HttpResponse:
    """Say whether an opinion was adopted and what was changed."""
    opinion = opinion_for(request.officer, code, number, opinion_id)

    def act() -> object:
        return actions.opinion_deal(
            opinion=opinion,
            adopted=_adopted(request.POST.get("adopted", "")),
            text=request.POST.get("dealt_text", ""),
            by=request.officer,
            at=clock.now(),
        )

    said, part = _("已说明采纳情况。"), f"opinion-{opinion.pk}"
    return acted(request, opinion.version, act, said=said, form=f"deal-{opinion.pk}", part=part)


def _adopted(typed: str) -> bool:
    if typed not in ADOPTED:
        sentence = _("请选择采纳还是没有采纳。")
        raise Incomplete(sentence, fields={"adopted": sentence}, rule="emergency.opinion")
    return ADOPTED[typed]


@require_POST
@console_view(Action.PLAN_EDIT)
def ask_again(request: OfficerRequest, code: str, number: int, opinion_id: int) -> HttpResponse:
    """Ask once more about the changed text."""
    opinion = opinion_for(request.officer, code, number, opinion_id)
    return acted(
        request,
        opinion.version,
        lambda: actions.opinion_ask_again(opinion=opinion, by=request.officer, at=clock.now()),
        said=_("已重新征求意见。"),
        form=f"again-{opinion.pk}",
        part=f"opinion-{opinion.pk}",
    )
