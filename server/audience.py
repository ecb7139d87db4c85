"""Who looks at one meeting through this process, and what each of them is told. It knows sockets only as Members."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

import msgspec

from . import protocol
from .board import core
from .board.keys import Session
from .board.meeting import Meeting
from .board.model import Board, Entry, Touch, Touched
from .board.person import Person
from .board.sight import Viewer, viewer_of, wall_lens
from .fan import Fan, Step, owners, rest
from .story import Story, eyes
from .wholeboard import WholeBoard


class Standing(msgspec.Struct, frozen=True):
    """How a browser stands in this room. `viewer` is None for whoever may not look inside."""

    person: str
    role: str
    state: str
    viewer: Viewer | None = None


BACK_FIRST_MS: Final = 2_000
BACK_WITHIN_MS: Final = 7_000
"""A server needs a moment to start; five hundred who come back within this are let in as fast as they come."""
NOBODY: Final = Standing("", "", "none")


def standing(board: Board, cookie: str, *, as_wall: bool = False) -> Standing:
    """How the browser with this cookie hash stands now. `as_wall` narrows the facilitator to the wall's sight; for
    others, who may not see the wall, it means nothing."""
    session = board.sessions.get(cookie)
    if session is None:
        return NOBODY
    if session.person == "wall":
        return _wall(board)
    person = board.people.get(session.person)
    if person is None:
        return NOBODY
    if person.state != "here":
        return Standing(person.id, person.role, person.state)
    if as_wall and person.role == "facilitator":
        return _wall(board)
    return Standing(person.id, person.role, "here", viewer_of(person, over=board.over))


def wall_viewer(board: Board) -> Viewer:
    """How the projected screen looks now: narrowed, where that was chosen while a child is in the room."""
    return Viewer("wall", wall_lens(board.meeting.wall_child if board.meeting is not None else ""))


def _wall(board: Board) -> Standing:
    return Standing("wall", "wall", "here", wall_viewer(board))


class Hand(NamedTuple):
    """Somebody's device, and what it touched."""

    by: str
    device: str
    touch: Touch


class Member(Protocol):
    """A connection as the room sees it. `told` is the last number it was told; `standing` how it stood then."""

    cookie: str
    device: str
    as_wall: bool
    standing: Standing
    told: int

    def tell(self, frame: bytes) -> None:
        """Queue a frame, in order, without waiting."""
        ...

    def close(self, code: int, frame: bytes) -> None:
        """Say `frame` (a bye) after what is queued, then close."""
        ...


