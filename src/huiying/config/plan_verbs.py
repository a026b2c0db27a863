"""What each verb of `huiying plan` does; all of it is the playbook's, only files and printing are done here."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiying.rules.refusals import Refusal

if TYPE_CHECKING:
    from huiying.playbook.compiler import Playbook
    from huiying.playbook.document import PlanDocument
    from huiying.playbook.reading.parts import Reading, Repair
    from huiying.playbook.rehearsal import Person
    from huiying.playbook.versions import ChangedClause

FOUND = 1
SHOWN = 3  # repairs of one kind
LONGEST = 2 * 1024 * 1024  # bytes of a plan in YAML
YAML = {".yaml", ".yml"}
GREEN, RED, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[0m"


def read(arguments: argparse.Namespace) -> int:
    """Read a document; exit code 1 where something is cut off, guessed or missing."""
    from huiying.playbook import reading, yaml_form
    from huiying.playbook.kinds import BodyKind

    kinds = [kind.value for kind in BodyKind]
    if arguments.body not in kinds:
        raise Refusal(
            f"没有“{arguments.body[:20]}”这一类单位。",
            rule="plan-body",
            remedy=f"请用下列之一：{'、'.join(kinds)}。",
        )
    found = reading.read_file(Path(arguments.file))
    reading.check_is_plan(found)
    if arguments.output:
        draft = reading.draft_of(found, id=arguments.id, body_kind=BodyKind(arguments.body))
        _write(arguments, yaml_form.write(draft).encode())
    if arguments.json:
        _print_json(reading.as_json(found))
    else:
        _print_reading(found)
    unsure = found.truncated or found.missing or any(clause.is_guess for clause in found.clauses)
    return FOUND if unsure else 0


def check(arguments: argparse.Namespace) -> int:
    """Check; exit code 1 where there is any finding."""
    from huiying.playbook import readiness
    from huiying.playbook.checker import check as checked

    doc = plan_of(arguments.file)
    given = readiness.read(_text(arguments.ready)) if arguments.ready else None
    findings = checked(doc, given=given, on=_day(arguments.on))
    if arguments.json:
        _print_json([_finding(finding) for finding in findings])
    else:
        for finding in findings:
            where = f"{finding.clause_id}：" if finding.clause_id else ""
            print(f"[{finding.severity.label}] {where}{finding.reason}{finding.mend}（{finding.practice}）")
        print(f"{doc.title}：{len(findings)} 条意见。" if findings else f"{doc.title}：没有发现问题。")
    return FOUND if findings else 0


def show(arguments: argparse.Namespace) -> int:
    """Print the plan, or what would be done at a level."""
    doc = plan_of(arguments.file)
    if arguments.level:
        playbook = _compiled(doc, arguments.level, arguments.facet)
        _show_steps(playbook, as_json=arguments.json)
    elif arguments.json:
        _print_json(doc.model_dump(mode="json", exclude_defaults=True))
    else:
        _show_plan(doc)
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """Compare; exit code 1 where anything differs."""
    from huiying.playbook.versions import changes_between

    changes = changes_between(plan_of(arguments.before), plan_of(arguments.after))
    if arguments.json:
        _print_json([_change(change) for change in changes])
    else:
        for change in changes:
            _print_change(change)
        print(f"{len(changes)} 处不同。" if changes else "没有不同。")
    return FOUND if changes else 0


def merge(arguments: argparse.Namespace) -> int:
    """Merge; exit code 1 where something is left to decide."""
    from huiying.playbook import versions, yaml_form

    base = plan_of(arguments.base) if arguments.base else None
    merged = versions.merge(plan_of(arguments.ours), plan_of(arguments.theirs), base)
    text = yaml_form.write(merged.doc)
    if arguments.output:
        _write(arguments, text.encode())
    else:
        print(text, end="")
    for conflict in merged.conflicts:
        place = f"{conflict.clause_id}.{conflict.field}".strip(".")
        print(
            f"{place}：两份草案写法不同，保留了第一份；另一份是：{_short(conflict.theirs)}", file=sys.stderr
        )
    return FOUND if merged.conflicts else 0


def rehearse(arguments: argparse.Namespace) -> int:
    """Rehearse; exit code 1 where a step was late in more than half of the runs."""
    from huiying.playbook.rehearsal import Scenario, crew_of, pictures, written
    from huiying.playbook.rehearsal import rehearse as rehearsed
    from huiying.playbook.rehearsal.changes import ranked
    from huiying.playbook.rehearsal.tables import tables_of

    doc = plan_of(arguments.file)
    facets = [facet.id for facet in doc.facets] if "all" in arguments.facet else arguments.facet
    highest = max(doc.levels, key=lambda level: level.level.strength, default=None)
    playbook = _compiled(doc, arguments.level or (highest.level.value if highest else "IV"), facets)
    scenario = Scenario(_crew(arguments.ready, arguments.at) if arguments.ready else crew_of(doc))
    result = rehearsed(playbook, scenario, runs=arguments.runs, seed=arguments.seed)
    tried = min(arguments.runs, 200)
    changes = ranked(tables_of(playbook, scenario), runs=tried, seed=arguments.seed)
    if arguments.svg:
        arguments.svg.mkdir(parents=True, exist_ok=True)
        for name, picture in (("steps.svg", pictures.gantt(result)), ("load.svg", pictures.load(result))):
            (arguments.svg / name).write_text(picture, encoding="utf-8")
    if arguments.json:
        _print_json(written.as_json(result, changes))
    else:
        print(written.as_text(result, changes), end="")
    return FOUND if any(step.late > 0.5 for step in result.steps) else 0


def export(arguments: argparse.Namespace) -> int:
    """Write the plan in the form that the output's name says."""
    from huiying.playbook.export import export as exported

    form = arguments.output.suffix.removeprefix(".").lower()
    _write(arguments, exported(plan_of(arguments.file), form))
    return 0


