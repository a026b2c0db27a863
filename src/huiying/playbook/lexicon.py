"""What no plan of ours may order, and what to write instead. The rows follow the product's list of refusals.

Patterns are held against each sentence part (between 。；，： and line ends) of each clause, spaces removed.
A part that itself forbids the thing ("不拦截", "不得登记参与者身份") is no hit, unless the row says that
forbidding is the very fault (forbidding people to petition).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Hit, Severity
from huiying.playbook.folding import folded
from huiying.rules.words import N_

_PETITIONERS = (
    "(?:信访人|上访|来访|访民|诉求人|群众|参与者|参与人员|聚集|当事人|学生|村民|居民|业主|职工|商户)"
)
_LISTED = "(?:参与者|参与人员|聚集人员|上访人员|上访群众|来访群众|来访人员|信访人员?|访民)"
_VIA = "[^。；，：]{0,10}"
_SOON = "[^。；，：]{0,6}"


@dataclass(frozen=True, slots=True)
class ForbiddenThing:
    """One thing not to be ordered: how it is recognised, why not, and the alternative."""

    id: str
    severity: Severity
    pattern: re.Pattern[str]
    reason: str
    practice: str
    instead: str
    negation_excuses: bool = True


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_STOP = "(?:拦截|拦阻|阻拦|拦访|堵截|带离|扣留|遣送|看管)"
_GOING = "(?:上访|越级信访|越级走访|集体走访|进京|赴省|集访)"

FORBIDDEN: tuple[ForbiddenThing, ...] = (
    ForbiddenThing(
        "forbidden-restraint",
        Severity.ERROR,
        _either(
            "截访|劝返|接返|遣返|稳控|驱散|驱离|清场",
            f"{_STOP}{_VIA}{_PETITIONERS}",
            f"(?:控制|管控|强制)(?:住|好)?(?:现场|在场|涉事)?(?:人员|{_PETITIONERS})",
            f"(?:将|把|对){_PETITIONERS}{_VIA}(?:{_STOP}|控制住|管控)",
        ),
        N_("“{name}”要求限制、拦截或带离前来反映诉求的人。"),
        N_("信访工作条例第18条；突发事件应对法第10条"),
        N_("改为现场接待：倾听、解释、记下诉求，提供饮水、遮阳和医疗，保持出口和救援通道畅通。"),
    ),
    ForbiddenThing(
        "forbidden-petition-ban",
        Severity.ERROR,
        _either(
            f"(?:禁止|严禁|不准|杜绝|防止|避免)(?:(?![阻拦截限扣压报堵])[^。；，：]){{0,6}}{_GOING}",
            "不得(?:越级|集体|重复|多次)?(?:上访|信访|走访|集访)(?!人|事项|工作|部门)",
        ),
        N_("“{name}”禁止或防止人们提出诉求。"),
        N_("信访工作条例第17条、第18条"),
        N_("改为防止问题本身：写明欠办的职责、责任人和期限。"),
        negation_excuses=False,
    ),
    ForbiddenThing(
        "forbidden-petition-limit",
        Severity.ERROR,
        _either(
            f"(?:劝阻|阻止|制止|控制|减少|压降){_SOON}(?:{_GOING}|集会|信访量|信访总量)",
            f"(?:关闭|暂停|停止|限制|减少|中止){_SOON}(?:接待|信访|受理|渠道|窗口|热线)",
            "(?:信访量|上访量|集访量|信访总量)[^。；，：]{0,8}(?:下降|减少|压降|归零|零增长|考核|排名)",
        ),
        N_("“{name}”限制反映诉求的渠道，或把诉求数量当作过错。"),
        N_("信访工作条例第17条、第18条"),
        N_("改为增加接待力量、保持渠道畅通；衡量未答复的诉求和逾期的职责，不衡量信访数量。"),
    ),
    ForbiddenThing(
        "forbidden-roster",
        Severity.ERROR,
        _either(
            f"{_LISTED}(?:身份)?(?:信息)?的?(?:名单|花名册|名册|台账|底数|档案)",
            f"(?:登记|记录|收集|采集|统计|汇总|摸清|拍摄|录像){_VIA}(?:参与者|参与人员|聚集人员|上访人员|组织者)",
            f"(?:登记|记录|收集|采集|拍摄){_VIA}(?:在场|现场)人员的?(?:身份|姓名|信息|面貌)",
            "挑头|骨干分子|幕后(?:指使|操纵|组织)|牵头闹",
        ),
        N_("“{name}”要求编制参加者名单或追查谁在参加。"),
        N_("个人信息保护法第6条；突发事件应对法第83条至第85条"),
        N_("改为只估计人数以安排饮水、医疗和出口；仅登记自愿署名的代表（不超过五名）。"),
    ),
    ForbiddenThing(
        "forbidden-watching",
        Severity.ERROR,
        _either(
            f"(?:监控|监测|监视|盯防|盯守|布控|摸排|巡查){_VIA}(?:人员|{_PETITIONERS}|账号|言论|群聊|微信|微博|朋友圈|手机)",
            f"(?:掌握|排查|研判|跟踪|关注){_VIA}(?:动向|行踪|思想动态|账号|言论|苗头)",
            f"(?:预测|预判|研判){_VIA}(?:上访|聚集|集访|信访人)",
            "舆情监[测控]|网络巡查|网上巡查|网络监控|巡网|网情监|信息员队伍|耳目|线人",
        ),
        N_("“{name}”要求监测人、账号或言论。"),
        N_("个人信息保护法第6条、第13条"),
        N_("改为公众提问台：只汇集人们主动提交的事项、热线主题和媒体询问；监督的是各单位的逾期职责。"),
    ),
    ForbiddenThing(
        "forbidden-identity-check",
        Severity.ERROR,
        _either(
            "(?:查验|核查|检查|盘查|采集|扫描)[^。；，：]{0,8}(?:身份|人脸|指纹)",
            "人脸识别|查身份证|(?:行动|活动|行踪)轨迹|手机定位|定位手机",
        ),
        N_("“{name}”要求查验或采集在场人员的身份。"),
        N_("突发事件应对法第74条的措施属于有权机关；个人信息保护法第6条"),
        N_("删去本条；有权机关依法采取的措施只记录依据、批准人和结束时间，不记录被采取措施的人。"),
    ),
    ForbiddenThing(
        "forbidden-silencing",
        Severity.ERROR,
        _either(
            "(?:删除|封堵|屏蔽|封禁|封停|下架|压制|清理|冲淡|稀释)"
            "[^。；，：]{0,8}(?:帖|评论|言论|账号|谣言|负面|文章|视频|舆情|有害信息|网上信息)",
            "删帖|沉帖|控评|水军|网评员|跟帖|正面引导|舆论引导|舆情引导|引导舆论|引导舆情|恶意炒作|封口",
        ),
        N_("“{name}”要求删除、压低或引导他人的言论。"),
        N_("政府信息公开条例第6条；国办发〔2016〕61号"),
        N_("改为在规定时限内发布署名、有出处的事实，公开更正自己的错误，解决属实的投诉。"),
    ),
    ForbiddenThing(
        "forbidden-unmasking",
        Severity.ERROR,
        _either(
            "(?:追查|查找|查明|溯源|追踪|锁定|倒查)[^。；，：]{0,8}(?:匿名|发帖人|举报人|来源|爆料人|反映人|IP|ip)",
            "核实[^。；，：]{0,6}(?:匿名人|匿名者|发帖人|举报人|反映人)(?:的?真?实?身份)?",
        ),
        N_("“{name}”要求查明匿名反映人是谁。"),
        N_("信访工作条例第18条、第30条"),
        N_("改为核实所反映的事项是否属实，不核实反映人是谁；匿名事项照常登记办理。"),
    ),
    ForbiddenThing(
        "forbidden-labelling",
        Severity.ERROR,
        _either(
            "重点(?:人员|人群|群体|人头|上访人|信访人)|老上访|缠访|闹访|非正常上访|异常上访|个体极端|极端上访",
            f"{_PETITIONERS}{_SOON}(?:评分|打分|积分|画像|风险等级)",
            "人物画像|黑名单|信用惩戒|无理取闹|别有用心",
        ),
        N_("“{name}”给人贴标签、评分或分级。"),
        N_("个人信息保护法第24条；信访工作条例第18条"),
        N_("改为描述情况（有人处于危险、需要翻译、联名反映），不描述人。"),
    ),
    ForbiddenThing(
        "discouraged-calming",
        Severity.WARNING,
        _either("(?:稳定|安抚|平复|消除|疏导|管理)[^。；，：]{0,6}(?:情绪|心态)", "思想工作|情绪稳定"),
        N_("“{name}”把人的情绪当作工作目标。"),
        N_("以人的福祉为目的，而不是安静"),
        N_("改为提供自愿、保密的心理支持，由独立专业人员进行，不作为任何条件。"),
    ),
)

_SPACES = re.compile(r"[ \t\u3000\u200b-\u200f\u2060]")
_PARTS = re.compile(r"[。；，：！？!?;,:\n]+")
_PROHIBITION = re.compile(
    r"(?:不得|禁止|严禁|绝不|决不|不准|不应|不可|不要|从不|不再|不予|不做|不设|不建|不作|不以|不把|不将|不拿|不因|无权)"
    r"(?!不|漏|遗漏|放过|放松|延误|迟|缺|少)"
)
_DOUBLE_NEGATIONS = ("不得不", "不能不", "不可不", "不应不", "无不", "莫不")


def parts(sentence: str) -> Iterator[str]:
    """The parts of a sentence, spaces removed; read with and without its line breaks, so that none hides a word."""
    joined = _SPACES.sub("", folded(sentence))
    for reading in dict.fromkeys((joined, joined.replace("\n", ""))):
        yield from filter(None, _PARTS.split(reading))


def orders(thing: ForbiddenThing, sentence: str) -> str | None:
    """The words of the sentence that order the thing, or None where it does not, or forbids it."""
    for part in parts(sentence):
        for match in thing.pattern.finditer(part):
            if not (thing.negation_excuses and _forbids(part, match.start())):
                return match[0]
    return None


def _forbids(part: str, start: int) -> bool:
    """Say whether the words before the match forbid it: "不" right before it, or a prohibition earlier in the part."""
    before = part[:start]
    denied = before.endswith(("不", "没有")) and not before.endswith(_DOUBLE_NEGATIONS)
    return denied or _PROHIBITION.search(before) is not None


def hits(thing: ForbiddenThing, doc: PlanDocument) -> Iterator[Hit]:
    """Every clause that orders the thing, with the words that do."""
    for clause in doc.clauses():
        found = next((words for text in clause.sentences() if (words := orders(thing, text))), None)
        if found:
            yield Hit(clause.id, found)
