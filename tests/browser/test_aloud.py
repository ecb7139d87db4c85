"""Read to me: with a voice of this device, else not at all."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.board import new_id, order, write
from tests.browser.desk import desk
from tests.browser.stage import Meeting, Stage, axe, sideways

VOICES = """(() => {
  const voices = %s;
  window.said = [];
  const speech = new EventTarget();
  speech.getVoices = () => voices;
  speech.speak = (one) => window.said.push(one);
  speech.cancel = () => { window.cancelled = (window.cancelled ?? 0) + 1; };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
})()"""
REMOTE = '{ lang: "en-GB", localService: false, name: "far away", default: true }'
LOCAL = '{ lang: "en-GB", localService: true, name: "here" }'


async def with_voices(stage: Stage, meeting: Meeting, *voices: str) -> Page:
    page = await stage.phone(meeting, "Maureen", viewport={"width": 320, "height": 640})
    await page.add_init_script(VOICES % f"[{', '.join(voices)}]")
    await page.reload()
    await page.locator('main[data-state="open"]').wait_for(state="attached")
    return page


async def ends(page: Page) -> str:
    """What is being said, which comes to its end."""
    return str(
        await page.evaluate(
            "(() => { const one = said.at(-1); one.dispatchEvent(new Event('end')); return one.text; })()"
        )
    )


async def test_the_device_reads_a_question_its_cards_and_a_number_that_is_asked_for(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    page = await with_voices(stage, open_meeting, REMOTE, LOCAL)
    await write(page, "Gran picks us up")
    await write(page, "ما هر شب با هم غذا می‌خوریم")
    reads = page.locator('[data-column="well"] [data-aloud]')
    await reads.click()
    await expect(reads).to_have_text("Stop reading")
    assert await axe(page) == [] and not await sideways(page)
    assert [await ends(page), await ends(page)] == ["What’s working well?", "Gran picks us up"]
    # Words that no voice here can read are passed over.
    await expect(reads).to_have_text("Read to me")
    assert await page.evaluate("said.every((one) => one.voice.name === 'here')")
    await reads.click()
    await reads.click()
    await expect(reads).to_have_text("Read to me")
    # What is told late of a reading that was stopped does not go on in the next.
    await reads.click()
    many = await page.evaluate("said.length")
    await page.evaluate("said.at(-2).dispatchEvent(new Event('end')); said.at(-2).dispatchEvent(new Event('error'))")
    assert await page.evaluate("said.length") == many
    await expect(reads).to_have_text("Stop reading")
    await reads.click()

    # One card alone: somebody else's, where it can be asked about.
    await order(helen, open_meeting, "card.add", id=new_id(), column="well", text="A quiet start on Mondays")
    await page.locator(".card", has_text="Mondays").get_by_role("button", name="I don’t understand this").click()
    sheet = page.locator('[data-sheet="unclear"]')
    await sheet.get_by_role("button", name="Read to me").click()
    assert await page.evaluate("said.at(-1).text") == "A quiet start on Mondays"
    cancelled = await page.evaluate("cancelled")
    await sheet.get_by_role("button", name="Back to the board").click()
    assert await page.evaluate("cancelled") > cancelled

    await reads.click()
    await order(helen, open_meeting, "break.start")
    await expect(reads).to_have_text("Read to me")
    await order(helen, open_meeting, "break.end")
    a_set, scale = new_id(), new_id()
    await order(helen, open_meeting, "set.start", id=a_set, scale=scale)
    await order(helen, open_meeting, "set.write", set=a_set, part="happened", text="He was alone", was=0)
    await order(helen, open_meeting, "set.put-up", set=a_set)
    await order(helen, open_meeting, "round.open", id=new_id(), scale=scale, show="named")
    asked = page.locator('[data-sheet="number"]')
    await asked.get_by_role("button", name="Read to me").click()
    spoken = [await ends(page) for _ in range(3)]
    assert len(set(spoken)) == len(spoken)
    assert await page.evaluate("said.every((one) => one.voice.name === 'here')")


@pytest.mark.parametrize("voices", [(), (REMOTE,), ('{ lang: "fr-FR", localService: true, name: "here" }',)])
async def test_without_a_voice_of_its_own_there_is_nothing_to_press(
    stage: Stage, open_meeting: Meeting, voices: tuple[str, ...]
) -> None:
    page = await with_voices(stage, open_meeting, *voices)
    await expect(page.get_by_role("button", name="Read to me")).to_have_count(0)
    # Voices come late: there is a button once there is one of this device.
    late = f"speechSynthesis.getVoices = () => [{LOCAL}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
    await page.evaluate(late)
    await expect(page.locator('[data-column="well"] [data-aloud]')).to_be_visible()
