"""Two months ago: a ceiling came down in the reception room. Reported, answered, published, corrected, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.config.demo import Story, side_by_side
from huiying.config.demo.plan import in_force
from huiying.config.demo.town import Town
from huiying.config.demo.work import Pace, work
from huiying.emergency import actions
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Activation, Incident, InformationDue
from huiying.emergency.running import document_read
from huiying.playbook.kinds import ResponseLevel
from huiying.publishing import actions as publishing
from huiying.publishing.models import Fact, Notice
from huiying.publishing.texts import NoticeText
from huiying.rules.lifecycle.report import ReportKind

DAYS_AGO = 62
LASTED = timedelta(days=3, hours=3)
SUPERIOR = "云岭县人民政府总值班室、云岭县信访局"
PACE = Pace(
    usual=0.4,
    steps={"open-reception": 1.6, "commitments-kept": 0.9},
    notes={
        "open-reception": "临时接待点设在文化站一楼，桌椅从礼堂搬来，比计划晚。",
        "update-notice": "情况没有变化，已在原通告下注明时间。",
        "treat-injured": "伤者由村医先行包扎，送镇卫生院检查，当晚回家。",
        "commitments": "三项承诺已抄送五位代表，并贴在接待点门口。",
    },
)
FIRST = {
    "received_at": "当日 15:40",
    "source": "接待员电话",
    "happened_at": "当日 15:32",
    "place": "石桥路 1 号人民来访接待室",
    "nature": "吊顶受潮脱落",
    "scope": "接待室一间，接待中断",
    "casualties": "1 人手臂擦伤，无其他损失",
    "trend": "其余吊顶有松动，已停用，不再扩大",
    "on_site": "党政办、民政办、镇卫生院共 6 人",
    "measures": "清空房间、断电、送医，改在文化站接待",
    "requests": "请县住建部门派人鉴定屋面",
    "reporter": "值班员",
    "reporter_contact": "0571-0000 0003",
}
FOLLOW_UPS = (
    "接待已在文化站恢复，伤者回家休养。",
    "屋面鉴定完成，决定重做防水。",
    "积压的登记全部补录，松动的吊顶拆完。",
)
FINAL = {
    "result": "伤者痊愈，接待恢复，积压的登记全部补录",
    "cause": "屋面漏水多年未修，吊顶龙骨锈断",
    "evaluation": "已安排，由预案管理员在三十日内完成",
    "aftermath": "屋面防水重做，两处便民服务点一并检查",
    "reporter": "值班员",
    "reporter_contact": "0571-0000 0003",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The incident and the hour at which the telephone rang."""

    town: Town
    called_at: datetime
    incident: Incident

    def after(self, **parts: float) -> datetime:
        """So much after the call."""
        return self.called_at + timedelta(**parts)


def the_fall(town: Town) -> Incident:
    """The incident of this story."""
    return Incident.objects.select_related("activation__plan_version__plan").get(
        body=town.body, nature=Nature.STRUCTURE
    )


def story(town: Town) -> Story:
    """From the call to the end of the response, and the work that comes after it."""
    called_at = town.day(DAYS_AGO, 15, 40)
    yield called_at
    scene = Scene(town, called_at, _report(town, called_at))
    yield from _activated(scene)
    activation = Activation.objects.select_related("incident").get(incident=scene.incident)
    publishing_story = _published(scene)
    reports = _reported(scene)
    acts = [work(town, activation, PACE, until=scene.called_at + LASTED), publishing_story, reports]
    yield from side_by_side(acts)
    yield from _ended(scene, activation)
    yield from side_by_side([work(town, activation, PACE, until=town.now), _reported_at_last(scene)])


def _report(town: Town, at: datetime) -> Incident:
    return actions.incident_report(
        body=town.body,
        nature=Nature.STRUCTURE,
        place="石桥路 1 号人民来访接待室",
        told="接待室吊顶突然脱落，一位来访群众手臂擦伤，屋里当时有十来个人，已经全部出来。",
        happened_at=at - timedelta(minutes=8),
        source=Source.ON_SITE,
        counts={"injured": 1, "affected": 15},
        hazards=[Hazard.COLLAPSE],
        needs=[Need.MEDICAL, Need.LISTENER],
        by=town.officers["clerk"],
        at=at,
    )


def _activated(scene: Scene) -> Story:
    town, incident = scene.town, scene.incident
    at = scene.after(minutes=12)
    yield at
    actions.incident_verify(incident=incident, by=town.officers["duty_officer"], at=at)
    at = scene.after(minutes=26)
    yield at
    actions.activation_open(
        incident=incident,
        version=in_force(town),
        level=ResponseLevel.III,
        facets=["injured", "site-hazard"],
        matter="接待室吊顶脱落，一人轻伤，来访接待中断",
        expected_until=scene.after(days=3),
        measures="救治伤者，停用接待室，当天在文化站恢复接待，检查其余房间。",
        by=town.officers["leader"],
        at=at,
    )
    at = scene.after(hours=2)
    yield at
    words = "接待改在文化站一楼，早九点到晚六点不间断；来访人的事项照常登记、照常计期。"
    actions.decision_record(incident=incident, text=words, by=town.officers["leader"], at=at)


