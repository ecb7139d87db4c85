"""The hostile tests find what they are for: with any of these bugs in the server one of their checks fails."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server import fields, protocol
from server.board import core
from server.board.cards import AddCard
from tests.board.make import BY_ROLE
from tests.hostile.ground import Ground, ground, well
from tests.hostile.nasty import MARKER
from tests.hostile.test_asks import MEETINGS, under_way
from tests.hostile.test_asks import test_whatever_is_asked_is_refused_or_replays as asked
from tests.hostile.test_parser import test_a_frame_is_an_ask_or_unreadable as read
from tests.hostile.test_words import _kept_or_refused
from tests.wireless import JSON

TEXTS = ["Gran picks us up ", "\u202ea\u0301\u202c", MARKER, "\x00", "\ud800", ""]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Ground]:
    """A server of its own, for it will be broken."""
    with ground(tmp_path) as made:
        yield made


def _once(test: Any) -> Callable[..., None]:
    """A test with input of our own, once."""
    once: Callable[..., None] = test.hypothesis.inner_test
    return once


def words_hold(place: Ground) -> None:
    place.run(_kept_or_refused(place, "Tuesday", "Dana", TEXTS))


def forms_hold(place: Ground) -> None:
    well(place.run(place.browser("a stranger").form(f"/join/{place.links.code}", name=MARKER * 9, role="family")))
    well(place.run(place.browser("a stranger").request("POST", "/go", b"[" * 30_000, content_type=JSON)))


def frames_hold(_place: Ground) -> None:
    _once(read)(b'{"ask":')
    _once(read)(b'{"ask":"card.add","ref":1,"id":"card0001","column":"well","text":"Hm"}')


def asks_hold(_place: Ground) -> None:
    card = {"ask": "card.add", "ref": 1, "id": "newname1", "column": "needs", "text": "Hm"}
    for seed in range(MEETINGS):
        said = [(BY_ROLE["family"], card), (BY_ROLE["family"], {**card, "id": "newname2", "text": ""})]
        _once(asked)(seed, said)


def _applied(patch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    """Cards say something a little different from what was written down."""
    apply = core.apply

    def changed(board: Any, entry: Any) -> Any:
        if isinstance(entry.ask, AddCard):
            entry = replace(entry, ask=replace(entry.ask, text=change(entry.ask.text)))
        return apply(board, entry)

    patch.setattr(core, "apply", changed)


def pages_unescaped(patch: pytest.MonkeyPatch, place: Ground) -> None:
    patch.setattr(place.server.site.render._env, "autoescape", False)
    # A page once read stays as it was read.
    patch.setattr(place.server.site.render._env, "cache", None)


def words_trimmed(patch: pytest.MonkeyPatch, _place: Ground) -> None:
    _applied(patch, str.strip)


def replays_by_chance(patch: pytest.MonkeyPatch, _place: Ground) -> None:
    dice = random.Random(1)
    _applied(patch, lambda text: f"{text}{dice.random()}")


def bodies_trusted(patch: pytest.MonkeyPatch, _place: Ground) -> None:
    """What cannot be read is nobody's case."""

    async def trusting(request: Any) -> dict[str, str]:
        return dict(fields._json.decode(await request.body()))  # type: ignore[arg-type]

    patch.setattr("server.door.fields_of", trusting)


def frames_trusted(patch: pytest.MonkeyPatch, _place: Ground) -> None:
    patch.setattr(protocol, "decode", protocol._asks.decode)


def refused_and_kept(patch: pytest.MonkeyPatch, _place: Ground) -> None:
    """A refusal comes after the board was changed."""
    check = core.check

    def late(board: Any, entry: Any) -> None:
        if isinstance(entry.ask, AddCard):
            board.cards[entry.ask.id] = next(iter(board.cards.values()), None)
        check(board, entry)

    patch.setattr(core, "check", late)


BUGS: dict[str, tuple[Callable[[pytest.MonkeyPatch, Ground], None], Callable[[Ground], None]]] = {
    "pages unescaped": (pages_unescaped, forms_hold),
    "bodies trusted": (bodies_trusted, forms_hold),
    "words trimmed": (words_trimmed, words_hold),
    "words that replay by chance": (replays_by_chance, words_hold),
    "asks that replay by chance": (replays_by_chance, asks_hold),
    "frames trusted": (frames_trusted, frames_hold),
    "refused and kept": (refused_and_kept, asks_hold),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, place: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, holds = BUGS[bug]
    holds(place)
    plant(monkeypatch, place)
    try:
        with pytest.raises((AssertionError, msgspec.MsgspecError)):
            holds(place)
    finally:
        # A bug may have reached the meetings that other tests begin with.
        under_way.cache_clear()
