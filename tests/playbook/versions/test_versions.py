"""Two versions of a plan: what changed is named clause by clause, and two drafts become one without losing anything."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.document import PlanDocument
from huiying.playbook.shipped import shipped_plan, shipped_plans
from huiying.playbook.versions import ClauseMove, changes_between, merge
from huiying.playbook.versions.changes import _longest_rising
from huiying.playbook.versions.marking import Mark, marked
from huiying.playbook.yaml_form import read, write
from huiying.rules.refusals import Refusal
from tests.playbook.small import SMALL, changed, small


@cache
def edited(*edits: tuple[str, str]) -> PlanDocument:
    text = SMALL
    for old, new in edits:
        text = changed(old, new, text)
    return read(text)


VERIFY = "      - {id: verify, title: 核实, who: duty, within: 30 分钟, of: reported, acknowledge_within: 5 分钟}\n"
CALL = "      - {id: call, title: 叫人, who: duty, within: 5 分钟}\n"
TREAT = "title: 送医, who: head, within: 20 分钟"


def test_a_plan_does_not_differ_from_itself():
    for doc in map(shipped_plan, shipped_plans()):
        assert changes_between(doc, doc) == ()


def test_a_changed_word_is_named_with_its_clause_its_field_and_the_words_marked():
    (change,) = changes_between(small(), edited(("让人们的诉求得到答复", "让人们的诉求按期得到答复")))
    assert (change.move, change.id, change.section) == (ClauseMove.CHANGED, "purpose-1", "purpose")
    (field,) = change.fields
    assert [(piece.mark, piece.text) for piece in field.pieces] == [
        (Mark.SAME, "让人们的诉求"),
        (Mark.ADDED, "按期"),
        (Mark.SAME, "得到答复。"),
    ]


def test_a_new_step_and_one_taken_out_are_named():
    added = changes_between(small(), edited((VERIFY, VERIFY + CALL)))
    assert [(change.move, change.id) for change in added] == [(ClauseMove.ADDED, "call")]
    removed = changes_between(edited((VERIFY, VERIFY + CALL)), small())
    assert [(change.move, change.id) for change in removed] == [(ClauseMove.REMOVED, "call")]


def test_a_step_that_stands_elsewhere_has_moved_and_those_it_passed_have_not():
    before, after = edited((VERIFY, VERIFY + CALL)), edited(("phase-2", "phase-3"))
    phase = "  - id: phase-2\n    title: 善后\n    after_end: true\n    steps:\n"
    after = edited((phase, phase + CALL))
    (change,) = changes_between(before, after)
    assert (change.move, change.id, change.moved_from) == (ClauseMove.MOVED, "call", "phase-1")


def test_a_clause_that_changes_its_order_has_moved_and_its_neighbours_have_not():
    right = "  - {id: right-1, text: 各渠道照常开放。}\n"
    more = "".join(f"  - {{id: right-{number}, text: 权利之{number}。}}\n" for number in (2, 3, 4))
    first = "  - {id: right-9, text: 先说这一条。}\n"
    before = edited((right, right + more + first))
    after = edited((right, first + right + more))
    assert [(change.move, change.id) for change in changes_between(before, after)] == [
        (ClauseMove.MOVED, "right-9")
    ]


def test_a_clause_that_only_got_another_id_is_recognised_by_its_words():
    (change,) = changes_between(
        small(),
        edited(
            (
                "id: warning-1, text: 逾期职责达到标准时提出预警",
                "id: warning-x, text: 逾期职责达到标准时，提出预警",
            )
        ),
    )
    assert (change.move, change.id, change.was_called) == (ClauseMove.CHANGED, "warning-x", "warning-1")


def test_the_source_lines_of_a_clause_are_no_change():
    assert changes_between(small(), edited(("id: end-1,", "id: end-1, lines: 3-4,"))) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_marked_pieces_put_together_are_both_texts(before, after):
    pieces = marked(before, after)
    assert "".join(p.text for p in pieces if p.mark is not Mark.ADDED) == before
    assert "".join(p.text for p in pieces if p.mark is not Mark.REMOVED) == after


def test_a_figure_is_marked_whole():
    assert [piece.text for piece in marked("在30分钟内", "在35分钟内")] == ["在", "30", "35", "分钟内"]


@given(st.lists(st.integers(0, 30), max_size=12, unique=True))
def test_as_few_clauses_as_possible_are_said_to_have_moved(numbers):
    kept = sorted(_longest_rising(numbers))
    assert [numbers[place] for place in kept] == sorted(numbers[place] for place in kept)
    longest = 0
    for mask in range(1 << len(numbers)) if len(numbers) <= 8 else ():
        chosen = [number for place, number in enumerate(numbers) if mask >> place & 1]
        if chosen == sorted(chosen):
            longest = max(longest, len(chosen))
    assert len(kept) >= longest


EDITS = (
    ("让人们的诉求得到答复", "让每个人的诉求得到答复"),
    (VERIFY, VERIFY + CALL),
    ("within: 2 小时", "within: 3 小时"),
    (
        "  - {id: after-1, text: 回访受影响的人。}\n",
        "  - {id: after-1, text: 回访受影响的人。}\n  - {id: after-2, text: 落实承诺。}\n",
    ),
    ("minimum: 10", "minimum: 20"),
    (TREAT, "title: 送医院, who: head, within: 20 分钟"),
)


@settings(max_examples=40, deadline=None)
@given(mine=st.sets(st.sampled_from(EDITS)), yours=st.sets(st.sampled_from(EDITS)))
def test_what_either_draft_changed_is_in_the_merged_one(mine, yours):
    merged = merge(edited(*sorted(mine)), edited(*sorted(yours)), small())
    assert merged.conflicts == ()
    assert write(merged.doc) == write(edited(*sorted(mine | yours)))


def test_what_both_changed_differently_is_ours_and_is_named():
    ours, theirs = edited(("within: 2 小时", "within: 3 小时")), edited(("within: 2 小时", "within: 4 小时"))
    merged = merge(ours, theirs, small())
    (conflict,) = merged.conflicts
    assert (conflict.clause_id, conflict.field, conflict.ours, conflict.theirs) == (
        "meet",
        "within",
        "3 小时",
        "4 小时",
    )
    assert merged.doc == ours


def test_what_one_removed_and_the_other_changed_stays_and_is_named():
    with_call = edited((VERIFY, VERIFY + CALL))
    quicker = edited((VERIFY, VERIFY + CALL.replace("5 分钟", "3 分钟")))
    merged = merge(small(), quicker, with_call)
    assert merged.doc.clause("call") is not None
    assert [conflict.clause_id for conflict in merged.conflicts] == ["call"]


def test_what_one_removed_and_nobody_changed_is_removed():
    assert merge(small(), edited((VERIFY, VERIFY + CALL)), edited((VERIFY, VERIFY + CALL))).doc == small()


def test_without_a_common_version_additions_are_taken_and_differences_named():
    merged = merge(small(), edited((VERIFY, VERIFY + CALL), ("within: 2 小时", "within: 4 小时")))
    assert merged.doc.clause("call") is not None
    assert [conflict.clause_id for conflict in merged.conflicts] == ["meet"]


def test_an_id_that_both_drafts_gave_to_different_things_is_kept_once_and_named():
    theirs = edited(("  - {id: warning-1,", "  - {id: tell-all, text: 说明。}\n  - {id: warning-1,"))
    ours = edited(("  - {id: after-1,", "  - {id: tell-all, text: 回访。}\n  - {id: after-1,"))
    merged = merge(ours, theirs, small())
    assert [conflict.clause_id for conflict in merged.conflicts] == ["tell-all"]


def test_drafts_that_make_no_plan_are_refused_with_a_reason():
    many = "\n".join(f"  - {{id: after-{number}, text: 事{number}。}}" for number in range(2, 300))
    other = many.replace("after-", "later-")
    line = "  - {id: after-1, text: 回访受影响的人。}"
    with pytest.raises(Refusal):
        merge(edited((line, f"{line}\n{many}")), edited((line, f"{line}\n{other}")), small())
