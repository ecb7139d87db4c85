"""With Redis, two server processes are one server: real processes, real sockets, one of them killed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from server.ids import new_id
from tests.meeting import STAFF_KEY, Browser, Running, frame, settings_in
from tests.storage import RedisServer

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 30.0


class Process:
    """One server process on a free port."""

    def __init__(self, folder: Path, redis: RedisServer) -> None:
        own = {"SIGNBOARD_REDIS": redis.url, "SIGNBOARD_DATA": str(folder / "data")}
        own |= {"SIGNBOARD_KEY_FILE": str(folder / "key"), "SIGNBOARD_STAFF_KEY": STAFF_KEY}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve", "--port", "0"],
            cwd=ROOT,
            env=kept | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._folder = folder
        self.server: Running

    def is_up(self) -> None:
        """Wait until it listens."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        self.server = Running(found[0], Starlette(), settings_in(self._folder))
        until = time.monotonic() + STARTS_WITHIN_S
        while httpx2.get(f"{found[0]}/healthz").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.02)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two")


@pytest.fixture(scope="module")
def both(folder: Path, redis_server: RedisServer) -> Iterator[tuple[Process, Process]]:
    processes = Process(folder, redis_server), Process(folder, redis_server)
    for process in processes:
        process.is_up()
    yield processes
    for process in processes:
        process.kill()


@pytest.fixture
def first(both: tuple[Process, Process]) -> Process:
    return both[0]


@pytest.fixture
def second(both: tuple[Process, Process]) -> Process:
    return both[1]


@pytest.fixture
def third(folder: Path, redis_server: RedisServer) -> Iterator[Process]:
    """One more, to be killed."""
    process = Process(folder, redis_server)
    process.is_up()
    yield process
    process.kill()


def also_at(browser: Browser, process: Process) -> Browser:
    """The same browser, sent to the other process by whatever stands before them."""
    other = process.server.browser()
    other.client.cookies = browser.client.cookies
    return other


@dataclass
class Evening:
    """A meeting made at the first process: Helen is there, Maureen and the wall came in through the second."""

    room: str
    helen: Browser
    maureen: Browser
    wall: Browser
    maureen_id: str


@pytest.fixture
async def evening(first: Process, second: Process) -> AsyncIterator[Evening]:
    page = await (await first.server.staff()).post("/new", title="Tuesday", name="Helen", admit="all")
    keys = re.findall(r"/in#([\w.-]+)", page.text)
    code = re.search(r"/join/([A-Z0-9]{8})", page.text)
    assert code, page.text
    came: dict[str, Browser] = {}
    for key in dict.fromkeys(keys):
        browser = second.server.browser()
        opened = await browser.open_link(f"#{key}")
        came[opened["role"]] = browser
    room = opened["room"]
    maureen = second.server.browser()
    answer = await maureen.post(f"/join/{code[1]}", name="Maureen", role="family")
    assert answer.status_code == 303, answer.text
    async with maureen.live(room) as line:
        maureen_id = (await frame(line, "welcome"))["you"]["id"]
    yield Evening(room, also_at(came["facilitator"], first), maureen, came["wall"], maureen_id)
    for process in (first, second):
        for browser in process.server._open:
            await browser.client.aclose()
        process.server._open.clear()


async def add(line: ClientConnection, ref: int, text: str) -> str:
    """Ask for a card. Returns its id."""
    id = new_id()
    await line.send(json.dumps({"ask": "card.add", "ref": ref, "id": id, "column": "well", "text": text}))
    return id


async def put(line: ClientConnection, id: str, within: float = 5.0) -> dict[str, Any]:
    """The card with this id, once it is on this screen."""
    async with asyncio.timeout(within):
        while True:
            cards = (await frame(line, "change", within)).get("put", {}).get("card", {})
            if id in cards:
                found: dict[str, Any] = cards[id]
                return found


async def test_a_card_added_on_one_is_on_the_walls_of_both(evening: Evening, first: Process, second: Process) -> None:
    there = also_at(evening.wall, first)
    async with (
        evening.helen.live(evening.room) as desk,
        evening.wall.live(evening.room) as wall,
        there.live(evening.room) as other_wall,
    ):
        for line in (desk, wall, other_wall):
            await frame(line, "welcome")
        id = await add(desk, 1, "Gran picks us up")
        assert (await put(wall, id))["text"] == (await put(other_wall, id))["text"] == "Gran picks us up"
        assert (await frame(desk, "done"))["ref"] == 1


async def test_both_know_every_code_and_cookie(evening: Evening, first: Process, second: Process) -> None:
    for browser in (evening.helen, evening.maureen):
        for process in (first, second):
            page = await also_at(browser, process).get(f"/m/{evening.room}")
            assert page.status_code == 200, page.text
    staff = await first.server.staff()
    assert (await also_at(staff, second).post("/new", title="Another", template="safety")).status_code == 200
    stranger = second.server.browser()
    assert (await stranger.get(f"/m/{evening.room}")).status_code == 404


async def test_whoever_is_removed_on_one_is_out_on_the_other_within_a_second(evening: Evening) -> None:
    async with evening.helen.live(evening.room) as desk, evening.maureen.live(evening.room) as phone:
        await frame(desk, "welcome")
        await frame(phone, "welcome")
        await desk.send(json.dumps({"ask": "person.remove", "ref": 1, "person": evening.maureen_id}))
        assert (await frame(phone, "bye", within=1.0))["code"] == "removed"
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(phone.recv(), 1.0)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4403
    page = await evening.maureen.get(f"/m/{evening.room}")
    assert 'data-state="removed"' in page.text


async def test_what_was_answered_outlives_a_process_that_is_killed(evening: Evening, third: Process) -> None:
    phone_there = also_at(evening.maureen, third)
    asked: dict[int, str] = {}
    safe: set[int] = set()

    async def hear(line: ClientConnection) -> None:
        while True:
            safe.add((await frame(line, "done"))["ref"])

    async with phone_there.live(evening.room, device="phone") as line:
        welcome = await frame(line, "welcome")
        hearing = asyncio.create_task(hear(line))
        for ref in range(1, 26):
            asked[ref] = await add(line, ref, f"card {ref}")
            if len(safe) == 12:
                break
            await asyncio.sleep(0.01)
        third.kill()
        await asyncio.wait([hearing], timeout=5)
        assert isinstance(hearing.exception(), ConnectionClosed)
    assert safe
    async with evening.maureen.live(evening.room, device="phone", after=welcome["seq"], epoch=welcome["epoch"]) as line:
        cards = (await frame(line, "change"))["put"]["card"]
        assert {asked[ref] for ref in safe} <= set(cards)
        # What was not answered is asked again, and is there once however far it had come.
        for ref in sorted(asked.keys() - safe):
            again = {"ask": "card.add", "ref": ref, "id": asked[ref], "column": "well", "text": f"card {ref}"}
            await line.send(json.dumps(again))
            while (done := await frame(line, "done"))["ref"] != ref:
                assert done["ref"] in asked
    async with evening.wall.live(evening.room) as wall:
        shown = (await frame(wall, "welcome"))["put"]["card"]
    await phone_there.client.aclose()
    assert {id: card["text"] for id, card in shown.items()} == {id: f"card {ref}" for ref, id in asked.items()}
