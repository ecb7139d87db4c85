"""What tests in a browser may ask for: one Chromium and one server for all, and a stage of its own for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.stage import Meeting, Signboard, Stage, chromium, serving, staging, weather

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all of them: the browser lives in it."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, with the memory for pages gone back to that people's browsers have too."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium(), ignore_default_args=["--disable-back-forward-cache"]
        )
        yield launched
        await launched.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def away() -> AsyncIterator[str]:
    """The plain site where quick exit goes."""
    async with weather() as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def signboard(tmp_path_factory: pytest.TempPathFactory, away: str) -> AsyncIterator[Signboard]:
    """A server that is there for all tests."""
    async with serving(tmp_path_factory.mktemp("signboard"), away) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser, signboard: Signboard, away: str) -> AsyncIterator[Stage]:
    """Devices for people. No page may throw an error or be refused something by its own rules."""
    async with staging(browser, signboard, away) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def meeting(signboard: Signboard) -> Meeting:
    """A meeting where people are let in."""
    return await signboard.meeting()


@pytest_asyncio.fixture(loop_scope="session")
async def open_meeting(signboard: Signboard) -> Meeting:
    """A meeting where everyone with the code comes straight in."""
    return await signboard.meeting(admit="all")


@pytest_asyncio.fixture(loop_scope="session")
async def own_server(tmp_path: Path, away: str) -> AsyncIterator[Signboard]:
    """A server that a test may stop."""
    async with serving(tmp_path, away) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def own_stage(browser: Browser, own_server: Signboard, away: str) -> AsyncIterator[Stage]:
    """Devices for the people on that server."""
    async with staging(browser, own_server, away) as made:
        yield made
