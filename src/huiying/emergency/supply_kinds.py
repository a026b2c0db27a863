"""The closed lists of supplies: what kind of thing it is, why its number changed, where money comes from, who is called."""

from enum import StrEnum

from huiying.rules.words import N_


class SupplyKind(StrEnum):
    """What kind of thing is kept."""

    PRINTED = "printed"
    WATER_FOOD = "water_food"
    MEDICAL = "medical"
    COMMUNICATION = "communication"
    SIGNS = "signs"
    SHELTER = "shelter"
    LIGHT_POWER = "light_power"
    PROTECTION = "protection"
    RECEPTION = "reception"
    TOOLS = "tools"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return SUPPLY_KIND_LABELS[self]


SUPPLY_KIND_LABELS = {
    SupplyKind.PRINTED: N_("宣传页、办事指南"),
    SupplyKind.WATER_FOOD: N_("饮水、食物"),
    SupplyKind.MEDICAL: N_("医疗用品"),
    SupplyKind.COMMUNICATION: N_("通信设备"),
    SupplyKind.SIGNS: N_("标识、隔离设施"),
    SupplyKind.SHELTER: N_("遮阳、避雨、保暖"),
    SupplyKind.LIGHT_POWER: N_("照明、供电"),
    SupplyKind.PROTECTION: N_("防护用品"),
    SupplyKind.RECEPTION: N_("接待用品"),
    SupplyKind.TOOLS: N_("工具、器材"),
}


class Movement(StrEnum):
    """Why the number of a lot changed."""

    RECEIVED = "received"
    ISSUED = "issued"
    COUNTED = "counted"
    MOVED = "moved"
    LENT = "lent"
    RETURNED = "returned"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The Chinese word for this movement."""
        return MOVEMENT_LABELS[self]


MOVEMENT_LABELS = {
    Movement.RECEIVED: N_("入库"),
    Movement.ISSUED: N_("领用"),
    Movement.COUNTED: N_("盘点"),
    Movement.MOVED: N_("调拨"),
    Movement.LENT: N_("借出"),
    Movement.RETURNED: N_("归还"),
    Movement.DISCARDED: N_("报废"),
}


class FundSource(StrEnum):
    """Where money for emergencies comes from."""

    BUDGET = "budget"
    RESERVE = "reserve"
    SUPERIOR = "superior"
    DONATION = "donation"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word for this source."""
        return FUND_SOURCE_LABELS[self]


FUND_SOURCE_LABELS = {
    FundSource.BUDGET: N_("年度预算"),
    FundSource.RESERVE: N_("预备费"),
    FundSource.SUPERIOR: N_("上级拨款"),
    FundSource.DONATION: N_("捐赠"),
    FundSource.OTHER: N_("其他"),
}


class ContactKind(StrEnum):
    """Which organisation stands behind a contact."""

    SUPERIOR = "superior"
    NEIGHBOUR = "neighbour"
    RESCUE = "rescue"
    MEDICAL = "medical"
    UTILITY = "utility"
    DEPARTMENT = "department"
    COMMUNITY = "community"
    MEDIA = "media"
    SUPPLIER = "supplier"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return CONTACT_KIND_LABELS[self]


CONTACT_KIND_LABELS = {
    ContactKind.SUPERIOR: N_("上级机关"),
    ContactKind.NEIGHBOUR: N_("相邻地区、单位"),
    ContactKind.RESCUE: N_("消防、公安、救援"),
    ContactKind.MEDICAL: N_("医疗、心理援助"),
    ContactKind.UTILITY: N_("水、电、气、通信"),
    ContactKind.DEPARTMENT: N_("职能部门"),
    ContactKind.COMMUNITY: N_("村、社区、志愿者"),
    ContactKind.MEDIA: N_("新闻媒体"),
    ContactKind.SUPPLIER: N_("供应单位"),
}
