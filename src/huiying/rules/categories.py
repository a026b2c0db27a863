"""The second level of the category tree that a body begins with; it renames, moves, adds and ends from there.

A category says what a matter is about, never who brings it: none is named after a group of people or after a way of
petitioning. The codes are stable, so that figures of two bodies can be laid side by side. POLICY.
"""

from dataclasses import dataclass

from huiying.rules.matters import Matter
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category: its field, its code, its Chinese name."""

    matter: Matter
    code: str
    label: str


_TREE: dict[Matter, tuple[tuple[str, str], ...]] = {
    Matter.HOUSING: (
        ("compensation", N_("征收补偿标准与支付")),
        ("resettlement", N_("安置房分配与交付")),
        ("demolition", N_("房屋拆除")),
        ("public-rental", N_("公租房与保障房")),
        ("presale", N_("商品房交付与合同")),
        ("title-deeds", N_("不动产登记办证")),
    ),
    Matter.LAND: (
        ("land-taking", N_("土地征收")),
        ("contracting", N_("土地承包与流转")),
        ("homestead", N_("宅基地")),
        ("collective-assets", N_("村集体资产与分配")),
        ("farm-support", N_("惠农补贴")),
        ("irrigation", N_("农田水利")),
    ),
    Matter.WORKS: (
        ("drainage", N_("排水与内涝")),
        ("roads-lighting", N_("街巷道路与路灯")),
        ("utilities", N_("供水供电供气")),
        ("property-service", N_("物业服务")),
        ("renovation", N_("老旧小区改造与加装电梯")),
        ("unlawful-building", N_("违法建设")),
    ),
    Matter.ENVIRONMENT: (
        ("air", N_("废气与扬尘")),
        ("water", N_("水污染")),
        ("noise", N_("噪声")),
        ("waste", N_("垃圾与固体废物")),
        ("odour", N_("异味与油烟")),
    ),
    Matter.TRAFFIC: (
        ("public-transport", N_("公交与客运")),
        ("parking", N_("停车")),
        ("signals", N_("信号灯与标志标线")),
        ("road-repair", N_("公路养护")),
        ("taxi", N_("出租车与网约车")),
    ),
    Matter.LABOUR: (
        ("unpaid-wages", N_("拖欠工资")),
        ("contract", N_("劳动合同与解除")),
        ("social-insurance", N_("社会保险缴纳与待遇")),
        ("pension", N_("养老金")),
        ("work-injury", N_("工伤认定与赔偿")),
        ("employment", N_("就业与培训")),
    ),
    Matter.WELFARE: (
        ("minimum-living", N_("最低生活保障与救助")),
        ("elder-care", N_("养老服务")),
        ("disability", N_("残疾人保障")),
        ("veterans", N_("退役军人待遇")),
        ("disaster-relief", N_("灾害救助")),
        ("marriage-funeral", N_("婚姻登记与殡葬")),
    ),
    Matter.HEALTH: (
        ("medical-service", N_("医疗服务与费用")),
        ("medical-insurance", N_("医疗保险报销")),
        ("medical-dispute", N_("医疗纠纷")),
        ("public-health", N_("疾病预防与公共卫生")),
        ("family-planning", N_("生育服务")),
    ),
    Matter.EDUCATION: (
        ("enrolment", N_("入学与招生")),
        ("school-fees", N_("教育收费")),
        ("school-safety", N_("校园安全与管理")),
        ("training-refund", N_("校外培训与退费")),
        ("culture-sport", N_("文化体育设施与活动")),
    ),
    Matter.COMMERCE: (
        ("consumer", N_("消费纠纷")),
        ("food-drug", N_("食品药品安全")),
        ("pricing", N_("价格与收费")),
        ("licensing", N_("证照办理")),
        ("tourism", N_("旅游服务")),
        ("finance", N_("金融与投资")),
    ),
    Matter.SAFETY: (
        ("public-order", N_("治安")),
        ("fire", N_("消防安全")),
        ("work-safety", N_("生产安全")),
        ("fraud", N_("诈骗")),
        ("household", N_("户籍与证件")),
    ),
    Matter.OTHER: (
        ("openness", N_("政务公开与办事服务")),
        ("conduct", N_("工作作风")),
        ("courts", N_("涉法涉诉")),
        ("unsorted", N_("暂未归类")),
    ),
}

DEFAULT: tuple[CategoryRow, ...] = tuple(
    CategoryRow(matter, f"{matter}-{code}", label) for matter, rows in _TREE.items() for code, label in rows
)
