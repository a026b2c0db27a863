"""Refusals: every "no" says which rule, which article, and what the person can do next."""

from collections.abc import Mapping


class Refusal(Exception):
    """A lawful no. `message` is a plain Chinese sentence; the doors translate and show it."""

    def __init__(self, message: str, *, rule: str = "", article: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule
        self.article = article
        self.remedy = remedy


class NotPermitted(Refusal):
    """The actor's grants do not reach this act (403)."""


class NotThere(Refusal):
    """Not there, or not yours: both look the same (404)."""


class IllegalMove(Refusal):
    """The lifecycle has no such move from the present state (409)."""


class Overtaken(Refusal):
    """Someone was faster; nothing was changed (409)."""


class Incomplete(Refusal):
    """Something needed is missing; `fields` says what, sentence by field (422)."""

    def __init__(
        self, message: str, *, fields: Mapping[str, str], rule: str = "", article: str = "", remedy: str = ""
    ) -> None:
        super().__init__(message, rule=rule, article=article, remedy=remedy)
        self.fields = dict(fields)
