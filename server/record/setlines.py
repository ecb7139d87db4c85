"""Worries, goals and numbers as a record holds them, out of what one reader may see."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ..board.answers import BareAnswer, NamedAnswer
from ..board.differs import DifferView
from ..board.former import TrailView
from ..board.past import PastView
from ..board.polls import PollView
from ..board.ratings import NamedRating, RoleRating, SpreadRating
from ..board.rounds import RoundView
from ..board.scales import ScaleView
from ..board.setparts import SetView
from ..board.setreads import plain
from ..board.words import same_name
from .compose import Composer
from .model import Agreement, Answer, Set
from .numbers import Before, Earlier, Mark, Round, Scale
from .said import View

AnyRating = NamedRating | RoleRating | SpreadRating


def sets(line: Composer) -> tuple[Set, ...]:
    """What stands or stood on the board, in order; no draft."""
    there = [one for one in line.each("set", SetView) if one.state != "draft"]
    return tuple(_set(line, one) for one in sorted(there, key=lambda one: (one.number, one.id)))


def scales(line: Composer) -> tuple[Scale, ...]:
    """Every scale of the board, that of the whole meeting first."""
    up = {one.scale for one in line.each("set", SetView) if one.state != "draft"}
    there = [one for one in line.each("scale", ScaleView) if not one.set or one.id in up]
    return tuple(
        Scale(
            id=one.id,
            title=line.said(one.title, "scale", one.id, "title"),
            about=line.said(one.about, "scale", one.id, "about"),
            ten=line.said(one.ten, "scale", one.id, "ten"),
            zero=line.said(one.zero, "scale", one.id, "zero"),
            direction=one.direction,
            set=one.set,
        )
        for one in sorted(there, key=lambda one: bool(one.set))
    )


def rounds(line: Composer) -> tuple[Round, ...]:
    """What was asked and shown, in the order it was asked. One that is open, or was stopped, is in no record."""
    shown = [one for one in line.each("round", RoundView) if one.state in {"shown", "closed"}]
    made = (_round(line, one) for one in sorted(shown, key=lambda one: (one.opened, one.id)))
    return tuple(own_numbers(one) for one in made if one.marks) if line.alone else tuple(made)


def own_numbers(round: Round) -> Round:
    """The same for whoever sees their own numbers in it, and not how many others were asked or gave one."""
    return replace(round, alone=True, asked=0, no_number=0, before=())


def earlier(line: Composer) -> tuple[Earlier, ...]:
    """What was shown at earlier meetings, oldest first; at one meeting in the order it was asked."""
    there = sorted(line.each("trail", TrailView), key=lambda one: one.day)
    return tuple(
        Earlier(
            id=one.id,
            scale=one.scale,
            day=one.day,
            show=one.show,
            ten=one.ten,
            zero=one.zero,
            direction=one.direction,
            child=one.child,
            marks=tuple(
                Before(
                    value=given.value,
                    when="",
                    person=given.person,
                    who=line.name(given.person) or given.name,
                    former=given.former,
                    role=given.role,
                    ten=one.ten,
                    zero=one.zero,
                )
                for given in one.given
            ),
        )
        for one in there
    )


def _set(line: Composer, set: SetView) -> Set:
    views = sorted((one for one in line.each("differ", DifferView) if one.set == set.id), key=lambda one: one.at)
    return Set(
        id=set.id,
        number=set.number,
        state="closed" if set.state == "closed" else "board",
        name=line.said_or_none(set.texts.get("name", ""), "set", set.id, "name"),
        worry=line.said(plain(set.reads.worry), "set", set.id, "worry"),
        goal=line.said(plain(set.reads.goal), "set", set.id, "goal"),
        family=line.said_or_none(set.texts.get("family", ""), "set", set.id, "family"),
        children=set.children,
        texts=set.texts,
        scale=set.scale,
        cards=tuple(card for card in set.cards if not line.held(card)),
        views=tuple(
            View(id=one.id, said=line.said(one.text, "differ", one.id), who=line.who(one.by, one.typed_by))
            for one in views
            if not one.aside
        ),
        agreement=_agreement(line, set),
        comments=line.comments(set.id),
        instead_of=set.instead_of,
        replaced_by=set.replaced_by,
        begun=set.begun,
    )


def _agreement(line: Composer, set: SetView) -> Agreement | None:
    """What people answered when they were last asked."""
    polls = [one for one in line.each("poll", PollView) if one.set == set.id and one.state == "shown"]
    if not polls:
        return None
    poll = max(polls, key=lambda one: one.opened)
    return Agreement(
        counts=poll.counts,
        answers=tuple(sorted(_answers(line, poll.id), key=lambda one: (one.who, one.id))),
        not_asked=poll.not_asked,
        not_asked_names=tuple(sorted(name for name in map(line.name, poll.unasked) if name)),
        reworded=any(set.versions.get(part) != version for part, version in poll.versions.items()),
    )


def _answers(line: Composer, poll: str) -> Iterator[Answer]:
    for one in line.each("answer", NamedAnswer):
        if one.poll == poll and one.value != "not-now":
            said = line.said_or_none(one.words, "answer", one.id, "words")
            yield Answer(
                id=one.id,
                value=one.value,
                person=one.person,
                who=line.who(one.person),
                words=said,
                corrections=line.corrections("answer", one.id),
            )
    for bare in line.each("answer", BareAnswer):
        if bare.poll == poll:
            said = line.said_or_none(bare.words, "answer", bare.id, "words")
            yield Answer(id=bare.id, value=bare.value, words=said)


def _round(line: Composer, round: RoundView) -> Round:
    marks = sorted(_marks(line, round), key=lambda one: (one.value if isinstance(one.value, int) else 11, one.who))
    return Round(
        id=round.id,
        scale=round.scale,
        show=round.show,
        marks=tuple(marks),
        asked=round.asked,
        no_number=max(0, round.asked - len(marks)),
        child=round.child,
        per_agency=round.per == "agency",
        before=tuple(_before(line, round)) if round.show == "named" else (),
    )


def _marks(line: Composer, round: RoundView) -> Iterator[Mark]:
    for one in line.seen.get("rating", {}).values():
        if isinstance(one, AnyRating) and one.round == round.id and (mark := _mark(line, one)) is not None:
            yield mark


def _mark(line: Composer, rating: AnyRating) -> Mark | None:
    if rating.value == "rather-not":
        return None
    match rating:
        case NamedRating():
            return Mark(
                id=rating.id,
                value=rating.value,
                person=rating.person,
                who=rating.agency or line.name(rating.person),
                role=rating.role,
                role_name=line.service(rating.person) or line.role(rating.role),
                agency=rating.agency,
                reason=rating.reason,
                source=rating.source,
                said=rating.said,
                corrections=line.corrections("rating", rating.id),
            )
        case RoleRating():
            return Mark(id=rating.id, value=rating.value, role=rating.role, role_name=line.role(rating.role))
        case SpreadRating():
            return Mark(id=rating.id, value=rating.value)


def _before(line: Composer, round: RoundView) -> Iterator[Before]:
    """Numbers of last time, lowest first: where this time's were shown with names, for there they stand beside them."""
    scale = next((one for one in line.each("scale", ScaleView) if one.id == round.scale), None)
    numbers = [
        one for one in line.each("past", PastView) if one.scale == round.scale and same_name(one.child, round.child)
    ]
    for one in sorted(numbers, key=lambda one: (one.value, line.name(one.person) or one.name, one.id)):
        same = scale is None or (one.ten, one.zero) == (scale.ten, scale.zero)
        yield Before(
            value=one.value,
            when=one.when,
            person=one.person,
            who=line.name(one.person) or one.name,
            role=one.role,
            ten=one.ten,
            zero=one.zero,
            same_ends=same,
        )
