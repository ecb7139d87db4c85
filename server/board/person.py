"""A person of a meeting as a part of the board. What may be asked of one is in `people`, `children`, `lead` and
`phone`."""

from __future__ import annotations

from typing import ClassVar, Literal

from .ask import Age, Chooses, Part, Sees, View

Role = Literal["facilitator", "scribe", "family", "child", "supporter", "advocate", "interpreter", "agency", "observer"]
State = Literal["waiting", "here", "left", "refused", "removed", "expected", "apologies"]
How = Literal["device", "room", "phone"]
Ready = Literal["", "ready", "minute", "ring"]


class Person(Part, frozen=True, kw_only=True):
    """Someone on the list. `how` says whether they have a device, are in the room without one, or are on the phone."""

    kind: ClassVar[str] = "person"
    name: str
    role: Role
    agency: str = ""
    helping: str = ""
    state: State
    how: How = "device"
    again: str = ""  # the person on the list this one, waiting, seems to be: expected, or asking to come back
    comes_back: bool = False
    own_link: bool = False  # comes back by a link of their own, and not by a name alone
    quoted: bool = False  # whether words or a number stand on the board under their name
    ready: Ready = ""
    hand: bool = False
    on_phone_of: str = ""  # in the room without a device, and writes on this person's
    came: int = 0
    away: int = 0  # since when without a device, ms; 0 while here
    at: int = 0
    age: Age | Literal[""] = ""  # for which age a child's screen speaks; nobody has said: "8-11"
    sees: Sees | Literal[""] = ""  # what a child sees of the adults' board; nobody has said: "good"
    chooses: Chooses | Literal[""] = ""  # how a child chooses a number; nobody has said: as is usual at that age
    goodbye: bool = False  # a child is being said goodbye to, and their screen asks what becomes of what they kept
    lead: bool = False  # leads the work with the family
    alarm: int = 0  # when their personal link was opened by somebody else's device, ms; 0 once that was seen to


class PersonView(View, frozen=True, kw_only=True):
    """Someone in the meeting. `state` is "here" or "left"; "expected" and "apologies" go to facilitator and scribe,
    and to everyone once words of theirs stand on the board under their name; "waiting", "refused" and "removed" to the
    facilitator alone: for others, whoever was here and was removed, or asks to come back, has left. Whoever never
    came, and has no words on the board, is not on others' list once they are gone.

    `lead`: leads the work with the family.

    Of a child, to the facilitator and the child: `age`, for which their screen speaks ("": 8-11), `sees`, what they
    see of the adults' board ("": good), `chooses`, how they choose a number ("": as the template says for that age),
    and `goodbye`, while their part is coming to its end.

    To the facilitator also: `back` (asks to come back), `expected` (seems to be someone on the list), `ready` (yours
    to you too), `since` (ms since 1970: when they knocked, or came onto the list), `alarm` (ms since 1970: when their
    personal link was opened on another device than theirs; 0 for never), `by_link` (whose link somebody who waits came
    by). To facilitator and scribe: `came`
    and `away`, ms since 1970, 0 for never and not; `on_phone_of`, on whose phone they write, which that person is told
    too."""

    name: str
    role: Role
    agency: str
    state: State
    helping: str = ""
    how: How = "device"
    hand: bool = False
    back: bool = False
    expected: bool = False
    ready: Ready = ""
    came: int = 0
    away: int = 0
    since: int = 0
    on_phone_of: str = ""
    age: Age | Literal[""] = ""
    sees: Sees | Literal[""] = ""
    chooses: Chooses | Literal[""] = ""
    goodbye: bool = False
    lead: bool = False
    alarm: int = 0
    by_link: str = ""
