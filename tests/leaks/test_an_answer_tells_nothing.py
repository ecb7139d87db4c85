"""One meeting held twice over the real wire, but for one number, or one answer to a worry or a step, and what was said
with it:
until all are shown nobody but its giver can tell the two apart, by no byte, length or order of anything that leaves the
server."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from tests.meeting import Browser, Meeting, Running
from tests.storage import until

ROUND, FIRST, LAST = "round00000000001", "card000000000001", "card000000000002"
ANOTHER, SHEET, GRAN = "round00000000002", "sheet00000000001", "gran000000000001"
STEP = "step000000000001"
OWNERS = {name: f"owner0000000{name:0>4.4}" for name in ("dana", "jo", "maureen", "carol")}
SET, OF_SET, POLL = "set0000000000001", "scale00000000001", "poll000000000001"
CANARY = "zebra crossing"
WITHIN_S = 15.0
BY_THE_CLOCK = {"near", "tick"}
"""Sent when their time comes, whatever happens on the board."""
ID = re.compile(r"\b(?:[a-z0-9]{16}|[a-f0-9]{20}|[A-Za-z0-9_-]{22}|[A-Z0-9]{4}(?:</span> <span>| )?[A-Z0-9]{4})\b")
"""What is drawn anew for each meeting: names of things and people, codes, epochs."""
MOMENT = re.compile(r"\b[0-9]{13}\b")

SEALED = re.compile(r'(?<=data-seal=")[A-Za-z0-9_-]{22}(?=")')
"""The key of a tab, made anew for each meeting and browser; it may begin and end with any sign."""
SEQ = re.compile(r'"(?:seq|opened|order|version)":"?[0-9a-z]+"?|data-seq="[0-9]+"')
"""Numbers of entries, and what is made of them."""


def without_chance(text: str, names: dict[str, str]) -> str:
    """The text with people's ids replaced by their names, and everything else that is drawn by chance by the place
    where it first stood."""
    for id, name in names.items():
        text = text.replace(id, name)
    # In the order of ids.
    text = re.sub(r'"missing":(\[[^\]]+\])', lambda found: str(sorted(json.loads(found[1]))), text)
    text = SEALED.sub("<seal>", text)
    # Two things may happen within one moment, or not.
    text = MOMENT.sub("<moment>", text)
    seen: dict[str, str] = {}
    return ID.sub(lambda found: seen.setdefault(found[0], f"<{len(found[0])}:{len(seen)}>"), text)


class Listener:
    """Somebody who listens on a socket and keeps every byte."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.heard: list[str] = []
        self._refs = 0

    async def until(self, is_so: str) -> None:
        """Read on until a frame held these signs."""
        async with asyncio.timeout(WITHIN_S):
            while not any(is_so in text for text in self.heard):
                text = await self.line.recv()
                assert isinstance(text, str)
                self.heard.append(text)

    async def ask(self, tag: str, **fields: Any) -> None:
        """Ask, and read on to the answer."""
        self._refs += 1
        await self.line.send(json.dumps({"ask": tag, "ref": self._refs, **fields}))
        await self.until(f'"ref":{self._refs}')

    @property
    def transcript(self) -> list[str]:
        """All that came but what comes by the clock, which says nothing of the board."""
        return [text for text in self.heard if json.loads(text)["is"] not in BY_THE_CLOCK]


@dataclass
class Held:
    """A meeting up to just before the reveal: what each of the others got, without chance; how long each thing was that
    Dana got; how long each body is on the disk."""

    others: dict[str, str]
    danas: list[int]
    stored: list[int]


Said = tuple[str, dict[str, Any]]
"""An ask: its tag and its fields."""


