"""The staff door: who stays outside, and what they are told."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse

from huiying.records import clock
from huiying.records.master_key import MasterKeyUnusable
from huiying.records.models import LedgerEvent
from huiying.registry import locks, second_factor
from huiying.registry.models import Grant, RecoveryCode, SecondFactor, SignInTries, Staff
from huiying.registry.passphrases import DEMO_PASSPHRASE
from huiying.rules.events import EventKind
from huiying.web.console.account import browsers
from huiying.web.shared import throttle
from tests.cast import FOUNDED, PASSPHRASE, Cast, signed_in

SIGN_IN = "/console/sign-in/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def attempt(client: Client, account: str, passphrase: str, **more: str):
    return client.post(SIGN_IN, {"account": account, "passphrase": passphrase, **more})


def words(response) -> str:
    return response.content.decode()


def test_an_unknown_account_and_a_wrong_passphrase_get_the_same_answer(cast: Cast) -> None:
    unknown = attempt(Client(), "nobody", "a wrong passphrase")
    wrong = attempt(Client(), "clerk", "a wrong passphrase")
    assert unknown.status_code == wrong.status_code == 422
    assert (
        words(unknown).replace("nobody", "clerk").count("账号或口令不对")
        == words(wrong).count("账号或口令不对")
        > 0
    )
    assert "a wrong passphrase" not in words(wrong)


def test_an_account_that_was_ended_gets_that_answer_too(cast: Cast) -> None:
    Staff.objects.filter(account="clerk").update(is_active=False)
    response = attempt(Client(), "clerk", PASSPHRASE)
    assert response.status_code == 422
    assert "账号或口令不对" in words(response)


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_page_they_wanted(cast: Cast) -> None:
    client = Client()
    outside = client.get("/console/passphrase/")
    assert outside.status_code == 302
    assert outside["Location"] == f"{SIGN_IN}?next=/console/passphrase/"
    inside = attempt(client, "clerk", PASSPHRASE, next="/console/passphrase/")
    assert (inside.status_code, inside["Location"]) == (303, "/console/passphrase/")


@pytest.mark.parametrize(
    "planted",
    [
        "https://elsewhere.invalid/console/",
        "//elsewhere.invalid/console/",
        "/qingxi/",
        "javascript:alert(1)",
        SIGN_IN,
    ],
)
def test_no_address_outside_the_console_is_followed_after_signing_in(cast: Cast, planted: str) -> None:
    response = attempt(Client(), "clerk", PASSPHRASE, next=planted)
    assert response.status_code == 303
    assert response["Location"].startswith("/console/")
    assert response["Location"] != planted


def test_five_failures_lock_the_account_at_this_address_and_leave_one_event(cast: Cast) -> None:
    client = Client()
    assert [attempt(client, "clerk", "wrong" * 3).status_code for _ in range(6)] == [422] * 5 + [429]
    locked = attempt(client, "clerk", PASSPHRASE)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert LedgerEvent.objects.filter(kind=EventKind.SIGN_IN_LOCKED).count() == 1


def test_a_lock_shuts_out_neither_a_colleague_nor_the_same_person_elsewhere(cast: Cast) -> None:
    client = Client()
    for _ in range(6):
        attempt(client, "clerk", "wrong" * 3)
    assert attempt(client, "second_clerk", PASSPHRASE).status_code == 303
    assert attempt(Client(REMOTE_ADDR="192.0.2.7"), "clerk", PASSPHRASE).status_code == 303


def test_an_office_behind_one_address_is_not_shut_out_by_one_persons_mistakes(cast: Cast) -> None:
    """Two hundred people, one address: one of them forgets a passphrase all day long."""
    for _ in range(40):
        attempt(Client(), "clerk", "wrong" * 3)
    for account in ("second_clerk", "officer_works", "head_works", "leader", "auditor"):
        assert attempt(Client(), account, PASSPHRASE).status_code == 303, account


def test_a_lock_is_kept_in_the_database_for_all_processes_and_says_neither_who_nor_where(
    cast: Cast,
) -> None:
    client = Client(REMOTE_ADDR="192.0.2.77")
    for _ in range(6):
        attempt(client, "clerk", "wrong" * 3)
    kept = list(SignInTries.objects.values_list("key", flat=True))
    assert kept
    assert not [key for key in kept if "clerk" in key or "192.0.2" in key]
    assert all(len(key) == 64 for key in kept)
    assert locks.is_locked("clerk", "192.0.2.77", at=clock.now())


def test_what_was_counted_is_gone_when_the_lock_is_over(db: None) -> None:
    locks.begin("clerk", "192.0.2.77", at=FOUNDED)
    locks.begin("other", "192.0.2.78", at=FOUNDED + locks.PERIOD)
    assert SignInTries.objects.count() == 1


def spread_tries(count: int = 90) -> list[int]:
    """The answers to a guesser with an address for each try."""
    return [
        attempt(Client(REMOTE_ADDR=f"198.51.100.{n}"), "clerk", "wrong" * 3).status_code for n in range(count)
    ]


def test_whoever_guesses_from_many_addresses_is_slowed_and_told_so(cast: Cast) -> None:
    assert spread_tries() == [422] * 60 + [429] * 30
    busy = attempt(Client(REMOTE_ADDR="192.0.2.7"), "clerk", PASSPHRASE)
    assert (busy.status_code, busy["Retry-After"]) == (429, "15")
    assert "反复试这个账号" in words(busy)


def test_a_browser_that_signed_in_before_gets_in_whatever_strangers_try(cast: Cast) -> None:
    office = Client()
    assert attempt(office, "clerk", PASSPHRASE).status_code == 303
    office.post("/console/sign-out/")
    for _ in range(6):
        attempt(Client(), "clerk", "wrong" * 3)  # from the same address
    spread_tries()
    assert attempt(office, "clerk", PASSPHRASE).status_code == 303


def test_waiting_while_others_guess_is_not_counted_as_failing(cast: Cast) -> None:
    spread_tries(60)
    patient = Client(REMOTE_ADDR="192.0.2.7")
    assert [attempt(patient, "clerk", PASSPHRASE).status_code for _ in range(8)] == [429] * 8
    locks.forget()  # the strangers went away
    assert attempt(patient, "clerk", PASSPHRASE).status_code == 303


def test_a_known_browser_has_five_tries_and_no_more(cast: Cast) -> None:
    stolen = Client()
    attempt(stolen, "clerk", PASSPHRASE)
    stolen.post("/console/sign-out/")
    answers = []
    for n in range(7):
        stolen.defaults["REMOTE_ADDR"] = f"198.51.100.{n}"
        answers.append(attempt(stolen, "clerk", "wrong" * 3).status_code)
    assert answers == [422] * 5 + [429] * 2


def test_the_mark_of_a_known_browser_is_worth_nothing_for_another_account_or_when_changed(cast: Cast) -> None:
    browser = Client()
    attempt(browser, "clerk", PASSPHRASE)
    (name,) = (name for name in browser.cookies if name.startswith("known_"))
    mark = browser.cookies[name]
    assert (mark["httponly"], mark["path"], mark["max-age"]) == (True, "/console/", 30 * 24 * 3600)
    request = RequestFactory().get("/")
    request.COOKIES = {name: mark.value, browsers._cookie("second_clerk"): mark.value}
    assert browsers.known(request, "CLERK")
    assert not browsers.known(request, "second_clerk")
    request.COOKIES[name] = "abc:" + mark.value.split(":", 1)[1]
    assert not browsers.known(request, "clerk")


def test_an_unknown_account_is_locked_alike_and_leaves_no_trace(cast: Cast) -> None:
    client = Client()
    assert [attempt(client, "nobody", "wrong" * 3).status_code for _ in range(6)][-1] == 429
    assert not LedgerEvent.objects.filter(kind=EventKind.SIGN_IN_LOCKED).exists()


def test_a_lock_ends_after_fifteen_minutes_and_a_sign_in_forgets_failures(db: None) -> None:
    assert [locks.begin("a", "here", at=FOUNDED) for _ in range(6)] == [True] * 5 + [False]
    assert not locks.begin("a", "here", at=FOUNDED + timedelta(minutes=14, seconds=59))
    assert locks.begin("a", "here", at=FOUNDED + timedelta(minutes=15))
    locks.succeeded("a", "here")
    assert [locks.begin("a", "here", at=FOUNDED) for _ in range(5)] == [True] * 5


def test_a_planted_session_is_replaced_at_sign_in(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    attempt(client, "clerk", PASSPHRASE)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != session.session_key


def test_signing_in_is_written_in_the_ledger_with_a_number_and_no_name(cast: Cast) -> None:
    attempt(Client(), "clerk", PASSPHRASE)
    event = LedgerEvent.objects.get(kind=EventKind.SIGNED_IN)
    assert (event.body_id, event.actor_ref, event.facts) == (cast.body.pk, str(cast.staff["clerk"].pk), {})


def idle(client: Client) -> None:
    """Half an hour of silence: the browser keeps its cookie, the server's row has run out."""
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))


