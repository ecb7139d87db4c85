"""Holding a meeting twice, and everything by which the two could be told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, assert_never

from server.opening import Wish, open_meeting
from server.room import Room
from tests.leaks.script import CANARY, CAST, Act, Goes, Loads, Pair, Passes, Returns, Says
from tests.leaks.world import World, Worlds, by_chance_of
from tests.wireless import Socket, Tab, turns

PUBLIC = ("/", "/healthz", "/readyz", "/metrics", "/check", "/safe", "/expect")
LOOPBACKS = 2**22
"""So many addresses of this machine, one for each meeting."""


@dataclass
class Told:
    """One meeting: all that each of them heard, what storage and the diagnostics hold of it, who heard something in the
    very moment in which the secret was said, and whether it was refused."""

    heard: dict[str, list[str]]
    stored: list[tuple[str, int]]
    lines: list[str]
    at_once: set[str] = field(default_factory=set)
    refused: str = ""


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
        return {name: self.names.get(value, value) if isinstance(value, str) else value for name, value in said.items()}

    def _pages(self, who: str) -> Iterator[str]:
        page = f"/m/{self.room.id}"
        yield from (page, f"/join/{self.code}")
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


async def hold(world: World, pair: Pair, acts: list[Act], number: int) -> tuple[Told, str]:
    """Hold a meeting in which this is done. What it wrote to stderr is not in it yet. Returns its room, too."""
    world.clock.s = 0.0
    # Each from an address of its own: nobody of a meeting before has used up what this one may do.
    place = number % LOOPBACKS
    world.server.address = f"127.{1 + (place >> 16)}.{place >> 8 & 255}.{place & 255}"
    with by_chance_of(pair.seed):
        holding = await _begin(world, pair)
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
        )
        for line in holding.sockets.values():
            if not line.over:
                await line.hang_up()
        await world.server.hub.erase(holding.room.id)
    return told, holding.room.id


async def _begin(world: World, pair: Pair) -> Holding:
    """Everyone comes in, one after the other."""
    server = world.server
    asked = Wish(title="Tuesday afternoon", name="Helen", **pair.wish)  # type: ignore[arg-type]
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
    for world, acts in ((both.one, pair.one), (both.other, pair.other)):
        both.notebook.lines.clear()
        held, room = await hold(world, pair, acts, number)
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
