"""Which kind a clause is of: by its label, else by its headings, and by its own words where these leave it open."""

import re
from dataclasses import dataclass
from functools import lru_cache

from huiying.playbook.reading.headings import Meaning, meaning
from huiying.playbook.reading.parts import ReadKind as K
from huiying.playbook.reading.wording import (
    exhorts,
    first_among,
    is_duty_line,
    is_level_line,
    is_role_line,
    speaks_of_documents,
)

LABELLED, HEADED, CHOSEN, DEFAULT, SPOKEN, UNKNOWN = 0.95, 0.9, 0.82, 0.7, 0.6, 0.4
FURTHER_UP = 0.06

_BESIDE: dict[K, frozenset[K]] = {
    K.PURPOSE: frozenset({K.SCOPE, K.LEGAL_BASIS, K.PRINCIPLE, K.DEFINITION, K.LEVEL, K.PURPOSE}),
    K.SCOPE: frozenset({K.SCOPE, K.DEFINITION, K.LEVEL, K.PURPOSE}),
    K.TEAM: frozenset({K.ROLE, K.TEAM, K.DUTY, K.WATCH}),
    K.RESOURCE: frozenset({K.FUNDS, K.TRAINING, K.DRILL, K.ACCOUNTABILITY, K.DUTY, K.WATCH, K.REVISION}),
    K.AFTERCARE: frozenset({K.EVALUATION, K.REVISION, K.ACCOUNTABILITY, K.TRAINING}),
    K.REVISION: frozenset(
        {K.REVISION, K.DRILL, K.TRAINING, K.DEFINITION, K.ACCOUNTABILITY, K.EVALUATION, K.FUNDS}
    ),
    K.DEFINITION: frozenset({K.DEFINITION, K.RISK}),
    K.WARNING: frozenset({K.WARNING, K.WATCH}),
    K.INCIDENT_TYPE: frozenset({K.DEFINITION, K.LEVEL}),
    K.OTHER: frozenset(
        {
            K.PURPOSE,
            K.REVISION,
            K.PRINCIPLE,
            K.DRILL,
            K.TRAINING,
            K.DEFINITION,
            K.ACCOUNTABILITY,
            K.EVALUATION,
            K.FUNDS,
        }
    ),
}
"""What else may stand under a heading that says several things, or only 总则, 保障措施, 附则."""

