"""Print fields, lists and rules into docs/plan-language.md, between their markers: `python -m huiying.playbook.print_docs`.

The page is written by hand around the markers; what stands between them always comes from the code.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from huiying.playbook import clauses, kinds, readiness
from huiying.playbook.checker import RULES
from huiying.playbook.checks_own import OwnWord, OwnWords
from huiying.playbook.clauses import Clause
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.field_words import FIELD_WORDS
from huiying.playbook.findings import ReadyRule
from huiying.playbook.sections import SECTION_LABELS

PAGE = Path("docs/plan-language.md")
_CLOSED_LISTS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("body_kind", kinds.BodyKind),
    ("post_kind", kinds.PostKind),
    ("teams 的 kind", kinds.TeamKind),
    ("facets 的 kind", kinds.FacetKind),
    ("level", kinds.ResponseLevel),
    ("of", kinds.Anchor),
    ("produces", kinds.Product),
    ("reporting 的 kind", kinds.ReportKind),
    ("information 的 kind", kinds.InformationKind),
    ("unit", kinds.Measure),
)
_READINESS: tuple[type[BaseModel], ...] = (
    readiness.Readiness,
    readiness.Person,
    readiness.Away,
    readiness.Shift,
    readiness.Stock,
    readiness.Verified,
)


def sections() -> dict[str, str]:
    """The printed parts of the page by the name of their marker."""
    return {
        "document": _table(("FIELD", "内容"), _of(PlanDocument)),
        "fields": _table(("SECTION", "FIELD", "内容"), _fields()),
        "lists": _table(("FIELD", "可以写"), ((f"`{name}`", _values(kind)) for name, kind in _CLOSED_LISTS)),
        "readiness": _table(("SECTION", "FIELD", "内容"), _rows_of(_READINESS)),
        "words": _table(("SECTION", "FIELD", "内容"), _rows_of((OwnWords, OwnWord))),
        "rules": _table(("RULE", "程度", "说什么", "依据", "怎样改"), _rules()),
    }


def printed(page: str) -> str:
    """The page with every part between its markers printed afresh. Raises ValueError for a missing marker."""
    for name, text in sections().items():
        start, end = f"<!-- printed: {name} -->", f"<!-- end: {name} -->"
        before, found, rest = page.partition(start)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"the page has no markers for {name}")
        page = f"{before}{start}\n{text}\n{end}{after}"
    return page


def main() -> int:
    """Rewrite the printed parts of docs/plan-language.md (or of the file named)."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    path.write_text(printed(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def clause_kinds() -> Iterator[type[Clause]]:
    """Every kind of clause, the common one first, in the order in which they are written down."""
    for kind in vars(clauses).values():
        if isinstance(kind, type) and issubclass(kind, Clause):
            yield kind


def explained(model: type[BaseModel], field: str) -> str:
    """What a planner writes there, and whether it must be written. Raises KeyError where nobody has said it."""
    words = FIELD_WORDS[model.__name__][field]
    return f"{words}（必写）" if model.model_fields[field].is_required() else words


def _fields() -> Iterator[tuple[str, ...]]:
    for kind in clause_kinds():
        for field in kind.model_fields:
            if kind is Clause or field not in Clause.model_fields:
                yield _section_of(kind), f"`{field}`", explained(kind, field)


def _section_of(kind: type[Clause]) -> str:
    """Where in the document clauses of that kind stand."""
    if kind is Clause:
        return "每一条"
    owners: tuple[type[BaseModel], ...] = (PlanDocument, *clause_kinds())
    homes = {
        name
        for owner in owners
        for name, field in owner.model_fields.items()
        if _holds(field.annotation, kind)
    }
    return "、".join(f"`{name}`" for name in sorted(homes))


def _holds(annotation: Any, kind: type[Clause]) -> bool:
    return kind in getattr(annotation, "__args__", ())


def _of(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for name in model.model_fields:
        words = SECTION_LABELS[name] if name in SECTIONS else explained(model, name)
        yield f"`{name}`", words


def _rows_of(models: Iterable[type[BaseModel]]) -> Iterator[tuple[str, ...]]:
    for model in models:
        for field in model.model_fields:
            yield FIELD_WORDS[model.__name__][""], f"`{field}`", explained(model, field)


def _values(kind: type[StrEnum]) -> str:
    return "，".join(f"`{each.value}` {getattr(each, 'label', '')}" for each in kind)


def _rules() -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        needs = "（须给出人员物资或日期）" if isinstance(rule, ReadyRule) else ""
        yield f"`{rule.id}`", rule.severity.label, rule.reason + needs, rule.practice, rule.mend


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(re.sub(r"\s*\n\s*", " ", cell) for cell in line) + " |" for line in lines
    )


if __name__ == "__main__":
    raise SystemExit(main())
