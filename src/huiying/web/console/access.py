"""Who stands at the staff door: every console view receives an Officer, or the visitor is sent to sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from huiying.records import clock
from huiying.registry.models import Staff
from huiying.registry.officers import Officer, officer_for
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.permissions import check as check_grants

P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    """A request whose viewer is known."""

    officer: Officer


View = Callable[Concatenate[OfficerRequest, P], HttpResponse]


def console_view(action: Action | None = None) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let only signed-in staff in, give the view `request.officer`, and refuse whoever could never do `action`.

    The room's gate and action decide about the single object; this is the outer door.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            known = cast(OfficerRequest, request)
            known.officer = officer_for(cast(Staff, request.user), at=clock.now())
            if action is not None and not can_somewhere(known.officer.grants, action):
                check_grants((), action)
            return view(known, *args, **kwargs)

        return guarded

    return decorate
