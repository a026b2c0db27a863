"""What in a text may say who somebody is: patterns, a lexicon, and the names one brings. Proposals, never decisions.

信访工作条例 art. 30 and product rule: a confidential petition reaches a unit only as a copy without names, numbers and
addresses, confirmed by a person. Every hit says why it was found. Texts in Simplified or Traditional Chinese. Nothing is
stored here and nothing is remembered from one text to the next.
"""

# ruff: noqa: E501  (a pattern broken over lines cannot be compared with what it finds)

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.words import N_


class Trace(StrEnum):
    """What kind of trace of a person a hit is."""

    OWN_RECORD = "own_record"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    ACCOUNT = "account"
    CONTACT = "contact"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"
    STAFF = "staff"
    RARE = "rare"

    @property
    def label(self) -> str:
        """What was found, in Chinese."""
        return LABELS[self]

    @property
    def instead(self) -> str:
        """The words that are proposed in its place."""
        return INSTEAD[self]


LABELS = {
    Trace.OWN_RECORD: N_("与本人登记的信息相同"),
    Trace.PHONE: N_("像电话号码"),
    Trace.ID_NUMBER: N_("像身份证件号码"),
    Trace.ACCOUNT: N_("像银行账号或长号码"),
    Trace.CONTACT: N_("邮箱、微信、QQ 或网址"),
    Trace.PLATE: N_("像车牌号"),
    Trace.ADDRESS: N_("详细到门牌或户的地址"),
    Trace.NAME: N_("像人的姓名或称呼"),
    Trace.STAFF: N_("工作人员的姓名"),
    Trace.RARE: N_("只有少数人才有的身份或职务"),
}

