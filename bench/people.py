"""Forty people, their facilitator and a wall, each with a connection: they ask, and note when all have heard."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import httpx2

from .house import HOST, House
from .line import Line

PEOPLE = 40


@dataclass
class Asked:
    """One ask under way: who has not heard of it yet, and when it was answered."""

    at: float
    left: set[int]
    all_heard: asyncio.Future[float]
    done: asyncio.Future[float]


@dataclass
class People:
    """Everyone in the meeting. Who asks takes turns, so that nobody is faster than a person may be."""

    house: House
    lines: list[Line] = field(default_factory=list)
    _asked: dict[bytes, Asked] = field(default_factory=dict)
    _refs: dict[bytes, Asked] = field(default_factory=dict)
    _ref: int = 0

    async def come(self) -> None:
        """Forty people, then the facilitator and a wall, who are not counted among them."""
        for number in range(PEOPLE):
            await self._enter(number, f"/join/{self.house.code}", name=f"Person {number}", role="family")
        for link in (self.house.facilitator, self.house.wall):
            await self._enter(None, "/in", key=link.partition("#")[2])

    async def ask(self, who: int, about: str, tag: str, fields: Mapping[str, object]) -> tuple[float, float]:
        """Ask something about the card `about`. Gives the seconds until the last of the forty had heard of it, and
        until it was answered as durable."""
        self._ref += 1
        ref = self._ref
        loop = asyncio.get_running_loop()
        frame = json.dumps({"ask": tag, "ref": ref, **fields}, separators=(",", ":")).encode()
        asked = Asked(time.perf_counter(), set(range(PEOPLE)), loop.create_future(), loop.create_future())
        name, number = f'"{about}"'.encode(), f'"ref":{ref},'.encode()
        self._asked[name] = self._refs[number] = asked
        self.lines[who % PEOPLE].say(frame)
        heard, done = await asyncio.gather(asked.all_heard, asked.done)
        del self._asked[name], self._refs[number]
        return heard - asked.at, done - asked.at

    def go(self) -> None:
        """All hang up."""
        for line in self.lines:
            line.close()

    async def _enter(self, number: int | None, path: str, **fields: str) -> None:
        cookie = cookie_of(await entered(self.house, path, **fields))
        live = f"/m/{self.house.room}/live?device={secrets.token_hex(8)}"
        line = await Line.dial(HOST, self.house.port, live, cookie, lambda text, now: self._heard(number, text, now))
        self.lines.append(line)

    def _heard(self, number: int | None, text: bytes, now: float) -> None:
        if text.startswith(b'{"is":"change"'):
            if number is not None:
                self._told(number, text, now)
        elif text.startswith((b'{"is":"done"', b'{"is":"no"')):
            for ref, asked in self._refs.items():
                if ref in text:
                    _settle(asked.done, now, refused=text if b'"is":"no"' in text else b"")

    def _told(self, number: int, text: bytes, now: float) -> None:
        for card, asked in self._asked.items():
            if number in asked.left and card in text:
                asked.left.discard(number)
                if not asked.left:
                    _settle(asked.all_heard, now)


def _settle(answer: asyncio.Future[float], now: float, refused: bytes = b"") -> None:
    if answer.done():
        return
    if refused:
        answer.set_exception(RuntimeError(refused.decode()))
    else:
        answer.set_result(now)


async def entered(house: House, path: str, **fields: str) -> httpx2.Response:
    """The answer to somebody who comes in, by a link or with a name."""
    async with httpx2.AsyncClient(base_url=house.url, headers={"Origin": house.url}) as browser:
        return await (browser.post(path, json=fields) if path == "/in" else browser.post(path, data=fields))


def cookie_of(answer: httpx2.Response) -> str:
    """What a browser sends from then on."""
    cookies: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
