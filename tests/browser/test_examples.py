"""The two worked examples, whole, from welcome to close: what every role's screen shows, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.async_api import Locator, Page, expect

from tests.browser.board import card
from tests.browser.played import Played, played
from tests.browser.stage import Meeting, Signboard, Stage, ready

SOON_MS = 15_000
PUSHED = "On 11 April Rhys pushed Dana into the door."
SHOUTING = "Rhys has shouted, thrown things and, on 11 April, pushed Dana while Kofi and Elsie watched"
SATURDAYS = "Those two Saturdays were so. It is not every week."
QUIET_HOUSE = "A quiet house where Kofi can just be nine."
TOGETHER = "ما هر شب با هم غذا می‌خوریم."
READS_LETTERS = "I read all the letters for Mum."


def view(page: Page, name: str) -> Locator:
    """One of the places of the board, or the scene of that name on the wall."""
    return page.locator(f'[data-view="{name}"], [data-scene="{name}"]')


async def all_show(example: Played, names: Iterable[str], where: str, *texts: str) -> None:
    for name in names:
        for text in texts:
            await expect(view(example[name], where), name).to_contain_text(text, timeout=SOON_MS)


async def newcomer(stage: Stage, meeting: Meeting, example: Played, name: str, role: str) -> None:
    """Somebody who is not in the example comes in by the door, and looks on."""
    page = await stage.phone(meeting, name, role)
    await page.locator('main[data-state="open"]').wait_for(timeout=SOON_MS)
    await ready(page)
    example.screens[role] = page


async def test_example_a_from_welcome_to_close(stage: Stage, signboard: Signboard) -> None:
    meeting = await signboard.meeting(template="safety", name="Helen")
    async with played(stage, meeting, "A", phones=("dana", "sade"), wide=("helen", "priya", "tom")) as example:
        for name, role in (("Lena", "observer"), ("Bea", "supporter")):
            await newcomer(stage, meeting, example, name, role)
        everyone = [name for name in example.screens if name != "wall"]

        # The child's voice first: his own words, on every screen, as his.
        await example.until_before("well")
        for name in (*everyone, "wall"):
            voice = example[name].locator("[data-voice]").filter(has_text="Mum does the funny voices").first
            await expect(voice, name).to_contain_text("Kofi’s own words", timeout=SOON_MS)

        # Three columns that everybody reads; who may not write has nothing to write in.
        await example.until_before("statements")
        for name in everyone:
            await expect(card(example[name], PUSHED, "worried"), name).to_have_count(1, timeout=SOON_MS)
        for name, writes in (("dana", True), ("tom", True), ("observer", False), ("wall", False)):
            await expect(example[name].locator("[data-composer]"), name).to_have_count(3 if writes else 0)
        for name in (*everyone, "wall"):
            assert await example[name].locator("[data-panel]").count() == int(name == "helen"), name
            assert await example[name].locator("[data-scribe]").count() == int(name in {"helen", "priya"}), name

        # Worries and goals in words, with who agrees and who sees it differently.
        await example.until_before("rate")
        await all_show(example, (*everyone, "wall"), "sets", SHOUTING, QUIET_HOUSE)
        await expect(view(example["wall"], "sets")).to_contain_text("Agree Anya Petrov, Dana", timeout=SOON_MS)
        for name in ("dana", "observer"):
            sets = view(example[name], "sets")
            await sets.get_by_role("button", name="Drinking at weekends").click()
            await expect(sets.locator("[data-differs]")).to_contain_text(SATURDAYS)
            await expect(sets.get_by_role("button", name="Close this worry")).to_have_count(0)
        for name, asks in (("helen", True), ("dana", False), ("observer", False), ("priya", False)):
            await expect(example[name].get_by_role("button", name="Rate this one"), name).to_have_count(int(asks))

        # Numbers of three rounds: with names, one child's sent in, and who would rather not say looks like no answer.
        await example.until_before("steps")
        for name in ("dana", "observer"):
            assert "rather-not" not in await example[name].locator("main").inner_text()

        # Next steps: whoever was asked sees it on top of their own screen, and nobody is named who did not say yes.
        await example.until_before("close")
        await all_show(example, (*everyone, "wall"), "steps", "A sober grown-up is in the home every night")
        await expect(view(example["dana"], "steps")).to_contain_text("You said yes, but: Anya picks me up")
        await expect(view(example["tom"], "steps")).to_contain_text("Ask housing for a rent plan.")
        for name in ("observer", "supporter", "priya"):
            await expect(view(example[name], "steps").get_by_text("You are asked"), name).to_be_hidden()
        bottom = (
            view(example["observer"], "steps").locator("[data-step-part], li, article").filter(has_text="Bottom line")
        )
        await expect(bottom.first).to_contain_text("still open")

        # The close: what was decided stands on every screen.
        example.go_on()
        await all_show(example, (*everyone, "wall"), "steps", "The plan starts this Friday")
        for page in example.screens.values():
            assert "GP" not in await page.locator("main").inner_text() or page in (example["helen"], example["priya"])


async def test_example_b_from_welcome_to_close(stage: Stage, signboard: Signboard) -> None:
    meeting = await signboard.meeting(template="wellbeing", name="Beth")
    phones = ("farida", "ayaan", "carol", "leila")
    async with played(stage, meeting, "B", phones=phones, wide=("beth", "sam", "owen")) as example:
        await example.until_before("worried")
        for name in (*example.screens,):
            await expect(example[name].get_by_text(TOGETHER).first, name).to_be_attached(timeout=SOON_MS)
        await example.until_before("statements")
        for name in ("farida", "owen", "beth", "sam", "ayaan"):
            await expect(card(example[name], READS_LETTERS, "worried"), name).to_have_count(1, timeout=SOON_MS)
        # A caller's words were typed for him; nobody but the facilitator learns who asked for the break.
        typed = card(example["owen"], "I work nights", "worried")
        await expect(typed).to_contain_text("Naveed")
        for name in ("farida", "owen", "sam", "wall"):
            assert "Quiet words" not in await example[name].locator("main").inner_text()
        # The interpreter has no cards of her own.
        await expect(example["leila"].locator("[data-composer]")).to_have_count(0)

        await example.until_before("rate")
        await all_show(example, ("farida", "owen", "beth", "sam", "wall"), "sets", "Ayaan has missed 19 days")

        await example.until_before("steps")
        await example.until_before("close")
        await all_show(
            example, ("farida", "owen", "beth", "sam", "leila", "wall"), "steps", "Phone Farida on Sunday evenings."
        )
        naveed = view(example["owen"], "steps").get_by_text("Naveed").first
        await expect(naveed).to_be_visible()
        # Ayaan went half way through: his screen holds nothing any more, and his words stand for the others.
        thanks = example["ayaan"].get_by_role("heading", name="Thank you for being here")
        await expect(thanks).to_be_visible(timeout=SOON_MS)
        assert READS_LETTERS not in await example["ayaan"].content()
        assert "has missed 19 days" not in await example["ayaan"].content()
        await expect(card(example["farida"], READS_LETTERS, "worried")).to_have_count(1)
        example.go_on()