@dataclass
class Number:
    """Everyone is asked for a number."""

    show: str
    usual: int | str = 4
    others: tuple[str, ...] = ("jo", "maureen", "kofi")
    like_none: str = "rather-not"

    def opens(self, meeting: Meeting) -> list[Said]:
        return [("round.open", {"id": ROUND, "scale": next(iter(meeting.room.board.scales)), "show": self.show})]

    def answer(self, value: int | str, words: str) -> Said:
        return "rating.set", {"round": ROUND, "value": value, "reason": words, "share": True, "pad": ""}

    def also(self, value: int | str, words: str) -> list[tuple[str, Said]]:
        """What else depends on it, and from whose device it comes."""
        return []

    def of(self, who: str) -> Asked:
        """As this person is asked."""
        return self

    def told(self, answers: int) -> str:
        """What Helen is told once so many have answered."""
        return f'"answered":{answers}'

    def in_vain(self) -> list[Said]:
        return [("rating.set", {"round": ROUND, "value": 11}), ("round.reveal", {"round": ROUND})]


@dataclass
class Sheet(Number):
    """Everyone is asked for two numbers at once, in which an agency counts as one; and somebody without a device gives
    theirs on Maureen's phone."""

    def opens(self, meeting: Meeting) -> list[Said]:
        scale = next(iter(meeting.room.board.scales))
        alike = {"scale": scale, "show": self.show, "sheet": SHEET, "per": "agency"}
        maureen = next(one.id for one in meeting.room.board.people.values() if one.name == "Maureen")
        return [
            ("person.expect", {"id": GRAN, "name": "Gran", "role": "family", "how": "room"}),
            ("person.share", {"person": GRAN, "with": maureen}),
            ("round.open", {"id": ROUND, **alike}),
            ("round.open", {"id": ANOTHER, "child": "Kofi", **alike}),
        ]

    def also(self, value: int | str, words: str) -> list[tuple[str, Said]]:
        tag, fields = self.answer(value, words)
        return [
            ("dana", (tag, {**fields, "round": ANOTHER})),
            ("maureen", (tag, {**fields, "round": ANOTHER, "for": GRAN})),
            ("carol", (tag, {**fields, "round": ANOTHER})),
            ("jo", (tag, {**fields, "round": ANOTHER, "value": self.usual, "reason": "As before"})),
        ]


@dataclass
class Kept(Number):
    """A second number is asked of everyone, and Kofi keeps his for himself."""

    def opens(self, meeting: Meeting) -> list[Said]:
        opened = super().opens(meeting)
        return [*opened, ("round.open", {**opened[0][1], "id": ANOTHER, "child": "Kofi"})]

    def also(self, value: int | str, words: str) -> list[tuple[str, Said]]:
        # One of the two times he throws it away.
        tag, fields = self.answer("rather-not" if value == "not-sure" else value, words)
        return [("kofi", (tag, {**fields, "round": ANOTHER, "keep": True}))]


@dataclass
class Agreement:
    """Everyone is asked whether they agree with a worry."""

    authors: str
    usual: int | str = "partly"
    others: tuple[str, ...] = ("jo", "maureen", "kofi")
    like_none: str = "not-now"

    def opens(self, meeting: Meeting) -> list[Said]:
        worry = "On two Saturdays nobody was awake to look after Elsie"
        hide: list[Said] = [("meeting.hide-authors", {})] if self.authors == "hidden" else []
        return [
            *hide,
            ("set.start", {"id": SET, "scale": OF_SET, "children": ["Elsie"]}),
            ("set.write", {"set": SET, "part": "happened", "text": worry, "was": 0}),
            ("set.put-up", {"set": SET}),
            ("agreement.ask", {"id": POLL, "set": SET}),
        ]

    def answer(self, value: int | str, words: str) -> Said:
        return "agreement.set", {"poll": POLL, "value": value, "words": words, "share": True, "pad": ""}

    def also(self, value: int | str, words: str) -> list[tuple[str, Said]]:
        return []

    def of(self, who: str) -> Asked:
        return self

    def told(self, answers: int) -> str:
        return f'"answered":{answers}'

    def in_vain(self) -> list[Said]:
        return [("agreement.set", {"poll": POLL, "value": "never"}), ("agreement.show", {"poll": POLL})]