def plan_of(name: str) -> "PlanDocument":
    """The plan in a file, or a shipped one by its name; another document is read and its draft taken."""
    from huiying.playbook import yaml_form
    from huiying.playbook.shipped import shipped_plans

    path = Path(name)
    if not path.exists() and name in shipped_plans():
        return yaml_form.read(shipped_plans()[name])
    if path.suffix.lower() in YAML:
        return yaml_form.read(_text(path))
    from huiying.playbook import reading
    from huiying.playbook.kinds import BodyKind

    found = reading.read_file(path)
    reading.check_is_plan(found)
    return reading.draft_of(found, id="read-plan", body_kind=BodyKind.UNIT)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Refusal(
            "文件太大，不像一份预案。",
            rule="plan-too-large",
            remedy=f"请提供 {LONGEST // 1024 // 1024} MB 以内的文件。",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            "文件不是 UTF-8 编码。", rule="plan-encoding", remedy="请另存为 UTF-8 编码后重试。"
        ) from None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(
            f"“{(text or '')[:20]}”不是日期。", rule="plan-day", remedy="请写成 2026-05-01 的样子。"
        ) from None


def _write(arguments: argparse.Namespace, content: bytes) -> None:
    """Write the output whole; an existing file only where that was asked for."""
    path: Path = arguments.output
    if path.exists() and not arguments.force:
        raise Refusal(
            f"{path} 已经存在。", rule="plan-output", remedy="要替换它，请加 --force；或换一个名字。"
        )
    path.write_bytes(content)
    print(f"已写入 {path}。", file=sys.stderr)


def _compiled(doc: "PlanDocument", level: str, facets: list[str]) -> "Playbook":
    from huiying.playbook.compiler import compile_plan
    from huiying.playbook.kinds import ResponseLevel

    known = {facet.id for facet in doc.facets}
    unknown = [facet for facet in facets if facet not in known]
    if unknown:
        choices = "、".join(sorted(known)) or "没有"
        raise Refusal(
            f"预案没有“{unknown[0][:30]}”这种情形。", rule="plan-facet", remedy=f"可以用：{choices}。"
        )
    return compile_plan(doc, level=ResponseLevel(level), facets=facets)


def _crew(path: Path, at: str) -> "tuple[Person, ...]":
    from huiying.playbook import readiness
    from huiying.playbook.rehearsal import crew_at

    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError:
        raise Refusal(
            f"“{at[:20]}”不是时间。", rule="plan-at", remedy="请写成 2026-05-01T02:30 的样子。"
        ) from None
    return crew_at(readiness.read(_text(path)), moment)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _finding(finding: Any) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "clause": finding.clause_id,
        "reason": finding.reason,
        "practice": finding.practice,
        "mend": finding.mend,
    }


