"""The checker: for every rule the small plan is clean, and one changed place makes the rule speak."""

import pytest

from huiying.playbook.checker import RULES, check, may_promulgate
from huiying.playbook.findings import CheckRule, Hit, Severity
from tests.playbook.small import findings, small

CHANGES = [
    (
        "article-28-incomplete",
        "resources:\n  - {id: res-1, title: 饮用水, minimum: 10, unit: 瓶, owner: duty}\n",
        "",
    ),
    ("article-28-incomplete", "        duties:\n          - {id: duty-1, text: 接报和上报。}\n", ""),
    ("no-purpose", "purpose:\n  - {id: purpose-1, text: 让人们的诉求得到答复。}\n", ""),
    ("stability-only", "让人们的诉求得到答复。", "维护社会稳定和正常秩序。"),
    ("no-rights", "rights:\n  - {id: right-1, text: 各渠道照常开放。}\n", ""),
    (
        "no-legal-basis",
        "legal_bases:\n  - {id: erl, title: 《突发事件应对法》, in_force_on: 2024-11-01}\n",
        "",
    ),
    (
        "no-level",
        "levels:\n  - {id: level-3, level: III, criteria: [有人受轻伤。], basis: [erl:71]}\n"
        "  - {id: level-4, level: IV, criteria: [场所有安全隐患。], basis: [erl:71]}\n",
        "",
    ),
    ("level-without-criterion", "criteria: [有人受轻伤。]", "criteria: []"),
    ("level-without-basis", "criteria: [有人受轻伤。], basis: [erl:71]", "criteria: [有人受轻伤。]"),
    ("crowd-as-level", "有人受轻伤。", "五十人以上集体上访。"),
    ("crowd-as-level", "有人受轻伤。", "参与人数较多。"),
    ("no-first-report", "[situation_report:first]", "[]"),
    ("no-first-report", "kind: first, within", "kind: final, within"),
    ("no-public-information", "[notice]", "[]"),
    ("no-public-information", "        of: verify\n", "        of: verify\n        level: III\n"),
    (
        "no-public-information",
        "information:\n  - {id: inform-1, kind: answer, within: 48 小时, policy: true}\n",
        "",
    ),
    ("figure-without-ground", "within: 48 小时, policy: true", "within: 48 小时"),
    ("policy-as-law", "basis: [erl:17], policy: true", "basis: [erl:17]"),
    ("no-end-criterion", "end_criteria:\n  - {id: end-1, text: 危险消除，每个问题都有答复。}\n", ""),
    ("no-aftercare", "aftercare:\n  - {id: after-1, text: 回访受影响的人。}\n", ""),
    ("no-evaluation", "[evaluation]", "[]"),
    ("no-evaluation", "evaluation:\n  - {id: eval-1, text: 每一步是否按时。}\n", ""),
    ("no-revision-date", "every_months: 36", "owner: head"),
    ("risk-without-owner", "title: 接待点太热, owner: duty", "title: 接待点太热"),
    ("risk-without-owner", ", measure: 备好饮水和遮阳。", ""),
    (
        "role-without-step",
        "leading_group\n        alternates: [duty]\n",
        "leading_group\n        alternates: [duty]\n      - {id: idle, title: 闲人, post_kind: officer, alternates: [duty]}\n",
    ),
    ("role-without-alternate", "        alternates: [duty]\n", ""),
    ("step-without-owner", "title: 会商, who: head", "title: 会商"),
    ("step-without-owner", "title: 会商, who: head", "title: 会商, who: nobody"),
    ("step-without-time", "within: 2 小时, ", ""),
    ("step-unacknowledged", "needs: [treat], acknowledge_within: 5 分钟", "needs: [treat]"),
    (
        "dependency-cycle",
        "of: reported, acknowledge_within",
        "of: reported, needs: [tell], acknowledge_within",
    ),
    ("unknown-reference", "needs: [treat]", "needs: [tread]"),
    ("unknown-reference", "alternates: [duty]", "alternates: [dirty]"),
    ("unknown-reference", "when: [injured], steps", "when: [hurt], steps"),
    ("unknown-reference", "when: [injured], steps: [treat]", "when: [injured], steps: [treads]"),
    ("unknown-reference", "within: $first_report_minutes, basis", "within: $no_such_minutes, basis"),
    ("unknown-reference", "basis: [erl:17]", "basis: [old-law:17]"),
    ("anchor-may-be-absent", "        of: verify\n", "        of: treat\n"),
    ("anchor-may-be-absent", "        of: verify\n", "        of: meet\n"),
    ("anchor-may-be-absent", "        of: ended\n", "        of: verify\n"),
    ("waits-beyond-the-end", "needs: [treat]", "needs: [evaluate]"),
    ("waits-beyond-the-end", "within: 8 小时, ", "within: 8 小时, of: ended, "),
    ("endless-repeat", "        of: ended\n", "        of: ended\n        repeat_every: 7 天\n"),
    ("special-without-condition", "when: [injured], steps", "steps"),
]


