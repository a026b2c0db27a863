"""The rules that make a clerk look twice read the text alone, and would rather let an advertisement pass."""

import pytest

from huiying.rules.spam import DoubtKind, doubts

PETITIONS = (
    "村口的水渠堵了两个月，请疏通。",
    "我在网上贷款被骗，对方说秒到账、低息优惠，让我加微信扫码，请查处。",
    "物业代办推广电信套餐，限时优惠，要求停止。",
    "路灯坏了",
    "请看照片 https://example.invalid/a.jpg 路面塌了，没有人管。",
    "没水！没水！没水！没水！没水！没水！没水！",
    "不给工资",
    "ཆུ་མེད།",
    "Street light broken",
)


@pytest.mark.parametrize("text", PETITIONS)
def test_what_people_ask_for_raises_no_doubt(text: str) -> None:
    assert doubts(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", DoubtKind.NO_WORDS),
        ("。。。 123 ！！", DoubtKind.NO_WORDS),
        ("https://example.invalid/x", DoubtKind.ONLY_LINKS),
        ("看 www.example.invalid/x http://example.invalid/y", DoubtKind.ONLY_LINKS),
        ("低息贷款秒到账，限时优惠，加微信私聊", DoubtKind.ADVERTISING),
        ("好好好好。" * 8, DoubtKind.ONE_REPEATED),
    ],
)
def test_each_doubt_has_its_reason(text: str, kind: DoubtKind) -> None:
    found = doubts(text)
    assert [doubt.kind for doubt in found] == [kind]
    assert found[0].kind.label
