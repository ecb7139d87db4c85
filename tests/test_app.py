"""The application as a whole: it opens, serves, erases what has reached its end, and stops."""

import asyncio
import json
from pathlib import Path

import msgspec
import pytest

from server.app import open_store
from server.board.phases import CloseMeeting
from server.hub import NoRoom, now_ms
from server.protocol import schema
from tests.meeting import ADMIN_TOKEN, Meeting, Running, frame, running, settings_in


async def test_machines_can_ask_how_it_goes(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    assert (await browser.get("/healthz")).text == "up\n"
    assert (await browser.get("/readyz")).text == "ready\n"
    assert (await browser.get("/protocol.json")).json() == json.loads(msgspec.json.encode(schema()))
    assert "Disallow: /" in (await browser.get("/robots.txt")).text


async def test_totals_name_no_room_and_are_for_this_machine_alone(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    async with meeting.helen.live(meeting.id) as line:
        await frame(line, "welcome")
        said = (await browser.get("/metrics")).text
    assert "signboard_rooms 1\n" in said
    assert "signboard_connections 1\n" in said
    assert meeting.id not in said
    assert (await browser.get("/metrics", **{"X-Forwarded-For": "10.0.0.9"})).status_code == 404


async def test_a_storage_that_does_not_answer_makes_it_unready_but_not_dead(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(room: str) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("server.machines.ANSWER_WITHIN_S", 0.05)
    monkeypatch.setattr(server.hub.store, "find", hangs)
    browser = server.browser()
    assert (await browser.get("/readyz")).status_code == 503
    assert (await browser.get("/healthz")).status_code == 200


async def test_a_server_that_stops_says_it_is_not_ready_and_hangs_up(meeting: Meeting) -> None:
    async with meeting.helen.live(meeting.id) as line:
        await frame(line, "welcome")
        meeting.server.hub.stop()
        assert (await frame(line, "bye"))["code"] == "restart"
        await line.wait_closed()
        assert line.close_code == 1012
    assert (await meeting.server.browser().get("/readyz")).status_code == 503
    answer = await meeting.helen.get(meeting.page)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


async def test_a_meeting_is_there_again_after_the_server_starts_again(tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as server:
        meeting = await server.meeting()
        held = dict(meeting.helen.client.cookies)
    async with running(settings_in(tmp_path)) as server:
        helen = server.browser()
        helen.client.cookies.update(held)
        assert (await helen.get(meeting.page)).status_code == 200


async def ended(meeting: Meeting) -> None:
    """Close a meeting, and let the days pass after which it is erased."""
    store = meeting.server.hub.store
    await meeting.room.ask(meeting.helen_id, "device01", CloseMeeting(ref=1))
    while (place := await store.find(meeting.id)) is None or place.ends is None:
        await asyncio.sleep(0.01)
    await store.ends(meeting.id, now_ms() - 1)


async def test_what_has_reached_its_end_is_erased(server: Running) -> None:
    over, goes_on = await server.meeting(), await server.meeting()
    await ended(over)
    assert await server.hub.erase_ended() == 1
    with pytest.raises(NoRoom):
        await server.hub.room(over.id)
    assert (await over.helen.get(over.page)).status_code == 404
    assert (await goes_on.helen.get(goes_on.page)).status_code == 200


async def test_it_is_erased_when_the_server_starts_however_long_it_was_off(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with running(settings) as server:
        meeting = await server.meeting()
        await ended(meeting)
    async with running(settings) as server:
        with pytest.raises(NoRoom):
            async with asyncio.timeout(5):
                while True:
                    await server.hub.room(meeting.id)
                    await asyncio.sleep(0.01)


async def test_a_store_that_was_given_stays_open(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with open_store(settings) as store:
        async with running(settings, store):
            pass
        assert await store.all() == []


async def test_orders_need_the_token(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    for token in ("", "Bearer", "Bearer wrong", ADMIN_TOKEN + "x"):
        answer = await browser.client.post(
            "/admin", json={"order": "erase", "room": meeting.id}, headers={"Authorization": token}
        )
        assert answer.status_code == 404
    assert await meeting.server.hub.store.find(meeting.id) is not None


async def test_orders_are_for_this_machine_alone(meeting: Meeting) -> None:
    answer = await meeting.server.browser().client.post(
        "/admin",
        json={"order": "erase", "room": meeting.id},
        headers={"Authorization": f"Bearer {ADMIN_TOKEN}", "X-Forwarded-For": "10.0.0.9"},
    )
    assert answer.status_code == 404
    assert await meeting.server.hub.store.find(meeting.id) is not None


async def test_a_family_can_be_told_apart_from_a_venue_by_who_the_proxy_says_they_are(tmp_path: Path) -> None:
    """Without the proxy's word one guesser behind it would shut the door for everybody."""
    async with running(settings_in(tmp_path, proxies=("127.0.0.1",))) as server:
        guesser, family = (
            server.browser(**{"X-Forwarded-For": "10.0.0.9"}),
            server.browser(**{"X-Forwarded-For": "10.0.0.8"}),
        )
        for number in range(20):
            await guesser.post("/go", code=f"WRONG{number:03}")
        assert (await guesser.post("/go", code="WRONGONE")).status_code == 429
        assert (await family.post("/go", code="WRONGONE")).status_code == 404
    async with running(settings_in(tmp_path, proxies=("10.9.9.9",))) as server:
        guesser, family = (
            server.browser(**{"X-Forwarded-For": "10.0.0.9"}),
            server.browser(**{"X-Forwarded-For": "10.0.0.8"}),
        )
        for number in range(20):
            await guesser.post("/go", code=f"WRONG{number:03}")
        assert (await family.post("/go", code="WRONGONE")).status_code == 429
