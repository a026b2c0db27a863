"""Lines that hold many paragraphs: where a heading ends and its text begins, and where one sentence ends."""

import re

from huiying.playbook.reading.headings import meaning
from huiying.playbook.reading.sentences import ROLE_LABEL

LONGEST_TITLE = 22
LONGEST_SURE = 12
_ENDS = (
    "机构|机制|体系|分工|分级|程序|措施|流程|原则|职责|目的|目标|范围|依据|处置|终止|结束|总结|评估|"
    "落实|处理|保障|发布|响应|报告|下达|清理|"
    "培训|演练|框架|小组|办公室|指挥部|工作组|专家组|计划|要求|方案|配置|分析|收集|应对|救援|启动|预警|"
    "监测|预防|修订|管理|奖惩|追究|责任|附则|总则|"
    "术语|定义|背景|概述|引言|善后|恢复|重建|引导|维稳|疏散|救治|控制|解除|协调|联动|报送|编制|解释|"
    "实施|物资|资金|经费|队伍|通信|资源|步骤|清单|"
    "组织|架构|任务|标准|条件|内容|教育|宣传|整改|调查|排查|撤离|警戒|说明|名单|条款"
)
_TITLE_END = re.compile(f"(?:{_ENDS})")
_STARTERS = (
    "成立|设立|根据|按照|依据|为|本|在|各|由|当|一旦|对|发生|接到|负责|及时|迅速|立即|突发|事件|事故|"
    "灾害|险情|火灾|坚持|加强|建立|组长|副组长|总指挥|成员|主要|"
    "经|如|若|应当|全体|所有|定期|每|凡|指|是指|任何|相关|有关|我|学校|公司|单位|县|市|区|镇|村|"
    "街道|社区|[红橙黄蓝]色|[ⅠⅡⅢⅣ一二三四]级|组织(?!机构|体系|架构|框架)"
)
_STARTER = re.compile(f"(?:{_STARTERS})")
_GOES_ON = re.compile(
    r"[的和与及、，。：；或并等地得了应要须需可能由是有为在不已将向把被使让给从到至以]|"
    r"[后前时中内上下期](?=[，、的及间内需应各])|包括|工作|人员|小组|部门|机制|情况|结果|进行|结束|"
    r"方案|程序|计划|措施|体系|制度|信息|能力|网络|预案|要求|标准|过程|单位|中心|机构|办公室|任务|内容|方式|级别|责任|分工"
)
_NO_TITLE = re.compile(
    r"在|对|定期|根据|按照|由|为|各|及时|一旦|当|如|若|要|应|加强|做好|确保|负责|积极|建立|健全|完善|明确"
)
_SENTENCE_WORDS = re.compile(r"[0-9在须将把被]|(?<![响反供对])应(?![急对用变])")
_PEOPLE = re.compile(r"(?:小组|工作组|专家组|办公室|指挥部|机构)$")
_UNIT_LABEL = re.compile(r"[^，。；：、\s]{0,9}(?:部门|单位|局|办|处|科|中心|办公室|组|部|院|所|站)：")


def title_length(text: str, start: int, end: int, *, outer: bool, names: frozenset[str]) -> int:
    """How many characters from `start` are a heading that runs straight into its text; 0 where there is none.

    `outer` numberings (一、 （一）) nearly always carry a title, others only where its words are sure. `names` are the
    pairs of characters of the document's own title, with which its sentences like to begin.
    """
    window = text[start : min(end, start + LONGEST_TITLE + 14)]
    stop = re.search(r"[，。：；！？]", window)
    if stop and stop[0] == "：" and (before := _before_role(window, stop.start())):
        return before
    if not outer and (_NO_TITLE.match(window) or (stop and stop[0] == "：" and "职责" not in window)):
        return 0
    reach = min(stop.start() if stop else LONGEST_TITLE, LONGEST_TITLE)
    sure = {
        (found.start(), found.end()): _sureness(window, found.end(), outer=outer, names=names)
        for found in _TITLE_END.finditer(window, 0, reach)
    }
    best = max(sure.values(), default=0)
    return _longest(window, sure, best) if best else _repeated(window, reach)


def _longest(window: str, sure: dict[tuple[int, int], int], best: int) -> int:
    """The first of the surest ends, and on to words of titles that follow it at once: 响应 goes on to 响应终止."""
    length = min(end for (_, end), how in sure.items() if how == best)
    for (start, end), how in sorted(sure.items() if best == 1 else ()):
        if start == length and how == best and not _PEOPLE.search(window[:end]):
            length = end
    return length


def is_titled(text: str, start: int) -> bool:
    """Whether the words from here on are a known heading, alone or running into its text."""
    window = text[start : start + LONGEST_TITLE + 1]
    found = list(_TITLE_END.finditer(window))
    return any(meaning(window[: end.end()]).kinds for end in found) and not re.match(r"[，。：；]", window)


def _before_role(window: str, colon: int) -> int:
    """The title before a role line that follows at once: 领导小组组长：… has the title 领导小组."""
    role = ROLE_LABEL.search(window, 2, colon + 1)
    if role and role.end() == colon + 1:
        return role.start()
    return 0


def _sureness(window: str, length: int, *, outer: bool, names: frozenset[str]) -> int:
    """How much speaks for a title that ends here: its own words, and what the text behind it begins with."""
    title, rest = window[:length], window[length:]
    if len(rest) < 2 or length < 2 or (not outer and _PEOPLE.search(title)) or _SENTENCE_WORDS.search(title):
        return 0
    again = any(rest[:2] == title[i : i + 2] for i in range(length - 1))
    begins = again or bool(_STARTER.match(rest)) or rest[:2] in names or bool(_UNIT_LABEL.match(rest))
    begins |= title.endswith("职责") and not _GOES_ON.match(rest)
    if not begins and (_GOES_ON.match(rest) or not outer):
        return 0
    return bool(meaning(title).kinds) + 2 * (begins and length <= LONGEST_SURE)


def _repeated(window: str, reach: int) -> int:
    """A title whose words the sentence takes up again at once."""
    for length in range(2, min(reach, 12)):
        if window[length : length + 2] == window[length - 2 : length] and window[length : length + 2].strip():
            return length
    return 0
