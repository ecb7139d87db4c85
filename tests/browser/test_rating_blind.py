"""Blind means blind: before the reveal no screen but its giver's learns of a number, afterwards only what was told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.numbers import NEXT_COUNT_MS, Room, bar, choose, give, read_out, room_of, send, sheet
from tests.browser.stage import Meeting, Stage

REASON = "canary words that only Dana typed"
ARABIC = "الأطفال يبقون عندي في نهاية الأسبوع"
RATING_BYTES = 2048


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk."""
    async with room_of(stage, open_meeting) as made:
        yield made


async def test_nobody_but_its_giver_learns_a_number_before_all_are_shown(room: Room) -> None:
    dana, gran, wall = await room.phone("Dana"), await room.phone("Maureen"), await room.wall()
    await room.ask()
    await give(dana.page, 7, REASON, share=True)
    for screen in (room.desk, wall):
        await expect(screen.page.get_by_text("1 of 2 has answered").first).to_be_visible(timeout=NEXT_COUNT_MS)
    for screen in (room.desk, gran, wall):
        seen = await screen.everything()
        assert "canary" not in seen
        assert '"value":7' not in seen
        assert screen.ratings() == []
    await give(gran.page, 3)
    await room.show()
    for screen in (room.desk, dana, gran, wall):
        await expect(screen.page.locator(".numberline__list > li").first).to_have_text("Dana: 7")
        assert await read_out(screen.page) == ["Dana: 7", "Maureen: 3"]


async def test_all_numbers_come_to_everyone_in_one_change(room: Room) -> None:
    dana, gran, wall = await room.phone("Dana"), await room.phone("Maureen"), await room.wall()
    await room.ask()
    await give(dana.page, 7)
    await give(gran.page, 3)
    await room.show()
    for screen in (room.desk, wall):
        await expect(screen.page.locator(".numberline__list > li")).to_have_count(2)
        changes = [frame for frame in screen.heard if '"rating"' in frame]
        assert len(changes) == 1
        put = json.loads(changes[0])["put"]
        assert (len(put["rating"]), next(iter(put["round"].values()))["state"]) == (2, "shown")


async def test_every_answer_is_sent_at_one_length(room: Room) -> None:
    dana = await room.phone("Dana")
    await room.ask()
    answers: list[tuple[int | str, str]] = [
        (0, ""),
        (10, "They stay with me at weekends"),
        ("not-sure", ARABIC),
        ("rather-not", ""),
        (5, 'He said "no"\nand left'),
        (10, "🧡" * 280),
    ]
    for value, reason in answers:
        await choose(dana.page, value)
        await dana.page.get_by_label("What makes it that number?").fill(reason)
        await send(dana.page)
        await dana.page.get_by_role("button", name="Change it").click()
    sent = [frame for frame in dana.sent if '"rating.set"' in frame]
    assert len(sent) == len(answers)
    assert {len(frame.encode()) for frame in sent} == {RATING_BYTES}


async def test_what_a_giver_gets_back_is_one_length_too(room: Room) -> None:
    dana = await room.phone("Dana")
    await room.ask()
    answers: list[tuple[int | str, str]] = [(0, ""), (10, ARABIC), ("rather-not", "They stay with me")]
    for value, reason in answers:
        await give(dana.page, value, reason)
        await dana.page.get_by_role("button", name="Change it").click()
    own = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in dana.ratings()]
    assert len(own) == 3
    assert len({len(part.encode()) for part in own}) == 1


async def test_once_sent_a_number_is_neither_on_the_page_nor_kept_in_the_tab(room: Room) -> None:
    dana = await room.phone("Dana")
    await room.ask()
    await give(dana.page, 7, REASON)
    kept = await dana.page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    assert "rating.set" not in kept
    assert "canary" not in kept
    assert await sheet(dana.page).locator("input[name=number]:checked").count() == 0
    assert await sheet(dana.page).locator("[data-cover-number]").inner_text() == ""
    await dana.page.reload()
    await expect(bar(dana.page)).to_contain_text("Your number is in.")
    await expect(sheet(dana.page)).to_be_hidden()
    assert "canary" not in await dana.page.evaluate("document.body.innerText")


async def test_a_cancelled_round_leaves_nothing_of_any_number(room: Room) -> None:
    dana, gran, wall = await room.phone("Dana"), await room.phone("Maureen"), await room.wall()
    await room.ask()
    await give(dana.page, 7, REASON, share=True)
    await room.desk.page.get_by_role("button", name="Cancel, nobody will see").click()
    await room.desk.page.get_by_role("button", name="Throw them away").click()
    thrown = "Helen stopped this one. Your number has been thrown away. Nobody saw it."
    await expect(dana.page.get_by_text(thrown)).to_be_visible()
    await expect(gran.page.get_by_text("Helen stopped this one. Nobody saw any number.")).to_be_visible()
    await expect(sheet(dana.page)).to_be_hidden()
    await expect(wall.page.locator('[data-scene="round"]')).to_be_hidden()
    for screen in (room.desk, gran, wall):
        assert "canary" not in await screen.everything()
    late = await room.phone("Lee")
    assert late.ratings() == []
    await dana.page.reload()
    await dana.page.wait_for_timeout(500)
    assert "canary" not in await dana.page.evaluate("JSON.stringify({ ...sessionStorage }) + document.body.innerText")


