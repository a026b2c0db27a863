"""The engine that is always there: the hardest watch first, each to whom it costs least, then repaired and evened out."""

from dataclasses import dataclass, field

from huiying.registry.rostering.hard import clash, fit
from huiying.registry.rostering.shapes import Keeper, Task, Watch
from huiying.registry.rostering.soft import Counts, cost_of, owed

ROUNDS = 6  # evening out stops earlier when a round changes nothing


@dataclass
class _Board:
    """The choice in the making: who has which watches, who could take which."""

    task: Task
    keepers: dict[int, Keeper]
    base: dict[int, Counts]
    watches: dict[int, Watch]
    could: dict[int, tuple[int, ...]]  # watch → who may, other watches aside
    against: dict[int, frozenset[int]]  # watch → watches that one person cannot keep beside it
    pinned: frozenset[int]
    chosen: dict[int, int] = field(default_factory=dict)
    mine: dict[int, dict[int, Watch]] = field(default_factory=dict)
    costs: dict[int, int] = field(default_factory=dict)

    def give(self, watch: int, keeper: int) -> None:
        """Put a watch on somebody who can keep it."""
        self.chosen[watch] = keeper
        self.mine[keeper][watch] = self.watches[watch]
        self.costs[keeper] = self.price(keeper)

    def take(self, watch: int) -> int:
        """Take a watch off whoever has it."""
        keeper = self.chosen.pop(watch)
        del self.mine[keeper][watch]
        self.costs[keeper] = self.price(keeper)
        return keeper

    def price(self, keeper: int, *, plus: int | None = None, less: int | None = None) -> int:
        """What this person's watches cost, with one more or one fewer."""
        held = [watch for ref, watch in self.mine[keeper].items() if ref != less]
        if plus is not None:
            held.append(self.watches[plus])
        return cost_of(self.base[keeper], held, self.keepers[keeper].kept, self.task.limits)

    def more(self, keeper: int, watch: int) -> int:
        """What one more watch costs this person."""
        return self.price(keeper, plus=watch) - self.costs[keeper]

    def blocking(self, keeper: int, watch: int) -> list[int]:
        """Which of this person's watches stand against it."""
        return [ref for ref in self.mine[keeper] if ref in self.against[watch]]

    def free(self, watch: int) -> list[int]:
        """Who can keep it as things stand."""
        return [keeper for keeper in self.could[watch] if not self.blocking(keeper, watch)]


def solve(task: Task, settled: dict[int, int]) -> dict[int, int]:
    """Fill what can be filled; the same task always gives the same answer."""
    board = _laid_out(task, settled)
    for ref in sorted(board.watches, key=lambda one: _hardest(board, one)):
        if ref not in board.chosen and not _fill(board, ref):
            _make_room(board, ref)
    _repair(board)
    for _round in range(ROUNDS):
        if not _even_out(board):
            break
    return dict(board.chosen)


def filled(task: Task, chosen: dict[int, int]) -> dict[int, int]:
    """The same with every empty watch that somebody can keep after all; what was chosen stays."""
    board = _laid_out(task, chosen)
    _repair(board)
    return dict(board.chosen)


def _laid_out(task: Task, settled: dict[int, int]) -> _Board:
    watches = {watch.ref: watch for watch in task.watches}
    board = _Board(
        task,
        {keeper.ref: keeper for keeper in task.keepers},
        owed(task.keepers, task.limits),
        watches,
        {ref: _able(task, watch) for ref, watch in watches.items()},
        {ref: _against(task, watch) for ref, watch in watches.items()},
        frozenset(settled),
    )
    for keeper in task.keepers:
        board.mine[keeper.ref] = {}
        board.costs[keeper.ref] = board.price(keeper.ref)
    for ref, keeper_ref in settled.items():
        board.give(ref, keeper_ref)
    return board


def _able(task: Task, watch: Watch) -> tuple[int, ...]:
    return tuple(keeper.ref for keeper in task.keepers if fit(keeper, watch, task.limits))


def _against(task: Task, watch: Watch) -> frozenset[int]:
    return frozenset(
        other.ref
        for other in task.watches
        if other.ref != watch.ref and clash(watch.span, other.span, task.limits)
    )


def _hardest(board: _Board, ref: int) -> tuple[object, ...]:
    return len(board.could[ref]), board.watches[ref].span.starts_at, ref


def _fill(board: _Board, ref: int) -> bool:
    free = board.free(ref)
    if not free:
        return False
    board.give(ref, min(free, key=lambda keeper: (board.more(keeper, ref), keeper)))
    return True


def _make_room(board: _Board, ref: int) -> bool:
    """Somebody can take it if one watch of theirs goes to somebody else."""
    for keeper in board.could[ref]:
        blocking = board.blocking(keeper, ref)
        if len(blocking) != 1 or blocking[0] in board.pinned:
            continue
        others = [one for one in board.free(blocking[0]) if one != keeper]
        if others:
            board.take(blocking[0])
            board.give(blocking[0], min(others, key=lambda one: (board.more(one, blocking[0]), one)))
            board.give(ref, keeper)
            return True
    return False


def _repair(board: _Board) -> None:
    for ref in sorted(board.watches):
        if ref not in board.chosen and not _fill(board, ref):
            _make_room(board, ref)


def _even_out(board: _Board) -> bool:
    """One round of moving and exchanging watches where that makes the whole fairer."""
    moved = False
    for ref in sorted(board.chosen):
        if ref not in board.pinned:
            moved |= _move(board, ref) or _exchange(board, ref)
    return moved


def _move(board: _Board, ref: int) -> bool:
    keeper = board.chosen[ref]
    saved = board.costs[keeper] - board.price(keeper, less=ref)
    free = [one for one in board.free(ref) if one != keeper]
    best = min(((board.more(one, ref), one) for one in free), default=None)
    if best is None or best[0] >= saved:
        return False
    board.take(ref)
    board.give(ref, best[1])
    return True


def _exchange(board: _Board, ref: int) -> bool:
    """Two people trade one watch each, of the days around, where both can and both together are better off."""
    keeper = board.chosen[ref]
    for other in board.could[ref]:
        if other == keeper:
            continue
        for theirs in list(board.mine[other]):
            if theirs not in board.pinned and keeper in board.could[theirs] and _trade(board, ref, theirs):
                return True
    return False


def _trade(board: _Board, ref: int, theirs: int) -> bool:
    keeper, other = board.chosen[ref], board.chosen[theirs]
    if set(board.blocking(other, ref)) - {theirs} or set(board.blocking(keeper, theirs)) - {ref}:
        return False
    before = board.costs[keeper] + board.costs[other]
    after = board.price(keeper, plus=theirs, less=ref) + board.price(other, plus=ref, less=theirs)
    if after >= before:
        return False
    board.take(ref)
    board.take(theirs)
    board.give(ref, other)
    board.give(theirs, keeper)
    return True
