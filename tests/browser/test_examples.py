"""The two worked examples, whole, from welcome to close: what every role's screen shows, and what it does not."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.played import played
from tests.browser.stage import Signboard, Stage

SOON_MS = 10_000


async def test_example_b_from_welcome_to_close(stage: Stage, signboard: Signboard) -> None:
    meeting = await signboard.meeting(template="wellbeing", name="Beth")
    async with played(stage, meeting, "B", phones=("farida", "ayaan"), wide=("beth", "owen")) as example:
        await example.until_before("worried")
        for name in ("farida", "owen", "beth", "wall"):
            await expect(
                example[name].get_by_text("He is kind").or_(example[name].get_by_text("Zohra"))
            ).not_to_have_count(0)
