"""What a newcomer is given is the same to the last byte whether it was kept or made for them; and nobody stands
otherwise without being looked at again."""

from __future__ import annotations

from typing import Any

import pytest

from server import wholeboard
from server.audience import may_stand_otherwise, standing
from server.board.model import Board
from server.board.sight import Lens, Viewer, lens_of, sight
from server.fan import Fan, whole
from server.protocol import encode
from server.wholeboard import WholeBoard
from tests.board.chance import begun, many
from tests.board.make import DANA, HELEN, JO, WALL, meeting
from tests.board.test_laws import boards, viewers

MEETINGS = 40


def given(kept: WholeBoard, board: Board, viewer: Viewer) -> bytes:
    return encode(kept.put(board, viewer))


@pytest.mark.parametrize("seed", range(MEETINGS))
def test_the_kept_board_is_the_made_one_for_everyone_at_every_number(seed: int) -> None:
    """Now and then somebody comes; in between nobody looks, and the board goes on."""
    chance = begun(many(seed), authors="hidden" if seed % 2 else "shown", show=("named", "role", "spread")[seed % 3])
    kept = WholeBoard()
    for number, board in enumerate(boards(chance.play.log)):
        if (number * 7 + seed) % 5 == 0:
            continue
        for viewer in viewers(board).values():
            assert given(kept, board, viewer) == encode(whole(board, viewer)), (number, viewer)


NARROWED: tuple[Lens, ...] = ("child-own", "child-good")


@pytest.mark.parametrize("seed", range(MEETINGS))
def test_whoever_sees_a_part_otherwise_is_named(seed: int) -> None:
    """However a child's sight is narrowed, and however the wall's."""
    chance = begun(many(seed), authors="hidden" if seed % 2 else "shown")
    for board in boards(chance.play.log)[::3]:
        children = [one.id for one in board.people.values() if one.role == "child"]
        eyes = [*viewers(board).values(), *(Viewer(id, lens) for id in children for lens in NARROWED)]
        eyes += [Viewer(WALL, lens) for lens in ("wall-own", "wall-good")]
        for viewer in eyes:
            assert encode(WholeBoard().put(board, viewer)) == encode(whole(board, viewer)), viewer


@pytest.mark.parametrize("sees", ["own", "good", "all"])
def test_who_is_here_as_a_child_keeps_what_they_brought_of_another_childs_words(sees: Any) -> None:
    play = meeting()
    voice = {"whose": "Kofi", "agreed": "yes", "how": "said", "when": "14 May"}
    play.says(DANA, "card.add", id="card0001", column="worried", text="It is loud at night", voice=voice)
    play.says(HELEN, "person.role", person=DANA, role="child")
    play.says(HELEN, "person.child", person=DANA, sees=sees)
    viewer = play.viewer(DANA)
    assert "card0001" in whole(play.board, viewer)["card"]
    assert given(WholeBoard(), play.board, viewer) == encode(whole(play.board, viewer))
    play.says(DANA, "card.edit", card="card0001", text="It is too loud at night", was=1)
    frame = Fan([play.steps[-1]]).frame(viewer)
    assert frame is not None and b"too loud" in frame


WALL_CHILD = ("all", "own", "good")


@pytest.mark.parametrize("before", WALL_CHILD)
@pytest.mark.parametrize("after", WALL_CHILD)
def test_the_wall_is_looked_at_again_when_a_child_is_to_see_less_or_more(before: str, after: str) -> None:
    play = meeting()
    play.says(HELEN, "wall.set", child=before)
    if before != after:
        play.says(HELEN, "wall.set", child=after)
        assert may_stand_otherwise(play.steps[-1].touched)


@pytest.mark.parametrize("seed", range(MEETINGS))
def test_who_may_not_stand_otherwise_stands_as_before(seed: int) -> None:
    chance = begun(many(seed))
    before = Board()
    for step, board in zip(chance.play.steps, boards(chance.play.log)[1:], strict=True):
        if not may_stand_otherwise(step.touched):
            cookies = {*before.sessions, *board.sessions, "nobody's"}
            for wall in (False, True):
                stood = {cookie: standing(before, cookie, as_wall=wall) for cookie in cookies}
                assert stood == {cookie: standing(board, cookie, as_wall=wall) for cookie in cookies}
        before = board


def test_it_is_asked_seldom() -> None:
    """Most of what is asked in a meeting leaves everyone where they stand."""
    play = meeting()
    play.card("card0001")
    play.says(JO, "person.hand", up=True)
    play.round()
    assert not any(may_stand_otherwise(step.touched) for step in play.steps[-3:])
    play.says(HELEN, "person.role", person=JO, role="observer")
    assert may_stand_otherwise(play.steps[-1].touched)


def test_what_has_not_changed_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def counted(part: Any, viewer: Viewer) -> Any:
        looked_at.append(part.id)
        return sight(part, viewer)

    monkeypatch.setattr(wholeboard, "sight", counted)
    play, kept = meeting(), WholeBoard()
    for number in range(3):
        play.card(f"card000{number}")
    kept.put(play.board, play.viewer(JO))
    looked_at.clear()
    kept.put(play.board, play.viewer(JO))
    assert not any(id.startswith("card") for id in looked_at)
    kept.put(play.board, Viewer(WALL, lens_of("wall")))
    assert looked_at.count("card0001") == 1, "the wall had not looked yet"
    looked_at.clear()
    play.says(DANA, "card.edit", card="card0001", text="Gran rings", was=1)
    kept.put(play.board, play.viewer(JO))
    assert [id for id in looked_at if id.startswith("card")] == ["card0001"]
