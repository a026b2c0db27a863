"""Headers on everything that leaves, and a plain page for every refusal and failure."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from huiying.web.shared import caching, errors
from huiying.web.shared.middleware import HEADERS, HeadersMiddleware, RefusalsMiddleware
from tests.cast import Cast, signed_in

STORY = "三号楼停水五天，物业说不清楚原因。"


def answered(request: HttpRequest, raised: Exception) -> HttpResponse | None:
    """What the net makes of an exception from a view."""
    return RefusalsMiddleware(lambda _: HttpResponse()).process_exception(request, raised)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/components/", "/left/", "/no-such-page/", "/leave/", "/console/no-such-page/"]
)
def test_every_answer_carries_the_strict_headers(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in HEADERS:
        assert response[name]
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotPermitted("您的职责不包括这项操作。", remedy="请联系单位负责人"), 403),
        (NotThere("没有找到这件信访事项。"), 404),
        (IllegalMove("已经答复的事项不能再受理。", article="信访工作条例第22条"), 409),
        (Overtaken("有人先您一步受理了这件事。"), 409),
        (Incomplete("答复还缺内容。", fields={"basis": "第二项诉求缺依据"}), 422),
    ],
)
def test_a_refusal_says_what_why_and_what_next_and_keeps_what_was_typed(
    rf: RequestFactory, refusal: Refusal, status: int
) -> None:
    response = answered(
        rf.post("/console/x/", {"story": STORY, "passphrase": "correct horse battery"}), refusal
    )
    assert response is not None
    page = response.content.decode()
    assert response.status_code == status
    assert refusal.message in page
    assert refusal.article in page
    assert refusal.remedy in page
    assert "接下来可以" in page
    assert STORY in page
    assert "correct horse battery" not in page
    if isinstance(refusal, Incomplete):
        assert "第二项诉求缺依据" in page


def test_what_was_typed_is_shown_as_text_and_never_as_markup(rf: RequestFactory) -> None:
    response = answered(rf.post("/x/", {"story": "<script>alert(1)</script> 停水"}), NotThere("没有找到。"))
    assert response is not None
    assert "<script>alert(1)" not in response.content.decode()


def test_a_refusal_to_a_machine_has_the_same_words_as_json(rf: RequestFactory) -> None:
    response = answered(rf.get("/api/x"), IllegalMove("现在不能受理。", article="第22条"))
    assert response is not None
    assert response["Content-Type"] == "application/json"
    assert "第22条" in response.content.decode()


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), OSError(28, "No space left on device")]
)
def test_a_locked_database_and_a_full_disk_are_said_plainly_and_may_be_tried_again(
    rf: RequestFactory, error: Exception
) -> None:
    response = answered(rf.post("/x/", {"story": STORY}), error)
    assert response is not None
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "您刚才的操作没有生效" in response.content.decode()
    assert STORY in response.content.decode()


def test_a_mistake_of_the_program_is_left_to_the_last_page(rf: RequestFactory) -> None:
    assert answered(rf.get("/x/"), ValueError("broken")) is None


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_every_error_page_stands_without_a_database(rf: RequestFactory, status: int) -> None:
    """No django_db mark: a query here would fail the test."""
    page = errors.page(rf.get("/x/"), status)
    assert page.status_code == status
    assert "<h1>" in page.content.decode()
    assert errors.PAGES[status][0] in page.content.decode()


def test_when_even_the_templates_fail_there_is_still_a_sentence(rf: RequestFactory, settings: object) -> None:
    settings.TEMPLATES = []  # type: ignore[attr-defined]
    response = errors.broken(rf.get("/x/"))
    assert response.status_code == 500
    assert "请过几分钟再试" in response.content.decode()


def test_an_empty_error_becomes_a_page_and_keeps_the_methods_that_are_allowed(rf: RequestFactory) -> None:
    answer: Callable[[HttpRequest], HttpResponse] = lambda _: HttpResponseNotAllowed(["POST"])  # noqa: E731
    response = RefusalsMiddleware(answer)(rf.get("/x/"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "不能直接打开" in response.content.decode()  # type: ignore[attr-defined]


def test_a_body_that_is_too_large_is_called_too_large(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.post("/x/"), RequestDataTooBig()).status_code == 413


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_to_reload_and_loses_nothing() -> None:
    response = Client(enforce_csrf_checks=True).post("/components/", {"story": STORY})
    assert response.status_code == 403
    assert "这一页放得太久了" in response.content.decode()
    assert STORY in response.content.decode()


@pytest.mark.django_db
def test_the_wrong_method_gets_a_plain_page(client: Client) -> None:
    response = client.get("/leave/")
    assert response.status_code == 405
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_quick_leave_ends_the_session_and_shows_a_page_that_names_nothing(client: Client) -> None:
    session = client.session
    session["matter"] = "XF-1"
    session.save()
    response = client.post("/leave/", follow=True)
    assert response.redirect_chain == [("/left/", 302)]
    assert "matter" not in client.session
    page = response.content.decode()
    assert "回应" not in page
    assert "信访" not in page


@pytest.mark.django_db
def test_quick_leave_asks_the_browser_to_forget(client: Client) -> None:
    assert client.post("/leave/")["Clear-Site-Data"] == '"cookies", "storage"'


@pytest.mark.django_db
def test_the_chosen_language_is_remembered_and_one_returns_to_the_same_page(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/components/?frame=console"})
    assert response["Location"] == "/components/?frame=console"
    assert client.cookies["django_language"].value == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_language_switch_leads_to_no_other_site(client: Client, target: str) -> None:
    assert client.post("/language/", {"language": "en", "next": target})["Location"] == "/"


def test_a_page_that_is_the_same_for_all_may_be_stored(rf: RequestFactory) -> None:
    view = caching.public_page(60)(lambda request: HttpResponse("通知"))
    response = HeadersMiddleware(view)(rf.get("/"))
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in response["Vary"]


def test_asking_again_without_news_costs_nothing(rf: RequestFactory) -> None:
    asked = rf.get("/board", headers={"If-None-Match": '"41"'})
    same = caching.unchanged(asked, 41)
    assert same is not None
    assert same.status_code == 304
    assert caching.unchanged(asked, 42) is None


@pytest.mark.parametrize("address", ["/help/", "/console/"])
def test_every_page_leads_to_the_source_code_once_the_office_names_where_it_is(
    cast: Cast, client: Client, settings: Any, address: str
) -> None:
    signed_in(client, cast.clerk)
    assert "源代码" not in client.get(address).content.decode()
    where = "https://code.example.org/huiying"
    options = settings.HUIYING["options"].model_copy(update={"source_url": where})
    settings.HUIYING = {**settings.HUIYING, "options": options}
    assert f'<a href="{where}">源代码</a>' in client.get(address).content.decode()
