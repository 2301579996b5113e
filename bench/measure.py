"""How a ratio is taken: both sides in turn, round after round, and the median round counts."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Act = Callable[[], object]


@dataclass(frozen=True)
class Side:
    """What one side took, in milliseconds."""

    times: tuple[float, ...]

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """All but the slowest twentieth took no longer."""
        return self._of_a_hundred(95)

    @property
    def p99(self) -> float:
        """All but the slowest hundredth took no longer."""
        return self._of_a_hundred(99)

    def _of_a_hundred(self, so_many: int) -> float:
        return sorted(self.times)[max(0, round(len(self.times) * so_many / 100) - 1)]


@dataclass(frozen=True)
class Row:
    """One line of the report: ours, the bare thing, their ratio and what is allowed."""

    what: str
    against: str
    ours: Side
    bare: Side
    ratio: float
    budget: float
    notes: str = ""

    @property
    def met(self) -> bool:
        """Whether the budget holds."""
        return self.ratio <= self.budget


def compare(
    what: str,
    against: str,
    ours: Act,
    bare: Act,
    *,
    budget: float,
    rounds: int,
    times: int,
    notes: str = "",
    allowed: Act | None = None,
) -> Row:
    """Ours and bare in turn: the ratio is that of the median round, p50 to p50.

    What is `allowed` on top is measured in the same round and taken off ours.
    """
    ours(), bare()  # the first ones fill caches and are not counted
    pairs = []
    for _round in range(rounds):
        off = median(_several(allowed, times)) if allowed else 0.0
        mine, theirs = _several(ours, times), _several(bare, times)
        pairs.append(([each - off for each in mine], theirs))
    return Row(
        what,
        against,
        Side(tuple(each for pair in pairs for each in pair[0])),
        Side(tuple(each for pair in pairs for each in pair[1])),
        median(median(mine) / median(theirs) for mine, theirs in pairs),
        budget,
        notes,
    )


def within(measured: Row, allowed_ms: float, *, notes: str = "p95") -> Row:
    """The same times against the time allowed: all but the slowest twentieth."""
    side, allowed = measured.ours, Side((allowed_ms,))
    said = f"{allowed_ms / 1000:g} s" if allowed_ms >= 1000 else f"{allowed_ms:g} ms"
    return Row(measured.what, said, side, allowed, side.p95 / allowed_ms, 1.0, notes)


def _several(act: Act, times: int) -> list[float]:
    gc.collect()
    return [took(act) for _again in range(times)]


def took(act: Act) -> float:
    """Milliseconds of one call; an act that prepares something first answers with its own."""
    began = time.perf_counter()
    said = act()
    return said if isinstance(said, float) else (time.perf_counter() - began) * 1000
