"""Who may do what: one table, role × action. A grant ties a role to a person, a post and a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.refusals import NotPermitted
from huiying.rules.words import N_, said


class Role(StrEnum):
    """The permissions a grant can carry."""

    CLERK = "clerk"
    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    SUPERVISOR = "supervisor"
    DUTY_OFFICER = "duty_officer"
    LEADING_GROUP = "leading_group"
    PRESS_OFFICER = "press_officer"
    PLANNER = "planner"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    STORE_KEEPER = "store_keeper"

    @property
    def label(self) -> str:
        """The Chinese word for this role."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.CLERK: N_("接待员"),
    Role.OFFICER: N_("承办人"),
    Role.UNIT_HEAD: N_("单位负责人"),
    Role.SUPERVISOR: N_("督办员"),
    Role.DUTY_OFFICER: N_("值班员"),
    Role.LEADING_GROUP: N_("领导小组"),
    Role.PRESS_OFFICER: N_("信息发布"),
    Role.PLANNER: N_("预案管理"),
    Role.AUDITOR: N_("审计"),
    Role.SYSTEM_ADMIN: N_("系统管理员"),
    Role.SECURITY_ADMIN: N_("安全管理员"),
    Role.AUDIT_ADMIN: N_("审计管理员"),
    Role.STORE_KEEPER: N_("物资保管员"),
}

# The three administrator posts of MLPS must be three accounts; registry refuses two of them on one person.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

# Roles that reach only the unit of their grant; all others reach the whole body.
UNIT_ROLES = frozenset({Role.OFFICER, Role.UNIT_HEAD})


class Action(StrEnum):
    """Every act a member of staff can ask for."""

    PETITION_LIST = "petition_list"
    PETITION_READ = "petition_read"
    PETITION_READ_ACCUSATION = "petition_read_accusation"
    PETITION_READ_ORIGINAL = "petition_read_original"
    PETITION_REGISTER = "petition_register"
    PETITION_SHIELD = "petition_shield"
    PETITION_ACCEPT = "petition_accept"
    PETITION_DECLINE = "petition_decline"
    PETITION_REFER = "petition_refer"
    PETITION_ASSIGN = "petition_assign"
    PETITION_NOTIFY = "petition_notify"
    PETITION_FACET = "petition_facet"
    CLAIM_ANSWER = "claim_answer"
    ENQUIRY_ANSWER = "enquiry_answer"
    REPLY_SEND = "reply_send"
    REPLY_SERVE = "reply_serve"
    DRAFT_SUBMIT = "draft_submit"
    DRAFT_APPROVE = "draft_approve"
    FACT_FINDING_NOTE = "fact_finding_note"
    EXTENSION_ASK = "extension_ask"
    EXTENSION_APPROVE = "extension_approve"
    OBJECTION_RAISE = "objection_raise"
    OBJECTION_DECIDE = "objection_decide"
    ASSISTANCE_ASK = "assistance_ask"
    ASSISTANCE_ANSWER = "assistance_answer"
    EXECUTION_REPORT = "execution_report"
    EXECUTION_VERIFY = "execution_verify"
    PETITION_REOPEN = "petition_reopen"
    PETITION_CLASSIFY = "petition_classify"
    PETITION_RECUSE = "petition_recuse"
    PETITION_LINK = "petition_link"
    MESSAGE_WRITE = "message_write"
    MESSAGE_PASS = "message_pass"  # noqa: S105
    SPAM_PROPOSE = "spam_propose"
    SPAM_CONFIRM = "spam_confirm"
    RETALIATION_READ = "retaliation_read"
    FOLLOW_UP_READ = "follow_up_read"
    RATING_READ = "rating_read"
    IDENTITY_OPEN = "identity_open"
    PETITION_IMPORT = "petition_import"
    ISSUE_READ = "issue_read"
    ISSUE_TIE = "issue_tie"
    WARNING_READ = "warning_read"
    WARNING_PROPOSE = "warning_propose"
    WARNING_VERIFY = "warning_verify"
    WARNING_CONFIRM = "warning_confirm"
    WARNING_LIFT = "warning_lift"
    PLAN_READ = "plan_read"
    PLAN_EDIT = "plan_edit"
    PLAN_PROMULGATE = "plan_promulgate"
    INCIDENT_READ = "incident_read"
    INCIDENT_REPORT = "incident_report"
    INCIDENT_VERIFY = "incident_verify"
    INCIDENT_ACTIVATE = "incident_activate"
    INCIDENT_END = "incident_end"
    ORDER_ANSWER = "order_answer"
    SITUATION_REPORT_SEND = "situation_report_send"
    FACT_RECORD = "fact_record"
    NOTICE_READ = "notice_read"
    NOTICE_DRAFT = "notice_draft"
    NOTICE_APPROVE = "notice_approve"
    NOTICE_PUBLISH = "notice_publish"
    EVALUATION_READ = "evaluation_read"
    EVALUATION_WRITE = "evaluation_write"
    EVALUATION_ADOPT = "evaluation_adopt"
    CORRECTIVE_DO = "corrective_do"
    CORRECTIVE_VERIFY = "corrective_verify"
    LEDGER_READ = "ledger_read"
    FIGURES_READ = "figures_read"
    GRANT_EDIT = "grant_edit"
    REGISTRY_EDIT = "registry_edit"
    DUTY_PLAN = "duty_plan"
    SYSTEM_READ = "system_read"
    PLAN_REHEARSE = "plan_rehearse"
    PLAN_COMMENT = "plan_comment"
    PLAN_SUGGEST = "plan_suggest"
    PLAN_OPINE = "plan_opine"
    PLAN_APPROVE = "plan_approve"
    PLAN_FILE = "plan_file"
    PLAN_ACKNOWLEDGE = "plan_acknowledge"
    READINESS_READ = "readiness_read"
    DUTY_READ = "duty_read"
    DUTY_KEEP = "duty_keep"
    POOL_READ = "pool_read"
    POOL_EDIT = "pool_edit"
    CALL_OUT = "call_out"
    CALL_OUT_ANSWER = "call_out_answer"
    COMMUNICATION_TEST = "communication_test"
    SUPPLY_READ = "supply_read"
    SUPPLY_COUNT = "supply_count"
    SUPPLY_EDIT = "supply_edit"
    FUND_READ = "fund_read"
    FUND_EDIT = "fund_edit"
    SPENDING_RECORD = "spending_record"
    CAPACITY_READ = "capacity_read"
    CAPACITY_EDIT = "capacity_edit"
    CAPACITY_APPROVE = "capacity_approve"
    CONTACT_READ = "contact_read"
    CONTACT_VERIFY = "contact_verify"
    CONTACT_EDIT = "contact_edit"


