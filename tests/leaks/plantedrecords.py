"""Bugs of what leaves a meeting, planted one at a time: each lets a record, a copy or a page of it tell a little more
than it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from pytest import MonkeyPatch

from server import personorders, recording, recordpage
from server.board import copies, former, numbersight
from server.board.sight import Viewer
from server.fan import whole
from server.record.compose import Composer
from server.site import standing_of

Plant = Callable[[MonkeyPatch], None]


def records_as_if_all_were_shown(patch: MonkeyPatch) -> None:
    """A record takes numbers as they will be once they are shown."""

    def early(board: Any, viewer: Viewer) -> Any:
        given = {id: replace(one, shown=one.shown or "named") for id, one in board.ratings.items()}
        asked = {id: replace(one, state="shown") for id, one in board.rounds.items()}
        return whole(replace(board, ratings=given, rounds=asked), viewer)

    patch.setattr(recording, "whole", early)


def copies_with_cards_aside(patch: MonkeyPatch) -> None:
    """A copy holds all of somebody's cards that they see themselves."""
    each = Composer.each

    def seen(line: Any, kind: str, shape: Any) -> Any:
        parts = each(line, kind, shape)
        return (replace(one, aside=False, kept=False) for one in parts) if kind == "card" else parts

    patch.setattr(Composer, "each", seen)


def wishes_to_all(patch: MonkeyPatch) -> None:
    """How somebody wants their copy stands on everybody's board."""
    seen = copies.seen
    patch.setattr(copies, "seen", lambda part, person, lens: seen(part, part.id, lens))


def numbers_of_last_time_early(patch: MonkeyPatch) -> None:
    """What the facilitator remembers is seen by all before they answer."""
    past = numbersight.past
    patch.setattr(numbersight, "past", lambda part, *, runs: past(part, runs=True))


def numbers_of_then_early(patch: MonkeyPatch) -> None:
    """Numbers of an earlier meeting are seen by all before those of this one."""
    trail = former.trail
    patch.setattr(former, "trail", lambda part, *, runs: trail(part, runs=True))


def the_page_of_another(patch: MonkeyPatch) -> None:
    """Everyone in it who opens the page of the record is given that of whoever came first."""

    async def first(request: Any) -> Any:
        room, cookie, standing = await standing_of(request)
        if standing.viewer is not None and standing.role not in {"facilitator", "wall"}:
            person = next(id for id, one in room.board.people.items() if one.role == "family")
            standing = replace(standing, person=person, viewer=Viewer(person, "member"))
        return room, cookie, standing

    patch.setattr(recordpage, "standing_of", first)


def all_of_everybody(patch: MonkeyPatch) -> None:
    """All of one person's holds what anybody said."""
    patch.setattr(personorders, "_is_of", lambda board, entry, id: True)


def kept_things_leave(patch: MonkeyPatch) -> None:
    """All of one person's holds what they kept, too."""
    patch.setattr(personorders, "_may_leave", lambda board, entry: True)


def all_that_is_kept(patch: MonkeyPatch) -> None:
    """All of one person's holds what anybody keeps."""
    kept_things_leave(patch)
    all_of_everybody(patch)


def thoughts_in_records(patch: MonkeyPatch) -> None:
    """A record takes what the facilitator sees of thoughts for next time."""
    each = Composer.each

    def seen(line: Any, kind: str, shape: Any) -> Any:
        parts = each(line, kind, shape)
        return (replace(one, shown=True) for one in parts) if kind == "thought" else parts

    patch.setattr(Composer, "each", seen)


def whoever_knocks_in_records(patch: MonkeyPatch) -> None:
    """Who waits, or was sent away, was invited."""
    patch.setattr("server.record.compose._came", lambda person: "invited")


OF_RECORDS: dict[str, tuple[Plant, str]] = {
    "a number in a record before the reveal": (records_as_if_all_were_shown, "a number"),
    "a card set aside in copies": (copies_with_cards_aside, "a card set aside"),
    "a kept card in copies": (copies_with_cards_aside, "a kept card"),
    "a wish told to all": (wishes_to_all, "a wish"),
    "a number of last time shown early": (numbers_of_last_time_early, "a number of last time"),
    "a number of then shown early": (numbers_of_then_early, "a number of then"),
    "the own page of another": (the_page_of_another, "a wish"),
    "quiet words in what is all of another": (all_of_everybody, "quiet words"),
    "a kept card in what is all of another": (all_that_is_kept, "a kept card"),
}
"""Bugs that pairs find, and of which kind."""
IN_MARKED_RECORDS: dict[str, Plant] = {
    "cards set aside in copies": copies_with_cards_aside,
    "thoughts in records": thoughts_in_records,
    "who waits in records": whoever_knocks_in_records,
    "what others said in what is all of one person": all_of_everybody,
    "what is kept in what is all of one person": kept_things_leave,
}
"""Bugs that marked words find."""
