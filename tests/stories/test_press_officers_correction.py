"""A press officer's day: be first with what is known, be wrong once, put it right where everyone can see.

The wall of Beijie number three leans. Five hours are left to tell the town. The first measurement is misread;
the notice goes out with it. At noon the engineer reads seventeen centimetres, not eleven.
"""

from collections.abc import Iterator
from datetime import datetime

import feedparser
import pytest
from django.test import Client

from huiying.publishing.models import Notice
from huiying.records.models import LedgerEvent
from huiying.rules.events import EventKind
from tests.cast import Cast, signed_in
from tests.rooms.publishing import scenes
from tests.rooms.publishing.scenes import later


class Day:
    """The hands of the town's clock."""

    at: datetime = scenes.NINE

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    hands = Day()
    monkeypatch.setattr("django.utils.timezone.now", hands.now)
    yield hands


def test_the_town_is_told_in_time_and_then_told_what_was_wrong(cast: Cast, day: Day) -> None:
    incident = scenes.running_incident(cast)
    due = scenes.duty(incident, 5)
    press, leader, town = Client(), Client(), Client()

    def turn_to(**parts: float) -> None:
        """So much after nine; half an hour of silence ends a session, so both sign in again."""
        day.at = later(**parts)
        signed_in(press, cast.press_officer)
        signed_in(leader, cast.leader)

    # Half past nine. The desk says what is owed, by when, under which circular.
    turn_to(minutes=30)
    desk = press.get("/console/notices/").content.decode()
    assert "还有 4 小时 30 分" in desk and "国办发〔2016〕80号" in desk

    # Ten. The duty officer has written down what was measured, and by whom. The press officer drafts on that alone.
    turn_to(hours=1)
    first = scenes.a_fact(cast, text="围墙向外倾斜 11 厘米。", incident=incident)
    draft = {
        "issuer": cast.units["works"].pk,
        "incident": incident.pk,
        "title": "北街三号院围墙险情",
        "text": "今天 9 时接到报告：北街三号院围墙向外倾斜 11 厘米，没有人受伤，墙外人行道已封闭。",
        "advice": "请从南街绕行。",
        "contact": "村建办 0571-0000 0003",
        "next_update_at": "2025-06-03T15:00",
        "facts": [first.pk],
        "answers": [due.pk],
        "then": "submit",
    }
    # In the hurry one part is missing: what is not known yet. The page says so and keeps every word.
    held = press.post("/console/notices/new/", draft)
    assert held.status_code == 422 and "墙外人行道已封闭" in held.content.decode()
    notice = Notice.objects.get()
    page = f"/console/notices/{notice.reference}/"
    assert press.post(f"{page}edit/", {**draft, "unknown": "倾斜的原因还在查。"}).status_code == 303

    # She may not sign her own words, and nothing is public while nobody else has.
    assert press.post(f"{page}approve/").status_code == 403
    public = f"/qingxi/notices/{notice.reference}/"
    assert town.get(public).status_code == 404

    # Half past eleven. The leading group signs, she publishes: two and a half hours before the limit.
    turn_to(hours=2.5)
    assert leader.post(f"{page}approve/").status_code == 303
    assert press.post(f"{page}publish/").status_code == 303
    due.refresh_from_db()
    assert due.satisfied_at == later(hours=2.5) and due.publication_ref == notice.reference
    assert "提前 2.5 小时" in press.get(page).content.decode()
    told = town.get(public).content.decode()
    assert "倾斜 11 厘米" in told and "倾斜的原因还在查" in told and "村建办现场测量记录" in told
    assert notice.reference in town.get("/qingxi/").content.decode()
    (entry,) = feedparser.parse(town.get("/qingxi/notices/feed.atom").content).entries

    # One o'clock. The engineer reads seventeen. Nobody quietly changes the page: a correction is written.
    turn_to(hours=4)
    second = scenes.a_fact(cast, text="工程师复测：围墙向外倾斜 17 厘米。", incident=incident)
    right = {
        **draft,
        "text": "北街三号院围墙向外倾斜 17 厘米，没有人受伤，墙外人行道已封闭。",
        "unknown": "倾斜的原因还在查。",
        "facts": [second.pk],
        "reason": "上午的测量读错了刻度，实际倾斜更大，封闭范围随之扩大。",
    }
    assert press.post(f"{page}correct/", right).status_code == 303
    assert "17 厘米" not in town.get(public).content.decode()
    correction = notice.corrections.get()
    assert press.post(f"{page}corrections/{correction.pk}/approve/").status_code == 403
    assert leader.post(f"{page}corrections/{correction.pk}/approve/").status_code == 303

    # Everyone sees both: what was said, what is right, why they differ, and the feed brings it to who subscribed.
    both = town.get(public).content.decode()
    assert "倾斜 11 厘米" in both and "倾斜 17 厘米" in both and "读错了刻度" in both
    (updated,) = feedparser.parse(town.get("/qingxi/notices/feed.atom").content).entries
    assert updated.id == entry.id and updated.title.startswith("（已更正）")

    # The duty was met at half past eleven and stays met then; the ledger holds each step once, and no words.
    due.refresh_from_db()
    assert due.satisfied_at == later(hours=2.5)
    events = LedgerEvent.objects.filter(subject_kind="notice", subject_id=str(notice.pk)).order_by("id")
    assert [event.kind for event in events] == [
        EventKind.NOTICE_DRAFTED,
        EventKind.NOTICE_SAVED,
        EventKind.NOTICE_SUBMITTED,
        EventKind.NOTICE_APPROVED,
        EventKind.NOTICE_PUBLISHED,
        EventKind.CORRECTION_PROPOSED,
        EventKind.NOTICE_CORRECTED,
    ]
