"""The thousand petitions that a large load is made of: filed and taken further through the product's own actions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiying.petitions.actions.filing import Filing
    from huiying.petitions.models import Petition
    from tests.cast import Cast

PATTERNS = 1000
SPAN = timedelta(days=50)  # within it nearly every clock still runs
VILLAGES = ("东村", "西村", "上河", "下河", "石桥", "柳湾", "槐树坪", "杨家店", "南岭", "北坡")
MATTERS = (
    ("水渠堵塞", "land", "水渠堵了两个月，雨天路面积水，老人出门要蹚水"),
    ("路灯不亮", "works", "村口三盏路灯不亮，放学的孩子摸黑走路"),
    ("补助未发", "welfare", "去年的困难补助至今没有发到卡上，问了几次都说再等"),
    ("工程扬尘", "environment", "工地每天扬尘，窗户不敢开，洒水车很少来"),
    ("宅基地争议", "housing", "邻居建房占了半米通道，丈量的结果一直没有告诉我们"),
    ("垃圾清运", "environment", "垃圾点一周没有清运，气味很大，苍蝇很多"),
    ("公交停运", "traffic", "去县城的班车停了，看病要走八里路才有车"),
    ("噪声扰民", "other", "夜里加工点切割石料，一直响到两点"),
    ("工资拖欠", "labour", "去年秋天在工地干的三个月，工钱还差一半没有结清"),
    ("卫生室缺药", "health", "卫生室常用的降压药断了，老人要到镇上去配"),
    ("校车超员", "education", "早上的校车挤了五十多个孩子，核定只坐三十六人"),
)
DETAILS = (
    "从上个月初开始，到今天没有变化。",
    "镇里来人看过一次，拍了照片，后来没有回音。",
    "村里开会提过，会议记录上有，落实不下来。",
    "附近十几户都是这个情况，大家推我来写。",
    "打过热线电话，答复说已经转给有关单位。",
    "我们不是要为难谁，只想知道由哪个部门管，什么时候能办。",
    "前年也发生过，当时一个星期就处理好了。",
    "如果需要出钱出力，我们愿意分担一部分。",
    "现场有照片和当时的通知，可以随时提供。",
    "家里有行动不便的老人，实在等不起。",
    "施工队说合同里没有写这一段，不归他们。",
)
# What becomes of twenty in a row; the rest of this office's work is weighted the same way at every size.
LOTS = (
    ["filed"] * 3
    + ["registered"] * 2
    + ["accepted"]
    + ["handling"] * 7
    + ["replied"] * 2
    + ["settled"] * 3
    + ["declined", "referred"]
)
UNITS = ("works", "civil", "office", "publicity")


def told(number: int) -> "Filing":
    """What one of many people says; each text has its own number, which a search can find."""
    from huiying.petitions.actions.filing import Filing
    from huiying.rules.lifecycle.petition import Confidentiality
    from huiying.rules.matters import Matter

    village, (title, matter, words) = VILLAGES[number % 10], MATTERS[number // 7 % len(MATTERS)]
    details = "".join(islice(cycle(DETAILS), number % 11, number % 11 + 1 + number % 4))
    name = {"name": "试提事人", "phone": "13000000000"}
    return Filing(
        text=f"我是{village}的村民。{words}。{details}编为第{number}号，请给一个书面答复。",
        claims=(f"解决{village}{title}的问题", "书面答复处理结果和时间"),
        confidentiality=Confidentiality.ANONYMOUS if number % 10 == 9 else Confidentiality.NAMED,
        matter=Matter(matter),
        title=f"{village}{title}",
        happened_where=f"青溪镇{village}",
        happened_when="近两个月",
        identity={} if number % 10 == 9 else name,
    )


def file_patterns(cast: "Cast", count: int, *, first_at: datetime, last_at: datetime) -> None:
    """File so many petitions one after another between two instants; each ends in the state that its lot says."""
    step = (last_at - first_at) / count
    for number in range(count):
        lot = LOTS[number * 7 % len(LOTS)]
        _BECOMES[lot](cast, number, first_at + step * number)


def _handling(cast: "Cast", number: int, at: datetime) -> "Petition":
    from huiying.petitions import actions
    from tests.rooms.petitions import matters

    petition = matters.accepted(cast, told(number), at)
    unit = cast.units[UNITS[number // 3 % len(UNITS)]]
    return actions.petition_assign(petition=petition, unit=unit, by=cast.clerk, at=at)


def _made_by(name: str) -> Callable[["Cast", int, datetime], object]:
    def made(cast: "Cast", number: int, at: datetime) -> object:
        from tests.rooms.petitions import matters

        return getattr(matters, name)(cast, told(number), at)

    return made


_BECOMES = {lot: _made_by(lot) for lot in set(LOTS) - {"handling"}} | {"handling": _handling}
