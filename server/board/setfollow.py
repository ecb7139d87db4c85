"""What follows for sets: evidence only while everyone may see the card, and a scale that goes with its set."""

from __future__ import annotations

from msgspec.structs import replace

from .cards import Card
from .model import Board, Touched
from .person import Person
from .rights import RIGHTS
from .scales import Scale
from .setparts import Set, holders
from .setreads import joined


def follow_sets(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows for sets from these touches."""
    board, more = _write_no_more(board, touched)
    board, more = board.then(more, lambda board: _show_evidence(board, (*touched, *more)))
    return board.then(more, lambda board: _keep_scales(board, (*touched, *more)))


def _write_no_more(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Whoever got a role that writes nothing reads the drafts of others no more. What they began goes over to those who
    write it with them; what they alone wrote stays theirs to throw away."""
    out = {
        touch.part.id
        for touch in touched
        if isinstance(touch.after, Person) and touch.after.role not in RIGHTS["set.write"]
    }
    changed = ((one, _without(one, out)) for one in board.sets.values() if out.intersection((one.by, *one.writers)))
    return board.put(*(now for one, now in changed if now != one))


def _without(known: Set, out: set[str]) -> Set:
    writers = tuple(id for id in known.writers if id not in out)
    if known.by not in out or known.state != "draft" or not (writers or known.everyone):
        return replace(known, writers=writers)
    return replace(known, by=writers[0] if writers else "", writers=writers[1:])


def _show_evidence(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """A set names as evidence only cards that those who look may see."""
    cards = {touch.part.id for touch in touched if isinstance(touch.part, Card)}
    changed = {touch.part.id for touch in touched if isinstance(touch.part, Set)}
    looked = [one for one in board.sets.values() if one.id in changed or cards.intersection(one.cards)]
    now = [_with_evidence(board, one) for one in looked]
    return board.put(*(one for one, was in zip(now, looked, strict=True) if one != was))


def _with_evidence(board: Board, set: Set) -> Set:
    known = [(id, board.cards.get(id)) for id in set.cards]
    return replace(
        set,
        hidden=tuple(id for id, card in known if card is None or card.state != "on"),
        off_wall=tuple(id for id, card in known if card is not None and card.off_wall),
    )


def no_evidence(board: Board, card: str) -> tuple[Board, Touched]:
    """The board where a card that is gone is no evidence. Found by its id: a replay may have no such card."""
    linked = [one for one in board.sets.values() if card in one.cards]
    without = [replace(one, cards=tuple(id for id in one.cards if id != card)) for one in linked]
    return board.put(*(_with_evidence(board, one) for one in without))


def _keep_scales(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """A set's own scale is named as the set is, and seen by whoever sees the set."""
    sets = [touch.after for touch in touched if isinstance(touch.after, Set)]
    gone = [touch.before.scale for touch in touched if isinstance(touch.before, Set) and touch.after is None]
    scales = [_scale_of(board, one) for one in sets]
    kept = board.put(*(one for one in scales if board.scales.get(one.id) != one))
    return kept[0].then(kept[1], lambda board: board.drop("scale", *gone))


def _scale_of(board: Board, set: Set) -> Scale:
    wording = board.meeting.template.wording if board.meeting is not None else None
    name = set.texts.get("name")
    named = name.text if name is not None and name.text else wording.worry if wording is not None else ""
    draft = set.state == "draft"
    return Scale(
        id=set.scale,
        title=wording.scale if wording is not None else "",
        about=": ".join(one for one in (joined(set.children, set.words.joined), named) if one),
        ten=set.words.ten,
        zero=set.words.zero,
        direction="up",
        set=set.id,
        draft=draft,
        writers=tuple(sorted(holders(set))) if draft else (),
        everyone=draft and set.everyone,
    )
