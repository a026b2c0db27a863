"""Plans and their drafts: opened, written, checked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from pydantic import ValidationError

from huiying.emergency import texts
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook.checker import check
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Severity
from huiying.playbook.yaml_form import write
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import BEFORE_THE_LEADERS, BEING_MADE, PlanState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import IllegalMove, Refusal
from huiying.rules.words import N_, said


@transaction.atomic
def plan_open(*, body: Body, text: str, by: Officer, at: datetime) -> PlanVersion:
    """Open a plan with its first draft. The code is the document's own id. Raises PlanUnreadable with line and remedy."""
    check_may(by, Action.PLAN_EDIT, body_id=body.pk)
    doc = document_read(text)
    if Plan.objects.filter(body=body, code=doc.id).exists():
        raise Refusal(
            said(N_("本机构已有编号为“{code}”的预案。"), code=doc.id),
            rule="emergency.plan_code_once",
            remedy=N_("请打开那份预案另起草新版，或改用别的编号。"),
        )
    plan = Plan.objects.create(body=body, code=doc.id, title=doc.title, opened_at=at)
    ledger.append(EventKind.PLAN_OPENED, plan, by=by, at=at, body_id=body.pk, facts={"code": doc.id})
    return _draft_create(plan, text, base=None, by=by, at=at)


@transaction.atomic
def plan_draft_open(*, plan: Plan, by: Officer, at: datetime) -> PlanVersion:
    """Open the next draft with the text in force; an open draft is given back as it is."""
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    draft, base = _draft_of(plan), in_force(plan)
    if draft is not None:
        return draft
    if base is None:
        raise IllegalMove(
            N_("这份预案还没有施行过的版本。"), rule="lifecycle.plan", remedy=N_("请修改现有草案。")
        )
    return _draft_create(plan, base.text, base=base, by=by, at=at)


@transaction.atomic
def plan_save(
    *, version: PlanVersion, text: str, by: Officer, at: datetime, seen: datetime | None = None
) -> PlanVersion:
    """Save a draft's text and what the checker says of it. A text that cannot be read is refused, never half kept.

    The text before stays beside it, so that one act of saving can be undone. `seen` is when the text that was written
    over had been saved: where somebody saved since then, nothing is changed. Errors do not keep a draft from being
    saved, only from being put in force. Raises PlanUnreadable, IllegalMove, Overtaken.
    """
    check_may(by, Action.PLAN_EDIT, body_id=version.plan.body_id)
    _check_draft(version)
    doc = document_read(text)
    if doc.id != version.plan.code:
        raise Refusal(
            said(N_("编号从“{old}”变成了“{new}”。"), old=version.plan.code, new=doc.id),
            rule="emergency.plan_code_kept",
            remedy=N_("请保留原编号；要写另一份预案，请新建。"),
        )
    return _keep(version, text, doc, by=by, at=at, seen=seen)


@transaction.atomic
def plan_draft_open_from_proposal(
    *,
    plan: Plan,
    clause_id: str,
    changes: Mapping[str, str],
    reason: str,
    reference: str,
    by: Officer,
    at: datetime,
) -> PlanVersion:
    """Write a proposed change of one clause into the next draft, with its reason and where it came from.

    `changes` are the clause's fields with their new words ("text", "title", "within" …). An open draft takes the
    change in; otherwise one is opened from the text in force. The change is a draft: planner and leading group
    decide. Raises Refusal when the clause is gone or the result is no plan. 国办发〔2024〕5号 art. 35(5).
    """
    if not can_somewhere(by.grants, Action.EVALUATION_ADOPT):
        check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    check_may(by, Action.PLAN_READ, body_id=plan.body_id)
    draft, base = _draft_of(plan), in_force(plan)
    source = draft or base
    if source is None:
        raise IllegalMove(N_("这份预案还没有文本。"), rule="lifecycle.plan", remedy=N_("请先起草预案。"))
    doc = _with_clause(document_read(source.text), clause_id, changes)
    if draft is None:
        draft = _draft_create(plan, write(doc), base=base, by=by, at=at)
    else:
        draft = _keep(draft, write(doc), doc, by=by, at=at, seen=draft.saved_at)
    draft.proposals = [
        *draft.proposals,
        {"clause": clause_id, "reason": texts.cleaned(reason), "reference": reference},
    ]
    draft.save(update_fields=["proposals"])
    return draft


