"""Whether what everybody was told agrees with what the log holds at the end. Pure: one walk over what was recorded, for
the log itself says in which order everything happened."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from .device import Device, Parts, seen

Key = tuple[str, str, int]
"""Person, device and ref."""

SHOWN_AT_ONCE = frozenset({"card.add"})
"""Asks whose effect whoever asked always sees: their `done` must come after the change that holds it."""
WORDS_KEPT = 300

LONG_S = 5.0
"""Whoever has heard nothing for so much longer than others has a line that is dead."""


class Logged(NamedTuple):
    """An entry of the log. `print` tells its words from others; None once they have left the log."""

    seq: int
    key: Key
    tag: str
    print: bytes | None


class Look(NamedTuple):
    """One board as somebody saw it at the end: how they came to it, and what stood there. `who` have equal eyes."""

    who: str
    how: str
    parts: Parts


@dataclass
class Evening:
    """All there is to know of one meeting: its log, its devices, and what each of them saw last. `prints` are those of
    all that was asked; `broken` says where the chain does not verify; `forbidden` which entries were not allowed where
    they stand; `cuts` how often the log truly went back."""

    room: str
    entries: Sequence[Logged]
    devices: Sequence[Device]
    prints: Mapping[Key, bytes]
    looks: Sequence[Look] = ()
    broken: str = ""
    forbidden: Sequence[str] = ()
    cuts: int = 0
    settled: bool = True
    shut_out: Sequence[str] = field(default_factory=list)


class Violation(NamedTuple):
    """A promise that was broken, and where."""

    law: str
    what: str


def check(evening: Evening) -> list[Violation]:
    """Every promise that was broken in this meeting."""
    found: list[Violation] = []
    laws = (
        _chain,
        _allowed,
        _answers,
        _refusals,
        _unknown,
        _rest,
        _real_time,
        _order,
        _done_after_change,
        _boards,
        _epochs,
        _odd,
    )
    for law in laws:
        found.extend(Violation(law.__name__.strip("_").replace("_", " "), what[:WORDS_KEPT]) for what in law(evening))
    return found


def _chain(evening: Evening) -> Iterator[str]:
    """The chain verifies, and numbers have no gap."""
    if evening.broken:
        yield evening.broken
    for place, entry in enumerate(evening.entries, start=1):
        if entry.seq != place:
            yield f"number {entry.seq} stands at place {place}"
            return


def _allowed(evening: Evening) -> Iterator[str]:
    """Every entry was allowed on the board that those before it make."""
    yield from evening.forbidden


def _answers(evening: Evening) -> Iterator[str]:
    """What was acknowledged is in the log exactly once, at the number that was told, in the words that were asked."""
    by_key = _by_key(evening)
    for device in evening.devices:
        told: dict[int, int] = {}
        for answer in device.answers:
            key = (device.person, device.id, answer.ref)
            if answer.ref not in device.asked:
                yield f"done to nothing asked: {key}"
                continue
            if told.setdefault(answer.ref, answer.seq) != answer.seq:
                yield f"{key} was told {told[answer.ref]}, then {answer.seq}"
            entries = by_key.get(key, [])
            if not entries:
                yield f"lost: {key} was acknowledged as {answer.seq}"
            elif len(entries) > 1:
                yield f"doubled: {key} stands at {[entry.seq for entry in entries]}"
            elif entries[0].seq != answer.seq:
                yield f"{key} was told {answer.seq} and stands at {entries[0].seq}"


def _refusals(evening: Evening) -> Iterator[str]:
    """Nothing that was refused is in the log. One exception nobody can rule out: what was asked before without an
    answer may still be on its way to the log, together with what makes it allowed, while it is asked again and
    refused elsewhere. Then it stands behind all that anybody knew when it was asked again."""
    by_key, known = _by_key(evening), _known(evening)
    for device in evening.devices:
        for ref, asked in device.asked.items():
            if asked.no and (entries := by_key.get((device.person, device.id, ref))):
                seq = entries[0].seq
                if asked.sent == 1 or seq <= known(asked.last):
                    yield f"{asked.ask} of {device.name} was refused ({asked.no}), and stands at {seq}"


def _known(evening: Evening) -> Callable[[float], int]:
    """The highest number that anybody had been told before a moment."""
    told = sorted(
        [(one.at, one.seq) for device in evening.devices for one in device.told if one.kind != "resumed"]
        + [(one.at, one.seq) for device in evening.devices for one in device.answers]
    )
    moments = [at for at, _seq in told]
    highest = list(accumulate((seq for _at, seq in told), max, initial=0))
    return lambda at: highest[bisect_left(moments, at)]


def _unknown(evening: Evening) -> Iterator[str]:
    """What had no answer was asked again until it had one; nothing stands in the log that nobody asked, or twice, or
    in other words."""
    if evening.settled:
        for device in evening.devices:
            for ref in device.outbox:
                yield f"{device.name} never had an answer to {device.asked[ref].ask}"
    ours = {(device.person, device.id): device for device in evening.devices}
    for key, entries in _by_key(evening).items():
        whose = ours.get(key[:2])
        if whose is None:
            continue
        if len(entries) > 1:
            yield f"{key} stands at {[entry.seq for entry in entries]}"
        if key[2] not in whose.asked:
            yield f"{key} stands at {entries[0].seq}, and was never asked"
        elif entries[0].print is not None and entries[0].print != evening.prints[key]:
            yield f"{key} stands at {entries[0].seq} in other words"


def _rest(evening: Evening) -> Iterator[str]:
    """After the last fault everybody comes to stand somewhere, with every answer."""
    if not evening.settled:
        last = max(device.heard for device in evening.devices)
        told = [
            f"{device.name} ({len(device.outbox)} asks, {'stands' if device.stands else 'does not stand'}, "
            f"heard {last - device.heard:.1f} s before the last, line {device.line}, {device.trouble or 'no trouble'}, "
            f"told {device.closed[-3:]})"
            for device in evening.devices
            if device.outbox or not device.stands or last - device.heard > LONG_S
        ]
        yield f"not everybody came to rest: {', '.join(told)}"


def _real_time(evening: Evening) -> Iterator[str]:
    """What was acknowledged before something else was first asked stands before it."""
    done = [(answer.at, answer.seq) for device in evening.devices for answer in device.answers]
    heapq.heapify(done)
    numbers = {entry.key: entry.seq for entry in evening.entries}
    last = 0
    for at, key in sorted(
        (asked.at, (device.person, device.id, ref)) for device in evening.devices for ref, asked in device.asked.items()
    ):
        while done and done[0][0] < at:
            last = max(last, heapq.heappop(done)[1])
        if key in numbers and numbers[key] <= last:
            yield f"{key} stands at {numbers[key]}, and {last} was acknowledged before it was asked"


def _order(evening: Evening) -> Iterator[str]:
    """Over one connection the numbers of changes increase, and go on from where it was resumed."""
    for device in evening.devices:
        before: tuple[int, str, int] = (0, "", 0)
        for line, kind, seq, _at in device.told:
            same = line == before[0]
            # Who comes back and has missed nothing is told the number it came with.
            first = before[1] == "resumed"
            if kind == "change" and same and (seq < before[2] or (seq == before[2] and not first)):
                yield f"{device.name} was told {seq} after {before[2]} over one connection"
            before = (line, kind, seq)


def _done_after_change(evening: Evening) -> Iterator[str]:
    """The change that holds its effect comes before the `done`."""
    for device in evening.devices:
        for answer in device.answers:
            asked = device.asked.get(answer.ref)
            if asked is None or asked.sent > 1 or asked.line != answer.line or asked.ask["ask"] not in SHOWN_AT_ONCE:
                continue
            if answer.told < answer.seq:
                yield f"{device.name} was told that {answer.seq} is done, and knew only {answer.told}"


def _boards(evening: Evening) -> Iterator[str]:
    """Equal eyes see equal boards, however they came to them."""
    by_who: dict[str, list[Look]] = defaultdict(list)
    for look in evening.looks:
        by_who[look.who].append(look)
    for who, looks in by_who.items():
        first = looks[0]
        for look in looks[1:]:
            if seen(look.parts) != seen(first.parts):
                yield f"{who}: {look.how} is not {first.how}: {difference(first.parts, look.parts)}"


def _epochs(evening: Evening) -> Iterator[str]:
    """A new epoch begins where the log went back, and never else."""
    epochs = {epoch for device in evening.devices for epoch in device.epochs}
    if epochs and len(epochs) != 1 + evening.cuts:
        yield f"{len(epochs)} epochs, and the log went back {evening.cuts} times"


def _odd(evening: Evening) -> Iterator[str]:
    """Nobody was told what makes no sense, or sent away."""
    forgotten = _forgotten(evening)
    for device in evening.devices:
        for what in device.odd:
            yield f"{device.name}: {what}"
        for kind, id in device.strange:
            # A process that reads the log later never knew the words that have left it, nor does who looks through it.
            if id not in forgotten:
                yield f"{device.name}: dropped what it never had: {kind} {id}"
        for code, times in Counter(device.closed).items():
            if code not in {"restart", "slow"}:
                yield f"{device.name} was sent away {times} times: {code}"
    yield from evening.shut_out


def _forgotten(evening: Evening) -> set[str]:
    """The ids of what was once said in words that have left the log."""
    gone = {entry.key for entry in evening.entries if entry.print is None}
    return {
        asked.ask["id"]
        for device in evening.devices
        for ref, asked in device.asked.items()
        if (device.person, device.id, ref) in gone and "id" in asked.ask
    }


def _by_key(evening: Evening) -> dict[Key, list[Logged]]:
    by_key: dict[Key, list[Logged]] = defaultdict(list)
    for entry in evening.entries:
        by_key[entry.key].append(entry)
    return by_key


def difference(one: Parts, other: Parts) -> str:
    """Where two boards differ first."""
    for kind in sorted(one.keys() | other.keys()):
        here, there = one.get(kind, {}), other.get(kind, {})
        for id in sorted(here.keys() | there.keys()):
            if here.get(id) != there.get(id):
                return f"{kind} {id}: {here.get(id)} / {there.get(id)}"
    return "nothing"
