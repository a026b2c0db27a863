"""What each kind of clause that the reader knows is called, in the order of a plan."""

from huiying.playbook.reading.parts import ReadKind as K
from huiying.rules.words import N_

KIND_WORDS = {
    K.PURPOSE: N_("编制目的"),
    K.SCOPE: N_("适用范围"),
    K.DEFINITION: N_("术语"),
    K.PRINCIPLE: N_("工作原则"),
    K.RIGHT: N_("权利保障"),
    K.STAKEHOLDER: N_("有关各方"),
    K.LEGAL_BASIS: N_("编制依据"),
    K.RISK: N_("风险分析"),
    K.WARNING: N_("预测预警"),
    K.TEAM: N_("机构、工作组"),
    K.ROLE: N_("角色"),
    K.DUTY: N_("职责"),
    K.WATCH: N_("值守"),
    K.INCIDENT_TYPE: N_("事件类型"),
    K.LEVEL: N_("响应分级"),
    K.PHASE: N_("阶段"),
    K.STEP: N_("步骤"),
    K.END_CRITERION: N_("结束条件"),
    K.SPECIAL: N_("特殊情形"),
    K.REPORTING: N_("信息报告"),
    K.INFORMATION: N_("信息发布"),
    K.RESOURCE: N_("应急资源"),
    K.FUNDS: N_("经费"),
    K.AFTERCARE: N_("后期处置"),
    K.EVALUATION: N_("总结评估"),
    K.TRAINING: N_("培训"),
    K.DRILL: N_("演练"),
    K.ACCOUNTABILITY: N_("责任追究"),
    K.REVISION: N_("预案修订"),
    K.OTHER: N_("其他，不进草案"),
}

REPAIR_WORDS = {
    "contents-left-out": N_("目录没有读"),
    "embedded-part-left-out": N_("嵌入的对象没有读"),
    "deleted-text-left-out": N_("修订中删去的文字没有读"),
    "hidden-text-left-out": N_("隐藏的文字没有读"),
    "text-box-left-out": N_("文本框没有读"),
    "note-left-out": N_("脚注、尾注没有读"),
    "rows-joined": N_("折断的行接了起来"),
    "invisible-characters": N_("看不见的字符删去了"),
    "radicals-for-characters": N_("部首字形换成了汉字"),
    "private-bullets": N_("项目符号换成了圆点"),
    "garble": N_("认不出的字，原样留着"),
    "gbk-shift": N_("乱码恢复成了汉字"),
    "pinyin": N_("括号里的拼音删去了"),
    "traditional": N_("繁体读作简体"),
    "page-without-text": N_("这一页是图片，没有文字"),
}
LEFT_OUT_WORDS = {
    "heading": N_("标题"),
    "contents": N_("目录，不采用"),
    "announcement": N_("引出下文，不单独成条"),
    "filler": N_("占位文字，不采用"),
    "passed_over": N_("网页的其他内容，略过"),
}
