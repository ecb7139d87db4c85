"""This process's connections to Redis. Writes that wait go out together; an error says whether anything can have been
written."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from redis.asyncio import BlockingConnectionPool
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    NoPermissionError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from . import Unavailable, Unsure

ANSWER_S = 2.0
CONNECT_S = 1.0
CONNECTIONS = 8
TOGETHER_MOST = 64

NOTHING_WRITTEN = (OutOfMemoryError, ReadOnlyError, NoPermissionError)
NOTHING_WRITTEN_WORDS = ("MISCONF", "BUSY", "NOREPLICAS", "CLUSTERDOWN", "MASTERDOWN", "EXECABORT")

Value = str | bytes | int


class Script:
    """A Lua script of this folder, named by the hash Redis knows it by."""

    def __init__(self, name: str) -> None:
        self.text = (Path(__file__).parent / name).read_text("utf-8")
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Call(NamedTuple):
    """One run of a script."""

    script: Script
    keys: Sequence[str]
    values: Sequence[Value]

    def by_sha(self) -> tuple[Value, ...]:
        return ("EVALSHA", self.script.sha, len(self.keys), *self.keys, *self.values)

    def by_text(self) -> tuple[Value, ...]:
        return ("EVAL", self.script.text, len(self.keys), *self.keys, *self.values)


class Link:
    def __init__(self, url: str) -> None:
        # No retries: the client's own would run a write twice when only its answer was lost.
        self._pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=ANSWER_S,
            socket_timeout=ANSWER_S,
            socket_connect_timeout=CONNECT_S,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        self._writes: asyncio.Queue[tuple[Call, asyncio.Future[Any]] | None] = asyncio.Queue()
        self._stopping = False

    async def __aenter__(self) -> Self:
        self._writer = asyncio.create_task(self._write_all(), name="log-writer")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what waits, then hang up."""
        self._stopping = True
        self._writes.put_nowait(None)
        await self._writer
        await self._pool.aclose()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AbstractConnection]:
        """A connection of one's own for a while. Raises Unavailable; one left in the middle of an answer is closed."""
        try:
            connection: AbstractConnection = await self._pool.get_connection()  # type: ignore[no-untyped-call]
        except (RedisError, OSError) as error:
            raise Unavailable(f"Redis cannot be reached: {error}") from error
        try:
            yield connection
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        finally:
            await self._pool.release(connection)

    async def ask(self, *commands: tuple[Value, ...]) -> list[Any]:
        """Commands that only read, and their answers; an error Redis answers with stands in its place. Raises
        Unavailable."""
        try:
            async with self.connection() as connection:
                return await _exchange(connection, commands)
        except (RedisError, OSError) as error:
            raise Unavailable(f"Redis does not answer: {error}") from error

    async def read(self, script: Script, keys: Sequence[str], *values: Value) -> Any:
        """Run a script that only reads. Raises Unavailable."""
        call = Call(script, keys, values)
        [answer] = await self.ask(call.by_sha())
        if isinstance(answer, NoScriptError):
            [answer] = await self.ask(call.by_text())
        if isinstance(answer, Exception):
            raise Unavailable(f"Redis cannot read: {answer}") from answer
        return answer

    async def write(self, script: Script, keys: Sequence[str], *values: Value) -> Any:
        """Run a script that writes; synced on return. Raises Unavailable (nothing written) or Unsure."""
        if self._stopping:
            raise Unavailable("the log is closed")
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._writes.put_nowait((Call(script, keys, values), done))
        return await done

    async def _write_all(self) -> None:
        """All writes of this process, one load after the other: what waits meanwhile shares one send, one sync and
        one wake-up."""
        while waiting := await self._next_load():
            calls = [call for call, _ in waiting]
            outcomes = await self._write_together(calls)
            for (_, done), outcome in zip(waiting, outcomes, strict=True):
                if done.done():
                    continue
                if isinstance(outcome, Exception):
                    done.set_exception(outcome)
                else:
                    done.set_result(outcome)

    async def _next_load(self) -> list[tuple[Call, asyncio.Future[Any]]]:
        load: list[tuple[Call, asyncio.Future[Any]]] = []
        while len(load) < TOGETHER_MOST and (not load or not self._writes.empty()):
            write = await self._writes.get()
            if write is None:
                self._writes.put_nowait(None)
                break
            load.append(write)
        return load

    async def _write_together(self, calls: Sequence[Call]) -> list[Any]:
        try:
            async with self.connection() as connection:
                outcomes = await _exchange(connection, [call.by_sha() for call in calls])
                # Redis forgets scripts when it restarts. A script it does not know has written nothing.
                unknown = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, NoScriptError)]
                again = await _exchange(connection, [calls[place].by_text() for place in unknown])
                for place, outcome in zip(unknown, again, strict=True):
                    outcomes[place] = outcome
        except Unavailable as error:
            return [error] * len(calls)
        except BusyLoadingError as error:
            return [Unavailable(f"Redis is still loading: {error}")] * len(calls)
        except Exception as error:
            # Whatever it is, the next load must go out: were this loop to end, all writers would wait for ever.
            return [Unsure(f"Redis did not answer: {error}")] * len(calls)
        return [_judge(outcome) for outcome in outcomes]


async def _exchange(connection: AbstractConnection, commands: Sequence[tuple[Value, ...]]) -> list[Any]:
    """Send all, then hear all. Raises RedisError or OSError when the line fails: what was not answered may have been
    done."""
    if not commands:
        return []
    await connection.send_packed_command(connection.pack_commands(commands))
    answers: list[Any] = []
    for _ in commands:
        try:
            answers.append(await connection.read_response())
        except ResponseError as error:
            answers.append(error)
    return answers


def _judge(outcome: Any) -> Any:
    """Redis refuses a script before it starts or runs it whole, so these errors mean that nothing was written."""
    if isinstance(outcome, NOTHING_WRITTEN) or (
        isinstance(outcome, ResponseError) and str(outcome).startswith(NOTHING_WRITTEN_WORDS)
    ):
        return Unavailable(f"Redis cannot write: {outcome}")
    return outcome