def _print_reading(found: "Reading") -> None:
    print(found.title)
    for clause in found.clauses:
        first, last = clause.lines
        lines = f"{first}" if first == last else f"{first}-{last}"
        mark = "？" if clause.is_guess else " "
        print(f"{mark} {lines:>9}  {clause.kind.value:<14} {_short(clause.title or clause.text, 60)}")
    guesses = sum(clause.is_guess for clause in found.clauses)
    print(f"{len(found.clauses)} 条，其中 {guesses} 条是猜的（？），请逐条确认。")
    for evidence in found.cut_off:
        print(f"不完整：{evidence}")
    for rule, repairs in groupby(sorted(found.repairs, key=attrgetter("rule")), attrgetter("rule")):
        _print_repairs(rule, list(repairs))
    for missing in found.missing:
        print(f"缺少：{missing.part}（{missing.practice}）")


def _print_repairs(rule: str, repairs: "list[Repair]") -> None:
    """The first of each kind; --json has them all."""
    for repair in repairs[:SHOWN]:
        print(f"第 {repair.line} 行改正：{_short(repair.was, 20)} → {_short(repair.now, 20)}（{rule}）")
    if len(repairs) > SHOWN:
        print(f"同样的改正（{rule}）还有 {len(repairs) - SHOWN} 处。")


def _show_plan(doc: "PlanDocument") -> None:
    from huiying.playbook.export.blocks import Heading, Rows, blocks_of

    print(doc.title)
    for block in blocks_of(doc):
        if isinstance(block, Rows):
            for row in block.rows:
                print(
                    "  · "
                    + "；".join(
                        f"{head}：{word}" for head, word in zip(block.head, row, strict=True) if word != "—"
                    )
                )
        elif isinstance(block, Heading):
            print(f"\n{block.text}" if block.depth == 1 else f" {block.text}")
        else:
            print(f"  {block.text}")


def _show_steps(playbook: "Playbook", *, as_json: bool) -> None:
    from huiying.playbook.times import length_write

    rows = [
        {
            "id": step.id,
            "title": step.title,
            "role": step.role.title,
            "within": length_write(step.within) if step.within else None,
            "of": step.trigger.step or (step.trigger.anchor.value if step.trigger.anchor else None),
            "needs": list(step.needs),
            "produces": [product.value for product in step.produces],
            "after_end": step.after_end,
        }
        for step in playbook.steps
    ]
    if as_json:
        _print_json({"plan": playbook.plan_id, "level": playbook.level.value, "steps": rows})
        return
    print(f"{playbook.title} · {playbook.level.label} · {len(rows)} 个步骤")
    for row in rows:
        within = f"{row['of']} 起 {row['within']}" if row["within"] else "无时限"
        print(f"  {row['id']}：{row['title']}（{row['role']}，{within}）")


def _change(change: "ChangedClause") -> dict[str, Any]:
    return {
        "change": change.move.value,
        "clause": change.id,
        "section": change.section,
        "heading": change.heading,
        "moved_from": change.moved_from,
        "was_called": change.was_called,
        "fields": [
            {"name": field.name, "before": field.before, "after": field.after} for field in change.fields
        ],
    }


def _print_change(change: "ChangedClause") -> None:
    from huiying.playbook.saying import FIELD_LABELS
    from huiying.playbook.sections import SECTION_LABELS
    from huiying.playbook.versions.marking import Mark

    colour = sys.stdout.isatty()
    moved = f"，原在 {change.moved_from}" if change.moved_from is not None else ""
    called = f"，原编号 {change.was_called}" if change.was_called else ""
    section = SECTION_LABELS.get(change.section, change.section)
    print(f"[{change.move.label}] {section} · {change.id}：{change.heading}{moved}{called}")
    for field in change.fields:
        shapes: dict[Mark, Callable[[str], str]] = {
            Mark.SAME: str,
            Mark.ADDED: partial(_painted, GREEN if colour else "{+", "+}"),
            Mark.REMOVED: partial(_painted, RED if colour else "[-", "-]"),
        }
        words = "".join(shapes[piece.mark](piece.text) for piece in field.pieces)
        words = words or f"{_short(field.before)} → {_short(field.after)}"
        print(f"    {FIELD_LABELS.get(field.name, field.name)}：{words}")


def _painted(before: str, after: str, text: str) -> str:
    return f"{before}{text}{PLAIN if before.startswith(chr(27)) else after}"


def _short(value: object, most: int = 80) -> str:
    text = "（无）" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= most else text[: most - 1] + "…"
