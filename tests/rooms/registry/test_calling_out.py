"""Who is called, in which order and by which ways; who may answer, test and set what."""

from datetime import timedelta

import pytest

from huiying.records import calling, ringing
from huiying.records.models import CallAttempt, CallOut, CommunicationTest, LedgerEvent
from huiying.records.ringing import WaysOut
from huiying.registry import actions, calling_out
from huiying.registry.duty_kinds import Way
from huiying.registry.models import ContactWay, Deputy, Staff
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere
from tests.cast import FOUNDED, Cast, watch
from tests.rooms.records.fakes import FakeMail, FakeSms, FakeVoice

pytestmark = pytest.mark.django_db
AT = FOUNDED + timedelta(days=30)
EVERY_WAY = frozenset({"voice", "sms", "email"})


@pytest.fixture
def all_ways(monkeypatch: pytest.MonkeyPatch) -> WaysOut:
    """An office with a provider for everything."""
    ways = WaysOut(FakeVoice(), FakeSms(), FakeMail())
    monkeypatch.setattr("huiying.records.voice.adapter", lambda: ways.by_voice)
    monkeypatch.setattr("huiying.records.sms.adapter", lambda: ways.by_sms)
    return ways


def names(cast: Cast, code: str = "duty_officer") -> list[list[str]]:
    """The ladder of a post by account, rung by rung."""
    account = {str(staff.pk): name for name, staff in cast.staff.items()}
    ladder = calling_out.ladder_for_post(cast.body.pk, code, AT)
    return [[account[person.ref] for person in rung.people] for rung in ladder]


class TestWhoIsCalled:
    def test_the_watch_then_the_other_holders_then_deputies_then_leads_then_the_leading_group(
        self, cast: Cast
    ) -> None:
        watch(cast, "second_duty_officer", starts_at=AT - timedelta(hours=1))
        Deputy.objects.create(post=cast.posts["duty_officer"], staff=cast.staff["clerk"], named_at=FOUNDED)
        actions.grant_give(
            staff=cast.staff["planner"],
            unit=cast.units["duty"],
            role="unit_head",
            by=calling.SYSTEM,
            at=FOUNDED,
        )
        assert names(cast) == [
            ["second_duty_officer"],
            ["duty_officer"],
            ["clerk"],
            ["planner"],
            ["leader", "deputy_leader"],
        ]

    def test_nobody_stands_on_two_rungs(self, cast: Cast) -> None:
        Deputy.objects.create(post=cast.posts["duty_officer"], staff=cast.staff["leader"], named_at=FOUNDED)
        assert names(cast) == [["duty_officer", "second_duty_officer"], ["leader"], ["deputy_leader"]]

    def test_a_closed_account_is_never_called(self, cast: Cast) -> None:
        Staff.objects.filter(pk=cast.staff["duty_officer"].pk).update(is_active=False)
        assert names(cast)[0] == ["second_duty_officer"]

    def test_a_post_that_is_not_there_calls_nobody(self, cast: Cast) -> None:
        assert names(cast, "lamplighter") == []

    def test_ones_own_ways_come_in_their_order_and_the_mail_of_the_account_where_there_are_none(
        self, cast: Cast, all_ways: WaysOut
    ) -> None:
        for way in (Way.SMS, Way.VOICE):
            actions.contact_way_set(way=way, address="138 0000 0001", by=cast.duty_officer, at=AT)
        first, second = calling_out.ladder_for_post(cast.body.pk, "duty_officer", AT)[0].people
        assert [way for way, _ref in first.ways] == ["sms", "voice"]
        assert second.ways == (("email", None),)

    def test_a_way_the_office_has_no_provider_for_is_passed_over(self, cast: Cast) -> None:
        actions.contact_way_set(way=Way.VOICE, address="13800000001", by=cast.duty_officer, at=AT)
        first, _second = calling_out.ladder_for_post(cast.body.pk, "duty_officer", AT)[0].people
        assert first.ways == (("email", None),)

    def test_whom_nothing_reaches_is_shown_it_and_the_next_are_asked_sooner(self, cast: Cast) -> None:
        Staff.objects.filter(body=cast.body).update(email="")
        rung = calling_out.ladder_for_post(cast.body.pk, "duty_officer", AT)[0]
        assert (rung.tries, rung.every) == (1, calling_out.SHOWN_EVERY)


