"""The practice meeting plays itself over the real wire, lets newcomers in, and gives way to whoever takes it over."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from server import demo
from server.board.cards import AddCard
from server.board.model import Board
from server.demo.actor import Actor
from server.demo.example_a import example_a
from server.demo.example_b import example_b
from server.demo.script import Does, Script
from server.demo.stage import BEFORE_REVEAL_S, LET_OURS_IN_S, Stage
from server.hub import DAY_MS, NoRoom, now_ms
from server.links import MeetingLinks
from server.opening import Wish, open_meeting
from tests.meeting import Browser, Meeting, Running, frame, running, settings_in
from tests.storage import RedisServer, in_time, until

FAST = 60.0
PLAYED_WITHIN_S = 40.0
LATE_S = 0.6
STOPS_WITHIN_S = 10.0
CARDS = [
    ("Ayaan", "well", "I'm good at football and Danny says I could help coach the little ones."),
    ("Carol", "well", "My brother makes my breakfast. He does the toast with faces."),
    ("Farida", "well", "ما هر شب با هم غذا می‌خوریم."),
    ("Owen Pryce", "well", "Ayaan's maths is strong. When he is here he works hard."),
    ("Farida", "well", "In the old flat he walked with a friend and was never late."),
    ("Zohra", "well", "Farida helped me when my baby was ill. She is kind and she does not give up."),
    ("Nkechi Eze", "well", "Farida rang me back the same day about Hana's asthma."),
    ("Danny Moss", "well", "Ayaan has come every Thursday since March."),
    ("Owen Pryce", "worried", "Ayaan has missed 19 days since January, mostly Mondays and Tuesdays."),
    ("Ayaan", "worried", "The bus is two changes and some boys take the mick out of how I talk."),
    ("Farida", "worried", "I do not sleep. I think about my sister who is still far away."),
    ("Carol", "worried", "The wall is black and fluffy by my bed and my chest goes whistly."),
    ("Naveed", "worried", "I work nights so I cannot help with mornings."),
    ("Graham Tull", "worried", "The first repair visit did not happen. That was our mistake."),
    ("Ayaan", "worried", "I read all the letters for Mum. I don't like telling her the bad ones."),
    ("Ayaan", "needs", "Someone to go on the bus with for a bit."),
    ("Zohra", "needs", "I take Hana to school on Mondays and Tuesdays so Ayaan can go straight to his bus."),
    ("Nkechi Eze", "needs", "Letters from us and school come in Dari, or by a voice message."),
    ("Graham Tull", "needs", "Treat the mould and fit a fan."),
    ("Farida", "needs", "I would like to talk to a doctor about sleep, with a woman interpreter."),
    ("Carol", "needs", "I wish my room was yellow."),
]
"""Cards B01 to B21 of Example B."""
NUMBERS = {
    "Farida": 4,
    "Ayaan": 5,
    "Naveed": 6,
    "Zohra": 5,
    "Beth": 5,
    "Owen Pryce": 3,
    "Nkechi Eze": 5,
    "Graham Tull": "not-sure",
    "Danny Moss": 7,
}


async def ready(
    server: Running, speed: float = FAST, example: Callable[[], Script] = example_b
) -> tuple[Meeting, Stage]:
    """A practice meeting that has not begun; `helen` is a browser with Beth's own link."""
    script = example()
    asked = Wish(title=script.title, template=script.template, name=script.figures[script.facilitator].name)
    links = await open_meeting(server.hub, server.site.templates, asked, base=server.url, practice=True)
    helen = server.browser()
    await helen.open_link(links.facilitator)
    stage = Stage(links, script, address=server.url, origin=server.settings.url or server.url, speed=speed)
    return Meeting(server, links, await server.hub.room(links.room), helen), stage


@asynccontextmanager
async def playing(
    server: Running, speed: float = FAST, example: Callable[[], Script] = example_b
) -> AsyncIterator[tuple[Meeting, Stage]]:
    """A practice meeting that plays."""
    meeting, stage = await ready(server, speed, example)
    play = asyncio.create_task(stage.play())
    try:
        yield meeting, stage
        assert not play.done(), "it stays and lets newcomers in"
    finally:
        play.cancel()
        await asyncio.gather(play, return_exceptions=True)


def state_of_round(board: Board) -> str:
    return next((round.state for round in board.rounds.values()), "")


