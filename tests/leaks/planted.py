"""Bugs of the kind these tests are for, planted one at a time: each makes the server tell a little more than it should,
in a way that looks harmless in the code. They live here alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace
from pytest import MonkeyPatch

from server import firstpaint, machines, pages, protocol
from server.audience import Standing
from server.board import cardsight, core, numbersight, personsight, rounds, scales, sight
from server.board.cards import Card
from server.board.quiet import Quiet, QuietView
from server.board.ratings import own_view
from server.board.scales import SetRating
from server.board.sight import Viewer
from server.board.thoughts import Thought
from server.pulse import Pulse
from server.site import site_of
from tests.leaks.plantedrecords import IN_MARKED_RECORDS, OF_RECORDS, Plant


def counts_at_once(patch: MonkeyPatch) -> None:
    """How many have answered is told as they do."""
    rated = scales._rated

    def counted(board: Any, entry: Any, ask: Any) -> Any:
        board, touched = rated(board, entry, ask)
        return board.then(touched, lambda now: now.put(rounds.counted(now, now.rounds[ask.round])))

    patch.setattr(scales, "_rated", counted)


def missing_to_everyone(patch: MonkeyPatch) -> None:
    """Who is missing in a round is told to all."""
    whole = numbersight.round
    patch.setattr(numbersight, "round", lambda part, *, runs: whole(part, runs=True))


def sizes_of_their_own(patch: MonkeyPatch) -> None:
    """A number travels to its giver without filling."""
    patch.setattr(numbersight, "own_view", lambda rating: replace(own_view(rating), pad=""))


def sizes_in_storage(patch: MonkeyPatch) -> None:
    """Numbers are sealed at the length they have."""
    patch.setattr(protocol, "RATING_BODY", None)


def a_reason_in_a_refusal(patch: MonkeyPatch) -> None:
    """A refusal says what was said last."""
    last = [""]
    check, refusal = core.check, protocol.refusal

    def remembering(board: Any, entry: Any) -> None:
        if isinstance(entry.ask, SetRating):
            last[0] = entry.ask.reason
        check(board, entry)

    patch.setattr(core, "check", remembering)
    patch.setattr(protocol, "refusal", lambda ref, code: replace(refusal(ref, code), why=f"Not after {last[0]}"))


def a_number_in_the_diagnostics(patch: MonkeyPatch) -> None:
    """What is being judged is written to stderr."""
    check = core.check

    def chatting(board: Any, entry: Any) -> None:
        logging.getLogger("server.judge").debug("judging %s", getattr(entry.ask, "value", ""))
        check(board, entry)

    patch.setattr(core, "check", chatting)


def numbers_to_everyone(patch: MonkeyPatch) -> None:
    """A number is seen by all as by its giver."""
    seen = numbersight.rating
    patch.setattr(numbersight, "rating", lambda part, person: seen(part, part.holder or person))


def the_mean_in_a_page(patch: MonkeyPatch) -> None:
    """The board's page is answered with what the numbers make."""
    parts = firstpaint.parts

    def meaning(room: Any, seen: Any) -> dict[str, Any]:
        made = parts(room, seen)
        numbers = [one.value for one in room.board.ratings.values() if isinstance(one.value, int)]
        meeting = made["meeting"]
        return {**made, "meeting": replace(meeting, title=f"{meeting.title} {sum(numbers)}")}

    patch.setattr(pages, "parts", meaning)


def the_sum_in_the_totals(patch: MonkeyPatch) -> None:
    """/metrics counts what was said."""
    totals = machines.metrics

    async def more(request: Any) -> Any:
        answer = await totals(request)
        boards = [room.board for room in site_of(request).hub.rooms]
        numbers = [one.value for board in boards for one in board.ratings.values()]
        answer.headers["x-numbers"] = str(sum(one for one in numbers if isinstance(one, int)))
        return answer

    patch.setattr(machines, "metrics", more)


def a_number_at_the_door(patch: MonkeyPatch) -> None:
    """Who waits is told how far the meeting is."""

    def tick(pulse: Any) -> None:
        for member in pulse._room.members:
            member.tell(protocol.encode(protocol.Tick(seq=pulse._room.board.seq)))

    patch.setattr(Pulse, "_tick", tick)


def leaving_at_once(patch: MonkeyPatch) -> None:
    """Somebody's leaving is written after a second."""
    patch.setattr("server.pulse.AWAY_S", 1.0)


def leaving_in_a_count(patch: MonkeyPatch) -> None:
    """Who has signed out is not counted any more among those a round asks."""
    counted = rounds.counted

    def fewer(board: Any, round: Any) -> Any:
        known = {session.person for session in board.sessions.values()}
        return replace(counted(board, round), asked=len(known))

    patch.setattr(scales, "counted", fewer)
    patch.setattr(rounds, "counted", fewer)


