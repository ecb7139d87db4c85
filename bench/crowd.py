"""Who comes to our meetings to be measured, with the roles that meetings have: a facilitator, the wall, family, and
agencies. Each comes in at the door and has up to as many devices as a person may."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from .asks import CARDS_EACH, new_cards, our_asks
from .door import Door, Meeting
from .load import Seat, Speech

SPEECH = Speech(ready='{"is":"welcome"', hello="", counts="reached")
PEOPLE_MOST = 250
"""In one room; above that everyone brings a second device, and more. A meeting holds 500 people."""
AGENCY_EACH = 3
"""Every third is from an agency."""


@dataclass
class Crowd:
    """Some meetings with people in them. `askers` are the connections of those who may ask, by room."""

    port: int
    meetings: list[Meeting] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    askers: list[list[int]] = field(default_factory=list)
    cards_each: int = CARDS_EACH
    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    _asked: int = 0

    async def come(
        self, door: Door, *, rooms: int, each: int, people: int = PEOPLE_MOST, ports: tuple[int, ...] = ()
    ) -> None:
        """Open so many rooms, for so many connections of at most so many people. With several ports they are spread
        over them."""
        for _ in range(rooms):
            await self._enter(door, each, people, ports or (self.port,))

    def asks(self, most: int) -> Iterator[tuple[int, str]]:
        """The next asks, at most so many. What was asked of them must be told by `went_on`."""
        return our_asks(self.mark, self.askers, range(self._asked, self._asked + most), self.cards_each)

    def filling(self, cards: int) -> Iterator[tuple[int, str]]:
        """So many cards in the first room, that nobody touches again."""
        return new_cards(self.mark, self.askers[0], cards)

    def went_on(self, asked: int) -> None:
        """So many of the asks were sent."""
        self._asked += asked

    def part(self, rooms: int) -> Crowd:
        """The people of the first rooms alone, with devices and cards they have not used yet."""
        seats = [replace(seat, path=_live(self.meetings[seat.room])) for seat in self.seats if seat.room < rooms]
        return Crowd(self.port, self.meetings[:rooms], seats, self.askers[:rooms], self.cards_each)

    async def _enter(self, door: Door, each: int, most: int, ports: tuple[int, ...]) -> None:
        meeting, room, first = await door.open_meeting(), len(self.meetings), len(self.seats)
        helen, wall = await door.key(meeting.facilitator), await door.key(meeting.wall)
        people = min(each - 2, most)
        cookies = [await door.join(meeting.code, *person(number)) for number in range(people)]
        holders = islice((cookie for _ in range(each) for cookie in cookies), each - 2)
        for place, cookie in enumerate([wall, helen, *holders]):
            self.seats.append(Seat(ports[place % len(ports)], room, _live(meeting), cookie))
        self.meetings.append(meeting)
        # A wall looks and asks for nothing.
        self.askers.append(list(range(first + 1, first + each)))


def _live(meeting: Meeting) -> str:
    return f"/m/{meeting.room}/live?device={secrets.token_hex(8)}"


def person(number: int) -> tuple[str, str, str]:
    """Name, role and agency."""
    if number % AGENCY_EACH == AGENCY_EACH - 1:
        return f"Officer {number}", "agency", "Children's services"
    return f"Person {number}", "family", ""