def _reported(scene: Scene) -> Story:
    """The first report comes eighteen minutes late; the next ones in time."""
    at = scene.after(minutes=78)
    yield at
    _send(scene, ReportKind.FIRST, FIRST, at)
    for number, words in enumerate(FOLLOW_UPS, start=1):
        at = scene.after(days=number, minutes=40)
        yield at
        changed = {"changes": words, "reporter": "值班员", "reporter_contact": "0571-0000 0003"}
        _send(scene, ReportKind.FOLLOW_UP, changed, at)


def _send(scene: Scene, kind: ReportKind, fields: dict[str, str], at: datetime) -> None:
    incident = the_fall(scene.town)
    by = scene.town.officers["duty_officer"]
    actions.situation_report_send(incident=incident, kind=kind, fields=fields, sent_to=SUPERIOR, by=by, at=at)


def _published(scene: Scene) -> Story:
    """A fact, a notice with it, signed by a second person; the next day a figure is corrected."""
    town = scene.town
    at = scene.after(hours=1, minutes=30)
    yield at
    fact = _fact(scene, "接待室吊顶脱落约 6 平方米，一人手臂擦伤。", at)
    at = scene.after(hours=2, minutes=10)
    yield at
    press, leader = town.officers["press_officer"], town.officers["leader"]
    notice = publishing.notice_draft(
        text=_text(fact, "6 平方米", next_update_at=scene.after(days=1)),
        issuer=town.units["office"],
        incident_id=scene.incident.pk,
        answers=list(InformationDue.objects.filter(incident=scene.incident).values_list("pk", flat=True)),
        by=press,
        at=at,
    )
    publishing.notice_submit(notice=notice, by=press, at=at)
    at = scene.after(hours=2, minutes=50)
    yield at
    publishing.notice_approve(notice=notice, by=leader, at=at)
    publishing.notice_publish(notice=notice, by=press, at=at)
    yield from _corrected(scene, notice)


def _corrected(scene: Scene, notice: Notice) -> Story:
    town = scene.town
    at = scene.after(days=1, hours=1)
    yield at
    fact = _fact(scene, "鉴定人员测量，吊顶脱落 9 平方米，另有 4 平方米松动。", at)
    at += timedelta(hours=1)
    yield at
    correction = publishing.correction_propose(
        notice=notice,
        text=_text(fact, "9 平方米，另有 4 平方米松动", next_update_at=scene.after(days=3)),
        reason="第一次通报的面积是目测，鉴定人员测量后更正为 9 平方米。",
        by=town.officers["press_officer"],
        at=at,
    )
    at += timedelta(minutes=40)
    yield at
    publishing.correction_approve(correction=correction, by=town.officers["deputy_leader"], at=at)


def _fact(scene: Scene, text: str, at: datetime) -> Fact:
    return publishing.fact_record(
        text=text,
        source="村建办现场查看记录",
        established_at=at - timedelta(minutes=20),
        incident_id=scene.incident.pk,
        by=scene.town.officers["head_works"],
        at=at,
    )


def _text(fact: Fact, area: str, *, next_update_at: datetime) -> NoticeText:
    return NoticeText(
        title="人民来访接待室暂停使用，接待改在文化站",
        text=f"接待室吊顶脱落，面积{area}。一人手臂擦伤，已送镇卫生院检查并回家。房间已停用。",
        unknown="吊顶脱落的原因和修复所需时间还在核实。",
        advice="来访请到石桥路 5 号文化站一楼，时间不变；已经提出的事项照常办理，期限照常计算。",
        contact="信访办 0571-0000 0002",
        next_update_at=next_update_at,
        fact_ids=(fact.pk,),
    )


def _ended(scene: Scene, activation: Activation) -> Story:
    """The hazard is gone, and every criterion of the plan is met."""
    town = scene.town
    at = scene.called_at + LASTED
    yield at
    incident = the_fall(town)
    counts = {"injured": 1, "affected": 15}
    duty = town.officers["duty_officer"]
    actions.incident_update(incident=incident, counts=counts, hazards=[], needs=[], by=duty, at=at)
    at += timedelta(hours=1)
    yield at
    actions.incident_end(
        incident=incident,
        grounds="伤者痊愈，文化站接待满三天运行正常，积压的登记已全部补录，松动吊顶已拆除。",
        criteria=[clause.id for clause in document_read(activation.plan_version.text).end_criteria],
        by=town.officers["leader"],
        at=at,
    )


def _reported_at_last(scene: Scene) -> Story:
    """The final report, the day after the end."""
    at = scene.called_at + LASTED + timedelta(hours=21)
    yield at
    _send(scene, ReportKind.FINAL, FINAL, at)
