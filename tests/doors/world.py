"""One of every thing, made through actions, each text with marks that a page must not pass on as they are.

What must stay apart is told in words that stand nowhere else, so that a test can look for them on any page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from huiying.emergency import actions as emergency
from huiying.emergency.models import Incident, Order, PlanVersion, SituationReport
from huiying.emergency.plan_files import plan_read
from huiying.emergency.plan_kinds import Position
from huiying.emergency.tabletop import Asked, Crew
from huiying.issues import actions as issues
from huiying.issues.selectors import summary_of
from huiying.learning import actions as learning
from huiying.learning.models import CorrectiveAction, Evaluation, FindingKind
from huiying.learning.plans import version_of
from huiying.petitions import actions as petitions
from huiying.petitions.models import Petition
from huiying.publishing import actions as publishing
from huiying.publishing.models import Correction, Notice
from huiying.records import clock, ringing
from huiying.records.clock import official_date
from huiying.records.files import Cleaned, FileKind
from huiying.registry import actions as registry
from huiying.registry.duty_kinds import DutyDays, ExpertField, Way
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.petition import Confidentiality
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.matters import Matter, RatedSide, RatingScore
from tests.cast import Cast
from tests.rooms.emergency import response, stock
from tests.rooms.learning import scenes as lessons
from tests.rooms.petitions import matters
from tests.rooms.petitions.matters import DAY, MONDAY
from tests.rooms.publishing import scenes as news
from tests.rooms.records.fakes import FakeMail

MARKS = "<script>alert(1)</script>'\"&{{7*7}}"
NAME, PHONE, EMAIL = "试提事人丁", "00000004321", "nobody4321@example.invalid"
IN_CONFIDENCE = ("柳巷原话", "柳巷后院原址", "要求柳巷原诉求", "腊月初三原时")
ACCUSED = ("会计控告原话", "控告原诉求", "控告原址")
DRAFTED = "草稿里的答复"
WHO = {"name": NAME, "phone": PHONE, "email": EMAIL, "address": NAME}


@dataclass
class World:
    """Everything there is to open, by the part of an address that names it."""

    petitions: dict[str, Petition] = field(default_factory=dict)
    issue: Any = None
    warning: Any = None
    incidents: list[Incident] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    reports: list[SituationReport] = field(default_factory=list)
    version: PlanVersion | None = None
    draft: PlanVersion | None = None
    rehearsal: Any = None
    notices: list[Notice] = field(default_factory=list)
    correction: Correction | None = None
    evaluation: Evaluation | None = None
    corrective: CorrectiveAction | None = None
    finding: Any = None
    change: Any = None
    paper: Any = None  # of the confidential petition, not passed on
    registry: dict[str, Any] = field(default_factory=dict)  # people, grants, settings, by their parameter

    def parts(self, name: str, params: frozenset[str]) -> Iterator[dict[str, Any]]:
        """What can stand in the address of that name: every thing it could be about."""
        room = _room(name)
        if params == {"reference", "pk"}:
            yield from self._numbered(room)
        elif "pk" in params:
            yield from ({"pk": order.pk} for order in self.orders)
        elif "petition_reference" in params:
            yield from ({"petition_reference": p.reference} for p in self.petitions.values())
        elif "code" in params:
            yield from self._of_plan(params)
        elif params == {"token"}:
            return  # a file that waits for import is its bringer's alone; nobody else has its address
        elif params and params <= set(self.registry):
            yield {name: self.registry[name] for name in params}
        elif params == {"corrective_id"}:
            yield {"corrective_id": self.corrective.pk}
        elif "reference" in params:
            more = {
                "number": 1,
                "kind": "follow_up",
                "correction_id": self.correction.pk,
                "finding_id": self.finding.pk,
                "change_id": self.change.pk,
                "file_id": self.paper.pk,
            }
            rest = {key: more[key] for key in params - {"reference"}}
            yield from ({"reference": one.reference, **rest} for one in self._of(room))
        else:
            yield {}

    def _of_plan(self, params: frozenset[str]) -> Iterator[dict[str, Any]]:
        """A plan by its code; the version in force and the draft; a rehearsal of the former."""
        kept = {"rehearsal_id": self.rehearsal.pk, "place": 0}
        rest = {key: kept[key] for key in params & set(kept)}
        if "number" not in params:
            yield {"code": "city-petition-incidents"}
            return
        for part, version, rows in (
            ("opinion_id", self.draft, "opinions"),
            ("filing_id", self.version, "filings"),
            ("acknowledgement_id", self.version, "acknowledgements"),
        ):
            if part in params:
                pk = getattr(version, rows).order_by("pk").first().pk
                yield {"code": "city-petition-incidents", "number": version.number, part: pk}
                return
        parts = {"section": "phases", "clause_id": "verify", "form": "html"}
        rest |= {key: parts[key] for key in params & set(parts)}
        for version in (self.version,) if params & set(kept) else (self.draft, self.version):
            yield {"code": "city-petition-incidents", "number": version.number, **rest}

    def _numbered(self, room: str) -> Iterator[dict[str, Any]]:
        if room == "petitions":  # a recusal that nobody recorded
            yield from ({"reference": p.reference, "pk": 1} for p in self.petitions.values())
        else:
            yield from ({"reference": r.incident.reference, "pk": r.pk} for r in self.reports)

    def _of(self, room: str) -> list[Any]:
        return {
            "petitions": list(self.petitions.values()),
            "issues": [self.issue],
            "warnings": [self.warning],
            "incidents": self.incidents,
            "notices": self.notices,
            "evaluations": [self.evaluation],
        }[room]


def _room(name: str) -> str:
    starts = {
        "petition": "petitions", "claim": "petitions", "reply": "petitions", "warning_propose": "issues",
        "warning": "warnings", "issue": "issues", "incident": "incidents", "situation": "incidents",
        "notice": "notices", "correction": "notices", "evaluation": "evaluations", "finding": "evaluations",
        "corrective": "evaluations", "change": "evaluations", "draft": "petitions", "fact_finding": "petitions",
        "evidence": "petitions", "message": "petitions", "assistance": "petitions",
        "recusal": "petitions",
    }  # fmt: skip
    plain = name.partition(":")[2]
    return next((room for start, room in starts.items() if plain.startswith(start)), "")


def built(cast: Cast) -> World:
    """The whole world."""
    world = World()
    _registry(cast, world)
    _supplies(cast, world)
    world.registry |= _duty(cast)
    world.registry |= _duty_day(cast)
    world.registry |= _calls(cast)
    _petitions(cast, world)
    _cause(cast, world)
    _lesson(cast, world)
    _response(cast, world)
    _news(cast, world)
    return world


def _registry(cast: Cast, world: World) -> None:
    by, at = cast.system_admin, MONDAY
    category = registry.category_add(
        body=cast.body, matter=Matter.WORKS, label=f"渠{MARKS[:20]}", by=by, at=at
    )
    place = registry.place_open(
        body=cast.body, name=f"点{MARKS}", address=f"村{MARKS}", phone="0", hours=[], by=by, at=at
    )
    override = registry.calendar_override(
        body=cast.body, on=at.date(), is_working=False, reason=f"雪{MARKS}", by=by, at=at
    )
    world.registry = {
        "unit_id": cast.units["works"].pk,
        "staff_id": cast.staff["officer_works"].pk,
        "grant_id": cast.staff["planner"].grants.get().pk,
        "category_id": category.pk,
        "place_id": place.pk,
        "override_id": override.pk,
        "day": at.date().isoformat(),
        "number": 1,  # of a kept search, which is its keeper's alone
        "import_id": _plan_file(cast),
    }


def _plan_file(cast: Cast) -> int:
    """A plan read from a file, not gone through."""
    name, at = f"预案{MARKS}.txt", MONDAY
    source, reading = plan_read(
        f"防汛预案\n一、目的\n为了防汛{MARKS}制定本预案。\n二、职责\n村委会负责。\n".encode(), name
    )
    body, by = cast.body, cast.planner
    return emergency.plan_import(body=body, name=name, source=source, reading=reading, by=by, at=at).pk


def _care(cast: Cast, world: World) -> None:
    """What is said of a plan in force and of its draft, and what the body set otherwise."""
    plan, at, by = world.version.plan, MONDAY, cast.planner
    today = at.date()
    words = {"title": f"庙会{MARKS}", "text": f"增设接待点{MARKS}", "reason": f"人多{MARKS}"}
    addendum = emergency.addendum_draft(
        plan=plan, starts_on=today, ends_on=today + timedelta(days=300), by=by, at=at, **words
    )
    emergency.addendum_promulgate(addendum=addendum, document_number=f"1{MARKS}", by=cast.leader, at=at)
    emergency.parameter_set(
        plan=plan, parameter="update_minutes", value=600, reason=f"快{MARKS}", by=cast.leader, at=at
    )
    emergency.revision_raise(plan=plan, cause="risk", text=f"河道{MARKS}", by=by, at=at)
    emergency.plan_comment(version=world.draft, clause_id="verify", text=f"短{MARKS}", by=by, at=at)
    emergency.suggestion_give(plan=plan, text=f"座椅{MARKS}", by=by, at=at)
    given = emergency.suggestion_send(plan=plan, text=f"电话{MARKS}", at=at)
    emergency.suggestion_answer(suggestion=given, adopted=True, text=f"好{MARKS}", by=by, at=at)
    world.registry["suggestion_ref"] = given.reference


def _rehearsal(cast: Cast, version: PlanVersion) -> Any:
    """The plan rehearsed at the desk, ten times."""
    asked = Asked("IV", (), MONDAY, crew=Crew.FULL, runs=10)
    return emergency.plan_rehearse(version=version, asked=asked, by=cast.planner, at=MONDAY)


def _duty_day(cast: Cast) -> dict[str, Any]:
    """A watch offered to a colleague, a note between watches, a deputy, a qualification, an interpreter."""
    by, at = cast.duty_officer, clock.now()
    post, staff = cast.posts["duty_officer"], cast.staff["duty_officer"]
    begins = at + timedelta(days=9)
    shift = registry.duty_plan(
        post=post, staff=staff, starts_at=begins, ends_at=begins + timedelta(hours=12), by=by, at=at
    )
    swap = registry.swap_ask(shift=shift, offered_to=cast.staff["second_duty_officer"], by=by, at=at)
    note = registry.hand_over_write(post=post, text=f"钥匙{MARKS}", by=by, at=at)
    deputy = registry.deputy_name(post=cast.posts["interpreter"], staff=cast.staff["clerk"], by=by, at=at)
    held = registry.qualification_record(
        staff=staff, what=f"急救{MARKS}", obtained_on=at.date(), by=by, at=at
    )
    entry = registry.ExpertEntry(
        ExpertField.SIGN_LANGUAGE,
        f"译{MARKS}"[:40],
        f"0571{MARKS}"[:40],
        MONDAY.date(),
        f"吴语{MARKS}",
        MARKS,
    )
    expert = registry.expert_add(body=cast.body, entry=entry, by=by, at=at)
    return {
        "post_id": post.pk,
        "watch_id": shift.pk,
        "swap_id": swap.pk,
        "note_id": note.pk,
        "deputy_id": deputy.pk,
        "qualification_id": held.pk,
        "expert_id": expert.pk,
        "key": registry.calendar_feed_make(staff=staff, by=by, at=at),
    }


def _calls(cast: Cast) -> dict[str, int]:
    """The duty post called by the leader, one way to reach the first on it, a test."""
    at, post = clock.now(), cast.posts["duty_officer"]
    way = registry.contact_way_set(way=Way.VOICE, address="00000008765", by=cast.duty_officer, at=at)
    call = registry.call_out_start(post=post, by=cast.leader, at=at)
    test = registry.communication_test_start(
        body=cast.body, posts=[post], ways=[Way.EMAIL], by=cast.leader, at=at
    )
    ringing.ring_due(at=at, ways=ringing.WaysOut(None, None, FakeMail()))
    return {"call_id": call.pk, "way_id": way.pk, "test_id": test.pk}


def _duty(cast: Cast) -> dict[str, int]:
    """A draft of this month, one pattern, one watch to come, one leave."""
    by, at = cast.duty_officer, clock.now()
    today = official_date(at)
    post, staff = cast.posts["duty_officer"], cast.staff["duty_officer"]
    pattern = registry.pattern_set(
        post=post,
        label=f"夜{MARKS}"[:20],
        starts=time(18),
        hours=14,
        people=1,
        is_lead=False,
        days=DutyDays.EVERY,
        begins_on=today,
        by=by,
        at=at,
    )
    leave = registry.leave_record(staff=staff, starts_on=today, ends_on=today, by=by, at=at)
    roster = registry.roster_surge(
        body=cast.body,
        starts_on=today,
        ends_on=today + timedelta(days=1),
        reason=f"暴雨{MARKS}",
        more={pattern.pk: 1},
        by=by,
        at=at,
    ).roster
    shift = registry.duty_plan(
        post=post,
        staff=staff,
        starts_at=at + timedelta(days=3),
        ends_at=at + timedelta(days=3, hours=12),
        by=by,
        at=at,
    )
    line = roster.lines.latest("pk")
    return {
        "roster_id": roster.pk,
        "line_id": line.pk,
        "shift_id": shift.pk,
        "pattern_id": pattern.pk,
        "day": int(f"{today:%Y%m%d}"),
        "leave_id": leave.pk,
    }


def _supplies(cast: Cast, world: World) -> None:
    """One of every thing that is kept, lent, spent and called; each name with its marks."""
    loan = stock.lent(cast)
    lot, by, at = loan.lot, cast.store_keeper, stock.MONDAY
    marked = stock.item(cast, f"灯{MARKS}", minimum=9)
    emergency.stock_receive(item=marked, store=lot.store, quantity=3, note=MARKS, by=by, at=at)
    kit = emergency.kit_make(store=lot.store, name=f"包{MARKS}", contents={marked: 1}, by=by, at=at)
    emergency.kit_check(kit=kit, is_complete=False, note=MARKS, by=by, at=at)
    fund = stock.fund(cast)
    spent = emergency.spending_record(
        fund=fund, amount=Decimal("9.90"), on=at.date(), what=f"买水{MARKS}", voucher=MARKS, by=by, at=at
    )
    world.registry |= {
        "item_id": marked.pk,
        "store_id": lot.store_id,
        "lot_id": lot.pk,
        "kit_id": kit.pk,
        "loan_id": loan.pk,
        "fund_id": fund.pk,
        "spending_id": spent.pk,
        "capacity_id": stock.capacity(cast, title=f"庙会{MARKS}", notes=MARKS).pk,
        "contact_id": stock.contact(cast, f"消防{MARKS}", post=MARKS).pk,
    }


def _told(**changes: Any) -> Any:
    said = {
        "text": f"水渠堵了{MARKS}",
        "claims": (f"请疏通{MARKS}", f"请答复{MARKS}"),
        "title": f"水渠{MARKS}",
        "happened_where": f"桥头{MARKS}",
        "happened_when": f"上月{MARKS}",
    }
    return matters.filing(**{**said, **changes})


def _named(**changes: Any) -> Any:
    return _told(confidentiality=Confidentiality.NAMED, identity=WHO, **changes)


def _confidential() -> Any:
    text, where, claim, when = IN_CONFIDENCE
    return matters.filing(
        confidentiality=Confidentiality.CONFIDENTIAL,
        text=f"{text}{MARKS}",
        title=text,
        claims=(claim, claim),
        happened_where=where,
        happened_when=when,
        identity=WHO,
    )


def _accusation(**changes: Any) -> Any:
    text, claim, where = ACCUSED
    return matters.accusation(text=text, title=text, claims=(claim,), happened_where=where, **changes)


def _petitions(cast: Cast, world: World) -> None:
    hidden = {"confidentiality": Confidentiality.CONFIDENTIAL, "identity": WHO}
    kept = world.petitions
    kept["received"] = matters.filed(cast, _named()).petition
    kept["unshielded"] = matters.registered(cast, _confidential())
    kept["handled"] = matters.handling(cast, _named(text=f"水渠又堵了{MARKS}"))
    matters.answer_all(cast, kept["handled"], facts=f"{DRAFTED}{MARKS}", basis=MARKS, remedy=MARKS)
    kept["confidential"] = matters.handling(cast, _confidential())
    kept["sent"] = matters.replied(cast, _named(text=f"路灯不亮{MARKS}"))
    kept["settled"] = matters.settled(cast, _told(text=f"井盖没了{MARKS}"))
    scores = dict.fromkeys(RatedSide, next(iter(RatingScore)))
    petitions.petition_rate(petition=kept["settled"], scores=scores, words=MARKS, at=MONDAY + DAY)
    kept["declined"] = petitions.petition_decline(
        petition=matters.registered(cast, _told(text=f"判决不服{MARKS}")),
        reason=f"属法院{MARKS}",
        whereto=f"法院{MARKS}",
        by=cast.clerk,
        at=MONDAY,
    )
    kept["accusation"] = matters.filed(cast, _accusation()).petition
    kept["hidden accusation"] = matters.filed(cast, _accusation(**hidden)).petition
    paper = Cleaned(FileKind.TEXT, "\n".join(IN_CONFIDENCE).encode(), cleaned=True)
    world.paper = petitions.paper_add(petition=kept["confidential"], paper=paper, by=None, at=MONDAY)


def _cause(cast: Cast, world: World) -> None:
    by, at = cast.supervisor, MONDAY + 90 * DAY
    unit = cast.units["works"]
    opened = issues.issue_open(
        body=cast.body, title=f"水渠{MARKS}", matter=Matter.WORKS, unit=unit, cause=MARKS, by=by, at=at
    )
    tied = [world.petitions[name] for name in ("handled", "confidential", "sent")]
    issues.issue_tie(issue=opened, petitions=tied, by=by, at=at)
    petitions.petition_facet(petition=tied[0], danger=True, by=cast.clerk, at=at)
    warning = issues.warning_propose(issue=opened, by=by, at=at)
    issues.warning_verify(warning=warning, words=f"属实{MARKS}", by=cast.duty_officer, at=at)
    issues.warning_confirm(warning=warning, by=cast.leader, at=at)
    laid = emergency.activation_open_for_warning(warning=summary_of(warning), by=SYSTEM, at=at)
    world.issue, world.warning = opened, warning
    world.incidents.append(laid)


def _opinion(cast: Cast, draft: PlanVersion) -> None:
    """A unit asked for its opinion on the draft; it gave one, which was dealt with."""
    units, at = [cast.units["works"], cast.units["civil"]], lessons.OPENED
    opinion, _other = emergency.opinion_ask(version=draft, units=units, by=cast.planner, at=at)
    says = {"position": Position.WITH_CHANGES, "text": f"放宽{MARKS}"}
    emergency.opinion_give(opinion=opinion, **says, by=cast.head_works, at=at)
    emergency.opinion_deal(opinion=opinion, adopted=True, text=f"已改{MARKS}", by=cast.planner, at=at)


def _lesson(cast: Cast, world: World) -> None:
    evaluation = lessons.opened(cast)
    finding = learning.finding_record(
        evaluation=evaluation,
        kind=FindingKind.GAP,
        text=f"告知晚了{MARKS}",
        clause_id=lessons.clause_id(evaluation),
        plan_version=version_of(evaluation.incident),
        by=cast.planner,
        at=lessons.OPENED,
    )
    learning.evaluation_summarise(evaluation=evaluation, summary=MARKS, by=cast.planner, at=lessons.OPENED)
    world.corrective = learning.corrective_order(
        finding=finding,
        text=f"备底稿{MARKS}",
        owner=cast.staff["press_officer"],
        due_on=lessons.DUE_ON,
        by=cast.planner,
        at=lessons.OPENED,
    )
    learning.corrective_done(
        action=world.corrective, evidence=MARKS, by=cast.press_officer, at=lessons.OPENED + timedelta(days=1)
    )
    change = learning.change_propose(
        finding=finding, proposed_text=f"先发{MARKS}", reason=MARKS, by=cast.planner, at=lessons.OPENED
    )
    world.change = learning.change_draft(change=change, by=cast.planner, at=lessons.OPENED)
    world.evaluation, world.finding = evaluation, finding
    world.version, world.draft = version_of(evaluation.incident), world.change.draft
    _opinion(cast, world.draft)
    world.rehearsal = _rehearsal(cast, world.version)
    _care(cast, world)
    world.incidents.append(evaluation.incident)


def _response(cast: Cast, world: World) -> None:
    incident = response.reported(cast, place=f"桥南{MARKS}", told=f"堵住{MARKS}")
    emergency.incident_verify(incident=incident, by=cast.duty_officer, at=response.after(10))
    activation = response.activated(
        cast, version=world.version, incident=incident, matter=f"堵塞{MARKS}", measures=f"打开{MARKS}"
    )
    refused = response.first_order(activation, "logistics")
    emergency.order_refuse(
        order=refused, reason=f"没有车{MARKS}", by=cast.officer_civil, at=response.after(25)
    )
    done = response.first_order(activation, "duty_officer")
    emergency.order_done(order=done, note=MARKS, by=cast.duty_officer, at=response.after(26))
    emergency.decision_record(
        incident=incident, text=f"开门{MARKS}", legal_basis=MARKS, by=cast.leader, at=response.after(30)
    )
    report = emergency.situation_report_send(
        incident=incident,
        kind=ReportKind.FIRST,
        fields=dict.fromkeys(response.filled_in(ReportKind.FIRST), MARKS),
        sent_to=f"县政府{MARKS}",
        by=cast.duty_officer,
        at=response.after(40),
    )
    world.incidents.append(incident)
    world.orders = [refused, done, response.first_order(activation, "leading_group")]
    world.reports = [report]


def _news(cast: Cast, world: World) -> None:
    fact = news.a_fact(cast, text=f"倾斜{MARKS}", incident=world.incidents[-1])
    text = news.a_text(fact, title=f"围墙{MARKS}", text=f"没有人受伤{MARKS}")
    at = news.later(hours=2)
    for state in ("draft", "published"):
        notice = publishing.notice_draft(
            text=text,
            issuer=cast.units["works"],
            incident_id=world.incidents[-1].pk,
            by=cast.press_officer,
            at=at,
        )
        if state == "published":
            publishing.notice_submit(notice=notice, by=cast.press_officer, at=at)
            publishing.notice_approve(notice=notice, by=cast.leader, at=at)
            publishing.notice_publish(notice=notice, by=cast.press_officer, at=at)
        world.notices.append(notice)
    corrected = publishing.correction_propose(
        notice=world.notices[-1], text=text, reason=f"看错了{MARKS}", by=cast.press_officer, at=at
    )
    publishing.correction_approve(correction=corrected, by=cast.leader, at=at)
    world.correction = publishing.correction_propose(
        notice=world.notices[-1], text=text, reason=f"又错了{MARKS}", by=cast.press_officer, at=at
    )
