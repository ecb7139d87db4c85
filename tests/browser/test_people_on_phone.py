"""What a person on a phone does besides cards: say whose words they bring, be heard quietly, look back, leave."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.board import box as place
from tests.browser.board import card, composer, go_to, listed, me, new_id, order, words, write
from tests.browser.stage import DESK, Meeting, Signboard, Stage, come_in, ready

LAPTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}


async def foot(page: Page, name: str) -> None:
    """A button of the bottom row, which makes room while somebody writes."""
    await page.evaluate("document.activeElement.blur()")
    await page.locator(".foot").get_by_role("button", name=name).click()


async def shows(page: Page, column: str) -> None:
    """This phone shows that column, once it has come to rest."""
    await expect(page.locator("section[data-column][data-shown]")).to_have_attribute("data-column", column)


# ---- whose words -----------------------------------------------------------------------------------------------------


async def test_a_childs_words_are_asked_for_before_there_is_a_box_to_write_in(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Sade", "agency")
    other = await stage.phone(open_meeting, "Maureen")
    await write(other, "Written before")
    box = composer(page)
    await box.get_by_role("button", name="A child’s words").click()
    await expect(words(page)).to_be_hidden()
    await box.get_by_label("Yes", exact=True).check()
    await expect(words(page)).to_be_visible()
    await write(page, "Mum does the funny voices.")
    await expect(box.locator("[data-left]")).to_have_text("Please say whose words they are.")
    await box.get_by_label("Whose words are they?").fill("Kofi")
    await box.get_by_label("When?", exact=True).fill("14 May")
    await words(page).press("Enter")
    for where in (page, other):
        voice = card(where, "Mum does the funny voices.")
        await expect(voice).to_contain_text("Kofi’s own words · said 14 May · brought by Sade · happy to share")
        assert (await listed(where))[0] == "Mum does the funny voices."


async def test_words_a_child_does_not_want_shared_have_no_box(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Sade", "agency")
    box = composer(page)
    await box.get_by_role("button", name="A child’s words").click()
    await box.get_by_label("No", exact=True).check()
    await expect(box.get_by_role("status")).to_contain_text(["Then these words stay with the child and with you."])
    await expect(words(page)).to_be_hidden()
    await box.get_by_role("button", name="A child’s words").click()
    await write(page, "My own words")
    await expect(card(page, "My own words")).to_contain_text("Saved")
    await expect(card(page, "My own words").locator(".card__from")).to_be_hidden()


async def test_an_advocate_always_says_whose_words_these_are(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    desk = await stage.facilitator(open_meeting)
    page = await stage.device()
    await page.goto(open_meeting.join)
    await come_in(page, "Sade", "agency")
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await ready(page)
    await order(desk, open_meeting, "person.role", person=await me(page), role="advocate")
    box = composer(page)
    await expect(box.get_by_label("Yes, this part")).to_be_visible()
    await expect(words(page)).to_be_hidden()
    await box.get_by_label("Yes, this part").check()
    await box.get_by_label("Whose words are they?").fill("Kofi")
    await write(page, "I put my hands over her ears.")
    await expect(card(page, "I put my hands")).to_contain_text("happy to share this part")
    # For the next card it is asked again.
    await expect(words(page)).to_be_hidden()
    # Taken back, and taken back again within the same moment: what counts is the last that was said.
    for role in ("family", "observer"):
        await order(desk, open_meeting, "person.role", person=await me(page), role=role)
        await expect(page.locator(f'body[data-role="{role}"]')).to_be_attached(timeout=5_000)
    await expect(composer(page)).to_have_count(0)


async def test_a_child_chooses_with_a_button_who_sees_it(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Ayaan", "child")
    other = await stage.phone(open_meeting, "Maureen")
    await words(page).fill("I read all the letters for Mum.")
    await words(page).press("Enter")
    await expect(words(page)).to_have_value("I read all the letters for Mum.\n")
    await words(page).fill("I read all the letters for Mum.")
    await composer(page).get_by_role("button", name="Keep for now").click()
    kept = card(page, "I read all the letters for Mum.")
    await expect(kept).to_contain_text("Only you see this.")
    await expect(kept).to_contain_text("Saved")
    await page.reload()
    await expect(kept).to_contain_text("Only you see this.")
    await expect(words(page)).to_have_value("")
    assert await listed(other) == []
    await kept.get_by_role("button", name="Show everyone").click()
    await expect(card(other, "I read all the letters for Mum.")).to_be_visible()
    await expect(kept.get_by_text("Only you see this.")).to_be_hidden()
    await words(page).fill("I am good at football")
    await composer(page).get_by_role("button", name="Show everyone").click()
    await expect(card(other, "I am good at football")).to_be_visible()


async def test_a_supporter_chooses_for_whom(stage: Stage, open_meeting: Meeting) -> None:
    dana = await stage.phone(open_meeting, "Dana")
    page = await stage.phone(open_meeting, "Lou", "supporter")
    await write(page, "She kept four of our five meetings")
    await expect(composer(page).locator("[data-left]")).to_have_text("Please choose for whom you are writing.")
    await expect(words(page)).to_have_value("She kept four of our five meetings")
    await composer(page).get_by_label("For whom are you writing?").select_option(label="Dana")
    await words(page).press("Enter")
    for where in (dana, page):
        await expect(card(where, "She kept four")).to_contain_text("Dana, typed by Lou")
    await expect(dana.get_by_role("button", name="Typed for you")).to_be_visible()
    # While she writes the whole row makes room, so this asks the button itself.
    await expect(page.locator('[data-open="typed"]')).to_have_attribute("hidden", "")


async def test_what_was_typed_for_me_i_confirm_together_or_correct(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    button = page.get_by_role("button", name="Typed for you")
    await expect(button).to_be_hidden()
    for text in ("I can stay over", "I fetched them in forty minutes"):
        fields = {"id": new_id(), "column": "needs", "text": text, "for": await me(page)}
        await order(desk, open_meeting, "card.add", **fields)
    await go_to(other, "needs")
    await expect(card(other, "I can stay over")).to_contain_text("Maureen, typed by Helen")
    await expect(card(other, "I can stay over")).to_contain_text("Not confirmed yet")
    await button.click()
    sheet = page.get_by_role("dialog", name="Typed for you")
    await sheet.locator("li", has_text="forty").get_by_role("button", name="Correct this one").click()
    field = page.locator(".change textarea")
    await expect(field).to_be_focused()
    await field.fill("I fetched them in twenty minutes")
    await field.press("Enter")
    await expect(card(other, "in twenty minutes")).not_to_contain_text("Not confirmed yet", use_inner_text=True)
    await foot(page, "Typed for you")
    await sheet.get_by_role("button", name="Yes, that is what I said").click()
    await expect(card(other, "I can stay over")).not_to_contain_text("Not confirmed yet", use_inner_text=True)
    await expect(button).to_be_hidden()


async def test_where_names_are_hidden_no_card_has_one(stage: Stage, signboard: Signboard) -> None:
    meeting = await signboard.meeting(admit="all", authors="hidden")
    page = await stage.phone(meeting, "Maureen")
    other = await stage.phone(meeting, "Dana")
    await expect(composer(page).get_by_text("Everyone here will see this, without names.")).to_be_visible()
    await write(page, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_contain_text("Saved")
    await expect(card(page, "Gran picks us up").get_by_role("button", name="Change")).to_be_visible()
    for where in (page, other):
        await expect(card(where, "Gran picks us up")).not_to_contain_text("Maureen", use_inner_text=True)


async def test_observers_and_interpreters_read_and_have_nothing_to_write_with(
    stage: Stage, open_meeting: Meeting
) -> None:
    writer = await stage.phone(open_meeting, "Maureen")
    page = await stage.phone(open_meeting, "Leila", "interpreter")
    await write(writer, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_be_visible()
    await expect(page.get_by_role("textbox")).to_have_count(0)
    await page.context.set_offline(True)
    await expect(page.locator("[data-link]")).to_contain_text("No connection.")
    await page.context.set_offline(False)
    await expect(page.locator("[data-link]")).to_be_hidden()


# ---- hand, people, quiet ---------------------------------------------------------------------------------------------


async def test_a_raised_hand_is_seen_by_everyone(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Jo", "agency")
    await foot(page, "Raise my hand")
    await foot(other, "Who is here")
    row = other.locator(".who__person", has_text="Maureen")
    await expect(row).to_contain_text("hand up")
    await expect(row).to_contain_text("Family or friend")
    await expect(other.locator(".who__person", has_text="Jo (you)")).to_be_visible()
    await foot(page, "Put my hand down")
    await expect(row).not_to_contain_text("hand up", use_inner_text=True)


async def test_i_change_what_people_call_me(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maurene")
    other = await stage.phone(open_meeting, "Dana")
    await write(page, "Gran picks us up")
    await expect(card(other, "Gran picks us up")).to_contain_text("Maurene")
    await foot(page, "Who is here")
    await page.get_by_label("What people call you").fill("Maureen")
    await page.get_by_role("button", name="Change my name").click()
    await expect(page.get_by_text("Your name is changed.")).to_be_visible()
    await expect(card(other, "Gran picks us up")).to_contain_text("Maureen")


async def test_quiet_words_reach_the_desk_alone(stage: Stage, open_meeting: Meeting) -> None:
    desk = await stage.facilitator(open_meeting)
    page = await stage.phone(open_meeting, "Dana")
    heard: list[str] = []
    for name in ("Maureen", "Jo"):
        other = await stage.device()
        other.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))),
        )
        await other.goto(open_meeting.join)
        await come_in(other, name)
        await other.wait_for_url(f"**/m/{open_meeting.room}")
        await ready(other)
    for choice in ("I need a break", "Please come and speak to me", "There is something I can’t say here"):
        await foot(page, "Tell Helen quietly")
        await page.get_by_role("dialog", name="Tell Helen quietly").get_by_role("button", name=choice).click()
        await expect(page.get_by_text("Helen has your quiet words. Nobody else does.")).to_be_visible()
    await foot(page, "Tell Helen quietly")
    await page.get_by_label("Or in your own words").fill("He is outside the door")
    await page.get_by_role("button", name="Tell Helen", exact=True).click()
    await expect(page.get_by_text("Helen has your quiet words. Nobody else does.")).to_be_visible()
    await expect(desk.get_by_text("He is outside the door")).to_have_count(1)
    await write(page, "For everyone")
    await expect(card(page, "For everyone")).to_contain_text("Saved")
    await foot(page, "Tell Helen quietly")
    await expect(page.get_by_label("Or in your own words")).to_have_value("")
    assert any("For everyone" in frame for frame in heard)
    assert not any(sign in frame for frame in heard for sign in ("outside the door", '"quiet"', "cannot-say"))


async def test_quiet_words_that_are_too_long_stay_where_they_are(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await foot(page, "Tell Helen quietly")
    sheet = page.get_by_role("dialog", name="Tell Helen quietly")
    await sheet.get_by_label("Or in your own words").fill("a" * 281)
    await sheet.get_by_role("button", name="Tell Helen", exact=True).click()
    await expect(sheet.locator("[data-left]")).to_contain_text("1 character too long.")
    await sheet.get_by_role("button", name="Back to the board").click()
    await page.reload()
    await foot(page, "Tell Helen quietly")
    await expect(sheet.get_by_label("Or in your own words")).to_have_value("a" * 281)


# ---- ready, break ----------------------------------------------------------------------------------------------------


async def test_who_has_just_been_let_in_is_asked_once_whether_they_are_ready(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.device()
    await page.goto(open_meeting.join)
    await come_in(page, "Dana")
    sheet = page.get_by_role("dialog", name="Ready to start?")
    await expect(sheet.get_by_role("button")).to_have_text(["Ready", "Give me a minute", "Please ring me first"])
    await expect(sheet).to_contain_text("Only the person running the meeting sees this.")
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_visible()
    await sheet.get_by_role("button", name="Give me a minute").click()
    await expect(sheet).to_be_hidden()
    await page.reload()
    await expect(page.get_by_text("Helen sees that you need a minute.")).to_be_visible()
    await expect(sheet).to_be_hidden()
    await page.get_by_role("button", name="I am ready").locator("visible=true").click()
    await expect(page.get_by_text("Helen sees that you need a minute.")).to_be_hidden()


async def test_a_break_stops_the_board_and_keeps_what_was_being_written(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await words(page).fill("Half a thought")
    other = await page.context.new_page()
    await other.goto(page.url)
    await expect(composer(other).get_by_role("button", name="Add")).to_be_visible()
    await order(desk, open_meeting, "break.start")
    sheet = page.get_by_role("dialog", name="We are having a break.")
    await expect(sheet).to_contain_text("Talk stops until everyone is back.")
    await expect(page.get_by_role("link", name="Quick exit", exact=True)).to_be_in_viewport(ratio=1)
    await sheet.get_by_role("button", name="Tell Helen quietly").click()
    quiet = page.get_by_role("dialog", name="Tell Helen quietly")
    await quiet.get_by_role("button", name="Please come and speak to me").click()
    await expect(page.get_by_text("Helen has your quiet words.")).to_be_visible()
    await sheet.get_by_role("button", name="I am ready").click()
    await expect(sheet).to_contain_text("Thank you. Helen sees that you are ready.")
    await page.reload()
    await expect(sheet).to_contain_text("Thank you.")
    await order(desk, open_meeting, "break.end")
    await expect(sheet).to_be_hidden()
    await expect(words(page)).to_have_value("Half a thought")
    # Whoever has answered once, on whichever device, is not asked again.
    await order(desk, open_meeting, "break.start")
    await expect(other.get_by_role("dialog", name="We are having a break.")).to_be_visible()
    await order(desk, open_meeting, "break.end")
    await expect(other.get_by_role("dialog", name="We are having a break.")).to_be_hidden()
    for where in (page, other):
        await expect(where.get_by_role("dialog", name="Ready to start?")).to_be_hidden()


# ---- following -------------------------------------------------------------------------------------------------------


async def test_a_phone_follows_the_meeting(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await expect(page.get_by_role("button", name="Now: Welcome")).to_be_visible()
    await order(desk, open_meeting, "phase.go", phase="worried")
    await expect(page.locator('section[data-column="worried"]')).to_be_visible()
    await expect(page.get_by_role("button", name="Now: Worries")).to_be_visible()
    await expect(page.locator('[data-tab="worried"]')).to_contain_text("the meeting is here")
    await page.get_by_role("button", name="Now: Worries").click()
    agenda = page.get_by_role("dialog", name="Where we are")
    await expect(agenda.locator('[aria-current="step"]')).to_contain_text("Worries")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(page.locator('section[data-column="worried"]')).to_be_visible()


async def test_it_never_turns_while_somebody_writes_or_looks_back(stage: Stage, open_meeting: Meeting) -> None:
    writes = await stage.phone(open_meeting, "Dana")
    looks = await stage.phone(open_meeting, "Maureen")
    desk = await stage.facilitator(open_meeting)
    await order(desk, open_meeting, "phase.go", phase="well")
    await expect(writes.get_by_role("button", name="Now: Working well")).to_be_visible()
    await words(writes).fill("Half a")
    await go_to(looks, "needs")
    await order(desk, open_meeting, "phase.go", phase="worried")
    for page, stays in ((writes, "well"), (looks, "needs")):
        await expect(page.get_by_text("Helen has moved on to Worries.")).to_be_visible()
        await shows(page, stays)
    await expect(words(writes)).to_have_value("Half a")
    await writes.get_by_role("button", name="Go there").click()
    await shows(writes, "worried")
    await expect(writes.get_by_text("Helen has moved on to Worries.")).to_be_hidden()
    await looks.reload()
    await shows(looks, "needs")
    await go_to(looks, "worried")
    await order(desk, open_meeting, "phase.go", phase="needs")
    await expect(looks.locator('section[data-column="needs"]')).to_be_visible()
    await go_to(writes, "well")
    await expect(words(writes)).to_have_value("Half a")


async def test_an_empty_input_follows_the_meeting_and_stays_ready_to_be_written_in(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await order(desk, open_meeting, "phase.go", phase="well")
    await expect(page.get_by_role("button", name="Now: Working well")).to_be_visible()
    await write(page, "Gran picks us up")
    await expect(words(page)).to_be_focused()
    await order(desk, open_meeting, "phase.go", phase="worried")
    await expect(page.locator('section[data-column="worried"]')).to_be_visible()
    await expect(words(page, "worried")).to_be_focused()
    await page.keyboard.type("He has a key")
    await expect(words(page, "worried")).to_have_value("He has a key")


async def test_a_dot_says_that_something_is_new_elsewhere(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    other = await stage.phone(open_meeting, "Maureen")
    await go_to(other, "needs")
    await write(other, "I can stay over", "needs")
    dot = page.locator('[data-tab="needs"] [data-new]')
    await expect(dot).to_be_visible()
    await expect(page.locator('[data-tab="worried"] [data-new]')).to_be_hidden()
    await go_to(page, "needs")
    await expect(dot).to_be_hidden()


async def test_what_is_talked_about_stands_on_top(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await write(page, "Gran picks us up. " * 50)
    await expect(card(page, "Gran picks us up.")).to_contain_text("Saved")
    key = await card(page, "Gran picks us up.").get_attribute("data-key")
    await order(desk, open_meeting, "about.show", about={"kind": "card", "id": key})
    strip = page.get_by_role("region", name="We are talking about this")
    await expect(strip).to_contain_text("Gran picks us up.")
    await expect(strip).to_contain_text("Dana")
    assert (await place(strip))["height"] <= 844 / 3 + 1
    await order(desk, open_meeting, "about.show", about=None)
    await expect(strip).to_be_hidden()


# ---- closed, ended, gone ---------------------------------------------------------------------------------------------


async def test_where_adding_is_closed_a_thought_is_kept_for_later(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    writer = await stage.phone(open_meeting, "Maureen")
    desk = await stage.facilitator(open_meeting)
    await words(writer).fill("Half a thought")
    await order(desk, open_meeting, "column.close")
    for where in (page, writer):
        await expect(composer(where).get_by_text("Helen has closed adding for now.")).to_be_visible()
    await expect(words(writer)).to_have_value("Half a thought")
    await expect(words(page)).to_be_hidden()
    await composer(page).get_by_role("button", name="Keep a thought for next time").click()
    await expect(composer(page).get_by_role("button", name="Add")).to_be_hidden()
    await words(page).fill("Ask about Saturdays")
    await words(page).press("Enter")
    await page.get_by_role("button", name="Still open").click()
    await expect(page.locator("[data-later-thoughts]")).to_contain_text("Ask about Saturdays")
    await expect(writer.get_by_role("button", name="Still open")).to_be_hidden()
    await order(desk, open_meeting, "column.open")
    await page.get_by_role("button", name="Board", exact=True).click()
    await words(writer).press("Enter")
    await expect(card(page, "Half a thought")).to_be_visible()


async def test_what_a_child_kept_and_took_back_comes_back_for_ten_seconds(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Ayaan", "child")
    await words(page).fill("Not for now")
    await composer(page).get_by_role("button", name="Keep for now").click()
    kept = card(page, "Not for now")
    await kept.get_by_role("button", name="More for this card").click()
    await page.get_by_role("button", name="Take back").click()
    await expect(kept).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(kept).to_contain_text("Only you see this.")


async def test_once_a_meeting_has_ended_nothing_but_thanks_is_left(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await write(page, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_contain_text("Saved")
    await order(desk, open_meeting, "after.set", next="15 June, 10:00", ring="Tom, 01632 960123")
    await order(desk, open_meeting, "meeting.close")
    for _look in ("live", "reloaded"):
        await expect(page.get_by_role("heading", name="Thank you. This meeting has ended.")).to_be_visible()
        await expect(page.get_by_text("15 June, 10:00")).to_be_visible()
        await expect(page.get_by_text("Tom, 01632 960123")).to_be_visible()
        await expect(page.get_by_role("textbox")).to_have_count(0)
        await expect(page.get_by_role("button", name="Raise my hand")).to_be_hidden()
        assert "Gran picks us up" not in await page.content()
        await page.reload()
    await order(desk, open_meeting, "meeting.reopen")
    await expect(card(page, "Gran picks us up")).to_be_visible()
    await expect(page.get_by_role("textbox")).to_be_visible()


async def test_who_is_removed_sees_nothing_of_the_board_any_more(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await write(page, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_contain_text("Saved")
    key = await card(page, "Gran picks us up").get_attribute("data-key")
    await order(desk, open_meeting, "about.show", about={"kind": "card", "id": key})
    await expect(page.get_by_role("region", name="We are talking about this")).to_contain_text("Gran picks us up")
    await write(page, "Not this")
    await card(page, "Not this").get_by_role("button", name="More for this card").click()
    await page.get_by_role("button", name="Take back").click()
    await expect(page.locator(".strip__line")).to_be_visible()
    await order(desk, open_meeting, "person.remove", person=await me(page))
    await expect(page.get_by_role("dialog", name="You are no longer in this meeting.")).to_be_visible()
    await expect(page.get_by_text("Please ring the person who invited you.")).to_be_visible()
    await expect(page.locator(".strip__line")).to_have_count(0)
    assert "Gran picks us up" not in await page.content()


async def test_leaving_the_meeting_wipes_this_device_like_quick_exit(
    stage: Stage, open_meeting: Meeting, away: str
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    other = await stage.phone(open_meeting, "Maureen")
    await write(page, "Gran picks us up")
    await expect(card(other, "Gran picks us up")).to_be_visible()
    board = page.url
    await words(page).fill("Not sent")
    await foot(page, "Who is here")
    await page.get_by_role("button", name="Leave the meeting").click()
    await page.wait_for_url(away)
    assert [one for one in await page.context.cookies() if open_meeting.room in str(one.get("name"))] == []
    await page.goto(board)
    await expect(page.get_by_role("heading", name="Join a meeting")).to_be_visible()
    assert await page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    await foot(other, "Who is here")
    await expect(other.locator(".who__person", has_text="Dana")).to_have_count(0)
    await expect(card(other, "Gran picks us up")).to_have_count(1)


async def test_leaving_without_a_connection_says_so_and_keeps_the_page(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await foot(page, "Who is here")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Leave the meeting").click()
    await expect(page.get_by_text("There is no connection to sign you out.")).to_be_visible()
    await page.context.set_offline(False)


async def test_where_a_browser_does_not_know_inert_the_focus_stays_in_the_sheet(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await page.add_init_script("delete HTMLElement.prototype.inert")
    await page.reload()
    await page.locator('main[data-state="open"]').wait_for(state="attached")
    await foot(page, "Who is here")
    under = page.locator("[data-under]")
    await expect(under).to_have_attribute("aria-hidden", "true")
    await expect(under).not_to_have_attribute("inert", "")
    await words(page).focus()
    await expect(page.get_by_role("heading", name="Who is here")).to_be_focused()
    await page.keyboard.press("Escape")
    await words(page).focus()
    await expect(words(page)).to_be_focused()
