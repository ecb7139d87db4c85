"""What happened in a meeting, as its facilitator reads it: what was done, and nothing of what was said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.board.carddesk import AsideCard, EraseCard
from server.board.cards import AddCard, RemoveCard
from server.board.comments import AddComment, On, OpenComments
from server.board.phases import GoToPhase
from server.board.quiet import SayQuietly
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.thoughts import KeepThought
from tests.meeting import Meeting

CANARY = "Canary"


async def played(meeting: Meeting) -> None:
    """A short meeting in which much is said."""
    await meeting.comes("Dana")
    await meeting.comes("Maureen")
    dana, maureen, helen = meeting.person("Dana"), meeting.person("Maureen"), meeting.helen_id
    scale = next(iter(meeting.room.board.scales))
    on = On(kind="card", id="card0001")
    said: tuple[tuple[str, Any], ...] = (
        (dana, AddCard(ref=1, id="card0001", column="well", text=f"{CANARY} card")),
        (dana, AddCard(ref=2, id="card0002", column="well", text=f"{CANARY} taken back")),
        (dana, AddCard(ref=3, id="card0003", column="well", text=f"{CANARY} erased")),
        (dana, RemoveCard(ref=4, card="card0002")),
        (helen, OpenComments(ref=5)),
        (maureen, AddComment(ref=6, id="comment1", on=on, text=f"{CANARY} comment")),
        (maureen, KeepThought(ref=7, id="thought1", column="well", text=f"{CANARY} thought")),
        (maureen, SayQuietly(ref=8, id="quiet001", about="words", text=f"{CANARY} quiet")),
        (helen, AsideCard(ref=9, card="card0001")),
        (helen, EraseCard(ref=10, card="card0003")),
        (helen, OpenRound(ref=11, id="round001", scale=scale, show="named")),
        (maureen, SetRating(ref=12, round="round001", value=7, reason=f"{CANARY} reason")),
        (helen, RevealRound(ref=13, round="round001")),
        (helen, GoToPhase(ref=14, phase="close")),
    )
    for ref, (who, ask) in enumerate(said):
        await meeting.room.ask(who, f"device{ref:02}", ask)


async def read(meeting: Meeting) -> list[str]:
    """The lines of the facilitator's page, without their times."""
    answer = await meeting.helen.get(f"{meeting.page}/audit")
    assert answer.status_code == 200
    assert CANARY not in answer.text
    return re.findall(r'<td dir="auto">(.*?)</td>', answer.text)


async def test_a_facilitator_reads_what_happened(meeting: Meeting) -> None:
    await played(meeting)
    lines = await read(meeting)
    for said in (
        "The meeting was made.",
        "Dana asked to come in, as: Family or friend.",
        "Helen let Dana in.",
        "Helen opened comments: everywhere.",
        "Helen set a card aside.",
        "Helen removed a card for good.",
        "Someone took a card back.",
        "Helen asked for numbers, to be shown with names.",
        "Helen showed everyone’s numbers.",
        "Helen moved on to: Check and close.",
    ):
        assert said in lines, lines
    assert lines.index("Helen let Dana in.") < lines.index("Helen set a card aside.")


async def test_it_holds_no_words_no_number_and_nobody_who_gave_one(meeting: Meeting) -> None:
    await played(meeting)
    lines = await read(meeting)
    assert [line for line in lines if re.search(r"\d", line)] == []
    begun = lines.index("Helen set a card aside.")
    assert [line for line in lines[begun:] if "Maureen" in line or "Dana" in line] == []
    assert not any("quiet" in line for line in lines)


@pytest.mark.parametrize("who", ["family", "scribe", "wall", "nobody"])
async def test_for_anyone_else_there_is_no_such_page(meeting: Meeting, who: str) -> None:
    visitor = {"nobody": meeting.server.browser, "wall": None}.get(who)
    if who == "wall":
        browser = await meeting.wall()
    elif visitor is not None:
        browser = visitor()
    else:
        browser = await meeting.comes("Dana", who)
    answer = await browser.get(f"{meeting.page}/audit")
    nowhere = await browser.get("/m/nosuchroom/audit")
    assert (answer.status_code, nowhere.status_code) == (404, 404)
    assert "What happened" not in answer.text
