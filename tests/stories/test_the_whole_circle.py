"""Once round: listen, answer, see the shared cause, warn, run the plan, tell the public, learn, and a better plan.

Six people of the east side say the same thing, each for themselves: the canal is dry. Each gets an own page and an
own answer. That they share a cause is seen by a person, counted by a table, and decided by the leading group.
"""

import re
from datetime import datetime, timedelta

import feedparser
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions as emergency
from huiying.emergency import jobs as emergency_jobs
from huiying.emergency.models import Incident, InformationDue, Order, Plan, SituationReport
from huiying.emergency.running import document_read
from huiying.issues import actions as issues
from huiying.issues import jobs as issue_jobs
from huiying.issues.models import EarlyWarning
from huiying.learning import actions as learning
from huiying.learning.models import FindingKind
from huiying.petitions import actions as petitions
from huiying.petitions.models import Petition
from huiying.playbook.kinds import ResponseLevel
from huiying.publishing import actions as publishing
from huiying.publishing.figures import Month
from huiying.publishing.texts import NoticeText
from huiying.records import ledger
from huiying.records.clock import SHANGHAI, official_date
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.matters import Matter, RatedSide, RatingScore, ServedHow
from tests.cast import Cast
from tests.rooms.emergency.response import filled_in, plan_in_force, put_in_force
from tests.rooms.petitions.matters import filing

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI)


def day(number: float, hour: float = 0) -> datetime:
    """So many days, and hours, after that Monday at nine."""
    return MONDAY + timedelta(days=number, hours=hour)


