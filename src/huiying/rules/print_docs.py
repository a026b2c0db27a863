"""Print the tables of the rules into docs/law.md, between their markers: `python -m huiying.rules.print_docs`.

The page is written by hand around the markers; what stands between them always comes from the code.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from huiying.rules.clocks import ROWS, ClockRow
from huiying.rules.criteria import CRITERIA, Criterion
from huiying.rules.figures import DEFINITIONS
from huiying.rules.levels import Level
from huiying.rules.lifecycle import ALL
from huiying.rules.lifecycle.mermaid import diagram
from huiying.rules.publication import DUTIES
from huiying.rules.reporting import ACTIVATION, ALERT, FINAL, FIRST, FOLLOW_UP

PAGE = Path("docs/law.md")


def sections() -> dict[str, str]:
    """The printed parts of the page by the name of their marker."""
    return {
        "clocks": _clocks(),
        "lifecycles": _lifecycles(),
        "information": _information(),
        "criteria": _criteria(),
        "levels": _table(
            ("级别", "响应", "含义"),
            ((level.label, level.response_label, level.meaning) for level in Level),
        ),
        "reports": _reports(),
        "figures": _table(
            ("名称", "指标", "算法", "依据"),
            ((f"`{each.name}`", each.label, each.formula, each.article) for each in DEFINITIONS.values()),
        ),
    }


def printed(page: str) -> str:
    """The page with every part between its markers printed afresh. Raises ValueError for a missing marker."""
    for name, text in sections().items():
        start, end = f"<!-- printed: {name} -->", f"<!-- end: {name} -->"
        if start not in page or end not in page:
            raise ValueError(f"the page has no markers for {name}")
        between = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        page = between.sub(lambda _, text=text, start=start, end=end: f"{start}\n{text}\n{end}", page)  # type: ignore[misc]
    return page


def main() -> int:
    """Rewrite the printed parts of docs/law.md (or of the file named)."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    path.write_text(printed(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _clocks() -> str:
    return _table(
        ("RULE", "编号", "期限", "起算", "长度", "最长延期", "节假日", "依据"),
        (_clock(row) for row in ROWS.values()),
    )


def _clock(row: ClockRow) -> tuple[str, ...]:
    return (
        f"`{row.clock.value}`",
        row.codes or "—",
        row.label,
        row.starts,
        str(row.length or "交办时指定") + ("（听证不计入）" if row.hearing_excluded else ""),
        str(row.extension or "—"),
        row.roll.label,
        row.article,
    )


def _lifecycles() -> str:
    return "\n\n".join(
        f"### {table.title} `{table.name}`\n\n```mermaid\n{diagram(table)}\n```\n\n"
        + _table(
            ("从", "到", "动作", "依据"),
            (
                (f"`{move.frm}`", f"`{move.to}`", f"{move.label} `{move.action}`", move.article)
                for move in table.moves
            ),
        )
        for table in ALL
    )


def _information() -> str:
    return _table(
        ("起因", "义务", "时限", "来源"),
        ((row.trigger.label, row.kind.label, str(row.within), row.source) for row in DUTIES),
    )


def _criteria() -> str:
    return _table(
        ("标准", "量", "达到", "至少件数"),
        ((f"`{each.name}`", each.label, _thresholds(each), str(each.least_matters)) for each in CRITERIA),
    )


def _thresholds(criterion: Criterion) -> str:
    return "；".join(
        f"{level.label} {f'{round(least * 100)}%' if criterion.is_share else least}"
        for level, least in criterion.thresholds
    )


def _reports() -> str:
    kinds = {
        "首报": FIRST,
        "续报": FOLLOW_UP,
        "终报": FINAL,
        "警报（art. 64）": ALERT,
        "启动响应（art. 72）": ACTIVATION,
    }
    return _table(
        ("文书", "必须写明"),
        ((kind, "、".join(field.label for field in wanted)) for kind, wanted in kinds.items()),
    )


if __name__ == "__main__":
    sys.exit(main())
