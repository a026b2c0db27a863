"""A lifecycle is a table of lawful moves; everything else about states is read from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from huiying.rules.refusals import IllegalMove
from huiying.rules.words import N_, said

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One lawful move: from where to where, by which action, under which article."""

    frm: S
    to: S
    action: str
    label: str
    article: str


class Lifecycle(Generic[S]):
    """The states of one noun and the only moves between them.

    `initial` are the states in which a thing may be born; `reserved` are states of the
    vocabulary that no move reaches yet.
    """

    def __init__(
        self,
        name: str,
        states: type[S],
        moves: Iterable[Move[S]],
        *,
        title: str,
        initial: tuple[S, ...],
        reserved: frozenset[S] = frozenset(),
    ) -> None:
        self.name = name
        self.title = title
        self.states = states
        self.initial = initial
        self.reserved = reserved
        self.moves = tuple(moves)
        self._pairs = frozenset((move.frm, move.to) for move in self.moves)
        if len({(move.frm, move.to, move.action) for move in self.moves}) != len(self.moves):
            raise ValueError(f"{name}: two rows name the same move")

    @property
    def terminal(self) -> frozenset[S]:
        """The states that no move leaves."""
        return frozenset(self.states) - {move.frm for move in self.moves}

    def moves_from(self, state: S) -> tuple[Move[S], ...]:
        """The moves open from a state, in the order of the table."""
        return tuple(move for move in self.moves if move.frm == state)

    def can(self, state: S, to: S) -> bool:
        """Say whether the table has this move."""
        return (self.states(state), self.states(to)) in self._pairs

    def check(self, state: S, to: S, *, action: str = "") -> Move[S]:
        """Return the move, or raise IllegalMove saying where the thing stands and what can be done.

        `action`, where several actions lead to one state: only the one that the table names for this move.
        """
        for move in self.moves_from(self.states(state)):
            if move.to == to and action in ("", move.action):
                return move
        raise IllegalMove(
            said(
                N_("现在的状态是“{state}”，不能变为“{to}”。"),
                state=word_of(self.states(state)),
                to=word_of(self.states(to)),
            ),
            rule=f"lifecycle.{self.name}",
            article=next((move.article for move in self.moves if move.to == to), ""),
            remedy=self._what_can_be_done(self.states(state)),
        )

    def _what_can_be_done(self, state: S) -> str:
        labels = tuple(dict.fromkeys(move.label for move in self.moves_from(state)))
        if not labels:
            return N_("这已是最后状态，不能再变更。")
        return said(N_("现在可以：{labels}。"), labels=labels)


def word_of(state: StrEnum) -> str:
    """The Chinese word of a labelled state."""
    return str(getattr(state, "label", state.value))
