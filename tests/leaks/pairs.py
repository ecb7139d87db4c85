"""Holding a meeting twice, and everything by which the two could be told apart."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

import msgspec

from server.board.model import Board, Entry
from server.opening import Wish, open_meeting
from server.personorders import exported
from server.protocol import from_log
from server.record.forms import write
from server.record.model import Copy
from server.recording import of_board
from server.room import Room
from tests.leaks.script import CANARY, CAST, Act, Goes, Leaves, Loads, Pair, Passes, Returns, Says
from tests.leaks.world import World, Worlds, by_chance_of
from tests.wireless import Socket, Tab, turns

COPIES: tuple[Copy, ...] = ("copy", "own", "family", "plan")
FORMS = ("json", "csv", "html")
PUBLIC = ("/", "/healthz", "/readyz", "/metrics", "/check", "/safe", "/expect")
LOOPBACKS = 2**22
"""So many addresses of this machine, one for each meeting."""


@dataclass
class Told:
    """One meeting: all that each of them heard, what storage and the diagnostics hold of it, who heard something in the
    very moment in which the secret was said, whether it was refused, and what `left` the server."""

    heard: dict[str, list[str]]
    stored: list[tuple[str, int]]
    lines: list[str]
    at_once: set[str] = field(default_factory=set)
    refused: str = ""
    left: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Holding:
    """A meeting under way."""

    world: World
    room: Room
    code: str
    tabs: dict[str, Tab]
    sockets: dict[str, Socket] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    at_once: set[str] = field(default_factory=set)
    posted: int = 0
    refused: str = ""
    left: dict[str, list[str]] = field(default_factory=dict)

    async def does(self, act: Act, pair: Pair) -> None:
        """One thing happens."""
        match act:
            case Says():
                await self._says(act, pair)
            case Passes():
                await self.world.seconds(self.room, act.seconds)
            case Loads():
                for path in self._pages(act.who):
                    tab = self.tabs[act.who]
                    tab.heard.append((await tab.get(path)).bytes_told)
            case Returns():
                await self._returns(act)
            case Goes():
                await self._goes(act)
            case Leaves():
                entries = [from_log(one) for one in await self.room.log.anew().catch_up()]
                self.left = leaving(self.room.board, entries, self.world.clock.ms(), random.Random(pair.seed))

    async def _says(self, act: Says, pair: Pair) -> None:
        before = {name: len(tab.heard) for name, tab in self.tabs.items()}
        if act.by_post:
            self.posted += 1
            tab, room = self.tabs[act.who], self.room.id
            answer = await tab.post_ask(room, self.posted, act.tag, **self._meant(act.fields))
            tab.heard.append(answer.bytes_told)
            said = json.loads(answer.body)
        else:
            said = await self.sockets[act.who].ask(act.tag, **self._meant(act.fields))
        await turns()
        if act.secret:
            self.refused += "" if said["is"] == "done" else said["code"]
            others = set(self.tabs) - {act.who} - pair.told
            self.at_once |= {name for name in others if len(self.tabs[name].heard) > before[name]}

    def _meant(self, said: dict[str, Any]) -> dict[str, Any]:
        return {name: self._named(value) for name, value in said.items()}

    def _named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._named(one) for one in value]
        return self.names.get(value, value) if isinstance(value, str) else value

    def _pages(self, who: str) -> Iterator[str]:
        page = f"/m/{self.room.id}"
        yield from (page, f"/join/{self.code}", f"{page}/record")
        if who == "helen":
            yield from (f"{page}/wall", f"{page}/audit", f"{page}/qr.svg", f"{page}/slips", f"{page}/sheets")
            yield from (f"{page}/history", f"{page}/history?seq={self.room.board.seq}")
        elif who == "wall":
            yield f"{page}/wall"
        elif CAST.get(who) == "agency":
            yield f"{page}/plain.json"

    async def _goes(self, act: Goes) -> None:
        match act.how:
            case "battery":
                await self.sockets[act.who].hang_up()
            case "exit":
                assert (await self.tabs[act.who].form(f"/m/{self.room.id}/exit")).status == 204
            case "exit without script":
                assert (await self.tabs[act.who].get("/leave")).status == 303
            case _:
                assert_never(act.how)
        await self.world.settle(self.room)

    async def _returns(self, act: Returns) -> None:
        tab, after = self.tabs[act.who], self.room.board.seq // 2
        if act.stream:
            tab.heard.append(await tab.stream(self.room.id, after=after, epoch=self.room.epoch))
            return
        line = tab.live(self.room.id, "tablet01", after=after, epoch=self.room.epoch)
        await line.until('"is":"')
        await self.world.settle(self.room)
        await line.hang_up()


def leaving(board: Board, entries: Sequence[Entry], made: int, dice: random.Random) -> dict[str, list[str]]:
    """All that may leave the server, by what it is and whose. Every form says what JSON says: some are tried."""
    nobodys: dict[str, Copy] = {"the whole record": "whole", "the family’s copy": "family", "the plan": "plan"}
    left = {
        name: [write(of_board(board, copy, made=made), form).decode() for form in FORMS]
        for name, copy in nobodys.items()
    }
    tried = dice.choice(list(board.people))
    for one in board.people.values():
        made_for = [of_board(board, copy, person=one.id, made=made) for copy in COPIES]
        forms = FORMS if one.id == tried else FORMS[:1]
        left[f"copies of {one.name.lower()}"] = [write(copy, form).decode() for copy in made_for for form in forms]
        left[f"all of {one.name.lower()}"] = [msgspec.json.encode(exported(board, one.id, entries, made=made)).decode()]
    return left


async def hold(world: World, pair: Pair, acts: list[Act], number: int, record: str = "") -> tuple[Told, str]:
    """Hold a meeting in which this is done, begun from the `record` of a last one. What it wrote to stderr is not in it
    yet. Returns its room, too."""
    world.clock.s = 0.0
    # Each from an address of its own: nobody of a meeting before has used up what this one may do.
    place = number % LOOPBACKS
    world.server.address = f"127.{1 + (place >> 16)}.{place >> 8 & 255}.{place & 255}"
    with by_chance_of(pair.seed):
        holding = await _begin(world, pair, record)
        stranger = holding.tabs["a stranger"] = world.server.browser()
        for act in acts:
            await holding.does(act, pair)
        page = f"/m/{holding.room.id}"
        kept = (page, *(f"{page}/{one}" for one in ("audit", "history", "slips", "sheets")))
        for path in (*PUBLIC, f"/join/{holding.code}", *kept):
            stranger.heard.append((await stranger.get(path)).bytes_told)
        stranger.heard.append((await stranger.form("/go", code=holding.code)).bytes_told)
        await world.settle(holding.room)
        told = Told(
            {name: list(tab.heard) for name, tab in holding.tabs.items()},
            world.stored(holding.room.id),
            [],
            holding.at_once,
            holding.refused,
            holding.left,
        )
        for line in holding.sockets.values():
            if not line.over:
                await line.hang_up()
        await world.server.hub.erase(holding.room.id)
    return told, holding.room.id


async def _begin(world: World, pair: Pair, record: str) -> Holding:
    """Everyone comes in, one after the other."""
    server = world.server
    asked = Wish(title="Tuesday afternoon", name="Helen", record=record, **pair.wish)  # type: ignore[arg-type]
    links = await open_meeting(server.hub, server.site.templates, asked, base="http://127.0.0.1")
    room = await server.hub.room(links.room)
    holding = Holding(world, room, links.code, {})
    for name, link in (("helen", links.facilitator), ("wall", links.wall)):
        tab = holding.tabs[name] = server.browser()
        assert (await tab.json("/in", key=link.partition("#")[2])).status == 200
        await _looks(holding, name)
    for name, role in (*CAST.items(), ("marcus", "scribe")):
        tab = holding.tabs[name] = server.browser()
        fields = {"name": name.title(), "role": role, "agency": "Larkfield" if role == "agency" else ""}
        assert (await tab.form(f"/join/{links.code}", **fields)).status == 303
        person = next(one for one in room.board.people.values() if one.name == name.title())
        if person.state == "waiting" and name != "marcus":
            await holding.sockets["helen"].ask("person.admit", person=person.id)
        await _looks(holding, name)
    holding.names |= {f"@{one.name.lower()}": one.id for one in room.board.people.values()}
    holding.names["@scale"] = next(iter(room.board.scales))
    return holding


async def _looks(holding: Holding, name: str) -> None:
    line = holding.sockets[name] = holding.tabs[name].live(holding.room.id)
    await line.until('"is":"')
    await holding.world.settle(holding.room)


async def differences(both: Worlds, pair: Pair, number: int) -> list[str]:
    """Everything by which somebody could tell the two meetings of this pair apart: nothing, if all is well."""
    told, room = [], ""
    for world, acts, record in zip((both.one, both.other), (pair.one, pair.other), pair.records, strict=True):
        both.notebook.lines.clear()
        held, room = await hold(world, pair, acts, number, record)
        held.lines = list(both.notebook.lines)
        told.append(held)
    one, other = told
    return [f"{pair.kind} ({pair.seed}, room {room}): {what}" for what in _apart(pair, one, other)]


def _apart(pair: Pair, one: Told, other: Told) -> Iterator[str]:
    for name in one.heard:
        if name not in pair.knows:
            yield from _heard_apart(name, one.heard[name], other.heard[name])
        elif name in pair.padded and _lengths(one.heard[name]) != _lengths(other.heard[name]):
            yield f"the lengths of what {name} was told differ"
    for name in one.left:
        if name not in pair.copied and name not in {f"all of {who}" for who in pair.knows}:
            yield from _heard_apart(name, one.left[name], other.left[name])
            yield from (f"{name} has the words" for text in one.left[name] if CANARY in text)
    for told in (one, other):
        if told.refused:
            yield f"nothing was said: {told.refused}"
        if told.at_once:
            yield f"told in the moment it was said: {sorted(told.at_once)}"
        yield from (f"at the door, told {text}" for text in told.heard["marcus"] if _tells_of_the_board(text))
        yield from (f"{name} was told the words" for name in _told_the_words(pair, told))
    if one.lines != other.lines or any(CANARY in line for line in one.lines):
        yield f"the diagnostics tell: {one.lines} {other.lines}"
    sizes = [told.stored if pair.sealed else [name for name, _size in told.stored] for told in (one, other)]
    if sizes[0] != sizes[1]:
        yield "storage holds them at other lengths"


def _tells_of_the_board(text: str) -> bool:
    """Whether a frame to the lobby says more than that one waits, and how one's own asks went."""
    if not text.startswith("{"):
        return False
    said = json.loads(text)
    return said["is"] not in {"waiting", "no", "done"} or said.get("seq", 0) != 0


def _lengths(heard: list[str]) -> list[int]:
    return [len(text.encode()) for text in heard]


def _heard_apart(name: str, one: list[str], other: list[str]) -> Iterator[str]:
    if one == other:
        return
    place = next((at for at, (this, that) in enumerate(zip(one, other, strict=False)) if this != that), -1)
    yield f"{name} can tell, at {place} of {len(one)} and {len(other)}:\n  {one[place][:400]}\n  {other[place][:400]}"


def _told_the_words(pair: Pair, told: Told) -> list[str]:
    return [
        name for name, heard in told.heard.items() if name not in pair.knows and any(CANARY in text for text in heard)
    ]
