"""`./run bench [--quick] [--only ROW...]`: measures, prints each row as soon as it is there, and says at the end what
is reached."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import resource
import subprocess
import time
from collections.abc import Sequence

from .cpu import take_other_core
from .figures import Figure
from .rows import JOBS, Report
from .tools import Tools, find

ROUNDS = 5
QUICK_ROUNDS = 2


def main() -> None:
    """Measure everything asked for and print it."""
    asked = _words()
    tools = find()
    _allow_many_files()
    take_other_core()
    print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    for why in tools.missing().values():
        print(f"missing: {why}")
    figures: list[Figure] = []
    began = time.monotonic()
    for name in asked.only or JOBS:
        print(f"\n== {name}: {JOBS[name].what}", flush=True)
        figures += _measured(name, tools, QUICK_ROUNDS if asked.quick else ROUNDS)
    print("\n== What is to be reached")
    for one in figures:
        print("\n".join(one.verdicts()) + "\n" if one.verdicts() else "", end="")
    print(f"\n{(time.monotonic() - began) / 60:.1f} minutes")


def _measured(name: str, tools: Tools, rounds: int) -> Sequence[Figure]:
    job = JOBS[name]
    why = job.missing(tools)
    try:
        report = Report(figures=[Figure(job.what, missing=why)]) if why else asyncio.run(_run(name, tools, rounds))
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        # One row that fails must not cost the others.
        report = Report(figures=[Figure(job.what, missing=f"{type(error).__name__}: {error}")])
    for figure in report.figures:
        print("\n".join(figure.lines()))
    print("\n".join(report.lines), flush=True)
    return report.figures


async def _run(name: str, tools: Tools, rounds: int) -> Report:
    return await JOBS[name].run(tools, rounds)


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="What this server costs, beside others.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds in place of {ROUNDS}")
    parser.add_argument("--only", nargs="+", metavar="ROW", choices=list(JOBS), help=f"of: {', '.join(JOBS)}")
    return parser.parse_args()


def _allow_many_files() -> None:
    """A connection is a file, and what we start may have as many as we."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
