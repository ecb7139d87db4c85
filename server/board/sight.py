"""Who may see what. The only place that answers that question: socket, page, resume, record and wall all pass through
`sight`."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from . import afterwards, agreesight, copies, former, noted, numbersight, personsight, signing, unclear
from .afterwards import Afterwards
from .answers import Answer
from .ask import View
from .cards import Card, CardView
from .cardsight import child_of, may_see
from .comments import Comment, Commenting, CommentingView, CommentView, is_seen
from .copies import Held, Wish
from .decisions import Decision, Dissent, decision_view, dissent_view
from .differs import Differ
from .former import Former, Trail
from .keys import Key, Session
from .lens import LENSES as LENSES
from .lens import Lens as Lens
from .lens import Viewer as Viewer
from .lens import lens_of as lens_of
from .lens import viewer_of as viewer_of
from .lens import wall_lens as wall_lens
from .meeting import Meeting, MeetingView
from .model import AnyPart, Touch
from .narrow import lets_through
from .nextstep import NextStep, StepView, step_view
from .noted import Correction
from .originals import second_text
from .owners import Owner, owner_view
from .past import Past
from .person import Person
from .polls import Poll
from .quiet import Quiet, QuietView
from .ratings import Rating
from .rounds import Round
from .scales import Scale
from .setparts import Earlier, Set, holders
from .setsight import seen as seen_set
from .signing import Signing
from .template import SETS
from .thoughts import Thought, ThoughtView
from .translations import Translation
from .unclear import Unclear


def sight(part: AnyPart | None, viewer: Viewer) -> View | None:
    """The part as `viewer` may see it: whole, an outline, or None. Without memory and without any other part."""
    lens = viewer.lens
    if lens == "facilitator" or lens == "scribe" or lens == "member" or lens == "wall":
        return _whole(part, viewer)
    if lens == "after":
        return _afterwards(part, viewer)
    if part is None or not lets_through(part, lens, viewer.id):
        return None
    wide: Lens = "wall" if lens in {"wall-own", "wall-good"} else "member"
    return _narrowed(part, lens, _whole(part, Viewer(viewer.id, wide)))


def _afterwards(part: AnyPart | None, viewer: Viewer) -> View | None:
    """What people still see once the meeting has ended: that it has, what comes next, and themselves."""
    if isinstance(part, Meeting | Afterwards) or (isinstance(part, Person) and part.id == viewer.id):
        view = _whole(part, Viewer(viewer.id, "member"))
        return replace(view, about=None) if isinstance(view, MeetingView) else view
    return None


def _narrowed(part: AnyPart, lens: Lens, view: View | None) -> View | None:
    """What gets through, without what it would tell of parts that do not."""
    if isinstance(part, Meeting) and isinstance(view, MeetingView) and lens not in part.about_seen:
        return replace(view, about=None)
    if isinstance(view, StepView):
        return replace(view, card="", set="", comments="")
    return view


def _whole(part: AnyPart | None, viewer: Viewer) -> View | None:
    match part:
        case None | Key() | Session():
            return None
        case Meeting():
            return _meeting(part, viewer)
        case Person():
            return personsight.person(part, viewer)
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
            to = viewer.lens != "wall" and viewer.id in unclear.told(part)
            return unclear.view(part, viewer.id) if to and sight(part.original, viewer) is not None else None
        case Past():
            return numbersight.past(part, runs=viewer.lens == "facilitator")
        case NextStep():
            # Named, not left over: who sees only some of the cards must not learn of another.
            return step_view(part, wall=viewer.lens == "wall")
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
        case Correction():
            # Seen by exactly those who see what it stands beside, and never on the wall.
            shown = viewer.lens != "wall" and sight(part.original, viewer) is not None
            return noted.view(part, viewer.id) if shown else None
        case Afterwards():
            return afterwards.view(part) if viewer.lens != "wall" else None
        case Wish() | Held():
            return copies.seen(part, viewer.id, viewer.lens)
        case Signing():
            return signing.view(part, viewer.lens)
        case Former():
            return former.former(part) if viewer.lens == "facilitator" else None
        case Trail():
            return former.trail(part, runs=viewer.lens == "facilitator") if viewer.lens != "wall" else None
        case _:
            assert_never(part)


def personal(touch: Touch) -> frozenset[str]:
    """The people who may see this part otherwise than others of their lens do."""
    owners: set[str] = set()
    for part in (touch.before, touch.after):
        match part:
            case Card():
                owners |= {part.of}
                if part.of:
                    # A narrowed way of seeing lets a child's words through to whom they are, and to who wrote them.
                    owners.add(part.by)
                if part.state in {"aside", "kept", "tray"}:
                    owners.add(part.by)
                if part.state == "tray":
                    owners.add(part.typed_by)
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
                owners |= unclear.told(part)
            case Owner() if part.person:
                owners.add(part.person)
            case Set():
                owners |= holders(part)
            case Scale() if part.draft:
                owners |= set(part.writers)
            case Differ() | NextStep():
                owners |= {part.by, part.typed_by} - {""}
            case Correction():
                owners |= {part.by, part.typed_by} | personal(Touch(part.original, None))
            case Wish():
                owners.add(part.id)
            case Answer() if part.shown != "bare" and part.holder:
                owners.add(part.holder)
            case _:
                pass
    return frozenset(owners - {""})


def _meeting(part: Meeting, viewer: Viewer) -> MeetingView:
    runs = viewer.lens == "facilitator"
    # What helps whoever runs the meeting reaches nobody else; what is sent out beforehand, no one who is in it;
    # plain words are fetched by those they are for.
    template = replace(part.template, expect=(), plain=(), sets=SETS, children=(), form=())
    if not runs:
        template = replace(template, bands=(), prompts=())
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
        wall_child=part.wall_child if runs else "",
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


def _card(part: Card, viewer: Viewer) -> CardView | None:
    runs = viewer.lens == "facilitator"
    person = "" if viewer.lens == "wall" else viewer.id
    if part.state == "removed" or not may_see(part, person, runs=runs):
        return None
    if viewer.lens == "wall" and part.off_wall:
        return None
    voice = part.voice
    if voice is not None and not part.named:
        voice = replace(voice, brought_by="")
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
        child=voice is None and child_of(part),
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
    own = bool(viewer.id) and viewer.lens != "wall" and viewer.id in {part.by, part.typed_by} and not part.unheld
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
