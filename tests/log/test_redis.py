"""What only Redis promises: that it is durable, and what happens when it is slow, cut off, started anew or lies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from server.log import START, Broken, Entry, Stale, Unavailable, Unsure
from server.log.chain import row
from server.log.durable import UnsafeRedis, judge
from server.log.ending import end
from server.log.keys import keys_of, news_of
from server.log.news import pack, unpack
from server.log.redis import RedisStore, open_redis
from server.log.register import Place
from server.log.roomlog import Draft, RoomLog
from server.log.seal import new_room_key
from tests.log.chains import ROOM, chain, follows, numbers, words
from tests.log.wire import Wire, wire_to
from tests.storage import RedisServer, in_time, until


@pytest.fixture
def server(redis_server: RedisServer) -> RedisServer:
    with redis_server.client() as client:
        client.flushall()
    return redis_server


@pytest.fixture
async def store(server: RedisServer) -> AsyncIterator[RedisStore]:
    async with open_redis(server.url) as opened:
        yield opened


@pytest.fixture
async def wire(server: RedisServer, tmp_path: Path) -> AsyncIterator[Wire]:
    async with wire_to(server.socket, tmp_path / "wire.sock") as made:
        yield made


async def follow(store: RedisStore, into: list[Entry], *, after: int = 0) -> None:
    async for entries in store.follow(ROOM, after=after):
        into.extend(entries)


# Whether it keeps what it answered

SAFE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


@pytest.mark.parametrize(
    ("version", "settings", "says"),
    [
        ("6.2.14", SAFE, "Redis is version 6.2.14; Signboard needs 7 or newer."),
        ("", SAFE, "Redis is version ?; Signboard needs 7 or newer."),
        ("7.0.0", SAFE | {"appendonly": "no"}, "Redis keeps nothing on disk as it is written: set appendonly yes."),
        ("7.2.1", SAFE | {"appendfsync": "everysec"}, "Redis answers before the disk has it: set appendfsync always."),
        (
            "8.0.0",
            SAFE | {"maxmemory-policy": "allkeys-lru"},
            "Redis may throw meetings away when memory is short: set maxmemory-policy noeviction.",
        ),
        (
            "7.0.0",
            {},
            "Redis does not let Signboard read its settings (CONFIG GET), so it cannot tell whether it is safe.",
        ),
    ],
)
def test_each_weakness_is_one_sentence(version: str, settings: dict[str, str], says: str) -> None:
    assert judge(version, settings) == (says,)


def test_a_safe_redis_has_no_weakness() -> None:
    assert judge("7.0.15", SAFE) == judge("10.1", SAFE) == ()


@pytest.fixture
def weak_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path, appendonly="no", appendfsync="everysec", **{"maxmemory-policy": "allkeys-lru"})
    server.start()
    yield server
    server.kill()


async def test_a_redis_that_could_lose_words_is_refused_unless_one_insists(weak_server: RedisServer) -> None:
    with pytest.raises(UnsafeRedis) as refused:
        async with open_redis(weak_server.url):
            pass
    assert len(refused.value.reasons) == 3
    async with open_redis(weak_server.url, unsafe=True) as store:
        assert store.unsafe == refused.value.reasons
        await store.append(ROOM, chain("a"), after=0, head=START)


async def test_a_safe_redis_needs_no_insisting(store: RedisStore) -> None:
    assert store.unsafe == ()


async def test_a_redis_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        async with open_redis(f"unix://{tmp_path}/nothing.sock"):
            pass


# Scripts


async def test_scripts_redis_has_forgotten_are_sent_again(server: RedisServer, store: RedisStore) -> None:
    entries = chain("a", "b")
    with server.client() as client:
        client.script_flush()
        await store.append(ROOM, entries[:1], after=0, head=START)
        client.script_flush()
        assert await store.read(ROOM, after=0) == entries[:1]
        client.script_flush()
        await asyncio.gather(
            store.append(ROOM, entries[1:], after=1, head=entries[0].header.hash()),
            store.append("another1room", chain("x", "y"), after=0, head=START),
            store.add(Place(ROOM, "ABCD2345", None, b"key")),
        )
    assert await store.read(ROOM, after=0) == entries
    assert len(await store.read("another1room", after=0)) == 2


async def test_a_redis_that_is_full_writes_nothing_and_says_so(server: RedisServer, store: RedisStore) -> None:
    entries = chain("a")
    await store.append(ROOM, entries, after=0, head=START)
    with server.client() as client:
        client.config_set("maxmemory", "1")
        try:
            # Refused before the script began, not half way through.
            with pytest.raises(Unavailable, match=r"'maxmemory'\.$"):
                await store.append(ROOM, follows(entries[0], "b"), after=1, head=entries[0].header.hash())
            await store.erase("another1room")
            assert await store.read(ROOM, after=0) == entries
        finally:
            client.config_set("maxmemory", "0")
    await store.append(ROOM, follows(entries[0], "b"), after=1, head=entries[0].header.hash())


# Answers that do not come


async def test_a_write_whose_answer_was_lost_is_unsure_and_there_once(wire: Wire) -> None:
    async with open_redis(wire.url) as store:
        entries = chain("a")
        wire.swallow = True
        with pytest.raises(Unsure):
            await in_time(store.append(ROOM, entries, after=0, head=START))
        assert wire.swallowed == 1
        assert await store.read(ROOM, after=0) == entries
        with pytest.raises(Stale):
            await store.append(ROOM, chain("a, once more"), after=0, head=START)


async def test_who_is_unsure_looks_and_writes_once(wire: Wire) -> None:
    draft = Draft(1, "maureen1", "device01", 7, "card.add", b"Gran picks us up")
    async with open_redis(wire.url) as store:
        log = RoomLog(store, ROOM, new_room_key())
        wire.swallow = True
        with pytest.raises(Unsure):
            await log.append([draft])
        assert [one.ref for one in await log.catch_up()] == [7]
        await log.append([draft])
        assert numbers(await store.read(ROOM, after=0)) == [1, 2]


async def test_of_writes_that_went_out_together_each_is_there_once_or_not_at_all(wire: Wire) -> None:
    async with open_redis(wire.url) as store:
        wire.swallow = True
        rooms = [f"room{number:04}" for number in range(20)]
        outcomes = await asyncio.gather(
            *(store.append(room, chain(room), after=0, head=START) for room in rooms), return_exceptions=True
        )
        assert {type(outcome) for outcome in outcomes} <= {type(None), Unsure}
        assert Unsure in {type(outcome) for outcome in outcomes}
        for room, outcome in zip(rooms, outcomes, strict=True):
            found = words(await store.read(room, after=0))
            assert found in ([room], []) if outcome else found == [room]


async def test_a_redis_that_does_not_answer_keeps_nobody_waiting_for_ever(
    server: RedisServer, store: RedisStore
) -> None:
    await store.append("another1room", chain("the line is open"), after=0, head=START)
    server.freeze()
    try:
        with pytest.raises(Unsure):
            await in_time(store.append(ROOM, chain("a"), after=0, head=START))
    finally:
        server.thaw()
    # It may have been written a moment later: then it is found, once.
    assert words(await store.read(ROOM, after=0)) in ([], ["a"])


async def test_a_redis_that_is_away_writes_nothing(server: RedisServer, store: RedisStore) -> None:
    server.kill()
    try:
        with pytest.raises(Unavailable):
            await store.append(ROOM, chain("a"), after=0, head=START)
        with pytest.raises(Unavailable):
            await store.read(ROOM, after=0)
        with pytest.raises(Unavailable):
            await store.find(ROOM)
        await store.tell(ROOM, b"near")
    finally:
        server.start()
    await store.append(ROOM, chain("a"), after=0, head=START)


# Following


async def test_following_outlives_a_redis_that_goes_away_and_comes_back(server: RedisServer, store: RedisStore) -> None:
    entries = chain("a", "b", "c")
    await store.append(ROOM, entries[:1], after=0, head=START)
    seen: list[Entry] = []
    following = asyncio.create_task(follow(store, seen))
    await until(lambda: len(seen) == 1)
    server.kill()
    await asyncio.sleep(0.3)
    server.start()
    async with open_redis(server.url) as other:
        await other.append(ROOM, entries[1:2], after=1, head=entries[0].header.hash())
        await until(lambda: len(seen) == 2)
        await other.append(ROOM, entries[2:], after=2, head=entries[1].header.hash())
        await until(lambda: seen == entries)
    assert not following.done()
    await end(following)


async def test_followers_miss_nothing_while_the_news_are_cut_again_and_again(
    server: RedisServer, store: RedisStore
) -> None:
    seen: list[Entry] = []
    following = asyncio.create_task(follow(store, seen))
    last: Entry | None = None
    async with open_redis(server.url) as other:
        with server.client() as client:
            for number in range(60):
                if number % 10 == 5:
                    client.client_kill_filter(_type="pubsub")
                (entry,) = follows(last, str(number)) if last else chain(str(number))
                await other.append(ROOM, [entry], after=number, head=last.header.hash() if last else START)
                last = entry
                await asyncio.sleep(0.005)
        await until(lambda: len(seen) >= 60)
    assert numbers(seen) == list(range(1, 61))
    await end(following)


async def test_what_is_written_is_told_everywhere_as_it_is(server: RedisServer, store: RedisStore) -> None:
    entries = chain("a", "b")
    with server.client() as client, client.pubsub(ignore_subscribe_messages=True) as news:
        news.subscribe(news_of(ROOM))
        news.get_message(timeout=1)
        await store.append(ROOM, entries, after=0, head=START)
        heard = news.get_message(timeout=1)
        await store.erase(ROOM)
        erased = news.get_message(timeout=1)
    assert heard is not None and unpack(ROOM, heard["data"]) == entries
    assert erased is not None and erased["data"] == b""


async def test_what_was_written_while_the_news_were_cut_is_looked_up_when_they_are_back(
    server: RedisServer, store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.log.news.LOOK_EVERY_S", 60.0)
    entries = chain("a", "b")
    await store.append(ROOM, entries[:1], after=0, head=START)
    seen: list[Entry] = []
    following = asyncio.create_task(follow(store, seen))
    await until(lambda: len(seen) == 1)
    # The look of the first second is over by now: from here on only the news count.
    await asyncio.sleep(1.1)
    async with open_redis(server.url) as other:
        with server.client() as client:
            while not client.pubsub_numsub(news_of(ROOM))[0][1]:
                await asyncio.sleep(0.01)
            client.client_kill_filter(_type="pubsub")
            assert client.pubsub_numsub(news_of(ROOM))[0][1] == 0
        await other.append(ROOM, entries[1:], after=1, head=entries[0].header.hash())
    await until(lambda: len(seen) == 2, within=10.0)
    assert seen == entries
    await end(following)


async def test_what_was_written_without_any_news_is_found_within_a_second(
    server: RedisServer, store: RedisStore
) -> None:
    entries = chain("a", "b")
    await store.append(ROOM, entries[:1], after=0, head=START)
    seen: list[Entry] = []
    following = asyncio.create_task(follow(store, seen))
    await until(lambda: len(seen) == 1)
    seq, header, hash_, salt, body = row(entries[1])
    with server.client() as client:
        client.hset(keys_of(ROOM)[1], str(seq), (salt or b"") + (body or b""))
        client.xadd(keys_of(ROOM)[0], {"header": header, "hash": hash_}, id=f"{seq}-1")
    await until(lambda: len(seen) == 2, within=10.0)
    assert seen == entries
    await end(following)


async def test_news_that_lie_are_not_believed(server: RedisServer, store: RedisStore) -> None:
    entries = chain("a", "b")
    await store.append(ROOM, entries[:1], after=0, head=START)
    seen: list[Entry] = []
    following = asyncio.create_task(follow(store, seen))
    await until(lambda: len(seen) == 1)
    with server.client() as client:
        while not client.pubsub_numsub(news_of(ROOM))[0][1]:
            await asyncio.sleep(0.01)
        for lie in (b"", b"\0", b"\xff" * 40, pack([row(entry) for entry in chain("x", "y", "z")])[:-1]):
            assert client.publish(news_of(ROOM), lie) == 1
    await store.append(ROOM, entries[1:], after=1, head=entries[0].header.hash())
    await until(lambda: len(seen) == 2, within=10.0)
    assert seen == entries
    await end(following)


def test_what_is_packed_is_unpacked_and_what_was_cut_is_nothing() -> None:
    entries = chain("a", "", "\0" * 300)
    packed = pack([row(entry) for entry in entries])
    assert unpack(ROOM, packed) == entries
    cut = [unpack(ROOM, packed[:size]) for size in range(len(packed))]
    assert {len(one) for one in cut} == {0, 1, 2}
    assert all(one == entries[: len(one)] for one in cut)


async def test_a_process_hears_another(server: RedisServer, store: RedisStore) -> None:
    heard: list[bytes] = []

    async def hear() -> None:
        async for message in store.hear(ROOM):
            heard.append(message)

    hearing = asyncio.create_task(hear())
    async with open_redis(server.url) as other:
        while len(heard) < 2:
            await other.tell(ROOM, b"near")
            await asyncio.sleep(0.01)
    assert set(heard) == {b"near"}
    await end(hearing)


# Words that leave


async def test_forgotten_words_leave_the_append_only_file(server: RedisServer, store: RedisStore) -> None:
    secret = "My brother must not know"
    entries = chain("a", secret)
    await store.append(ROOM, entries, after=0, head=START)

    def on_disk() -> bytes:
        kept = b""
        for one in server.folder.rglob("appendonly.aof*"):
            with suppress(FileNotFoundError, IsADirectoryError):
                kept += one.read_bytes()
        return kept

    assert secret.encode() in on_disk()
    await store.append(ROOM, follows(entries[1], "x"), after=2, head=entries[1].header.hash(), forget=[2])
    await until(lambda: secret.encode() not in on_disk())


async def test_an_erasure_that_was_cut_short_is_found_and_asked_for_again(wire: Wire) -> None:
    async with open_redis(wire.url) as store:
        await store.add(Place(ROOM, "ABCD2345", 1, b"key"))
        await store.append(ROOM, chain("a"), after=0, head=START)
        wire.swallow = True
        with pytest.raises(Unsure):
            await store.erase(ROOM)
        assert [place.room for place in await store.all()] == [ROOM]
        await store.erase(ROOM)
        assert await store.all() == []


async def test_the_date_of_an_erasure_is_the_first_one(server: RedisServer, store: RedisStore) -> None:
    await store.erase(ROOM)
    with server.client() as client:
        first = client.get(keys_of(ROOM)[2])
        await asyncio.sleep(0.01)
        await store.erase(ROOM)
        assert client.get(keys_of(ROOM)[2]) == first
        assert client.exists(*keys_of(ROOM)[:2]) == 0


async def test_a_store_that_is_closed_takes_no_more(server: RedisServer) -> None:
    async with open_redis(server.url) as store:
        writing = asyncio.gather(
            *(store.append(f"room{number:04}", chain("a"), after=0, head=START) for number in range(30))
        )
        await asyncio.sleep(0)
    await in_time(writing)
    with pytest.raises(Unavailable):
        await store.append(ROOM, chain("a"), after=0, head=START)


async def test_a_stored_id_that_is_no_number_of_ours_is_broken(server: RedisServer, store: RedisStore) -> None:
    await store.append(ROOM, chain("a"), after=0, head=START)
    with server.client() as client:
        client.xadd(keys_of(ROOM)[0], {"header": b"{}", "hash": b"x"}, id="9-1")
    with pytest.raises(Broken):
        await store.read(ROOM, after=0)
