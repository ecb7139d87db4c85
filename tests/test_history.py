"""Looking back at the board as it was: for whoever runs the meeting, and less than was seen of it then."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from server.admin import carry_out
from server.board.ask import Ask
from server.board.carddesk import AsideCard, EraseCard
from server.board.cards import AddCard, EditCard, RemoveCard
from server.board.commented import On
from server.board.comments import AddComment, OpenComments
from server.board.phases import CloseMeeting, GoToPhase, HideAuthors
from server.board.quiet import SayQuietly
from server.board.scales import CancelRound, OpenRound, RevealRound, SetRating
from server.board.steps import AddStep
from server.history import OPEN_MOST
from tests.meeting import Browser, Meeting, running, settings_in

BEGINS = 1_790_000_040_000
"""In the past, at the beginning of a minute."""
MINUTE_MS = 60_000
CANARY = "Canary"
NAMED = "The person who wrote it"


class Clock:
    """The server's, which goes on when a test says so."""

    def __init__(self) -> None:
        self.ms = BEGINS

    def __call__(self) -> int:
        return self.ms

    def goes_on(self, minutes: int = 1) -> None:
        self.ms += minutes * MINUTE_MS


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("hub", "history"):
        monkeypatch.setattr(f"server.{module}.now_ms", made)
    return made


@pytest.fixture
async def meeting(clock: Clock, tmp_path: Path) -> AsyncIterator[Meeting]:
    """A meeting with Dana and Jo, some minutes old."""
    async with running(settings_in(tmp_path)) as server:
        made = await server.meeting()
        await made.comes("Dana")
        await made.comes("Jo", "agency", "School or college")
        clock.goes_on(5)
        yield made


REFS = count(1)


async def ask(meeting: Meeting, who: str, asked: Ask) -> None:
    """Have somebody ask, as the next thing they ask."""
    person = meeting.helen_id if who == "Helen" else meeting.person(who)
    await meeting.room.ask(person, f"device{person}", replace(asked, ref=next(REFS)))  # type: ignore[arg-type]


async def says(meeting: Meeting, id: str, text: str, *, who: str = "Dana", **more: Any) -> None:
    """Have somebody put a card on the board."""
    await ask(meeting, who, AddCard(ref=0, id=id, **{"column": "well", "text": text, **more}))


async def page(meeting: Meeting, query: str = "", browser: Browser | None = None) -> str:
    answer = await (browser or meeting.helen).get(f"{meeting.page}/history{query}")
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


async def lines(meeting: Meeting) -> list[tuple[int, str]]:
    """The minutes there are to choose from: when, and what changed."""
    listed = re.findall(r'\?at=(\d+)"><time>.*?</time> <span.*?>(.*?)</span>', await page(meeting))
    return [(int(at), what) for at, what in listed]


async def every_minute(meeting: Meeting) -> list[str]:
    """The list, and the board at every number of its log and at every minute that is listed."""
    seqs = [f"?seq={seq}" for seq in range(1, meeting.room.board.seq + 1)]
    ats = [f"?at={at}" for at, _what in await lines(meeting)]
    return [await page(meeting, query) for query in ("", *seqs, *ats)]


def links(text: str) -> dict[str, str]:
    """Where the page leads on and back."""
    return dict(re.findall(r'rel="(prev|next)" href="([^"]*)"', text))


