"""A disk that can be filled: a small one of its own where this user may mount it; else none, and writes are forbidden
by a limit instead."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SIZE_MB = 256
PIECE = 1 << 20


@dataclass
class Disk:
    """`mounted`: it is a disk of its own, and `fill` leaves no byte on it."""

    folder: Path
    mounted: bool

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Take up all there is."""
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            piece = PIECE
            while piece:
                try:
                    file.write(bytes(piece))
                except OSError:
                    piece //= 2

    def relieve(self) -> None:
        self._ballast.unlink(missing_ok=True)


@contextmanager
def open_disk(folder: Path, *, mount: bool) -> Iterator[Disk]:
    """A disk in this folder. Where it is mounted, it is gone afterwards with all that was on it."""
    folder.mkdir(exist_ok=True)
    mounted = mount and os.geteuid() == 0 and _run("mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "faults", folder)
    try:
        yield Disk(folder, mounted)
    finally:
        if mounted:
            _run("umount", "-l", folder)


def _run(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