_EVEN_SO: dict[K, tuple[tuple[K, str], ...]] = {
    K.PURPOSE: ((K.SCOPE, r"^本?(?:预案|制度|方案)适用"), (K.LEGAL_BASIS, r"^(?:根据|依据)《[^。]*$(?<!制定本预案。)")),
    K.SCOPE: (
        (K.INCIDENT_TYPE, r"^[^。，]{0,16}(?:事件|事故|灾害)(?:主要)?(?:包括|分为)"),
        (K.DEFINITION, r"^[^。]{0,16}(?:是指|所称)"),
    ),
    K.WARNING: ((K.LEVEL, r"分为[^。]{0,30}(?:[一二三四]|\d)个?(?:级|等)"), (K.WATCH, r"(?:24|二十四)小时[^。]{0,8}值(?:班|守)")),
    K.REPORTING: ((K.WATCH, r"(?:24|二十四)小时[^。]{0,8}值(?:班|守)"),),
    K.LEVEL: ((K.DEFINITION, r"^[^。]{0,16}(?:是指|所称)"),),
    K.STEP: (
        (K.ROLE, r"^[^，。：]{2,14}(?:任|担任|为)[^，。；]{0,6}(?:总指挥|指挥|组长|负责人)(?:[，；。]|$)"),
        (K.END_CRITERION, r"(?:终止|结束|解除)[^。，；]{0,6}(?:应急(?:响应|状态|救援|预案)|响应|本预案)。?$|应急(?:响应|"
            r"救援行动|处置|救援)(?:工作|行动)?(?:终止|结束|解除)。?$"),
        (K.LEVEL, r"分为[^。]{0,30}(?:[一二三四]|\d)个?级"),
        (K.PHASE, r"分为[^。]{2,60}(?:环节|阶段)。?$"),
    ),
    K.AFTERCARE: ((K.ACCOUNTABILITY, r"追究|问责|追责"), (K.REVISION, r"修订[^。，]{0,10}预案|预案[^。，]{0,8}修订")),
    K.EVALUATION: (
        (K.DRILL, r"^[^。，]{0,8}演练"),
        (K.REVISION, r"(?:修订|修改)(?:和完善|完善)?[^。，]{0,12}预案|预案[^。，]{0,10}修订"),
        (K.ACCOUNTABILITY, r"追究[^。]{0,8}责任|问责"),
    ),
    K.RESOURCE: ((K.FUNDS, r"^[^。，：]{0,4}(?:资金|经费)(?:保障)?(?:：|。|，)|^[^。，]{0,6}(?:专项资金|经费)"),),
    K.DRILL: ((K.TRAINING, r"^[^。，]{0,14}培训(?![^。]{0,20}演练)"),),
    K.TRAINING: ((K.DRILL, r"^[^。，]{0,14}演练"),),
    K.REVISION: ((K.DRILL, r"^[^。，]{0,16}演练"),),
    K.FUNDS: (),
}  # fmt: skip
_SURELY_ELSE = {
    kind: tuple((other, re.compile(words)) for other, words in rows) for kind, rows in _EVEN_SO.items()
}
_SETS_UP = re.compile(r"^[^。，]{0,14}(?:成立|设立|组建)|^[^。]{0,30}，(?:成立|设立|组建)|下设")
_OF_BODIES = re.compile(r"机构|小组|组成|专家|指挥部|办公室")
_STOCK = re.compile(r"清单|储备|配备|见附[件表]")
_ENDS_IN_BODY = re.compile(r"(?:组|部|办公室|中心|机构|委员会|队|局|处|科|室|院|公司|单位)$")
_NO_TEAM = re.compile(r"^(?:应急|工作|领导|办事|指挥|组织|管理|救援|常设)*(?:组织)?机构$|成员单位$")
_TYPE = re.compile(r"(?:事件|事故|问题|灾害|险情|灾情|疫情|火灾|洪水|地震|停电|中毒|泄漏|爆炸|倒塌)[：:]?$")
_LEVEL_TITLE = re.compile(
    r"^(?:[红橙黄蓝]色?(?:预警|响应)|[ⅠⅡⅢⅣ一二三四1-4IV]{1,3}级(?:应急)?(?:响应|预警|事件|事故)?|"
    r"(?:特别重大|重大|较大|一般)[^，。]{0,12}(?:事件|事故))"
)
_IN_PREAMBLE = frozenset({K.PURPOSE, K.SCOPE, K.LEGAL_BASIS, K.DEFINITION, K.REVISION, K.PRINCIPLE})
_RESPONSE_BESIDE = frozenset({K.RESOURCE, K.EVALUATION, K.DUTY, K.TEAM, K.TRAINING})


@dataclass(frozen=True, slots=True)
class Sorted:
    """The kind and how sure it is."""

    kind: K
    sure: float
    fallback: bool = False


@lru_cache(maxsize=1024)
def _meanings(path: tuple[str, ...]) -> tuple[tuple[int, Meaning], ...]:
    """What the headings above mean, from the nearest outwards, with how many levels up each is."""
    found = ((up, meaning(title)) for up, title in enumerate(reversed(path)))
    return tuple((up, each) for up, each in found if each.kinds)


def kind_of(text: str, path: tuple[str, ...], *, preamble: bool = False) -> Sorted:
    """The kind of a clause and how sure it is, from 0 to 1. A preamble stands before the first heading."""
    headed = _meanings(path)
    if _is_special(headed):
        return Sorted(K.SPECIAL, HEADED)
    if speaks_of_documents(text):
        return Sorted(K.OTHER, CHOSEN)
    if labelled := _by_label(text, headed):
        return Sorted(labelled, LABELLED)
    if not headed:
        return _by_words_alone(text, _IN_PREAMBLE if preamble else frozenset(K))
    up, nearest = headed[0]
    if nearest.kinds == (K.STEP,) and len(headed) > 1 and headed[1][1].first in (K.REPORTING, K.WARNING):
        up, nearest = headed[1]
    less = FURTHER_UP * min(up, 2)
    if _inside_response(headed, nearest):
        is_stock = nearest.first is K.RESOURCE and _STOCK.search(text)
        return Sorted(K.RESOURCE if is_stock else _even_so(K.STEP, text), CHOSEN - less)
    return _by_heading(text, nearest, less)


def _is_special(headed: tuple[tuple[int, Meaning], ...]) -> bool:
    return any(each.first is K.SPECIAL and not each.open for _, each in headed)


