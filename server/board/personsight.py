"""What of somebody on the list each person sees. Asked by `sight` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .person import Person, PersonView, State

if TYPE_CHECKING:
    from .lens import Viewer


def person(part: Person, viewer: Viewer) -> PersonView | None:
    runs = viewer.lens == "facilitator"
    keeps_list = runs or viewer.lens == "scribe"
    own = viewer.id == part.id
    told = part.role == "child" and (runs or own)
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
        age=part.age if told else "",
        sees=part.sees if told else "",
        chooses=part.chooses if told else "",
        goodbye=told and part.goodbye,
        lead=part.lead,
        alarm=part.alarm if runs else 0,
        by_link=part.again if runs and part.own_link and part.state == "waiting" else "",
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
