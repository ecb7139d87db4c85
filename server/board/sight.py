"""Who may see what. The only place that answers that question: socket, page, resume, record and wall all pass through
`sight`."""

from __future__ import annotations

from typing import Literal, assert_never

import msgspec

from . import agreesight, numbersight
from .answers import Answer
from .ask import View
from .cards import Card, CardView
from .cardsight import may_see, may_word
from .comments import Comment, Commenting, CommentingView, CommentView, is_seen
from .decisions import Decision, Dissent, decision_view, dissent_view
from .differs import Differ
from .door import Key, Session
from .meeting import Meeting, MeetingView
from .model import AnyPart, Touch
from .nextstep import NextStep, step_view
from .originals import second_text
from .owners import Owner, owner_view
from .past import Past
from .people import Person, PersonView, State
from .polls import Poll
from .quiet import Quiet, QuietView
from .ratings import Rating
from .rounds import Round
from .scales import Scale
from .setparts import Earlier, Set, holders
from .setsight import seen as seen_set
from .template import SETS
from .thoughts import Thought, ThoughtView
from .translations import Translation
from .unclear import Unclear, UnclearView

Lens = Literal["facilitator", "scribe", "member", "wall"]
LENSES: tuple[Lens, ...] = ("facilitator", "scribe", "member", "wall")
"""The ways of seeing. People of one lens see the same, but for parts of their own."""


class Viewer(msgspec.Struct, frozen=True):
    """Someone who looks: a person's id ("wall" for a projected screen, "" for nobody in particular) and their lens."""

    id: str
    lens: Lens


def lens_of(role: str) -> Lens:
    """The way of seeing that goes with a role."""
    match role:
        case "facilitator":
            return "facilitator"
        case "scribe":
            return "scribe"
        case "wall":
            return "wall"
        case _:
            return "member"


def sight(part: AnyPart | None, viewer: Viewer) -> View | None:
    """The part as `viewer` may see it: whole, an outline, or None. Without memory and without any other part."""
    match part:
        case None | Key() | Session():
            return None
        case Meeting():
            return _meeting(part, viewer)
        case Person():
            return _person(part, viewer)
        case Quiet():
            if viewer.lens != "facilitator":
                return None
            return QuietView(id=part.id, person=part.person, about=part.about, text=part.text, at=part.at)
        case Card():
            return _card(part, viewer)
        case Round():
            return numbersight.round(part, runs=viewer.lens == "facilitator")
        case Rating():
            return numbersight.rating(part, "" if viewer.lens == "wall" else viewer.id)
        case Commenting():
            return CommentingView(id=part.id, where=part.where) if viewer.lens != "wall" else None
        case Comment():
            return _comment(part, viewer)
        case Thought():
            return _thought(part, viewer)
        case Translation():
            # Seen by exactly those who see the words themselves.
            seen = part.original is None or sight(part.original, viewer) is not None
            return second_text(part, yours=viewer.id == part.by and viewer.lens != "wall") if seen else None
        case Unclear():
            told = viewer.lens != "wall" and viewer.id != "" and may_word(part.original, viewer.id)
            seen = told and sight(part.original, viewer) is not None
            return UnclearView(id=part.id, card=part.original.id, word=part.word) if seen else None
        case Past():
            return numbersight.past(part, runs=viewer.lens == "facilitator")
        case NextStep():
            # Named, not left over: who sees only some of the cards must not learn of another.
            return step_view(part, linked=viewer.lens in {"facilitator", "scribe", "member"})
        case Owner():
            return owner_view(part, viewer.id, viewer.lens)
        case Decision():
            return decision_view(part)
        case Dissent():
            return dissent_view(part)
        case Scale() | Set() | Earlier() | Differ():
            return seen_set(part, viewer.id, viewer.lens)
        case Poll():
            return agreesight.poll(part, runs=viewer.lens == "facilitator")
        case Answer():
            return agreesight.answer(part, "" if viewer.lens == "wall" else viewer.id)
        case _:
            assert_never(part)


def personal(touch: Touch) -> frozenset[str]:
    """The people who may see this part otherwise than others of their lens do."""
    owners: set[str] = set()
    for part in (touch.before, touch.after):
        match part:
            case Card() if part.state in {"aside", "kept"}:
                owners.add(part.by)
            case Card() if part.state == "tray":
                owners |= {part.by, part.typed_by} - {""}
            case Person():
                owners |= {part.id, part.on_phone_of} - {""}
            case Rating() if part.shown in {"", "named"} and part.holder:
                owners.add(part.holder)
            case Comment():
                owners |= {part.by, part.typed_by, part.writer}
            case Thought():
                owners |= {part.by, part.typed_by}
            case Translation():
                owners |= {part.by} | personal(Touch(part.original, None))
            case Unclear():
                owners |= {part.original.by, part.original.typed_by} - {""}
            case Owner() if part.person:
                owners.add(part.person)
            case Set():
                owners |= holders(part)
            case Scale() if part.draft:
                owners |= set(part.writers)
            case Differ():
                owners |= {part.by, part.typed_by} - {""}
            case Answer() if part.shown != "bare" and part.holder:
                owners.add(part.holder)
            case _:
                pass
    return frozenset(owners)