async def test_what_was_said_of_a_round_goes_with_it_and_the_end_says_what_became_of_a_number(room: Room) -> None:
    dana, gran = await room.phone("Dana"), await room.phone("Maureen")
    scale = next(iter(room.helen.parts["scale"]))
    for id in ("round001", "round002"):
        await room.helen.ask("round.open", id=id, scale=scale, show="named")
        await expect(sheet(dana.page)).to_be_visible()
        await expect(dana.page.locator(".strip")).to_be_hidden()
        if id == "round001":
            await room.helen.ask("round.cancel", round=id)
            await expect(dana.page.locator(".strip")).to_contain_text("Helen stopped this one.")
    await choose(dana.page, 7, REASON)
    await give(gran.page, 3)
    await room.helen.ask("meeting.close")
    over = "Helen has ended the meeting before the numbers were shown."
    kept = "Yours was not sent. What you had begun stays here, in case the meeting goes on."
    await expect(dana.page.locator(".strip")).to_have_text(f"{over} {kept}")
    await expect(gran.page.locator(".strip")).to_have_text(f"{over} Nobody else has seen yours.")
    await expect(sheet(dana.page)).to_be_hidden()
    await room.helen.ask("meeting.reopen")
    await expect(dana.page.locator(".strip")).to_be_hidden()
    await bar(dana.page).get_by_role("button", name="Choose mine").click()
    await expect(sheet(dana.page).locator('input[value="7"]')).to_be_checked()
    await expect(dana.page.get_by_label("What makes it that number?")).to_have_value(REASON)


async def test_by_role_nobody_is_named_and_who_is_alone_is_someone(room: Room) -> None:
    dana, wall = await room.phone("Dana"), await room.wall()
    gran, jo = await room.people.comes("Maureen"), await room.people.comes("Jo", "agency")
    await room.ask("By role")
    await expect(dana.page.get_by_text("2 people answer as “Family or friend”.")).to_be_visible()
    await give(dana.page, 3, REASON)
    await gran.ask("rating.set", round=room.round, value=3)
    await jo.ask("rating.set", round=room.round, value=7)
    await room.show()
    for screen in (room.desk, dana, wall):
        await expect(screen.page.locator(".numberline__list > li")).to_have_count(3)
        assert await read_out(screen.page) == ["Someone: 7", "Family or friend: 3", "Family or friend: 3"]
    for screen in (room.desk, wall):
        assert "canary" not in await screen.everything()
        assert all("person" not in one and "reason" not in one for one in screen.ratings())


async def test_marks_only_say_nothing_of_who_chose_them(room: Room) -> None:
    dana, wall = await room.phone("Dana"), await room.wall()
    for name, value in (("Maureen", 3), ("Jo", 9)):
        guest = await room.people.comes(name, "agency" if name == "Jo" else "family")
        if name == "Maureen":
            await room.ask("Only the marks")
        await guest.ask("rating.set", round=room.round, value=value)
    await expect(dana.page.get_by_text("Your words are not shown.")).to_be_visible()
    await give(dana.page, 7, REASON)
    await room.show()
    for screen in (room.desk, dana, wall):
        await expect(screen.page.locator(".numberline__list > li")).to_have_count(3)
        assert await read_out(screen.page) == ["9", "7", "3"]
    assert {frozenset(one) for one in wall.ratings()} == {frozenset({"id", "round", "value"})}
    assert "canary" not in await wall.everything()


async def test_a_number_typed_for_somebody_is_held_by_nobody_until_all_are_shown(room: Room) -> None:
    dana, wall = await room.phone("Dana"), await room.wall()
    await room.helen.ask("person.expect", id="maureen0", name="Maureen", role="family", how="phone")
    await room.ask()
    await room.desk.page.get_by_role("button", name="A number for somebody").click()
    form = room.desk.page.locator('[data-sheet="number-for"]')
    await form.get_by_label("Whose number is it?").select_option(label="Maureen")
    await form.get_by_label("Which number?").select_option(label="8")
    await form.get_by_label("How did it come?").select_option(label="Sent in by letter")
    await form.get_by_role("button", name="Put it in").click()
    await expect(form.get_by_role("alert")).to_have_text("Say when it was sent in.")
    await form.get_by_label("When was it sent in?").fill("14 May")
    await form.get_by_role("button", name="Put it in").click()
    await expect(room.desk.page.get_by_text("The number for Maureen is in.")).to_be_visible()
    assert await form.get_by_label("Which number?").input_value() == ""
    for screen in (room.desk, dana, wall):
        assert screen.ratings() == []
        assert '"value":8' not in await screen.everything()
    assert {len(frame.encode()) for frame in room.desk.sent if '"rating.set"' in frame} == {RATING_BYTES}
    await room.desk.page.keyboard.press("Escape")
    await give(dana.page, 5)
    await room.show()
    await expect(wall.page.locator(".numberline__list > li")).to_have_text(
        ["Maureen: 8, sent in, 14 May, by letter", "Dana: 5"]
    )
