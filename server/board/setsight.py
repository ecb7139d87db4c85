"""What of a set, its scale and the views beside it each person sees. Asked by `sight` alone."""

from __future__ import annotations

from typing import assert_never

from .ask import View
from .differs import Differ, DifferView, may_word
from .scales import Scale, ScaleView
from .setparts import Earlier, EarlierView, Set, SetView, sees_draft, writes_it
from .setreads import reads


def seen(part: Scale | Set | Earlier | Differ, person: str, lens: str) -> View | None:
    """The part as this person sees it through their lens, or None."""
    match part:
        case Scale():
            return _scale(part, person, lens)
        case Set():
            return _set(part, person, lens)
        case Earlier():
            return _earlier(part, lens)
        case Differ():
            return _differ(part, person, lens)
        case _:
            assert_never(part)


def _scale(part: Scale, person: str, lens: str) -> ScaleView | None:
    if part.draft and (lens == "wall" or not (part.everyone or person in part.writers)):
        return None
    return ScaleView(
        id=part.id,
        title=part.title,
        about=part.about,
        ten=part.ten,
        zero=part.zero,
        direction=part.direction,
        set=part.set,
    )


def _set(part: Set, person: str, lens: str) -> SetView | None:
    wall = lens == "wall"
    if part.state == "draft" and (wall or not sees_draft(part, person)):
        return None
    writes = not wall and writes_it(part, person, runs=lens == "facilitator", writes_down=lens == "scribe")
    texts = {name: one.text for name, one in part.texts.items() if name != "children"}
    away = {*part.hidden, *(part.off_wall if wall else ())}
    family = part.texts.get("family")
    return SetView(
        id=part.id,
        state=part.state,
        number=part.number,
        children=part.children,
        texts=texts,
        versions={name: one.version for name, one in part.texts.items()},
        cards=tuple(one for one in part.cards if one not in away),
        scale=part.scale,
        reads=reads(part.words, texts, part.children),
        typed=family is not None and bool(family.for_),
        instead_of=part.instead_of,
        replaced_by=part.replaced_by,
        writes=writes,
        drafter=writes and bool(part.by) and person == part.by,
        writers=(part.by, *part.writers) if writes and part.by else part.writers if writes else (),
        everyone=part.everyone,
        hands={name: one.by for name, one in part.texts.items()} if writes and part.named else {},
        comments="" if wall else part.comments,
        begun=part.begun,
    )


def _earlier(part: Earlier, lens: str) -> EarlierView | None:
    if lens == "wall":
        return None
    return EarlierView(id=part.id, set=part.set, part=part.part, text=part.text, version=part.version, until=part.until)


def _differ(part: Differ, person: str, lens: str) -> DifferView | None:
    wall = lens == "wall"
    own = not wall and person == part.by and bool(part.by)
    if part.state == "aside" and not own and lens != "facilitator":
        return None
    return DifferView(
        id=part.id,
        set=part.set,
        text=part.text,
        version=part.version,
        at=part.at,
        by=part.by if part.named else "",
        typed_by=part.typed_by if part.named else "",
        typed=bool(part.typed_by),
        mine=not wall and may_word(part, person),
        aside=part.state == "aside",
    )
