"""Filing in four short steps; each is read, checked, kept and followed by the next. 信访工作条例 art. 17, 19, 21."""

import uuid
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiying.petitions import actions, gate, selectors
from huiying.petitions.actions.filing import Receipt
from huiying.petitions.actions.papers import check_room, papers_add
from huiying.petitions.intake import Beside, NotBeside
from huiying.records import clock, together
from huiying.records.files import Cleaned
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.lifecycle.petition import Confidentiality
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.portal.filing import drafts, steps, words
from huiying.web.portal.filing.drafts import Draft
from huiying.web.portal.filing.steps import Step
from huiying.web.portal.following.journey import journey_of
from huiying.web.portal.following.promises import longest_of
from huiying.web.shared import categories, errors, sealed, throttle, uploads
from huiying.web.shared.qr import full_address, qr_of
from huiying.web.shared.sessions import TRIES, SessionStore

# An hour's worth for one address: a whole village may file from the one computer of its service hall.
SENT_AN_HOUR = 60
KEPT_AN_HOUR = 900
# Only here may a page ask the browser where it is; the person is asked again by the browser itself.
MAY_ASK_WHERE = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()"

page = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@page
def told(request: HttpRequest, body_code: str) -> HttpResponse:
    """Step one: what happened, and what is asked."""
    return _step(request, public_body(body_code), Step.TOLD)


@sensitive_post_parameters()
@page
def placed(request: HttpRequest, body_code: str) -> HttpResponse:
    """Step two: where and when."""
    response = _step(request, public_body(body_code), Step.PLACED)
    response["Permissions-Policy"] = MAY_ASK_WHERE
    return response


@sensitive_post_parameters()
@page
def named(request: HttpRequest, body_code: str) -> HttpResponse:
    """Step three: who may know the name."""
    return _step(request, public_body(body_code), Step.NAMED)


@uploads.takes_files
@page
def check(request: HttpRequest, body_code: str) -> HttpResponse:
    """Step four: all answers on one page, papers beside them, and the button that sends it all."""
    body = public_body(body_code)
    draft = drafts.held(request, body)
    if request.method == "POST":
        return _sent(request, body, draft)
    first = steps.first_open(draft)
    if first is not Step.CHECKED:
        return _to(request, first.page, body, ended=not draft.key)
    return _checked(request, body, draft, {})


def _checked(request: HttpRequest, body: Body, draft: Draft, faults: dict[str, str]) -> HttpResponse:
    context = {
        "rows": words.answers(draft, body, categories.category_of(body, draft.category)),
        "nobody": Confidentiality.ANONYMOUS,
        "accepted": uploads.ACCEPTED,
        "status": 422 if faults else 200,
    }
    return _page(request, body, Step.CHECKED, draft, faults, **context)


@require_http_methods(["GET", "HEAD"])
def receipt(request: HttpRequest, body_code: str) -> HttpResponse:
    """The receipt: reference and secret code, for ten minutes in the browser that filed; then the reference alone."""
    body, at = public_body(body_code), clock.now()
    kept = drafts.receipt_of(request, body, at=at, key=drafts.asked(request))
    if kept is None:
        return HttpResponseRedirect(reverse("portal:follow", args=[body.code]), status=303)
    petition = gate.petition_held(body, kept.petition_id, kept.reference)
    address = full_address(request, reverse("portal:petition", args=[body.code, petition.reference]))
    today = clock.official_date(at)
    context = {
        "body": body,
        "kept": kept,
        "petition": petition,
        "again": "again" in request.GET,
        "address": address,
        "qr": qr_of(address),
        "journey": journey_of(petition, selectors.clocks_of(petition, today=today)),
        "longest": longest_of(petition),
        "help_lines": words.help_lines(),
    }
    return render(request, "portal/filing/receipt.html", context)


@require_POST
def put_away(request: HttpRequest, body_code: str) -> HttpResponse:
    """The person has the code: forget it here."""
    body = public_body(body_code)
    drafts.put_away(request, body)
    return HttpResponseRedirect(reverse("portal:follow", args=[body.code]), status=303)


def _step(request: HttpRequest, body: Body, step: Step) -> HttpResponse:
    draft = drafts.held(request, body)
    if request.method == "POST":
        return _answered(request, body, step, draft)
    first = steps.first_open(draft)
    if first.number < step.number:
        return _to(request, first.page, body, ended=not draft.key)
    return _page(request, body, step, draft, {})


def _answered(request: HttpRequest, body: Body, step: Step, draft: Draft) -> HttpResponse:
    typed = steps.READ[step](draft, request.POST)
    wants_box = step is Step.TOLD and "add" in request.POST
    faults = steps.FAULTS[step](typed)
    faults = steps.too_long(faults, typed) if wants_box else faults
    if faults:
        return _page(request, body, step, typed, faults, status=422)
    if not _may("draft", request, KEPT_AN_HOUR):
        return _too_often(request)
    drafts.keep(request, body, typed)
    if wants_box:
        return sealed.with_key(request, _to(request, step.page, body, box=len(typed.claims) + 1))
    # Whoever comes from a later step with no draft was away too long: said there, and what was typed now is kept.
    lost = step is not Step.TOLD and not draft.key
    page = steps.first_open(typed).page
    return sealed.with_key(request, _to(request, page, body, ended=lost, kept=lost))


