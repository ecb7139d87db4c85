"""Who may ask for what, and for whom: rights as data, in one place. `core.check` looks here first; what depends on the
card or round in question is its noun's to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .refusal import Refused

if TYPE_CHECKING:
    from .model import Board
    from .person import Person

_ALL: Final = frozenset(
    {"facilitator", "scribe", "family", "child", "supporter", "advocate", "interpreter", "agency", "observer"}
)
_RUNS: Final = frozenset({"facilitator"})
_KEEPS_LIST: Final = frozenset({"facilitator", "scribe"})
_WRITES: Final = _ALL - {"interpreter", "observer"}
_SPEAKS: Final = _WRITES - {"advocate"}
"""An advocate brings the child's own words, and has none of their own."""
_STARTS: Final = frozenset({"facilitator", "scribe", "family", "agency"})
_RATES: Final = frozenset({"facilitator", "scribe", "family", "child", "supporter", "advocate", "agency"})
TAKES_ON: Final = _WRITES - {"scribe"}
"""Roles that may be asked to take a next step on."""

RIGHTS: Final[dict[str, frozenset[str]]] = {
    "card.add": _WRITES,
    "card.edit": _WRITES,
    "card.move": _WRITES,
    "card.remove": _WRITES,
    "card.restore": _WRITES,
    "card.confirm": _WRITES,
    "card.aside": _RUNS,
    "card.return": _RUNS,
    "card.erase": _RUNS,
    "card.wall": _RUNS,
    "wording.remove": _RUNS,
    "card.unknown": _SPEAKS,
    "card.tag": _KEEPS_LIST,
    "comment.add": _SPEAKS,
    "comment.remove": _SPEAKS,
    "comment.open": _RUNS,
    "comment.close": _RUNS,
    "thought.keep": _SPEAKS,
    "thought.remove": _SPEAKS,
    "card.show": _WRITES,
    "card.put-up": _RUNS,
    "card.hold": _RUNS,
    "round.open": _RUNS,
    "round.reveal": _RUNS,
    "round.cancel": _RUNS,
    "round.close": _RUNS,
    "round.question": _RUNS,
    "scale.past": _RUNS,
    "former.match": _RUNS,
    "rating.set": _RATES,
    "agreement.ask": _RUNS,
    "agreement.show": _RUNS,
    "agreement.cancel": _RUNS,
    "agreement.set": _RATES,
    "phase.go": _RUNS,
    "column.close": _RUNS,
    "column.open": _RUNS,
    "column.first": _RUNS,
    "agenda.move": _RUNS,
    "agenda.skip": _RUNS,
    "rules.agree": _RUNS,
    "prompt.off": _RUNS,
    "break.start": _RUNS,
    "break.end": _RUNS,
    "about.show": _RUNS,
    "wall.set": _RUNS,
    "meeting.hide-authors": _RUNS,
    "meeting.door": _RUNS,
    "meeting.close": _RUNS,
    "meeting.reopen": _RUNS,
    "person.admit": _RUNS,
    "person.refuse": _RUNS,
    "person.remove": _RUNS,
    "person.role": _RUNS,
    "person.child": _RUNS,
    "person.lead": _RUNS,
    "person.alarm-seen": _RUNS,
    "child.goodbye": _RUNS,
    "child.end": _RUNS | {"child"},
    "person.name": _ALL,
    "person.expect": _KEEPS_LIST,
    "person.mark": _KEEPS_LIST,
    "person.share": _KEEPS_LIST,
    "person.ready": _ALL,
    "person.hand": _ALL,
    "set.start": _STARTS,
    "set.replace": _STARTS,
    "set.writers": _STARTS,
    "set.put-up": _STARTS,
    "set.discard": _ALL,  # their own, whatever they are by now
    "set.write": _WRITES,
    "set.who": _WRITES,
    "set.children": _WRITES,
    "set.link": _WRITES,
    "set.unlink": _WRITES,
    "set.close": _RUNS,
    "set.reopen": _RUNS,
    "set.erase": _RUNS,
    "earlier.remove": _RUNS,
    "set.differ": _WRITES,
    "differ.edit": _WRITES,
    "differ.take-back": _WRITES,
    "differ.aside": _RUNS,
    "differ.return": _RUNS,
    "differ.erase": _RUNS,
    "quiet.say": _ALL - _RUNS,
    "quiet.done": _RUNS,
    "translation.set": frozenset({"interpreter"}),
    "translation.remove": _RUNS | {"interpreter"},
    "word.unclear": _ALL,
    "word.cleared": _ALL,
    "step.add": _WRITES,
    "step.edit": _WRITES,
    "step.move": _KEEPS_LIST,
    "step.remove": _WRITES,
    "step.restore": _WRITES,
    "step.erase": _RUNS,
    "step.bottom": _RUNS | {"agency"},
    "step.state": TAKES_ON | {"scribe"},
    "step.ask": _KEEPS_LIST,
    "step.unask": _RUNS,
    "step.answer": TAKES_ON | {"scribe"},
    "step.show-owner": _RUNS,
    "decision.add": _KEEPS_LIST,
    "decision.edit": _KEEPS_LIST,
    "decision.remove": _RUNS,
    "decision.differ": _WRITES,
    "decision.take-back": _WRITES,
    "correction.ask": _ALL,
    "correction.take-back": _ALL,
    "after.set": _KEEPS_LIST,
    "copy.wish": _ALL - _KEEPS_LIST,
    "copy.only": _RUNS,
    "record.mark": _RUNS,
}

