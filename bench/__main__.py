"""`./run bench [--quick] [--keep] [--only ROW...]`: measures, prints each row as soon as it is there, and says at the
end what is reached."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import resource
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .cpu import take_other_core
from .figures import Figure
from .rows import JOBS, Report
from .tools import Tools, find

ROUNDS = 5
QUICK_ROUNDS = 2
INTERRUPTED = 130
README = Path(__file__).resolve().parent / "README.md"
LAST = "## Last results\n"


def main() -> None:
    """Measure everything asked for and print it."""
    asked = _words()
    tools = find()
    _allow_many_files()
    _end_in_order()
    take_other_core()
    began, said, figures = time.monotonic(), list[str](), list[Figure]()

    def say(*lines: str) -> None:
        said.extend(lines)
        print(*lines, sep="\n", flush=True)

    say(_machine(), *(f"missing: {why}" for why in tools.missing().values()))
    for name in asked.only or JOBS:
        say("", f"== {name}: {JOBS[name].what}")
        report = _measured(name, tools, QUICK_ROUNDS if asked.quick else ROUNDS)
        say(*(line for figure in report.figures for line in figure.lines()), *report.lines)
        figures += report.figures
    say("", "== What is to be reached", *(line for one in figures for line in one.verdicts()))
    say("", f"{(time.monotonic() - began) / 60:.0f} minutes; {_load()} at the end")
    if asked.keep:
        _keep(said)


def _measured(name: str, tools: Tools, rounds: int) -> Report:
    job = JOBS[name]
    why = job.missing(tools)
    if why:
        return Report(figures=[Figure(job.what, missing=why)])
    try:
        return asyncio.run(_run(name, tools, rounds))
    except (RuntimeError, OSError, TimeoutError) as error:
        # One row that fails must not cost the others.
        return Report(figures=[Figure(job.what, missing=f"{type(error).__name__}: {error}")])


async def _run(name: str, tools: Tools, rounds: int) -> Report:
    return await JOBS[name].run(tools, rounds)


def _machine() -> str:
    day = time.strftime("%Y-%m-%d")
    python = platform.python_version()
    return f"{day}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}, {_load()} before"


def _load() -> str:
    """How many processes wanted a core in the last minute: what else went on."""
    return f"load {os.getloadavg()[0]:.1f}"


def _keep(said: Sequence[str]) -> None:
    """In place of what was kept last time."""
    before = README.read_text("utf-8").partition(LAST)[0]
    README.write_text("\n".join([before + LAST, "```text", *said, "```", ""]), "utf-8")


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="What this server costs, beside others.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds in place of {ROUNDS}")
    parser.add_argument("--keep", action="store_true", help="write what is printed into bench/README.md")
    parser.add_argument("--only", nargs="+", metavar="ROW", choices=list(JOBS), help=f"of: {', '.join(JOBS)}")
    return parser.parse_args()


def _allow_many_files() -> None:
    """A connection is a file, and what we start may have as many as we."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _end_in_order() -> None:
    """However this is told to end, what it started is ended first."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda number, frame: signal.raise_signal(signal.SIGINT))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
