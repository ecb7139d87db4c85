"""What comes over the wire is an ask, or it is refused: nothing else ever happens, whatever the bytes."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given

from server import protocol, signals
from tests.hostile.nasty import frames, words
from tests.hostile.often import often


@often(900)
@given(frames)
def test_a_frame_is_an_ask_or_unreadable(frame: bytes) -> None:
    try:
        ask = protocol.decode(frame)
    except protocol.Unreadable as bad:
        assert bad.ref is None or 0 <= bad.ref <= protocol.REF_MAX
        assert protocol.encode(protocol.refusal(bad.ref, bad.code))
        return
    # What was let in can be written down, read again, and understood by any browser.
    again = protocol.encode(ask)
    assert protocol.decode(again) == ask
    assert protocol.fingerprint(ask) == protocol.fingerprint(protocol.decode(again))
    assert _plain(json.loads(again.decode()))


@often(200)
@given(frames, words)
def test_text_is_read_as_its_bytes_are(frame: bytes, text: str) -> None:
    for said in (frame.decode("utf-8", "replace"), text, frame.decode("latin-1")):
        try:
            protocol.decode(said)
        except protocol.Unreadable:
            continue


@often(300)
@given(frames)
def test_a_signal_is_read_or_passed_over(frame: bytes) -> None:
    signal = signals.read(frame)
    assert signal is None or isinstance(signal, signals.Writes)
    text = frame.decode("utf-8", "surrogateescape")
    assert signals.read(text) is None or isinstance(signals.read(text), signals.Writes)


def _plain(value: Any) -> bool:
    """No number that JSON cannot say, and none that a browser would round, but for a version (`was`) that nothing ever
    has."""
    match value:
        case dict():
            return all(_plain(one) for name, one in value.items() if name != "was")
        case list():
            return all(_plain(one) for one in value)
        case bool():
            return True
        case float():
            return math.isfinite(value)
        case int():
            return abs(value) < 2**53
        case _:
            return True
