"""What the columns of other systems are called, in Chinese (either script) and English; who speaks of the sender.

Senders' columns are known by their heading before anything else, and by what stands in them (telephone, identity
card, e-mail): whatever a map or a person says, such a column is never read into a petition.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from huiying.petitions.importing.parts import Part
from huiying.records.words import normal

_BLANKS = re.compile(r"[\s_\-:：()（）【】\[\]*＊.、/]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Whole headings, as `plain` writes them. The first part that knows a heading has it.
NAMES: dict[Part, frozenset[str]] = {
    Part.ID: _words(
        "编号 留言编号 信访编号 信访件编号 信件编号 来信编号 工单编号 工单号 受理编号 受理号 案件编号 案件号 事项编号"
        " 诉求编号 登记编号 登记号 流水号 单号 件号 id no number 编码 caseid casenumber caseno ticketid ticketnumber"
        " reference ref"
    ),
    Part.TITLE: _words(
        "标题 主题 题目 事由 概况 概要 摘要 留言主题 留言标题 信访标题 信件标题 来信标题 工单标题 诉求标题 案件标题"
        " 事项名称 问题标题 来电主题 title subject summary headline"
    ),
    Part.TEXT: _words(
        "内容 详情 正文 描述 留言详情 留言内容 信访内容 信件内容 反映内容 反映情况 反映问题 投诉内容 来信内容 来电内容"
        " 来访内容 诉求内容 工单内容 事项内容 问题描述 问题内容 事项描述 诉求描述 情况描述 主要内容 详细内容 具体内容"
        " 情况说明 内容描述 text content contents body message description details detail complaint petition narrative"
    ),
    Part.CLAIM: _words(
        "诉求 请求 要求 信访诉求 主要诉求 信访请求 诉求事项 请求事项 具体诉求 claim claims request requests demand"
        " demands ask"
    ),
    Part.PLACE: _words(
        "地点 属地 区域 问题属地 事发地 事发地点 事发地址 发生地 发生地点 发生地址 问题地点 问题地址 反映地点 所在地"
        " 所属区域 所属地区 所属乡镇 乡镇街道 区县 行政区划 地区 place location district area region"
    ),
    Part.RECEIVED_AT: _words(
        "时间 日期 留言时间 留言日期 来信时间 来信日期 信访时间 信访日期 登记时间 登记日期 提交时间 提交日期 投诉时间"
        " 投诉日期 反映时间 反映日期 来电时间 来电日期 来访时间 来访日期 创建时间 创建日期 收到时间 收到日期 收件时间"
        " 收件日期 接收时间 来件时间 来件日期 发布时间 发布日期 诉求时间 date time received receivedat receivedon"
        " receiveddate created createdat createddate submitted submittedat submitteddate datereceived"
    ),
    Part.REPLY: _words(
        "答复 回复 答复意见 答复内容 答复情况 回复内容 回复意见 处理意见 办理意见 办理结果 处理结果 办理情况 处理情况"
        " 反馈内容 反馈意见 官方回复 官方答复 reply response answer officialreply officialresponse"
    ),
    Part.REPLIED_AT: _words(
        "答复时间 答复日期 回复时间 回复日期 办结时间 办结日期 办理时间 办理日期 反馈时间 反馈日期 处理时间 处理日期"
        " 结案时间 结案日期 replied repliedat replydate replytime answeredat answerdate responsedate responsetime closedat"
        " dateclosed"
    ),
    Part.MATTER: _words(
        "类别 分类 领域 内容类别 内容分类 一级标签 一级分类 一级类别 问题类别 问题类型 问题分类 诉求类型 诉求类别"
        " 诉求分类 信访类别 事项类别 事项分类 category matter topic"
    ),
    Part.CHANNEL: _words(
        "渠道 来源 来件渠道 来件方式 信访形式 信访渠道 信访方式 来源渠道 诉求来源 诉求渠道 受理渠道 反映方式 反映渠道"
        " channel source"
    ),
    Part.OUTCOME: _words("结论 处理结论 办理结论 支持情况 是否支持 outcome conclusion"),
}

_PERSON = re.compile(
    "姓名|名字|昵称|网名|用户名|手机|电话|身份证|证件号|护照|住址|户籍|户口|邮箱|电子邮件|微信号|联系方式|联系地址|通讯地址|通信地址"
    "|openid|idcard|passport|phone|mobile|telephone|email|fullname|firstname|lastname|surname|nickname|username"
)
_PERSON_WHOLE = _words(
    "信访人 来信人 来访人 来电人 写信人 投诉人 反映人 举报人 诉求人 联系人 申请人 发件人 寄件人 留言人 留言者"
    " 留言用户 提交人 咨询人 求助人 市民 网民 网友 群众 用户 用户id 用户编号 会员 账号 帐号 账户 作者 微信 qq qq号"
    " 手机 电话 来电 来电号码 主叫号码 性别 年龄 民族 职业 学历 出生日期 出生年月 生日 政治面貌 工作单位 地址 邮编"
    " 邮件 ip ip地址 tel fax name sender user userid author account petitioner complainant caller customer client"
    " contact gender sex age birthday birthdate occupation address homeaddress ipaddress postcode"
)
# These speak of what was said on the telephone, not of whose it is.
_NOT_PERSON = re.compile("(内容|时间|日期|记录|主题|标题|摘要|次数|人数|件数|状态|类型|结果|满意度)$")
# Whoever handled it or is complained about: no sender. Their column is left out, but the words stay as they were said.
_OTHERS = re.compile(
    "^(被|承办|经办|办理|答复|回复|受理|登记|处理|审核|审批|主办|协办|责任)|staff|officer|handler|assignee"
)
# A district, an age, a trade may stand in the words for what they are about: only a whole address is blanked there.
_DESCRIBED = re.compile(
    "住址|户籍|户口|地址|邮编|性别|年龄|民族|职业|学历|出生|生日|政治|单位|address|postcode|gender|sex|^age|birth|occupation"
)

_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[\d*x]{8}|0\d{2,3}[- ]?\d{7,8}")
_CARD = re.compile(r"\d{6}[\d*]{8}[\d*]{3}[\dXx*]")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
HEADING_MAX = 60  # characters
SHARE = 0.5  # of the filled cells


class Person(StrEnum):
    """How a column speaks of the sender: by what they are called or reached at, or by what they are or where they live."""

    NAMED = "named"
    DESCRIBED = "described"


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading as it is compared: Simplified, without case, width, blanks and marks."""
    return _BLANKS.sub("", normal(heading))


