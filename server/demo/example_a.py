"""Example A: a family network meeting about Kofi and Elsie, their mother Dana and the people around them. Everybody
and every place in it is invented."""

from __future__ import annotations

from ..board.answers import Stance
from ..board.children import SetChild
from ..board.decisions import AddDecision
from ..board.lead import LeadPerson
from ..board.meeting import About
from ..board.people import ExpectPerson, SayReady
from ..board.phases import GoToPhase, ShowLarge
from ..board.scales import AskQuestion, CloseRound
from ..board.voice import Voice
from ..catalogue import gettext as _
from ..ids import new_id
from .pieces import QUICK_S, Plan, Worry, card, compiled, planned
from .script import Agrees, Asked, Does, Figure, Rates, Script, Step

HOLD_S = 5.0
"""So long people look at what is shown large."""


def example_a() -> Script:
    """The script, with fresh ids."""
    kofi, gp = new_id(), new_id()
    door, asleep = new_id(), new_id()
    home, drink = _home((door,)), _drink((asleep,))
    return Script(
        title=_("Practice meeting"),
        template="safety",
        facilitator="helen",
        scribe="priya",
        figures=_figures(kofi),
        steps=(
            *_beginning(kofi, gp),
            *_well(),
            *_worried(door, asleep),
            *_needs(),
            *_words(home, drink),
            *_numbers(home, drink),
            *_next_steps(),
            *_close(),
        ),
    )


def _figures(kofi: str) -> dict[str, Figure]:
    return {
        "helen": Figure(name="Helen", role="facilitator"),
        "dana": Figure(
            name="Dana",
            role="family",
            numbers={"overall": 6, "home": 6, "drink": 5},
            reasons={"home": "he has not been back for five weeks"},
        ),
        "maureen": Figure(name="Maureen", role="family", numbers={"overall": 4, "home": 4, "drink": 4}),
        "shirin": Figure(name="Shirin", role="family", numbers={"overall": 5, "home": 5, "drink": "not-sure"}),
        "priya": Figure(name="Priya", role="scribe"),
        "sade": Figure(name="Sade", role="advocate", helping="Kofi"),
        "kofi": Figure(
            name="Kofi",
            role="child",
            numbers={"overall": 3, "home": 3, "drink": 4},
            reasons={"home": "sometimes I still listen"},
            listed=kofi,
            through="sade",
            source="on steps, 14 May",
        ),
        "tom": Figure(
            name="Tom Okafor",
            role="agency",
            agency="Social work",
            numbers={"overall": 3, "home": 3, "drink": 3},
            reasons={"home": "rules are new and not tested"},
        ),
        "jo": Figure(
            name="Jo Castell",
            role="agency",
            agency="School or college",
            numbers={"overall": 4, "home": 4, "drink": 4},
        ),
        "anya": Figure(
            name="Anya Petrov",
            role="agency",
            agency="Health visiting or midwifery",
            numbers={"overall": 5, "home": 5, "drink": 4},
        ),
        "marcus": Figure(
            name="Marcus Lyle",
            role="agency",
            agency="Police",
            numbers={"overall": 3, "home": 2, "drink": "rather-not"},
        ),
        "lou": Figure(
            name="Lou Fenwick",
            role="agency",
            agency="Help for people hurt at home",
            numbers={"overall": 4, "home": 4, "drink": 5},
        ),
    }


def _beginning(kofi: str, gp: str) -> tuple[Step, ...]:
    """Who is here and who is not, and the child's voice first."""
    voice = card("well", "Mum does the funny voices when she reads to us.", voice=_kofi("said"))
    return (
        _goes("child", 1.0),
        Does("sade", voice, 1.0),
        Does("helen", lambda who: LeadPerson(ref=0, person=who("tom")), 0.5),
        Does("priya", ExpectPerson(ref=0, id=kofi, name="Kofi", role="child", how="expected")),
        Does("helen", SetChild(ref=0, person=kofi, age="8-11", chooses="steps"), 0.5),
        Does("priya", ExpectPerson(ref=0, id=gp, name="GP", role="agency", agency="GP", how="apologies")),
        Does("dana", SayReady(ref=0, state="ready"), 0.5),
        Does("maureen", SayReady(ref=0, state="ready"), 0.5),
        Does("sade", card("worried", _OVER_HER_EARS, voice=_kofi("drew"))),
        Does("sade", card("needs", _SATURDAYS, voice=_kofi("said"))),
    )


