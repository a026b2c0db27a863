"""The closed lists a plan is written with: bodies, posts, levels, products, reports, information duties."""

from enum import StrEnum

from huiying.rules.words import N_


class BodyKind(StrEnum):
    """The kinds of body that make a plan; 突发事件应急预案管理办法 art. 7–17."""

    CITY = "city"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    EXPROPRIATION_OFFICE = "expropriation_office"
    UNIVERSITY = "university"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return _BODY_LABELS[self]


class PostKind(StrEnum):
    """The kinds of post a plan role is filled from; values match the grants' roles where one exists."""

    LEADING_GROUP = "leading_group"
    DUTY_OFFICER = "duty_officer"
    PRESS_OFFICER = "press_officer"
    UNIT_HEAD = "unit_head"
    OFFICER = "officer"
    RECEPTION = "reception"
    LOGISTICS = "logistics"
    SUPERVISOR = "supervisor"
    PLANNER = "planner"
    LEGAL_ADVISER = "legal_adviser"
    SAFETY = "safety"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        """The Chinese word for this post."""
        return _POST_LABELS[self]


class TeamKind(StrEnum):
    """What a team is for; 突发事件应急预案管理办法 art. 24: 领导机构, 指挥机构, 办事机构, 工作组."""

    LEADING_GROUP = "leading_group"
    HEADQUARTERS = "headquarters"
    OFFICE = "office"
    WORKING_GROUP = "working_group"

    @property
    def label(self) -> str:
        """The Chinese word for this kind of team."""
        return _TEAM_LABELS[self]


class FacetKind(StrEnum):
    """What a facet says of an incident: which type it is of, or a circumstance beside its type."""

    INCIDENT_TYPE = "incident_type"
    CIRCUMSTANCE = "circumstance"

    @property
    def label(self) -> str:
        """The Chinese word for this kind of facet."""
        return _FACET_LABELS[self]


class ResponseLevel(StrEnum):
    """Response levels 一至四级, I the highest; 突发事件应对法 art. 71 leaves their criteria to each plan."""

    I = "I"  # noqa: E741  (the statute's own numeral)
    II = "II"
    III = "III"
    IV = "IV"

    @property
    def label(self) -> str:
        """The Chinese word for this level."""
        return _LEVEL_LABELS[self]

    @property
    def strength(self) -> int:
        """4 for level I down to 1 for level IV, so that "or above" is a comparison."""
        return _STRENGTH[self]

    def reaches(self, other: "ResponseLevel") -> bool:
        """Say whether this level is `other` or above it."""
        return self.strength >= other.strength


class Anchor(StrEnum):
    """The instants, beside the completion of a step, from which a time runs."""

    REPORTED = "reported"
    ACTIVATION = "activation"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Chinese word for this instant."""
        return _ANCHOR_LABELS[self]


class Product(StrEnum):
    """What a step leaves behind; other rooms recognise their duties by it."""

    FIRST_REPORT = "situation_report:first"
    FOLLOW_UP_REPORT = "situation_report:follow_up"
    FINAL_REPORT = "situation_report:final"
    DECISION = "decision"
    NOTICE = "notice"
    PRESS_CONFERENCE = "press_conference"
    MEETING_RECORD = "meeting_record"
    COMMITMENT = "commitment"
    RECEPTION_RECORD = "reception_record"
    RESOURCE_REQUEST = "resource_request"
    EVALUATION = "evaluation"
    PLAN_CHANGE = "plan_change"

    @property
    def label(self) -> str:
        """The Chinese word for this product."""
        return _PRODUCT_LABELS[self]


class ReportKind(StrEnum):
    """Situation reports to the superior body."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The Chinese word for this report."""
        return _REPORT_LABELS[self]


class InformationKind(StrEnum):
    """What the public is owed; 国办发〔2016〕61号 and 80号."""

    AUTHORITATIVE = "authoritative"
    PRESS_CONFERENCE = "press_conference"
    ANSWER = "answer"
    UPDATE = "update"

    @property
    def label(self) -> str:
        """The Chinese word for this duty."""
        return _INFORMATION_LABELS[self]


