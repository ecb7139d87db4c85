"""What each page shows, to whom, and that a meeting one is not in cannot be told from one that never was."""

import re
from typing import Any

import pytest

from server.board.carddesk import AsideCard
from server.board.cards import AddCard
from server.board.phases import HideAuthors
from server.board.scales import OpenRound, SetRating
from server.budget import Budget, Guesses
from server.links import MeetingLinks, local_hint, square
from server.log import Unavailable
from server.opening import open_meeting
from server.render import Render
from tests.meeting import Browser, Meeting, Running, running, settings_in


class Shown:
    """Remembers what the last page was made of."""

    def __init__(self, server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name = ""
        self.known: dict[str, Any] = {}
        render = Render._page

        def remember(this: Render, name: str, known: dict[str, Any]) -> str:
            self.name, self.known = name, known
            return render(this, name, known)

        monkeypatch.setattr(Render, "_page", remember)


@pytest.fixture
def shown(server: Running, monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(server, monkeypatch)


FORM = {"title": "Tuesday afternoon", "name": "Helen", "template": "wellbeing", "admit": "all", "authors": "hidden"}


async def test_staff_start_a_meeting_and_see_its_links_once(server: Running, shown: Shown) -> None:
    staff = await server.staff()
    assert (await staff.get("/")).status_code == 200
    assert shown.known["staff"] is True
    assert [one["name"] for one in shown.known["templates"]] == ["safety", "wellbeing", "stability"]
    answer = await staff.post("/new", **FORM, erase_days="7", apart="no")
    assert (answer.status_code, shown.name) == (200, "started.html")
    (made,) = shown.known["meetings"]
    room = await server.hub.room(made.room)
    meeting = room.board.meeting
    assert meeting is not None
    assert (meeting.title, meeting.admit, meeting.authors, meeting.erase_days) == (
        "Tuesday afternoon",
        "all",
        "hidden",
        7,
    )
    assert made.join == f"{server.url}/join/{made.code}"
    helen = server.browser()
    assert (await helen.open_link(made.facilitator))["role"] == "facilitator"
    assert [one.name for one in room.board.people.values()] == ["Helen"]
    assert "location" not in answer.headers


async def test_without_the_staff_key_one_can_only_join(server: Running, shown: Shown) -> None:
    browser = server.browser()
    await browser.get("/")
    assert shown.known["staff"] is False
    assert shown.known["templates"] == []
    assert (await browser.post("/new", **FORM)).status_code == 403
    assert await server.hub.store.all() == []


async def test_a_forged_staff_cookie_opens_nothing(server: Running) -> None:
    staff = await server.staff()
    forged = server.browser()
    said, dot, signature = staff.client.cookies["sb-staff"].rpartition(".")
    # Not the last letter: some of its bits say nothing.
    forged.client.cookies.set("sb-staff", said + dot + ("B" if signature[0] == "A" else "A") + signature[1:])
    assert (await forged.post("/new", **FORM)).status_code == 403


async def test_another_staff_key_makes_the_old_cookies_worthless(tmp_path: Any) -> None:
    async with running(settings_in(tmp_path)) as server:
        cookie = (await server.staff()).client.cookies["sb-staff"]
    async with running(settings_in(tmp_path)) as server:
        kept = server.browser()
        kept.client.cookies.set("sb-staff", cookie)
        assert (await kept.post("/new", **FORM)).status_code == 200
    async with running(settings_in(tmp_path, staff_key="another-staff-key")) as server:
        late = server.browser()
        late.client.cookies.set("sb-staff", cookie)
        assert (await late.post("/new", **FORM)).status_code == 403


async def test_guessing_the_staff_key_is_soon_over(server: Running) -> None:
    browser = server.browser()
    codes = [(await browser.post_json("/staff", key=f"guess {number}")).status_code for number in range(21)]
    assert codes == [403] * 20 + [429]
    right = await browser.post_json("/staff", key=server.settings.staff_key)
    assert right.status_code == 429
    assert right.json()["why"].endswith(".")


async def test_apart_is_answered_plainly_and_two_unconnected_meetings_are_offered(
    server: Running, shown: Shown
) -> None:
    staff = await server.staff()
    await staff.post("/new", **FORM, apart="yes")
    assert shown.name == "home.html"
    assert shown.known["apart"] is True
    assert "cannot keep two people apart" in shown.known["error"]
    assert shown.known["values"]["title"] == FORM["title"]
    assert await server.hub.store.all() == []
    await staff.post("/new", **FORM, apart="two")
    one, other = shown.known["meetings"]
    assert len({one.room, other.room}) == len({one.code, other.code}) == len({one.facilitator, other.facilitator}) == 2
    for made in (one, other):
        room = await server.hub.room(made.room)
        assert room.board.meeting is not None
        # Not even a title tells one meeting of the other.
        assert room.board.meeting.title == FORM["title"]
        assert (other if made is one else one).room not in repr(room.board)


async def test_where_the_second_of_two_meetings_cannot_be_made_the_first_is_taken_back(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[MeetingLinks] = []

    async def open_once(*asked: Any, **more: Any) -> Any:
        if opened:
            raise Unavailable
        opened.append(await open_meeting(*asked, **more))
        return opened[0]

    monkeypatch.setattr("server.start.open_meeting", open_once)
    staff = await server.staff()
    assert (await staff.post("/new", **FORM, apart="two")).status_code == 503
    assert len(opened) == 1
    assert await server.hub.store.all() == []


async def test_the_longest_title_opens_a_meeting_and_a_longer_one_is_told_how_long(server: Running) -> None:
    staff = await server.staff()
    answer = await staff.post("/new", **{**FORM, "title": "t" * 81})
    assert "Please give the meeting a shorter title: 80 characters at most." in answer.text
    assert (await staff.post("/new", **{**FORM, "title": "t" * 80})).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " "},
        {"title": "t" * 81},
        {"title": "\ufffe"},
        {"template": "cooking"},
        {"admit": "nobody"},
        {"authors": "some"},
        {"erase_days": "0"},
        {"erase_days": "soon"},
        {"name": "n" * 41},
    ],
)
async def test_what_cannot_be_started_keeps_what_was_typed(
    server: Running, shown: Shown, wrong: dict[str, str]
) -> None:
    staff = await server.staff()
    answer = await staff.post("/new", **{**FORM, **wrong})
    assert answer.status_code == 422
    assert shown.known["error"].endswith(".")
    assert shown.known["values"] == {**FORM, **wrong}
    assert await server.hub.store.all() == []


