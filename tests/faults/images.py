"""What a SQLite log on a disk may look like after a power cut: everything that was synced, and of the rest whatever the
disk happened to keep. From a record of all that a writing process did to its files."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from server.log import Broken
from server.log.chain import read_back
from server.log.sqlite import ROWS
from server.log.sqlitefile import CannotOpen, open_writer

from .watch import SYNCS, Call, Watch
from .writer import ROOMS

ROOT = Path(__file__).resolve().parents[2]
NAMES: Final = ("write", "pwrite64", "ftruncate", *SYNCS)
SECTOR: Final = 512
KEEPS: Final = ("nothing", "the first", "some", "a torn one")


class Deed(NamedTuple):
    """Something done to a file (its suffix behind the log's name), or `said`: an acknowledgement."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


class Ack(NamedTuple):
    """What was acknowledged: where a room stands, and the number whose words were to leave it, 0 for none."""

    room: str
    seq: int
    head: str
    forgot: int


def record(file: Path, seed: int, batches: int, *, synchronous: str = "") -> list[Deed]:
    """Have a process write to a log, and note all it does. The file must be there, so that no more than the log itself
    and what SQLite keeps beside it is written to."""
    open_writer(file).close()
    deeds = [Deed("write", "", 0, file.read_bytes()), Deed("sync", "")]

    def heard(call: Call) -> bool:
        if not call.path.startswith(str(file)):
            if call.name == "write" and call.args[0] == 1:
                deeds.append(Deed("said", data=call.bytes()))
            return False
        name = call.path.removeprefix(str(file))
        if call.name in SYNCS:
            deeds.append(Deed("sync", name))
        elif call.name == "ftruncate":
            deeds.append(Deed("cut", name, call.args[1]))
        else:
            at = call.args[3] if call.name == "pwrite64" else call.position()
            deeds.append(Deed("write", name, at, call.bytes()))
        return True

    watch = Watch(NAMES, heard)
    command = [sys.executable, "-m", "tests.faults.writer", str(file), str(seed), str(batches)]
    process = subprocess.Popen(
        command + ([synchronous] if synchronous else []), cwd=ROOT, stdout=subprocess.DEVNULL, preexec_fn=watch.before
    )
    watch.begin()
    assert process.wait() == 0
    watch.end()
    return deeds


@dataclass
class Disk:
    """A disk that is being written to: what is on it for sure, and what may be."""

    sure: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    maybe: dict[str, list[Deed]] = field(default_factory=lambda: defaultdict(list))
    acks: list[Ack] = field(default_factory=list)

    def take(self, deed: Deed) -> None:
        """Go on by one."""
        match deed.what:
            case "said":
                for line in deed.data.decode().splitlines():
                    room, seq, head, forgot = line.split()
                    self.acks.append(Ack(room, int(seq), head, int(forgot)))
            case "sync":
                for done in self.maybe.pop(deed.file, []):
                    _do(self.sure[deed.file], done)
            case _:
                self.maybe[deed.file].append(deed)

    def image(self, keeps: str, dice: random.Random) -> dict[str, bytes]:
        """The files as they may be found if the power fails now."""
        files = {name: bytearray(content) for name, content in self.sure.items()}
        for name, deeds in self.maybe.items():
            for deed in _kept(deeds, keeps, dice):
                _do(files.setdefault(name, bytearray()), deed)
        return {name: bytes(content) for name, content in files.items()}


def images(deeds: Sequence[Deed], many: int, seed: int) -> Iterator[tuple[dict[str, bytes], list[Ack], str]]:
    """So many images from all along the record, with what had been acknowledged by then, and what was kept."""
    dice, disk, at = random.Random(seed), Disk(), 0
    for place, cut in enumerate(sorted(dice.choices(range(2, len(deeds) + 1), k=many))):
        while at < cut:
            disk.take(deeds[at])
            at += 1
        keeps = KEEPS[place % len(KEEPS)]
        yield disk.image(keeps, dice), disk.acks, f"deed {cut} of {len(deeds)}, keeps {keeps}"


def losses(folder: Path, files: dict[str, bytes], acks: Sequence[Ack]) -> list[str]:
    """What was acknowledged and is not there, or not as it should be, when a server opens this image."""
    path = folder / "signboard.sqlite"
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        if not name.endswith("-shm"):
            (folder / f"{path.name}{name}").write_bytes(content)
    found = []
    try:
        with closing(open_writer(path)) as db:
            for room in ROOMS:
                kept = read_back(room, db.execute(ROWS, (room, 0)), after=0, head=None)
                for ack in [ack for ack in acks if ack.room == room]:
                    if len(kept) < ack.seq or kept[ack.seq - 1].header.hash() != ack.head:
                        found.append(f"{ack.seq} of {room} was acknowledged, and the log ends at {len(kept)}")
                    if ack.forgot and len(kept) >= ack.forgot and kept[ack.forgot - 1].body is not None:
                        found.append(f"words of {ack.forgot} in {room} had left the log")
    except (CannotOpen, Broken) as error:
        found.append(str(error))
    return found


def _kept(deeds: Sequence[Deed], keeps: str, dice: random.Random) -> list[Deed]:
    """What of the deeds that were not synced reached the disk."""
    match keeps:
        case "nothing":
            return []
        case "the first":
            return list(deeds[: dice.randint(0, len(deeds))])
        case "some":
            return [deed for deed in deeds if dice.random() < 0.5]
        case _:
            some = list(deeds[: dice.randint(0, len(deeds))])
            if some and some[-1].what == "write":
                last = some.pop()
                some.append(last._replace(data=last.data[: dice.randint(0, len(last.data) // SECTOR) * SECTOR]))
            return some


def _do(content: bytearray, deed: Deed) -> None:
    if deed.what == "cut":
        del content[deed.at :]
        content.extend(bytes(deed.at - len(content)))
        return
    if len(content) < deed.at:
        content.extend(bytes(deed.at - len(content)))
    content[deed.at : deed.at + len(deed.data)] = deed.data
