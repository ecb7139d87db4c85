"""Orders about what leaves a meeting: a record of it, and all of one person's. Carried out for `admin`, which says who
may give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from .board.model import Board
from .board.words import same_name
from .catalogue import gettext as _
from .hub import now_ms
from .record.forms import FORMS
from .record.model import Copy
from .recording import note, record_of
from .room import Room

FLAGS: Final[Mapping[str, Copy]] = {"family": "family", "plan": "plan"}


class CannotFind(Exception):
    """Somebody who is not in this meeting, or not alone of that name. Its text is a sentence."""


async def record(room: Room, fields: Mapping[str, Any]) -> dict[str, Any]:
    """`record`: the record, or with `family` or `plan` that copy of it, `for` a person where one is named. Raises
    CannotFind, Gone, Unavailable."""
    form, whose = str(fields.get("format", "")), str(fields.get("for", "") or "")
    copy: Copy = next((copy for flag, copy in FLAGS.items() if _is_set(fields.get(flag))), "whole")
    person = find(room.board, whose) if whose else ""
    if person and copy == "whole":
        copy = "copy"
    made = await record_of(room, copy, person=person, made=now_ms())
    await note(room, form=form if form in FORMS else "json", copy=copy)
    return {"record": msgspec.to_builtins(made)}


def find(board: Board, named: str) -> str:
    """The id of the person meant by an id or a name. Raises CannotFind."""
    if named in board.people:
        return named
    called = [one for one in board.people.values() if same_name(one.name, named)]
    if len(called) == 1:
        return called[0].id
    if called:
        several = ", ".join(f"{one.id} ({one.agency or one.role})" for one in called)
        raise CannotFind(
            _("Several people here have that name. Please name one by id: {several}.").format(several=several)
        )
    raise CannotFind(_("There is nobody of that name or id in this meeting."))


def _is_set(flag: Any) -> bool:
    return flag is True or flag == "yes"