def part_named(heading: str) -> Part | None:
    """The part that a heading names, or None; a sender's heading names none."""
    if person_named(heading):
        return None
    word = plain(heading)
    return next((part for part, names in NAMES.items() if word in names), None)


def person_named(heading: str) -> Person | None:
    """Whether a heading speaks of the sender."""
    word = plain(heading)
    if _NOT_PERSON.search(word) or _OTHERS.search(word):
        return None
    if word not in _PERSON_WHOLE and not _PERSON.search(word):
        return None
    return Person.DESCRIBED if _DESCRIBED.search(word) else Person.NAMED


def person_by_cells(cells: Sequence[str]) -> Person | None:
    """Whether most of the filled cells of a column are telephone numbers, identity cards or e-mail addresses."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    hits = sum(_is_personal(cell) for cell in filled)
    return Person.NAMED if filled and hits >= SHARE * len(filled) else None


def known(headings: Iterable[str]) -> int:
    """How many of these headings we understand: what tells the row of headings from a title above and rows below it.

    Headings are short and no sentences; what people write has telephones and replies in it too.
    """
    row = [heading.strip() for heading in headings]
    if any(len(heading) > HEADING_MAX or "。" in heading for heading in row):
        return 0
    return sum(part_named(heading) is not None or person_named(heading) is not None for heading in row)


def _is_personal(cell: str) -> bool:
    return any(pattern.fullmatch(cell) for pattern in (_PHONE, _CARD, _MAIL))
