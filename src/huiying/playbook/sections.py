"""What the sections of a plan are called, in the order in which a plan has them."""

from huiying.rules.words import N_

SECTION_LABELS = {
    "purpose": N_("编制目的"),
    "scope": N_("适用范围"),
    "definitions": N_("术语"),
    "principles": N_("工作原则"),
    "rights": N_("权利保障"),
    "stakeholders": N_("有关各方"),
    "legal_bases": N_("编制依据"),
    "risks": N_("风险分析"),
    "warning": N_("预测预警"),
    "teams": N_("组织机构与职责"),
    "watches": N_("值守"),
    "parameters": N_("本预案的参数"),
    "facets": N_("事件类型与情形"),
    "levels": N_("响应分级"),
    "phases": N_("应急响应"),
    "end_criteria": N_("结束条件"),
    "special": N_("特殊情形"),
    "reporting": N_("信息报告"),
    "information": N_("信息发布"),
    "resources": N_("应急资源"),
    "contacts": N_("联络"),
    "funds": N_("经费"),
    "aftercare": N_("后期处置"),
    "evaluation": N_("总结评估"),
    "training": N_("培训"),
    "drills": N_("演练"),
    "accountability": N_("责任追究"),
    "revision": N_("预案修订"),
}
