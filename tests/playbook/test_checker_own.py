"""A body adds rules and words of its own; it replaces none, and its words are never a pattern."""

import pytest

from huiying.playbook.checker import RULES, check, with_rules
from huiying.playbook.checks_own import own_rules_read
from huiying.playbook.findings import CheckRule, Severity
from huiying.playbook.yaml_form import PlanUnreadable
from huiying.rules.refusals import Refusal
from tests.playbook.small import small

WORDS = """\
format: huiying-words/1
words:
  - {id: own-horn, pattern: 高音喇叭, reason: 惊扰病人。, instead: 改用告示牌。, severity: error}
"""


def test_a_word_of_its_own_is_found_with_why_and_what_to_write_instead():
    rules = with_rules(RULES, own_rules_read(WORDS))
    (found,) = check(small("text: 接报和上报。", "text: 用高音 喇叭通知。"), rules)
    assert (found.rule, found.severity, found.clause_id) == ("own-horn", Severity.ERROR, "duty-1")
    assert found.reason == "“高音喇叭”是本单位不用的词：惊扰病人。"
    assert found.mend == "改用告示牌。"
    assert check(small(), rules) == []


def test_the_built_in_rules_cannot_be_replaced():
    own = CheckRule("forbidden-roster", Severity.ADVICE, "无", "无", "无", lambda doc: [])
    with pytest.raises(Refusal) as refused:
        with_rules(RULES, [own])
    assert "forbidden-roster" in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("pattern", ["(a+)+b", "甲|乙", "甲.*乙", "[甲]", "甲 乙", "甲", "甲" * 41, "甲\\d"])
def test_a_word_is_plain_letters_and_nothing_else(pattern):
    with pytest.raises(PlanUnreadable) as refused:
        own_rules_read(WORDS.replace("高音喇叭", f"'{pattern}'"))
    assert refused.value.line == 3
    assert refused.value.remedy
    assert len(pattern) in (1, 41) or "只写要找的词" in refused.value.remedy


def test_a_word_is_found_in_either_script():
    rules = own_rules_read(WORDS.replace("高音喇叭", "维稳"))
    assert check(small("text: 接报和上报。", "text: 維穩。"), rules)


def test_without_words_there_are_no_rules():
    assert own_rules_read("format: huiying-words/1\nwords: []\n") == ()
