"""Worries, goals and numbers as a record says them on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue import gettext as _
from ..catalogue import ngettext
from .blocks import Block, Cell, Chart, Heading, Line, Para, Run, Table, cell, run
from .model import Agreement, Answer, Record, Set
from .numberline import drawn
from .numbers import Before, Mark, Round, Scale, voice
from .runs import correction, said_runs, view_runs, with_who
from .sayings import STANCES, range_of, summary
from .trajectory import FEWEST, Meeting, meetings, people, sketch

AGREE: Final = ("agree", "partly", "differently")
"""What is told of a question whether people agree, in this order."""


def sets(record: Record) -> Iterator[Block]:
    """Each worry with its goal, what people say to it, and its numbers."""
    if not record.sets:
        return
    yield Heading(level=2, text=_("{worry} and {goal}").format(worry=record.labels.worry, goal=record.labels.goal))
    for one in record.sets:
        yield from _set(record, one)


def _set(record: Record, one: Set) -> Iterator[Block]:
    name = f"{one.number}. {one.name.text}" if one.name is not None else f"{one.number}."
    yield Heading(level=3, text=_("{name} (closed)").format(name=name) if one.state == "closed" else name)
    yield Heading(level=4, text=record.labels.worry_side)
    yield Para(runs=said_runs(one.worry), kind="words")
    for view in one.views:
        yield Para(runs=(run(_("Seen differently"), soft=True), *view_runs(view)), kind="words")
        yield from (correction(one_) for one_ in view.corrections)
    yield Heading(level=4, text=record.labels.goal_side)
    yield Para(runs=said_runs(one.goal), kind="words")
    if one.family is not None:
        yield Para(runs=(run(_("The family’s own goal"), soft=True), *said_runs(one.family)), kind="words")
    for said in one.comments:
        yield Para(runs=with_who(said.text, said.who), kind="note")
    if one.agreement is not None:
        yield Heading(level=4, text=_("Whether people agree"))
        yield from _agreement(one.agreement)
    yield from _rounds(record, one.scale, level=4)


def _agreement(said: Agreement) -> Iterator[Block]:
    for value in AGREE:
        answers = [one for one in said.answers if one.value == value]
        named = [one for one in answers if one.who]
        count = said.counts.get(value, 0)
        if named:
            yield Para(runs=(run(_(STANCES[value]), soft=True), *_named(named)))
            yield from (correction(noted) for one in named for noted in one.corrections)
        elif count:
            people = ngettext("%(num)s person", "%(num)s people", count) % {"num": count}
            yield Para(runs=(run(_(STANCES[value]), soft=True), run(people), *_bare(answers)))
    if said.not_asked:
        people = ngettext("%(num)s person", "%(num)s people", said.not_asked) % {"num": said.not_asked}
        yield Para(runs=(run(_("Not asked"), soft=True), run(", ".join(said.not_asked_names) or people)))
    if said.reworded:
        yield Para(runs=(run(_("The words were changed after people had answered.")),), kind="note")


def _named(answers: list[Answer]) -> Iterator[Run]:
    """All who said no more in one line, and whoever did in their own words."""
    silent = [one.who for one in answers if one.words is None]
    if silent:
        yield run("; ".join(silent))
    for one in answers:
        if one.words is not None:
            yield from said_runs(one.words)
            yield run(one.who, soft=True)


def _bare(answers: list[Answer]) -> Iterator[Run]:
    for one in answers:
        if one.words is not None:
            yield from said_runs(one.words)


def numbers(record: Record) -> Iterator[Block]:
    """Numbers on scales that are no worry's own."""
    whole = [scale for scale in record.scales if not scale.set]
    if not any(round.scale == scale.id for scale in whole for round in record.rounds):
        return
    yield Heading(level=2, text=_("Numbers"))
    for scale in whole:
        if any(round.scale == scale.id for round in record.rounds):
            yield Heading(level=3, text=scale.title.text)
            yield from _rounds(record, scale.id, level=4)


def _rounds(record: Record, id: str, *, level: int) -> Iterator[Block]:
    scale = next((one for one in record.scales if one.id == id), None)
    rounds = [one for one in record.rounds if one.scale == id]
    if scale is None or not rounds:
        return
    yield Para(runs=(run(_("10 means"), soft=True), *said_runs(scale.ten)))
    yield Para(runs=(run(_("0 means"), soft=True), *said_runs(scale.zero)))
    if scale.direction == "down":
        yield Para(runs=(run(_("On this scale a higher number means more worried.")),))
    for child in dict.fromkeys(one.child for one in rounds):
        asked = [one for one in rounds if one.child == child]
        if child:
            yield Heading(level=4, text=_("About {child}").format(child=child))
        yield from _asked(asked, scale)
        yield from _trajectory(record, scale, child)


