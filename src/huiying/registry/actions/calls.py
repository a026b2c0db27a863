"""Calls and how people are reached: call a post out, answer, call off, test the ways, set one's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max

from huiying.records import calling, ledger, sms, voice
from huiying.records.calling import About, Rung
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.models import CallAttempt, CallOut, CommunicationTest
from huiying.registry import calling_out
from huiying.registry.actions.may import check_may
from huiying.registry.duty_kinds import Way
from huiying.registry.gate import not_there
from huiying.registry.models import Body, ContactWay, Post, Staff
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

TEST_LASTS = timedelta(hours=24)  # POLICY
MOST_POSTS = 30
MOST_WAYS = 6
TRIED_FOR = 60  # seconds before a test of one's own way is given up


@transaction.atomic
def call_out_start(*, post: Post, by: HasActor, at: datetime) -> CallOut:
    """Call a post out by hand; those who are asked learn that they are wanted, and nothing else."""
    check_may(by, Action.CALL_OUT, post.unit.body_id)
    own = [by.staff_id] if isinstance(by, Officer) else []
    ladder = calling_out.ladder_of(post, at, without=own)
    if not ladder:
        raise Refusal(
            N_("这个岗位现在没有人可以呼叫。"),
            rule="registry.call_out_nobody",
            remedy=N_("请先排班或指定代理人，也可以直接打电话。"),
        )
    return calling_out.call_post(post, About("by_hand", ("post", str(post.pk))), by=by, at=at, ladder=ladder)


@transaction.atomic
def call_out_acknowledge(*, call: CallOut, by: Officer, at: datetime) -> CallOut:
    """Say that one comes; answering again changes nothing. Only who was asked answers."""
    _check_answers(by, call.body_id)
    if not CallAttempt.objects.filter(call_out=call, recipient_ref=str(by.staff_id)).exists():
        raise not_there()
    calling.acknowledge(call, by=by, at=at)
    return call


@transaction.atomic
def call_out_answer(*, key: str, at: datetime) -> bool:
    """Answer with the key of a message; False where no such key answers any more. The way it came by is proved by it."""
    attempt = calling.acknowledge_by_key(key, at=at)
    if attempt is not None and attempt.way_ref is not None:
        ContactWay.objects.filter(pk=attempt.way_ref).update(verified_on=official_date(at))
    return attempt is not None


@transaction.atomic
def call_out_call_off(*, call: CallOut, by: HasActor, at: datetime) -> CallOut:
    """Stop a call that still runs. Raises Overtaken where somebody answered in the same moment."""
    check_may(by, Action.CALL_OUT, call.body_id)
    return calling.call_off(call, by=by, at=at)


@transaction.atomic
def communication_test_start(
    *, body: Body, posts: Sequence[Post], ways: Sequence[Way], by: HasActor, at: datetime
) -> CommunicationTest:
    """Send whoever is on these posts one message by each way; who answers shows which post is reached by which way."""
    check_may(by, Action.COMMUNICATION_TEST, body.pk)
    _check_test(posts, ways)
    if any(post.unit.body_id != body.pk for post in posts):
        raise not_there()
    test = CommunicationTest.objects.create(
        body_id=body.pk, started_at=at, started_by_ref=by.actor.ref, ends_at=at + TEST_LASTS
    )
    facts = {"posts": [post.pk for post in posts], "ways": [Way(way).value for way in ways]}
    ledger.append(EventKind.COMMUNICATION_TEST_STARTED, test, by=by, at=at, body_id=body.pk, facts=facts)
    for post in posts:
        people = calling_out.at_post(post, at)
        for way in ways:
            _test_post(test, post, people, Way(way), by=by, at=at)
    return test


def _check_test(posts: Sequence[Post], ways: Sequence[Way]) -> None:
    fields = {}
    if not posts:
        fields["posts"] = N_("请至少选择一个岗位。")
    elif len(posts) > MOST_POSTS:
        fields["posts"] = N_("一次最多测试 30 个岗位。")
    if not ways:
        fields["ways"] = N_("请至少选择一种方式。")
    if fields:
        raise Incomplete(N_("测试没有开始。"), fields=fields, rule="registry.communication_test")


def _test_post(
    test: CommunicationTest, post: Post, people: list[Staff], way: Way, *, by: HasActor, at: datetime
) -> None:
    """One post by one way; who has no such way is asked by nothing and counts as not reached."""
    asked = tuple(calling_out.asked_by(people, way))
    calling.start(
        About("communication_test", ("communicationtest", str(test.pk))),
        [Rung(way.value, asked, 1, TRIED_FOR)],
        by=by,
        at=at,
        body_id=test.body_id,
        post_id=post.pk,
        title=post.title,
        quiet=True,
        test=test,
    )


@transaction.atomic
def communication_test_end(*, test: CommunicationTest, by: HasActor, at: datetime) -> CommunicationTest:
    """End a test before its day is over; ending it again changes nothing."""
    check_may(by, Action.COMMUNICATION_TEST, test.body_id)
    calling.end_test(test, by=by, at=at)
    return test


@transaction.atomic
def contact_way_set(*, way: Way, address: str, by: Officer, at: datetime) -> ContactWay:
    """Add a way to reach oneself, tried after those there are. Raises Incomplete for what cannot be rung or written to."""
    _check_answers(by, by.body_id)
    way, address = Way(way), _checked_address(Way(way), address)
    own = ContactWay.objects.filter(staff_id=by.staff_id)
    if own.count() >= MOST_WAYS:
        raise _not_set(N_("一个人最多 6 种联系方式，请先删去不用的。"))
    if own.filter(way=way, address=address).exists():
        raise _not_set(N_("这个联系方式已经有了。"))
    last = own.aggregate(last=Max("order"))["last"] or 0
    row = ContactWay.objects.create(staff_id=by.staff_id, way=way, address=address, order=last + 1)
    _way_told(EventKind.CONTACT_WAY_SET, row, by, at)
    return row


def _checked_address(way: Way, address: str) -> str:
    address = address.strip()
    if way is Way.VOICE and not voice.is_phone(address):
        raise _not_set(N_("请填写手机号，或带区号的座机，例如 0571-8888 8888。"))
    if way is Way.SMS and not sms.is_mobile(address):
        raise _not_set(N_("请填写能收短信的手机号。"))
    if way is not Way.EMAIL:
        return sms.plain_number(address)
    try:
        validate_email(address)
    except ValidationError:
        raise _not_set(N_("邮箱请写成 name@example.cn 这样。")) from None
    return address


def _not_set(sentence: str) -> Incomplete:
    return Incomplete(N_("联系方式没有保存。"), fields={"address": sentence}, rule="registry.contact_way")


@transaction.atomic
def contact_way_first(*, contact_way: ContactWay, by: Officer, at: datetime) -> ContactWay:
    """Have one of one's own ways tried first."""
    _check_own(contact_way, by)
    own = ContactWay.objects.filter(staff_id=by.staff_id).exclude(pk=contact_way.pk)
    for order, row in enumerate([contact_way, *own], start=1):
        ContactWay.objects.filter(pk=row.pk).update(order=order)
    _way_told(EventKind.CONTACT_WAY_SET, contact_way, by, at)
    return contact_way