def kept_cards_to_who_runs_it(patch: MonkeyPatch) -> None:
    """A kept card is seen as one set aside is."""
    _cards_seen(patch, lambda card, runs: card.stands == "kept" and runs)


def cards_aside_to_all(patch: MonkeyPatch) -> None:
    """A card set aside stays on all screens."""
    _cards_seen(patch, lambda card, runs: card.stands == "aside")


def _cards_seen(patch: MonkeyPatch, too: Callable[[Card, bool], bool]) -> None:
    def seen(card: Card, person: str, *, runs: bool) -> bool:
        return too(card, runs) or cardsight.may_see(card, person, runs=runs)

    patch.setattr(sight, "may_see", seen)


def quiet_words_to_the_scribe(patch: MonkeyPatch) -> None:
    """Who keeps the list hears quiet words, too."""
    whole = sight._whole

    def heard(part: Any, viewer: Viewer) -> Any:
        if isinstance(part, Quiet) and viewer.lens == "scribe":
            return QuietView(id=part.id, person=part.person, about=part.about, text=part.text, at=part.at)
        return whole(part, viewer)

    patch.setattr(sight, "_whole", heard)


def thoughts_to_all(patch: MonkeyPatch) -> None:
    """A thought kept for next time is seen before it is shown."""
    whole = sight._whole
    patch.setattr(
        sight,
        "_whole",
        lambda part, viewer: whole(replace(part, shown=True) if isinstance(part, Thought) else part, viewer),
    )


def who_waits_to_all(patch: MonkeyPatch) -> None:
    """Whoever knocks, or was sent away, is on everybody's list."""
    patch.setattr(personsight, "_told_state", lambda part, *, keeps_list: "left" if part.state != "here" else "here")


def hidden_authors_named(patch: MonkeyPatch) -> None:
    """A card says whose it is although names are hidden."""
    card = sight._card

    def named(part: Any, viewer: Viewer) -> Any:
        view = card(part, viewer)
        return view and replace(view, by=part.by)

    patch.setattr(sight, "_card", named)


def the_board_in_the_lobby(patch: MonkeyPatch) -> None:
    """Who waits already looks in."""

    def inside(board: Any, cookie: str, *, as_wall: bool = False) -> Standing:
        session = board.sessions.get(cookie)
        person = board.people.get(session.person) if session is not None else None
        if person is None or person.state not in {"waiting", "here"}:
            return Standing("", "", "none")
        return Standing(person.id, person.role, person.state, Viewer(person.id, "member"))

    patch.setattr("server.audience.standing", inside)


def refusals_with_words(patch: MonkeyPatch) -> None:
    """What was refused is put on the board all the same, as a comment nobody asked for: a check that comes too late."""
    told = protocol.encode

    def late(frame: Any) -> bytes:
        if isinstance(frame, protocol.Change):
            return told(msgspec.structs.replace(frame, put={**frame.put, "card": {"x": {"text": "canary1z"}}}))
        return told(frame)

    patch.setattr(protocol, "encode", late)


IN_PAIRS: dict[str, tuple[Plant, str]] = {
    "counts told at once": (counts_at_once, "a number"),
    "who is missing told to everyone": (missing_to_everyone, "who answered"),
    "a number's size": (sizes_of_their_own, "a reason"),
    "a number's size in storage": (sizes_in_storage, "a reason"),
    "a reason in a refusal": (a_reason_in_a_refusal, "a reason"),
    "a number in the diagnostics": (a_number_in_the_diagnostics, "a number"),
    "a number told to all": (numbers_to_everyone, "a number"),
    "the sum on a page": (the_mean_in_a_page, "a number"),
    "the sum in the totals": (the_sum_in_the_totals, "a number"),
    "a number at the door": (a_number_at_the_door, "a number"),
    "a kept card told to who runs the meeting": (kept_cards_to_who_runs_it, "a kept card"),
    **OF_RECORDS,
}
"""Bugs that pairs find, and of which kind."""
IN_CANARIES: dict[str, Plant] = {
    "kept cards told to who runs the meeting": kept_cards_to_who_runs_it,
    "cards set aside told to all": cards_aside_to_all,
    "quiet words told to the scribe": quiet_words_to_the_scribe,
    "thoughts told to all": thoughts_to_all,
    "who waits told to all": who_waits_to_all,
    "hidden authors named": hidden_authors_named,
    "the board in the lobby": the_board_in_the_lobby,
    "refused words told": refusals_with_words,
    "numbers told to everyone": numbers_to_everyone,
    **IN_MARKED_RECORDS,
}
"""Bugs that marked words find."""
