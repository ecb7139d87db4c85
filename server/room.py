"""One meeting, alive: takes asks in turn, writes them to its log, and has everyone told who looks. What may be written
stands in judge.py, who is told what in audience.py."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from itertools import count, islice
from types import TracebackType
from typing import Any, Final, Self

from . import protocol
from .audience import NOBODY, Audience, Member, Standing, standing
from .board import core
from .board.ask import View
from .board.meeting import Meeting
from .board.model import AnyAsk, AnyHouseAsk, Board, Entry, Touched
from .board.phases import CutLog
from .board.sight import Viewer
from .cut import HOUSE, say_cut
from .fan import whole
from .judge import Pending, judge
from .log import Behind, Gone, Log, Stale, Unavailable, Unsure
from .log.ending import end
from .log.roomlog import RoomLog
from .pulse import Pulse
from .story import Story

AGAIN_FIRST_S: Final = 0.1
AGAIN_MOST_S: Final = 2.0
BATCH_MOST: Final = 64
READ_AT_ONCE: Final = 200  # entries taken in between two turns of the event loop: a few ms

__all__ = ["NOBODY", "Member", "Room", "Standing"]
logger = logging.getLogger(__name__)


class Room:
    """Enter it to serve the meeting, leave it to stop. All its methods run on one event loop and never wait between
    reading and telling, so that nothing falls between a snapshot and what follows."""

    def __init__(
        self,
        id: str,
        log: Log,
        room_log: RoomLog,
        *,
        clock: Callable[[], int],
        steady: Callable[[], float] = time.monotonic,
        on_meeting: Callable[[str, Meeting], None] = lambda room, meeting: None,
    ) -> None:
        """`clock`: ms since 1970; `steady`: seconds that never jump; `on_meeting` hears of changes of the meeting."""
        self.id = id
        self.gone: int | None = None  # the close code, once this room is not served any more
        self.log = room_log
        self._clock, self._steady = clock, steady
        self._on_meeting = on_meeting
        self._house, self._house_refs = secrets.token_hex(8), count(1)
        self._story = Story(id)
        self._queue: deque[Pending] = deque()
        self._wake = asyncio.Event()
        self._behind = False
        self._claimed: int | None = None  # a number beyond our end that a browser says it was told
        self.stalled: float | None = None  # since when storage cannot be written, by the steady clock
        self._cut_believed = self._cutting = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.pulse = Pulse(self, log, self._house, steady=steady)
        self._audience = Audience(self._story, self.pulse.someone_came)

    async def __aenter__(self) -> Self:
        """Read the whole log and begin to serve. Raises Gone, Unavailable, Broken, UnknownTag."""
        await self._take_in(await self.log.catch_up())
        for work in (self._work(), self._listen(), self.pulse.beat(), self.pulse.listen()):
            self._start(work)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Someone may hold this room in the very moment it is left: what they ask from now on is answered, too.
        self.stop(protocol.COME_BACK_RESTART if self.gone is None else self.gone, "restart")
        await end(*self._tasks)
        self._refuse_all()
        await self.pulse.stop()

    @property
    def board(self) -> Board:
        """The meeting as it stands."""
        return self._story.board

    @property
    def epoch(self) -> str:
        """Names the history that numbers count in. Another one begins where the log went backwards."""
        return self._story.epoch

    @property
    def members(self) -> tuple[Member, ...]:
        """Who looks at this room through this process, in the order they came."""
        return tuple(self._audience.members)

    @property
    def busy(self) -> bool:
        """Whether someone looks, or waits for an answer."""
        return bool(self._audience.members or self._queue)

    async def ask(self, person: str, device: str, ask: AnyAsk) -> int:
        """Have a person's ask written. Returns its number once it is durable; again, the first number.
        Raises Refused, Gone (erased), Unavailable (the room stops)."""
        return await self.submit(person, device, ask)

    def submit(self, person: str, device: str, ask: AnyAsk) -> asyncio.Future[int]:
        """The same without waiting: the answer comes in the future, after everyone was told."""
        return self._enqueue(Pending(person, device, ask.ref, ask))

    async def write(self, *asks: AnyHouseAsk) -> int:
        """Have the server's own entries written, in order. Returns the last number. Raises as `ask` does, for the
        first that was refused. Cancelled, what storage has not taken yet is never written."""
        answers = [self._enqueue(Pending(HOUSE, self._house, next(self._house_refs), ask)) for ask in asks]
        try:
            return [await answer for answer in answers][-1]
        except asyncio.CancelledError:
            for answer in answers:
                answer.cancel()
            raise

    def who(self, cookie: str, *, as_wall: bool = False) -> Standing:
        """How the browser with this cookie hash stands now. `as_wall` narrows the facilitator to the wall's sight."""
        return standing(self.board, cookie, as_wall=as_wall)

    def view(self, viewer: Viewer) -> dict[str, dict[str, View]]:
        """Everything this viewer may see now, by kind and id."""
        return whole(self.board, viewer)

    def mine(self, person: str) -> list[str]:
        """The cards whose words are this person's to change."""
        return core.mine(self.board, person)

    def connected(self) -> frozenset[str]:
        """Everyone with a device connected, in all processes."""
        return self.pulse.connected()

    def join(self, member: Member, *, after: int | None = None, epoch: str = "", page: bool = False) -> None:
        """Begin to tell a connection, from the number it names, where it may hold just its page, or from the start."""
        if self.gone is not None:
            member.close(protocol.COME_BACK_RESTART, protocol.encode(protocol.bye("restart")))
            return
        self._audience.join(member, after=after, epoch=epoch, page=page)
        if after is not None and epoch == self.epoch and member.standing.viewer is not None and after > self.board.seq:
            self._claimed = max(after, self._claimed or 0)
            self._wake.set()

    def part(self, member: Member) -> None:
        """Stop telling a connection."""
        self._audience.part(member)

    def stop(self, code: int, why: str) -> None:
        """Close every connection of this room and take no more asks."""
        self.gone = code
        self._audience.close(code, why)
        self._refuse_all()

    def _enqueue(self, pending: Pending) -> asyncio.Future[int]:
        self._queue.append(pending)
        self._wake.set()
        if self.gone is not None:
            self._refuse_all()
        return pending.answer

    def _refuse_all(self) -> None:
        while self._queue:
            self._queue.popleft().no(Gone(self.id) if self.gone == protocol.NO_ROOM else Unavailable())

    async def _work(self) -> None:
        """Drain the queue into one append at a time, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._behind:
                self._behind = False
                await self._read_on()
                self.stalled = None
            if self._claimed is not None:
                await self._examine(self._claimed)
            while self._queue:
                await self._settle([self._queue.popleft() for _ in range(min(len(self._queue), BATCH_MOST))])

    async def _listen(self) -> None:
        """Notice what other processes wrote."""
        async for _ in self.log.bell():
            self._behind = True
            self._wake.set()

    async def _settle(self, batch: Sequence[Pending]) -> None:
        """Write a batch, however often others write first or storage is away."""
        pause, looked = AGAIN_FIRST_S, False
        try:
            while True:
                # Who gave up waiting was told that nothing was saved.
                batch = [one for one in batch if not one.answer.cancelled()]
                verdict = judge(batch, self._story, self._clock)
                self._queue.extendleft(reversed(verdict.later))
                batch = [one for one in batch if not one.answer.done() and one not in verdict.later]
                if not verdict.entries:
                    if looked or not verdict.refused:
                        break
                    # Others may have written this very ask, or what allows it, and no append will tell.
                    self.log.doubt()
                    await self._read_on()
                    looked = True
                    continue
                try:
                    await self.log.append([protocol.to_draft(one) for one in verdict.entries], forget=verdict.forget)
                except Stale:
                    await self._read_on()
                except (Unsure, Unavailable):
                    self.stalled = self.stalled or self._steady()
                    await asyncio.sleep(pause)
                    pause = min(AGAIN_MOST_S, pause * 2)
                    # It may have been written after all: then these asks are found in the log, and answered from there.
                    await self._read_on()
                else:
                    self._take(verdict.entries, verdict.steps)
                    break
            self.stalled = None
            verdict.answer()
        except BaseException:
            # Nobody waits for ever: whoever empties the queue answers these as well.
            self._queue.extendleft(reversed(batch))
            raise

    async def _read_on(self) -> None:
        """Take in everything the log holds beyond us, however long storage is away."""
        pause = AGAIN_FIRST_S
        while True:
            try:
                spoken = await self.log.catch_up()
                break
            except Unavailable:
                self.stalled = self.stalled or self._steady()
                await asyncio.sleep(pause)
                pause = min(AGAIN_MOST_S, pause * 2)
        await self._take_in(spoken)

    async def _take_in(self, spoken: Sequence[Any]) -> None:
        rest = iter(spoken)
        while some := [protocol.from_log(one) for one in islice(rest, READ_AT_ONCE)]:
            self._take(some, self._story.ahead(some), read_to=spoken[-1].seq)
            await asyncio.sleep(0)  # a long log must not hold up the other rooms

    def _take(self, entries: Sequence[Entry], steps: Sequence[tuple[Board, Touched]], *, read_to: int = 0) -> None:
        """These entries are true now: stand there, and tell everyone."""
        before = self.board
        taken = self._story.take(entries, steps, read_to=read_to)
        self._audience.tell(before, entries, taken)
        if self.board.meeting is not None and self.board.meeting != before.meeting:
            self._on_meeting(self.id, self.board.meeting)
        if self._tasks and any(entry.tag == "person.erase" for entry in entries):
            # What the board is without those words, only a reading from the start says.
            self.stop(protocol.COME_BACK_RESTART, "restart")

    async def _examine(self, claimed: int) -> None:
        """A browser was told a number that we do not have. Another process may just be ahead; if not, the log was put
        back from an older copy while nobody was looking. Believed once: nobody may stir everyone up at will."""
        self._claimed = None
        self.log.doubt()
        await self._read_on()
        if claimed > self.board.seq and not self._cut_believed:
            self._cut_believed = True
            self._enqueue(Pending(HOUSE, self._house, next(self._house_refs), CutLog()))

    async def _begin_anew(self) -> None:
        """The log holds another history than people were told: say so in it, and have everyone come back to it."""
        logger.error("A log went back to an older copy of itself, and begins a new epoch.")
        await say_cut(self.log, self._story.epochs, self._clock)
        self.stop(protocol.COME_BACK_RESTART, "restart")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """One of the room's tasks ended: by being stopped, or by something after which the room cannot be served."""
        if task.cancelled():
            return
        error = task.exception()
        if self.gone is not None:
            self._refuse_all()
        elif isinstance(error, Gone):
            self.stop(protocol.NO_ROOM, "no-room")
        elif isinstance(error, Behind) and not self._cutting:
            self._cutting = True
            self._start(self._begin_anew())
        elif not isinstance(error, Behind):
            logger.error("A room stopped being served: %s", type(error).__name__)
            self.stop(protocol.COME_BACK_RESTART, "restart")