def follow_as_a_browser(client: Client, answer):
    """The next page; a cookie that the answer took away is not sent, where the test client would send an empty one."""
    for name in [name for name, cookie in client.cookies.items() if not cookie.value]:
        del client.cookies[name]
    return client.get(answer["Location"])


def test_whoever_was_away_too_long_is_told_so_and_comes_back_to_their_page(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    idle(client)
    away = client.get("/console/passphrase/?a=1&b=2")
    assert away.status_code == 302
    page = words(follow_as_a_browser(client, away))
    assert "您超过 30 分钟没有操作" in page
    assert "草稿" in page
    inside = attempt(
        client,
        "clerk",
        PASSPHRASE,
        next=re.search(r'name="next" value="([^"]*)"', page)[1].replace("&amp;", "&"),
    )
    assert inside["Location"] == "/console/passphrase/?a=1&b=2"


def test_what_was_sent_after_the_session_ended_is_shown_to_copy_and_not_done(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    idle(client)
    page = client.post(
        "/console/passphrase/",
        {"note": "写了很久的一段话，不能丢", "old": PASSPHRASE, "passphrase": PASSPHRASE},
    )
    assert page.status_code == 403
    assert "写了很久的一段话，不能丢" in words(page)
    assert "您超过 30 分钟没有操作" in words(page)
    assert SIGN_IN in words(page)


def test_no_other_way_of_being_outside_is_called_idle(cast: Cast) -> None:
    stranger = Client()
    from_the_portal, elsewhere = Client(), signed_in(Client(), cast.clerk)
    session = from_the_portal.session
    session["draft"] = "…"
    session.save()
    change(signed_in(Client(), cast.clerk), PASSPHRASE, "竹桥 雨夜 铜灯七盏 慢慢走")
    for client in (stranger, from_the_portal, elsewhere):
        answer = client.get("/console/passphrase/")
        assert answer.status_code == 302
        assert "分钟没有操作，" not in words(follow_as_a_browser(client, answer))


def test_a_session_idles_out_after_thirty_minutes() -> None:
    assert django_settings.SESSION_COOKIE_AGE == 30 * 60
    assert django_settings.SESSION_SAVE_EVERY_REQUEST


def test_signing_out_needs_a_button_and_ends_the_session(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    assert client.get("/console/sign-out/").status_code == 405
    assert client.get("/console/passphrase/").status_code == 200
    assert client.post("/console/sign-out/")["Location"] == SIGN_IN
    assert client.get("/console/passphrase/").status_code == 302


def test_the_demo_passphrase_opens_nothing_where_real_people_are_served(cast: Cast, settings) -> None:
    staff = cast.staff["clerk"]
    staff.set_password(DEMO_PASSPHRASE)
    Staff.objects.filter(pk=staff.pk).update(password=staff.password)
    settings.HUIYING = {**settings.HUIYING, "mode": "production"}
    refused = attempt(Client(), "clerk", DEMO_PASSPHRASE)
    assert refused.status_code == 422
    assert "演示口令" in words(refused)
    settings.HUIYING = {**settings.HUIYING, "mode": "demo"}
    assert attempt(Client(), "clerk", DEMO_PASSPHRASE).status_code == 303


def change(client: Client, old: str, new: str, again: str | None = None):
    return client.post(
        "/console/passphrase/", {"old": old, "new": new, "again": new if again is None else again}
    )


def test_a_passphrase_changes_only_with_the_old_one_and_a_good_new_one(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    assert "现在的口令不对" in words(change(client, "something else", "竹桥 雨夜 铜灯七盏 慢慢走"))
    assert "不一样" in words(change(client, PASSPHRASE, "竹桥 雨夜 铜灯七盏 慢慢走", "竹桥"))
    assert change(client, PASSPHRASE, "short").status_code == 422
    assert Staff.objects.get(account="clerk").check_password(PASSPHRASE)


def test_a_changed_passphrase_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, elsewhere = signed_in(Client(), cast.clerk), signed_in(Client(), cast.clerk)
    assert change(here, PASSPHRASE, "竹桥 雨夜 铜灯七盏 慢慢走").status_code == 303
    assert here.get("/console/passphrase/").status_code == 200
    assert elsewhere.get("/console/passphrase/").status_code == 302
    assert LedgerEvent.objects.filter(kind=EventKind.PASSPHRASE_CHANGED).count() == 1


@pytest.mark.parametrize("account", ["\x00", "x" * 500, "𠀀" * 20, "' OR 1=1 --", ""])
def test_strange_accounts_get_a_sentence(cast: Cast, account: str) -> None:
    assert attempt(Client(), account, "whatever it is").status_code == 422


def test_the_sign_in_page_reads_no_person_and_holds_no_script(db: None) -> None:
    page = Client().get(reverse("console:sign_in"))
    assert page.status_code == 200
    assert "<script" not in words(page)


# Two steps.

CODE = "/console/sign-in/code/"


def with_two_steps(cast: Cast, account: str = "clerk") -> pyotp.TOTP:
    """The authenticator of an account that asks for it."""
    staff, secret = cast.staff[account], second_factor.new_secret()
    SecondFactor.objects.create(
        staff=staff, sealed=second_factor.seal(secret, staff.pk), begun_at=FOUNDED, confirmed_at=FOUNDED
    )
    return pyotp.TOTP(secret)


def code_of(authenticator: pyotp.TOTP, *, steps: int = 0) -> str:
    return authenticator.at(clock.now(), counter_offset=steps)


def is_in(client: Client) -> bool:
    return client.get("/console/account/").status_code == 200


def test_the_passphrase_alone_opens_nothing_where_two_steps_are_on(cast: Cast) -> None:
    with_two_steps(cast)
    client = Client()
    half = attempt(client, "clerk", PASSPHRASE)
    assert (half.status_code, half["Location"]) == (303, CODE)
    assert not is_in(client)
    assert not LedgerEvent.objects.filter(kind=EventKind.SIGNED_IN).exists()


def test_the_code_comes_second_and_leads_where_one_wanted_to_go(cast: Cast) -> None:
    authenticator, client = with_two_steps(cast), Client()
    attempt(client, "clerk", PASSPHRASE, next="/console/passphrase/")
    assert "6 位数字" in words(client.get(CODE))
    inside = client.post(CODE, {"code": code_of(authenticator)})
    assert (inside.status_code, inside["Location"]) == (303, "/console/passphrase/")
    assert is_in(client)
    assert LedgerEvent.objects.filter(kind=EventKind.SIGNED_IN).count() == 1


def test_nobody_gives_a_code_before_the_passphrase_or_long_after_it(cast: Cast) -> None:
    authenticator, client = with_two_steps(cast), Client()
    assert client.post(CODE, {"code": code_of(authenticator)}).status_code == 422
    attempt(client, "clerk", PASSPHRASE)
    session = client.session
    session["half_signed_in"] = {
        **session["half_signed_in"],
        "at": (clock.now() - timedelta(minutes=6)).isoformat(),
    }
    session.save()
    late = client.post(CODE, {"code": code_of(authenticator)})
    assert late.status_code == 422
    assert "请重新登录" in words(late)
    assert not is_in(client)


def test_a_passphrase_that_was_changed_meanwhile_takes_the_half_step_back(cast: Cast) -> None:
    authenticator, client = with_two_steps(cast), Client()
    attempt(client, "clerk", PASSPHRASE)
    change(signed_in(Client(), cast.clerk), PASSPHRASE, "竹桥 雨夜 铜灯七盏 慢慢走")
    assert client.post(CODE, {"code": code_of(authenticator)}).status_code == 422
    assert not is_in(client)


def test_a_code_opens_once_and_an_older_one_never_after_it(cast: Cast) -> None:
    authenticator = with_two_steps(cast)
    used = code_of(authenticator)
    for code, status in ((used, 303), (used, 422), (code_of(authenticator, steps=-1), 422)):
        client = Client()
        attempt(client, "clerk", PASSPHRASE)
        assert client.post(CODE, {"code": code}).status_code == status


@pytest.mark.parametrize("typed", ["12345", "abcdef", "０００", "x" * 39, "\x00", "𠀀𠀀", "-1", "1e5"])
def test_a_strange_code_is_a_wrong_code(cast: Cast, typed: str) -> None:
    with_two_steps(cast)
    client = Client()
    attempt(client, "clerk", PASSPHRASE)
    assert client.post(CODE, {"code": typed}).status_code == 422


def test_a_code_is_taken_in_full_width_digits_and_with_a_blank(cast: Cast) -> None:
    authenticator, client = with_two_steps(cast), Client()
    attempt(client, "clerk", PASSPHRASE)
    wide = code_of(authenticator).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert client.post(CODE, {"code": f"{wide[:3]} {wide[3:]}"}).status_code == 303


def test_five_wrong_codes_lock_the_second_step_wherever_they_come_from(cast: Cast) -> None:
    authenticator = with_two_steps(cast)
    answers = []
    for n in range(6):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        attempt(client, "clerk", PASSPHRASE)
        answers.append(client.post(CODE, {"code": "000000"}).status_code)
    assert answers == [422] * 5 + [429]
    assert client.post(CODE, {"code": code_of(authenticator)})["Retry-After"] == "900"
    assert LedgerEvent.objects.filter(kind=EventKind.SIGN_IN_LOCKED).count() == 1


def turned_on(client: Client, cast: Cast, account: str = "clerk") -> tuple[pyotp.TOTP, list[str]]:
    """Two steps as a person turns them on: begun, scanned, confirmed."""
    client.post("/console/account/second-factor/")
    page = words(client.get("/console/account/second-factor/"))
    assert "<svg" in page
    secret = second_factor.unseal(SecondFactor.objects.get(staff=cast.staff[account]))
    authenticator = pyotp.TOTP(secret)
    shown = words(client.post("/console/account/second-factor/", {"code": code_of(authenticator)}))
    return authenticator, re.findall(r">([0-9A-Z]{5}-[0-9A-Z]{5})<", shown)


def test_two_steps_are_turned_on_with_a_code_and_ten_recovery_codes_are_shown_once(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    client.post("/console/account/second-factor/")
    assert attempt(Client(), "clerk", PASSPHRASE)["Location"] != CODE  # begun is not on
    wrong = client.post("/console/account/second-factor/", {"code": "000000"})
    assert wrong.status_code == 422
    _authenticator, codes = turned_on(client, cast)
    assert len(set(codes)) == 10
    assert codes[0] not in words(client.get("/console/account/second-factor/"))
    stored = b"".join(bytes(row.code_hash) for row in RecoveryCode.objects.all())
    assert codes[0].encode() not in stored
    assert attempt(Client(), "clerk", PASSPHRASE)["Location"] == CODE
    assert LedgerEvent.objects.get(kind=EventKind.SECOND_FACTOR_ON).facts == {}


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    _authenticator, codes = turned_on(signed_in(Client(), cast.clerk), cast)
    for typed, status in ((codes[3].lower(), 303), (codes[3], 422), (codes[4].replace("-", " "), 303)):
        client = Client()
        attempt(client, "clerk", PASSPHRASE)
        assert client.post(CODE, {"code": typed}).status_code == status
    assert RecoveryCode.objects.filter(used_at=None).count() == 8
    assert LedgerEvent.objects.filter(kind=EventKind.RECOVERY_CODE_USED).count() == 2


def test_new_recovery_codes_make_the_old_ones_worthless(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    authenticator, old = turned_on(client, cast)
    answer = client.post("/console/account/second-factor/codes/", {"code": code_of(authenticator, steps=1)})
    new = re.findall(r">([0-9A-Z]{5}-[0-9A-Z]{5})<", words(answer))
    assert len(new) == 10
    other = Client()
    attempt(other, "clerk", PASSPHRASE)
    assert other.post(CODE, {"code": old[0]}).status_code == 422
    assert other.post(CODE, {"code": new[0]}).status_code == 303


def test_two_steps_are_turned_off_with_passphrase_and_code_only(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    authenticator, _codes = turned_on(client, cast)
    fresh = code_of(authenticator, steps=1)
    off = "/console/account/second-factor/end/"
    assert client.post(off, {"passphrase": "x" * 15, "code": fresh}).status_code == 422
    assert client.post(off, {"passphrase": PASSPHRASE, "code": "000000"}).status_code == 422
    assert client.post(off, {"passphrase": PASSPHRASE, "code": fresh}).status_code == 303
    assert attempt(Client(), "clerk", PASSPHRASE)["Location"] != CODE


def test_the_secret_lies_sealed_and_belongs_to_one_account(cast: Cast) -> None:
    authenticator = with_two_steps(cast)
    factor = SecondFactor.objects.get()
    assert authenticator.secret.encode() not in bytes(factor.sealed)
    factor.staff = cast.staff["second_clerk"]
    with pytest.raises(MasterKeyUnusable):
        second_factor.unseal(factor)


# One's own page.


def test_the_own_page_shows_roles_with_their_last_day_and_nobody_elses(cast: Cast) -> None:
    Grant.objects.filter(staff=cast.staff["auditor"]).update(expires_on=clock.today())
    page = words(signed_in(Client(), cast.auditor).get("/console/account/"))
    assert "审计" in page
    assert "到 " in page
    assert "青溪接待甲" not in page


def test_the_language_follows_the_person_to_another_browser(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    assert client.post("/console/account/language/", {"language": "en"}).status_code == 303
    assert client.post("/console/account/language/", {"language": "xx"}).status_code == 303
    elsewhere = Client()
    assert attempt(elsewhere, "clerk", PASSPHRASE).cookies["django_language"].value == "en"
    assert 'lang="en"' in words(elsewhere.get("/console/account/"))


def test_a_lent_passphrase_opens_nothing_before_it_is_changed(cast: Cast) -> None:
    client = signed_in(Client(), cast.clerk)
    assert client.get("/console/petitions/").status_code == 200
    Staff.objects.filter(account="clerk").update(passphrase_lent=True)
    for path in ("/console/", "/console/petitions/", "/console/account/", "/console/account/second-factor/"):
        answer = client.get(path)
        assert (answer.status_code, answer.get("Location")) == (303, "/console/passphrase/"), path
    assert (
        client.post("/console/petitions/views/", {"name": "甲"}).headers["Location"] == "/console/passphrase/"
    )
    assert client.get("/console/passphrase/").status_code == 200


def test_a_lent_passphrase_leads_to_changing_it_first(cast: Cast) -> None:
    Staff.objects.filter(account="clerk").update(passphrase_lent=True)
    client = Client()
    assert attempt(client, "clerk", PASSPHRASE)["Location"] == "/console/passphrase/"
    assert "临时口令" in words(client.get("/console/passphrase/"))
    change(client, PASSPHRASE, "竹桥 雨夜 铜灯七盏 慢慢走")
    assert not Staff.objects.get(account="clerk").passphrase_lent
