"""What Redis keeps on a disk after a power cut: of each file as much as was synced when it was last synced. The syncs
are answered in the kernel's stead, so nothing more is ever on that disk."""

from __future__ import annotations

import asyncio
import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from server.log import Broken, Log
from server.log.redis import open_redis
from tests.storage import RedisServer

from .images import Ack
from .watch import SYNCS, Call, Watch
from .writer import ROOMS, Pen

FOLDER = "appendonlydir"
PAUSE_S = 0.002


@dataclass
class SyncedDisk:
    """How much of each file was synced, by inode: files are renamed."""

    lengths: dict[tuple[int, int], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def heard(self, call: Call) -> bool:
        """Note a sync, and that it is done."""
        path = Path(call.path)
        with self.lock:
            if path.is_file():
                self.lengths[call.inode] = path.stat().st_size
        return True

    def copy(self, source: Path, target: Path) -> None:
        """What a power cut leaves of this folder."""
        target.mkdir(parents=True)
        with self.lock:
            for file in source.iterdir():
                stat = file.stat()
                # Names reach the disk here at once: losing them, too, would only lose more where nothing is synced.
                length = self.lengths.get((stat.st_dev, stat.st_ino), 0)
                (target / file.name).write_bytes(file.read_bytes()[:length])


@contextmanager
def watched_redis(folder: Path, disk: SyncedDisk, **settings: str) -> Iterator[RedisServer]:
    """A Redis whose syncs all go to `disk`."""
    watch = Watch(SYNCS, disk.heard)
    redis = RedisServer(folder, **settings)
    redis.before = watch.before
    beginning = threading.Thread(target=watch.begin)
    beginning.start()
    redis.start()
    try:
        yield redis
    finally:
        redis.kill()
        beginning.join()
        watch.end()


async def cuts(folder: Path, many: int, seed: int, **settings: str) -> list[list[str]]:
    """Write to a Redis and cut its power so many times while it is written to. Returns for each time what was
    acknowledged and is not there any more."""
    disk, dice = SyncedDisk(), random.Random(seed)
    outcomes: list[list[str]] = []
    (folder / "live").mkdir(parents=True)
    with watched_redis(folder / "live", disk, **settings) as redis:
        acks: list[Ack] = []
        async with open_redis(redis.url, unsafe=bool(settings)) as log:
            writing = [asyncio.create_task(_write(log, room, random.Random(f"{seed}{room}"), acks)) for room in ROOMS]
            for place in range(many):
                await asyncio.sleep(dice.uniform(0.02, 0.1))
                known = list(acks)
                redis.freeze()
                disk.copy(redis.folder / FOLDER, folder / f"cut{place}" / FOLDER)
                redis.thaw()
                outcomes.append(await _losses(folder / f"cut{place}", known))
                shutil.rmtree(folder / f"cut{place}")
            for task in writing:
                task.cancel()
            await asyncio.gather(*writing, return_exceptions=True)
    return outcomes


async def _write(log: Log, room: str, dice: random.Random, acks: list[Ack]) -> None:
    pen = Pen(log, room, dice)
    while True:
        acks.append(Ack(room, *await pen.write()))
        await asyncio.sleep(PAUSE_S)


async def _losses(folder: Path, acks: list[Ack]) -> list[str]:
    """What of this a Redis that starts on what is left does not know."""
    redis, found = RedisServer(folder), []
    await asyncio.to_thread(redis.start)
    try:
        async with open_redis(redis.url) as log:
            for room in ROOMS:
                kept = await log.read(room, after=0)
                for ack in [ack for ack in acks if ack.room == room]:
                    if len(kept) < ack.seq or kept[ack.seq - 1].header.hash() != ack.head:
                        found.append(f"{ack.seq} of {room} was acknowledged, and the log ends at {len(kept)}")
    except Broken as broken:
        found.append(str(broken))
    finally:
        redis.kill()
    return found
