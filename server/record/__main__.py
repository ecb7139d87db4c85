"""`python -m server.record FORM`: a record as JSON in, the same in that form out. In a process of its own, so that a
long one holds up no meeting and what it took is given back."""

from __future__ import annotations

import sys
from typing import Final

import msgspec

from ..catalogue import speak
from .forms import CannotWrite, write
from .model import Record

CANNOT: Final = 3
"""The exit code where the form cannot be written; why stands on the error output, as one sentence."""


def main() -> int:
    """Read, write, and say how it went."""
    record = msgspec.json.decode(sys.stdin.buffer.read(), type=Record)
    speak(record.lang)
    try:
        written = write(record, sys.argv[1])
    except CannotWrite as error:
        sys.stderr.buffer.write(str(error).encode())
        return CANNOT
    sys.stdout.buffer.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
