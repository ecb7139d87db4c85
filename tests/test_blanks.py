"""Blank sheets for numbers: what can be asked, and nothing of what was answered or feared."""

from __future__ import annotations

import html
import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from server.board.ask import Ask
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.setasks import CloseSet, PutUpSet, StartSet, WriteSet
from server.board.translations import Of, SetTranslation
from tests.meeting import Browser, Meeting, running, settings_in

CANARY = "Canary"
WORDING = Path(__file__).resolve().parent.parent / "server" / "practice"
REFS = count(1)


async def ask(meeting: Meeting, who: str, asked: Ask) -> None:
    person = meeting.helen_id if who == "Helen" else meeting.person(who)
    await meeting.room.ask(person, f"device{person}", replace(asked, ref=next(REFS)))  # type: ignore[arg-type]


async def sheets(meeting: Meeting, browser: Browser | None = None) -> str:
    answer = await (browser or meeting.helen).get(f"{meeting.page}/sheets")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return html.unescape(answer.text)


async def worry(meeting: Meeting, id: str, name: str, *, up: bool = True) -> None:
    """A worry and its goal."""
    await ask(meeting, "Helen", StartSet(ref=0, id=id, scale=f"own{id}", children=("Kofi",)))
    for part, text in (("name", name), ("happened", f"{CANARY} worry"), ("doing", f"A goal for {name}")):
        await ask(meeting, "Helen", WriteSet(ref=0, set=id, part=part, text=text, was=0))  # type: ignore[arg-type]
    if up:
        await ask(meeting, "Helen", PutUpSet(ref=0, set=id))


async def test_there_is_a_sheet_for_every_scale_that_can_be_asked(meeting: Meeting) -> None:
    scale = next(iter(meeting.room.board.scales.values()))
    text = await sheets(meeting)
    assert text.count('class="blank"') == 1
    assert scale.title in text and scale.about in text
    assert text.index(scale.ten) < text.index(scale.zero)
    await worry(meeting, "set00001", "Weekends")
    await worry(meeting, "set00002", "Evenings")
    await worry(meeting, "set00003", "A draft", up=False)
    await ask(meeting, "Helen", CloseSet(ref=0, set="set00002"))
    text = await sheets(meeting)
    assert text.count('class="blank"') == 2
    assert "A goal for Weekends" in text
    assert "Evenings" not in text and "A draft" not in text


async def test_a_sheet_says_the_goal_and_never_the_worry(meeting: Meeting) -> None:
    await worry(meeting, "set00001", "Weekends")
    name = WriteSet(ref=0, set="set00001", part="name", text=f"{CANARY} at weekends", was=1)
    await ask(meeting, "Helen", name)
    text = await sheets(meeting)
    assert CANARY not in text
    assert ">1. Kofi<" in text and "A goal for Weekends" in text


async def test_nothing_that_was_answered_stands_on_a_sheet(meeting: Meeting) -> None:
    blank = await sheets(meeting)
    await meeting.comes("Dana")
    scale = next(iter(meeting.room.board.scales))
    await ask(meeting, "Helen", OpenRound(ref=0, id="round001", scale=scale, show="named"))
    rating: Any = SetRating(ref=0, round="round001", value=7, reason=f"{CANARY} reason", share=True)
    await ask(meeting, "Dana", rating)
    assert await sheets(meeting) == blank
    await ask(meeting, "Helen", RevealRound(ref=0, round="round001"))
    assert await sheets(meeting) == blank


async def test_a_sheet_has_every_number_once_and_both_ways_to_give_none(meeting: Meeting) -> None:
    text = await sheets(meeting)
    assert re.findall(r"blank__step.*?</span>(\d+)</li>", text) == [str(number) for number in range(11)]
    for said in (
        "Not sure",
        "Rather not say",
        "What makes it that number? (only if you like)",
        "Your name (if you like)",
        "The person who runs the meeting will say how the numbers are shown.",
    ):
        assert text.count(said) == 1


@pytest.mark.parametrize("direction", ["up", "down"])
async def test_a_scale_that_is_the_other_way_round_says_so(tmp_path: Path, direction: str) -> None:
    wording = (WORDING / "safety.toml").read_text("utf-8").replace('direction = "up"', f'direction = "{direction}"')
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "safety.toml").write_text(wording, "utf-8")
    async with running(settings_in(tmp_path, practice=tmp_path / "practice")) as server:
        text = await sheets(await server.meeting())
    assert ("On this scale a higher number means more worried." in text) == (direction == "down")


async def test_what_an_interpreter_put_beside_it_stands_on_it(meeting: Meeting) -> None:
    await meeting.comes("Leila", "interpreter")
    scale = next(iter(meeting.room.board.scales))
    of = Of(kind="scale", id=scale, field="ten")
    await ask(meeting, "Leila", SetTranslation(ref=0, id="second01", of=of, text="امن", lang="fa"))
    assert '<span class="blank__second" dir="rtl" lang="fa">امن</span>' in await sheets(meeting)


async def test_a_scribe_prints_them_too(meeting: Meeting) -> None:
    scribe = await meeting.comes("Priya", "scribe")
    assert 'class="blank"' in await sheets(meeting, scribe)
    assert f'href="{meeting.page}/sheets"' in (await scribe.get(meeting.page)).text


@pytest.mark.parametrize("who", ["family", "child", "agency", "observer", "wall", "waiting", "nobody"])
async def test_for_anybody_else_there_are_no_sheets(meeting: Meeting, who: str) -> None:
    match who:
        case "wall":
            browser = await meeting.wall()
        case "waiting":
            browser = await meeting.knocks("Rhys")
        case "nobody":
            browser = meeting.server.browser()
        case _:
            browser = await meeting.comes(f"A {who}", who)
    there, nowhere = await browser.get(f"{meeting.page}/sheets"), await browser.get("/m/nosuchroom/sheets")
    assert (there.status_code, there.content) == (404, nowhere.content)
