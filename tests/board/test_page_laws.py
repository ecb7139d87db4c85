"""Laws of what a page holds, on meetings made by chance: it is the same for all who look alike, no number is in it, and
with what the line adds it is the whole board."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from server.board.sight import Viewer
from server.fan import OVER_THE_WIRE, rest, shared, whole
from server.protocol import encode

from .chance import Choice, begun, choices, law
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
            assert together(plain(shared(all_[after], was[id])), plain(put), drop) == fresh(all_[-1], viewer)


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
