"""Example B: help for a family early on. Ayaan, his sister Hana and their mother Farida; everybody and every place in
it is invented."""

from __future__ import annotations

from collections.abc import Callable

from ..board.answers import Stance
from ..board.cards import ConfirmCards
from ..board.cardtray import ShowCard
from ..board.children import EndChild, SayGoodbye, SetChild
from ..board.meeting import About
from ..board.past import RecallNumber
from ..board.people import ExpectPerson, RaiseHand, SayReady
from ..board.phases import EndBreak, GoToPhase, ShowLarge, StartBreak
from ..board.quiet import QuietDone, SayQuietly
from ..board.scales import AskQuestion, CloseRound
from ..board.voice import Voice
from ..catalogue import gettext as _
from ..ids import new_id
from .pieces import Plan, Worry, card, compiled, planned, says_too
from .script import Agrees, Asked, Does, Figure, Rates, Script, Step, Who

HOLD_S = 5.0
"""So long people look at what is shown large."""


def example_b() -> Script:
    """The script, with fresh ids."""
    naveed, hana = new_id(), new_id()
    missed, wall, letters = new_id(), new_id(), new_id()
    school, home = _school((missed,)), _home((wall,))
    return Script(
        title=_("Practice meeting"),
        template="wellbeing",
        facilitator="beth",
        scribe="sam",
        figures=_figures(naveed, hana),
        steps=(
            *_beginning(naveed, hana, letters),
            *_well(),
            *_worried(naveed, missed, wall, letters),
            *_break(),
            *_needs(),
            *_words(school, home),
            *_numbers(school, home),
            *_next_steps(),
            _goes("close"),
        ),
    )


def _figures(naveed: str, hana: str) -> dict[str, Figure]:
    return {
        "beth": Figure(name="Beth", role="facilitator", numbers={"school": 5, "home": 4}),
        "ayaan": Figure(
            name="Ayaan", role="child", numbers={"school": 5, "home": 4}, reasons={"school": "Thursdays are good now"}
        ),
        "farida": Figure(name="Farida", role="family", numbers={"school": 4, "home": 3}),
        "sam": Figure(name="Sam", role="scribe"),
        "carol": Figure(name="Carol", role="advocate", helping="Hana"),
        "hana": Figure(
            name="Hana", role="child", numbers={"home": 4}, listed=hana, through="carol", source="faces, 5 May"
        ),
        "leila": Figure(name="Leila", role="interpreter", helping="Farida"),
        "naveed": Figure(
            name="Naveed",
            role="family",
            numbers={"school": 6, "home": 5},
            listed=naveed,
            through="sam",
            source="by phone",
        ),
        "zohra": Figure(name="Zohra", role="family", numbers={"school": 5, "home": 4}),
        "owen": Figure(
            name="Owen Pryce",
            role="agency",
            agency="School or college",
            numbers={"school": 3, "home": 5},
            reasons={"school": "still one day in four missed"},
        ),
        "nkechi": Figure(name="Nkechi Eze", role="agency", agency="School nursing", numbers={"school": 5, "home": 4}),
        "graham": Figure(
            name="Graham Tull", role="agency", agency="Housing", numbers={"school": "not-sure", "home": 5}
        ),
        "danny": Figure(
            name="Danny Moss",
            role="agency",
            agency="Youth work",
            numbers={"school": 7, "home": "not-sure"},
            reasons={"school": "he is a leader here"},
        ),
    }


_LETTERS = "I read all the letters for Mum. I don't like telling her the bad ones."


def _beginning(naveed: str, hana: str, letters: str) -> tuple[Step, ...]:
    """The child's voice first, and the uncle comes onto the list."""
    return (
        _goes("child", 1.0),
        Does("ayaan", card("well", "I'm good at football and Danny says I could help coach the little ones."), 1.0),
        # He is twelve, and wants to see everything.
        Does("beth", lambda who: SetChild(ref=0, person=who("ayaan"), age="12+", sees="all"), 0.5),
        # He keeps this one for himself, until he sees how it goes.
        Does("ayaan", card("worried", _LETTERS, id=letters, keep=True)),
        Does("sam", ExpectPerson(ref=0, id=naveed, name="Naveed", role="family", how="phone")),
        Does("sam", ExpectPerson(ref=0, id=hana, name="Hana", role="child", how="apologies")),
        Does(
            "carol", card("well", "My brother makes my breakfast. He does the toast with faces.", voice=_hana("drew"))
        ),
        Does("ayaan", SayReady(ref=0, state="ready"), 0.5),
        Does("zohra", SayReady(ref=0, state="ready"), 0.5),
    )


