"""What everyone reads: the list, the page with its corrections, the feed, and cheap second visits."""

import feedparser
import pytest
from django.test import Client

from huiying.emergency import actions as emergency
from huiying.publishing import actions
from huiying.publishing.reasons import WithdrawReason
from huiying.publishing.selectors import next_update, notices_for_home
from tests.cast import Cast
from tests.rooms.publishing import scenes
from tests.rooms.publishing.scenes import later


def test_nothing_unpublished_and_nothing_of_the_next_town_is_shown(cast: Cast, client: Client) -> None:
    waiting = scenes.approved(cast)
    assert waiting.title not in client.get("/qingxi/notices/").content.decode()
    assert client.get(f"/qingxi/notices/{waiting.reference}/").status_code == 404
    out = scenes.published(cast)
    assert client.get(f"/qingxi/notices/{out.reference}/").status_code == 200
    assert client.get(f"/baishi/notices/{out.reference}/").status_code == 404
    assert client.get("/nowhere/notices/").status_code == 404


def test_an_empty_list_says_what_will_appear(cast: Cast, client: Client) -> None:
    assert "还没有发布过情况" in client.get("/qingxi/notices/").content.decode()


def test_a_notice_says_who_when_from_what_and_what_is_not_known(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast)
    html = client.get(f"/qingxi/notices/{notice.reference}/").content.decode()
    for words in (
        "青溪镇 村建办",
        "2025年6月3日 12:00",
        "村建办现场测量记录",
        "倾斜的原因还在核实",
        "请从南街绕行",
        "0571-0000 0003",
    ):
        assert words in html
    assert "青溪发布" not in html  # no member of staff by name


def test_the_corrected_text_stands_beside_the_new_one_with_the_reason(cast: Cast, client: Client) -> None:
    notice = scenes.corrected(cast)
    html = client.get(f"/qingxi/notices/{notice.reference}/").content.decode()
    assert "倾斜 11 厘米" in html and "倾斜 17 厘米" in html and "第一次测量读错了尺" in html
    assert "已更正" in client.get("/qingxi/notices/").content.decode()


def test_a_withdrawn_notice_keeps_its_page(cast: Cast, client: Client) -> None:
    notice = scenes.withdrawn(cast)
    html = client.get(f"/qingxi/notices/{notice.reference}/").content.decode()
    assert "这条信息已经撤下" in html and "围墙已经拆除" in html and "倾斜 11 厘米" in html


def test_a_text_withdrawn_for_naming_someone_is_gone_from_page_list_and_feed(
    cast: Cast, client: Client
) -> None:
    notice = scenes.published(cast)
    actions.notice_withdraw(
        notice=notice,
        reason=WithdrawReason.PERSONAL,
        remark="误写了姓名。",
        by=cast.press_officer,
        at=later(days=1),
    )
    for path in (f"{notice.reference}/", "", "feed.atom"):
        html = client.get(f"/qingxi/notices/{path}").content.decode()
        assert "倾斜 11 厘米" not in html and "北街三号院围墙险情" not in html


@pytest.mark.parametrize("path", ["", "feed.atom", "{reference}/"])
def test_a_second_visit_is_answered_without_a_page_until_something_changes(
    cast: Cast, client: Client, path: str
) -> None:
    notice = scenes.published(cast)
    address = f"/qingxi/notices/{path.format(reference=notice.reference)}"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    actions.notice_withdraw(
        notice=notice, reason=WithdrawReason.OVER, remark="已拆。", by=cast.press_officer, at=later(days=1)
    )
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_feed_is_sound_atom_and_a_correction_updates_its_entry(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast)
    before = feedparser.parse(client.get("/qingxi/notices/feed.atom").content)
    assert not before.bozo and before.version == "atom10" and before.feed.title == "青溪镇 情况发布"
    (entry,) = before.entries
    assert entry.link.endswith(f"/qingxi/notices/{notice.reference}/") and entry.author == "村建办"
    correction = actions.correction_propose(
        notice=notice,
        text=scenes.a_text(*notice.current.facts.all(), text="17 厘米。"),  # type: ignore[union-attr]
        reason="读错了尺。",
        by=cast.press_officer,
        at=later(hours=5),
    )
    actions.correction_approve(correction=correction, by=cast.leader, at=later(hours=6))
    (after,) = feedparser.parse(client.get("/qingxi/notices/feed.atom").content).entries
    assert after.id == entry.id and after.updated > entry.updated
    assert after.title.startswith("（已更正）") and "读错了尺。" in after.summary


def test_markup_in_a_notice_is_shown_as_words(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast)
    version = notice.current
    assert version is not None
    type(version).objects.filter(pk=version.pk).update(text="<script>alert(1)</script>")
    html = client.get(f"/qingxi/notices/{notice.reference}/").content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_odd_pages_of_the_list_are_harmless(cast: Cast, client: Client) -> None:
    for before in ("x", "9" * 40, "-1", "%00"):
        assert client.get(f"/qingxi/notices/?before={before}").status_code == 200


def test_the_next_update_is_shown_only_while_it_lies_ahead(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast, incident=scenes.running_incident(cast))
    assert next_update(notice, at=later(hours=5)) == later(hours=6)
    assert next_update(notice, at=later(hours=6)) is None
    for address in (f"/qingxi/notices/{notice.reference}/", "/qingxi/"):
        html = client.get(address).content.decode()  # long after the summer of 2025
        assert notice.title in html
        assert "下次更新" not in html and "下一次更新" not in html


def test_the_notice_of_a_running_incident_is_a_banner_and_a_week_after_its_end_a_link(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    notice = scenes.published(cast, incident=incident)
    plain = scenes.published(cast)
    home = notices_for_home(cast.qingxi, at=later(days=30))
    assert ([*home.urgent], [*home.others]) == ([notice], [plain])
    emergency.incident_end(
        incident=incident,
        grounds="围墙已拆。",
        criteria=[],
        despite="逐项说明。",
        by=cast.leader,
        at=later(days=1),
    )
    assert [*notices_for_home(cast.qingxi, at=later(days=6)).urgent] == [notice]
    home = notices_for_home(cast.qingxi, at=later(days=8))
    assert not home.urgent and set(home.others) == {notice, plain}
