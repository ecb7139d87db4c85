"""The checker by itself: each law on the smallest meeting that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .checker import Evening, Logged, Look, check
from .device import Device

DANA, JO = "dana", "jo"


def device(person: str) -> Device:
    return Device("room0001", person, "family", person, f"{person}-phone")


def told(device: Device, seq: int, at: float, **more: Any) -> None:
    """A change comes."""
    device.hear({"is": "change", "seq": seq, **more}, at)


def good() -> Evening:
    """Dana adds a card, and then Jo does."""
    dana, jo = device(DANA), device(JO)
    for one in (dana, jo):
        one.connects()
        one.hear({"is": "welcome", "seq": 0, "epoch": "e", "you": {"id": one.person, "role": "family"}, "put": {}}, 0.5)
    for ask, (one, seq, at) in enumerate(((dana, 1, 1.0), (jo, 2, 2.0))):
        one.asks("card.add", {"id": f"card{ask}"}, at)
        for other in (dana, jo):
            told(other, seq, at + 0.5, put={"card": {f"card{ask}": {}}})
        one.hear({"is": "done", "ref": 1, "seq": seq}, at + 0.6)
    keys = [(one.person, one.id, 1) for one in (dana, jo)]
    prints = {key: key[0].encode() for key in keys}
    entries = [Logged(seq, key, "card.add", prints[key]) for seq, key in enumerate(keys, start=1)]
    looks = [Look(one.person, how, one.copy().parts) for one in (dana, jo) for how in ("followed", "fresh")]
    return Evening("room0001", entries, [dana, jo], prints, looks)


def lost(evening: Evening) -> None:
    evening.entries = evening.entries[:1]


def doubled(evening: Evening) -> None:
    evening.entries = [*evening.entries, evening.entries[0]._replace(seq=3)]


def elsewhere(evening: Evening) -> None:
    evening.devices[0].hear({"is": "done", "ref": 1, "seq": 2}, 3.0)


def in_other_words(evening: Evening) -> None:
    evening.entries = [evening.entries[0]._replace(print=b"other"), evening.entries[1]]


def refused(evening: Evening) -> None:
    evening.devices[0].hear({"is": "no", "ref": 1, "code": "stale"}, 3.0)


def unanswered(evening: Evening) -> None:
    evening.devices[0].asks("card.add", {"id": "card9"}, 3.0)


def restless(evening: Evening) -> None:
    evening.settled = False


def never_asked(evening: Evening) -> None:
    evening.entries = [*evening.entries, Logged(3, (DANA, "dana-phone", 9), "card.add", b"")]


def turned_round(evening: Evening) -> None:
    first, second = evening.entries
    evening.entries = [second._replace(seq=1), first._replace(seq=2)]


def backwards(evening: Evening) -> None:
    told(evening.devices[0], 1, 3.0)


def done_too_soon(evening: Evening) -> None:
    dana = evening.devices[0]
    dana.answers = [dana.answers[0]._replace(told=0)]


def other_board(evening: Evening) -> None:
    evening.looks = [*evening.looks, Look(DANA, "resumed", {})]


def other_epoch(evening: Evening) -> None:
    evening.devices[0].epochs.append("another")


def strange_drop(evening: Evening) -> None:
    told(evening.devices[0], 3, 3.0, drop={"card": ["never-seen"]})


def put_and_drop(evening: Evening) -> None:
    told(evening.devices[0], 3, 3.0, put={"card": {"card1": {}}}, drop={"card": ["card1"]})


def sent_away(evening: Evening) -> None:
    evening.devices[0].hear({"is": "bye", "code": "removed"}, 3.0)


def gap(evening: Evening) -> None:
    evening.entries = [evening.entries[0], evening.entries[1]._replace(seq=3)]


def not_allowed(evening: Evening) -> None:
    evening.forbidden = ["card.add at 1"]


@pytest.mark.parametrize(
    ("spoil", "law"),
    [
        (lost, "answers"),
        (doubled, "unknown"),
        (elsewhere, "answers"),
        (in_other_words, "unknown"),
        (refused, "refusals"),
        (unanswered, "unknown"),
        (restless, "rest"),
        (never_asked, "unknown"),
        (turned_round, "real time"),
        (backwards, "order"),
        (done_too_soon, "done after change"),
        (other_board, "boards"),
        (other_epoch, "epochs"),
        (strange_drop, "odd"),
        (put_and_drop, "odd"),
        (sent_away, "odd"),
        (gap, "chain"),
        (not_allowed, "allowed"),
    ],
)
def test_a_broken_promise_is_found(spoil: Callable[[Evening], None], law: str) -> None:
    evening = good()
    spoil(evening)
    assert law in {violation.law for violation in check(evening)}


def test_a_meeting_in_which_all_went_well_breaks_no_promise() -> None:
    assert check(good()) == []


def test_what_was_still_on_its_way_may_stand_behind_all_that_was_known_when_it_was_refused() -> None:
    evening = good()
    jo = evening.devices[1]
    jo.asks("card.add", {"id": "card9"}, 3.0)
    jo.again(2, 4.0)
    jo.hear({"is": "no", "ref": 2, "code": "column-closed"}, 4.5)
    key = (JO, jo.id, 2)
    evening.prints = {**evening.prints, key: b"late"}
    evening.entries = [*evening.entries, Logged(3, key, "card.add", b"late")]
    assert check(evening) == []
    told(evening.devices[0], 3, 3.9)
    assert [violation.law for violation in check(evening)] == ["refusals"]
