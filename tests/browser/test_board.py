"""The board on phones: written on by three people at once, and nothing that anybody typed is ever lost."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.board import box, card, composer, go_to, listed, new_id, order, words, write
from tests.browser.stage import DESK, Meeting, Signboard, Stage, come_in, ready

LAPTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
LONG_AT_PX = 96
"""A long card that was gone to begins at most this far below the top of its list."""


async def tab_of(page: Page) -> Page:
    """Another tab of the same person's browser, with a name of its own."""
    other = await page.context.new_page()
    await other.goto(page.url)
    return other


async def first_key(page: Page) -> str:
    """The name of the first card of working well."""
    first = page.locator('[data-cards="well"] > .card').first
    return str(await first.get_attribute("data-key"))


# ---- writing ---------------------------------------------------------------------------------------------------------


async def test_what_one_writes_all_see(stage: Stage, open_meeting: Meeting) -> None:
    maureen = await stage.phone(open_meeting, "Maureen")
    dana = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await write(maureen, "Gran picks us up")
    for page in (maureen, dana, desk):
        await expect(card(page, "Gran picks us up", "well")).to_contain_text("Maureen")
    own = card(maureen, "Gran picks us up")
    await expect(own).to_contain_text("Saved")
    await expect(own.get_by_role("button", name="Change")).to_be_visible()
    others = card(dana, "Gran picks us up").get_by_role("button")
    await expect(others).to_have_count(1)
    await expect(others).to_have_text("I don’t understand this")
    await expect(words(maureen)).to_have_value("")
    await expect(words(maureen)).to_be_focused()


