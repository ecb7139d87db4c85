"""What is seen of polls and answers. `sight` asks here, and nobody else."""

from __future__ import annotations

from typing import assert_never

from .answers import Answer, BareAnswer, NamedAnswer, own_view
from .ask import View
from .polls import Poll, PollView


def poll(part: Poll, *, runs: bool) -> PollView:
    """A poll, and to who runs the meeting who is missing in it."""
    return PollView(
        id=part.id,
        set=part.set,
        versions=part.versions,
        named=part.named,
        state=part.state,
        asked=part.asked,
        answered=part.answered,
        too=part.too,
        missing=part.missing if runs else (),
        counts=part.counts,
        not_asked=part.not_asked,
        unasked=part.unasked,
        away=part.away if runs else (),
        opened=part.opened,
    )


def answer(part: Answer, person: str) -> View | None:
    """An answer, as it is shown; until then to whose alone it is, and to nobody on a wall."""
    match part.shown:
        case "":
            # What was typed for someone is held by nobody until all are shown, not even by them.
            return own_view(part) if part.holder and part.holder == person else None
        case "named":
            words = part.words if part.share else ""
            return NamedAnswer(
                id=part.id, poll=part.poll, person=part.person, role=part.role, value=part.value, words=words
            )
        case "bare":
            return BareAnswer(id=part.id, poll=part.poll, value=part.value, words=part.words)
        case _:
            assert_never(part.shown)
