"""What another process writes to files and syncs, in order and without slowing down anything else: the kernel asks us
before it does those few things for it (seccomp's user notification). Linux alone can do that."""

from __future__ import annotations

import array
import ctypes
import fcntl
import os
import platform
import select
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

CALLS: Final = {
    "x86_64": {"write": 1, "pwrite64": 18, "fsync": 74, "fdatasync": 75, "ftruncate": 77, "seccomp": 317},
    "aarch64": {"write": 64, "pwrite64": 68, "fsync": 82, "fdatasync": 83, "ftruncate": 46, "seccomp": 277},
}
SYNCS: Final = ("fsync", "fdatasync")
PR_SET_NO_NEW_PRIVS: Final = 38
SET_MODE_FILTER, NEW_LISTENER = 1, 1 << 3
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ASK_US = 0x7FFF0000, 0x7FC00000
RECEIVE, SEND = 0xC0502100, 0xC0182101
GO_ON: Final = 1
NOTICE: Final = struct.Struct("=QIIiIQ6Q")
ANSWER: Final = struct.Struct("=QqiI")

_libc = ctypes.CDLL(None, use_errno=True)
_numbers = CALLS[platform.machine()]
_names = {number: name for name, number in _numbers.items()}


class Call(NamedTuple):
    """Something a watched process is about to do: `path` and `inode` are of the file it does it to."""

    name: str
    pid: int
    path: str
    inode: tuple[int, int]
    args: tuple[int, ...]

    def bytes(self) -> bytes:
        """What it writes."""
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
            memory.seek(self.args[1])
            return memory.read(self.args[2])

    def position(self) -> int:
        """Where in the file a write goes that does not say so itself."""
        with open(f"/proc/{self.pid}/fdinfo/{self.args[0]}") as info:  # noqa: PTH123
            return int(info.readline().split()[1])


class Watch:
    """Give `before` to the process as its preexec_fn, `begin` when it runs. `heard` is called, in a thread of its own,
    for each call of these names; a sync it returns True for is answered in the kernel's stead, and never done."""

    def __init__(self, names: Sequence[str], heard: Callable[[Call], bool]) -> None:
        self._filter = _filter([_numbers[name] for name in names])
        self._heard = heard
        self._ours, self._theirs = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="watch", daemon=True)

    def before(self) -> None:
        """In the child, before it becomes another program: have the kernel ask, and hand over where it asks."""
        _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        buffer = ctypes.create_string_buffer(self._filter, len(self._filter))
        program = struct.pack("HxxxxxxP", len(self._filter) // 8, ctypes.addressof(buffer))
        listener = _libc.syscall(_numbers["seccomp"], SET_MODE_FILTER, NEW_LISTENER, program)
        if listener < 0:
            raise OSError(ctypes.get_errno(), "the kernel does not let us watch")
        socket.send_fds(self._theirs, [b"!"], [listener])
        os.close(listener)

    def begin(self) -> None:
        """Listen until every watched process has ended."""
        _said, [self._listener], _flags, _address = socket.recv_fds(self._ours, 1, 1)
        self._ours.close()
        self._theirs.close()
        self._thread.start()

    def end(self) -> None:
        """Wait until the last word was heard."""
        self._thread.join()
        os.close(self._listener)

    def _listen(self) -> None:
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        while True:
            [(_fd, events)] = poll.poll()
            if not events & select.POLLIN:
                return
            notice = array.array("B", bytes(NOTICE.size))
            try:
                fcntl.ioctl(self._listener, RECEIVE, notice)
                id, pid, _flags, number, _arch, _at, *args = NOTICE.unpack(notice)
                done = self._told(_names[number], pid, tuple(args))
                fcntl.ioctl(self._listener, SEND, ANSWER.pack(id, 0, 0, 0 if done else GO_ON))
            except FileNotFoundError:
                # It was killed while it waited for our answer.
                continue

    def _told(self, name: str, pid: int, args: tuple[int, ...]) -> bool:
        place = f"/proc/{pid}/fd/{args[0] & 0xFFFFFFFF}"
        file = os.stat(place)  # noqa: PTH116
        call = Call(name, pid, os.readlink(place), (file.st_dev, file.st_ino), args)  # noqa: PTH115
        return self._heard(call) and name in SYNCS


def _filter(numbers: Sequence[int]) -> bytes:
    """The program the kernel runs for each call: ask about these, allow all others."""
    steps = [(LOAD, 0, 0, 0)]
    for place, number in enumerate(numbers):
        steps.append((JUMP_IF_EQUAL, len(numbers) - place, 0, number))
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ASK_US)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