class TestCallsByHand:
    def test_whoever_calls_is_not_called_and_the_neighbours_call_nobody(self, cast: Cast) -> None:
        with pytest.raises((NotThere, NotPermitted)):
            actions.call_out_start(post=cast.posts["duty_officer"], by=cast.outside_leader, at=AT)
        call = actions.call_out_start(post=cast.posts["leading_group"], by=cast.leader, at=AT)
        assert [one.ref for one in calling.rungs_of(call)[0].people] == [str(cast.deputy_leader.staff_id)]

    def test_only_who_was_asked_answers(self, cast: Cast, all_ways: WaysOut) -> None:
        call = actions.call_out_start(post=cast.posts["duty_officer"], by=cast.leader, at=AT)
        ringing.ring_due(at=AT, ways=all_ways)
        for other in (cast.clerk, cast.leader, cast.outside_leader):
            with pytest.raises((NotThere, NotPermitted)):
                actions.call_out_acknowledge(call=call, by=other, at=AT)
        for _ in range(2):
            actions.call_out_acknowledge(call=call, by=cast.duty_officer, at=AT)
        assert LedgerEvent.objects.filter(kind="call_out.acknowledged").count() == 1

    def test_an_accusation_calls_supervision_alone_and_is_shown_to_no_list(self, cast: Cast) -> None:
        about = calling.About("danger", ("petition", "1"))
        call = calling_out.call_supervision(cast.body.pk, about, by=calling.SYSTEM, at=AT, dedupe="danger:1")
        people = {one.ref for rung in calling.rungs_of(call) for one in rung.people}
        assert people == set(call.tell) == {str(cast.supervisor.staff_id)}
        assert list(calling.calls_of(cast.body.pk, at=AT)) == []


class TestOnesOwnWays:
    @pytest.mark.parametrize(
        ("way", "address"), [(Way.VOICE, "12345"), (Way.SMS, "0571-88888888"), (Way.EMAIL, "nobody")]
    )
    def test_what_cannot_be_reached_is_refused_at_the_field(self, cast: Cast, way: Way, address: str) -> None:
        with pytest.raises(Incomplete) as refused:
            actions.contact_way_set(way=way, address=address, by=cast.clerk, at=AT)
        assert set(refused.value.fields) == {"address"}

    def test_a_way_is_tried_first_dropped_and_never_named_in_the_ledger(self, cast: Cast) -> None:
        numbers = ("13800000001", "13800000002")
        one, two = (
            actions.contact_way_set(way=Way.SMS, address=number, by=cast.clerk, at=AT) for number in numbers
        )
        actions.contact_way_first(contact_way=two, by=cast.clerk, at=AT)
        assert list(ContactWay.objects.filter(staff=cast.staff["clerk"])) == [two, one]
        actions.contact_way_drop(contact_way=one, by=cast.clerk, at=AT)
        assert list(ContactWay.objects.filter(staff=cast.staff["clerk"])) == [two]
        told = str(list(LedgerEvent.objects.values_list("facts", flat=True)))
        assert not [number for number in numbers if number in told]

    def test_nobody_touches_the_ways_of_a_colleague(self, cast: Cast) -> None:
        own = actions.contact_way_set(way=Way.SMS, address="13800000001", by=cast.clerk, at=AT)
        for act in (actions.contact_way_first, actions.contact_way_drop, actions.contact_way_test):
            with pytest.raises(NotThere):
                act(contact_way=own, by=cast.leader, at=AT)

    def test_a_tried_way_is_verified_by_its_answer(self, cast: Cast, all_ways: WaysOut) -> None:
        own = actions.contact_way_set(way=Way.SMS, address="13800000001", by=cast.clerk, at=AT)
        actions.contact_way_test(contact_way=own, by=cast.clerk, at=AT)
        assert ringing.ring_due(at=AT, ways=all_ways) == 1
        (message,) = all_ways.by_sms.left  # type: ignore[union-attr]
        assert actions.call_out_answer(key=message.text.rstrip("/").rpartition("/")[2], at=AT)
        own.refresh_from_db()
        assert own.verified_on == AT.date()


class TestCommunicationTests:
    def test_each_way_of_each_post_is_tried_and_counted_apart(self, cast: Cast, all_ways: WaysOut) -> None:
        actions.contact_way_set(way=Way.SMS, address="13800000001", by=cast.duty_officer, at=AT)
        posts = [cast.posts["duty_officer"], cast.posts["planner"]]
        test = actions.communication_test_start(
            body=cast.body, posts=posts, ways=[Way.SMS, Way.EMAIL], by=cast.leader, at=AT
        )
        ringing.ring_due(at=AT, ways=all_ways)
        (message,) = all_ways.by_sms.left  # type: ignore[union-attr]
        actions.call_out_answer(key=message.text.rstrip("/").rpartition("/")[2], at=AT)
        results = calling_out.test_results(test)
        found = {(row.title, row.way): (row.asked, row.answered, row.failed) for row in results}
        assert found[("值班员", "sms")] == (2, 1, 1)
        assert found[("值班员", "email")] == (2, 0, 0)
        assert found[("预案管理员", "sms")] == (1, 0, 1)

    def test_a_test_needs_posts_and_ways_and_the_neighbours_posts_are_not_there(self, cast: Cast) -> None:
        with pytest.raises(Incomplete) as refused:
            actions.communication_test_start(body=cast.body, posts=[], ways=[], by=cast.leader, at=AT)
        assert set(refused.value.fields) == {"posts", "ways"}
        theirs = [cast.outside_posts["reception"]]
        with pytest.raises(NotThere):
            actions.communication_test_start(
                body=cast.body, posts=theirs, ways=[Way.EMAIL], by=cast.leader, at=AT
            )
        assert not CommunicationTest.objects.exists()
        assert not CallOut.objects.exists()
        assert not CallAttempt.objects.exists()
