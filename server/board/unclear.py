"""Words somebody does not understand: told to who wrote them, never from whom. Gone once the words are changed or
explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, assert_never

from msgspec import Meta

from .ask import Ask, Part, View
from .cardsight import may_word
from .commented import On, find, is_up
from .nextstep import NextStep
from .refusal import Refused
from .setparts import Set, Text, sees_draft
from .words import Id

if TYPE_CHECKING:
    from collections.abc import Callable

    from .cards import Card
    from .commented import Commented
    from .model import AnyPart, Board, Entry, Touched

UNCLEAR_EACH = 20
"""So many one person may have open at a time."""
UNCLEAR_MAX = 500

Word = Annotated[str, Meta(max_length=40)]


class Unclear(Part, frozen=True, kw_only=True):
    """A word of a card, a worry and its goal or a next step, "" for all of it, that somebody does not understand.
    `original` is that part as it stands now. `by` is never sent."""

    kind: ClassVar[str] = "unclear"
    word: str
    original: Card | Set | NextStep
    by: str


class UnclearView(View, frozen=True, kw_only=True):
    """Somebody does not understand this `word` of what you wrote, or all of it where `word` is left out: a `card`, or a
    set or step (`on`); of a set, the first `part` of your words that holds it. It goes only to whoever wrote those
    words, and never says from whom it comes."""

    card: str = ""
    on: On | None = None
    part: str = ""
    word: str = ""


class WordUnclear(Ask, frozen=True, kw_only=True, tag="word.unclear"):
    """Say that you do not understand a word of a `card`, or of a set or step (`on`), up to 40 characters, as it stands
    there, or all of it. Only who wrote it is told, without your name; nothing comes back but `done`."""

    id: Id
    card: Id | None = None
    on: On | None = None
    word: Word = ""


class WordCleared(Ask, frozen=True, kw_only=True, tag="word.cleared"):
    """A word of yours has been explained: the note about it goes."""

    unclear: Id


UnclearAsk = WordUnclear | WordCleared


def check(board: Board, entry: Entry, ask: UnclearAsk, sees: Callable[[AnyPart], bool]) -> None:
    """Refuse what may not happen to such notes; `sees` says whether the asker sees a part. Raises Refused."""
    match ask:
        case WordUnclear():
            _check_seen(board, entry.by, ask, sees)
            said = words_of(meant(board, ask))
            # Nothing but the words themselves gets through: this is no way to write to somebody without a name.
            if (ask.word and not ask.word.strip()) or not any(ask.word in text for text in said.values()):
                raise Refused("not-there")
            if ask.id in board.unclear:
                raise Refused("id-taken")
            own = sum(one.by == entry.by for one in board.unclear.values())
            if own >= UNCLEAR_EACH or len(board.unclear) >= UNCLEAR_MAX:
                raise Refused("full")
        case WordCleared():
            known = board.unclear.get(ask.unclear)
            # To anyone else there is no such note.
            if known is None or not sees(known):
                raise Refused("not-there")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: UnclearAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case WordUnclear():
            part = meant(board, ask)
            # Said twice is said once, whoever says it: a count would tell how many sit there and do not follow.
            if part is None or any(
                one.original.id == part.id and one.word == ask.word for one in board.unclear.values()
            ):
                return board, ()
            return board.put(Unclear(id=ask.id, word=ask.word, original=part, by=entry.by))
        case WordCleared():
            return board.drop("unclear", ask.unclear)
        case _:
            assert_never(ask)


def meant(board: Board, ask: WordUnclear) -> Commented | None:
    """What the word stands in, or None."""
    if ask.card is not None:
        return board.cards.get(ask.card)
    return find(board, ask.on) if ask.on is not None else None


def words_of(part: Commented | None) -> dict[str, str]:
    """What people wrote in it, by part."""
    match part:
        case None:
            return {}
        case Set():
            return {name: one.text for name, one in part.texts.items() if one.text}
        case NextStep():
            parts = {"what": part.what, "when": part.when, "know": part.know, "otherwise": part.otherwise}
            return {name: text for name, text in parts.items() if text}
        case _:
            return {"text": part.text}


def still_says(note: Unclear, now: Commented) -> bool:
    """Whether what holds the word says what it said: other words may be clearer."""
    before = {name: text for name, text in words_of(note.original).items() if note.word in text}
    after = words_of(now)
    return all(after.get(name) == text for name, text in before.items())


def told(note: Unclear) -> set[str]:
    """Everyone who is told: whose words these are."""
    part = note.original
    match part:
        case Set():
            return {id for one in _held(note, part).values() for id in (one.by, one.for_) if id}
        case NextStep():
            return {part.by, part.typed_by} - {""}
        case _:
            return {id for id in (part.by, part.typed_by) if id and may_word(part, id)}


def view(note: Unclear, person: str) -> UnclearView:
    """The note as it travels to this person, who is told."""
    part = note.original
    match part:
        case Set():
            own = (name for name, one in _held(note, part).items() if person in {one.by, one.for_})
            return UnclearView(id=note.id, on=On(kind="set", id=part.id), part=next(own, ""), word=note.word)
        case NextStep():
            return UnclearView(id=note.id, on=On(kind="step", id=part.id), word=note.word)
        case _:
            return UnclearView(id=note.id, card=part.id, word=note.word)


def _held(note: Unclear, part: Set) -> dict[str, Text]:
    """The parts of a set that hold the word."""
    return {name: one for name, one in part.texts.items() if one.text and note.word in one.text}


def _check_seen(board: Board, by: str, ask: WordUnclear, sees: Callable[[AnyPart], bool]) -> None:
    """Refuse what the asker does not see, or what nobody reads as it will stand: a draft."""
    if (ask.card is None) == (ask.on is None):
        raise Refused("not-there")
    part = meant(board, ask)
    kind = ask.on.kind if ask.on is not None else "card"
    if part is None or not sees(part):
        raise Refused({"card": "no-card", "set": "no-set", "step": "no-step"}[kind])
    if isinstance(part, Set) and not is_up(part):
        draft = part.state == "draft"
        raise Refused(("not-up" if sees_draft(part, by) else "no-set") if draft else "set-closed")
