"""Words of a record as runs of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import gettext as _
from .blocks import Para, Run, run
from .said import Card, Correction, Said, View


def said_runs(said: Said) -> tuple[Run, ...]:
    """Words, and below them their second texts."""
    runs = [run(said.text, said.lang)]
    for one in said.seconds:
        runs.append(Run(text=one.text, lang="" if one.lang == "und" else one.lang, rtl=one.dir == "rtl"))
        if one.stale:
            runs.append(run(_("The first text was changed since."), soft=True))
    return tuple(runs)


def with_who(text: str, who: str) -> tuple[Run, ...]:
    """Words, and whose they are where that is known."""
    return (run(text), run(who, soft=True)) if who else (run(text),)


def view_runs(view: View) -> tuple[Run, ...]:
    """How somebody sees it differently, and who."""
    return (*said_runs(view.said), run(view.who, soft=True)) if view.who else said_runs(view.said)


def correction(one: Correction) -> Para:
    who = (
        _("{name} says that this is not right:").format(name=one.who)
        if one.who
        else _("Somebody says that this is not right:")
    )
    return Para(runs=(run(who, soft=True), run(one.text)), kind="note")


def cards(card: Card) -> Iterator[Para]:
    """A card as paragraphs: its words and whose they are, what was said under it, what is not right about it."""
    if card.taken_back or card.reworded:
        gone = _("Taken back") if card.taken_back else _("These words were taken off. The card reads otherwise now.")
        yield Para(runs=(run(gone, soft=True),), kind="words")
        return
    who = [run(card.who, soft=True)] if card.who else []
    if card.unknown:
        who.append(run(_("We don’t know this yet"), soft=True))
    yield Para(runs=(*said_runs(card.said), *who), kind="words")
    for said in card.comments:
        yield Para(runs=with_who(said.text, said.who), kind="note")
    yield from (correction(one) for one in card.corrections)
