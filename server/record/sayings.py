"""Sentences of a record that several places say: when it was, what kind of copy it is, how far it is, and in words what
a drawing shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from babel.dates import format_date, format_datetime, format_time

from ..board.refusal import N_
from ..catalogue import gettext as _
from ..catalogue import ngettext
from .model import Record, Stay
from .numbers import Mark, Round, Scale
from .said import Card

CAME: Final[Mapping[str, str]] = {"came": N_("came"), "apologies": N_("sent apologies"), "invited": N_("did not come")}
STANCES: Final[Mapping[str, str]] = {
    "agree": N_("Agree"),
    "partly": N_("Partly"),
    "differently": N_("See it differently"),
}
STATES: Final[Mapping[str, str]] = {
    "open": N_("to do"),
    "done": N_("Done"),
    "not-done": N_("Not done"),
    "changed": N_("Changed"),
}
HOW: Final[Mapping[str, str]] = {
    "said": N_("said"),
    "drew": N_("drawn"),
    "wrote": N_("written"),
    "app": N_("in an app"),
    "observed": N_("shown without words"),
}
KINDS: Final[Mapping[str, str]] = {
    "whole": N_("Record of the meeting"),
    "copy": N_("Copy of the record"),
    "family": N_("Your copy"),
    "own": N_("What is recorded of you"),
    "plan": N_("Decision and outline plan"),
}
PRINTED_OF_FINGERPRINT: Final = 16


def kind(record: Record) -> str:
    """What kind of copy this is."""
    return _(KINDS[record.copy])


def date(ms: int, lang: str) -> str:
    """A day in words, as this server's clock has it."""
    return format_date(datetime.fromtimestamp(ms / 1000), "long", locale=_locale(lang))


def moment(ms: int, lang: str) -> str:
    """A day and a time."""
    return format_datetime(datetime.fromtimestamp(ms / 1000), "medium", locale=_locale(lang))


def clock(ms: int) -> str:
    """A time of day."""
    return format_time(datetime.fromtimestamp(ms / 1000), "HH:mm", locale="en")


def lead(record: Record) -> Iterator[str]:
    """What stands under the title: what this is, of which day, and how far it is."""
    yield kind(record)
    yield date(record.opened, record.lang)
    signing = record.signing
    if signing.state == "draft":
        yield _("A draft, made on {moment}.").format(moment=moment(record.made, record.lang))
    else:
        said = {"agreed": _("Agreed on {day}."), "signed": _("Signed off on {day}.")}[signing.state]
        yield said.format(day=date(signing.at, record.lang))
        if signing.fingerprint and signing.fingerprint != record.fingerprint and record.copy == "whole":
            yield _("Something in it was changed since.")


def untold(record: Record) -> Iterator[str]:
    """What a reader should know about the paper itself."""
    if record.copy in {"whole", "copy", "own"}:
        yield _("This is not word for word what was said: it holds what people put on the board themselves.")
        if not record.names_shown:
            yield without_names()
    if record.copy != "family":
        yield _("Fingerprint: {fingerprint}").format(fingerprint=record.fingerprint)


def without_names() -> str:
    """Why no names stand beside the words."""
    return _("In this meeting it was not shown who wrote what, so no names stand beside the words.")


def foot(record: Record) -> str:
    """What stands at the foot of every page."""
    return f"{kind(record)} · {date(record.opened, record.lang)} · {record.fingerprint[:PRINTED_OF_FINGERPRINT]}"


def origin(card: Card) -> str:
    """Where a child's words come from."""
    voice = card.voice
    if voice is None:
        return card.who
    how = " ".join(part for part in (_(HOW[voice.how]), voice.when) if part)
    shared = _("happy to share this part") if voice.agreed == "parts" else _("happy to share")
    told = [_("{name}’s own words").format(name=voice.whose) if voice.whose else _("A child’s own words"), how]
    if voice.brought_by:
        told.append(_("brought by {name}").format(name=voice.brought_by))
    return " · ".join([*told, shared])


def stay(one: Stay) -> str:
    """From when to when somebody was there."""
    if not one.left:
        return _("from {came} to the end").format(came=clock(one.came))
    return _("{came} to {left}").format(came=clock(one.came), left=clock(one.left))


def range_of(round: Round) -> str:
    """Between which numbers people are, and who gave none. Never an average."""
    values = [mark.value for mark in round.marks if isinstance(mark.value, int)]
    told = []
    if values and min(values) == max(values):
        told.append(_("Everyone who gave a number chose {number}.").format(number=values[0]))
    elif values:
        told.append(_("From {low} to {high}.").format(low=min(values), high=max(values)))
    unsure = sum(mark.value == "not-sure" for mark in round.marks)
    if unsure:
        told.append(_("Not sure: {count}.").format(count=unsure))
    if round.no_number:
        told.append(_("No number: {count}.").format(count=round.no_number))
    return " ".join(told) or _("Nobody gave a number.")


def summary(round: Round, scale: Scale) -> str:
    """A number line in words: all that its drawing shows, but for the range, which stands below it."""
    at: dict[int, list[Mark]] = defaultdict(list)
    for mark in round.marks:
        if isinstance(mark.value, int):
            at[mark.value].append(mark)
    told = [_("{title} – a line from 0 to 10.").format(title=scale.title.text)]
    for value, marks in sorted(at.items()):
        names = [mark.who or (mark.role_name if round.show == "role" else "") for mark in marks]
        if all(names):
            told.append(_("At {number}: {names}.").format(number=value, names=", ".join(names)))
        else:
            count = ngettext("%(num)s mark", "%(num)s marks", len(marks)) % {"num": len(marks)}
            told.append(_("At {number}: {names}.").format(number=value, names=count))
    for one in round.before:
        if one.same_ends:
            told.append(_("Last time {name} was at {number}.").format(name=one.who, number=one.value))
    return " ".join(told)


def _locale(lang: str) -> str:
    # The English in the code is that of England.
    return "en_GB" if lang in {"", "en"} else lang.replace("-", "_")
