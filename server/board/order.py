"""Places in a list as short texts that sort: there is always room between two, so moving a card touches one card."""

from typing import Final

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_MIDDLE: Final = DIGITS[len(DIGITS) // 2]


def at_end(seq: int, nth: int = 0) -> str:
    """The place of what entry number `seq` puts last: what later entries put last sorts later, and so does the `nth` of
    several. Never ends in "0", so there is room before it."""
    end = f"{seq:09d}{_MIDDLE}"
    return f"{end}{nth:04d}{_MIDDLE}" if nth else end


def between(low: str, high: str) -> str:
    """A place after `low` ("" is the start) and before `high`, which must sort after `low` and not end in "0"."""
    place, below = "", True
    while True:
        depth = len(place)
        floor = DIGITS.index(low[depth]) if depth < len(low) else 0
        ceiling = DIGITS.index(high[depth]) if below and depth < len(high) else len(DIGITS)
        if ceiling - floor > 1:
            return place + DIGITS[(floor + ceiling) // 2]
        place += DIGITS[floor]
        # One below the ceiling already: from here on only `low` matters.
        below = ceiling == floor
