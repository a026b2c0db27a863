"""Words of other systems for our own kinds: the field of a matter, the way it came, how the answer ended."""

from functools import lru_cache
from typing import TypeVar

from huiying.records.words import normal
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel
from huiying.rules.matters import Matter

T = TypeVar("T")

# The first row with a word that the cell contains; narrower words stand first.
_MATTERS: tuple[tuple[Matter, str], ...] = (
    (Matter.HOUSING, "住房 征收 拆迁 房产 安置 housing"),
    (Matter.LABOUR, "劳动 社保 社会保险 社会保障 人社 工资 欠薪 就业 labour labor employment"),
    (Matter.LAND, "土地 农业 农村 三农 林业 水利 国土 land agriculture"),
    (Matter.ENVIRONMENT, "环境 环保 生态 污染 environment"),
    (Matter.TRAFFIC, "交通 出行 公交 道路 traffic transport"),
    (Matter.WELFARE, "民政 救助 低保 养老 残疾 退役 welfare"),
    (Matter.HEALTH, "卫生 医疗 卫健 计生 健康 health"),
    (Matter.EDUCATION, "教育 文体 体育 文化 科技 education"),
    (Matter.COMMERCE, "商贸 旅游 市场 消费 金融 经济 commerce tourism"),
    (Matter.SAFETY, "公共安全 安全生产 公安 治安 消防 应急 safety"),
    (Matter.WORKS, "城乡建设 城建 建设 物业 市政 规划 城管 works"),
)
_CHANNELS: tuple[tuple[Channel, str], ...] = (
    (Channel.EMAIL, "电子邮件 邮箱 email e-mail"),
    (Channel.ONLINE, "网 微信 app 小程序 平台 online web"),
    (Channel.CALL, "电话 来电 热线 12345 call phone"),
    (Channel.HOME_VISIT, "下访 走访 上门"),
    (Channel.VISIT, "来访 走访 接访 visit"),
    (Channel.LETTER, "来信 信件 邮寄 信函 letter"),
)
_OUTCOMES: tuple[tuple[ClaimOutcome, str], ...] = (
    (ClaimOutcome.NOT_SUPPORTED, "不予支持 不支持 驳回 不属实 否 not_supported notsupported"),
    (ClaimOutcome.SUPPORTED, "支持 属实 解决 是 supported"),
)


@lru_cache(maxsize=4096)
def matter_said(cell: str) -> Matter | None:
    """The field that a cell names, by our own words first; None where it names none we know."""
    word = normal(cell).strip()
    for matter in Matter:
        if word in (normal(matter.label), matter.value):
            return matter
    return _first(_MATTERS, word)


@lru_cache(maxsize=4096)
def channel_said(cell: str) -> Channel:
    """The way a message came; what we do not know came with the import."""
    return _first(_CHANNELS, normal(cell)) or Channel.IMPORT


@lru_cache(maxsize=4096)
def outcome_said(cell: str) -> ClaimOutcome:
    """How an answer ended; what does not say explains (nothing is put in its mouth)."""
    return _first(_OUTCOMES, normal(cell)) or ClaimOutcome.EXPLAINED


def _first(rows: tuple[tuple[T, str], ...], word: str) -> T | None:
    return next((value for value, words in rows if any(each in word for each in words.split())), None)
