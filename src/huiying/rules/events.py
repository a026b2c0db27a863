"""The kinds of ledger event. Facts of an event hold ids, dates, enums and counts, never personal text."""

from enum import StrEnum

from huiying.rules.words import N_


class EventKind(StrEnum):
    """What can be written in the ledger; one row a verb, grouped by room."""

    # records
    IDENTITY_OPENED = "identity.opened"
    IDENTITY_ERASED = "identity.erased"
    # registry
    BODY_FOUNDED = "body.founded"
    UNIT_FOUNDED = "unit.founded"
    POST_CREATED = "post.created"
    STAFF_ENROLLED = "staff.enrolled"
    GRANT_GIVEN = "grant.given"
    GRANT_ENDED = "grant.ended"
    PLACE_OPENED = "place.opened"
    DUTY_PLANNED = "duty.planned"
    CALENDAR_OVERRIDDEN = "calendar.overridden"
    LEVELS_SET = "levels.set"
    GRANT_EXTENDED = "grant.extended"
    CATEGORIES_LAID = "categories.laid"
    CATEGORY_ADDED = "category.added"
    CATEGORY_CHANGED = "category.changed"
    CATEGORY_ENDED = "category.ended"
    PLACE_CHANGED = "place.changed"
    PLACE_CLOSED = "place.closed"
    CALENDAR_RESTORED = "calendar.restored"
    NUMBERING_SET = "numbering.set"
    BODY_CHANGED = "body.changed"
    UNIT_CHANGED = "unit.changed"
    STAFF_DEACTIVATED = "staff.deactivated"
    STAFF_RETURNED = "staff.returned"
    PASSPHRASE_LENT = "staff.passphrase_lent"  # noqa: S105
    SECOND_FACTOR_ON = "second_factor.on"
    SECOND_FACTOR_OFF = "second_factor.off"
    SECOND_FACTOR_RESET = "second_factor.reset"
    RECOVERY_CODES_RENEWED = "recovery_codes.renewed"
    RECOVERY_CODE_USED = "recovery_code.used"
    SIGNED_IN = "staff.signed_in"
    SIGN_IN_LOCKED = "staff.sign_in_locked"
    PASSPHRASE_CHANGED = "staff.passphrase_changed"  # noqa: S105
    # petitions
    PETITION_FILED = "petition.filed"
    PETITION_REGISTERED = "petition.registered"
    PETITION_SHIELDED = "petition.shielded"
    PETITION_ACCEPTED = "petition.accepted"
    PETITION_DECLINED = "petition.declined"
    PETITION_REFERRED = "petition.referred"
    PETITION_ASSIGNED = "petition.assigned"
    PETITION_NOTIFIED = "petition.notified"
    PETITION_FACET_SET = "petition.facet_set"
    PETITION_WITHDRAWN = "petition.withdrawn"
    PETITION_IMPORTED = "petition.imported"
    PETITION_REDATED = "petition.redated"
    CLAIM_ANSWERED = "claim.answered"
    REPLY_SENT = "reply.sent"
    REPLY_SERVED = "reply.served"
    PETITION_RATED = "petition.rated"
    PETITION_RESUMED = "petition.resumed"
    PETITION_CORRECTED = "petition.corrected"
    PETITION_CLASSIFIED = "petition.classified"
    PETITION_REOPENED = "petition.reopened"
    PETITION_LINKED = "petition.linked"
    PETITION_UNLINKED = "petition.unlinked"
    PETITION_RECUSED = "petition.recused"
    RECUSAL_ENDED = "petition.recusal_ended"
    ASSIGNMENT_REFUSED = "petition.assignment_refused"
    CODE_RENEWED = "code.renewed"
    DRAFT_SUBMITTED = "draft.submitted"
    DRAFT_RETURNED = "draft.returned"
    DRAFT_APPROVED = "draft.approved"
    FACT_FINDING_NOTED = "fact_finding.noted"
    EVIDENCE_ADDED = "evidence.added"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_APPROVED = "extension.approved"
    EXTENSION_REFUSED = "extension.refused"
    OBJECTION_RAISED = "objection.raised"
    OBJECTION_AGREED = "objection.agreed"
    OBJECTION_REFUSED = "objection.refused"
    ASSISTANCE_ASKED = "assistance.asked"
    ASSISTANCE_ANSWERED = "assistance.answered"
    EXECUTION_OPENED = "execution.opened"
    EXECUTION_REPORTED = "execution.reported"
    EXECUTION_VERIFIED = "execution.verified"
    EXECUTION_RETURNED = "execution.returned"
    MESSAGE_SAID = "message.said"
    MESSAGE_PASSED = "message.passed"
    SPAM_PROPOSED = "spam.proposed"
    SPAM_CONFIRMED = "spam.confirmed"
    SPAM_APPEALED = "spam.appealed"
    SPAM_LIFTED = "spam.lifted"
    RETALIATION_REPORTED = "retaliation.reported"
    RETALIATION_ANSWERED = "retaliation.answered"
    FOLLOW_UP_OPENED = "follow_up.opened"
    FOLLOW_UP_CLOSED = "follow_up.closed"
    CRISIS_SHOWN = "crisis.shown"
    FILE_STORED = "file.stored"
    FILE_PASSED = "file.passed"
    FILE_ERASED = "file.erased"
    VIEW_SAVED = "view.saved"
    VIEW_DROPPED = "view.dropped"
    # issues
    ISSUE_OPENED = "issue.opened"
    ISSUE_TIED = "issue.tied"
    ISSUE_UNTIED = "issue.untied"
    ISSUE_CLOSED = "issue.closed"
    WARNING_PROPOSED = "warning.proposed"
    WARNING_VERIFIED = "warning.verified"
    WARNING_CONFIRMED = "warning.confirmed"
    WARNING_DISMISSED = "warning.dismissed"
    WARNING_LIFTED = "warning.lifted"
    # emergency
    PLAN_OPENED = "plan.opened"
    PLAN_SAVED = "plan.saved"
    PLAN_PROMULGATED = "plan.promulgated"
    PLAN_SUPERSEDED = "plan.superseded"
    INCIDENT_REPORTED = "incident.reported"
    INCIDENT_VERIFIED = "incident.verified"
    INCIDENT_UPDATED = "incident.updated"
    INCIDENT_DISMISSED = "incident.dismissed"
    INCIDENT_ACTIVATED = "incident.activated"
    INCIDENT_ENDED = "incident.ended"
    ORDER_SENT = "order.sent"
    ORDER_ACKNOWLEDGED = "order.acknowledged"
    ORDER_DONE = "order.done"
    ORDER_REFUSED = "order.refused"
    ORDER_REASSIGNED = "order.reassigned"
    SITUATION_REPORTED = "situation.reported"
    SITUATION_PHONED = "situation.phoned"
    DECISION_RECORDED = "decision.recorded"
    INFORMATION_GIVEN = "information.given"
    # publishing
    FACT_RECORDED = "fact.recorded"
    NOTICE_DRAFTED = "notice.drafted"
    NOTICE_SAVED = "notice.saved"
    NOTICE_SUBMITTED = "notice.submitted"
    NOTICE_APPROVED = "notice.approved"
    NOTICE_RETURNED = "notice.returned"
    NOTICE_RECALLED = "notice.recalled"
    NOTICE_PUBLISHED = "notice.published"
    CORRECTION_PROPOSED = "correction.proposed"
    CORRECTION_RETURNED = "correction.returned"
    NOTICE_CORRECTED = "notice.corrected"
    NOTICE_WITHDRAWN = "notice.withdrawn"
    CONFERENCE_RECORDED = "conference.recorded"
    TABLE_RELEASED = "table.released"
    # learning
    EVALUATION_OPENED = "evaluation.opened"
    EVALUATION_REFRESHED = "evaluation.refreshed"
    EVALUATION_SUMMARISED = "evaluation.summarised"
    FINDING_RECORDED = "finding.recorded"
    EVALUATION_ADOPTED = "evaluation.adopted"
    CORRECTIVE_ORDERED = "corrective.ordered"
    CORRECTIVE_DONE = "corrective.done"
    CORRECTIVE_RETURNED = "corrective.returned"
    CORRECTIVE_VERIFIED = "corrective.verified"
    CHANGE_PROPOSED = "change.proposed"
    CHANGE_DRAFTED = "change.drafted"

    @property
    def label(self) -> str:
        """What happened, in Chinese."""
        return LABELS[self]


