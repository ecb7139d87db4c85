"""What has happened in one meeting, as far as this process has read its log. It reads and writes nothing itself."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from typing import Final

from . import protocol
from .board import core
from .board.keys import Session
from .board.meeting import Meeting
from .board.model import Board, Entry, Touched
from .board.person import Person
from .board.phases import CutLog
from .board.sight import Viewer
from .fan import Step

STEPS_KEPT: Final = 2000
"""Who comes back from further away gets the whole board."""

Key = tuple[str, str, int]
"""Person, device and ref: what names an ask for ever."""
EVERYONE: Final = ""


class Story:
    """The board now, the last steps that led to it, and what was asked and answered."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.board = Board()
        self.epoch = ""
        self.epochs: set[str] = set()  # this one, and every one before it
        self._steps: deque[Step] = deque(maxlen=STEPS_KEPT)
        self._said: dict[Key, tuple[int, bytes | None]] = {}
        self._renewed: dict[str, int] = {}  # since which number a person sees otherwise

    def ahead(self, entries: Sequence[Entry]) -> list[tuple[Board, Touched]]:
        """The board after each of these entries, which come next, and what each touched. Nothing is taken in yet."""
        board, steps = self.board, []
        for entry in entries:
            board, touched = core.apply(board, entry)
            steps.append((board, touched))
        return steps

    def take(self, entries: Sequence[Entry], steps: Sequence[tuple[Board, Touched]], *, read_to: int = 0) -> list[Step]:
        """These entries are written: stand there. `read_to` is where the log ended when they were read, if further."""
        taken = []
        for entry, (board, touched) in zip(entries, steps, strict=True):
            self._begin_epoch(entry)
            self._said[entry.by, entry.device, entry.ref] = entry.seq, _print(entry)
            self._note_renewed(entry, touched)
            taken.append(Step(entry.seq, touched))
            self.board = board
        if any(entry.ask is None for entry in entries):
            # These words were on screens before they left the log, and no step here takes them off. What made them
            # leave is one of the entries read, and perhaps not yet among these.
            self._renew(EVERYONE, max(read_to, entries[-1].seq))
        self._steps.extend(taken)
        return taken

    def answered(self, key: Key) -> tuple[int, bytes | None] | None:
        """The number and the words first written under this key; None for words that have left the log."""
        return self._said.get(key)

    def since(self, viewer: Viewer, after: int) -> list[Step] | None:
        """The steps after a number, or None for whoever must see the whole board anew: too far back, beyond the end, or
        looking with other eyes since."""
        oldest = self._steps[0].seq - 1 if self._steps else self.board.seq
        renewed = max(self._renewed.get(EVERYONE, 0), self._renewed.get(viewer.id, 0))
        if not max(oldest, renewed) <= after <= self.board.seq:
            return None
        return [step for step in self._steps if step.seq > after]

    def renewed_for_everyone(self, since: int) -> bool:
        """Whether everyone sees otherwise since an entry of this number or a later one."""
        return self._renewed.get(EVERYONE, 0) >= since

    def _begin_epoch(self, entry: Entry) -> None:
        """An epoch begins with the first entry, and where a log went backwards. Named after that entry, so that every
        process agrees."""
        if not self.epoch or isinstance(entry.ask, CutLog):
            name = f"{self.room}/{entry.seq}/{entry.at}/{entry.chance}"
            self.epoch = hashlib.sha256(name.encode()).hexdigest()[:16]
            self.epochs.add(self.epoch)
            self._renew(EVERYONE, entry.seq)

    def _renew(self, who: str, seq: int) -> None:
        self._renewed[who] = max(seq, self._renewed.get(who, 0))

    def _note_renewed(self, entry: Entry, touched: Touched) -> None:
        for touch in touched:
            match touch.before, touch.after:
                case Person() as before, Person() as after if eyes(before) != eyes(after):
                    self._renew(after.id, entry.seq)
                case Meeting() as before, Meeting() as after if _shown(before) != _shown(after):
                    self._renew(EVERYONE, entry.seq)
                case Meeting() as before, Meeting() as after if before.wall_child != after.wall_child:
                    self._renew("wall", entry.seq)
                case _, Session() as session if touch.before != session:
                    # This browser may have been someone else until now, and hold what that one could see.
                    self._renew(session.person, entry.seq)
                case _:
                    pass


def _shown(meeting: Meeting) -> tuple[str, str]:
    """What everybody's way of seeing goes by: whether names are shown, and whether the meeting goes on."""
    return meeting.authors, meeting.state


def eyes(person: Person) -> tuple[str, str, str]:
    """What a person's way of seeing goes by."""
    return person.role, person.state, person.sees


def _print(entry: Entry) -> bytes | None:
    return protocol.fingerprint(entry.ask) if entry.ask is not None else None
