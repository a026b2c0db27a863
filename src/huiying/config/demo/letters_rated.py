"""Matters of the last whole quarter: answered, carried out or not, rated; one of them opened again on new facts.

Five of works are rated within that quarter, so that its sum can be read; one low rating was followed up.
"""

from huiying.config.demo import steps
from huiying.config.demo.letter import Answer, Letter, Way
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Confidentiality
from huiying.rules.matters import Matter, RatingScore

RATED = (
    Letter(
        key="manhole",
        way=Way.SETTLED,
        last_quarter=3,
        clock=(7, 55),
        title="少了一个井盖",
        text="供销社门口少了一个井盖。有人用树枝插着。",
        claims=("补上井盖",),
        matter=Matter.WORKS,
        category="drainage",
        where="供销社门口",
        how=Confidentiality.ANONYMOUS,
        register_after=0,
        decide_after=1,
        notify_after=1,
        answer_after=5,
        promised_within=10,
        answers=(
            Answer(
                ClaimOutcome.SUPPORTED,
                "井盖被货车压碎，碎片落入井内。",
                "当天围挡，三日内更换为防沉降井盖。",
                "《城镇排水与污水处理条例》第二十六条",
            ),
        ),
        rated=(RatingScore.SATISFIED, "快。"),
        then=(
            (2, steps.carries_out("7 号晚换好井盖，照片存档，编号 QX-PS-114。")),
            (3, steps.verifies("到现场看过，井盖平整。")),
        ),
    ),
    Letter(
        key="hall-key",
        way=Way.SETTLED,
        last_quarter=6,
        clock=(14, 5),
        title="村礼堂的钥匙没人管",
        text="想借礼堂办寿宴，会计说钥匙在主任那里，主任说在会计那里。跑了四趟。",
        claims=("明确谁管钥匙", "公布借用办法"),
        matter=Matter.EDUCATION,
        category="culture-sport",
        where="北坡村礼堂",
        name="寿长青",
        register_after=0,
        decide_after=2,
        notify_after=1,
        answer_after=8,
        promised_within=20,
        answers=(
            Answer(
                ClaimOutcome.SUPPORTED,
                "礼堂改造后没有移交，两人各有一把侧门钥匙，都没有正门的。",
                "即日起由村文书保管，电话贴在门上。",
                "《北坡村公共设施管理办法》第三条",
            ),
            Answer(
                ClaimOutcome.SUPPORTED,
                "没有成文的借用办法。",
                "二十日内写成一页，张贴并在村务公开栏公布。",
                "《北坡村公共设施管理办法》第七条",
            ),
        ),
        rated=(RatingScore.ACCEPTABLE, ""),
        then=(
            (2, steps.carries_out("文书的电话已贴在礼堂正门。", claim=1)),
            (2, steps.verifies("电话打得通。", claim=1, by="clerk")),
        ),
    ),
    Letter(
        key="footbridge",
        way=Way.SETTLED,
        last_quarter=9,
        title="步行桥的木板松了，踩上去会翻",
        text="新修的步行桥走了一个夏天，桥中间有五六块板子松了。孩子们觉得好玩，一蹦一跳地踩，我看着心惊。"
        "打过两次电话，第一次说登记了，第二次说没有登记。",
        claims=("换掉松动的木板",),
        matter=Matter.WORKS,
        category="roads-lighting",
        where="青溪步行桥",
        name="乔步云",
        register_after=0,
        decide_after=2,
        notify_after=2,
        answer_after=10,
        promised_within=15,
        answers=(
            Answer(
                ClaimOutcome.SUPPORTED,
                "桥面松动木板六块，螺栓锈断。",
                "十五日内全部换成不锈钢螺栓，换好之前设围栏。",
                "《步行桥维修保养合同》第五条",
            ),
        ),
        rated=(RatingScore.DISSATISFIED, "打了两次电话没人记，写信才有人管。"),
        then=(
            (
                4,
                steps.follows_up(
                    "第一次来电记在纸上没有录入。已改为接电话时当场登记并报编号；向村建办通报了桥的情况。"
                ),
            ),
            (1, steps.carries_out("六块木板的螺栓全部换过，围栏撤去。")),
            (2, steps.verifies("逐块踩过，不再松动。")),
        ),
    ),
    Letter(
        key="ditch",
        way=Way.SETTLED,
        last_quarter=12,
        title="路边沟没有盖板",
        text="从卫生院到菜场那段路，边沟八十公分深，没有盖板。老人推车走，一让车就要掉下去。",
        claims=("加盖板",),
        matter=Matter.WORKS,
        category="roads-lighting",
        where="卫生院至菜场路段",
        name="康步稳",
        register_after=0,
        decide_after=1,
        notify_after=2,
        answer_after=9,
        promised_within=35,
        answers=(
            Answer(
                ClaimOutcome.SUPPORTED,
                "该段边沟长 210 米，无盖板。",
                "分两段加盖预制板，三十五日内完成。",
                "《青溪镇村道养护计划》第 11 项",
            ),
        ),
        rated=(RatingScore.SATISFIED, ""),
        # Carried out by nobody: past its day, and supervision sees it.
    ),
    Letter(
        key="boundary-stone",
        way=Way.SETTLED,
        last_quarter=4,
        title="界石被挪动，两家都说是对方",
        text="我家和堂兄家的地以一块界石为准，去年犁地以后界石不在原处了。",
        claims=("请按登记的图把界石放回去",),
        matter=Matter.LAND,
        category="contracting",
        where="溪南村一组",
        name="邵地平",
        register_after=0,
        decide_after=2,
        notify_after=2,
        answer_after=8,
        answers=(
            Answer(
                ClaimOutcome.NOT_SUPPORTED,
                "按确权登记图测量，界石现在的位置与图相差 4 厘米，在允许误差以内。",
                "界石不动，双方在测量记录上签字。",
                "《农村土地承包经营权调查规程》5.4",
            ),
        ),
        then=(
            (8, steps.corrects("我找到 1999 年的老图，图上界石在水沟东边，现在在西边。")),
            (2, steps.reopens("信访人提供了 1999 年的土地图，与确权登记图不一致，需要重新测量。")),
            (0.1, steps.notes()),
            (
                9,
                steps.drafts(
                    Answer(
                        ClaimOutcome.SUPPORTED,
                        "水沟 2011 年改道，确权时以新沟为界；1999 年的图以老沟为界，老沟的基石尚在。",
                        "按老沟基石恢复界石，差 0.6 米，双方到场签字。",
                        "《农村土地承包经营权调查规程》5.2",
                    )
                ),
            ),
            (0.1, steps.submits()),
            (1, steps.approves()),
            (0.1, steps.sends()),
            (1, steps.reads()),
            (0.1, steps.rates(RatingScore.SATISFIED, "第二次量得很认真。")),
            (3, steps.carries_out("界石已按老沟基石恢复，双方签字。")),
        ),
        follow="重新办理，两次答复",
    ),
)
