"""What a plan should have and this document does not: the five parts of the law, and what practice asks for."""

import re
from collections.abc import Callable

from huiying.playbook.reading.parts import Missing, ReadClause
from huiying.playbook.reading.parts import ReadKind as K
from huiying.rules.words import N_

_ARTICLE = N_("突发事件应对法第28条")
_RULES = N_("突发事件应急预案管理办法（国办发〔2024〕5号）")
_HOURS = re.compile(r"(?:\d+|[一二两三四五六七八九十半]+)个?(?:分钟|小时|日|天|个工作日)(?:之)?内")
_APPROVED = re.compile(r"审批|批准|签发|备案|印发|审核|发布实施|报[^。，]{0,12}备案")
_CONTACTS = re.compile(r"通讯录|联络表|联系(?:方式|电话|人|表|清单)|值班电话|\d{3,4}-\d{7,8}|1[3-9]\d{9}")
_REMEDY = re.compile(r"行政复议|行政诉讼|复查|复核|申诉|救济|投诉(?:渠道|电话|受理)|提起诉讼|国家赔偿")
_PRIVACY = re.compile(r"个人信息|隐私|保密")

_REPORTED = (K.REPORTING, K.STEP, K.WARNING, K.WATCH)

Clauses = tuple[ReadClause, ...]


def lacking(clauses: Clauses) -> tuple[Missing, ...]:
    """Each part that no clause speaks of, with the article or practice that asks for it."""
    return tuple(Missing(part, practice) for part, practice, held in _ROWS if not held(clauses))


def _has(clauses: Clauses, *kinds: K) -> bool:
    return any(clause.kind in kinds for clause in clauses)


def _has_contacts(clauses: Clauses) -> bool:
    return _says(clauses, _CONTACTS) or any(_CONTACTS.search(title) for one in clauses for title in one.path)


def _says(clauses: Clauses, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(clause.text) for clause in clauses)


def _says_in(clauses: Clauses, pattern: re.Pattern[str], *kinds: K) -> bool:
    return any(pattern.search(clause.text) for clause in clauses if clause.kind in kinds)


_ROWS: tuple[tuple[str, str, Callable[[Clauses], bool]], ...] = (
    (N_("组织指挥体系与职责"), _ARTICLE, lambda all_: _has(all_, K.TEAM, K.ROLE) and _has(all_, K.DUTY, K.ROLE)),
    (N_("预防与预警"), _ARTICLE, lambda all_: _has(all_, K.WARNING, K.RISK)),
    (N_("处置程序"), _ARTICLE, lambda all_: _has(all_, K.STEP)),
    (N_("应急保障措施"), _ARTICLE, lambda all_: _has(all_, K.RESOURCE, K.FUNDS)),
    (N_("事后恢复措施"), _ARTICLE, lambda all_: _has(all_, K.AFTERCARE)),
    (N_("响应分级与启动条件"), N_("突发事件应对法第71条"), lambda all_: _has(all_, K.LEVEL)),
    (N_("报告时限"), N_("突发事件应对法第17条、第69条"), lambda all_: _says_in(all_, _HOURS, *_REPORTED)),
    (N_("响应结束条件"), _RULES, lambda all_: _has(all_, K.END_CRITERION)),
    (N_("编制依据"), _RULES, lambda all_: _has(all_, K.LEGAL_BASIS) or _says(all_, re.compile(
        r"《[^》]{2,40}(?:法|条例|办法|规定)》"
    ))),
    (N_("审批、备案信息"), _RULES, lambda all_: _says_in(all_, _APPROVED, K.REVISION, K.OTHER, K.PURPOSE)),
    (N_("联络表"), _RULES, _has_contacts),
    (N_("演练安排"), _RULES, lambda all_: _has(all_, K.DRILL)),
    (N_("预案评估与修订"), _RULES, lambda all_: _has(all_, K.REVISION)),
    (N_("救济途径"), N_("信访工作条例第35条、第36条"), lambda all_: _says(all_, _REMEDY)),
    (N_("个人信息保护"), N_("个人信息保护法；突发事件应对法第83条至第85条"), lambda all_: _says(all_, _PRIVACY)),
)  # fmt: skip
