"""The acts on a plan in force, each on a small page of its own: one table, one view made for each row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.emergency import actions, gate
from huiying.emergency.actions.addenda import mark_of
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Overtaken
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans import care_forms as forms
from huiying.web.console.settings.acting import done
from huiying.web.shared.sentences import translated

LONGEST_KEY = 19
DAYS = ("starts_on", "ends_on")
Subject = dict[str, Any]
About = list[tuple[str, str]]
Found = tuple[Subject, About]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who passes the door, what is typed, what it is about, and what is said before and after."""

    need: Action
    form: type[forms.CareForm]
    act: Callable[..., object]
    of: Callable[[OfficerRequest, PlanVersion], Found]
    heading: str
    button: str
    saved: str
    lead: str = ""
    part: str = ""  # of the page one comes back to
    initial: Callable[[Subject], Subject] = lambda subject: {}


def _plan(request: OfficerRequest, version: PlanVersion) -> Found:
    return {"plan": version.plan}, []


def _key(request: OfficerRequest) -> int:
    text = request.GET.get("which", "")
    if not (text.isascii() and text.isdigit() and len(text) < LONGEST_KEY):
        raise Http404
    return int(text)


def _addendum(request: OfficerRequest, version: PlanVersion) -> Found:
    found = gate.addendum_for(request.officer, version.plan.code, _key(request))
    days = f"{found.starts_on:%Y-%m-%d} – {found.ends_on:%Y-%m-%d}"
    about = [
        (_("名称"), found.title),
        (_("起止"), days),
        (_("内容"), found.text),
        (_("理由"), found.reason),
    ]
    return {"addendum": found}, about


def _override(request: OfficerRequest, version: PlanVersion) -> Found:
    found = gate.override_for(request.officer, version.plan.code, _key(request))
    parameter = document_read(version.text).parameter(found.parameter)
    about = [
        (_("参数"), parameter.heading if parameter else found.parameter),
        (_("本机构的数值"), str(found.value)),
        (_("预案的数值"), str(parameter.value) if parameter else ""),
        (_("当时的理由"), found.reason),
    ]
    return {"override": found}, about


def _parameter(request: OfficerRequest, version: PlanVersion) -> Found:
    parameter = document_read(version.text).parameter(request.GET.get("which", ""))
    if parameter is None:
        raise gate.not_there()
    value = f"{parameter.value} {translated(parameter.unit.label)}"
    about = [(_("参数"), parameter.heading), (_("预案的数值"), value)]
    if parameter.text:
        about.append((_("说明"), parameter.text))
    return {"plan": version.plan, "parameter": parameter.id}, about


def _note(request: OfficerRequest, version: PlanVersion) -> Found:
    found = gate.revision_note_for(request.officer, version.plan.code, _key(request))
    return {"note": found}, [(_("情形"), _(found.get_cause_display())), (_("情况"), found.text)]


def _suggestion(request: OfficerRequest, version: PlanVersion) -> Found:
    found = gate.suggestion_for(request.officer, version.plan.code, _key(request))
    return {"suggestion": found}, [(_("建议"), found.text)]


def _described(subject: Subject) -> Subject:
    return {"kind": subject["plan"].kind, "owner_post": subject["plan"].owner_post_id}


def _marked(subject: Subject) -> Subject:
    return {"seen": mark_of(subject["addendum"])}


def _written(subject: Subject) -> Subject:
    held = {name: getattr(subject["addendum"], name) for name in ("title", "text", "reason", *DAYS)}
    return {**held, **_marked(subject)}


