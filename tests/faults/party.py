"""Meetings on real servers, and everyone in them: made before anything goes wrong."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from starlette.applications import Starlette

from tests.meeting import Browser, Running, settings_in

from .client import Client
from .device import Device
from .machines import Machines
from .proxy import HERE

GUESTS = (("Dana", "family"), ("Maureen", "family"), ("Jo", "agency"), ("Tom", "agency"), ("Sade", "observer"))
SECOND_PHONE = "Dana"
LOOKS_ONLY = frozenset({"observer", "wall"})
ROOMS = 3


@dataclass
class Party:
    """One meeting: eight devices of seven people and a wall."""

    room: str
    clients: list[Client]


async def party(machines: Machines, dice: random.Random, *, pace: float, patience: float) -> Party:
    """Open a meeting and let everyone in."""
    front = machines.servers[0].front
    at = Running(f"http://{HERE}:{front.port}", Starlette(), settings_in(machines.folder))
    try:
        page = await (await at.staff()).post("/new", title="Tuesday", name="Helen", admit="all")
        code = re.search(r"/join/([A-Z0-9]{8})", page.text)
        assert code, page.text
        came: list[tuple[str, str, Browser]] = []
        room = ""
        for key in dict.fromkeys(re.findall(r"/in#([\w.-]+)", page.text)):
            browser = at.browser()
            opened = await browser.open_link(f"#{key}")
            room = opened["room"]
            came.append(("Helen" if opened["role"] == "facilitator" else "wall", opened["role"], browser))
        for name, role in GUESTS:
            browser = at.browser()
            answer = await browser.post(f"/join/{code[1]}", name=name, role=role, agency="Larkfield")
            assert answer.status_code == 303, answer.text
            came.extend([(name, role, browser)] * (2 if name == SECOND_PHONE else 1))
        clients = []
        for place, (name, role, browser) in enumerate(came):
            device = Device(room, name, role, "", f"device{place}")
            cookie = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
            ways = [server.front for server in machines.servers]
            own = random.Random(dice.random())
            speed = 0.0 if role in LOOKS_ONLY else pace
            clients.append(Client(device, cookie, ways, own, pace=speed, patience=patience))
        for client in clients:
            await client.look(client.device, afresh=True, within=5.0)
        return Party(room, clients)
    finally:
        for browser in at._open:
            await browser.client.aclose()
