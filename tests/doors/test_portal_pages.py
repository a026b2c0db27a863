"""The public door: what every body must say of itself, and nothing of its neighbour."""

from datetime import date, time

import pytest
from django.test import Client
from django.utils import translation

from huiying.registry.models import Body, Place, PlaceHours
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.durations import CalendarDays
from huiying.web.portal.pages import procedure
from huiying.web.portal.pages.today import places_now
from huiying.web.shared.articles import article_words
from tests.cast import Cast, found_body


def words(response) -> str:
    return response.content.decode()


def test_an_unknown_body_is_a_plain_page(cast: Cast) -> None:
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这个机构" in words(response)


def test_several_bodies_are_listed_and_a_single_one_is_opened(db: None) -> None:
    assert "还没有机构" in words(Client().get("/"))
    found_body("qingxi", "青溪镇", "QX")
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (302, "/qingxi/")
    found_body("baishi", "白石镇", "BS")
    page = words(Client().get("/"))
    assert "/qingxi/" in page
    assert "/baishi/" in page


def test_the_home_page_has_three_doors_and_where_people_are_received(cast: Cast) -> None:
    page = words(Client().get("/qingxi/"))
    for door in ("提出诉求", "查询进展", "了解流程"):
        assert door in page
    assert page.count('class="door"') == 3
    assert "周一至周五" in page
    assert "09:00–12:00" in page
    assert "人民来访接待室" in page
    assert "白石" not in page


def test_a_body_without_a_reception_place_says_what_to_do_instead(cast: Cast) -> None:
    PlaceHours.objects.all().delete()
    Place.objects.all().delete()
    assert "还没有公布接待地点" in words(Client().get("/qingxi/"))


def test_how_it_works_holds_what_article_18_asks_for(cast: Cast) -> None:
    page = words(Client().get("/qingxi/how/"))
    body = Body.objects.get(code="qingxi")
    for needed in (
        "网上",
        body.address,
        body.phone,
        "周一至周五",
        "怎样查询进展和结果",
        "《信访工作条例》",
        "办理步骤",
    ):
        assert needed in page
    assert body.superior_name in page
    assert "白石" not in page


def test_every_statutory_period_shown_comes_from_the_rules(cast: Cast) -> None:
    page = words(Client().get("/qingxi/how/"))
    for clock in (Clock.ROUTE, Clock.NOTICE, Clock.HANDLE, Clock.REVIEW, Clock.FINAL_REVIEW):
        row = ROWS[clock]
        assert isinstance(row.length, CalendarDays)
        assert row.label in page
        assert f"{row.length.n} 天" in page
    assert "《信访工作条例》第34条" in page


def test_the_longest_lawful_way_to_an_answer_is_120_days_and_adds_up(cast: Cast) -> None:
    days, parts = procedure.longest()
    assert days == sum(part for _label, part in parts) == 120
    assert "最长 120 天" in words(Client().get("/qingxi/how/"))


@pytest.mark.parametrize(
    "address", ["/", "/qingxi/", "/qingxi/how/", "/help/", "/privacy/", "/accessibility/"]
)
def test_public_pages_are_the_same_for_all_and_leave_no_session(cast: Cast, address: str) -> None:
    client = Client()
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert not client.cookies
    assert "csrfmiddlewaretoken" not in words(response)
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_pages_open_in_every_language(cast: Cast, language: str) -> None:
    for address in ("/", "/qingxi/", "/qingxi/how/", "/help/", "/privacy/", "/accessibility/"):
        assert Client(headers={"accept-language": language}).get(address).status_code == 200


def test_the_home_page_costs_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        Client().get("/qingxi/")


@pytest.mark.parametrize(
    ("cited", "read"),
    [
        ("信访工作条例 art. 22", "《信访工作条例》第22条"),
        ("信访工作条例 art. 35, 36", "《信访工作条例》第35、36条"),
        ("GB/T 22239-2019", "GB/T 22239-2019"),
        ("", ""),
    ],
)
def test_an_article_reads_as_the_law_writes_it(cited: str, read: str) -> None:
    with translation.override("zh-hans"):
        assert article_words(cited) == read


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 1, 5), "今天"),
        (date(2026, 1, 1), "放假"),  # a Thursday
        (date(2026, 1, 4), "调休上班"),  # a Sunday that is worked
        (date(2026, 1, 10), "今天不接待"),  # a Saturday
    ],
)
def test_a_place_says_whether_it_receives_today(cast: Cast, today: date, said: str) -> None:
    (place,) = places_now(cast.body, today=today)
    assert said in (place["instead"] or "今天")
    assert bool(place["today"]) == (said == "今天")


def test_a_place_that_is_closed_today_says_when_it_opens_next(cast: Cast) -> None:
    (place,) = places_now(cast.body, today=date(2026, 1, 10))
    assert place["next"] == (date(2026, 1, 12), time(9))


def test_every_part_of_article_18_stands_on_the_page_or_is_said_to_be_missing(cast: Cast) -> None:
    page = words(Client().get("/qingxi/how/"))
    for needed in (
        "/qingxi/file/",
        "来信",
        "咨询投诉电话",
        "接待地点和时间",
        "打击报复",
        "5 个工作日",
        "120 天",
    ):
        assert needed in page
    Body.objects.filter(code="qingxi").update(address="", phone="")
    page = words(Client().get("/qingxi/how/"))
    assert "还没有公布通信地址" in page
    assert "还没有公布电话" in page
