"""The fields of a clause as fields of a form: made from its model, with choices from the plan itself."""

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from django.http import QueryDict

from huiying.playbook.clauses import Clause
from huiying.playbook.document import PlanDocument
from huiying.playbook.editing import UNTOUCHED
from huiying.playbook.kinds import Anchor
from huiying.playbook.saying import FIELD_LABELS
from huiying.playbook.times import ParameterRef
from huiying.rules.words import N_

Option = tuple[str, str]
NONE = ("", N_("不指定"))
ROLES = ("who", "owner", "alternates", "escalate_to")
STEPS = ("needs", "beside", "repeat_until", "steps")
ORDERED = ("alternates", "escalate_to")
LONG = ("text", "measure", "told_by", "how", "reach")
MORE_PLACES = 2  # empty places behind the filled ones of an ordered list
LABELS = {
    **FIELD_LABELS,
    "id": N_("编号"),
    "around_the_clock": N_("二十四小时不断"),
    "after_end": N_("响应结束之后才开始"),
}
HINTS = {
    "within": N_("写作 30 分钟、5 小时、3 天，或以 $ 开头的参数名；夜间和节假日照算。"),
    "length": N_("写作 30 分钟、5 小时、3 天。"),
    "basis": N_("每行一条，写作 erl:72：冒号前是编制依据里的编号，冒号后是条。"),
    "lines": N_("每行一项。"),
    "policy": N_("本单位自定的数字和规定，不会当作法律规定显示。"),
    "level": N_("这一级和更高级别适用。"),
    "needs": N_("这些步骤做完才能开始。"),
    "when": N_("不选就是每次都做。"),
    "reach": N_("写岗位和单位，不写个人。"),
    "id": N_("小写字母开头，只用小写字母、数字和连字符；以后不改。"),
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: how it is drawn, what it holds, what may be chosen."""

    name: str
    sort: str  # words, long, lines, yes, choice, several, ordered, number, date
    label: str
    hint: str
    value: Any
    options: tuple[Option, ...] = ()
    required: bool = False

    @property
    def choices(self) -> list[dict[str, str]]:
        """The options as the rows of checkboxes."""
        return [{"value": value, "label": label} for value, label in self.options]


def form_fields(doc: PlanDocument, kind: type[Clause], values: dict[str, Any]) -> list[FormField]:
    """Every field of the model that a form can hold, with the values given; clauses inside have forms of their own."""
    return [_field(doc, kind, name, sort, values) for name, sort in _sorts(kind)]


def typed_values(kind: type[Clause], typed: QueryDict) -> dict[str, Any]:
    """What was typed, as a plan has it; what was left empty is not written at all."""
    found = {name: _typed(name, sort, typed) for name, sort in _sorts(kind)}
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def held_values(clause: Clause) -> dict[str, Any]:
    """What a clause holds, with its defaults, as a plan writes it."""
    return clause.model_dump(mode="json")


def _typed(name: str, sort: str, typed: QueryDict) -> Any:
    if sort == "yes":
        return name in typed
    if sort in {"several", "ordered"}:
        return [word for word in typed.getlist(name) if word]
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    return [line.strip() for line in text.split("\n") if line.strip()] if sort == "lines" else text


def _sorts(kind: type[Clause]) -> Iterator[tuple[str, str]]:
    for name, field in kind.model_fields.items():
        sort = "" if name == "id" or name in UNTOUCHED else _sort(name, _plain(field.annotation))
        if sort:
            yield name, sort


def _plain(annotation: Any) -> Any:
    """The type without what only bounds it, and without "or nothing"."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        annotation = inner[0]
    return annotation


def _sort(name: str, kind: Any) -> str:
    if get_origin(kind) is tuple:
        return _sort_of_many(name, _plain(get_args(kind)[0]))
    if name == "of" or name in (*ROLES, *STEPS):
        return "choice"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "choice"
    return "long" if name in LONG else _PLAIN.get(kind, "words")


def _sort_of_many(name: str, inner: Any) -> str:
    if isinstance(inner, type) and issubclass(inner, Clause):
        return ""
    if name in ORDERED:
        return "ordered"
    if name in _CHOICES or (isinstance(inner, type) and issubclass(inner, StrEnum)):
        return "several"
    return "lines"


_PLAIN = {bool: "yes", int: "number", date: "date", timedelta: "words", ParameterRef: "words", str: "words"}


def _field(doc: PlanDocument, kind: type[Clause], name: str, sort: str, values: dict[str, Any]) -> FormField:
    field = kind.model_fields[name]
    value: Any = values.get(name)
    options = _options(doc, name, _plain(field.annotation), required=field.is_required())
    if sort == "lines":
        value = "\n".join(value or ()) if not isinstance(value, str) else value
    if sort in {"several", "ordered"}:
        value = list(value or ())
        options = _with_unknown(options, value)
    if sort == "choice":
        options = _with_unknown(options, [value] if value else [])
    if sort == "ordered":
        value = [*(value or ()), *([""] * MORE_PLACES)]
        options = (NONE, *options)
    hint = HINTS.get(_hinted(name, sort, _plain(field.annotation)), "")
    return FormField(
        name, sort, LABELS.get(name, name), hint, "" if value is None else value, options, field.is_required()
    )


def _hinted(name: str, sort: str, kind: Any) -> str:
    if name in HINTS:
        return name
    return "length" if kind is timedelta else sort


def _options(doc: PlanDocument, name: str, kind: Any, *, required: bool) -> tuple[Option, ...]:
    if make := _CHOICES.get(name):
        many = get_origin(kind) is tuple
        found = tuple(make(doc))
        return found if many or name == "of" else (NONE, *found)
    listed = _plain(get_args(kind)[0]) if get_origin(kind) is tuple else kind
    if isinstance(listed, type) and issubclass(listed, StrEnum):
        first = () if get_origin(kind) is tuple or not required else (("", N_("请选择")),)
        return (*first, *((one.value, one.label) for one in listed))  # type: ignore[attr-defined]
    return ()


def _with_unknown(options: tuple[Option, ...], chosen: list[str]) -> tuple[Option, ...]:
    """What the clause names and the plan does not have stays, so that saving takes nothing away."""
    known = {value for value, _ in options}
    return (*options, *((word, word) for word in chosen if word and word not in known))


def _named(clauses: tuple[Clause, ...]) -> list[Option]:
    return [(clause.id, clause.heading) for clause in clauses]


def _roles(doc: PlanDocument) -> list[Option]:
    return _named(doc.roles)


def _steps(doc: PlanDocument) -> list[Option]:
    return _named(doc.steps)


_CHOICES: dict[str, Callable[[PlanDocument], list[Option]]] = {
    **dict.fromkeys(ROLES, _roles),
    **dict.fromkeys(STEPS, _steps),
    "when": lambda doc: _named(doc.facets),
    "uses": lambda doc: _named(doc.resources),
    "of": lambda doc: [*((anchor.value, anchor.label) for anchor in Anchor), *_steps(doc)],
}