def _well() -> tuple[Step, ...]:
    eat = new_id()
    return (
        _goes("well"),
        Does("farida", card("well", "ما هر شب با هم غذا می‌خوریم.", id=eat)),
        says_too("leila", eat, "We eat together every night.", "en"),
        Does("owen", card("well", "Ayaan's maths is strong. When he is here he works hard.")),
        Does("farida", card("well", "In the old flat he walked with a friend and was never late.")),
        Does("zohra", card("well", "Farida helped me when my baby was ill. She is kind and she does not give up.")),
        Does("nkechi", card("well", "Farida rang me back the same day about Hana's asthma.")),
        Does("danny", RaiseHand(ref=0, up=True)),
        Does("danny", card("well", "Ayaan has come every Thursday since March.")),
        Does("danny", RaiseHand(ref=0, up=False)),
    )


def _worried(naveed: str, missed: str, wall: str, letters: str) -> tuple[Step, ...]:
    nights, sleep = new_id(), new_id()
    days = "Ayaan has missed 19 days since January, mostly Mondays and Tuesdays."
    said = "The wall is black and fluffy by my bed and my chest goes whistly."
    return (
        _goes("worried"),
        Does("owen", card("worried", days, id=missed)),
        Does("ayaan", card("worried", "The bus is two changes and some boys take the mick out of how I talk.")),
        Does("farida", card("worried", "I do not sleep. I think about my sister who is still far away.", id=sleep)),
        says_too("leila", sleep, "من نمی‌خوابم. به خواهرم فکر می‌کنم که هنوز دور است.", "prs"),
        Does("carol", card("worried", said, id=wall, voice=_hana("said"))),
        Does("beth", ShowLarge(ref=0, about=About(kind="card", id=wall))),
        Does("sam", card("worried", "I work nights so I cannot help with mornings.", id=nights, for_=naveed)),
        Does("sam", ConfirmCards(ref=0, cards=(nights,))),
        Does("beth", ShowLarge(ref=0, about=None)),
        Does("graham", card("worried", "The first repair visit did not happen. That was our mistake.")),
        Does("ayaan", ShowCard(ref=0, card=letters)),
    )


def _break() -> tuple[Step, ...]:
    """Leila asks for it quietly; nobody but Beth learns that."""
    quiet = new_id()
    return (
        Does("leila", SayQuietly(ref=0, id=quiet, about="break")),
        Does("beth", StartBreak(ref=0), 2.5),
        Does("farida", SayReady(ref=0, state="ready"), 3.0),
        Does("ayaan", SayReady(ref=0, state="ready"), 0.5),
        Does("beth", EndBreak(ref=0), 2.0),
        Does("beth", QuietDone(ref=0, quiet=quiet)),
    )


def _needs() -> tuple[Step, ...]:
    sleep = new_id()
    doctor = "I would like to talk to a doctor about sleep, with a woman interpreter."
    mornings = "I take Hana to school on Mondays and Tuesdays so Ayaan can go straight to his bus."
    return (
        _goes("needs"),
        Does("ayaan", card("needs", "Someone to go on the bus with for a bit.")),
        Does("zohra", card("needs", mornings)),
        Does("nkechi", card("needs", "Letters from us and school come in Dari, or by a voice message.")),
        Does("graham", card("needs", "Treat the mould and fit a fan.")),
        Does("farida", card("needs", doctor, id=sleep)),
        says_too("leila", sleep, "می‌خواهم با داکتر در بارهٔ خواب گپ بزنم، با یک ترجمان زن.", "prs"),
        Does("carol", card("needs", "I wish my room was yellow.", voice=_hana("said"))),
    )


def _school(cards: tuple[str, ...]) -> Worry:
    return Worry(
        children=("Ayaan",),
        who=("Farida", "Owen", "Ayaan"),
        texts={
            "name": "Getting to school",
            "happened": "Ayaan has missed 19 days; the bus is hard and some boys pick on him",
            "could": "he could fall behind and lose his friends",
            "like:0": "he could feel he does not belong here",
            "doing": "Ayaan gets to school on time at least nine days in ten and has someone to travel with; "
            "if boys are unkind he knows who to tell and it gets sorted that day",
            "notice": "Ayaan says school feels OK",
            "long": "one term",
        },
        family=("ayaan", "Be on the team and not have a stomach ache on Mondays."),
        cards=cards,
    )


