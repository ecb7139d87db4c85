"""Removing a worry and its goal for good: what goes with it, whose words leave the log, and what stays where it was.
What was begun from it holds its words, and goes too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from .noted import said_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Board, Entry, Touched
    from .setparts import Set


def line(board: Board, id: str) -> list[Set]:
    """This set, and all that were begun from it or from one of those."""
    known = board.sets.get(id)
    found = {known.id: known} if known is not None else {}
    # What is begun from another comes after it.
    for one in board.sets.values():
        if one.instead_of in found:
            found[one.id] = one
    return list(found.values())


def ids_of(board: Board, id: str) -> str:
    """The ids that go, of sets and their scales. Written into the entry: a board read later finds none of them by
    following words that have left the log."""
    return " ".join(id for one in line(board, id) for id in (one.id, one.scale))


def said_at(board: Board, id: str) -> tuple[int, ...]:
    """The entries that hold their words, and all that was said to them."""
    sets = line(board, id)
    gone = {id for one in sets for id in (one.id, one.scale)}
    found = {seq for one in (*sets, *_beside(board, gone)) for seq in one.said_at}
    found |= {one.seq for one in board.comments.values() if one.on.id in gone}
    # A round may name the child it was about.
    rounds = {one.id: one.opened for one in board.rounds.values() if one.scale in gone}
    found |= set(rounds.values())
    found |= set(said_on(board, "rating", *(one.id for one in board.ratings.values() if one.round in rounds)))
    polls = {one.id for one in board.polls.values() if one.set in gone}
    found |= set(said_on(board, "answer", *(one.id for one in board.answers.values() if one.poll in polls)))
    return tuple(sorted(found))


def erased(board: Board, entry: Entry, id: str) -> tuple[Board, Touched]:
    """The board without them. A step that came from one stays, and so does what one of them stood for: closed."""
    gone = {id, *entry.place.split()}
    polls = [one.id for one in board.polls.values() if one.set in gone]
    rounds = [one.id for one in board.rounds.values() if one.scale in gone]
    dropped = {
        "answer": [one.id for one in board.answers.values() if one.poll in polls],
        "poll": polls,
        "rating": [one.id for one in board.ratings.values() if one.round in rounds],
        "round": rounds,
        "past": [one.id for one in board.past.values() if one.scale in gone],
        "trail": [one.id for one in board.trails.values() if one.scale in gone],
        "comment": [one.id for one in board.comments.values() if one.on.id in gone],
        "differ": [one.id for one in board.differs.values() if one.set in gone],
        "earlier": [one.id for one in board.earlier.values() if one.set in gone],
        "scale": [one for one in board.scales if one in gone],
        "set": [one for one in board.sets if one in gone],
    }
    left: list[Any] = [replace(one, set="") for one in board.steps.values() if one.set in gone]
    left += [
        replace(one, replaced_by=_goes_on_in(board, one, gone))
        for one in board.sets.values()
        if one.replaced_by in gone and one.id not in gone
    ]
    meeting = board.meeting
    if meeting is not None and meeting.about is not None and meeting.about.id in {*gone, *rounds}:
        left.append(replace(meeting, about=None, about_seen=()))
    board, touched = board.put(*left)
    for kind, ids in dropped.items():
        board, more = board.drop(kind, *ids)
        touched += more
    return replace(board, gone=board.gone | gone), touched


def _goes_on_in(board: Board, known: Set, gone: set[str]) -> str:
    """Another that stands for this one and stays, "" without."""
    others = (one for one in board.sets.values() if one.instead_of == known.id and one.id not in gone)
    return next((one.id for one in others if one.state != "draft"), "")


def _beside(board: Board, gone: set[str]) -> Iterator[Any]:
    """Everything said to these sets whose entries are known: views, answers, numbers with their reasons, and those of
    last time."""
    polls = {one.id for one in board.polls.values() if one.set in gone}
    rounds = {one.id for one in board.rounds.values() if one.scale in gone}
    yield from (one for one in board.differs.values() if one.set in gone)
    yield from (one for one in board.answers.values() if one.poll in polls)
    yield from (one for one in board.ratings.values() if one.round in rounds)
    yield from (one for one in board.past.values() if one.scale in gone)
    yield from (one for one in board.trails.values() if one.scale in gone)
