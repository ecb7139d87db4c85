"""One row of the tables: ours, theirs, the ratio between the two, and what is to be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .ratio import ratios, short, spread

OURS = "Signboard"


@dataclass(frozen=True)
class Figure:
    """What was measured of each side, a number a round. `to_reach` names the highest ratio to another side; under our
    own name, the highest figure itself. `missing` is why it could not be run."""

    what: str
    unit: str = ""
    sides: Mapping[str, Sequence[float]] = field(default_factory=dict)
    to_reach: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    missing: str = ""
    compared: bool = True
    """Whether a ratio to the other sides says anything."""
    times: str = "rounds"
    """What the numbers of a side are."""

    def lines(self) -> list[str]:
        """As it is printed."""
        if self.missing:
            return [f"{self.what}: not run, {self.missing}"]
        rounds = len(next(iter(self.sides.values())))
        counted = f", median [quartiles] of {rounds} {self.times}" if rounds > 1 else ""
        lines = [f"{self.what}, {self.unit}{counted}"]
        lines += [self._line(side) for side in self.sides]
        lines += [f"  {'':<22}{side}: not there" for side in self.to_reach if side not in self.sides]
        return [*lines, *([f"  {self.note}"] if self.note else [])]

    def verdicts(self) -> list[str]:
        """A line for each thing to reach: whether it is."""
        if self.missing:
            return [f"not run      {self.what}: {self.missing}"]
        return [self._one_verdict(side, most) for side, most in self.to_reach.items()]

    def _one_verdict(self, side: str, most: float) -> str:
        if side not in self.sides:
            return f"not run      {self.what}: {side} is not there"
        reached = spread(self.sides[OURS]) if side == OURS else ratios(self.sides[OURS], self.sides[side])
        against = self.unit if side == OURS else f"times {side}"
        word = "reached" if reached.median <= most else "NOT REACHED"
        return f"{word:<13}{self.what}: {reached} {against}, to reach {short(most)}"

    def _line(self, side: str) -> str:
        line = f"  {side:<22}{spread(self.sides[side])!s:<26}"
        most = self.to_reach.get(side)
        if side == OURS:
            reached = spread(self.sides[side]).median
            return line.rstrip() if most is None else line + _verdict("", most, reached)
        if not self.compared:
            return line.rstrip()
        ratio = ratios(self.sides[OURS], self.sides[side])
        return f"{line}ours is {ratio!s} times that" + ("" if most is None else _verdict(", ", most, ratio.median))


def _verdict(before: str, most: float, reached: float) -> str:
    return f"{before}to reach: {short(most)}, {'reached' if reached <= most else 'not reached'}"