@dataclass
class Step:
    """Four are asked whether they take a next step on. Only Helen is told what each of them said."""

    who: str = "jo"
    others: tuple[str, ...] = ("jo", "maureen", "carol")
    usual: int | str = "yes"
    like_none: str = "cannot"

    def opens(self, meeting: Meeting) -> list[Said]:
        people = {one.name.lower(): one.id for one in meeting.room.board.people.values()}
        asks = [("step.ask", {"id": id, "step": STEP, "person": people[name]}) for name, id in OWNERS.items()]
        return [("step.add", {"id": STEP, "what": "Gran picks the children up on Fridays"}), *asks]

    def answer(self, value: int | str, words: str) -> Said:
        answer = {"owner": OWNERS[self.who], "answer": value, "words": words, "was": 1, "pad": ""}
        return "step.answer", answer

    def also(self, value: int | str, words: str) -> list[tuple[str, Said]]:
        return []

    def of(self, who: str) -> Asked:
        return replace(self, who=who)

    def told(self, answers: int) -> str:
        return '"step"'

    def in_vain(self) -> list[Said]:
        others = {"owner": OWNERS["dana"], "was": 1}
        return [("step.answer", {**others, "answer": "yes"}), ("step.show-owner", others)]


Asked = Number | Agreement | Step


async def hold(server: Running, asked: Asked, value: int | str | None, reason: str = "") -> Held:
    """Hold the meeting, in which Dana gives this number or answer, or none."""
    meeting = await server.meeting()
    people = {
        "dana": await meeting.comes("Dana"),
        "maureen": await meeting.comes("Maureen"),
        "kofi": await meeting.comes("Kofi", "child"),
        "jo": await meeting.comes("Jo", "agency", "Larkfield"),
        "carol": await meeting.comes("Carol", "agency", "larkfield"),
        "priya": await meeting.comes("Priya", "scribe"),
        "olu": await meeting.comes("Olu", "observer"),
        "wall": await meeting.wall(),
        "helen": meeting.helen,
    }
    waiting = await meeting.knocks("Marcus", "agency")
    async with AsyncExitStack() as open_lines:
        lines = {
            name: Listener(await open_lines.enter_async_context(browser.live(meeting.id)))
            for name, browser in people.items()
        }
        second = Listener(await open_lines.enter_async_context(people["maureen"].live(meeting.id, device="tablet01")))
        door = Listener(await open_lines.enter_async_context(waiting.live(meeting.id)))
        for one in [*lines.values(), second]:
            await one.until('"welcome"')
        await door.until('"waiting"')
        helen, dana = lines["helen"], lines["dana"]
        # Who came first is chance. From here on all is asked in one order.
        await until(lambda: all(one.came for one in meeting.room.board.people.values() if one.state == "here"))
        welcome = json.loads(lines["jo"].heard[0])
        kofi = next(one.id for one in meeting.room.board.people.values() if one.name == "Kofi")
        await helen.ask("person.child", person=kofi, sees="all")
        await helen.ask("card.add", id=FIRST, column="well", text="Gran rings every evening")
        for one in [*lines.values(), second]:
            await one.until(FIRST)
            one.heard.clear()
        for tag, fields in asked.opens(meeting):
            await helen.ask(tag, **fields)
        for count, name in enumerate(asked.others, start=1):
            tag, fields = asked.of(name).answer(asked.usual, "As before")
            await lines[name].ask(tag, **fields)
            await helen.until(asked.told(count))
        if value is not None:
            # Twice, the second time as a change.
            for _time in range(2):
                tag, fields = asked.of("dana").answer(value, reason)
                await dana.ask(tag, **fields)
            for name, (tag, fields) in asked.also(value, reason):
                await lines[name].ask(tag, **fields)
            if value != asked.like_none:
                await helen.until(asked.told(4))
        for tag, fields in asked.in_vain():
            await lines["jo"].ask(tag, **fields)
        # Somebody comes back, and everyone loads the page anew.
        await helen.ask("card.add", id=LAST, column="well", text="Gran picks us up")
        for one in [*lines.values(), second]:
            await one.until(LAST)
        back = people["jo"].live(meeting.id, device="laptop01", after=welcome["seq"], epoch=welcome["epoch"])
        lines["jo again"] = Listener(await open_lines.enter_async_context(back))
        await lines["jo again"].until(LAST)
        got = {name: "\n".join(one.transcript) for name, one in lines.items()}
        got |= {"maureen's tablet": "\n".join(second.transcript), "at the door": "\n".join(door.transcript)}
        for name, browser in {**people, "at the door": waiting}.items():
            got[name] += await page(browser, meeting, wall=name == "wall")
    lengths = [len(text) for text in dana.transcript] + [len(await page(people["dana"], meeting))]
    for kind, name in ((Sheet, "carol"), (Kept, "kofi"), (Step, "helen")):
        if isinstance(asked, kind):
            # They give a number too, which comes back to them alone; or are told the answer, at one length.
            lengths += [len(text) for text in lines[name].transcript]
            del got[name]
    del got["dana"]
    names = {one.id: one.name for one in meeting.room.board.people.values()}
    return Held({who: without_chance(text, names) for who, text in got.items()}, lengths, stored(server, meeting))


