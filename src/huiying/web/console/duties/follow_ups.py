"""Follow-ups of low ratings: what was found and mended. Nobody is asked to change a rating, and no number is shown to call."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions, waiting
from huiying.petitions.gate import not_there
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.sentences import translated
from huiying.web.shared.typed import Typed


@require_safe
@console_view(Action.FOLLOW_UP_READ)
def follow_ups(request: OfficerRequest) -> HttpResponse:
    """The low ratings that nobody has followed up, the oldest first."""
    return _shown(request)


def _shown(
    request: OfficerRequest, *, number: int = 0, typed: str = "", errors: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "rows": waiting.follow_ups_rated(request.officer),
        "number": number,
        "typed": typed,
        "errors": Typed(errors or {}),
        "limit": waiting.LIMIT,
    }
    return render(request, "console/duties/follow_ups.html", context, status=422 if errors else 200)


@require_POST
@console_view(Action.FOLLOW_UP_READ)
def close(request: OfficerRequest, number: int) -> HttpResponse:
    """Write what was found and mended."""
    follow_up = waiting.follow_up_for(request.officer, number)
    if follow_up is None:
        raise not_there()
    words = request.POST.get("words", "")
    try:
        actions.follow_up_close(follow_up=follow_up, words=words, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        errors = {f"words_{number}": translated(refusal.fields["words"])}
        return _shown(request, number=number, typed=words, errors=errors)
    messages.success(request, _("已写明跟进情况。"))
    return HttpResponseRedirect(reverse("console:follow_ups"), status=303)
