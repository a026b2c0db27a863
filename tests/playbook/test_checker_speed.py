"""A plan of two hundred steps is checked and compiled while somebody waits for the page."""

from time import process_time

from bench.plan_speed import STEPS, TARGET, checked_afresh, plan_of
from huiying.playbook.checks_parts import _CROWD
from huiying.playbook.compiler import compile_plan
from huiying.playbook.lexicon import FORBIDDEN, orders


def test_two_hundred_steps_are_checked_and_compiled_within_half_a_second():
    doc = plan_of(STEPS)
    began = process_time()
    checked_afresh(doc)
    playbook = compile_plan(doc, level=doc.levels[0].level, facets=[facet.id for facet in doc.facets])
    assert len(playbook.steps) == STEPS
    assert process_time() - began < TARGET


def test_no_text_however_it_repeats_itself_keeps_the_checker_busy():
    began = process_time()
    for word in ("一二三", "信访", "上访群众", "不拦截", "公安任", "影响扩大", "媒体", "控制"):
        text = (word * 2000)[:4000]
        for thing in FORBIDDEN:
            orders(thing, text)
        _CROWD.search(text)
    assert process_time() - began < 2
