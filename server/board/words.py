"""Words people type: kept exactly as typed, or refused. Never trimmed, never changed; names alone are put in one
Unicode form."""

import re
import unicodedata
from typing import Annotated, Final

from msgspec import Meta

from .refusal import Refused

CARD_MAX: Final = 1000
REASON_MAX: Final = 280
NAME_MAX: Final = 40
END_MAX: Final = 400
"""What an end of a scale means."""
TITLE_MAX: Final = 80

# What XML 1.0 cannot hold would break the exported record, so it never gets in.
_UNKEEPABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What turns the writing around, and what nobody sees. Joiners stay: Persian names and some pictures need them.
_TRICKS: Final = re.compile(
    "[\t\n\r\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
MARKS_MAX: Final = 4

# `$` alone would let a trailing newline through in Python.
Id = Annotated[str, Meta(pattern=r"^[a-z0-9]{8,32}(?!\n)$", description="8 to 32 of a-z and 0-9, random")]
"""The name of a thing: 8 to 32 of `[a-z0-9]`, random, chosen by who makes it."""


def keep(text: str, most: int) -> None:
    """Refuse `text` that is empty, over `most` characters or not keepable. Raises Refused: empty, too-long,
    bad-character."""
    if not text.strip():
        raise Refused("empty")
    keep_or_none(text, most)


def keep_or_none(text: str, most: int) -> None:
    """The same for words that may be left out. Raises Refused: too-long, bad-character."""
    if len(text) > most:
        raise Refused("too-long")
    if _UNKEEPABLE.search(text):
        raise Refused("bad-character")


def keep_name(text: str) -> None:
    """The same for what a person is called: also refused are signs that turn the writing around, hide, or pile up, by
    which a name could pass for another or spill over a screen. Raises Refused: empty, too-long, bad-character."""
    called = name(text)
    keep(called, NAME_MAX)
    if _TRICKS.search(called) or _marks_on_one(called) > MARKS_MAX:
        raise Refused("bad-character")
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in called):
        raise Refused("empty")


def keep_label(text: str, most: int) -> None:
    """Refuse what stands beside a name and is over `most` characters or holds what a name may not. Raises Refused:
    too-long, bad-character."""
    keep_or_none(text, most)
    if _TRICKS.search(text) or _marks_on_one(text) > MARKS_MAX:
        raise Refused("bad-character")


def _marks_on_one(text: str) -> int:
    """How many marks stand on one letter at most."""
    most = now = 0
    for sign in text:
        kind = unicodedata.category(sign)
        # What joins signs begins no new one.
        now = now + (kind != "Cf") if kind in {"Mn", "Me", "Cf"} else 0
        most = max(most, now)
    return most


def name(text: str) -> str:
    """A person's name in NFC, so that one name looks and compares as one."""
    return unicodedata.normalize("NFC", text)


def alike(text: str) -> str:
    """What is the same of two names that read alike to a person: letter case and outer spaces do not count."""
    return name(text).strip().casefold()


def same_name(one: str, other: str) -> bool:
    """Whether two names read alike to a person: letter case and outer spaces do not count."""
    return alike(one) == alike(other)
