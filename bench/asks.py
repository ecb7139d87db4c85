"""What people ask for while they are measured: each adds a card, then changes and moves it in turn. A plain list of
frames, the same in every run; knows no server and no time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

COLUMNS = ("well", "worried", "needs")
TURNS_A_CARD = 12
CARDS_EACH = 4
"""After that a person goes on with the last: a board holds 2,000 cards."""
SAID = "When it gets loud at home the children can go next door at any time of the day or night. "
LETTERS = 234
FILLING = 1_000_000
"""Numbers of asks that only fill a board begin here."""
"""A card as people write them when they write much; the change that tells of it is some 400 bytes."""


def turn_ask(mark: str, asker: int, turn: int, cards_each: int = CARDS_EACH) -> dict[str, Any]:
    """What `asker` asks for in this turn: a new card, now and then, and what becomes of it in the turns between."""
    which = min(turn // TURNS_A_CARD, cards_each - 1)
    step = turn - which * TURNS_A_CARD
    card = f"{mark}{asker:05}{which}"
    words = said(turn)
    if step == 0:
        return {"ask": "card.add", "ref": turn + 1, "id": card, "column": COLUMNS[asker % 3], "text": words}
    if step % 2:
        return {"ask": "card.edit", "ref": turn + 1, "card": card, "text": words, "was": (step + 1) // 2}
    column = COLUMNS[(asker + step // 2) % 3]
    return {"ask": "card.move", "ref": turn + 1, "card": card, "column": column, "before": None}


def said(number: int) -> str:
    """Words of always the same length, and never the same twice running."""
    return f"{number:06} {SAID * 3}"[:LETTERS]


def in_turn(askers: Sequence[Sequence[int]], number: int) -> tuple[int, int]:
    """Who asks the ask of this number, and their how manieth it is: one in each room, then the next in each."""
    room, place = number % len(askers), number // len(askers)
    who = askers[room]
    return who[place % len(who)], place // len(who)


def our_asks(
    mark: str, askers: Sequence[Sequence[int]], numbers: range, cards_each: int = CARDS_EACH
) -> Iterator[tuple[int, str]]:
    """The asks of these numbers: by which connection, and the frame. `askers` are connections, by room."""
    for number in numbers:
        asker, turn = in_turn(askers, number)
        yield asker, frame(turn_ask(mark, asker, turn, cards_each))


def new_cards(mark: str, askers: Sequence[int], cards: int) -> Iterator[tuple[int, str]]:
    """So many cards that nobody touches again, written by all in turn."""
    for number in range(cards):
        asker, turn = in_turn([askers], number)
        card = {"id": f"{mark}f{number:05}", "column": COLUMNS[number % 3], "text": said(number)}
        yield asker, frame({"ask": "card.add", "ref": FILLING + turn, **card})


def frame(ask: dict[str, Any]) -> str:
    """As it goes over the wire."""
    return json.dumps(ask, separators=(",", ":"))


def their_asks(form: str, size: int, askers: Sequence[Sequence[int]], numbers: range) -> Iterator[tuple[int, str]]:
    """The same for a server that hands on what it is given: a change of `size` bytes, put into the place of `%s` in
    `form`."""
    for number in numbers:
        asker, _ = in_turn(askers, number)
        change = f'{{"is":"change","seq":{number + 1},"put":""}}'
        yield asker, form % change.replace('""', f'"{"x" * (size - len(change))}"')
