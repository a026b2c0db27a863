"""Figures and names inside a clause: time limits, quantities, laws with their dates, levels, who acts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from huiying.playbook.kinds import PostKind, ReportKind, ResponseLevel, TeamKind
from huiying.playbook.reading.marks import number_of
from huiying.playbook.reading.parts import ReadKind

_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3}|半)"
_LIMIT = re.compile(rf"({_NUMBER})个?(?:多)?(分钟|小时|天|日|个?工作日)(?:之)?(?:内|以内)")
_EVERY = re.compile(
    rf"每({_NUMBER})?个?(分钟|小时|天|日|月|季度|半年|年)(?:至少|不少于|组织|开展|进行|召开|报告|续报|"
    rf"一次|[^，。]{{0,8}}一次)"
)
_UNITS = {
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
}
_MONTHS = {"月": 1, "季度": 3, "半年": 6, "年": 12}
_COUNTED = (
    "台|套|件|个|只|辆|顶|箱|瓶|具|把|条|支|根|张|床|吨|公斤|千克|升|米|双|副|部|艘|架|名|人|份|袋|桶|盒|块|"
    "组|处|间|座"
)
_QUANTITY = re.compile(
    rf"([\u3400-\u9fffA-Za-z]{{2,16}}?)(?:（[^）]{{0,12}}）)"
    rf"?\s*[:：xX×\t ]?\s*(\d{{1,6}})\s*({_COUNTED})(?![\u3400-\u9fff]*以[上内])"
)
_LAW = re.compile(r"《([^《》]{2,60})》(?:（([^（）]{2,60})）)?")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:起)?(?:施行|实施|生效|起施行)")
_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "I": "I", "II": "II", "III": "III", "IV": "IV"}
_CHINESE = {"一": "I", "二": "II", "三": "III", "四": "IV", "1": "I", "2": "II", "3": "III", "4": "IV"}
_COLOURS = {"红": "I", "橙": "II", "黄": "III", "蓝": "IV"}
_WORDS = {"特别重大": "I", "重大": "II", "较大": "III", "一般": "IV"}
_LEVEL = re.compile(r"(Ⅰ|Ⅱ|Ⅲ|Ⅳ|I{1,3}|IV|[一二三四1-4])级|([红橙黄蓝])色|^[（(]?(特别重大|重大|较大|一般)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A thing kept ready, how many of it, and in which unit."""

    name: str
    count: int
    unit: str


def limit_of(text: str) -> timedelta | None:
    """The one time limit that the words give; none where they give none, or several."""
    found = {each for hit in _LIMIT.finditer(text[:2000]) if (each := _length(hit[1], hit[2]))}
    return found.pop() if len(found) == 1 else None


def _length(number: str, unit: str) -> timedelta | None:
    """Working days are no elapsed time and stay words."""
    if "工作" in unit:
        return None
    if number == "半":
        return _UNITS[unit] / 2
    return _UNITS[unit] * (2 if number == "两" else number_of(number)) or None


def months_of(text: str) -> int | None:
    """Every how many months something is owed, where the words say so."""
    found = _EVERY.search(text[:2000])
    if not found or found[2] not in _MONTHS:
        return None
    count = 1 if not found[1] else 2 if found[1] == "两" else number_of(found[1])
    months = 6 if found[1] == "半" and found[2] == "年" else count * _MONTHS[found[2]]
    return months if 1 <= months <= 60 else None


def every_of(text: str) -> timedelta | None:
    """Every how many minutes, hours or days something is repeated."""
    found = _EVERY.search(text[:2000])
    if not found or found[2] not in _UNITS:
        return None
    return _length(found[1] or "1", found[2])


def quantities_of(text: str) -> Iterator[Quantity]:
    """Each thing with a count: 帐篷20顶."""
    for hit in _QUANTITY.finditer(text[:2000]):
        yield Quantity(hit[1], int(hit[2]), hit[3])


def laws_of(text: str) -> Iterator[tuple[str, date | None]]:
    """Each title in 《》 and the day from which it is in force, where the brackets behind it say so."""
    for hit in _LAW.finditer(text[:4000]):
        yield hit[1], _in_force(hit[2] or "")


def _in_force(words: str) -> date | None:
    found = _DAY.search(words)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def level_of(text: str) -> ResponseLevel | None:
    """The level with which the words begin."""
    found = _LEVEL.search(text[:16])
    if not found or text[: found.start()].endswith("为"):
        return None
    named = found[1] or found[2] or found[3]
    value = _ROMAN.get(named) or _CHINESE.get(named) or _COLOURS.get(named) or _WORDS[named]
    return ResponseLevel(value)


_POSTS = (
    (PostKind.PRESS_OFFICER, r"宣传|新闻|信息发布|发言人|媒体|舆情"),
    (PostKind.LEGAL_ADVISER, r"法律|法务|司法|法治|律师"),
    (PostKind.LOGISTICS, r"后勤|物资|保障|财务|总务"),
    (PostKind.DUTY_OFFICER, r"值班|值守"),
    (PostKind.RECEPTION, r"接待|信访"),
    (PostKind.ADVISER, r"专家|顾问|心理"),
    (PostKind.SAFETY, r"安全|保卫|公安|消防|警戒"),
    (PostKind.LEADING_GROUP, r"总指挥|指挥长|组长|主任|领导"),
    (PostKind.UNIT_HEAD, r"负责人|成员单位|牵头"),
)
_TEAMS = (
    (TeamKind.HEADQUARTERS, r"指挥部|指挥中心"),
    (TeamKind.LEADING_GROUP, r"领导小组|领导机构|委员会"),
    (TeamKind.OFFICE, r"办公室|办事机构|秘书"),
)


def post_kind_of(label: str, team: str) -> PostKind:
    """The kind of post a role is filled from, by the words of its label and its team."""
    if re.search(r"总指挥|^组长|领导小组", label + team) and "成员" not in label:
        return PostKind.LEADING_GROUP if re.search(r"领导|指挥部", team) else _first_post(team + label)
    return _first_post(label + team)


def _first_post(words: str) -> PostKind:
    return next((kind for kind, pattern in _POSTS if re.search(pattern, words)), PostKind.OFFICER)


def team_kind_of(title: str) -> TeamKind:
    """What a team is for, by its name."""
    return next((kind for kind, pattern in _TEAMS if re.search(pattern, title)), TeamKind.WORKING_GROUP)


def report_kind_of(text: str) -> ReportKind | None:
    """Which report the words are about; none where they do not say that something is reported."""
    if re.search(r"终报|结案报告|总结报告|处置结束后[^。]{0,20}报告", text):
        return ReportKind.FINAL
    if "续报" in text and not re.search(r"首报|初报", text):
        return ReportKind.FOLLOW_UP
    return ReportKind.FIRST if re.search(r"报告|上报|报送|首报|初报", text) else None


def lacks_what_it_needs(kind: ReadKind, text: str) -> bool:
    """Whether a plan could not take the clause as it is: a level that names none, a law without its day."""
    if kind is ReadKind.LEVEL:
        return level_of(text) is None
    if kind is ReadKind.LEGAL_BASIS:
        laws = list(laws_of(text))
        return len(laws) != 1 or laws[0][1] is None
    return False
