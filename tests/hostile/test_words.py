"""Words in any signs there are, through ask, log, replay and page: whatever is taken reads the same for ever and is
shown as it was typed; whatever is refused leaves the board as it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import protocol
from server.board.refusal import REFUSALS, Refused
from server.hub import Hub
from server.ids import new_id
from server.log.seal import ServerKey
from server.opening import CannotOpen, Wish, open_meeting
from server.room import Room
from tests.board.chance import image
from tests.hostile.ground import Ground, well
from tests.hostile.nasty import words
from tests.hostile.often import often
from tests.wireless import Tab

# What fails may be long to print.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
STRINGS_MOST = 25


class Read(HTMLParser):
    """What a browser would have on its page: words and values of attributes, with nothing of them read as markup."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.said += [value or "" for _name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def holds(self, words: str) -> bool:
        return any(words in one for one in self.said)


@dataclass
class Writing:
    """A meeting in which Dana and Helen write these words wherever words go. `kept` are those that were taken."""

    place: Ground
    room: Room
    helen: Tab
    dana: Tab
    kept: list[str]
    refs: int = 0

    async def asks(self, who: str, tag: str, **fields: Any) -> bool:
        """Ask it as it comes over the wire. Whether it was taken."""
        self.refs += 1
        before = image(self.room.board)
        try:
            # A browser sends half a sign as it is; a program may send it as an escape.
            ask = protocol.decode(json.dumps({"ask": tag, "ref": self.refs, **fields}))
            await self.room.ask(who, "device01", ask)
        except protocol.Unreadable as bad:
            assert bad.code in REFUSALS
        except Refused as refused:
            assert refused.code in REFUSALS
        else:
            return True
        assert image(self.room.board) == before
        return False

    async def writes(self, text: str) -> None:
        """Put it everywhere."""
        people = self.room.board.people.values()
        helen, dana = (next(one.id for one in people if one.role == role) for role in ("facilitator", "family"))
        card, step = new_id(), new_id()
        if await self.asks(dana, "card.add", id=card, column="well", text=text):
            # Two halves of a sign, one after the other, are that sign.
            self.kept.append(json.loads(json.dumps(text)))
            await self.asks(helen, "comment.add", id=new_id(), on={"kind": "card", "id": card}, text=text)
        if await self.asks(helen, "step.add", id=step, what=text, know=text):
            await self.asks(helen, "step.ask", id=new_id(), step=step, name=text)
        await self.asks(helen, "decision.add", id=new_id(), what=text, whom=text)
        await self.asks(dana, "thought.keep", id=new_id(), column="worried", text=text)
        await self.asks(dana, "quiet.say", id=new_id(), about="words", text=text)
        await self.asks(dana, "person.name", name=text)
        await self.asks(helen, "person.expect", id=new_id(), name=text, role="agency", agency=text, how="room")
        await self.asks(
            helen, "round.open", id=new_id(), scale=next(iter(self.room.board.scales)), show="named", child=text
        )

    async def read_again(self) -> Room:
        """The same log, read by another process."""
        server = self.place.server
        hub = Hub(server.hub.store, ServerKey.load(server.settings.key_file))
        async with hub:
            return await hub.room(self.room.id)


async def write(place: Ground, title: str, name: str, texts: list[str]) -> Writing | None:
    """The meeting under that title, in which all these are written; None where it cannot be called so."""
    server = place.server
    asked = Wish(title=title, name=name)
    try:
        links = await open_meeting(server.hub, server.site.templates, asked, base="http://127.0.0.1")
    except (CannotOpen, UnicodeEncodeError):
        asked = Wish(title="Tuesday", name="Helen", admit="all")
        links = await open_meeting(server.hub, server.site.templates, asked, base="http://127.0.0.1")
    helen, dana = server.browser(), server.browser()
    assert (await helen.json("/in", key=links.facilitator.partition("#")[2])).status == 200
    room = await server.hub.room(links.room)
    for text in (name, "Dana"):
        known = image(room.board)
        answer = await dana.json(f"/join/{links.code}", name=text, role="family")
        well(answer)
        if answer.status == 303:
            break
        assert image(room.board) == known
    return Writing(place, room, helen, dana, [])


@often(25, simplest=False)
@given(words, words, st.lists(words, min_size=STRINGS_MOST // 2, max_size=STRINGS_MOST))
def test_words_are_kept_as_typed_or_refused(place: Ground, title: str, name: str, texts: list[str]) -> None:
    place.asked += 1
    place.server.address = f"127.9.{place.asked >> 8 & 255}.{place.asked & 255}"
    place.run(_kept_or_refused(place, title, name, texts))


async def _kept_or_refused(place: Ground, title: str, name: str, texts: list[str]) -> None:
    writing = await write(place, title, name, texts)
    assert writing is not None
    room = writing.room
    helen = next(one.id for one in room.board.people.values() if one.role == "facilitator")
    for person in list(room.board.people.values()):
        if person.state == "waiting":
            await writing.asks(helen, "person.admit", person=person.id)
    await writing.asks(helen, "comment.open", all=True)
    for text in texts:
        await writing.writes(text)
    again = await writing.read_again()
    assert image(again.board) == image(room.board)
    assert [card.text for card in again.board.cards.values()] == writing.kept
    page = f"/m/{room.id}"
    for tab, path in (
        (writing.helen, page),
        (writing.dana, page),
        (writing.helen, f"{page}/wall"),
        (writing.helen, f"{page}/audit"),
        (writing.helen, f"{page}/history?seq={room.board.seq}"),
    ):
        answer = await tab.get(path)
        well(answer)
        assert answer.status == 200
        if not path.endswith("audit"):
            read = Read(answer.text)
            assert [text for text in writing.kept if not read.holds(text)] == []
    await place.server.hub.erase(room.id)
