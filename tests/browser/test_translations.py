"""What an interpreter enters: both texts stand on every screen, each in its language. Her list says what is missing."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.board import card, me, new_id, order, write
from tests.browser.desk import SECOND_MS, desk
from tests.browser.stage import Meeting, Stage, axe, sideways
from tests.browser.wallstage import SMALL_TEXT, SPILLED

DARI = "ما هر شب با هم غذا می‌خوریم."
ENGLISH = "We eat together every night."
SMALLEST_ON_WALL_PX = 36


def listed(leila: Page, words: str) -> Locator:
    """What she is to translate, with these words."""
    return leila.locator(".translating__one", has_text=words)


async def choose_languages(leila: Page) -> None:
    await leila.locator('[data-open="translating"]').click()
    await leila.locator("[data-lang-one]").select_option("prs")


async def second(page: Page, meeting: Meeting, of: dict[str, str], text: str) -> None:
    """Enter a Dari text for English words."""
    fields = {"of": of, "text": text, "lang": "prs", "of_lang": "en"}
    await order(page, meeting, "translation.set", id=new_id(), **fields)


async def test_the_interpreter_writes_in_her_list_and_all_screens_show_both_texts(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen, wall = await desk(stage, open_meeting), await stage.wall(open_meeting)
    farida = await stage.phone(open_meeting, "Farida", viewport={"width": 320, "height": 640})
    leila = await stage.phone(open_meeting, "Leila", "interpreter", viewport={"width": 320, "height": 640})
    await order(helen, open_meeting, "phase.go", phase="well")
    await write(farida, DARI)
    await choose_languages(leila)
    todo = listed(leila, DARI)
    await expect(todo.get_by_label("In English")).to_be_visible(timeout=SECOND_MS)
    assert await axe(leila) == [] and not await sideways(leila)
    await todo.get_by_label("In English").fill(ENGLISH)
    await todo.get_by_role("button", name="Add translation").press("Enter")
    await expect(leila.locator("[data-done]").get_by_text(ENGLISH)).to_be_visible(timeout=SECOND_MS)
    for page in (farida, helen, wall):
        one = page.locator(".card", has_text=DARI)
        said = one.locator(".second__text")
        await expect(said).to_have_text(ENGLISH, timeout=SECOND_MS)
        assert [await said.get_attribute(name) for name in ("lang", "dir")] == ["en", "ltr"]
        await expect(one.locator('[lang="prs"][dir="rtl"]')).to_have_text(DARI)
        await expect(one.locator(".second__by bdi")).to_have_text("translated by Leila")
        await expect(one.get_by_text("the words were changed since")).to_be_hidden()
        assert await axe(page) == [] and not await sideways(page)
    await card(farida, DARI).locator("[data-change]").click()
    await farida.locator(".change textarea").fill(DARI + "!")
    await farida.get_by_role("button", name="Save").click()
    await expect(wall.get_by_text("the words were changed since")).to_be_visible(timeout=SECOND_MS)

    # What a child is asked on a screen of their own, at their age.
    kofi = await stage.phone(open_meeting, "Kofi", "child", viewport={"width": 320, "height": 640})
    asked = kofi.locator('[data-column="well"] .column__question')
    question = await asked.locator("[data-question]").inner_text()
    await expect(listed(leila, question)).to_have_count(1, timeout=SECOND_MS)
    await second(leila, open_meeting, {"kind": "question", "id": "well", "field": "8-11"}, DARI)
    said = asked.locator(".second__text")
    for _ in range(2):
        await expect(said).to_have_text(DARI, timeout=SECOND_MS)
        assert [await said.get_attribute(name) for name in ("lang", "dir")] == ["prs", "rtl"]
        await kofi.reload()
    assert await axe(kofi) == [] and not await sideways(kofi)
    await order(helen, open_meeting, "person.child", person=await me(kofi), age="4-7")
    await expect(said).to_have_count(0, timeout=SECOND_MS)
    # What is out of date is on her list again, with what stands there now.
    await expect(leila.locator("[data-todo]").get_by_label("In English")).to_have_value(ENGLISH)


async def test_statements_steps_and_numbers_have_both_texts_too(stage: Stage, open_meeting: Meeting) -> None:
    helen, wall = await desk(stage, open_meeting), await stage.wall(open_meeting)
    farida = await stage.phone(open_meeting, "Farida")
    leila = await stage.phone(open_meeting, "Leila", "interpreter")
    a_set, scale, step, view, question = new_id(), new_id(), new_id(), new_id(), "well"
    await order(helen, open_meeting, "set.start", id=a_set, scale=scale, children=["Hana"])
    await order(helen, open_meeting, "set.write", set=a_set, part="happened", text="the damp makes her wheeze", was=0)
    await order(helen, open_meeting, "set.put-up", set=a_set)
    await order(farida, open_meeting, "set.differ", id=view, set=a_set, text="It is the bedroom")
    await order(helen, open_meeting, "step.add", id=step, what="Fit a fan", know="It is dry")
    for of, text in (
        ({"kind": "set", "id": a_set, "field": "worry"}, "رطوبت"),
        ({"kind": "differ", "id": view, "field": "text"}, "اتاق خواب"),
        ({"kind": "step", "id": step, "field": "what"}, "پکه نصب کنید"),
        ({"kind": "scale", "id": scale, "field": "ten"}, "خوب است"),
        ({"kind": "question", "id": question, "field": "question"}, "چه خوب است؟"),
    ):
        await second(leila, open_meeting, of, text)
    for phase, texts in (
        ("well", ["چه خوب است؟"]),
        ("statements", ["رطوبت", "اتاق خواب"]),
        ("steps", ["پکه نصب کنید"]),
    ):
        await order(helen, open_meeting, "phase.go", phase=phase)
        for page in (farida, wall, helen):
            for text in texts:
                said = page.locator('.second__text[lang="prs"][dir="rtl"]', has_text=text)
                await expect(said.first).to_be_visible(timeout=SECOND_MS)
        assert await axe(wall) == []
        assert await wall.evaluate(SMALL_TEXT, SMALLEST_ON_WALL_PX) == []
        assert await wall.evaluate(SPILLED) == []
    await order(helen, open_meeting, "round.open", id=new_id(), scale=scale, show="named")
    for place in (farida.locator('[data-sheet="number"]'), wall.locator('[data-scene="round"]')):
        await expect(place.locator(".second__text", has_text="خوب است")).to_be_visible(timeout=SECOND_MS)
    assert await axe(farida) == [] and not await sideways(farida)
    assert await wall.evaluate(SMALL_TEXT, SMALLEST_ON_WALL_PX) == []
    assert await wall.evaluate(SPILLED) == []
