"""Words a body forbids itself beyond what nobody may order: plain words from a YAML text, never a pattern.

format: huiying-words/1
words:
  - {id: own-shouting, pattern: 高音喇叭, reason: 惊扰病人。, instead: 改用告示牌和当面说明。}
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from huiying.playbook.clauses import Ref, Title
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import CheckRule, Hit, Severity
from huiying.playbook.folding import folded
from huiying.playbook.lexicon import parts
from huiying.playbook.yaml_form import problems_of
from huiying.playbook.yaml_tree import PlanUnreadable, tree_read

_PLAIN = {"L", "N"}


def _words_only(text: str) -> str:
    """Letters, characters and figures only: nothing in it can be read as a pattern."""
    if not all(unicodedata.category(char)[0] in _PLAIN for char in text):
        raise PydanticCustomError("not_plain_words", "plain words only")
    return text


class OwnWord(BaseModel):
    """One word a body does not want in its plans, why, and what to write instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Ref
    pattern: Annotated[str, Field(min_length=2, max_length=40), AfterValidator(_words_only)]
    reason: Title
    instead: Title
    severity: Severity = Severity.WARNING


class OwnWords(BaseModel):
    """The list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["huiying-words/1"] = "huiying-words/1"
    words: tuple[OwnWord, ...] = Field(default=(), max_length=400)


def own_rules_read(text: str) -> tuple[CheckRule, ...]:
    """Read a body's own words as rules. Raises PlanUnreadable with every line at fault and its remedy."""
    tree = tree_read(text)
    try:
        listed = OwnWords.model_validate(tree.value)
    except ValidationError as error:
        names = (*OwnWords.model_fields, *OwnWord.model_fields)
        raise PlanUnreadable(problems_of(error, tree, names)) from None
    return tuple(_rule(word) for word in listed.words)


def _rule(word: OwnWord) -> CheckRule:
    reason = f"“{{name}}”是本单位不用的词：{word.reason}"
    return CheckRule(word.id, word.severity, reason, "本单位的规定", word.instead, _finder(word.pattern))


def _finder(pattern: str) -> Callable[[PlanDocument], Iterable[Hit]]:
    wanted = re.compile(re.escape(folded(pattern)))

    def find(doc: PlanDocument) -> Iterator[Hit]:
        for clause in doc.clauses():
            if any(wanted.search(part) for words in clause.sentences() for part in parts(words)):
                yield Hit(clause.id, pattern)

    return find
