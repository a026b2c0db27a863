"""The two bodies beside the town: its college and its expropriation office. Every name is made up."""

from huiying.config.demo.people import Cast, Person
from huiying.registry.models import UnitKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Role

UNIVERSITY = Cast(
    code="demo-xueyuan",
    name="青溪学院",
    short="QXY",
    superior="云岭县教育局",
    address="云岭县青溪镇书院路 8 号",
    phone="0571-0000 0101",
    units=(
        ("leaders", "学校处置领导小组", UnitKind.LEADING_GROUP),
        ("petitions", "信访接待室", UnitKind.PETITION_OFFICE),
        ("duty", "学校总值班室", UnitKind.DUTY_OFFICE),
        ("students", "学生工作处", UnitKind.DEPARTMENT),
        ("logistics", "后勤与保卫处", UnitKind.DEPARTMENT),
        ("publicity", "宣传部", UnitKind.DEPARTMENT),
    ),
    unit_phones={
        "petitions": "0571-0000 0102",
        "duty": "0571-0000 0103",
        "students": "0571-0000 0111",
        "logistics": "0571-0000 0112",
    },
    competent={Matter.EDUCATION: "students", Matter.HOUSING: "logistics", Matter.HEALTH: "logistics"},
    posts=(
        ("leading_group", "leaders", "领导小组成员"),
        ("reception", "petitions", "接待岗"),
        ("supervisor", "petitions", "督办岗"),
        ("legal_adviser", "students", "法律顾问"),
        ("duty_officer", "duty", "值班员"),
        ("officer", "students", "学院联络岗"),
        ("adviser", "students", "心理与照护岗"),
        ("logistics", "logistics", "后勤保障岗"),
        ("safety", "logistics", "安全岗"),
        ("press_officer", "publicity", "信息发布员"),
        ("planner", "duty", "预案管理员"),
    ),
    people={
        "xy_clerk": Person("petitions", Role.CLERK, "闻一笺", ("reception",)),
        "xy_supervisor": Person("petitions", Role.SUPERVISOR, "裴守正", ("supervisor",)),
        "xy_officer": Person("students", Role.OFFICER, "桑以宁", ("officer", "adviser", "legal_adviser")),
        "xy_head_students": Person("students", Role.UNIT_HEAD, "言笃行", ("unit_head",)),
        "xy_head_logistics": Person(
            "logistics", Role.UNIT_HEAD, "仓有余", ("unit_head", "logistics", "safety")
        ),
        "xy_duty": Person("duty", Role.DUTY_OFFICER, "更知夜", ("duty_officer",)),
        "xy_second_duty": Person("duty", Role.DUTY_OFFICER, "晓望舒", ("duty_officer",)),
        "xy_leader": Person("leaders", Role.LEADING_GROUP, "乔木青", ("leading_group",)),
        "xy_press": Person("publicity", Role.PRESS_OFFICER, "田书真", ("press_officer",)),
        "xy_planner": Person("duty", Role.PLANNER, "纪有方", ("planner",)),
    },
    rooms=(("学校信访接待室", "行政楼一层 102 室，有坡道", "0571-0000 0102"),),
)

EXPROPRIATION = Cast(
    code="demo-zhengshou",
    name="青溪镇房屋征收与补偿办公室",
    short="QXZ",
    superior="云岭县住房和城乡建设局",
    address="云岭县青溪镇新桥路 6 号",
    phone="0571-0000 0201",
    units=(
        ("leaders", "征收工作领导小组", UnitKind.LEADING_GROUP),
        ("petitions", "接待组", UnitKind.PETITION_OFFICE),
        ("duty", "值班室", UnitKind.DUTY_OFFICE),
        ("projects", "项目组", UnitKind.DEPARTMENT),
        ("information", "信息沟通组", UnitKind.DEPARTMENT),
        ("logistics", "后勤与资金组", UnitKind.DEPARTMENT),
    ),
    unit_phones={"petitions": "0571-0000 0202", "duty": "0571-0000 0203", "projects": "0571-0000 0211"},
    competent={Matter.HOUSING: "projects", Matter.LAND: "projects"},
    posts=(
        ("leading_group", "leaders", "领导小组成员"),
        ("reception", "petitions", "接待岗"),
        ("supervisor", "petitions", "督办岗"),
        ("legal_adviser", "projects", "法律顾问"),
        ("duty_officer", "duty", "值班员"),
        ("officer", "projects", "项目承办岗"),
        ("adviser", "projects", "心理与社工岗"),
        ("press_officer", "information", "信息沟通岗"),
        ("logistics", "logistics", "后勤资金岗"),
        ("safety", "logistics", "现场安全岗"),
        ("planner", "information", "预案管理员"),
    ),
    people={
        "zs_clerk": Person("petitions", Role.CLERK, "迎候来", ("reception",)),
        "zs_supervisor": Person("petitions", Role.SUPERVISOR, "秦明鉴", ("supervisor",)),
        "zs_officer": Person("projects", Role.OFFICER, "石量直", ("officer", "adviser")),
        "zs_head_projects": Person("projects", Role.UNIT_HEAD, "梁衡", ("unit_head", "legal_adviser")),
        "zs_head_logistics": Person(
            "logistics", Role.UNIT_HEAD, "余满仓", ("unit_head", "logistics", "safety")
        ),
        "zs_duty": Person("duty", Role.DUTY_OFFICER, "钟守更", ("duty_officer",)),
        "zs_second_duty": Person("duty", Role.DUTY_OFFICER, "晏初阳", ("duty_officer",)),
        "zs_leader": Person("leaders", Role.LEADING_GROUP, "章公允", ("leading_group",)),
        "zs_press": Person("information", Role.PRESS_OFFICER, "宣明之", ("press_officer",)),
        "zs_planner": Person("information", Role.PLANNER, "谋先", ("planner",)),
    },
    rooms=(("征收政策咨询点", "新桥路 6 号临街一层，无台阶", "0571-0000 0202"),),
)