def _home(cards: tuple[str, ...]) -> Worry:
    return Worry(
        children=("Hana", "Ayaan"),
        who=("Farida", "Nkechi", "Zohra"),
        texts={
            "name": "Sleep, damp and grown-up jobs",
            "happened": "Farida hardly sleeps, the damp is making Hana wheeze, and Ayaan does grown-up jobs like "
            "reading letters",
            "could": "Farida could become unwell",
            "like:0": "she could end up in hospital",
            "like:1": "he could miss out on being twelve",
            "doing": "The bedroom is dry; Farida sleeps most nights and has two people to call; letters come in a way "
            "she can use, so Ayaan does not have to read them",
            "notice": "Hana’s breathing is good",
            "long": "three months",
        },
        family=("farida", "A dry room, and nights when we all sleep."),
        cards=cards,
    )


def _words(school: Worry, home: Worry) -> tuple[Step, ...]:
    """Both worries in words, and who agrees."""
    everyone: dict[str, tuple[Stance, str]] = dict.fromkeys(
        ("farida", "naveed", "zohra", "owen", "nkechi", "danny"), ("agree", "")
    )
    ours = "I agree, and the repair is housing's job."
    return (
        _goes("statements"),
        *compiled("beth", school),
        Agrees(
            school.id,
            {**everyone, "graham": ("agree", ""), "ayaan": ("agree", "yes, but don't make a big thing of it")},
        ),
        *compiled("beth", home),
        Agrees(home.id, {**everyone, "graham": ("agree", ours), "ayaan": ("agree", "")}),
    )


def _numbers(school: Worry, home: Worry) -> tuple[Step, ...]:
    """Everyone chooses alone; the gap from 3 to 7 is what to talk about. Last time's numbers stand beside them. Ayaan
    stays for the first half."""
    first, second = Asked("school", new_id(), school.scale), Asked("home", new_id(), home.scale)
    return (
        _goes("rate"),
        *_last_time(school.scale, farida=3, ayaan=2, zohra=4, owen=2, nkechi=4, danny=4),
        *_last_time(home.scale, farida=3, hana=3, zohra=4, owen=5, nkechi=3),
        Rates((first, second), "named", too=True),
        Does("beth", AskQuestion(ref=0, round=first.round, question="what-makes", value=5), HOLD_S),
        Does("ayaan", card("well", "On Thursdays nobody takes the mick.")),
        Does("danny", card("well", "On Thursdays he knows that somebody is waiting for him.")),
        Does("beth", lambda who: SayGoodbye(ref=0, person=who("ayaan"))),
        Does("ayaan", lambda who: EndChild(ref=0, person=who("ayaan")), 2.0),
        Does("beth", AskQuestion(ref=0, round=first.round, question="one-higher", value=5)),
        Does("zohra", card("needs", "Mondays would feel a bit like Thursdays.")),
        Does("beth", CloseRound(ref=0, round=first.round), HOLD_S),
        Does("beth", CloseRound(ref=0, round=second.round)),
    )


def _last_time(scale: str, **numbers: int) -> tuple[Step, ...]:
    def recalled(name: str, value: int) -> Callable[[Who], RecallNumber]:
        return lambda who: RecallNumber(
            ref=0, id=new_id(), scale=scale, person=who(name), value=value, when="eight weeks ago"
        )

    return tuple(Does("beth", recalled(name, value), 0.1) for name, value in numbers.items())


def _next_steps() -> tuple[Step, ...]:
    plans = (
        Plan(
            what="Find a bus buddy in Year 9 and meet the boys' head of year.",
            when="by Friday",
            owners={"owen": "yes"},
            know="Ayaan is on the bus with somebody on Monday.",
        ),
        Plan(what="Walk Hana to school on Mondays and Tuesdays.", when="from Monday", owners={"zohra": "yes"}),
        Plan(
            what="Treat the mould and fit a fan. Ring Farida through an interpreter the day before.",
            when="by the 28th",
            owners={"graham": "yes"},
            otherwise="Beth rings housing’s manager.",
        ),
        Plan(what="Book a doctor, with a woman interpreter.", when="this week", owners={"nkechi": "yes"}),
        Plan(what="Dari letters and voice messages from school, nurse and housing.", when="two weeks", owners={}),
        Plan(what="Coach the under-nines together.", when="from Thursday", owners={"danny": "if Ayaan still wants to"}),
        Plan(what="Phone Farida on Sunday evenings.", when="every Sunday", owners={"naveed": "yes"}),
    )
    return (_goes("steps"), *(one for plan in plans for one in planned("beth", "beth", plan)))


def _goes(phase: str, after_s: float | None = None) -> Does:
    return Does("beth", GoToPhase(ref=0, phase=phase), after_s)


def _hana(how: str) -> Voice:
    return Voice(whose="Hana", agreed="yes", how=how, when="5 May", brought_by="Carol")  # type: ignore[arg-type]
