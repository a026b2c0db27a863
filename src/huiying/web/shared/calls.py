"""Answering a call from outside the console: one neutral page, and what a voice provider tells of a key pressed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from huiying.records import calling, clock, voice
from huiying.registry import actions
from huiying.web.shared import errors, throttle

PAGES = (60, 60)  # tries and seconds, for each address
HOOKS = (600, 60)  # a provider tells of every call from one address
LONGEST = 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """One button and nothing of the matter. Opening the page answers nothing: programs that preview links open it too."""
    now = clock.now()
    if not throttle.allow("call_answer", throttle.address_of(request), *PAGES, at=now):
        return errors.page(request, 429)
    if request.method != "POST":
        step = "ask" if calling.attempt_of(key, at=now) else "gone"
    else:
        step = "answered" if actions.call_out_answer(key=key, at=now) else "gone"
    status = 404 if step == "gone" else 200
    return render(request, "shared/pages/call.html", {"step": step}, status=status)


@csrf_exempt  # a provider's machine has no form of ours; what it brings is the key of one call, and perhaps the secret
@require_POST
def pressed(request: HttpRequest, key: str) -> HttpResponse:
    """What a voice provider tells. The answer is always the same, so that nothing is learnt by asking."""
    if throttle.allow("voice_hook", throttle.address_of(request), *HOOKS, at=clock.now()):
        _take(request, key)
    return HttpResponse("ok", content_type="text/plain")


def _take(request: HttpRequest, key: str) -> None:
    if not voice.is_believed(request.headers.get("X-Huiying-Secret", "")):
        return
    attempt = calling.attempt_of(key, at=clock.now())
    if attempt is None or attempt.way != "voice" or int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return
    if voice.key_pressed(request.body.decode("utf-8", "replace"), attempt.provider):
        actions.call_out_answer(key=key, at=clock.now())
