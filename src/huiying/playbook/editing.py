"""A plan changed clause by clause: one written anew, added, moved among its neighbours, taken out.

Every function gives a new document, or refuses with a sentence for each field; nothing is half changed.
"""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError

from huiying.playbook.clauses import Clause
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.saying import FIELD_LABELS
from huiying.playbook.versions.trees import Values, is_clauses, plain
from huiying.playbook.yaml_form import fault_of, written
from huiying.playbook.yaml_tree import tree_read, unreadable
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

Path = tuple[str | int, ...]
UNTOUCHED = ("serves", "lines")  # where a clause came from; no form shows it, nothing takes it away


def parts_of(kind: type[Clause] | type[PlanDocument]) -> dict[str, type[Clause]]:
    """The fields of a model that hold clauses, and of which kind."""
    found = {}
    for name, field in kind.model_fields.items():
        for inner in get_args(field.annotation)[:1]:
            if isinstance(inner, type) and issubclass(inner, Clause):
                found[name] = inner
    return found


def path_of(tree: Values, clause_id: str) -> Path | None:
    """Where a clause stands in the tree of a plan: section, number, field, number …"""
    waiting: list[tuple[Path, Any]] = [((name,), tree.get(name, [])) for name in SECTIONS]
    while waiting:
        path, items = waiting.pop()
        for number, item in enumerate(items):
            here = (*path, number)
            if item["id"] == clause_id:
                return here
            waiting += [((*here, name), value) for name, value in item.items() if is_clauses(value)]
    return None


def kind_at(path: Path) -> type[Clause]:
    """The model of the clauses at this place; the last part of the path may be a number."""
    kind: type[Clause] | type[PlanDocument] = PlanDocument
    for name in path:
        if isinstance(name, str):
            kind = parts_of(kind)[name]
    assert issubclass(kind, Clause)
    return kind


def kind_of(doc: PlanDocument, clause_id: str) -> type[Clause]:
    """The model of one clause of the plan."""
    return kind_at(_known(plain(doc), clause_id))


def section_of(doc: PlanDocument, clause_id: str) -> str:
    """The section in which a clause stands."""
    return str(_known(plain(doc), clause_id)[0])


def with_clause(doc: PlanDocument, clause_id: str, values: Values) -> PlanDocument:
    """The plan with the clause written anew; the clauses inside it and where it was read from stay."""
    tree = plain(doc)
    path = _known(tree, clause_id)
    was = _at(tree, path)
    kept = {name: value for name, value in was.items() if name in UNTOUCHED or is_clauses(value)}
    _at(tree, path[:-1])[path[-1]] = {"id": clause_id, **values, **kept}
    return _document(tree, path)


def with_new(doc: PlanDocument, place: Path, values: Values) -> PlanDocument:
    """The plan with one more clause at the end of a section, or of a field of a clause: ("risks",), ("teams", 0, "roles")."""
    tree = plain(doc)
    holder: Any = _at(tree, place[:-1])
    items = holder.setdefault(place[-1], [])
    items.append(values)
    return _document(tree, (*place, len(items) - 1))


def place_in(doc: PlanDocument, section: str, inside: str = "", name: str = "") -> Path:
    """Where a new clause goes: into a section, or into a field of a clause that holds clauses."""
    if not inside:
        place: Path = (section,)
    else:
        place = (*_known(plain(doc), inside), name)
    holder = PlanDocument if len(place) == 1 else kind_at(place[:-1])
    if place[-1] not in parts_of(holder):
        raise _gone()
    return place


def new_id(doc: PlanDocument, place: Path) -> str:
    """An id that the plan does not have yet, after the name of the field: risks-3."""
    taken = {clause.id for clause in doc.clauses()}
    name = str(place[-1]).replace("_", "-").rstrip("s")
    return next(found for n in range(1, len(taken) + 2) if (found := f"{name}-{n}") not in taken)


def moved(doc: PlanDocument, clause_id: str, by: int) -> PlanDocument:
    """The plan with the clause before (-1) or behind (1) its neighbour; at the end of its list it stays."""
    tree = plain(doc)
    path = _known(tree, clause_id)
    items, number = _at(tree, path[:-1]), int(path[-1])
    other = number + by
    if 0 <= other < len(items):
        items[number], items[other] = items[other], items[number]
    return _document(tree, path)


def without(doc: PlanDocument, clause_id: str) -> PlanDocument:
    """The plan without the clause and what stands inside it."""
    tree = plain(doc)
    path = _known(tree, clause_id)
    del _at(tree, path[:-1])[path[-1]]
    return _document(tree, path)


def named_by(doc: PlanDocument, clause_id: str) -> tuple[Clause, ...]:
    """The clauses whose fields name this one: they would name nothing without it."""
    return tuple(clause for clause in doc.clauses() if clause_id in _names(clause))


def clause_text(doc: PlanDocument, clause_id: str) -> str:
    """One clause, with what stands inside it, as the text of a plan has it."""
    tree = plain(doc)
    return written(_at(tree, _known(tree, clause_id)))


def with_text(doc: PlanDocument, clause_id: str, text: str) -> PlanDocument:
    """The plan with one clause replaced by a text. Raises PlanUnreadable with line and remedy; the id stays."""
    tree = plain(doc)
    path = _known(tree, clause_id)
    values = tree_read(text).value
    if values.get("id") != clause_id:
        raise unreadable(1, f"编号应当是“{clause_id}”。", "请保留原编号；另写一条请用“增加”。")
    _at(tree, path[:-1])[path[-1]] = values
    return _document(tree, path)


def _names(clause: Clause) -> Iterator[str]:
    for name, value in clause.model_dump(mode="json", exclude_defaults=True).items():
        if name == "id" or is_clauses(value):
            continue
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str):
                yield word.removeprefix("$").partition(":")[0] if name == "basis" else word.removeprefix("$")


def _known(tree: Values, clause_id: str) -> Path:
    path = path_of(tree, clause_id)
    if path is None:
        raise _gone()
    return path


def _gone() -> Refusal:
    return Refusal(
        N_("预案里没有这一条了。"),
        rule="plan-clause-known",
        remedy=N_("可能已被别人删去，请返回这一部分重新打开。"),
    )


def _at(tree: Any, path: Path) -> Any:
    for name in path:
        tree = tree[name]
    return tree


def _document(tree: Values, path: Path) -> PlanDocument:
    """The document of a tree; what its model refuses is said at the fields of the clause at `path`."""
    try:
        return PlanDocument.model_validate({name: value for name, value in tree.items() if value != []})
    except ValidationError as error:
        raise Incomplete(
            N_("有几处写法不对，没有保存。"), fields=dict(_faults(error, path)), rule="plan-clause-written"
        ) from None


def _faults(error: ValidationError, path: Path) -> Iterator[tuple[str, str]]:
    for detail in error.errors(include_url=False)[:20]:
        if detail["type"] == "duplicate_id":
            yield "id", "这个编号已经用过。请换一个。"
            continue
        where = tuple(detail["loc"])
        inside = where[len(path) :] if where[: len(path)] == path else where
        name = str(inside[0]) if inside else "id"
        fault, remedy = fault_of(detail)
        label = FIELD_LABELS.get(name, name)
        yield name, f"“{label}”{fault}。{remedy}"
