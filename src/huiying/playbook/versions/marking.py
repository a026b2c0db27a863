"""Which words of a sentence changed: Chinese by character, other scripts and numbers by word."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"[0-9]+(?:[.:][0-9]+)*|[A-Za-z]+|\s+|.", re.DOTALL)
_ISLAND = 2  # so few unchanged characters between two changes are marked with them: they only look unchanged


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with the same mark."""

    mark: Mark
    text: str


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order. SAME and REMOVED together are `before`, SAME and ADDED are `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    blocks = [
        (op.tag, old[op.src_start : op.src_end], new[op.dest_start : op.dest_end])
        for op in Indel.opcodes(old, new)
    ]
    pieces: list[Piece] = []
    gone, come = "", ""
    for place, (tag, was, now) in enumerate(blocks):
        text = "".join(was)
        island = tag == "equal" and 0 < place < len(blocks) - 1 and len(text) < _ISLAND and text.strip()
        if tag == "equal" and not island:
            pieces += _flushed(gone, come)
            gone, come = "", ""
            pieces.append(Piece(Mark.SAME, text))
        else:
            gone, come = gone + text, come + "".join(now)
    return (*pieces, *_flushed(gone, come))


def _flushed(gone: str, come: str) -> list[Piece]:
    found = [Piece(Mark.REMOVED, gone)] if gone else []
    return [*found, Piece(Mark.ADDED, come)] if come else found
