"""What leaves a meeting in which every word is marked: no mark stands in a record, in any form of any copy, but of
words that everyone was shown; and all of one person's holds no others' words, nor what they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from server.board.cards import AddCard, EditCard
from server.board.door import Join
from server.board.model import AnyAsk, Board, Entry
from server.board.past import RecallNumber
from server.board.steps import EditStep
from server.personorders import exported
from server.record.forms import write
from server.record.model import Copy
from server.recording import of_board

MARK = re.compile(r"canary[0-9]+z")
COPIES: tuple[Copy, ...] = ("copy", "own", "family", "plan")
FORMS = ("json", "html", "csv")
Said = Mapping[str, tuple[str, AnyAsk]]


def amiss(board: Board, entries: Sequence[Entry], said: Said, refused: set[str]) -> Iterator[str]:
    """What leaves as the board stands, and should not. `said`: by whom and how each mark was said."""
    for copy in ("whole", "family", "plan"):
        for form in FORMS:
            yield from _in_record(board, said, copy, "", form)
    for id in board.people:
        for copy in COPIES:
            yield from _in_record(board, said, copy, id, "json")
        yield from _in_export(board, entries, said, refused, id)


def _in_record(board: Board, said: Said, copy: Any, person: str, form: str) -> Iterator[str]:
    text = write(of_board(board, copy, person=person, made=0), form).decode()
    for mark in sorted(set(MARK.findall(text))):
        if mark in said and not _is_everyones(board, *said[mark]):
            yield f"the {copy} copy {person} in {form} holds {mark}: {said[mark]}"
        elif mark not in said and not _is_on_a_list(board, mark, copy, person):
            yield f"the {copy} copy {person} in {form} names {mark}"


def _in_export(board: Board, entries: Sequence[Entry], said: Said, refused: set[str], person: str) -> Iterator[str]:
    text = msgspec.json.encode(exported(board, person, entries, made=0)).decode()
    called = {one.ask.name for one in entries if isinstance(one.ask, Join) and one.ask.id == person}
    for mark in sorted(set(MARK.findall(text)) - called):
        if mark not in said:
            if mark in refused or not _is_on_a_list(board, mark, "own", person):
                yield f"all of {person} names {mark}"
            continue
        by, ask = said[mark]
        theirs = person in {getattr(ask, "for_", None) or by, _writer(board, ask), _child(board, ask)}
        if not _is_everyones(board, by, ask) and (not theirs or _is_kept(board, ask)):
            yield f"all of {person} holds {mark}: {said[mark]}"


def _writer(board: Board, ask: AnyAsk) -> str:
    """Whose card or step it is that somebody else changed the words of, or whose number somebody remembered."""
    part: Any = None
    if isinstance(ask, RecallNumber):
        return ask.person
    if isinstance(ask, EditCard):
        part = board.cards.get(ask.card)
    elif isinstance(ask, EditStep):
        part = board.steps.get(ask.step)
    return part.by if part is not None else ""


def _child(board: Board, ask: AnyAsk) -> str:
    """Whose words were brought, where that child is on the list."""
    if not isinstance(ask, AddCard | EditCard):
        return ""
    card = board.cards.get(ask.id if isinstance(ask, AddCard) else ask.card)
    return card.of if card is not None else ""


def _is_kept(board: Board, ask: AnyAsk) -> bool:
    if not isinstance(ask, AddCard | EditCard):
        return False
    card = board.cards.get(ask.id if isinstance(ask, AddCard) else ask.card)
    return card is not None and card.stands == "kept"


def _is_on_a_list(board: Board, name: str, copy: str, person: str) -> bool:
    """Whether somebody of this name is on the list that the reader of this copy sees."""
    one = next((one for one in board.people.values() if one.name == name), None)
    if one is None:
        return False
    known = one.came or one.quoted or one.state in {"here", "expected", "apologies"}
    keeps_list = copy == "whole" or (person in board.people and board.people[person].role in {"facilitator", "scribe"})
    return bool(known) or person == one.id or (keeps_list and one.state == "left")


def _is_everyones(board: Board, by: str, ask: Any) -> bool:
    """Whether everyone was shown these words, and they are still shown. Said here once more, apart from how the server
    says it."""
    match ask.__struct_config__.tag:
        case "card.add" | "card.edit":
            card = board.cards.get(ask.id if isinstance(ask, AddCard) else ask.card)
            return card is not None and card.state == "on"
        case "comment.add":
            comment = board.comments.get(ask.id)
            return comment is not None and comment.seen == "all"
        case "thought.keep":
            thought = board.thoughts.get(ask.id)
            return thought is not None and thought.shown
        case "quiet.say":
            return False
        case "rating.set" | "agreement.set":
            shelf: Any = board.ratings if ask.__struct_config__.tag == "rating.set" else board.answers
            of = getattr(ask, "round", "") or ask.poll
            shown = {one.shown for one in shelf.values() if of in {getattr(one, "round", ""), getattr(one, "poll", "")}}
            return bool(ask.share) and bool(shown - {""})
        case "step.answer":
            owner = board.owners.get(ask.owner)
            return owner is not None and owner.shown
        case "set.differ" | "differ.edit":
            view = board.differs.get(getattr(ask, "differ", "") or ask.id)
            return view is not None and view.state != "aside"
        case "set.write":
            of_set = board.sets.get(ask.set)
            return of_set is not None and of_set.state != "draft"
        case "correction.ask":
            correction = board.corrections.get(ask.id)
            card = board.cards.get(ask.on.id)
            return correction is not None and (card is None or card.state == "on")
        case "step.add" | "step.edit":
            step = board.steps.get(getattr(ask, "step", "") or ask.id)
            return step is not None and not step.removed_by
        case _:
            return True
