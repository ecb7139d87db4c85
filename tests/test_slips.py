"""Slips on paper: one person's own link each, made by whoever runs the meeting, shown once."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from server.board.people import AdmitPerson, ExpectPerson, RemovePerson
from server.links import local_hint, square
from server.session import hash_secret
from server.slips import LISTED_MOST, guests
from tests.meeting import Browser, Meeting, running, settings_in

EXPECTED = {"Nan": "guest001", "Tom": "guest002", "Rao": "guest003", "Leila": "guest004", "Elsie": "guest005"}
HOW = {"Nan": "expected", "Tom": "expected", "Rao": "apologies", "Leila": "room", "Elsie": "expected"}
REFS = count(1)


@pytest.fixture
async def meeting(tmp_path: Path) -> AsyncIterator[Meeting]:
    """A meeting that phones can reach, with people expected, and Dana inside."""
    async with running(settings_in(tmp_path, url="http://board.example")) as server:
        made = await server.meeting()
        await made.comes("Dana")
        await expects(made)
        yield made


async def expects(meeting: Meeting) -> None:
    for name, id in EXPECTED.items():
        role = "child" if name == "Elsie" else "family"
        await expect(meeting, ExpectPerson(ref=next(REFS), id=id, name=name, role=role, how=HOW[name]))  # type: ignore[arg-type]


async def expect(meeting: Meeting, asked: ExpectPerson | RemovePerson | AdmitPerson) -> None:
    await meeting.room.ask(meeting.helen_id, "device01", asked)


async def choosing(meeting: Meeting) -> str:
    answer = await meeting.helen.get(f"{meeting.page}/slips")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return html.unescape(answer.text)


async def made(meeting: Meeting, *names: str) -> str:
    """The page of slips for these people."""
    answer = await meeting.helen.post(f"{meeting.page}/slips", **{f"for-{EXPECTED[name]}": "yes" for name in names})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return html.unescape(answer.text)


def links(text: str) -> list[str]:
    """The links on a page of slips, as they are read off the paper."""
    return [one.replace("<wbr>", "") for one in re.findall(r'slip__link"[^>]*>(.*?)</p>', text)]


async def opens(meeting: Meeting, link: str) -> tuple[int, Browser]:
    browser = meeting.server.browser()
    return (await browser.post_json("/in", key=link.partition("#")[2])).status_code, browser


async def test_those_who_are_expected_are_chosen_and_others_without_a_device_can_be(meeting: Meeting) -> None:
    text = await choosing(meeting)
    listed = re.findall(r'name="for-(\w+)" value="yes"( checked)?', text)
    names = {id: name for name, id in EXPECTED.items()}
    assert {names[id]: bool(ticked) for id, ticked in listed} == {
        "Nan": True,
        "Tom": True,
        "Elsie": True,
        "Rao": False,
        "Leila": False,
    }
    assert "Sends apologies" in text and "In the room" in text
    assert "a new one replaces nothing" in text


async def test_each_slip_has_one_persons_own_link_and_nothing_of_the_others(meeting: Meeting) -> None:
    text = await made(meeting, "Nan", "Tom")
    assert re.findall(r'<h2 class="slip__name"[^>]*><bdi>(.*?)</bdi>', text) == ["Nan", "Tom"]
    assert text.count("Tuesday afternoon") == 2
    assert meeting.links.code not in text and "Dana" not in text and "Rao" not in text
    assert text.count('role="img" aria-label="The same link as a picture for phone cameras"') == 2
    for link in links(text):
        assert link.startswith(f"http://board.example/in#{meeting.id}.")
        assert f'd="{square(link).path}"' in text
    nan, tom = links(text)
    for link, name in ((nan, "Nan"), (tom, "Tom")):
        status, browser = await opens(meeting, link)
        assert status == 200
        waits = next(one for one in meeting.room.board.people.values() if one.state == "waiting" and one.own_link)
        assert (waits.again, waits.name) == (EXPECTED[name], name)
        await expect(meeting, AdmitPerson(ref=next(REFS), person=waits.id))
        assert (await browser.get(meeting.page)).status_code == 200
    # It works for one device.
    assert (await opens(meeting, nan))[0] == 404


async def test_a_slip_says_what_to_do_and_how_to_leave(meeting: Meeting) -> None:
    text = await made(meeting, "Nan")
    for said in (
        "Scan this, or type the address:",
        "This is your own link: it works for one device.",
        "Quick exit, at the top of every page, closes it at once",
    ):
        assert text.count(said) == 1


async def test_four_slips_are_cut_from_one_page(meeting: Meeting) -> None:
    text = await made(meeting, *EXPECTED)
    pages = text.split('class="slips__page"')[1:]
    assert [one.count('class="slip"') for one in pages] == [4, 1]


async def test_a_link_is_shown_once_and_kept_nowhere(meeting: Meeting) -> None:
    (link,) = links(await made(meeting, "Nan"))
    secret = link.rpartition(".")[2]
    assert hash_secret(secret) in meeting.room.board.keys
    assert secret not in await choosing(meeting)
    kept = [said.body or b"" for said in await meeting.room.log.anew().catch_up()]
    assert not any(secret.encode() in body for body in kept)
    assert secret not in (await meeting.helen.get(meeting.page)).text


async def test_a_new_slip_ends_the_link_before_and_that_is_said_before(meeting: Meeting) -> None:
    (first,) = links(await made(meeting, "Nan"))
    text = await choosing(meeting)
    assert text.count("A link was made for them before: it would end.") == 1
    # Nobody's link ends by a press that did not mean it.
    assert f'name="for-{EXPECTED["Nan"]}" value="yes">' in text
    (second,) = links(await made(meeting, "Nan"))
    assert (await opens(meeting, first))[0] == 404
    assert (await opens(meeting, second))[0] == 200


async def test_nobody_who_is_in_loses_their_place_by_a_form_that_names_them(meeting: Meeting) -> None:
    dana = meeting.person("Dana")
    before = meeting.room.board
    answer = await meeting.helen.post(f"{meeting.page}/slips", **{f"for-{dana}": "yes"})
    assert answer.status_code == 422
    assert "Choose at least one person." in answer.text
    assert meeting.room.board is before


@pytest.mark.parametrize("form", ["", "for-nosuchperson=yes", "for-=yes", "person=guest001", "guest001=yes"])
async def test_where_nobody_is_chosen_nothing_is_made(meeting: Meeting, form: str) -> None:
    before = meeting.room.board
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await meeting.helen.client.post(f"{meeting.page}/slips", content=form, headers=kind)
    assert answer.status_code == 422
    assert meeting.room.board is before


async def test_all_are_made_or_none_where_many_were_made_before(meeting: Meeting) -> None:
    (kept,) = links(await made(meeting, "Nan"))
    budget, name = meeting.server.site.links, f"{meeting.id}/{meeting.helen_id}"
    while budget.left(name, 0) > 1:
        budget.spend(name, 10**9)
    before = meeting.room.board
    fields = {f"for-{EXPECTED[one]}": "yes" for one in ("Nan", "Tom")}
    answer = await meeting.helen.post(f"{meeting.page}/slips", **fields)
    assert answer.status_code == 429
    assert "Please try again in an hour." in answer.text
    assert meeting.room.board is before
    assert (await opens(meeting, kept))[0] == 200


async def test_more_people_than_fit_into_a_form_come_one_form_after_the_other(meeting: Meeting) -> None:
    for place in range(LISTED_MOST):
        id, name = f"crowd{place:03}", f"Guest {place:02}"
        await expect(meeting, ExpectPerson(ref=next(REFS), id=id, name=name, role="family", how="expected"))
    there = guests(meeting.room.board)
    assert len(there) == LISTED_MOST + len(EXPECTED)
    text = await choosing(meeting)
    first = re.findall(r'name="(for-\w+)"', text)
    assert len(first) == LISTED_MOST
    assert "5 more people are on the list." in text
    answer = await meeting.helen.post(f"{meeting.page}/slips", **dict.fromkeys(first, "yes"))
    assert len(links(answer.text)) == LISTED_MOST
    assert {f"for-{one.id}" for one in there} - set(first) <= set(
        re.findall(r'name="(for-\w+)"', await choosing(meeting))
    )


async def test_where_no_phone_can_reach_the_server_it_is_said_and_nothing_is_drawn(tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as server:
        near = await server.meeting()
        await expects(near)
        hint = local_hint(server.url).partition(" --")[0]
        assert hint in await choosing(near)
        text = await made(near, "Nan")
        assert hint in text and "slip__square" not in text
        assert "Type this address:" in text and "Scan this" not in text
        assert links(text)[0].startswith(f"{server.url}/in#")


async def visitors(meeting: Meeting) -> AsyncIterator[tuple[str, Browser]]:
    """Everybody who does not run the meeting."""
    for role in ("family", "child", "scribe", "agency", "advocate", "observer"):
        yield role, await meeting.comes(f"A {role}", role)
    yield "wall", await meeting.wall()
    yield "waiting", await meeting.knocks("Rhys")
    yield "nobody", meeting.server.browser()


async def test_for_anybody_else_there_are_no_slips(meeting: Meeting) -> None:
    async for who, browser in visitors(meeting):
        form = {f"for-{EXPECTED['Nan']}": "yes"}
        before = meeting.room.board.keys
        for there, nowhere in (
            (await browser.get(f"{meeting.page}/slips"), await browser.get("/m/nosuchroom/slips")),
            (await browser.post(f"{meeting.page}/slips", **form), await browser.post("/m/nosuchroom/slips", **form)),
        ):
            assert (there.status_code, there.content) == (404, nowhere.content), who
        assert meeting.room.board.keys is before


async def test_names_are_written_on_slips_as_words(meeting: Meeting) -> None:
    asked = ExpectPerson(ref=next(REFS), id="guest009", name="<b>Bo</b>", role="family", how="expected")
    await expect(meeting, asked)
    for answer in (
        await meeting.helen.get(f"{meeting.page}/slips"),
        await meeting.helen.post(f"{meeting.page}/slips", **{"for-guest009": "yes"}),
    ):
        assert "&lt;b&gt;Bo&lt;/b&gt;" in answer.text and "<b>Bo" not in answer.text


async def test_they_are_found_at_the_desk(meeting: Meeting) -> None:
    desk = (await meeting.helen.get(meeting.page)).text
    assert f'href="{meeting.page}/slips"' in desk and f'href="{meeting.page}/sheets"' in desk
