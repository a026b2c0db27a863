"""The list and the workbench: one petition, its clocks, its claims, and what the viewer can do next."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiying.issues.selectors import issues_of_petition
from huiying.petitions import gate, selectors
from huiying.petitions.models import Petition
from huiying.records import clock, vault
from huiying.registry.granting import running_at
from huiying.registry.models import Grant, Unit
from huiying.registry.selectors import unit_choices, units_of
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import Matter, ServedHow
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions import panels
from huiying.web.console.petitions.answering import answering_panel
from huiying.web.console.petitions.folds import opened, refuse
from huiying.web.shared.typed import Typed


def whole_number(text: str) -> int | None:
    """A key from a query string; anything that is no whole number asks for the first page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_safe
@console_view(Action.PETITION_LIST)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """One petition as its viewer may see it."""
    return workbench(request, gate.petition_for(request.officer, reference))


def workbench(
    request: OfficerRequest,
    petition: Petition,
    *,
    section: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page of one petition; after a refused form `section` holds what was typed and what is wrong with it."""
    refuse(request, section)
    officer, today = request.officer, clock.today()
    words = selectors.words_for(officer, petition)
    may = _open_acts(request, petition)
    context = {
        "petition": petition,
        "words": words,
        "claims": words.claims,
        "clocks": [chip(seen) for seen in selectors.clocks_of(petition, today=today) if seen.due.strict],
        "history": [happening(step) for step in selectors.history_of(petition, inside=True, viewer=officer)],
        "may": may,
        "shield_first": selectors.shielding_waits(petition),
        "units": unit_choices(officer.body_id) if may["assign"] else (),
        "handlers": _handlers(petition) if may["assign"] else (),
        "matters": [(matter.value, matter.label) for matter in Matter],
        "served_ways": [{"value": how.value, "label": how.label} for how in (ServedHow.HAND, ServedHow.POST)],
        "openings": vault.openings_about(petition.vault_token) if petition.vault_token else [],
        "causes": issues_of_petition(officer, petition),
        "section": section,
        "opened": opened(request),
        "here": reverse("console:petition_page", args=[petition.reference]),
        "typed": Typed(typed or {}),
        "errors": Typed(errors or {}),
        "today": today,
        **answering_panel(request, petition, [seen.claim for seen in words.claims]),
        **panels.of(request, petition),
    }
    return render(request, "console/petitions/page.html", context, status=422 if errors else 200)


def chip(seen: selectors.ClockSeen) -> dict[str, Any]:
    """A clock as the clock_chip component takes it."""
    row = ROWS[Clock(seen.row.clock)]
    steps = [{"on": step.on, "words": step.note} for step in seen.due.steps]
    done = clock.official_date(seen.row.met_at) if seen.row.met_at else None
    return {
        "seen": seen,
        "label": _("承办单位告知") if seen.row.unit_id and row.clock is Clock.NOTICE else row.label,
        "article": row.article,
        "holder": row.holder,
        "rule": f"{row.label} · {row.starts}",
        "steps": steps,
        "done": done,
        "stopped": seen.row.stopped_at,
        "due_on": seen.row.due_on,
    }


def happening(step: selectors.Happening) -> dict[str, Any]:
    """A step of the history as the timeline component takes it."""
    return {
        "at": step.at,
        "what": step.kind.label,
        "who": step.actor_kind.label,
        "ours": step.actor_kind == "staff",
    }


def _open_acts(request: OfficerRequest, petition: Petition) -> dict[str, bool]:
    """Which acts the page offers: what the grants allow and the state admits."""
    unit_id, state = petition.handling_unit_id, PetitionState(petition.state)
    offered = {
        "register": (Action.PETITION_REGISTER, {PetitionState.RECEIVED}),
        "decide": (Action.PETITION_ACCEPT, {PetitionState.REGISTERED}),
        "assign": (Action.PETITION_ASSIGN, {PetitionState.ACCEPTED}),
        "shield": (
            Action.PETITION_SHIELD,
            {PetitionState.RECEIVED, PetitionState.REGISTERED, PetitionState.ACCEPTED},
        ),
        "answer": (Action.CLAIM_ANSWER, {PetitionState.HANDLING}),
        "notify": (Action.PETITION_NOTIFY, {PetitionState.HANDLING}),
        "serve": (Action.REPLY_SERVE, {PetitionState.REPLIED}),
        "danger": (
            Action.PETITION_FACET,
            set(PetitionState) - {PetitionState.SETTLED, PetitionState.WITHDRAWN},
        ),
        "identity": (Action.IDENTITY_OPEN, set(PetitionState)),
        "tie": (Action.ISSUE_TIE, set(PetitionState)),
    }
    open_ = {
        name: state in states and request.officer.can(action, unit_id=unit_id)
        for name, (action, states) in offered.items()
    }
    open_["notify"] = open_["notify"] and petition.notified_at is None
    open_["shield"] = open_["shield"] and petition.confidentiality == "confidential"
    open_["identity"] = open_["identity"] and petition.vault_token is not None
    return open_


def _handlers(petition: Petition) -> list[tuple[str, str]]:
    """The officers one may choose, each with the unit: "unit id/staff id"; nobody who is recused."""
    rows = Grant.objects.filter(
        running_at(clock.now()), unit__body_id=petition.body_id, role="officer", staff__is_active=True
    ).exclude(staff_id__in=petition.recusals.values("staff_id"))
    rows = rows.select_related("staff", "unit").order_by("unit_id", "staff_id")[:200]
    return [(f"{g.unit_id}/{g.staff_id}", f"{g.unit.name} · {g.staff.name}") for g in _once(rows)]


def _once(rows: Any) -> list[Grant]:
    kept: dict[tuple[int, int], Grant] = {}
    for grant in rows:
        kept.setdefault((grant.unit_id, grant.staff_id), grant)
    return list(kept.values())


def seen(petition: Petition) -> HttpResponseRedirect:
    """Back to the petition after an act."""
    return HttpResponseRedirect(reverse("console:petition_page", args=[petition.reference]), status=303)


def unit_named(request: OfficerRequest, unit_id: int | None) -> Unit | None:
    """A unit of the viewer's own body by number."""
    return units_of(request.officer).filter(pk=unit_id).first() if unit_id else None
