"""A meeting in which much is said that belongs in no record, and its copies: what tests of their content hold in their
hands."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

from server.board.meeting import Authors
from server.record.forms import write
from server.record.model import Copy, Record
from server.recording import of_board
from tests.board.make import (
    BY_ROLE,
    DANA,
    HELEN,
    JO,
    KOFI,
    LEILA,
    MAUREEN,
    POLL,
    PRIYA,
    SADE,
    SET,
    SHIRIN,
    TOM,
    VOICE,
    Play,
    meeting,
)

MADE: Final = 1_800_000_900_000
FORMS: Final = ("html", "json", "csv", "docx", "xlsx")
TEXTS: Final = ("html", "json", "csv")
PEOPLE: Final = (*BY_ROLE.values(), MAUREEN, SHIRIN, TOM)
SECRET: Final = re.compile(r"secret\w+")
BY_DANA: Final[dict[str, Any]] = {"column": "worried", "by": DANA}


def of(play: Play, copy: Copy, person: str = "", **more: Any) -> Record:
    """A copy of the record as the board stands."""
    return of_board(play.board, copy, person=person, made=MADE, **more)


def copies(play: Play) -> dict[str, Record]:
    """Every copy there is, by what it is called here."""
    made = {copy: of(play, copy) for copy in ("whole", "family", "plan")}
    kinds: tuple[Copy, ...] = ("copy", "own", "family", "plan")
    return {**made, **{f"{copy} {person}": of(play, copy, person) for person in PEOPLE for copy in kinds}}


def said(record: Record, form: str) -> str:
    """All that a file holds, as text."""
    file = write(record, form)
    if file.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(file)) as opened:
            return html.unescape("\n".join(opened.read(name).decode() for name in opened.namelist()))
    return html.unescape(file.decode())


def secrets(record: Record, form: str = "json") -> set[str]:
    """The words in a file that belong in none."""
    return set(SECRET.findall(said(record, form)))


def under_way(*, authors: Authors = "shown", other: Mapping[str, str] = MappingProxyType({})) -> Play:
    """A meeting with something of everything: what is called "secret…" is in no record, all else in the whole one.
    `other` says something else in place of a secret of that name."""

    def secret(name: str) -> str:
        return f"secret{name} {other.get(name, '')}".strip()

    play = meeting(authors=authors)
    for id in (MAUREEN, SHIRIN):
        play.comes(id)
    play.comes(TOM, "agency", agency="Social work")
    play.says(HELEN, "comment.open", all=True)
    _cards(play, secret)
    _sets(play, secret)
    _steps(play, secret)
    _numbers(play, secret)
    play.knocks("waitsatdoor", name=secret("waits"))
    play.knocks("refusedone", name=secret("refused"))
    play.says(HELEN, "person.refuse", person="refusedone")
    play.says(DANA, "quiet.say", id="quiet0001", about="words", text=secret("quiet"))
    play.says(DANA, "thought.keep", id="thought1", column="well", text=secret("thought"))
    return play


def _cards(play: Play, secret: Any) -> None:
    for id, by, column in (
        ("cardshown1", DANA, "well"),
        ("cardshown2", JO, "worried"),
        ("cardshown3", MAUREEN, "needs"),
    ):
        play.card(id, by, column, f"Everyone read {id}")
    play.card("cardtyped1", PRIYA, text="Everyone read cardtyped1", for_=DANA)
    play.card("cardvoice1", SADE, text="I like the stairs", voice={**VOICE, "whose": "the boy"})
    play.card("cardchild1", KOFI, "worried", "I hide under them")
    for id, by, does in (
        ("cardaside1", DANA, "card.aside"),
        ("cardtaken1", JO, "card.remove"),
        ("carderased", MAUREEN, "card.erase"),
    ):
        play.card(id, by, text=secret(id))
        play.says(JO, "comment.add", id=f"under{id}", on={"kind": "card", "id": id}, text=secret(f"under{id}"))
        _translated(play, id, secret(f"pl{id}"))
        play.says(by, "correction.ask", id=f"beside{id}", on={"kind": "card", "id": id}, text=secret(f"beside{id}"))
        play.says(by if does == "card.remove" else HELEN, does, card=id)
    play.card("cardkept1", DANA, text=secret("cardkept1"), keep=True)
    play.card("cardkept2", KOFI, text=secret("cardkept2"), keep=True)
    play.says(HELEN, "column.first", column="worried", on=True)
    play.card("cardtray1", JO, "worried", secret("cardtray1"))
    play.says(DANA, "comment.add", id="commentone", on={"kind": "card", "id": "cardshown2"}, text="Said under it")
    play.says(JO, "comment.add", id="commenttwo", on={"kind": "card", "id": "cardshown1"}, text="Said under hers")
    play.says(DANA, "comment.add", id="commentgone", on={"kind": "card", "id": "cardshown2"}, text=secret("comment"))
    play.says(DANA, "comment.remove", comment="commentgone")
    play.says(
        JO, "correction.ask", id="correctgone", on={"kind": "card", "id": "cardshown2"}, text=secret("correction")
    )
    play.says(JO, "correction.take-back", correction="correctgone")
    _translated(play, "cardshown1", "Wszyscy czytali")


def _translated(play: Play, card: str, text: str) -> None:
    of = {"kind": "card", "id": card, "field": "text"}
    play.says(LEILA, "translation.set", id=f"pl{card}", of=of, lang="pl", text=text)


def _sets(play: Play, secret: Any) -> None:
    play.set_(SET, by=HELEN, happened="nobody was awake", up=True)
    play.set_("setdraft01", by=JO, happened=secret("draft"), could=secret("draftcould"))
    play.set_("setdraft02", by=JO, happened=secret("drafttoo"))
    play.says(JO, "set.writers", set="setdraft02", everyone=True)
    play.set_("setgone001", by=JO, happened=secret("discarded"))
    play.says(JO, "set.discard", set="setgone001")
    play.differ("viewshown1", DANA, SET, "It was one night")
    play.differ("viewaside1", JO, SET, secret("viewaside"))
    play.says(HELEN, "differ.aside", differ="viewaside1")
    play.differ("viewtaken1", MAUREEN, SET, secret("viewtaken"))
    play.says(MAUREEN, "differ.take-back", differ="viewtaken1")
    play.poll(set=SET)
    play.says(DANA, "agreement.set", poll=POLL, value="partly", words="One night", share=True)
    play.says(JO, "agreement.set", poll=POLL, value="not-now", words=secret("notnow"), share=True)
    play.says(TOM, "agreement.set", poll=POLL, value="agree", words=secret("notshared"), share=False)
    play.says(MAUREEN, "agreement.set", poll=POLL, value="agree", words="", share=True)
    play.says(HELEN, "agreement.show", poll=POLL)
    play.poll("pollopen1", set=SET)
    play.says(DANA, "agreement.set", poll="pollopen1", value="differently", words=secret("pollopen"), share=True)


def _steps(play: Play, secret: Any) -> None:
    play.says(JO, "step.add", id="stepshown1", what="Gran sleeps over", when="on Fridays", set=SET)
    play.says(HELEN, "step.ask", id="ownershown", step="stepshown1", person=MAUREEN)
    play.says(MAUREEN, "step.answer", owner="ownershown", answer="but", words="not in May", was=1)
    play.says(HELEN, "step.show-owner", owner="ownershown", was=1)
    play.says(HELEN, "step.ask", id="ownersilent", step="stepshown1", person=DANA)
    play.says(DANA, "step.answer", owner="ownersilent", answer="but", words=secret("answer"), was=1)
    play.says(HELEN, "step.ask", id="ownerasked1", step="stepshown1", person=SHIRIN)
    play.says(HELEN, "step.ask", id="ownernobody", step="stepshown1", name=secret("asked"))
    play.says(JO, "step.add", id="stepgone01", what=secret("stepgone"))
    play.says(HELEN, "step.remove", step="stepgone01")
    play.says(JO, "step.add", id="steperased", what=secret("steperased"))
    play.says(HELEN, "step.erase", step="steperased")
    play.says(PRIYA, "decision.add", id="decision1", what="We meet in June", reasons="School ends", whom="all of us")
    play.says(TOM, "decision.differ", id="dissents1", decision="decision1", text="July is better")
    play.says(TOM, "decision.differ", id="dissents2", decision="decision1", text=secret("dissent"))
    play.says(TOM, "decision.take-back", dissent="dissents2")
    play.says(PRIYA, "decision.add", id="decision2", what=secret("decision"))
    play.says(HELEN, "decision.remove", decision="decision2")


def _numbers(play: Play, secret: Any) -> None:
    play.round("roundspread", show="spread")
    for id, value in ((DANA, 3), (MAUREEN, 7), (JO, 5), (TOM, 3)):
        play.says(id, "rating.set", round="roundspread", value=value, reason=secret("spread"), share=True)
    play.says(HELEN, "round.reveal", round="roundspread")
    play.round("roundgone1")
    play.says(DANA, "rating.set", round="roundgone1", value=1, reason=secret("cancelled"), share=True)
    play.says(HELEN, "round.cancel", round="roundgone1")
    play.round("roundopen1")
    play.says(DANA, "rating.set", round="roundopen1", value=2, reason=secret("open"), share=True)


def named(play: Play, id: str = "roundnamed", scale: str = f"own{SET}") -> None:
    """A round with names, shown: a reason to be shared, one that is not, and one who would rather not say."""
    play.says(HELEN, "round.open", id=id, scale=scale, show="named")
    play.says(DANA, "rating.set", round=id, value=6, reason="he has not been back", share=True)
    play.says(MAUREEN, "rating.set", round=id, value=4, reason="secretreason", share=False)
    play.says(TOM, "rating.set", round=id, value="rather-not", reason="secretrather", share=True)
    play.says(HELEN, "round.reveal", round=id)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Every value that holds no others, with the way to it."""
    match value:
        case dict():
            return [leaf for key, inside in value.items() for leaf in leaves(inside, (*path, key))]
        case list() | tuple():
            return [leaf for place, inside in enumerate(value) for leaf in leaves(inside, (*path, place))]
        case _:
            return [(path, value)]