async def page(browser: Browser, meeting: Meeting, *, wall: bool = False) -> str:
    """The board as this browser is given it."""
    answer = await browser.get(f"{meeting.page}/wall" if wall else meeting.page)
    assert answer.status_code == 200
    return answer.text


def stored(server: Running, meeting: Meeting) -> list[int]:
    """How long each body of a meeting is on the disk, in its order."""
    with closing(sqlite3.connect(server.settings.data / "signboard.sqlite")) as db:
        rows = db.execute("SELECT length(body) FROM body WHERE room = ? ORDER BY seq", (meeting.id,))
        return [row[0] for row in rows]


CASES: dict[str, tuple[Asked, int | str, int | str]] = {
    "a number, named": (Number("named"), 10, "not-sure"),
    "a number, by role": (Number("role"), 10, "not-sure"),
    "a number, marks only": (Number("spread"), 10, "not-sure"),
    "two numbers at once": (Sheet("named"), 10, "not-sure"),
    "a number a child keeps": (Kept("named"), 10, "not-sure"),
    "an answer, names shown": (Agreement("shown"), "differently", "agree"),
    "an answer, names hidden": (Agreement("hidden"), "differently", "agree"),
    "whether a step is taken on": (Step(), "but", "cannot"),
}


@pytest.mark.parametrize("case", CASES)
async def test_nobody_but_its_giver_can_tell_one_answer_from_another(
    server: Running, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    asked, this, that = CASES[case]
    one, other = await asyncio.gather(
        hold(server, asked, this, f"{CANARY} " * 18),
        hold(server, asked, that, ""),
    )
    assert one.others == other.others
    assert not [name for name, text in one.others.items() if CANARY in text]
    assert one.danas == other.danas
    assert one.stored == other.stored
    assert CANARY not in caplog.text
    on_disk = [file.read_bytes() for file in server.settings.data.iterdir() if file.is_file()]
    assert on_disk
    assert not any(CANARY.encode() in held for held in on_disk)


@pytest.mark.parametrize(
    "asked", [Number("named"), Agreement("shown"), Step()], ids=["a number", "an answer", "a step"]
)
async def test_nobody_can_tell_rather_not_say_from_no_answer(server: Running, asked: Asked) -> None:
    """But for the numbers of entries, in which every ask of anybody's counts."""
    one, other = await asyncio.gather(hold(server, asked, asked.like_none), hold(server, asked, None))
    assert {who: SEQ.sub("", text) for who, text in one.others.items()} == {
        who: SEQ.sub("", text) for who, text in other.others.items()
    }
