"""Opening a meeting: what is asked for, checked and made. The same for the start page, the command line and the running
server's own door for commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from .board import words
from .board.refusal import Refused
from .board.template import Template
from .catalogue import gettext as _
from .hub import Hub
from .lastmeeting import CannotRead, LastMeeting, read
from .links import MeetingLinks, meeting_links

DEFAULT_TEMPLATE: Final = "safety"


class CannotOpen(Exception):
    """What was asked for cannot be made. Its text is a sentence that says why."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting someone wants. `erase_days` counts from the close; `name` is what the facilitator is called; `record`
    that of the last meeting, as JSON, "" for none."""

    title: str
    template: str = DEFAULT_TEMPLATE
    admit: Literal["ask", "all"] = "ask"
    authors: Literal["shown", "hidden"] = "shown"
    erase_days: Annotated[int, Meta(ge=1, le=3650)] = 30
    name: str = ""
    record: str = ""


def wish(fields: Mapping[str, Any]) -> Wish:
    """What these fields ask for; empty ones count as not given, unknown ones are passed over. Raises CannotOpen."""
    given = {name: value for name, value in fields.items() if value not in ("", None)}
    if not str(given.get("title", "")).strip():
        raise CannotOpen(_("Please give the meeting a title."))
    if len(str(given["title"])) > words.TITLE_MAX:
        raise CannotOpen(
            _("Please give the meeting a shorter title: {most} characters at most.").format(most=words.TITLE_MAX)
        )
    try:
        return msgspec.convert(given, Wish, strict=False)
    except msgspec.ValidationError as error:
        # The library names the field behind a dollar sign; its own words are not for people.
        field = str(error).rpartition("$.")[2].strip("`")
        raise CannotOpen(
            _("Please look at “{field}” again: that answer is not one of those offered.").format(field=field)
        ) from None


async def open_meeting(
    hub: Hub, templates: Mapping[str, Template], asked: Wish, *, base: str, practice: bool = False
) -> MeetingLinks:
    """Make the meeting, and its links beginning with `base`. Raises CannotOpen, Unavailable."""
    template = templates.get(asked.template)
    if template is None:
        raise CannotOpen(
            _("There is no template “{name}”. There are: {all}.").format(name=asked.template, all=", ".join(templates))
        )
    try:
        last = read(asked.record) if asked.record.strip() else LastMeeting((), "")
    except CannotRead as error:
        raise CannotOpen(str(error)) from None
    try:
        words.keep_or_none(asked.name, words.NAME_MAX)
        new = await hub.create(
            title=asked.title,
            template=template,
            admit=asked.admit,
            authors=asked.authors,
            erase_days=asked.erase_days,
            facilitator_name=asked.name,
            practice=practice,
            scale=last.scale,
            brings=last.asks,
        )
    except Refused as refused:
        raise CannotOpen(_(refused.why)) from None
    return meeting_links(base, new)
