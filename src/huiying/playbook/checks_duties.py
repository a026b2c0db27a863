"""Checks on what a plan owes: reports and notices in time, laws in force, practice, answerability, approval."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from huiying.playbook.clauses import Exercise
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import AtHand, CheckRule, Hit, ReadyRule, Severity
from huiying.playbook.folding import folded
from huiying.playbook.kinds import Anchor, InformationKind, Measure, Product, ReportKind
from huiying.playbook.times import Limit, ParameterRef
from huiying.rules.words import N_

_REPORT_HOLDS: dict[str, re.Pattern[str]] = {
    N_("时间"): re.compile("时间|何时|时刻"),
    N_("地点"): re.compile("地点|何地|位置"),
    N_("来源"): re.compile("来源|报告人"),
    N_("性质和范围"): re.compile("性质|范围|类型"),
    N_("伤亡和损失"): re.compile("伤亡|受伤|损失|伤病"),
    N_("趋势"): re.compile("趋势|发展|态势"),
    N_("已采取的措施"): re.compile("措施|已做|处置情况"),
}
FIRST_REPORT_WITHIN = timedelta(hours=1)
_TOLD_WITHIN = {
    InformationKind.AUTHORITATIVE: timedelta(hours=5),
    InformationKind.PRESS_CONFERENCE: timedelta(hours=24),
    InformationKind.ANSWER: timedelta(hours=48),
}
RAREST_DRILL = 36
_ANSWERABLE_FOR: dict[str, re.Pattern[str]] = {
    N_("沉默和拖延"): re.compile("拖延|逾期|迟报|延误|不登记|不受理|不答复|推诿|沉默|敷衍|超期"),
    N_("虚假和隐瞒"): re.compile("瞒报|谎报|虚假|隐瞒|漏报|造假|弄虚作假"),
    N_("打击报复"): re.compile("报复"),
}
_PLAN = "(?:预案|方案|制度)"
_APPROVED = re.compile(
    f"{_PLAN}[^。；]{{0,30}}(?:批准|审批|签署|签发)|(?:批准|审批|签署|签发)[^。；]{{0,30}}{_PLAN}"
)
_FILED = re.compile("备案")
_RECUSED = re.compile("回避")
_PUBLISHED = re.compile(
    f"{_PLAN}[^。；]{{0,40}}(?:公布|公开|发布|印发)|(?:公布|公开|发布|印发)[^。；]{{0,20}}{_PLAN}|(?:公布|公开|发布)之日"
)


MOST_REPRESENTATIVES = 5
_MORE_THAN_FIVE = re.compile(
    "(?:[6-9]|[1-9][0-9]{1,2}|[六七八九]|十[一二三四五六七八九]?|[二三四五六七八九]十)"
    "(?:名|个|位|人)(?:以内|以下|左右)?的?(?:来访|信访|群众|居民|村民|诉求人|业主|学生)?(?:的)?代表"
)


@dataclass(frozen=True, slots=True)
class LawText:
    """A law by what its title holds, and the day from which its present text is in force."""

    holds: str
    since: date


LAW_TEXTS = (
    LawText("突发事件应对法", date(2024, 11, 1)),
    LawText("信访工作条例", date(2022, 5, 1)),
    LawText("政府信息公开条例", date(2019, 5, 15)),
    LawText("突发事件应急预案管理办法", date(2024, 1, 31)),
    LawText("普通高等学校学生管理规定", date(2017, 9, 1)),
)


def law_superseded(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A basis cited in a text that a later one has replaced; on an earlier day than that, it still holds."""
    for basis in doc.legal_bases:
        title = folded(basis.title)
        for text in LAW_TEXTS:
            replaced = at_hand.on is None or at_hand.on >= text.since
            if text.holds in title and replaced and basis.in_force_on < text.since:
                yield Hit(basis.id, f"{basis.heading}（{text.since:%Y-%m-%d}）")