DURING_BREAK: Final = frozenset({"person.ready", "person.hand", "person.name", "quiet.say", "child.end"})
"""What others than the facilitator may do while the board stands still."""
AFTER_CLOSE: Final = frozenset(
    {
        *("meeting.reopen", "meeting.hide-authors", "wall.set", "about.show", "card.erase", "wording.remove"),
        *("person.remove", "person.name", "round.cancel", "comment.remove", "thought.remove"),
        *("set.erase", "earlier.remove", "step.erase", "differ.erase", "decision.remove", "decision.take-back"),
        *("agreement.cancel", "correction.ask", "correction.take-back"),
        *("after.set", "copy.wish", "copy.only", "record.mark"),
    }
)
"""What may still be asked once the meeting has ended."""

RATERS: Final = frozenset({"family", "child", "agency"})
"""Roles asked for a number. The facilitator only where she said she would answer too."""
WRITES_FOR: Final[dict[str, frozenset[str]]] = {
    "facilitator": _ALL - {"facilitator", "scribe"},
    "scribe": _ALL - {"scribe"},
    "supporter": frozenset({"family"}),
}
"""For whom each role may type cards: the scribe for anyone, a supporter for the family."""
CORRECTS_FOR: Final[dict[str, frozenset[str]]] = {
    "facilitator": _ALL - {"facilitator"},
    "scribe": _ALL - {"scribe"},
}
"""For whom each role may note a correction."""
DIFFERS_FOR: Final[dict[str, frozenset[str]]] = WRITES_FOR | {"advocate": frozenset({"child"})}
"""For whom each role may type a different view: as cards, and an advocate for the child."""
WRITES_NUMBERS_FOR: Final[dict[str, frozenset[str]]] = {
    "facilitator": RATERS,
    "scribe": RATERS | {"facilitator"},
    "advocate": frozenset({"child"}),
}
"""For whom each role may type a number: an advocate for the child alone."""

LENDS: Final = frozenset({"family", "child", "supporter", "advocate", "agency"})
"""Whose phone may be passed on to somebody in the room who has none."""
BORROWS: Final = frozenset({"family", "child", "supporter", "agency"})
"""Who may write and answer on somebody else's phone."""


def on_phone(board: Board, owner: str, person: str) -> bool:
    """Whether `person` writes on the phone of `owner`: so what comes from there for them is their own."""
    lent, borrows = board.people.get(owner), board.people.get(person)
    if lent is None or borrows is None or borrows.on_phone_of != owner:
        return False
    return borrows.state == lent.state == "here" and lent.role in LENDS and borrows.role in BORROWS


def check_answers(board: Board, by: str, for_: str | None, asked: Callable[[Person], bool]) -> None:
    """Refuse an answer, of one's own or `for_` somebody, from or for whoever is not `asked`. Raises Refused."""
    giver = board.people[by]
    if for_ is None or for_ == by:
        if not asked(giver):
            raise Refused("not-asked")
        return
    handed = on_phone(board, by, for_)
    if not handed:
        typed_for(board, for_, giver.role, WRITES_NUMBERS_FOR)
    other = board.people[for_]
    if (handed or other.role not in RATERS) and not asked(other):
        raise Refused("not-for-them")


def is_listed(board: Board, person: str) -> bool:
    """Whether somebody is on the list of this meeting. Who waits, or was not let in, is nobody there yet."""
    known = board.people.get(person)
    return known is not None and known.state in {"here", "left", "expected", "apologies"}


def typed_for(board: Board, person: str, role: str, table: dict[str, frozenset[str]]) -> Person:
    """The person for whom someone of `role` types, here or not. Raises Refused where `table` does not let them."""
    if not is_listed(board, person):
        raise Refused("no-person")
    other = board.people[person]
    if other.role not in table.get(role, frozenset()):
        raise Refused("not-for-them")
    return other
