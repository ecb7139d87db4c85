"""What happened in a meeting, as its facilitator reads it: what was done, and nothing of what was said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.audit import ENDED, LEFT_OUT, OF_SETS, SENTENCES
from server.board.agreements import AskAgreement, SetAgreement, ShowAgreement
from server.board.carddesk import AsideCard, EraseCard
from server.board.cards import AddCard, RemoveCard
from server.board.commented import On
from server.board.comments import AddComment, CloseComments, OpenComments
from server.board.decisions import AddDecision
from server.board.differs import AddDiffer, AsideDiffer
from server.board.model import AnyAsk
from server.board.owners import AnswerStep, AskOwner, ShowOwner
from server.board.people import ChangeRole, ExpectPerson, RemovePerson
from server.board.phases import GoToPhase
from server.board.phone import SharePhone
from server.board.quiet import SayQuietly
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.setasks import PutUpSet, StartSet, WriteSet
from server.board.steps import AddStep
from server.board.thoughts import KeepThought
from server.protocol import TAGS, structs_of
from tests.meeting import Meeting

CANARY = "Canary"


async def played(meeting: Meeting) -> None:
    """A short meeting in which much is said."""
    await meeting.comes("Dana")
    await meeting.comes("Maureen")
    dana, maureen, helen = meeting.person("Dana"), meeting.person("Maureen"), meeting.helen_id
    scale = next(iter(meeting.room.board.scales))
    on = On(kind="card", id="card0001")
    said: tuple[tuple[str, Any], ...] = (
        (dana, AddCard(ref=1, id="card0001", column="well", text=f"{CANARY} card")),
        (dana, AddCard(ref=2, id="card0002", column="well", text=f"{CANARY} taken back")),
        (dana, AddCard(ref=3, id="card0003", column="well", text=f"{CANARY} erased")),
        (dana, RemoveCard(ref=4, card="card0002")),
        (helen, OpenComments(ref=5)),
        (maureen, AddComment(ref=6, id="comment1", on=on, text=f"{CANARY} comment")),
        (maureen, KeepThought(ref=7, id="thought1", column="well", text=f"{CANARY} thought")),
        (maureen, SayQuietly(ref=8, id="quiet001", about="words", text=f"{CANARY} quiet")),
        (helen, AsideCard(ref=9, card="card0001")),
        (helen, EraseCard(ref=10, card="card0003")),
        (helen, OpenRound(ref=11, id="round001", scale=scale, show="named")),
        (maureen, SetRating(ref=12, round="round001", value=7, reason=f"{CANARY} reason")),
        (helen, RevealRound(ref=13, round="round001")),
        (helen, GoToPhase(ref=14, phase="close")),
    )
    for ref, (who, ask) in enumerate(said):
        await meeting.room.ask(who, f"device{ref:02}", ask)


async def read(meeting: Meeting) -> list[str]:
    """The lines of the facilitator's page, without their times."""
    answer = await meeting.helen.get(f"{meeting.page}/audit")
    assert answer.status_code == 200
    assert CANARY not in answer.text
    return re.findall(r'<td dir="auto">(.*?)</td>', answer.text)


async def test_a_facilitator_reads_what_happened(meeting: Meeting) -> None:
    await played(meeting)
    lines = await read(meeting)
    for said in (
        "The meeting was made.",
        "Dana asked to come in, as: Family or friend.",
        "Helen let Dana in.",
        "Helen opened comments: everywhere.",
        "Helen set a card aside.",
        "Helen removed a card for good.",
        "Someone took a card back.",
        "Helen asked for numbers, to be shown with names.",
        "Helen showed everyone’s numbers.",
        "Helen moved on to: Check and close.",
    ):
        assert said in lines, lines
    assert lines.index("Helen let Dana in.") < lines.index("Helen set a card aside.")


async def test_it_holds_no_words_no_number_and_nobody_who_gave_one(meeting: Meeting) -> None:
    await played(meeting)
    lines = await read(meeting)
    assert [line for line in lines if re.search(r"\d", line)] == []
    begun = lines.index("Helen set a card aside.")
    assert [line for line in lines[begun:] if "Maureen" in line or "Dana" in line] == []
    assert not any("quiet" in line for line in lines)


def test_every_kind_of_entry_has_a_sentence_or_a_reason_to_have_none() -> None:
    assert SENTENCES.keys() | LEFT_OUT == TAGS
    assert not SENTENCES.keys() & LEFT_OUT
    assert OF_SETS | ENDED.keys() <= SENTENCES.keys()
    asks = {str(one.__struct_config__.tag): one for one in structs_of(AnyAsk)}
    assert [tag for tag, (field, _) in ENDED.items() if field not in asks[tag].__struct_fields__] == []