async def test_shift_and_enter_break_the_line_and_the_field_grows_to_five(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    field = words(page)
    await field.fill("One")
    one = (await box(field))["height"]
    heights = []
    for line in ("Two", "Three", "Four", "Five", "Six", "Seven"):
        await field.press("Shift+Enter")
        await field.press_sequentially(line)
        heights.append((await box(field))["height"])
    assert one < heights[0] < heights[1] < heights[2] < heights[3]
    assert heights[4] == heights[5] < 5.7 * one
    await field.press("Enter")
    await expect(card(page, "Seven").locator(".card__words")).to_have_text("One\nTwo\nThree\nFour\nFive\nSix\nSeven")


async def test_a_card_shows_before_the_server_has_it_and_says_so(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await page.context.set_offline(True)
    await expect(page.locator("[data-link]")).to_contain_text("No connection. Keep writing, it is kept here.")
    await write(page, "Written in the tunnel")
    mine = card(page, "Written in the tunnel")
    await expect(mine).to_contain_text("Kept here, not sent yet")
    await expect(page.locator("[data-link]")).to_contain_text("1 thing is not sent yet.")
    key = await mine.get_attribute("data-key")
    await page.context.set_offline(False)
    await expect(mine).to_contain_text("Saved")
    assert await mine.get_attribute("data-key") == key
    await expect(page.locator("[data-link]")).to_be_hidden()


async def test_empty_and_too_long_say_so_and_lose_nothing(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    left = composer(page).locator("[data-left]")
    await write(page, "   ")
    await expect(left).to_have_text("There is nothing written yet.")
    await expect(words(page)).to_have_value("   ")
    await words(page).fill("a" * 800)
    await expect(left).to_have_text("")
    await words(page).fill("a" * 950)
    await expect(left).to_have_text("50 left")
    # What looks like one sign counts as one.
    long = "🙂" * 1001
    await write(page, long)
    await expect(left).to_have_text("1 character too long. Please make it shorter, or use two cards.")
    await expect(words(page)).to_have_value(long)
    await write(page, long[1:])
    await expect(card(page, "🙂")).to_contain_text("Saved")


async def test_words_the_server_refuses_come_back_with_a_reason(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    bad = "A hidden \u0001 sign"
    await write(page, bad)
    await expect(composer(page).locator("[data-left]")).to_contain_text("There is a hidden sign in the text")
    await expect(words(page)).to_have_value(bad)
    assert await listed(page) == []


# ---- nothing is lost -------------------------------------------------------------------------------------------------


async def test_a_reload_in_the_middle_of_a_sentence_keeps_it(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await go_to(page, "worried")
    await words(page, "worried").press_sequentially("I am worried he will")
    await page.reload()
    await expect(words(page, "worried")).to_have_value("I am worried he will")
    await words(page, "worried").focus()
    await page.keyboard.press("End")
    await words(page, "worried").press_sequentially(" talk his way back in.")
    await words(page, "worried").press("Enter")
    await expect(card(page, "I am worried he will talk his way back in.", "worried")).to_contain_text("Saved")
    await page.reload()
    await expect(words(page, "worried")).to_have_value("")


async def test_leaving_the_page_and_coming_back_keeps_what_was_written(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    board = page.url
    await words(page).press_sequentially("Half a thought")
    await page.goto(f"{signboard.url}/safe")
    await page.goto(board)
    await expect(words(page)).to_have_value("Half a thought")


async def test_a_server_that_restarts_in_the_middle_loses_nothing(own_stage: Stage, own_server: Signboard) -> None:
    meeting = await own_server.meeting(admit="all")
    maureen = await own_stage.phone(meeting, "Maureen")
    dana = await own_stage.phone(meeting, "Dana")
    await write(maureen, "Before")
    await expect(card(dana, "Before")).to_be_visible()
    await words(dana).fill("Half written")
    await own_server.stop()
    await expect(maureen.locator("[data-link]")).to_contain_text("No connection.", timeout=15_000)
    await write(maureen, "While it was away")
    await expect(card(maureen, "While it was away")).to_contain_text("Kept here, not sent yet")
    await own_server.start()
    await expect(card(maureen, "While it was away")).to_contain_text("Saved", timeout=30_000)
    await expect(card(dana, "While it was away")).to_be_visible(timeout=30_000)
    assert await listed(dana) == ["Before", "While it was away"]
    await expect(words(dana)).to_have_value("Half written")


async def test_what_was_sent_and_not_answered_is_sent_again_after_a_reload(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await page.context.set_offline(True)
    await expect(page.locator("[data-link]")).to_contain_text("No connection.")
    await write(page, "Written in the tunnel")
    await expect(card(page, "Written in the tunnel")).to_be_visible()
    # Nothing of it leaves this page any more, though the network is back before the next one is there.
    await page.evaluate("window.WebSocket = class extends EventTarget { close() {} send() {} }; window.stop()")
    await page.context.set_offline(False)
    await page.reload()
    await expect(card(page, "Written in the tunnel")).to_contain_text("Saved")
    assert await listed(page) == ["Written in the tunnel"]


async def test_two_tabs_of_one_person_are_one_person(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await tab_of(page)
    await write(page, "From the first tab")
    await expect(card(other, "From the first tab").get_by_role("button", name="Change")).to_be_visible()
    await words(page).blur()
    await page.locator('[data-open="who"]').click()
    await expect(page.locator(".who__person", has_text="Maureen")).to_have_count(1)


async def test_a_duplicated_tab_loses_no_card_and_doubles_none(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await write(page, "First")
    await expect(card(page, "First")).to_contain_text("Saved")
    kept = await page.evaluate("JSON.stringify(sessionStorage)")
    other = await page.context.new_page()
    await other.add_init_script(
        f"if (!sessionStorage.length) for (const [k, v] of Object.entries({kept})) sessionStorage.setItem(k, v)"
    )
    await other.goto(page.url)
    await expect(card(other, "First")).to_be_visible()
    await write(page, "Second, from the first tab")
    await expect(card(page, "Second, from the first tab")).to_contain_text("Saved")
    await write(other, "Second, from its copy")
    await expect(card(other, "Second, from its copy")).to_contain_text("Saved", timeout=15_000)
    await expect(card(page, "Second, from its copy")).to_be_visible()
    assert sorted(await listed(page)) == ["First", "Second, from its copy", "Second, from the first tab"]


async def test_nothing_that_others_do_touches_what_i_am_writing(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    desk = await stage.facilitator(open_meeting)
    field = words(page)
    await field.fill("I fetched both children")
    await field.evaluate("el => el.setSelectionRange(2, 9)")
    for n in range(6):
        await order(desk, open_meeting, "card.add", id=new_id(), column="well", text=f"Card number {n}")
    await order(desk, open_meeting, "phase.go", phase="worried")
    await order(desk, open_meeting, "about.show", about={"kind": "card", "id": await first_key(page)})
    await order(desk, open_meeting, "column.close")
    await expect(composer(page).get_by_text("Helen has closed adding for now.")).to_be_visible()
    await expect(field).to_be_focused()
    await expect(field).to_have_value("I fetched both children")
    assert await field.evaluate("el => [el.selectionStart, el.selectionEnd]") == [2, 9]


# ---- reading ---------------------------------------------------------------------------------------------------------


async def test_new_cards_below_never_move_the_list(stage: Stage, open_meeting: Meeting) -> None:
    reader = await stage.phone(open_meeting, "Dana")
    writer = await stage.phone(open_meeting, "Maureen")
    for n in range(12):
        await write(writer, f"Card number {n}")
    await expect(card(reader, "Card number 11")).to_have_count(1)
    await reader.reload()
    seen = reader.locator('[data-column="well"] [data-scroll]')
    await seen.evaluate("el => el.scrollTop = 150")
    pill = reader.locator('[data-column="well"] [data-pill]')
    top = (await box(card(reader, "Card number 3")))["y"]
    for n in range(3):
        await write(writer, f"New number {n}")
    await expect(card(reader, "New number 2")).to_have_count(1)
    assert (await box(card(reader, "Card number 3")))["y"] == top
    await expect(pill).to_contain_text("new below")
    # Beside the list and the input, never on a card's buttons.
    ends, row = await box(seen), await box(pill)
    assert ends["y"] + ends["height"] <= row["y"]
    assert row["y"] + row["height"] <= (await box(composer(reader)))["y"]
    await pill.click()
    await expect(card(reader, "New number 0")).to_be_in_viewport()
    await seen.evaluate("el => el.scrollTop = el.scrollHeight")
    await expect(pill).to_be_hidden()


async def test_a_new_card_longer_than_the_list_is_read_once_its_end_is(stage: Stage, open_meeting: Meeting) -> None:
    reader = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 568})
    writer = await stage.phone(open_meeting, "Maureen")
    for n in range(4):
        await write(writer, f"Card number {n}")
    await expect(card(reader, "Card number 3")).to_have_count(1)
    await reader.reload()
    await reader.locator('main[data-state="open"]').wait_for(state="attached")
    seen = reader.locator('[data-column="well"] [data-scroll]')
    pill = reader.locator('[data-column="well"] [data-pill]')
    await write(writer, f"Long {'and long ' * 110}")
    await expect(card(reader, "Long and")).to_have_count(1)
    await expect(pill).to_have_text("1 new below")
    assert (await box(card(reader, "Long and")))["height"] > 2 * (await box(seen))["height"]
    await pill.click()
    # From its beginning.
    assert 0 <= (await box(card(reader, "Long and")))["y"] - (await box(seen))["y"] <= LONG_AT_PX
    await expect(pill).to_be_hidden()
    await write(writer, f"Other {'and other ' * 100}")
    await expect(pill).to_have_text("1 new below")
    await seen.evaluate("el => el.scrollTop = el.scrollHeight")
    await expect(pill).to_be_hidden()


async def test_a_card_that_comes_above_does_not_push_what_is_read(stage: Stage, open_meeting: Meeting) -> None:
    reader = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    for n in range(12):
        await order(desk, open_meeting, "card.add", id=new_id(), column="well", text=f"Card number {n}")
    await expect(card(reader, "Card number 11")).to_have_count(1)
    await reader.locator('[data-column="well"] [data-scroll]').evaluate("el => el.scrollTop = 200")
    top = (await box(card(reader, "Card number 6")))["y"]
    voice = {"whose": "Kofi", "agreed": "yes"}
    await order(desk, open_meeting, "card.add", id=new_id(), column="well", text="Funny voices", voice=voice)
    await expect(card(reader, "Funny voices")).to_have_count(1)
    assert (await listed(reader))[0] == "Funny voices"
    assert abs((await box(card(reader, "Card number 6")))["y"] - top) < 1


async def test_others_cards_are_told_together_and_politely(stage: Stage, open_meeting: Meeting) -> None:
    listener = await stage.phone(open_meeting, "Dana")
    writer = await stage.phone(open_meeting, "Maureen")
    for n in range(3):
        await write(writer, f"Card number {n}")
    said = listener.locator('[role="status"].unseen', has_text="new cards in")
    await expect(said).to_have_text("3 new cards in Working well.", timeout=8_000)


async def test_no_column_shows_a_total(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    for n in "abcdefg":
        await write(page, f"Card {n}")
    await expect(card(other, "Card g")).to_have_count(1)
    for place in ("[data-tab]", ".column__head"):
        assert not any(any(sign.isdigit() for sign in text) for text in await other.locator(place).all_inner_texts())


async def test_three_columns_stand_side_by_side_on_a_laptop(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Anya", "agency", **LAPTOP)
    lefts = [(await box(section))["x"] for section in await page.locator("section[data-column]").all()]
    assert lefts == sorted(set(lefts))
    await expect(page.locator("[data-tab]").first).to_be_hidden()
    for column in ("well", "worried", "needs"):
        await write(page, f"In {column}", column)
        await expect(card(page, f"In {column}", column)).to_contain_text("Saved")


async def test_the_board_is_read_without_scripts(stage: Stage, open_meeting: Meeting, away: str) -> None:
    writer = await stage.phone(open_meeting, "Maureen")
    await write(writer, "Gran picks us up")
    await expect(card(writer, "Gran picks us up")).to_contain_text("Saved")
    await go_to(writer, "needs")
    await write(writer, "I can stay over every Friday", "needs")
    await expect(card(writer, "I can stay over")).to_contain_text("Saved")
    page = await stage.device(java_script_enabled=False)
    await page.goto(open_meeting.join)
    await page.get_by_label("What should people call you?").fill("Dana")
    await page.get_by_label("Family or friend").check()
    await page.get_by_role("button", name="Ask to come in").click()
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await expect(page.get_by_text("Gran picks us up")).to_be_visible()
    await expect(page.get_by_text("I can stay over every Friday")).to_be_visible()
    await expect(page.locator(".still")).to_be_visible()
    await expect(page.get_by_role("textbox")).to_have_count(0)
    await page.get_by_role("link", name="Quick exit", exact=True).click()
    await page.wait_for_url(away)


async def test_the_first_paint_does_not_jump_when_the_scripts_take_over(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Sade", "agency")
    voice = {"whose": "Kofi", "agreed": "yes", "when": "14 May", "brought_by": "Sade"}
    await order(other, open_meeting, "card.add", id=new_id(), column="well", text="Funny voices", voice=voice)
    await write(page, "Gran picks us up")
    await order(other, open_meeting, "card.add", id=new_id(), column="well", text="He is in school nearly every day")
    await expect(card(page, "He is in school")).to_have_count(1)
    places = """[...document.querySelectorAll(".card, .composer, .tab, .foot, .column__question")].map(
      (el) => el.innerText + JSON.stringify(el.getBoundingClientRect()))"""
    await words(page).blur()
    await expect(page.locator(".foot")).to_be_visible()
    painted = await page.evaluate(places)
    await page.route("**/js/board.js", lambda route: route.abort())
    await page.reload()
    assert await page.evaluate(places) == painted


async def test_where_websockets_are_cut_the_board_lives_on_a_stream(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.device()
    await page.add_init_script(
        "window.WebSocket = class extends EventTarget { constructor() { super();"
        " setTimeout(() => this.onclose?.(new CloseEvent('close', {code: 1006}))); } send() {} close() {} };"
    )
    other = await stage.phone(open_meeting, "Dana")
    await page.goto(open_meeting.join)
    await come_in(page, "Maureen")
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await ready(page)
    await write(page, "By the other road")
    await expect(card(page, "By the other road")).to_contain_text("Saved")
    await expect(card(other, "By the other road")).to_be_visible()
    await write(other, "And back")
    await expect(card(page, "And back")).to_be_visible()
