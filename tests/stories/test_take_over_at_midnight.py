"""Ten to midnight: the officer on watch falls ill, an order waits, the telephone rings in vain, and a colleague steps in.

The call goes on by itself: again, by another way, to the colleague, to the deputy. Whoever takes over reads first what
was left, is on duty from that minute, and nobody's permission is asked. No message says what it is about.
"""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions as emergency
from huiying.emergency.calls import call_for_silent_orders
from huiying.emergency.models import Activation, Incident, Order
from huiying.records import delivery, ringing
from huiying.records.models import CallOut, LedgerEvent
from huiying.records.ringing import WaysOut
from huiying.registry import actions
from huiying.registry.duty import leads_at, on_duty
from huiying.registry.duty_kinds import DutyDays, Way
from huiying.registry.models import DutyShift, HandOverRead
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.report import ReportKind
from tests.cast import Cast, signed_in, watch
from tests.rooms.emergency.response import NIGHT, activated, filled_in
from tests.rooms.records.fakes import FakeMail, FakeSms, FakeVoice

THE_OFFICERS, THE_COLLEAGUES = "13800000008", "13800000009"
NOTE = "东门钥匙在值班台；水泵每两小时看一次。"
EVENING = NIGHT.replace(hour=20, minute=0)


def at(hour: int, minute: int) -> datetime:
    """An instant of this night: the hours before noon are those of the morning after."""
    return NIGHT.replace(hour=hour, minute=minute) + timedelta(days=hour < 12)