async def test_a_facilitator_looks_back_from_minute_to_minute(meeting: Meeting, clock: Clock) -> None:
    await says(meeting, "card0001", "Gran picks us up")
    first = clock.ms
    clock.goes_on(3)
    await says(meeting, "card0002", "Kofi sleeps through", who="Jo")
    await ask(meeting, "Dana", AddStep(ref=0, id="step0001", what="Gran stays over"))
    second = clock.ms
    clock.goes_on(2)
    listed = await lines(meeting)
    assert listed == [
        (BEGINS, "a new part of the meeting"),
        (first, "cards"),
        (second, "cards, next steps"),
    ]
    then = await page(meeting, f"?at={first}")
    assert re.search(r"The board as it was at \d\d:\d\d\. It cannot be changed here\.", then)
    assert "Gran picks us up" in then and "Kofi sleeps through" not in then
    around = links(then)
    assert around == {
        "prev": f"{meeting.page}/history?at={BEGINS}",
        "next": f"{meeting.page}/history?at={second}",
    }
    later = (await meeting.helen.get(around["next"])).text
    assert all(said in later for said in ("Gran picks us up", "Kofi sleeps through", "Gran stays over"))
    assert links(later) == {"prev": f"{meeting.page}/history?at={first}"}
    # A minute in which nothing happened has the board as it stood.
    between = await page(meeting, f"?at={first + 2 * MINUTE_MS}")
    assert "Gran picks us up" in between and "Kofi sleeps through" not in between
    assert links(between) == {
        "prev": f"{meeting.page}/history?at={first}",
        "next": f"{meeting.page}/history?at={second}",
    }


async def test_a_number_of_the_log_is_a_moment_too(meeting: Meeting, clock: Clock) -> None:
    for place in range(3):
        await says(meeting, f"card000{place}", f"Card {place}")
    last = meeting.room.board.seq
    then = await page(meeting, f"?seq={last - 1}")
    assert "Card 1" in then and "Card 2" not in then
    # The rest of that minute is yet to come.
    assert links(then)["next"] == f"{meeting.page}/history?at={clock.ms}"
    assert "Card 2" in await page(meeting, f"?seq={last + 1000}")


async def test_a_time_to_come_shows_the_board_as_it_is_and_does_not_say_otherwise(
    meeting: Meeting, clock: Clock
) -> None:
    await says(meeting, "card0001", "Gran picks us up")
    now = await page(meeting, f"?at={clock.ms}")
    assert "Gran picks us up" in now
    assert await page(meeting, "?at=9999999999999999") == now


@pytest.mark.parametrize("query", ["?at=1", "?seq=0", f"?at={BEGINS - 1}"])
async def test_before_there_was_a_meeting_there_is_nothing_to_look_at(meeting: Meeting, query: str) -> None:
    answer = await meeting.helen.get(f"{meeting.page}/history{query}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{meeting.page}/history")


@pytest.mark.parametrize("query", ["?at=", "?at=soon", "?at=-1", "?seq=1.5", "?seq=%D9%A3", "?at=1_0", "?at=1&seq=x"])
async def test_what_is_no_number_is_refused(meeting: Meeting, query: str) -> None:
    assert (await meeting.helen.get(f"{meeting.page}/history{query}")).status_code == 400


GONE: dict[str, tuple[tuple[str, Ask], ...]] = {
    "taken back": (("Dana", RemoveCard(ref=0, card="card0001")),),
    "taken off": (("Helen", RemoveCard(ref=0, card="card0001")),),
    "set aside": (("Helen", AsideCard(ref=0, card="card0001")),),
    "removed for good": (("Helen", EraseCard(ref=0, card="card0001")),),
    "changed and then removed for good": (
        ("Dana", EditCard(ref=0, card="card0001", text=f"{CANARY} again", was=1)),
        ("Helen", EraseCard(ref=0, card="card0001")),
    ),
}


@pytest.mark.parametrize("how", GONE)
async def test_a_card_that_is_gone_is_read_in_no_minute(meeting: Meeting, clock: Clock, how: str) -> None:
    await says(meeting, "card0001", f"{CANARY} card")
    await ask(meeting, "Helen", OpenComments(ref=0))
    under = On(kind="card", id="card0001")
    await ask(meeting, "Jo", AddComment(ref=0, id="comment1", on=under, text=f"{CANARY} comment"))
    clock.goes_on()
    assert any(CANARY in text for text in await every_minute(meeting))
    for who, asked in GONE[how]:
        await ask(meeting, who, asked)
    clock.goes_on()
    found = await every_minute(meeting)
    assert not any(CANARY in text or "card0001" in text for text in found)
    told = any("Taken back" in text for text in found)
    assert told == (how == "taken back")


