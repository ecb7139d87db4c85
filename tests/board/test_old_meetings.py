"""Meetings that earlier releases recorded, replayed for ever: what people said then must mean the same now. A new
release records its own with `python -m tests.board.test_old_meetings NAME`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.board import core
from server.board.agreements import CountPoll
from server.board.bringing import BringPerson, BringRound, BringSet, BringStep, Taker
from server.board.door import EndSession, Goodbye, Left, MakeKey, UseKey
from server.board.erasing import ErasePerson
from server.board.former import Given
from server.board.invitations import InvitePerson, MisuseKey, RenewKey
from server.board.model import Board, Entry
from server.board.phases import CutLog
from server.board.scales import CountRound
from server.board.sight import LENSES, Viewer, lens_of
from server.board.signing import MadeRecord
from server.fan import whole
from server.log.roomlog import Spoken
from server.protocol import TAGS, encode, from_log, to_draft

from .make import (
    BY_ROLE,
    DANA,
    HELEN,
    JO,
    KOFI,
    LEILA,
    LOU,
    MAUREEN,
    PRIYA,
    SADE,
    SCALE,
    SHIRIN,
    TOM,
    VOICE,
    Play,
    meeting,
)

FOLDER = Path(__file__).with_name("old_meetings")
MEETINGS = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
NAVEED, GRAN = "naveedrahimi", "granwhitlock"
IN_THE_MAKING: tuple[str, ...] = (
    *("set.erase", "earlier.remove", "wording.remove", "person.lead"),
    *("person.alarm-seen", "key.invite", "key.misuse", "key.renew"),
    *("correction.", "after.", "copy.", "record.", "person.erase", "former."),
)
"""Nouns that no release has recorded yet. The next one does, and empties this."""


def entries(name: str) -> Iterator[Entry]:
    """A recorded meeting, as the log gives it."""
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        body = said.pop("body")
        yield from_log(Spoken(**said, body=None if body is None else json.dumps(body).encode()))


EYES = {lens: Viewer("", lens) for lens in LENSES} | {
    id: Viewer(id, lens_of(role, "all")) for role, id in BY_ROLE.items()
}


def seen(name: str) -> dict[str, str]:
    """What each lens, and a person of each role, saw of a recorded meeting from entry to entry: as short as can be
    compared."""
    board, hashes = Board(), {eyes: hashlib.sha256() for eyes in EYES}
    for entry in entries(name):
        board, _ = core.apply(board, entry)
        for eyes, viewer in EYES.items():
            hashes[eyes].update(encode(whole(board, viewer)))
    return {eyes: hash.hexdigest() for eyes, hash in hashes.items()}


@pytest.mark.parametrize("name", MEETINGS)
def test_an_old_meeting_shows_everyone_what_it_showed_then(name: str) -> None:
    recorded = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    # Ways of seeing that came later have nothing recorded to be held to.
    assert {eyes: hash for eyes, hash in seen(name).items() if eyes in recorded} == recorded


def test_some_meeting_holds_every_kind_of_entry_and_words_that_left_the_log() -> None:
    said = [entry for name in MEETINGS for entry in entries(name)]
    assert {entry.tag for entry in said} >= {tag for tag in TAGS if not tag.startswith(IN_THE_MAKING)}
    assert any(entry.ask is None for entry in said)


def everything() -> Play:
    """A meeting in which everything happens that can."""
    play = meeting()
    for id in (MAUREEN, SHIRIN):
        play.comes(id)
    _people(play)
    _cards(play)
    _comments(play)
    _second_texts(play)
    _numbers(play)
    _agenda(play)
    _next_steps(play)
    _sets(play)
    _children(play)
    _the_record(play)
    _the_meeting(play)
    return play


def _people(play: Play) -> None:
    play.knocks(TOM, "agency")
    play.says(TOM, "person.name", name="Thomas")
    play.says(HELEN, "person.refuse", person=TOM)
    play.says(HELEN, "person.admit", person=TOM)
    play.says(HELEN, "person.role", person=TOM, role="observer")
    play.says(HELEN, "person.remove", person=TOM)
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="expected")
    play.says(PRIYA, "person.mark", person=NAVEED, how="phone")
    play.says(PRIYA, "person.expect", id=GRAN, name="Gran", role="family", how="room")
    play.says(HELEN, "person.lead", person=JO)
    play.says(PRIYA, "person.share", person=GRAN, **{"with": DANA})
    play.says(DANA, "person.ready", state="minute")
    play.says(KOFI, "person.hand", up=True)
    play.says(DANA, "quiet.say", id="quiet001", about="words", text="I am frightened")
    play.says(SADE, "quiet.say", id="quiet002", about="break")
    play.says(HELEN, "quiet.done", quiet="quiet001")
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(UseKey(key="key-dana", cookie="cookie-dana2"))
    play.writes(EndSession(cookie="cookie-dana2"))
    play.writes(InvitePerson(key="key-naveed", person=NAVEED, by=HELEN))
    play.writes(UseKey(key="key-naveed", cookie="cookie-naveed"))
    play.says(HELEN, "person.admit", person=next(one.id for one in play.board.people.values() if one.again == NAVEED))
    play.writes(MisuseKey(key="key-naveed"))
    play.says(HELEN, "person.alarm-seen", person=NAVEED)
    play.writes(RenewKey(key="key-wall2", role="wall"))
    play.writes(Left(person=JO))
    play.writes(Goodbye(person=SHIRIN))


def _cards(play: Play) -> None:
    play.card("card0001", DANA, "well", "I called the police myself. I did not let him back in.")
    play.card("card0002", SADE, "worried", "I put my hands over her ears.", voice=VOICE | {"how": "drew"})
    play.card("card0003", PRIYA, "needs", "ما هر شب با هم غذا می‌خوریم.", for_=NAVEED)
    play.card("card0004", LOU, "needs", "A code word Dana can text to three people.", for_=DANA)
    play.card("card0005", JO, "worried", "On Mondays Kofi is very tired.")
    play.card("card0006", MAUREEN, "worried", "He will talk his way back in.")
    play.card("card0007", JO, "well", "Kofi is in school nearly every day.")
    play.card("card0008", DANA, "well", "I ring every evening.", for_=GRAN)
    play.says(DANA, "card.edit", card="card0001", text="I called the police myself on 11 April.", was=1)
    play.says(HELEN, "wording.remove", card="card0001")
    play.says(HELEN, "card.move", card="card0007", column="well", before="card0001")
    play.says(DANA, "card.confirm", cards=["card0004"])
    play.says(JO, "card.remove", card="card0007")
    play.says(JO, "card.restore", card="card0007")
    play.says(HELEN, "card.aside", card="card0005")
    play.says(HELEN, "card.aside", card="card0007")
    play.says(HELEN, "card.return", card="card0007")
    play.says(HELEN, "card.wall", card="card0002", off=True)
    play.says(HELEN, "card.erase", card="card0006")
    play.says(DANA, "card.unknown", card="card0001", unknown={"who": "Jo", "by_when": "Friday"})
    play.says(PRIYA, "card.tag", card="card0001", category="safety")


def _comments(play: Play) -> None:
    under = {"kind": "card", "id": "card0001"}
    play.says(HELEN, "comment.open")
    play.says(JO, "comment.add", id="comment1", on=under, text="I heard her ring them.")
    play.says(MAUREEN, "comment.add", id="comment2", on=under, text="So did I.")
    play.says(MAUREEN, "comment.remove", comment="comment2")
    play.says(HELEN, "comment.close", where="well")
    play.says(DANA, "thought.keep", id="thought1", column="needs", text="Who has the spare key?")
    play.says(DANA, "thought.keep", id="thought2", column="needs", text="Nothing.")
    play.says(DANA, "thought.remove", thought="thought2")


def _second_texts(play: Play) -> None:
    of = {"kind": "card", "id": "card0003"}
    words = {"text": "We eat together every night.", "lang": "en", "of_lang": "prs"}
    play.says(LEILA, "translation.set", id="second01", of=of, **words)
    play.says(LEILA, "translation.set", id="second02", of=of, text="موږ هره شپه", lang="ps")
    play.says(LEILA, "translation.remove", translation="second02")
    play.says(PRIYA, "card.edit", card="card0003", text="ما هر شب با هم غذا می‌خوریم، همیشه.", was=1)
    question = {"kind": "question", "id": "why-not-less"}
    play.says(LEILA, "translation.set", id="second03", of=question, text="چرا", lang="prs")
    play.says(KOFI, "word.unclear", id="unclear1", card="card0007", word="school")
    play.says(MAUREEN, "word.unclear", id="unclear2", card="card0007")
    play.says(JO, "word.cleared", unclear="unclear1")


def _numbers(play: Play) -> None:
    for id, show, end in (
        ("round001", "named", "round.reveal"),
        ("round002", "role", "round.reveal"),
        ("round003", "spread", "round.reveal"),
        ("round004", "named", "round.cancel"),
        ("round005", "spread", ""),
    ):
        play.round(id, show, too=id == "round002")
        for by, value, more in (
            (DANA, 6, {"reason": "He has not been back", "share": True}),
            (MAUREEN, 4, {}),
            (KOFI, 3, {"reason": "Sometimes I still listen"}),
            (JO, "rather-not", {}),
            (PRIYA, "not-sure", {"for_": NAVEED, "source": "by phone"}),
            (SADE, 2, {"for_": KOFI}),
        ):
            play.says(by, "rating.set", round=id, value=value, **more)
        play.writes(CountRound(round=id))
        if end:
            play.says(HELEN, end, round=id)
    play.says(HELEN, "scale.past", id="past0001", scale=SCALE, person=DANA, value=4, when="March", child="Elsie")
    for id, child in (("round006", "Elsie"), ("round007", "Kofi")):
        play.round(id, per="agency", sheet="sheet001", child=child)
        play.says(DANA, "rating.set", round=id, value=3, for_=GRAN)
        play.says(PRIYA, "rating.set", round=id, value=8, for_=NAVEED, source="by letter", said="14 May")
    play.says(HELEN, "round.reveal", round="round006")
    play.says(HELEN, "round.question", round="round001", question="why-not-less", value=4)
    play.says(HELEN, "round.close", round="round002")


def _agenda(play: Play) -> None:
    play.card("kept0001", DANA, "worried", "I do not sleep well.", keep=True)
    play.card("kept0002", MAUREEN, "needs", "I can have them on Fridays.", keep=True)
    play.says(MAUREEN, "card.show", card="kept0002")
    play.says(HELEN, "column.first", column="well", on=True)
    for place in range(3):
        play.card(f"wait{place:04}", JO, "well", f"Kofi read to us, {place}.")
    play.says(HELEN, "card.put-up", cards=["wait0000", "wait0001"])
    play.says(HELEN, "card.hold", cards=["wait0000"])
    play.says(HELEN, "agenda.move", phase="rate", before="worries")
    play.says(HELEN, "agenda.skip", phase="close", on=True)
    play.says(HELEN, "rules.agree")
    play.says(HELEN, "prompt.off", prompt="thinner")


def _next_steps(play: Play) -> None:
    play.says(MAUREEN, "step.add", id="step0001", what="Maureen stays over", when="Fridays", card="card0001")
    play.says(PRIYA, "step.add", id="step0002", what="Somebody rings the GP", know="There is a date", for_=DANA)
    play.says(JO, "step.add", id="step0003", what="A sober grown-up is there every night", otherwise="Ring Tom")
    play.says(DANA, "step.add", id="step0004", what="Off to my sister in Eastgate")
    play.says(MAUREEN, "step.edit", step="step0001", what="Maureen stays over on Fridays", was=1)
    play.says(HELEN, "step.move", step="step0003", before="step0001")
    play.says(JO, "step.bottom", step="step0003", on=True)
    play.says(DANA, "step.remove", step="step0004")
    play.says(DANA, "step.restore", step="step0004")
    play.says(HELEN, "step.ask", id="owner001", step="step0001", person=MAUREEN)
    play.says(HELEN, "step.ask", id="owner002", step="step0001", person=DANA)
    play.says(PRIYA, "step.ask", id="owner003", step="step0002", name="GP")
    play.says(HELEN, "step.ask", id="owner004", step="step0004", person=DANA)
    play.says(MAUREEN, "step.answer", owner="owner001", answer="but", words="Not in July", was=2)
    play.says(DANA, "step.answer", owner="owner002", answer="cannot", words="I am too tired", was=2)
    play.says(PRIYA, "step.answer", owner="owner003", answer="yes", was=1)
    play.says(DANA, "step.answer", owner="owner004", answer="yes", was=1)
    play.says(HELEN, "step.show-owner", owner="owner001", was=1)
    play.says(HELEN, "step.unask", owner="owner002")
    play.says(MAUREEN, "step.state", step="step0001", state="changed", text="Every second Friday")
    play.says(HELEN, "step.erase", step="step0004")
    for id in ("decision1", "decision2"):
        play.says(PRIYA, "decision.add", id=id, what="We meet again", reasons="It is going well", next="18 June")
    play.says(HELEN, "decision.edit", decision="decision1", what="We meet in four weeks", whom="All of us", was=1)
    for id in ("differs1", "differs2"):
        play.says(DANA, "decision.differ", id=id, decision="decision1", text="I would rather not")
    play.says(DANA, "decision.take-back", dissent="differs2")
    play.says(HELEN, "decision.remove", decision="decision2")


def _children(play: Play) -> None:
    play.says(HELEN, "person.child", person=KOFI, age="4-7", sees="own")
    play.says(KOFI, "rating.set", round="round005", value=8, keep=True)
    play.says(KOFI, "quiet.say", id="quiet003", about="danger")
    play.says(HELEN, "wall.set", child="good")
    play.says(HELEN, "child.goodbye", person=KOFI)
    play.says(HELEN, "child.end", person=KOFI)


def _sets(play: Play) -> None:
    play.set_("set00001", JO, could="Elsie could have an accident.", like_1="She would not know whom to wake.")
    play.says(JO, "set.who", set="set00001", names=["Tom", "Anya"], was=0)
    play.says(JO, "set.children", set="set00001", names=["Elsie", "Kofi"], was=1)
    play.says(JO, "set.writers", set="set00001", people=[DANA])
    play.says(DANA, "set.link", set="set00001", card="card0001")
    play.says(DANA, "set.link", set="set00001", card="card0007")
    play.says(DANA, "set.unlink", set="set00001", card="card0007")
    play.says(DANA, "set.write", set="set00001", part="family", text="A quiet house", was=0)
    play.set_("set00002", PRIYA)
    play.says(PRIYA, "set.discard", set="set00002")
    play.says(JO, "set.put-up", set="set00001")
    play.says(JO, "set.write", set="set00001", part="happened", text="Two Saturdays in spring", was=1)
    for id in ("view0001", "view0002", "view0003"):
        play.differ(id, DANA, "set00001")
    play.says(DANA, "differ.edit", differ="view0001", text="It was two Saturdays", was=1)
    play.says(DANA, "differ.take-back", differ="view0002")
    play.says(HELEN, "differ.aside", differ="view0001")
    play.says(HELEN, "differ.return", differ="view0001")
    play.says(HELEN, "differ.erase", differ="view0003")
    play.says(JO, "set.replace", set="set00001", id="set00003", scale="ownset00003")
    play.says(JO, "set.put-up", set="set00003")
    play.says(HELEN, "set.close", set="set00003")
    play.says(HELEN, "set.reopen", set="set00003")
    for id, ends in (("poll0001", "agreement.show"), ("poll0002", "agreement.cancel")):
        play.poll(id, set="set00003")
        play.says(DANA, "agreement.set", poll=id, value="differently", words="Not every week", share=True)
        play.says(PRIYA, "agreement.set", poll=id, value="agree", for_=KOFI, source="Said in the room")
        play.writes(CountPoll(poll=id))
        play.says(HELEN, ends, poll=id)
    play.says(JO, "set.write", set="set00003", part="happened", text="Every week", was=2)
    for earlier in tuple(play.board.earlier)[:1]:
        play.says(HELEN, "earlier.remove", earlier=earlier)
    play.set_("set00004", up=True)
    play.differ("view0004", DANA, "set00004")
    play.says(HELEN, "set.erase", set="set00004")


def _the_record(play: Play) -> None:
    for id, on in (("noted001", {"kind": "person", "id": DANA}), ("noted002", {"kind": "card", "id": "card0001"})):
        play.says(DANA, "correction.ask", id=id, on=on, text="That was in May")
    play.says(DANA, "correction.take-back", correction="noted001")
    play.says(PRIYA, "after.set", next="15 June, 10:00", ring="Tom, 01632 960123")
    play.says(DANA, "copy.wish", how="apart")
    play.says(HELEN, "copy.only", on={"kind": "card", "id": "card0001"}, people=[DANA])
    play.says(HELEN, "record.mark", state="agreed", fingerprint="9f" * 32)
    play.writes(MadeRecord(form="pdf", copy="whole", by=HELEN))
    play.writes(ErasePerson(person=TOM))
    ends: dict[str, Any] = {"ten": "Safe", "zero": "Not safe", "direction": "up"}
    play.writes(BringPerson(id="formergran", name="Gran", role="family"))
    given = (Given(value=4, role="family", former="formergran"),)
    play.writes(BringRound(id="trail001", scale=SCALE, day=1, when="May", show="named", given=given, last=True, **ends))
    texts = {"happened": "He shouted", "family": "A quiet house"}
    play.writes(BringSet(id="brought1", number=8, scale="ownscale8", title="Home", about="", texts=texts, **ends))
    takers = (Taker(id="taker001", former="formergran"),)
    play.writes(BringStep(id="again001", what="Gran stays over", day=1, set="brought1", takers=takers))
    play.says(HELEN, "former.match", former="formergran", person=DANA)


def _the_meeting(play: Play) -> None:
    play.says(HELEN, "phase.go", phase="worries")
    play.says(HELEN, "about.show", about={"kind": "card", "id": "card0001"})
    play.says(HELEN, "wall.set", hold="rate", page=2)
    play.says(HELEN, "column.close")
    play.says(HELEN, "column.open", column="well")
    play.says(HELEN, "break.start")
    play.says(HELEN, "break.end")
    play.says(HELEN, "meeting.door", admit="all")
    play.writes(CutLog())
    play.says(HELEN, "meeting.close")
    play.says(HELEN, "meeting.reopen")
    play.says(HELEN, "meeting.hide-authors")


def lines(play: Play) -> Iterator[dict[str, Any]]:
    """The meeting as its log holds it in the end: words that were destroyed are gone."""
    gone: set[int] = set()
    board = Board()
    for entry in play.log:
        assert entry.ask is not None
        gone |= set(core.forgets(board, entry.ask))
        board, _ = core.apply(board, entry)
    for entry in play.log:
        draft = to_draft(entry)
        body = None if entry.seq in gone else json.loads(draft.body)
        yield {
            "seq": entry.seq,
            "at": draft.at,
            "by": draft.by,
            "device": draft.device,
            "ref": draft.ref,
            "tag": draft.tag,
            "body": body,
        }


def record(name: str) -> None:
    """Record this release's meeting under a new name. Never again under one that is there."""
    with (FOLDER / f"{name}.jsonl").open("x", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines(everything()))
    (FOLDER / f"{name}.json").write_text(json.dumps(seen(name), indent=2) + "\n", "utf-8")


def test_what_is_recorded_shows_what_was_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "FOLDER", tmp_path)
    record("now")
    board, followed = Board(), everything().board
    for entry in entries("now"):
        board, _ = core.apply(board, entry)
    assert [whole(board, viewer) for viewer in EYES.values()] == [whole(followed, viewer) for viewer in EYES.values()]
    assert {entry.tag for entry in entries("now")} == TAGS
    with pytest.raises(FileExistsError):
        record("now")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    record(sys.argv[1])
