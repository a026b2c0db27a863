"""Web pages: the blocks a person reads become lines; scripts, menus and what is hidden do not."""

import pytest

from huiying.playbook.reading import sources


def lines(body: str, head: str = "") -> list[tuple[str, int]]:
    page = f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return [(line.text, line.heading) for line in sources.source_of(page.encode(), "预案.html").lines]


def texts(body: str) -> list[str]:
    return [text for text, _ in lines(body)]


def test_headings_give_their_depth_and_every_block_is_a_line() -> None:
    body = "<h1>应急预案</h1><div><h2>总则</h2><p>为及时<b>答复</b>群众。<p>制定<br>本预案</div>尾巴"

    assert lines(body) == [
        ("应急预案", 1),
        ("总则", 2),
        ("为及时答复群众。", 0),
        ("制定", 0),
        ("本预案", 0),
        ("尾巴", 0),
    ]


def test_scripts_styles_menus_and_hidden_parts_are_left_out() -> None:
    body = (
        "<nav>首页</nav><script>var a='脚本'</script><style>p{}</style><p style='display: none'>藏一</p><p hidden>藏二</p>"
        "<header>某网站</header><div role=navigation>栏目</div><p>正文在这里</p><aside>推荐</aside><footer>版权</footer>"
        "<!-- 注释 --><template>模板</template>"
    )

    assert texts(body) == ["正文在这里"]


def test_a_header_that_bears_the_title_is_kept() -> None:
    assert lines("<article><header><h1>应急预案</h1></header><p>正文</p></article>")[0] == ("应急预案", 1)


def test_entities_odd_blanks_and_line_ends_of_the_source_become_what_is_seen() -> None:
    assert texts("<p>&emsp;&emsp;为及时&nbsp;答复\n  群众&#12290;&lt;试行&gt;</p>") == [
        "为及时 答复群众。<试行>"
    ]


def test_table_rows_are_lines_and_tables_for_layout_are_seen_through() -> None:
    data = "<table><tr><th>级别</th><th>条件</th></tr><tr><td>一级<td><p>有人</p><p>死亡</p></table>"
    layout = f"<table><tr><td>左栏</td><td><h2>分级</h2>{data}</td></tr></table>"

    assert texts(layout) == ["左栏", "分级", "级别\t条件", "一级\t有人 死亡"]


@pytest.mark.parametrize(
    ("tag", "second"),
    [
        ("<ol>", "2. 登记"),
        ("<ol start=5>", "6. 登记"),
        ("<ol type=A>", "B. 登记"),
        ("<ol style='list-style-type: cjk-ideographic'>", "二、登记"),
        ("<ol reversed>", "1. 登记"),
        ("<ul>", "• 登记"),
    ],
)
def test_items_get_the_marker_that_the_page_draws(tag: str, second: str) -> None:
    assert texts(f"{tag}<li>接报<li>登记</ol>")[1] == second


def test_an_item_that_is_numbered_in_its_words_gets_no_second_number() -> None:
    assert texts("<ol><li>一、接报<li>（二）登记</ol>") == ["一、接报", "（二）登记"]


def test_the_reading_above_a_character_is_left_out() -> None:
    assert texts("<p><ruby>信<rp>(</rp><rt>xìn</rt><rp>)</rp></ruby>访</p>") == ["信访"]


def test_an_old_page_in_another_encoding_than_it_says_is_read() -> None:
    page = "<html><head><meta charset='utf-8'></head><body><p>为及时答复群众反映的问题，制定本预案。</p></body></html>"

    assert (
        sources.source_of(page.encode("gb18030"), "x").lines[0].text
        == "为及时答复群众反映的问题，制定本预案。"
    )


def test_a_copied_part_of_a_page_is_read_as_a_page() -> None:
    part = "<div class='x'><p>为及时答复群众，</p><p>制定本预案。</p></div>"

    assert [line.text for line in sources.source_of(part.encode(), "x").lines] == [
        "为及时答复群众，",
        "制定本预案。",
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<pre>组长：主任\n副组长：副主任</pre>") == ["组长：主任", "副组长：副主任"]
