"""A narrow, bounded reading of YAML: mappings, lists and plain text, each with its line; nothing else.

Plans come from outside. Anchors, aliases, tags, merge keys and several documents are refused, so that a small
file cannot become a large one and no text can name a Python type. Every scalar is read as text; the model
decides what is a number or a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from huiying.rules.refusals import Refusal

LONGEST_TEXT = 400_000
DEEPEST = 12
MOST_NODES = 40_000

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a plan from being read: its line (from 1), what it is, what to do."""

    line: int
    message: str
    remedy: str


class PlanUnreadable(Refusal):
    """The text is not a plan; `problems` names each line and remedy, the first one is the message."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(f"第 {first.line} 行：{first.message}", rule="plan-unreadable", remedy=first.remedy)
        self.problems = problems
        self.line = first.line


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read, and the line of every value by its path."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of the value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def unreadable(line: int, message: str, remedy: str) -> PlanUnreadable:
    """One problem, ready to raise."""
    return PlanUnreadable((Problem(line, message, remedy),))


def tree_read(text: str) -> Tree:
    """Read the text into a tree, in time and memory bounded by its length. Raises PlanUnreadable."""
    if len(text) > LONGEST_TEXT:
        raise unreadable(1, f"文件超过 {LONGEST_TEXT} 字。", "请把附件另存，预案只留正文。")
    try:
        events = _bounded(YAML(typ="safe", pure=True).parse(text))
        return _Builder(events).tree()
    except ReaderError as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        raise unreadable(line, "有不可见的控制字符。", "请删除该字符后重试。") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise unreadable(line, "写法不符合 YAML。", "请检查缩进、冒号后的空格和引号。") from None
    except (YAMLError, ValueError, IndexError, UnicodeError):
        raise unreadable(1, "写法不符合 YAML。", "请检查缩进、冒号后的空格和引号。") from None


def _bounded(events: Iterator[Event]) -> Iterator[Event]:
    depth = documents = 0
    for nodes, event in enumerate(events):
        line = event.start_mark.line + 1
        documents += isinstance(event, DocumentStartEvent)
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        if documents > 1:
            raise unreadable(line, "一个文件里有几份文档。", "请每份预案单独一个文件。")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise unreadable(
                line, "用了锚点或引用（& 或 *）。", "请把内容直接写出来；以 & 或 * 开头的文字请加引号。"
            )
        if _tagged(event):
            raise unreadable(line, "用了类型标签（!）。", "请去掉标签；以 ! 开头的文字请加引号。")
        if depth > DEEPEST or nodes > MOST_NODES:
            raise unreadable(line, "层次太深或条目太多。", "请按预案格式的层次书写，过长的内容另附。")
        yield event


def _tagged(event: Event) -> bool:
    carries = isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)
    return carries and getattr(event, "tag", None) is not None


class _Builder:
    """Builds the tree from events; recursion is bounded by DEEPEST."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events = events
        self.lines: dict[Path, int] = {}

    def tree(self) -> Tree:
        for event in self.events:
            if isinstance(event, MappingStartEvent):
                value = self._mapping((), event)
                for _ in self.events:
                    pass  # a second document or trailing rubbish is refused while it is read
                return Tree(value, self.lines)
            if isinstance(event, ScalarEvent | SequenceStartEvent):
                break
        raise unreadable(1, "这不是一份预案。", "请以“id:”“title:”等项目开头，逐项书写。")

    def _value(self, path: Path, event: Event) -> Any:
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, MappingStartEvent):
            return self._mapping(path, event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return _scalar(event)

    def _mapping(self, path: Path, start: Event) -> dict[str, Any]:
        self.lines[path] = start.start_mark.line + 1
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent):
                raise unreadable(line, "项目名必须是一个词。", "请检查缩进。")
            name = str(event.value)
            if name in found:
                raise unreadable(line, f"“{name[:40]}”写了两次。", "请合并成一项。")
            found[name] = self._value((*path, name), next(self.events))
            self.lines[(*path, name)] = line
        return {name: value for name, value in found.items() if value is not None}

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self._value((*path, len(found)), event))
        return found


def _scalar(event: Event) -> str | None:
    """The text; a plain scalar left empty counts as not written at all."""
    value, plain = str(getattr(event, "value", "")), getattr(event, "style", None) is None
    return None if plain and value == "" else value