_C, _O, _H, _S, _D, _L, _P, _N, _A, _K = (
    Role.CLERK,
    Role.OFFICER,
    Role.UNIT_HEAD,
    Role.SUPERVISOR,
    Role.DUTY_OFFICER,
    Role.LEADING_GROUP,
    Role.PRESS_OFFICER,
    Role.PLANNER,
    Role.AUDITOR,
    Role.STORE_KEEPER,
)
_RESPONSE = frozenset({_C, _O, _H, _D, _L, _P, _N})

MAY: dict[Action, frozenset[Role]] = {
    Action.PETITION_LIST: frozenset({_C, _O, _H, _S}),
    Action.PETITION_READ: frozenset({_C, _O, _H, _S}),
    Action.PETITION_READ_ACCUSATION: frozenset({_S}),  # 信访工作条例 art. 30: material reaches nobody else
    Action.PETITION_READ_ORIGINAL: frozenset(
        {_C}
    ),  # the petition office alone sees a confidential text unshielded
    Action.PETITION_REGISTER: frozenset({_C}),
    Action.PETITION_SHIELD: frozenset({_C}),
    Action.PETITION_ACCEPT: frozenset({_C}),
    Action.PETITION_DECLINE: frozenset({_C}),
    Action.PETITION_REFER: frozenset({_C}),
    Action.PETITION_ASSIGN: frozenset({_C}),
    Action.PETITION_NOTIFY: frozenset({_O, _H}),
    Action.PETITION_FACET: frozenset({_C, _O}),
    Action.CLAIM_ANSWER: frozenset({_O, _H}),
    Action.ENQUIRY_ANSWER: frozenset({_C}),  # at the counter, of an enquiry alone: rules.reply
    Action.REPLY_SEND: frozenset({_O, _H}),  # an officer only what the head approved: rules.lifecycle.draft
    Action.REPLY_SERVE: frozenset({_C, _O}),
    Action.DRAFT_SUBMIT: frozenset({_O, _H}),
    Action.DRAFT_APPROVE: frozenset({_H}),
    Action.FACT_FINDING_NOTE: frozenset({_O, _H}),
    Action.EXTENSION_ASK: frozenset({_O, _H}),
    # 信访工作条例 art. 34: the unit's head, never who asked; supervision only where every head is recused
    Action.EXTENSION_APPROVE: frozenset({_H, _S}),
    Action.OBJECTION_RAISE: frozenset({_O, _H}),
    Action.OBJECTION_DECIDE: frozenset({_C}),
    Action.ASSISTANCE_ASK: frozenset({_O, _H}),
    Action.ASSISTANCE_ANSWER: frozenset({_O, _H}),  # of the unit that was asked
    Action.EXECUTION_REPORT: frozenset({_O, _H}),
    Action.EXECUTION_VERIFY: frozenset({_C, _S}),
    Action.PETITION_REOPEN: frozenset({_C}),
    Action.PETITION_CLASSIFY: frozenset({_C, _S}),  # supervision: of accusations, which nobody else reads
    Action.PETITION_RECUSE: frozenset({_C, _H, _S}),
    Action.PETITION_LINK: frozenset({_C}),
    Action.MESSAGE_WRITE: frozenset({_C, _O, _H}),
    Action.MESSAGE_PASS: frozenset({_C}),
    Action.SPAM_PROPOSE: frozenset({_C}),
    Action.SPAM_CONFIRM: frozenset({_S}),
    Action.RETALIATION_READ: frozenset({_S}),  # 信访工作条例 art. 18: above the unit, always
    Action.FOLLOW_UP_READ: frozenset({_C, _S}),
    Action.RATING_READ: frozenset({_C, _H, _S}),
    Action.IDENTITY_OPEN: frozenset({_C, _S}),
    Action.PETITION_IMPORT: frozenset({_C}),
    Action.ISSUE_READ: frozenset({_C, _H, _S, _L}),
    Action.ISSUE_TIE: frozenset({_C, _S}),
    Action.WARNING_READ: frozenset({_C, _H, _S, _L, _D}),
    Action.WARNING_PROPOSE: frozenset({_C, _S}),
    Action.WARNING_VERIFY: frozenset({_S, _D}),
    Action.WARNING_CONFIRM: frozenset({_L}),
    Action.WARNING_LIFT: frozenset({_L}),
    Action.PLAN_READ: _RESPONSE | {_S, _K},
    Action.PLAN_EDIT: frozenset({_N}),
    Action.PLAN_PROMULGATE: frozenset({_L}),
    Action.INCIDENT_READ: _RESPONSE | {_K},
    Action.INCIDENT_REPORT: _RESPONSE | {_S, _K},
    Action.INCIDENT_VERIFY: frozenset({_D, _L}),
    Action.INCIDENT_ACTIVATE: frozenset({_L}),
    Action.INCIDENT_END: frozenset({_L}),
    Action.ORDER_ANSWER: _RESPONSE | {_K},
    Action.SITUATION_REPORT_SEND: frozenset({_D, _L}),
    Action.FACT_RECORD: frozenset({_D, _P, _H, _L}),
    Action.NOTICE_READ: frozenset({_P, _L, _D, _H}),
    Action.NOTICE_DRAFT: frozenset({_P}),
    Action.NOTICE_APPROVE: frozenset({_L, _H}),
    Action.NOTICE_PUBLISH: frozenset({_P}),
    Action.EVALUATION_READ: frozenset({_N, _L, _S, _H, _D, _P}),
    Action.EVALUATION_WRITE: frozenset({_N}),
    Action.EVALUATION_ADOPT: frozenset({_L}),
    Action.CORRECTIVE_DO: frozenset({_O, _H, _D, _P, _N, _C, _K}),
    Action.CORRECTIVE_VERIFY: frozenset({_S}),
    Action.LEDGER_READ: frozenset({_A, Role.AUDIT_ADMIN}),
    Action.FIGURES_READ: frozenset({_C, _H, _S, _L, _N, _A}),
    Action.GRANT_EDIT: frozenset({Role.SECURITY_ADMIN}),
    Action.REGISTRY_EDIT: frozenset(
        {Role.SYSTEM_ADMIN}
    ),  # makes accounts and units; rights are another post's
    Action.DUTY_PLAN: frozenset({_D, _L}),
    Action.SYSTEM_READ: frozenset({Role.SYSTEM_ADMIN}),
    Action.PLAN_REHEARSE: frozenset({_N, _L, _D}),
    Action.PLAN_COMMENT: _RESPONSE | {_S, _K},
    Action.PLAN_SUGGEST: _RESPONSE | {_S, _K, _A},
    Action.PLAN_OPINE: frozenset({_H}),
    Action.PLAN_APPROVE: frozenset({_L}),
    Action.PLAN_FILE: frozenset({_N}),
    Action.PLAN_ACKNOWLEDGE: frozenset({_H}),
    Action.READINESS_READ: frozenset({_N, _L, _D, _H, _K}),
    Action.DUTY_READ: _RESPONSE | {_S, _K},
    Action.DUTY_KEEP: _RESPONSE | {_S, _K},
    Action.POOL_READ: _RESPONSE | {_S},
    Action.POOL_EDIT: frozenset({_D, _N}),
    Action.CALL_OUT: frozenset({_D, _L}),
    Action.CALL_OUT_ANSWER: _RESPONSE | {_S, _K},
    Action.COMMUNICATION_TEST: frozenset({_D, _L}),
    Action.SUPPLY_READ: _RESPONSE | {_K},
    Action.SUPPLY_COUNT: frozenset({_K, _D}),
    Action.SUPPLY_EDIT: frozenset({_K}),
    Action.FUND_READ: frozenset({_L, _N, _H, _K, _A}),
    Action.FUND_EDIT: frozenset({_L}),
    Action.SPENDING_RECORD: frozenset({_K, _H, _L}),
    Action.CAPACITY_READ: _RESPONSE | {_S, _K},
    Action.CAPACITY_EDIT: frozenset({_N, _D}),
    Action.CAPACITY_APPROVE: frozenset({_L}),
    Action.CONTACT_READ: _RESPONSE | {_S, _K},
    Action.CONTACT_VERIFY: frozenset({_D, _N, _K, _C}),
    Action.CONTACT_EDIT: frozenset({_D, _N}),
}


