"""What practice meetings are put together from: a worry with its goal, who agrees, and next steps with who takes them
on. Each gives the steps of a script that bring it onto the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..board.ask import Column
from ..board.cards import AddCard
from ..board.owners import AnswerStep, AskOwner, Given, ShowOwner
from ..board.setasks import LinkCard, NameWho, PutUpSet, StartSet, WriteSet
from ..board.setparts import PartName
from ..board.steps import AddStep, BottomStep
from ..board.translations import Of, SetTranslation
from ..ids import new_id
from .script import Does, Step, Who

QUICK_S = 0.4
"""Between the parts of what somebody has prepared."""


@dataclass(frozen=True, kw_only=True)
class Worry:
    """A worry with its goal. `texts` go by part; `family` is whose goal it is beside it, and the goal; `cards` are the
    ids of what it rests on."""

    children: tuple[str, ...]
    who: tuple[str, ...]
    texts: Mapping[PartName, str]
    family: tuple[str, str]
    cards: tuple[str, ...] = ()
    id: str = field(default_factory=new_id)
    scale: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A next step. `owners` say what they answer, by their name in the script: "yes", or the words after "yes, but"."""

    what: str
    when: str
    owners: Mapping[str, str]
    know: str = ""
    otherwise: str = ""
    bottom: str = ""


def compiled(by: str, worry: Worry) -> tuple[Step, ...]:
    """Somebody writes a worry and its goal down and puts them on the board; the family's own goal is typed for them."""
    whose, goal = worry.family

    def own_goal(who: Who) -> WriteSet:
        return WriteSet(ref=0, set=worry.id, part="family", text=goal, was=0, for_=who(whose))

    return (
        Does(by, StartSet(ref=0, id=worry.id, scale=worry.scale, children=worry.children)),
        *(
            Does(by, WriteSet(ref=0, set=worry.id, part=part, text=text, was=0), QUICK_S)
            for part, text in worry.texts.items()
        ),
        Does(by, NameWho(ref=0, set=worry.id, names=worry.who, was=0), QUICK_S),
        *(Does(by, LinkCard(ref=0, set=worry.id, card=card), QUICK_S) for card in worry.cards),
        Does(by, PutUpSet(ref=0, set=worry.id)),
        Does(by, own_goal),
    )


def planned(chair: str, by: str, plan: Plan) -> tuple[Step, ...]:
    """Somebody puts a next step on the list; whoever it is for says yes, and is shown then."""
    step = new_id()
    steps: list[Step] = [
        Does(
            by,
            AddStep(ref=0, id=step, what=plan.what, when=plan.when, know=plan.know, otherwise=plan.otherwise),
        )
    ]
    if plan.bottom:
        steps.append(Does(plan.bottom, BottomStep(ref=0, step=step, on=True), QUICK_S))
    for name, answer in plan.owners.items():
        steps += _asked(chair, name, answer, step=step)
    return tuple(steps)


def _asked(chair: str, name: str, answer: str, *, step: str) -> tuple[Step, ...]:
    owner = new_id()
    given: Given = "yes" if answer == "yes" else "but"
    words = "" if answer == "yes" else answer

    def ask(who: Who) -> AskOwner:
        return AskOwner(ref=0, id=owner, step=step, person=who(name))

    return (
        Does(chair, ask, QUICK_S),
        Does(name, AnswerStep(ref=0, owner=owner, answer=given, was=1, words=words), QUICK_S),
        Does(chair, ShowOwner(ref=0, owner=owner, was=1), QUICK_S),
    )


def card(column: Column, text: str, *, id: str = "", **more: Any) -> AddCard:
    """A card; `more` as `card.add` takes it."""
    return AddCard(ref=0, id=id or new_id(), column=column, text=text, **more)


def says_too(interpreter: str, card: str, text: str, lang: str) -> Does:
    """An interpreter between English and Dari puts a card into the other of the two."""
    of_lang = "en" if lang == "prs" else "prs"
    of = Of(kind="card", id=card)
    return Does(interpreter, SetTranslation(ref=0, id=new_id(), of=of, text=text, lang=lang, of_lang=of_lang))
