"""The pages before the board: coming in by code, link and questions, the door, starting a meeting, and help."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import DESK, STAFF_KEY, Meeting, Signboard, Stage, axe, come_in, go_on, sideways

NARROW = {"width": 320, "height": 568}
DESKTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
PUBLIC = ["/", "/check", "/safe", "/expect", "/staff", "/in", "/nowhere", "/join/{code}"]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "light high contrast": {"color_scheme": "light", "contrast": "more"},
    "dark high contrast": {"color_scheme": "dark", "contrast": "more"},
    "forced colours": {"forced_colors": "active"},
}
LARGEST = "document.documentElement.dataset.size = 'largest'"


async def staff(stage: Stage, signboard: Signboard, **options: Any) -> Page:
    page = await stage.device(**{**DESKTOP, **options})
    await page.goto(signboard.staff)
    await expect(page.get_by_role("heading", name="Start a meeting")).to_be_visible()
    return page


async def start(page: Page, title: str) -> None:
    await page.get_by_label("What is the meeting called?").fill(title)
    await page.get_by_label("What should people call you?").fill("Helen")
    await page.get_by_label("No", exact=True).check()
    await page.get_by_role("button", name="Start the meeting").click()


# ---- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
async def test_axe_finds_nothing_on_any_public_page(
    stage: Stage, signboard: Signboard, meeting: Meeting, look: str
) -> None:
    page = await stage.device(**LOOKS[look], bypass_csp=True)
    for path in PUBLIC:
        await page.goto(signboard.url + path.format(code=meeting.code))
        assert await axe(page) == [], path


async def test_axe_finds_nothing_in_any_step_of_joining_nor_at_the_door(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device(bypass_csp=True)
    await page.goto(meeting.join)
    await page.get_by_role("button", name="Aa Text size and colours", exact=True).click()
    assert await axe(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_text("Staying safe on this phone").click()
    assert await axe(page) == []
    await page.get_by_role("button", name="I have seen this").click()
    await go_on(page)
    assert await axe(page) == []
    await page.get_by_label("What should people call you?").fill("Sade")
    await go_on(page)
    assert await axe(page) == []
    await page.get_by_text("I am helping someone").click()
    await go_on(page)
    assert await axe(page) == []
    await page.get_by_text("I am an advocate").click()
    await go_on(page)
    assert await axe(page) == []
    await page.get_by_role("button", name="Ask to come in").click()
    await expect(page.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()
    for fold in ("Check this device", "Change my name"):
        await page.locator("summary", has_text=fold).click()
    assert await axe(page) == []


@pytest.mark.parametrize("look", ["light", "dark"])
async def test_axe_finds_nothing_where_meetings_are_started(stage: Stage, signboard: Signboard, look: str) -> None:
    page = await staff(stage, signboard, **LOOKS[look], bypass_csp=True)
    assert await axe(page) == []
    await start(page, "Wednesday morning")
    await expect(page.get_by_role("heading", name="Your meeting is ready")).to_be_visible()
    assert await axe(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_nothing_scrolls_sideways_at_320_px_with_the_largest_text(
    stage: Stage, signboard: Signboard, meeting: Meeting, direction: str
) -> None:
    page = await stage.device(viewport=NARROW)
    for path in PUBLIC:
        await page.goto(signboard.url + path.format(code=meeting.code))
        await page.evaluate(f"document.documentElement.dir = '{direction}'; {LARGEST}")
        assert await sideways(page) <= 0, path
        await page.get_by_role("button", name="Text size and colours").click()
        assert await sideways(page) <= 0, path


async def test_the_page_of_what_happened_has_nothing_wrong_and_fits(
    stage: Stage, signboard: Signboard, meeting: Meeting
) -> None:
    page = await stage.facilitator(meeting, viewport=NARROW, bypass_csp=True)
    await page.goto(f"{signboard.url}/m/{meeting.room}/audit")
    await expect(page.get_by_role("heading", name="What happened in this meeting")).to_be_visible()
    for look in ("light", "dark", "forced colours"):
        await page.emulate_media(**LOOKS[look])
        assert await axe(page) == [], look
    for direction in ("ltr", "rtl"):
        await page.evaluate(f"document.documentElement.dir = '{direction}'; {LARGEST}")
        assert await sideways(page) <= 0, direction


async def test_twice_the_text_of_the_browser_still_fits(stage: Stage, signboard: Signboard, meeting: Meeting) -> None:
    page = await stage.device(viewport=NARROW)
    for path in PUBLIC:
        await page.goto(signboard.url + path.format(code=meeting.code))
        await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert await sideways(page) <= 0, path


async def test_aa_is_kept_on_this_device_and_drawn_before_anything_is_seen(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device()
    await page.goto(signboard.url)
    usual = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    await page.get_by_role("button", name="Text size and colours").click()
    for choice in ("Largest", "High", "Dark"):
        await page.get_by_label(choice, exact=True).check(force=True)
    await page.goto(f"{signboard.url}/safe")
    assert await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > usual * 1.4
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") in {"oklch(0 0 0)", "rgb(0, 0, 0)"}
    order = await page.evaluate(
        "[...document.head.querySelectorAll('script, link[rel=stylesheet]')].map(el => el.tagName)"
    )
    assert order[0] == "SCRIPT"


async def test_titles_and_addresses_say_nothing_of_what_this_is(
    stage: Stage, signboard: Signboard, meeting: Meeting
) -> None:
    page = await stage.phone(meeting, "Maureen")
    titles = {await page.title()}
    for path in PUBLIC:
        await page.goto(signboard.url + path.format(code=meeting.code))
        titles.add(await page.title())
    assert titles == {"Meeting"}


# ---- by code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{}", "{} ", "  {}", "low", "grouped", "dashed"])
async def test_a_code_is_taken_as_people_write_it(
    stage: Stage, signboard: Signboard, meeting: Meeting, typed: str
) -> None:
    code = meeting.code
    as_written = {
        "low": code.lower(),
        "grouped": f"{code[:4]} {code[4:]}".lower(),
        "dashed": f"{code[:4]}-{code[4:]}",
    }.get(typed, typed.format(code))
    page = await stage.device()
    await page.goto(signboard.url)
    field = page.get_by_label("Code from your invitation")
    await field.fill(as_written)
    await expect(field).to_have_value(f"{code[:4]} {code[4:]}")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.get_by_role("heading", name="Before you start")).to_be_visible()


async def test_letters_put_into_the_middle_of_a_code_stay_there(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(signboard.url)
    field = page.get_by_label("Code from your invitation")
    await field.press_sequentially("abcgh")
    for _step in range(3):
        await field.press("ArrowLeft")
    await field.press_sequentially("def")
    await expect(field).to_have_value("ABCD EFGH")
    for _step in range(2):
        await field.press("Backspace")
    await expect(field).to_have_value("ABCD GH")


async def test_a_wrong_code_is_kept_and_said_under_the_field(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device()
    await page.goto(signboard.url)
    field = page.get_by_label("Code from your invitation")
    await field.fill("2222 2222")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.locator("#code-wrong")).to_have_text(
        "That code does not open a meeting. Check each letter, or ring."
    )
    await expect(field).to_have_value("2222 2222")
    await expect(field).to_be_focused()
    await expect(field).to_have_accessible_description(re.compile("does not open a meeting"))


async def test_an_address_that_leads_nowhere_leads_to_the_start(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device()
    for path in ("/m/abcdefgh12345678", "/m/abcdefgh12345678/wall", "/nowhere"):
        answer = await page.goto(signboard.url + path)
        assert answer is not None
        assert answer.status == 404
        await expect(page.get_by_role("alert").first).to_contain_text("This meeting is not here.")
        await expect(page.get_by_label("Code from your invitation")).to_be_visible()


# ---- joining ---------------------------------------------------------------------------------------------------------


async def test_joining_is_one_question_at_a_time_and_one_step_in_the_history(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    before = await page.evaluate("history.length")
    seen = []
    for button in ("I have seen this", "Go on", "Go on", "Go on"):
        await expect(page.locator("[data-step]:visible")).to_have_count(1)
        seen.append(await page.locator("[data-step]:visible .step__title").inner_text())
        if len(seen) == 2:
            await page.get_by_label("What should people call you?").fill("Jo")
        if len(seen) == 3:
            assert await page.locator("[data-step]:visible input:checked").count() == 0
            await page.get_by_text("I work with the family").click()
        await page.get_by_role("button", name=button).click()
    seen.append(await page.locator("[data-step]:visible .step__title").inner_text())
    assert seen == ["Before you start", "Who are you?", "I am here as", "What kind of service?", "Nearly there"]
    await page.get_by_role("button", name="Ask to come in").click()
    await page.wait_for_url(f"**/m/{meeting.room}")
    assert await page.evaluate("history.length") == before


async def test_the_exit_button_is_shown_full_size_before_the_first_question(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    real = await page.locator("a.exit").bounding_box()
    picture = await page.locator(".exit--picture").bounding_box()
    assert real is not None
    assert picture is not None
    assert (picture["width"], picture["height"]) == (real["width"], real["height"])
    await expect(page.get_by_text("It cannot hide that you were here.")).to_be_visible()


async def test_what_is_missing_is_said_when_one_goes_on_and_nothing_is_greyed_out(
    stage: Stage, meeting: Meeting
) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    await page.get_by_role("button", name="I have seen this").click()
    await go_on(page)
    name = page.get_by_label("What should people call you?")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(re.compile("Write what people should call you."))
    await name.fill("Maureen")
    await name.press("Enter")
    await go_on(page)
    await expect(page.locator("#role-wrong")).to_have_text("Choose one of these.")
    assert await page.locator(":disabled").count() == 0


async def test_answers_outlive_a_reload_and_the_way_back_is_in_the_page(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    await page.get_by_role("button", name="I have seen this").click()
    await page.get_by_label("What should people call you?").fill("Maureen")
    await go_on(page)
    await page.get_by_text("Family or friend").click()
    await page.reload()
    await expect(page.get_by_label("Family or friend")).to_be_checked()
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_label("What should people call you?")).to_have_value("Maureen")


async def test_what_happens_to_words_is_open_the_first_time_and_a_fold_after(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    await page.get_by_role("button", name="I have seen this").click()
    await page.get_by_label("What should people call you?").fill("Jo")
    await go_on(page)
    await page.get_by_text("Family or friend").click()
    await go_on(page)
    told = page.locator("[data-told]")
    await expect(told).to_have_attribute("open", "")
    assert await told.locator("p:visible").count() >= 4
    agencies = told.locator("[data-agency-told]")
    await expect(agencies).to_be_hidden()
    await page.reload()
    await expect(told).not_to_have_attribute("open", "")
    await page.get_by_role("button", name="Back").click()
    await page.get_by_text("I work with the family").click()
    await go_on(page)
    await go_on(page)
    await told.locator("summary").click()
    await expect(agencies).to_be_visible()


async def test_joining_needs_nothing_but_the_keyboard(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(meeting.join)

    async def tab_to(words: str) -> None:
        for _press in range(20):
            await page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if words in (await focused.inner_text()) or words == await focused.get_attribute("value"):
                return
        raise AssertionError(words)

    await tab_to("I have seen this")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Shirin")
    await page.keyboard.press("Enter")
    await tab_to("family")
    await page.keyboard.press("Space")
    await tab_to("Go on")
    await page.keyboard.press("Enter")
    await tab_to("Ask to come in")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()


@pytest.mark.parametrize("role", ["family", "child", "agency", "interpreter", "advocate", "supporter"])
async def test_without_scripts_joining_is_one_plain_form(stage: Stage, meeting: Meeting, role: str) -> None:
    page = await stage.device(java_script_enabled=False)
    await page.goto(meeting.join)
    assert await page.locator("[data-step]:visible").count() == await page.locator("[data-step]").count()
    assert await page.get_by_role("button").count() == 1
    await page.get_by_label("What should people call you?").fill("Leila")
    await page.locator(f"input[name=role][value={role}]").check()
    await page.get_by_role("button", name="Ask to come in").click()
    await expect(page.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()


async def test_a_refused_answer_keeps_everything_that_was_written(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device()
    await page.goto(meeting.join)
    await page.route(
        "**/join/*",
        lambda route: (
            route.fulfill(status=422, json={"code": "full", "why": "The meeting is full."})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    await come_in(page, "Maureen")
    await expect(page.get_by_role("alert").first).to_have_text("The meeting is full.")
    await page.unroute("**/join/*")
    await page.route("**/join/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    await page.get_by_role("button", name="Ask to come in").click()
    await expect(page.get_by_role("alert").first).to_contain_text("No connection.")
    await page.unroute("**/join/*")
    await page.get_by_role("button", name="Ask to come in").click()
    await expect(page.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()


# ---- the door --------------------------------------------------------------------------------------------------------


async def test_who_waits_learns_nothing_and_is_let_in_on_the_spot(
    stage: Stage, signboard: Signboard, meeting: Meeting
) -> None:
    desk = await stage.facilitator(meeting)
    door = await stage.phone(meeting, "Maureen")
    words = await door.content()
    assert "Tuesday afternoon" not in words
    assert "Helen" not in words
    await desk.get_by_role("button", name="Let in: Maureen").first.click()
    await door.wait_for_selector('body[data-page="board"]')


async def test_who_is_refused_reads_so_without_touching_the_phone(stage: Stage, meeting: Meeting) -> None:
    desk = await stage.facilitator(meeting)
    door = await stage.phone(meeting, "Maureen")
    await desk.get_by_role("button", name="Not now").first.click()
    await expect(door.get_by_role("heading", name="We could not let you in.")).to_be_visible()
    await expect(door.get_by_text("Please ring the person who invited you.").locator("visible=true")).to_be_visible()
    await door.reload()
    await expect(door.get_by_role("heading", name="We could not let you in.")).to_be_visible()
    assert await axe(door) == []


async def test_after_three_minutes_the_door_says_to_ring(stage: Stage, meeting: Meeting) -> None:
    door = await stage.device()
    await door.clock.install()
    await door.goto(meeting.join)
    await come_in(door, "Maureen")
    await door.wait_for_url(f"**/m/{meeting.room}")
    hint = door.get_by_text("Still waiting? Ring the person who invited you.").locator("visible=true")
    await door.clock.run_for(170_000)
    await expect(hint).to_have_count(0)
    await door.clock.run_for(20_000)
    await expect(hint).to_be_visible()


async def test_a_name_is_changed_at_the_door(stage: Stage, meeting: Meeting) -> None:
    desk = await stage.facilitator(meeting)
    door = await stage.phone(meeting, "Maurene")
    await expect(desk.get_by_text("Maurene").first).to_be_visible()
    await door.locator("summary", has_text="Change my name").click()
    await door.get_by_label("What should people call you?").fill("Maureen")
    await door.get_by_role("button", name="Change my name").click()
    await expect(door.get_by_text("Your name is changed.")).to_be_visible()
    await expect(desk.get_by_text("Maureen").first).to_be_visible()
    await door.reload()
    await expect(door.locator("#name")).to_have_value("Maureen")


async def test_a_link_opens_once_the_key_is_out_of_the_address(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device(**DESKTOP)
    before = await page.evaluate("history.length")
    await page.goto(meeting.facilitator)
    await page.wait_for_url(f"**/m/{meeting.room}")
    assert await page.evaluate("history.length") <= before + 1
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(meeting.wall)
    await page.wait_for_url(f"**/m/{meeting.room}/wall")
    key = meeting.wall.partition("#")[2]
    assert key
    assert not any(key in url.partition("#")[0] for url in asked)


@pytest.mark.parametrize(("hash", "words"), [("", "not whole"), ("#abc.def", "does not open a meeting any more")])
async def test_a_broken_link_says_what_to_do(stage: Stage, signboard: Signboard, hash: str, words: str) -> None:
    page = await stage.device()
    await page.goto(f"{signboard.url}/in{hash}")
    await expect(page.get_by_text(words)).to_be_visible()
    await expect(page.get_by_role("link", name="To the start")).to_be_visible()


async def test_a_link_opened_without_a_network_is_kept_for_another_try(stage: Stage, meeting: Meeting) -> None:
    page = await stage.device(**DESKTOP)
    await page.route("**/in", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    await page.goto(meeting.facilitator)
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()
    assert "#" not in page.url
    await page.unroute("**/in")
    await again.click()
    await page.wait_for_url(f"**/m/{meeting.room}")


# ---- starting --------------------------------------------------------------------------------------------------------


async def test_only_who_holds_the_staff_key_may_start_a_meeting(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device()
    await page.goto(signboard.url)
    assert await page.get_by_role("button", name="Start the meeting").count() == 0
    await page.goto(f"{signboard.url}/staff#{STAFF_KEY}x")
    await expect(page.get_by_role("heading", name="That is not the staff link.")).to_be_visible()
    await page.goto(f"{signboard.url}/staff#{STAFF_KEY}")
    await expect(page.get_by_role("button", name="Start the meeting")).to_be_visible()
    assert page.url == signboard.url + "/"


async def test_a_meeting_starts_and_its_links_are_shown_once(stage: Stage, signboard: Signboard) -> None:
    page = await staff(stage, signboard)
    await start(page, "Friday’s meeting")
    await expect(page.get_by_role("heading", name="Your meeting is ready")).to_be_visible()
    assert await page.locator(".link__address").count() == 4
    await expect(page.locator(".notice")).to_contain_text("Phones cannot reach this address.")
    await page.get_by_role("button", name="Copy", exact=True).first.click()
    await expect(page.get_by_role("button", name="Copied").first).to_be_visible()
    await page.get_by_role("link", name="Go to the meeting").click()
    await page.wait_for_url("**/m/*")
    assert "#" not in page.url


async def test_two_people_who_must_not_meet_get_two_meetings(stage: Stage, signboard: Signboard) -> None:
    page = await staff(stage, signboard)
    await page.get_by_label("What is the meeting called?").fill("Thursday’s meeting")
    await page.get_by_label("Yes, or I am not sure").check()
    await page.get_by_role("button", name="Start the meeting").click()
    await expect(page.get_by_text("One board cannot keep two people apart yet")).to_be_visible()
    await expect(page.get_by_label("What is the meeting called?")).to_have_value("Thursday’s meeting")
    assert await axe(page) == []
    await page.get_by_label("Start two meetings that know nothing of each other").check()
    await page.get_by_role("button", name="Start the meeting").click()
    await expect(page.get_by_role("heading", name="Your two meetings are ready")).to_be_visible()
    addresses = await page.locator(".link__address").all_inner_texts()
    assert len(addresses) == 7, "three each, and what to send beforehand"
    assert all(one != other for one, other in itertools.combinations(addresses, 2))


# ---- help ------------------------------------------------------------------------------------------------------------


async def test_a_device_that_will_do_is_told_so(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device()
    await page.goto(f"{signboard.url}/check")
    await expect(page.get_by_text("This device will do.")).to_be_visible()
    await expect(page.get_by_text("Changes arrive at once.")).to_be_visible()
    await expect(page.locator("[data-copy-text]")).to_contain_text(f"127.0.0.1, port {signboard.port}")


async def test_blocked_live_connections_are_named_for_who_looks_after_the_network(
    stage: Stage, signboard: Signboard
) -> None:
    page = await stage.device()
    await page.add_init_script(
        "window.WebSocket = class extends EventTarget { constructor() { super();"
        " setTimeout(() => this.dispatchEvent(new CloseEvent('close', {code: 1006}))); } close() {} };"
    )
    await page.goto(f"{signboard.url}/check")
    await expect(page.get_by_text("Live connections are blocked here.")).to_be_visible()
    await expect(page.get_by_text("Something is in the way. You can still try.")).to_be_visible()


async def test_without_scripts_the_check_says_that_it_needs_them(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device(java_script_enabled=False)
    await page.goto(f"{signboard.url}/check")
    await expect(page.get_by_text("This browser does not run the page’s scripts.")).to_be_visible()