async def test_a_code_is_found_however_it_is_typed(meeting: Meeting) -> None:
    code = meeting.links.code
    browser = meeting.server.browser()
    for typed in (code, code.lower(), f"{code[:4]} {code[4:]}", f" {code[:4]}-{code[4:].lower()} "):
        answer = await browser.post("/go", code=typed)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/join/{code}")
    assert (await browser.get(f"/join/{code.lower()}")).status_code == 200


async def test_the_join_page_tells_what_happens_to_what_one_writes(meeting: Meeting, shown: Shown) -> None:
    await meeting.server.browser().get(f"/join/{meeting.links.code}")
    assert shown.name == "join.html"
    assert shown.known["code"] == meeting.links.code
    template = meeting.room.board.meeting.template  # type: ignore[union-attr]
    assert shown.known["told"] == template.told
    assert (shown.known["roles"], shown.known["services"]) == (template.roles, template.services)
    assert shown.known["error"] == ""


async def test_a_wrong_code_keeps_what_was_typed(server: Running, shown: Shown) -> None:
    answer = await server.browser().post("/go", code="wrong one")
    assert answer.status_code == 404
    assert shown.known["values"] == {"code": "wrong one"}
    assert shown.known["error"] == "That code does not open a meeting. Check each letter, or ring."