def _by_label(text: str, headed: tuple[tuple[int, Meaning], ...]) -> K | None:
    kinds = {kind for _, each in headed for kind in each.kinds}
    if is_duty_line(text) and K.OTHER not in kinds:
        return K.DUTY
    if is_role_line(text) and K.OTHER not in kinds:
        return K.ROLE
    if is_level_line(text) and kinds & {K.LEVEL, K.WARNING, K.STEP, K.INCIDENT_TYPE, K.SCOPE, K.PURPOSE}:
        return K.LEVEL
    return None


def _by_words_alone(text: str, allowed: frozenset[K]) -> Sorted:
    spoken = first_among(text, allowed)
    return Sorted(spoken, SPOKEN) if spoken else Sorted(K.OTHER, UNKNOWN)


def _inside_response(headed: tuple[tuple[int, Meaning], ...], nearest: Meaning) -> bool:
    """后勤保障 or 事后总结 as a stage of 应急处置流程: what is done then are steps."""
    above = headed[1][1] if len(headed) > 1 else None
    if nearest.first is K.STEP:
        return len(nearest.kinds) == 1 or set(nearest.kinds[1:]) <= _RESPONSE_BESIDE
    return bool(above and above.kinds == (K.STEP,) and nearest.first in _RESPONSE_BESIDE)


def _by_heading(text: str, nearest: Meaning, less: float) -> Sorted:
    first = nearest.first
    assert first is not None
    if first is K.TEAM or (nearest.kinds == (K.DUTY,) and _SETS_UP.search(text)):
        return _of_people(text, less)
    if nearest.open:
        allowed = _BESIDE.get(first, frozenset()) | set(nearest.kinds)
        chosen = _chosen(text, allowed - {K.STEP}, nearest) if len(allowed) > 1 else None
        if chosen is None and exhorts(text):
            return Sorted(K.OTHER, DEFAULT - less)
        return Sorted(chosen, CHOSEN - less) if chosen else Sorted(first, DEFAULT - less, fallback=True)
    kind = _even_so(first, text)
    return Sorted(kind, (HEADED if kind is first else CHOSEN) - less)


def _chosen(text: str, allowed: frozenset[K], nearest: Meaning) -> K | None:
    """The surest of what may stand here; beside a warning, a report is only what speaks of nothing else."""
    if {K.WARNING, K.REPORTING} <= set(nearest.kinds) and "预警" in text and "报告内容" not in text:
        return K.WARNING
    return first_among(text, allowed)


def _even_so(kind: K, text: str) -> K:
    """The kind that the words insist on under any heading of this kind."""
    return next((other for other, pattern in _SURELY_ELSE.get(kind, ()) if pattern.search(text)), kind)


def _of_people(text: str, less: float) -> Sorted:
    """Under a heading of teams: who sets up what, who holds which post, and who does what."""
    if _SETS_UP.search(text):
        return Sorted(K.TEAM, CHOSEN - less)
    if chosen := first_among(text, _BESIDE[K.TEAM]):
        return Sorted(chosen, CHOSEN - less)
    if told := first_among(text, frozenset({K.REPORTING, K.INFORMATION})):
        return Sorted(told, DEFAULT - less)
    return Sorted(K.TEAM if _OF_BODIES.search(text) else K.DUTY, DEFAULT - less, fallback=True)


def kind_of_heading(title: str, path: tuple[str, ...], *, holds_text: bool) -> K | None:
    """The kind of a heading that is a clause itself: a t"
    "eam, a phase, a level, a type; None for one that only heads others."""
    plain = title.rstrip("：:。 ")
    headed, own = _meanings(path), meaning(plain)
    above = headed[0][1].first if headed else None
    if _is_special(headed):
        return K.SPECIAL
    if _LEVEL_TITLE.match(plain):
        return K.LEVEL
    if _is_team(plain, own, above):
        return K.TEAM
    if not holds_text:
        return None
    if above is K.STEP and _TYPE.search(title):
        return K.INCIDENT_TYPE
    is_stock = own.first is K.RESOURCE and "后勤" not in plain
    is_stage = above is K.STEP and not is_stock and (not own.kinds or own.first in _RESPONSE_BESIDE)
    return K.PHASE if own.first is K.STEP or is_stage else None


def _is_team(title: str, own: Meaning, above: K | None) -> bool:
    if _NO_TEAM.search(title) or not _ENDS_IN_BODY.search(title) or len(title) > 24:
        return False
    return own.kinds == (K.TEAM,) or (above in (K.TEAM, K.DUTY) and not own.kinds)
