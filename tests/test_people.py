"""Coming in and going out: by code, by link, in a second browser; refused, removed, gone in a hurry."""

import asyncio
import json
import re

import pytest

from server.board.people import AdmitPerson, ExpectPerson, RefusePerson, RemovePerson
from server.board.phases import CloseMeeting
from server.session import cookie_name
from tests.meeting import Browser, Meeting, Running


async def sees(browser: Browser, meeting: Meeting) -> str:
    """What this browser is shown at the address of the meeting: board, wall, waiting, or nothing."""
    answer = await browser.client.get(meeting.page, follow_redirects=True)
    if answer.status_code == 404:
        return "nothing"
    for page in ("board", "wall", "waiting"):
        if f'data-page="{page}"' in answer.text:
            return page
    raise AssertionError(answer.text)


async def desk(meeting: Meeting, ask: type[AdmitPerson | RefusePerson | RemovePerson], name: str) -> None:
    person = meeting.person(name)
    await meeting.room.ask(meeting.helen_id, f"desk{ask.__name__}", ask(ref=1, person=person))


async def test_who_knocks_waits_and_is_let_in(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Maureen")
    assert await sees(maureen, meeting) == "waiting"
    await desk(meeting, AdmitPerson, "Maureen")
    assert await sees(maureen, meeting) == "board"


async def test_the_waiting_page_holds_no_word_of_the_meeting(meeting: Meeting) -> None:
    await meeting.comes("Aisha")
    maureen = await meeting.knocks("Maureen")
    page = (await maureen.get(meeting.page)).text
    for word in ("Tuesday afternoon", "Aisha", "Helen", meeting.links.code, meeting.helen_id):
        assert word not in page


async def test_the_same_browser_knocking_again_is_the_same_person_with_a_better_name(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Mauren")
    before = meeting.person("Mauren")
    answer = await maureen.post(f"/join/{meeting.links.code}", name="Maureen", role="family")
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert meeting.person("Maureen") == before
    assert len(meeting.room.board.people) == 2
    assert (await maureen.post(f"/join/{meeting.links.code}", name="Maureen", role="family")).status_code == 303


async def test_whoever_is_inside_goes_straight_to_the_board(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    for answer in (
        await maureen.get(f"/join/{meeting.links.code}"),
        await maureen.post(f"/join/{meeting.links.code}", name="Somebody else", role="agency"),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, meeting.page)
    assert {one.name for one in meeting.room.board.people.values()} == {"Helen", "Maureen"}


async def test_a_refused_browser_stays_refused_until_the_facilitator_changes_her_mind(meeting: Meeting) -> None:
    stranger = await meeting.knocks("Maureen")
    await desk(meeting, RefusePerson, "Maureen")
    assert (await stranger.post(f"/join/{meeting.links.code}", name="Maureen", role="family")).status_code == 303
    assert await sees(stranger, meeting) == "waiting"
    assert 'data-state="refused"' in (await stranger.get(meeting.page)).text
    assert len(meeting.room.board.people) == 2
    await desk(meeting, AdmitPerson, "Maureen")
    assert await sees(stranger, meeting) == "board"


async def test_a_removed_person_sees_the_door(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    await desk(meeting, RemovePerson, "Maureen")
    assert 'data-state="removed"' in (await maureen.get(meeting.page)).text


@pytest.mark.parametrize("role", ["family", "child", "supporter", "interpreter", "agency", "observer"])
async def test_where_all_are_admitted_these_come_straight_in(server: Running, role: str) -> None:
    meeting = await server.meeting(admit="all")
    assert await sees(await meeting.knocks("Jo", role), meeting) == "board"


@pytest.mark.parametrize("role", ["scribe", "advocate"])
async def test_scribe_and_advocate_wait_even_then(server: Running, role: str) -> None:
    meeting = await server.meeting(admit="all")
    assert await sees(await meeting.knocks("Jo", role), meeting) == "waiting"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Jo", "role": "facilitator"},
        {"name": "Jo", "role": "wall"},
        {"name": "Jo", "role": "cook"},
        {"name": "Jo"},
        {"name": "", "role": "family"},
        {"name": "  ", "role": "family"},
        {"name": "J" * 41, "role": "family"},
        {"name": "J\x00o", "role": "family"},
        {"name": "Jo", "role": "agency", "agency": "a" * 41},
    ],
)
async def test_what_cannot_be_kept_is_refused_with_a_sentence_and_the_words_stay(
    meeting: Meeting, fields: dict[str, str]
) -> None:
    browser = meeting.server.browser()
    page = await browser.post(f"/join/{meeting.links.code}", **fields)
    said = await browser.post_json(f"/join/{meeting.links.code}", **fields)
    assert (page.status_code, said.status_code) == (422, 422)
    assert said.json()["why"].endswith(".")
    assert not browser.client.cookies
    assert len(meeting.room.board.people) == 1


async def test_programs_join_by_json(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    answer = await browser.post_json(f"/join/{meeting.links.code}", name="Maureen", role="family", agency="")
    assert (answer.status_code, answer.headers["location"]) == (303, meeting.page)
    assert await sees(browser, meeting) == "waiting"


async def test_a_facilitator_s_link_works_on_two_devices_and_again(meeting: Meeting) -> None:
    phone = meeting.server.browser()
    assert await phone.open_link(meeting.links.facilitator) == {"room": meeting.id, "role": "facilitator"}
    assert await sees(phone, meeting) == "board"
    before = dict(meeting.helen.client.cookies)
    await meeting.helen.open_link(meeting.links.facilitator)
    assert dict(meeting.helen.client.cookies) == before
    assert await sees(meeting.helen, meeting) == "board"
    assert len([one for one in meeting.room.board.people.values() if one.role == "facilitator"]) == 1


async def test_a_facilitator_can_open_the_wall_in_her_own_browser_and_keeps_her_desk(meeting: Meeting) -> None:
    assert await meeting.helen.open_link(meeting.links.wall) == {"room": meeting.id, "role": "wall"}
    assert 'data-page="wall"' in (await meeting.helen.get(f"{meeting.page}/wall")).text
    assert await sees(meeting.helen, meeting) == "board"


async def test_a_wall_shows_the_wall_and_nothing_else(meeting: Meeting) -> None:
    wall = await meeting.wall()
    assert await sees(wall, meeting) == "wall"
    assert (await wall.post_json(f"{meeting.page}/links", **{"for": "me"})).status_code == 404


async def test_family_cannot_open_the_wall(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    answer = await maureen.get(f"{meeting.page}/wall")
    assert (answer.status_code, answer.headers["location"]) == (303, meeting.page)
    assert (await maureen.get(f"{meeting.page}/qr.svg")).status_code == 404


async def test_a_link_for_my_own_second_device_works_once(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    made = (await maureen.post_json(f"{meeting.page}/links", **{"for": "me"})).json()
    assert made["qr"]["size"] > 20
    assert made["qr"]["path"].startswith("M")
    await maureen.open_link(made["link"])
    tablet = meeting.server.browser()
    assert await tablet.open_link(made["link"]) == {"room": meeting.id, "role": "family"}
    assert await sees(tablet, meeting) == "board"
    assert len(meeting.room.board.people) == 2
    again = await meeting.server.browser().post_json("/in", key=made["link"].partition("#")[2])
    assert again.status_code == 404


async def test_a_second_facilitator_comes_by_a_link_from_the_desk(meeting: Meeting) -> None:
    made = await meeting.helen.post_json(f"{meeting.page}/links", **{"for": "facilitator", "name": "Ivo"})
    ivo = meeting.server.browser()
    assert (await ivo.open_link(made.json()["link"]))["role"] == "facilitator"
    assert {one.name for one in meeting.room.board.people.values() if one.role == "facilitator"} == {"Helen", "Ivo"}


async def test_a_personal_link_counts_for_the_first_device_and_another_one_alarms(meeting: Meeting) -> None:
    helen, room = meeting.helen_id, meeting.room
    await room.ask(helen, "desk", ExpectPerson(ref=1, id="maureen1", name="Maureen", role="family", how="expected"))
    made = await meeting.helen.post_json(f"{meeting.page}/links", **{"for": "person", "person": "maureen1"})
    link = made.json()["link"]
    phone, other = meeting.server.browser(), meeting.server.browser()
    assert await phone.open_link(link) == {"room": meeting.id, "role": "family"}
    assert await sees(phone, meeting) == "waiting"
    # Again from the same phone, it is the same one who waits.
    await phone.open_link(link)
    [waits] = [one for one in room.board.people.values() if one.state == "waiting"]
    await room.ask(helen, "desk", AdmitPerson(ref=2, person=waits.id))
    assert await sees(phone, meeting) == "board"
    answer = await other.post_json("/in", key=link.partition("#")[2])
    assert (answer.status_code, answer.json()["code"]) == (404, "no-key")
    assert await sees(other, meeting) == "nothing"
    assert room.board.people["maureen1"].alarm
    await phone.open_link(link)
    assert await sees(phone, meeting) == "board"


async def invited(meeting: Meeting) -> str:
    """Maureen's own link."""
    expect = ExpectPerson(ref=901, id="maureen1", name="Maureen", role="family", how="expected")
    await meeting.room.ask(meeting.helen_id, "desk", expect)
    made = await meeting.helen.post_json(f"{meeting.page}/links", **{"for": "person", "person": "maureen1"})
    return str(made.json()["link"])


async def test_a_browser_that_was_taken_out_gets_in_by_nobodys_link(server: Running) -> None:
    meeting = await server.meeting(admit="all")
    link = await invited(meeting)
    tom = await meeting.comes("Tom")
    await meeting.room.ask(meeting.helen_id, "desk", RemovePerson(ref=902, person=meeting.person("Tom")))
    answer = await tom.post_json("/in", key=link.partition("#")[2])
    assert (answer.status_code, answer.json()["code"]) == (404, "no-key")
    assert meeting.room.board.people["maureen1"].state == "expected"


async def test_whoever_is_inside_and_tries_somebodys_link_keeps_their_place(meeting: Meeting) -> None:
    link = await invited(meeting)
    assert await meeting.helen.open_link(link) == {"room": meeting.id, "role": "facilitator"}
    assert await sees(meeting.helen, meeting) == "board"


@pytest.mark.parametrize("for_", ["facilitator", "wall", "person"])
async def test_nobody_else_makes_such_links(meeting: Meeting, for_: str) -> None:
    maureen = await meeting.comes("Maureen")
    answer = await maureen.post_json(f"{meeting.page}/links", **{"for": for_})
    assert answer.status_code == 403
    waiting = await meeting.knocks("Jo")
    assert (await waiting.post_json(f"{meeting.page}/links", **{"for": "me"})).status_code == 404
    assert len(meeting.room.board.keys) == 2


@pytest.mark.parametrize("key", ["", "nonsense", "abcdefgh.short", f"{'a' * 16}.{'b' * 32}", "../x.y"])
async def test_a_key_that_opens_nothing_says_so_calmly(server: Running, key: str) -> None:
    answer = await server.browser().post_json("/in", key=key)
    assert answer.status_code == 404
    assert answer.json()["code"] == "no-key"


async def test_quick_exit_ends_this_device_alone_and_others_see_nothing(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    tablet = meeting.server.browser()
    link = (await maureen.post_json(f"{meeting.page}/links", **{"for": "me"})).json()["link"]
    await tablet.open_link(link)
    before = meeting.room.board.people
    held = dict(maureen.client.cookies)
    answer = await maureen.client.post(f"{meeting.page}/exit", content="", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert not maureen.client.cookies
    maureen.client.cookies.update(held)
    assert await sees(maureen, meeting) == "nothing"
    assert await sees(tablet, meeting) == "board"
    assert meeting.room.board.people == before


async def test_after_a_quick_exit_the_same_code_leads_to_the_waiting_page(server: Running) -> None:
    meeting = await server.meeting(admit="all")
    maureen = await meeting.comes("Maureen")
    person = meeting.person("Maureen")
    await maureen.post(f"{meeting.page}/exit")
    answer = await maureen.post(f"/join/{meeting.links.code}", name="Maureen", role="family")
    assert answer.status_code == 303
    assert await sees(maureen, meeting) == "waiting"
    back = next(one for one in meeting.room.board.people.values() if one.comes_back)
    await meeting.room.ask(meeting.helen_id, "desk0001", AdmitPerson(ref=1, person=back.id))
    assert await sees(maureen, meeting) == "board"
    assert [one.id for one in meeting.room.board.people.values() if one.name == "Maureen"] == [person]


async def test_quick_exit_without_scripts_leaves_every_meeting_and_the_site(server: Running) -> None:
    one, other = await server.meeting(admit="all"), await server.meeting(admit="all")
    maureen = await one.comes("Maureen")
    await maureen.post(f"/join/{other.links.code}", name="Maureen", role="family")
    held = dict(maureen.client.cookies)
    assert len(held) == 2
    answer = await maureen.get(
        "/leave?room=whatever", **{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, server.settings.exit)
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert not maureen.client.cookies
    maureen.client.cookies.update(held)
    assert await sees(maureen, one) == await sees(maureen, other) == "nothing"


async def test_after_a_form_an_empty_page_sends_the_browser_on(meeting: Meeting) -> None:
    """Chromium follows no redirect to another site after a form: form-action forbids it."""
    maureen = await meeting.comes("Maureen")
    answer = await maureen.post("/leave")
    assert answer.status_code == 200
    assert answer.headers["refresh"] == f"0;url={meeting.server.settings.exit}"
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert not maureen.client.cookies
    assert await sees(maureen, meeting) == "nothing"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
async def test_nobody_is_thrown_out_by_another_site_or_a_page_fetched_ahead(
    meeting: Meeting, headers: dict[str, str]
) -> None:
    maureen = await meeting.comes("Maureen")
    answer = await maureen.get("/leave", **headers)
    assert (answer.status_code, answer.headers["location"]) == (303, meeting.server.settings.exit)
    assert "clear-site-data" not in answer.headers
    assert await sees(maureen, meeting) == "board"
    assert (await maureen.client.head("/leave")).status_code == 303
    assert await sees(maureen, meeting) == "board"


async def test_a_goodbye_signs_out_every_device_of_a_person(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    tablet = meeting.server.browser()
    await tablet.open_link((await maureen.post_json(f"{meeting.page}/links", **{"for": "me"})).json()["link"])
    answer = await maureen.post(f"{meeting.page}/leave")
    assert answer.headers["refresh"] == f"0;url={meeting.server.settings.exit}"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert meeting.room.board.people[meeting.person("Maureen")].state == "left"
    assert await sees(maureen, meeting) == await sees(tablet, meeting) == "nothing"
    assert (await maureen.post(f"{meeting.page}/leave")).status_code == 200


async def test_whoever_waits_and_goes_again_is_at_the_door_no_more(meeting: Meeting) -> None:
    maureen = await meeting.knocks("Maureen")
    await maureen.post(f"{meeting.page}/exit")
    assert {one.name for one in meeting.room.board.people.values()} == {"Helen"}


async def test_a_meeting_that_has_ended_says_so_and_takes_nobody_in(meeting: Meeting) -> None:
    waits, inside = await meeting.knocks("Jo"), await meeting.comes("Maureen")
    await meeting.room.ask(meeting.helen_id, "desk0001", CloseMeeting(ref=1))
    late = meeting.server.browser()
    for answer in (
        await waits.get(meeting.page),
        await late.get(f"/join/{meeting.links.code}"),
        await late.post(f"/join/{meeting.links.code}", name="Late", role="family"),
    ):
        assert 'data-state="ended"' in answer.text
        assert "Tuesday afternoon" not in answer.text
    assert not late.client.cookies
    assert (await late.post_json(f"/join/{meeting.links.code}", name="Late", role="family")).json()["code"] == "closed"
    assert await sees(inside, meeting) == "board"


async def test_to_a_stranger_an_ended_meeting_tells_no_time(meeting: Meeting) -> None:
    await meeting.room.ask(meeting.helen_id, "desk0000", CloseMeeting(ref=99))
    page = (await meeting.server.browser().get(f"/join/{meeting.links.code}")).text
    assert 'data-state="ended"' in page
    assert "data-since" not in page
    assert not re.search(r"[0-2][0-9]:[0-5][0-9]", page)


async def test_one_browser_may_be_in_two_meetings(server: Running) -> None:
    one, other = await server.meeting(admit="all"), await server.meeting(admit="all")
    maureen = await one.comes("Maureen")
    await maureen.post(f"/join/{other.links.code}", name="Maureen", role="family")
    names = {cookie_name(meeting.id, server.settings) for meeting in (one, other)}
    assert set(maureen.client.cookies) == names
    assert await sees(maureen, one) == await sees(maureen, other) == "board"


async def test_a_cookie_that_means_nothing_is_a_newcomer_s(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    browser.client.cookies.set(cookie_name(meeting.id, meeting.server.settings), "x" * 32)
    assert await sees(browser, meeting) == "nothing"
    assert (await browser.get(f"/join/{meeting.links.code}")).status_code == 200


async def test_the_log_holds_no_secret_that_opens_anything(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    secrets = [
        meeting.links.facilitator.rpartition(".")[2],
        meeting.links.wall.rpartition(".")[2],
        *maureen.client.cookies.values(),
        *meeting.helen.client.cookies.values(),
    ]
    known = repr(meeting.room.board)
    assert [secret for secret in secrets if secret in known] == []


async def test_forty_people_behind_one_address_are_all_in_within_ten_seconds(server: Running) -> None:
    meeting = await server.meeting(admit="all")

    async def comes(number: int) -> int:
        browser = server.browser()
        answer = await browser.post(f"/join/{meeting.links.code}", name=f"Person {number}", role="family")
        async with browser.live(meeting.id) as line:
            welcome = json.loads(await line.recv())
        return answer.status_code if welcome["is"] == "welcome" else 0

    async with asyncio.timeout(10.0):
        assert set(await asyncio.gather(*map(comes, range(40)))) == {303}