ACTS = {
    "describe": Act(
        Action.PLAN_EDIT,
        forms.DescribeForm,
        actions.plan_describe,
        _plan,
        N_("预案的类别和负责岗位"),
        N_("保存"),
        N_("已保存。"),
        N_("类别决定多久演练一次是法定要求还是本机构自定；负责岗位管评估、演练和修订。"),
        "due",
        _described,
    ),
    "evaluated": Act(
        Action.PLAN_EDIT,
        forms.LookForm,
        actions.plan_evaluated,
        _plan,
        N_("登记评估"),
        N_("登记"),
        N_("已登记评估，下次评估的日期已重新计算。"),
        N_("县级以上政府及其部门的预案原则上每 3 年评估一次（国办发〔2024〕5号第34条）。"),
        "due",
    ),
    "practised": Act(
        Action.PLAN_EDIT,
        forms.LookForm,
        actions.plan_practised,
        _plan,
        N_("登记演练"),
        N_("登记"),
        N_("已登记演练，下次演练的日期已重新计算。"),
        N_("专项、部门预案每 3 年至少演练一次（国办发〔2024〕5号第32条）。"),
        "due",
    ),
    "addendum_draft": Act(
        Action.PLAN_EDIT,
        forms.AddendumForm,
        actions.addendum_draft,
        _plan,
        N_("起草临时补充预案"),
        N_("保存，交领导小组"),
        N_("已起草，等领导小组批准。"),
        N_("补充预案在起止日期之间有效，只能增加接待和服务，不能减少渠道，也不能限制任何人。"),
        "addenda",
    ),
    "addendum_change": Act(
        Action.PLAN_EDIT,
        forms.AddendumChangeForm,
        actions.addendum_change,
        _addendum,
        N_("修改补充预案草稿"),
        N_("保存，交领导小组"),
        N_("已修改，等领导小组批准。"),
        N_("修改过草稿的人也不能自己批准。"),
        "addenda",
        _written,
    ),
    "addendum_drop": Act(
        Action.PLAN_EDIT,
        forms.ReasonForm,
        actions.addendum_drop,
        _addendum,
        N_("放弃补充预案草稿"),
        N_("放弃草稿"),
        N_("已放弃，这份草稿没有施行过。"),
        N_("放弃后不能恢复；需要时另行起草。"),
        "addenda",
    ),
    "addendum_promulgate": Act(
        Action.PLAN_PROMULGATE,
        forms.NumberForm,
        actions.addendum_promulgate,
        _addendum,
        N_("批准补充预案"),
        N_("批准施行"),
        N_("补充预案已批准，在起止日期之间有效。"),
        N_("请读完全文再批准；起草的人不能自己批准。"),
        "addenda",
        _marked,
    ),
    "addendum_end": Act(
        Action.PLAN_PROMULGATE,
        forms.ReasonForm,
        actions.addendum_end,
        _addendum,
        N_("提前终止补充预案"),
        N_("终止"),
        N_("补充预案已终止。"),
        N_("终止后不能恢复；需要时另行起草。"),
        "addenda",
    ),
    "parameter_set": Act(
        Action.PLAN_PROMULGATE,
        forms.FigureForm,
        actions.parameter_set,
        _parameter,
        N_("另定参数"),
        N_("按这个数值执行"),
        N_("已另定，此后启动的响应按这个数值；正在进行的响应不变。"),
        N_("这是本机构自定的数值（POLICY），不能放宽法定的期限。"),
        "figures",
    ),
    "parameter_restore": Act(
        Action.PLAN_PROMULGATE,
        forms.NothingForm,
        actions.parameter_restore,
        _override,
        N_("恢复预案的数值"),
        N_("恢复"),
        N_("已恢复，此后启动的响应按预案的数值。"),
        N_("正在进行的响应仍按启动时的数值。"),
        "figures",
    ),
    "revision_raise": Act(
        Action.PLAN_READ,
        forms.RaiseForm,
        actions.revision_raise,
        _plan,
        N_("提出修订"),
        N_("提出"),
        N_("已提出，等预案管理岗处理。"),
        N_("有下列情形之一的，应当及时修订预案（国办发〔2024〕5号第35条）。"),
        "notes",
    ),
    "revision_settle": Act(
        Action.PLAN_EDIT,
        forms.SettleForm,
        actions.revision_settle,
        _note,
        N_("处理修订提示"),
        N_("登记处理结果"),
        N_("已处理。"),
        "",
        "notes",
    ),
    "suggestion_give": Act(
        Action.PLAN_READ,
        forms.SuggestForm,
        actions.suggestion_give,
        _plan,
        N_("对预案提建议"),
        N_("提出建议"),
        N_("已提出，答复写在这一页。"),
        N_("任何单位和个人都可以提出修订建议（国办发〔2024〕5号第37条）。"),
        "suggestions",
    ),
    "suggestion_answer": Act(
        Action.PLAN_EDIT,
        forms.AnswerForm,
        actions.suggestion_answer,
        _suggestion,
        N_("答复建议"),
        N_("答复"),
        N_("已答复，提建议的人在自己的地址上能读到。"),
        "",
        "suggestions",
    ),
}


def view_of(name: str) -> Callable[..., HttpResponse]:
    """The page of one act: GET shows the form and what it is about, POST does it."""
    row = ACTS[name]
    guarded = console_view(row.need)(partial(_page, row))
    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


def _page(row: Act, request: OfficerRequest, code: str, number: int) -> HttpResponse:
    version = gate.plan_version_for(request.officer, code, number)
    subject, about = row.of(request, version)
    given = request.POST if request.method == "POST" else None
    form = row.form(given, version=version, initial=row.initial(subject))
    if _done(request, form, row, subject):
        messages.success(request, _(row.saved))
        back = reverse("console:plan_care", args=[code, number])
        return HttpResponseRedirect(f"{back}#{row.part}", status=303)
    context = {"version": version, "form": form, "about": about, "act": row}
    return render(request, "console/plans/care_act.html", context, status=422 if form.errors else 200)


def _done(request: OfficerRequest, form: forms.CareForm, row: Act, subject: Subject) -> bool:
    try:
        return done(request, form, row.act, **subject)
    except IllegalMove as refusal:
        form.add_error(None, f"{translated(refusal.message)}{translated(refusal.remedy)}")
    except Overtaken:
        if "seen" not in form.fields:
            raise
        form.add_error(
            None, _("没有保存：就在刚才，别人改动了它。上面是现在的内容；仍要用您填写的，请再按一次。")
        )
        form.data = QueryDict.copy(request.POST)
        form.data["seen"] = row.initial(subject)["seen"]
    return False