def cards_of(board: Board) -> list[tuple[str, str, str]]:
    """What everyone has seen, in the order in which it came onto the board."""
    there = sorted((card for card in board.cards.values() if not card.unseen), key=lambda card: card.order)
    return [(board.people[card.by].name, card.column, card.text) for card in there]


def phase_of(board: Board) -> str:
    return board.meeting.phase if board.meeting is not None else ""


def takers(board: Board) -> dict[str, list[str]]:
    """Who is shown to take each next step on."""
    return {
        step.what: [board.people[one.person].name for one in board.owners.values() if one.step == step.id and one.shown]
        for step in board.steps.values()
    }


def numbers_of(board: Board, round: str) -> dict[str, Any]:
    return {board.people[one.person].name: one.value for one in board.ratings.values() if one.round == round}


async def says(browser: Browser, room: str, ask: str, **fields: Any) -> dict[str, Any]:
    """Ask for something without a socket."""
    answer = await browser.client.post(
        f"/m/{room}/live", params={"device": os.urandom(8).hex()}, json={"ask": ask, "ref": 1, **fields}
    )
    said: dict[str, Any] = answer.json()
    return said


async def test_it_plays_from_the_door_to_the_close_and_nothing_is_refused(server: Running) -> None:
    async with playing(server) as (meeting, stage):
        board = lambda: meeting.room.board  # noqa: E731
        await until(lambda: phase_of(board()) == "close", PLAYED_WITHIN_S)
        assert cards_of(board())[:21] == CARDS
        school, home = board().rounds.values()
        assert (school.show, school.asked, school.answered) == ("named", 9, 9)
        assert numbers_of(board(), school.id) == NUMBERS
        assert numbers_of(board(), home.id)["Hana"] == 4, "an absent child's number is sent in"
        reasons = {board().people[one.person].name: one.reason for one in board().ratings.values() if one.reason}
        assert reasons == {
            "Ayaan": "Thursdays are good now",
            "Owen Pryce": "still one day in four missed",
            "Danny Moss": "he is a leader here",
        }
        assert [board().people[one.person].name for one in board().past.values() if one.value == 2] == [
            "Ayaan",
            "Owen Pryce",
        ]
        assert [one.state for one in board().sets.values()] == ["board", "board"]
        assert takers(board())["Phone Farida on Sunday evenings."] == ["Naveed"]
        assert stage.refused == []


async def test_the_other_example_plays_too_and_nobody_of_the_other_room_is_in_it(server: Running) -> None:
    async with playing(server, example=example_a) as (meeting, stage):
        board = lambda: meeting.room.board  # noqa: E731
        await until(lambda: len(board().decisions) == 1, PLAYED_WITHIN_S)
        assert len(board().cards) == 20
        home, drink, overall = board().rounds.values()
        assert numbers_of(board(), home.id) == {
            "Dana": 6,
            "Maureen": 4,
            "Shirin": 5,
            "Kofi": 3,
            "Tom Okafor": 3,
            "Jo Castell": 4,
            "Anya Petrov": 5,
            "Marcus Lyle": 2,
            "Lou Fenwick": 4,
        }
        assert "Marcus Lyle" not in {
            board().people[one.person].name
            for one in board().ratings.values()
            if one.round == drink.id and one.shown == "named" and one.value != "rather-not"
        }
        kofi = next(one for one in board().ratings.values() if one.round == overall.id and one.source and one.person)
        assert (board().people[kofi.person].name, board().people[kofi.typed_by].name) == ("Kofi", "Sade")
        assert [one.state for one in board().polls.values()] == ["shown", "shown"]
        assert takers(board())["Set the code word and test it."] == ["Dana", "Lou Fenwick"]
        assert takers(board())["A sober grown-up is in the home every night the children are there."] == []
        assert not any("Rhys" in person.name for person in board().people.values())
        assert stage.refused == []


