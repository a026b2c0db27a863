"""The public's suggestions to a plan: no name, no trace of the visit, an answer at an address nobody guesses."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions
from huiying.emergency.models import PlanSuggestion, PlanVersion
from huiying.records import clock
from huiying.web.shared import throttle
from tests.cast import Cast
from tests.doors.test_nothing_kept import whole_database
from tests.rooms.emergency.response import plan_in_force

FROM = "203.0.113.78"
CODE = "city-petition-incidents"
HOSTILE = ["\0", "<script>alert(1)</script>'\"&{{7*7}}", "𠮷" * 10, "²", "\ud800x"]


@pytest.fixture
def version(cast: Cast) -> Iterator[PlanVersion]:
    """The plan in force, and no limit spent."""
    throttle.clear()
    yield plan_in_force(cast, at=clock.now() - timedelta(days=30))
    throttle.clear()


@pytest.fixture
def form() -> str:
    """The address of the form."""
    return reverse("portal:plan_suggest", args=["qingxi"])


def test_it_asks_for_a_plan_and_words_and_for_nobodys_name(
    client: Client, version: PlanVersion, form: str
) -> None:
    answer = client.get(form)
    page = answer.content.decode()
    assert answer["X-Robots-Tag"].startswith("noindex") and "不用留姓名和联系方式" in page
    assert version.plan.title in page
    for name in ("name", "phone", "email", "contact"):
        assert f'name="{name}"' not in page
    assert form in client.get(reverse("portal:how", args=["qingxi"])).content.decode()


def test_a_suggestion_is_kept_without_a_trace_of_who_sent_it_and_answered_at_its_own_address(
    cast: Cast, version: PlanVersion, form: str
) -> None:
    browser = Client(REMOTE_ADDR=FROM)
    sent = browser.post(form, {"plan": CODE, "text": "接待点请设座椅。"})
    given = PlanSuggestion.objects.get()
    assert sent.status_code == 303 and str(given.reference) in sent["Location"]
    assert "sessionid" not in browser.cookies
    assert FROM not in whole_database()
    page = Client().get(sent["Location"])
    assert "请保存这个网址" in page.content.decode() and page["X-Robots-Tag"].startswith("noindex")
    actions.suggestion_answer(
        suggestion=given, adopted=True, text="下月起每处设四把。", by=cast.planner, at=clock.now()
    )
    assert "下月起每处设四把" in Client().get(sent["Location"]).content.decode()
    elsewhere = sent["Location"].replace("/qingxi/", "/baishi/")
    assert Client().get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    "typed", [{}, {"plan": CODE}, {"plan": "no-such", "text": "好"}, {"plan": CODE, "text": "长" * 2001}]
)
def test_what_is_missing_or_too_long_is_said_at_its_field_and_what_was_typed_stays(
    client: Client, version: PlanVersion, form: str, typed: dict[str, str]
) -> None:
    answer = client.post(form, typed)
    assert answer.status_code == 422 and typed.get("text", "") in answer.content.decode()
    assert not PlanSuggestion.objects.exists()


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_words_are_kept_as_words_or_refused(
    client: Client, version: PlanVersion, form: str, what: str
) -> None:
    sent = client.post(form, {"plan": CODE, "text": f"甲{what}".encode("utf-8", "surrogatepass")})
    assert sent.status_code == 303
    page = client.get(sent["Location"]).content.decode()
    assert "<script>alert" not in page
    assert client.post(form, {"plan": what.encode("utf-8", "surrogatepass"), "text": "乙"}).status_code == 422


def test_a_plan_that_is_not_in_force_is_not_offered(client: Client, cast: Cast, form: str) -> None:
    assert "没有施行中的预案" in client.get(form).content.decode()


def test_one_address_sends_so_many_an_hour_and_another_is_not_held_up(
    version: PlanVersion, form: str
) -> None:
    def send(address: str) -> int:
        return Client(REMOTE_ADDR=address).post(form, {"plan": CODE, "text": "好"}).status_code

    assert {send(FROM) for _ in range(20)} == {303}
    assert send(FROM) == 429
    assert send("203.0.113.200") == 303
