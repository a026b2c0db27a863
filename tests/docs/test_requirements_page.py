"""docs/requirements.md: every requirement once, every test it names exists, every ◆ row says what is built instead."""

import ast
import re
from collections import Counter
from pathlib import Path

from tests.docs.headings import anchors

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text("utf-8")
ROWS = re.findall(r"^\| (S\d-\d\d) \| (◆ )?([^|]+) \| ([^|]+) \| \[(\w+)\] \|$", PAGE, re.MULTILINE)
HOW_MANY = {"S0": (49, 8), "S1": (51, 12), "S2": (46, 11), "S3": (42, 7), "S4": (60, 23)}


def defined_tests() -> set[str]:
    """The name of every test in the tree."""
    return {
        node.name
        for file in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_requirement_appears_once() -> None:
    wanted = [
        f"{plan}-{number:02d}" for plan, (count, _) in HOW_MANY.items() for number in range(1, count + 1)
    ]
    assert [row[0] for row in ROWS] == wanted
    assert set(Counter(re.findall(r"S\d-\d\d", PAGE)).values()) == {1}


def test_as_many_rows_touch_a_right_as_in_the_plans() -> None:
    marked = Counter(row[0][:2] for row in ROWS if row[1])
    assert dict(marked) == {plan: touching for plan, (_, touching) in HOW_MANY.items()}


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert sorted(named - defined_tests()) == []


def test_every_row_is_shown_by_tests_or_by_nothing() -> None:
    for ident, _, _, shown, _ in ROWS:
        parts = shown.split(", ")
        assert parts == ["–"] or all(re.fullmatch(r"`test_\w+`|clause", part) for part in parts), ident


def test_the_counts_on_the_page_are_right() -> None:
    shown = [row for row in ROWS if row[3] != "–"]
    touching = [row for row in ROWS if row[1]]
    held = [row for row in touching if row[3] != "–"]
    alone = [row for row in shown if row[3] == "clause"]
    assert f"{len(shown)} of {len(ROWS)} rows have a first showing, {len(alone)} of them by a clause" in PAGE
    assert f"{len(held)} of the {len(touching)} marked ◆ have a test" in PAGE


def test_every_next_is_a_heading_of_the_roadmap() -> None:
    links = dict(re.findall(r"^\[(\w+)\]: roadmap\.md#([\w-]+)$", PAGE, re.MULTILINE))
    assert {row[4] for row in ROWS} == set(links)
    assert set(links.values()) <= anchors(ROOT / "docs" / "roadmap.md")
