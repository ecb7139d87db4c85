"""What the board shows: the columns, the worries and goals in words, or the next steps, as the meeting goes there."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.desk import SECOND_MS, desk
from tests.browser.stage import Meeting, Stage, axe, sideways


async def test_phone_and_desk_show_what_the_meeting_is_at(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen", viewport={"width": 320, "height": 640})
    row = phone.get_by_role("navigation", name="Parts of the board")
    await expect(row).to_be_hidden()

    await page.locator('[data-go-to="statements"]').click()
    for screen in (page, phone):
        await expect(screen.locator('[data-view="sets"]')).to_be_visible(timeout=SECOND_MS)
        await expect(screen.locator("[data-columns]")).to_be_hidden()
    await expect(row.get_by_role("button", name="Worries and goals")).to_have_attribute("aria-current", "true")
    await expect(phone.get_by_role("navigation", name="Columns")).to_be_hidden()
    assert await axe(phone) == []
    assert await sideways(phone) <= 0

    # Whoever looks at something else is not turned round, and is told where the meeting is; after a reload too.
    await row.get_by_role("button", name="Board").click()
    await page.locator('[data-go-to="steps"]').click()
    await expect(phone.get_by_text("Helen has moved on to Next steps.")).to_be_visible(timeout=SECOND_MS)
    await expect(phone.locator("[data-columns]")).to_be_visible()
    await phone.reload()
    await expect(phone.get_by_text("Helen has moved on to Next steps.")).to_be_visible()
    await phone.get_by_role("button", name="Go there").click()
    await expect(phone.locator('[data-view="steps"]')).to_be_visible()
    await page.locator('[data-go-to="well"]').click()
    await expect(phone.locator('[data-column="well"]')).to_be_visible(timeout=SECOND_MS)
    await expect(row).to_be_hidden()
