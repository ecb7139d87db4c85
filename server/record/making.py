"""A whole record, and the copies made from one: which part of it goes to whom. What each line says stands in
compose.py and setlines.py."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from msgspec.structs import replace

from ..board.template import Template
from .compose import Composer, Seen, meeting_of
from .model import Copy, Labels, Owner, Record, Set, Signing, Stay
from .said import Card, Comment, Correction, Line, Said
from .setlines import earlier, own_numbers, rounds, scales, sets


def make(
    seen: Seen,
    template: Template,
    *,
    copy: Copy,
    lang: str,
    made: int,
    stays: Mapping[str, tuple[Stay, ...]],
    held: Callable[[str], bool],
    alone: bool = False,
) -> Record:
    """The record of a meeting for whoever sees it so. `template` is the meeting's own, `lang` a BCP 47 tag, `made` ms
    since 1970. `held` says which cards and steps stand in no copy of this reader's, `alone` whether they see no numbers
    but their own."""
    line, meeting = Composer(seen, template, stays, held, alone=alone), meeting_of(seen)
    cards = line.cards()
    record = Record(
        copy=copy,
        title=meeting.title,
        template=template.name,
        lang=lang,
        labels=_labels(template),
        opened=meeting.opened,
        ended=meeting.ended,
        made=made,
        names_shown=meeting.authors == "shown",
        signing=line.signing(whole=copy == "whole"),
        rules=template.ground_rules if meeting.rules_agreed else (),
        rules_agreed=meeting.rules_agreed,
        people=line.people(),
        voices=tuple(card for card in cards if card.voice is not None),
        columns=line.columns(cards),
        sets=sets(line),
        scales=scales(line),
        rounds=rounds(line),
        earlier=earlier(line),
        decisions=line.decisions(),
        steps=line.steps(),
        thoughts=line.thoughts(),
        afterwards=line.afterwards(),
    )
    return _printed(_narrowed(record))


def of_person(record: Record, person: str, ids: Collection[str], *, alone: bool = False) -> Record:
    """What is recorded of one person: how they are on the list, and what bears one of these ids, which are theirs. What
    others said under it is not theirs. With `alone` neither is what others said beside it, or take on with them."""
    mine = {*ids, person}
    own = replace(
        record,
        copy="own",
        people=tuple(one for one in record.people if one.id == person),
        voices=_cards_of(record.voices, mine),
        columns=tuple(replace(column, cards=_cards_of(column.cards, mine)) for column in record.columns),
        sets=tuple(_set_of(one, mine) for one in record.sets if _is_in(one, mine)),
        rounds=tuple(
            own_numbers(replace(one, marks=tuple(mark for mark in one.marks if mark.id in mine)))
            for one in record.rounds
            if any(mark.id in mine for mark in one.marks)
        ),
        earlier=(),
        decisions=tuple(
            replace(one, views=tuple(view for view in one.views if view.id in mine))
            for one in record.decisions
            if any(view.id in mine for view in one.views)
        ),
        steps=tuple(
            replace(one, comments=_said_by(one.comments, mine), owners=_takers(one.owners, person))
            for one in record.steps
            if one.id in mine or any(owner.person == person for owner in one.owners)
        ),
        thoughts=tuple(one for one in record.thoughts if one.id in mine),
    )
    return _printed(_without_others(own, mine) if alone else own)


def fingerprint(record: Record) -> str:
    """The SHA-256 of what a record says, in hexadecimal: of all of it but when it was made, how far it is, and when the
    meeting was ended. What people agree on at its end is still the same when it has ended."""
    bare = replace(record, made=0, ended=0, signing=Signing(), fingerprint="")
    return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()


def _printed(record: Record) -> Record:
    return replace(record, fingerprint=fingerprint(record))


def _narrowed(record: Record) -> Record:
    """What this copy holds of all that its reader may see."""
    match record.copy:
        case "family":
            return _brief(record)
        case "plan":
            return replace(_brief(record), voices=())
        case _:
            return record


def _brief(record: Record) -> Record:
    """What was decided, and who does what. Such a paper lies on a table and is read by whoever comes in: it has the
    goals, and neither the worries they answer nor what those are called."""
    return replace(
        record,
        people=(),
        columns=(),
        sets=tuple(
            replace(
                one,
                name=None,
                worry=replace(one.worry, text="", seconds=()),
                texts={},
                cards=(),
                views=(),
                agreement=None,
                comments=(),
            )
            for one in record.sets
            if one.state == "board"
        ),
        scales=(),
        rounds=(),
        earlier=(),
        steps=tuple(replace(one, comments=()) for one in record.steps),
        thoughts=(),
        rules=(),
    )


def _cards_of(cards: Sequence[Card], mine: AbstractSet[str]) -> tuple[Card, ...]:
    return tuple(replace(one, comments=_said_by(one.comments, mine)) for one in cards if one.id in mine)


def _said_by(comments: Sequence[Comment], mine: AbstractSet[str]) -> tuple[Comment, ...]:
    return tuple(one for one in comments if one.id in mine)


def _takers(owners: Sequence[Owner], person: str) -> tuple[Owner, ...]:
    """Who takes a step on; on what terms is each one's own word."""
    return tuple(one if one.person == person else replace(one, but="") for one in owners)


def _without_others(part: Any, mine: AbstractSet[str]) -> Any:
    """The same without what others said beside it: in another language, or that it is not right; and without what
    others take on."""
    match part:
        case Said():
            return replace(part, seconds=())
        case tuple():
            return tuple(_without_others(one, mine) for one in part if not _is_others(one, mine))
        case Line():
            return replace(
                part, **{name: _without_others(getattr(part, name), mine) for name in part.__struct_fields__}
            )
        case _:
            return part


def _is_others(part: Any, mine: AbstractSet[str]) -> bool:
    match part:
        case Correction():
            return part.id not in mine
        case Owner():
            return part.person not in mine
        case _:
            return False


def _set_of(set: Set, mine: AbstractSet[str]) -> Set:
    """Of a worry that is everyone's: what one person said to it."""
    agreement = set.agreement
    if agreement is not None:
        agreement = replace(
            agreement,
            counts={},
            answers=tuple(one for one in agreement.answers if one.id in mine),
            not_asked=0,
            not_asked_names=(),
        )
    return replace(
        set,
        agreement=agreement,
        views=tuple(one for one in set.views if one.id in mine),
        comments=_said_by(set.comments, mine),
    )


def _is_in(set: Set, mine: AbstractSet[str]) -> bool:
    answered = {one.id for one in set.agreement.answers} if set.agreement is not None else frozenset()
    seen_differently, said = {one.id for one in set.views}, {one.id for one in set.comments}
    return bool((answered | seen_differently | said) & mine)


def _labels(template: Template) -> Labels:
    words, sides = template.wording, template.sets
    return Labels(
        worry=words.worry,
        goal=words.goal,
        worry_side=sides.worry_side,
        goal_side=sides.goal_side,
        scale=words.scale,
        plan=words.plan,
    )
