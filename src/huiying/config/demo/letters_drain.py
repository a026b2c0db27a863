"""Six matters with one cause: the drain of the old street. Three of them are past their sixty days."""

from huiying.config.demo.letter import Letter, Way
from huiying.rules.lifecycle.petition import Channel, Confidentiality
from huiying.rules.matters import Matter

DRAIN = (
    Letter(
        key="drain-cellar",
        way=Way.NOTIFIED,
        days_ago=92,
        title="老街 12 号一下大雨污水倒灌进屋",
        text="从去年夏天起，每次下大雨，门前的下水井就往外冒水，污水漫进堂屋，最深到脚踝。家里有八十岁的老人，"
        "夜里不敢睡。我们自己垫了沙袋，不管用。",
        claims=("请疏通老街的下水道", "请说明什么时候能根治"),
        matter=Matter.WORKS,
        where="老街 12 号",
        name="章小满",
        channel=Channel.VISIT,
    ),
    Letter(
        key="drain-shop",
        way=Way.NOTIFIED,
        days_ago=84,
        title="老街沿街店铺多次被污水淹，货物受损",
        text="今年已经淹了三次，最近一次泡坏了店里的米和面，损失大约四千元。街上的店家都知道是主管道堵了，"
        "报修以后只来人看过一次。",
        claims=("请尽快清掏主管道", "请答复货物损失怎么处理"),
        matter=Matter.WORKS,
        where="老街 31 号",
        name="伍安平",
        channel=Channel.CALL,
        handler="second_officer_works",
    ),
    Letter(
        key="drain-smell",
        way=Way.HANDLING,
        days_ago=76,
        title="老街污水井长期冒臭气",
        text="井盖下面积水不流，天热的时候臭气很重，旁边就是幼儿园的后门。请来看一看是不是管道塌了。",
        claims=("请查明原因并消除臭气",),
        matter=Matter.ENVIRONMENT,
        where="老街幼儿园后门",
        how=Confidentiality.ANONYMOUS,
    ),
    Letter(
        key="drain-school",
        way=Way.NOTIFIED,
        last_month=6,
        title="孩子上学要蹚污水",
        text="雨后老街北口积水到膝盖，孩子上学只能绕行国道，没有人行道，很不安全。",
        claims=("请在修好之前安排安全的通行路线", "请公布修复时间"),
        matter=Matter.WORKS,
        where="老街北口",
        name="纪云舒",
        follow="办理中（承办单位已告知）",
    ),
    Letter(
        key="drain-well",
        way=Way.NOTIFIED,
        last_month=5,
        title="污水渗进自家水井",
        text="老街后巷几户人家还用井水洗菜，最近井水发浑有味。担心是下水道漏了，请检测水质。",
        claims=("请检测井水", "请检查下水道是否渗漏"),
        matter=Matter.WORKS,
        where="老街后巷",
        name="陈老有",
        channel=Channel.VISIT,
        handler="second_officer_works",
    ),
    Letter(
        key="drain-lid",
        way=Way.ACCEPTED,
        days_ago=9,
        title="老街污水井井盖被水顶开",
        text="前天夜里下雨，井盖被水顶到一边，早上才有人发现。现在用木板盖着，请换成防沉降的井盖。",
        claims=("请更换井盖", "请把老街的井都查一遍"),
        matter=Matter.WORKS,
        where="老街 20 号门前",
        how=Confidentiality.ANONYMOUS,
    ),
)