def law_not_in_force(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A basis that is not yet in force on the day asked about."""
    for basis in doc.legal_bases:
        if at_hand.on and basis.in_force_on > at_hand.on:
            yield Hit(basis.id, basis.heading)


def report_without_contents(doc: PlanDocument) -> Iterator[Hit]:
    """A report of which nobody says what it holds."""
    return (Hit(rule.id, rule.kind.label) for rule in doc.reporting if not rule.contents)


def first_report_incomplete(doc: PlanDocument) -> Iterator[Hit]:
    """A first report that leaves out what every first report holds; each thing is named."""
    rule = doc.reporting_rule(ReportKind.FIRST)
    if rule and rule.contents:
        written = folded("，".join(rule.contents))
        for name, pattern in _REPORT_HOLDS.items():
            if not pattern.search(written):
                yield Hit(rule.id, name)


def first_report_too_slow(doc: PlanDocument) -> Iterator[Hit]:
    """A first report that may take longer than an hour, or whose time begins only after the report came in."""
    rule = doc.reporting_rule(ReportKind.FIRST)
    if rule is None:
        return
    within = _length(doc, rule.within)
    if rule.of != Anchor.REPORTED or (within and within > FIRST_REPORT_WITHIN):
        yield Hit(rule.id, rule.heading)


def step_slower_than_duty(doc: PlanDocument) -> Iterator[Hit]:
    """A step that makes the first report and may take longer than the plan's own rule for it."""
    rule = doc.reporting_rule(ReportKind.FIRST)
    owed = _length(doc, rule.within) if rule else None
    for step in doc.steps_producing(Product.FIRST_REPORT):
        taken = _length(doc, step.within) if step.within else None
        if rule and owed and taken and step.of == rule.of and taken > owed:
            yield Hit(step.id, step.title)


def information_too_slow(doc: PlanDocument) -> Iterator[Hit]:
    """The public told later than five, twenty-four and forty-eight hours allow."""
    for kind, limit in _TOLD_WITHIN.items():
        duties = [(duty, _length(doc, duty.within)) for duty in doc.information if duty.kind is kind]
        times = [length for _, length in duties if length]
        if times and min(times) > limit:
            yield Hit(duties[0][0].id, kind.label)


def _length(doc: PlanDocument, within: Limit) -> timedelta | None:
    if not isinstance(within, ParameterRef):
        return within
    parameter = doc.parameter(within.name)
    return timedelta(minutes=parameter.value) if parameter else None


def none_of(section: str) -> Callable[[PlanDocument], Iterable[Hit]]:
    """A check that the plan has anything at all in that section."""

    def find(doc: PlanDocument) -> Iterable[Hit]:
        return () if getattr(doc, section) else (Hit(),)

    return find


def exercise_without_interval(doc: PlanDocument) -> Iterator[Hit]:
    """Training or a drill that may never come."""
    return (Hit(one.id, one.heading) for one in _exercises(doc) if one.every_months is None)


def _exercises(doc: PlanDocument) -> tuple[Exercise, ...]:
    return (*doc.training, *doc.drills)


def drill_too_rare(doc: PlanDocument) -> Iterator[Hit]:
    """No drill at least every thirty-six months."""
    months = [drill.every_months for drill in doc.drills if drill.every_months]
    if months and min(months) > RAREST_DRILL:
        yield Hit(doc.drills[0].id, doc.drills[0].heading)


def accountability_incomplete(doc: PlanDocument) -> Iterator[Hit]:
    """Answerability that leaves out silence and delay, falsehood, or retaliation; each one named."""
    if not doc.accountability:
        return
    clauses = (part for clause in doc.accountability for part in clause.parts())
    written = folded("，".join(words for clause in clauses for words in clause.sentences()))
    for name, pattern in _ANSWERABLE_FOR.items():
        if not pattern.search(written):
            yield Hit(doc.accountability[0].id, name)


def said_nowhere(*patterns: re.Pattern[str]) -> Callable[[PlanDocument], Iterable[Hit]]:
    """A check that some sentence of the plan speaks of each of these."""

    def find(doc: PlanDocument) -> Iterable[Hit]:
        written = folded("\n".join(words for clause in doc.clauses() for words in clause.sentences()))
        return () if all(pattern.search(written) for pattern in patterns) else (Hit(),)

    return find


def too_many_representatives(doc: PlanDocument) -> Iterator[Hit]:
    """More than five representatives asked for; the law names five, and any number may sign together."""
    for parameter in doc.parameters:
        counts = parameter.unit is Measure.PEOPLE and "代表" in folded(parameter.title)
        if counts and parameter.value > MOST_REPRESENTATIVES:
            yield Hit(parameter.id, parameter.heading)
    for clause in doc.clauses():
        for words in clause.sentences():
            if found := _MORE_THAN_FIVE.search(folded(words)):
                yield Hit(clause.id, found[0])
                break


def phase_without_step(doc: PlanDocument) -> Iterator[Hit]:
    """A phase in which nothing is done, so that nobody can say when it is over."""
    return (Hit(phase.id, phase.title) for phase in doc.phases if not phase.steps)


def nothing_after_the_end(doc: PlanDocument) -> Iterator[Hit]:
    """A response after whose end nothing is done: nobody is told, nothing is evaluated."""
    if doc.steps and not any(phase.after_end for phase in doc.phases):
        yield Hit()


_W, _A = Severity.WARNING, Severity.ADVICE

ROWS = (
    ReadyRule(
        "law-superseded",
        _W,
        N_("“{name}”引用的是已被取代的文本，括号内是现行文本的施行日期。"),
        N_("引用依据应当现行有效"),
        N_("请核对现行文本的条文，并改写 in_force_on。"),
        law_superseded,
    ),
    ReadyRule(
        "law-not-in-force",
        _W,
        N_("“{name}”尚未施行。"),
        N_("引用依据应当现行有效"),
        N_("请改引现行文本，或在施行之后再引用。"),
        law_not_in_force,
    ),
    CheckRule(
        "report-without-contents",
        _W,
        N_("{name}没有写明报告哪些内容。"),
        N_("突发事件应对法第61条；各地信息报告办法"),
        N_("请在 contents 中逐项列出。"),
        report_without_contents,
    ),
    CheckRule(
        "first-report-incomplete",
        _A,
        N_("首报内容缺少：{name}。"),
        N_("国家突发事件总体应急预案关于报告内容的要求"),
        N_("请在 contents 中补上；只写人数和需要，不写来访人的姓名。"),
        first_report_incomplete,
    ),
    CheckRule(
        "first-report-too-slow",
        _W,
        N_("首报“{name}”可能晚于接报后一小时。"),
        N_("突发事件应对法第17条要求立即报告；各地通行不超过一小时"),
        N_("请改为从接报（reported）起不超过 60 分钟。"),
        first_report_too_slow,
    ),
    CheckRule(
        "step-slower-than-duty",
        _W,
        N_("步骤“{name}”的时限比首报规定的还长。"),
        N_("步骤的时限不得晚于它要完成的职责"),
        N_("请缩短步骤的时限，两处可以引用同一个参数。"),
        step_slower_than_duty,
    ),
    CheckRule(
        "information-too-slow",
        _W,
        N_("“{name}”的时限长于规定。"),
        N_("国办发〔2016〕80号（五小时）、国办发〔2016〕61号（二十四小时、四十八小时）"),
        N_("请改为权威信息五小时、新闻发布会二十四小时、回应公众关切四十八小时以内。"),
        information_too_slow,
    ),
    CheckRule(
        "no-training",
        _W,
        N_("没有培训安排。"),
        N_("突发事件应急预案管理办法第29条至第31条"),
        N_("请写明谁学什么、多久一次。"),
        none_of("training"),
    ),
    CheckRule(
        "no-drill",
        _W,
        N_("没有演练安排。"),
        N_("突发事件应急预案管理办法第32条"),
        N_("请写明演练什么、多久一次。"),
        none_of("drills"),
    ),
    CheckRule(
        "exercise-without-interval",
        _W,
        N_("“{name}”没有写明多久一次。"),
        N_("突发事件应急预案管理办法第32条"),
        N_("请写明 every_months。"),
        exercise_without_interval,
    ),
    CheckRule(
        "drill-too-rare",
        _W,
        N_("演练“{name}”间隔超过三年。"),
        N_("突发事件应急预案管理办法第32条"),
        N_("请至少每 36 个月演练一次。"),
        drill_too_rare,
    ),
    CheckRule(
        "no-accountability",
        _W,
        N_("没有责任追究的规定。"),
        N_("信访工作条例第42条至第46条"),
        N_("请写明对沉默、拖延、虚假和打击报复如何追责。"),
        none_of("accountability"),
    ),
    CheckRule(
        "accountability-incomplete",
        _W,
        N_("责任追究没有写到：{name}。"),
        N_("信访工作条例第42条至第46条；突发事件应对法第95条"),
        N_("请对沉默、拖延、虚假和打击报复都写明如何追责。"),
        accountability_incomplete,
    ),
    CheckRule(
        "no-recusal",
        _W,
        N_("没有写明谁应当回避。"),
        N_("信访工作条例第28条"),
        N_("请写明被反映的单位和有利害关系的人回避，不牵头、不办理，由替补接任。"),
        said_nowhere(_RECUSED),
    ),
    CheckRule(
        "no-approval",
        _W,
        N_("没有写明预案由谁批准、向谁备案。"),
        N_("突发事件应急预案管理办法第25条、第26条"),
        N_("请写明批准人，以及印发后二十个工作日内备案。"),
        said_nowhere(_APPROVED, _FILED),
    ),
    CheckRule(
        "no-plan-publication",
        _W,
        N_("没有写明预案如何公布。"),
        N_("突发事件应急预案管理办法第28条；政府信息公开条例第20条"),
        N_("请写明印发后二十个工作日内向公众或可能受影响的人公布。"),
        said_nowhere(_PUBLISHED),
    ),
    CheckRule(
        "too-many-representatives",
        Severity.ERROR,
        N_("“{name}”超过五名代表。"),
        N_("信访工作条例第20条"),
        N_("请改为自己推选、不超过五名的代表；联名人数不限。"),
        too_many_representatives,
    ),
    CheckRule(
        "phase-without-step",
        _W,
        N_("阶段“{name}”没有任何步骤。"),
        N_("没有步骤的阶段无法完成"),
        N_("请安排步骤，或删去该阶段。"),
        phase_without_step,
    ),
    CheckRule(
        "nothing-after-the-end",
        _W,
        N_("没有响应结束之后的阶段。"),
        N_("突发事件应对法第86条、第87条、第92条"),
        N_("请写一个 after_end: true 的阶段：公告结束、善后、评估。"),
        nothing_after_the_end,
    ),
)
