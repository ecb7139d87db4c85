"""What a record says on paper, in the order of the meeting: its headings, sentences and tables. Worries, goals and
numbers stand in setpaper.py."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import gettext as _
from .blocks import Block, Cell, Heading, Paper, Para, Table, Turn, cell, is_rtl, run
from .model import Attendee, Decision, Owner, Record, Step
from .runs import cards, correction, said_runs, view_runs, with_who
from .said import Card, Said
from .sayings import CAME, STATES, foot, kind, lead, origin, stay, untold
from .setpaper import goals, numbers, sets


def paper(record: Record) -> Paper:
    """The record as a paper, in the language it was made in."""
    return Paper(
        title=record.title,
        lang=record.lang,
        rtl=is_rtl(kind(record)),
        blocks=tuple(_blocks(record)),
        foot=foot(record),
        large=record.copy == "family",
        close=record.copy == "plan",
    )


def _blocks(record: Record) -> Iterator[Block]:
    yield Heading(level=1, text=record.title)
    yield Para(runs=tuple(run(line) for line in lead(record)), kind="lead")
    match record.copy:
        case "family":
            yield from voices(record)
            yield from goals(record)
            yield from decisions(record)
            yield from steps(record)
            yield from afterwards(record)
        case "plan":
            yield from decisions(record)
            yield from steps(record)
            yield from goals(record)
            yield from afterwards(record)
        case "own":
            yield from people(record)
            yield from voices(record)
            yield from columns(record, landscape=False)
            yield from sets(record)
            yield from numbers(record)
            yield from decisions(record)
            yield from steps(record)
            yield from thoughts(record)
        case _:
            yield from people(record)
            yield from voices(record)
            yield from columns(record, landscape=True)
            yield from sets(record)
            yield from numbers(record)
            yield from unknowns(record)
            yield from decisions(record)
            yield from steps(record)
            yield from thoughts(record)
            yield from afterwards(record)
    told = tuple(run(line) for line in untold(record))
    if told:
        yield Para(runs=told, kind="note")


def people(record: Record) -> Iterator[Block]:
    """Who was invited, who came, and what was agreed about how to talk."""
    if not record.people:
        return
    yield Heading(level=2, text=_("Who was invited"))
    timed = any(one.stays for one in record.people)
    heads = [_("Name"), _("Here as"), _("Service"), _("Came")] + ([_("From when to when")] if timed else [])
    yield Table(
        caption=_("Who was invited, and who came"),
        heads=tuple(cell(head) for head in heads),
        rows=tuple(_person(one, timed=timed) for one in record.people),
        widths=(4, 4, 4, 3, 5) if timed else (4, 4, 4, 3),
    )
    if record.rules_agreed:
        yield Heading(level=2, text=_("What we agreed about how we talk"))
        yield from (Para(runs=(run(rule),)) for rule in record.rules)


def _person(one: Attendee, *, timed: bool) -> tuple[Cell, ...]:
    role = f"{one.role_name}, {one.helping}" if one.helping else one.role_name
    leads = Para(runs=(run(_("Leads the work with the family"), soft=True),)) if one.lead else None
    corrected = (correction(said) for said in one.corrections)
    cells = (cell(one.name, *corrected), cell(role, leads), cell(one.agency), cell(_(CAME[one.came])))
    return (*cells, cell(*(stay(each) for each in one.stays))) if timed else cells


def voices(record: Record) -> Iterator[Block]:
    """The children’s own words."""
    if not record.voices:
        return
    yield Heading(level=2, text=_("In the children’s own words"))
    for column in record.columns or ():
        yield from _spoken(column.title, [card for card in record.voices if card.column == column.id])
    if not record.columns:
        yield from _spoken("", list(record.voices))


def _spoken(title: str, voices: list[Card]) -> Iterator[Block]:
    if voices and title:
        yield Heading(level=3, text=title)
    for card in voices:
        yield Para(runs=(*said_runs(card.said), run(origin(card), soft=True)), kind="quote")
        yield from (correction(one) for one in card.corrections)


def columns(record: Record, *, landscape: bool) -> Iterator[Block]:
    """What people said, column by column; lying on its side, on pages of their own."""
    if not any(column.cards for column in record.columns):
        return
    if landscape:
        yield Turn(landscape=True)
    yield Heading(level=2, text=_("What people said"))
    yield Table(
        caption=_("What people said, column by column"),
        heads=tuple(cell(column.title, Para(runs=(run(column.question, soft=True),))) for column in record.columns),
        rows=(tuple(cell(*(para for card in column.cards for para in cards(card))) for column in record.columns),),
        widths=tuple(1 for _column in record.columns),
        columns=True,
    )
    if landscape:
        yield Turn(landscape=False)


def unknowns(record: Record) -> Iterator[Block]:
    """What is not known yet, and who finds out."""
    spoken = (card for column in record.columns for card in column.cards)
    cards = [card for card in (*record.voices, *spoken) if card.unknown]
    if not cards:
        return
    yield Heading(level=2, text=_("What we don’t know yet"))
    yield Table(
        caption=_("What we don’t know yet, who finds out, and by when"),
        heads=(cell(_("What")), cell(_("Who finds out")), cell(_("By when"))),
        rows=tuple((cell(Para(runs=said_runs(card.said))), cell(card.finds_out), cell(card.by_when)) for card in cards),
        widths=(4, 2, 2),
    )


def decisions(record: Record) -> Iterator[Block]:
    """What was decided."""
    if not record.decisions:
        return
    yield Heading(level=2, text=_("What was decided"))
    for one in record.decisions:
        yield from _decision(one, plain=record.copy == "family")


def _decision(one: Decision, *, plain: bool) -> Iterator[Block]:
    yield Para(runs=(run(one.what),), kind="words")
    told = [
        (_("Why"), one.reasons),
        (_("Decided by"), one.whom),
        (_("Looked at again"), one.next),
    ]
    for label, text in told:
        if text and not (plain and text == one.whom):
            yield Para(runs=(run(label, soft=True), run(text)))
    for view in one.views:
        yield Para(runs=(run(_("Seen differently"), soft=True), *view_runs(view)))


def steps(record: Record) -> Iterator[Block]:
    """The next steps."""
    if not record.steps:
        return
    yield Heading(level=2, text=record.labels.plan)
    yield Table(
        caption=_("Next steps: who does what, and by when"),
        heads=(cell(_("What will happen")), cell(_("Who")), cell(_("By when"))),
        rows=tuple(map(_step, record.steps)),
        widths=(6, 3, 3),
    )


def _step(step: Step) -> tuple[Cell, ...]:
    state = _(STATES[step.state]) if step.state != "open" else ""
    told = ": ".join(part for part in (state, step.note) if part)
    what = cell(
        Para(runs=said_runs(step.what)),
        _labelled(_("How we will know"), step.know),
        _labelled(_("If not"), step.otherwise),
        Para(runs=(run(_("Services ask for this as the least."), soft=True),)) if step.bottom else None,
        Para(runs=(run(told, soft=True),)) if told else None,
        *(Para(runs=with_who(said.text, said.who), kind="note") for said in step.comments),
        *(correction(one) for one in step.corrections),
    )
    return what, cell(*map(_owner, step.owners)), cell(step.when)


def _labelled(label: str, said: Said | None) -> Para | None:
    return Para(runs=(run(label, soft=True), *said_runs(said))) if said is not None else None


def _owner(one: Owner) -> str:
    return _("{name}, but: {words}").format(name=one.name, words=one.but) if one.but else one.name


def thoughts(record: Record) -> Iterator[Block]:
    """Thoughts for next time."""
    if not record.thoughts:
        return
    yield Heading(level=2, text=_("For next time"))
    for thought in record.thoughts:
        yield Para(runs=with_who(thought.text, thought.who), kind="words")


def afterwards(record: Record) -> Iterator[Block]:
    """The next meeting, and whom to ring."""
    after = record.afterwards
    if not (after.next or after.ring):
        return
    yield Heading(level=2, text=_("What comes next"))
    if after.next:
        yield Para(runs=(run(_("We meet again"), soft=True), run(after.next)))
    if after.ring:
        yield Para(runs=(run(_("Whom to ring"), soft=True), run(after.ring)))
