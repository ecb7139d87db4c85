"""What differs between two meetings: one number, reason, answer or word that is not for everyone, and what has to
happen before it can be said. All of it comes out of a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from server.record.model import Attendee, Labels, Record
from server.record.numbers import Mark, Round, Scale
from server.record.said import Said
from tests.leaks.script import (
    ABSENT,
    ANOTHER,
    BEGINS_MS,
    CANARY,
    GIVERS,
    KEPT,
    NUMBERS,
    OF_SET,
    POLL,
    ROUND,
    SET,
    SHEET,
    STEP,
    Says,
)


@dataclass(frozen=True)
class Secret:
    """What differs, and what opens it: `one` and `other` are as long. `copied`: which copies of the record may tell
    them apart; `records`: what the two meetings begin from, where that is what differs."""

    opens: list[Says]
    one: list[Says]
    other: list[Says]
    knows: frozenset[str]
    padded: bool = True
    told: frozenset[str] = frozenset()
    sealed: bool = True
    ends: tuple[Says, ...] = ()
    copied: frozenset[str] = frozenset()
    records: tuple[str, str] = ("", "")


def words_of(dice: random.Random) -> str:
    """A reason with the canary in it, of any length, or none."""
    return dice.choice(["", CANARY, f"{CANARY} ", f"{CANARY} ø", f"{CANARY}\n" * 9, f"{CANARY} ".ljust(280, "ø")])


def opens_round(dice: random.Random, **more: Any) -> list[Says]:
    fields = {"scale": "@scale", "show": dice.choice(["named", "role", "spread"]), "per": dice.choice(PER), **more}
    if dice.random() < 0.3:
        alike = {**fields, "sheet": SHEET}
        return [
            Says("helen", "round.open", {"id": ROUND, **alike}),
            Says("helen", "round.open", {"id": ANOTHER, "child": "Kofi", **alike}),
        ]
    return [Says("helen", "round.open", {"id": ROUND, **fields})]


SCALE_OF_THEN = "scaleofthen00001"
PER = ("person", "person", "agency")


def _rates(who: str, value: int | str, reason: str, **more: Any) -> Says:
    said = {"round": ROUND, "value": value, "reason": reason, "share": True, "pad": "", **more}
    return Says(who, "rating.set", said, secret=True)


def _answers(who: str, value: str, words: str) -> Says:
    return Says(who, "agreement.set", {"poll": POLL, "value": value, "words": words, "share": True}, secret=True)


def _two(dice: random.Random, of: tuple[Any, ...]) -> tuple[Any, Any]:
    one, other = dice.sample(of, 2)
    return one, other


def a_number(dice: random.Random) -> Secret:
    """One number for another, with other words."""
    who, (this, that) = dice.choice(GIVERS), _two(dice, NUMBERS)
    twice = dice.randint(1, 2)
    one, other = [[_rates(who, value, words_of(dice))] * twice for value in (this, that)]
    return Secret(opens_round(dice), one, other, frozenset({who}))


def a_reason(dice: random.Random) -> Secret:
    """The same number, with other words."""
    who, value = dice.choice(GIVERS), dice.choice(NUMBERS)
    one, other = [[_rates(who, value, words)] for words in ("", f"{CANARY} " * dice.randint(1, 18))]
    return Secret(opens_round(dice), one, other, frozenset({who}))


def rather_not(dice: random.Random) -> Secret:
    """A number nobody gets, or something else that is nobody's business."""
    who = dice.choice(GIVERS)
    kept = Says(who, "card.add", {"id": KEPT, "column": "well", "text": CANARY, "keep": True}, secret=True)
    one, other = [_rates(who, "rather-not", words_of(dice))], [kept]
    return Secret(opens_round(dice), one, other, frozenset({who}), padded=False, sealed=False)


def typed(dice: random.Random) -> Secret:
    """What someone sent in who is not there, typed by the scribe."""
    this, that = _two(dice, NUMBERS)
    absent = {"id": ABSENT, "name": "Gran", "role": "family", "how": "phone"}
    one, other = [
        [_rates("priya", value, words_of(dice), for_=ABSENT, source=CANARY, said="14 May")] for value in (this, that)
    ]
    return Secret([Says("helen", "person.expect", absent), *opens_round(dice)], one, other, frozenset({"priya"}))


def kept_number(dice: random.Random) -> Secret:
    """A number that a child keeps; then all others are shown."""
    this, that = _two(dice, NUMBERS)
    one, other = [[_rates("kofi", value, words_of(dice), keep=True)] for value in (this, that)]
    ends = (Says("helen", "round.reveal", {"round": ROUND}), Says("helen", "round.close", {"round": ROUND}))
    return Secret(opens_round(dice, show="named"), one, other, frozenset({"kofi"}), ends=ends)


