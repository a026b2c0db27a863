"""Whatever the text: nothing is lost, invented or put in another order, and it does not take long."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import CannotRead, Reading, as_json, draft_of, not_in_draft, read_source
from huiying.playbook.reading.widths import unseen_found
from huiying.playbook.yaml_form import read as read_yaml
from huiying.playbook.yaml_form import write as write_yaml
from tests.playbook.reading.lines import read, source_of

PARTS = (
    "一、 二、 三、 （一） （二） 1. 2. (1) (2) ① 第二条 附件1： 01 目录 总则 适用范围 组织机构 职责 预警 应急处置 信息报告 保障",
    "组长： 主要职责： Ⅰ级： 红色预警： 统一、 。 ， ； ： : , ( ) ? ?,F (xiàn) (de) 應 急 预案 在30分钟内报告 仓库有帐篷20顶",
    "《消防法》 已读5页,还剩3页未读 下载本文档 文档评论(0) 张某某 消防队立即到场 2024年5月1日 由镇长任组长，书记为成员。",
)
SPACES = ("1.1 ", "1.2 ", "第一章 ", "- ", "\t", "\n", "\n\n", "\u3000", " ", "\ue000", "\u200b", "\ufeff")
WORDS = st.sampled_from([*(word for part in PARTS for word in part.split(" ")), *SPACES])
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map("".join))


def outcome(text: str) -> Reading | None:
    try:
        return read(text)
    except CannotRead as refusal:
        assert refusal.message and refusal.remedy
        return None


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_every_character_belongs_to_one_clause_one_heading_or_is_named_as_passed_over(text: str) -> None:
    reading = outcome(text)
    if reading is None:
        return
    source = source_of(text)
    spans = sorted(
        part.span for part in (*reading.clauses, *reading.headings, *reading.left_out) if part.span
    )
    assert all(left[1] <= right[0] for left, right in pairwise(spans)), spans
    covered = {place for start, end in spans for place in range(start, end)}
    unseen = {place for start, end, _ in unseen_found(text) for place in range(start, end)}
    for line in source.lines:
        assert line.start is not None
        for place in range(line.start, line.start + len(line.text)):
            known = place in covered or line.number in reading.passed_over or place in unseen
            assert known or text[place].isspace(), (place, text[place])


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_clauses_stand_in_the_order_of_the_text_and_each_on_its_lines(text: str) -> None:
    reading = outcome(text)
    if reading is None:
        return
    starts = {line.number: line.start or 0 for line in source_of(text).lines}
    places = [clause.span for clause in reading.clauses]
    assert places == sorted(places, key=lambda span: span or (0, 0))
    for clause in reading.clauses:
        assert clause.span is not None
        assert 0 <= clause.span[0] < clause.span[1] <= len(text)
        assert starts[clause.lines[0]] <= clause.span[0]
        assert clause.lines[0] <= clause.lines[1]
        assert 0 <= clause.confidence <= 1
    assert len({clause.id for clause in reading.clauses}) == len(reading.clauses)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_a_draft_holds_every_clause_or_names_it_and_writes_and_reads_back(text: str) -> None:
    reading = outcome(text)
    if reading is None:
        return
    draft = draft_of(reading, id="draft", body_kind=BodyKind.UNIT)
    assert read_yaml(write_yaml(draft)) == draft
    placed = {clause.id for clause in draft.clauses()}
    left = {clause.id for clause in not_in_draft(reading, draft)}
    assert placed | left >= {clause.id for clause in reading.clauses}
    assert set(as_json(reading)) == {
        "title", "truncated", "cut_off", "repairs", "clauses", "teams", "levels", "phases", "missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "———\n===", "\u200b\ufeff"],
    ids=["nothing", "space", "lines", "signs", "unseen"],
)
def test_a_text_without_words_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read(text)
    assert refusal.value.remedy


HUNDRED_PAGES = "\n".join(
    f"{chapter}.应急处置第{chapter}部分\n（1）值班室接到报告后，应当在30分钟内向领导小组报告。\n（2）抢险组赶赴现场，封闭道路，疏散人员。"
    for chapter in range(1, 1100)
)


def test_a_hundred_pages_are_understood_within_a_second() -> None:
    assert len(HUNDRED_PAGES) > 60_000
    source = source_of(HUNDRED_PAGES)
    begun = time.process_time()
    read_source(source)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "char", [*"一1（(?。，：、-\t应a《第附0.应\n \u3000①🚒"], ids=lambda char: f"{ord(char):x}"
)
def test_the_same_character_over_and_over_takes_no_more_than_a_few_seconds(char: str) -> None:
    begun = time.process_time()
    outcome(char * 400_000)
    assert time.process_time() - begun < 5
