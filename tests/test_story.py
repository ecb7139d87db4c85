"""What one process knows of a meeting: who may come back from where, and that words which left the log leave the
screens."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from server.board import core
from server.board.model import Entry
from server.fan import Fan, whole
from server.protocol import encode
from server.story import STEPS_KEPT, Story
from tests.board.make import DANA, HELEN, JO, KOFI, Play, meeting


def read(entries: Iterable[Entry]) -> Story:
    """A process that begins to serve the meeting and reads its whole log at once."""
    story, log = Story("room"), list(entries)
    story.take(log, story.ahead(log))
    return story


def destroyed(play: Play) -> list[Entry]:
    """The log as it stands in storage: words that were to leave it have left it."""
    gone: set[int] = set()
    story = Story("room")
    for entry in play.log:
        assert entry.ask is not None
        gone |= set(core.forgets(story.board, entry.ask))
        story.take([entry], story.ahead([entry]))
    return [replace(entry, ask=None) if entry.seq in gone else entry for entry in play.log]


def screen(play: Play, id: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(encode(whole(play.board, play.viewer(id))))
    return held


@pytest.mark.parametrize("what", ["card", "quiet", "number"])
def test_what_was_destroyed_leaves_the_screen_of_who_comes_back_to_another_process(what: str) -> None:
    """The process that reads the log afresh never knew the words, so no step of its own could take them off a
    screen."""
    play = meeting()
    match what:
        case "card":
            play.card("card0001")
            who, kind, end = JO, "card", ("card.erase", {"card": "card0001"})
        case "quiet":
            play.says(KOFI, "quiet.say", id="quiet001", about="words", text="I am frightened")
            who, kind, end = HELEN, "quiet", ("quiet.done", {"quiet": "quiet001"})
        case _:
            play.round()
            play.says(DANA, "rating.set", round="round001", value=3)
            who, kind, end = DANA, "rating", ("round.cancel", {"round": "round001"})
    assert kind in screen(play, who)
    after = play.board.seq
    play.says(HELEN, end[0], **end[1])
    viewer = play.viewer(who)

    followed = read(play.log).since(viewer, after)
    assert followed is not None
    told = json.loads(Fan(followed).frame(viewer) or b"{}")
    assert kind in told["drop"]

    fresh = read(destroyed(play))
    assert fresh.since(viewer, after) is None
    assert fresh.since(viewer, play.board.seq) == []
    play.card("card0009")
    fresh.take(play.log[-1:], fresh.ahead(play.log[-1:]))
    assert fresh.since(viewer, play.board.seq - 1) is not None


def test_who_comes_back_gets_the_steps_they_missed_and_nobody_gets_any_from_beyond_the_end() -> None:
    play = meeting()
    after = play.board.seq
    play.card("card0001")
    story = read(play.log)
    steps = story.since(play.viewer(JO), after)
    assert steps is not None and [step.seq for step in steps] == [after + 1]
    assert story.since(play.viewer(JO), after + 2) is None


def test_another_role_or_hidden_names_mean_the_whole_board_anew() -> None:
    play = meeting()
    after = play.board.seq
    play.says(HELEN, "person.role", person=JO, role="scribe")
    story = read(play.log)
    assert story.since(play.viewer(JO), after) is None
    assert story.since(play.viewer(DANA), after) is not None
    play.says(HELEN, "meeting.hide-authors")
    story = read(play.log)
    assert story.since(play.viewer(DANA), after) is None
    assert story.since(play.viewer(DANA), play.board.seq) == []


def test_from_too_far_back_one_gets_the_whole_board() -> None:
    play = meeting()
    began = play.board.seq
    for place in range(STEPS_KEPT):
        play.says(DANA, "person.hand", up=place % 2 == 0)
    story = read(play.log)
    assert story.since(play.viewer(JO), began) is not None
    assert story.since(play.viewer(JO), began - 1) is None