def _meeting(part: Meeting, viewer: Viewer) -> MeetingView:
    runs = viewer.lens == "facilitator"
    # What helps whoever runs the meeting reaches nobody else; what is sent out beforehand, no one who is in it;
    # plain words are fetched by those they are for.
    template = msgspec.structs.replace(part.template, expect=(), plain=(), sets=SETS)
    if not runs:
        template = msgspec.structs.replace(template, bands=(), prompts=())
    return MeetingView(
        id=part.id,
        title=part.title,
        phase=part.phase,
        phase_since=part.phase_since,
        state=part.state,
        authors=part.authors,
        template=template,
        closed=part.closed,
        pause=part.pause,
        about=part.about,
        wall=part.wall,
        code=part.code if runs or viewer.lens == "wall" else "",
        admit=part.admit if runs else "",
        erase_days=part.erase_days,
        opened=part.opened,
        ended=part.ended,
        cut=part.cut if runs else 0,
        agenda=part.agenda,
        skipped=part.skipped,
        family_first=part.family_first,
        rules_agreed=part.rules_agreed,
        prompts_off=part.prompts_off if runs else (),
    )


def _person(part: Person, viewer: Viewer) -> PersonView | None:
    runs = viewer.lens == "facilitator"
    keeps_list = runs or viewer.lens == "scribe"
    own = viewer.id == part.id
    state = part.state if runs else _told_state(part, keeps_list=keeps_list)
    if state is None:
        return None
    return PersonView(
        id=part.id,
        name=part.name,
        role=part.role,
        agency=part.agency,
        state=state,
        helping=part.helping,
        how=part.how,
        hand=part.hand,
        back=runs and part.comes_back,
        expected=runs and bool(part.again) and not part.comes_back,
        ready=part.ready if runs or own else "",
        came=part.came if keeps_list else 0,
        away=part.away if keeps_list else 0,
        since=part.at if runs else 0,
        on_phone_of=part.on_phone_of if keeps_list or (part.on_phone_of and viewer.id == part.on_phone_of) else "",
    )


def _told_state(part: Person, *, keeps_list: bool) -> State | None:
    """How someone stands, as others than the facilitator are told; None: nothing of them."""
    match part.state:
        case "here":
            return part.state
        case "expected" | "apologies":
            return part.state if keeps_list or part.quoted else None
        case "left" if keeps_list:
            return part.state
        case "left" | "waiting" | "refused" | "removed":
            # One rule for all four: that someone was thrown out, or knocks again, is nobody else's business.
            return "left" if part.came or part.quoted else None
        case _:
            assert_never(part.state)


def _card(part: Card, viewer: Viewer) -> CardView | None:
    runs = viewer.lens == "facilitator"
    person = "" if viewer.lens == "wall" else viewer.id
    if part.state == "removed" or not may_see(part, person, runs=runs):
        return None
    if viewer.lens == "wall" and part.off_wall:
        return None
    voice = part.voice
    if voice is not None and not part.named:
        voice = msgspec.structs.replace(voice, brought_by="")
    return CardView(
        id=part.id,
        column=part.column,
        text=part.text,
        version=part.version,
        order=part.order,
        by=part.by if part.named else "",
        typed_by=part.typed_by if part.named else "",
        typed=bool(part.typed_by),
        confirmed=part.confirmed,
        voice=voice,
        aside=part.state == "aside",
        kept=part.state == "kept",
        tray=part.state == "tray",
        off_wall=part.off_wall and runs,
        comments=part.comments if viewer.lens != "wall" else "",
        unknown=part.unknown,
        category=part.category if runs or viewer.lens == "scribe" else "",
    )


def _comment(part: Comment, viewer: Viewer) -> CommentView | None:
    if viewer.lens == "wall" or not is_seen(part, viewer.id, runs=viewer.lens == "facilitator"):
        return None
    return CommentView(
        id=part.id,
        on=part.on,
        text=part.text,
        order=part.seq,
        by=part.by if part.named else "",
        typed_by=part.typed_by if part.named else "",
        typed=bool(part.typed_by),
        own=bool(viewer.id) and viewer.id in {part.by, part.typed_by},
    )


def _thought(part: Thought, viewer: Viewer) -> ThoughtView | None:
    own = bool(viewer.id) and viewer.lens != "wall" and viewer.id in {part.by, part.typed_by}
    if not (part.shown or own or viewer.lens == "facilitator"):
        return None
    # Before it is shown, whose it is may be somebody who is on few lists yet.
    told = part.named and (part.shown or viewer.lens in {"facilitator", "scribe"} or viewer.id == part.by)
    return ThoughtView(
        id=part.id,
        column=part.column,
        text=part.text,
        order=part.seq,
        by=part.by if told else "",
        typed_by=part.typed_by if told else "",
        typed=bool(part.typed_by),
        shown=part.shown,
        own=own,
    )
