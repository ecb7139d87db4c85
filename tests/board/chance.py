"""Meetings by chance: whatever people of every role might ask, one after another, most of it allowed. For the laws."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from server.board import core
from server.board.agreements import CountPoll
from server.board.bringing import BringPerson, BringRound, BringSet, BringStep, Taker
from server.board.differs import may_word
from server.board.door import Came, EndSession, Goodbye, Join, Left, MakeKey, UseKey
from server.board.former import Given
from server.board.invitations import InvitePerson, MisuseKey, RenewKey
from server.board.meeting import COLUMNS
from server.board.model import AnyAsk, AnyHouseAsk, Board
from server.board.phases import CutLog
from server.board.refusal import Refused
from server.board.rights import RIGHTS
from server.board.scales import CountRound
from server.board.setparts import may_write
from server.board.signing import MadeRecord
from server.board.unclear import told
from server.protocol import encode

from .make import (
    BY_ROLE,
    DANA,
    HELEN,
    JO,
    KOFI,
    MAUREEN,
    MEETING,
    PRIYA,
    SADE,
    SCALE,
    TEMPLATE,
    TOM,
    VOICE,
    Play,
    meeting,
)

Choice = tuple[int, int, int, int]
"""What is asked, by whom, about what, and how: each picks from what there is at that moment."""

law = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""How laws are tried: the same meetings at every run, and no clock that a busy machine could lose against."""

OFTEN = {
    "card.add": 8,
    "card.edit": 4,
    "card.move": 4,
    "card.remove": 2,
    "card.restore": 2,
    "card.confirm": 3,
    "card.aside": 3,
    "card.return": 2,
    "card.show": 4,
    "card.put-up": 3,
    "card.hold": 2,
    "column.first": 4,
    "card.erase": 2,
    "wording.remove": 2,
    "card.unknown": 2,
    "card.tag": 2,
    "comment.open": 4,
    "comment.add": 8,
    "comment.remove": 2,
    "thought.keep": 3,
    "about.show": 4,
    "round.open": 5,
    "rating.set": 14,
    "round.reveal": 3,
    "round.close": 2,
    "round.question": 2,
    "person.admit": 3,
    "person.refuse": 2,
    "join": 4,
    "round.count": 3,
    "person.share": 2,
    "set.start": 3,
    "set.write": 6,
    "set.put-up": 3,
    "set.link": 3,
    "set.unlink": 2,
    "set.replace": 2,
    "set.erase": 2,
    "earlier.remove": 2,
    "set.differ": 4,
    "differ.edit": 2,
    "differ.take-back": 2,
    "differ.aside": 2,
    "differ.return": 2,
    "set.close": 3,
    "set.reopen": 5,
    "set.discard": 3,
    "agreement.ask": 3,
    "agreement.set": 12,
    "agreement.show": 3,
    "agreement.count": 3,
    "use": 2,
    "came": 3,
    "translation.set": 6,
    "translation.remove": 2,
    "word.unclear": 6,
    "word.cleared": 5,
    "step.add": 4,
    "step.edit": 2,
    "step.ask": 6,
    "step.answer": 8,
    "step.show-owner": 4,
    "step.remove": 2,
    "step.restore": 2,
    "person.mark": 2,
    "decision.add": 2,
    "decision.edit": 2,
    "decision.differ": 3,
    "decision.take-back": 2,
    "correction.ask": 8,
    "correction.take-back": 6,
    "step.state": 4,
    "copy.wish": 2,
    "former.person": 3,
    "former.round": 4,
    "former.match": 4,
    "copy.only": 2,
    "person.child": 3,
    "child.goodbye": 2,
    "wall.set": 2,
}
"""What is asked more often than once in a while."""
HOUSE = (
    "join",
    "end",
    "goodbye",
    "came",
    "left",
    "link",
    "use",
    "invite",
    "misuse",
    "renew",
    "round.count",
    "agreement.count",
    "cut",
    "record.made",
    "former.person",
    "former.round",
    "former.set",
    "former.step",
)
ASKED = tuple(tag for tag in (*RIGHTS, *HOUSE) for _ in range(OFTEN.get(tag, 1)))

_one = st.tuples(st.integers(0, len(ASKED) - 1), *[st.integers(0, 63)] * 3)


def many(seed: int) -> list[Choice]:
    dice = random.Random(seed)
    return [(dice.randrange(len(ASKED)), *(dice.randrange(64) for _ in range(3))) for _ in range(60)]  # type: ignore[misc]


# Short meetings show a broken law at its simplest; long ones get to where two things meet.
_long = st.integers(0, 2**32).map(many)
choices: st.SearchStrategy[list[Choice]] = st.one_of(_long, _long, _long, _long, st.lists(_one, max_size=20))

