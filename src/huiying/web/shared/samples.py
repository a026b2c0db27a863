"""Sample content for the component page: a made-up matter in no real place, no people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from huiying.records.clock import SHANGHAI


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of a computation."""

    on: date
    words: str


def everything(today: date) -> dict[str, Any]:
    """The context of the component page, with dates around today."""
    noon = datetime.combine(today, time(12, 5), tzinfo=SHANGHAI)
    return {
        "today": today,
        "now": noon,
        "soon": today + timedelta(days=6),
        "late": today - timedelta(days=3),
        "in_hours": noon + timedelta(hours=3, minutes=20),
        "counted": _counted(today),
        "journey": _journey(today),
        "events": _events(noon),
        "rows": _rows(today),
        "columns": _columns(),
        "name_cards": _name_cards(),
        "reasons": [("同一地点、同一诉求的事项", 7), ("其中已过答复期限", 3), ("最早一件登记至今", "52 天")],
    }


def _counted(today: date) -> list[CountedDay]:
    words = ["受理当天不计入", "第 1 天", "第 2 天", "周六，照常计入（自然日）", "到期"]
    return [CountedDay(today + timedelta(days=i), text) for i, text in enumerate(words)]


def _journey(today: date) -> list[dict[str, Any]]:
    return [
        {"state": "done", "name": "收到", "when": today - timedelta(days=20)},
        {"state": "done", "name": "登记", "when": today - timedelta(days=19), "article": "第22条"},
        {
            "state": "now",
            "name": "办理",
            "due": today + timedelta(days=6),
            "article": "第34条",
            "note": "水务站正在核实",
        },
        {"state": "next", "name": "答复", "article": "第32条"},
        {"state": "next", "name": "评价"},
    ]


def _events(noon: datetime) -> list[dict[str, Any]]:
    return [
        {"at": noon, "what": "已转水务站办理", "who": "信访办", "ours": True},
        {
            "at": noon - timedelta(days=1),
            "what": "决定受理",
            "who": "信访办",
            "ours": True,
            "text": "您会在 60 日内收到逐项答复。",
        },
        {
            "at": noon - timedelta(days=2),
            "what": "您提交了诉求",
            "text": "三号楼停水五天。",
            "files": [("#", "照片 1")],
        },
    ]


def _rows(today: date) -> list[dict[str, Any]]:
    return [
        {
            "ref": "XF-0007",
            "title": "三号楼停水五天，请查明原因并通知恢复时间",
            "state": "办理中",
            "tone": "active",
            "days": 6,
        },
        {
            "ref": "XF-0005",
            "title": "征收补偿款没有按协议日期到账",
            "state": "已逾期",
            "tone": "late",
            "days": -3,
        },
        {"ref": "XF-0002", "title": "路灯不亮", "state": "已办结", "tone": "done", "days": 20},
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": "编号", "key": "ref"},
        {"label": "诉求", "key": ""},
        {"label": "状态", "key": "state"},
        {"label": "期限", "key": "due"},
        {"label": "天数", "key": "", "number": True},
    ]


def _name_cards() -> list[dict[str, Any]]:
    return [
        {"value": "named", "label": "实名", "hint": "办理单位知道您是谁，可以直接联系您，也会给您书面答复。"},
        {
            "value": "confidential",
            "label": "保密",
            "hint": "只有信访办知道您是谁；办理单位看到的是隐去身份的内容。",
        },
        {"value": "anonymous", "label": "匿名", "hint": "谁也不知道您是谁。凭查询码看进展；码丢了无法找回。"},
    ]
