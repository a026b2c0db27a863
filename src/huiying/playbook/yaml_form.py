"""The exchange form of a plan: YAML that a person can read, and that reads back as exactly the same plan."""

import difflib
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML

from huiying.playbook.clauses import Clause
from huiying.playbook.document import PlanDocument
from huiying.playbook.yaml_tree import PlanUnreadable, Problem, Tree, tree_read

__all__ = ["PlanUnreadable", "Problem", "read", "write"]

MOST_PROBLEMS = 20
_ENUM_REMEDY = "请改为下列之一：{expected}。"


def read(text: str) -> PlanDocument:
    """Read a plan. Raises PlanUnreadable, which names every line at fault (at most twenty) and its remedy."""
    tree = tree_read(text)
    try:
        return PlanDocument.model_validate(tree.value)
    except ValidationError as error:
        raise PlanUnreadable(problems_of(error, tree, _known_names())) from None


def write(doc: PlanDocument) -> str:
    """Write a plan so that reading it gives the same plan, and writing that the same text."""
    return written({"format": doc.format, **doc.model_dump(mode="json", exclude_defaults=True)})


def written(values: Mapping[str, Any]) -> str:
    """Plain values as the text of a plan has them: a whole plan, or one clause of it."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(dict(values), out)
    return out.getvalue()


def fault_of(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong with one value, and what to do: for a form, where its name and place are known."""
    kind = detail["type"]
    if kind == "missing":
        return "没有填写", "请填写。"
    if kind == "enum":
        return "不在可选范围内", "请从列表中选择。"
    return _FAULTS.get(kind, "的值不合要求"), _REMEDIES.get(kind, "请改写后重试。")


def problems_of(error: ValidationError, tree: Tree, names: Iterable[str]) -> tuple[Problem, ...]:
    """What a model refused in the tree, by line, at most twenty; `names` are those a misspelt one may stand for."""
    details = error.errors(include_url=False)[:MOST_PROBLEMS]
    known = list(names)
    return tuple(sorted((_problem(detail, tree, known) for detail in details), key=lambda found: found.line))


def _problem(detail: ErrorDetails, tree: Tree, known: list[str]) -> Problem:
    path = tuple(detail["loc"])
    name = str(path[-1]) if path else ""
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    if kind == "duplicate_id":
        return _used_twice(context["id"], tree)
    line = tree.line(path)
    if kind == "missing":
        return Problem(line, f"缺少“{name}”。", f"请补上“{name}:”一项。")
    if kind == "extra_forbidden":
        return Problem(line, f"不认识“{name[:40]}”这一项。", _nearest(name, known))
    if kind in {"enum", "literal_error"}:
        return Problem(
            line, f"“{name}”的值不在可选范围内。", _ENUM_REMEDY.format(expected=context.get("expected", ""))
        )
    return Problem(
        line, f"“{name}”{_FAULTS.get(kind, '的值不合要求')}。", _REMEDIES.get(kind, "请按预案格式改写。")
    )


_FAULTS = {
    "string_pattern_mismatch": "的写法不对",
    "string_too_long": "太长",
    "too_long": "的条目太多",
    "string_too_short": "是空的",
    "string_type": "应当是文字",
    "tuple_type": "应当是列表",
    "model_type": "应当是一组项目",
    "model_attributes_type": "应当是一组项目",
    "int_parsing": "应当是整数",
    "bool_parsing": "应当是 true 或 false",
    "length": "不是时间长度",
    "order": "的结束早于开始",
    "not_plain_words": "里有文字和数字以外的符号",
    "control_character": "含有不可见的控制字符",
}
_REMEDIES = {
    "string_pattern_mismatch": "编号用小写字母开头，只用小写字母、数字和连字符；引用依据写作“erl:72”。",
    "string_too_long": "请拆成几条。",
    "too_long": "请合并或另附。",
    "string_too_short": "请填写。",
    "string_type": "请写成一句话。",
    "tuple_type": "请每条一行，以“- ”开头。",
    "model_type": "请写成“名称: 内容”的若干行。",
    "model_attributes_type": "请写成“名称: 内容”的若干行。",
    "length": "请写成“45 分钟”“5 小时”“3 天”，或以 $ 开头的参数名，最长 1100 天。",
    "not_plain_words": "请只写要找的词，不写空格、标点和通配符。",
    "order": "请把两个时间对调，或改正其中一个。",
    "control_character": "请删除该字符后重试。",
}


def _used_twice(clause_id: str, tree: Tree) -> Problem:
    lines = sorted(
        line for path, line in tree.lines.items() if path[-1:] == ("id",) and _at(tree, path) == clause_id
    )
    line = lines[1] if len(lines) > 1 else 1
    return Problem(line, f"编号“{clause_id}”用了两次。", "请给其中一条换一个没有用过的编号。")


def _at(tree: Tree, path: tuple[str | int, ...]) -> object:
    value = tree.value
    for part in path:
        value = value[part]
    return value


def _known_names() -> list[str]:
    names = set(PlanDocument.model_fields)
    kinds: list[type[Clause]] = [Clause]
    while kinds:
        kind = kinds.pop()
        names |= set(kind.model_fields)
        kinds += kind.__subclasses__()
    return sorted(names)


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name[:40], known, n=1)
    return f"是否要写“{close[0]}”？" if close else "请删除，或写进“text”。"