LABELS: dict[EventKind, str] = {
    EventKind.IDENTITY_OPENED: N_("查看身份信息"),
    EventKind.IDENTITY_ERASED: N_("删除身份信息"),
    EventKind.BODY_FOUNDED: N_("设立机构"),
    EventKind.UNIT_FOUNDED: N_("设立单位"),
    EventKind.POST_CREATED: N_("设立岗位"),
    EventKind.STAFF_ENROLLED: N_("人员入册"),
    EventKind.GRANT_GIVEN: N_("授权"),
    EventKind.GRANT_ENDED: N_("终止授权"),
    EventKind.PLACE_OPENED: N_("开设接待场所"),
    EventKind.DUTY_PLANNED: N_("安排值班"),
    EventKind.CALENDAR_OVERRIDDEN: N_("调整工作日"),
    EventKind.LEVELS_SET: N_("确定响应分级"),
    EventKind.GRANT_EXTENDED: N_("延长授权"),
    EventKind.CATEGORIES_LAID: N_("采用默认类别"),
    EventKind.CATEGORY_ADDED: N_("增加类别"),
    EventKind.CATEGORY_CHANGED: N_("修改类别"),
    EventKind.CATEGORY_ENDED: N_("停用类别"),
    EventKind.PLACE_CHANGED: N_("修改接待场所"),
    EventKind.PLACE_CLOSED: N_("关闭接待场所"),
    EventKind.CALENDAR_RESTORED: N_("撤销工作日调整"),
    EventKind.NUMBERING_SET: N_("设定编号样式"),
    EventKind.BODY_CHANGED: N_("修改机构信息"),
    EventKind.UNIT_CHANGED: N_("修改单位信息"),
    EventKind.STAFF_DEACTIVATED: N_("停用账号"),
    EventKind.STAFF_RETURNED: N_("恢复账号"),
    EventKind.PASSPHRASE_LENT: N_("发放临时口令"),
    EventKind.SECOND_FACTOR_ON: N_("开启两步验证"),
    EventKind.SECOND_FACTOR_OFF: N_("关闭两步验证"),
    EventKind.SECOND_FACTOR_RESET: N_("重置两步验证"),
    EventKind.RECOVERY_CODES_RENEWED: N_("更换恢复码"),
    EventKind.RECOVERY_CODE_USED: N_("使用恢复码登录"),
    EventKind.SIGNED_IN: N_("登录"),
    EventKind.SIGN_IN_LOCKED: N_("连续登录失败，账号锁定"),
    EventKind.PASSPHRASE_CHANGED: N_("修改口令"),
    EventKind.PETITION_FILED: N_("收到信访事项"),
    EventKind.PETITION_REGISTERED: N_("登记信访事项"),
    EventKind.PETITION_SHIELDED: N_("写成隐去身份的文本"),
    EventKind.PETITION_ACCEPTED: N_("受理"),
    EventKind.PETITION_DECLINED: N_("不予受理"),
    EventKind.PETITION_REFERRED: N_("转送"),
    EventKind.PETITION_ASSIGNED: N_("分办"),
    EventKind.PETITION_NOTIFIED: N_("书面告知"),
    EventKind.PETITION_FACET_SET: N_("标明紧急情形"),
    EventKind.PETITION_WITHDRAWN: N_("信访人撤回"),
    EventKind.PETITION_IMPORTED: N_("导入信访事项"),
    EventKind.PETITION_REDATED: N_("期限按工作日历重算"),
    EventKind.CLAIM_ANSWERED: N_("写诉求的答复"),
    EventKind.REPLY_SENT: N_("发出答复"),
    EventKind.REPLY_SERVED: N_("答复送达"),
    EventKind.PETITION_RATED: N_("信访人评价"),
    EventKind.PETITION_RESUMED: N_("信访人收回撤回"),
    EventKind.PETITION_CORRECTED: N_("信访人更正"),
    EventKind.PETITION_CLASSIFIED: N_("归类并指定主管单位"),
    EventKind.PETITION_REOPENED: N_("因新事实重新办理"),
    EventKind.PETITION_LINKED: N_("关联同一事项"),
    EventKind.PETITION_UNLINKED: N_("取消关联"),
    EventKind.PETITION_RECUSED: N_("回避"),
    EventKind.RECUSAL_ENDED: N_("撤销回避"),
    EventKind.ASSIGNMENT_REFUSED: N_("分办给须回避的人，未准"),
    EventKind.CODE_RENEWED: N_("更换查询码"),
    EventKind.DRAFT_SUBMITTED: N_("答复送审"),
    EventKind.DRAFT_RETURNED: N_("答复退回修改"),
    EventKind.DRAFT_APPROVED: N_("答复审核同意"),
    EventKind.FACT_FINDING_NOTED: N_("记录调查核实"),
    EventKind.EVIDENCE_ADDED: N_("登记证据"),
    EventKind.EXTENSION_ASKED: N_("申请延期"),
    EventKind.EXTENSION_APPROVED: N_("批准延期"),
    EventKind.EXTENSION_REFUSED: N_("不同意延期"),
    EventKind.OBJECTION_RAISED: N_("承办单位提出异议"),
    EventKind.OBJECTION_AGREED: N_("同意退回另行分办"),
    EventKind.OBJECTION_REFUSED: N_("不同意退回"),
    EventKind.ASSISTANCE_ASKED: N_("请其他单位协办"),
    EventKind.ASSISTANCE_ANSWERED: N_("协办单位回复"),
    EventKind.EXECUTION_OPENED: N_("开始执行"),
    EventKind.EXECUTION_REPORTED: N_("报告执行情况"),
    EventKind.EXECUTION_VERIFIED: N_("核验执行"),
    EventKind.EXECUTION_RETURNED: N_("执行退回"),
    EventKind.MESSAGE_SAID: N_("来往留言"),
    EventKind.MESSAGE_PASSED: N_("留言转给承办单位"),
    EventKind.SPAM_PROPOSED: N_("疑为垃圾信息"),
    EventKind.SPAM_CONFIRMED: N_("认定为垃圾信息"),
    EventKind.SPAM_APPEALED: N_("本人对认定有异议"),
    EventKind.SPAM_LIFTED: N_("恢复办理"),
    EventKind.RETALIATION_REPORTED: N_("反映打击报复"),
    EventKind.RETALIATION_ANSWERED: N_("答复打击报复反映"),
    EventKind.FOLLOW_UP_OPENED: N_("低评价开始跟进"),
    EventKind.FOLLOW_UP_CLOSED: N_("低评价跟进完毕"),
    EventKind.CRISIS_SHOWN: N_("提示心理援助并通知值班"),
    EventKind.FILE_STORED: N_("收存文件"),
    EventKind.FILE_PASSED: N_("文件转给承办单位"),
    EventKind.FILE_ERASED: N_("删除文件"),
    EventKind.VIEW_SAVED: N_("保存常用筛选"),
    EventKind.VIEW_DROPPED: N_("删去常用筛选"),
    EventKind.ISSUE_OPENED: N_("立共性问题"),
    EventKind.ISSUE_TIED: N_("归入共性问题"),
    EventKind.ISSUE_UNTIED: N_("移出共性问题"),
    EventKind.ISSUE_CLOSED: N_("共性问题办结"),
    EventKind.WARNING_PROPOSED: N_("提出预警"),
    EventKind.WARNING_VERIFIED: N_("核实预警"),
    EventKind.WARNING_CONFIRMED: N_("确认预警"),
    EventKind.WARNING_DISMISSED: N_("不予预警"),
    EventKind.WARNING_LIFTED: N_("解除预警"),
    EventKind.PLAN_OPENED: N_("新建预案"),
    EventKind.PLAN_SAVED: N_("保存预案文本"),
    EventKind.PLAN_PROMULGATED: N_("预案印发施行"),
    EventKind.PLAN_SUPERSEDED: N_("预案旧版停止施行"),
    EventKind.INCIDENT_REPORTED: N_("接报突发事件"),
    EventKind.INCIDENT_VERIFIED: N_("核实突发事件"),
    EventKind.INCIDENT_UPDATED: N_("更新事件情况"),
    EventKind.INCIDENT_DISMISSED: N_("核实后不属突发事件"),
    EventKind.INCIDENT_ACTIVATED: N_("启动响应"),
    EventKind.INCIDENT_ENDED: N_("终止响应"),
    EventKind.ORDER_SENT: N_("下达指令"),
    EventKind.ORDER_ACKNOWLEDGED: N_("签收指令"),
    EventKind.ORDER_DONE: N_("完成指令"),
    EventKind.ORDER_REFUSED: N_("说明不能执行指令"),
    EventKind.ORDER_REASSIGNED: N_("改派指令"),
    EventKind.SITUATION_REPORTED: N_("上报情况"),
    EventKind.SITUATION_PHONED: N_("电话先报"),
    EventKind.DECISION_RECORDED: N_("记录决定"),
    EventKind.INFORMATION_GIVEN: N_("履行信息发布义务"),
    EventKind.FACT_RECORDED: N_("记录事实"),
    EventKind.NOTICE_DRAFTED: N_("起草通告"),
    EventKind.NOTICE_SAVED: N_("保存通告"),
    EventKind.NOTICE_SUBMITTED: N_("通告送审"),
    EventKind.NOTICE_APPROVED: N_("批准通告"),
    EventKind.NOTICE_RETURNED: N_("退回通告"),
    EventKind.NOTICE_RECALLED: N_("收回通告修改"),
    EventKind.NOTICE_PUBLISHED: N_("发布通告"),
    EventKind.CORRECTION_PROPOSED: N_("提出更正"),
    EventKind.CORRECTION_RETURNED: N_("退回更正"),
    EventKind.NOTICE_CORRECTED: N_("更正通告"),
    EventKind.NOTICE_WITHDRAWN: N_("撤回通告"),
    EventKind.CONFERENCE_RECORDED: N_("记录新闻发布会"),
    EventKind.TABLE_RELEASED: N_("公布统计表"),
    EventKind.EVALUATION_OPENED: N_("启动总结评估"),
    EventKind.EVALUATION_REFRESHED: N_("更新评估的经过"),
    EventKind.EVALUATION_SUMMARISED: N_("写评估结论"),
    EventKind.FINDING_RECORDED: N_("记录评估发现"),
    EventKind.EVALUATION_ADOPTED: N_("评估通过"),
    EventKind.CORRECTIVE_ORDERED: N_("布置整改"),
    EventKind.CORRECTIVE_DONE: N_("整改完成待验"),
    EventKind.CORRECTIVE_RETURNED: N_("整改退回"),
    EventKind.CORRECTIVE_VERIFIED: N_("整改验收"),
    EventKind.CHANGE_PROPOSED: N_("建议修改预案条款"),
    EventKind.CHANGE_DRAFTED: N_("修改建议写入新版"),
}
