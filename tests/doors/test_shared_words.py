"""Translations and dates in three languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from huiying.records import clock
from huiying.rules.words import N_, said
from huiying.web.shared import dates, sentences, translate

DAY = date(2025, 3, 21)


def message(text: str, file: str) -> Catalog:
    """A template with one string in one file."""
    found = Catalog()
    found.add(text, locations=[(file, 1)])
    return found


def test_traditional_chinese_is_proposed_and_marked_for_review() -> None:
    catalogue = Catalog(locale="zh_Hant")
    catalogue.update(message("查询进展", "web/portal/views.py"))
    translate.propose_traditional(catalogue)
    proposed = catalogue.get("查询进展")
    assert proposed is not None
    assert proposed.string == "查詢進展"
    assert proposed.user_comments == [translate.MARK]


def test_a_word_reviewed_by_hand_is_never_replaced() -> None:
    catalogue = Catalog(locale="zh_Hant")
    catalogue.add("信息", "訊息")
    translate.propose_traditional(catalogue)
    assert catalogue.get("信息").string == "訊息"  # type: ignore[union-attr]


def test_a_missing_translation_and_a_lost_placeholder_are_named() -> None:
    problems = translate.check(message("还没有翻译过的句子 %(n)s", "web/portal/views.py"))
    assert len(problems) == 2
    assert all("还没有翻译过的句子" in problem for problem in problems)


def test_every_marked_string_of_the_shared_pages_is_translated() -> None:
    problems = [
        problem
        for problem in translate.check()
        if "(web/shared/" in problem or "(web/jinja2/shared/" in problem
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("language", "day", "full"),
    [
        ("zh-hans", "3月21日", "2025年3月21日 星期五"),
        ("zh-hant", "3月21日", "2025年3月21日 星期五"),
        ("en", "21 Mar", "Friday, 21 March 2025"),
    ],
)
def test_dates_read_as_people_write_them(language: str, day: str, full: str) -> None:
    with translation.override(language):
        assert dates.day(clock.today().replace(month=3, day=21)) == day
        assert dates.long_date(DAY) == full


def test_a_day_of_another_year_is_written_with_its_year() -> None:
    with translation.override("zh-hans"):
        assert dates.day(DAY) == "2025年3月21日"


def test_a_moment_is_shown_in_the_bodys_own_zone() -> None:
    with translation.override("zh-hans"):
        assert dates.moment(datetime(2025, 3, 20, 16, 5, tzinfo=UTC)) == "2025年3月21日 00:05"


@pytest.mark.parametrize(
    ("days", "words"),
    [(6, "还有 6 天"), (1, "明天到期"), (0, "今天到期"), (-1, "已逾期 1 天"), (-3, "已逾期 3 天")],
)
def test_days_are_told_in_words(days: int, words: str) -> None:
    with translation.override("zh-hans"):
        assert dates.days_words(days) == words


def test_hours_are_told_in_words_and_long_waits_in_days() -> None:
    at = datetime(2025, 3, 21, 4, 0, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert dates.hours_words(at + timedelta(hours=3, minutes=20), at) == "还有 3 小时 20 分"
        assert dates.hours_words(at - timedelta(hours=2, minutes=5), at) == "已逾期 2 小时 5 分"
        assert dates.hours_words(at + timedelta(days=5), at) == "还有 5 天"


def test_what_somebody_wrote_is_not_remembered_by_the_words_of_the_program() -> None:
    before = sentences._looked_up.cache_info().currsize
    shown = sentences.translated(said(N_("还缺：{part}"), part="张三的电话 00000000001"))
    again = sentences.translated(said(N_("还缺：{part}"), part=("李四", "王五")))
    assert "张三的电话 00000000001" in shown
    assert "李四" in again
    assert sentences._looked_up.cache_info().currsize - before <= 2, (
        "the template, and what lists are joined with"
    )