def cancelled(dice: random.Random) -> Secret:
    """A number that is destroyed unseen."""
    number = a_number(dice)
    ends = (Says("helen", "round.cancel", {"round": ROUND}),)
    return Secret(number.opens, number.one, number.other, number.knows, ends=ends, sealed=True)


def who_answered(dice: random.Random) -> Secret:
    """One of two people answers. Who, only the facilitator is told, on the tick."""
    first, second = _two(dice, ("dana", "maureen"))
    number = _rates("dana", dice.choice(NUMBERS), words_of(dice)).fields
    one, other = [[Says(who, "rating.set", number, secret=True)] for who in (first, second)]
    return Secret(opens_round(dice), one, other, frozenset({first, second, "helen"}), padded=False)


def who_was_first(dice: random.Random) -> Secret:
    """Two people answer, in either order."""
    first, second = [_rates(who, dice.choice(NUMBERS), words_of(dice)) for who in _two(dice, GIVERS[:4])]
    knows = frozenset({first.who, second.who})
    return Secret(opens_round(dice, per="person"), [first, second], [second, first], knows, padded=False)


def an_answer(dice: random.Random) -> Secret:
    """Whether someone agrees with a worry."""
    who, (this, that) = dice.choice(GIVERS), _two(dice, ("agree", "partly", "differently"))
    one, other = [[_answers(who, value, words_of(dice))] for value in (this, that)]
    return Secret(_opens_poll(), one, other, frozenset({who}))


def not_now(dice: random.Random) -> Secret:
    """An answer that looks like none, with these words or those."""
    who = dice.choice(GIVERS)
    one, other = [[_answers(who, "not-now", words)] for words in ("", f"{CANARY} " * dice.randint(1, 18))]
    return Secret(_opens_poll(), one, other, frozenset({who}))


def a_step(dice: random.Random) -> Secret:
    """Whether someone takes a step on. The facilitator is told."""
    who, (this, that) = dice.choice(GIVERS), _two(dice, ("yes", "but", "cannot"))
    opens = [
        Says("helen", "step.add", {"id": STEP, "what": "Gran picks the children up on Fridays"}),
        Says("helen", "step.ask", {"id": "owner00000000001", "step": STEP, "person": f"@{who}"}),
    ]
    fields = {"owner": "owner00000000001", "was": 1}
    one, other = [
        [Says(who, "step.answer", {**fields, "answer": answer, "words": words_of(dice) or CANARY}, secret=True)]
        for answer in (this, that)
    ]
    return Secret(opens, one, other, frozenset({who, "helen"}), told=frozenset({"helen"}))


def kept_card(dice: random.Random) -> Secret:
    """What a card says that a child keeps, and then keeps in other words."""
    this, that = _two(dice, (CANARY, f"{CANARY} ø", f"{CANARY}\n" * 9, "x", f"{CANARY} " * 60))
    card = {"id": KEPT, "column": dice.choice(["well", "worried", "needs"]), "keep": True}
    one, other = [
        [
            Says("kofi", "card.add", {**card, "text": text}, secret=True),
            Says("kofi", "card.edit", {"card": KEPT, "text": f"{text}!", "was": 1}, secret=True),
        ]
        for text in (this, that)
    ]
    return Secret([], one, other, frozenset({"kofi"}), padded=False, sealed=False)


def quiet_words(dice: random.Random) -> Secret:
    """What someone tells the facilitator quietly."""
    who = dice.choice(["dana", "kofi", "jo", "lou", "leila"])
    fields = {"id": "quiet00000000001", "about": "words"}
    return _private(who, "quiet.say", fields, dice, frozenset({who, "helen"}))


def a_thought(dice: random.Random) -> Secret:
    """What someone keeps for next time. The facilitator is told."""
    who = dice.choice(GIVERS)
    fields = {"id": "thought000000001", "column": dice.choice(["well", "worried", "needs"])}
    return _private(who, "thought.keep", fields, dice, frozenset({who, "helen"}))


def a_draft(dice: random.Random) -> Secret:
    """What someone writes in a draft that is theirs alone."""
    opens = [Says("jo", "set.start", {"id": SET, "scale": OF_SET, "children": ["Elsie"]})]
    fields = {"set": SET, "part": dice.choice(["happened", "could"]), "was": 0}
    secret = _private("jo", "set.write", fields, dice, frozenset({"jo"}))
    return replace(secret, opens=opens)


def a_card_aside(dice: random.Random) -> Secret:
    """What a card says that was set aside, when its writer changes it."""
    opens = [
        Says("dana", "card.add", {"id": KEPT, "column": "worried", "text": "Set aside"}),
        Says("helen", "card.aside", {"card": KEPT}),
    ]
    secret = _private("dana", "card.edit", {"card": KEPT, "was": 1}, dice, frozenset({"dana", "helen"}))
    return replace(secret, opens=opens)


