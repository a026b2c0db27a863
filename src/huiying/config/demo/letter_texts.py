"""All twenty-five matters together."""

from huiying.config.demo.letter import Answer, Letter, Way
from huiying.config.demo.letters_closed import CLOSED
from huiying.config.demo.letters_drain import DRAIN
from huiying.config.demo.letters_open import OPEN

LETTERS: tuple[Letter, ...] = (*DRAIN, *OPEN, *CLOSED)

__all__ = ["DRAIN", "LETTERS", "Answer", "Letter", "Way"]
