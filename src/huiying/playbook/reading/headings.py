"""What the headings of Chinese plans stand for: words of a title → kinds of clause. One table for every kind of office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from huiying.playbook.reading.parts import ReadKind as K

_ROWS: tuple[tuple[K, str], ...] = (
    (K.OTHER, r"附件|附录|附图|附表|通讯录|通信录|联络表|联系(?:方式|电话|人|表|清单)|名单|目录|总结$(?<=^总结)|"
        r"附则|预案(?:的)?(?:管理|编制|备案|审批|衔接|实施|生效)|(?:实施|施行|生效|执行)(?:时间|日期)|(?<!名词)(?<!术语)解释|"
        r"结语|预案文[档本]|预案体系"),
    (K.SPECIAL, r"特殊(?:情[形况]|应用|场合|时期|规定|要求)|特别(?:情形|规定|情况)|增加的?条款|补充条款|其他情形"),
    (K.END_CRITERION, r"(?:应急|响应|处置|救援|应急响应|应急状态)(?:的)?(?:终止|结束|解除|关闭)|(?:终止|结束|"
        r"解除)(?:应急)?(?:响应|条件|程序|应急|状态)|终止与(?:解除|结束)"),
    (K.INCIDENT_TYPE, r"(?:突发)?(?:事件|事故|灾害|灾难|险情)(?:的)?(?:分类|类型|类别|种类)|分类(?=分级|与分级|和分级)"),
    (K.LEVEL, r"(?:预警|响应|事件|事故|灾害|险情)?(?:的)?(?:分级|级别|等级)(?:标准|划分|条件|响应标准)?(?!响应|"
        r"负责)|[红橙黄蓝]色(?:预警|响应)|分级(?=与|和|及|、|$)"),
    (K.PRINCIPLE, r"(?:工作|编制|处置|基本|应急|应对)?原则|指导思想|总体要求|工作要求|工作方针|基本要求"),
    (K.LEGAL_BASIS, r"(?:编制|制定|法律|政策)?依据|法律法规"),
    (K.FUNDS, r"资金|经费|财力|财政|费用|预算"),
    (K.RISK, r"(?:风险|危险源|危险性|隐患|危险)(?!监测)(?:分析|评估|防控|防范|排查|管控|识别|描述|辨识|事件描述|"
        r"评价)?|危害(?:程度)?|后果|影响因素|(?:发生)?原因|事[件故](?:特征|风险|描述)|脆弱性|形势分析"),
    (K.WARNING, r"(?:风险|隐患)监测|监测|预警|预测|预防|排查|防范|早期识别|舆情(?:收集|监测)"),
    (K.EVALUATION, r"总结评估|总结|复盘|(?:调查|效果|后果|应急|预案|工作|绩效)?(?:与|和)?评[估价](?:机制|总结)?|"
        r"事[件故]调查|调查(?=$|与|和|、)"),
    (K.REPORTING, r"(?:信息|事[件故]|情况|灾情|险情|疫情|应急|突发事件)?(?:的)?(?:报告|报送|上报|接报|速报|通报|"
        r"处理与报告)(?:程序|内容|时限|制度|流程|要求|机制|方式|与通报)?|接警|信息(?:接收|通报|传递|报告)"),
    (K.INFORMATION, r"(?:信息|新闻|消息)(?:的)?(?:发布|公开|通稿|报道)|新闻(?:宣传|发言|媒体)|舆情(?:应对|回应)|"
        r"宣传报道|媒体(?:应对|沟通)|回应(?:社会)?关切|公众沟通|公共沟通|对外(?:发布|宣传|"
        r"沟通)"),
    (K.DRILL, r"演练|演习"),
    (K.TRAINING, r"培训|宣传教育|宣教|宣传|教育|科普"),
    (K.ACCOUNTABILITY, r"责任追究|奖励?(?:与|和)?惩罚?|奖惩|奖励|惩处|问责|追责|责任与|表彰|考核|责任$"),
    (K.REVISION, r"修订|更新|修改|(?:改进|完善)(?=$|与|和)"),
    (K.AFTERCARE, r"善后|恢复|重建|后期|后续|安置|补偿|赔偿|抚恤|理赔|保险|整改|社会救助|灾后|事后(?!总结|评估|〇)"),
    (K.WATCH, r"值班|值守"),
    (K.DUTY, r"(?:主要|工作|岗位)?职责(?:分工|任务)?|(?:任务|责任|职能)分工|职能"),
    (K.TEAM, r"组织(?:机构|指挥|体系|架构|框架|领导|体制)+(?:框架)?|指挥(?:机构|体系|部|体制|中心)|(?:领导|办事|"
        r"工作|应急)机构|(?:领导|工作|处置|专家|行动|救援|保障|协调|指挥)?小?组(?:设置)?$|成员单位|办公室|"
        r"指挥部|(?:领导)?小组|专家(?:组|库)|指挥体制"),
    (K.RESOURCE, r"保障|物资|装备|器材|资源|队伍|通信|通讯|交通|运输|避难|场[所地]|医疗(?!救治|救护|救援)|医药|科技|"
        r"技术|人力|治安|后勤|储备|电力"),
    (K.DEFINITION, r"术语|定义|名词|释义|含义|概念|概述|特[点征]|简介"),
    (K.PURPOSE, r"(?:编制|制定|预案|工作)?(?:目的|目标|宗旨)|背景|意义|必要性|重要性|引言|前言|序言"),
    (K.SCOPE, r"(?:适用|使用)(?:范围|对象|区域)?|范围"),
    (K.RIGHT, r"权利|权益"),
    (K.STAKEHOLDER, r"(?:利益)?相关(?:方|者)|有关各方"),
    (K.STEP, r"医疗救|扩大应急|处置|处理|响应|救援|措施|程序|流程|行动|现场|指挥|协调|启动|疏散|疏导|救治|救护|"
        r"抢[险修]|控制|联动|转移|搜救|警戒|管制|指令|信息收集|清理|应对|环节|救助|撤离|灭火|步骤|"
        r"调查处理|舆论引导|维稳|干预|防护"),
)  # fmt: skip
_TABLE = tuple((kind, re.compile(pattern)) for kind, pattern in _ROWS)
_MANY_THINGS = re.compile(
    r"总则|附则|概述|^(?:应急)?保障(?:措施|机制|工作|条件)?$|后期(?:处置|处理)|预案管理|监督管理|^总结$|结语|"
    r"组织(?:机构|体系)|指挥体系|其他|注意事项|运行机制"
)
_DEFAULTS = (
    (re.compile("总则"), K.PURPOSE),
    (re.compile("注意事项"), K.OTHER),
    (re.compile("监督管理"), K.OTHER),
)
_ORDINAL_WORDS = re.compile(r"^[\s\d一二三四五六七八九十、.（）()第章节]+(?=\S)|[：:。\s]+$")
MOST = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for: its kinds in the order of its words; several, or `open`, lets the words below decide."""

    kinds: tuple[K, ...]
    open: bool

    @property
    def first(self) -> K | None:
        """The kind to fall back on."""
        return self.kinds[0] if self.kinds else None