async def test_an_erased_meeting_answers_like_one_that_never_was(meeting: Meeting) -> None:
    maureen = await meeting.comes("Maureen")
    code, page = meeting.links.code, meeting.page
    await meeting.server.hub.erase(meeting.id)

    async def answers(room: str, code: str) -> list[tuple[int, str]]:
        stranger = meeting.server.browser()
        found = [
            await maureen.get(room),
            await maureen.get(f"{room}/wall"),
            await stranger.get(room),
            await maureen.get(f"/join/{code}"),
            await stranger.post(f"/join/{code}", name="Jo", role="family"),
            await stranger.post("/go", code=code),
            await stranger.post_json(f"/join/{code}", name="Jo", role="family"),
            await stranger.post_json("/in", key=f"{room.removeprefix('/m/')}.{'k' * 24}"),
        ]
        return [(one.status_code, one.text.replace(code, "CODE")) for one in found]

    erased = await answers(page, code)
    assert erased == await answers("/m/abcdefghabcdefgh", "ABCDEFGH")
    assert {status for status, _ in erased} == {404}


async def test_a_meeting_one_is_not_in_answers_like_one_that_never_was(meeting: Meeting) -> None:
    stranger = meeting.server.browser()
    stranger.client.cookies.set("sb-abcdefghabcdefgh", "x" * 32)
    stranger.client.cookies.set(f"sb-{meeting.id}", "x" * 32)
    for path in ("", "/wall", "/qr.svg"):
        real, none = await stranger.get(meeting.page + path), await stranger.get(f"/m/abcdefghabcdefgh{path}")
        assert (real.status_code, real.text) == (none.status_code, none.text) == (404, none.text)
    for path in ("/links",):
        real = await stranger.post_json(meeting.page + path, **{"for": "me"})
        none = await stranger.post_json(f"/m/abcdefghabcdefgh{path}", **{"for": "me"})
        assert (real.status_code, real.text) == (none.status_code, none.text)
    for path in ("/exit", "/leave"):
        real, none = await stranger.post(meeting.page + path), await stranger.post(f"/m/abcdefghabcdefgh{path}")
        assert (real.status_code, real.text) == (none.status_code, none.text)


