"""Worries removed for good: what goes with one, what stays where it was, and when none may go. And words that stay as
they were read while people are asked."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from server.board import core
from server.board.model import Board
from server.fan import Fan
from server.protocol import encode

from .chance import image
from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LEILA, NKECHI, POLL, WALL, Play, meeting

SET, OWN = "set00001", "ownset00001"
WORDS = "when Dana drinks at weekends she falls asleep"
TRACES = (SET, OWN, "Drinking", "Otherwise", "Said to it", "Said under it", "Because of it", "متن", "view0001")
WORDED = {"set.start", "set.write", "set.differ", "comment.add", "translation.set", "agreement.set", "rating.set"}


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.shows_all()
    return play


def said_by(play: Play) -> dict[str, str]:
    """Where an answer's own words stand."""
    return {"kind": "answer", "id": next(iter(play.board.answers)), "field": "words"}


def test_a_worry_removed_for_good_takes_all_words_about_it_along_and_leaves_the_rest(play: Play) -> None:
    play.card("card0001", DANA, "worried")
    play.set_(SET, JO, name="Drinking at weekends")
    play.says(JO, "set.link", set=SET, card="card0001")
    play.says(JO, "set.put-up", set=SET)
    play.says(JO, "set.write", set=SET, part="happened", text="Otherwise", was=1)
    play.differ("view0001", DANA, SET)
    play.says(HELEN, "comment.open")
    play.says(HELEN, "comment.open", where="sets")
    play.says(DANA, "comment.add", id="said0001", on={"kind": "set", "id": SET}, text="Said under it")
    for of in ({"kind": "set", "id": SET, "field": "worry"}, {"kind": "scale", "id": OWN, "field": "about"}):
        play.says(LEILA, "translation.set", id=f"second{of['kind']}", of=of, text="متن دوم", lang="prs")
    play.says(DANA, "step.add", id="step0001", what="Maureen stays over", set=SET)
    play.poll(set=SET)
    for by in (DANA, JO, KOFI):
        play.says(by, "agreement.set", poll=POLL, value="partly", words="Said to it", share=True)
    play.says(HELEN, "agreement.show", poll=POLL)
    play.says(
        LEILA,
        "translation.set",
        id="secondsaid",
        of=said_by(play),
        text="متن",
        lang="prs",
    )
    play.says(HELEN, "round.open", id="roundset1", scale=OWN, show="named")
    play.says(DANA, "rating.set", round="roundset1", value=3, reason="Because of it")
    play.says(HELEN, "round.reveal", round="roundset1")
    play.says(HELEN, "scale.past", id="past0001", scale=OWN, person=DANA, value=2)
    play.says(HELEN, "about.show", about={"kind": "set", "id": SET})
    said = {entry.seq for entry in play.log if entry.tag in WORDED}
    before = play.board.seq
    assert set(core.forgets(play.board, play.ask("set.erase", set=SET))) >= said
    play.says(HELEN, "set.erase", set=SET)
    for id in (HELEN, DANA, JO, LEILA, WALL):
        seen = encode(play.sees(id))
        for trace in TRACES:
            assert trace.encode() not in seen, (id, trace)
        assert b"Maureen stays over" in seen
    assert "about" not in next(iter(play.sees(WALL)["meeting"].values()))
    assert play.sees(DANA)["card"]["card0001"]["text"]
    frame = msgspec.json.decode(Fan([play.steps[-1]]).frame(play.viewer(DANA)) or b"{}")
    assert play.board.seq == before + 1 and frame["drop"]["set"] == [SET]
    assert play.refused(JO, "set.start", id=SET, scale="another1") == "id-taken"
    assert play.refused(JO, "set.start", id="another1", scale=OWN) == "id-taken"
    assert play.refused(HELEN, "set.erase", set=SET) == "no-set"


def test_no_word_about_a_removed_worry_stays_in_the_log_however_it_got_there(play: Play) -> None:
    play.set_(SET, JO, up=True)
    for was in (1, 2):
        # Said again, as whoever types a letter and takes it back says it again.
        play.says(JO, "set.write", set=SET, part="happened", text="12 Elm Street", was=was)
    for was in (0, 1):
        play.says(JO, "set.who", set=SET, names=["Elmira"], was=was)
    play.says(HELEN, "round.open", id="roundset1", scale=OWN, show="named", child="Elmo")
    play.says(DANA, "rating.set", round="roundset1", value=3)
    play.says(HELEN, "round.reveal", round="roundset1")
    recalled = {"id": "past0001", "scale": OWN, "person": DANA, "child": "Elmo", "ten": "Elm Street is quiet"}
    for value in (2, 3, None):
        play.says(HELEN, "scale.past", value=value, when="in May", **recalled)
    gone = set(core.forgets(play.board, play.ask("set.erase", set=SET)))
    assert [entry.ask for entry in play.log if entry.seq not in gone and "Elm" in repr(entry.ask)] == []
    play.says(HELEN, "set.erase", set=SET)
    assert b"Elm" not in encode(play.board)