# Written into the copy, so they stay as they are in every language.
INSTEAD = {
    Trace.OWN_RECORD: "〔已隐去〕",
    Trace.PHONE: "〔电话〕",
    Trace.ID_NUMBER: "〔证件号码〕",
    Trace.ACCOUNT: "〔号码〕",
    Trace.CONTACT: "〔联系方式〕",
    Trace.PLATE: "〔车牌〕",
    Trace.ADDRESS: "〔地址〕",
    Trace.NAME: "〔某人〕",
    Trace.STAFF: "〔工作人员〕",
    Trace.RARE: "〔身份〕",
}


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One place in a text: from, to (not counted), what was found there."""

    start: int
    end: int
    trace: Trace

    def words(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕"
    "罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵湛汪祁毛狄米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡"
    "凌霍虞万柯管卢莫房缪解应宗丁宣邓郁单洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段焦巴牧车侯全班秋仲伊宫宁仇栾甘厉祖武符刘景詹龙叶司黎薄印白蒲"
    "邰从卓蔺屠蒙池乔阴闻党翟谭贡劳姬申冉雍桑桂牛边燕冀尚农温庄晏柴瞿阎慕连茹习艾容向古易廖庾居衡步耿满匡国文寇广东欧沃利蔚越师巩聂勾敖"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴魏謝鄒蘇范魯韋馬湯羅畢鄔樂時傅齊賀顧黃蕭紀項閔賈婁顏鐘鄧單陸榮龔邱劉葉黎喬聞黨譚貢邊閻歐師鞏聶萬盧"
)
_CJK = "\u4e00-\u9fff"
# Words that end what somebody is called; with a surname before them they speak of one person.
_CALLED = "先生|女士|小姐|师傅|師傅|大爷|大爺|大妈|大媽|阿姨|叔叔|大叔|奶奶|爷爷|老师|老師|医生|醫生|主任|书记|書記|村长|村長|镇长|鎮長|局长|局長|科长|科長|经理|經理|老板|老闆|队长|隊長|校长|校長|某某|某"
_NUMBERS = "0-9０-９一二三四五六七八九十百零〇两"
_DIGIT = "[0-9０-９]"
_SEP = "[-－— ]?"
# A number typed in full-width letters is the same number.
_NARROW = {0x3000: " "} | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_ROADS = "路街巷弄道同村组組社里庄莊"  # the road stays in the copy, the door does not
_PART = "号楼|號樓|幢|栋|棟|单元|單元|号院|號院|层|層|室|户|戶"
_HOUSE = rf"[{_NUMBERS}A-Za-z]{{1,5}}(?:号楼|號樓|幢|栋|棟|单元|單元|室)(?:[{_NUMBERS}A-Za-z]{{1,5}}(?:{_PART}))*(?:[{_NUMBERS}]{{2,5}}(?![{_NUMBERS}年月日元块次个]))?"
_SELF = "我叫|本人叫|我是|本人|户主|戶主|姓名|名叫|我丈夫|我妻子|我父亲|我母亲|我儿子|我女儿|我孩子|我爱人"
_AFTER_A_NAME = r"[，,。；;、（(\s：:的是系在住和与與]"
_BEFORE_A_NAME = "和跟与與找对對被让讓由给給向叫问問、，。；：（"

# In the order in which they win where they overlap: what is certain first.
_PATTERNS: tuple[tuple[Trace, re.Pattern[str]], ...] = (
    (Trace.ID_NUMBER, re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{17}}[0-9０-９XxＸｘ](?!{_DIGIT})")),
    (Trace.ID_NUMBER, re.compile(r"(?:护照|護照|通行证|通行證|军官证|军人证|学号|學號|工号|工號|社保号|医保号)(?:号码|號碼|号|號)?[是为為:： ]{0,2}[A-Za-z0-9]{5,20}")),
    (Trace.PHONE, re.compile(rf"(?<!{_DIGIT})(?:\+?86{_SEP})?1[3-9]{_DIGIT}{_SEP}{_DIGIT}{{4}}{_SEP}{_DIGIT}{{4}}(?!{_DIGIT})")),
    (Trace.PHONE, re.compile(rf"(?<!{_DIGIT})0{_DIGIT}{{2,3}}[-－—) ]{_DIGIT}{{7,8}}(?!{_DIGIT})")),
    (Trace.PHONE, re.compile(r"(?:电话|電話|手机|手機|联系方式|聯繫方式|致电)[是为為号號码碼:： ]{0,4}[0-9０-９][-0-9０-９ ]{6,14}")),
    (Trace.CONTACT, re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    (Trace.CONTACT, re.compile(r"(?:微信|QQ|qq|抖音|微博|支付宝|支付寶)(?:号|號|账号|帳號)?[是为為:： ]{0,3}[A-Za-z0-9_-]{5,30}")),
    (Trace.CONTACT, re.compile(r"https?://[A-Za-z0-9./?&=_%#:~+-]{3,200}")),
    (Trace.ACCOUNT, re.compile(rf"(?<!{_DIGIT})(?:{_DIGIT}[ -]?){{15,18}}{_DIGIT}(?!{_DIGIT})")),
    (Trace.ACCOUNT, re.compile(r"(?:卡号|卡號|账号|帳號|户号|戶號|合同号|合同編號|房产证号|不动产权?证?号|案号)[是为為:： ]{0,3}[（(〔\[]?(?:[0-9]{4}[)）〕\]])?[\u4e00-\u9fff]{0,4}[A-Za-z0-9-]{2,24}[\u4e00-\u9fff]{0,2}[0-9]{0,8}号?")),
    (Trace.PLATE, re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])")),
    (Trace.ADDRESS, re.compile(rf"(?:(?<=[{_ROADS}])[{_NUMBERS}]{{1,5}}(?:号院?|號院?))?{_HOUSE}|(?<=[{_ROADS}])[{_NUMBERS}]{{1,5}}[号號]院?")),
    (Trace.NAME, re.compile(rf"(?:{_SELF})(?:是|为|為|叫)?[:： ]{{0,2}}(?P<name>[{_SURNAMES}](?:某{{1,2}}|[{_CJK}]{{1,2}}?))(?={_AFTER_A_NAME}|$)")),
    (Trace.NAME, re.compile(rf"[{_SURNAMES}]某{{1,2}}")),
    (Trace.NAME, re.compile(rf"(?:(?<![{_CJK}])|(?<=[{_BEFORE_A_NAME}]))[{_SURNAMES}][{_CJK}]{{0,2}}?(?=(?:{_CALLED}))")),
    (Trace.RARE, re.compile(rf"(?:唯一|仅有|僅有)的?[{_CJK}]{{1,10}}(?:户|戶|人|家|老师|医生|代表)")),
)  # fmt: skip


def hits(text: str, *, own: Iterable[str] = (), staff: Iterable[str] = ()) -> tuple[Hit, ...]:
    """Every trace found, in the order of the text and without overlaps.

    `own` are what the person left of themselves (name, telephone, address …), `staff` the lexicon of the body's own
    people. A text may still say who speaks through what only they know: that is for the person who confirms.
    """
    found = [*_own(text, own), *_patterns(text), *_listed(text, staff)]
    return _apart(found)


def remains(text: str, own: Iterable[str]) -> tuple[Hit, ...]:
    """What of the person's own record still stands in a copy that is meant to leave."""
    return _apart(list(_own(text, own)))