NEWCOMERS = tuple(f"newcomer{place}" for place in range(4))
WORDS = ("Gran picks us up", "ما هر شب با هم غذا می‌خوریم", "On Fridays", "😀" * 3, "x", "y", "z" * 1000, "", "y" * 1001)
VALUES: tuple[Any, ...] = (0, 1, 3, 4, 7, 10, "not-sure", "rather-not")


@dataclass
class Chance:
    """A meeting that goes on as chance has it. `tries` is everything that was asked, and how it was answered."""

    play: Play
    tries: list[tuple[str, AnyAsk | AnyHouseAsk, str]] = field(default_factory=list)

    def try_(self, by: str, ask: AnyAsk | AnyHouseAsk) -> str:
        """Ask it: "" or the code of the refusal, which changes nothing."""
        before = self.play.board
        image = encode(before)
        try:
            self.play.take(by, ask)
            code = ""
        except Refused as refused:
            code = refused.code
            assert self.play.board is before
            assert encode(before) == image
        self.tries.append((by, ask, code))
        return code

    def go_on(self, said: list[Choice]) -> None:
        for what, who, about, how in said:
            meeting = self.play.board.meeting
            assert meeting is not None
            if what % 3 and (meeting.pause or meeting.state == "closed"):
                # Most of a meeting is neither a break nor over.
                self.try_(HELEN, self.play.ask("break.end" if meeting.pause else "meeting.reopen"))
            tag = ASKED[what]
            if tag in HOUSE:
                self.try_("house", self._house(tag, about, how))
            else:
                by = self._who(tag, who)
                self.try_(by, self.play.ask(tag, **self._fields(tag, by, about, how)))

    def _who(self, tag: str, who: int) -> str:
        """Mostly someone who may ask this at all."""
        board = self.play.board
        everyone = list(board.people)
        able = [one.id for one in board.people.values() if one.state == "here" and one.role in RIGHTS[tag]]
        able = [id for id in able if id in _whose(board, tag)] or able
        return _pick(able if able and who % 8 else everyone, who // 8 * 7 + who % 8)

    def _fields(self, tag: str, by: str, about: int, how: int) -> dict[str, Any]:
        board = self.play.board
        card, person = _pick(_cards(board, tag, by), about), _pick(_people(board, tag), about)
        round = _pick(_rounds(board, tag), about)
        column = COLUMNS[how % 3]
        match tag:
            case "card.add":
                role = board.people[by].role
                fields: dict[str, Any] = {"id": f"card{about:04}", "column": column, "text": _pick(WORDS, how)}
                if role in {"scribe", "supporter"} or (role == "facilitator" and how % 3 == 0):
                    family = [one.id for one in board.people.values() if one.role == "family"]
                    fields["for_"] = _pick(family or [person], about) if how % 6 else person
                if role == "advocate" or how % 5 == 0:
                    fields["voice"] = VOICE
                return fields | ({"keep": True} if how % 4 == 1 else {})
            case "card.edit":
                was = board.cards[card].version if card in board.cards and how % 7 else how
                return {"card": card, "text": _pick(WORDS, how), "was": was}
            case "card.move":
                there = [one.id for one in board.cards.values() if one.column == column]
                return {"card": card, "column": column, "before": _pick([None, *there], how // 3)}
            case "card.confirm":
                return {"cards": [card, _pick(_cards(board, tag, by), how)]}
            case "wording.remove":
                again = [one.id for one in board.cards.values() if one.version > 1]
                return {"card": _pick(again or [card], about)}
            case "card.wall":
                return {"card": card, "off": how % 3 != 0}
            case "card.put-up":
                return {"column": column} if how % 2 else {"cards": [card, card]}
            case "card.hold":
                return {"cards": [card]}
            case "card.erase" if how % 2 and board.meeting and board.meeting.about:
                return {"card": board.meeting.about.id}
            case "card.unknown":
                return {"card": card, "unknown": _pick(({"who": "Tom", "by_when": "Friday"}, {}, None), how)}
            case "card.tag":
                return {"card": card, "category": _pick(("harm", "goal", ""), how)}
            case "comment.add" | "thought.keep":
                fields = {"id": f"said{about % 20:04}", "text": _pick(WORDS, how)}
                fields |= {"on": _commented(board, card, how)} if tag == "comment.add" else {"column": column}
                if board.people[by].role in {"scribe", "supporter"}:
                    family = [one.id for one in board.people.values() if one.role == "family"]
                    fields["for_"] = _pick(family or [person], how)
                return fields
            case "comment.remove":
                return {"comment": _pick([*_own(board.comments, by), *board.comments, "nosuchcomment"], about)}
            case "thought.remove":
                return {"thought": _pick([*_own(board.thoughts, by), *board.thoughts, "nosuchthought"], about)}
            case "comment.open" | "comment.close":
                under = {"on": _commented(board, card, how)}
                everywhere = {"all": True} if tag == "comment.open" else {}
                places = {"where": column}, {"where": _pick(("sets", "steps"), how)}
                return _pick((everywhere, {}, everywhere, *places, everywhere, under), how // 3)
            case _ if tag.startswith("card."):
                return {"card": card}
            case "round.open":
                show = ("named", "role", "spread")[how % 3]
                scale = _pick([SCALE, SCALE, SCALE, *(one.scale for one in board.sets.values() if one.number)], how)
                fields = {"id": f"round{about % 9:03}", "scale": scale, "show": show, "too": how % 4 == 0}
                per, child = _pick(("person", "agency"), how // 3), _pick(("", "", "Kofi"), how)
                return fields | {"sheet": "sheet001" if how % 2 else None, "per": per, "child": child}
            case "scale.past":
                value = _pick((0, 4, 10, 7, None), how)
                child = _pick(("", "Kofi"), how)
                id = f"past{about % 5:04}"
                scale = _pick([SCALE, *(one.scale for one in board.sets.values() if one.number)], how)
                return {"id": id, "scale": scale, "person": person, "value": value, "when": "May", "child": child}
            case "round.question":
                return {"round": round, "question": _pick(("why-not-less", ""), how), "value": how % 11}
            case "rating.set":
                fields = {
                    "round": round,
                    "value": _pick(VALUES, how),
                    "reason": _pick(WORDS[:5], how),
                    "share": how % 2 == 0,
                    "keep": board.people[by].role == "child" and how % 3 == 0,
                }
                typed = self._typed_for(by, about, how)
                return fields | typed | ({"said": "14 May"} if "source" in typed else {})
            case "agreement.ask":
                on = [one.id for one in board.sets.values() if one.state == "board"]
                of = _pick([*on, *on, *on, *board.sets, "nosuchset"], about)
                return {"id": f"poll{about % 9:04}", "set": of, "too": how % 4 == 0}
            case "agreement.set":
                value = _pick(("agree", "partly", "differently", "not-now"), how)
                fields = {
                    "poll": _pick(_polls(board), about),
                    "value": value,
                    "words": _pick(WORDS[:5], how),
                    "share": how % 2 == 0,
                }
                return fields | self._typed_for(by, about, how)
            case _ if tag.startswith("agreement."):
                return {"poll": _pick(_polls(board), about)}
            case _ if tag.startswith("round."):
                return {"round": round}
            case "phase.go":
                return {"phase": _pick([phase.id for phase in TEMPLATE.phases], how)}
            case "column.close" | "column.open":
                return {"column": _pick([*COLUMNS, None], how)}
            case "column.first":
                return {"column": column, "on": how % 4 != 0}
            case "agenda.move":
                phases = [phase.id for phase in TEMPLATE.phases]
                return {"phase": _pick(phases, how), "before": _pick([None, *phases], about)}
            case "agenda.skip":
                return {"phase": _pick([phase.id for phase in TEMPLATE.phases], how), "on": about % 3 != 0}
            case "rules.agree":
                return {"on": how % 2 == 0}
            case "prompt.off":
                return {"prompt": _pick(("low", "thinner"), how), "on": about % 2 == 0}
            case "about.show":
                set_ = _pick(_sets(board, by, "board"), about)
                kinds = {"card": card, "round": round, "set": set_, "meeting": MEETING}
                return {"about": _pick([*({"kind": kind, "id": id} for kind, id in kinds.items()), None], how)}
            case "wall.set" if how % 4 == 0:
                return {"child": _pick(("own", "good", "all", ""), how // 4)}
            case "wall.set":
                return _pick([{"blank": True}, {"blank": False}, {"hold": "rate"}, {"page": how}], how)
            case "meeting.door":
                return {"admit": _pick(("ask", "all"), how)}
            case "person.role":
                return {"person": person, "role": _pick([role for role in BY_ROLE if role != "facilitator"], how)}
            case "person.child":
                sees = _pick(("own", "good", "all", None), how)
                return {
                    "person": person,
                    "sees": sees,
                    "age": _pick(("4-7", "12+", None), how // 4),
                    "chooses": _pick(("faces", None), about),
                }
            case "person.name":
                return {"name": _pick(("Dana", "Maureen", "Zoe\u0308", ""), how)}
            case "person.expect":
                hows = ("expected", "apologies", "room", "phone")
                id = f"expected{about % 3}"
                fields = {"id": id, "name": _pick(("Maureen", "Dana"), how), "how": _pick(hows, how)}
                return fields | _pick(({"role": "family"}, {"role": "agency", "agency": "Larkfield"}), about // 3)
            case "person.share":
                rooms = [one.id for one in board.people.values() if one.how == "room"] or [person]
                owners = (DANA, DANA, JO, SADE, None, person)
                return {"person": _pick(rooms, about), "with": _pick(owners, how)}
            case "person.mark":
                return {"person": person, "how": _pick(("expected", "apologies", "room", "phone", "gone"), how)}
            case "person.ready":
                return {"state": _pick(("", "ready", "minute", "ring"), how)}
            case "person.hand":
                return {"up": how % 3 != 0}
            case "quiet.say":
                return {
                    "id": f"quiet{about % 5:03}",
                    "about": _pick(("break", "words"), how),
                    "text": "I am frightened",
                }
            case "translation.set":
                return self._second_text(card, about, how)
            case "translation.remove":
                return {"translation": _pick([*board.translations, "nosuchtext"], about)}
            case "word.unclear":
                where = _commented(board, card, how)
                if how % 3 == 0 or where["kind"] == "card":
                    said = board.cards[card].text if card in board.cards else "x"
                    place: dict[str, Any] = {"on": {"kind": "card", "id": card}} if how % 2 else {"card": card}
                    return {"id": f"unclear{about % 7}", **place, "word": _pick((said[:4], "", "liar"), how)}
                return {"id": f"unclear{about % 7}", "on": where, "word": _pick(("", "Dana", "Gran"), how)}
            case "word.cleared":
                mine = [one.id for one in board.unclear.values() if by in told(one)]
                return {"unclear": _pick([*mine, *mine, *board.unclear, "nosuchnote"], about)}
            case "step.add":
                for_ = {"for_": DANA} if board.people[by].role in {"scribe", "supporter"} or how % 9 == 0 else {}
                of = {"card": card} if how % 2 else {}
                of |= {"set": _pick(sorted(board.sets), about)} if board.sets and how % 3 == 0 else {}
                return (
                    {"id": f"step{about % 12:04}", "what": _pick(WORDS, how), "know": _pick(WORDS, how // 3)}
                    | for_
                    | of
                )
            case "step.move":
                return {"step": _step(board, about), "before": _pick([None, *board.steps], how)}
            case "step.edit":
                step = _step(board, about)
                was = board.steps[step].version if step in board.steps and how % 7 else how
                return {"step": step, "what": _pick(WORDS[:5], how), "when": _pick(("", "by Friday"), how), "was": was}
            case "step.bottom":
                return {"step": _step(board, about), "on": how % 3 != 0}
            case "step.state":
                return {"step": _step(board, about), "state": _pick(("open", "done", "not-done", "changed"), how)}
            case "step.ask":
                whom = {"name": "GP"} if how % 6 == 0 else {"person": person}
                return {"id": f"owner{how % 16:03}", "step": _step(board, about), **whom}
            case "step.answer":
                return self._answer(by, about, how)
            case "step.show-owner":
                owner = _pick(_owners(board, "yes"), about)
                return {"owner": owner, "was": board.owners[owner].version if owner in board.owners else 0}
            case "step.unask":
                return {"owner": _pick(_owners(board, ""), about)}
            case _ if tag.startswith("step."):
                removed = [step.id for step in board.steps.values() if step.removed_by == by]
                return {
                    "step": _pick(removed or ["nosuchstep"], about) if tag == "step.restore" else _step(board, about)
                }
            case "decision.add":
                return {"id": f"decision{about % 3}", "what": _pick(WORDS, how), "whom": "Helen"}
            case "decision.edit":
                decision = _pick(list(board.decisions) or ["nosuchone"], about)
                was = board.decisions[decision].version if decision in board.decisions and how % 7 else how
                return {"decision": decision, "what": "Hm", "was": was}
            case "decision.differ":
                decision = _pick(list(board.decisions) or ["nosuchone"], about)
                for_ = {"for_": DANA} if board.people[by].role in {"scribe", "supporter"} else {}
                return {"id": f"view{about % 6:04}", "decision": decision, "text": _pick(WORDS, how), **for_}
            case "decision.remove":
                return {"decision": _pick(list(board.decisions) or ["nosuchone"], about)}
            case "correction.ask":
                return self._correction(by, card, person, about, how)
            case "correction.take-back":
                return {"correction": _pick([*_own(board.corrections, by), *board.corrections, "nosuchone"], about)}
            case "after.set":
                return {"next": _pick(("15 June, 10:00", ""), how), "ring": _pick(("Tom, 01632 960123", ""), about)}
            case "former.match":
                return {
                    "former": _pick(list(board.formers) or ["nobody01"], about),
                    "person": _pick((person, None), how),
                }
            case "copy.wish":
                return {"how": _pick(("paper", "aloud", "apart", "later"), how)}
            case "copy.only":
                of_copy = {"kind": "card", "id": card} if how % 2 else {"kind": "step", "id": _step(board, about)}
                return {"on": of_copy, "people": _pick(([], [person], None), how)}
            case "record.mark":
                return {"state": _pick(("agreed", "signed", "draft"), how), "fingerprint": f"{about:x}".rjust(64, "0")}
            case "decision.take-back":
                return {"dissent": _pick(_own(board.dissents, by) or ["nosuchone"], about)}
            case "quiet.done":
                return {"quiet": _pick(list(board.quiet) or ["nosuchquiet"], about)}
            case _ if tag.startswith(("person.", "child.")):
                return {"person": person}
            case "earlier.remove":
                return {"earlier": _pick([*board.earlier, "nosuchone"], about)}
            case _ if tag.startswith(("set.", "differ.")):
                return self._set_fields(tag, by, about, how)
            case _:
                return {}

    def _correction(self, by: str, card: str, person: str, about: int, how: int) -> dict[str, Any]:
        """Mostly of something that is theirs to correct."""
        board = self.play.board
        numbers = [one.id for one in board.ratings.values() if one.shown == "named" and one.person == by]
        answers = [one.id for one in board.answers.values() if one.shown == "named" and one.person == by]
        on = {
            "person": _pick((by, by, person), how),
            "card": card,
            "step": _step(board, about),
            "rating": _pick(numbers or ["nosuchnumber"], about),
            "answer": _pick(answers or ["nosuchanswer"], about),
        }
        kind = _pick(("card", "rating", "step", "answer", "person"), about + how)
        types = board.people[by].role in {"facilitator", "scribe"} and how % 3 == 0
        said = {"id": f"note{how % 16:04}", "on": {"kind": kind, "id": on[kind]}, "text": _pick(WORDS, how)}
        return said | ({"for_": DANA} if types else {})

    def _second_text(self, card: str, about: int, how: int) -> dict[str, Any]:
        kinds: tuple[dict[str, str], ...] = (
            {"kind": "card", "id": card},
            {"kind": "card", "id": card},
            {
                "kind": "scale",
                "id": _pick([SCALE, *self.play.board.scales], how),
                "field": _pick(("ten", "zero", "title", "about"), about),
            },
            {"kind": "question", "id": "why-not-less"},
            {"kind": "question", "id": "well", "field": "question"},
            {"kind": "step", "id": _pick([*self.play.board.steps] or ["nosuchstep"], about), "field": "what"},
            {"kind": "differ", "id": _pick([*self.play.board.differs] or ["nosuchview"], about)},
            {"kind": "answer", "id": _pick([*self.play.board.answers] or ["nosuchanswer"], about), "field": "words"},
            {
                "kind": "set",
                "id": _pick([*self.play.board.sets] or ["nosuchset"], about),
                "field": _pick(("worry", "goal"), how),
            },
        )
        board, id = self.play.board, f"second{about % 9:02}"
        known = board.translations.get(id)
        of = msgspec.to_builtins(known.of) if known is not None and how % 4 else _pick(kinds, how)
        was = known.version if known is not None else 0
        return {"id": id, "of": of, "text": _pick(WORDS, how), "lang": _pick(("prs", "en", "pl"), how), "was": was}

    def _answer(self, by: str, about: int, how: int) -> dict[str, Any]:
        """Mostly by someone who was asked."""
        board = self.play.board
        mine = [one.id for one in board.owners.values() if one.person == by and not one.off]
        types = board.people[by].role in {"facilitator", "scribe"}
        owner = _pick(mine if mine and not types else _owners(board, "asked"), about)
        known = board.owners.get(owner)
        step = board.steps.get(known.step) if known else None
        fields: dict[str, Any] = {"owner": owner, "answer": _pick(("yes", "yes", "but", "cannot"), how), "was": 1}
        if step is not None and how % 7:
            fields["was"] = step.version
        if types and known is not None and known.person:
            fields["for_"] = known.person
        return fields | {"words": "Not on Fridays"}

    def _set_fields(self, tag: str, by: str, about: int, how: int) -> dict[str, Any]:
        board = self.play.board
        card, id = _pick(_cards(board, tag, by), how), f"set{about % 12:05}"
        state = {"set.put-up": "draft", "set.discard": "draft", "set.reopen": "closed"}.get(tag, "board")
        asked = {one.set for one in board.polls.values() if one.state == "open"}
        written = tag in {"set.write", "set.who", "set.children", "set.close", "set.erase"}
        set_ = _pick([id for id in _sets(board, by, state) if not (written and id in asked and how % 5)], about)
        known = board.sets.get(set_)
        parts = ("happened", "could", "family", "like:0", "name")
        part = _pick(parts if board.people[by].role in {"family", "child"} else parts[:2], how)
        view = _pick(_views(board, by, "aside" if tag == "differ.return" else "on"), about)
        match tag:
            case "set.start":
                return {"id": id, "scale": f"own{id}", "children": ["Kofi"], "card": card if how % 2 else None}
            case "set.replace":
                return {"set": set_, "id": id, "scale": f"own{id}"}
            case "set.write":
                was = known.texts[part].version if known and part in known.texts and how % 7 else 0
                return {"set": set_, "part": part, "text": _pick(WORDS, how // 2), "was": was}
            case "set.who" | "set.children":
                part = tag.removeprefix("set.")
                was = known.texts[part].version if known and part in known.texts and how % 7 else 0
                names = _pick((["Tom"], ["Kofi", "Elsie"], ["Elsie"], []), how // 2)
                return {"set": set_, "names": names, "was": was}
            case "set.writers":
                return {"set": set_, "people": _pick(([JO], [DANA, JO], []), how), "everyone": how % 5 != 0}
            case "set.link" | "set.unlink":
                linked = known.cards if known and tag == "set.unlink" else ()
                return {"set": set_, "card": _pick(linked or [card], how)}
            case "set.differ":
                for_ = {"scribe": DANA, "supporter": DANA, "advocate": KOFI}.get(board.people[by].role)
                said = {"id": f"view{about % 20:04}", "set": set_, "text": _pick(WORDS, how)}
                return said | ({"for_": for_} if for_ else {})
            case "differ.edit":
                was = board.differs[view].version if view in board.differs and how % 7 else how
                return {"differ": view, "text": _pick(WORDS, how), "was": was}
            case _ if tag.startswith("set."):
                return {"set": set_}
            case _:
                return {"differ": view}

    def _typed_for(self, by: str, about: int, how: int) -> dict[str, Any]:
        """For whom a number or an answer is given, mostly where it may be."""
        people = self.play.board.people
        role = people[by].role
        borrows = [one.id for one in people.values() if one.on_phone_of == by]
        if borrows and how % 2:
            return {"for_": _pick(borrows, how // 2)}
        if role not in {"scribe", "advocate", "facilitator"} and how % 9:
            return {}
        wanted = ("child",) if role == "advocate" else ("family", "child", "agency")
        fit = [one.id for one in people.values() if one.role in wanted]
        return {"for_": _pick(fit or list(people), how // 2), "source": "by phone"}

    def _house(self, what: str, about: int, how: int) -> AnyHouseAsk:
        board = self.play.board
        person, cookie = _pick(list(board.people), about), f"cookie{how}-{about}"
        match what:
            case "join":
                names = ("Dana", "Maureen", "Kofi", "Newcomer")
                role: Any = _pick(("family", "family", "child", "agency", "scribe"), how)
                agency = "Larkfield" if role == "agency" else ""
                name = _pick(names, how // 2)
                return Join(id=_pick(NEWCOMERS, about), name=name, role=role, agency=agency, cookie=cookie)
            case "end":
                return EndSession(cookie=_pick(list(board.sessions) or ["none"], about))
            case "goodbye":
                return Goodbye(person=person)
            case "came":
                return Came(person=person)
            case "left":
                return Left(person=person)
            case "link":
                return MakeKey(key=f"key{how % 4}", role="person", person=person)
            case "invite":
                return InvitePerson(key=f"invited{how % 4}", person=person, by=HELEN)
            case "misuse":
                invited = [one.id for one in board.keys.values() if one.invited]
                return MisuseKey(key=_pick(invited or ["none"], about))
            case "renew":
                whose: Any = _pick(("wall", "facilitator"), how)
                return RenewKey(key=f"renewed{how % 4}", role=whose, person=HELEN if whose != "wall" else "")
            case "use":
                return UseKey(key=_pick(list(board.keys) or ["none"], about), cookie=cookie)
            case "round.count":
                return CountRound(round=_pick(_rounds(board, "round.count"), about))
            case "former.person":
                return BringPerson(id=f"former{about % 5:02}", name=_pick(("Dana", "Gran"), how), role="family")
            case "former.round":
                scales = [SCALE, *(one.scale for one in board.sets.values() if one.number)]
                show: Any = _pick(("named", "named", "role", "spread"), how)
                former = _pick(list(board.formers) or [""], about) if show == "named" else ""
                given = (Given(value=how % 11, role="family", former=former), Given(value=4))
                way: Any = _pick(("up", "up", "down"), how)
                return BringRound(
                    id=f"trail{about % 9:03}",
                    scale=_pick(scales, how),
                    day=1_700_000_000_000,
                    when="May",
                    show=show,
                    ten="Safe",
                    zero="Not safe",
                    direction=way,
                    given=given,
                    child=_pick(("", "Kofi"), about),
                    last=how % 2 == 0,
                )
            case "former.set":
                id = f"brought{about % 4}"
                texts = {"happened": "He shouted", "family": "A quiet house", "who": "Tom"}
                ends: Any = {"ten": "Safe", "zero": "Not safe", "direction": "up"}
                return BringSet(id=id, number=9, scale=f"own{id}", title="Home", about="", texts=texts, **ends)
            case "former.step":
                takers = (Taker(id=f"taker{about % 9:03}", former=_pick(list(board.formers) or [""], how), but="no"),)
                known = _pick(sorted(board.sets) or [""], about)
                return BringStep(id=f"again{about % 5:03}", what="Stay over", day=1, set=known, takers=takers)
            case "record.made":
                return MadeRecord(form="pdf", copy="whole", by=HELEN)
            case "agreement.count":
                return CountPoll(poll=_pick(_polls(board), about))
            case _:
                return CutLog()


def begun(said: list[Choice], *, admit: Any = "ask", authors: Any = "shown", show: str = "named") -> Chance:
    """A meeting with everyone in it, some cards and a round under way, that then went on by chance."""
    play = meeting(admit=admit, authors=authors)
    for place, by in enumerate((DANA, DANA, JO, PRIYA, PRIYA, SADE)):
        play.card(f"card{place:04}", by, COLUMNS[place % 3])
    play.says(DANA, "card.remove", card="card0001")
    play.says(HELEN, "card.aside", card="card0002")
    play.says(HELEN, "comment.open")
    play.says(JO, "comment.add", id="said9000", on={"kind": "card", "id": "card0000"}, text="So do I")
    play.says(DANA, "thought.keep", id="kept9000", column="well", text="One more thing")
    play.card("card0006", JO, keep=True)
    play.says(HELEN, "column.first", column="worried", on=True)
    play.card("card0007", JO, "worried")
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="room")
    play.says(PRIYA, "person.share", person=MAUREEN, **{"with": DANA})
    play.comes(TOM, "agency", name="Tom", agency="Larkfield")
    play.writes(InvitePerson(key="invited9", person=TOM, by=HELEN))
    play.writes(UseKey(key="invited9", cookie="toms-phone"))
    play.says(HELEN, "person.admit", person=play.board.sessions["toms-phone"].person)
    play.says(HELEN, "scale.past", id="past0001", scale=SCALE, person=DANA, value=2, when="in May")
    play.round("round000", show)
    for by, value in ((DANA, 3), (JO, 7)):
        play.says(by, "rating.set", round="round000", value=value, reason="Because")
    play.says(HELEN, "person.lead", person=JO)
    play.says(DANA, "step.add", id="step0000", what="Maureen stays over", card="card0000")
    for id, person, answer in (("owner000", DANA, "yes"), ("owner001", JO, "cannot")):
        play.says(HELEN, "step.ask", id=id, step="step0000", person=person)
        play.says(person, "step.answer", owner=id, answer=answer, was=1)
    play.says(PRIYA, "decision.add", id="decision0", what="We meet again")
    play.says(DANA, "decision.differ", id="view0000", decision="decision0", text="Too soon")
    play.set_("set00000", up=True)
    play.says(HELEN, "set.writers", set="set00000", everyone=True)
    play.set_("set00002", up=True)
    play.says(HELEN, "set.writers", set="set00002", everyone=True)
    play.says(HELEN, "set.write", set="set00002", part="happened", text="Otherwise", was=1)
    play.set_("set00001", JO)
    play.says(JO, "set.link", set="set00001", card="card0000")
    play.differ("view0000", DANA, "set00000")
    play.poll("poll0000", set="set00000")
    for by, stance in ((DANA, "differently"), (JO, "agree")):
        play.says(by, "agreement.set", poll="poll0000", value=stance, words="Because", share=True)
    chance = Chance(play)
    chance.go_on(said)
    return chance


def replayed(chance: Chance) -> Board:
    """The board its log makes."""
    board = Board()
    for entry in chance.play.log:
        board, _ = core.apply(board, entry)
    return board


def image(board: Board) -> bytes:
    """A board to the last byte, order included."""
    return msgspec.json.encode(board)


def _cards(board: Board, tag: str, by: str) -> list[str]:
    """Mostly cards that this may be done to."""
    stands = {"card.return": "aside", "card.restore": "removed", "card.show": "kept", "card.put-up": "tray"}
    fit = [card.id for card in board.cards.values() if card.state == stands.get(tag, "on")]
    if tag == "card.hold":
        fit = [id for id in fit if board.cards[id].by == JO]
    if tag == "card.confirm":
        fit = [id for id in fit if board.cards[id].typed_by]
    mine = [id for id in fit if by in {board.cards[id].by, board.cards[id].typed_by}] or fit
    return [*mine, *mine, *mine, *mine, *board.cards, "nosuchcard"]


def _own(parts: Any, by: str) -> list[str]:
    """What this person may take back."""
    return [one.id for one in parts.values() if by in {one.by, one.typed_by}] * 3


def _commented(board: Board, card: str, how: int) -> dict[str, str]:
    """Something that can be commented on."""
    kind = ("card", "set", "card", "step")[how // 7 % 4]
    up = [one.id for one in board.sets.values() if one.state == "board"] * 3
    there = [one.id for one in board.steps.values() if not one.removed_by] * 3
    ids = {"card": [card], "set": [*up, *up, *board.sets], "step": [*there, *there, *board.steps]}[kind]
    return {"kind": kind, "id": _pick(ids, how // 4)} if ids else {"kind": "card", "id": card}


def _whose(board: Board, tag: str) -> set[str]:
    """Who has something to do this with, where that hangs on the person."""
    match tag:
        case "card.show":
            return {card.by for card in board.cards.values() if card.state == "kept"}
        case "card.edit" | "card.move":
            return {card.by for card in board.cards.values() if card.state == "on"}
        case "card.restore":
            return {card.by for card in board.cards.values() if card.state == "removed"}
        case "step.restore":
            return {step.removed_by for step in board.steps.values()}
        case "step.edit" | "step.remove":
            return {step.by for step in board.steps.values() if not step.removed_by}
        case "step.bottom":
            return {one.id for one in board.people.values() if one.lead or one.role == "facilitator"}
        case "step.answer":
            return {owner.person for owner in board.owners.values() if not owner.off}
        case "decision.take-back":
            return {one.by for one in board.dissents.values()}
        case _:
            return set()


def _step(board: Board, which: int) -> str:
    there = [step.id for step in board.steps.values() if not step.removed_by]
    step: str = _pick([*there, *there, *there, *there, *board.steps, "nosuchstep"], which)
    return step


def _owners(board: Board, answer: str) -> list[str]:
    """Mostly those who answered so: "yes" also with a "but"."""
    wanted = {"yes": {"yes", "but"}, "asked": {"asked"}}.get(answer, set())
    fit = [one.id for one in board.owners.values() if one.answer in wanted]
    return [*fit, *fit, *board.owners, "nosuchowner"]


def _people(board: Board, tag: str) -> list[str]:
    """Mostly people this may be done to, and seldom one of those everything else needs."""
    if tag in {"person.admit", "person.refuse"}:
        fit = [one.id for one in board.people.values() if one.state in {"waiting", "refused", "removed"}]
    elif tag in {"person.child", "child.goodbye", "child.end"}:
        fit = [one.id for one in board.people.values() if one.role == "child"]
    elif tag == "person.alarm-seen":
        fit = [one.id for one in board.people.values() if one.alarm]
    elif tag == "person.lead":
        fit = [one.id for one in board.people.values() if one.role == "agency"]
    elif tag in {"person.remove", "person.role"}:
        fit = [id for id in board.people if id not in BY_ROLE.values()]
    else:
        fit = [one.id for one in board.people.values() if one.role in {"family", "child"}]
    return [*fit, *fit, *fit, *board.people]


def _sets(board: Board, by: str, state: str) -> list[str]:
    """Mostly sets in the state this is for, and mostly such as `by` may write."""
    fit = [one.id for one in board.sets.values() if one.state == state]
    own = [id for id in fit if may_write(board.sets[id], board.people[by])] or fit
    return [*(own * 8), *fit, *board.sets, "nosuchset"]


def _views(board: Board, by: str, state: str) -> list[str]:
    fit = [one.id for one in board.differs.values() if one.state == state]
    mine = [id for id in fit if may_word(board.differs[id], by)] or fit
    return [*(mine * 8), *board.differs, "nosuchview"]


def _rounds(board: Board, tag: str) -> list[str]:
    state = "shown" if tag in {"round.close", "round.question"} else "open"
    fit = [round.id for round in board.rounds.values() if round.state == state]
    return [*(fit * 8), *board.rounds, "nosuchround"]


def _polls(board: Board) -> list[str]:
    fit = [poll.id for poll in board.polls.values() if poll.state == "open"]
    return [*(fit * 8), *board.polls, "nosuchpoll"]


def _pick(these: Any, which: int) -> Any:
    return these[which % len(these)]
