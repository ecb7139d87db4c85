"""A record made up for the PDF, with something of everything, and records of cards alone."""

from __future__ import annotations

from typing import Final

from server.board.ask import Column
from server.record.model import (
    Afterwards,
    Agreement,
    Answer,
    Attendee,
    Copy,
    Decision,
    Labels,
    Owner,
    Record,
    Set,
    Stay,
    Step,
    Thought,
)
from server.record.numbers import Before, Mark, Round, Scale
from server.record.said import Card, ColumnOf, Comment, Correction, Said, Second, View, Voice

AT: Final = 1_795_776_545_948
FARSI: Final = "ما هر شب با هم غذا می‌خوریم."
ARABIC: Final = "نحن بخير والحمد لله."
POLISH: Final = "Babcia odbiera dzieci, gdy źle się dzieje – żółć, łąka, ość."
BENGALI: Final = "আমি ভাত খাই।"
AMHARIC: Final = "ሰላም ለሁላችሁ"
HEBREW: Final = "שלום לכולם"
EMOJI: Final = "Football 😀 and 👍 with 1 and 2"
LONG: Final = "Donau" + "dampfschifffahrt" * 30
LANGUAGES: Final = {"prs": FARSI, "ar": ARABIC, "pl-PL": POLISH, "bn": BENGALI, "he": HEBREW, "am": AMHARIC}
LABELS: Final = Labels(
    worry="Worry statement",
    goal="Wellbeing goal",
    worry_side="What we are worried about",
    goal_side="What we want to see",
    scale="Wellbeing scale",
    plan="Family plan",
)


def card(
    id: str, text: str, lang: str = "", *seconds: Second, who: str = "Maureen", voice: Voice | None = None
) -> Card:
    return Card(id=id, column="well", said=Said(text=text, lang=lang, seconds=seconds), who=who, voice=voice)


UNKNOWN: Final = Card(
    id="u", column="needs", said=Said(text="Who has the key?"), unknown=True, finds_out="Zohra", by_when="Monday"
)


def columns(*cards: Card) -> tuple[ColumnOf, ...]:
    """The three columns, with these cards in them by turns."""
    titles: dict[Column, str] = {"well": "Working well", "worried": "Worries", "needs": "Needs to happen"}
    return tuple(
        ColumnOf(id=id, title=title, question=f"{title}?", cards=cards[place::3])
        for place, (id, title) in enumerate(titles.items())
    )


def of_cards(*texts: str, copy: Copy = "whole", title: str = "Thursday") -> Record:
    """A record of no more than these cards."""
    cards = tuple(card(f"card{place}", text) for place, text in enumerate(texts))
    return Record(
        copy=copy,
        title=title,
        template="wellbeing",
        lang="en",
        labels=LABELS,
        opened=AT,
        made=AT,
        columns=columns(*cards),
        fingerprint="0f" * 32,
    )


def whole(copy: Copy = "whole") -> Record:
    """A record with something of everything."""
    said = [card(f"card{lang}", text, lang) for lang, text in LANGUAGES.items()]
    return Record(
        copy=copy,
        title="Thursday at Gran’s",
        template="wellbeing",
        lang="en",
        labels=LABELS,
        opened=AT,
        made=AT,
        rules=("One at a time.",),
        rules_agreed=AT,
        people=(
            Attendee(
                id="a", name="Farida", role="family", role_name="Family or friend", came="came", stays=(Stay(came=AT),)
            ),
            Attendee(
                id="b",
                name="Tom Okafor",
                role="agency",
                role_name="Works with the family",
                agency="Social work",
                came="apologies",
                lead=True,
                corrections=(Correction(id="c", text="It is Okafor-Lee.", who="Tom Okafor"),),
            ),
        ),
        voices=(
            card(
                "v1", "The wall is black.", "en", Second(text=FARSI, lang="prs", dir="rtl"), voice=Voice(whose="Hana")
            ),
            card("v2", "I wish my room was yellow.", voice=Voice(whose="Hana", brought_by="Carol", when="5 May")),
        ),
        columns=columns(*said, card("e", EMOJI), card("l", LONG), UNKNOWN),
        sets=(_set(),),
        scales=(_scale("s1", "set1"), _scale("s2", "")),
        rounds=(_round("r1", "s1"), _round("r2", "s2")),
        decisions=(
            Decision(
                id="d",
                what="The plan starts on Friday.",
                reasons="Everyone agrees.",
                whom="everyone here",
                next="in four weeks",
                views=(View(id="w", said=Said(text="Too soon."), who="Farida"),),
            ),
        ),
        steps=(
            Step(
                id="t",
                what=Said(text="Treat the mould."),
                when="by Wednesday",
                know=Said(text="The wall is white."),
                otherwise=Said(text="Beth rings housing."),
                owners=(Owner(id="o", name="Graham Tull", but="not on Monday"),),
                comments=(Comment(id="m", text="At last", who="Zohra"),),
            ),
        ),
        thoughts=(Thought(id="h", column="well", text="Begin with tea.", who="Zohra"),),
        afterwards=Afterwards(next="3 June, 10:00", ring="Tom, 01632 960 001"),
        fingerprint="0f" * 32,
    )


def _set() -> Set:
    return Set(
        id="set1",
        number=1,
        state="board",
        name=Said(text="Sleep and damp"),
        worry=Said(text="Hana wheezes because the bedroom is damp."),
        goal=Said(text="The bedroom is dry."),
        family=Said(text="A dry room.", seconds=(Second(text=FARSI, lang="prs", dir="rtl", stale=True),)),
        scale="s1",
        views=(View(id="x", said=Said(text="It is not the damp."), who="Graham Tull"),),
        agreement=Agreement(
            counts={"agree": 1, "partly": 2},
            answers=(Answer(id="n", value="agree", who="Farida", words=Said(text="yes, dry")),),
            not_asked=1,
            reworded=True,
        ),
        comments=(Comment(id="y", text="Since winter.", who="Zohra"),),
    )


def _scale(id: str, of: str) -> Scale:
    ten, zero = Said(text="All is well."), Said(text="Nothing has changed.")
    return Scale(
        id=id, title=Said(text="How safe is it?"), about=Said(text=""), ten=ten, zero=zero, direction="up", set=of
    )


def _round(id: str, scale: str) -> Round:
    marks = (
        Mark(id=f"{id}a", value=3, person="a", who="Farida", role="family", role_name="Family", reason="it is cold"),
        Mark(id=f"{id}b", value=7, person="b", who="Tom Okafor", role="agency", role_name="Social work"),
    )
    before = (Before(value=2, when="in May", person="a", who="Farida", role="family"),)
    return Round(id=id, scale=scale, show="named", marks=marks, asked=3, no_number=1, before=before)
