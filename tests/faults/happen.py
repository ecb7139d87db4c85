"""Faults made to happen to real processes and lines, and undone again."""

from __future__ import annotations

import asyncio

from .client import Client
from .machines import Machines, Server
from .plan import Fault

BRIEF_S = 0.5


async def happen(fault: Fault, machines: Machines, clients: list[Client]) -> None:
    """Make this fault, and put everything right again."""
    server = machines.servers[fault.which]
    match fault.kind:
        case "server killed":
            server.kill()
            await server.start()
        case "server told to stop":
            await server.stop()
            await server.start()
        case "server frozen":
            server.freeze()
            await asyncio.sleep(fault.lasts)
            server.thaw()
        case "reader slow":
            for client in clients[fault.which :: 3]:
                client.dawdle(fault.lasts)
            await asyncio.sleep(fault.lasts)
        case "disk full":
            await _fill(machines, server, fault.lasts)
        case "redis killed":
            await machines.restart_redis()
        case "redis frozen":
            assert machines.redis is not None
            machines.redis.freeze()
            await asyncio.sleep(fault.lasts)
            machines.redis.thaw()
        case _:
            await _on_a_line(fault, server)


async def _on_a_line(fault: Fault, server: Server) -> None:
    line = server.back if "redis" in fault.kind else server.front
    assert line is not None
    match fault.kind.split()[-1]:
        case "cut":
            line.cut()
        case "open":
            line.half_open()
        case "stalled":
            line.become("stall")
        case "split":
            line.become("split")
        case "swallowed":
            line.become("swallow")
        case "redis":
            # Parted: neither what is open nor anything new gets through, and new faults of the line come on top.
            line.become("stall")
            line.cut()
        case _:
            raise ValueError(fault.kind)
    await asyncio.sleep(fault.lasts)
    line.become("through")


async def _fill(machines: Machines, server: Server, lasts: float) -> None:
    if machines.disk.mounted:
        await asyncio.to_thread(machines.disk.fill)
        await asyncio.sleep(lasts)
        machines.disk.relieve()
    elif machines.redis is None:
        server.may_write(False)
        await asyncio.sleep(lasts)
        server.may_write(True)
    else:
        # Redis ends where it cannot write what it must sync.
        machines.redis.forbid_writes()
        await asyncio.sleep(min(lasts, BRIEF_S))
        await machines.restart_redis()
