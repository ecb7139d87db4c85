"""A child's words on a card: whose, brought by whom, and whether the child agreed. What a child did not agree to share
never gets onto the board."""

from typing import Literal

import msgspec

from . import words
from .refusal import Refused

VoiceHow = Literal["said", "drew", "wrote", "app", "observed"]


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A child's words: whose, brought by whom, how and when said (each up to 40 characters), and whether the child
    agreed to share them. "no" stays off the board. `brought_by` is sent only where authors are shown."""

    whose: str
    agreed: Literal["yes", "parts", "no"]
    how: VoiceHow = "said"
    when: str = ""
    brought_by: str = ""


def check(voice: Voice) -> None:
    """Refuse words that are not to be shared, or nobody's. Raises Refused."""
    if voice.agreed == "no":
        raise Refused("not-shared")
    words.keep(voice.whose, words.NAME_MAX)
    words.keep_or_none(voice.brought_by, words.NAME_MAX)
    words.keep_or_none(voice.when, words.NAME_MAX)
