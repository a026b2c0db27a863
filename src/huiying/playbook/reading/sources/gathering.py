"""Gathering the lines of a document, within bounds, each with its odd characters put right."""

from huiying.playbook.reading.parts import Line, Repair, Source
from huiying.playbook.reading.sources import letters, limits, refusing

NOTED = 200  # characters of a passage that was left out


class Gathered:
    """Lines in document order. Raises CannotRead where a document is longer than any plan."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.repairs: list[Repair] = []
        self._characters = 0

    @property
    def next_number(self) -> int:
        """The number that the next line gets."""
        return len(self.lines) + 1

    def add(self, text: str, *, heading: int = 0) -> None:
        """One line of a format that has no plain text of its own; an empty one is none."""
        right, repairs = letters.mended(text, self.next_number)
        right = right.strip()
        if right:
            self._keep(Line(self.next_number, right, None, heading), repairs)

    def add_raw(self, text: str, *, start: int, heading: int = 0) -> None:
        """One line of a plain text, empty or not, so that its number is the one an editor shows."""
        right, repairs = letters.mended(text, self.next_number)
        self._keep(Line(self.next_number, right, start, heading), repairs)

    def note(self, rule: str, was: str, *, now: str = "", line: int | None = None) -> None:
        """Say what was left out or put in, at the next line or the one named."""
        if len(self.repairs) < limits.MOST_REPAIRS:
            self.repairs.append(Repair(rule, line or self.next_number, was.strip()[:NOTED], now[:NOTED]))

    def has(self, rule: str) -> bool:
        """Whether a repair of this sort was named before."""
        return any(repair.rule == rule for repair in self.repairs)

    def source(self, name: str) -> Source:
        """All of it. Raises CannotRead where there are no words."""
        if not any(line.text.strip() for line in self.lines):
            raise refusing.without_text()
        return Source(name, tuple(self.lines), tuple(self.repairs))

    def _keep(self, line: Line, repairs: list[Repair]) -> None:
        self._characters += len(line.text)
        if len(self.lines) >= limits.MOST_LINES or self._characters > limits.MOST_CHARACTERS:
            raise refusing.too_long()
        self.lines.append(line)
        self.repairs += repairs[: max(0, limits.MOST_REPAIRS - len(self.repairs))]
