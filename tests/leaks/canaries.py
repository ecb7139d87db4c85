"""A meeting by chance in which every word is marked: after each entry, whoever was told a mark must be one of those it
was for. For whom that is, stands here once more, in the plainest way, apart from how the server says it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from server.audience import NOBODY as NOT_THERE
from server.audience import Audience, Standing
from server.board import core
from server.board.cards import AddCard, EditCard
from server.board.door import Join, UseKey
from server.board.model import AnyAsk, AnyHouseAsk, Board, Entry
from server.story import Story
from tests.board.chance import Chance, Choice, begun
from tests.board.make import DANA, HELEN, JO, KOFI
from tests.leaks.markedrecords import MARK, amiss

MARKED = ("text", "reason", "words", "what", "know")
ROOM_FOR_A_MARK = 900
BEGINS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (DANA, "card.add", {"id": "aside9000", "column": "well", "text": "Set aside"}),
    (HELEN, "card.aside", {"card": "aside9000"}),
    (DANA, "card.add", {"id": "taken9000", "column": "well", "text": "Taken back"}),
    (DANA, "card.remove", {"card": "taken9000"}),
    (DANA, "card.add", {"id": "mine9000", "column": "well", "text": "Kept", "keep": True}),
    (KOFI, "card.add", {"id": "mine9001", "column": "worried", "text": "Kept", "keep": True}),
    (JO, "card.add", {"id": "tray9000", "column": "worried", "text": "Waits"}),
    (DANA, "quiet.say", {"id": "quiet9000", "about": "words", "text": "Quietly"}),
    (KOFI, "quiet.say", {"id": "quiet9001", "about": "words", "text": "Quietly"}),
    (DANA, "thought.keep", {"id": "later9000", "column": "well", "text": "For next time"}),
    (KOFI, "rating.set", {"round": "round000", "value": 3, "reason": "Mine"}),
    (JO, "rating.set", {"round": "round000", "value": 3, "reason": "Shared", "share": True}),
    (DANA, "step.answer", {"owner": "owner000", "answer": "but", "was": 1, "words": "Not on Fridays"}),
    (JO, "card.edit", {"card": "aside9000", "text": "In vain", "was": 1}),
)
EVERYONE = frozenset({"everyone"})
NOBODY: frozenset[str] = frozenset()


@dataclass
class Marked(Chance):
    """Chance, whose every word bears a mark of its own. `said`: by whom and how each was said."""

    said: dict[str, tuple[str, AnyAsk]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def try_(self, by: str, ask: AnyAsk | AnyHouseAsk) -> str:
        code = super().try_(by, ask)
        for mark in MARK.findall(str(ask)):
            if code:
                self.refused.add(mark)
            elif not isinstance(ask, Join):
                self.said[mark] = by, ask  # type: ignore[assignment]
        return code

    def _fields(self, tag: str, by: str, about: int, how: int) -> dict[str, Any]:
        fields = super()._fields(tag, by, about, how)
        for name in MARKED:
            text = fields.get(name)
            if isinstance(text, str) and text and len(text) < ROOM_FOR_A_MARK and tag != "word.unclear":
                fields[name] = f"{text} {self._mark()}"
        return fields

    def _house(self, what: str, about: int, how: int) -> AnyHouseAsk:
        ask = super()._house(what, about, how)
        if isinstance(ask, Join) and ask.name == "Newcomer":
            return Join(id=ask.id, name=self._mark(), role=ask.role, agency=ask.agency, cookie=ask.cookie)
        return ask

    def begins(self) -> None:
        """Something of everything that is not for all, so that chance has more to go on with."""
        for by, tag, fields in BEGINS:
            marked = {name: f"{text} {self._mark()}" if name in MARKED else text for name, text in fields.items()}
            self.try_(by, self.play.ask(tag, **marked))
        for id, tag in (("newcomer0", ""), ("newcomer1", "person.refuse"), ("newcomer2", "person.remove")):
            self.try_("house", Join(id=id, name=self._mark(), role="scribe", cookie=f"cookie-{id}"))
            if tag:
                self.try_(HELEN, self.play.ask(tag, person=id))

    def _mark(self) -> str:
        return f"canary{len(self.tries)}z"


@dataclass(eq=False)
class Ear:
    """A connection's end: every frame it was told, and nothing made of it."""

    cookie: str
    device: str = "device01"
    as_wall: bool = False
    standing: Standing = NOT_THERE
    told: int = 0
    frames: list[bytes] = field(default_factory=list)

    def tell(self, frame: bytes) -> None:
        self.frames.append(frame)

    def close(self, code: int, frame: bytes) -> None:
        self.tell(frame)


