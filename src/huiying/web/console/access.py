"""Who stands at the staff door: every console view receives an Officer, or the visitor is sent to sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from huiying.records import clock
from huiying.registry.officers import Officer, officer_for
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.permissions import check as check_grants
from huiying.rules.words import N_, said
from huiying.web.shared import errors

P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    """A request whose viewer is known."""

    officer: Officer


View = Callable[Concatenate[OfficerRequest, P], HttpResponse]


def console_view(
    action: Action | None = None,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let only signed-in staff in, give the view `request.officer`, and refuse whoever could never do `action`.

    The room's gate and action decide about the single object; this is the outer door.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            own_first = reverse("console:passphrase")
            if request.user.passphrase_lent and request.path != own_first:
                # Somebody else knows it: until it is changed it opens nothing, or they could act under this name unseen.
                return HttpResponseRedirect(own_first, status=303)
            known = cast(OfficerRequest, request)
            known.officer = officer_for(request.user, at=clock.now())
            if action is not None and not can_somewhere(known.officer.grants, action):
                check_grants((), action)
            return view(known, *args, **kwargs)

        return guarded

    return decorate


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """The way to the staff door. Whoever was idle too long is told so, and what they had just typed is shown to copy.

    Said here: the answer takes the dead session's cookie away, so the next page cannot know.
    """
    idle = _was_idle(request)
    if idle and request.method == "POST":
        back = quote(urlsplit(request.headers.get("Referer", "")).path)
        return errors.page(
            request,
            403,
            title=N_("登录已经过期"),
            message=said(
                N_("您超过 {minutes} 分钟没有操作，为了安全，登录已经结束。这次没有保存。"),
                minutes=settings.SESSION_COOKIE_AGE // 60,
            ),
            remedy=N_("填写的内容还在下面，先复制好；重新登录，回到刚才的页面再提交。"),
            links=[(f"{reverse(settings.LOGIN_URL)}?next={back}", N_("重新登录"))],
        )
    response = redirect_to_login(request.get_full_path())
    if idle:
        response["Location"] += "&idle=1"
    return response


def _was_idle(request: HttpRequest) -> bool:
    """Whether the browser names a session that has run out; one that was taken away (`modified`) ended otherwise."""
    named = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    return named and request.session.is_empty() and not request.session.modified