_OVER_HER_EARS = "I put my hands over Elsie's ears so she can't hear the shouting."
_SATURDAYS = "I want someone to come on Saturdays so I don't have to listen out."


def _well() -> tuple[Step, ...]:
    fetched = "When it kicked off in February Kofi rang me and I fetched both children within 20 minutes."
    return (
        _goes("well"),
        Does("jo", card("well", "Kofi is in school nearly every day and has two good friends.")),
        Does("maureen", card("well", fetched)),
        Does("dana", card("well", "I called the police myself on 11 April. I did not let him back in.")),
        Does("anya", card("well", "Elsie is growing well and has had all her jabs.")),
        Does("shirin", card("well", "The children know they can knock on my door at any time.")),
        Does("lou", card("well", "Dana has kept four of our five meetings since 11 April.")),
    )


def _worried(door: str, asleep: str) -> tuple[Step, ...]:
    pushed = "On 11 April Rhys pushed Dana into the door. Both children were in the room. Dana's arm was bruised."
    saturdays = (
        "On two Saturdays, 25 April and 2 May, Dana was asleep after drinking. "
        "Kofi gave Elsie her tea and put her to bed."
    )
    return (
        _goes("worried"),
        Does("marcus", card("worried", pushed, id=door)),
        Does("tom", card("worried", saturdays, id=asleep)),
        Does("dana", card("worried", "I drink more at weekends since we split. The evenings are the worst.")),
        Does("dana", card("worried", "I owe two months' rent and I am scared of losing the flat.")),
        Does("jo", card("worried", "On Mondays Kofi is very tired and cries easily.")),
        Does("maureen", card("worried", "I am worried he will talk his way back in.")),
        Does("helen", ShowLarge(ref=0, about=About(kind="card", id=door))),
        Does("helen", ShowLarge(ref=0, about=None), HOLD_S),
    )


def _needs() -> tuple[Step, ...]:
    return (
        _goes("needs"),
        Does("maureen", card("needs", "I can stay over every Friday and Saturday until the summer.")),
        Does("lou", card("needs", "A code word Dana can text to three people.")),
        Does("tom", card("needs", "A sober grown-up is in the home every night the children are there.")),
        Does("anya", card("needs", "Dana and I go together to the first alcohol service visit.")),
    )


def _home(cards: tuple[str, ...]) -> Worry:
    return Worry(
        children=("Kofi", "Elsie"),
        who=("Tom", "Jo", "Marcus", "Maureen", "Dana"),
        texts={
            "name": "Shouting and hurting at home",
            "happened": "Rhys has shouted, thrown things and, on 11 April, pushed Dana while Kofi and Elsie watched",
            "could": "Dana could be badly hurt, and the children could be hurt trying to help her",
            "like:0": "he would grow up feeling frightened in his own home, and that he has to look after everyone",
            "like:1": "she would grow up frightened of loud voices and not sleep",
            "doing": "Dana, Maureen and their people will have a home where no adult shouts in anger, throws things or "
            "hurts anyone; if Rhys turns up Dana texts her code word and someone comes",
            "notice": "Kofi and Elsie say they feel safe at bedtime",
            "long": "six months",
        },
        family=("dana", "A quiet house where Kofi can just be nine."),
        cards=cards,
    )


