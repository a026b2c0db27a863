"""The form that records a press conference, from the list of what is owed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.emergency.gate import information_due_for
from huiying.emergency.models import InformationDue
from huiying.publishing import actions
from huiying.publishing.duties import Duty
from huiying.publishing.gate import notices_for
from huiying.records import clock
from huiying.registry.selectors import posts_of
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.notices import choices
from huiying.web.console.notices.forms import ConferenceForm


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.NOTICE_PUBLISH)
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say when and where it was held, which post spoke, and what was published with it."""
    officer, due = request.officer, information_due_for(request.officer, pk)
    form = ConferenceForm(
        request.POST or None,
        posts=choices.post_choices(officer),
        notices=choices.notice_choices(officer),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, due, form)
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            messages.success(request, _("已记录新闻发布会。"))
            response = redirect("console:notices")
            response.status_code = 303
            return response
    context = {"form": form, "duty": Duty(due, clock.now()), "now": clock.now()}
    return render(request, "console/notices/conference.html", context, status=422 if form.errors else 200)


def _record(request: OfficerRequest, due: InformationDue, form: ConferenceForm) -> None:
    given = form.cleaned_data
    notice = given["notice"]
    actions.press_conference_record(
        due=due,
        held_at=given["held_at"],
        place=given["place"],
        speaker=posts_of(request.officer).get(pk=given["speaker"]),
        notice=notices_for(request.officer).get(pk=notice) if notice else None,
        by=request.officer,
        at=clock.now(),
    )
