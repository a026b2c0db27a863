"""What the four steps say: the choices with their consequences, the answers to check."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.petitions.words import CLAIMS_MAX
from huiying.registry.models import Body
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.words import N_
from huiying.web.portal.filing.drafts import Draft
from huiying.web.portal.filing.steps import Step
from huiying.web.shared.written import as_written

KINDS = {
    PetitionKind.REQUEST: (
        N_("有困难要解决，或对一个决定有意见"),
        N_("申诉求决。受理后 60 日内书面答复每一项诉求。"),
    ),
    PetitionKind.ACCUSATION: (
        N_("有人或单位违纪违法，要检举、控告"),
        N_("检举控告。只有督办岗位能看到，不会转给被检举的人和单位。"),
    ),
    PetitionKind.SUGGESTION: (
        N_("有一个建议"),
        N_("建议意见。会登记并答复，法律没有规定答复的天数。"),
    ),
    PetitionKind.ENQUIRY: (
        N_("想问清楚一件事"),
        N_("咨询。会登记并答复，法律没有规定答复的天数。"),
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
        N_("不保存任何身份信息和网络地址。我们找不到您，书面通知也送不到；答复只能凭查询码来看。"),
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


def page_before(step: Step, body: Body) -> str:
    """The address of the step before; empty for the first."""
    return reverse(BEFORE[step].page, args=[body.code]) if step in BEFORE else ""


def answers(draft: Draft, body: Body) -> list[tuple[str, str, str]]:
    """All answers with the way back to each: (question, answer, address)."""
    first, second, third = (reverse(step.page, args=[body.code]) for step in list(Step)[:3])
    rows = [
        (_("类别"), _(KINDS[PetitionKind(draft.kind)][0]), f"{first}#id_kind"),
        (_("发生了什么"), as_written(draft.text), f"{first}#id_text"),
    ]
    rows += [
        (_("诉求 %(number)s") % {"number": n}, as_written(claim), f"{first}#id_claim_{n}")
        for n, claim in enumerate(draft.claims, start=1)
    ]
    rows += [
        (_("在哪里"), as_written(draft.where), f"{second}#id_where"),
        (_("什么时候"), as_written(draft.when), f"{second}#id_when"),
    ]
    chosen = Confidentiality(draft.confidentiality)
    rows.append((_("谁可以知道我的名字"), _(NAMES[chosen][0]), f"{third}#id_confidentiality"))
    if chosen is not Confidentiality.ANONYMOUS:
        told = {"name": _("姓名"), "phone": _("电话"), "email": _("电子邮箱"), "address": _("通信地址")}
        rows += [
            (label, as_written(getattr(draft, name)), f"{third}#id_{name}") for name, label in told.items()
        ]
    return rows
