"""The closed lists of duty: why a watch exists, on which days a pattern holds, what an expert is for, how staff are reached."""

from enum import StrEnum

from huiying.rules.words import N_


class ShiftKind(StrEnum):
    """Why a watch exists."""

    PLANNED = "planned"
    SURGE = "surge"
    SWAPPED = "swapped"
    SUBSTITUTE = "substitute"
    TAKEN_OVER = "taken_over"

    @property
    def label(self) -> str:
        """The Chinese word for this kind of watch."""
        return SHIFT_KIND_LABELS[self]


SHIFT_KIND_LABELS = {
    ShiftKind.PLANNED: N_("排班"),
    ShiftKind.SURGE: N_("加强值班"),
    ShiftKind.SWAPPED: N_("换班"),
    ShiftKind.SUBSTITUTE: N_("替班"),
    ShiftKind.TAKEN_OVER: N_("临时接替"),
}


class RosterKind(StrEnum):
    """Whether a roster is a month's, or more duty for a time."""

    MONTH = "month"
    SURGE = "surge"

    @property
    def label(self) -> str:
        """The Chinese word for this kind of roster."""
        return ROSTER_KIND_LABELS[self]


ROSTER_KIND_LABELS = {RosterKind.MONTH: N_("月值班表"), RosterKind.SURGE: N_("加强值班表")}


class DutyDays(StrEnum):
    """On which days a pattern holds, by the body's own calendar."""

    EVERY = "every"
    WORKING = "working"
    REST = "rest"

    @property
    def label(self) -> str:
        """The Chinese word for these days."""
        return DUTY_DAYS_LABELS[self]


DUTY_DAYS_LABELS = {
    DutyDays.EVERY: N_("每天"),
    DutyDays.WORKING: N_("工作日"),
    DutyDays.REST: N_("休息日、节假日"),
}


class ExpertField(StrEnum):
    """What an expert or helper from outside is called for."""

    LAW = "law"
    COUNSELLING = "counselling"
    MEDIATION = "mediation"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETING = "interpreting"
    ETHNIC_AFFAIRS = "ethnic_affairs"
    ENGINEERING = "engineering"
    MEDICINE = "medicine"
    EMERGENCY = "emergency"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word for this field."""
        return EXPERT_FIELD_LABELS[self]


EXPERT_FIELD_LABELS = {
    ExpertField.LAW: N_("法律"),
    ExpertField.COUNSELLING: N_("心理"),
    ExpertField.MEDIATION: N_("调解"),
    ExpertField.SIGN_LANGUAGE: N_("手语"),
    ExpertField.INTERPRETING: N_("方言、民族语言、外语翻译"),
    ExpertField.ETHNIC_AFFAIRS: N_("民族宗教事务"),
    ExpertField.ENGINEERING: N_("工程、房屋安全"),
    ExpertField.MEDICINE: N_("医疗卫生"),
    ExpertField.EMERGENCY: N_("应急管理"),
    ExpertField.OTHER: N_("其他"),
}


class Way(StrEnum):
    """How a member of staff is reached."""

    VOICE = "voice"
    SMS = "sms"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """The Chinese word for this way."""
        return WAY_LABELS[self]


WAY_LABELS = {Way.VOICE: N_("语音电话"), Way.SMS: N_("短信"), Way.EMAIL: N_("邮件")}
