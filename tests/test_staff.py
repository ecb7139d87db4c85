"""The key that starts meetings: where it comes from, and what never opens anything."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from server.admin import CannotDo, carry_out
from server.hub import Store
from server.log.register import StaffKey
from server.log.seal import BadKey
from server.settings import Settings
from server.staff import KEY_LEAST, KEY_NAME, Staff, digest, kept_key, staff_key
from tests.meeting import Running, running, settings_in
from tests.storage import Storage


def test_a_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / KEY_NAME
    key = kept_key(file)
    assert len(key) >= 32
    assert kept_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_of_two_servers_that_start_at_once_both_read_the_key_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / KEY_NAME
    link = os.link

    def second(draft: Path, path: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        file.write_text("the key that the other server made\n")
        link(draft, path)

    monkeypatch.setattr(os, "link", second)
    assert kept_key(file) == "the key that the other server made"
    assert list(tmp_path.iterdir()) == [file]


def test_a_server_killed_while_it_makes_the_key_leaves_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(number: int) -> None:
        raise Killed

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(Killed):
        kept_key(tmp_path / KEY_NAME)
    monkeypatch.undo()
    assert len(kept_key(tmp_path / KEY_NAME)) >= 32


@pytest.mark.parametrize("held", [b"", b"\n", b"short\n", b"x" * (KEY_LEAST - 1), b"\xff" * 32])
def test_a_file_that_holds_no_key_stops_the_server_with_a_sentence(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / KEY_NAME
    file.write_bytes(held)
    with pytest.raises(BadKey, match="staff key") as refused:
        kept_key(file)
    assert str(refused.value).endswith(".")
    assert file.read_bytes() == held


def test_a_setting_that_says_nothing_counts_as_unset(tmp_path: Path) -> None:
    settings = Settings.from_env({"SIGNBOARD_STAFF_KEY": " ", "SIGNBOARD_DATA": str(tmp_path)})
    assert len(staff_key(settings)) >= 32
    assert staff_key(settings_in(tmp_path, staff_key=" ")) == staff_key(settings_in(tmp_path, staff_key=""))


@pytest.mark.parametrize("typed", ["", " ", "\n"])
async def test_nothing_typed_opens_nothing(tmp_path: Path, store: Store, typed: str) -> None:
    assert Staff("", [b"secret"], Settings(data=tmp_path), store).opens(typed) is None


async def test_the_key_of_the_file_opens_and_nothing_does_not(tmp_path: Any) -> None:
    async with running(settings_in(tmp_path, staff_key="")) as server:
        browser = server.browser()
        for typed in ("", " "):
            assert (await browser.post_json("/staff", key=typed)).status_code == 403
        key = (server.settings.data / KEY_NAME).read_text()
        assert (await browser.post_json("/staff", key=key)).status_code == 200


def order(server: Running, **fields: Any) -> Any:
    """What `signboard staff` has the server do."""
    return carry_out(server.hub, {}, "staff", fields, base=server.url)


async def test_each_of_many_has_a_key_of_their_own_that_can_be_ended_by_itself(tmp_path: Any) -> None:
    async with running(settings_in(tmp_path)) as server:
        links = {name: (await order(server, do="add", name=name))["link"] for name in ("Tom", "Helen")}
        browsers = {name: server.browser() for name in links}
        for name, link in links.items():
            assert (await browsers[name].post_json("/staff", key=link.partition("#")[2])).status_code == 200
        assert (await order(server, do="list"))["names"] == ["Helen", "Tom"]
        await order(server, do="remove", name="Tom")
        form = {"title": "Tuesday", "apart": "no"}
        assert [(await browsers[name].post("/new", **form)).status_code for name in ("Tom", "Helen")] == [403, 200]
        assert (await server.browser().post_json("/staff", key=links["Tom"].partition("#")[2])).status_code == 403
        # The one that is set is nobody's by name, and goes on.
        assert (await (await server.staff()).post("/new", **form)).status_code == 200
        with pytest.raises(CannotDo, match="no staff key of this name"):
            await order(server, do="remove", name="Tom")
        with pytest.raises(CannotDo, match="already"):
            await order(server, do="add", name="Helen")
        # Made anew under the same name, it does not bring back who had the old one.
        again = await order(server, do="add", name="Tom")
        assert (await browsers["Tom"].post("/new", **form)).status_code == 403
        assert again["link"] != links["Tom"]


async def test_another_process_learns_of_a_key_that_was_ended(storage: Storage, store: Store, tmp_path: Path) -> None:
    async with storage.open() as other:
        here, there = (Staff("a key that is set", [b"s"], Settings(data=tmp_path), one) for one in (store, other))
        await store.add_staff(StaffKey("Tom", digest("toms own key"), 1))
        await there.look()
        assert (here.opens("toms own key"), there.opens("toms own key")) == (None, "Tom")
        await store.remove_staff("Tom")
        await there.look()
        assert there.opens("toms own key") is None
        assert there.opens("a key that is set") == ""
