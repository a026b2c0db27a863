"""A version on its way: submitted, withdrawn, sent back, approved by another person, put in force."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.actions.filing import open_acknowledgements, open_filings, receivers_read
from huiying.emergency.actions.parameters import check_figures_fit
from huiying.emergency.actions.plans import findings_of, in_force
from huiying.emergency.authors import savers_of
from huiying.emergency.before_submission import check_opinions, procedure_of
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Severity
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry.actions import LevelRow, levels_set
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotPermitted, Refusal
from huiying.rules.words import N_, said

APPROVAL_ARTICLE = "国办发〔2024〕5号 art. 24, 25"


@transaction.atomic
def plan_submit(*, version: PlanVersion, drafting_note: str, by: Officer, at: datetime) -> PlanVersion:
    """Lay a draft before the leading group with its drafting note (编制说明). 国办发〔2024〕5号 art. 24.

    Refused while the checker has errors; in the full procedure also while a unit with a duty was not asked, may
    still answer, or gave an opinion that was not dealt with (art. 22, 36).
    """
    check_may(by, Action.PLAN_EDIT, body_id=version.plan.body_id)
    move = lifecycle.PLAN.check(PlanState(version.state), PlanState.SUBMITTED)
    note = _filled("drafting_note", drafting_note, N_("编制说明"), texts.LONG)
    _check_unsaved_since(version)
    findings = findings_of(document_read(version.text))
    _check_without_errors(findings, N_("还有 {count} 处必须修改，不能送审。第一处：{first}"))
    procedure = procedure_of(version)
    check_opinions(version, procedure, today=official_date(at))

    change_state(
        version,
        move,
        drafting_note=note,
        procedure=procedure,
        findings=findings,
        submitted_at=at,
        submitted_by_id=by.staff_id,
        returned_for="",
    )
    _moved(EventKind.PLAN_SUBMITTED, version, by=by, at=at)
    return version


@transaction.atomic
def plan_withdraw(*, version: PlanVersion, by: Officer, at: datetime) -> PlanVersion:
    """Take a text back that waits for approval, to go on writing; by the person who submitted it."""
    check_may(by, Action.PLAN_EDIT, body_id=version.plan.body_id)
    move = lifecycle.PLAN.check(PlanState(version.state), PlanState.DRAFT, action="plan_withdraw")
    if by.staff_id != version.submitted_by_id:
        raise NotPermitted(
            N_("这份文本不是您送审的。"),
            rule="emergency.withdraw_own",
            remedy=N_("请由送审的人撤回，或请审批人退回。"),
        )
    change_state(version, move)
    _moved(EventKind.PLAN_WITHDRAWN, version, by=by, at=at)
    return version


@transaction.atomic
def plan_return(*, version: PlanVersion, reason: str, by: Officer, at: datetime) -> PlanVersion:
    """Send a submitted or approved text back to its planner, with the reason. 国办发〔2024〕5号 art. 24."""
    check_may(by, Action.PLAN_APPROVE, body_id=version.plan.body_id)
    move = lifecycle.PLAN.check(PlanState(version.state), PlanState.DRAFT, action="plan_return")
    words = _filled("reason", reason, N_("退回的理由"), texts.LONG)
    change_state(version, move, returned_for=words, approved_at=None, approved_by_id=None)
    _moved(EventKind.PLAN_RETURNED, version, by=by, at=at)
    return version


@transaction.atomic
def plan_approve(*, version: PlanVersion, by: Officer, at: datetime) -> PlanVersion:
    """Approve a submitted text; never who ever saved this version, or submitted it. 国办发〔2024〕5号 art. 24, 25."""
    check_may(by, Action.PLAN_APPROVE, body_id=version.plan.body_id)
    move = lifecycle.PLAN.check(PlanState(version.state), PlanState.APPROVED)
    _check_second_person(version, by)
    _check_unsaved_since(version)
    change_state(version, move, approved_at=at, approved_by_id=by.staff_id)
    _moved(EventKind.PLAN_APPROVED, version, by=by, at=at)
    return version


@transaction.atomic
def plan_promulgate(
    *,
    version: PlanVersion,
    document_number: str,
    issued_on: date | None = None,
    receivers: Sequence[str] | None = None,
    by: Officer,
    at: datetime,
) -> PlanVersion:
    """Put an approved text in force and replace the former; the body's response levels follow the new one.

    It is owed to each receiver as a filing (without any given: those of the plan's kind) and laid before every unit.
    `issued_on` is the date of the document: today, or a day since the approval.

    The duty to publish within twenty working days stays as an open note on the plan's page
    (国办发〔2024〕5号 art. 25, 26, 28).
    """
    plan = version.plan
    check_may(by, Action.PLAN_PROMULGATE, body_id=plan.body_id)
    move = lifecycle.PLAN.check(PlanState(version.state), PlanState.PROMULGATED)
    number = _filled("document_number", document_number, N_("发文字号"), 80)
    issued_on = issued_on or official_date(at)
    _check_issue(version, issued_on, at)
    filed_with = receivers_read(version, receivers)
    doc = _checked_again(version)

    _supersede_former(plan, by=by, at=at)
    parameters = {parameter.id: parameter.value for parameter in doc.parameters}
    change_state(
        version,
        move,
        promulgated_at=at,
        promulgated_by_id=by.staff_id,
        document_number=number,
        issued_on=issued_on,
        parameters=parameters,
    )
    open_filings(version, filed_with, issued_on=issued_on)
    open_acknowledgements(version, at=at)
    Plan.objects.filter(pk=plan.pk).update(title=doc.title)
    levels_set(body=plan.body, levels=_levels(doc), by=by, at=at)
    facts = {"version": version.number, "parameters": parameters, "issued": issued_on}
    ledger.append(EventKind.PLAN_PROMULGATED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return version


def _checked_again(version: PlanVersion) -> PlanDocument:
    """The text as it is about to be in force: saved by nobody since, without errors, and fit for the body's own figures."""
    _check_unsaved_since(version)
    doc = document_read(version.text)
    _check_without_errors(findings_of(doc), N_("还有 {count} 处必须修改，不能印发。第一处：{first}"))
    check_figures_fit(version.plan, doc)
    return doc


def _filled(name: str, typed: str, label: str, most: int) -> str:
    """What was typed, cleaned. Raises Incomplete at the field where it is empty or too long."""
    words = {name: texts.cleaned(typed)}
    texts.check_filled(words, {name: label}, rule=f"emergency.{name}", article=APPROVAL_ARTICLE)
    texts.check_short_enough(words, {name: most}, rule=f"emergency.{name}")
    return words[name]


def _check_unsaved_since(version: PlanVersion) -> None:
    """Whoever decides, decides on the text they were given: raise Overtaken when it was saved again meanwhile."""
    rows = PlanVersion.objects.select_for_update().filter(pk=version.pk, saved_at=version.saved_at)
    if not rows.exists():
        raise overtaken()


def _check_without_errors(findings: list[dict[str, str]], sentence: str) -> None:
    """Raise Refusal with that sentence while the checker has errors; it may have learned since a text was approved."""
    errors = [found for found in findings if found["severity"] == Severity.ERROR]
    if errors:
        raise Refusal(
            said(sentence, count=len(errors), first=errors[0]["reason"]),
            rule="emergency.submit",
            article=APPROVAL_ARTICLE,
            remedy=errors[0]["mend"],
        )


def _check_issue(version: PlanVersion, issued_on: date, at: datetime) -> None:
    approved_at = version.approved_at
    if (approved_at and issued_on < official_date(approved_at)) or issued_on > official_date(at):
        wrong = N_("印发日期不能早于批准日期，也不能晚于今天。")
        raise Incomplete(
            wrong, fields={"issued_on": wrong}, rule="emergency.issued_on", article=APPROVAL_ARTICLE
        )


def _check_second_person(version: PlanVersion, by: Officer) -> None:
    if by.staff_id in {version.submitted_by_id, *savers_of(version)}:
        raise NotPermitted(
            N_("这份文本由您保存或送审，须由另一个人批准。"),
            rule="emergency.approve_second_person",
            article=APPROVAL_ARTICLE,
            remedy=N_("请领导小组的其他成员审阅批准。"),
        )


def _moved(kind: EventKind, version: PlanVersion, *, by: Officer, at: datetime) -> None:
    facts = {"version": version.number, "procedure": version.procedure}
    ledger.append(kind, version.plan, by=by, at=at, body_id=version.plan.body_id, facts=facts)


def _supersede_former(plan: Plan, *, by: Officer, at: datetime) -> None:
    former = in_force(plan)
    if former is None:
        return
    move = lifecycle.PLAN.check(PlanState(former.state), PlanState.SUPERSEDED)
    change_state(former, move, superseded_at=at)
    facts = {"version": former.number}
    ledger.append(EventKind.PLAN_SUPERSEDED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)


def _levels(doc: PlanDocument) -> list[LevelRow]:
    """The plan's levels as registry keeps them; their basis is the plan itself (突发事件应对法 art. 71)."""
    levels = sorted(doc.levels, key=lambda level: -level.level.strength)
    return [
        LevelRow(
            code=level.level.value,
            name=level.level.label,
            order=order,
            criteria="\n".join(level.criteria) or level.text,
            legal_basis="、".join(doc.cite(citation) for citation in level.basis)[:120],
        )
        for order, level in enumerate(levels, start=1)
    ]