class Night:
    """The clock on the wall, the telephones of the town, and what is rung by when."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = EVENING
        self.voice, self.sms, self.mail = FakeVoice(), FakeSms(), FakeMail()
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.at)
        monkeypatch.setattr("huiying.records.voice.adapter", lambda: self.voice)
        monkeypatch.setattr("huiying.records.sms.adapter", lambda: self.sms)

    def ring(self, hour: int, minute: int) -> list[str]:
        """Run the job at that minute; where its messages went, telephones first."""
        self.at = at(hour, minute)
        before = [len(self.voice.left), len(self.sms.left), len(self.mail.left)]
        ringing.ring_due(at=self.at, ways=WaysOut(self.voice, self.sms, self.mail))
        left = [self.voice.left[before[0] :], self.sms.left[before[1] :], self.mail.left[before[2] :]]
        return [
            f"{way} {one.to}" for way, sent in zip(("call", "sms", "mail"), left, strict=True) for one in sent
        ]

    def browser_of(self, cast: Cast, who: str) -> Client:
        """A telephone on which this person has just signed in."""
        return signed_in(
            Client(headers={"user-agent": "Mozilla/5.0 (Android 14; Mobile)"}), cast.officers[who]
        )


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Night:
    return Night(monkeypatch)


def on_paper(name: str, number: str) -> str:
    """The duty post as the sheets print it."""
    return f"值班员 <b>{name}</b> {number}"


def the_evening(cast: Cast) -> None:
    """The officer is on watch, a leader leads the night, a deputy is named, and two have said how they are reached."""
    watch(cast, "duty_officer", starts_at=EVENING)
    lead = actions.pattern_set(
        post=cast.posts["leading_group"],
        label="带班",
        starts=time(20),
        hours=12,
        people=1,
        is_lead=True,
        days=DutyDays.EVERY,
        begins_on=EVENING.date(),
        by=cast.leader,
        at=EVENING - timedelta(hours=9),
    )
    day = {"starts_on": EVENING.date(), "ends_on": EVENING.date(), "reason": "防汛值守"}
    surge = {"by": cast.leader, "at": EVENING - timedelta(hours=9)}
    drafted = actions.roster_surge(body=cast.body, more={lead.pk: 1}, **day, **surge)
    actions.roster_publish(roster=drafted.roster, **surge)
    deputy = {"post": cast.posts["duty_officer"], "staff": cast.staff["planner"]}
    actions.deputy_name(**deputy, by=cast.leader, at=EVENING)
    for way in (Way.VOICE, Way.SMS):
        actions.contact_way_set(way=way, address=THE_OFFICERS, by=cast.duty_officer, at=EVENING)
    actions.contact_way_set(way=Way.SMS, address=THE_COLLEAGUES, by=cast.second_duty_officer, at=EVENING)


def the_order_that_waits(cast: Cast) -> Order:
    """Everybody has acknowledged what they were given, the first report is out; with it the order to hand over was sent."""
    incident: Incident = activated(cast).incident
    running = Activation.objects.get(incident=incident)
    hands = {"reception": "clerk", "duty_officer": "duty_officer", "leading_group": "leader"}
    hands |= {"legal_adviser": "second_clerk", "logistics": "officer_civil"}
    for order in Order.objects.filter(activation=running, state="sent").exclude(acknowledge_due_at=None):
        by = cast.officers[hands[order.post.code]]
        emergency.order_acknowledge(order=order, by=by, at=at(23, 2))
    emergency.situation_report_send(
        incident=incident,
        kind=ReportKind.FIRST,
        fields=filled_in(ReportKind.FIRST),
        sent_to="云岭县信访局",
        by=cast.duty_officer,
        at=at(23, 19),
    )
    later = Order.objects.filter(activation=running, state="sent", acknowledge_due_at=at(23, 49))
    for order in later.exclude(step_id="handover"):
        emergency.order_acknowledge(order=order, by=cast.officers[hands[order.post.code]], at=at(23, 25))
    return later.get()


def test_nobody_answers_until_a_colleague_takes_over(cast: Cast, night: Night) -> None:
    the_evening(cast)
    order = the_order_that_waits(cast)
    assert order.post.code == "duty_officer"
    note = {"post": cast.posts["duty_officer"], "text": NOTE, "by": cast.duty_officer}
    left = actions.hand_over_write(**note, at=at(23, 30))
    running = DutyShift.objects.get(staff=cast.staff["duty_officer"])
    leader = leads_at(cast.body.pk, at(23, 50))[0].staff

    # 23:48: the order may still wait. 23:50: he is ill; nobody knows it but his telephone.
    assert call_for_silent_orders(at(23, 48)) == 0
    assert call_for_silent_orders(at(23, 50)) == 1
    call = CallOut.objects.get(dedupe=f"order:{order.pk}")

    # He is rung, rung again, then by the other way. A minute in between rings nobody.
    assert night.ring(23, 50) == [f"call {THE_OFFICERS}"]
    assert night.ring(23, 51) == []
    assert night.ring(23, 52) == [f"call {THE_OFFICERS}"]
    assert night.ring(23, 54) == [f"sms {THE_OFFICERS}"]
    # Then the other who holds the post, then the deputy, who has no telephone here but a mailbox.
    assert [night.ring(*minute) for minute in ((23, 56), (23, 58), (0, 0))] == [[f"sms {THE_COLLEAGUES}"]] * 3
    assert night.ring(0, 2) == ["mail planner@qingxi.invalid"]
    call.refresh_from_db()
    assert call.state == "calling" and on_duty(cast.body.pk, "duty_officer", night.at) == running.staff

    delivery.send_due(at=at(0, 9), adapter=night.mail)  # whatever letters the evening still owed

    # 00:10. The colleague is awake. Her telephone shows who is on and what he left; unread, it lets nobody through.
    night.at = at(0, 10)
    phone = night.browser_of(cast, "second_duty_officer")
    step_in = reverse("console:duty_take_over", args=[running.post_id])
    sheets = {
        name: phone.get(reverse(f"console:{name}")).content.decode() for name in ("duty_card", "duty_tree")
    }
    assert step_in in phone.get(reverse("console:duty")).content.decode()
    assert NOTE in phone.get(step_in).content.decode()
    seen = {"relieved": running.pk, "read_up_to": left.pk}
    unread = phone.post(step_in, seen)
    assert unread.status_code == 422 and "请看过后勾选" in unread.content.decode()
    assert on_duty(cast.body.pk, "duty_officer", at(0, 11)) == running.staff
    assert phone.post(step_in, {**seen, "read": "on"}).status_code == 303
    assert HandOverRead.objects.get().staff == cast.staff["second_duty_officer"]

    # On duty from that instant to the morning, not a minute earlier; nobody had to agree.
    on_watch = {
        moment: on_duty(cast.body.pk, "duty_officer", moment) for moment in (at(0, 9), at(0, 10), at(7, 59))
    }
    assert [person.name for person in on_watch.values() if person] == [
        "青溪值班甲",
        "青溪值班乙",
        "青溪值班乙",
    ]

    # The person relieved and the leader get a letter that says that there is something, and nothing of what.
    night.mail.left.clear()
    delivery.send_due(at=at(0, 11), adapter=night.mail)
    told = {one.to: f"{one.subject}\n{one.text}" for one in night.mail.left}
    assert set(told) == {"duty_officer@qingxi.invalid", leader.email}
    for words in told.values():
        assert "请登录查看" in words
        assert not [said for said in ("值班甲", "值班乙", "钥匙", "引道", "青溪桥", "病") if said in words]

    # 00:11. She answers at the short address of her message, without signing in. Opening it alone answers nothing.
    night.at = at(0, 11)
    key = night.sms.left[-1].text.rstrip("/").rpartition("/")[2]
    nobody, short = Client(), f"/r/{key}/"
    shown = nobody.get(short)
    assert shown.status_code == 200 and not [
        w for w in ("引道", "青溪", "指令") if w in shown.content.decode()
    ]
    call.refresh_from_db()
    assert call.state == "calling"
    assert nobody.post(short).status_code == 200
    call.refresh_from_db()
    assert (call.state, call.acknowledged_by_ref) == ("acknowledged", str(cast.second_duty_officer.staff_id))
    assert night.ring(0, 20) == []

    # The order is hers now. The neighbours find none of it.
    outside = night.browser_of(cast, "outside_leader")
    phone = night.browser_of(cast, "second_duty_officer")
    receive = reverse("console:order_acknowledge", args=[order.pk])
    for answer in (
        outside.post(receive),
        outside.get(step_in),
        outside.post(step_in, {**seen, "read": "on"}),
    ):
        assert answer.status_code == 404
    ringing_page = reverse("console:call", args=[call.pk])
    assert (phone.get(ringing_page).status_code, outside.get(ringing_page).status_code) == (200, 404)
    assert phone.post(receive).status_code == 303
    order.refresh_from_db()
    assert (order.state, order.acknowledged_by_id) == ("acknowledged", cast.second_duty_officer.staff_id)

    # The ledger names who took over from whom, at which minute, and not a word of the note.
    taken = LedgerEvent.objects.get(kind=EventKind.DUTY_TAKEN_OVER)
    assert (taken.actor_ref, taken.at) == (str(cast.second_duty_officer.staff_id), at(0, 10))
    assert taken.facts["relieved"] == cast.duty_officer.staff_id and taken.facts["notes"] == 1
    assert "钥匙" not in str(list(LedgerEvent.objects.values_list("facts", flat=True)))

    # On paper stands the officer who is on now, the number that rings, and until when the sheet is true.
    for name, before in sheets.items():
        sheet = phone.get(reverse(f"console:{name}")).content.decode()
        assert "打印于 2025年3月5日 00:20" in sheet and on_paper("青溪值班乙", THE_COLLEAGUES) in sheet
        assert on_paper("青溪值班甲", THE_OFFICERS) in before
        assert on_paper("青溪值班甲", THE_OFFICERS) not in sheet
