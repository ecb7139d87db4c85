"""Which of the asks that wait may be written now, in what order and on which board. It waits for nobody and writes
nothing."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence

import msgspec

from . import protocol
from .board import core
from .board.model import AnyAsk, AnyHouseAsk, Board, Entry, Touched
from .board.refusal import Refused
from .story import Key, Story

logger = logging.getLogger(__name__)


class Pending:
    """An ask on its way to the log."""

    def __init__(self, by: str, device: str, ref: int, ask: AnyAsk | AnyHouseAsk) -> None:
        self.by, self.device, self.ref, self.ask = by, device, ref, ask
        self.print = protocol.fingerprint(ask)
        self.answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def key(self) -> Key:
        """What names this ask for ever."""
        return self.by, self.device, self.ref

    def no(self, why: Exception) -> None:
        """Refuse it, unless whoever asked has gone."""
        if not self.answer.done():
            self.answer.set_exception(why)
            # Whoever asked may not wait for the answer any more, and that is no mistake.
            self.answer.exception()

    def done(self, seq: int) -> None:
        """Say that it is durable."""
        if not self.answer.done():
            self.answer.set_result(seq)


class Verdict(msgspec.Struct, frozen=True):
    """What may be written: entries with the asks they came from, the board after each, and the earlier numbers whose
    words leave the log. `later` are copies of asks in this very batch: they wait for its outcome. `refused` are to be
    told so only once these entries are written: a no, too, is said on a board that came true."""

    entries: list[Entry]
    asks: list[Pending]
    steps: list[tuple[Board, Touched]]
    forget: list[int]
    later: list[Pending]
    refused: list[tuple[Pending, Refused]]

    def answer(self) -> None:
        """Tell everyone how it went: the entries are written."""
        for one, entry in zip(self.asks, self.entries, strict=True):
            one.done(entry.seq)
        for one, why in self.refused:
            one.no(why)


def judge(batch: Sequence[Pending], story: Story, clock: Callable[[], int]) -> Verdict:
    """Check a batch entry by entry, each on the board its earlier entries would make. Only repeats are answered."""
    verdict = Verdict([], [], [], [], [], [])
    board = story.board
    keys: set[Key] = set()
    for one in batch:
        if _is_repeat(one, story):
            continue
        if one.key in keys:
            verdict.later.append(one)
            continue
        entry = _envelope(board, one, clock())
        try:
            core.check(board, entry)
            forgotten = core.forgets(board, one.ask)
            board, touched = core.apply(board, entry)
        except Refused as refused:
            verdict.refused.append((one, refused))
            continue
        except Exception as error:
            # A mistake of ours costs the one who asked, never the meeting: nothing of it was written.
            logger.error("An ask could not be judged: %s at %s", type(error).__name__, entry.tag)
            verdict.refused.append((one, Refused("unreadable")))
            continue
        keys.add(one.key)
        verdict.entries.append(entry)
        verdict.asks.append(one)
        verdict.steps.append((board, touched))
        verdict.forget.extend(forgotten)
    return verdict


def _is_repeat(one: Pending, story: Story) -> bool:
    """Whether this was asked before: answered as it was then, or refused where the words are others."""
    known = story.answered(one.key)
    if known is None:
        return False
    seq, print_ = known
    # Of words that have left the log nothing is known but that they were said: the repeat stands.
    if print_ is None or print_ == one.print:
        one.done(seq)
    else:
        one.no(Refused("ref-used"))
    return True


def _envelope(board: Board, one: Pending, now: int) -> Entry:
    return Entry(
        seq=board.seq + 1,
        at=max(board.at, now),
        by=one.by,
        device=one.device,
        ref=one.ref,
        tag=protocol.tag_of(one.ask),
        ask=one.ask,
        chance=secrets.token_hex(16),
        place=core.place(board, one.ask),
    )
