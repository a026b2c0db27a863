"""The model: frozen, closed, every clause under an id of its own."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from huiying.playbook import kinds
from huiying.playbook.clauses import Clause
from huiying.playbook.kinds import Product, ReportKind, ResponseLevel
from huiying.playbook.times import length_read, length_write
from tests.playbook.small import small


def test_a_plan_cannot_be_changed_in_place():
    with pytest.raises(ValidationError):
        small().title = "另一个"


def test_every_clause_at_every_depth_is_reached_once():
    ids = [clause.id for clause in small().clauses()]
    assert len(ids) == len(set(ids))
    assert {"duty", "duty-1", "treat", "special-1", "first_report_minutes"} <= set(ids)


def test_a_clause_is_found_by_its_id_and_an_unknown_one_is_not():
    assert small().clause("tell").title == "通告"
    assert small().clause("nowhere") is None


def test_a_step_also_waits_for_the_step_its_time_runs_from():
    assert small().clause("tell").waits_for == ("meet", "verify")


def test_the_reporting_rule_and_its_figure_are_found_and_marked_as_policy():
    rule = small().reporting_rule(ReportKind.FIRST)
    assert rule.policy
    assert small().parameter(rule.within.name).value == 60
    assert small().reporting_rule(ReportKind.FINAL) is None


def test_a_citation_reads_as_law_and_article():
    assert small().cite("erl:71") == "《突发事件应对法》第71条"
    assert small().cite("erl") == "《突发事件应对法》"
    assert small().cite("unknown:1") == "unknown:1"


@pytest.mark.parametrize(
    ("written", "minutes", "printed"),
    [
        ("45 分钟", 45, "45 分钟"),
        ("90", 90, "90 分钟"),
        ("5 h", 300, "5 小时"),
        ("24小时", 1440, "1 天"),
        ("3d", 4320, "3 天"),
    ],
)
def test_a_length_is_read_in_words_and_printed_in_its_largest_unit(written, minutes, printed):
    assert length_read(written) == timedelta(minutes=minutes)
    assert length_write(length_read(written)) == printed


@pytest.mark.parametrize("written", ["0", "-5", "soon", "1.5 h", "2000 天", "5 周", "١٥", "", "30 s"])
def test_what_is_not_a_length_is_refused(written):
    with pytest.raises(ValueError, match="length"):
        length_read(written)


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x1bb", "a\u2028b", "\ufeffa", "a\x85b", "a\u202eb", "a\u2067b", "a\ufffeb"]
)
def test_characters_nobody_can_see_are_refused(text):
    with pytest.raises(ValidationError):
        Clause(id="a", text=text)


def test_levels_compare_by_strength():
    assert ResponseLevel.I.reaches(ResponseLevel.IV)
    assert not ResponseLevel.IV.reaches(ResponseLevel.III)


def test_every_listed_value_has_a_chinese_word():
    lists = [
        kinds.BodyKind,
        kinds.PostKind,
        ResponseLevel,
        kinds.Anchor,
        Product,
        ReportKind,
        kinds.InformationKind,
    ]
    assert all(member.label for closed in [*lists, kinds.Measure] for member in closed)
