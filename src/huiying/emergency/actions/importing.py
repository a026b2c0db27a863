"""A plan that comes in as a file: read, gone through by a person clause by clause, made a draft or dropped."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from huiying.emergency import texts
from huiying.emergency.actions.plans import plan_draft_open, plan_open, plan_save
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanImport, PlanVersion
from huiying.emergency.plan_files import LONGEST_NAME, lines_kept
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import Reading, Source, draft_of
from huiying.playbook.reading.deciding import (
    Decision,
    Verdict,
    decided,
    decisions_kept,
    decisions_of,
    guesses_left,
    kept_of,
    reading_of,
)
from huiying.playbook.reading.draft_clauses import LONGEST_TITLE, LONGEST_WORDS
from huiying.playbook.yaml_form import write
from huiying.records import ledger
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import BEING_MADE
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete, Refusal
from huiying.rules.words import N_, said

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_CODE = 64
NAMED = {"title": N_("预案名称"), "code": N_("编号"), "body_kind": N_("制定机构的类别")}


@transaction.atomic
def plan_import(
    *, body: Body, name: str, source: Source, reading: Reading, by: Officer, at: datetime
) -> PlanImport:
    """Keep what was read of a file, with its lines, until a person has gone through it. Nothing becomes a plan yet."""
    check_may(by, Action.PLAN_EDIT, body_id=body.pk)
    imported = PlanImport.objects.create(
        body=body,
        name=texts.cleaned(name)[-LONGEST_NAME:],
        source=lines_kept(source),
        reading=kept_of(reading),
        read_at=at,
        read_by_id=by.staff_id,
    )
    facts = {"clauses": len(reading.clauses), "guesses": len(guesses_left(reading, {}))}
    ledger.append(EventKind.PLAN_IMPORTED, imported, by=by, at=at, body_id=body.pk, facts=facts)
    return imported


@transaction.atomic
def plan_import_confirm(
    *,
    imported: PlanImport,
    decisions: Mapping[str, Decision | None],
    undecided_only: bool = False,
    by: Officer,
    at: datetime,
) -> PlanImport:
    """Keep what a person says to clauses: right, mended, dropped, part of the one before; None takes it back.

    `undecided_only` is for many at once: what somebody said to a clause meanwhile, their words in it, stays.
    """
    row = _open(imported, by)
    known = {clause["id"] for clause in row.reading.get("clauses", ())}
    texts.check_listed(set(decisions), known)
    cleaned = {clause_id: _cleaned(decision) for clause_id, decision in decisions.items()}
    said_before = decisions_of(row.decisions)
    if undecided_only:
        cleaned = {id: decision for id, decision in cleaned.items() if id not in said_before}
    held = {**said_before, **cleaned}
    row.decisions = decisions_kept({id: decision for id, decision in held.items() if decision is not None})
    row.save(update_fields=["decisions"])
    verdicts = [decision.verdict.value for decision in cleaned.values() if decision is not None]
    facts = {verdict.value: verdicts.count(verdict.value) for verdict in Verdict}
    ledger.append(EventKind.PLAN_IMPORT_CONFIRMED, row, by=by, at=at, body_id=row.body_id, facts=facts)
    return row


@transaction.atomic
def plan_import_finish(
    *, imported: PlanImport, code: str, title: str, body_kind: BodyKind | None, by: Officer, at: datetime
) -> PlanVersion:
    """Make a draft of what was confirmed: the first of a new plan, or the next of the plan with that code.

    Refused while a guess waits for its decision, and while the plan has a version on its way: that one would be lost.
    """
    row = _open(imported, by)
    reading, decisions = reading_of(row.reading), decisions_of(row.decisions)
    if left := guesses_left(reading, decisions):
        raise Refusal(
            said(N_("还有 {count} 条推测没有核对。"), count=len(left)),
            rule="emergency.import_guesses",
            remedy=N_("请逐条确认、修改或不要，再生成草案。"),
        )
    code, title = code.strip(), texts.cleaned(title)
    kind = _check_named(code, title, body_kind)
    text = write(_document(decided(reading, decisions), code, title, kind))
    version = _draft(row.body, code, text, by=by, at=at)
    row.version = version
    row.save(update_fields=["version"])
    facts = {"version": version.number, "code": code}
    ledger.append(EventKind.PLAN_IMPORT_CONFIRMED, row, by=by, at=at, body_id=row.body_id, facts=facts)
    return version


@transaction.atomic
def plan_import_drop(*, imported: PlanImport, by: Officer, at: datetime) -> PlanImport:
    """Give the import up. What was read is erased: nobody needs the words of a file that became nothing."""
    row = _open(imported, by)
    row.source, row.reading, row.decisions, row.dropped_at = [], {}, {}, at
    row.save(update_fields=["source", "reading", "decisions", "dropped_at"])
    ledger.append(EventKind.PLAN_IMPORT_DROPPED, row, by=by, at=at, body_id=row.body_id, facts={})
    return row


def _open(imported: PlanImport, by: Officer) -> PlanImport:
    """The row, held until the end of the transaction, while nothing has come of it."""
    check_may(by, Action.PLAN_EDIT, body_id=imported.body_id)
    row = PlanImport.objects.select_for_update(of=("self",)).select_related("body").get(pk=imported.pk)
    if row.version_id is not None or row.dropped_at is not None:
        raise IllegalMove(
            N_("这次导入已经结束。"), rule="emergency.import_open", remedy=N_("需要时请重新导入文件。")
        )
    return row


def _cleaned(decision: Decision | None) -> Decision | None:
    if decision is None or decision.verdict is not Verdict.MENDED:
        return decision
    title, text = texts.cleaned(decision.title), texts.cleaned(decision.text)
    texts.check_filled({"text": text}, {"text": N_("内容")}, rule="emergency.import_mend")
    texts.check_short_enough(
        {"title": title, "text": text},
        {"title": LONGEST_TITLE, "text": LONGEST_WORDS},
        rule="emergency.import_mend",
    )
    return Decision(Verdict.MENDED, decision.kind, title, text)


def _check_named(code: str, title: str, body_kind: BodyKind | None) -> BodyKind:
    values = {"title": title, "code": code, "body_kind": body_kind or ""}
    texts.check_filled(values, NAMED, rule="emergency.import_named")
    texts.check_short_enough(
        {"code": code, "title": title},
        {"code": LONGEST_CODE, "title": LONGEST_TITLE},
        rule="emergency.import_named",
    )
    if not CODE.fullmatch(code):
        sentence = N_("编号用小写字母开头，只用小写字母、数字和连字符，例如 flood-control。")
        raise Incomplete(sentence, fields={"code": sentence}, rule="emergency.import_named")
    return BodyKind(values["body_kind"])


def _document(reading: Reading, code: str, title: str, body_kind: BodyKind) -> PlanDocument:
    try:
        return draft_of(reading, id=code, body_kind=body_kind).model_copy(update={"title": title})
    except ValidationError:
        raise Refusal(
            N_("核对后的条款还拼不成一份预案。"),
            rule="emergency.import_document",
            remedy=N_("请检查刚刚修改的条款；太长的请拆开，并入上一条的请改为单独一条。"),
        ) from None


def _draft(body: Body, code: str, text: str, *, by: Officer, at: datetime) -> PlanVersion:
    plan = Plan.objects.select_related("body").filter(body=body, code=code).first()
    if plan is None:
        return plan_open(body=body, text=text, by=by, at=at)
    if plan.versions.filter(state__in=BEING_MADE).exists():
        sentence = N_("编号相同的预案已有没有印发的版本，导入会盖掉它。请换一个编号，或先印发那一版。")
        raise Incomplete(sentence, fields={"code": sentence}, rule="emergency.import_draft")
    draft = plan_draft_open(plan=plan, by=by, at=at)
    return plan_save(version=draft, text=text, by=by, at=at, seen=at)  # never over what somebody just began