class Measure(StrEnum):
    """The unit in which a parameter of a plan is given."""

    MINUTES = "minutes"
    PEOPLE = "people"
    TIMES = "times"
    MONTHS = "months"

    @property
    def label(self) -> str:
        """The Chinese word for this unit."""
        return _MEASURE_LABELS[self]


_BODY_LABELS = {
    BodyKind.CITY: N_("市"),
    BodyKind.TOWNSHIP: N_("乡镇（街道）"),
    BodyKind.DEPARTMENT: N_("部门"),
    BodyKind.EXPROPRIATION_OFFICE: N_("房屋征收部门"),
    BodyKind.UNIVERSITY: N_("高等学校"),
    BodyKind.UNIT: N_("单位"),
}
_POST_LABELS = {
    PostKind.LEADING_GROUP: N_("领导小组"),
    PostKind.DUTY_OFFICER: N_("值班员"),
    PostKind.PRESS_OFFICER: N_("信息发布"),
    PostKind.UNIT_HEAD: N_("单位负责人"),
    PostKind.OFFICER: N_("承办人"),
    PostKind.RECEPTION: N_("接待员"),
    PostKind.LOGISTICS: N_("后勤保障"),
    PostKind.SUPERVISOR: N_("督办员"),
    PostKind.PLANNER: N_("预案管理"),
    PostKind.LEGAL_ADVISER: N_("法律顾问"),
    PostKind.SAFETY: N_("安全员"),
    PostKind.ADVISER: N_("专业顾问"),
}
_TEAM_LABELS = {
    TeamKind.LEADING_GROUP: N_("领导机构"),
    TeamKind.HEADQUARTERS: N_("指挥机构"),
    TeamKind.OFFICE: N_("办事机构"),
    TeamKind.WORKING_GROUP: N_("工作组"),
}
_FACET_LABELS = {
    FacetKind.INCIDENT_TYPE: N_("事件类型"),
    FacetKind.CIRCUMSTANCE: N_("情形"),
}
_LEVEL_LABELS = {
    ResponseLevel.I: N_("一级响应"),
    ResponseLevel.II: N_("二级响应"),
    ResponseLevel.III: N_("三级响应"),
    ResponseLevel.IV: N_("四级响应"),
}
_STRENGTH = {ResponseLevel.I: 4, ResponseLevel.II: 3, ResponseLevel.III: 2, ResponseLevel.IV: 1}
_ANCHOR_LABELS = {
    Anchor.REPORTED: N_("接报"),
    Anchor.ACTIVATION: N_("启动响应"),
    Anchor.ENDED: N_("结束响应"),
}
_PRODUCT_LABELS = {
    Product.FIRST_REPORT: N_("情况报告（首报）"),
    Product.FOLLOW_UP_REPORT: N_("情况报告（续报）"),
    Product.FINAL_REPORT: N_("情况报告（终报）"),
    Product.DECISION: N_("决定"),
    Product.NOTICE: N_("通告"),
    Product.PRESS_CONFERENCE: N_("新闻发布会"),
    Product.MEETING_RECORD: N_("座谈记录"),
    Product.COMMITMENT: N_("承诺事项"),
    Product.RECEPTION_RECORD: N_("接待登记"),
    Product.RESOURCE_REQUEST: N_("支援请求"),
    Product.EVALUATION: N_("总结评估"),
    Product.PLAN_CHANGE: N_("预案修订建议"),
}
_REPORT_LABELS = {
    ReportKind.FIRST: N_("首报"),
    ReportKind.FOLLOW_UP: N_("续报"),
    ReportKind.FINAL: N_("终报"),
}
_INFORMATION_LABELS = {
    InformationKind.AUTHORITATIVE: N_("权威信息"),
    InformationKind.PRESS_CONFERENCE: N_("新闻发布会"),
    InformationKind.ANSWER: N_("回应公众关切"),
    InformationKind.UPDATE: N_("后续通报"),
}
_MEASURE_LABELS = {
    Measure.MINUTES: N_("分钟"),
    Measure.PEOPLE: N_("人"),
    Measure.TIMES: N_("次"),
    Measure.MONTHS: N_("个月"),
}
