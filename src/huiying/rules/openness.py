"""What every body must tell the public about petitioning, part by part, and which parts it has not given yet. art. 18."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.words import N_

ARTICLE = "信访工作条例 art. 18"


class Part(StrEnum):
    """One thing that article 18 wants published, or that its reader cannot do without."""

    ONLINE = "online"
    ADDRESS = "address"
    PHONE = "phone"
    PLACES = "places"
    TIMES = "times"
    QUERY = "query"
    LAWS = "laws"
    PROCEDURE = "procedure"
    REMEDY = "remedy"

    @property
    def label(self) -> str:
        """The Chinese words for this part."""
        return LABELS[self]


LABELS = {
    Part.ONLINE: N_("网络信访渠道"),
    Part.ADDRESS: N_("通信地址"),
    Part.PHONE: N_("咨询投诉电话"),
    Part.PLACES: N_("信访接待地点"),
    Part.TIMES: N_("信访接待时间"),
    Part.QUERY: N_("查询进展和结果的方式"),
    Part.LAWS: N_("与信访工作有关的法律、法规、规章"),
    Part.PROCEDURE: N_("信访事项的处理程序"),
    Part.REMEDY: N_("上一级机关的名称（复查、复核和督办）"),
}

# These stand on the page by themselves, the same for every body.
BY_THE_PROGRAM = frozenset({Part.QUERY, Part.LAWS, Part.PROCEDURE})

# What is wrong and what to do, where a part is missing.
TO_DO = {
    Part.ONLINE: N_("还没有对外的网址，信里和二维码里的链接打不开。"),
    Part.ADDRESS: N_("还没有填写通信地址，来信没有地方寄。"),
    Part.PHONE: N_("还没有填写电话。"),
    Part.PLACES: N_("还没有公布接待地点。"),
    Part.TIMES: N_("有接待地点没有写明接待时间。"),
    Part.REMEDY: N_("还没有填写上一级机关，信访人不知道向谁申请复查。"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one body has given so far. `hours` holds, place by place, how many spans of time were published."""

    online: str = ""
    address: str = ""
    phone: str = ""
    superior: str = ""
    hours: tuple[int, ...] = ()


def missing(told: Told) -> tuple[Part, ...]:
    """The parts that the body still owes the public, in the order of the article. 信访工作条例 art. 18."""
    given = BY_THE_PROGRAM | set(_given(told))
    return tuple(part for part in Part if part not in given)


def _given(told: Told) -> Iterable[Part]:
    parts = {
        Part.ONLINE: bool(told.online.strip()),
        Part.ADDRESS: bool(told.address.strip()),
        Part.PHONE: bool(told.phone.strip()),
        Part.PLACES: bool(told.hours),
        Part.TIMES: bool(told.hours) and all(told.hours),
        Part.REMEDY: bool(told.superior.strip()),
    }
    return (part for part, there in parts.items() if there)
