"""The closed lists of a plan's life: its kind, its procedure, an opinion's position, why it has to be revised."""

from enum import StrEnum

from huiying.rules.words import N_


class PlanKind(StrEnum):
    """The kinds of plan of 国办发〔2024〕5号 art. 7–17."""

    GENERAL = "general"
    SPECIAL = "special"
    DEPARTMENT = "department"
    UNIT = "unit"
    JOINT = "joint"
    EVENT = "event"
    CATASTROPHE = "catastrophe"
    HANDBOOK = "handbook"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return PLAN_KIND_LABELS[self]


PLAN_KIND_LABELS = {
    PlanKind.GENERAL: N_("总体应急预案"),
    PlanKind.SPECIAL: N_("专项应急预案"),
    PlanKind.DEPARTMENT: N_("部门应急预案"),
    PlanKind.UNIT: N_("单位和基层组织应急预案"),
    PlanKind.JOINT: N_("联合应急预案"),
    PlanKind.EVENT: N_("重大活动应急预案"),
    PlanKind.CATASTROPHE: N_("巨灾应急预案"),
    PlanKind.HANDBOOK: N_("工作手册、行动方案"),
}


class Procedure(StrEnum):
    """Which procedure a version goes through; art. 36: command, procedure, measures, grading → the full one."""

    FULL = "full"
    SIMPLIFIED = "simplified"

    @property
    def label(self) -> str:
        """The Chinese word for this procedure."""
        return PROCEDURE_LABELS[self]


PROCEDURE_LABELS = {
    Procedure.FULL: N_("完整程序"),
    Procedure.SIMPLIFIED: N_("简化程序"),
}


class Position(StrEnum):
    """What a written opinion comes to."""

    AGREES = "agrees"
    WITH_CHANGES = "with_changes"
    DISAGREES = "disagrees"

    @property
    def label(self) -> str:
        """The Chinese word for this position."""
        return POSITION_LABELS[self]


POSITION_LABELS = {
    Position.AGREES: N_("同意"),
    Position.WITH_CHANGES: N_("修改后同意"),
    Position.DISAGREES: N_("不同意"),
}


class RevisionCause(StrEnum):
    """The six causes for which a plan is revised, 国办发〔2024〕5号 art. 35."""

    LAW = "law"
    COMMAND = "command"
    RISK = "risk"
    RESOURCES = "resources"
    PRACTICE = "practice"
    OWN = "own"

    @property
    def label(self) -> str:
        """The Chinese words for this cause."""
        return REVISION_CAUSE_LABELS[self]


REVISION_CAUSE_LABELS = {
    RevisionCause.LAW: N_("法律、法规、标准或上级预案有重大变化"),
    RevisionCause.COMMAND: N_("指挥机构及其职责有重大调整"),
    RevisionCause.RISK: N_("面临的风险有重大变化"),
    RevisionCause.RESOURCES: N_("重要应急资源有重大变化"),
    RevisionCause.PRACTICE: N_("实际应对或演练中发现问题"),
    RevisionCause.OWN: N_("制定单位认为应当修订"),
}
