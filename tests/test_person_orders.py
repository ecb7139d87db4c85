"""All that is one person's: as a file, and gone for good."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from websockets.exceptions import ConnectionClosed

from server.admin import CannotDo, carry_out
from server.board.agenda import FamilyFirst
from server.board.carddesk import AsideCard
from server.board.cardmarks import MarkUnknown
from server.board.cards import AddCard, EditCard, RemoveCard
from server.board.cardtray import ShowCard
from server.board.commented import On
from server.board.comments import AddComment, OpenComments
from server.board.copies import HoldCopy, OfCopy
from server.board.corrections import AskCorrection
from server.board.model import AnyAsk
from server.board.noted import Noted
from server.board.owners import AnswerStep, AskOwner, ShowOwner
from server.board.past import RecallNumber
from server.board.people import AdmitPerson, ChangeName, ExpectPerson
from server.board.quiet import SayQuietly
from server.board.ratings import Value
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.steps import AddStep, MarkStep
from server.board.translations import Of, SetTranslation
from server.board.unknown import Unknown
from server.board.voice import Voice
from server.protocol import from_log
from server.record.forms import write
from server.recording import record_of
from tests.meeting import Meeting, running, settings_in
from tests.test_next_meeting import OF_SET, held, matched, people, rated

REFS = count(1)
JO = ("Jo Castell", "agency", "School or college")


@pytest.fixture
async def said(tmp_path: Path) -> AsyncIterator[Meeting]:
    """A meeting in which Dana, Maureen, Shirin and Jo said something, gave numbers with and without names, and Priya
    typed for Dana."""
    async with running(settings_in(tmp_path)) as server:
        meeting = await server.meeting()
        for name, role, agency in (("Dana", "family", ""), ("Maureen", "family", ""), ("Shirin", "family", ""), JO):
            await meeting.comes(name, role, agency)
        await meeting.comes("Priya", "scribe")
        dana, maureen = meeting.person("Dana"), meeting.person("Maureen")
        helen, priya = meeting.helen_id, meeting.person("Priya")
        await ask(meeting, dana, AddCard(ref=0, id="danacard1", column="well", text="I rang the police myself"))
        await ask(meeting, priya, AddCard(ref=0, id="danacard2", column="needs", text="A code word", for_=dana))
        await ask(meeting, dana, AddCard(ref=0, id="danakept1", column="well", text="Only for me", keep=True))
        await ask(meeting, maureen, AddCard(ref=0, id="grancard1", column="well", text="Dana can ring me"))
        await ask(meeting, helen, OpenComments(ref=0))
        under = On(kind="card", id="grancard1")
        await ask(meeting, dana, AddComment(ref=0, id="danasaid1", on=under, text="Thank you Mum"))
        await ask(meeting, dana, SayQuietly(ref=0, id="danaquiet", about="words", text="I am frightened"))
        scale = next(iter(meeting.room.board.scales))
        for show in ("named", "spread"):
            id = f"round{show}"
            await ask(meeting, helen, OpenRound(ref=0, id=id, scale=scale, show=show))
            for number, name in enumerate(("Dana", "Maureen", "Shirin", "Jo Castell")):
                rating = SetRating(ref=0, round=id, value=number + 2, reason=f"because {name}", share=True)
                await ask(meeting, meeting.person(name), rating)
            await ask(meeting, helen, RevealRound(ref=0, round=id))
        yield meeting


async def ask(meeting: Meeting, person: str, ask: AnyAsk) -> None:
    """Have somebody ask, as the next thing they ask."""
    await meeting.room.ask(person, f"device{person}", replace(ask, ref=next(REFS)))


async def order(meeting: Meeting, do: str, person: str) -> dict[str, Any]:
    server = meeting.server
    fields = {"room": meeting.id, "person": person, "do": do}
    return await carry_out(server.hub, server.site.templates, "person", fields, base=server.url)


async def bodies(meeting: Meeting) -> str:
    """Every word that the log of the meeting still holds."""
    room = await meeting.server.hub.room(meeting.id)
    return "\n".join((spoken.body or b"").decode() for spoken in await room.log.anew().catch_up())


async def test_an_export_holds_all_that_is_a_persons_and_nothing_of_others(said: Meeting) -> None:
    export = (await order(said, "export", "dana"))["person"]
    text = json.dumps(export)
    for own in ("I rang the police myself", "A code word", "Thank you Mum", "I am frightened", "because Dana"):
        assert own in text
    for others in ("Dana can ring me", "because Maureen", "because Jo", "Only for me", "cookie"):
        assert others not in text
    typed = [one["words"]["text"] for one in export["said"] if one.get("typed")]
    assert typed == ["A code word"]


async def test_an_export_ties_no_number_of_a_round_without_names_to_anybody(said: Meeting) -> None:
    export = (await order(said, "export", "Dana"))["person"]
    rounds = [one["words"]["round"] for one in export["said"] if one["kind"] == "rating.set"]
    assert rounds == ["roundnamed"]
    assert [one["id"] for one in export["record"]["rounds"]] == ["roundnamed"]


async def test_an_export_holds_nothing_that_was_never_shown_to_others(said: Meeting) -> None:
    dana, helen = said.person("Dana"), said.helen_id
    await ask(said, dana, AddCard(ref=0, id="danatries", column="well", text="I am afraid of him", keep=True))
    await ask(said, dana, EditCard(ref=0, card="danatries", text="He shouts", was=1))
    await ask(said, dana, ShowCard(ref=0, card="danatries"))
    scale = next(iter(said.room.board.scales))
    rounds: dict[str, Value] = {"roundsecond": 6, "roundrather": "rather-not"}
    for id, last in rounds.items():
        await ask(said, helen, OpenRound(ref=0, id=id, scale=scale, show="named"))
        await ask(said, dana, SetRating(ref=0, round=id, value=1, reason="at first", share=True))
        await ask(said, dana, SetRating(ref=0, round=id, value=last, reason="for myself", share=False))
        await ask(said, said.person("Priya"), SetRating(ref=0, round=id, value=9, reason="typed", for_=dana))
        await ask(said, helen, RevealRound(ref=0, round=id))
    export = (await order(said, "export", "Dana"))["person"]
    text = json.dumps(export)
    assert "He shouts" in text
    assert [words for words in ("afraid", "at first", "for myself", "typed for", "rather-not") if words in text] == []
    numbers = {one["words"]["round"]: one["words"]["value"] for one in export["said"] if one["kind"] == "rating.set"}
    assert numbers == {"roundnamed": 2, "roundsecond": 6}


async def test_an_export_does_not_tell_whether_somebody_keeps_anything(said: Meeting) -> None:
    """Nor that they would rather not say: it is as if they had not answered."""

    async def exported() -> tuple[Any, Any]:
        export = (await order(said, "export", "Maureen"))["person"]
        return export["said"], export["left_out"]

    maureen, before = said.person("Maureen"), await exported()
    await ask(said, maureen, AddCard(ref=0, id="grankept1", column="well", text="Only for me", keep=True))
    scale = next(iter(said.room.board.scales))
    await ask(said, said.helen_id, OpenRound(ref=0, id="roundagain", scale=scale, show="named"))
    await ask(said, maureen, SetRating(ref=0, round="roundagain", value="rather-not"))
    await ask(said, said.helen_id, RevealRound(ref=0, round="roundagain"))
    assert await exported() == before


async def test_an_interpreters_export_holds_nothing_that_was_taken_off_the_board(said: Meeting) -> None:
    await said.comes("Amina", "interpreter")
    dana, maureen, helen, amina = (said.person(name) for name in ("Dana", "Maureen", "Helen", "Amina"))
    for number, text in enumerate(("taken back", "set aside", "held back", "changed", "standing")):
        id = f"grancard{number + 2}"
        await ask(said, maureen, AddCard(ref=0, id=id, column="well", text=f"Mine: {text}"))
        second = SetTranslation(ref=0, id=f"translate{number}", of=Of("card", id), text=f"Again: {text}", lang="pt")
        await ask(said, amina, second)
    await ask(said, maureen, RemoveCard(ref=0, card="grancard2"))
    await ask(said, helen, AsideCard(ref=0, card="grancard3"))
    await ask(said, helen, HoldCopy(ref=0, on=OfCopy("card", "grancard4"), people=(dana,)))
    changed = SetTranslation(ref=0, id="translate3", of=Of("card", "grancard5"), text="Otherwise", lang="pt", was=1)
    await ask(said, amina, changed)
    export = (await order(said, "export", "Amina"))["person"]
    texts = [one["words"]["text"] for one in export["said"] if one["kind"] == "translation.set"]
    assert texts == ["Again: standing", "Otherwise"]
    assert "Mine" not in json.dumps(export)


async def test_an_export_holds_what_others_said_beside_nothing_of_theirs(said: Meeting) -> None:
    await said.comes("Amina", "interpreter")
    dana, maureen, helen, amina = (said.person(name) for name in ("Dana", "Maureen", "Helen", "Amina"))
    second = SetTranslation(ref=0, id="translate1", of=Of("card", "danacard1"), text="Liguei eu", lang="pt")
    await ask(said, amina, second)
    for who, text in ((dana, "It was Monday"), (maureen, "It was me")):
        wrong = AskCorrection(ref=0, id=f"wrong{who}"[:20], on=Noted("card", "danacard1"), text=text)
        await ask(said, who, wrong)
    await ask(said, maureen, AddStep(ref=0, id="step00001", what="Ring each other"))
    for who, but in ((dana, "not at night"), (maureen, "not in May")):
        owner = f"owner{who}"[:20]
        await ask(said, helen, AskOwner(ref=0, id=owner, step="step00001", person=who))
        await ask(said, who, AnswerStep(ref=0, owner=owner, answer="but", words=but, was=1))
        await ask(said, helen, ShowOwner(ref=0, owner=owner, was=1))
    text = json.dumps((await order(said, "export", "Dana"))["person"])
    assert [own for own in ("It was Monday", "Ring each other", "not at night") if own not in text] == []
    assert [others for others in ("Liguei eu", "It was me", "not in May") if others in text] == []


@pytest.fixture
async def again(tmp_path: Path) -> AsyncIterator[Meeting]:
    """The meeting after one: Maureen and Dana were there, and their numbers of then and now are shown."""
    async with running(settings_in(tmp_path)) as server:
        meeting = await server.meeting(record=await held(await server.meeting()))
        await people(meeting)
        await matched(meeting, "Maureen", "Dana")
        maureen, whole = meeting.person("Maureen"), next(iter(meeting.room.board.scales))
        for value, when in ((1, "at Easter"), (8, "in spring")):
            recalled = RecallNumber(ref=0, id="recall001", scale=whole, person=maureen, value=value, when=when)
            await ask(meeting, meeting.helen_id, recalled)
        for number, scale in enumerate((OF_SET, whole)):
            await rated(meeting, f"roundagain{number}", scale, "named", {"Dana": 5, "Maureen": 6})
        yield meeting


async def test_what_is_erased_of_a_person_is_gone_of_the_last_meeting_too(again: Meeting) -> None:
    maureen, kept = again.person("Maureen"), {"Dana", "Jo", "Shirin", "Helen"}
    await order(again, "erase", "Maureen")
    left, room = await bodies(again), await again.server.hub.room(again.id)
    assert [words for words in ('"name":"Maureen"', "at Easter", "in spring") if words in left] == []
    board = room.board
    assert {one.name for one in board.formers.values()} == kept
    assert maureen not in [one.person for one in board.formers.values()]
    assert maureen not in [one.person for one in board.past.values()]
    assert {one.name for one in board.past.values()} == {"Dana", "Jo"}
    named = [given for one in board.trails.values() if one.show == "named" for given in one.given]
    assert {given.name for given in named} <= kept
    assert sorted(given.value for given in named if given.name == "Dana") == [6, 8, 9]
    assert {(one.name, one.words) for one in board.owners.values()} == {("Aunt Ola", "")}
    following = write(await record_of(room, "whole", made=0), "json").decode()
    assert [words for words in ("Maureen", "not in May", maureen) if words in following] == []
    assert "Gran sleeps over" in following


async def test_an_export_is_told_in_the_audit_without_whose_it_is(said: Meeting) -> None:
    await order(said, "export", "Dana")
    page = (await said.helen.get(f"{said.page}/audit")).text
    assert "A record left the server: all of one person’s, JSON." in page


async def test_what_is_erased_of_a_person_leaves_the_log_and_every_screen(said: Meeting) -> None:
    dana = said.person("Dana")
    answer = await order(said, "erase", "Dana")
    assert "are gone" in answer["said"]
    left = await bodies(said)
    for own in (
        "I rang the police myself",
        "A code word",
        "Thank you Mum",
        "I am frightened",
        "because Dana",
        '"name":"Dana"',
    ):
        assert own not in left
    for others in ("Dana can ring me", "because Maureen"):
        assert others in left
    room = await said.server.hub.room(said.id)
    assert dana not in room.board.people
    assert set(room.board.cards) == {"grancard1"}
    named = [one for one in room.board.ratings.values() if one.shown == "named"]
    assert sorted(one.value for one in named if isinstance(one.value, int)) == [3, 4, 5]


@pytest.fixture
async def brought(said: Meeting) -> Meeting:
    """The same, with Kofi on the list and what his advocate Sade brought of him, and of Ama, who is not."""
    await said.comes("Kofi", "child")
    await said.comes("Sade", "advocate")
    await said.comes("Amina", "interpreter")
    sade, of_kofi = said.person("Sade"), Voice(whose="Kofi", agreed="yes", brought_by="Sade")
    await ask(said, sade, AddCard(ref=0, id="koficard1", column="well", text="I like the dog", voice=of_kofi))
    await ask(said, sade, EditCard(ref=0, card="koficard1", text="I love the dog", was=1))
    again = SetTranslation(ref=0, id="translate1", of=Of("card", "koficard1"), text="Amo o cao", lang="pt")
    await ask(said, said.person("Amina"), again)
    of_ama = Voice(whose="Ama", agreed="yes", brought_by="Sade")
    await ask(said, sade, AddCard(ref=0, id="amacard01", column="well", text="I miss my bed", voice=of_ama))
    await ask(said, sade, AddCard(ref=0, id="sadekept1", column="well", text="Not now", voice=of_kofi, keep=True))
    return said


async def test_a_childs_words_stay_when_whoever_brought_them_goes(brought: Meeting) -> None:
    kofi = brought.person("Kofi")
    await order(brought, "erase", "Sade")
    left, room = await bodies(brought), await brought.server.hub.room(brought.id)
    assert room.board.cards["koficard1"].text == "I love the dog"
    assert room.board.cards["koficard1"].of == kofi
    assert room.board.cards["amacard01"].text == "I miss my bed"
    voices = [room.board.cards[id].voice for id in ("koficard1", "amacard01")]
    assert [(one.whose, one.brought_by) for one in voices if one is not None] == [("Kofi", ""), ("Ama", "")]
    assert "Not now" not in left and '"name":"Sade"' not in left
    assert room.board.translations["translate1"].text == "Amo o cao"
    page = (await brought.helen.get(f"{brought.page}/record")).text
    assert "Sade" not in page


async def test_a_childs_words_go_with_the_child_whoever_brought_them(brought: Meeting) -> None:
    await order(brought, "erase", "Kofi")
    left, room = await bodies(brought), await brought.server.hub.room(brought.id)
    assert [words for words in ("the dog", "Amo o cao", "Kofi") if words in left] == []
    assert "koficard1" not in room.board.cards
    assert room.board.cards["amacard01"].text == "I miss my bed"


async def test_an_export_gives_a_childs_words_to_the_child_and_not_to_who_brought_them(brought: Meeting) -> None:
    of_kofi = json.dumps((await order(brought, "export", "Kofi"))["person"])
    assert "I like the dog" in of_kofi and "I love the dog" in of_kofi
    of_sade = json.dumps((await order(brought, "export", "Sade"))["person"])
    assert [words for words in ("the dog", "my bed", "Not now") if words in of_sade + of_kofi] == ["the dog"]
    assert "the dog" not in of_sade


async def test_what_waits_in_the_tray_stays_there_when_whoever_brought_it_goes(brought: Meeting) -> None:
    """On the board alone stood that whoever brought it works for a service, and has to wait."""
    jo, voice = brought.person("Jo Castell"), Voice(whose="Kofi", agreed="yes")
    await ask(brought, brought.helen_id, FamilyFirst(ref=0, column="well", on=True))
    await ask(brought, jo, AddCard(ref=0, id="jocard0001", column="well", text="I am cold", voice=voice))
    await order(brought, "erase", "Jo Castell")
    room = await brought.server.hub.room(brought.id)
    assert room.board.cards["jocard0001"].state == "tray"


async def test_a_childs_words_become_no_other_childs_when_one_of_two_of_a_name_goes(brought: Meeting) -> None:
    await brought.comes("Ama", "child")
    await brought.comes("ama", "child")
    voice = Voice(whose="Ama", agreed="yes")
    sade = brought.person("Sade")
    await ask(brought, sade, AddCard(ref=0, id="amacard02", column="well", text="I sleep badly", voice=voice))
    await order(brought, "erase", brought.person("ama"))
    room = await brought.server.hub.room(brought.id)
    assert room.board.cards["amacard02"].of == ""


async def test_erasing_somebody_tells_nobody_their_number_by_what_is_missing(said: Meeting) -> None:
    await order(said, "erase", "Dana")
    room = await said.server.hub.room(said.id)
    spread = [one.value for one in room.board.ratings.values() if one.shown == "spread"]
    assert spread == [2, 3, 4, 5]
    assert room.board.rounds["roundspread"].answered == 4


async def test_an_erased_person_is_signed_out_everywhere_and_the_others_go_on(said: Meeting) -> None:
    dana = await said.comes("Zohra")
    maureen = await said.comes("Naveed")
    async with dana.live(said.id) as line, maureen.live(said.id, device="device02") as other:
        await line.recv(), await other.recv()
        await order(said, "erase", "Zohra")
        with suppress(ConnectionClosed):
            while True:
                await line.recv()
        assert line.close_code == 1012
    assert (await dana.get(said.page)).status_code == 404
    assert (await maureen.get(said.page)).status_code == 200


async def test_the_chain_verifies_after_a_person_was_erased(said: Meeting) -> None:
    await order(said, "erase", "Dana")
    server = said.server
    answer = await carry_out(server.hub, server.site.templates, "verify", {"room": said.id}, base=server.url)
    assert "is whole" in answer["said"] or "are whole" in answer["said"]
    room = await server.hub.room(said.id)
    assert {from_log(one).tag for one in await room.log.anew().catch_up()} >= {"person.erase"}


async def test_whoever_runs_the_meeting_cannot_be_erased_out_of_it(said: Meeting) -> None:
    with pytest.raises(CannotDo, match="Erase the whole meeting instead"):
        await order(said, "erase", "Helen")


async def test_who_is_not_there_or_not_alone_of_that_name_is_asked_for_again(said: Meeting) -> None:
    with pytest.raises(CannotDo, match="nobody of that name"):
        await order(said, "export", "Rhys")
    await said.comes("Jo castell", "agency", "Police")
    with pytest.raises(CannotDo, match="Several people"):
        await order(said, "export", "JO CASTELL")
    assert (await order(said, "export", said.person("Jo Castell")))["person"]["name"] == "Jo Castell"


@pytest.fixture
async def beside(said: Meeting) -> Meeting:
    """The same, and what is said beside the words themselves: marks, notes, second texts, and a number of last time."""
    await said.knocks("Leila", "interpreter")
    dana, helen, jo, leila = said.person("Dana"), said.helen_id, said.person("Jo Castell"), said.person("Leila")
    await ask(said, helen, AdmitPerson(ref=0, person=leila))
    mark = MarkUnknown(ref=0, card="danacard1", unknown=Unknown(who="my sister Ola", by_when="Friday"))
    await ask(said, dana, mark)
    await ask(said, helen, replace(mark, unknown=Unknown(who="Sergeant Ames")))
    of = Of(kind="card", id="danacard1")
    await ask(said, leila, SetTranslation(ref=0, id="second01", of=of, text="Sama zadzwoniłam", lang="pl"))
    await ask(said, jo, AddStep(ref=0, id="jostep01", what="A lock on the door"))
    await ask(said, helen, AskOwner(ref=0, id="owner001", step="jostep01", person=dana))
    await ask(said, dana, AnswerStep(ref=0, owner="owner001", answer="but", words="not when he is in", was=1))
    await ask(said, helen, ShowOwner(ref=0, owner="owner001", was=1))
    await ask(said, dana, MarkStep(ref=0, step="jostep01", state="not-done", text="He came home early"))
    scale = next(iter(said.room.board.scales))
    past = RecallNumber(ref=0, id="pastdana", scale=scale, person=dana, value=3, when="on 14 May")
    await ask(said, helen, past)
    return said


async def test_an_export_holds_what_was_said_beside_their_words_and_what_is_said_of_them(beside: Meeting) -> None:
    said = (await order(beside, "export", "Dana"))["person"]["said"]
    told = [(one["kind"], *one["words"].values()) for one in said]
    assert ("step.state", "jostep01", "not-done", "He came home early") in told
    assert ("card.unknown", "danacard1", {"who": "my sister Ola", "by_when": "Friday"}) in told
    [past] = [one for one in said if one["kind"] == "scale.past"]
    assert (past["words"]["value"], past["words"]["when"], past["typed"]) == (3, "on 14 May", True)


async def test_what_was_said_beside_their_words_leaves_the_log_with_them(beside: Meeting) -> None:
    await order(beside, "erase", "Dana")
    left = await bodies(beside)
    beside_them = (
        "my sister Ola",
        "Sergeant Ames",
        "Sama zadzwoniłam",
        "not when he is in",
        "He came home early",
        "on 14 May",
    )
    assert [words for words in beside_them if words in left] == []
    assert "A lock on the door" in left
    room = await beside.server.hub.room(beside.id)
    assert room.board.steps["jostep01"].note == "" and room.board.past == {}


async def test_a_childs_words_that_were_brought_leave_the_log_with_the_child(said: Meeting) -> None:
    await said.comes("Kofi", "child")
    voice = Voice(whose="Kofi", agreed="yes", brought_by="Maureen")
    card = AddCard(ref=0, id="kofisaid1", column="worried", text="I hide in the wardrobe", voice=voice)
    await ask(said, said.person("Maureen"), card)
    await order(said, "erase", "Kofi")
    left = await bodies(said)
    assert "wardrobe" not in left and "Kofi" not in left
    assert "Dana can ring me" in left


async def test_names_somebody_gave_while_they_waited_to_be_who_they_are_leave_the_log(said: Meeting) -> None:
    expected = ExpectPerson(ref=0, id="olaexpected", name="Ola Whitlock", role="family", how="expected")
    await ask(said, said.helen_id, expected)
    await said.knocks("Auntie")
    waits = said.person("Auntie")
    await ask(said, waits, ChangeName(ref=0, name="OLA whitlock"))
    await ask(said, said.helen_id, AdmitPerson(ref=0, person=waits))
    assert waits not in said.room.board.people
    await order(said, "erase", "olaexpected")
    left = await bodies(said)
    assert [name for name in ("Auntie", "OLA", "Ola") if name in left] == []


async def test_on_what_terms_somebody_takes_a_step_on_is_in_nobody_elses_export(beside: Meeting) -> None:
    theirs = {name: json.dumps(await order(beside, "export", name)) for name in ("Jo Castell", "Dana")}
    assert all("A lock on the door" in text for text in theirs.values())
    assert {name: "not when he is in" in text for name, text in theirs.items()} == {"Jo Castell": False, "Dana": True}