def _asked(rounds: list[Round], scale: Scale) -> Iterator[Block]:
    """One asking, or several with their numbers side by side."""
    if len(rounds) == 1 or any(one.show != "named" for one in rounds):
        for one in rounds:
            yield from _drawn(one, scale)
            yield from _table(one)
        return
    times = [_("Round {place} of {all}").format(place=place, all=len(rounds)) for place in range(1, len(rounds) + 1)]
    for time, one in zip(times, rounds, strict=True):
        yield Para(runs=(run(time),))
        yield from _drawn(one, scale)
    who = {voice(mark): mark for one in rounds for mark in one.marks}
    before = next((one.before for one in rounds if one.before), ())
    last = [cell(_("Last time"))] if before else []
    yield Table(
        caption=_("The numbers side by side"),
        heads=(cell(_("Who")), *map(cell, times), *last),
        rows=tuple(
            (
                cell(_whose(mark)),
                *(_given(one, giver) for one in rounds),
                *((_last(before, mark),) if before else ()),
            )
            for giver, mark in who.items()
        ),
        widths=(3, *(4 for _one in rounds), *(3 for _cell in last)),
    )


def _whose(mark: Mark) -> str:
    return mark.who if mark.agency else _("{name} ({role})").format(name=mark.who, role=mark.role_name)


def _given(one: Round, giver: str) -> Cell:
    """What somebody gave in a round, and why."""
    told: list[Para | str | None] = []
    for mark in one.marks:
        if voice(mark) == giver:
            told += [_number(mark), mark.reason, _sent_in(mark), *map(correction, mark.corrections)]
    return cell(*told)


def _sent_in(mark: Mark) -> Para | None:
    """How a number came that was not given in the meeting."""
    came = _("sent in {when}").format(when=mark.said) if mark.said else ""
    told = ", ".join(part for part in (came, mark.source) if part)
    return Para(runs=(run(told, soft=True),)) if told else None


def _last(before: Iterable[Before], mark: Mark) -> Cell:
    """What somebody gave at the last meeting."""
    theirs = (past for past in before if past.person == mark.person)
    return cell(*(_past(past.value, past.when, same=past.same_ends) for past in theirs))


def _number(mark: Mark) -> str:
    return str(mark.value) if isinstance(mark.value, int) else _("not sure")


def _drawn(one: Round, scale: Scale) -> Iterator[Block]:
    yield Line(drawing=drawn(one), text=summary(one, scale))
    if not one.alone:
        yield Para(runs=(run(range_of(one)),))


def _table(one: Round) -> Iterator[Block]:
    named = one.show == "named"
    rows = [_mark(mark, one) for mark in one.marks]
    heads = [_("Number"), _("Who")] if one.show != "spread" else [_("Number")]
    if named:
        heads += [_("What makes it that number")] + ([_("Last time")] if one.before else [])
    if rows and one.show != "spread":
        widths = {2: (2, 8), 3: (2, 5, 6), 4: (2, 4, 5, 3)}[len(heads)]
        yield Table(
            caption=_("The numbers on the line, and whose they are"),
            heads=tuple(cell(head) for head in heads),
            rows=tuple(rows),
            widths=widths,
        )


def _trajectory(record: Record, scale: Scale, child: str) -> Iterator[Block]:
    there = meetings(record, scale, child)
    if len(there) < FEWEST:
        return
    title = _("From meeting to meeting")
    yield Heading(level=4, text=f"{title}: {child}" if child else title)
    yield Chart(sketch=sketch(there), text=_("How the numbers moved. The table below says the same."))
    here = {one.id for one in record.people} | {voice(mark) for one in record.rounds for mark in one.marks}
    rows = [
        (
            cell(name if who in here else _("{name}, of then").format(name=name)),
            *(cell(*_values(one, who)) for one in there),
        )
        for who, name in people(there)
    ]
    if any(not who for one in there for who, _name, _role, _value in one.numbers):
        rows.append((cell(_("Without names")), *(cell(*_values(one, "")) for one in there)))
    yield Table(
        caption=_("The numbers of each meeting"),
        heads=(cell(_("Who")), *(cell(one.name) for one in there)),
        rows=tuple(rows),
        widths=(3, *(2 for _one in there)),
    )
    if any(one.ends != there[-1].ends for one in there):
        yield Para(runs=(run(_("The lines break where the ends of the scale said something else.")),), kind="note")


def _values(one: Meeting, who: str) -> list[str]:
    values = sorted(value for key, _name, _role, value in one.numbers if key == who)
    return [", ".join(str(value) for value in values)]


def _mark(mark: Mark, one: Round) -> tuple[Cell, ...]:
    number = _number(mark)
    if one.show == "role":
        return cell(number), cell(mark.role_name)
    corrected = tuple(correction(one_) for one_ in mark.corrections)
    cells = (cell(number), cell(_whose(mark)), cell(mark.reason, _sent_in(mark), *corrected))
    return (*cells, _last(one.before, mark)) if one.before else cells


def _past(value: int, when: str, *, same: bool) -> str:
    told = f"{value} ({when})" if when else str(value)
    return told if same else _("{told}, on a scale that said something else").format(told=told)


def goals(record: Record) -> Iterator[Block]:
    """The goals alone, without the worries."""
    if not record.sets:
        return
    yield Heading(level=2, text=record.labels.goal_side)
    for one in record.sets:
        yield Para(runs=said_runs(one.goal), kind="words")
        if one.family is not None:
            yield Para(runs=(run(_("The family’s own goal"), soft=True), *said_runs(one.family)), kind="words")
