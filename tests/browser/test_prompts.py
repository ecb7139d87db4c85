"""Prompts: one at a time, to whoever runs the meeting and to nobody else."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.desk import SECOND_MS, desk, undo, write
from tests.browser.stage import Meeting, Stage, axe

THINNER = "Much less stands under Working well than under Worries."


async def test_a_prompt_is_the_facilitators_alone_until_she_has_heard_it(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    for word in ("evenings", "money", "sleep", "school"):
        await write(dana, f"I worry about {word}.", "worried")
    for phase in ("well", "worried"):
        await helen.locator(f'[data-go-to="{phase}"]').click()
    prompt = helen.locator("[data-prompt]")
    await expect(prompt).to_contain_text(THINNER, timeout=SECOND_MS)
    assert await axe(helen) == []
    assert "curiosity" not in await dana.content()
    assert "curiosity" not in await dana.evaluate("fetch(location.href).then((page) => page.text())")

    await helen.get_by_label("Others can see this screen:").select_option("yes")
    await expect(prompt).to_have_count(0)
    await helen.get_by_label("Others can see this screen:").select_option("")
    await expect(prompt).to_contain_text(THINNER)
    await prompt.get_by_role("button", name="Not in this meeting").click()
    await expect(prompt).to_be_hidden()
    await undo(helen, "You will not be told this again in this meeting.")
    await expect(prompt).to_contain_text(THINNER)
    await prompt.get_by_role("button", name="Thanks").click()
    await expect(prompt).to_be_hidden()
    await helen.reload()
    await expect(helen.locator("[data-roster]")).to_contain_text("Dana")
    await expect(prompt).to_be_hidden()