@dataclass
class Watched:
    """The same meeting, told entry by entry to everybody who looks, in the lobby, too. `found` is what someone was told
    and should not have been."""

    marked: Marked
    hidden: bool
    story: Story = field(default_factory=lambda: Story("room"))
    ears: list[Ear] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    frames: int = 0
    _forgotten: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.audience = Audience(self.story, lambda member: None)

    def plays(self) -> list[str]:
        """Tell it all, and look; half way, and at the end, at what would leave the server, too."""
        half = len(self.marked.play.log) // 2
        for place, entry in enumerate(self.marked.play.log):
            before = self.story.board
            if entry.ask is not None:
                self._forgotten |= {*core.forgets(before, entry.ask)}
            taken = self.story.take([entry], self.story.ahead([entry]))
            self.audience.tell(before, [entry], taken)
            self._look(entry.tag)
            if isinstance(entry.ask, Join | UseKey) and entry.ask.cookie in self.story.board.sessions:
                self._joins(entry)
            if place in {half, len(self.marked.play.log) - 1}:
                self._leave(place)
        for cookie in list(self.story.board.sessions):
            fresh = Ear(cookie)
            self.ears.append(fresh)
            self.audience.join(fresh, after=None, epoch="")
        self._look("welcome")
        return self.found

    def _leave(self, place: int) -> None:
        """Look at what would leave the server now."""
        log = self.marked.play.log[: place + 1]
        entries = [replace(one, ask=None) if one.seq in self._forgotten else one for one in log]
        found = amiss(self.story.board, entries, self.marked.said, self.marked.refused)
        self.found += [f"at entry {place}: {what}" for what in found]

    def _joins(self, entry: Entry) -> None:
        assert isinstance(entry.ask, Join | UseKey)
        one = Ear(entry.ask.cookie)
        self.ears.append(one)
        self.audience.join(one, after=None, epoch="")
        self._look(entry.tag)

    def _look(self, when: str) -> None:
        """Read every frame that came since the last time."""
        for one in self.ears:
            for frame in one.frames:
                self.frames += 1
                self.found += [f"at {when}, {self._called(one)}: {what}" for what in self._wrong(one, frame)]
            one.frames.clear()

    def _inside(self, one: Ear) -> bool:
        session = self.story.board.sessions.get(one.cookie)
        if session is None or session.person == "wall":
            return session is not None
        return self.story.board.people[session.person].state == "here"

    def _called(self, one: Ear) -> str:
        return f"{one.standing.person} ({one.standing.role}, {one.standing.state})"

    def _wrong(self, one: Ear, text: bytes) -> Iterator[str]:
        frame: dict[str, Any] = json.loads(text)
        if not self._inside(one) or frame["is"] == "bye":
            # Outside: no part, no number, no epoch.
            if frame["is"] not in {"waiting", "bye"} or set(frame) - {"is", "code", "why"}:
                yield f"outside, told {frame}"
            return
        board = self.story.board
        for mark in set(MARK.findall(text.decode())):
            to = self._for(board, mark)
            roles = {one.standing.person, one.standing.role, "everyone"}
            if not roles & to:
                yield f"told {mark}, which is for {sorted(to) or 'nobody'}: {self.marked.said.get(mark)}"
        if self.hidden:
            yield from _authors(frame)

    def _for(self, board: Board, mark: str) -> frozenset[str]:
        """For whom these words are: people and roles."""
        if mark not in self.marked.said:
            person = next((one for one in board.people.values() if one.name == mark), None)
            return _for_name(board, person.id) if person is not None else NOBODY
        by, ask = self.marked.said[mark]
        match ask:
            case AddCard():
                return _for_card(board, ask.id)
            case EditCard():
                return _for_card(board, ask.card)
            case _:
                return _for_others(board, by, ask)


def _for_name(board: Board, id: str) -> frozenset[str]:
    """Whoever was never inside is known to who opens the door alone."""
    person = board.people[id]
    if person.came or person.quoted or person.state in {"here", "expected", "apologies"}:
        return EVERYONE
    # Let in, and gone again before they came: the scribe keeps the list of those, too.
    return frozenset({"facilitator", "scribe"}) if person.state == "left" else frozenset({"facilitator"})


def _for_card(board: Board, id: str) -> frozenset[str]:
    card = board.cards.get(id)
    if card is None or card.state == "removed":
        return NOBODY
    match card.state:
        case "kept":
            return frozenset({card.by})
        case "aside":
            return frozenset({card.by, "facilitator"})
        case "tray":
            return frozenset({card.by, card.typed_by, "facilitator"})
        case _:
            return EVERYONE


def _for_others(board: Board, by: str, ask: Any) -> frozenset[str]:
    match ask.__struct_config__.tag:
        case "quiet.say":
            return frozenset({"facilitator"})
        case "thought.keep":
            thought = board.thoughts.get(ask.id)
            if thought is None:
                return NOBODY
            return EVERYONE if thought.shown else frozenset({thought.by, thought.typed_by, "facilitator"})
        case "rating.set":
            return _for_answer(ask, by, "named" in _shown(board.ratings, "round", ask.round))
        case "agreement.set":
            return _for_answer(ask, by, bool(_shown(board.answers, "poll", ask.poll) - {""}))
        case "step.answer":
            owner = board.owners.get(ask.owner)
            if owner is None:
                return NOBODY
            return EVERYONE if owner.shown else frozenset({owner.person, "facilitator"})
        case "set.differ" | "differ.edit":
            view = board.differs.get(getattr(ask, "differ", "") or ask.id)
            if view is None:
                return NOBODY
            return frozenset({view.by, view.typed_by, "facilitator"}) if view.state == "aside" else EVERYONE
        case _:
            return EVERYONE


def _for_answer(ask: Any, by: str, shown: bool) -> frozenset[str]:
    """Until the reveal nobody holds what was typed for another; afterwards all see what was to be shared."""
    if shown and ask.share:
        return EVERYONE
    return frozenset({by}) if ask.for_ in {None, by} else NOBODY


def _shown(given: Any, of: str, id: str) -> set[str]:
    return {one.shown for one in given.values() if getattr(one, of) == id}


def _authors(frame: dict[str, Any]) -> Iterator[str]:
    """Where authors are hidden no words bear a name."""
    for kind in ("card", "comment", "thought", "differ"):
        for part in frame.get("put", {}).get(kind, {}).values():
            who = [part.get("by"), part.get("typed_by"), (part.get("voice") or {}).get("brought_by")]
            if any(who):
                yield f"told whose a {kind} is: {who}"


def watched(said: list[Choice], *, admit: Any = "ask", authors: Any = "shown") -> Watched:
    """A meeting that chance makes of this."""
    marked = Marked(begun([], admit=admit, authors=authors).play)
    marked.begins()
    marked.go_on(said)
    return Watched(marked, hidden=authors == "hidden")
