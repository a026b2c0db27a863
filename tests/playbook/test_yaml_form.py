"""The exchange form: round-trip safe, bounded, and plain about what is wrong where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.document import PlanDocument
from huiying.playbook.yaml_form import PlanUnreadable, read, write
from huiying.playbook.yaml_tree import LONGEST_TEXT
from tests.playbook.small import SMALL, changed

prose = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"], exclude_characters="\ufeff"), max_size=60
)
lines = st.lists(prose, max_size=3).map("\n".join)
awkward = st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "0x1F",
        "1e3",
        "- a",
        "a: b",
        "# c",
        "'",
        '"',
        "&a",
        "*a",
        "!x",
        "2024-11-01",
        "%",
        "|",
        "{",
    ]
)
words = st.one_of(prose, lines, awkward)
lengths = st.integers(1, 1100 * 1440).map(str)


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    """Any plan at all, sensible or not: awkward words, any lengths, references to anywhere."""
    count = draw(st.integers(0, 4))
    steps = [
        {
            "id": f"step-{number}",
            "title": draw(words.filter(str.strip)),
            "text": draw(words),
            "within": draw(st.one_of(lengths, st.just("$minutes"))),
            "needs": draw(st.lists(st.sampled_from([f"step-{n}" for n in range(count)]), max_size=2)),
            "repeat_every": draw(st.none() | lengths),
            "policy": draw(st.booleans()),
            "level": draw(st.sampled_from(["I", "II", "III", "IV"])),
        }
        for number in range(count)
    ]
    return PlanDocument.model_validate(
        {
            "id": "any",
            "title": draw(words.filter(str.strip)),
            "gloss": draw(words),
            "body_kind": "city",
            "purpose": [
                {"id": f"p-{n}", "text": text} for n, text in enumerate(draw(st.lists(words, max_size=3)))
            ],
            "levels": [{"id": "l", "level": "IV", "criteria": draw(st.lists(words, max_size=2))}],
            "resources": [{"id": "r", "minimum": draw(st.integers(0, 1000)), "unit": draw(words)}],
            "phases": [{"id": "phase", "title": "一", "after_end": draw(st.booleans()), "steps": steps}],
        }
    )


@settings(max_examples=30, deadline=None)
@given(plans())
def test_a_plan_printed_and_read_again_is_the_same_plan_and_the_same_text(plan):
    text = write(plan)
    assert read(text) == plan
    assert write(read(text)) == text


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text("-:[]{}&*!|>#'\" \n\tab%@`?,", max_size=60)))
def test_any_text_is_read_or_refused_in_plain_words(text):
    try:
        read(text)
    except PlanUnreadable as refusal:
        assert refusal.line >= 1
        assert refusal.remedy
        assert refusal.problems


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.sampled_from(["", ":", "- ", "\n", "&", "'", "{", "\t", "中"]))
def test_a_damaged_plan_is_read_or_refused_in_plain_words(place, damage):
    try:
        read(SMALL[:place] + damage + SMALL[place + 1 :])
    except PlanUnreadable as refusal:
        assert 1 <= refusal.line <= SMALL.count("\n") + 2


@pytest.mark.parametrize(
    ("old", "new", "says", "remedy"),
    [
        ("title: 小预案", "titel: 小预案", "titel", "title"),
        ("body_kind: township", "body_kind: kingdom", "body_kind", "township"),
        ("within: 2 小时", "within: 很快", "within", "45 分钟"),
        ("id: report\n", "id: verify\n", "verify", "没有用过"),
        ("id: report\n", "id: Report\n", "id", "小写字母"),
        ("minimum: 10", "minimum: many", "minimum", "预案格式"),
        ("in_force_on: 2024-11-01", "in_force_on: 去年", "in_force_on", "预案格式"),
        ("    title: 处置\n", "", "title", "补上"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(old, new, says, remedy):
    wrong = changed(old, new)
    with pytest.raises(PlanUnreadable) as refused:
        read(wrong)
    said = refused.value.problems
    assert any(says in problem.message and remedy in problem.remedy for problem in said), said


def test_the_line_named_is_the_line_at_fault():
    wrong = changed("within: 2 小时", "within: 很快")
    with pytest.raises(PlanUnreadable) as refused:
        read(wrong)
    assert "很快" in wrong.splitlines()[refused.value.line - 1]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: *a",
        "a: !!python/object/apply:os.system [id]",
        "!!map {id: x}",
        "id: a\n---\nid: b",
        "id: a\nid: b",
        "<<: {id: a}",
        "? [a, b]\n: c",
        "[" * 500,
        "a: " + "{a: " * 60,
        "",
        "一部小说的第一句话。",
        "- 甲\n- 乙",
        "id: \x00",
    ],
)
def test_what_a_plan_never_needs_is_refused(text):
    with pytest.raises(PlanUnreadable):
        read(text)


def test_a_text_too_long_is_refused_before_it_is_read():
    with pytest.raises(PlanUnreadable, match="超过"):
        read("x" * (LONGEST_TEXT + 1))


def test_too_many_entries_are_refused_although_the_text_is_short_enough():
    with pytest.raises(PlanUnreadable, match="太多"):
        read("id: a\npurpose: [" + "a," * 41_000 + "]")


def test_a_plan_full_of_mistakes_names_no_more_than_twenty():
    with pytest.raises(PlanUnreadable) as refused:
        read("id: a\n" + "".join(f"x{n}: 1\n" for n in range(50)))
    assert len(refused.value.problems) == 20
