"""What a sentence says of itself: its own words → kinds, where its heading leaves it open or says nothing."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from huiying.playbook.reading.parts import ReadKind as K

_POSTS = (
    r"(?:(?:常务)?副?(?:总指挥|指挥长|指挥|组长|主任|队长|站长|处长|局长|会长|主席)(?:单位)?|第一责任人|"
    r"责任人|组员|成员(?:单位)?|秘书长|联络员|召集人|牵头(?:单位|部门))"
)
_ROLE_LABEL = re.compile(
    rf"[-–—•·\s]*(?:[^，。；：\n]{{0,12}}?)?{_POSTS}[（(]?[^，。；：\n（(]{{0,6}}[)）]?\s?[：:\t]"
)
_DUTY_LABEL = re.compile(
    r"[-–—•·\s]*(?:(?:主要|具体|工作|其)?(?:职责|任务)(?:任务|分工)?|"
    r"[^，。；：\n]{1,14}(?:的)?(?:主要)?职责)(?:[：:]|(?:主要)?(?:包括|是|为|有|如下))"
)
_LEVEL_LABEL = re.compile(
    r"[\s（(]*(?:(?:特别重大|重大|较大|一般)(?:突发)?(?:[^，。：]{0,8}(?:事件|事故|灾害|险情|舆情))?|"
    r"[红橙黄蓝]色?(?:预警|响应|级别|等级)?"
    r"|[ⅠⅡⅢⅣ一二三四1-4IV]{1,3}级[^，。：；]{0,12})\s?[（(]?[^，。：；）)]{0,12}[)）]?[：:\t]"
)
_ELSEWHERE = re.compile(
    r"^[^。，]{0,30}(?:详?见|参见|参照)(?=[第附本《总下上表图前后\d])[^。，]{0,24}。?$|^(?:执行|参照|"
    r"按照?)《[^》]+》[^。，]{0,8}。?$|^（?见附件[^。]{0,12}）?。?$"
)
_IN_FORCE = re.compile(
    r"自[^。，]{1,16}(?:起|之日)[^。，]{0,6}(?:实施|施行|生效|执行)|同时废止|负责解释|解释权"
)
_EXHORTS = re.compile(r"认真贯彻|贯彻落实|高度重视|组织领导|切实加强领导")
_OWN: tuple[tuple[K, str], ...] = (
    (K.END_CRITERION, r"(?:终止|结束|解除|撤销)(?:本次|该)?(?:[^。，；]{0,4})?(?:应急|响应|状态|预案)|应急(?:响应|处置|"
        r"救援|行动)*(?:终止|结束|解除)(?!后|之后|时)"),
    (K.REVISION, r"本(?:预案|制度|方案|办法|规定)[^。]{0,24}(?:实施|施行|生效|解释|修订|废止|备案|执行)|(?:修订|修改|"
        r"更新)[^。，]{0,14}(?:预案|制度|方案)|预案[^。，]{0,16}(?:修订|更新|修改|废止|备案|抄送|报批|印发)|"
        r"(?:及时|适时|定期)修订|(?:持续|不断|定期)[^。，]{0,10}(?:改进|完善|评估)[^。]{0,12}预案"),
    (K.ACCOUNTABILITY, r"追究|问责|追责|(?:给予|予以)[^。，]{0,8}(?:表彰|奖励|处分|处罚)|奖惩|责任追究制"),
    (K.FUNDS, r"(?:专项|应急|工作|所需)?(?:资金|经费)|财政|预算|费用"),
    (K.TRAINING, r"进行(?:分类)?培训|培训(?:内容|方式|对象|课程|目标)"),
    (K.DRILL, r"演练|演习|检验[^。，]{0,10}预案"),
    (K.TRAINING, r"培训|宣传(?:教育|普及|活动)|普及|科普"),
    (K.WATCH, r"(?:24|二十四)小时[^。]{0,8}(?:值班|值守|在岗|待命)|值班制度|(?:昼夜|轮流|专人)值(?:班|守)"),
    (K.LEVEL, r"分为[^。]{0,40}(?:[一二三四]|\d)[个]?(?:级|等)|[ⅠⅡⅢⅣ]级|[红橙黄蓝]色预警|(?:一|二|三|"
        r"四)级(?:响应|预警)|特别重大、重大|为[^。，]{0,6}(?:特别重大|重大|较大|一般)(?:突发)?(?:事件|事故)"),
    (K.PRINCIPLE, r"^.{0,14}原则(?:[：，。]|$)|应(?:当)?(?:基于|遵循|坚持)|(?:坚持|遵循|贯彻|按照)[^。]{0,40}原则"),
    (K.SCOPE, r"适用(?:于|范围)"),
    (K.DEFINITION, r"是指|本预案所称|指的是|(?:具有|呈现)[^。]{0,10}(?:性|特点)"),
    (K.ROLE, rf"(?:由|任|担任|兼任|为)[^。；]{{0,40}}(?:任|担任|兼任|为){_POSTS}|^{_POSTS}由|(?:任|担任|兼任|"
        rf"为){_POSTS}(?:[，；。（]|$)"),
    (K.TEAM, r"^[^。，]{0,20}(?:成立|设立|组建|下设|设)[^。，]{0,30}(?:组|部|办公室|机构|中心|队)|"
        r"由[^。]{2,60}组成|下设|成立[^。，]{0,20}(?:小组|指挥部|机构|指挥机构)|设立[^。，]{0,20}(?:小组|"
        r"指挥部|机构|办公室)|办公室设在"),
    (K.PURPOSE, r"制定本?(?:预案|制度|方案|办法|应急)|旨在|(?:目的|目标)(?:是|在于|为)|^为(?:了)?[^。，]{2,40}，"),
    (K.LEGAL_BASIS, r"(?:根据|依据|依照|按照)[^。]{0,20}《[^》]{2,40}》|法律法规"),
    (K.EVALUATION, r"总结|评估|复盘|评价|事后分析|吸取教训|调查报告"),
    (K.INFORMATION, r"(?:发布|公布|公开)[^。，]{0,14}(?:信息|消息|情况|结果)|新闻(?:发布会|通稿|发言人|媒体)|向(?:社会|"
        r"公众|媒体)[^。，]{0,14}(?:公布|发布|公开|通报)|信息发布|舆论引导|炒作"),
    (K.REPORTING, r"(?:向|报)[^。，；]{0,20}(?:报告|上报|报送|汇报)|报告内容|报告后|反馈给|(?:续报|首报|初报|终报)|"
        r"(?:迟报|瞒报|漏报)|\d+(?:分钟|小时)内[^。]{0,16}(?:报告|上报|报送)"),
    (K.AFTERCARE, r"善后|安置|补偿|赔偿|救助|抚慰|恢复(?:生产|秩序|正常|受|供)|重建|修复|整改|化解|疏导和安抚"),
    (K.WARNING, r"预警|监测|排查|苗头|预测|隐患排查|信息收集"),
    (K.RISK, r"可能(?:会)?(?:导致|引发|造成|发生|出现|影响)|风险|危害|后果|原因引起|影响因素|产生[^。，]{0,14}影响"),
    (K.DUTY, r"^[^。，：]{0,20}(?:：|是|要)?负责|职责|承担"),
    (K.RESOURCE, r"储备|配备|物资|装备|设备|器材|车辆|队伍|药品|设施|场所"),
    (K.STEP, r"立即|迅速|及时|赶赴|疏散|启动|组织|协调|通知|确保|封锁|转移|救治|控制"),
)  # fmt: skip
_TABLE = tuple((kind, re.compile(pattern)) for kind, pattern in _OWN)
READ_AT_MOST = 600


def is_role_line(text: str) -> bool:
    """Whether the text begins with a post and a colon: 组长：…"""
    return bool(_ROLE_LABEL.match(text, 0, 60))


def is_duty_line(text: str) -> bool:
    """Whether the text begins with the word for duties: 主要职责：…"""
    return bool(_DUTY_LABEL.match(text, 0, 60))


def is_level_line(text: str) -> bool:
    """Whether the text begins with a level and a colon: 红色预警：… or Ⅰ级：…"""
    return bool(_LEVEL_LABEL.match(text, 0, 60))


@lru_cache(maxsize=2048)
def kinds_by_words(text: str) -> tuple[K, ...]:
    """The kinds that the words of a clause speak for, the surest first; sentences of other kinds may follow."""
    return tuple(_spoken_for(text[:READ_AT_MOST]))


def _spoken_for(text: str) -> Iterator[K]:
    return (kind for kind, pattern in _TABLE if pattern.search(text))


def first_among(text: str, allowed: Collection[K]) -> K | None:
    """The surest of the allowed kinds that the words speak for, or None."""
    return next((kind for kind in kinds_by_words(text) if kind in allowed), None)


def speaks_of_documents(text: str) -> bool:
    """Whether the words only point to another document, or say since when this one is in force and who explains it."""
    return bool(_ELSEWHERE.search(text[:READ_AT_MOST]) or _IN_FORCE.search(text[:READ_AT_MOST]))


def exhorts(text: str) -> bool:
    """Whether the words only admonish in general."""
    return bool(_EXHORTS.search(text[:READ_AT_MOST]))
