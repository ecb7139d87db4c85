"""A meeting's wording as a value: whole in the entry that opens it, and refused where it is not whole."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from server.board import core
from server.board.model import Board
from server.board.phases import OpenMeeting
from server.board.template import Template
from server.log.roomlog import Spoken
from server.practice import load
from server.protocol import encode, from_log, to_draft

from .make import TEMPLATE, opened

TEMPLATES = load(None)


def without(**fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(TEMPLATE)
    return told | fields


def test_a_template_comes_back_from_the_log_as_it_was_said() -> None:
    said = opened().log[0].ask
    assert isinstance(said, OpenMeeting)
    assert msgspec.json.decode(encode(said.template), type=Template) == TEMPLATE


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_whole_template_fits_into_the_entry_that_opens_a_meeting(name: str) -> None:
    first = opened().log[0]
    assert isinstance(first.ask, OpenMeeting)
    entry = msgspec.structs.replace(first, ask=msgspec.structs.replace(first.ask, template=TEMPLATES[name]))
    assert 2_000 < len(to_draft(entry).body) < 32 * 1024


@pytest.mark.parametrize(
    "broken",
    [
        without(title=""),
        without(title="x" * 121),
        without(name="Not a name"),
        without(columns=[]),
        without(phases=[]),
        without(services=[]),
        without(scale={**msgspec.to_builtins(TEMPLATE.scale), "direction": "sideways"}),
        without(told={"sentences": [], "agencies": "x", "safe": []}),
        without(colour="red"),
        {name: value for name, value in without().items() if name != "scale"},
    ],
)
def test_a_template_that_is_not_whole_is_none(broken: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(broken, Template)


def test_a_meeting_opened_when_a_title_and_the_ends_of_its_scale_could_be_longer_still_opens() -> None:
    first = opened().log[0]
    assert isinstance(first.ask, OpenMeeting)
    ends = msgspec.structs.replace(TEMPLATE.scale, ten="t" * 400, zero="z" * 400)
    template = msgspec.structs.replace(TEMPLATE, scale=ends)
    ask = msgspec.structs.replace(first.ask, title="x" * 120, template=template)
    draft = to_draft(msgspec.structs.replace(first, ask=ask))
    said = Spoken(seq=1, at=draft.at, by=draft.by, device=draft.device, ref=draft.ref, tag=draft.tag, body=draft.body)
    board, _ = core.apply(Board(), from_log(said))
    assert board.meeting is not None
    assert board.meeting.title == "x" * 120
    (scale,) = board.scales.values()
    assert (scale.ten, scale.zero) == ("t" * 400, "z" * 400)
