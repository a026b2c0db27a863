"""Calls through HTTP: answered in the console, at the short address, by a key pressed; who sees and starts what."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from huiying.records import calling, clock, ringing
from huiying.records.models import CallAttempt, CallOut, CommunicationTest
from huiying.records.ringing import WaysOut
from huiying.registry import actions
from huiying.registry.duty_kinds import Way
from huiying.registry.models import ContactWay
from huiying.web.shared import calls, throttle
from tests.cast import Cast, signed_in
from tests.rooms.records.fakes import FakeMail, FakeSms, FakeVoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> WaysOut:
    """An office with a provider for everything."""
    out = WaysOut(FakeVoice(), FakeSms(), FakeMail())
    monkeypatch.setattr("huiying.records.voice.adapter", lambda: out.by_voice)
    monkeypatch.setattr("huiying.records.sms.adapter", lambda: out.by_sms)
    return out


@pytest.fixture
def call(cast: Cast, ways: WaysOut) -> CallOut:
    """The duty post called by the leader; the first on it by voice."""
    now = clock.now()
    actions.contact_way_set(way=Way.VOICE, address="13800000001", by=cast.duty_officer, at=now)
    row = actions.call_out_start(post=cast.posts["duty_officer"], by=cast.leader, at=now)
    ringing.ring_due(at=now, ways=ways)
    return row


def key_of(ways: WaysOut) -> str:
    return str(ways.by_voice.left[-1].callback.rstrip("/").rpartition("/")[2])  # type: ignore[union-attr]


def state(row: CallOut) -> str:
    row.refresh_from_db()
    return row.state


class TestAtTheShortAddress:
    def test_opening_it_answers_nothing_and_the_button_does(
        self, client: Client, call: CallOut, ways: WaysOut
    ) -> None:
        page = reverse("shared:call_answer", args=[key_of(ways)])
        shown = client.get(page)
        assert (shown.status_code, state(call)) == (200, "calling")
        assert not [word for word in ("信访", "青溪", "值班员", "呼叫岗位") if word in shown.content.decode()]
        for _ in range(2):
            assert client.post(page).status_code == 200
        assert state(call) == "acknowledged"

    def test_a_wrong_key_says_that_it_answers_nothing_and_where_to_answer(
        self, client: Client, call: CallOut
    ) -> None:
        page = reverse("shared:call_answer", args=[calling.new_key()])
        for send in (client.get, client.post):
            answer = send(page)
            assert answer.status_code == 404
            assert "请登录工作台" in answer.content.decode()
        assert state(call) == "calling"

    def test_the_button_needs_the_forms_token(self, call: CallOut, ways: WaysOut) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(reverse("shared:call_answer", args=[key_of(ways)])).status_code == 403
        assert state(call) == "calling"

    def test_whoever_tries_key_after_key_is_stopped(self, client: Client) -> None:
        page = reverse("shared:call_answer", args=[calling.new_key()])
        for _ in range(calls.PAGES[0]):
            throttle.allow("call_answer", "127.0.0.1", *calls.PAGES, at=clock.now())
        assert client.get(page).status_code == 429


class TestAKeyPressed:
    @pytest.fixture(autouse=True)
    def provider(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = [{"name": "fake", "url": "https://x.example/", "pressed": "digit=1"}]
        monkeypatch.setitem(settings.HUIYING, "voice_providers", given)

    def told(self, key: str, said: str, **headers: str) -> tuple[int, bytes]:
        strict = Client(enforce_csrf_checks=True)
        url = reverse("shared:voice_hook", args=[key])
        answer = strict.post(url, said, content_type="text/plain", headers=headers)
        return answer.status_code, answer.content

    def test_a_key_pressed_answers_and_anything_else_does_not_and_both_read_the_same(
        self, call: CallOut, ways: WaysOut
    ) -> None:
        key = key_of(ways)
        hung_up = self.told(key, "status=completed")
        assert state(call) == "calling"
        assert self.told(key, "digit=1") == hung_up == self.told(calling.new_key(), "digit=1") == (200, b"ok")
        assert state(call) == "acknowledged"

    def test_with_a_secret_set_only_who_bears_it_is_believed(
        self, call: CallOut, ways: WaysOut, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(settings.HUIYING, "voice_secret", "seven-lamps")
        self.told(key_of(ways), "digit=1")
        assert state(call) == "calling"
        self.told(key_of(ways), "digit=1", **{"X-Huiying-Secret": "seven-lamps"})
        assert state(call) == "acknowledged"

    def test_what_is_longer_than_any_callback_is_not_read(self, call: CallOut, ways: WaysOut) -> None:
        assert self.told(key_of(ways), "digit=1" + " " * 70_000)[0] == 200
        assert state(call) == "calling"


class TestInTheConsole:
    def test_my_day_begins_with_the_call_that_asks_me_and_one_button_answers_it(
        self, client: Client, cast: Cast, call: CallOut
    ) -> None:
        signed_in(client, cast.duty_officer)
        day = client.get(reverse("console:home")).content.decode()
        assert day.index("待应答的呼叫") < day.index(reverse("console:call", args=[call.pk]))
        assert client.get(reverse("console:call", args=[call.pk])).status_code == 200
        answer = client.post(reverse("console:call_acknowledge", args=[call.pk]))
        assert (answer.status_code, state(call)) == (303, "acknowledged")
        assert "待应答的呼叫" not in client.get(reverse("console:home")).content.decode()

    def test_an_outsider_and_whoever_was_not_asked_find_no_call(
        self, client: Client, cast: Cast, call: CallOut
    ) -> None:
        for other in (cast.outside_leader, cast.clerk):
            signed_in(client, other)
            for name, send in (("call", client.get), ("call_acknowledge", client.post)):
                assert send(reverse(f"console:{name}", args=[call.pk])).status_code == 404
        assert state(call) == "calling"

    def test_the_leader_sees_who_was_asked_and_calls_it_off_after_a_question(
        self, client: Client, cast: Cast, call: CallOut
    ) -> None:
        signed_in(client, cast.leader)
        page = client.get(reverse("console:call", args=[call.pk])).content.decode()
        assert "青溪值班甲" in page and "13800000001" not in page
        off = reverse("console:call_off", args=[call.pk])
        assert (client.get(off).status_code, state(call)) == (200, "calling")
        assert (client.post(off).status_code, state(call)) == (303, "called_off")

    def test_a_post_is_called_by_hand_after_a_question(self, client: Client, cast: Cast) -> None:
        signed_in(client, cast.duty_officer)
        url, post = reverse("console:call_start"), cast.posts["leading_group"].pk
        assert client.get(url, {"post": post}).status_code == 200
        assert not CallOut.objects.exists()
        assert client.post(url, {"post": post}).status_code == 303
        assert CallOut.objects.get().title == "领导小组成员"
        foreign = cast.outside_posts["reception"].pk
        assert client.post(url, {"post": foreign}).status_code == 404

    def test_nobody_elses_ways_are_on_the_page_and_a_wrong_number_stays_in_its_field(
        self, client: Client, cast: Cast, call: CallOut
    ) -> None:
        signed_in(client, cast.officer_civil)
        url = reverse("console:contact_ways")
        assert "13800000001" not in client.get(url).content.decode()
        refused = client.post(url, {"way": "sms", "address": "0571-88888888"})
        assert refused.status_code == 422
        assert 'value="0571-88888888"' in refused.content.decode()
        assert client.post(url, {"way": "sms", "address": "138 0000 0009"}).status_code == 303
        own = ContactWay.objects.get(staff=cast.staff["officer_civil"])
        assert own.address == "13800000009"
        assert client.post(reverse("console:contact_way_test", args=[own.pk])).status_code == 303
        assert client.post(reverse("console:contact_way_drop", args=[own.pk])).status_code == 303
        theirs = ContactWay.objects.get(staff=cast.staff["duty_officer"])
        assert client.post(reverse("console:contact_way_drop", args=[theirs.pk])).status_code == 404

    def test_a_test_shows_counts_by_post_and_way_and_names_nobody(
        self, client: Client, cast: Cast, ways: WaysOut
    ) -> None:
        signed_in(client, cast.leader)
        url = reverse("console:communication_tests")
        assert client.post(url, {}).status_code == 422
        posts = [cast.posts["duty_officer"].pk, cast.posts["planner"].pk]
        assert client.post(url, {"posts": posts, "ways": ["email", "sms"]}).status_code == 303
        ringing.ring_due(at=clock.now() + timedelta(seconds=1), ways=ways)
        key = ways.by_mail.left[0].text.strip().rstrip("/").rpartition("/")[2]  # type: ignore[attr-defined]
        Client().post(reverse("shared:call_answer", args=[key]))
        page = client.get(url).content.decode()
        assert "找到了人" in page
        assert not [name for name in ("青溪值班甲", "青溪值班乙", "青溪预案") if name in page]
        test = CommunicationTest.objects.get()
        assert client.post(reverse("console:communication_test_end", args=[test.pk])).status_code == 303
        assert CallAttempt.objects.filter(state="answered").count() == 1