def _private(who: str, tag: str, fields: dict[str, Any], dice: random.Random, knows: frozenset[str]) -> Secret:
    this, that = _two(dice, (CANARY, f"{CANARY} ø", f"{CANARY}\n" * 9, "x", f"{CANARY} ".ljust(280, "ø")))
    one, other = [[Says(who, tag, {**fields, "text": text}, secret=True)] for text in (this, that)]
    return Secret([], one, other, knows, padded=False, told=knows, sealed=False)


def a_wish(dice: random.Random) -> Secret:
    """How someone wants their copy of the record. The facilitator is told."""
    who = dice.choice(["dana", "maureen", "kofi", "jo", "lou", "sade", "leila", "olu"])
    one, other = [
        [Says(who, "copy.wish", {"how": how}, secret=True)]
        for how in dice.sample(["paper", "aloud", "apart", "later"], 2)
    ]
    knows = frozenset({who, "helen"})
    return Secret([], one, other, knows, padded=False, told=knows)


def left_out(dice: random.Random) -> Secret:
    """In whose copies alone a next step stands."""
    this, that = _two(dice, ("dana", "maureen", "lou", "leila", "olu", "carol"))
    opens = [Says("jo", "step.add", {"id": STEP, "what": "Gran picks the children up on Fridays"})]
    one, other = [
        [Says("helen", "copy.only", {"on": {"kind": "step", "id": STEP}, "people": [f"@{who}"]}, secret=True)]
        for who in (this, that)
    ]
    copied = frozenset({f"copies of {this}", f"copies of {that}"})
    helen = frozenset({"helen"})
    return Secret(opens, one, other, helen, padded=False, told=helen, copied=copied)


def remembered(dice: random.Random) -> Secret:
    """Somebody's number of last time, as the facilitator puts it in."""
    this, that = dice.sample(range(10), 2)
    fields = {"id": "past000000000001", "scale": "@scale", "person": f"@{dice.choice(GIVERS)}", "when": CANARY}
    one, other = [[Says("helen", "scale.past", {**fields, "value": value}, secret=True)] for value in (this, that)]
    helen = frozenset({"helen"})
    return Secret(opens_round(dice), one, other, helen, padded=False, told=helen)


def brought(dice: random.Random) -> Secret:
    """Somebody's number of last time, as the record of last time brings it. It stands in the whole record at once,
    and in the facilitator's copy of it."""
    this, that = (record_of_then(value) for value in dice.sample(range(10), 2))
    copied = frozenset({"the whole record", "copies of helen"})
    return Secret(opens_round(dice), [], [], frozenset({"helen"}), padded=False, copied=copied, records=(this, that))


def record_of_then(number: int) -> str:
    """The record of a last meeting in which Maureen gave this number."""
    ends = Said(text="Safe"), Said(text="Not safe")
    scale = Scale(id=SCALE_OF_THEN, title=ends[0], about=ends[0], ten=ends[0], zero=ends[1], direction="up")
    mark = Mark(id="mark000000000001", value=number, person="gran000000000001", who="Maureen", role="family")
    person = Attendee(id="gran000000000001", name="Maureen", role="family", role_name=CANARY, came="came")
    labels = Labels(worry="Worry", goal="Goal", worry_side="", goal_side="", scale="Scale", plan="Plan")
    record = Record(
        copy="whole",
        title="Last time",
        template="safety",
        lang="en",
        labels=labels,
        opened=BEGINS_MS - 10**10,
        people=(person,),
        scales=(scale,),
        rounds=(Round(id="then000000000001", scale=SCALE_OF_THEN, show="named", marks=(mark,)),),
    )
    return msgspec.json.encode(record).decode()


def _opens_poll() -> list[Says]:
    worry = "On two Saturdays nobody was awake to look after Elsie"
    return [
        Says("helen", "set.start", {"id": SET, "scale": OF_SET, "children": ["Elsie"]}),
        Says("helen", "set.write", {"set": SET, "part": "happened", "text": worry, "was": 0}),
        Says("helen", "set.put-up", {"set": SET}),
        Says("helen", "agreement.ask", {"id": POLL, "set": SET}),
    ]


KINDS: dict[str, Callable[[random.Random], Secret]] = {
    "a number": a_number,
    "a reason": a_reason,
    "rather not": rather_not,
    "typed for someone": typed,
    "a kept number": kept_number,
    "a cancelled number": cancelled,
    "who answered": who_answered,
    "who was first": who_was_first,
    "an answer": an_answer,
    "not now": not_now,
    "a step": a_step,
    "a kept card": kept_card,
    "quiet words": quiet_words,
    "a thought": a_thought,
    "a draft": a_draft,
    "a card set aside": a_card_aside,
    "a wish": a_wish,
    "left out of copies": left_out,
    "a number of last time": remembered,
    "a number of then": brought,
}
