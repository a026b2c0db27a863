"""The open page of figures: released tables only, overdue included, small numbers out, few queries."""

from datetime import datetime
from typing import Any

from django.test import Client

from huiying.petitions.figures import Share
from huiying.publishing.models import ReleasedTable
from huiying.records.clock import SHANGHAI
from tests.cast import Cast
from tests.rooms.publishing.test_figures import gated


def released(cast: Cast, **changed: object) -> None:
    """A month in the register."""
    for row in gated(**changed).values():
        table = row.released.table
        ReleasedTable.objects.create(
            body=cast.qingxi,
            table=row.name,
            period="2025-06",
            cells=dict(table.cells),
            sums=[[tie.total, list(tie.parts)] for tie in table.sums],
            withheld=sorted(row.released.withheld),
            released_at=datetime(2025, 7, 2, tzinfo=SHANGHAI),
        )


def test_before_the_first_release_the_page_says_so(cast: Cast, client: Client) -> None:
    assert "还没有公布数据" in client.get("/qingxi/figures/").content.decode()


def test_each_figure_stands_with_its_formula_and_article_and_overdue_is_not_hidden(
    cast: Cast, client: Client
) -> None:
    released(cast)
    html = client.get("/qingxi/figures/").content.decode()
    for words in (
        "超期未答复的件数",
        "答复天数的中位数",
        "15日内书面告知的比例",
        "信访工作条例 art. 34",
        "申诉求决",
    ):
        assert words in html
    assert "不单列" in html  # three calls are not told
    assert ">3<" not in html


def test_the_next_towns_page_does_not_show_them(cast: Cast, client: Client) -> None:
    released(cast)
    assert "还没有公布数据" in client.get("/baishi/figures/").content.decode()
    assert client.get("/baishi/figures/?month=2025-06").status_code == 404


def test_a_month_that_is_not_out_is_not_there(cast: Cast, client: Client) -> None:
    released(cast)
    assert client.get("/qingxi/figures/?month=2025-07").status_code == 404
    assert client.get("/qingxi/figures/?month=2025-06").status_code == 200


def test_the_page_is_cheap_and_a_second_visit_cheaper(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    released(cast)
    with django_assert_max_num_queries(5):
        tag = client.get("/qingxi/figures/").headers["ETag"]
    with django_assert_max_num_queries(3):
        assert client.get("/qingxi/figures/", headers={"If-None-Match": tag}).status_code == 304


def test_the_home_page_says_last_month_in_words_that_hold_when_counts_are_withheld(
    cast: Cast, client: Client
) -> None:
    released(cast, open_overdue=2, replied_in_time=Share(20, 22))
    html = client.get("/qingxi/").content.decode()
    assert "有超过期限还没有答复的，件数没有单列" in html and "未公布" not in html
    assert 'href="/qingxi/figures/"' in html


def test_the_home_page_tells_zero_overdue_as_zero(cast: Cast, client: Client) -> None:
    released(cast, open_overdue=0, replied_overdue=0, replied_in_time=Share(20, 20))
    assert "超过期限还没有答复的 0 件" in client.get("/qingxi/").content.decode()