def test_a_grievance_becomes_an_answer_a_cause_a_warning_a_response_a_notice_and_a_better_plan(
    cast: Cast,
) -> None:
    version = plan_in_force(cast)

    # Listen. The first files on a phone, without a name, in four short steps.
    phone = Client()
    receipt = file_on_the_phone(phone)
    first = Petition.objects.get()
    assert first.reference in receipt
    code = re.search(r"\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\b", receipt)
    assert code is not None
    said = [f"东渠第 {n} 段没有水，第 {n} 组的菜地旱了。" for n in range(2, 7)]
    others = [
        petitions.petition_file(
            filing=filing(text=text, claims=("请通水",)), body=cast.body, by=None, at=day(n)
        ).petition
        for n, text in enumerate(said)
    ]
    matters = [first, *others]

    # Answer. Each is registered, accepted and given to works; each has its own sixty days.
    for matter in matters:
        petitions.petition_register(petition=matter, matter=Matter.LAND, by=cast.clerk, at=day(5))
        petitions.petition_accept(petition=matter, by=cast.clerk, at=day(5))
        petitions.petition_assign(petition=matter, unit=cast.units["works"], by=cast.clerk, at=day(5))
        petitions.petition_notify(petition=matter, by=cast.officer_works, at=day(6))

    # See the shared cause. A clerk ties what she has read; the table counts matters and asks nobody's name.
    cause = issues.issue_open(
        body=cast.body,
        title="东渠不通水",
        matter=Matter.LAND,
        unit=cast.units["works"],
        by=cast.clerk,
        at=day(7),
    )
    issues.issue_tie(issue=cause, petitions=matters, by=cast.clerk, at=day(7))
    petitions.petition_facet(petition=first, danger=True, by=cast.clerk, at=day(7))
    assert issue_jobs.warnings_look(day(7, 1)) == 1
    warning = EarlyWarning.objects.get()
    assert (warning.level, warning.counts["unanswered"], warning.counts["danger"]) == ("red", 6, 1)

    # Warn. One verifies on the spot, the leading group confirms.
    issues.warning_verify(
        warning=warning, words="到渠首看过，闸门坏了，沟边塌方。", by=cast.duty_officer, at=day(7, 2)
    )
    issues.warning_confirm(warning=warning, by=cast.leader, at=day(7, 3))

    # Run the plan. The warning is laid before the leading group once, however often the job runs.
    assert emergency_jobs.lay_warnings_before_leading_group(day(7, 3)) == 1
    assert emergency_jobs.lay_warnings_before_leading_group(day(7, 3)) == 0
    incident = Incident.objects.get()
    activation = emergency.activation_open(
        incident=incident,
        version=version,
        level=ResponseLevel.II,
        facets=["someone-in-danger"],
        matter="渠首闸门损坏，沟边塌方",
        expected_until=day(9),
        measures="封住塌方路段，调水车送水，抢修闸门。",
        by=cast.leader,
        at=day(7, 3.2),
    )
    report = SituationReport.objects.get(incident=incident, kind=ReportKind.FIRST)
    emergency.situation_report_send(
        incident=incident,
        kind=ReportKind.FIRST,
        fields=filled_in(ReportKind.FIRST),
        sent_to="云岭县值班室",
        by=cast.duty_officer,
        at=day(7, 3.5),
    )
    report.refresh_from_db()
    assert report.sent_at is not None
    assert report.sent_at <= report.due_at
    carried_out = carry_out_what_is_open(cast, activation.pk, day(7, 4))
    assert carried_out > 3

    # Tell the public, within five hours, with the source beside each fact.
    fact = publishing.fact_record(
        text="渠首闸门卡死，抢修预计两天。",
        source="村建办现场记录",
        established_at=day(7, 4),
        incident_id=incident.pk,
        by=cast.duty_officer,
        at=day(7, 4),
    )
    soonest = InformationDue.objects.filter(incident=incident).earliest("due_at")
    notice = publishing.notice_draft(
        text=NoticeText(
            title="东渠停水抢修",
            text="渠首闸门卡死，抢修预计两天，水车每天两次送水到组。",
            unknown="闸门为什么卡死还在查。",
            advice="塌方路段请绕行。",
            contact="0571-0000 0003",
            next_update_at=day(8),
            fact_ids=(fact.pk,),
        ),
        issuer=cast.units["works"],
        incident_id=incident.pk,
        answers=(soonest.pk,),
        by=cast.press_officer,
        at=day(7, 5),
    )
    publishing.notice_submit(notice=notice, by=cast.press_officer, at=day(7, 5))
    publishing.notice_approve(notice=notice, by=cast.leader, at=day(7, 5.5))
    publishing.notice_publish(notice=notice, by=cast.press_officer, at=day(7, 6))
    soonest.refresh_from_db()
    assert soonest.satisfied_at is not None
    assert soonest.satisfied_at <= soonest.due_at
    public = Client()
    assert "水车每天两次送水" in public.get(f"/qingxi/notices/{notice.reference}/").content.decode()
    (entry,) = feedparser.parse(public.get("/qingxi/notices/feed.atom").content).entries
    assert "东渠停水抢修" in entry.title

    # The gate is mended. Each of the six gets an answer to the very point they raised.
    for matter in matters:
        for claim in matter.claims.all():
            petitions.claim_answer(
                claim=claim,
                outcome=ClaimOutcome.SUPPORTED,
                facts="渠首闸门已更换，东渠今天通水。",
                opinion="予以支持，已办好。",
                basis="《水法》第二十五条",
                remedy="不服的，三十日内可请求云岭县信访局复查。",
                by=cast.officer_works,
                at=day(9),
            )
        petitions.reply_send(petition=matter, by=cast.head_works, at=day(9, 1))
    issues.warning_lift(warning=warning, words="已通水，塌方已加固。", by=cast.leader, at=day(9, 2))
    emergency.incident_end(
        incident=incident,
        grounds="闸门更换，渠已通水，塌方加固。",
        criteria=[clause.id for clause in document_read(version.text).end_criteria],
        despite="其余告知事项由村建办继续办理。",
        by=cast.leader,
        at=day(9, 2),
    )
    issues.issue_close(issue=cause, words="更换闸门，列入每年汛前检修。", by=cast.clerk, at=day(10))

    # The first reads the answer on the phone and says what they think of both sides.
    read_and_rate(first, code[1])

    # Learn. What was promised stands beside what happened; a gap becomes work, and the work is looked at.
    evaluation = learning.evaluation_open(incident=incident, by=cast.planner, at=day(12))
    assert evaluation.rows.count() > 5
    clause = document_read(version.text).steps[0].id
    finding = learning.finding_record(
        evaluation=evaluation,
        kind=FindingKind.GAP,
        text="没有人知道送水车的电话。",
        clause_id=clause,
        plan_version=version,
        evidence=[],
        by=cast.planner,
        at=day(12),
    )
    work = learning.corrective_order(
        finding=finding,
        text="送水车联系人写进值班表。",
        owner=cast.staff["officer_civil"],
        due_on=official_date(day(20)),
        by=cast.planner,
        at=day(12),
    )
    learning.corrective_done(action=work, evidence="值班表第 3 页", by=cast.officer_civil, at=day(14))
    learning.corrective_verify(action=work, by=cast.supervisor, at=day(15))
    learning.evaluation_summarise(
        evaluation=evaluation, summary="处置及时，联系方式不全。", by=cast.planner, at=day(15)
    )
    learning.evaluation_adopt(evaluation=evaluation, by=cast.leader, at=day(16))

    # A better plan: the changed clause is in the next version, and that version is put in force.
    change = learning.change_propose(
        finding=finding,
        proposed_text="核实情况，同时按值班表联系送水车。",
        reason="这次找送水车用了四十分钟。",
        by=cast.planner,
        at=day(16),
    )
    learning.change_draft(change=change, by=cast.planner, at=day(16))
    plan = Plan.objects.get(pk=version.plan_id)
    draft = plan.versions.get(state="draft")
    put_in_force(cast, draft, number="青政发〔2025〕9 号", at=day(20))
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (version.state, draft.state, draft.number) == ("superseded", "promulgated", version.number + 1)
    assert "按值班表联系送水车" in draft.text

    # And everyone may see how the body did, in numbers that name nobody.
    publishing.figures_release(
        body=cast.body, month=Month.before(official_date(day(40))), by=cast.press_officer, at=day(40)
    )
    page = public.get("/qingxi/figures/").content.decode()
    assert "2025" in page

    # Nothing in the ledger was altered on the way, and no petition stands anywhere in the incident.
    assert ledger.verify(LedgerEvent.objects.all()) == []
    told = " ".join(
        str(event.facts) for event in LedgerEvent.objects.filter(kind__startswith="incident")
    ) + str(list(Incident.objects.values()))
    assert not any(matter.reference in told for matter in matters)


