"""What the four steps say: the choices with their consequences, the answers to check."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.petitions.words import CLAIMS_MAX
from huiying.registry.models import Body, Category
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.matters import LABELS, HelpNeeded, Matter, Spoken
from huiying.rules.words import N_
from huiying.web.portal.filing.drafts import Draft
from huiying.web.portal.filing.steps import Step
from huiying.web.shared.written import as_written

KINDS = {
    PetitionKind.REQUEST: (
        N_("反映问题，请求解决"),
        N_("15 日内告诉您由谁办理；受理后 60 日内书面答复每一项诉求。"),
    ),
    PetitionKind.SUGGESTION: (
        N_("提建议"),
        N_("登记后转给管这件事的单位研究，60 日内答复您是否采纳和理由。"),
    ),
    PetitionKind.ACCUSATION: (
        N_("检举控告"),
        N_("有人或单位违纪违法。给您回执；只有督办岗位读得到，不会转给被检举的人和单位。"),
    ),
    PetitionKind.ENQUIRY: (
        N_("咨询"),
        N_("想问清楚一件事。5 个工作日内答复。"),
    ),
}
NAMES = {
    Confidentiality.NAMED: (
        N_("实名：办理的单位可以知道我是谁"),
        N_("姓名和联系方式加密保存。工作人员每看一次都要写明理由，您在查询页看得到。"),
    ),
    Confidentiality.CONFIDENTIAL: (
        N_("保密：只让信访部门知道我是谁"),
        N_("办理单位只拿到隐去身份的文本，由信访部门先写好，可能慢几天。"),
    ),
    Confidentiality.ANONYMOUS: (
        N_("匿名：谁也不知道我是谁"),
        N_("能认出您的一样都不保存，网络地址也不保存；我们找不到您，答复只能凭查询码来看。"),
    ),
}
BEFORE = {Step.PLACED: Step.TOLD, Step.NAMED: Step.PLACED, Step.CHECKED: Step.NAMED}


def kind_cards() -> list[dict[str, str]]:
    """The kinds of petition in plain words."""
    return [
        {"value": kind.value, "label": _(label), "hint": _(hint)} for kind, (label, hint) in KINDS.items()
    ]


def name_cards() -> list[dict[str, str]]:
    """Who may know the name: each choice with its one honest consequence."""
    return [{"value": how.value, "label": _(label), "hint": _(hint)} for how, (label, hint) in NAMES.items()]


def boxes(draft: Draft, faults: Mapping[str, str], *, more: bool) -> list[dict[str, Any]]:
    """One box for each claim, and an empty one where there is none or one was asked for."""
    typed = list(draft.claims)
    if not typed or (more and len(typed) < CLAIMS_MAX):
        typed.append("")
    return [
        {"name": f"claim_{n}", "number": n, "text": text, "fault": faults.get(f"claim_{n}", "")}
        for n, text in enumerate(typed, start=1)
    ]


def languages_spoken() -> list[tuple[str, str]]:
    """The languages one may ask to be spoken with."""
    return [(spoken.value, spoken.label) for spoken in Spoken]


def helps() -> list[dict[str, str]]:
    """The help one may ask for."""
    return [{"value": each.value, "label": each.label} for each in HelpNeeded]


def help_lines() -> list[tuple[str, str]]:
    """Whom to ring when life is in danger: the number and what it is."""
    line: str = settings.HUIYING["options"].crisis_line
    own = [(line, _("心理援助热线"))] if line else []
    return [*own, ("120", _("急救")), ("110", _("报警求助"))]


def page_before(step: Step, body: Body, draft: Draft) -> str:
    """The address of the step before, with the draft it belongs to; empty for the first."""
    if step not in BEFORE:
        return ""
    return reverse(BEFORE[step].page, args=[body.code]) + (f"?draft={draft.key}" if draft.key else "")


def answers(draft: Draft, body: Body, category: Category | None) -> list[tuple[str, str, str]]:
    """All answers with the way back to each: (question, answer, address)."""
    rows = [*_told(draft, category), *_placed(draft), *_named(draft)]
    pages = {step: reverse(step.page, args=[body.code]) for step in list(Step)[:3]}
    return [
        (label, answer, f"{pages[step]}?draft={draft.key}#id_{name}") for step, name, label, answer in rows
    ]


Row = tuple[Step, str, str, str]  # step, field, question, answer


def _told(draft: Draft, category: Category | None) -> Iterator[Row]:
    yield Step.TOLD, "kind", _("类别"), _(KINDS[PetitionKind(draft.kind)][0])
    yield Step.TOLD, "text", _("发生了什么"), as_written(draft.text)
    for n, claim in enumerate(draft.claims, start=1):
        yield Step.TOLD, f"claim_{n}", _("诉求 %(number)s") % {"number": n}, as_written(claim)
    matter = draft.category.partition("/")[0]
    if matter:
        field = _(LABELS[Matter(matter)])
        yield (
            Step.TOLD,
            "category",
            _("属于哪一方面"),
            f"{field} › {_(category.label)}" if category else field,
        )


def _placed(draft: Draft) -> Iterator[Row]:
    yield Step.PLACED, "where", _("在哪里"), as_written(draft.where)
    if draft.position:
        yield Step.PLACED, "where", _("附上的位置"), draft.position.replace(",", "，")
    yield Step.PLACED, "when", _("什么时候"), as_written(draft.when)
    yield Step.PLACED, "respondent", _("关于谁、哪个单位"), as_written(draft.respondent)
    pressing = [
        _(word)
        for told, word in ((draft.danger, N_("有人正处在危险中")), (draft.urgent_need, N_("有急需")))
        if told
    ]
    if pressing:
        yield Step.PLACED, "danger", _("紧急情况"), _("、").join(pressing)
    if draft.joint_count:
        yield Step.PLACED, "joint_count", _("共同提出的人数"), draft.joint_count
    if draft.spoken != Spoken.MANDARIN:
        yield Step.PLACED, "spoken", _("希望使用的语言"), _(Spoken(draft.spoken).label)
    if draft.help_needed:
        yield (
            Step.PLACED,
            "help_needed",
            _("需要的帮助"),
            _("、").join(_(HelpNeeded(each).label) for each in draft.help_needed),
        )


def _named(draft: Draft) -> Iterator[Row]:
    chosen = Confidentiality(draft.confidentiality)
    yield Step.NAMED, "confidentiality", _("谁可以知道我的名字"), _(NAMES[chosen][0])
    if chosen is not Confidentiality.ANONYMOUS:
        told = {"name": _("姓名"), "phone": _("电话"), "email": _("电子邮箱"), "address": _("通信地址")}
        for name, label in told.items():
            yield Step.NAMED, name, label, as_written(getattr(draft, name))