def test_once_one_of_two_that_stand_for_a_worry_is_removed_it_goes_on_in_the_other(play: Play) -> None:
    play.set_(SET, JO, up=True)
    for place in (2, 3):
        play.says(JO, "set.replace", set=SET, id=f"set0000{place}", scale=f"own0000{place}")
    for place in (2, 3):
        play.says(JO, "set.put-up", set=f"set0000{place}")
    play.says(HELEN, "set.erase", set="set00002")
    assert play.board.sets[SET].replaced_by == "set00003"


def test_what_was_begun_from_a_worry_goes_with_it_and_what_it_stood_for_stays_closed(play: Play) -> None:
    play.set_(SET, JO, could=WORDS, up=True)
    play.says(JO, "set.replace", set=SET, id="set00002", scale="own00002")
    play.says(JO, "set.write", set="set00002", part="could", text="Every night now", was=1)
    play.says(JO, "set.put-up", set="set00002")
    play.says(JO, "set.replace", set="set00002", id="set00003", scale="own00003")
    play.set_("set00004", up=True)
    assert play.refused(JO, "set.erase", set="set00002") == "not-for-you"
    play.says(HELEN, "set.erase", set="set00002")
    assert set(play.sees(JO)["set"]) == {SET, "set00004"}
    assert b"Every night" not in encode(play.board)
    kept = play.sees(JO)["set"][SET]
    assert (kept["state"], kept.get("replaced_by"), kept["texts"]["could"]) == ("closed", None, WORDS)
    play.says(HELEN, "set.reopen", set=SET)
    assert play.set_("set00005", up=True) and play.board.sets["set00005"].number == 4


def test_a_worry_people_are_asked_about_is_not_removed_and_a_draft_is_thrown_away_instead(play: Play) -> None:
    play.set_(SET, up=True)
    play.poll(set=SET)
    assert play.refused(HELEN, "set.erase", set=SET) == "still-asked"
    play.says(HELEN, "agreement.cancel", poll=POLL)
    play.set_("set00002")
    assert play.refused(HELEN, "set.erase", set="set00002") == "not-up"
    play.set_("set00003", JO)
    assert play.refused(HELEN, "set.erase", set="set00003") == "no-set"


def test_while_people_are_asked_the_words_stay_those_they_read(play: Play) -> None:
    play.set_(SET, JO, up=True)
    play.poll(set=SET)
    for by, tag, fields in (
        (JO, "set.write", {"part": "happened", "text": "Otherwise", "was": 1}),
        (DANA, "set.write", {"part": "family", "text": "A quiet house", "was": 0}),
        (JO, "set.who", {"names": ["Tom"], "was": 0}),
        (JO, "set.children", {"names": ["Kofi", "Elsie", "Hana"], "was": 1}),
    ):
        assert play.refused(by, tag, set=SET, **fields) == "being-asked"
    for by in (DANA, JO, KOFI):
        play.says(by, "agreement.set", poll=POLL, value="agree")
    play.says(HELEN, "agreement.show", poll=POLL)
    play.says(JO, "set.write", set=SET, part="happened", text="Otherwise", was=1)


def test_an_earlier_wording_is_taken_off_every_screen(play: Play) -> None:
    play.set_(SET, JO, up=True)
    play.says(JO, "set.write", set=SET, part="happened", text="Otherwise", was=1)
    (earlier,) = play.sees(NKECHI)["earlier"]
    assert play.refused(JO, "earlier.remove", earlier=earlier) == "not-for-you"
    play.says(HELEN, "earlier.remove", earlier=earlier)
    for id in [*BY_ROLE.values(), WALL]:
        assert "earlier" not in play.sees(id)
    assert play.refused(HELEN, "earlier.remove", earlier=earlier) == "not-there"


def test_words_that_stay_without_names_are_found_again_once_another_worry_is_gone(play: Play) -> None:
    """A board read from the log later has the same words under the same ids, whatever left the log."""
    for number in (1, 2):
        play.set_(f"set0000{number}", up=True)
        play.poll(f"poll000{number}", set=f"set0000{number}")
        for by in (DANA, JO, KOFI):
            words = f"Words to {number} of {by}"
            play.says(by, "agreement.set", poll=f"poll000{number}", value="partly", words=words, share=True)
        play.says(HELEN, "agreement.show", poll=f"poll000{number}")
    play.says(HELEN, "meeting.hide-authors")
    told = [one["words"] for one in play.sees(WALL)["answer"].values()]
    assert sorted(told) == sorted(f"Words to {number} of {by}" for number in (1, 2) for by in (DANA, JO, KOFI))
    erase = play.ask("set.erase", set="set00001")
    gone = set(core.forgets(play.board, erase))
    play.take(HELEN, erase)
    read = Board()
    for entry in play.log:
        read, _ = core.apply(read, replace(entry, ask=None) if entry.seq in gone else entry)
    assert image(read) == image(play.board)
    assert b"Words to 2" in image(read) and b"Words to 1" not in image(read)
