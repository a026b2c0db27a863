"""Fields a matter can lie in, and what can be said about its situation. About the matter, never about a person."""

from enum import StrEnum

from huiying.rules.words import N_


class Matter(StrEnum):
    """The field of a matter: the first level of the category tree."""

    HOUSING = "housing"
    LAND = "land"
    WORKS = "works"
    ENVIRONMENT = "environment"
    TRAFFIC = "traffic"
    LABOUR = "labour"
    WELFARE = "welfare"
    HEALTH = "health"
    EDUCATION = "education"
    COMMERCE = "commerce"
    SAFETY = "safety"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word for this field."""
        return LABELS[self]


LABELS = {
    Matter.HOUSING: N_("住房与征收补偿"),
    Matter.LAND: N_("土地与农业"),
    Matter.WORKS: N_("城乡建设与物业"),
    Matter.ENVIRONMENT: N_("环境保护"),
    Matter.TRAFFIC: N_("交通出行"),
    Matter.LABOUR: N_("劳动与社会保险"),
    Matter.WELFARE: N_("民政与救助"),
    Matter.HEALTH: N_("卫生健康"),
    Matter.EDUCATION: N_("教育文体"),
    Matter.COMMERCE: N_("市场与旅游"),
    Matter.SAFETY: N_("公共安全"),
    Matter.OTHER: N_("其他"),
}


class RatingScore(StrEnum):
    """How the petitioner rates the petition office or the unit. 国信发〔2022〕11号; the scale is POLICY."""

    SATISFIED = "satisfied"
    ACCEPTABLE = "acceptable"
    DISSATISFIED = "dissatisfied"

    @property
    def label(self) -> str:
        """The Chinese word for this score."""
        return SCORE_LABELS[self]


SCORE_LABELS = {
    RatingScore.SATISFIED: N_("满意"),
    RatingScore.ACCEPTABLE: N_("基本满意"),
    RatingScore.DISSATISFIED: N_("不满意"),
}


class RatedSide(StrEnum):
    """The two bodies of people that a petitioner rates apart."""

    OFFICE = "office"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """The Chinese word for this side."""
        return SIDE_LABELS[self]


SIDE_LABELS = {RatedSide.OFFICE: N_("信访部门"), RatedSide.UNIT: N_("承办单位")}


class ServedHow(StrEnum):
    """How a reply reached the petitioner."""

    PAGE = "page"
    HAND = "hand"
    POST = "post"

    @property
    def label(self) -> str:
        """The Chinese word for this way."""
        return SERVED_LABELS[self]


SERVED_LABELS = {
    ServedHow.PAGE: N_("本人在查询页面阅读"),
    ServedHow.HAND: N_("当面送达"),
    ServedHow.POST: N_("邮寄送达"),
}
