"""A plan as a run of blocks: headings with the ordinals of official documents, sentences, and tables.

The three forms (HTML, Word, PDF) are drawn from these and from nothing else, so that they say the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from huiying.playbook import saying
from huiying.playbook.clauses import Clause, Phase, PlanRole, Step, Team
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.sections import SECTION_LABELS

NUMERALS = "〇一二三四五六七八九十"
OWN_CHOICE = "（本单位自定）"
STEP_HEAD = ("步骤", "责任角色", "时限", "前置", "形成")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its ordinal: depth 1 一、 2 （一） 3 1."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: a head and rows of the same width."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Sentence | Rows


def numeral(number: int) -> str:
    """A whole number from 1 to 99 in Chinese: 一, 十, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else NUMERALS[tens]) + "十"
    return head + (NUMERALS[ones] if ones or not tens else "")


def blocks_of(doc: PlanDocument) -> tuple[Block, ...]:
    """The whole plan, section by section; sections without a clause are left out and the ordinals close up."""
    filled = [name for name in SECTIONS if getattr(doc, name)]
    titles = saying.titles_of(doc)
    blocks: list[Block] = []
    for number, name in enumerate(filled, start=1):
        blocks.append(Heading(1, f"{numeral(number)}、{SECTION_LABELS[name]}"))
        told = _TOLD.get(name, _clauses)
        blocks += told(doc, getattr(doc, name), titles)
    return tuple(blocks)


Titles = dict[str, str]
Told = Callable[[PlanDocument, Iterable[Clause], Titles], Iterator[Block]]


def _clauses(doc: PlanDocument, clauses: Iterable[Clause], titles: Titles) -> Iterator[Block]:
    for number, clause in enumerate(clauses, start=1):
        yield Sentence(f"{number}. {_said(doc, clause, titles)}")
        for place, part in enumerate(_inside(clause), start=1):
            yield Sentence(f"（{place}）{_said(doc, part, titles)}")


def _said(doc: PlanDocument, clause: Clause, titles: Titles) -> str:
    """Title, words, figures and ground of one clause as running text."""
    parts = [_ended(clause.title) if clause.text else clause.title, clause.text]
    parts += [f"{label}：{_listed(words)}。" for label, words in saying.details(doc, clause, titles)]
    ground = "；".join(doc.cite(citation) for citation in clause.basis)
    text = "".join(_ended(part) for part in parts if part)
    return text + (f"（{ground}）" if ground else "") + (OWN_CHOICE if clause.policy else "")


def _listed(words: Iterable[str]) -> str:
    """Several words with 、 between them; whole sentences with a semicolon."""
    plain = [word.rstrip("。；") for word in words]
    return ("；" if any(len(word) > 16 for word in plain) else "、").join(plain)


def _ended(text: str) -> str:
    return text if not text or text[-1] in "。；：！？.;:" else f"{text}。"


def _inside(clause: Clause) -> list[Clause]:
    return [part for part in clause.parts() if part is not clause]


def _teams(doc: PlanDocument, teams: Iterable[Clause], titles: Titles) -> Iterator[Block]:
    for number, team in enumerate(teams, start=1):
        yield Heading(2, f"（{numeral(number)}）{team.heading}")
        if team.text:
            yield Sentence(_ended(team.text))
        roles = team.roles if isinstance(team, Team) else ()
        if roles:
            yield Rows(("角色", "岗位", "替补", "职责"), tuple(_role(role, titles) for role in roles))


def _role(role: PlanRole, titles: Titles) -> tuple[str, ...]:
    stand_in = "、".join(titles.get(other, other) for other in role.alternates)
    duties = "".join(_ended(duty.text or duty.title) for duty in role.duties)
    return role.heading, role.post_kind.label, stand_in or "—", duties or "—"


def _phases(doc: PlanDocument, phases: Iterable[Clause], titles: Titles) -> Iterator[Block]:
    for number, phase in enumerate(phases, start=1):
        yield Heading(2, f"（{numeral(number)}）{phase.heading}")
        if phase.text:
            yield Sentence(_ended(phase.text))
        steps = phase.steps if isinstance(phase, Phase) else ()
        if steps:
            yield Rows(STEP_HEAD, tuple(_step(doc, step, titles) for step in steps))


def _step(doc: PlanDocument, step: Step, titles: Titles) -> tuple[str, ...]:
    told = {label: "、".join(words) for label, words in saying.details(doc, step, titles)}
    labels = saying.DETAILS
    origin = saying.in_words(doc, titles, step.of)
    within = f"{origin}后 {told[labels['within']]}" if labels["within"] in told else "—"
    where = [told[labels[name]] for name in ("when", "level") if labels[name] in told]
    title = f"{step.title}（{'；'.join(where)}）" if where else step.title
    words = f"{title}：{step.text}" if step.text else title
    return (
        words,
        *(told.get(labels["who"], "—"), within),
        *(told.get(labels[name], "—") for name in ("needs", "produces")),
    )


def _table(*columns: tuple[str, str]) -> Told:
    """A section as one table: the clause's heading, then the named fields."""

    def told(doc: PlanDocument, clauses: Iterable[Clause], titles: Titles) -> Iterator[Block]:
        rows = tuple(tuple(_cell(doc, clause, name, titles) for name, _ in columns) for clause in clauses)
        yield Rows(tuple(label for _, label in columns), rows)

    return told


def _cell(doc: PlanDocument, clause: Clause, name: str, titles: Titles) -> str:
    if name == "heading":
        return (
            f"{clause.title}：{clause.text}" if clause.title and clause.text else clause.title or clause.text
        )
    if name == "basis":
        return "；".join(doc.cite(citation) for citation in clause.basis) or "—"
    value = getattr(clause, name)
    if value is None or value in ("", ()):
        return "—"
    values = value if isinstance(value, tuple) else (value,)
    return "、".join(saying.in_words(doc, titles, str(each)) for each in values)


_TOLD: dict[str, Told] = {
    "teams": _teams,
    "phases": _phases,
    "risks": _table(("heading", "风险"), ("owner", "负责"), ("measure", "预备措施")),
    "legal_bases": _table(("title", "文件"), ("text", "说明"), ("in_force_on", "施行日期")),
    "resources": _table(("heading", "名称"), ("minimum", "最低数量"), ("unit", "单位"), ("owner", "负责")),
    "contacts": _table(
        ("heading", "单位或岗位"), ("reach", "联系方式"), ("owner", "负责核对"), ("verified_on", "核对日期")
    ),
    "stakeholders": _table(("heading", "有关方面"), ("told_by", "怎样告知"), ("owner", "负责")),
    "parameters": _table(("heading", "参数"), ("value", "数值"), ("unit", "单位"), ("basis", "依据")),
}
