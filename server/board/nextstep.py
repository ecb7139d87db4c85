"""A next step as the board keeps it and as it travels. What may be asked of one is in `steps`."""

from __future__ import annotations

from typing import ClassVar, Literal

from .ask import Comments, Part, View

StepState = Literal["open", "done", "not-done", "changed"]


class NextStep(Part, frozen=True, kw_only=True):
    """A next step. `by` is who put it there; `typed_by` who typed it, where that was someone else."""

    kind: ClassVar[str] = "step"
    what: str
    when: str = ""
    know: str = ""
    otherwise: str = ""
    bottom: bool = False
    card: str = ""
    linked: bool = False  # whether everyone sees that card: kept here so that sight needs no other part
    set: str = ""
    state: StepState = "open"
    note: str = ""
    version: int = 1
    order: str
    by: str
    typed_by: str = ""
    named: bool = True  # whether who put it there is shown: the meeting's setting
    removed_by: str = ""
    at: int = 0
    said_at: tuple[int, ...] = ()  # the entries that hold its words, so that they can be made to leave the log
    child: bool = False  # put there by someone here as a child
    agreed: int = 0  # when it was agreed, ms, where that was at an earlier meeting
    comments: Comments = ""


class StepView(View, frozen=True, kw_only=True):
    """A next step: `what` happens, by `when`, how we will `know`, what happens `otherwise`. `bottom`: services ask for
    this as the least; how it is done is the family's. `card`: the card it was made from, while everyone sees that;
    `set`: the worry and goal it is for.
    `note` goes with `state`. `by` and `typed_by` are sent only where authors are shown. Who takes it on are its
    owners, parts of their own. `comments` as at a card; never to the wall. `agreed`: when, ms
    since 1970, where that was at an earlier meeting. Sort by `order`, then `id`; `version` counts wordings from 1."""

    what: str
    version: int
    order: str
    when: str = ""
    know: str = ""
    otherwise: str = ""
    bottom: bool = False
    card: str = ""
    set: str = ""
    state: StepState = "open"
    note: str = ""
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    comments: Comments = ""
    agreed: int = 0


def step_view(step: NextStep, *, wall: bool) -> StepView | None:
    """The step as it travels: to a `wall`, or to someone who sees all cards and sets that are for all."""
    if step.removed_by:
        return None
    return StepView(
        id=step.id,
        what=step.what,
        when=step.when,
        know=step.know,
        otherwise=step.otherwise,
        bottom=step.bottom,
        card=step.card if step.linked and not wall else "",
        set="" if wall else step.set,
        state=step.state,
        note=step.note,
        version=step.version,
        order=step.order,
        by=step.by if step.named else "",
        typed_by=step.typed_by if step.named else "",
        typed=bool(step.typed_by),
        comments="" if wall else step.comments,
        agreed=step.agreed,
    )