async def test_what_was_never_on_the_board_is_read_in_no_minute(meeting: Meeting, clock: Clock) -> None:
    scale = next(iter(meeting.room.board.scales))
    await ask(meeting, "Dana", SayQuietly(ref=0, id="quiet001", about="words", text=f"{CANARY} quiet"))
    await says(meeting, "kept0001", f"{CANARY} kept", keep=True)
    await ask(meeting, "Helen", OpenRound(ref=0, id="round001", scale=scale, show="named"))
    await ask(meeting, "Dana", SetRating(ref=0, round="round001", value=7, reason=f"{CANARY} reason", share=True))
    clock.goes_on()
    assert not any(CANARY in text for text in await every_minute(meeting))
    await ask(meeting, "Helen", CancelRound(ref=0, round="round001"))
    found = await every_minute(meeting)
    assert not any(CANARY in text or "Numbers" in text for text in found)
    # Nor does the list say when somebody answered, or said something quietly.
    assert [what for _at, what in await lines(meeting)] == ["a new part of the meeting"]


async def test_numbers_are_read_from_when_they_were_shown(meeting: Meeting, clock: Clock) -> None:
    scale = next(iter(meeting.room.board.scales))
    await ask(meeting, "Helen", OpenRound(ref=0, id="round001", scale=scale, show="named"))
    await ask(meeting, "Dana", SetRating(ref=0, round="round001", value=7, reason=f"{CANARY} reason", share=True))
    before = meeting.room.board.seq
    clock.goes_on(2)
    await ask(meeting, "Helen", RevealRound(ref=0, round="round001"))
    found = await every_minute(meeting)
    shown = [f"{CANARY} reason" in text for text in found[1 : meeting.room.board.seq + 1]]
    assert not any(shown[:before]) and shown[-1]
    assert (await lines(meeting))[-1] == (clock.ms, "numbers")


async def test_once_names_are_hidden_no_minute_tells_one(meeting: Meeting, clock: Clock) -> None:
    await meeting.comes(NAMED)
    await says(meeting, "card0001", "Gran picks us up", who=NAMED)
    clock.goes_on()
    assert any(NAMED in text for text in await every_minute(meeting))
    await ask(meeting, "Helen", HideAuthors(ref=0))
    found = await every_minute(meeting)
    assert not any(NAMED in text for text in found)
    assert any("Gran picks us up" in text and "not shown who wrote what" in text for text in found)


async def test_what_was_one_persons_has_left_every_minute_with_them(meeting: Meeting, clock: Clock) -> None:
    await says(meeting, "card0001", f"{CANARY} card")
    await says(meeting, "card0002", "Kofi sleeps through", who="Jo")
    clock.goes_on()
    server = meeting.server
    fields = {"room": meeting.id, "person": "Dana", "do": "erase"}
    await carry_out(server.hub, server.site.templates, "person", fields, base=server.url)
    meeting.room = await server.hub.room(meeting.id)
    found = await every_minute(meeting)
    assert not any(CANARY in text or "Dana" in text for text in found)
    assert any("Kofi sleeps through" in text for text in found)


async def test_a_card_with_other_words_now_had_the_words_it_had(meeting: Meeting, clock: Clock) -> None:
    await says(meeting, "card0001", "Every night")
    first = clock.ms
    clock.goes_on()
    await ask(meeting, "Dana", EditCard(ref=0, card="card0001", text="Most nights", was=1))
    assert "Every night" in await page(meeting, f"?at={first}")
    assert "Every night" not in await page(meeting, f"?at={clock.ms}")


async def test_words_stand_as_they_were_typed_and_are_nothing_but_words(meeting: Meeting) -> None:
    await says(meeting, "card0001", "<script>alert(1)</script> {{ 1 }}")
    text = await page(meeting, f"?seq={meeting.room.board.seq}")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 1 }}" in text


