"""Asks that mean ill, by people of every role, in meetings under way: each is refused and changes nothing, or is taken,
and then the log replays to the same board and everyone can be shown it."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from server.board import core
from server.board.door import Join, MakeKey
from server.board.model import AnyAsk, AnyHouseAsk, Board, Entry
from server.board.refusal import REFUSALS, Refused
from server.board.rights import RIGHTS
from server.board.sight import LENSES, Viewer
from server.fan import Fan, Step, whole
from server.log.roomlog import Spoken
from server.protocol import Unreadable, decode, encode, from_log, to_draft
from tests.board.chance import begun, image, many
from tests.board.make import BY_ROLE, HELEN, Play
from tests.hostile.nasty import asks, words
from tests.hostile.often import often

MEETINGS = 6


def _mostly_allowed(ask: dict[str, Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """The ask, by somebody who may ask such a thing, or by anybody."""
    roles = RIGHTS.get(str(ask["ask"]), frozenset())
    able = st.sampled_from([BY_ROLE[role] for role in sorted(roles)] or [HELEN])
    return st.tuples(st.one_of(able, able, able, st.sampled_from(sorted(BY_ROLE.values()))), st.just(ask))


said = asks.flatmap(_mostly_allowed)


@cache
def under_way(seed: int) -> Board:
    """A meeting in which something of everything has happened."""
    return begun(many(seed)).play.board


def judged(play: Play, by: str, ask: AnyAsk | AnyHouseAsk) -> Entry | None:
    """The entry, or None where it was refused."""
    before, looked = play.board, encode(play.board)
    entry = play.entry(by, ask)
    try:
        core.check(play.board, entry)
        core.forgets(play.board, ask)
    except Refused as refused:
        assert refused.code in REFUSALS
        assert encode(before) == looked
        return None
    after, touched = core.apply(before, entry)
    assert encode(before) == looked
    for lens in LENSES:
        Fan([Step(entry.seq, touched)]).frame(Viewer(by, lens))
    play.board = after
    return entry


def replays(entry: Entry) -> Entry:
    """The entry, as it comes back from the log."""
    draft = to_draft(entry)
    again = from_log(
        Spoken(
            seq=entry.seq, at=draft.at, by=draft.by, device=draft.device, ref=draft.ref, tag=draft.tag, body=draft.body
        )
    )
    return again


@often(300)
@given(st.integers(0, MEETINGS - 1), st.lists(said, min_size=1, max_size=6))
def test_whatever_is_asked_is_refused_or_replays(seed: int, asked: list[tuple[str, dict[str, Any]]]) -> None:
    play = Play(under_way(seed))
    taken: list[Entry] = []
    for by, fields in asked:
        try:
            ask = decode(encode(fields))
        except (Unreadable, UnicodeEncodeError, msgspec.MsgspecError, OverflowError):
            continue
        entry = judged(play, by, ask)
        if entry is not None:
            taken.append(entry)
    board = under_way(seed)
    for entry in taken:
        board, _touched = core.apply(board, replays(entry))
    assert image(board) == image(play.board)
    for lens in LENSES:
        for viewer in (HELEN, ""):
            msgspec.json.decode(encode(whole(board, Viewer(viewer, lens))))


@often(120)
@given(words, words, words, st.sampled_from([*BY_ROLE, "wall", "nobody"]))
def test_whoever_knocks_is_written_down_or_refused(name: str, agency: str, helping: str, role: str) -> None:
    play = Play(under_way(0))
    join = Join(id="hostile0", name=name, role=role, agency=agency, helping=helping, cookie="c")  # type: ignore[arg-type]
    link = MakeKey(key="k", role="facilitator", person="hostile1", name=name, by=HELEN)
    for ask in (join, link):
        if not _sayable(name, agency, helping):
            # Half a sign cannot stand in a log. A body that holds one is refused before it comes here.
            continue
        entry = judged(play, "house", ask)
        if entry is not None and role in BY_ROLE:
            board, _touched = core.apply(play.board, replays(entry))
            assert board.people


def _sayable(*texts: str) -> bool:
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return False
    return True
