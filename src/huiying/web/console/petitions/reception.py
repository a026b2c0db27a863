"""Reception: a visit, a call or a letter taken down while the person speaks, and the receipt they take home."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from huiying.petitions import actions
from huiying.petitions.actions.filing import Filing, Receipt
from huiying.records import clock
from huiying.registry.models import Body, Place
from huiying.rules.deadlines import notice_due, route_due
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import whole_number
from huiying.web.shared import sealed
from huiying.web.shared.typed import Typed

TAKEN = (Channel.VISIT, Channel.CALL, Channel.LETTER, Channel.HOME_VISIT, Channel.EMAIL)
CLAIM_BOXES = 3
MOST_BOXES = 20
IDENTITY = ("name", "phone", "email", "address")
HELD = "reception_receipt"
CODE_SHOWN_FOR = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PETITION_REGISTER)
def reception(request: OfficerRequest) -> HttpResponse:
    """The form; sent, it files and registers in one step."""
    if request.method != "POST":
        # The key goes out with the form: of two clicks only the second answer may arrive.
        sealed.ready(request)
        form = _form(request, {"channel": Channel.VISIT, "kind": PetitionKind.REQUEST}, {})
        return sealed.with_key(request, form)
    typed = request.POST.dict()
    if "more" in typed:
        return _form(request, typed, {}, boxes=_boxes(typed) + 1)
    try:
        receipt = _take_down(request, typed)
    except Incomplete as refusal:
        return _form(request, typed, refusal.fields)
    _hold(request, receipt)
    return sealed.with_key(request, HttpResponseRedirect(reverse("console:reception_receipt"), status=303))


def _hold(request: OfficerRequest, receipt: Receipt) -> None:
    """Keep the receipt for this browser alone; a second click must not take the code of the first away."""
    reference = receipt.petition.reference
    if receipt.code is None:
        request.session = request.session.__class__(request.session.session_key)  # as the first click left it
        kept = sealed.load(request, HELD)
        first = kept if kept is not None and kept["reference"] == reference else {"code": "", "until": ""}
        sealed.keep(request, HELD, {**first, "reference": reference, "again": True})
        return
    until = (clock.now() + CODE_SHOWN_FOR).isoformat()
    held = {"reference": reference, "code": receipt.code, "until": until, "again": False}
    sealed.keep(request, HELD, held)


def _take_down(request: OfficerRequest, typed: dict[str, Any]) -> Receipt:
    body = Body.objects.get(pk=request.officer.body_id)
    now, filing = clock.now(), _filing(body, typed)
    with transaction.atomic():
        receipt = actions.petition_file(filing=filing, body=body, by=request.officer, at=now)
        if receipt.code is not None:
            actions.petition_register(
                petition=receipt.petition,
                matter=filing.matter,
                danger=bool(typed.get("danger")),
                by=request.officer,
                at=now,
            )
    return receipt


def _filing(body: Body, typed: dict[str, Any]) -> Filing:
    how = _one_of(Confidentiality, typed.get("confidentiality", ""), "confidentiality")
    return Filing(
        text=typed.get("text", ""),
        claims=tuple(typed.get(f"claim_{n}", "") for n in range(1, _boxes(typed) + 1)),
        kind=_one_of(PetitionKind, typed.get("kind", ""), "kind"),
        confidentiality=how,
        channel=_one_of(Channel, typed.get("channel", ""), "channel"),
        matter=_one_of(Matter, typed.get("matter", "") or Matter.OTHER, "matter"),
        title=typed.get("title", ""),
        happened_where=typed.get("happened_where", ""),
        happened_when=typed.get("happened_when", ""),
        identity={name: typed.get(name, "") for name in IDENTITY},
        place=Place.objects.filter(body=body, pk=whole_number(typed.get("place", "")) or 0).first(),
        filing_key=_key(typed.get("filing_key", "")),
    )


def _one_of(values: Any, text: str, field: str) -> Any:
    if text in set(values):
        return values(text)
    raise Incomplete(N_("请选择一项。"), fields={field: N_("请选择一项。")})


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _boxes(typed: dict[str, Any]) -> int:
    given = [
        int(key[6:]) for key in typed if key.startswith("claim_") and key[6:].isascii() and key[6:].isdigit()
    ]
    return min(max([CLAIM_BOXES, *given]), MOST_BOXES)


def _form(
    request: OfficerRequest, typed: dict[str, Any], errors: dict[str, str], *, boxes: int | None = None
) -> HttpResponse:
    context = {
        "typed": Typed(typed),
        "errors": Typed(errors),
        "boxes": min(boxes or _boxes(typed), MOST_BOXES),
        "filing_key": typed.get("filing_key") or str(uuid.uuid4()),
        "channels": [(c.value, c.label) for c in TAKEN],
        "kinds": [(k.value, k.label) for k in PetitionKind],
        "matters": [(m.value, m.label) for m in Matter],
        "places": [
            (p.pk, p.name) for p in Place.objects.filter(body_id=request.officer.body_id).order_by("pk")
        ],
    }
    return render(request, "console/petitions/reception.html", context, status=422 if errors else 200)


@require_safe
@console_view(Action.PETITION_REGISTER)
def receipt(request: OfficerRequest) -> HttpResponse:
    """The receipt of the last person received, to print or read out; the code goes after ten minutes, or with the next."""
    held = sealed.load(request, HELD)
    if held is None:
        return HttpResponseRedirect(reverse("console:reception"), status=303)
    today = clock.today()
    body = Body.objects.get(pk=request.officer.body_id)
    shown = bool(held["until"]) and clock.now() < datetime.fromisoformat(held["until"])
    context = {
        "reference": held["reference"],
        "code": held["code"] if shown else "",
        "again": held["again"],
        "body": body,
        "dues": [route_due(received_on=today), notice_due(received_on=today)],
        "follow_path": reverse("portal:follow", args=[body.code]),
        "today": today,
    }
    return render(request, "console/petitions/receipt.html", context)
