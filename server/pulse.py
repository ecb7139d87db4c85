"""What a room does by the clock: counts on a fixed tick, a sign of life, who is near, who has been away for long.
Nothing it tells depends on who just did what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

from . import protocol
from .board import polls, rounds
from .board.agreements import CountPoll
from .board.door import Came, Left
from .board.refusal import Refused
from .board.scales import CountRound
from .log import Gone, Log, Unavailable
from .log.ending import end
from .near import REPEAT_S, Nearby
from .signals import Writes
from .writing import Hand, Told, Writing, told

if TYPE_CHECKING:
    from .board.model import AnyHouseAsk
    from .room import Member, Room

COUNT_S: Final = 2
TICK_S: Final = 10
STALL_S: Final = 1.0
"""A hiccup of storage is nobody's business."""
AWAY_S: Final = 120.0
"""A flat battery, a tunnel and a quick exit look the same: two minutes without a connection."""


class Pulse:
    """Beats once a second for one room, and waits for nothing but the clock."""

    def __init__(self, room: Room, log: Log, house: str, *, steady: Callable[[], float]) -> None:
        self._room = room
        self._log = log
        self._steady = steady
        self._nearby = Nearby(house)
        self._near_told: frozenset[str] = frozenset()
        self._hands = Writing()
        self._hands_told: dict[Member, Told] = {}
        self._seen: dict[str, float] = {}
        self._began = self._second = steady()
        self._said_at = 0.0
        self._stall_told = False
        self._said: tuple[frozenset[str], list[Hand]] = frozenset(), []
        self._saying: asyncio.Task[None] | None = None
        self._writing: dict[AnyHouseAsk, asyncio.Task[None]] = {}

    def connected(self) -> frozenset[str]:
        """Everyone with a device connected, in all processes."""
        return self._nearby.all(self._here(), self._steady())

    def someone_came(self, member: Member) -> None:
        """A connection began, or was let in: write down that its person came, and show who is near to whoever may see
        it."""
        self._hands_told.pop(member, None)
        self._write_came(member.standing.person)
        if self._may_see_near(member):
            member.tell(protocol.encode(protocol.Near(here=sorted(self.connected()))))
        if self._stall_told and member.standing.viewer is not None:
            member.tell(protocol.encode(protocol.Near(saving=False)))

    def hear(self, member: Member, signal: Writes) -> None:
        """Take in what a connection says of the moment. Of one that nobody looks through it means nothing."""
        by = member.cookie, member.device
        if member.standing.viewer is not None and by in self._lines():
            self._hands.hear(by, member.standing.person, signal, self._steady())

    async def beat(self) -> None:
        """Beat on the whole seconds of the steady clock, for ever."""
        while True:
            now = self._steady()
            await asyncio.sleep(int(now) + 1 - now)
            self.second(int(now) + 1)

    def second(self, now: float) -> None:
        """What is due at this second. Seconds may be left out when the machine was busy; what fell due meanwhile is
        done now."""
        last, self._second = self._second, now
        hands = self._hands.here(self._room.board, self._lines(), now)
        self._say_who_is_here(now, hands)
        self._tell_near(now)
        self._tell_saving(now)
        self._tell_writing(self._nearby.writing(hands, now))
        self._write_away(now)
        if last // COUNT_S < now // COUNT_S:
            self._count()
        if last // TICK_S < now // TICK_S:
            self._tick()

    async def listen(self) -> None:
        """Hear who is near in other processes, for ever."""
        async for message in self._log.hear(self._room.id):
            self._nearby.hear(message, self._steady())

    async def stop(self) -> None:
        """End what is still being said or written."""
        await end(*self._writing.values(), *([self._saying] if self._saying is not None else []))

    def _here(self) -> set[str]:
        return {
            member.standing.person
            for member in self._room.members
            if member.standing.viewer is not None and member.standing.person != "wall"
        }

    def _lines(self) -> set[tuple[str, str]]:
        return {(member.cookie, member.device) for member in self._room.members if not member.as_wall}

    def _say_who_is_here(self, now: float, hands: list[Hand]) -> None:
        here = frozenset(self._here())
        if (here, hands) == self._said and not (here and now - self._said_at >= REPEAT_S):
            return
        # Storage that is slow to take it must not hold up the beat, and one message under way is enough.
        if self._saying is None or self._saying.done():
            self._said, self._said_at = (here, hands), now
            self._saying = self._start(self._log.tell(self._room.id, self._nearby.say(here, hands)))

    def _tell_near(self, now: float) -> None:
        near = self._nearby.all(self._here(), now)
        if near == self._near_told:
            return
        self._near_told = near
        frame = protocol.encode(protocol.Near(here=sorted(near)))
        for member in self._room.members:
            if self._may_see_near(member):
                member.tell(frame)

    def _tell_saving(self, now: float) -> None:
        since = self._room.stalled
        stalls = since is not None and now - since >= STALL_S
        if stalls == self._stall_told:
            return
        self._stall_told = stalls
        frame = protocol.encode(protocol.Near(saving=not stalls))
        for member in self._room.members:
            if member.standing.viewer is not None:
                member.tell(frame)

    def _tell_writing(self, hands: list[Hand]) -> None:
        members = self._room.members
        self._hands_told = {one: now for one, now in self._hands_told.items() if now and one in members}
        if not hands and not self._hands_told:
            return
        for member in members:
            viewer = member.standing.viewer
            now = told(self._room.board, hands, viewer) if viewer is not None else None
            # Who writes no set any more hears nothing, not even that it is over.
            if now is None or now == self._hands_told.get(member, {}):
                continue
            self._hands_told[member] = now
            member.tell(protocol.encode(protocol.Near(writing=now)))

    def _write_away(self, now: float) -> None:
        here = self._here()
        near = self._nearby.all(here, now)
        for id in here:
            # Another process, which had not heard of them, may have written at the same moment that they are away.
            self._write_came(id)
        for person in self._room.board.people.values():
            if person.id in near:
                self._seen[person.id] = now
                continue
            expected = person.state == "here" and person.how == "device" and person.came and not person.away
            if expected and now - self._seen.get(person.id, self._began) >= AWAY_S:
                self._seen[person.id] = now
                self._write(Left(person=person.id))

    def _write_came(self, id: str) -> None:
        person = self._room.board.people.get(id)
        if person is not None and person.state == "here" and (not person.came or person.away):
            self._write(Came(person=id))

    def _count(self) -> None:
        board = self._room.board
        for round in board.rounds.values():
            if round.state == "open" and rounds.counted(board, round) != round:
                self._write(CountRound(round=round.id))
        for poll in board.polls.values():
            if poll.state == "open" and polls.counted(board, poll) != poll:
                self._write(CountPoll(poll=poll.id))

    def _tick(self) -> None:
        for member in self._room.members:
            if member.standing.viewer is not None:
                member.tell(protocol.encode(protocol.Tick(seq=member.told)))
            else:
                # A sign of life that tells no number: the lobby must not look like a dead line.
                member.tell(protocol.encode(protocol.Waiting()))

    @staticmethod
    def _may_see_near(member: Member) -> bool:
        viewer = member.standing.viewer
        return viewer is not None and viewer.lens in {"facilitator", "scribe"}

    def _write(self, ask: AnyHouseAsk) -> None:
        """Have it written, once however often it falls due while storage is away."""
        if ask not in self._writing:
            self._writing[ask] = self._start(self._write_quietly(ask))

    async def _write_quietly(self, ask: AnyHouseAsk) -> None:
        try:
            await self._room.write(ask)
        except (Refused, Gone, Unavailable):
            # Another process was first, or the room stops: either way there is nothing left to say.
            return
        finally:
            del self._writing[ask]

    @staticmethod
    def _start(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.create_task(work)
