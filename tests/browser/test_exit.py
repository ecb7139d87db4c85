"""Quick exit, as somebody in a hurry meets it: on every page, without scripts, without a network, and afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import DESK, Meeting, Signboard, Stage, come_in, signed_out

SOMETHING = "sb.draft.something"
DESKTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
PUBLIC = ["/", "/check", "/safe", "/expect", "/in", "/staff", "/join/{code}"]


async def press(page: Page) -> None:
    await page.get_by_role("link", name="Quick exit", exact=True).click()


async def shift(page: Page, *keys: str) -> None:
    for key in keys or ("ShiftLeft",):
        await page.keyboard.press(key)


async def on_the_board(stage: Stage, open_meeting: Meeting, **options: Any) -> Page:
    page = await stage.phone(open_meeting, "Dana", **options)
    await page.wait_for_selector('body[data-page="board"]')
    return page


async def test_quick_exit_stands_on_every_public_page(stage: Stage, signboard: Signboard, meeting: Meeting) -> None:
    page = await stage.device(viewport={"width": 320, "height": 568})
    for path in PUBLIC:
        await page.goto(signboard.url + path.format(code=meeting.code))
        button = page.get_by_role("link", name="Quick exit", exact=True)
        box = await button.bounding_box()
        assert box is not None, path
        assert box["height"] >= 44
        aa = await page.get_by_role("button", name="Text size and colours").bounding_box()
        assert aa is not None
        assert box["x"] - (aa["x"] + aa["width"]) >= 16, path
        await page.evaluate("scrollTo(0, 10000)")
        await expect(button).to_be_in_viewport(ratio=1)


async def test_quick_exit_stands_on_board_and_door_and_not_on_the_wall(
    stage: Stage, meeting: Meeting, open_meeting: Meeting
) -> None:
    door = await stage.phone(meeting, "Maureen")
    board = await on_the_board(stage, open_meeting)
    for page in (door, board):
        await expect(page.get_by_role("link", name="Quick exit", exact=True)).to_be_in_viewport(ratio=1)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        hidden_twin = page.locator(":focus")
        assert await hidden_twin.get_attribute("data-exit-link") is not None
    wall = await stage.wall(open_meeting)
    assert await wall.locator("[data-exit-link]").count() == 0


async def test_it_covers_the_page_before_anything_else(stage: Stage, open_meeting: Meeting, away: str) -> None:
    page = await on_the_board(stage, open_meeting)
    await page.route("**/weather", lambda route: route.abort())
    order = await page.evaluate(
        """() => {
          const seen = [];
          const dark = () => document.documentElement.classList.contains("leaving") && document.body.hidden;
          window.addEventListener("signboard:exit", () => seen.push(["hung up", dark()]));
          const clear = Storage.prototype.clear;
          Storage.prototype.clear = function () { seen.push(["wiped", dark()]); clear.call(this); };
          navigator.sendBeacon = (where) => { seen.push([where, dark()]); return true; };
          document.querySelector("header a.exit").click();
          return [...seen, ["elements left", document.body.childElementCount]];
        }"""
    )
    assert order == [
        ["hung up", True],
        ["wiped", True],
        ["wiped", True],
        [f"/m/{open_meeting.room}/exit", True],
        ["elements left", 0],
    ]


async def test_it_leaves_nothing_of_the_meeting_in_this_browser(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, away: str
) -> None:
    page = await on_the_board(stage, open_meeting)
    board = page.url
    await page.evaluate(f"sessionStorage.setItem('{SOMETHING}', 'words'); localStorage.setItem('sb.look', '{{}}')")
    await press(page)
    await page.wait_for_url(away)
    assert await page.title() == "Weather"
    await page.goto(signboard.url + "/healthz")
    assert await page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    assert [cookie for cookie in await page.context.cookies() if open_meeting.room in str(cookie.get("name"))] == []
    await page.goto(board)
    await expect(page.get_by_role("heading", name="Join a meeting")).to_be_visible()


async def test_going_back_shows_the_start_and_never_the_board(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, away: str
) -> None:
    page = await stage.device()
    await page.goto(signboard.url)
    await page.goto(open_meeting.join)
    await come_in(page, "Dana")
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await press(page)
    await page.wait_for_url(away)
    await page.go_back()
    await expect(page.get_by_role("heading", name="Join a meeting")).to_be_visible()
    assert open_meeting.room not in page.url


async def test_a_board_the_browser_kept_in_memory_comes_back_as_the_start(
    stage: Stage, open_meeting: Meeting, away: str
) -> None:
    page = await on_the_board(stage, open_meeting)
    # What a browser does with a page it kept, whichever way it decides to keep one.
    seen = await page.evaluate(
        """() => {
          window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
          return document.querySelector("main").checkVisibility();
        }"""
    )
    assert not seen
    await page.evaluate('window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))')
    await expect(page.get_by_role("heading", name="Join a meeting")).to_be_visible()


async def test_leaving_by_hand_and_going_back_never_shows_the_board_from_memory(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, away: str
) -> None:
    page = await on_the_board(stage, open_meeting)
    await page.evaluate("window.kept = true")
    await page.goto(away)
    await page.go_back()
    await page.wait_for_load_state()
    from_memory = await page.evaluate("window.kept === true")
    assert not from_memory or "Join a meeting" in await page.inner_text("body")


async def test_afterwards_the_same_link_leads_to_the_door(stage: Stage, open_meeting: Meeting, away: str) -> None:
    page = await on_the_board(stage, open_meeting)
    await press(page)
    await page.wait_for_url(away)
    assert await signed_out(page, open_meeting.join)
    await page.goto(open_meeting.join)
    await come_in(page, "Dana")
    await expect(page.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()


async def test_it_works_when_scripts_are_off(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, away: str
) -> None:
    page = await stage.device(java_script_enabled=False)
    await page.goto(open_meeting.join)
    await page.get_by_label("What should people call you?").fill("Dana")
    await page.get_by_label("Family or friend").check()
    await page.get_by_role("button", name="Ask to come in").click()
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    assert [cookie for cookie in await page.context.cookies() if open_meeting.room in str(cookie.get("name"))]
    await press(page)
    await page.wait_for_url(away)
    assert await signed_out(page, signboard.url)


async def test_it_works_when_no_other_script_loads(stage: Stage, open_meeting: Meeting, away: str) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await page.route("**/js/board.js", lambda route: route.abort())
    await page.reload()
    await shift(page, "ShiftLeft", "ShiftLeft", "ShiftLeft")
    await page.wait_for_url(away)
    assert await signed_out(page, stage.signboard.url)


async def test_it_works_without_a_network(stage: Stage, open_meeting: Meeting, away: str) -> None:
    page = await on_the_board(stage, open_meeting)
    await page.evaluate(f"sessionStorage.setItem('{SOMETHING}', 'words')")
    await page.context.set_offline(True)
    await press(page)
    await page.wait_for_function("!document.querySelector('main')")
    await page.context.set_offline(False)
    await page.goto(open_meeting.join)
    assert await page.evaluate(f"sessionStorage.getItem('{SOMETHING}')") is None


@pytest.mark.parametrize(
    "keys",
    [("ShiftLeft",) * 3, ("ShiftRight",) * 3, ("ShiftLeft", "ShiftRight", "ShiftLeft")],
    ids=["left", "right", "both"],
)
async def test_three_presses_of_shift_leave(
    stage: Stage, signboard: Signboard, away: str, keys: tuple[str, ...]
) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(signboard.url)
    before = await page.evaluate("history.length")
    await shift(page, *keys)
    await page.wait_for_url(away)
    assert await page.evaluate("history.length") == before


async def test_each_press_is_counted_aloud_and_in_dots(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(signboard.url)
    said = page.locator("[role=status].unseen")
    await shift(page)
    await expect(said).to_have_text("Shift pressed once. Press it two more times to leave this page.")
    await expect(page.locator("a.exit")).to_have_attribute("data-count", "1")
    await shift(page)
    await expect(said).to_have_text("Shift pressed twice. Press it one more time to leave this page.")
    await expect(page.locator("a.exit")).to_have_attribute("data-count", "2")


async def test_presses_more_than_five_seconds_apart_do_not_count_together(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device(**DESKTOP)
    await page.clock.install(time=0)
    await page.goto(signboard.url)
    # From here on time passes only as told: a busy machine would add its own.
    await page.clock.pause_at(600_000)
    await shift(page, "ShiftLeft", "ShiftLeft")
    await page.clock.run_for(4_900)
    await expect(page.locator("a.exit")).to_have_attribute("data-count", "2")
    await page.clock.run_for(200)
    await expect(page.locator("[role=status].unseen")).to_have_text("Too slow. You are still on this page.")
    await shift(page)
    await expect(page.locator("a.exit")).to_have_attribute("data-count", "1")
    assert page.url == signboard.url + "/"


async def test_each_press_gives_another_five_seconds(stage: Stage, signboard: Signboard, away: str) -> None:
    page = await stage.device(**DESKTOP)
    await page.clock.install(time=0)
    await page.goto(signboard.url)
    await page.clock.pause_at(600_000)
    for _press in range(2):
        await shift(page)
        await page.clock.run_for(4_000)
        assert page.url == signboard.url + "/"
    await shift(page)
    await page.wait_for_url(away)


@pytest.mark.parametrize("between", ["a", "Tab", "Escape", "Control+ShiftLeft", "Alt+ShiftLeft", "Shift+KeyA"])
async def test_any_other_key_cancels(stage: Stage, signboard: Signboard, between: str) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(signboard.url)
    await shift(page, "ShiftLeft", "ShiftLeft")
    await page.keyboard.press(between)
    await expect(page.locator("a.exit")).not_to_have_attribute("data-count", "2")
    await shift(page)
    await expect(page.locator("a.exit")).to_have_attribute("data-count", "1")


async def test_capital_letters_and_marked_text_never_count(stage: Stage, signboard: Signboard) -> None:
    page = await stage.device(**DESKTOP)
    await page.goto(signboard.url)
    for letter in ("KeyA", "KeyB", "KeyC", "KeyD"):
        await page.keyboard.press(f"Shift+{letter}")
    for _click in range(4):
        await page.locator("h1").click(modifiers=["Shift"])
    assert await page.locator("a.exit").get_attribute("data-count") is None


async def test_an_on_screen_keyboard_cannot_set_it_off(stage: Stage, signboard: Signboard, away: str) -> None:
    phone = await stage.device()
    await phone.goto(signboard.url)
    await phone.get_by_label("Code from your invitation").focus()
    await shift(phone, *("ShiftLeft",) * 4)
    assert await phone.locator("a.exit").get_attribute("data-count") is None
    desk = await stage.device(**DESKTOP)
    await desk.goto(signboard.url)
    await desk.get_by_label("Code from your invitation").focus()
    await shift(desk, *("ShiftLeft",) * 3)
    await desk.wait_for_url(away)


@pytest.mark.parametrize("how", ["by the key", "by the button"])
async def test_nothing_that_is_half_written_holds_quick_exit_up(
    stage: Stage, open_meeting: Meeting, away: str, how: str
) -> None:
    page = await stage.phone(open_meeting, "Dana", **DESKTOP)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    await page.locator('[data-view-to="sets"]').evaluate("(button) => button.click()")
    await page.get_by_role("button", name="Start empty").click()
    field = page.locator('[data-view="sets"] [data-part="happened"] textarea')
    await field.fill("half a sentence")
    if how == "by the key":
        for _press in range(3):
            await page.keyboard.press("ShiftLeft")
    else:
        await page.get_by_role("link", name="Quick exit", exact=True).click(no_wait_after=True)
    await page.wait_for_url(away)
    assert asked == []
