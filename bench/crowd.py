"""Who comes to our meetings to be measured, with the roles that meetings have: a facilitator, the wall, family, and
agencies. Each comes in at the door and has up to as many devices as a person may."""

from __future__ import annotations

import asyncio
import math
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
IN_A_ROW, A_SECOND = 28, 10
"""What one person may ask at once, less a margin, and each second after that."""
FEW = 14
"""Less than this in a row makes no stretch."""
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
    _rested_at: float = 0.0

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

    async def rested(self) -> int:
        """Wait until everyone may ask a few times in a row: who is faster than a person may be is read slowly, and that
        is not what is measured. Gives how many asks that makes."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._rested_at - now - (IN_A_ROW - FEW) / A_SECOND))
        left = IN_A_ROW - A_SECOND * max(0.0, self._rested_at - asyncio.get_running_loop().time())
        return max(FEW, int(left)) * self._people

    def filling(self, cards: int) -> Iterator[tuple[int, str]]:
        """So many cards in the first room, that nobody touches again."""
        return new_cards(self.mark, self.askers[0], cards)

    def filled(self) -> None:
        """The cards are there, and everyone wrote as fast as they may."""
        self._rested_at = asyncio.get_running_loop().time() + IN_A_ROW / A_SECOND

    def went_on(self, asked: int) -> None:
        """So many of the asks were sent."""
        self._asked += asked
        each = math.ceil(asked / self._people)
        self._rested_at = max(self._rested_at, asyncio.get_running_loop().time()) + each / A_SECOND

    @property
    def _people(self) -> int:
        """Those who ask, however many devices they have."""
        return len({self.seats[one].cookie for room in self.askers for one in room})

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
