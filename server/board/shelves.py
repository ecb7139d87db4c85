"""Where the board keeps each kind of part, by name. A kind has its place here or nowhere."""

from collections.abc import Mapping
from typing import Final

SHELVES: Final[Mapping[str, str]] = {
    "meeting": "meetings",
    "person": "people",
    "key": "keys",
    "session": "sessions",
    "quiet": "quiet",
    "card": "cards",
    "scale": "scales",
    "round": "rounds",
    "rating": "ratings",
    "commenting": "commenting",
    "comment": "comments",
    "thought": "thoughts",
    "translation": "translations",
    "unclear": "unclear",
    "past": "past",
    "step": "steps",
    "owner": "owners",
    "decision": "decisions",
    "dissent": "dissents",
    "set": "sets",
    "earlier": "earlier",
    "differ": "differs",
    "poll": "polls",
    "answer": "answers",
    "correction": "corrections",
    "afterwards": "afterwards",
    "wish": "wishes",
    "held": "held",
    "signing": "signings",
    "former": "formers",
    "trail": "trails",
}
"""Where the board keeps each kind of part."""
