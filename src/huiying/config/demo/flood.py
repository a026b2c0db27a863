"""Today: the confirmed warning was laid before the leading group, the plan runs, some orders are late."""

from datetime import datetime, timedelta

from huiying.config.demo import Story, side_by_side
from huiying.config.demo.causes import CONFIRMED_HOURS_AGO
from huiying.config.demo.plan import in_force
from huiying.config.demo.town import Town
from huiying.config.demo.work import Pace, work
from huiying.emergency import actions
from huiying.emergency.jobs import lay_warnings_before_leading_group
from huiying.emergency.kinds import Hazard, Nature, Need
from huiying.emergency.models import Activation, Incident, InformationDue
from huiying.playbook.kinds import ResponseLevel
from huiying.publishing import actions as publishing
from huiying.publishing.texts import NoticeText
from huiying.rules.lifecycle.report import ReportKind

SUPERIOR = "云岭县人民政府总值班室、云岭县信访局"
PACE = Pace(
    steps={"first-notice": 0.3, "lead-unit": 0.3},
    only_received=frozenset({"exits-lanes", "legal-route", "find-facts", "meeting", "update-notice"}),
    untouched=frozenset({"counsellor", "urgent-relief", "handover"}),
    notes={"site-lead": "已到老街北口，在社区活动室开门接待。", "water-shade": "抽水泵两台到位，雨棚已搭。"},
)
FIRST = {
    "received_at": "确认预警之时",
    "source": "预警（共性问题的件数）",
    "happened_at": "尚未发生，预报今晚有雨",
    "place": "青溪镇老街",
    "nature": "排水主管道淤塞，可能积水倒灌",
    "scope": "老街约 60 户、店铺 20 家、幼儿园一所",
    "casualties": "无",
    "trend": "雨前不清掏，积水可能再次进屋",
    "on_site": "村建办、民政办、党政办共 11 人",
    "measures": "抽水清掏，封好井口，逐户告知，开设接待点",
    "requests": "请县里支援高压清淤车一台",
    "reporter": "值班员",
    "reporter_contact": "0571-0000 0003",
}


def story(town: Town) -> Story:
    """Laid before the leading group, activated at the lowest level, worked on until now."""
    at = town.ago(hours=CONFIRMED_HOURS_AGO) + timedelta(minutes=1)
    yield at
    lay_warnings_before_leading_group(at)
    incident = Incident.objects.get(body=town.body, nature=Nature.FORESEEN_HARM)
    laid_at = at
    at = laid_at + timedelta(minutes=25)
    yield at
    _activate(town, incident, at)
    activation = Activation.objects.select_related("incident", "plan_version__plan").get(incident=incident)
    yield from side_by_side(
        [
            work(town, activation, PACE, until=town.now),
            _reported(town, incident, laid_at),
            _told(town, incident, laid_at),
        ]
    )


def _activate(town: Town, incident: Incident, at: datetime) -> None:
    actions.activation_open(
        incident=incident,
        version=in_force(town),
        level=ResponseLevel.IV,
        facets=[],
        matter="老街排水主管道淤塞，逾期事项集中补办，防止雨天倒灌",
        expected_until=town.now + timedelta(hours=36),
        measures="雨前清掏主管道，封好井口，现场接待并逐件补办逾期的答复。",
        by=town.officers["leader"],
        at=at,
    )


def _reported(town: Town, incident: Incident, laid_at: datetime) -> Story:
    """The first report in time, a decision, and what the site says."""
    duty = town.officers["duty_officer"]
    at = laid_at + timedelta(minutes=41)
    yield at
    actions.situation_report_send(
        incident=Incident.objects.get(pk=incident.pk),
        kind=ReportKind.FIRST,
        fields=FIRST,
        sent_to=SUPERIOR,
        by=duty,
        at=at,
    )
    at = laid_at + timedelta(hours=2)
    yield at
    actions.incident_update(
        incident=Incident.objects.get(pk=incident.pk),
        counts={"affected": 60},
        hazards=[Hazard.WATER_HEIGHT],
        needs=[Need.TRANSPORT],
        by=duty,
        at=at,
    )
    at = laid_at + timedelta(hours=3)
    yield at
    words = "今晚九点前清掏到幼儿园后门；三件逾期事项由村建办三天内逐件答复，由党政办盯住。"
    actions.decision_record(
        incident=Incident.objects.get(pk=incident.pk), text=words, by=town.officers["leader"], at=at
    )


def _told(town: Town, incident: Incident, laid_at: datetime) -> Story:
    """Facts first, then the notice, signed by a second person."""
    press = town.officers["press_officer"]
    at = laid_at + timedelta(hours=1, minutes=5)
    yield at
    fact = publishing.fact_record(
        text="老街主管道自 12 号至幼儿园后门淤塞，管内淤泥约占管径三分之二。",
        source="村建办管道内窥检查记录",
        established_at=at - timedelta(minutes=15),
        incident_id=incident.pk,
        by=town.officers["head_works"],
        at=at,
    )
    at += timedelta(minutes=30)
    yield at
    notice = publishing.notice_draft(
        text=_text(fact.pk, town.now + timedelta(hours=12)),
        issuer=town.units["works"],
        incident_id=incident.pk,
        answers=list(InformationDue.objects.filter(incident=incident).values_list("pk", flat=True)),
        by=press,
        at=at,
    )
    publishing.notice_submit(notice=notice, by=press, at=at)
    at += timedelta(minutes=25)
    yield at
    publishing.notice_approve(notice=notice, by=town.officers["deputy_leader"], at=at)
    publishing.notice_publish(notice=notice, by=press, at=at)


def _text(fact_id: int, next_update_at: datetime) -> NoticeText:
    return NoticeText(
        title="老街排水管道今天清掏，雨前请收起低处物品",
        text="老街 12 号至幼儿园后门一段主管道淤塞，管内淤泥约占三分之二，下雨时可能积水进屋。清掏今天开始。",
        unknown="下游一段管道是否开裂、什么时候更换，还在检查。",
        advice="低处的货物和电器请先垫高；清掏期间请从南口通行。有积水或需要帮助搬运，请打值班电话。",
        contact="值班室 0571-0000 0003（二十四小时）",
        next_update_at=next_update_at,
        fact_ids=(fact_id,),
    )
