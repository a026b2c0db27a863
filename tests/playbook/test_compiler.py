"""The compiler: one level, one kind of incident, everything resolved, the same after print and parse."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.compiler import PlanNotRunnable, Trigger, compile_plan
from huiying.playbook.kinds import Anchor, PostKind, Product, ResponseLevel
from huiying.playbook.yaml_form import read, write
from tests.playbook.small import small

III, IV = ResponseLevel.III, ResponseLevel.IV


def ids(playbook):
    return [step.id for step in playbook.steps]


def test_a_step_of_a_higher_level_is_absent_below_it():
    assert "meet" not in ids(compile_plan(small(), level=IV))
    assert "meet" in ids(compile_plan(small(), level=III))


def test_a_branch_opens_only_for_its_facet():
    assert "treat" not in ids(compile_plan(small(), level=III))
    assert "treat" in ids(compile_plan(small(), level=III, facets=["injured"]))


def test_a_facet_the_plan_does_not_know_opens_nothing():
    assert ids(compile_plan(small(), level=III, facets=["flood"])) == ids(compile_plan(small(), level=III))


def test_who_needed_an_absent_step_needs_what_that_one_needed():
    assert compile_plan(small(), level=III).step("meet").needs == ("verify",)
    assert compile_plan(small(), level=IV).step("tell").needs == ("verify",)


def test_no_step_stands_before_what_it_needs():
    playbook = compile_plan(
        small("of: verify\n        needs: [meet]", "of: verify\n        needs: [relieve]"), level=III
    )
    assert ids(playbook).index("relieve") < ids(playbook).index("tell")


def test_a_time_given_by_a_parameter_is_resolved_and_can_be_overridden():
    plain = compile_plan(small(), level=IV)
    changed = compile_plan(small(), level=IV, parameters={"first_report_minutes": 30})
    assert plain.step("report").within == timedelta(minutes=60)
    assert changed.step("report").within == timedelta(minutes=30)


def test_triggers_roles_and_products_are_resolved():
    playbook = compile_plan(small(), level=IV)
    assert playbook.step("report").trigger == Trigger(anchor=Anchor.REPORTED)
    assert playbook.step("tell").trigger == Trigger(step="verify")
    assert playbook.step("report").role.post_kind is PostKind.DUTY_OFFICER
    assert playbook.step("report").role.alternates == ("head",)
    assert playbook.step("report").produces == (Product.FIRST_REPORT,)
    assert playbook.step("evaluate").after_end


def test_a_step_after_the_end_does_not_wait_for_a_step_the_end_may_have_stopped():
    doc = small("        of: ended\n", "        of: ended\n        needs: [tell]\n")
    assert compile_plan(doc, level=IV).step("evaluate").needs == ()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            "of: reported, acknowledge_within",
            "of: reported, needs: [tell], acknowledge_within",
            "dependency-cycle",
        ),
        ("needs: [treat]", "needs: [tread]", "unknown-reference"),
        ("title: 换班, who: duty", "title: 换班", "step-without-owner"),
        ("        of: verify\n", "        of: treat\n", "anchor-may-be-absent"),
        ("title: 首报时限, value: 60,", "title: 首报时限, value: 60, unit: people,", "unknown-reference"),
    ],
)
def test_a_plan_that_cannot_run_is_refused_with_the_checkers_word_for_it(old, new, rule):
    with pytest.raises(PlanNotRunnable) as refused:
        compile_plan(small(old, new), level=IV)
    assert refused.value.rule == rule
    assert refused.value.remedy


@pytest.mark.parametrize("parameters", [{"no_such": 5}, {"first_report_minutes": 0}])
def test_a_parameter_that_does_not_exist_or_makes_no_sense_is_refused(parameters):
    with pytest.raises(PlanNotRunnable):
        compile_plan(small(), level=IV, parameters=parameters)


def test_a_level_the_plan_does_not_define_is_refused():
    with pytest.raises(PlanNotRunnable):
        compile_plan(small(), level=ResponseLevel.I)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([III, IV]), st.sets(st.sampled_from(["injured", "other"])))
def test_a_plan_printed_read_and_compiled_gives_the_same_playbook(level, facets):
    again = read(write(small()))
    assert compile_plan(again, level=level, facets=facets) == compile_plan(
        small(), level=level, facets=facets
    )