def file_on_the_phone(phone: Client) -> str:
    """Four pages, each sent; the last shows the receipt."""
    steps = (
        (
            "portal:file",
            {"kind": "request", "text": "东渠第 1 段没有水，沟边的土在塌。", "claim_1": "请通水"},
        ),
        ("portal:file_where", {"where": "东渠第 1 段", "when": "上周起"}),
        ("portal:file_name", {"confidentiality": "anonymous"}),
    )
    for name, sent in steps:
        assert phone.post(reverse(name, args=["qingxi"]), sent).status_code == 303, name
    check = phone.get(reverse("portal:file_check", args=["qingxi"])).content.decode()
    key = re.search(r'name="filing_key" value="([^"]+)"', check)
    assert key is not None
    sent_at_last = phone.post(
        reverse("portal:file_check", args=["qingxi"]), {"filing_key": key[1]}, follow=True
    )
    return sent_at_last.content.decode()


def carry_out_what_is_open(cast: Cast, activation_id: int, at: datetime) -> int:
    """Whoever holds the post acknowledges and carries out the orders that are open now; how many there were."""
    holders = {"duty_officer": cast.duty_officer, "leading_group": cast.leader, "reception": cast.clerk}
    count = 0
    for order in Order.objects.filter(activation_id=activation_id, state="sent", post__code__in=holders):
        by = holders[order.post.code]
        emergency.order_acknowledge(order=order, by=by, at=at)
        emergency.order_done(order=order, note="已完成", by=by, at=at + timedelta(minutes=5))
        count += 1
    return count


def read_and_rate(petition: Petition, code: str) -> None:
    """The person opens the page with reference and code, reads the answer, and rates."""
    phone = Client()
    phone.post(reverse("portal:follow", args=["qingxi"]), {"reference": petition.reference, "code": code})
    where = ["qingxi", petition.reference]
    before = phone.get(reverse("portal:petition", args=where)).content.decode()
    assert "渠首闸门已更换" not in before
    phone.post(reverse("portal:petition_read", args=where))
    after = phone.get(reverse("portal:petition", args=where)).content.decode()
    assert "渠首闸门已更换" in after
    scores = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: RatingScore.ACCEPTABLE}
    phone.post(
        reverse("portal:petition_rate", args=where), {str(side): str(score) for side, score in scores.items()}
    )
    petition.refresh_from_db()
    assert petition.replies.get().served_how == ServedHow.PAGE
    assert petition.ratings.count() == 2
