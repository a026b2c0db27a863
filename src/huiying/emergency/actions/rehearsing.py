"""Rehearsing at the desk: run and kept, and what it suggests written into the next draft by whoever writes plans."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from huiying.emergency.actions.plans import plan_draft_open, plan_save
from huiying.emergency.gate import check_may
from huiying.emergency.models import PlanRehearsal, PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.tabletop import Asked, asked_read, changes_read, digest_of, level_of, rehearsed
from huiying.playbook.compiler import compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import Product
from huiying.playbook.rehearsal.changes import Change, ChangeKind
from huiying.playbook.yaml_form import write
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_, said

Tree = dict[str, Any]


def plan_rehearse(*, version: PlanVersion, asked: Asked, by: Officer, at: datetime) -> PlanRehearsal:
    """Rehearse one text at the desk and keep what came out. Raises Incomplete, PlanNotRunnable.

    The runs are over before anything is written, so that nobody waits for them behind an open transaction.
    """
    check_may(by, Action.PLAN_REHEARSE, body_id=version.plan.body_id)
    return _keep(version, asked, rehearsed(version, asked), by=by, at=at)


@transaction.atomic
def _keep(
    version: PlanVersion, asked: Asked, result: dict[str, Any], *, by: Officer, at: datetime
) -> PlanRehearsal:
    row = PlanRehearsal.objects.create(
        version=version,
        text_digest=digest_of(version.text),
        scenario=asked.as_json(),
        result=result,
        ran_at=at,
        ran_by_id=by.staff_id,
    )
    plan = version.plan
    facts = {
        "version": version.number,
        "level": asked.level,
        "runs": asked.runs,
        "crew": asked.crew.value,
    }
    ledger.append(EventKind.PLAN_REHEARSED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return row


@transaction.atomic
def rehearsal_change_draft(*, rehearsal: PlanRehearsal, place: int, by: Officer, at: datetime) -> PlanVersion:
    """Write one suggested change into the next draft; an open draft takes it in. Planner and leading group decide.

    Raises Refusal where the draft has lost the clause the change is about.
    """
    plan = rehearsal.version.plan
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    change = _change(rehearsal, place)
    draft = plan_draft_open(plan=plan, by=by, at=at)
    text = changed(document_read(draft.text), change, asked_read(rehearsal.scenario))
    return plan_save(version=draft, text=text, by=by, at=at, seen=draft.saved_at)


def _change(rehearsal: PlanRehearsal, place: int) -> Change:
    changes = changes_read(rehearsal.result)
    if not 0 <= place < len(changes):
        raise Refusal(
            N_("这次演算没有这一条建议。"),
            rule="emergency.rehearsal_change",
            remedy=N_("请回到演算结果，从列出的建议中选择。"),
        )
    return changes[place]


def changed(doc: PlanDocument, change: Change, asked: Asked) -> str:
    """The plan's text with that change in it."""
    tree: Tree = doc.model_dump(mode="json", exclude_defaults=True)
    _WRITES[change.kind](tree, doc, change, asked)
    try:
        return write(PlanDocument.model_validate(tree))
    except ValidationError:
        raise _gone(change.role) from None


def _one_more(tree: Tree, doc: PlanDocument, change: Change, asked: Asked) -> None:
    role = _role(tree, change.role)
    _say(role, "响应期间这个角色至少再配一个人，可以同时接指令。")


def _earlier(tree: Tree, doc: PlanDocument, change: Change, asked: Asked) -> None:
    """Said at the step that decides; a plan without one says it at its gravest level."""
    _least, usual, longest = asked.decision
    half, most = (max(1, round(minutes / 2)) for minutes in (usual, longest))
    words = f"接报后一般 {half} 分钟、最迟 {most} 分钟决定是否启动响应。"
    deciding = [step.id for step in doc.steps_producing(Product.DECISION)]
    steps = (step for phase in tree["phases"] for step in phase.get("steps", ()))
    found = next((step for step in steps if step["id"] in deciding[:1]), None)
    _say(found if found is not None else tree["levels"][0], words)


def _split(tree: Tree, doc: PlanDocument, change: Change, asked: Asked) -> None:
    """A second role beside the first: every second step of this level and these circumstances goes to it."""
    role = _role(tree, change.role)
    second = _free_id(doc, f"{change.role}-second")
    title = f"{role.get('title', change.role)}（二）"
    beside = {**role, "id": second, "title": title, "alternates": [change.role]}
    beside.pop("duties", None)
    for team in tree["teams"]:
        roles = team.get("roles", [])
        if role in roles:
            roles.insert(roles.index(role) + 1, beside)
    _hand_over(tree, _every_second(doc, change.role, asked), second)


def _every_second(doc: PlanDocument, role: str, asked: Asked) -> set[str]:
    playbook = compile_plan(doc, level=level_of(asked), facets=asked.facets)
    return {step.id for step in [step for step in playbook.steps if step.role.id == role][1::2]}


def _hand_over(tree: Tree, steps: Iterable[str], role: str) -> None:
    for phase in tree["phases"]:
        for step in phase.get("steps", ()):
            if step["id"] in steps:
                step["who"] = role


def _role(tree: Tree, role_id: str) -> Tree:
    roles = (role for team in tree.get("teams", ()) for role in team.get("roles", ()))
    found: Tree | None = next((role for role in roles if role["id"] == role_id), None)
    if found is None:
        raise _gone(role_id)
    return found


def _gone(role_id: str) -> Refusal:
    return Refusal(
        said(N_("草案里已经没有“{clause}”，或改动后不符合预案格式。"), clause=role_id),
        rule="emergency.rehearsal_change",
        remedy=N_("请先对照草案重新演算，再采用新的建议。"),
    )


def _say(clause: Tree, sentence: str) -> None:
    """Add a sentence to a clause, once."""
    text = clause.get("text", "")
    if sentence not in text:
        clause["text"] = f"{text}{sentence}"


def _free_id(doc: PlanDocument, wanted: str) -> str:
    taken = {clause.id for clause in doc.clauses()}
    if wanted in taken:
        raise Refusal(
            said(N_("草案里已经有“{clause}”这个角色。"), clause=wanted),
            rule="emergency.rehearsal_change",
            remedy=N_("这处改动可能已经写进草案，请打开草案核对。"),
        )
    return wanted


_WRITES: dict[ChangeKind, Callable[[Tree, PlanDocument, Change, Asked], None]] = {
    ChangeKind.ONE_MORE: _one_more,
    ChangeKind.EARLIER_CALL: _earlier,
    ChangeKind.SPLIT_ROLE: _split,
}
