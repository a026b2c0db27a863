"""docs/plan-language.md: its example is clean, runs at every level and comes back word for word; its tables are the code's."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from huiying.playbook.checker import RULES, check, with_rules
from huiying.playbook.checks_own import own_rules_read
from huiying.playbook.compiler import compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.field_words import FIELD_WORDS
from huiying.playbook.happenings import Activated, Ended, StepDone
from huiying.playbook.print_docs import clause_kinds, explained, printed, sections
from huiying.playbook.readiness import Readiness
from huiying.playbook.readiness import read as readiness_read
from huiying.playbook.stepper import advance
from huiying.playbook.yaml_form import read, write

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plan-language.md").read_text("utf-8")
PLAN_TEXT, READY_TEXT, WORDS_TEXT = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PLAN = read(PLAN_TEXT)
FACETS = [facet.id for facet in PLAN.facets]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_example_is_without_a_finding() -> None:
    assert check(PLAN) == []


def test_the_example_comes_back_word_for_word() -> None:
    assert read(write(PLAN)) == PLAN
    assert write(read(write(PLAN))) == write(PLAN)


@pytest.mark.parametrize("level", PLAN.levels, ids=lambda level: level.level.value)
@pytest.mark.parametrize("facets", [[], FACETS, *([facet] for facet in FACETS)], ids="+".join)
def test_the_example_runs_to_its_end(level, facets) -> None:  # type: ignore[no-untyped-def]
    playbook = compile_plan(PLAN, level=level.level, facets=facets)
    events: list = [Activated(NOON)]  # type: ignore[type-arg]
    for ending in ([Ended(NOON)], []):
        while opened := [state for state in advance(playbook, events, NOON).open if state.occurrence == 1]:
            events += [StepDone(state.step.id, NOON) for state in opened]
        events += ending
    assert advance(playbook, events, NOON).finished


def test_the_example_shows_every_section_and_every_field_of_a_step() -> None:
    assert [name for name in PlanDocument.model_fields if not getattr(PLAN, name)] == []
    steps = [step.model_dump(exclude_defaults=True) for step in PLAN.steps]
    shown = {name for step in steps for name in step}
    assert set(type(PLAN.steps[0]).model_fields) - shown == {"serves", "lines"}


def test_with_the_people_and_the_stock_of_the_example_the_plan_can_be_carried_out() -> None:
    given = readiness_read(READY_TEXT)
    assert check(PLAN, given=given, on=date(2026, 6, 1)) == []
    assert check(PLAN, given=Readiness(), on=date(2026, 6, 1))


def test_the_words_of_the_example_are_rules() -> None:
    assert check(PLAN, with_rules(RULES, own_rules_read(WORDS_TEXT))) == []


def test_the_printed_parts_of_the_page_match_the_code() -> None:
    assert printed(PAGE) == PAGE, "run: python -m huiying.playbook.print_docs"


def test_every_field_is_explained_and_nothing_else_is() -> None:
    kinds: dict[str, type[BaseModel]] = {kind.__name__: kind for kind in clause_kinds()}
    kinds["PlanDocument"] = PlanDocument
    for name, words in FIELD_WORDS.items():
        if name in kinds:
            assert set(words) <= set(kinds[name].model_fields), name
    for name, kind in kinds.items():
        own = {f for base in kind.__bases__ for f in getattr(base, "model_fields", {})}
        assert name == "PlanDocument" or all(explained(kind, field) for field in set(kind.model_fields) - own)


def test_every_rule_stands_in_the_table_once() -> None:
    named = re.findall(r"^\| `([\w-]+)` \|", sections()["rules"], re.MULTILINE)
    assert named == [rule.id for rule in RULES]


def test_a_page_without_a_marker_is_refused_by_name() -> None:
    for name in sections():
        with pytest.raises(ValueError, match=name):
            printed(PAGE.replace(f"<!-- end: {name} -->", ""))
