"""docs/law.md: its tables come from the code, and every test it names exists."""

import re
from pathlib import Path

from huiying.rules.print_docs import printed, sections

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")


def test_the_printed_parts_of_the_law_page_match_the_code() -> None:
    assert printed(PAGE) == PAGE, "run: python -m huiying.rules.print_docs"


def test_every_test_that_the_law_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert named
    assert sorted(name for name in named if f"def {name}(" not in sources) == []


def test_every_rule_on_the_law_page_names_an_article_or_policy_and_a_test() -> None:
    table = PAGE.split("## Rule → article → test")[1].split("## Clocks")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("|")][2:]
    assert rows
    for row in rows:
        assert re.search(r"\d|POLICY", row[2]), row[1]
        assert "`test_" in row[3], row[1]


def test_a_page_without_a_marker_is_refused_by_name() -> None:
    for name in sections():
        broken = PAGE.replace(f"<!-- end: {name} -->", "")
        try:
            printed(broken)
        except ValueError as wrong:
            assert name in str(wrong)
        else:
            raise AssertionError(name)
