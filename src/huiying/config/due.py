"""`huiying due`: when something is due, with the computation day by day. Uses the rules alone: no database, no Django.

Exit codes: 0 shown; 2 the rule, the date or the extension is not possible (one sentence on stderr).
"""

import argparse
import json
import sys
from datetime import date

from huiying.rules.calendar import WEEKDAYS, china_calendar
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.deadlines import Due, due
from huiying.rules.durations import CalendarDays, Days, WorkingDays
from huiying.rules.refusals import Refusal

# A day named in an instruction needs no computation.
RULES = tuple(clock.value for clock in Clock if ROWS[clock].length is not None)

# Outside these years the lunar tables of the holiday source end.
FIRST_YEAR, LAST_YEAR = 1950, 2095


def add_due_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `huiying due`."""
    parser.add_argument("rule", metavar="RULE", help="one of: " + ", ".join(RULES))
    parser.add_argument(
        "date", metavar="DATE", help="the day the period starts (YYYY-MM-DD); it is not counted"
    )
    parser.add_argument(
        "--extended", type=int, metavar="N", help="an approved extension, in days of the rule's kind"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: due_on, rule, article, steps")


def run_due(arguments: argparse.Namespace) -> int:
    """Print the due date and its computation; return the exit code."""
    try:
        answer = _answer(arguments.rule, arguments.date, arguments.extended)
    except Refusal as refusal:
        print(f"{refusal.message}（{refusal.article}）", file=sys.stderr)
        return 2
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(_as_json(answer) if arguments.json else _as_text(answer))
    return 0


def _answer(rule: str, start: str, extended: int | None) -> Due:
    clock, first = _clock(rule), _date(start)
    calendar = china_calendar(range(first.year - 1, first.year + 3))
    return due(clock, first, calendar, extended=_extension(clock, extended))


def _clock(rule: str) -> Clock:
    if rule not in RULES:
        raise ValueError(f"没有“{rule}”这个期限。可以用：{', '.join(RULES)}。")
    return Clock(rule)


def _date(text: str) -> date:
    try:
        first = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}”不是日期。请写成 2026-01-05 的样子。") from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(f"只能计算 {FIRST_YEAR} 年至 {LAST_YEAR} 年的日期。")
    return first


def _extension(clock: Clock, days: int | None) -> Days | None:
    if days is None:
        return None
    row = ROWS[clock]
    if days < 0:
        raise ValueError("延期的天数不能小于 0。")
    return WorkingDays(days) if isinstance(row.length, WorkingDays) else CalendarDays(days)


def _as_text(answer: Due) -> str:
    row = ROWS[answer.clock]
    lines = [f"{answer.label}：{answer.due_on} {WEEKDAYS[answer.due_on.weekday()]}"]
    lines.append(f"依据：{answer.article}；{row.starts}起 {row.length}；{answer.roll.label}")
    if answer.provisional:
        lines.append("暂定：有的年份放假安排还没有公布，公布后日期可能变动。")
    lines += [f"  {step.on}  {step.note}" for step in answer.steps]
    return "\n".join(lines)


def _as_json(answer: Due) -> str:
    steps = [
        {"date": step.on.isoformat(), "note": step.note, "counted": step.counted} for step in answer.steps
    ]
    shown = {
        "rule": answer.rule,
        "label": answer.label,
        "article": answer.article,
        "start": answer.start.isoformat(),
        "due_on": answer.due_on.isoformat(),
        "provisional": answer.provisional,
        "strict": answer.strict,
        "steps": steps,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)
