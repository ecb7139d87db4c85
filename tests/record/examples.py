"""Example A and B, played whole over the real wire at high speed, and their records. `python -m tests.record.examples`
writes the golden files anew: read what has changed in them before you commit it."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from server import demo
from server.demo.script import Step
from server.demo.stage import Stage as Play
from server.opening import Wish, open_meeting
from server.record.blocks import Block, Cell, Chart, Heading, Line, Para, Table, Turn
from server.record.forms import write
from server.record.making import fingerprint
from server.record.model import Copy, Record, Stay
from server.record.paper import paper
from server.recording import record_of
from tests.meeting import Running, running, settings_in

GOLDEN: Final = Path(__file__).resolve().parent / "golden"
COPIES: Final[tuple[Copy, ...]] = ("whole", "family", "plan")
FORMS: Final = ("txt", "csv", "json")
SPEED: Final = 200.0
WITHIN_S: Final = 60.0
QUIET_S: Final = 0.3
ID: Final = re.compile(r"[a-z0-9]{16}|[0-9a-f]{20}")
IN_UTC: Final = 1_800_000_000_000
HERE: Final = int(datetime(2027, 5, 12, 14, 0).timestamp() * 1000)
"""The afternoon of the examples: what a form says in words is told by the clock of this machine."""


async def played(server: Running, example: str) -> dict[Copy, Record]:
    """Play an example to its end. Returns its records."""
    script, begun = demo.EXAMPLES[example](), 0

    async def before(_step: Step) -> None:
        nonlocal begun
        begun += 1

    name = script.figures[script.facilitator].name
    wish = Wish(title=script.title, template=script.template, name=name)
    links = await open_meeting(server.hub, server.site.templates, wish, base=server.url)
    room = await server.hub.room(links.room)
    play = Play(links, script, address=server.url, origin=server.url, speed=SPEED)
    play.before = before
    task = asyncio.create_task(play.play())
    try:
        async with asyncio.timeout(WITHIN_S):
            seen = -1
            while begun < len(script.steps) or seen != room.board.seq:
                seen = room.board.seq
                await asyncio.sleep(QUIET_S)
        assert play.refused == []
        assert room.board.meeting is not None and room.board.meeting.phase == "close"
        return {copy: await record_of(room, copy, made=IN_UTC) for copy in COPIES}
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def all_played(folder: Path) -> dict[str, dict[Copy, Record]]:
    """Both examples, side by side on one server."""
    async with running(settings_in(folder)) as server:
        records = await asyncio.gather(*map(partial(played, server), demo.EXAMPLES))
    return dict(zip(demo.EXAMPLES, records, strict=True))


def settled(record: Record, day: int) -> Record:
    """The same record with ids in the order in which they come, and as if all of it had happened at one moment."""
    names: dict[str, str] = {}
    told = replace(
        record,
        opened=day,
        made=day,
        people=tuple(replace(one, stays=tuple(Stay(came=day) for _stay in one.stays)) for one in record.people),
    )
    made = msgspec.convert(_named_anew(msgspec.to_builtins(told), names), Record)
    return replace(made, fingerprint=fingerprint(made))


def _named_anew(value: Any, names: dict[str, str]) -> Any:
    match value:
        case dict():
            return {key: _named_anew(inside, names) for key, inside in value.items()}
        case list() | tuple():
            return [_named_anew(inside, names) for inside in value]
        case str() if ID.fullmatch(value):
            return names.setdefault(value, f"id{len(names) + 1:06}")
        case _:
            return value


def golden(record: Record, form: str) -> str:
    """What stands in a golden file: the same at every play, on every machine."""
    match form:
        case "json":
            return write(settled(record, IN_UTC), "json").decode()
        case "csv":
            return "\n".join(" | ".join(filter(None, row)) for row in _rows(_here(record))) + "\n"
        case _:
            return "\n".join(lines(_here(record))) + "\n"


def _here(record: Record) -> Record:
    # Moments told by the clock of this machine are a part of what the fingerprint is made of.
    return replace(settled(record, HERE), fingerprint="f" * 64)


def _rows(record: Record) -> Iterator[list[str]]:
    """Each cell that holds something, with its head."""
    heads, *rows = csv.reader(io.StringIO(write(record, "csv").decode("utf-8-sig"), newline=""))
    for row in rows:
        yield [f"{head}: {cell}" if cell else "" for head, cell in zip(heads, row, strict=True)]


def lines(record: Record) -> Iterator[str]:
    """The paper as plain text."""
    for block in paper(record).blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield f"{'#' * block.level} {block.text}"
        case Para():
            yield f"{block.kind}: {_para(block)}"
        case Table():
            yield f"table: {block.caption}"
            for row in (block.heads, *block.rows):
                yield "| " + " | ".join(map(_cell, row))
        case Line() | Chart():
            yield f"drawing: {block.text}"
        case Turn():
            yield f"--- {'landscape' if block.landscape else 'upright'}"


def _para(para: Para) -> str:
    return " / ".join(f"({run.text})" if run.soft else run.text for run in para.runs)


def _cell(cell: Cell) -> str:
    return " // ".join(map(_para, cell.paras))


def files(records: Mapping[str, Mapping[Copy, Record]]) -> dict[str, str]:
    """Every golden file, by its name."""
    return {
        f"{example}.{copy}.{form}": golden(record, form)
        for example, copies in records.items()
        for copy, record in copies.items()
        for form in FORMS
    }


def main() -> None:
    """Play both, and write what comes out."""
    with tempfile.TemporaryDirectory() as folder:
        records = asyncio.run(all_played(Path(folder)))
    GOLDEN.mkdir(exist_ok=True)
    for name, text in files(records).items():
        (GOLDEN / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
