"""What was acknowledged outlives a power cut, whatever the disk kept of the rest. And settings known to lose something
are seen to, or these tests would prove nothing."""

from __future__ import annotations

from pathlib import Path

from server.log.redis import open_redis

from .aof import SyncedDisk, cuts, watched_redis
from .power import sqlite

IMAGES = 100
CUTS = 10
SEED = 7


def test_an_acknowledged_entry_is_in_every_image_of_a_sqlite_log(tmp_path: Path) -> None:
    assert sqlite(tmp_path, IMAGES, SEED) == []


def test_without_a_sync_at_every_commit_sqlite_loses_some(tmp_path: Path) -> None:
    assert len(sqlite(tmp_path, IMAGES // 2, SEED, synchronous="NORMAL")) > CUTS


async def test_an_acknowledged_entry_outlives_the_power_of_redis(tmp_path: Path) -> None:
    assert await cuts(tmp_path, CUTS, SEED) == [[]] * CUTS


async def test_with_a_sync_each_second_redis_loses_some(tmp_path: Path) -> None:
    assert any(await cuts(tmp_path, CUTS // 2, SEED, appendfsync="everysec"))


async def test_what_redis_synced_is_known_to_the_byte(tmp_path: Path) -> None:
    disk = SyncedDisk()
    with watched_redis(tmp_path, disk) as redis:
        async with open_redis(redis.url) as store:
            await store.erase("room0001")
        appended = next((tmp_path / "appendonlydir").glob("*.incr.aof")).stat()
        assert disk.lengths[appended.st_dev, appended.st_ino] == appended.st_size > 0
