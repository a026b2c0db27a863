"""What a clause says beside its words, in words: who, within which time of what, with which figures."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from huiying.playbook.clauses import Clause
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import (
    Anchor,
    FacetKind,
    InformationKind,
    Measure,
    PostKind,
    Product,
    ReportKind,
    ResponseLevel,
    TeamKind,
)
from huiying.playbook.times import length_write
from huiying.rules.words import N_

DETAILS = {
    "who": N_("责任角色"),
    "owner": N_("负责"),
    "within": N_("时限"),
    "of": N_("起算"),
    "needs": N_("前置步骤"),
    "beside": N_("同时进行"),
    "when": N_("适用情形"),
    "level": N_("响应级别"),
    "acknowledge_within": N_("接收时限"),
    "escalate_after": N_("无人接收时，每隔"),
    "escalate_to": N_("依次转给"),
    "repeat_every": N_("每隔"),
    "repeat_until": N_("重复到"),
    "uses": N_("动用"),
    "produces": N_("形成"),
    "kind": N_("类别"),
    "value": N_("数值"),
    "unit": N_("单位"),
    "post_kind": N_("岗位"),
    "alternates": N_("替补"),
    "criteria": N_("条件"),
    "contents": N_("内容"),
    "to": N_("报送"),
    "told_by": N_("怎样告知"),
    "measure": N_("预备措施"),
    "people": N_("人数"),
    "shift": N_("每班"),
    "reach": N_("联系方式"),
    "verified_on": N_("核对日期"),
    "minimum": N_("最低数量"),
    "how": N_("怎样衡量"),
    "audience": N_("对象"),
    "every_months": N_("间隔月数"),
    "due_on": N_("最迟"),
    "triggers": N_("提前修订的情形"),
    "steps": N_("步骤"),
    "in_force_on": N_("施行日期"),
}
FIELD_LABELS = {
    "title": N_("标题"),
    "text": N_("内容"),
    "basis": N_("依据"),
    "policy": N_("本预案自定"),
    **DETAILS,
}
_KINDS = (
    Anchor, FacetKind, InformationKind, Measure, PostKind, Product, ReportKind, ResponseLevel, TeamKind,
)  # fmt: skip
# A field has one list of values; the same word may stand in another list too.
_WORDS = {kind.value: kind.label for kinds in _KINDS for kind in kinds}


def details(
    doc: PlanDocument, clause: Clause, titles: Mapping[str, str] | None = None
) -> list[tuple[str, list[str]]]:
    """The fields beside title, text and basis that the clause fills: (label, values in words). Labels are zh-Hans.

    `titles` are the headings of all clauses by id; give them where many clauses of one plan are told.
    """
    known: dict[str, Any] = clause.model_dump(mode="json", exclude_defaults=True)
    named = titles if titles is not None else titles_of(doc)
    found = []
    for name, label in DETAILS.items():
        value = known.get(name)
        words = value if isinstance(value, list) else [value]
        if value is None or any(isinstance(word, dict) for word in words):
            continue
        found.append((label, [in_words(doc, named, str(word)) for word in words]))
    return found


def titles_of(doc: PlanDocument) -> dict[str, str]:
    """What each clause is called, by its id."""
    return {part.id: part.heading for part in doc.clauses()}


def in_words(doc: PlanDocument, titles: Mapping[str, str], word: str) -> str:
    """A parameter as its figure, a listed value as its label, a reference as the heading it leads to."""
    if word.startswith("$") and (parameter := doc.parameter(word[1:])) is not None:
        if parameter.unit is Measure.MINUTES:
            return length_write(timedelta(minutes=parameter.value))
        return f"{parameter.value} {parameter.unit.label}"
    return _WORDS.get(word) or titles.get(word, word)