async def test_guessing_codes_is_soon_over_and_then_even_right_ones_wait(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    codes = [(await browser.post("/go", code=f"WRONG{number:03}")).status_code for number in range(21)]
    assert codes == [404] * 20 + [429]
    late = await browser.post("/go", code=meeting.links.code)
    assert late.status_code == 429
    assert (await browser.get(f"/join/{meeting.links.code}")).status_code == 429
    # Links with a key go on working.
    await browser.open_link(meeting.links.wall)


async def test_whoever_is_inside_gets_on_however_many_wrong_codes_came(meeting: Meeting) -> None:
    maureen, nina = await meeting.comes("Maureen"), await meeting.knocks("Nina")
    elsewhere = await (await meeting.server.meeting()).comes("Jo")
    forged = meeting.server.browser()
    forged.client.cookies.set(f"sb-{meeting.id}", "x" * 32)
    guesses = meeting.server.site.codes
    for number in range(guesses._all.most):
        guesses.failed(str(number), _now())
    assert not guesses.may("anybody", _now())
    code = meeting.links.code
    for inside in (maureen, nina, meeting.helen):
        answer = await inside.get(f"/join/{code}")
        assert (answer.status_code, answer.headers.get("location")) == (303, meeting.page)
        assert (await inside.post("/go", code=code)).status_code == 303
    for outside in (meeting.server.browser(), elsewhere, forged):
        right, wrong = await outside.get(f"/join/{code}"), await outside.get("/join/ABCDEFGH")
        assert (right.status_code, right.text) == (wrong.status_code, wrong.text) == (429, right.text)


def test_that_wrong_codes_come_from_everywhere_is_said_once_and_without_them(caplog: pytest.LogCaptureFixture) -> None:
    guesses = Guesses(each=Budget(20, 10.0), all=Budget(3, 60.0))
    for number in range(200):
        guesses.failed(str(number), number / 10)
    assert len(caplog.records) == 1
    for number in range(200):
        guesses.failed(str(number), 100 + number / 10)
    assert len(caplog.records) == 2


def test_guesses_are_counted_for_each_address_and_for_all_together() -> None:
    guesses = Guesses(each=Budget(2, 10.0), all=Budget(3, 60.0))
    guesses.failed("a", 0.0)
    guesses.failed("a", 1.0)
    assert not guesses.may("a", 2.0)
    assert guesses.may("b", 2.0)
    guesses.failed("b", 2.0)
    assert not guesses.may("c", 3.0)
    assert not guesses.may("a", 12.0)
    assert guesses.may("a", 61.5)


def test_a_flood_of_addresses_does_not_fill_the_memory() -> None:
    budget = Budget(1, 10.0)
    for number in range(25_000):
        assert budget.spend(str(number), number / 1000)
    assert len(budget._times) <= 10_001


async def test_so_many_come_in_within_a_minute_and_no_more(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    budget = meeting.server.site.joins
    for _ in range(budget.most):
        budget.spend("127.0.0.1", 0.0 + _now())
    answer = await browser.post_json(f"/join/{meeting.links.code}", name="Jo", role="family")
    assert budget.most == 300
    assert answer.status_code == 429


def _now() -> float:
    import asyncio

    return asyncio.get_running_loop().time()


async def test_the_first_paint_is_what_the_viewer_may_see(meeting: Meeting, shown: Shown) -> None:
    maureen, jo = await meeting.comes("Maureen"), await meeting.comes("Jo", "agency", "school")
    room = meeting.room
    for number, (name, text) in enumerate([("Maureen", "Gran picks us up"), ("Jo", "Late on Mondays")]):
        ask = AddCard(ref=number, id=f"card000{number}", column="well", text=text)
        await room.ask(meeting.person(name), "device01", ask)
    await room.ask(meeting.helen_id, "device01", AsideCard(ref=1, card="card0001"))
    await maureen.get(meeting.page)
    assert shown.name == "board.html"
    assert shown.known["lens"] == "member"
    assert shown.known["you"] == {"id": meeting.person("Maureen"), "role": "family", "mine": ["card0000"]}
    assert [card.text for card in shown.known["cards"]["well"]] == ["Gran picks us up"]
    assert shown.known["cards"].keys() == {"well", "worried", "needs"}
    assert not shown.known["links"]
    assert shown.known["meeting"].code == ""
    # What one person alone sees comes over the wire.
    await jo.get(meeting.page)
    assert [card.text for card in shown.known["cards"]["well"]] == ["Gran picks us up"]
    await meeting.helen.get(meeting.page)
    assert shown.known["lens"] == "facilitator"
    assert shown.known["links"].code == meeting.links.code
    await room.ask(meeting.helen_id, "device01", HideAuthors(ref=2))
    await maureen.get(meeting.page)
    assert {card.by for card in shown.known["cards"]["well"]} == {""}


async def test_the_board_opens_where_whoever_runs_it_gave_no_name(server: Running) -> None:
    meeting = await server.meeting(name="", admit="all")
    for browser in (meeting.helen, await meeting.comes("Maureen")):
        answer = await browser.get(meeting.page)
        assert answer.status_code == 200
    assert "Tell the person running the meeting quietly" in answer.text


async def lengths(browser: Browser, meeting: Meeting) -> tuple[int, str]:
    """How long this browser's page is, and how long it was on the line."""
    answer = await browser.get(meeting.page)
    return len(answer.content), answer.headers["content-length"]


async def test_no_page_is_longer_or_shorter_for_a_number(meeting: Meeting) -> None:
    browsers = {name: await meeting.comes(name) for name in ("Maureen", "Aisha")}
    room = meeting.room
    scale = next(iter(room.board.scales))
    await room.ask(meeting.helen_id, "device01", OpenRound(ref=1, id="round001", scale=scale, show="named"))
    before = {name: await lengths(one, meeting) for name, one in browsers.items()}
    helen, wall = await meeting.helen.get(meeting.page), await meeting.helen.get(f"{meeting.page}/wall")
    await room.ask(meeting.person("Maureen"), "device01", SetRating(ref=1, round="round001", value=10, pad="." * 512))
    assert {name: await lengths(one, meeting) for name, one in browsers.items()} == before
    assert (await meeting.helen.get(meeting.page)).content == helen.content
    assert (await meeting.helen.get(f"{meeting.page}/wall")).content == wall.content


async def test_where_the_address_is_local_one_sentence_stands_for_the_square(meeting: Meeting, shown: Shown) -> None:
    for path in ("", "/wall"):
        await meeting.helen.get(meeting.page + path)
        assert shown.known["links"].local is True
        assert "--host 0.0.0.0" in shown.known["links"].local_hint


async def test_under_a_public_address_the_square_holds_the_link_to_join(tmp_path: Any) -> None:
    async with running(settings_in(tmp_path, url="http://192.168.1.5:8000")) as server:
        meeting = await server.meeting()
        picture = await meeting.helen.get(f"{meeting.page}/qr.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml") or picture.content.startswith(b"<svg")
    assert b"style" not in picture.content


def test_the_square_a_script_draws_is_the_one_the_picture_shows() -> None:
    import segno

    link = "http://192.168.1.5:8000/in#abcdefghabcdefgh.kkkkkkkkkkkkkkkkkkkkkkkk"
    drawn = square(link)
    dark = {
        (x, y)
        for y, row in enumerate(segno.make(link, error="m").matrix_iter(border=4))
        for x, bit in enumerate(row)
        if bit
    }
    painted = set()
    for start, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.path):
        painted |= {(int(start) + step, int(y)) for step in range(int(width))}
    assert painted == dark


@pytest.mark.parametrize("path", ["/check", "/safe", "/expect", "/in", "/staff", "/"])
async def test_these_pages_need_no_meeting(server: Running, path: str) -> None:
    answer = await server.browser().get(path)
    assert answer.status_code == 200
    assert server.settings.exit in answer.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "how things are for the children"),
        ("?kind=wellbeing", "what would make things easier at home"),
        ("?kind=stability", "where they live and who is there for them"),
        ("?kind=nosuchkind", "how things are for the children"),
    ],
)
async def test_what_to_expect_is_said_for_each_kind_of_meeting(server: Running, asked: str, said: str) -> None:
    page = (await server.browser().get(f"/expect{asked}")).text
    assert said in page
    assert re.search(r'<a href="https://frg.org.uk/" target="_blank" rel="noopener noreferrer"', page)


