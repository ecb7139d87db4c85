"""Places in a list: always room between two, and what comes last later stands after what came last before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.board.order import DIGITS, at_end, between

from .chance import law


@law
@given(st.integers(1, 10**9 - 2))
def test_what_is_put_last_stands_after_all_before_it(seq: int) -> None:
    assert at_end(seq) < at_end(seq + 1)
    assert not at_end(seq).endswith("0")


@law
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_there_is_room_between_any_two_places_for_ever(wheres: list[int]) -> None:
    places = [at_end(1), at_end(2)]
    for where in wheres:
        where %= len(places)
        low, high = places[where - 1] if where else "", places[where]
        new = between(low, high)
        assert low < new < high
        assert set(new) <= set(DIGITS) and not new.endswith("0")
        places.insert(where, new)
    assert places == sorted(places) and places[-1] < at_end(3)


def test_a_place_between_far_ones_stays_short() -> None:
    assert between("", "z") == "h"
    assert between("a", "c") == "b"
    assert between("a", "b") == "ai"
    assert between("az", "b") == "azi"
    assert between("a", "a1") == "a0i"


def test_before_the_first_again_and_again_grows_slowly() -> None:
    place = at_end(1)
    for _ in range(200):
        place = between("", place)
    assert len(place) < 60
