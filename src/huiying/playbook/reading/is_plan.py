"""Is this a plan? A law, a regulation about plans, a news report or a story is none; a thin plan is one."""

import re
from collections import Counter

from huiying.playbook.reading.parts import CannotRead, ReadClause, Reading
from huiying.playbook.reading.parts import ReadKind as K
from huiying.rules.words import N_

_PLAN = re.compile(
    r"预案|应急(?:处置|响应)?方案|处置方案|应急手册|应急管理制度|应急处置制度|应急程序|应急计划"
)
_REGULATION = re.compile(r"(?:办法|条例|法|规定|细则|规则|决定|意见|通知|导则|指南)$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}条")
_ACTING = frozenset({K.STEP, K.PHASE, K.DUTY, K.ROLE, K.TEAM, K.REPORTING, K.WATCH, K.LEVEL, K.END_CRITERION})
_PLANNING = _ACTING | {
    K.WARNING,
    K.RESOURCE,
    K.AFTERCARE,
    K.DRILL,
    K.INFORMATION,
    K.RISK,
    K.INCIDENT_TYPE,
    K.SPECIAL,
}
_REMEDY = N_("请换一份写明谁在多少时间内做什么的应急预案；法规、新闻和会议纪要不是预案。")
_ARTICLES_ONLY = N_("这份文件不像应急预案：通篇是“第几条”，没有写哪个机构在事发后怎样处置。")
_RULES_ONLY = N_("这份文件不像应急预案：标题和内容是一部规定，没有写哪个机构在事发后怎样处置。")
_NO_PARTS = N_("这份文件不像应急预案：没有找到预案应有的机构、职责和处置步骤。")
LEAST_SURE, LEAST_SURE_TITLED = 0.65, 0.5
MANY_ARTICLES = 0.2


def check_is_plan(reading: Reading) -> None:
    """Raise CannotRead, with one sentence why, for a document that is no plan. A plan that only lacks much passes."""
    if not reading.is_plan:
        raise CannotRead(reading.doubt, remedy=_REMEDY, rule="plan-file-no-plan")


def why_no_plan(title: str, clauses: tuple[ReadClause, ...]) -> str:
    """A sentence why these clauses make no plan, or nothing where they do."""
    titled = bool(_PLAN.search(title)) and not _REGULATION.search(title)
    least = LEAST_SURE_TITLED if titled else LEAST_SURE
    kinds = Counter(clause.kind for clause in clauses if clause.confidence >= least)
    if not _has_response(kinds):
        articles = sum(map(_is_article, clauses))
        if articles > 3 and articles >= MANY_ARTICLES * len(clauses):
            return _ARTICLES_ONLY
        if _REGULATION.search(title):
            return _RULES_ONLY
    return "" if _plans(kinds, titled=titled) else _NO_PARTS


def _plans(kinds: Counter[K], *, titled: bool) -> bool:
    """Whether something is done by somebody, and, where the title does not say plan, at least three parts of one are there."""
    parts = {kind for kind in _PLANNING if kinds[kind]}
    return bool(parts) if titled else len(parts) >= 3 and bool(parts & _ACTING)


def _is_article(clause: ReadClause) -> bool:
    return bool(_ARTICLE.match(clause.numbered))


def _has_response(kinds: Counter[K]) -> bool:
    """Steps under a heading of response, or teams with roles."""
    return kinds[K.STEP] >= 2 or (kinds[K.TEAM] >= 1 and kinds[K.ROLE] >= 1)
