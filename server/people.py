"""Coming in and going out: what joining, links and leaving write into a room's log. It makes no secret and sets no
cookie; hashes and ids are given to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, assert_never, cast, get_args

from .board import words
from .board.door import EndSession, Goodbye, Join, MakeKey, UseKey
from .board.invitations import InvitePerson, MisuseKey, RenewKey
from .board.lobby import back_by_own_link, knocks
from .board.people import ASKABLE, ChangeName
from .board.person import Role
from .board.refusal import Refused
from .log import Unavailable

if TYPE_CHECKING:
    from .room import Room

LinkFor = Literal["me", "facilitator", "wall", "person"]
LINKS_FOR: Final[tuple[LinkFor, ...]] = get_args(LinkFor)


async def join(room: Room, *, id: str, name: str, role: str, agency: str = "", helping: str = "", cookie: str) -> None:
    """Write down that someone new asks to come in, in the browser with this cookie hash. Raises Refused."""
    if role not in ASKABLE:
        raise Refused("key-only")
    await room.write(Join(id=id, name=name, role=cast(Role, role), agency=agency, helping=helping, cookie=cookie))


async def rename(room: Room, *, person: str, name: str, device: str) -> None:
    """Have someone who waits called otherwise. `device` is new each time. Raises Refused."""
    known = room.board.people.get(person)
    if known is not None and (known.name == words.name(name) or back_by_own_link(known)):
        return
    await room.ask(person, device, ChangeName(ref=1, name=name))


async def use_key(room: Room, *, key: str, cookie: str, held: str) -> tuple[str, bool]:
    """Open the door with a key's hash for the browser whose new cookie hash is `cookie`; `held` is the hash of the one
    it has, "" without. Returns the role, and whether the new cookie counts; if not, the browser stands well as it is.
    Raises Refused."""
    now = room.who(held)
    opens = room.board.keys.get(key)
    if opens is None:
        # A link may have been made elsewhere a moment ago: a no is said by whoever has read the log.
        await room.write(UseKey(key=key, cookie=cookie))
        return room.who(cookie).role, True
    if opens.invited and now.state in {"refused", "removed"}:
        # A refused browser stays refused until the facilitator changes her mind, whatever it holds.
        raise Refused("not-in")
    if opens.role == "wall" and now.role == "facilitator" and now.viewer is not None:
        # The wall on the facilitator's own screen: taking her place there would lock her out of her own meeting.
        return "wall", False
    person = "wall" if opens.role == "wall" else opens.person
    if now.person == person and now.viewer is not None:
        return now.role, False
    if opens.invited and (now.viewer is not None or now.person in {one.id for one in knocks(room.board, person)}):
        # Inside as somebody else, or at the door by this very link: a browser keeps its place.
        return now.role, False
    try:
        await room.write(UseKey(key=key, cookie=cookie))
    except Refused:
        if opens.invited:
            with suppress(Refused):
                await room.write(MisuseKey(key=key))
        raise
    with suppress(Unavailable):
        # The key is used: whatever becomes of the cookie before, the new one counts.
        await sign_out(room, held)
    return room.who(cookie).role, True


async def make_link(
    room: Room, *, for_: LinkFor, person: str, key: str, id: str, name: str = "", whom: str = ""
) -> None:
    """Write down the hash of a new link, which `person` asks for: to be used once, for another device of theirs; again
    and again, for a second facilitator (`id` is theirs, `name` what they are called) or a wall; or for `whom`, and the
    first of their devices that is let in. Raises Refused."""
    match for_:
        case "me":
            await room.write(MakeKey(key=key, role="person", person=person, by=person))
        case "facilitator":
            await room.write(MakeKey(key=key, role="facilitator", person=id, name=name, by=person))
        case "wall":
            await room.write(MakeKey(key=key, role="wall", by=person))
        case "person":
            await room.write(InvitePerson(key=key, person=whom, by=person))
        case _:
            assert_never(for_)


async def renew_link(room: Room, *, role: Literal["facilitator", "wall"], key: str) -> None:
    """Write down the hash of a link in place of the one the meeting was made with, which opens nothing any more.
    Raises Refused."""
    run = [one for one in room.board.people.values() if one.role == "facilitator" and one.state in {"here", "left"}]
    runs = next((one.id for one in sorted(run, key=lambda one: one.state != "here")), "")
    await room.write(RenewKey(key=key, role=role, person=runs if role == "facilitator" else ""))


async def sign_out(room: Room, cookie: str) -> None:
    """End what one browser holds. Others notice nothing but that, in two minutes, the person is away."""
    if cookie in room.board.sessions:
        try:
            await room.write(EndSession(cookie=cookie))
        except Refused:
            # It ended in another way between looking and writing.
            return


async def say_goodbye(room: Room, cookie: str) -> None:
    """Leave the meeting on all one's devices; whoever is not inside, or is a wall, only on this one."""
    standing = room.who(cookie)
    if standing.viewer is None or standing.person == "wall":
        await sign_out(room, cookie)
        return
    try:
        await room.write(Goodbye(person=standing.person))
    except Refused:
        # They are not on the list any more.
        return
