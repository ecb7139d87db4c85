"""What opens a door: links, of which only a hash is kept, and the cookies of browsers that came in. What may be done
with them is in `door` and `invitations`."""

from __future__ import annotations

from typing import ClassVar, Literal

from .ask import Part

KeyRole = Literal["facilitator", "wall", "person"]


class Key(Part, frozen=True, kw_only=True):
    """A link that opens a door by itself. `id` is the SHA-256 of the secret. `once` keys vanish when used; where their
    person has no device any more, they lead to the waiting page. An `invited` one is a person's own, for the first of
    their devices that is let in."""

    kind: ClassVar[str] = "key"
    role: KeyRole
    person: str = ""
    once: bool = False
    invited: bool = False
    by: str = ""  # who made it, "" where the meeting was made with it


class Session(Part, frozen=True, kw_only=True):
    """One browser's cookie. `id` is the SHA-256 of the cookie; `person` is "wall" for a projected screen."""

    kind: ClassVar[str] = "session"
    person: str
