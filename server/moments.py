"""The minutes in which the board changed for whoever runs the meeting: what there is to look back at. It says what kind
of thing changed, and none of its words."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec

from .board.history import History
from .board.meeting import MeetingView
from .board.model import Touched
from .board.refusal import N_
from .board.template import Template

MINUTE_MS: Final = 60_000
WHAT: Final[Mapping[str, str]] = {
    "meeting": N_("a new part of the meeting"),
    "card": N_("cards"),
    "comment": N_("comments"),
    "set": N_("worries and goals"),
    "differ": N_("different views"),
    "round": N_("numbers"),
    "poll": N_("whether people agree"),
    "decision": N_("decisions"),
    "dissent": N_("decisions"),
    "step": N_("next steps"),
    "owner": N_("next steps"),
    "thought": N_("thoughts for next time"),
    "translation": N_("second texts"),
    "correction": N_("what is not right"),
}
"""What is said of each kind of part, in this order. Of the others nothing is: they are seen beside these."""


class Moment(msgspec.Struct):
    """A minute in which the board changed. `at` is its beginning, ms since 1970; `last` the number of the last entry
    in it by which something changed; `what` says which kinds of things, `phase` which part of the meeting it ended
    in."""

    at: int
    last: int
    what: set[str]
    phase: str


class Part(msgspec.Struct, frozen=True):
    """A stretch of the agenda on one day, with its minutes. `title` is that of the phase."""

    title: str
    day: int
    moments: tuple[Moment, ...]


class Moments:
    """Gathers them, entry by entry."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._phase = ""
        self.found: list[Moment] = []

    def take(self, seq: int, at: int, touched: Touched) -> None:
        """Notice what an entry changed."""
        what = set(self._changed(touched))
        if not what:
            return
        minute = at - at % MINUTE_MS
        if not self.found or self.found[-1].at != minute:
            self.found.append(Moment(at=minute, last=seq, what=set(), phase=self._phase))
        moment = self.found[-1]
        moment.last, moment.phase = seq, self._phase
        moment.what |= what

    def _changed(self, touched: Touched) -> Iterable[str]:
        for touch in touched:
            if (kind := touch.part.kind) not in WHAT:
                continue
            before, after = self._history.view(touch.before), self._history.view(touch.after)
            if isinstance(after, MeetingView):
                if after.phase != self._phase:
                    self._phase = after.phase
                    yield kind
            elif before != after:
                yield kind


def parts(moments: Sequence[Moment], template: Template) -> list[Part]:
    """The minutes by the part of the meeting they fell in, oldest first."""
    titles = {one.id: one.title for one in template.phases}
    there = groupby(moments, key=lambda one: (one.phase, time.localtime(one.at / 1000)[:3]))
    return [Part(titles.get(phase, ""), day[0].at, tuple(day)) for (phase, _day), each in there if (day := list(each))]


def what(moment: Moment) -> tuple[str, ...]:
    """What changed in a minute, each once and always in one order."""
    return tuple(dict.fromkeys(said for kind, said in WHAT.items() if kind in moment.what))
