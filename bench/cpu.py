"""What processes cost: their time on a processor, their memory, and on which core they run. Read from the kernel, which
counts nanoseconds; Linux only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
CORES = sorted(os.sched_getaffinity(0))
"""Those this process might use before it took one."""
TICKS = os.sysconf("SC_CLK_TCK")
SECOND_NS = 1_000_000_000
SERVERS, PEOPLE = 0, 1
"""Whose core is which."""


def on_processor_ns(schedstat: str) -> int:
    """Nanoseconds on a processor, the first of the three numbers the kernel keeps of a thread."""
    return int(schedstat.split()[0])


def used_ns(pids: Iterable[int]) -> int:
    """Nanoseconds all threads of these processes have run. Of one that has ended meanwhile nothing is known."""
    total = 0
    for pid in pids:
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                total += on_processor_ns((task / "schedstat").read_text())
    return total


def in_kernel_ns(pids: Iterable[int]) -> int:
    """How much of that the kernel worked for them, as far as its ticks of 10 ms tell: good over some seconds."""
    total = 0
    for pid in pids:
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                total += kernel_ticks((task / "stat").read_text())
    return total * SECOND_NS // TICKS


def kernel_ticks(stat: str) -> int:
    """Ticks in the kernel: the fifteenth field, behind a name that may hold anything."""
    return int(stat.rpartition(")")[2].split()[12])


def memory_bytes(pids: Iterable[int]) -> int:
    """Memory of these processes: each page once, shared ones in part."""
    lines = (line for pid in pids for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines())
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def family(pid: int) -> list[int]:
    """A process and all it started."""
    tasks = list((PROC / str(pid) / "task").iterdir())
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in family(child))]


def keep_to(pid: int, core: int) -> None:
    """Servers and people each on a core of their own, where there are two. Every thread by itself: those that run
    already would otherwise stay where they are."""
    if len(CORES) < 2:
        return
    for task in (PROC / str(pid) / "task").iterdir():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(task.name), {CORES[core]})


def take_other_core() -> None:
    """Leave the servers their core. What is started from now on runs on ours until it is told otherwise."""
    keep_to(os.getpid(), PEOPLE)
