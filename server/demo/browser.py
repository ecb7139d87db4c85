"""As much of a browser as an invented person needs: an Origin, cookies, posts and a socket. It knows no meeting."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any, Final
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.typing import Origin

ANSWER_WITHIN_S: Final = 5.0


class NoAnswer(Exception):
    """The server took no notice, or said no."""


class Browser:
    """One browser. `address` is where the server listens; `origin` is the address that people reach it by."""

    def __init__(self, address: str, origin: str) -> None:
        self._address = address
        self._origin = origin
        self.cookies: dict[str, str] = {}

    async def post(self, path: str, **fields: str) -> dict[str, Any]:
        """Send fields and keep the cookies that come back. Returns what the answer says. Raises NoAnswer."""
        # A thread may block where the event loop may not: the server that answers runs on it.
        return await asyncio.to_thread(self._post, path, fields)

    def live(self, room: str, device: str) -> connect:
        """A socket into a room: `async with` it."""
        return connect(
            f"ws{self._address.removeprefix('http')}/m/{room}/live?device={device}",
            origin=Origin(self._origin),
            additional_headers={"Cookie": self._cookie},
            compression=None,
            proxy=None,
            max_size=None,
            open_timeout=ANSWER_WITHIN_S,
        )

    def _post(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        line = http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=ANSWER_WITHIN_S)
        headers = {"Content-Type": "application/json", "Origin": self._origin, "Cookie": self._cookie}
        try:
            line.request("POST", path, json.dumps(fields), headers)
            response = line.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            raise NoAnswer from None
        finally:
            line.close()
        if response.status >= 400:
            raise NoAnswer
        for given in response.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        said: dict[str, Any] = json.loads(body) if response.headers.get_content_type() == "application/json" else {}
        return said

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())
