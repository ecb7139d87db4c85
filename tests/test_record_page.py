"""The page of the record: who gets what of it, what can be asked on it without scripts, and that it tells nobody what
is another's."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from html.parser import HTMLParser
from itertools import count
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection

from server.board.agreements import AskAgreement, SetAgreement, ShowAgreement
from server.board.cards import AddCard, RemoveCard
from server.board.differs import AddDiffer
from server.board.door import Came, Goodbye
from server.board.model import AnyAsk
from server.board.people import RefusePerson, RemovePerson
from server.board.phases import CloseMeeting, GoToPhase, ReopenMeeting
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.setasks import PutUpSet, StartSet, WriteSet
from server.board.steps import AddStep
from server.record.forms import FORMS
from tests.meeting import Browser, Meeting, Running, frame, running, settings_in

pytestmark = pytest.mark.asyncio(loop_scope="module")
REFS = count(1)
PEOPLE = {
    "Dana": "family",
    "Kofi": "child",
    "Priya": "scribe",
    "Leila": "interpreter",
    "Olu": "observer",
    "Jo": "agency",
}
NOBODY = ("the wall", "Marcus who waits", "Rhys who was refused", "Sam who was put out", "a stranger")
INSTALLED = tuple(form for form in FORMS if form != "pdf")


async def says(meeting: Meeting, name: str, ask: AnyAsk) -> None:
    person = meeting.helen_id if name == "Helen" else meeting.person(name)
    await meeting.room.ask(person, f"device{person}", replace(ask, ref=next(REFS)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """A server for all these meetings."""
    async with running(settings_in(tmp_path_factory.mktemp("record"))) as found:
        # Hundreds of people come in from one address.
        found.site.joins.most = 10_000
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def meeting(shared: Running) -> Meeting:
    """A meeting under way, with Helen, its facilitator."""
    return await shared.meeting()


@pytest_asyncio.fixture(loop_scope="module")
async def people(meeting: Meeting) -> dict[str, Browser]:
    """A meeting with somebody of every standing, in which Dana and Jo said something."""
    there = {"Helen": meeting.helen, "the wall": await meeting.wall(), "a stranger": meeting.server.browser()}
    for name, role in PEOPLE.items():
        there[name] = await meeting.comes(name, role, "Larkfield School" if role == "agency" else "")
    there["Marcus who waits"] = await meeting.knocks("Marcus")
    there["Rhys who was refused"] = await meeting.knocks("Rhys")
    await says(meeting, "Helen", RefusePerson(ref=0, person=meeting.person("Rhys")))
    there["Sam who was put out"] = await meeting.comes("Sam")
    await says(meeting, "Helen", RemovePerson(ref=0, person=meeting.person("Sam")))
    await says(meeting, "Dana", AddCard(ref=0, id="danacard1", column="well", text="I rang the police myself"))
    await says(meeting, "Jo", AddCard(ref=0, id="jocard001", column="worried", text="Kofi is tired on Mondays"))
    await says(meeting, "Jo", AddStep(ref=0, id="jostep001", what="Kofi has a quiet start", when="Fridays"))
    return there


class Read(HTMLParser):
    """The words of a page, and what its fields hold."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said = ""
        self.held: dict[str, list[str]] = {}
        self._in = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._in = tag
        if tag == "select":
            self._select = known.get("name", "")
        elif tag == "input" and known.get("type") == "checkbox" and "checked" in known:
            self.held.setdefault("checked", []).append(known["name"])
        elif tag == "input" and "name" in known:
            self.held.setdefault(known["name"], []).append(known.get("value", ""))
        elif tag == "option" and "selected" in known:
            self.held.setdefault(self._select, []).append(known["value"])

    def handle_data(self, data: str) -> None:
        self.said += data
        if self._in == "textarea":
            self.held.setdefault("textarea", []).append(data.strip())


async def page(who: Browser, meeting: Meeting) -> Read:
    return Read((await who.get(f"{meeting.page}/record")).text)


async def post(who: Browser, meeting: Meeting, do: str, **fields: str) -> httpx2.Response:
    return await who.post(f"{meeting.page}/record", do=do, **{name.rstrip("_"): text for name, text in fields.items()})


async def frames_until(line: ClientConnection, sign: str) -> list[dict[str, Any]]:
    """What a socket is told, but for signs of life, until something with this in it."""
    told = []
    while True:
        said = json.loads(await line.recv())
        if said["is"] not in {"tick", "near"}:
            told.append(said)
        if sign in json.dumps(said):
            return told