async def test_staff_are_given_what_to_send_beforehand(server: Running) -> None:
    staff = await server.staff()
    page = (await staff.post("/new", **FORM, erase_days="7", apart="no")).text
    assert f"{server.url}/expect?kind=wellbeing" in page
    page = (await staff.post("/new", **{**FORM, "template": "safety"}, erase_days="7", apart="no")).text
    assert re.search(rf"{server.url}/expect\s*<", page)


async def test_a_councils_links_stand_where_people_wait_and_where_a_meeting_has_ended(meeting: Meeting) -> None:
    waiting = await meeting.knocks("Sam")
    link = '<a href="https://frg.org.uk/" target="_blank" rel="noopener noreferrer"'
    assert link in (await waiting.get(meeting.page)).text
    board = (await meeting.helen.client.get(meeting.page)).text
    assert board.index("This meeting has ended.") < board.index(link)


async def test_titles_and_addresses_are_neutral(meeting: Meeting) -> None:
    for path in ("/", meeting.page, f"{meeting.page}/wall", f"/join/{meeting.links.code}"):
        title = re.search(r"<title>(.*?)</title>", (await meeting.helen.client.get(path, follow_redirects=True)).text)
        assert title is not None
        assert not re.search("safety|Tuesday|Helen|famil", title[1], re.IGNORECASE)


@pytest.mark.parametrize(
    ("here", "wanted"),
    [
        ("http://127.0.0.1:8000", "http://<this machine’s address>:8000."),
        ("http://localhost", "http://<this machine’s address>."),
        ("https://localhost", "https://<this machine’s address>."),
        ("https://localhost:443", "https://<this machine’s address>."),
        ("https://localhost:8443", "https://<this machine’s address>:8443."),
    ],
)
def test_how_to_let_phones_in_keeps_the_scheme_and_names_a_port_where_it_must(here: str, wanted: str) -> None:
    assert local_hint(here).endswith(f"SIGNBOARD_URL={wanted}")