def _drink(cards: tuple[str, ...]) -> Worry:
    return Worry(
        children=("Kofi", "Elsie"),
        who=("Tom", "Anya", "Maureen"),
        texts={
            "name": "Drinking at weekends",
            "happened": "when Dana drinks at weekends she falls asleep and Kofi looks after Elsie alone",
            "could": "Elsie could have an accident with no grown-up awake",
            "like:0": "he could feel it is his job and his fault",
            "like:1": "she could wake up and nobody comes",
            "doing": "On every night the children are home a sober adult who knows the plan is awake until they sleep "
            "and there all night; Dana has other ways to get through the evenings",
            "notice": "Kofi goes to football and sleeps in on Sundays",
            "long": "four months",
        },
        family=("dana", "Saturdays that are just Saturdays."),
        cards=cards,
    )


def _words(home: Worry, drink: Worry) -> tuple[Step, ...]:
    """Each worry and its goal in words; whoever sees it differently stands beside it."""
    all_agree: dict[str, tuple[Stance, str]] = dict.fromkeys(("maureen", "tom", "jo", "marcus", "anya"), ("agree", ""))
    sundays = "Those two Saturdays were so. It is not every week."
    return (
        _goes("statements"),
        *compiled("helen", home),
        Agrees(home.id, {"dana": ("agree", ""), **all_agree, "kofi": ("agree", "yes, quiet")}),
        *compiled("helen", drink),
        Agrees(drink.id, {"dana": ("partly", sundays), **all_agree}),
    )


def _numbers(home: Worry, drink: Worry) -> tuple[Step, ...]:
    """Three numbers on one sheet: for each worry, and over all."""
    overall = Asked("overall", new_id())
    rounds = (Asked("home", new_id(), home.scale), Asked("drink", new_id(), drink.scale), overall)
    return (
        _goes("rate"),
        Rates(rounds, "named"),
        Does("helen", AskQuestion(ref=0, round=overall.round, question="what-makes", value=4), HOLD_S),
        Does("maureen", card("well", "They know to ring me, and they do.")),
        *(Does("helen", CloseRound(ref=0, round=one.round), QUICK_S) for one in rounds),
    )


def _next_steps() -> tuple[Step, ...]:
    stays = Plan(
        what="Maureen stays over every Friday and Saturday night.",
        when="from this Friday",
        owners={"maureen": "yes"},
        know="Kofi says on Mondays that he slept.",
        otherwise="Maureen rings Shirin, who comes over.",
    )
    sober = Plan(
        what="A sober grown-up is in the home every night the children are there.",
        when="every night",
        owners={},
        bottom="tom",
    )
    code = Plan(what="Set the code word and test it.", when="by Wednesday", owners={"dana": "yes", "lou": "yes"})
    visit = Plan(
        what="First visit to the alcohol service, together.",
        when="Tuesday 10:00",
        owners={"anya": "yes", "dana": "Anya picks me up"},
    )
    rent = Plan(what="Ask housing for a rent plan.", when="by Friday", owners={"tom": "yes"})
    mondays = Plan(what="Kofi has a quiet start on Mondays.", when="from next week", owners={"jo": "yes"})
    told = Plan(what="Tell Kofi what was decided.", when="tomorrow", owners={"sade": "yes"})
    return (
        _goes("steps"),
        *planned("helen", "tom", sober),
        *(one for plan in (stays, code, visit, rent, mondays, told) for one in planned("helen", "helen", plan)),
    )


def _close() -> tuple[Step, ...]:
    agreed = AddDecision(
        ref=0,
        id=new_id(),
        what="The plan starts this Friday and everyone here is part of it.",
        reasons="Everyone agrees about the worry and the goal; the rules are new and have to be tried.",
        whom="everyone here",
        next="in four weeks",
    )
    return (_goes("close"), Does("helen", agreed))


def _goes(phase: str, after_s: float | None = None) -> Does:
    return Does("helen", GoToPhase(ref=0, phase=phase), after_s)


def _kofi(how: str) -> Voice:
    return Voice(whose="Kofi", agreed="yes", how=how, when="14 May", brought_by="Sade")  # type: ignore[arg-type]
