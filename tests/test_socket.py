"""The wire as other programs meet it: a WebSocket, or a stream and posts, spoken to a real server."""

from __future__ import annotations

import asyncio
import functools
import json
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server import pulse
from server.app import create_app
from server.board.cards import AddCard
from server.board.people import AdmitPerson, ChangeRole, RefusePerson, RemovePerson
from server.board.phases import HideAuthors
from server.pace import UNANSWERED_MOST
from server.serve import Server, config, listen
from server.settings import Settings
from server.socket import SOCKETS_MOST
from tests.meeting import ADMIN_TOKEN, Browser, Meeting, Running, frame, running

WITHIN_S = 1.0
NOWHERE = "nosuchroom000000"


@pytest.fixture(autouse=True)
def sign_of_life(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life come by the clock, between any two frames: here they come when a test asks for them, or never."""
    monkeypatch.setattr(pulse, "TICK_S", getattr(request, "param", 10**9))


def add(ref: int, text: str = "Gran picks us up", **more: Any) -> str:
    return json.dumps({"ask": "card.add", "ref": ref, "id": f"card{ref:04d}", "column": "well", "text": text, **more})


async def hear(line: ClientConnection, within: float = 5.0) -> dict[str, Any]:
    """The next frame, whatever it is."""
    async with asyncio.timeout(within):
        said: dict[str, Any] = json.loads(await line.recv())
        return said


async def end_of(line: ClientConnection, within: float = 5.0) -> tuple[dict[str, Any], int]:
    """The last frame, and the close code after it."""
    last: dict[str, Any] = {}
    try:
        while True:
            last = await hear(line, within)
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        return last, closed.rcvd.code


async def here(browser: Browser, room: str, **query: str) -> tuple[dict[str, Any], int]:
    """How a connection that may not be ends."""
    async with browser.live(room, **query) as line:
        return await end_of(line)


async def says(meeting: Meeting, ask: Any) -> int:
    """Helen asks from her desk."""
    return await meeting.room.ask(meeting.helen_id, "desk0000", ask)


async def test_a_card_comes_back_as_a_change_and_then_as_done(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        welcome = await frame(line, "welcome")
        assert welcome["v"] == 1
        assert welcome["you"] == {"id": meeting.person("Maureen"), "role": "family", "mine": []}
        assert all(isinstance(parts, dict) for parts in welcome["put"].values())
        # Coming is itself written, so a change may stand between.
        await line.send(add(1))
        change = await frame(line, "change")
        while "card" not in change["put"]:
            change = await frame(line, "change")
        done = await hear(line)
        card = change["put"]["card"]["card0001"]
        assert (card["text"], card["by"], card["version"]) == ("Gran picks us up", welcome["you"]["id"], 1)
        assert done == {"is": "done", "ref": 1, "seq": change["seq"]}


async def test_everyone_hears_of_it_and_the_number_is_the_same(meeting: Meeting) -> None:
    maureen, jo, wall = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency"), await meeting.wall()
    async with maureen.live(meeting.id) as one, jo.live(meeting.id) as other, wall.live(meeting.id) as screen:
        for line in (one, other, screen):
            await frame(line, "welcome")
        await one.send(add(1))
        done = await frame(one, "done")
        for line in (other, screen):
            change = await frame(line, "change")
            while "card" not in change["put"]:
                change = await frame(line, "change")
            assert change["seq"] == done["seq"]


async def test_asked_again_it_gets_the_first_done_and_changes_nothing(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id, device="phone001") as line:
        await line.send(add(7))
        first = await frame(line, "done")
        await line.send(add(7))
        assert await frame(line, "done") == first
        await line.send(add(7, "Other words"))
        assert (await frame(line, "no"))["code"] == "ref-used"
    async with maureen.live(meeting.id, device="phone001") as line:
        await line.send(add(7))
        assert await frame(line, "done") == first
    answer = await maureen.client.post(f"{meeting.page}/live?device=phone001", content=add(7))
    assert answer.json() == first
    assert len(meeting.room.board.cards) == 1


BAD = {
    "no json": "words",
    "no ask": "{}",
    "unknown ask": '{"ask":"card.burn","ref":1}',
    "unknown field": '{"ask":"card.remove","ref":1,"card":"card0001","now":true}',
    "wrong kind": '{"ask":"card.add","ref":1,"id":"card0001","column":"well","text":5}',
    "no such column": '{"ask":"card.add","ref":1,"id":"card0001","column":"hopes","text":"x"}',
    "lone surrogate": '{"ask":"card.add","ref":1,"id":"card0001","column":"well","text":"\\ud800"}',
    "not a number": '{"ask":"rating.set","ref":1,"round":"round001","value":NaN}',
    "too high": '{"ask":"rating.set","ref":1,"round":"round001","value":11}',
    "a half": '{"ask":"rating.set","ref":1,"round":"round001","value":4.5}',
    "yes is no number": '{"ask":"rating.set","ref":1,"round":"round001","value":true}',
    "deep": "[" * 5000,
    "a list": "[]",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_what_cannot_be_read_gets_a_no_and_costs_nothing(meeting: Meeting, bad: str) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await line.send(bad)
        no = await frame(line, "no")
        assert no["code"] == ("bad-character" if "ud800" in bad else "unreadable")
        assert no["why"].endswith(".")
        assert no.get("ref") == (1 if '"ref":1' in bad else None)
        await line.send(add(2))
        await frame(line, "done")


async def test_a_huge_frame_costs_that_socket_and_never_the_person(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await frame(line, "welcome")
        await line.send("x" * 17_000)
        _, code = await end_of(line)
        assert code == 1009
    async with maureen.live(meeting.id) as line:
        await frame(line, "welcome")


REFUSED = {
    "empty": (add(1, "   "), "empty"),
    "too long": (add(1, "x" * 1001), "too-long"),
    "hidden sign": (add(1, "a\u0000b"), "bad-character"),
    "not for you": ('{"ask":"card.aside","ref":1,"card":"card0001"}', "not-for-you"),
    "no card": ('{"ask":"card.remove","ref":1,"card":"card0099"}', "no-card"),
    "no round": ('{"ask":"rating.set","ref":1,"round":"round001","value":4}', "no-round"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
async def test_what_may_not_be_is_refused_with_a_sentence(meeting: Meeting, case: tuple[str, str]) -> None:
    ask, code = case
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await line.send(ask)
        no = await frame(line, "no")
    assert (no["ref"], no["code"]) == (1, code)
    assert no["why"].endswith(".")
    assert meeting.room.board.cards == {}


async def test_a_thousand_signs_of_any_kind_are_kept_exactly_as_typed(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    words = ("ما هر شب با هم غذا می‌خوریم. 👨‍👩‍👧 é e\u0301\n\t " * 40)[:1000]
    async with maureen.live(meeting.id) as line:
        await line.send(add(1, words))
        await frame(line, "done")
    assert meeting.room.board.cards["card0001"].text == words


async def test_a_room_one_is_not_in_answers_exactly_like_one_that_does_not_exist(meeting: Meeting) -> None:
    stranger, cookie = meeting.server.browser(), meeting.server.browser()
    cookie.client.cookies.set(f"sb-{meeting.id}", "x" * 32)
    answers = [await here(stranger, meeting.id), await here(stranger, NOWHERE), await here(cookie, meeting.id)]
    assert [code for _, code in answers] == [4404] * 3
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0]["is"] == "bye"
    streams = [
        await one.get(f"/m/{room}/live?device=device01", accept="text/event-stream")
        for one, room in ((stranger, meeting.id), (stranger, NOWHERE), (cookie, meeting.id))
    ]
    assert [(one.status_code, one.content) for one in streams] == [(404, streams[0].content)] * 3
    posts = [
        await one.client.post(f"/m/{room}/live?device=device01", content=add(1))
        for one, room in ((stranger, meeting.id), (stranger, NOWHERE), (cookie, meeting.id))
    ]
    assert [(one.status_code, one.content) for one in posts] == [(404, posts[0].content)] * 3


@pytest.mark.parametrize("device", ["", "a b", "x" * 65, "ü"])
async def test_a_device_without_a_proper_name_gets_nothing(meeting: Meeting, device: str) -> None:
    maureen = await meeting.comes("Maureen")
    assert (await here(maureen, meeting.id, device=device))[1] == 4404


async def test_the_lobby_hears_that_it_waits_and_then_the_welcome_on_the_same_socket(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Maureen")
    jo = await meeting.comes("Jo", "agency")
    async with maureen.live(meeting.id) as line, jo.live(meeting.id) as other:
        assert await hear(line) == {"is": "waiting"}
        await other.send(add(1))
        await frame(other, "done")
        await line.send(add(2))
        assert await hear(line) == {"is": "no", "ref": 2, "code": "not-in", "why": "You are not in this meeting."}
        await line.send('{"ask":"person.name","ref":3,"name":"Maureen W."}')
        # No number in the lobby: by asking again and again, somebody could count how much the others write.
        assert await hear(line) == {"is": "done", "ref": 3, "seq": 0}
        answer = await maureen.client.post(
            f"{meeting.page}/live?device=device02", json={"ask": "person.name", "ref": 4, "name": "Maureen W."}
        )
        assert answer.json() == {"is": "done", "ref": 4, "seq": 0}
        await says(meeting, AdmitPerson(ref=1, person=meeting.person("Maureen W.")))
        welcome = await hear(line, WITHIN_S)
        assert welcome["is"] == "welcome"
        assert list(welcome["put"]["card"]) == ["card0001"]
        await line.send(add(2))
        await frame(line, "done")


async def test_who_is_refused_hears_so_at_once_and_again_later(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Maureen")
    async with maureen.live(meeting.id) as line:
        await frame(line, "waiting")
        await says(meeting, RefusePerson(ref=1, person=meeting.person("Maureen")))
        bye, code = await end_of(line, WITHIN_S)
    assert (bye["is"], bye["code"], code) == ("bye", "refused", 4403)
    assert (await here(maureen, meeting.id))[1] == 4403
    stream = await maureen.get(f"{meeting.page}/live?device=device01", accept="text/event-stream")
    assert (stream.status_code, stream.json()["code"]) == (403, "refused")


async def test_removal_acts_on_every_open_socket_within_a_second(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as one, maureen.live(meeting.id, device="tablet01") as other:
        await frame(one, "welcome")
        await frame(other, "welcome")
        await says(meeting, RemovePerson(ref=1, person=meeting.person("Maureen")))
        for line in (one, other):
            bye, code = await end_of(line, WITHIN_S)
            assert (bye["code"], code) == ("removed", 4403)


async def test_another_role_brings_a_new_welcome_at_once(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await frame(line, "welcome")
        await says(meeting, ChangeRole(ref=1, person=meeting.person("Maureen"), role="observer"))
        assert (await frame(line, "welcome", WITHIN_S))["you"]["role"] == "observer"


async def test_hidden_authors_bring_everybody_a_new_welcome_without_them(meeting: Meeting) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    await meeting.room.ask(
        meeting.person("Maureen"), "device09", AddCard(ref=1, id="card0001", column="well", text="x")
    )
    async with jo.live(meeting.id) as line:
        assert (await frame(line, "welcome"))["put"]["card"]["card0001"]["by"] == meeting.person("Maureen")
        await says(meeting, HideAuthors(ref=1))
        assert "by" not in (await frame(line, "welcome", WITHIN_S))["put"]["card"]["card0001"]
    assert (await here_is(maureen, meeting))["you"]["mine"] == ["card0001"]


async def here_is(browser: Browser, meeting: Meeting) -> dict[str, Any]:
    """The welcome a browser gets now."""
    async with browser.live(meeting.id) as line:
        return await frame(line, "welcome")


async def test_what_is_yours_is_told_to_your_other_device(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id, device="phone001") as one, maureen.live(meeting.id, device="tablet01") as other:
        await frame(one, "welcome")
        await frame(other, "welcome")
        await one.send(add(1))
        await frame(one, "done")
        assert await frame(other, "you") == {"is": "you", "mine": ["card0001"]}


async def test_coming_back_with_a_number_brings_one_change_with_what_was_missed(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        welcome = await frame(line, "welcome")
        await line.send(add(1))
        await frame(line, "done")
    seq = meeting.room.board.seq
    for ref in (2, 3):
        await meeting.room.ask(
            meeting.helen_id, "desk0000", AddCard(ref=ref, id=f"card000{ref}", column="well", text="x")
        )
    async with maureen.live(meeting.id, after=seq, epoch=welcome["epoch"]) as line:
        change = await hear(line)
        assert change["is"] == "change"
        assert set(change["put"]["card"]) == {"card0002", "card0003"}
        assert change["seq"] == meeting.room.board.seq
    for query in (
        {"after": seq},
        {"after": seq, "epoch": "another"},
        {"after": 10**9, "epoch": welcome["epoch"]},
        {"after": "x", "epoch": welcome["epoch"]},
    ):
        async with maureen.live(meeting.id, **query) as line:
            assert set((await hear(line))["put"]["card"]) == {"card0001", "card0002", "card0003"}


async def test_a_wall_is_no_person_and_can_do_nothing(meeting: Meeting) -> None:
    wall = await meeting.wall()
    for browser, query in ((wall, {}), (meeting.helen, {"as": "wall"})):
        async with browser.live(meeting.id, **query) as line:
            welcome = await frame(line, "welcome")
            assert welcome["you"] == {"id": "wall", "role": "wall"}
            assert "admit" not in next(iter(welcome["put"]["meeting"].values()))
            await line.send(add(1))
            assert (await frame(line, "no"))["code"] == "not-in"


async def test_nobody_but_the_facilitator_takes_the_place_of_a_wall(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with AsyncExitStack() as stack:
        for number in range(SOCKETS_MOST):
            looks = maureen.live(meeting.id, device=f"device0{number}", **{"as": "wall"})
            welcome = await frame(await stack.enter_async_context(looks), "welcome")
            assert welcome["you"]["id"] == meeting.person("Maureen")
        assert (await here(maureen, meeting.id, device="device99", **{"as": "wall"}))[1] == 4429
        async with meeting.helen.live(meeting.id, **{"as": "wall"}) as line:
            assert (await frame(line, "welcome"))["you"]["id"] == "wall"


async def test_a_flood_is_read_more_slowly_and_refused_nothing(meeting: Meeting) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    many = 45
    began = asyncio.get_running_loop().time()
    async with maureen.live(meeting.id) as line, jo.live(meeting.id) as other:
        for ref in range(many):
            await line.send(add(ref))
        await other.send(add(900))
        await frame(other, "done", 1.0)
        for ref in range(many):
            assert (await frame(line, "done"))["ref"] == ref
    took = asyncio.get_running_loop().time() - began
    # A burst of 30, then ten a second.
    assert 1.3 < took < 4.0
    assert len(meeting.room.board.cards) == many + 1


async def test_who_is_read_slowly_is_not_taken_for_gone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.serve.PING_S", 0.5)
    many = 60
    async with running(settings) as server:
        meeting = await server.meeting()
        maureen = await meeting.comes("Maureen")
        async with maureen.live(meeting.id) as line:
            # The answers to the server's pings wait behind all these.
            for ref in range(many):
                await line.send(add(ref))
            for ref in range(many):
                assert (await frame(line, "done"))["ref"] == ref


async def test_who_answers_no_ping_is_taken_for_gone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.serve.PING_S", 0.5)
    async with running(settings) as server:
        meeting = await server.meeting()
        maureen = await meeting.comes("Maureen")
        async with maureen.live(meeting.id) as line:
            await frame(line, "welcome")
            line.transport.pause_reading()
            await until(lambda: not meeting.room.members)
        assert meeting.room.board.people[meeting.person("Maureen")].state == "here"


async def test_so_many_unanswered_asks_close_the_socket(meeting: Meeting, server: Running) -> None:
    maureen = await meeting.comes("Maureen")
    going = threading.Event()
    stall = asyncio.create_task(server.hub.store._writer.run(lambda db: going.wait(20)))  # type: ignore[attr-defined]
    try:
        async with maureen.live(meeting.id) as line:
            await frame(line, "welcome")
            for ref in range(UNANSWERED_MOST + 1):
                await line.send(add(ref))
            bye, code = await end_of(line, 8.0)
            assert (bye["code"], code) == ("flooding", 4429)
    finally:
        going.set()
        await stall
    async with maureen.live(meeting.id) as line:
        assert set((await frame(line, "welcome"))["put"].get("card", {})) <= {f"card{ref:04d}" for ref in range(65)}


async def test_so_many_posts_without_an_answer_and_the_next_is_told_to_wait(meeting: Meeting, server: Running) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    address = f"{meeting.page}/live?device=device01"
    going = threading.Event()
    stall = asyncio.create_task(server.hub.store._writer.run(lambda db: going.wait(20)))  # type: ignore[attr-defined]
    name = f"{meeting.id}/{meeting.person('Maureen')}"
    try:
        posts = [asyncio.create_task(maureen.client.post(address, content=add(ref))) for ref in range(UNANSWERED_MOST)]
        await until(lambda: server.site.unanswered._asks[name] == UNANSWERED_MOST)
        one_more = await maureen.client.post(address, content=add(900))
        assert (one_more.status_code, one_more.json()["code"]) == (429, "flooding")
        other = asyncio.create_task(jo.client.post(address, content=add(901)))
        await asyncio.sleep(0.1)
        assert not other.done()
    finally:
        going.set()
        await stall
    assert {answer.json()["is"] for answer in await asyncio.gather(*posts, other)} == {"done"}
    assert (await maureen.client.post(address, content=add(900))).json()["is"] == "done"
    assert not server.site.unanswered._asks


async def test_who_goes_away_before_they_have_said_all_is_nobody_s_mistake(
    meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    maureen = await meeting.comes("Maureen")
    address = f"{meeting.page}/live?device=device01"
    before = [asyncio.create_task(maureen.client.post(address, content=add(ref))) for ref in range(45)]
    await until(lambda: len(meeting.room.board.cards) >= 30)
    url = httpx2.URL(maureen.server.url)
    cookies = "; ".join(f"{name}={value}" for name, value in maureen.client.cookies.items())
    for path, sent in ((address, add(50)), (address, add(51)[:20]), ("/go", "co")):
        _reader, writer = await asyncio.open_connection(url.host, url.port)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nOrigin: {maureen.origin}\r\n"
            f"Cookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(add(50))}\r\n\r\n"
        )
        writer.write((head + sent).encode())
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
    # What was said whole counts, however slowly it is read.
    await asyncio.gather(*before)
    await until(lambda: "card0050" in meeting.room.board.cards)
    await asyncio.sleep(0.1)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_device_that_comes_back_takes_the_place_of_its_own_old_line(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(maureen.live(meeting.id, device=device))
            for device in ("tablet01", *["phone001"] * (SOCKETS_MOST - 1))
        ]
        for line in lines:
            await frame(line, "welcome")
        async with maureen.live(meeting.id, device="phone001") as line:
            await frame(line, "welcome")
            bye, code = await end_of(lines[1], WITHIN_S)
            assert (bye["code"], code) == ("flooding", 4429)
            assert len(meeting.room.members) == SOCKETS_MOST
            await lines[0].send(add(1))
            await frame(lines[0], "done")
            await frame(lines[2], "change")
            assert (await here(maureen, meeting.id, device="another0"))[1] == 4429


async def test_one_person_has_eight_sockets_and_not_nine(meeting: Meeting) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    async with AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(maureen.live(meeting.id, device=f"device0{number}"))
            for number in range(SOCKETS_MOST)
        ]
        for line in lines:
            await frame(line, "welcome")
        assert (await here(maureen, meeting.id, device="device99"))[1] == 4429
        async with jo.live(meeting.id) as other:
            await frame(other, "welcome")
        await lines[0].close()
        await until(lambda: len(meeting.room.members) == SOCKETS_MOST - 1)
        async with maureen.live(meeting.id, device="device99") as line:
            await frame(line, "welcome")


async def until(true: Any, within: float = 5.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_reader_who_does_not_read_is_cut_off_and_nobody_waits(meeting: Meeting) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    async with jo.live(meeting.id) as other, unread(maureen, meeting):
        await frame(other, "welcome")
        await until(lambda: len(meeting.room.members) == 2)
        asks = [
            meeting.room.submit(
                meeting.helen_id, "desk0000", AddCard(ref=ref, id=f"card{ref:04d}", column="well", text="x" * 1000)
            )
            for ref in range(1500)
        ]
        reading = asyncio.create_task(drain(other, 1500))
        await asyncio.gather(*asks)
        assert await reading == 1500
        await until(lambda: len(meeting.room.members) == 1)
        assert {member.standing.person for member in meeting.room.members} == {meeting.person("Jo")}


async def drain(line: ClientConnection, cards: int) -> int:
    """Read until so many cards were seen."""
    seen: set[str] = set()
    while len(seen) < cards:
        seen |= set((await frame(line, "change", 20.0)).get("put", {}).get("card", {}))
    return len(seen)


@asynccontextmanager
async def unread(browser: Browser, meeting: Meeting, *, room: int = 4096) -> AsyncIterator[socket.socket]:
    """A connection of a phone that has stopped reading: little room in it, and nobody takes anything out."""
    url = httpx2.URL(browser.server.url)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, (url.host, url.port))
    cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    head = (
        f"GET {meeting.page}/live?device=device01 HTTP/1.1\r\nHost: {url.host}:{url.port}\r\n"
        f"Origin: {browser.origin}\r\nCookie: {cookies}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await asyncio.get_running_loop().sock_sendall(line, head.encode())
    try:
        yield line
    finally:
        line.close()


def heavy(refs: range) -> list[AddCard]:
    """Cards that weigh as much as cards can: a thousand signs of four bytes each."""
    return [AddCard(ref=ref, id=f"card{ref:04d}", column="well", text="🌱" * 1000) for ref in refs]


async def test_a_board_heavier_than_what_may_wait_locks_nobody_out(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    await asyncio.gather(*(meeting.room.submit(meeting.helen_id, "desk0000", ask) for ask in heavy(range(600))))
    async with maureen.live(meeting.id) as line:
        assert len((await frame(line, "welcome"))["put"]["card"]) == 600
        # What comes right behind it is no reason either.
        await says(meeting, ChangeRole(ref=9000, person=meeting.person("Maureen"), role="observer"))
        assert (await frame(line, "welcome"))["you"]["role"] == "observer"
    async with stream(maureen, meeting) as lines:
        assert len((await message(lines))[1]["put"]["card"]) == 600


async def test_who_takes_nothing_of_a_heavy_board_is_cut_off_too(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    ask = functools.partial(meeting.room.submit, meeting.helen_id, "desk0000")
    await asyncio.gather(*map(ask, heavy(range(600))))
    async with unread(maureen, meeting):
        await until(lambda: len(meeting.room.members) == 1)
        await asyncio.gather(*map(ask, heavy(range(600, 1300))))
        await until(lambda: not meeting.room.members)
    assert len(meeting.room.board.cards) == 1300


@pytest.mark.parametrize("as_wall", [False, True], ids=["the wall itself", "her own screen as the wall"])
async def test_an_open_wall_shows_less_in_the_moment_a_child_is_to_see_less(meeting: Meeting, as_wall: bool) -> None:
    wall = meeting.helen if as_wall else await meeting.wall()
    query = {"as": "wall"} if as_wall else {}
    async with wall.live(meeting.id, device="wall0001", **query) as line, meeting.helen.live(meeting.id) as desk:
        await frame(line, "welcome")
        await desk.send(
            json.dumps({"ask": "card.add", "ref": 1, "id": "card0001", "column": "worried", "text": "Rows"})
        )
        assert "card0001" in (await frame(line, "change"))["put"]["card"]
        for ref, (child, shown) in enumerate((("own", False), ("all", True), ("good", False)), start=2):
            await desk.send(json.dumps({"ask": "wall.set", "ref": ref, "child": child}))
            put = (await frame(line, "welcome"))["put"]
            assert ("card0001" in put.get("card", {})) is shown, child


async def test_who_is_taken_out_while_they_read_nothing_still_hears_why_and_the_code(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await frame(line, "welcome")
        [member] = meeting.room.members
        line.transport.pause_reading()
        for _time in range(10):
            member.tell(b'{"is":"near","x":"%s"}' % (b"y" * 60_000))
        out = RemovePerson(ref=900, person=meeting.person("Maureen"))
        await meeting.room.ask(meeting.helen_id, "desk0000", out)
        await line.send(json.dumps({"ask": "person.hand", "ref": 1, "up": True}))
        await asyncio.sleep(0.1)
        line.transport.resume_reading()
        bye, code = await end_of(line)
    assert (bye["is"], bye["code"], code) == ("bye", "removed", 4403)


async def test_a_phone_that_said_goodbye_and_takes_nothing_does_not_hold_the_servers_end_up(settings: Settings) -> None:
    """What it has not taken keeps its connection: the others are told and the meeting is put away all the same."""
    app = create_app(settings, None, admin_token=ADMIN_TOKEN)
    listening, up = listen("127.0.0.1", 0), asyncio.Event()
    server = Server(config(app, settings), app, up.set)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    await up.wait()
    meeting = await Running(f"http://127.0.0.1:{listening.getsockname()[1]}", app, settings).meeting()
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency")
    for browser in (meeting.helen, maureen, jo):
        await browser.client.aclose()
    async with maureen.live(meeting.id) as line, jo.live(meeting.id) as other:
        await frame(line, "welcome")
        await frame(other, "welcome")
        [member] = [one for one in meeting.room.members if one.standing.person == meeting.person("Maureen")]
        line.transport.pause_reading()
        for _time in range(14):
            member.tell(b'{"is":"near","x":"%s"}' % (b"y" * 60_000))
        line.protocol.send_close(1001)
        line.transport.write(b"".join(line.protocol.data_to_send()))
        await until(lambda: len(meeting.room.members) == 1)
        server.should_exit = True
        bye, code = await end_of(other)
        assert (bye["code"], code) == ("restart", 1012)
        await asyncio.wait_for(task, 10)
    listening.close()
    assert not meeting.room.members


async def weighed_down(server: Running) -> tuple[Meeting, Browser]:
    """A meeting whose board is heavier than a connection holds, and somebody in it."""
    meeting = await server.meeting()
    maureen = await meeting.comes("Maureen")
    asks = (meeting.room.submit(meeting.helen_id, "desk0000", ask) for ask in heavy(range(600)))
    await asyncio.gather(*asks)
    return meeting, maureen


async def test_who_takes_nothing_while_nothing_happens_is_taken_for_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.serve.PING_S", 0.5)
    async with running(settings) as server:
        meeting, maureen = await weighed_down(server)
        async with unread(maureen, meeting):
            await until(lambda: len(meeting.room.members) == 1)
            await until(lambda: not meeting.room.members)
        assert meeting.room.board.people[meeting.person("Maureen")].state == "here"


async def test_who_takes_a_heavy_board_slowly_is_not_taken_for_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.serve.PING_S", 0.5)
    async with running(settings) as server:
        meeting, maureen = await weighed_down(server)
        async with unread(maureen, meeting, room=64 * 1024) as line:
            taken = 0
            for _time in range(30):
                await asyncio.sleep(0.1)
                taken += len(await asyncio.get_running_loop().sock_recv(line, 40_000))
            assert 500_000 < taken < 1_500_000
            assert len(meeting.room.members) == 1


async def test_a_server_that_stops_says_to_come_back(meeting: Meeting, server: Running) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        await frame(line, "welcome")
        server.hub.stop()
        bye, code = await end_of(line, WITHIN_S)
    assert (bye["is"], bye["code"], code) == ("bye", "restart", 1012)
    assert (await here(maureen, meeting.id))[1] == 1013


async def test_a_server_that_stops_tells_each_another_time_to_come_back(meeting: Meeting, server: Running) -> None:
    maureen = await meeting.comes("Maureen")
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(maureen.live(meeting.id)) for _ in range(8)]
        for line in lines:
            await frame(line, "welcome")
        server.hub.stop()
        after = [(await end_of(line, WITHIN_S))[0]["after"] for line in lines]
    assert all(2_000 <= one < 7_000 for one in after)
    assert len(set(after)) > 4


async def test_an_erased_meeting_closes_on_everyone(meeting: Meeting, server: Running) -> None:
    maureen, wall = await meeting.comes("Maureen"), await meeting.wall()
    async with maureen.live(meeting.id) as one, wall.live(meeting.id) as other:
        await frame(one, "welcome")
        await frame(other, "welcome")
        await server.hub.erase(meeting.id)
        for line in (one, other):
            bye, code = await end_of(line, WITHIN_S)
            assert (bye["code"], code) == ("no-room", 4404)
    assert (await here(maureen, meeting.id))[1] == 4404


async def test_a_quick_exit_signs_out_this_device_and_not_the_other(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    link = (await maureen.post_json(f"{meeting.page}/links", **{"for": "me"})).json()["link"]
    tablet = meeting.server.browser()
    await tablet.open_link(link)
    async with maureen.live(meeting.id) as line, tablet.live(meeting.id, device="tablet01") as other:
        await frame(line, "welcome")
        await frame(other, "welcome")
        await maureen.post_json(f"{meeting.page}/exit")
        assert (await end_of(line, WITHIN_S))[1] == 4401
        await other.send(add(1))
        await frame(other, "done")


@asynccontextmanager
async def stream(
    browser: Browser, meeting: Meeting, query: str = "", **headers: str
) -> AsyncIterator[AsyncIterator[str]]:
    """The lines of a browser's stream."""
    path = f"{meeting.page}/live?device=device01{query}"
    async with browser.client.stream("GET", path, headers={"Accept": "text/event-stream", **headers}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "no-store" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        yield answer.aiter_lines()


async def message(lines: AsyncIterator[str]) -> tuple[str, dict[str, Any]]:
    """The next message of a stream: its id, and what it says."""
    number = ""
    async with asyncio.timeout(5.0):
        async for line in lines:
            if line.startswith("id: "):
                number = line[4:]
            elif line.startswith("data: "):
                return number, json.loads(line[6:])
    raise AssertionError("the stream ended")


async def test_without_a_websocket_the_same_messages_come_as_a_stream_and_asks_as_posts(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with stream(maureen, meeting) as lines:
        number, welcome = await message(lines)
        assert (welcome["is"], number) == ("welcome", str(welcome["seq"]))
        answer = await maureen.client.post(f"{meeting.page}/live?device=device01", content=add(1))
        done = answer.json()
        assert (answer.status_code, done["is"], done["ref"]) == (200, "done", 1)
        number, change = await message(lines)
        while "card" not in change["put"]:
            number, change = await message(lines)
        assert (number, change["seq"]) == (str(done["seq"]), done["seq"])
    refused = await maureen.client.post(f"{meeting.page}/live?device=device01", content=add(2, ""))
    assert (refused.json()["is"], refused.json()["code"]) == ("no", "empty")
    unreadable = await maureen.client.post(f"{meeting.page}/live?device=device01", content="words")
    assert unreadable.json()["code"] == "unreadable"


async def test_a_stream_comes_back_to_where_it_was(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with stream(maureen, meeting) as lines:
        _, welcome = await message(lines)
    await until(lambda: not meeting.room.members)
    seq = meeting.room.board.seq
    await says(meeting, AddCard(ref=1, id="card0001", column="well", text="x"))
    async with stream(maureen, meeting, f"&after={seq}&epoch={welcome['epoch']}") as lines:
        assert list((await message(lines))[1]["put"]["card"]) == ["card0001"]
    async with stream(maureen, meeting, f"&epoch={welcome['epoch']}", **{"Last-Event-ID": str(seq)}) as lines:
        assert (await message(lines))[1]["is"] == "change"


async def test_in_the_lobby_a_stream_has_no_number_and_one_sentence(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Maureen")
    async with stream(maureen, meeting) as lines:
        assert await message(lines) == ("", {"is": "waiting"})
        await says(meeting, AdmitPerson(ref=1, person=meeting.person("Maureen")))
        assert (await message(lines))[1]["is"] == "welcome"


@pytest.mark.parametrize("sign_of_life", [1], indirect=True)
async def test_a_sign_of_life_comes_by_itself_inside_and_at_the_door(meeting: Meeting) -> None:
    maureen, nina = await meeting.comes("Maureen"), await meeting.knocks("Nina")
    async with maureen.live(meeting.id) as line, stream(nina, meeting) as lines:
        assert (await frame(line, "tick")).keys() == {"is", "seq"}
        assert [await message(lines) for _time in range(2)] == [("", {"is": "waiting"})] * 2


async def test_a_stream_says_goodbye_and_ends(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with stream(maureen, meeting) as lines:
        await message(lines)
        await says(meeting, RemovePerson(ref=1, person=meeting.person("Maureen")))
        said = [json.loads(line[6:]) async for line in lines if line.startswith("data: ")]
    assert said[-1]["code"] == "removed"
    post = await maureen.client.post(f"{meeting.page}/live?device=device01", content=add(1))
    assert (post.status_code, post.json()["code"]) == (403, "removed")


async def test_the_address_is_no_page(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    assert (await maureen.get(f"{meeting.page}/live?device=device01", accept="text/html")).status_code == 406


async def test_the_line_offers_no_compression(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    async with maureen.live(meeting.id) as line:
        assert line.response is not None
        assert "Sec-WebSocket-Extensions" not in line.response.headers


async def test_a_foreign_program_without_an_origin_is_not_connected(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    cookies = "; ".join(f"{name}={value}" for name, value in maureen.client.cookies.items())
    url = f"{maureen.server.url.replace('http', 'ws')}{meeting.page}/live?device=device01"
    with pytest.raises(Exception, match="403"):
        async with connect(url, additional_headers={"Cookie": cookies}, proxy=None):
            pass


async def test_a_request_too_heavy_for_a_socket_is_told_so(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    url = f"{maureen.server.url.replace('http', 'ws')}{meeting.page}/live?device=device01"
    with pytest.raises(Exception, match="431"):
        async with connect(url, additional_headers={"X-Heavy": "a" * 9_000}, proxy=None, open_timeout=5):
            pass
