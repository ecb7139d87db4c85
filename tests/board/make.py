"""A meeting for the tests of the board: one person of every role, and a hand that plays asks on it and keeps the
log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

import msgspec
import pytest

from server.board import core, door, phases
from server.board.meeting import COLUMNS, Admit, Authors
from server.board.model import AnyAsk, AnyHouseAsk, Board, Entry, Touched
from server.board.person import Role
from server.board.refusal import Refused
from server.board.sight import Viewer, lens_of, wall_lens
from server.board.template import (
    Column,
    FirstScale,
    Phase,
    Question,
    Service,
    Template,
    Told,
    Wording,
)
from server.fan import Step, whole
from server.protocol import encode, tag_of

ROLES: tuple[Role, ...] = get_args(Role)
HELEN, PRIYA, DANA, KOFI, LOU = "helenbrandt", "priyanair", "danawhitlock", "kofiwhitlock", "loufenwick"
SADE, LEILA, JO, NKECHI = "sadebankole", "leilasharifi", "jocastell", "nkechieze"
BY_ROLE: dict[str, str] = {
    "facilitator": HELEN,
    "scribe": PRIYA,
    "family": DANA,
    "child": KOFI,
    "supporter": LOU,
    "advocate": SADE,
    "interpreter": LEILA,
    "agency": JO,
    "observer": NKECHI,
}
MAUREEN, SHIRIN, TOM = "maureenwhitlock", "shirinazadi", "tomokafor"
NAMES = {
    HELEN: "Helen",
    PRIYA: "Priya",
    DANA: "Dana",
    KOFI: "Kofi",
    LOU: "Lou",
    SADE: "Sade",
    LEILA: "Leila",
    JO: "Jo",
    NKECHI: "Nkechi",
    MAUREEN: "Maureen",
    SHIRIN: "Shirin",
    TOM: "Tom",
}
WALL = "wall"
MEETING, SCALE, CODE = "meeting1", "scale001", "ABCD2345"
SET, POLL = "set00001", "poll0001"
VOICE = {"whose": "Kofi", "agreed": "yes", "how": "said", "when": "14 May", "brought_by": "Sade"}
START = 1_800_000_000_000
"""When every meeting here begins, ms. A second passes from entry to entry."""

TEMPLATE = Template(
    name="safety",
    title="Keeping the children safe",
    wording=Wording(past="Harm", worry="Worry", protective="Safety", goal="Goal", scale="Scale", plan="Plan"),
    columns=tuple(
        Column(id=id, title=id.title(), short=id, question=f"{id}?", hint="Say it plainly.", empty="Nothing here yet.")
        for id in COLUMNS
    ),
    phases=(
        Phase(id="welcome", title="Welcome", minutes=8, kind="open", guide="Who is here, and why."),
        Phase(id="worries", title="Worries", minutes=20, kind="column", guide="One at a time.", column="worried"),
        Phase(id="rate", title="Rate", minutes=10, kind="rate", guide="Ten first."),
        Phase(id="close", title="Close", minutes=2, kind="close", guide="Who gets what."),
    ),
    scale=FirstScale(title="Safety", about="Safe at home", ten="Safe enough", zero="Not safe", direction="up"),
    services=(Service(id="school", name="School"),),
    roles={role: role for role in ROLES},
    ground_rules=("One person at a time.",),
    questions=(Question(id="why-not-less", text="What makes it a {n} and not a {lower}?", column="well"),),
    told=Told(sentences=("Everyone here can read it.",), agencies="The family reads it too.", safe=()),
)


@dataclass
class Play:
    """A meeting under way. `log` is all that was accepted, `steps` what each entry touched."""

    board: Board = field(default_factory=Board)
    log: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    refs: int = 0

    def says(self, by: str, tag: str, **fields: Any) -> Touched:
        """Someone asks, and it happens. Raises Refused."""
        return self.take(by, self.ask(tag, **fields))

    def shows_all(self, child: str = KOFI) -> None:
        """The facilitator lets a child see everything."""
        self.says(HELEN, "person.child", person=child, sees="all")

    def refused(self, by: str, tag: str, **fields: Any) -> str:
        """Someone asks in vain: the code. Nothing has changed."""
        before = self.board
        with pytest.raises(Refused) as no:
            self.says(by, tag, **fields)
        assert self.board is before
        return no.value.code

    def outcome(self, by: str, tag: str, **fields: Any) -> str:
        """ "yes", or the code of the refusal. The meeting does not move."""
        entry = self.entry(by, self.ask(tag, **fields))
        try:
            core.check(self.board, entry)
        except Refused as refused:
            return refused.code
        return "yes"

    def writes(self, ask: AnyHouseAsk) -> Touched:
        """The server writes something down. Raises Refused."""
        return self.take("house", ask)

    def ask(self, tag: str, **fields: Any) -> AnyAsk:
        """An ask as it comes off the wire; `for_` stands for the field `for`."""
        self.refs += 1
        said = {"for" if name == "for_" else name: value for name, value in fields.items()}
        ask: AnyAsk = msgspec.convert({"ask": tag, "ref": self.refs, **said}, AnyAsk)
        return ask

    def entry(self, by: str, ask: AnyAsk | AnyHouseAsk) -> Entry:
        """The ask in the envelope it would have as the next entry."""
        seq = self.board.seq + 1
        return Entry(
            seq=seq,
            at=START + 1000 * seq,
            by=by,
            device=f"device-{by}",
            ref=getattr(ask, "ref", seq),
            tag=tag_of(ask),
            ask=ask,
            chance=f"chance{seq}",
            place=core.place(self.board, ask),
        )

    def take(self, by: str, ask: AnyAsk | AnyHouseAsk) -> Touched:
        """Check, write down and apply. Raises Refused."""
        entry = self.entry(by, ask)
        core.check(self.board, entry)
        self.board, touched = core.apply(self.board, entry)
        self.log.append(entry)
        self.steps.append(Step(entry.seq, touched))
        return touched

    def knocks(self, id: str, role: str = "family", *, name: str = "", cookie: str = "", agency: str = "") -> None:
        """Someone asks to come in."""
        self.writes(
            door.Join(
                id=id,
                name=name or NAMES.get(id, id),
                role=role,  # type: ignore[arg-type]
                agency=agency,
                cookie=cookie or f"cookie-{id}",
            )
        )

    def comes(self, id: str, role: str = "family", *, name: str = "", agency: str = "") -> str:
        """Someone asks to come in and is let in."""
        self.knocks(id, role, name=name, agency=agency)
        if self.board.people[id].state == "waiting":
            self.says(HELEN, "person.admit", person=id)
        self.writes(door.Came(person=id))
        return id

    def card(self, id: str, by: str = DANA, column: str = "well", text: str = "Gran picks us up", **more: Any) -> str:
        """A card, as this person would put it there."""
        role = self.board.people[by].role
        if role in {"scribe", "supporter"}:
            more.setdefault("for_", DANA)
        if role == "advocate":
            more.setdefault("voice", VOICE)
        self.says(by, "card.add", id=id, column=column, text=text, **more)
        return id

    def round(self, id: str = "round001", show: str = "named", *, too: bool = False, **more: Any) -> str:
        """An open round."""
        self.says(HELEN, "round.open", id=id, scale=SCALE, show=show, too=too, **more)
        return id

    def set_(self, id: str = "set00001", by: str = HELEN, *, up: bool = False, **parts: str) -> str:
        """A set with its own scale, of which something is written; `up`: put on the board."""
        self.says(by, "set.start", id=id, scale=f"own{id}", children=["Kofi", "Elsie"])
        for part, text in {"happened": "Dana was asleep after drinking", **parts}.items():
            self.says(by, "set.write", set=id, part=part.replace("_", ":"), text=text, was=0)
        if up:
            self.says(by, "set.put-up", set=id)
        return id

    def differ(self, id: str, by: str = DANA, set: str = "setonboard", text: str = "Not every week") -> str:
        """A different view, as this person would add it."""
        for_ = {"scribe": DANA, "supporter": DANA, "advocate": KOFI}.get(self.board.people[by].role)
        self.says(by, "set.differ", id=id, set=set, text=text, **({"for_": for_} if for_ else {}))
        return id

    def poll(self, id: str = POLL, *, set: str = SET, too: bool = False) -> str:
        """Everyone is asked about a set."""
        self.says(HELEN, "agreement.ask", id=id, set=set, too=too)
        return id

    def viewer(self, id: str) -> Viewer:
        """How someone looks."""
        if id == WALL:
            return Viewer(WALL, wall_lens(self.board.meeting.wall_child if self.board.meeting else ""))
        person = self.board.people[id]
        return Viewer(id, lens_of(person.role, person.sees))

    def sees(self, id: str) -> dict[str, dict[str, Any]]:
        """The whole board as someone's browser holds it."""
        seen: dict[str, dict[str, Any]] = msgspec.json.decode(encode(whole(self.board, self.viewer(id))))
        return seen


def opened(*, admit: Admit = "ask", authors: Authors = "shown", scale: str = SCALE) -> Play:
    """A meeting with Helen, its facilitator, and the wall."""
    play = Play()
    play.writes(
        phases.OpenMeeting(
            id=MEETING,
            title="Tuesday",
            code=CODE,
            template=TEMPLATE,
            scale=scale,
            admit=admit,
            authors=authors,
        )
    )
    play.writes(door.MakeKey(key="key-helen", role="facilitator", person=HELEN, name="Helen"))
    play.writes(door.UseKey(key="key-helen", cookie=f"cookie-{HELEN}"))
    play.writes(door.Came(person=HELEN))
    play.writes(door.MakeKey(key="key-wall", role="wall"))
    play.writes(door.UseKey(key="key-wall", cookie="cookie-wall"))
    return play


def meeting(*, admit: Admit = "ask", authors: Authors = "shown") -> Play:
    """A meeting with one person of every role."""
    play = opened(admit=admit, authors=authors)
    for role, id in BY_ROLE.items():
        if role != "facilitator":
            play.comes(id, role)
    return play
