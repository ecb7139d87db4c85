"""Something we don't know yet, as a kind of card: who will find out, and by when."""

import msgspec

from . import words


class Unknown(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """We don't know this yet. `who` finds out, and `by_when`: each up to 40 characters, both may be left out."""

    who: str = ""
    by_when: str = ""


def check(unknown: Unknown) -> None:
    """Refuse words that cannot be kept. Raises Refused."""
    words.keep_or_none(unknown.who, words.NAME_MAX)
    words.keep_or_none(unknown.by_when, words.NAME_MAX)
