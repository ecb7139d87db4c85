"""One device of one person, without its socket: what it asked and was answered, and the board its frames make. It
remembers everything a checker needs; it judges nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Parts = dict[str, dict[str, Any]]

RETRY = frozenset({"busy"})
"""A `no` of these codes says: not now. The same ask is sent again."""


class Told(NamedTuple):
    """A welcome or a change: the connection it came by, the number it carried, and when."""

    line: int
    kind: Literal["resumed", "welcome", "change"]
    seq: int
    at: float


class Answered(NamedTuple):
    """A `done`: over which connection, when, its number, and the number this device had been told by then."""

    ref: int
    seq: int
    at: float
    line: int
    told: int


@dataclass
class Asked:
    """An ask, when it was first and last sent, and by which connection first. `no` is the code of its refusal."""

    ask: dict[str, Any]
    at: float
    last: float
    line: int
    sent: int = 1
    no: str = ""


@dataclass
class Device:
    """`line` counts connections; `stands` says whether this one was told where it stands."""

    room: str
    name: str
    role: str
    person: str
    id: str
    parts: Parts = field(default_factory=dict)
    seq: int = 0
    epoch: str = ""
    epochs: list[str] = field(default_factory=list)
    line: int = 0
    stands: bool = False
    asked: dict[int, Asked] = field(default_factory=dict)
    outbox: dict[int, float] = field(default_factory=dict)  # refs without an answer, and when each was last sent
    told: list[Told] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    strange: list[tuple[str, str]] = field(default_factory=list)  # what it was told to drop, and never had
    closed: list[str] = field(default_factory=list)
    heard: float = 0.0  # when a word came last
    trouble: str = ""  # how its last line ended, where not as it should

    def connects(self, *, afresh: bool = False) -> dict[str, str]:
        """A connection begins: what its address says of where this device stands."""
        self.line += 1
        self.stands = False
        if afresh or not self.epoch:
            return {}
        self.told.append(Told(self.line, "resumed", self.seq, 0.0))
        return {"after": str(self.seq), "epoch": self.epoch}

    def asks(self, tag: str, fields: dict[str, Any], at: float) -> str:
        """A new ask: the frame to send."""
        ref = len(self.asked) + 1
        ask = {"ask": tag, "ref": ref, **fields}
        self.asked[ref] = Asked(ask, at, at, self.line)
        self.outbox[ref] = at
        return json.dumps(ask)

    def again(self, ref: int, at: float) -> str:
        """The frame of an ask that nobody answered, to be sent once more."""
        asked = self.asked[ref]
        asked.sent += 1
        asked.last = at
        self.outbox[ref] = at
        return json.dumps(asked.ask)

    def hear(self, frame: dict[str, Any], at: float) -> None:
        """Take a frame in."""
        match frame["is"]:
            case "welcome":
                self.person, self.role = frame["you"]["id"], frame["you"]["role"]
                self.parts = {kind: dict(parts) for kind, parts in frame["put"].items()}
                self._stand("welcome", frame["seq"], at)
                self.epoch = frame["epoch"]
                self.epochs.append(self.epoch)
            case "change":
                self._change(frame.get("put", {}), frame.get("drop", {}))
                self._stand("change", frame["seq"], at)
            case "done":
                self.answers.append(Answered(frame["ref"], frame["seq"], at, self.line, self.seq))
                self.outbox.pop(frame["ref"], None)
            case "no" if frame["code"] not in RETRY:
                if frame.get("ref") not in self.asked:
                    self.odd.append(f"a no to nothing it asked: {frame}")
                    return
                self.asked[frame["ref"]].no = frame["code"]
                self.outbox.pop(frame["ref"], None)
            case "bye":
                self.closed.append(frame["code"])
            case _:
                pass

    def blank(self) -> Device:
        """A new page of the same device."""
        return Device(self.room, self.name, self.role, self.person, self.id)

    def copy(self) -> Device:
        """This page as it stands, to come back from later."""
        page = self.blank()
        page.parts, page.seq, page.epoch = deepcopy(self.parts), self.seq, self.epoch
        return page

    def _stand(self, kind: Literal["welcome", "change"], seq: int, at: float) -> None:
        self.seq = seq
        self.stands = True
        self.told.append(Told(self.line, kind, seq, at))

    def _change(self, put: Parts, drop: dict[str, list[str]]) -> None:
        for kind, parts in put.items():
            if both := parts.keys() & set(drop.get(kind, ())):
                self.odd.append(f"put and dropped at once: {kind} {sorted(both)}")
            self.parts.setdefault(kind, {}).update(parts)
        for kind, ids in drop.items():
            for id in ids:
                if self.parts.get(kind, {}).pop(id, None) is None:
                    self.strange.append((kind, id))


def seen(parts: Parts) -> Parts:
    """A board without kinds of which nothing is left."""
    return {kind: parts for kind, parts in parts.items() if parts}