@asynccontextmanager
async def all_live(meeting: Meeting, browsers: list[Browser]) -> AsyncIterator[list[ClientConnection]]:
    """A socket for each of these browsers, each told the board."""
    async with AsyncExitStack() as stack:
        opening = (who.live(meeting.id, device=f"device{place:02}") for place, who in enumerate(browsers))
        lines = [await stack.enter_async_context(one) for one in opening]
        for line in lines:
            await frame(line, "welcome")
        yield lines


# ---- who gets what ---------------------------------------------------------------------------------------------------


async def test_the_record_is_read_by_who_runs_the_meeting_and_their_own_part_by_everybody_in_it(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    told = await page(people["Helen"], meeting)
    for words in ("The record", "I rang the police myself", "Kofi is tired on Mondays", "Kofi has a quiet start"):
        assert words in told.said
    for name in PEOPLE:
        own = await page(people[name], meeting)
        assert "What is recorded of you" in own.said, name
        assert f"{name}, " in own.said
        assert ("I rang the police myself" in own.said) is (name == "Dana")
        assert ("Kofi is tired on Mondays" in own.said) is (name == "Jo")
        others = {other for other in PEOPLE if re.search(rf"\b{other}\b", own.said)} - {name}
        assert not re.search(r"(^|\n)\s*·", own.said), name
        # The words of a child's teacher name the child.
        assert others <= ({"Kofi"} if name == "Jo" else set()), name


async def test_somebody_reads_how_they_see_a_worry_differently_whether_all_were_asked_or_not(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    id = "set0000000000001"
    await says(meeting, "Helen", StartSet(ref=0, id=id, scale="scale00000000001", children=("Kofi",)))
    await says(meeting, "Helen", WriteSet(ref=0, set=id, part="happened", text="Nobody was awake", was=0))
    await says(meeting, "Helen", PutUpSet(ref=0, set=id))
    await says(meeting, "Dana", AddDiffer(ref=0, id="view000000000001", set=id, text="It was one night"))
    assert "It was one night" in (await page(people["Dana"], meeting)).said
    await says(meeting, "Helen", AskAgreement(ref=0, id="poll000000000001", set=id))
    for name in ("Dana", "Jo"):
        await says(meeting, name, SetAgreement(ref=0, poll="poll000000000001", value="partly"))
    await says(meeting, "Helen", ShowAgreement(ref=0, poll="poll000000000001"))
    own = (await page(people["Dana"], meeting)).said
    assert "It was one night" in own and "Partly" in own


@pytest.mark.parametrize("name", NOBODY)
async def test_to_whoever_is_not_in_it_there_is_no_record(
    meeting: Meeting, people: dict[str, Browser], name: str
) -> None:
    answer = await people[name].get(f"{meeting.page}/record")
    nowhere = await people[name].get("/m/nosuchroom00/record")
    waits = name.partition(" who ")[2]
    assert answer.status_code == (200 if waits else 404)
    assert waits or answer.text == nowhere.text
    for words in ("recorded of you", "The record", "Dana", "rang the police", "Tuesday afternoon", "Kofi"):
        assert words not in answer.text
    for do in ("take", "mark", "after", "wish", "hold", "free", "correct", "uncorrect", "match", ""):
        refused = await post(people[name], meeting, do, copy="whole", form="json", how="paper", text="x")
        assert (refused.status_code, refused.text) == (404, nowhere.text), do


ASKED: dict[str, dict[str, str]] = {
    "mark": {"state": "agreed", "fingerprint": "ab" * 32},
    "after": {"next": "11 June", "ring": "Sade"},
    "wish": {"how": "paper"},
    "hold": {"what": "card/jocard001"},
    "free": {"what": "card/jocard001"},
    "correct": {"kind": "card", "id": "jocard001", "text": "It is Tuesdays"},
}
MAY = {
    "mark": {"Helen"},
    "after": {"Helen", "Priya"},
    "wish": {*PEOPLE} - {"Priya"},
    "hold": {"Helen"},
    "free": {"Helen"},
    "correct": {"Helen", *PEOPLE} - {"Kofi"},
}
"""A child sees no worries until it is said that they may."""


@pytest.mark.parametrize("do", ASKED)
async def test_each_form_is_for_whom_the_rights_say(meeting: Meeting, people: dict[str, Browser], do: str) -> None:
    for name in ("Helen", *PEOPLE):
        answer = await post(people[name], meeting, do, **ASKED[do])
        if name in MAY[do]:
            assert (answer.status_code, answer.headers["location"]) == (303, f"{meeting.page}/record#{do}"), name
        else:
            assert answer.status_code == 422, name
            assert "That is not" in answer.text, name


@pytest.mark.parametrize("name", ["Helen", "Dana", "Marcus who waits"])
async def test_no_answer_is_kept_by_a_browser(meeting: Meeting, people: dict[str, Browser], name: str) -> None:
    who = people[name]
    answers = [await who.get(f"{meeting.page}/record"), await post(who, meeting, "wish", how="nothing")]
    answers.append(await post(who, meeting, "take", copy="whole", form="json"))
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


async def test_a_form_of_another_site_changes_nothing(meeting: Meeting, people: dict[str, Browser]) -> None:
    for name in ("Helen", "Dana"):
        cookies = dict(people[name].client.cookies)
        for headers in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
            async with httpx2.AsyncClient(
                base_url=meeting.server.url, headers=headers, cookies=cookies, verify=False
            ) as foreign:
                for do in ("take", "wish", "after"):
                    sent = {"do": do, "copy": "whole", "form": "json", "how": "paper", "next": "now"}
                    answer = await foreign.post(f"{meeting.page}/record", data=sent)
                    assert answer.status_code == 403
    assert (meeting.room.board.wishes, meeting.room.board.afterwards) == ({}, {})


# ---- taking it away --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", INSTALLED)
async def test_it_is_taken_away_as_a_file_and_that_is_written_down(meeting: Meeting, form: str) -> None:
    answer = await post(meeting.helen, meeting, "take", copy="whole", form=form)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[form].media
    assert answer.headers["content-disposition"] == f'attachment; filename="record.{form}"'
    assert len(answer.content) > 100
    audit = Read((await meeting.helen.get(f"{meeting.page}/audit")).text).said
    assert f"A record left the server: the whole record, {form.upper()}." in audit


@pytest.mark.parametrize(
    ("copy", "person", "name", "says"),
    [
        ("family", "", "family", "the family’s copy"),
        ("plan", "", "plan", "the decision and outline plan"),
        ("whole", "Dana", "copy", "somebody’s copy"),
        ("family", "Dana", "family", "the family’s copy"),
    ],
)
async def test_a_copy_is_called_what_it_is_and_bears_no_name(
    meeting: Meeting, people: dict[str, Browser], copy: str, person: str, name: str, says: str
) -> None:
    whose = meeting.person(person) if person else ""
    answer = await post(meeting.helen, meeting, "take", copy=copy, person=whose, form="json")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.json"'
    assert answer.json()["copy"] == name
    assert ("I rang the police myself" in answer.text) is (name == "copy")
    audit = Read((await meeting.helen.get(f"{meeting.page}/audit")).text).said
    assert f"A record left the server: {says}, JSON." in audit
    assert person == "" or "left the server: Dana" not in audit


async def test_nobody_but_who_runs_the_meeting_takes_a_file_away(meeting: Meeting, people: dict[str, Browser]) -> None:
    for name in PEOPLE:
        for copy in ("whole", "family", "plan", "own"):
            answer = await post(people[name], meeting, "take", copy=copy, form="json", person=meeting.person(name))
            assert answer.status_code == 404, name
    assert "left the server" not in (await meeting.helen.get(f"{meeting.page}/audit")).text


@pytest.mark.parametrize(
    "sent",
    [
        {"copy": "own"},
        {"copy": ""},
        {"form": "exe"},
        {"form": ""},
        {"person": "nobodyhere1"},
        {"form": "html\r\nX-Bad: yes"},
    ],
)
async def test_what_cannot_be_taken_away_is_answered_with_a_sentence(
    meeting: Meeting, people: dict[str, Browser], sent: dict[str, str]
) -> None:
    answer = await post(meeting.helen, meeting, "take", **{"copy": "family", "form": "csv", **sent})
    assert answer.status_code == 422
    told = Read(answer.text)
    assert "That could not be read. Nothing has changed." in told.said
    kept = {name: value for name, value in {"copy": "family", "form": "csv"}.items() if name not in sent}
    assert {name: told.held[name] for name in kept} == {name: [value] for name, value in kept.items()}


# ---- asking on it ----------------------------------------------------------------------------------------------------


async def test_what_comes_after_is_set_without_scripts_and_kept_where_it_was_refused(meeting: Meeting) -> None:
    await post(meeting.helen, meeting, "after", next=" 11 June, 4 o’clock ", ring="Sade, 020 7946 0000")
    told = await page(meeting.helen, meeting)
    assert (told.held["next"], told.held["ring"]) == (["11 June, 4 o’clock"], ["Sade, 020 7946 0000"])
    answer = await post(meeting.helen, meeting, "after", next="x" * 121, ring="Jo")
    assert answer.status_code == 422
    told = Read(answer.text)
    assert (told.held["next"], told.held["ring"]) == (["x" * 121], ["Jo"])
    assert "too long" in told.said.lower() or "characters" in told.said


async def test_it_is_marked_and_says_where_something_was_changed_since(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    [fingerprint] = (await page(meeting.helen, meeting)).held["fingerprint"]
    await post(meeting.helen, meeting, "mark", state="signed", fingerprint=fingerprint)
    told = await page(meeting.helen, meeting)
    assert "Signed off." in told.said and "Something in it was changed since." not in told.said
    await says(meeting, "Dana", AddCard(ref=0, id="danacard2", column="well", text="One thing more"))
    assert "Something in it was changed since." in (await page(meeting.helen, meeting)).said
    for wrong in ({"state": "lost"}, {"fingerprint": "ab"}, {"fingerprint": f"{fingerprint}\n"}):
        answer = await post(meeting.helen, meeting, "mark", **{"state": "agreed", "fingerprint": fingerprint, **wrong})
        assert answer.status_code == 422
    await post(meeting.helen, meeting, "mark", state="draft", fingerprint=fingerprint)
    assert "A draft." in (await page(meeting.helen, meeting)).said


async def test_once_signed_it_is_as_signed_whoever_goes_home(meeting: Meeting, people: dict[str, Browser]) -> None:
    await meeting.room.write(Came(person=meeting.person("Dana")))
    await says(meeting, "Helen", CloseMeeting(ref=0))
    [fingerprint] = (await page(meeting.helen, meeting)).held["fingerprint"]
    await post(meeting.helen, meeting, "mark", state="signed", fingerprint=fingerprint)
    await meeting.room.write(Goodbye(person=meeting.person("Dana")))
    assert "Something in it was changed since." not in (await page(meeting.helen, meeting)).said


async def test_somebody_says_what_is_not_right_and_takes_it_back(meeting: Meeting, people: dict[str, Browser]) -> None:
    await post(people["Dana"], meeting, "correct", kind="card", id="danacard1", text="It was Maureen")
    own = await page(people["Dana"], meeting)
    assert own.said.count("You say that this is not right:") == 1 and "It was Maureen" in own.said
    assert "It was Maureen" in (await page(meeting.helen, meeting)).said
    [correction] = meeting.room.board.corrections
    await post(people["Dana"], meeting, "uncorrect", id=correction)
    assert "It was Maureen" not in (await page(people["Dana"], meeting)).said
    assert meeting.room.board.corrections == {}


async def test_what_another_says_is_not_right_is_not_told_as_ones_own(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    await post(people["Jo"], meeting, "correct", kind="card", id="danacard1", text="I rang them")
    own = await page(people["Dana"], meeting)
    assert "Jo, Larkfield School says that this is not right:" in own.said and "I rang them" in own.said
    assert "You say that this is not right:" not in own.said


@pytest.mark.parametrize("kind", ["rating", "step", "person"])
async def test_a_number_a_step_and_how_one_is_on_the_list_are_corrected_too(
    meeting: Meeting, people: dict[str, Browser], kind: str
) -> None:
    scale = next(iter(meeting.room.board.scales))
    await says(meeting, "Helen", OpenRound(ref=0, id="round001", scale=scale, show="named"))
    await says(meeting, "Jo", SetRating(ref=0, round="round001", value=4, reason="he is tired", share=True))
    await says(meeting, "Helen", RevealRound(ref=0, round="round001"))
    jo = meeting.person("Jo")
    [rating] = [one.id for one in meeting.room.board.ratings.values() if one.person == jo]
    on = {"rating": rating, "step": "jostep001", "person": jo}[kind]
    answer = await post(people["Jo"], meeting, "correct", kind=kind, id=on, text="That is not how it is")
    assert answer.status_code == 303
    assert (await page(people["Jo"], meeting)).said.count("That is not how it is") == 2
    # A number is its giver's to correct, and so is a place on the list.
    if kind != "step":
        other = await post(people["Dana"], meeting, "correct", kind=kind, id=on, text="Nor is it mine")
        assert other.status_code == 422


@pytest.mark.parametrize(
    ("fields", "says_"),
    [
        ({"id": "danacard1", "text": " "}, "There is nothing written yet."),
        ({"id": "danacard1", "text": "x" * 1001}, ""),
        ({"id": "goneaway1", "text": "It was Maureen, and she rang twice"}, "That is not there any more."),
        ({"id": "jocard001\n", "text": "It was Maureen, and she rang twice"}, "That could not be read."),
        ({"id": "danacard1", "kind": "set", "text": "It was Maureen"}, "That could not be read."),
        ({"id": "", "kind": "", "text": "It was Maureen, and she rang twice"}, "That could not be read."),
    ],
)
async def test_a_correction_that_is_refused_is_told_and_none_of_its_words_is_lost(
    meeting: Meeting, people: dict[str, Browser], fields: dict[str, str], says_: str
) -> None:
    answer = await post(people["Dana"], meeting, "correct", **{"kind": "card", **fields})
    assert answer.status_code == 422
    told = Read(answer.text)
    assert says_ in told.said
    assert 'role="alert"' in answer.text
    assert fields["text"].strip() in told.held["textarea"]


async def test_what_came_as_the_meeting_ended_is_told_and_none_of_its_words_is_lost(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    await says(meeting, "Helen", CloseMeeting(ref=0))
    answer = await post(people["Dana"], meeting, "correct", kind="card", id="danacard1", text="It was <Maureen>")
    assert answer.status_code == 422
    assert "What you wrote was not noted" in answer.text and "It was &lt;Maureen&gt;" in answer.text
    assert "Gran" not in answer.text


async def test_a_card_that_was_taken_back_meanwhile_takes_no_correction_with_it(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    await says(meeting, "Dana", RemoveCard(ref=0, card="danacard1"))
    answer = await post(people["Dana"], meeting, "correct", kind="card", id="danacard1", text="It was Maureen")
    assert answer.status_code == 422
    assert "It was Maureen" in Read(answer.text).held["textarea"]


async def test_what_is_left_out_of_copies_is_chosen_without_scripts(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    dana = meeting.person("Dana")
    await post(meeting.helen, meeting, "hold", what="card/jocard001", **{f"for-{dana}": "yes"})
    await post(meeting.helen, meeting, "hold", what="step/jostep001")
    told = (await page(meeting.helen, meeting)).said
    assert "Only in the copies of Dana." in told and "In nobody’s copy." in told
    taken = await post(meeting.helen, meeting, "take", copy="plan", form="json")
    assert "Kofi has a quiet start" not in taken.text
    await post(meeting.helen, meeting, "free", what="step/jostep001")
    taken = await post(meeting.helen, meeting, "take", copy="plan", form="json")
    assert "Kofi has a quiet start" in taken.text


async def test_who_was_ticked_stays_ticked_where_what_is_held_is_gone(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    ticked = {f"for-{meeting.person(name)}": "yes" for name in ("Dana", "Jo")}
    answer = await post(meeting.helen, meeting, "hold", what="card/goneaway1", **ticked)
    assert answer.status_code == 422
    told = Read(answer.text)
    assert "That card is not on the board any more." in told.said
    assert set(told.held["checked"]) == set(ticked)


async def test_forty_people_can_be_ticked(meeting: Meeting) -> None:
    ticked = {f"for-somebody{place:04}": "yes" for place in range(40)}
    answer = await post(meeting.helen, meeting, "hold", what="card/goneaway1", **ticked)
    assert answer.status_code == 422


# ---- wishes ----------------------------------------------------------------------------------------------------------


async def test_how_somebody_wants_their_copy_goes_to_them_and_the_facilitator_alone(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    others = [people[name] for name in PEOPLE if name != "Dana"]
    async with all_live(meeting, [people["Helen"], people["Dana"], people["the wall"], *others]) as lines:
        # That somebody came is written in its own time.
        while not all(meeting.room.board.people[meeting.person(name)].came for name in ("Helen", *PEOPLE)):
            await asyncio.sleep(0.01)
        await says(meeting, "Helen", GoToPhase(ref=0, phase="child"))
        for line in lines:
            await frames_until(line, '"phase": "child"')
        await post(people["Dana"], meeting, "wish", how="apart")
        await says(meeting, "Helen", GoToPhase(ref=0, phase="well"))
        helen, dana, *rest = [await frames_until(line, '"phase": "well"') for line in lines]
    for told in (helen, dana):
        assert '"how": "apart"' in json.dumps(told[0]["put"]["wish"])
    assert [len(told) for told in rest] == [1] * len(rest)
    assert not [told for told in rest if "wish" in json.dumps(told)]


async def test_a_wish_stands_on_ones_own_page_and_on_that_of_who_runs_the_meeting(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    await post(people["Dana"], meeting, "wish", how="apart")
    for name in ("Dana", "Jo", "Olu"):
        text = (await people[name].get(f"{meeting.page}/record")).text
        assert text.count('aria-pressed="true"') == int(name == "Dana")
    told = re.sub(r"\s+", " ", (await page(meeting.helen, meeting)).said)
    assert "Dana: not on their phone" in told and "Jo: has not said" in told
    assert "wish" not in (await people["Priya"].get(meeting.page)).text.lower()
    assert "not on their phone" not in (await meeting.helen.get(f"{meeting.page}/audit")).text


# ---- after the close -------------------------------------------------------------------------------------------------


async def closed(meeting: Meeting) -> None:
    await post(meeting.helen, meeting, "after", next="11 June, 4 o’clock", ring="Sade, 020 7946 0000")
    await says(meeting, "Helen", CloseMeeting(ref=0))


@pytest.mark.parametrize("name", ["Dana", "Kofi", "Leila", "Olu", "Jo"])
async def test_after_the_close_peoples_pages_say_thanks_what_comes_next_and_whom_to_ring(
    meeting: Meeting, people: dict[str, Browser], name: str
) -> None:
    await closed(meeting)
    answer = await people[name].get(f"{meeting.page}/record")
    assert (answer.status_code, answer.headers["location"]) == (303, meeting.page)
    told = (await people[name].get(meeting.page)).text
    for words in ("Thank you. This meeting has ended.", "11 June, 4 o’clock", "Sade, 020 7946 0000"):
        assert words in told
    for words in ("rang the police", "tired on Mondays", "quiet start", "danacard1", "Maureen"):
        assert words not in told
    others = {"Dana", "Kofi", "Leila", "Olu", "Priya"} - {name}
    assert {other for other in others if other in told} == set()


async def test_after_the_close_the_line_tells_of_nothing_else_and_on_reopening_of_everything_again(
    meeting: Meeting, people: dict[str, Browser]
) -> None:
    dana = meeting.person("Dana")
    async with people["Dana"].live(meeting.id) as line, people["Priya"].live(meeting.id, device="device02") as scribe:
        before = await frame(line, "welcome")
        await frame(scribe, "welcome")
        await closed(meeting)
        after = await frame(line, "welcome")
        assert set(after["put"]) == {"meeting", "person", "afterwards"}
        assert set(after["put"]["person"]) == {dana}
        assert "rang the police" in json.dumps(await frame(scribe, "welcome"))
        async with people["Dana"].live(
            meeting.id, device="device03", after=before["seq"], epoch=before["epoch"]
        ) as back:
            assert set((await frame(back, "welcome"))["put"]) == {"meeting", "person", "afterwards"}
        await says(meeting, "Helen", ReopenMeeting(ref=0))
        again = await frame(line, "welcome")
        assert set(before["put"]) | {"afterwards"} == set(again["put"])
        assert again["put"]["card"] == before["put"]["card"]
    assert "I rang the police myself" in (await page(people["Dana"], meeting)).said


async def test_after_the_close_who_keeps_it_goes_on_with_it(meeting: Meeting, people: dict[str, Browser]) -> None:
    await closed(meeting)
    told = (await page(meeting.helen, meeting)).said
    assert "I rang the police myself" in told
    taken = await post(meeting.helen, meeting, "take", copy="whole", form="json")
    assert taken.json()["ended"] > taken.json()["opened"]
    assert (await post(people["Dana"], meeting, "wish", how="aloud")).status_code == 303
    assert (await post(people["Dana"], meeting, "correct", kind="card", id="danacard1", text="Late")).status_code == 422
    assert meeting.room.board.corrections == {}