def findings_of(doc: PlanDocument) -> list[dict[str, str]]:
    """What the checker says of the document, as it is kept with the version."""
    return [
        {
            "rule": found.rule,
            "severity": found.severity.value,
            "clause": found.clause_id,
            "reason": found.reason,
            "practice": found.practice,
            "mend": found.mend,
        }
        for found in check(doc)
    ]


def _draft_of(plan: Plan) -> PlanVersion | None:
    """The draft of a plan. Raises IllegalMove while it lies before those who decide: nobody writes in it then."""
    found = PlanVersion.objects.select_related("plan__body").filter(plan=plan, state__in=BEING_MADE).first()
    if found is not None:
        _check_draft(found)
    return found


def in_force(plan: Plan) -> PlanVersion | None:
    """The text in force, if the plan has one."""
    found = PlanVersion.objects.select_related("plan__body")
    return found.filter(plan=plan, state=PlanState.PROMULGATED).first()


def _draft_create(
    plan: Plan, text: str, *, base: PlanVersion | None, by: Officer, at: datetime
) -> PlanVersion:
    doc = document_read(text)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
    version = PlanVersion.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        text=text,
        findings=findings_of(doc),
        base=base,
        saved_at=at,
        saved_by_id=by.staff_id,
    )
    _saved(version, by=by, at=at)
    return version


def _keep(
    version: PlanVersion,
    text: str,
    doc: PlanDocument,
    *,
    by: Officer,
    at: datetime,
    seen: datetime | None = None,
) -> PlanVersion:
    """Write a draft's text where it is still a draft, and still the one that was seen."""
    kept = {"text": text, "findings": findings_of(doc), "saved_at": at, "saved_by_id": by.staff_id}
    still = PlanVersion.objects.filter(pk=version.pk, state=PlanState.DRAFT)
    still = still if seen is None else still.filter(saved_at=seen)
    if not still.update(previous_text=F("text"), **kept):
        raise overtaken()
    version.refresh_from_db()
    _saved(version, by=by, at=at)
    return version


def _saved(version: PlanVersion, *, by: Officer, at: datetime) -> None:
    errors = sum(found["severity"] == Severity.ERROR for found in version.findings)
    facts = {"version": version.number, "errors": errors, "findings": len(version.findings)}
    ledger.append(EventKind.PLAN_SAVED, version.plan, by=by, at=at, body_id=version.plan.body_id, facts=facts)


def _check_draft(version: PlanVersion) -> None:
    if version.state in BEFORE_THE_LEADERS:
        raise IllegalMove(
            said(N_("第 {number} 版正在审批，文本不能改动。"), number=version.number),
            rule="lifecycle.plan",
            article="国办发〔2024〕5号 art. 24",
            remedy=N_("需要修改时，请审批人退回。"),
        )
    if version.state != PlanState.DRAFT:
        raise IllegalMove(
            said(N_("第 {number} 版已经印发，文本不再改动。"), number=version.number),
            rule="lifecycle.plan",
            article="国办发〔2024〕5号 art. 36",
            remedy=N_("请起草新版。"),
        )


def _with_clause(doc: PlanDocument, clause_id: str, changes: Mapping[str, str]) -> PlanDocument:
    tree = doc.model_dump(mode="json", exclude_defaults=True)
    clause = _found(tree, clause_id)
    if clause is None:
        raise Refusal(
            said(N_("现行预案里没有条款“{clause}”。"), clause=clause_id),
            rule="emergency.clause_known",
            remedy=N_("条款可能已被修改，请核对后重新提出。"),
        )
    clause.update(changes)
    try:
        return PlanDocument.model_validate(tree)
    except ValidationError:
        raise Refusal(
            said(N_("改动后的条款“{clause}”不符合预案格式。"), clause=clause_id),
            rule="emergency.clause_valid",
            remedy=N_("请核对改动的内容；时间写作“45 分钟”“5 小时”。"),
        ) from None


def _found(tree: Any, clause_id: str) -> dict[str, Any] | None:
    """The mapping of that id, searched by a stack: plans come from outside."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if part is not tree and part.get("id") == clause_id:
                return part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return None