@transaction.atomic
def contact_way_drop(*, contact_way: ContactWay, by: Officer, at: datetime) -> None:
    """Take away one of one's own ways; nothing of the address is kept."""
    _check_own(contact_way, by)
    _way_told(EventKind.CONTACT_WAY_DROPPED, contact_way, by, at)
    contact_way.delete()


@transaction.atomic
def contact_way_test(*, contact_way: ContactWay, by: Officer, at: datetime) -> CallOut:
    """Send oneself one message by one of one's own ways; unanswered it tells nobody."""
    _check_own(contact_way, by)
    asked = calling.Asked(str(by.staff_id), ((contact_way.way, contact_way.pk),))
    about = About("way_test", ("contactway", str(contact_way.pk)))
    rung = Rung("", (asked,), 1, TRIED_FOR)
    return calling.start(about, [rung], by=by, at=at, body_id=by.body_id, title="", quiet=True, reserved=True)


def _check_own(contact_way: ContactWay, by: Officer) -> None:
    _check_answers(by, by.body_id)
    if contact_way.staff_id != by.staff_id:
        raise not_there()


def _way_told(kind: EventKind, row: ContactWay, by: Officer, at: datetime) -> None:
    ledger.append(kind, row, by=by, at=at, body_id=by.body_id, facts={"way": row.way})


def _check_answers(by: Officer, body_id: int) -> None:
    """Whoever can be called in the body, in whichever unit their grant is."""
    if by.body_id != body_id or not can_somewhere(by.grants, Action.CALL_OUT_ANSWER):
        check_may(by, Action.CALL_OUT_ANSWER, body_id)
