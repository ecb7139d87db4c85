"""Seals and keys."""

from __future__ import annotations

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.log import Broken
from server.log.register import Place
from server.log.seal import BadKey, ServerKey, new_room_key

ROOM = "k3f9a1c2d4e5"
REASON = b'{"value":3,"reason":"' + b"x" * 280 + b'"}'


def test_what_is_sealed_opens_byte_for_byte() -> None:
    key = new_room_key()
    for body in (b"", b"\0", b"trailing zeros\0\0", REASON, bytes(range(256)) * 20):
        for length in (None, 1, 512):
            assert key.open(key.seal(body, room=ROOM, seq=3, length=length), room=ROOM, seq=3) == body


def test_numbers_and_reasons_have_one_length() -> None:
    key = new_room_key()
    bodies = (b"", b'{"value":3}', b'{"value":10}', REASON, b"x" * 512)
    assert len({len(key.seal(body, room=ROOM, seq=1, length=512)) for body in bodies}) == 1


def test_what_is_too_long_for_one_length_comes_in_steps() -> None:
    key = new_room_key()
    sizes = {len(key.seal(b"x" * size, room=ROOM, seq=1, length=512)) for size in (513, 700, 1024)}
    assert len(sizes) == 1


def test_the_same_words_look_different_each_time() -> None:
    key = new_room_key()
    assert key.seal(b"3", room=ROOM, seq=1) != key.seal(b"3", room=ROOM, seq=1)


def test_a_body_opens_in_its_own_place_with_its_own_key_alone() -> None:
    key = new_room_key()
    sealed = key.seal(b"words", room=ROOM, seq=12)
    for wrong, room, seq in ((key, ROOM, 13), (key, "another1room", 12), (new_room_key(), ROOM, 12)):
        with pytest.raises(Broken) as broken:
            wrong.open(sealed, room=room, seq=seq)
        assert broken.value.seq == seq


def test_a_body_that_was_changed_does_not_open() -> None:
    key = new_room_key()
    sealed = key.seal(b"words", room=ROOM, seq=1)
    for place in range(len(sealed)):
        with pytest.raises(Broken):
            key.open(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], room=ROOM, seq=1)
    for cut in (b"", sealed[:5], sealed[:12], sealed[:-1]):
        with pytest.raises(Broken):
            key.open(cut, room=ROOM, seq=1)


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "server.key"
    room = new_room_key()
    wrapped = ServerKey.load(path).wrap(ROOM, room)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["server.key"]
    written = path.read_bytes()
    assert ServerKey.load(path).unwrap(ROOM, wrapped).secret == room.secret
    assert path.read_bytes() == written


def test_a_room_key_opens_for_its_room_alone(tmp_path: Path) -> None:
    server = ServerKey.load(tmp_path / "key")
    wrapped = server.wrap(ROOM, new_room_key())
    for wrong, room, kept in (
        (server, "another1room", wrapped),
        (ServerKey.load(tmp_path / "other"), ROOM, wrapped),
        (server, ROOM, wrapped[:-1]),
        (server, ROOM, b""),
    ):
        with pytest.raises(BadKey, match="does not open the meeting"):
            wrong.unwrap(room, kept)


def test_a_new_key_wraps_and_the_old_ones_still_open(tmp_path: Path) -> None:
    path = tmp_path / "key"
    room = new_room_key()
    old = ServerKey.load(path).wrap(ROOM, room)
    path.write_text("ab" * 32 + "\n" + path.read_text())
    both = ServerKey.load(path)
    new = both.wrap(ROOM, room)
    path.write_text("ab" * 32)
    assert both.unwrap(ROOM, old).secret == ServerKey.load(path).unwrap(ROOM, new).secret == room.secret


def test_no_key_is_made_while_meetings_are_kept_that_it_would_not_open(tmp_path: Path) -> None:
    path = tmp_path / "key"
    kept = [Place(ROOM, "ABCD2345", None, ServerKey.load(path).wrap(ROOM, new_room_key()))]
    assert ServerKey.load(path, kept=kept).opens(kept[0])
    path.unlink()
    with pytest.raises(BadKey, match=f"{path} is missing"):
        ServerKey.load(path, kept=kept)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_opens_none_of_the_meetings_is_refused_and_one_that_opens_some_is_not(tmp_path: Path) -> None:
    lost, found = ServerKey.load(tmp_path / "lost"), ServerKey.load(tmp_path / "found")
    kept = [Place(ROOM, "ABCD2345", None, lost.wrap(ROOM, new_room_key()))]
    with pytest.raises(BadKey, match="opens none of the meetings"):
        ServerKey.load(tmp_path / "found", kept=kept)
    kept.append(Place("another1room", "BCDE2345", None, found.wrap("another1room", new_room_key())))
    key = ServerKey.load(tmp_path / "found", kept=kept)
    assert [key.opens(place) for place in kept] == [False, True]


@pytest.mark.parametrize("text", ["", "\n", "abc", "zz" * 32, "ab" * 31, "ab" * 32 + "\nab", "ü"])
def test_a_key_file_that_holds_no_keys_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    with pytest.raises(BadKey, match=str(path)):
        ServerKey.load(path)


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="cannot be read"):
        ServerKey.load(tmp_path)


def test_a_key_others_can_read_is_warned_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "key"
    ServerKey.load(path)
    assert not caplog.records
    path.chmod(0o644)
    ServerKey.load(path)
    assert "can be read by others" in caplog.text


def test_servers_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    gate = threading.Barrier(8)

    def start(number: int) -> bytes:
        gate.wait()
        return ServerKey.load(path).wrap(ROOM, new_room_key())

    with ThreadPoolExecutor(8) as servers:
        wrapped = list(servers.map(start, range(8)))
    server = ServerKey.load(path)
    assert all(server.unwrap(ROOM, one) for one in wrapped)
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
