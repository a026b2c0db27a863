"""Whether a text speaks of self-harm, so that help is named at once. A table of phrases with reasons; nothing else.

It answers yes or no about one text and keeps nothing: no score, no grade, nothing about a person. A yes shows the
crisis line and calls the duty post; it never blocks and never changes how a matter is handled. Where it errs it shall
err towards showing the line, except for idioms that everybody uses, which would make it cry wolf.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row: a pattern and why it stands here."""

    pattern: str
    reason: str


# Both scripts are written out: this floor converts nothing. Patterns meet casefolded text without blanks between Han.
MEANT = (
    Phrase(r"自[杀殺盡尽縊缢戕残殘]", "the plain words"),
    Phrase(r"(?<![年减減])[轻輕]生(?![产產态態活育意命动動成根效物])", "the usual soft word"),
    Phrase(r"[寻尋]短[见見]|[寻尋]死|[觅覓]死", "an older soft word"),
    Phrase(r"不想活|不想再活|不活了|不要活了|活[够夠膩腻]了|没法活|沒法活|不愿活|不願活", "weary of life"),
    Phrase(r"活不下去|活着没意[思义]|活著沒意[思義]|活着没有意[思义]|活著沒有意[思義]", "sees no life ahead"),
    Phrase(r"(?<![猜联聯设設构構思料不])想死(?![你您我他她它者因亡])|想去死|[宁寧]可去死", "wishes to die"),
    Phrase(r"死了算了|不如死了|不如去死|不如一死|一死了之|一了百了", "death as the way out"),
    Phrase(r"[结結]束(自己的?|我的?|這條|这条)?生命|了[结結](自己|生命|此生|一生)", "to end one's life"),
    Phrase(r"死[给給]([你您]|[你您]们|[你您]們|他们|他們|大家)看|以死(明志|抗[争爭]|相逼|[证證])", "death as protest"),
    Phrase(r"(?<!玩火)自焚|同[归歸]于[尽盡]|同歸於盡", "a protest that kills"),
    Phrase(r"跳[楼樓]|跳河|跳江|跳海|跳[桥橋]|[卧臥][轨軌]|投河|投江|投井", "a named way"),
    Phrase(r"上吊(?![桥橋车車装裝顶頂灯燈篮籃绳繩物塔扇臂机機])", "a named way"),
    Phrase(r"割腕|[烧燒]炭自|喝(下|了|过|過)?(一瓶)?(农药|農藥|百草枯|敌敌畏|敵敵畏)|吞(了|下)?安眠[药藥]", "a named way"),
    Phrase(r"[写寫](了|好|下|好了)?[遗遺][书書]|[伤傷]害自己|自[残殘]", "preparations, self-injury"),
    Phrase(r"suicid(e|al)|\bkill(ing)? (myself|himself|herself|themselves)\b", "the plain English words"),
    Phrase(r"\b(end(ing)?|take|taking) (my|his|her) (own )?life\b|\bend it all\b", "to end one's life"),
    Phrase(r"\b(want|wish|going) to die\b|\bbetter off dead\b|\bwish i (was|were) dead\b", "wishes to die"),
    Phrase(r"\b(don'?t|do not) want to live\b|\bno reason to live\b|\bcan(no|')?t go on living\b", "sees no life ahead"),
    Phrase(r"\bself[- ]?harm(ing)?\b|\b(hurt|harm)(ing)? myself\b|\bcut(ting)? myself\b", "self-injury"),
)  # fmt: skip
# Taken out of the text before it is read; what stays may still say the thing.
NOT_MEANT = (
    Phrase(
        r"((?<!要)不要|(?<!想)不想|不[会會]|(?<!是)不是|并非|並非|[绝絕]不|[没沒]有?|[从從]未|[从從][没沒]有?)"
        r"(想[过過要]?|打算|要去?|去|企[图圖]|考[虑慮][过過]?|[说說][过過要]?|有[过過]?|[选選][择擇])?"
        r"(自[杀殺尽盡]|[轻輕]生|[寻尋]短[见見]|[寻尋]死|跳[楼樓]|跳河|上吊|割腕|自焚)",
        "says no: 没有自杀, 不会轻生; 要不要自杀 stays",
    ),
    Phrase(r"不想死(?![给給])", "wants to live"),
    Phrase(r"([预預]防|防止|防范|防範|[劝勸]阻)(.{0,4}?)(自[杀殺]|[轻輕]生|跳[楼樓])", "about prevention, as in school"),
    Phrase(r"自[杀殺](式|性的?[袭襲]|[预預]防|[干幹]预|率)", "自杀式 and the names of services and figures"),
    Phrase(r"跳[楼樓](价|價|[机機]|大?[甩拍][卖賣]|式|大?[减減降][价價]|大?促[销銷])", "跳楼价 is a sale"),
    Phrase(r"跳[河江海](里|裡|裏)?(去)?(游泳|洗澡|玩|救人|[抓捞撈]|[戏戲]水)", "swimming and rescuing"),
    Phrase(
        r"(企[业業]|公司|商[户戶]|店|[厂廠]|工[厂廠]|行[业業]|生意|[养養]殖|[鱼魚虾蝦猪豬牛羊鸡雞鸭鴨]|[树樹]|苗|庄稼|莊稼|花|草|作物)"
        r"[^，。；！？,.;!?\n]{0,6}?活不下去",
        "a shop or a tree that does not survive",
    ),
    Phrase(r"想死(你|您|我|他|她)", "想死你了: I miss you"),
    Phrase(
        r"[累笑气氣热熱冻凍饿餓困撑撐急烦煩吵臭疼痛羡羨爱愛恨吓嚇闷悶渴忙美乐樂][^，。！？,.!?\n]{0,2}?想死(我|人)",
        "a manner of speaking",
    ),
    Phrase(r"suicid(e|al) (bomb\w*|attack\w*|squad|prevention|hotline|rate\w*|doors?)", "about something else"),
    Phrase(r"(political|commercial|financial|economic|career) suicide", "a figure of speech"),
    Phrase(r"\b(not|never|isn'?t|wasn'?t|no longer) (feeling )?suicidal\b|\bnot suicide\b", "says no"),
    Phrase(r"\b(not|never) (going|want|wish) to (die|kill myself|harm myself|hurt myself)\b", "says no"),
    Phrase(
        r"\b(don'?t|do not|didn'?t|did not|won'?t|would never|will not)"
        r" (want to |wish to |plan to )?(die|kill myself|harm myself|hurt myself)\b",
        "says no",
    ),
    Phrase(r"\b(cut|hurt|cutting|hurting) myself (on|off|when|while|falling|lifting|at work)\b", "an accident"),
    Phrase(r"\bkill(ing)? myself laughing\b", "a manner of speaking"),
)  # fmt: skip

_HAN = "\u3400-\u9fff"
_GAPS = re.compile(f"(?<=[{_HAN}])[\\s\u200b-\u200d\u2060\ufeff·]+(?=[{_HAN}])")
_MEANT = re.compile("|".join(f"(?:{phrase.pattern})" for phrase in MEANT))
_NOT_MEANT = re.compile("|".join(f"(?:{phrase.pattern})" for phrase in NOT_MEANT))


def speaks_of_self_harm(*texts: str) -> bool:
    """Whether one of these texts speaks of self-harm, plans it or wishes to die, in Chinese or English."""
    return any(map(_speaks, texts))


def _speaks(text: str) -> bool:
    read = _GAPS.sub("", text.replace("’", "'").casefold())
    return bool(_MEANT.search(read)) and bool(_MEANT.search(_NOT_MEANT.sub("\n", read)))
