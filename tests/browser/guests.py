"""People of a meeting who ask over the wire without a page of their own: many of them cost a browser test nothing."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.stage import Meeting, Signboard

GOODBYE_S = 0.2
"""Who has much left to read hears no goodbye, and is not waited for."""


def fresh_id() -> str:
    """A new name for a thing, as a page makes one."""
    return secrets.token_hex(8)


@dataclass
class Guest:
    """One person's device on the wire."""

    line: ClientConnection
    you: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    _ref: int = 0

    async def ask(self, tag: str, **fields: Any) -> int:
        """Ask for something and wait until it is done: its number."""
        self._ref += 1
        await self.line.send(
            json.dumps({"ask": tag, "ref": self._ref, **{k.rstrip("_"): v for k, v in fields.items()}})
        )
        while True:
            said = json.loads(await self.line.recv())
            if said.get("ref") == self._ref:
                assert said["is"] == "done", said
                return int(said["seq"])

    async def card(self, text: str, column: str = "well", **fields: Any) -> str:
        """Put a card on the board: its id."""
        id = fresh_id()
        await self.ask("card.add", id=id, column=column, text=text, **fields)
        return id


class Guests:
    """All who come in without a page. Helen is the facilitator, on another device."""

    def __init__(self, signboard: Signboard, meeting: Meeting) -> None:
        self._signboard, self._meeting = signboard, meeting
        self._open: list[ClientConnection] = []
        self._clients: list[httpx2.AsyncClient] = []

    async def helen(self) -> Guest:
        """The facilitator's second device."""
        client = self._client()
        await client.post("/in", json={"key": self._meeting.facilitator.partition("#")[2]})
        return await self._enter(client)

    async def comes(self, name: str, role: str = "family", agency: str = "") -> Guest:
        """Somebody who comes straight in."""
        client = self._client()
        await client.post(f"/join/{self._meeting.code}", data={"name": name, "role": role, "agency": agency})
        return await self._enter(client)

    def _client(self) -> httpx2.AsyncClient:
        headers = {"Origin": self._signboard.url}
        client = httpx2.AsyncClient(base_url=self._signboard.url, headers=headers, verify=False)
        self._clients.append(client)
        return client

    async def _enter(self, client: httpx2.AsyncClient) -> Guest:
        url = f"{self._signboard.url.replace('http', 'ws', 1)}/m/{self._meeting.room}/live?device={fresh_id()}"
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        origin: Any = self._signboard.url
        line = await connect(
            url, origin=origin, additional_headers={"Cookie": cookies}, proxy=None, close_timeout=GOODBYE_S
        )
        self._open.append(line)
        welcome = json.loads(await line.recv())
        assert welcome["is"] == "welcome", welcome
        return Guest(line, welcome["you"], welcome["put"])

    async def close(self) -> None:
        """All go."""
        await asyncio.gather(*(line.close() for line in self._open))
        for client in self._clients:
            await client.aclose()


@asynccontextmanager
async def guests(signboard: Signboard, meeting: Meeting) -> AsyncIterator[Guests]:
    """Guests who go again at the end."""
    all_of_them = Guests(signboard, meeting)
    try:
        yield all_of_them
    finally:
        await all_of_them.close()