async def test_nobody_is_named_in_the_script_before_they_are_in(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    knock = Actor.knock

    async def late(actor: Actor, code: str, *, name: str, **more: Any) -> None:
        await asyncio.sleep(LATE_S if name == "Tom Okafor" else 0)
        await knock(actor, code, name=name, **more)

    monkeypatch.setattr(Actor, "knock", late)
    async with playing(server, example=example_a) as (meeting, stage):
        lead = lambda: [one.name for one in meeting.room.board.people.values() if one.lead]  # noqa: E731
        await until(lambda: lead() == ["Tom Okafor"], PLAYED_WITHIN_S)
        assert stage.refused == []


async def test_a_childs_words_are_hers_and_a_callers_words_are_confirmed(server: Running) -> None:
    async with playing(server) as (meeting, _stage):
        await until(lambda: state_of_round(meeting.room.board) == "open", PLAYED_WITHIN_S)
        board = meeting.room.board
        voices = [card.voice for card in board.cards.values() if card.voice is not None]
        assert [(one.whose, one.how, one.when, one.brought_by, one.agreed) for one in voices] == [
            ("Hana", "drew", "5 May", "Carol", "yes"),
            ("Hana", "said", "5 May", "Carol", "yes"),
            ("Hana", "said", "5 May", "Carol", "yes"),
        ]
        (typed,) = [card for card in board.cards.values() if card.typed_by]
        assert board.people[typed.by].name == "Naveed"
        assert board.people[typed.typed_by].name == "Sam"
        assert typed.confirmed == "voice"
        assert board.people[typed.by].how == "phone"


async def test_nobody_learns_a_number_before_the_reveal_and_everyone_sees_the_same_after_it(server: Running) -> None:
    async with playing(server) as (meeting, _stage):
        wall = await meeting.wall()
        async with wall.live(meeting.id) as line:
            shown: dict[str, Any] = {}
            while len(shown) < 9:
                said = json.loads(await in_time(line.recv(), PLAYED_WITHIN_S))
                rounds = said.get("put", {}).get("round", {}).values()
                ratings = said.get("put", {}).get("rating", {})
                assert not ratings or all(round["state"] == "shown" for round in rounds)
                shown |= {one["person"]: one["value"] for one in ratings.values()}
        people = meeting.room.board.people
        assert {people[id].name: value for id, value in shown.items()} == NUMBERS


async def test_a_newcomer_is_let_in_rates_with_the_others_and_is_waited_for(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.demo.stage.NEWCOMERS_WITHIN_S", 1800.0)
    async with playing(server) as (meeting, stage):
        jo = await meeting.knocks("Jo")
        async with jo.live(meeting.id) as line:
            welcome = await frame(line, "welcome")
            assert welcome["you"]["role"] == "family"
        await until(lambda: state_of_round(meeting.room.board) == "open", PLAYED_WITHIN_S)
        round = next(iter(meeting.room.board.rounds))
        await until(lambda: meeting.room.board.rounds[round].answered == 9, PLAYED_WITHIN_S)
        await asyncio.sleep(5 * BEFORE_REVEAL_S / FAST)
        assert state_of_round(meeting.room.board) == "open"
        assert (await says(jo, meeting.id, "rating.set", round=round, value=8))["is"] == "done"
        await until(lambda: state_of_round(meeting.room.board) == "shown", PLAYED_WITHIN_S)
        assert numbers_of(meeting.room.board, round) == {**NUMBERS, "Jo": 8}
        assert stage.refused == []


async def test_whom_a_real_facilitator_refused_stays_out(server: Running) -> None:
    async with playing(server, speed=1.0) as (meeting, _stage):
        await meeting.knocks("Jo")
        assert (await says(meeting.helen, meeting.id, "person.refuse", person=meeting.person("Jo")))["is"] == "done"
        await until(lambda: len(cards_of(meeting.room.board)) >= 2, PLAYED_WITHIN_S)
        assert meeting.room.board.people[meeting.person("Jo")].state == "refused"


async def test_a_real_facilitator_leads_and_the_invented_people_follow_her(server: Running) -> None:
    async with playing(server, speed=20.0) as (meeting, stage):
        await until(lambda: len(meeting.room.board.cards) >= 3, PLAYED_WITHIN_S)
        assert (await says(meeting.helen, meeting.id, "phase.go", phase="steps"))["is"] == "done"
        await until(lambda: len(meeting.room.board.cards) == 24, PLAYED_WITHIN_S)
        board = meeting.room.board
        assert board.meeting is not None
        assert (board.meeting.phase, board.meeting.pause, board.meeting.about) == ("steps", False, None)
        assert board.rounds == {}, "she asks for numbers herself"
        scale = next(iter(board.scales))
        opened = await says(meeting.helen, meeting.id, "round.open", id="hersroundid", scale=scale, show="role")
        assert opened["is"] == "done"
        await until(lambda: len(meeting.room.board.ratings) == 8, PLAYED_WITHIN_S)
        assert meeting.room.board.rounds["hersroundid"].state == "open"
        assert (await says(meeting.helen, meeting.id, "round.reveal", round="hersroundid"))["is"] == "done"
        assert stage.refused == []


async def test_what_a_real_facilitator_stops_is_passed_over_and_the_meeting_goes_on(server: Running) -> None:
    async with playing(server) as (meeting, stage):
        await says(meeting.helen, meeting.id, "column.close", column="worried")
        await until(lambda: state_of_round(meeting.room.board) == "open", PLAYED_WITHIN_S)
        round = next(iter(meeting.room.board.rounds))
        assert (await says(meeting.helen, meeting.id, "round.cancel", round=round))["is"] == "done"
        await until(lambda: bool(meeting.room.board.steps), PLAYED_WITHIN_S)
        assert meeting.room.board.rounds[round].state == "cancelled"
        assert {code for _, code in stage.refused} == {"column-closed", "not-open", "no-card", "not-there"}


async def test_during_a_break_invented_people_keep_their_words_until_it_is_over(server: Running) -> None:
    meeting, stage = await ready(server)
    await says(meeting.helen, meeting.id, "break.start")
    play = asyncio.create_task(stage.play())
    people = lambda: meeting.room.board.people.values()  # noqa: E731
    await until(lambda: any(one.name == "Danny Moss" and one.state == "here" for one in people()), PLAYED_WITHIN_S)
    assert meeting.room.board.cards == {}
    await says(meeting.helen, meeting.id, "break.end")
    await until(lambda: cards_of(meeting.room.board)[:1] == CARDS[:1], PLAYED_WITHIN_S)
    assert stage.refused == []
    play.cancel()
    await asyncio.gather(play, return_exceptions=True)


async def test_an_erased_meeting_ends_the_play_quietly(server: Running) -> None:
    meeting, stage = await ready(server)
    play = asyncio.create_task(stage.play())
    await until(lambda: len(meeting.room.board.cards) >= 1, PLAYED_WITHIN_S)
    await server.hub.erase(meeting.id)
    await in_time(play, PLAYED_WITHIN_S)
    # Nobody was told that what they said could not be taken.
    assert stage.refused == []
    assert await server.hub.store.all() == []


async def test_under_a_public_address_it_plays_with_that_origin_and_secure_cookies(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, url="https://board.example.org")
    async with running(settings) as server, playing(server) as (meeting, stage):
        await until(lambda: len(cards_of(meeting.room.board)) >= 2, PLAYED_WITHIN_S)
        assert cards_of(meeting.room.board)[:2] == CARDS[:2]
        assert stage.refused == []
        assert {name.partition("-")[0] for name in meeting.helen.client.cookies} == {"__Host"}


async def test_with_redis_a_second_process_shows_it_too(redis_server: RedisServer, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, redis=redis_server.url)
    async with running(settings) as here, running(settings) as there, playing(here) as (meeting, _stage):
        wall = there.browser()
        await wall.open_link(meeting.links.wall)
        async with wall.live(meeting.id) as line:
            cards: dict[str, str] = {}
            while len(cards) < len(CARDS):
                said = json.loads(await in_time(line.recv(), PLAYED_WITHIN_S))
                cards |= {id: card["text"] for id, card in said.get("put", {}).get("card", {}).items()}
        assert {text for _, _, text in CARDS} <= set(cards.values())


async def test_staff_begin_one_from_the_start_page_and_get_its_links(server: Running) -> None:
    staff = await server.staff()
    assert 'action="/demo"' in (await staff.get("/")).text
    assert 'action="/demo"' not in (await server.browser().get("/")).text
    page = await staff.post("/demo")
    assert page.status_code == 200
    links = re.findall(rf"{server.url}/(?:in#|join/)[\w.-]+(?=<)", page.text)
    assert len(links) == 3
    assert f'href="{links[2]}" target="_blank"' in page.text, "the screen opens beside the meeting"
    helen = server.browser()
    opened = await helen.open_link(links[0])
    assert opened["role"] == "facilitator"
    async with helen.live(opened["room"]) as line:
        async with asyncio.timeout(PLAYED_WITHIN_S):
            while not json.loads(await line.recv()).get("put", {}).get("card"):
                pass


async def test_only_staff_begin_one_and_only_a_few_at_once(server: Running) -> None:
    assert (await server.browser().post("/demo")).status_code == 403
    staff = await server.staff()
    answers = [await staff.post("/demo") for _ in range(demo.AT_ONCE_MOST + 1)]
    assert [answer.status_code for answer in answers] == [200] * demo.AT_ONCE_MOST + [429]
    assert "Several practice meetings are going on just now." in answers[-1].text


async def test_after_a_while_the_invented_people_leave_and_make_room(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.demo.STAYS_S", 0.2)
    staff = await server.staff()
    assert (await staff.post("/demo")).status_code == 200
    await until(lambda: not server.site.tasks, PLAYED_WITHIN_S)


async def test_a_practice_meeting_is_erased_a_day_later_whatever_became_of_it(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(server) as (meeting, _stage):
        await until(lambda: len(meeting.room.board.cards) >= 1, PLAYED_WITHIN_S)
    ordinary = await server.meeting()
    now = now_ms()
    monkeypatch.setattr("server.hub.now_ms", lambda: now + DAY_MS - 60_000)
    assert await server.hub.erase_ended() == 0
    monkeypatch.setattr("server.hub.now_ms", lambda: now + DAY_MS + 60_000)
    assert await server.hub.erase_ended() == 1
    with pytest.raises(NoRoom):
        await server.hub.room(meeting.id)
    assert (await server.hub.room(ordinary.id)).board.meeting is not None


def page_of(address: str, cookie: str) -> str:
    with urlopen(Request(address, headers={"Cookie": cookie})) as answer:
        return unescape(answer.read().decode())


class Terminal:
    """A terminal in which `signboard demo` runs."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")}
        self.env = {**kept, "SIGNBOARD_DATA": str(folder / "data"), "SIGNBOARD_KEY_FILE": str(folder / "key")}

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "server", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def demo(self, *words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
        """The demo while it runs, and the links it printed."""
        command = [sys.executable, "-m", "server", "demo", "--port", "0", *words]
        with subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                links: dict[str, str] = {}
                while len(links) < 3:
                    line = process.stdout.readline()
                    assert line, "the demo ended before it had printed its links"
                    about, colon, link = line.strip().partition(": ")
                    if colon and re.search(r"/in#|/join/", link):
                        links[about] = link
                yield process, links
            finally:
                if process.poll() is None:
                    process.terminate()
                process.communicate(timeout=STOPS_WITHIN_S)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_one_command_prints_three_links_and_leaves_nothing_behind_when_told_to_stop(
    tmp_path: Path, told: signal.Signals
) -> None:
    terminal = Terminal(tmp_path)
    with terminal.demo() as (process, links):
        assert list(links) == ["The screen on the wall", "Join as yourself", "Run it, as the facilitator"]
        link = links["Run it, as the facilitator"]
        address, key = link.split("/in#")
        opened = Request(
            f"{address}/in",
            json.dumps({"key": key}).encode(),
            {"Origin": address, "Content-Type": "application/json"},
        )
        with urlopen(opened) as answer:
            room = json.load(answer)["room"]
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        began = time.monotonic()
        while CARDS[0][2] not in page_of(f"{address}/m/{room}", cookie):
            assert time.monotonic() - began < PLAYED_WITHIN_S
            time.sleep(0.2)
        process.send_signal(told)
        began = time.monotonic()
        _, err = process.communicate(timeout=STOPS_WITHIN_S)
        assert time.monotonic() - began < STOPS_WITHIN_S
        assert (process.returncode, err) == (0, "")
    assert "There is no meeting with this id" in terminal("verify", room).stderr


def test_the_first_card_comes_within_three_seconds() -> None:
    waits = 0.0
    for step in example_b().steps:
        assert isinstance(step, Does)
        waits += step.pause_s
        if isinstance(step.ask, AddCard):
            break
    assert waits < 3.0 - LET_OURS_IN_S


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("demo", "--example", "C"), "There is no example “C”. There is: A, B.\n"),
        (("demo", "--speed", "0"), "argument --speed: The speed is a number from 0.1 to 1000.\n"),
        (("demo", "--speed", "nan"), "argument --speed: The speed is a number from 0.1 to 1000.\n"),
        (("demo", "--speed", "fast"), "argument --speed: The speed is a number from 0.1 to 1000.\n"),
    ],
)
def test_what_does_not_play_is_answered_with_what_does(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = Terminal(tmp_path)(*words)
    assert done.returncode == 2
    assert said in done.stderr


def test_its_links_are_told_one_a_line() -> None:
    links = MeetingLinks(room="r", code="c", facilitator="F", join="J", wall="W")
    assert [line.rpartition(": ")[2] for line in demo.greeting(links)[1:]] == ["W", "J", "F"]