@lru_cache(maxsize=4096)
def meaning(title: str) -> Meaning:
    """What a title stands for. A title that no row knows has no kind."""
    plain = _ORDINAL_WORDS.sub("", re.sub(r"[ \u3000]", "", title[: MOST * 2]))
    if len(plain) > MOST:
        return Meaning((), open=True)
    default = next((kind for pattern, kind in _DEFAULTS if pattern.search(plain)), None)
    found = sorted(_found(plain), key=lambda pair: pair[0])
    kinds = tuple(dict.fromkeys(kind for _, kind in found))
    kinds = _without_filler(kinds, plain)
    if default and default not in kinds:
        kinds = (default, *kinds)
    return Meaning(kinds, open=len(kinds) > 1 or bool(_MANY_THINGS.search(plain)))


def _found(title: str) -> Iterator[tuple[int, K]]:
    """Every kind with the place of its word; a word that one row has taken is gone for the rows below."""
    for kind, pattern in _TABLE:
        for hit in pattern.finditer(title):
            if hit[0]:
                yield hit.start(), kind
        title = pattern.sub(lambda hit: "〇" * len(hit[0]), title)


_FILLER = re.compile(r"(?:措施|程序|流程|步骤|应对|协调|指挥|处理|环节|控制|行动)")
_RESOURCE = next(pattern for kind, pattern in _TABLE if kind is K.RESOURCE)
_BODY_OF_PEOPLE = re.compile(r"(?:组|办公室|指挥部|中心|机构|委员会)$")


def _without_filler(kinds: tuple[K, ...], title: str) -> tuple[K, ...]:
    """Words such as 措施 and 程序 say nothing beside a word that does; a title that ends in 组 or 职责 says what it is."""
    if re.search(r"预案$|(?:应急|处置|工作|实施)方案$|管理(?:制度|办法)$", title):
        return ()
    if title.endswith("职责"):
        return (K.DUTY,) if not re.search(r"机构|体系|架构", title) else (K.TEAM, K.DUTY)
    if K.TEAM in kinds and _BODY_OF_PEOPLE.search(title):
        return (K.TEAM,)
    if len(kinds) > 1 and K.STEP in kinds and not _TABLE[-1][1].search(_FILLER.sub("", title)):
        kinds = tuple(kind for kind in kinds if kind is not K.STEP)
    if K.FUNDS in kinds and not _RESOURCE.search(title.replace("保障", "")):
        kinds = tuple(kind for kind in kinds if kind is not K.RESOURCE)
    if K.AFTERCARE in kinds and re.search(r"后期|善后", title):
        kinds = tuple(kind for kind in kinds if kind is not K.STEP)
    return kinds
