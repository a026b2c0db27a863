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


class HelpNeeded(StrEnum):
    """Help that the matter's telling needs: about the way of speaking with each other, nothing else."""

    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign_language"
    READING_AID = "reading_aid"
    LARGE_PRINT = "large_print"

    @property
    def label(self) -> str:
        """The Chinese word for this help."""
        return HELP_LABELS[self]


HELP_LABELS = {
    HelpNeeded.INTERPRETER: N_("口语翻译"),
    HelpNeeded.SIGN_LANGUAGE: N_("手语翻译"),
    HelpNeeded.READING_AID: N_("代读代写"),
    HelpNeeded.LARGE_PRINT: N_("大字文书"),
}


class Spoken(StrEnum):
    """The language in which the person wishes to be spoken with."""

    MANDARIN = "zh"
    DIALECT = "dialect"
    TIBETAN = "bo"
    UYGHUR = "ug"
    MONGOLIAN = "mn"
    ZHUANG = "za"
    KOREAN = "ko"
    ENGLISH = "en"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word for this language."""
        return SPOKEN_LABELS[self]


SPOKEN_LABELS = {
    Spoken.MANDARIN: N_("普通话"),
    Spoken.DIALECT: N_("方言"),
    Spoken.TIBETAN: N_("藏语"),
    Spoken.UYGHUR: N_("维吾尔语"),
    Spoken.MONGOLIAN: N_("蒙古语"),
    Spoken.ZHUANG: N_("壮语"),
    Spoken.KOREAN: N_("朝鲜语"),
    Spoken.ENGLISH: N_("英语"),
    Spoken.OTHER: N_("其他语言"),
}


class FactFindingHow(StrEnum):
    """How a fact of a claim was established."""

    ON_SITE = "on_site"
    PAPERS = "papers"
    TALK = "talk"
    MEASURED = "measured"
    EXPERT = "expert"

    @property
    def label(self) -> str:
        """The Chinese word for this way."""
        return FACT_FINDING_LABELS[self]


FACT_FINDING_LABELS = {
    FactFindingHow.ON_SITE: N_("现场查看"),
    FactFindingHow.PAPERS: N_("查阅资料"),
    FactFindingHow.TALK: N_("听取说明"),
    FactFindingHow.MEASURED: N_("检测测量"),
    FactFindingHow.EXPERT: N_("专业意见"),
}


class RecusalGround(StrEnum):
    """Why a member of staff has nothing to do with a matter. 信访工作条例 art. 28; product rule: the one complained of."""

    COMPLAINED_OF = "complained_of"
    INTEREST = "interest"

    @property
    def label(self) -> str:
        """The Chinese word for this ground."""
        return RECUSAL_LABELS[self]


RECUSAL_LABELS = {
    RecusalGround.COMPLAINED_OF: N_("被反映人"),
    RecusalGround.INTEREST: N_("有直接利害关系"),
}


class MessageKind(StrEnum):
    """What a message between the person and the body is for."""

    MESSAGE = "message"
    QUESTION = "question"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return MESSAGE_LABELS[self]


MESSAGE_LABELS = {
    MessageKind.MESSAGE: N_("留言"),
    MessageKind.QUESTION: N_("请您补充"),
    MessageKind.CORRECTION: N_("更正"),
}


class Speaker(StrEnum):
    """Who said a message: the person, the petition office, the handling unit."""

    PERSON = "person"
    OFFICE = "office"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """The Chinese word for this side."""
        return SPEAKER_LABELS[self]


SPEAKER_LABELS = {
    Speaker.PERSON: N_("信访人"),
    Speaker.OFFICE: N_("信访部门"),
    Speaker.UNIT: N_("承办单位"),
}