def copied(text: str, found: Iterable[Hit], kept: frozenset[int] = frozenset()) -> str:
    """The copy proposed: each hit replaced, but those whose place (start) is among `kept`."""
    parts, at = [], 0
    for hit in sorted(found):
        if hit.start in kept or hit.start < at:
            continue
        parts += [text[at : hit.start], hit.trace.instead]
        at = hit.end
    return "".join([*parts, text[at:]])


def own_terms(record: Mapping[str, str]) -> tuple[str, ...]:
    """What to look for of a vault record: each value whole, a given name alone, a number's last eight digits."""
    terms = []
    for field, value in record.items():
        whole = value.strip()
        terms.append(whole)
        if field == "name" and len(whole) >= 3 and all("\u4e00" <= ch <= "\u9fff" for ch in whole):
            terms.append(whole[-2:])
        if field == "phone":
            terms.append(re.sub(r"\D", "", whole))
    return tuple(dict.fromkeys(term for term in terms if len(term) >= 2))


def _own(text: str, own: Iterable[str]) -> Iterable[Hit]:
    text = text.translate(_NARROW)  # letter for letter: the places stay
    for term in (term.translate(_NARROW) for term in own):
        pattern = _spaced(term) if term.isascii() and any(ch.isdigit() for ch in term) else re.escape(term)
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Hit(match.start(), match.end(), Trace.OWN_RECORD)


def _spaced(number: str) -> str:
    """A number however its digits are parted."""
    return r"[-－— ]?".join(re.escape(ch) for ch in number if ch not in "-－— ")


def _patterns(text: str) -> Iterable[Hit]:
    for trace, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = next((key for key, value in match.groupdict().items() if value), None)
            start, end = match.span(name) if name else match.span()
            if start < end:
                yield Hit(start, end, trace)


def _listed(text: str, staff: Iterable[str]) -> Iterable[Hit]:
    for name in staff:
        if len(name) < 2:
            continue
        at = text.find(name)
        while at >= 0:
            yield Hit(at, at + len(name), Trace.STAFF)
            at = text.find(name, at + len(name))


def _apart(found: list[Hit]) -> tuple[Hit, ...]:
    """Of hits that overlap the earlier rule's stands, lengthened by nothing."""
    taken: list[Hit] = []
    held = bytearray(max((hit.end for hit in found), default=0))  # a letter each: every hit is looked at once
    for hit in found:
        if held.find(1, hit.start, hit.end) < 0:
            held[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            taken.append(hit)
    return tuple(sorted(taken))
