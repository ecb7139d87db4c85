"""Rounds: one asking of a scale, whom it asks, and the counts the room is told of it. What may be asked of one is in
`scales`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from .ask import Part, View
from .lens import sees_no_worries
from .ratings import Rating, Show
from .rights import RATERS
from .words import alike

if TYPE_CHECKING:
    from .model import Board, Touched
    from .person import Person

Per = Literal["person", "agency"]


class Round(Part, frozen=True, kw_only=True):
    """One asking of a scale. The counts are those last told to the room, on a fixed tick."""

    kind: ClassVar[str] = "round"
    scale: str
    set: str = ""  # the set whose own scale that is, where it is one
    show: Show
    state: Literal["open", "shown", "closed", "cancelled"] = "open"
    too: bool = False  # whether the facilitator answers too
    by: str
    sheet: str = ""
    child: str = ""
    per: Per = "person"
    called: dict[str, str] = {}  # everyone it ever asked or had a number from, by id, with the role they are counted as
    agencies: dict[str, str] = {}  # who of them counts as one of an agency, and as which: so from when they were called
    asked: int = 0
    answered: int = 0
    groups: dict[str, int] = {}
    missing: tuple[str, ...] = ()
    question: str = ""
    value: int | None = None
    opened: int = 0
    revealed: int = 0
    at: int = 0


class RoundView(View, frozen=True, kw_only=True):
    """A round. `asked` and `answered` go out on a fixed tick and count whoever was once asked, so that nobody learns
    by someone's leaving whether they had answered. `groups` says how many share each role, told before anyone answers;
    `missing` (person ids) goes to the facilitator only. `question` is one of the template's, about the number `value`;
    `opened` is the entry that opened it, `revealed` the one that showed it, where it is one of a sheet.

    Rounds of one `sheet` are asked together, in the order they were opened. `child`: the one it is about, where each
    child has a round. `per` "agency": people of one agency count as one, and its latest number counts."""

    scale: str
    state: Literal["open", "shown", "closed", "cancelled"]
    show: Show
    asked: int
    answered: int
    too: bool = False
    sheet: str = ""
    child: str = ""
    per: Per = "person"
    groups: dict[str, int] = {}
    missing: tuple[str, ...] = ()
    question: str = ""
    value: int | None = None
    opened: int = 0
    revealed: int = 0


def counted(board: Board, round: Round) -> Round:
    """The round with its counts as they are now. "Rather not say" counts as no answer, so that the two look the
    same."""
    given = {rating.person for rating in answers(board, round.id)}
    called, agencies = dict(round.called), dict(round.agencies)
    for person in board.people.values():
        asked = is_asked(round, person)
        if person.id not in called and (asked or person.id in given) and (agency := _agency(round, person)):
            agencies[person.id] = agency
        if asked:
            called[person.id] = person.role
        elif person.id in given:
            # Whoever is not asked any more stays what they were, whether they had answered or not.
            called.setdefault(person.id, person.role)
    voices = {agencies.get(id, id): "agency" if id in agencies else role for id, role in called.items()}
    heard = {agencies.get(id, id) for id in given}
    return replace(
        round,
        called=called,
        agencies=agencies,
        asked=len(voices),
        answered=len(heard),
        groups=dict(sorted(Counter(voices.values()).items())),
        missing=tuple(sorted(id for id in called if agencies.get(id, id) not in heard)),
    )


def is_asked(round: Round, person: Person) -> bool:
    """Whether the round asks this person for a number: not a child about a worry they do not see."""
    if person.state != "here" or (round.set and sees_no_worries(person)):
        return False
    return person.role in RATERS or (person.role == "facilitator" and round.too and person.id == round.by)


def answers(board: Board, round: str) -> list[Rating]:
    """The answers that count and are shown: all but "rather not say" and what a child keeps. Those the reveal made are
    not among them."""
    given = (one for one in board.ratings.values() if one.round == round and one.person and not one.kept)
    return [one for one in given if one.value != "rather-not"]


def counting(board: Board, round: Round) -> list[Rating]:
    """The answers a reveal shows: of one agency the latest alone, where agencies count as one. What somebody gave
    themselves stands above what was typed for a colleague."""
    agencies = counted(board, round).agencies
    latest: dict[str, Rating] = {}
    for rating in answers(board, round.id):
        voice = agencies.get(rating.person, rating.person)
        known = latest.get(voice)
        if known is None or _stands_above(rating, known):
            latest[voice] = rating
    return [_of_agency(board, rating) if rating.person in agencies else rating for rating in latest.values()]


def kept_at(board: Board) -> tuple[int, ...]:
    """The entries that hold numbers a child keeps: with the meeting's close they leave the log."""
    return tuple(seq for rating in board.ratings.values() if rating.kept for seq in rating.said_at)


def closed(board: Board) -> tuple[Board, Touched]:
    """The board once the meeting is closed: what a child kept for themselves is gone, and nothing was told of it."""
    kept = [rating.id for rating in board.ratings.values() if rating.kept]
    board, touched = board.drop("rating", *kept)
    # A board read later never had those numbers: no count may hang on when the last one was told.
    counts = [counted(board, round) for round in board.rounds.values() if round.state == "open"]
    return board.then(touched, lambda board: board.put(*(one for one in counts if one != board.rounds[one.id])))


def _agency(round: Round, person: Person) -> str:
    """As whose voice someone counts who has just been called: their agency's, or "" for their own."""
    name = alike(person.agency)
    # No id has a slash: an agency called like one is not taken for that person.
    return f"/{name}" if round.per == "agency" and person.role == "agency" and name else ""


def _stands_above(one: Rating, other: Rating) -> bool:
    return (not one.typed_by, one.given) > (not other.typed_by, other.given)


def _of_agency(board: Board, rating: Rating) -> Rating:
    giver = board.people.get(rating.person)
    return replace(rating, agency=giver.agency if giver is not None and rating.role == "agency" else "")
