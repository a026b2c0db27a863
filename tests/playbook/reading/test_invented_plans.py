"""Plans of eight kinds of office: every line gets its kind, however the file was made."""

import re
from collections.abc import Callable

import opencc
import pytest

from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import check_is_plan, draft_of, not_in_draft
from huiying.playbook.reading.parts import ReadKind
from tests.playbook.reading.invented import PLANS
from tests.playbook.reading.lines import read

TRADITIONAL = opencc.OpenCC("s2t")
HALF_WIDTH = str.maketrans("，：；（）", ",:;()")

FORMS: dict[str, Callable[[str], str]] = {
    "a line for each": lambda text: text,
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "all on one line": lambda text: text.replace("\n", ""),
    "half-width punctuation": lambda text: text.translate(HALF_WIDTH),
    "Traditional characters": TRADITIONAL.convert,
    "all on one line, Traditional": lambda text: TRADITIONAL.convert(text.replace("\n", "")),
    "spaces before lines": lambda text: text.replace("\n", "\n\u3000\u3000"),
}


ORDINAL = re.compile(r"^(?:\d\.|[（(]\w[)）]|[①②]|第\w{1,3}条 |- )")
# A table without its tabs and a dash list without its lines are no longer there to be read.
NEED_LINES = {"factory", "village"}
CASES = [(name, form) for name in PLANS for form in FORMS if not (name in NEED_LINES and "one line" in form)]


@pytest.mark.parametrize(("name", "form"), CASES)
def test_every_line_has_its_kind_in_every_form(name: str, form: str) -> None:
    title, rows = PLANS[name]
    reading = read(FORMS[form]("\n".join([title, *(line for _, line in rows)])))
    assert reading.title == title
    wrong = []
    for kind, line in rows:
        words = ORDINAL.sub("", line)[:-1]
        found = [
            clause.kind.value for clause in reading.clauses if words in clause.text or clause.text in words
        ]
        if kind and kind not in found:
            wrong.append((line, found))
    assert wrong == []


@pytest.mark.parametrize("name", PLANS)
def test_headings_are_no_clauses_and_nothing_is_cut_off(name: str) -> None:
    title, rows = PLANS[name]
    reading = read("\n".join([title, *(line for _, line in rows)]))
    assert len(reading.clauses) == sum(bool(kind) for kind, _ in rows)
    assert len(reading.headings) == 1 + sum(not kind for kind, _ in rows)
    assert not reading.truncated
    check_is_plan(reading)


@pytest.mark.parametrize("name", PLANS)
def test_the_draft_says_where_each_clause_came_from(name: str) -> None:
    title, rows = PLANS[name]
    lines = [title, *(line for _, line in rows)]
    reading = read("\n".join(lines))
    draft = draft_of(reading, id="draft", body_kind=BodyKind.UNIT)
    for clause in draft.clauses():
        assert clause.lines
        if clause.text:
            assert clause.text in lines[int(clause.lines) - 1].replace("\t", "　")
    left = {clause.kind for clause in not_in_draft(reading, draft)}
    assert left <= {ReadKind.OTHER, ReadKind.LEGAL_BASIS, ReadKind.LEVEL, ReadKind.PHASE}
