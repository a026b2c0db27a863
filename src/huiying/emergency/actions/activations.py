"""Activation: the plan becomes orders in one transaction, once for an incident, once for a warning."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.actions.incidents import incident_create
from huiying.emergency.actions.orders import orders_open
from huiying.emergency.gate import check_may
from huiying.emergency.kinds import Nature, Source
from huiying.emergency.models import Activation, Incident, InformationDue, PlanVersion
from huiying.emergency.posts import posts_by_code, posts_filled
from huiying.emergency.running import document_read, figures_now, playbook_for
from huiying.issues.selectors import WarningSummary
from huiying.playbook.kinds import ResponseLevel
from huiying.records import ledger, outbox
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules import lifecycle, reporting
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import Action
from huiying.rules.publication import InformationTrigger, information_due
from huiying.rules.refusals import IllegalMove, Incomplete, NotThere
from huiying.rules.words import N_

MAJOR = frozenset({ResponseLevel.I, ResponseLevel.II})
LEADING_POST = "leading_group"


@transaction.atomic
def activation_open(
    *,
    incident: Incident,
    version: PlanVersion,
    level: ResponseLevel,
    facets: Sequence[str],
    matter: str,
    expected_until: datetime | None,
    measures: str,
    by: Officer,
    at: datetime,
) -> Activation:
    """Activate the response to a verified incident: matter, level, expected duration, measures (突发事件应对法 art. 72).

    The incident's state, the activation, every first order, the duties to the public, ledger and letters are one
    transaction: after a crash all of it is there or none. A second activation finds the state taken.
    """
    check_may(by, Action.INCIDENT_ACTIVATE, body_id=incident.body_id)
    _check_in_force(version, incident)
    texts.check_listed(facets, [facet.id for facet in document_read(version.text).facets])
    words = {"matter": texts.cleaned(matter), "measures": texts.cleaned(measures)}
    until = _check_contents(words, level, expected_until, at)
    move = lifecycle.INCIDENT.check(IncidentState(incident.state), IncidentState.ACTIVE)
    figures = figures_now(version)
    asked = playbook_for(version, level=level, facets=list(facets), figures=figures)
    posts_filled(incident.body_id, asked)

    change_state(incident, move)
    activation = Activation.objects.create(
        incident=incident,
        plan_version=version,
        level=ResponseLevel(level),
        facets=sorted(set(facets)),
        parameters=figures,
        expected_until=until,
        activated_at=at,
        activated_by_id=by.staff_id,
        **words,
    )
    _record(activation, by=by, at=at)
    orders_open(activation, by=by, at=at)
    _owe_information(activation)
    return activation


def _record(activation: Activation, *, by: Officer, at: datetime) -> None:
    incident, version = activation.incident, activation.plan_version
    facts = {
        "activation": activation.pk,
        "plan": version.plan.code,
        "version": version.number,
        "level": activation.level,
        "facets": activation.facets,
        "parameters": activation.parameters,
        "expected_until": activation.expected_until,
    }
    ledger.append(EventKind.INCIDENT_ACTIVATED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)


def _owe_information(activation: Activation) -> None:
    """The duties to inform the public, from the instant the incident was reported; the gravest two levels owe more."""
    incident = activation.incident
    triggers = [InformationTrigger.PUBLIC_CONCERN]
    if ResponseLevel(activation.level) in MAJOR:
        triggers.insert(0, InformationTrigger.MAJOR_EVENT)
    InformationDue.objects.bulk_create(
        InformationDue(
            incident=incident,
            code=duty.code,
            label=f"{duty.kind.label}（{duty.within}内）",
            article=duty.source,
            due_at=duty.due_at,
        )
        for trigger in triggers
        for duty in information_due(trigger, incident.reported_at)
    )


def _check_in_force(version: PlanVersion, incident: Incident) -> None:
    if version.plan.body_id != incident.body_id:
        raise NotThere(N_("没有找到这份预案。"), rule="gate.emergency")
    if version.state != PlanState.PROMULGATED:
        raise IllegalMove(
            N_("这一版预案不在施行中。"),
            rule="emergency.plan_in_force",
            article="突发事件应对法 art. 72",
            remedy=N_("请选择施行中的版本。"),
        )


def _check_contents(
    words: Mapping[str, str], level: str, expected_until: datetime | None, at: datetime
) -> datetime:
    """Raise Incomplete unless all four contents are there; give back the instant it is expected to last until."""
    values: dict[str, object] = {**words, "level": level, "expected_duration": expected_until}
    reporting.check_activation(values)
    texts.check_short_enough(words, dict.fromkeys(words, texts.LONG), rule="reporting.activation")
    if expected_until is None or expected_until <= at:
        raise Incomplete(
            N_("预计结束时间早于现在。"),
            fields={"expected_duration": N_("请填写将来的时间；情况变化时可以再调整。")},
            rule="reporting.activation",
            article=reporting.ACTIVATION_ARTICLE,
        )
    return expected_until


@transaction.atomic
def activation_open_for_warning(*, warning: WarningSummary, by: HasActor, at: datetime) -> Incident:
    """Lay a confirmed warning before the leading group as a verified incident, ready to be activated.

    It names the warning, its level and its criteria; nothing leads on from there. A warning is laid before them
    once: whoever comes second gets the same incident. Two people have verified and confirmed the warning already,
    so it needs no second verification (突发事件应对法 art. 62, 63, 66). Raises IllegalMove for an unconfirmed one.
    """
    if warning.state is not WarningState.CONFIRMED:
        raise IllegalMove(N_("预警还没有发布，或者已经解除。"), rule="emergency.warning_confirmed")
    body = Body.objects.select_for_update().get(pk=warning.body_id)
    known = Incident.objects.filter(warning_id=warning.id).first()
    return known or _laid_before_leading_group(warning, body, by=by, at=at)


def _laid_before_leading_group(
    warning: WarningSummary, body: Body, *, by: HasActor, at: datetime
) -> Incident:
    incident = incident_create(
        body,
        by=by,
        at=at,
        state=IncidentState.VERIFIED,
        nature=Nature.FORESEEN_HARM,
        place=body.name,
        told=warning.title,
        happened_at=warning.confirmed_at or at,
        source=Source.WARNING,
        warning_id=warning.id,
        warning_reference=warning.reference,
        verified_at=at,
    )
    ledger.append(
        EventKind.INCIDENT_VERIFIED, incident, by=by, at=at, body_id=body.pk, facts={"warning": warning.id}
    )
    post = posts_by_code(body.pk).get(LEADING_POST)
    to = outbox.Recipient(outbox.RecipientKind.POST, str(post.pk)) if post else None
    outbox.put(
        "activation_proposed",
        incident,
        to=to,
        at=at,
        body_id=body.pk,
        dedupe=f"activation-proposed:{warning.id}",
    )
    return incident