class Audience:
    """Nothing here waits, so that nothing falls between what a member is shown at first and what it is told after."""

    def __init__(self, story: Story, came: Callable[[Member], None]) -> None:
        """`came` is called with everyone who joins or is let in."""
        self.members: dict[Member, None] = {}  # in the order they joined
        self._story = story
        self._whole = WholeBoard()
        self._came = came
        self._back: dict[int, tuple[Fan, set[str]]] = {}
        self._back_at = 0  # the number up to which those fans reach

    def join(self, member: Member, *, after: int | None, epoch: str, page: bool = False) -> None:
        """Begin to tell a connection, from the number it names or from the whole board. `page`: all it holds is what
        its page showed at that number."""
        member.standing = self._stands(member)
        self.members[member] = None
        viewer = member.standing.viewer
        comes_back = after is not None and bool(epoch) and epoch == self._story.epoch
        if viewer is None:
            member.tell(protocol.encode(protocol.Waiting()))
        elif after is None or not comes_back or (missed := self._story.since(viewer, after)) is None:
            self._welcome(member)
        elif page:
            self._complete(member, viewer, after, missed)
        else:
            self._resume(member, viewer, after, missed)
        self._came(member)

    def part(self, member: Member) -> None:
        """Stop telling a connection."""
        self.members.pop(member, None)

    def close(self, code: int, why: str) -> None:
        """Close every connection. Where they are to come back, each is told another time."""
        for member in list(self.members):
            self._close(member, code, why, after=_later() if code == protocol.COME_BACK_RESTART else msgspec.UNSET)

    def tell(self, before: Board, entries: Sequence[Entry], steps: Sequence[Step]) -> None:
        """Tell everyone what these entries changed since `before`."""
        if not self.members or not entries:
            return
        fan = Fan(steps)
        all_anew = self._story.renewed_for_everyone(entries[0].seq)
        greeted: set[Member] = set()
        if all_anew or any(may_stand_otherwise(step.touched) for step in steps):
            greeted = {member for member in list(self.members) if self._look_again(member, fan, all_anew=all_anew)}
        else:
            # The one loop whose length is how many look: nothing is worked out here that is the same for all of them.
            for member in list(self.members):
                if (viewer := member.standing.viewer) is not None and (frame := fan.frame(viewer)) is not None:
                    member.told = fan.seq
                    member.tell(frame)
        if by_owner := _who_touched(entries, steps):
            self._tell_owners(before, by_owner, greeted)

    def _look_again(self, member: Member, fan: Fan, *, all_anew: bool) -> bool:
        """Tell one member, who may stand otherwise by now. Returns whether they were told how they stand."""
        stood, member.standing = member.standing, self._stands(member)
        viewer = member.standing.viewer
        if member.standing != stood or (all_anew and viewer is not None):
            self._tell_standing(member)
            return True
        if viewer is not None:
            self._tell_change(member, fan, viewer)
        return False

    def _tell_owners(self, before: Board, by_owner: Mapping[str, list[Hand]], greeted: set[Member]) -> None:
        """A device knows what it wrote itself. What is its person's by any other way, it must be told."""
        for member in list(self.members):
            viewer = member.standing.viewer
            if viewer is None or viewer.id not in by_owner or member in greeted:
                continue
            others = (hand for hand in by_owner[viewer.id] if (hand.by, hand.device) != (viewer.id, member.device))
            if any(core.is_mine(one.touch.before, viewer) != core.is_mine(one.touch.after, viewer) for one in others):
                mine = core.mine(self._story.board, viewer.id)
                if mine != core.mine(before, viewer.id):
                    member.tell(protocol.encode(protocol.YouHave(mine=mine)))

    def _stands(self, member: Member) -> Standing:
        return standing(self._story.board, member.cookie, as_wall=member.as_wall)

    def _tell_standing(self, member: Member) -> None:
        match member.standing.state:
            case "here":
                self._welcome(member)
                self._came(member)
            case "waiting":
                member.tell(protocol.encode(protocol.Waiting()))
            case "refused" | "removed" as code:
                self._close(member, protocol.KEPT_OUT, code)
            case _:
                self._close(member, protocol.SIGN_IN, "signed-out")

    def _tell_change(self, member: Member, fan: Fan, viewer: Viewer) -> bool:
        frame = fan.frame(viewer)
        if frame is not None:
            member.told = fan.seq
            member.tell(frame)
        return frame is not None

    def _resume(self, member: Member, viewer: Viewer, after: int, missed: list[Step]) -> None:
        member.told = after
        fan, theirs = self._fan_since(after, missed) if missed else (None, set[str]())
        if fan is None or not self._tell_change(member, fan, viewer):
            # Nothing to see, but the page learns at once that it stands where it stood.
            member.tell(protocol.encode(protocol.Change(seq=after)))
        if viewer.id in theirs:
            self._tell_mine(member, viewer)

    def _complete(self, member: Member, viewer: Viewer, after: int, missed: list[Step]) -> None:
        put, drop = rest(self._story.board, viewer, missed)
        member.told = missed[-1].seq if missed else after
        member.tell(protocol.encode(protocol.Change(seq=member.told, put=put, drop=drop)))
        self._tell_mine(member, viewer)

    def _tell_mine(self, member: Member, viewer: Viewer) -> None:
        member.tell(protocol.encode(protocol.YouHave(mine=core.mine(self._story.board, viewer.id))))

    def _fan_since(self, after: int, missed: list[Step]) -> tuple[Fan, set[str]]:
        """What was missed since a number, and whose own parts that touched. A whole room comes back at once, from one
        number: worked out once, it is kept until something more happens."""
        if self._back_at != self._story.board.seq:
            self._back_at = self._story.board.seq
            self._back.clear()
        if after not in self._back:
            self._back[after] = Fan(missed), owners(step.touched for step in missed)
        return self._back[after]

    def _welcome(self, member: Member) -> None:
        story, stands = self._story, member.standing
        assert stands.viewer is not None
        you = protocol.you(stands.person, stands.role, core.mine(story.board, stands.person))  # type: ignore[arg-type]
        put = self._whole.put(story.board, stands.viewer)
        member.told = story.board.seq
        member.tell(protocol.encode(protocol.Welcome(seq=story.board.seq, epoch=story.epoch, you=you, put=put)))

    def _close(self, member: Member, code: int, why: str, *, after: int | msgspec.UnsetType = msgspec.UNSET) -> None:
        self.part(member)
        member.close(code, protocol.encode(protocol.bye(why, after=after)))


def may_stand_otherwise(touched: Touched) -> bool:
    """Whether anybody may stand otherwise for what was touched: by a cookie, by who they are here, by what the wall
    shows."""
    for touch in touched:
        match touch.before, touch.after:
            case Person() as before, Person() as after:
                if eyes(before) != eyes(after):
                    return True
            case Meeting() as before, Meeting() as after:
                if (before.wall_child, before.state) != (after.wall_child, after.state):
                    return True
            case _ if isinstance(touch.part, Person | Meeting | Session):
                return True
    return False


def _later() -> int:
    """When to come back, in milliseconds. Drawn by chance: a place in a row would tell how many are connected."""
    return BACK_FIRST_MS + secrets.randbelow(BACK_WITHIN_MS - BACK_FIRST_MS)


def _who_touched(entries: Sequence[Entry], steps: Sequence[Step]) -> dict[str, list[Hand]]:
    """For each person whose own cards or next steps were touched: what was, by whom, and from which device."""
    touched: dict[str, list[Hand]] = {}
    for entry, step in zip(entries, steps, strict=True):
        for touch in step.touched:
            for owner in owners([(touch,)]):
                touched.setdefault(owner, []).append(Hand(entry.by, entry.device, touch))
    return touched
