"""Laws of what a page holds, on meetings made by chance: it is the same for all who look alike, no number is in it, and
with what the line adds it is the whole board."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.board.door import Left
from server.board.sight import Viewer
from server.fan import OVER_THE_WIRE, rest, shared, whole
from server.protocol import encode

from .chance import Choice, begun, choices, law
from .make import DANA, HELEN, JO, LEILA, PRIYA, meeting
from .test_laws import Parts, boards, fresh, renewed, viewers

admits = st.sampled_from(["ask", "all"])
authors = st.sampled_from(["shown", "hidden"])


def plain(parts: Any) -> Parts:
    made: Parts = msgspec.json.decode(encode(parts))
    return made


def together(page: Parts, put: Parts, drop: dict[str, list[str]]) -> Parts:
    """As static/js/page.js puts them."""
    all_ = {kind: page.get(kind, {}) | put.get(kind, {}) for kind in page.keys() | put.keys()}
    left = {
        kind: {id: part for id, part in parts.items() if id not in drop.get(kind, [])} for kind, parts in all_.items()
    }
    return {kind: parts for kind, parts in left.items() if parts}


@law
@given(choices, admits, authors, st.lists(st.integers(0, 90), min_size=3, max_size=3))
def test_a_page_and_what_the_line_adds_show_the_same_as_arriving_fresh(
    said: list[Choice], admit: str, names: str, cuts: list[int]
) -> None:
    chance = begun(said, admit=admit, authors=names)
    all_, steps = boards(chance.play.log), chance.play.steps
    for cut in (*cuts, len(steps)):
        after = cut % len(all_)
        missed = steps[after:]
        anew = {id for step in missed for id in renewed(step.touched)}
        was = viewers(all_[after])
        for id, viewer in viewers(all_[-1]).items():
            if "" in anew or id in anew or id not in was:
                continue
            put, drop = rest(all_[-1], viewer, missed)
            assert not any(put.get(kind, {}).keys() & set(ids) for kind, ids in drop.items())
            page = shared(all_[after], was[id])
            assert together(plain(page), plain(put), drop) == fresh(all_[-1], viewer)
            # Who hears of what looks as it did learns what changed for others.
            held = {kind: page.get(kind, {}) for kind in put}
            assert [
                (kind, one) for kind, parts in put.items() for one in parts if parts[one] == held[kind].get(one)
            ] == []
            assert all(one in page.get(kind, {}) for kind, ids in drop.items() for one in ids)


@law
@given(choices, admits, authors)
def test_a_page_holds_what_everyone_who_looks_alike_sees_and_no_number(
    said: list[Choice], admit: str, names: str
) -> None:
    board = begun(said, admit=admit, authors=names).play.board
    for viewer in viewers(board).values():
        page, seen = shared(board, viewer), whole(board, viewer)
        assert page == shared(board, Viewer("anyone00", viewer.lens))
        assert page.keys().isdisjoint(OVER_THE_WIRE)
        # Nobody reads on a page what is not for their own eyes.
        assert [(kind, id) for kind, parts in page.items() for id in parts if id not in seen.get(kind, {})] == []


@pytest.mark.parametrize(
    ("by", "tag", "fields"),
    [
        (LEILA, "person.ready", {"state": "ready"}),
        (HELEN, "card.wall", {"card": "card0001", "off": True}),
        (PRIYA, "card.tag", {"card": "card0001", "category": "goal"}),
        ("house", "person.left", {"person": LEILA}),
        (JO, "rating.set", {"round": "round001", "value": 3}),
        (JO, "thought.keep", {"id": "thought1", "column": "well", "text": "Later"}),
    ],
)
def test_who_comes_with_their_page_hears_nothing_of_what_only_others_may_see(
    by: str, tag: str, fields: dict[str, Any]
) -> None:
    play = meeting()
    play.card("card0001")
    play.round()
    after = play.board.seq
    if by == "house":
        play.take("house", Left(**fields))
    else:
        play.says(by, tag, **fields)
    assert play.board.seq > after
    assert rest(play.board, play.viewer(DANA), [step for step in play.steps if step.seq > after]) == ({}, {})