async def agreed(meeting: Meeting) -> None:
    """A meeting in which a worry is written and agreed, and steps and a decision come of it."""
    await meeting.comes("Dana")
    await meeting.comes("Gran")
    dana, gran, helen = meeting.person("Dana"), meeting.person("Gran"), meeting.helen_id
    said: tuple[tuple[str, Any], ...] = (
        (dana, StartSet(ref=1, id="set00001", scale="scale001")),
        (dana, WriteSet(ref=2, set="set00001", part="happened", text=f"{CANARY} worry", was=0)),
        (dana, StartSet(ref=3, id="set00002", scale="scale002")),
        (dana, WriteSet(ref=4, set="set00002", part="happened", text=f"{CANARY} draft", was=0)),
        (dana, PutUpSet(ref=5, set="set00001")),
        (dana, WriteSet(ref=6, set="set00001", part="happened", text=f"{CANARY} again", was=1)),
        (gran, AddDiffer(ref=7, id="differ01", set="set00001", text=f"{CANARY} view")),
        (helen, AsideDiffer(ref=8, differ="differ01")),
        (helen, AskAgreement(ref=9, id="poll0001", set="set00001")),
        (gran, SetAgreement(ref=10, poll="poll0001", value="partly", words=f"{CANARY} mine")),
        (helen, ShowAgreement(ref=11, poll="poll0001")),
        (gran, AddStep(ref=12, id="step0001", what=f"{CANARY} step")),
        (helen, AskOwner(ref=13, id="owner001", step="step0001", person=gran)),
        (gran, AnswerStep(ref=14, owner="owner001", answer="but", was=1, words=f"{CANARY} but")),
        (helen, ShowOwner(ref=15, owner="owner001", was=1)),
        (helen, AddDecision(ref=16, id="decision", what=f"{CANARY} decision")),
        (helen, OpenComments(ref=17)),
        (helen, CloseComments(ref=18, where="worried")),
        (helen, ExpectPerson(ref=19, id="nan00001", name="Nan", role="family", how="room")),
        (helen, SharePhone(ref=20, person="nan00001", with_=gran)),
        (helen, SharePhone(ref=21, person="nan00001", with_=None)),
        (helen, ChangeRole(ref=22, person=gran, role="supporter")),
        (helen, RemovePerson(ref=23, person=dana)),
    )
    for ref, (who, ask) in enumerate(said):
        await meeting.room.ask(who, f"device{ref:02}", ask)


async def test_what_was_agreed_is_told_without_its_words_and_drafts_not_at_all(meeting: Meeting) -> None:
    await agreed(meeting)
    lines = await read(meeting)
    begun = lines.index("Someone put a worry and its goal on the board.")
    told = [line for line in lines[begun:] if "no longer here" not in line and "came in" not in line]
    assert told == [
        "Someone put a worry and its goal on the board.",
        "Words of a worry or a goal on the board were changed.",
        "A different view of a worry was added.",
        "Helen set a different view aside.",
        "Helen asked everyone whether they agree with a worry and its goal.",
        "Helen showed everyone’s answers.",
        "A next step was added.",
        "Helen asked Gran to take on a next step.",
        "Helen showed everyone who takes on a next step.",
        "Helen wrote a decision down.",
        "Helen opened comments: everywhere.",
        f"Helen closed comments: {meeting.room.board.meeting.template.columns[1].title}.",  # type: ignore[union-attr]
        "Helen put Nan on the list.",
        "Helen had Nan write on the phone of Gran.",
        "Helen ended that Nan writes on the phone of somebody else.",
        "Helen changed what Gran is here as: Supporter.",
        "Helen took Dana out of the meeting.",
    ]
    assert not any("worry" in line for line in lines[:begun])


@pytest.mark.parametrize("who", ["family", "scribe", "wall", "nobody"])
async def test_for_anyone_else_there_is_no_such_page(meeting: Meeting, who: str) -> None:
    visitor = {"nobody": meeting.server.browser, "wall": None}.get(who)
    if who == "wall":
        browser = await meeting.wall()
    elif visitor is not None:
        browser = visitor()
    else:
        browser = await meeting.comes("Dana", who)
    answer = await browser.get(f"{meeting.page}/audit")
    nowhere = await browser.get("/m/nosuchroom/audit")
    assert (answer.status_code, nowhere.status_code) == (404, 404)
    assert "What happened" not in answer.text
