"""A rehearsal in words and as JSON: the same figures as the pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from huiying.playbook.rehearsal.changes import Change
from huiying.playbook.rehearsal.pictures import spoken
from huiying.playbook.rehearsal.results import Rehearsal, Spread90

MOST_STEPS = 10


def as_json(result: Rehearsal, changes: Sequence[Change] = ()) -> dict[str, Any]:
    """Plain values; times in seconds after the activation, shares between 0 and 1."""
    told = asdict(result)
    told["breaks_first"] = [step.id for step in result.weakest]
    told["overloaded"] = [person.id for person in result.people if person.overloaded]
    told["changes"] = [
        {
            "kind": change.kind.value,
            "role": change.role,
            "late_before": change.late_before,
            "late_after": change.late_after,
            "sooner": dict(change.sooner),
        }
        for change in changes
    ]
    return told


def as_text(result: Rehearsal, changes: Sequence[Change] = ()) -> str:
    """The tables as a person reads them in a terminal."""
    return "\n".join(_lines(result, changes)) + "\n"


def _lines(result: Rehearsal, changes: Sequence[Change]) -> Iterator[str]:
    yield f"{result.title} · 响应级别 {result.level} · {result.runs} 次演算 · 种子 {result.seed}"
    yield f"平均每次有 {result.late_each:.1f} 个步骤逾期（共 {len(result.steps)} 个）。"
    yield ""
    yield "里程碑（自启动响应起；十次里最快一次内 / 一半 / 九次内）"
    for milestone in result.milestones:
        kept = "" if milestone.in_time is None else f"，按时 {milestone.in_time:.0%}"
        reached = _spread(milestone.reached) if milestone.reached else "没有安排这样的步骤"
        yield f"  {milestone.name}：{reached}{kept}"
    yield ""
    yield "最先逾期的步骤"
    for step in result.weakest[:MOST_STEPS]:
        due = spoken(step.due) if step.due is not None else "无时限"
        yield (
            f"  {step.title}（{result.roles[step.role]}）：{step.breaks_first:.0%} 的演算中最先逾期；"
            f"时限 {due}，实际 {_spread(step.done)}，逾期 {step.late:.0%}"
        )
    if not result.weakest:
        yield "  没有步骤逾期。"
    yield ""
    yield "人员（忙的比例 / 等这个人的时间，十次里九次在此之内）"
    for person in sorted(result.people, key=lambda person: -person.busy):
        much = "  ← 超负荷" if person.overloaded else ""
        yield f"  {result.roles.get(person.id, person.id)}：{person.busy:.0%} / {spoken(person.waited)}{much}"
    if changes:
        yield ""
        yield "什么最有用（每次少逾期几个步骤）"
        yield from (f"  {_change(change, result.roles)}" for change in changes)


def _change(change: Change, roles: Mapping[str, str]) -> str:
    sooner = "，".join(f"{name}早 {spoken(seconds)}" for name, seconds in change.sooner if seconds >= 60)
    what = change.kind.label.replace("{name}", roles.get(change.role, change.role))
    return f"{what}：少 {change.fewer_late:.2f} 个" + (f"（{sooner}）" if sooner else "")


def _spread(spread: Spread90) -> str:
    return " / ".join(spoken(seconds) for seconds in (spread.p10, spread.p50, spread.p90))
