"""A draft over the real wire, in which Jo writes or does not: whoever does not write it with her gets the same bytes,
and the disk holds the same."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack

from tests.leaks.test_an_answer_tells_nothing import Held, Listener, page, stored, without_chance
from tests.meeting import Running
from tests.storage import until

SET, OF_SET, LAST = "set0000000000001", "scale00000000001", "card000000000002"
SECONDS = 2


async def hold(server: Running, *, writes: bool) -> Held:
    """Hold a meeting in which Jo and Anya have a draft, and Jo presses keys or does not."""
    meeting = await server.meeting()
    pulse = meeting.room.pulse
    people = {
        "jo": await meeting.comes("Jo", "agency", "Larkfield"),
        "anya": await meeting.comes("Anya", "agency", "Larkfield"),
        "dana": await meeting.comes("Dana"),
        "olu": await meeting.comes("Olu", "observer"),
        "wall": await meeting.wall(),
        "helen": meeting.helen,
    }
    door = await meeting.knocks("Marcus", "agency")
    async with AsyncExitStack() as lines:
        heard = {
            name: Listener(await lines.enter_async_context(browser.live(meeting.id)))
            for name, browser in {**people, "at the door": door}.items()
        }
        for name, one in heard.items():
            await one.until('"waiting"' if name == "at the door" else '"welcome"')
        await until(lambda: all(one.came for one in meeting.room.board.people.values() if one.state == "here"))
        await heard["jo"].ask("set.start", id=SET, scale=OF_SET)
        await heard["jo"].ask("set.writers", set=SET, people=[meeting.person("Anya")])
        await heard["anya"].until(SET)
        for name in ("dana", "olu", "wall", "helen"):
            await heard["helen"].ask("card.add", id=f"{LAST[:-4]}{name[:4]}", column="well", text="Gran rings")
            await heard[name].until(f"{LAST[:-4]}{name[:4]}")
            heard[name].heard.clear()
        for _second in range(SECONDS):
            if writes:
                await heard["jo"].line.send(json.dumps({"now": "writes", "set": SET, "part": "could"}))
                await heard["anya"].until('"writing"')
            # They are told by the second.
            await until(lambda now=pulse._second: pulse._second > now)  # type: ignore[misc]
        await people["jo"].post(f"{meeting.page}/exit")
        await heard["helen"].ask("card.add", id=LAST, column="well", text="Gran picks us up")
        others = ("dana", "olu", "wall", "helen")
        for name in others:
            await heard[name].until(LAST)
        assert writes == any('"writing"' in text for text in heard["anya"].heard)
        assert not any('"writing"' in text for name in (*others, "at the door") for text in heard[name].heard)
        got = {name: "\n".join(heard[name].transcript) for name in (*others, "at the door")}
        for name in others:
            got[name] += await page(people[name], meeting, wall=name == "wall")
    names = {one.id: one.name for one in meeting.room.board.people.values()}
    return Held({who: without_chance(text, names) for who, text in got.items()}, [], stored(server, meeting))


async def test_nobody_but_who_writes_with_her_can_tell_that_jo_writes(server: Running) -> None:
    one, other = await asyncio.gather(hold(server, writes=True), hold(server, writes=False))
    assert one.others == other.others
    assert one.stored == other.stored
