"""What a situation report, an alert and an activation must contain. The minutes are the plan's to say.

Local report rules give the report's content (突发事件应对法 art. 17 and 61 ask for true and timely ones).
Casualties are counts; names of petitioners have no field here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

REPORT_ARTICLE = "突发事件应对法 art. 17, 61"
ALERT_ARTICLE = "突发事件应对法 art. 64"
ACTIVATION_ARTICLE = "突发事件应对法 art. 72"


@dataclass(frozen=True, slots=True)
class ReportField:
    """One thing that must be said: its name in the form and its Chinese label."""

    name: str
    label: str


FIRST = (
    ReportField("received_at", N_("接报时间")),
    ReportField("source", N_("信息来源")),
    ReportField("happened_at", N_("发生时间")),
    ReportField("place", N_("发生地点")),
    ReportField("nature", N_("事件性质")),
    ReportField("scope", N_("影响范围")),
    ReportField("casualties", N_("人员伤亡和损失的初步情况")),
    ReportField("trend", N_("发展趋势")),
    ReportField("on_site", N_("到场人员")),
    ReportField("measures", N_("已采取的措施")),
    ReportField("requests", N_("建议和请求")),
    ReportField("reporter", N_("报告人")),
    ReportField("reporter_contact", N_("报告人联系方式")),
)

FOLLOW_UP = (
    ReportField("number", N_("续报序号")),
    ReportField("changes", N_("变化情况")),
    ReportField("reporter", N_("报告人")),
    ReportField("reporter_contact", N_("报告人联系方式")),
)

FINAL = (
    ReportField("result", N_("处置结果")),
    ReportField("cause", N_("原因")),
    ReportField("evaluation", N_("评估")),
    ReportField("aftermath", N_("善后和后续工作")),
    ReportField("reporter", N_("报告人")),
    ReportField("reporter_contact", N_("报告人联系方式")),
)

_BY_KIND = {ReportKind.FIRST: FIRST, ReportKind.FOLLOW_UP: FOLLOW_UP, ReportKind.FINAL: FINAL}

ALERT = (
    ReportField("category", N_("类别")),
    ReportField("level", N_("级别")),
    ReportField("starts_at", N_("起始时间")),
    ReportField("area", N_("可能影响范围")),
    ReportField("cautions", N_("警示事项")),
    ReportField("measures", N_("应采取的措施")),
    ReportField("issuer", N_("发布机关")),
    ReportField("issued_at", N_("发布时间")),
)

ACTIVATION = (
    ReportField("matter", N_("响应事项")),
    ReportField("level", N_("响应级别")),
    ReportField("expected_duration", N_("预计期限")),
    ReportField("measures", N_("应急处置措施")),
)


def required_fields(kind: ReportKind) -> tuple[ReportField, ...]:
    """What a report of this kind must say, in the order of the form."""
    return _BY_KIND[kind]


def missing_fields(kind: ReportKind, values: Mapping[str, object]) -> tuple[ReportField, ...]:
    """What a report of this kind still lacks. A zero is an answer; an empty text is not."""
    return lacking(required_fields(kind), values)


def lacking(fields: tuple[ReportField, ...], values: Mapping[str, object]) -> tuple[ReportField, ...]:
    """The fields that have no answer among the values (for ALERT and ACTIVATION as well)."""
    return tuple(field for field in fields if _empty(values.get(field.name)))


def check_report(kind: ReportKind, values: Mapping[str, object]) -> None:
    """Raise Incomplete naming every field that a report of this kind lacks."""
    _check(missing_fields(kind, values), rule=f"reporting.{kind}", article=REPORT_ARTICLE)


def check_alert(values: Mapping[str, object]) -> None:
    """Raise Incomplete unless an alert says all that art. 64 asks for."""
    _check(lacking(ALERT, values), rule="reporting.alert", article=ALERT_ARTICLE)


def check_activation(values: Mapping[str, object]) -> None:
    """Raise Incomplete unless an activation names matter, level, expected duration and measures. art. 72."""
    _check(lacking(ACTIVATION, values), rule="reporting.activation", article=ACTIVATION_ARTICLE)


def _check(missing: tuple[ReportField, ...], *, rule: str, article: str) -> None:
    if not missing:
        return
    raise Incomplete(
        N_("还有必填内容没有填写。"),
        fields={field.name: N_("请填写：") + field.label for field in missing},
        rule=rule,
        article=article,
        remedy=N_("不清楚的内容可以写“待核实”，先报后补。"),
    )


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
