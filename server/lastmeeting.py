"""The record of the last meeting, as the next begins from it. The file comes from anywhere: whatever in it is not as a
record would have it stops it whole, with a sentence."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Hashable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, get_args

import msgspec
from babel import UnknownLocaleError

from .board import words
from .board.bringing import NUMBERS_MAX, OWNERS_MAX, BringAsk, BringPerson, BringRound, BringSet, BringStep, Taker
from .board.former import Given
from .board.person import Role
from .board.refusal import Refused
from .board.setparts import CHILDREN_MAX, PartName
from .catalogue import gettext as _
from .ids import new_id
from .record.model import VERSION, Attendee, Record, Set, Step
from .record.numbers import Before, Earlier, Mark, Round, Scale
from .record.sayings import date

FILE_MAX: Final = 1024 * 1024
"""The record of a meeting with 200 cards is a fifth of that."""
PEOPLE_MAX: Final = 200
SETS_MAX: Final = 4
STEPS_MAX: Final = 200
ROUNDS_MAX: Final = 400
_ID: Final = re.compile(r"[a-z0-9]{8,32}")
_ROLES: Final = frozenset(get_args(Role))
_PARTS: Final = frozenset(part for some in get_args(PartName) for part in get_args(some)) | {"who"}
_MOST: Final = {"name": words.TITLE_MAX, "long": words.REASON_MAX}
_NUMBER_MAX: Final = 9_999
_MOMENT_MAX: Final = 253_402_128_000_000
"""The last moment that has a day on every clock there is."""


class CannotRead(Exception):
    """A file that is no record the next meeting could begin from. Its text is a sentence."""


class LastMeeting(msgspec.Struct, frozen=True):
    """What the next meeting begins from: what is brought in, in order, and the scale of the whole meeting, "" for
    none."""

    asks: tuple[BringAsk, ...]
    scale: str


def read(text: str | bytes) -> LastMeeting:
    """The last meeting in this file. Raises CannotRead."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    # Some editors begin a text with a mark of its bytes' order.
    raw = raw.removeprefix(BOM_UTF8)
    if len(raw) > FILE_MAX:
        raise CannotRead(_("This file is too long to be the record of a meeting."))
    try:
        version = msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).get("record")
        if version is None or bytes(version) != str(VERSION).encode():
            raise CannotRead(_("This is not a record in JSON that this version can read."))
        record = msgspec.json.decode(raw, type=Record)
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise CannotRead(_("This is not a record in JSON that this version can read.")) from None
    if record.copy != "whole":
        raise CannotRead(_("This is somebody’s copy. The next meeting begins from the whole record."))
    try:
        return _last(record)
    except Refused:
        said = _("Something in this file is too long, missing or not as a record has it. Nothing was taken over.")
        raise CannotRead(said) from None


def _last(record: Record) -> LastMeeting:
    sets = [one for one in record.sets if one.state == "board"]
    steps = [one for one in record.steps if one.state != "done"]
    _few(record.people, PEOPLE_MAX)
    _few(sets, SETS_MAX)
    _few(steps, STEPS_MAX)
    _few((*record.rounds, *record.earlier), ROUNDS_MAX)
    _each_once(one.id for one in record.people)
    whole = [one.id for one in record.scales if not one.set]
    for id in whole[:1]:
        _id(id)
    _each_once([*(id for one in sets for id in (one.id, one.scale)), *whole[:1]])
    _each_once(one.number for one in sets)
    _each_once(one.id for one in record.scales)
    _each_once(one.id for one in steps)
    _each_once([*(one.id for one in record.rounds), *(one.id for one in record.earlier)])
    known = {one.scale for one in sets} | {*whole[:1]}
    names = {one.id: _person(one) for one in record.people} | {
        mark.former: _former(mark)
        for before in record.earlier
        if before.show == "named"
        for mark in before.marks
        if mark.former and not mark.person
    }
    _few(names, PEOPLE_MAX)
    asks: list[BringAsk] = [*names.values()]
    asks += [_set(record, one) for one in sets]
    asks += [_step(record, one, {set.id for set in sets}) for one in steps]
    asks += _rounds(record, known, names.keys())
    return LastMeeting(tuple(asks), whole[0] if whole else "")


def _person(one: Attendee) -> BringPerson:
    _id(one.id)
    words.keep_name(one.name)
    words.keep_label(one.agency, words.NAME_MAX)
    return BringPerson(id=one.id, name=words.name(one.name), role=_role(one.role), agency=one.agency)


def _former(one: Before) -> BringPerson:
    """Somebody of a meeting before the last, whom nobody said to be anybody there."""
    _id(one.former)
    words.keep_name(one.who)
    return BringPerson(id=one.former, name=words.name(one.who), role=_role(one.role))


def _set(record: Record, one: Set) -> BringSet:
    scale = next((scale for scale in record.scales if scale.id == one.scale), None)
    if scale is None or not 1 <= one.number <= _NUMBER_MAX or not one.texts.keys() <= _PARTS:
        raise Refused("unreadable")
    if scale.direction != "up":
        raise CannotRead(
            _("A worry in this file has a scale on which 10 is worst. Here 10 is best on every worry’s own.")
        )
    _id(one.id)
    ends = _scale(scale)
    _few(one.children, CHILDREN_MAX)
    for child in one.children:
        words.keep(child, words.NAME_MAX)
    for part, text in one.texts.items():
        words.keep_or_none(text, _MOST.get(part, words.CARD_MAX))
    return BringSet(
        id=one.id,
        number=one.number,
        scale=one.scale,
        ten=ends[0],
        zero=ends[1],
        texts=one.texts,
        children=one.children,
        day=_moment(one.begun or record.opened),
    )


