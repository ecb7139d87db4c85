"""How people come to a meeting, quickly: one HTTP connection on which each has a cookie of their own."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from .house import HOST, STAFF_KEY

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    cookie: str
    body: bytes


@dataclass(frozen=True)
class Meeting:
    """What the start page says of a new meeting."""

    room: str
    code: str
    facilitator: str
    wall: str


class Door:
    """Requests one after another, each as if from another address: a server lets only so many in from one."""

    def __init__(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._port = port
        self._reader, self._writer = reader, writer
        self._visitors = count(1)
        self._staff = ""

    async def open_meeting(self) -> Meeting:
        """Start a meeting where everyone comes straight in, as staff does."""
        if not self._staff:
            self._staff = (await self.post("/staff", {"key": STAFF_KEY}, JSON)).cookie
        wish = {"title": "Bench", "template": "safety", "admit": "all"}
        page = (await self.post("/new", wish, FORM, cookie=self._staff)).body.decode()
        keys = list(dict.fromkeys(re.findall(r"/in#([\w.-]+)", page)))
        code = re.search(r"/join/(\w+)", page)
        if len(keys) != 2 or code is None:
            raise RuntimeError("the start page shows no links")
        return Meeting(keys[0].partition(".")[0], code[1], *keys)

    async def join(self, code: str, name: str, role: str, agency: str) -> str:
        """The cookie of somebody who comes in by a name."""
        fields = {"name": name, "role": role, "agency": agency}
        return (await self.post(f"/join/{code}", fields, FORM)).cookie

    async def key(self, key: str) -> str:
        """The cookie of somebody who comes in by a key."""
        return (await self.post("/in", {"key": key}, JSON)).cookie

    async def get(self, path: str, cookie: str) -> Answer:
        """A page, packed as a browser likes it."""
        return await self._asked("GET", path, "", cookie, "Accept-Encoding: gzip\r\nAccept: text/html\r\n")

    async def post(self, path: str, fields: Mapping[str, str], kind: str, cookie: str = "") -> Answer:
        """Send a form. Raises RuntimeError where the server does not like it."""
        body = json.dumps(fields) if kind == JSON else urlencode(fields)
        answer = await self._asked("POST", path, body, cookie, f"Content-Type: {kind}\r\n")
        if answer.status >= 400:
            raise RuntimeError(f"{path.split('/')[1]} answered {answer.status}: {answer.body[:200]!r}")
        return answer

    async def _asked(self, verb: str, path: str, body: str, cookie: str, more: str) -> Answer:
        here, visitor = f"{HOST}:{self._port}", next(self._visitors)
        head = (
            f"{verb} {path} HTTP/1.1\r\nHost: {here}\r\nOrigin: http://{here}\r\n{more}"
            f"X-Forwarded-For: 10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}\r\n"
            f"Cookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write((head + body).encode())
        said = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)\r\ncontent-length: (\d+)", said)
        content = await self._reader.readexactly(int(length[1])) if length is not None else b""
        cookies = re.findall(r"(?i)\r\nset-cookie: ([^;\r]+)", said)
        return Answer(int(said.split()[1]), "; ".join(cookies), content)


@asynccontextmanager
async def door(port: int) -> AsyncIterator[Door]:
    """A connection to the server on this port."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield Door(port, reader, writer)
    finally:
        writer.close()
