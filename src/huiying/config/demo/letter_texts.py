"""All matters together.

Eleven came in the last whole month, whatever day it is today: five by visit and six online, five of them about
works, five answered within the month. So its figures pass the gate (k = 5); the earlier months' mostly do not.
"""

from huiying.config.demo.letter import Answer, Letter, Way
from huiying.config.demo.letters_beside import BESIDE
from huiying.config.demo.letters_closed import CLOSED
from huiying.config.demo.letters_drain import DRAIN
from huiying.config.demo.letters_open import OPEN
from huiying.config.demo.letters_rated import RATED

LETTERS: tuple[Letter, ...] = (*DRAIN, *OPEN, *CLOSED, *BESIDE, *RATED)

__all__ = ["DRAIN", "LETTERS", "Answer", "Letter", "Way"]
