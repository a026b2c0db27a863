"""The closed lists of an incident: harms, hazards, needs, sources. They describe matters, never a gathering of people."""

from enum import StrEnum

from huiying.rules.words import N_


class Nature(StrEnum):
    """What kind of harm it is. Assembling and petitioning are lawful and stand in no row here."""

    INJURY = "injury"
    ILLNESS = "illness"
    FIRE = "fire"
    CRUSH_RISK = "crush_risk"
    LIFE_AT_RISK = "life_at_risk"
    STRUCTURE = "structure"
    ACCESS_BLOCKED = "access_blocked"
    SUPPLY_CUT = "supply_cut"
    POLLUTION = "pollution"
    WEATHER = "weather"
    FORESEEN_HARM = "foreseen_harm"
    OTHER_HARM = "other_harm"

    @property
    def label(self) -> str:
        """The Chinese word for this harm."""
        return NATURE_LABELS[self]


NATURE_LABELS = {
    Nature.INJURY: N_("人员受伤"),
    Nature.ILLNESS: N_("突发疾病、公共卫生"),
    Nature.FIRE: N_("火灾、爆炸"),
    Nature.CRUSH_RISK: N_("拥挤踩踏危险"),
    Nature.LIFE_AT_RISK: N_("有人面临生命危险"),
    Nature.STRUCTURE: N_("房屋、设施险情"),
    Nature.ACCESS_BLOCKED: N_("急救、消防通道不通"),
    Nature.SUPPLY_CUT: N_("供水、供电、供热中断"),
    Nature.POLLUTION: N_("环境污染"),
    Nature.WEATHER: N_("恶劣天气、地质灾害"),
    Nature.FORESEEN_HARM: N_("预警指向的危害"),
    Nature.OTHER_HARM: N_("其他危害"),
}


class Hazard(StrEnum):
    """A danger that is present now; the response cannot end quietly while one is still there."""

    OPEN_FIRE = "open_fire"
    ELECTRICITY_GAS = "electricity_gas"
    COLLAPSE = "collapse"
    CROWD_DENSITY = "crowd_density"
    TRAFFIC = "traffic"
    WATER_HEIGHT = "water_height"
    HEAT_COLD = "heat_cold"
    DANGEROUS_GOODS = "dangerous_goods"
    EXIT_BLOCKED = "exit_blocked"

    @property
    def label(self) -> str:
        """The Chinese word for this danger."""
        return HAZARD_LABELS[self]


HAZARD_LABELS = {
    Hazard.OPEN_FIRE: N_("明火、浓烟"),
    Hazard.ELECTRICITY_GAS: N_("漏电、燃气泄漏"),
    Hazard.COLLAPSE: N_("坍塌、坠物"),
    Hazard.CROWD_DENSITY: N_("空间过于拥挤"),
    Hazard.TRAFFIC: N_("紧邻车流"),
    Hazard.WATER_HEIGHT: N_("临水、临高"),
    Hazard.HEAT_COLD: N_("高温、严寒"),
    Hazard.DANGEROUS_GOODS: N_("危险物品"),
    Hazard.EXIT_BLOCKED: N_("出口、救援通道不通"),
}


class Need(StrEnum):
    """What people on the spot need."""

    MEDICAL = "medical"
    WATER_FOOD = "water_food"
    SHADE_SHELTER = "shade_shelter"
    COUNSELLOR = "counsellor"
    INTERPRETER = "interpreter"
    LISTENER = "listener"
    TRANSPORT = "transport"
    RESCUE = "rescue"

    @property
    def label(self) -> str:
        """The Chinese word for this need."""
        return NEED_LABELS[self]


NEED_LABELS = {
    Need.MEDICAL: N_("医疗救护"),
    Need.WATER_FOOD: N_("饮水、食物"),
    Need.SHADE_SHELTER: N_("遮阳、避雨、取暖"),
    Need.COUNSELLOR: N_("心理支持"),
    Need.INTERPRETER: N_("手语、方言或外语翻译"),
    Need.LISTENER: N_("有权答复的人到场听取"),
    Need.TRANSPORT: N_("交通"),
    Need.RESCUE: N_("消防、救援"),
}


class Source(StrEnum):
    """From where the body learned of it; never who."""

    ON_SITE = "on_site"
    TELEPHONE = "telephone"
    PUBLIC = "public"
    RESCUE_SERVICE = "rescue_service"
    SUPERIOR = "superior"
    NEIGHBOUR = "neighbour"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The Chinese word for this source."""
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    Source.ON_SITE: N_("现场工作人员"),
    Source.TELEPHONE: N_("值班电话"),
    Source.PUBLIC: N_("群众报告"),
    Source.RESCUE_SERVICE: N_("消防、医疗等救援单位"),
    Source.SUPERIOR: N_("上级机关"),
    Source.NEIGHBOUR: N_("相邻地区、其他单位"),
    Source.WARNING: N_("已发布的预警"),
}