async def visitors(meeting: Meeting) -> AsyncIterator[tuple[str, Browser]]:
    """Everybody who does not run the meeting."""
    for role in ("family", "child", "scribe", "agency", "advocate", "observer"):
        yield role, await meeting.comes(f"A {role}", role)
    yield "wall", await meeting.wall()
    yield "waiting", await meeting.knocks("Rhys")
    yield "nobody", meeting.server.browser()


async def test_for_anybody_else_there_is_no_such_page(meeting: Meeting, clock: Clock) -> None:
    await says(meeting, "card0001", f"{CANARY} card")
    async for who, browser in visitors(meeting):
        for query in ("", f"?at={clock.ms}", "?seq=1", "?at=x"):
            there = await browser.get(f"{meeting.page}/history{query}")
            nowhere = await browser.get(f"/m/nosuchroom/history{query}")
            assert (there.status_code, there.content) == (404, nowhere.content), who


async def test_looking_back_is_told_nobody_and_written_nowhere(meeting: Meeting) -> None:
    await says(meeting, "card0001", "Gran picks us up")
    before = (meeting.room.board, len(await meeting.room.log.anew().catch_up()))
    audit = (await meeting.helen.get(f"{meeting.page}/audit")).text
    await every_minute(meeting)
    assert (meeting.room.board, len(await meeting.room.log.anew().catch_up())) == before
    assert (await meeting.helen.get(f"{meeting.page}/audit")).text == audit


async def test_it_is_found_at_the_desk_and_still_there_when_the_meeting_is_over(meeting: Meeting) -> None:
    assert f'href="{meeting.page}/history"' in (await meeting.helen.get(meeting.page)).text
    await ask(meeting, "Helen", CloseMeeting(ref=0))
    assert await lines(meeting)


async def test_three_hours_and_some_2000_entries_are_a_line_a_minute_folded(meeting: Meeting, clock: Clock) -> None:
    dana, helen = meeting.person("Dana"), meeting.helen_id
    phases = [one.id for one in meeting.room.board.meeting.template.phases]  # type: ignore[union-attr]
    written = []
    for minute in range(180):
        if minute % 20 == 0:
            phase = phases[minute // 20 % len(phases)]
            await meeting.room.ask(helen, "device01", GoToPhase(ref=next(REFS), phase=phase))
        for place in range(11):
            id, text = f"card{minute:03}{place:02}", f"Card {minute} {place}"
            asked = AddCard(ref=next(REFS), id=id, column="well", text=text)
            written.append(meeting.room.submit(dana, "device02", asked))
        await written[-1]
        clock.goes_on()
    assert meeting.room.board.seq > 1990
    text = await page(meeting)
    assert text.count("?at=") == 181 > OPEN_MOST
    assert len(re.findall(r"<details", text)) == 9
    assert len(re.findall(r"<details[^>]* open", text)) == 1
    assert len(text) < 60_000
    assert "Card 90 10" in await page(meeting, f"?at={BEGINS + 95 * MINUTE_MS}")


def parts_of(text: str) -> Iterator[str]:
    """The titles of the parts of the meeting in the list."""
    yield from re.findall(r'<span dir="auto">(.*?)</span>', text)


async def test_minutes_are_listed_by_the_part_of_the_meeting_they_fell_in(meeting: Meeting, clock: Clock) -> None:
    phases = meeting.room.board.meeting.template.phases  # type: ignore[union-attr]
    for phase in (phases[1], phases[2], phases[3], phases[2]):
        await ask(meeting, "Helen", GoToPhase(ref=0, phase=phase.id))
        # The first two in one minute, which belongs to the part it ended in.
        clock.goes_on(int(phase != phases[1]))
    titles = [phases[0].title, phases[2].title, phases[3].title, phases[2].title]
    assert list(parts_of((await page(meeting)).replace("&#39;", "'"))) == titles