def _step(record: Record, one: Step, sets: AbstractSet[str]) -> BringStep:
    _id(one.id)
    words.keep(one.what.text, words.CARD_MAX)
    know = one.know.text if one.know is not None else ""
    otherwise = one.otherwise.text if one.otherwise is not None else ""
    words.keep_or_none(one.when, words.NAME_MAX)
    for text in (know, otherwise):
        words.keep_or_none(text, words.REASON_MAX)
    _few(one.owners, OWNERS_MAX)
    people = {person.id for person in record.people}
    takers = []
    for owner in one.owners:
        words.keep(owner.name, words.NAME_MAX)
        words.keep_or_none(owner.but, words.REASON_MAX)
        former = owner.person if owner.person in people else ""
        takers.append(Taker(id=new_id(), former=former, name="" if former else owner.name, but=owner.but))
    return BringStep(
        id=one.id,
        what=one.what.text,
        day=_moment(one.agreed or record.opened),
        when=one.when,
        know=know,
        otherwise=otherwise,
        bottom=one.bottom,
        set=one.set if one.set in sets else "",
        takers=tuple(takers),
    )


def _rounds(record: Record, known: AbstractSet[str], people: AbstractSet[str]) -> Iterator[BringRound]:
    """Every round on a scale that goes on, oldest first. The latest on each, and about each child, is the last."""
    scales = {one.id: one for one in record.scales}
    all_: tuple[Earlier | Round, ...] = (*record.earlier, *record.rounds)
    latest = {_about(one): one.id for one in all_}
    for before in record.earlier:
        if before.scale in known:
            last = latest[_about(before)] == before.id
            yield _earlier(before, people, record.lang, last=last)
    for one in record.rounds:
        if one.scale in known:
            last = latest[_about(one)] == one.id
            yield _round(one, scales[one.scale], people, record, last=last)


def _about(one: Earlier | Round) -> tuple[str, str]:
    """On which scale, and about which child."""
    return one.scale, words.alike(one.child)


def _earlier(one: Earlier, people: AbstractSet[str], lang: str, *, last: bool) -> BringRound:
    for end in (one.ten, one.zero):
        words.keep(end, words.END_MAX)
    given = tuple(_given(mark, one.show == "named", people) for mark in one.marks)
    return _brought(one, one.ten, one.zero, one.direction, given, _moment(one.day), lang, last=last)


def _round(one: Round, scale: Scale, people: AbstractSet[str], record: Record, *, last: bool) -> BringRound:
    ends = _scale(scale)
    numbers = [mark for mark in one.marks if isinstance(mark.value, int)]
    given = tuple(_given(mark, one.show == "named", people) for mark in numbers)
    day = _moment(record.opened)
    return _brought(one, *ends, scale.direction, given, day, record.lang, last=last)


def _brought(
    one: Round | Earlier,
    ten: str,
    zero: str,
    direction: str,
    given: tuple[Given, ...],
    day: int,
    lang: str,
    *,
    last: bool,
) -> BringRound:
    _id(one.id)
    _id(one.scale)
    _few(given, NUMBERS_MAX)
    words.keep_or_none(one.child, words.NAME_MAX)
    return BringRound(
        id=one.id,
        scale=one.scale,
        day=day,
        when=_day(day, lang),
        show=one.show,
        ten=ten,
        zero=zero,
        direction="up" if direction == "up" else "down",
        given=given,
        child=one.child,
        last=last,
    )


def _given(mark: Mark | Before, named: bool, people: AbstractSet[str]) -> Given:
    """A number, with its giver where it was shown so and they are in the file: what was nobody's stays nobody's, and
    what was an agency's is nobody's from now on, least of all that of who gave it."""
    if not isinstance(mark.value, int) or not 0 <= mark.value <= 10:
        raise Refused("unreadable")
    former = mark.person or (mark.former if isinstance(mark, Before) else "")
    if named and former in people and not (isinstance(mark, Mark) and mark.agency):
        return Given(value=mark.value, role=_role(mark.role), former=former)
    return Given(value=mark.value, role=mark.role if mark.role in {"", "someone"} else _role(mark.role))


def _scale(one: Scale) -> tuple[str, str]:
    """What its ends mean, 10 first."""
    _id(one.id)
    for end in (one.ten.text, one.zero.text):
        words.keep(end, words.END_MAX)
    return one.ten.text, one.zero.text


def _id(id: str) -> None:
    if not _ID.fullmatch(id):
        raise Refused("unreadable")


def _role(role: str) -> str:
    if role not in _ROLES:
        raise Refused("unreadable")
    return role


def _moment(ms: int) -> int:
    if not 0 <= ms <= _MOMENT_MAX:
        raise Refused("unreadable")
    return ms


def _day(ms: int, lang: str) -> str:
    """Its day in words."""
    try:
        return date(ms, lang)
    except (UnknownLocaleError, ValueError):
        raise Refused("unreadable") from None


def _few(there: Iterable[object], most: int) -> None:
    if len(tuple(there)) > most:
        raise Refused("full")


def _each_once(ids: Iterable[Hashable]) -> None:
    there = list(ids)
    if len(set(there)) != len(there):
        raise Refused("id-taken")
