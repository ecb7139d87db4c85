"""Several numbers on one sheet: each answered and covered by itself, each shown by itself."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.board import new_id, order
from tests.browser.desk import SECOND_MS, desk
from tests.browser.stage import Meeting, Stage, axe, sideways


async def worried(page: Page, meeting: Meeting, name: str) -> None:
    """A worry with its goal on the board."""
    id = new_id()
    await order(page, meeting, "set.start", id=id, scale=new_id())
    await order(page, meeting, "set.write", set=id, part="name", text=name, was=0)
    await order(page, meeting, "set.put-up", set=id)


async def chooses(phone: Page, number: int) -> None:
    await phone.locator(f'input[name="number"][value="{number}"]').check()
    await phone.get_by_role("button", name="Send my number").click()


async def test_a_sheet_is_answered_one_by_one_and_shown_one_by_one(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    wall = await stage.wall(open_meeting)
    phones = [await stage.phone(open_meeting, name, viewport={"width": 320, "height": 640}) for name in ("Dana", "Jo")]
    await worried(helen, open_meeting, "Drinking at weekends")
    await worried(helen, open_meeting, "Shouting at home")
    await order(helen, open_meeting, "person.expect", id=new_id(), name="Maureen", role="family", how="phone")
    await order(helen, open_meeting, "phase.go", phase="rate")
    drawer = helen.locator("[data-drawer]")
    await drawer.get_by_role("radio", name="With names").check()
    await drawer.get_by_label("Drinking at weekends").check()
    await expect(drawer.get_by_text("This sheet adds about 4 minutes.")).to_be_visible()
    await drawer.get_by_label("Shouting at home").check()
    assert await axe(helen) == []
    await drawer.get_by_role("button", name="Ask everyone").click()

    for phone, numbers in zip(phones, ((3, 4, 5), (6, 7, 8)), strict=True):
        sheet = phone.locator('[data-sheet="number"]')
        for place, number in enumerate(numbers, 1):
            here = sheet.locator('[aria-current="true"]')
            await expect(here).to_contain_text(f"{place} of 3", timeout=SECOND_MS)
            await chooses(phone, number)
        await expect(sheet.get_by_role("heading", name="Your number is in.")).to_be_visible(timeout=SECOND_MS)
        assert await axe(phone) == []
        assert await sideways(phone) <= 0
    # One goes back to the first, and changes it.
    sheet = phones[0].locator('[data-sheet="number"]')
    await sheet.get_by_role("button", name="1 of 3").click()
    await sheet.get_by_role("button", name="Change it").click()
    await chooses(phones[0], 2)
    await expect(sheet.get_by_role("heading", name="Your number is in.")).to_be_visible(timeout=SECOND_MS)

    # A number for somebody is for the one that is looked at.
    await drawer.get_by_role("button", name="2 of 3 Drinking at weekends").click()
    await drawer.get_by_role("button", name="A number for somebody").click()
    about = helen.get_by_label("What is it about?")
    await expect(about.locator("option:checked")).to_have_text("Drinking at weekends")
    await expect(about.locator("option")).to_have_count(3)
    assert await axe(helen) == []
    await helen.locator('[data-sheet="number-for"]').get_by_role("button", name="Back to the board").click()
    await drawer.get_by_role("button", name="1 of 3 How safe").click()

    # The first is shown, and the others stay blind.
    await expect(drawer.locator(".drawer__count:visible")).to_contain_text("2 of 3", timeout=SECOND_MS * 3)
    await drawer.get_by_role("button", name="Show everyone").click()
    await drawer.get_by_role("button", name="Show without them").click()
    await expect(wall.locator('[data-scene="round"]')).to_contain_text("from 2 to 6", timeout=SECOND_MS)
    await expect(phones[1].locator('[data-kind="mark"]')).to_have_count(2, timeout=SECOND_MS)
    await drawer.get_by_role("button", name="2 of 3 Drinking at weekends").click()
    await expect(drawer.locator(".drawer__count:visible")).to_contain_text("2 of 3")
    await drawer.get_by_role("button", name="Show everyone").click()
    await drawer.get_by_role("button", name="Show without them").click()
    await expect(wall.locator('[data-scene="round"]')).to_contain_text("Drinking at weekends", timeout=SECOND_MS)
    await expect(wall.locator('[data-scene="round"]')).to_contain_text("from 4 to 7")
    await expect(phones[1].get_by_role("heading", name="Drinking at weekends")).to_be_visible(timeout=SECOND_MS)
