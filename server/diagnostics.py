"""What this server writes down about itself: where something went wrong and of which kind, never a word that a person
typed. It goes to stderr."""

from __future__ import annotations

import asyncio
import logging
import traceback
from types import TracebackType
from typing import Any

DEEPEST = 4

logger = logging.getLogger(__name__)


class Wordless(logging.Formatter):
    """Prints an exception as its kind and the places it went through. Its text may be somebody's words."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return kind_and_places(ei[1]) if ei[1] is not None else ""


def keep_words_out() -> None:
    """Send all diagnostics of this process to stderr, without words."""
    handler = logging.StreamHandler()
    handler.setFormatter(Wordless("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("server").setLevel(logging.INFO)


def kind_and_places(error: BaseException) -> str:
    """Of which kind an error is, and where it came from, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-DEEPEST:]))
    return f"{type(error).__name__} at {places}"


def log_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop does with an error that nobody waited for. The loop's own way would print the error's text."""
    error = context.get("exception")
    logger.error("%s: %s", context.get("message"), kind_and_places(error) if error is not None else "")
