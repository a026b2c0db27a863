"""Who and what the invented town consists of. Every name is made up."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiying.registry.models import UnitKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Role

CODE = "demo-qingxi"  # the prefix tells serve and check that nobody real is served
NAME = "青溪镇人民政府"
SHORT = "QX"
SUPERIOR = "云岭县信访局"
ADDRESS = "云岭县青溪镇石桥路 1 号"
PHONE = "0571-0000 0001"


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff: unit, role, name, and the posts they hold."""

    unit: str
    role: Role
    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """One invented body: its units (code, name, kind), posts (code, unit, title), people and reception rooms."""

    code: str
    name: str
    short: str
    superior: str
    address: str
    phone: str
    units: tuple[tuple[str, str, UnitKind], ...]
    unit_phones: Mapping[str, str]
    competent: Mapping[Matter, str]
    posts: tuple[tuple[str, str, str], ...]
    people: Mapping[str, Person]
    rooms: tuple[tuple[str, str, str], ...]


# (code, name, kind); each unit also has the post `unit_head`.
UNITS = (
    ("leaders", "信访工作领导小组", UnitKind.LEADING_GROUP),
    ("petitions", "信访办", UnitKind.PETITION_OFFICE),
    ("duty", "值班室", UnitKind.DUTY_OFFICE),
    ("works", "村建办", UnitKind.DEPARTMENT),
    ("civil", "民政办", UnitKind.DEPARTMENT),
    ("publicity", "宣传办", UnitKind.DEPARTMENT),
    ("office", "党政办", UnitKind.DEPARTMENT),
)
# Whom a petitioner rings; the leading group has no telephone of its own.
UNIT_PHONES = {
    "petitions": "0571-0000 0002",
    "duty": "0571-0000 0003",
    "works": "0571-0000 0011",
    "civil": "0571-0000 0012",
    "publicity": "0571-0000 0013",
    "office": "0571-0000 0014",
}
# The unit that is competent for a field; commerce, safety and what is left are for a person to decide.
COMPETENT = {
    Matter.HOUSING: "works",
    Matter.LAND: "works",
    Matter.WORKS: "works",
    Matter.ENVIRONMENT: "works",
    Matter.TRAFFIC: "works",
    Matter.LABOUR: "civil",
    Matter.WELFARE: "civil",
    Matter.HEALTH: "civil",
    Matter.EDUCATION: "publicity",
}
# (code, unit, title). A plan finds its posts by these codes. Nobody holds `interpreter`, and there is no post for the
# plan's supervisor: an order that finds no one, and one that another post takes over, can both be seen.
POSTS = (
    ("leading_group", "leaders", "领导小组成员"),
    ("reception", "petitions", "接访岗"),
    ("legal_adviser", "petitions", "法律顾问"),
    ("duty_officer", "duty", "值班员"),
    ("fact_lead", "works", "调查组组长"),
    ("fact_finding", "works", "事实调查岗"),
    ("officer", "works", "承办岗"),
    ("logistics", "civil", "后勤保障岗"),
    ("medical", "civil", "医疗联络岗"),
    ("interpreter", "civil", "语言服务岗"),
    ("press_officer", "publicity", "信息发布员"),
    ("office_head", "office", "指挥部办公室主任"),
    ("safety", "office", "现场安全岗"),
    ("planner", "office", "预案管理员"),
    ("store_keeper", "civil", "物资保管岗"),
)
PEOPLE = {
    "clerk": Person("petitions", Role.CLERK, "苏晚晴", ("reception",)),
    "second_clerk": Person("petitions", Role.CLERK, "罗竹生", ("reception", "legal_adviser")),
    "officer_works": Person("works", Role.OFFICER, "丁石磊", ("fact_finding", "officer")),
    "second_officer_works": Person("works", Role.OFFICER, "莫小河", ("officer",)),
    "officer_civil": Person("civil", Role.OFFICER, "祝春苗", ("logistics", "medical")),
    "head_works": Person("works", Role.UNIT_HEAD, "郝远桥", ("unit_head", "fact_lead")),
    "head_civil": Person("civil", Role.UNIT_HEAD, "阮秋禾", ("unit_head",)),
    "head_petitions": Person("petitions", Role.UNIT_HEAD, "陶知微", ("unit_head",)),
    "head_office": Person("office", Role.UNIT_HEAD, "尹开朗", ("unit_head", "office_head")),
    "officer_office": Person("office", Role.OFFICER, "温克勤", ("safety",)),
    "supervisor": Person("petitions", Role.SUPERVISOR, "严秉直"),
    "duty_officer": Person("duty", Role.DUTY_OFFICER, "高守明", ("duty_officer",)),
    "second_duty_officer": Person("duty", Role.DUTY_OFFICER, "常夜星", ("duty_officer",)),
    "third_duty_officer": Person("duty", Role.DUTY_OFFICER, "岳晨光", ("duty_officer",)),
    "leader": Person("leaders", Role.LEADING_GROUP, "林清和", ("leading_group",)),
    "deputy_leader": Person("leaders", Role.LEADING_GROUP, "何书岚", ("leading_group",)),
    "press_officer": Person("publicity", Role.PRESS_OFFICER, "唐如实", ("press_officer",)),
    "planner": Person("office", Role.PLANNER, "程预初", ("planner",)),
    "store_keeper": Person("civil", Role.STORE_KEEPER, "储有序", ("store_keeper",)),
    "auditor": Person("office", Role.AUDITOR, "方既明"),
    "system_admin": Person("office", Role.SYSTEM_ADMIN, "陆一鸣"),
    "security_admin": Person("office", Role.SECURITY_ADMIN, "沈安之"),
    "audit_admin": Person("office", Role.AUDIT_ADMIN, "彭映雪"),
}
ROOMS = (
    ("人民来访接待室", "石桥路 1 号一楼，有坡道和无障碍卫生间", "0571-0000 0002"),
    ("溪南村便民服务点", "溪南村村委会院内", "0571-0000 0004"),
)
QINGXI = Cast(
    CODE, NAME, SHORT, SUPERIOR, ADDRESS, PHONE, UNITS, UNIT_PHONES, COMPETENT, POSTS, PEOPLE, ROOMS
)
