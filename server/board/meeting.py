"""The meeting as a part of the board, and as its people see it. What happens to it, `phases` and `agenda` say."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from .ask import Column, Part, View
from .template import PromptKind, Template
from .words import Id

Admit = Literal["ask", "all"]
Authors = Literal["shown", "hidden"]
WallChild = Literal["", "own", "good", "all"]
COLUMNS: tuple[Column, ...] = ("well", "worried", "needs")


class Wall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the projected screen does. `hold` keeps it on `phase`; `page` turns what is too long for it."""

    blank: bool = False
    hold: str = ""
    code: bool = True
    page: int = 0


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What we are talking about: shown large on the wall, and on top of every phone. `meeting`: its ground rules."""

    kind: Literal["card", "round", "set", "meeting"]
    id: Id


class Meeting(Part, frozen=True, kw_only=True):
    """The meeting. Its whole template stands in the entry that opened it, so no file is read for it again. A `practice`
    meeting is nobody's: it is erased a day after it was opened, closed or not."""

    kind: ClassVar[str] = "meeting"
    title: str
    code: str
    template: Template
    admit: Admit
    authors: Authors
    erase_days: int
    phase: str
    phase_since: int
    state: Literal["open", "closed"] = "open"
    closed: tuple[Column, ...] = ()
    pause: bool = False
    about: About | None = None
    wall: Wall = Wall()
    opened: int = 0
    ended: int = 0
    cut: int = 0
    practice: bool = False
    agenda: tuple[str, ...] = ()  # phases in this meeting's own order, where it is not the template's
    skipped: tuple[str, ...] = ()
    family_first: tuple[Column, ...] = ()
    rules_agreed: int = 0
    prompts_off: tuple[PromptKind, ...] = ()
    wall_child: WallChild = ""
    about_seen: tuple[str, ...] = ()  # the narrowed ways of seeing that what we talk about reaches


class MeetingView(View, frozen=True, kw_only=True):
    """The meeting as its people see it. `columns` and `phases` are the template's; `closed` names columns where adding
    is closed, `family_first` those where agencies' cards wait; `agenda` is the order of the phases where it is not the
    template's, `skipped` what is left out of it; `rules_agreed` is when; `pause` is a break; `erase_days` count from
    the close. `code` goes to the facilitator and the wall; `admit`, `cut`, `prompts_off` and the template's `bands` and
    `prompts` to the facilitator (`cut`: when the server went back to an older copy of this meeting, 0 for never), and
    so does `wall_child`: what the wall shows while a child is in the room ("own": children's words; "good": these and
    good things; "all"; "": nobody has said, everything). Times are ms since 1970."""

    title: str
    phase: str
    phase_since: int
    state: Literal["open", "closed"]
    authors: Authors
    template: Template
    closed: tuple[Column, ...] = ()
    pause: bool = False
    about: About | None = None
    wall: Wall = Wall()
    code: str = ""
    admit: Admit | Literal[""] = ""
    erase_days: int = 0
    opened: int = 0
    ended: int = 0
    cut: int = 0
    agenda: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    family_first: tuple[Column, ...] = ()
    rules_agreed: int = 0
    prompts_off: tuple[PromptKind, ...] = ()
    wall_child: WallChild = ""
