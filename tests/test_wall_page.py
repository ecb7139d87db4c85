"""The wall as it is first painted, before any script runs: the one scene that belongs there, and how to come in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from server.board.carddesk import AsideCard, WallCard
from server.board.cards import AddCard
from server.board.decisions import AddDecision, DifferDecision
from server.board.meeting import About
from server.board.phases import CloseMeeting, GoToPhase, SetWall, ShowLarge, StartBreak
from server.board.scales import OpenRound
from server.board.voice import Voice
from tests.meeting import Meeting, running, settings_in

CARD, ROUND = "cardcard", "roundround"
ADD = AddCard(ref=90, id=CARD, column="worried", text="I am scared of losing the flat.")


async def shown(meeting: Meeting, *asks: Any) -> tuple[list[str], str]:
    """The scenes that are not hidden, and the page, once Helen has asked for these things."""
    for ask in asks:
        await meeting.room.ask(meeting.helen_id, "device01", ask)
    page = (await (await meeting.wall()).get(f"{meeting.page}/wall")).text
    return re.findall(r'data-scene="(\w+)">', page.partition("<template")[0]), page


def rounds(meeting: Meeting) -> OpenRound:
    return OpenRound(ref=91, id=ROUND, scale=next(iter(meeting.room.board.scales)), show="named")


@pytest.mark.parametrize(
    ("asks", "scene"),
    [
        ([], ["arrive"]),
        ([SetWall(ref=1, code=False)], ["rules"]),
        ([SetWall(ref=1, code=False), ADD], ["columns"]),
        ([GoToPhase(ref=1, phase="well")], ["columns"]),
        ([ADD], ["columns"]),
        ([ADD, ShowLarge(ref=1, about=About("card", CARD))], ["large"]),
        ([ADD, ShowLarge(ref=1, about=About("card", CARD)), AsideCard(ref=2, card=CARD)], ["arrive"]),
        ([ADD, ShowLarge(ref=1, about=About("card", CARD)), StartBreak(ref=2)], ["break"]),
        ([ADD, CloseMeeting(ref=1)], ["ended"]),
        ([ADD, CloseMeeting(ref=1), SetWall(ref=2, blank=True)], []),
        ([ADD, ShowLarge(ref=1, about=About("card", CARD)), "round"], ["round"]),
    ],
)
async def test_the_first_picture_is_the_one_that_stays(meeting: Meeting, asks: Sequence[Any], scene: list[str]) -> None:
    assert (await shown(meeting, *(rounds(meeting) if ask == "round" else ask for ask in asks)))[0] == scene


async def test_what_is_kept_off_the_wall_is_in_no_byte_of_it(meeting: Meeting) -> None:
    _, page = await shown(meeting, ADD, WallCard(ref=1, card=CARD, off=True))
    assert "scared of losing" not in page


async def test_a_childs_words_come_first_and_as_they_were_said(meeting: Meeting) -> None:
    voice = Voice(whose="Kofi", agreed="parts", how="drew", when="14 May", brought_by="Sade")
    child = AddCard(ref=1, id="childcard", column="worried", text="I don't like the shouting.", voice=voice)
    _, page = await shown(meeting, ADD, child, GoToPhase(ref=2, phase="worried"))
    assert page.index("like the shouting") < page.index("scared of losing")
    assert "Kofi’s own words&nbsp;· drawn 14 May&nbsp;· brought by Sade&nbsp;· happy to share this part" in re.sub(
        r"\s+", " ", page
    )


async def test_where_phones_can_come_the_square_and_the_address_stand_on_it(tmp_path: Path) -> None:
    async with running(settings_in(tmp_path, url="http://192.168.1.5:8000")) as server:
        meeting = await server.meeting()
        _, page = await shown(meeting)
    assert f'src="/m/{meeting.id}/qr.svg"' in page
    assert '<p class="arrive__site" dir="ltr" translate="no">192.168.1.5:8000</p>' in page
    assert "Phones cannot reach this address" not in page


async def test_where_they_cannot_one_sentence_stands_there_instead(meeting: Meeting) -> None:
    _, page = await shown(meeting)
    assert "qr.svg" not in page
    assert "Phones cannot reach this address" in page
    assert '<code class="option">--host</code> 0.0.0.0' in page


async def test_there_is_nothing_on_it_to_press_and_no_quick_exit(meeting: Meeting) -> None:
    _, page = await shown(meeting, ADD)
    assert re.findall(r"<(a|button|input|select|textarea|form|details)\b|tabindex|data-exit-link|/leave", page) == []


async def test_what_was_decided_stands_under_the_next_steps_with_who_sees_it_differently(meeting: Meeting) -> None:
    await meeting.comes("Dana")
    said = DifferDecision(ref=1, id="dissent1", decision="decision", text="Two evenings are too few.")
    more = {"reasons": "It worked in May.", "whom": "everyone here"}
    await meeting.room.ask(meeting.helen_id, "device01", AddDecision(ref=92, id="decision", what="Gran helps.", **more))
    await meeting.room.ask(meeting.person("Dana"), "phone001", said)
    scenes, page = await shown(meeting, GoToPhase(ref=1, phase="close"))
    assert scenes == ["steps"]
    painted = page.partition("<template")[0]
    places = [
        painted.index(one) for one in ("Gran helps.", "It worked in May.", "everyone here", "Two evenings", "Dana")
    ]
    assert places == sorted(places)
    assert re.search(r'data-show="next" hidden', painted)
    assert re.search(r'class="lane__empty" data-empty hidden>[^<]*Who could do what', painted)