@dataclass(frozen=True, slots=True)
class GrantRef:
    """One row of registry's grants, as a value: this role, in this unit (None: the whole body)."""

    role: Role
    unit_id: int | None = None

    def reaches(self, unit_id: int | None) -> bool:
        """Say whether the grant covers a matter of that unit; unit roles reach only their own."""
        return self.role not in UNIT_ROLES or (unit_id is not None and unit_id == self.unit_id)


def can(grants: Iterable[GrantRef], action: Action, *, unit_id: int | None = None) -> bool:
    """Say whether one of the grants allows the action on a matter of that unit."""
    return any(grant.role in MAY[action] and grant.reaches(unit_id) for grant in grants)


def can_somewhere(grants: Iterable[GrantRef], action: Action) -> bool:
    """Say whether the action is open to the holder in any unit (for menus and lists)."""
    return any(grant.role in MAY[action] for grant in grants)


def units_for(grants: Iterable[GrantRef], action: Action) -> frozenset[int] | None:
    """The units in which the action is open; None means the whole body."""
    held = [grant for grant in grants if grant.role in MAY[action]]
    if any(grant.role not in UNIT_ROLES for grant in held):
        return None
    return frozenset(grant.unit_id for grant in held if grant.unit_id is not None)


def check(grants: Iterable[GrantRef], action: Action, *, unit_id: int | None = None) -> None:
    """Raise NotPermitted unless a grant allows the action there; the refusal names the roles that may."""
    if can(grants, action, unit_id=unit_id):
        return
    roles = tuple(role.label for role in Role if role in MAY[action])
    raise NotPermitted(
        N_("您的职责不包括这项操作。"),
        rule=f"permissions.{action}",
        remedy=said(N_("请联系：{roles}"), roles=roles),
    )
