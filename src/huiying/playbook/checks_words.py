"""Checks on how a plan is written: too long to act on, several things in one, the same thing twice."""

import re
from collections.abc import Iterable, Iterator

from huiying.playbook.clauses import Clause, Step
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import CheckRule, Hit, Severity
from huiying.playbook.folding import folded
from huiying.playbook.kinds import Product
from huiying.rules.words import N_

LONGEST_SENTENCE = 60
_TOO_SHORT_TO_MATTER = 30
_SENTENCE_END = re.compile(r"[。！？；!?;\n]+")
_SPACES = re.compile(r"\s")
_ONE_MORE = re.compile(r"同时|然后|随后|接着|之后再|另外|此外")
_JOINT = re.compile(r"[，；,;]|并且|并|以及")
_ITEM = re.compile(r"(?:^|[。；：\s])(?:[（(]?[0-9一二三四五六七八九][)）.、．]|[①-⑨])", re.MULTILINE)
_REPORTS = {Product.FIRST_REPORT, Product.FOLLOW_UP_REPORT, Product.FINAL_REPORT}
_TOLD = {Product.NOTICE, Product.PRESS_CONFERENCE}


def sentence_too_long(doc: PlanDocument) -> Iterator[Hit]:
    """A step or a duty with a sentence of more than sixty characters: too long to act on while reading."""
    for clause in _acted_on(doc):
        longest = max((_length(part) for part in _said(clause)), default=0)
        if longest > LONGEST_SENTENCE:
            yield Hit(clause.id, clause.heading)


def _acted_on(doc: PlanDocument) -> Iterator[Clause]:
    yield from doc.steps
    for role in doc.roles:
        yield from role.duties


def _said(clause: Clause) -> Iterator[str]:
    for words in (clause.title, clause.text):
        yield from _SENTENCE_END.split(words)


def _length(sentence: str) -> int:
    return len(_SPACES.sub("", sentence))


def step_bundles_actions(doc: PlanDocument) -> Iterator[Hit]:
    """A step that is several: whoever has done one half cannot say "done", and nobody sees which half is late."""
    return (Hit(step.id, step.title) for step in doc.steps if _bundles(step))


def _bundles(step: Step) -> bool:
    title, text = folded(step.title), folded(step.text)
    produced = set(step.produces)
    return (
        len(_JOINT.findall(title)) > 1
        or _ONE_MORE.search(title) is not None
        or len(_ONE_MORE.findall(text)) > 1
        or len(_ITEM.findall(text)) > 1
        or len(produced) > 2
        or bool(produced & _REPORTS and produced & _TOLD)
    )


def level_twice(doc: PlanDocument) -> Iterator[Hit]:
    """A response level that is defined twice; nobody can say which holds."""
    seen = set()
    for level in doc.levels:
        if level.level in seen:
            yield Hit(level.id, level.level.label)
        seen.add(level.level)


def step_twice(doc: PlanDocument) -> Iterator[Hit]:
    """Two steps of one name for the same case; an order would not say which is meant."""
    seen = set()
    for step in doc.steps:
        what = (step.title, frozenset(step.when), step.level)
        if what in seen:
            yield Hit(step.id, step.title)
        seen.add(what)


def said_twice(doc: PlanDocument) -> Iterator[Hit]:
    """The same sentence in two clauses; when one is mended, the other stays wrong."""
    seen: set[str] = set()
    for clause in _with_text(doc):
        words = _SPACES.sub("", clause.text)
        if words in seen:
            yield Hit(clause.id, clause.heading)
        seen.add(words)


def _with_text(doc: PlanDocument) -> Iterable[Clause]:
    return (clause for clause in doc.clauses() if len(clause.text) > _TOO_SHORT_TO_MATTER)


ROWS = (
    CheckRule(
        "sentence-too-long",
        Severity.ADVICE,
        N_("“{name}”有一句话超过六十字，现场来不及读完。"),
        N_("预案应当简明的要求，突发事件应急预案管理办法第15条"),
        N_("请拆成几句，每句只说一件事。"),
        sentence_too_long,
    ),
    CheckRule(
        "step-bundles-actions",
        Severity.ADVICE,
        N_("步骤“{name}”把几件事放在一起。"),
        N_("做完一半的步骤无法回报，也看不出哪一半晚了"),
        N_("请拆成几个步骤，各有责任角色和时限；可以写 beside 表示同时进行。"),
        step_bundles_actions,
    ),
    CheckRule(
        "duplicate-level",
        Severity.ERROR,
        N_("{name}规定了两次。"),
        N_("突发事件应对法第71条"),
        N_("请合并成一条。"),
        level_twice,
    ),
    CheckRule(
        "duplicate-step",
        Severity.WARNING,
        N_("步骤“{name}”写了两次。"),
        N_("同名的指令分不清指哪一个"),
        N_("请合并，或改用分得清的名称。"),
        step_twice,
    ),
    CheckRule(
        "said-twice",
        Severity.ADVICE,
        N_("“{name}”与另一条完全相同。"),
        N_("同一句话写两处，改了一处就会漏掉另一处"),
        N_("请只留一处，另一处引用它。"),
        said_twice,
    ),
)
