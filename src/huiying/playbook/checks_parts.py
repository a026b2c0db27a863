"""Checks on what a plan holds: are all its parts there, and is its purpose a good one."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from huiying.playbook.clauses import ReportingRule, Step
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Hit
from huiying.playbook.folding import folded
from huiying.playbook.kinds import Product, ReportKind
from huiying.rules.words import N_

_ARTICLE_28: dict[str, Callable[[PlanDocument], bool]] = {
    N_("组织指挥体系与职责"): lambda doc: any(role.duties for role in doc.roles),
    N_("预防与预警"): lambda doc: bool(doc.risks and doc.warning),
    N_("处置程序"): lambda doc: bool(doc.levels and doc.steps),
    N_("应急保障措施"): lambda doc: bool(doc.resources),
    N_("事后恢复措施"): lambda doc: bool(doc.aftercare),
}
_STABILITY = re.compile(r"稳定|秩序|维稳|平稳|顺利(?:进行|推进)|形象|影响")
_RIGHTS = re.compile(
    r"权益|权利|答复|诉求|知情|补偿|救济|救助|听取|倾听|回应|解决问题|查清|改正|生命|安全|健康|帮助"
)
_CROWD = re.compile(
    r"[0-9０-９一二三四五六七八九十百千万两]{1,9}(?:名|个)?人?(?:次|人|名|名以上|人以上|人以下)?[^。；，]{0,4}"
    r"(?:上访|信访|走访|集访|聚集|集会|参与|参加)"
    r"|(?:上访|信访|走访|集访|聚集|集会|参与|参加)[^。；，]{0,8}[0-9０-９一二三四五六七八九十百千万两]{1,9}(?:名|人|次|批)"
    r"|(?:聚集|上访|集访|参与|参加)(?:人员)?(?:的)?(?:人数|规模)|人数(?:较|众|很|特别)?多|越级|赴省|进京|集体上访|群体性上访"
)


def article_28_incomplete(doc: PlanDocument) -> Iterator[Hit]:
    """The five parts every plan must hold, each one missing named."""
    return (Hit(name=part) for part, held in _ARTICLE_28.items() if not held(doc))


def stability_only(doc: PlanDocument) -> Iterator[Hit]:
    """A purpose that speaks of order and nowhere of what people get."""
    words = "".join(
        sentence for clause in doc.purpose for part in clause.parts() for sentence in part.sentences()
    )
    if doc.purpose and _STABILITY.search(words) and not _RIGHTS.search(words):
        yield Hit(doc.purpose[0].id, doc.purpose[0].heading)


def crowd_as_level(doc: PlanDocument) -> Iterator[Hit]:
    """A level that rises with the number of people or with petitioning, and not with harm."""
    for level in doc.levels:
        for words in (*level.criteria, level.text):
            if found := _CROWD.search(folded(words)):
                yield Hit(level.id, found[0])
                break


def first_report_missing(doc: PlanDocument) -> Iterator[Hit]:
    """No rule for a first report, or no step that always sends it."""
    if doc.reporting_rule(ReportKind.FIRST) is None:
        yield Hit()
    elif not any(_always(step, doc) for step in doc.steps_producing(Product.FIRST_REPORT)):
        rule = doc.reporting_rule(ReportKind.FIRST)
        yield Hit(rule.id if rule else "")


def information_missing(doc: PlanDocument) -> Iterator[Hit]:
    """No duty to inform the public, or no step that always does."""
    if not doc.information:
        yield Hit()
    elif not any(_always(step, doc) for step in doc.steps_producing(Product.NOTICE)):
        yield Hit(doc.information[0].id)


def _always(step: Step, doc: PlanDocument) -> bool:
    """Say whether the step holds for every incident at every level of the plan."""
    return not step.when and all(level.level.reaches(step.level) for level in doc.levels)


def section_missing(name: str) -> Callable[[PlanDocument], Iterable[Hit]]:
    """A check that a section of the plan is not empty."""

    def find(doc: PlanDocument) -> Iterable[Hit]:
        return () if getattr(doc, name) else (Hit(),)

    return find


def evaluation_missing(doc: PlanDocument) -> Iterator[Hit]:
    """No measures to evaluate by, or no step that evaluates."""
    if not doc.evaluation or not doc.steps_producing(Product.EVALUATION):
        yield Hit()


def revision_undated(doc: PlanDocument) -> Iterator[Hit]:
    """No day and no interval by which the plan is looked at again."""
    if not any(revision.due_on or revision.every_months for revision in doc.revision):
        yield Hit(doc.revision[0].id if doc.revision else "")


def risk_without_owner(doc: PlanDocument) -> Iterator[Hit]:
    """A risk for which nobody answers, or nothing is prepared."""
    return (Hit(risk.id, risk.heading) for risk in doc.risks if not (risk.owner and risk.measure))


def level_without_criterion(doc: PlanDocument) -> Iterator[Hit]:
    """A level nobody can tell from the others."""
    return (Hit(level.id, level.level.label) for level in doc.levels if not level.criteria)


def level_without_basis(doc: PlanDocument) -> Iterator[Hit]:
    """A level that names neither a law nor the body's own choice as its ground."""
    return (Hit(level.id, level.level.label) for level in doc.levels if not (level.basis or level.policy))


def level_without_steps(doc: PlanDocument) -> Iterator[Hit]:
    """A level at which nothing is done."""
    for level in doc.levels:
        if not any(level.level.reaches(step.level) for step in doc.steps):
            yield Hit(level.id, level.level.label)


def figure_without_ground(doc: PlanDocument) -> Iterator[Hit]:
    """A time owed to superiors or the public that is neither law nor marked as the body's own figure."""
    for clause in (*doc.reporting, *doc.information, *doc.parameters):
        if not clause.basis and not clause.policy:
            yield Hit(clause.id, clause.heading)


def policy_as_law(doc: PlanDocument) -> Iterator[Hit]:
    """A report in minutes that claims the law, which knows "at once" and gives no figure."""
    for rule in doc.reporting:
        if not rule.policy and _within_a_day(rule):
            yield Hit(rule.id, rule.heading)


def _within_a_day(rule: ReportingRule) -> bool:
    return not isinstance(rule.within, timedelta) or rule.within < timedelta(days=1)