def _sent(request: HttpRequest, body: Body, draft: Draft) -> HttpResponse:
    key = request.POST.get("filing_key", "")
    if not draft.key or key != draft.key:
        return _not_sent(request, body, draft, key)
    if steps.first_open(draft) is not Step.CHECKED:
        return _to(request, steps.first_open(draft).page, body)
    if not _may("filing", request, SENT_AN_HOUR):
        return _too_often(request)
    try:
        papers = uploads.checked(request) if request.FILES.getlist(uploads.FIELD) else []
        check_room(papers)
    except Incomplete as refusal:
        return _checked(request, body, draft, refusal.fields)
    filed = _filed(request, body, draft, papers)
    if filed.code is None:  # the other of two clicks filed it and wrote the session; ours is the older one
        _read_anew(request)
    return _to(request, "portal:file_receipt", body, again=filed.code is None)


def _filed(
    request: HttpRequest, body: Body, draft: Draft, papers: list[Cleaned], *, tries: int = TRIES
) -> Receipt:
    """The petition, its papers and the receipt in the session: all or none."""
    at, filing = clock.now(), draft.filing(categories.category_of(body, draft.category))

    def act() -> Receipt:
        filed = actions.petition_file(filing=filing, body=body, by=None, at=at, beside=exchanged)
        if papers and filed.code is not None:
            papers_add(petition=filed.petition, papers=papers, by=None, at=at)
        return filed

    def exchanged(receipt: Receipt) -> Beside:
        return drafts.exchange(request, body, receipt, at=at)

    try:
        filed = _in_one(act, alone=bool(papers))
    except NotBeside:  # the session was written in another window, or ended there
        _read_anew(request)
        if tries > 1 and drafts.stands(request, body, draft):
            return _filed(request, body, draft, papers, tries=tries - 1)
        raise UpdateError from None
    except (
        Exception
    ):  # the draft was exchanged for a receipt that is not kept: it stands as the database has it
        _read_anew(request)
        raise
    if filed.code is not None:
        cast("SessionStore", request.session).was_written()
    return filed


def _read_anew(request: HttpRequest) -> None:
    request.session = request.session.__class__(request.session.session_key)


def _in_one(act: Callable[[], Receipt], *, alone: bool) -> Receipt:
    if alone:  # papers are laid on the disk: not while others wait, and not twice
        with transaction.atomic():
            return act()
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return act()  # one statement, which needs no transaction around it
    return together.write(act)


def _not_sent(request: HttpRequest, body: Body, draft: Draft, key: str) -> HttpResponse:
    """A second click, a tab that is older than the draft, or a draft that ended."""
    if drafts.receipt_of(request, body, at=clock.now(), key=key) is not None:
        return _to(request, "portal:file_receipt", body, again=True)
    if draft.key:
        return _to(request, "portal:file_check", body)
    return errors.page(
        request,
        409,
        title=N_("这里没有等待送出的内容"),
        message=N_("它可能已经送出，也可能放得太久，已经按约定清除。没有重复提交。"),
        remedy=N_("手里有查询码的，请查询进展；没有的，请重新填写。"),
    )


def _may(bucket: str, request: HttpRequest, limit: int) -> bool:
    return throttle.allow(bucket, throttle.address_of(request), limit, 3600, at=clock.now())


def _too_often(request: HttpRequest) -> HttpResponse:
    return errors.page(
        request,
        429,
        message=N_("从这个网络提交的次数太多。您前面填写的内容还在，没有丢失。"),
        remedy=N_("过几分钟返回上一页再提交；急事请直接打电话或到窗口。"),
    )


def _to(
    request: HttpRequest,
    name: str,
    body: Body,
    *,
    ended: bool = False,
    kept: bool = False,
    again: bool = False,
    box: int | None = None,
) -> HttpResponse:
    """Go on to a page of this body. A query says which draft and what happened; it never holds what was typed."""
    told = {
        "ended": ("kept" if kept else "1") if ended else "",
        "again": "1" if again else "",
        "more": "1" if box else "",
        "draft": drafts.asked(request),
    }
    query = urlencode({name: word for name, word in told.items() if word})
    address = _address(get_script_prefix(), name, body.code) + (f"?{query}" if query else "")
    return HttpResponseRedirect(address + (f"#id_claim_{box}" if box else ""), status=303)


@lru_cache(maxsize=256)
def _address(_prefix: str, name: str, body_code: str) -> str:
    """A page of a body; looked up once, since nothing but the prefix could change it."""
    return reverse(name, args=[body_code])


def _named(request: HttpRequest, draft: Draft) -> str:
    """The key that the form carries: the draft's own, that of the form sent before, or a fresh one that nothing keeps yet."""
    named = drafts.asked(request)
    return draft.key or (named if named != drafts.NEW else "") or str(uuid.uuid4())


def _page(
    request: HttpRequest, body: Body, step: Step, draft: Draft, faults: dict[str, str], **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "body": body,
        "step": step,
        "draft": draft,
        "faults": faults,
        "ended": request.GET.get("ended", "") if request.method != "POST" else "",
        "boxes": words.boxes(draft, faults, more="more" in request.GET),
        "kinds": words.kind_cards(),
        "names": words.name_cards(),
        "tree": categories.tree(body) if step is Step.TOLD else [],
        "spoken": words.languages_spoken(),
        "helps": words.helps(),
        "back": words.page_before(step, body, draft),
        "draft_key": _named(request, draft),
        "others": step is Step.TOLD
        and request.method != "POST"
        and bool(draft.key)
        and not drafts.asked(request),
        "help_lines": words.help_lines() if draft.presses else [],
        **more,
    }
    return render(request, f"portal/filing/{step.value}.html", context, status=status)