def test_the_small_plan_is_clean():
    assert check(small()) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"), CHANGES, ids=[f"{n}-{row[0]}" for n, row in enumerate(CHANGES)]
)
def test_one_changed_place_makes_the_rule_speak(rule, old, new):
    assert rule in {finding.rule for finding in findings(old, new)}


def test_a_level_at_which_nothing_is_done_is_found():
    plan = small()
    idle = [
        phase.model_copy(update={"steps": tuple(s for s in phase.steps if s.id == "meet")})
        for phase in plan.phases
    ]
    found = check(plan.model_copy(update={"phases": tuple(idle)}))
    assert [f.clause_id for f in found if f.rule == "level-without-steps"] == ["level-4"]


def test_every_rule_is_shown_to_speak():
    shown = {rule for rule, _, _ in CHANGES} | {"level-without-steps"}
    lexical = {rule.id for rule in RULES if rule.id.startswith(("forbidden-", "discouraged-"))}
    assert {rule.id for rule in RULES} - lexical == shown


def test_every_rule_has_an_id_of_its_own_and_says_why_and_how_to_mend():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.reason and rule.practice and rule.mend for rule in RULES)


def test_an_error_keeps_a_plan_from_being_promulgated_and_a_warning_does_not():
    warned = findings("让人们的诉求得到答复。", "维护社会稳定和正常秩序。")
    wrong = findings("[situation_report:first]", "[]")
    assert {f.severity for f in warned} == {Severity.WARNING}
    assert may_promulgate(warned)
    assert not may_promulgate(wrong)


def test_the_gravest_findings_come_first():
    found = findings("post_kind: leading_group\n        alternates: [duty]", "post_kind: leading_group")
    worse = check(small("within: 2 小时, ", "").model_copy(update={"rights": ()}))
    assert [f.severity for f in worse] == [Severity.ERROR, Severity.WARNING]
    assert [f.severity for f in found] == [Severity.ADVICE]


def test_a_finding_names_its_clause_in_a_whole_sentence():
    (found,) = findings("within: 2 小时, ", "")
    assert (found.clause_id, found.reason) == ("meet", "步骤“会商”没有时限。")


def test_words_of_a_plan_are_never_read_as_a_format():
    (found,) = findings("title: 会商, who: head, within: 2 小时,", "title: '{mend}{0}', who: head,")
    assert "{mend}{0}" in found.reason


def test_a_body_adds_rules_of_its_own():
    own = CheckRule(
        "own",
        Severity.ADVICE,
        "“{name}”太短。",
        "本单位做法",
        "请写长一些。",
        lambda doc: [Hit(doc.id, doc.title)],
    )
    assert [finding.reason for finding in check(small(), (*RULES, own))] == ["“小预案”太短。"]


def test_a_role_that_only_stands_in_is_not_idle():
    deputy = "      - {id: deputy, title: 副手, post_kind: officer, alternates: [duty]}\n"
    old = "leading_group\n        alternates: [duty]\n"
    rules = [finding.rule for finding in findings(old, old.replace("[duty]", "[duty, deputy]") + deputy)]
    assert rules == []
