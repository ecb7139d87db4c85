"""Who may ask for what: every role, and everyone who is not in, against every ask. The tables are written out by hand
from the meetings, so that a right changed anywhere shows here."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from server.board.bringing import BringPerson
from server.board.door import Goodbye, MakeKey
from server.board.model import AnyAsk
from server.board.rights import RIGHTS
from server.protocol import structs_of

from .make import (
    BY_ROLE,
    DANA,
    HELEN,
    JO,
    KOFI,
    LEILA,
    LOU,
    MAUREEN,
    POLL,
    PRIYA,
    ROLES,
    SCALE,
    SET,
    TOM,
    VOICE,
    WALL,
    Play,
    meeting,
)

EVERYONE = "facilitator scribe family child supporter advocate interpreter agency observer"
COMMENTERS = "facilitator scribe family child supporter agency"
WRITERS = "facilitator scribe family child supporter advocate agency"
STARTERS = "facilitator scribe family agency"

MAY: dict[str, str] = {
    "card.add": WRITERS,
    "card.edit": WRITERS,
    "card.move": WRITERS,
    "card.remove": WRITERS,
    "card.restore": WRITERS,
    "card.confirm": WRITERS,
    "card.aside": "facilitator",
    "card.return": "facilitator",
    "card.erase": "facilitator",
    "card.wall": "facilitator",
    "wording.remove": "facilitator",
    "card.unknown": COMMENTERS,
    "card.tag": "facilitator scribe",
    "comment.add": COMMENTERS,
    "comment.remove": COMMENTERS,
    "comment.open": "facilitator",
    "comment.close": "facilitator",
    "thought.keep": COMMENTERS,
    "thought.remove": COMMENTERS,
    "card.show": WRITERS,
    "card.put-up": "facilitator",
    "card.hold": "facilitator",
    "round.open": "facilitator",
    "round.reveal": "facilitator",
    "round.cancel": "facilitator",
    "round.close": "facilitator",
    "round.question": "facilitator",
    "scale.past": "facilitator",
    "former.match": "facilitator",
    "rating.set": "facilitator scribe family child supporter advocate agency",
    "agreement.ask": "facilitator",
    "agreement.show": "facilitator",
    "agreement.cancel": "facilitator",
    "agreement.set": "facilitator scribe family child supporter advocate agency",
    "phase.go": "facilitator",
    "column.close": "facilitator",
    "column.open": "facilitator",
    "column.first": "facilitator",
    "agenda.move": "facilitator",
    "agenda.skip": "facilitator",
    "rules.agree": "facilitator",
    "prompt.off": "facilitator",
    "break.start": "facilitator",
    "break.end": "facilitator",
    "about.show": "facilitator",
    "wall.set": "facilitator",
    "meeting.hide-authors": "facilitator",
    "meeting.door": "facilitator",
    "meeting.close": "facilitator",
    "meeting.reopen": "facilitator",
    "person.admit": "facilitator",
    "person.refuse": "facilitator",
    "person.remove": "facilitator",
    "person.role": "facilitator",
    "person.child": "facilitator",
    "person.lead": "facilitator",
    "person.alarm-seen": "facilitator",
    "child.goodbye": "facilitator",
    "child.end": "facilitator child",
    "person.name": EVERYONE,
    "person.expect": "facilitator scribe",
    "person.mark": "facilitator scribe",
    "person.share": "facilitator scribe",
    "person.ready": EVERYONE,
    "person.hand": EVERYONE,
    "set.start": STARTERS,
    "set.replace": STARTERS,
    "set.writers": STARTERS,
    "set.put-up": STARTERS,
    "set.discard": EVERYONE,
    "set.write": WRITERS,
    "set.who": WRITERS,
    "set.children": WRITERS,
    "set.link": WRITERS,
    "set.unlink": WRITERS,
    "set.close": "facilitator",
    "set.reopen": "facilitator",
    "set.erase": "facilitator",
    "earlier.remove": "facilitator",
    "set.differ": WRITERS,
    "differ.edit": WRITERS,
    "differ.take-back": WRITERS,
    "differ.aside": "facilitator",
    "differ.return": "facilitator",
    "differ.erase": "facilitator",
    "quiet.say": "scribe family child supporter advocate interpreter agency observer",
    "quiet.done": "facilitator",
    "translation.set": "interpreter",
    "translation.remove": "facilitator interpreter",
    "word.unclear": EVERYONE,
    "word.cleared": EVERYONE,
    "step.add": WRITERS,
    "step.edit": WRITERS,
    "step.move": "facilitator scribe",
    "step.remove": WRITERS,
    "step.restore": WRITERS,
    "step.erase": "facilitator",
    "step.bottom": "facilitator agency",
    "step.state": WRITERS,
    "step.ask": "facilitator scribe",
    "step.unask": "facilitator",
    "step.answer": WRITERS,
    "step.show-owner": "facilitator",
    "decision.add": "facilitator scribe",
    "decision.edit": "facilitator scribe",
    "decision.remove": "facilitator",
    "decision.differ": WRITERS,
    "decision.take-back": WRITERS,
    "correction.ask": EVERYONE,
    "correction.take-back": EVERYONE,
    "after.set": "facilitator scribe",
    "copy.wish": "family child supporter advocate interpreter agency observer",
    "copy.only": "facilitator",
    "record.mark": "facilitator",
}

IN_A_BREAK = "person.name person.ready person.hand quiet.say child.end"
"""What others than the facilitator may ask while the board stands still."""

AFTER_THE_CLOSE = (
    "meeting.reopen meeting.hide-authors wall.set about.show card.erase wording.remove person.remove person.name"
    " round.cancel comment.remove thought.remove "
    "step.erase set.erase earlier.remove decision.remove decision.take-back differ.erase"
    " agreement.cancel correction.ask correction.take-back after.set copy.wish copy.only record.mark"
)
"""What may be asked, by whoever may ask it at all, once the meeting has ended."""

NAVEED, LEFT_ONE, REFUSED_ONE, REMOVED_ONE = "naveedrahimi", "leftperson", "refusedone", "removedone"
OUTSIDERS = {
    "waiting": TOM,
    "left": LEFT_ONE,
    "refused": REFUSED_ONE,
    "removed": REMOVED_ONE,
    "expected": NAVEED,
    "wall": WALL,
    "house": "house",
    "unknown": "whoeverthatis",
}


@cache
def under_way() -> Play:
    """A meeting where every ask has something to be about. Nothing plays on it further: it is only asked what it would
    say."""
    play = meeting()
    play.shows_all()
    for id in (LEFT_ONE, REMOVED_ONE):
        play.comes(id)
    play.knocks(REFUSED_ONE)
    play.says(HELEN, "person.refuse", person=REFUSED_ONE)
    play.says(HELEN, "person.remove", person=REMOVED_ONE)
    play.writes(Goodbye(person=LEFT_ONE))
    play.knocks(TOM)
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="expected")
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="room")
    play.says(PRIYA, "person.share", person=MAUREEN, **{"with": LOU})
    for role in WRITERS.split():
        play.card(f"own{role}", BY_ROLE[role])
        play.card(f"gone{role}", BY_ROLE[role])
        play.says(BY_ROLE[role], "card.remove", card=f"gone{role}")
        if role not in {"scribe", "supporter"}:
            play.card(f"kept{role}", BY_ROLE[role], keep=True)
    play.card("ownothers", DANA)
    play.card("asidecard", DANA)
    play.card("reworded", DANA)
    play.says(DANA, "card.edit", card="reworded", text="Gran brings us home", was=1)
    play.says(HELEN, "card.aside", card="asidecard")
    for role in ("family", "child", "supporter", "advocate", "agency"):
        play.card(f"typed{role}", PRIYA, for_=BY_ROLE[role])
    play.card("typedothers", PRIYA, for_=DANA)
    play.card("typedfacilitator", PRIYA, for_=HELEN)
    play.card("typedscribe", PRIYA, for_=DANA)
    play.says(HELEN, "comment.open")
    for role in COMMENTERS.split():
        more = {"for_": DANA} if role in {"scribe", "supporter"} else {}
        under = {"kind": "card", "id": "ownothers"}
        play.says(BY_ROLE[role], "comment.add", id=f"said{role}", on=under, text="Yes", **more)
        play.says(BY_ROLE[role], "thought.keep", id=f"kept{role}", column="well", text="Later", **more)
    play.says(DANA, "quiet.say", id="quiet001", about="break")
    second = {"of": {"kind": "card", "id": "ownothers"}, "text": "ما با هم غذا می‌خوریم", "lang": "prs"}
    play.says(LEILA, "translation.set", id="second01", **second)
    for role, id in BY_ROLE.items():
        card = f"own{role}" if role in WRITERS.split() else play.card(f"heard{role}", PRIYA, for_=id)
        play.says(JO, "word.unclear", id=f"unclear{role}", card=card, word="Gran")
    for id in ("setonboard", "setclosed", "setunasked"):
        play.set_(id)
        play.says(HELEN, "set.put-up", set=id)
    play.says(HELEN, "set.close", set="setclosed")
    play.says(HELEN, "set.write", set="setunasked", part="happened", text="Otherwise", was=1)
    for role in STARTERS.split():
        play.set_(f"draftof{role}", BY_ROLE[role])
    play.set_("setofeveryone")
    play.says(HELEN, "set.writers", set="setofeveryone", everyone=True)
    play.says(HELEN, "set.link", set="setofeveryone", card="ownothers")
    for role in WRITERS.split():
        play.differ(f"view{role}", BY_ROLE[role])
    for id in ("viewothers", "viewaside"):
        play.differ(id)
    play.says(HELEN, "differ.aside", differ="viewaside")
    for id, show in (("roundshown", "named"), ("roundopen", "named")):
        play.round(id, show, too=True)
        play.says(DANA, "rating.set", round=id, value=4)
        if id == "roundshown":
            play.says(HELEN, "round.reveal", round=id)
    _next_steps(play)
    play.poll(set="setonboard", too=True)
    play.says(DANA, "agreement.set", poll=POLL, value="partly")
    for id in (*BY_ROLE.values(), MAUREEN):
        noted = "notedothers" if id == MAUREEN else f"noted{play.board.people[id].role}"
        for_ = {"for_": MAUREEN} if id == MAUREEN else {}
        play.says(PRIYA if for_ else id, "correction.ask", id=noted, on={"kind": "person", "id": id}, text="Hm", **for_)
    play.writes(BringPerson(id="formerdana", name="Dana", role="family"))
    play.says(HELEN, "child.goodbye", person=KOFI)
    play.says(HELEN, "person.lead", person=JO)
    return play


def _next_steps(play: Play) -> None:
    """A step of every writer's, taken on by them but for the scribe; one asked of Dana; a decision and other views."""
    play.says(PRIYA, "decision.add", id="decision1", what="We meet again")
    for role in WRITERS.split():
        id, of = BY_ROLE[role], {"for_": DANA} if role in {"scribe", "supporter"} else {}
        for step in (f"own{role}", f"gone{role}"):
            play.says(id, "step.add", id=step, what="Maureen stays over", **of)
        play.says(id, "step.remove", step=f"gone{role}")
        play.says(id, "decision.differ", id=f"own{role}", decision="decision1", text="Not so soon", **of)
        if role != "scribe":
            play.says(HELEN, "step.ask", id=f"own{role}", step=f"own{role}", person=id)
            play.says(id, "step.answer", owner=f"own{role}", answer="yes", was=1)
            play.says(HELEN, "step.show-owner", owner=f"own{role}", was=1)
    play.says(HELEN, "step.add", id="ownothers", what="Sade tells Kofi")
    play.says(HELEN, "step.ask", id="askeddana", step="ownothers", person=DANA)
    play.says(DANA, "step.answer", owner="askeddana", answer="yes", was=1)
    play.says(HELEN, "decision.differ", id="ownothers", decision="decision1", text="Hm")


def form(tag: str, who: str) -> dict[str, Any]:
    """The ask as someone of this role would make it with the best prospects."""
    match tag:
        case "card.add":
            more: dict[str, Any] = {"scribe": {"for_": DANA}, "supporter": {"for_": DANA}, "advocate": {"voice": VOICE}}
            return {"id": "newcard01", "column": "well", "text": "Gran picks us up", **more.get(who, {})}
        case "card.edit":
            return {"card": own("own", who), "text": "Otherwise", "was": 1}
        case "card.move":
            return {"card": own("own", who), "column": "needs"}
        case "card.remove":
            return {"card": own("own", who)}
        case "card.restore":
            return {"card": own("gone", who)}
        case "card.confirm":
            return {"cards": [own("typed", who)]}
        case "card.show":
            return {"card": own("kept", who)}
        case "card.put-up":
            return {"column": "well"}
        case "card.hold":
            return {"cards": ["ownagency"]}
        case "card.return":
            return {"card": "asidecard"}
        case "card.aside" | "card.erase":
            return {"card": "ownothers"}
        case "wording.remove":
            return {"card": "reworded"}
        case "card.wall":
            return {"card": "ownothers", "off": True}
        case "card.unknown":
            return {"card": own("own", who), "unknown": {"who": "Tom", "by_when": "Friday"}}
        case "card.tag":
            return {"card": "ownothers", "category": "strength"}
        case "correction.ask":
            return {"id": "newnote01", "on": {"kind": "person", "id": BY_ROLE.get(who, DANA)}, "text": "I came at ten"}
        case "correction.take-back":
            return {"correction": f"noted{who if who in EVERYONE.split() else 'others'}"}
        case "after.set":
            return {"next": "15 June", "ring": "Tom, 01632 960123"}
        case "copy.wish":
            return {"how": "paper"}
        case "copy.only":
            return {"on": {"kind": "card", "id": "ownothers"}, "people": [DANA]}
        case "record.mark":
            return {"state": "agreed", "fingerprint": "0" * 64}
        case "comment.add":
            more = {"scribe": {"for_": DANA}, "supporter": {"for_": DANA}}
            under = {"kind": "card", "id": "ownothers"}
            return {"id": "newsaid01", "on": under, "text": "So did I", **more.get(who, {})}
        case "thought.keep":
            more = {"scribe": {"for_": DANA}, "supporter": {"for_": DANA}}
            return {"id": "newkept01", "column": "well", "text": "One more thing", **more.get(who, {})}
        case "comment.remove":
            return {"comment": f"said{who if who in COMMENTERS.split() else 'family'}"}
        case "thought.remove":
            return {"thought": f"kept{who if who in COMMENTERS.split() else 'family'}"}
        case "comment.open" | "comment.close":
            return {"on": {"kind": "card", "id": "ownothers"}}
        case "round.open":
            return {"id": "roundnew1", "scale": SCALE, "show": "named"}
        case "round.reveal" | "round.cancel":
            return {"round": "roundopen"}
        case "round.close":
            return {"round": "roundshown"}
        case "round.question":
            return {"round": "roundshown", "question": "why-not-less", "value": 4}
        case "rating.set":
            more = {"scribe": {"for_": DANA}, "advocate": {"for_": KOFI}, "supporter": {"for_": MAUREEN}}
            return {"round": "roundopen", "value": 5, **more.get(who, {})}
        case "former.match":
            return {"former": "formerdana", "person": DANA}
        case "scale.past":
            return {"id": "past0001", "scale": SCALE, "person": DANA, "value": 3}
        case "set.start":
            return {"id": "setnew01", "scale": "scalenew1", "children": ["Kofi"], "card": "ownothers"}
        case "set.replace":
            return {"set": "setonboard", "id": "setnew01", "scale": "scalenew1"}
        case "set.writers":
            return {"set": draft(who), "people": [JO]}
        case "set.put-up" | "set.discard":
            return {"set": draft(who)}
        case "set.write":
            return {"set": "setofeveryone", "part": "could", "text": "Elsie could have an accident", "was": 0}
        case "set.who" | "set.children":
            return {"set": "setofeveryone", "names": ["Kofi", "Elsie"], "was": int(tag == "set.children")}
        case "set.link":
            return {"set": "setofeveryone", "card": "typedothers"}
        case "set.unlink":
            return {"set": "setofeveryone", "card": "ownothers"}
        case "set.close" | "set.erase":
            return {"set": "setunasked"}
        case "earlier.remove":
            return {"earlier": next(iter(under_way().board.earlier))}
        case "set.reopen":
            return {"set": "setclosed"}
        case "set.differ":
            more = {"scribe": {"for_": DANA}, "supporter": {"for_": DANA}, "advocate": {"for_": KOFI}}
            return {"id": "viewnew01", "set": "setonboard", "text": "I see it so", **more.get(who, {})}
        case "differ.edit":
            return {"differ": own("view", who), "text": "Not every Saturday", "was": 1}
        case "differ.take-back":
            return {"differ": own("view", who)}
        case "differ.aside" | "differ.erase":
            return {"differ": "viewothers"}
        case "differ.return":
            return {"differ": "viewaside"}
        case "agreement.ask":
            return {"id": "pollnew1", "set": "setonboard"}
        case "agreement.show" | "agreement.cancel":
            return {"poll": POLL}
        case "agreement.set":
            more = {"scribe": {"for_": DANA}, "advocate": {"for_": KOFI}, "supporter": {"for_": MAUREEN}}
            return {"poll": POLL, "value": "agree", **more.get(who, {})}
        case "phase.go":
            return {"phase": "rate"}
        case "column.close" | "column.open":
            return {"column": "well"}
        case "column.first":
            return {"column": "well", "on": True}
        case "agenda.move":
            return {"phase": "rate", "before": "welcome"}
        case "agenda.skip":
            return {"phase": "rate", "on": True}
        case "prompt.off":
            return {"prompt": "low"}
        case "about.show":
            return {"about": {"kind": "card", "id": "ownothers"}}
        case "wall.set":
            return {"blank": True}
        case "meeting.door":
            return {"admit": "all"}
        case "person.admit" | "person.refuse":
            return {"person": TOM}
        case "person.remove":
            return {"person": JO}
        case "person.role":
            return {"person": JO, "role": "observer"}
        case "person.lead" | "person.alarm-seen":
            return {"person": JO}
        case "person.child":
            return {"person": KOFI, "age": "4-7", "sees": "own"}
        case "child.goodbye" | "child.end":
            return {"person": KOFI}
        case "person.name":
            return {"name": "Another name"}
        case "person.expect":
            return {"id": "newperson1", "name": "Carol", "role": "agency", "how": "phone"}
        case "person.mark":
            return {"person": NAVEED, "how": "phone"}
        case "person.share":
            return {"person": MAUREEN, "with": DANA}
        case "person.ready":
            return {"state": "ready"}
        case "person.hand":
            return {"up": True}
        case "quiet.say":
            return {"id": "quiet002", "about": "come"}
        case "translation.set":
            of = {"kind": "scale", "id": SCALE, "field": "ten"}
            return {"id": "second02", "of": of, "text": "امن", "lang": "prs"}
        case "translation.remove":
            return {"translation": "second01"}
        case "word.unclear":
            return {"id": "unclear1", "card": "ownothers", "word": "picks"}
        case "word.cleared":
            return {"unclear": f"unclear{who}" if who in ROLES else "unclearfamily"}
        case "quiet.done":
            return {"quiet": "quiet001"}
        case "step.add":
            return {
                "id": "newstep01",
                "what": "Lou rings",
                **({"for_": DANA} if who in {"scribe", "supporter"} else {}),
            }
        case "step.edit":
            return {"step": own("own", who), "what": "Otherwise", "was": 1}
        case "step.state":
            return {"step": own("own", who), "state": "done"}
        case "step.remove" | "step.move" | "step.erase":
            return {"step": own("own", who)}
        case "step.restore":
            return {"step": own("gone", who)}
        case "step.bottom":
            return {"step": "ownothers", "on": True}
        case "step.ask":
            return {"id": "newowner1", "step": "ownothers", "person": JO}
        case "step.answer":
            if who == "scribe":
                return {"owner": "askeddana", "answer": "yes", "was": 1, "for_": DANA}
            return {"owner": own("own", who), "answer": "but", "words": "Not on Mondays", "was": 1}
        case "step.unask":
            return {"owner": "askeddana"}
        case "step.show-owner":
            return {"owner": "askeddana", "was": 1}
        case "decision.add":
            return {"id": "decision2", "what": "Jo writes"}
        case "decision.edit":
            return {"decision": "decision1", "what": "We meet in June", "was": 1}
        case "decision.remove":
            return {"decision": "decision1"}
        case "decision.differ":
            more = {"scribe": {"for_": DANA}, "supporter": {"for_": DANA}}
            return {"id": "newview01", "decision": "decision1", "text": "Too soon", **more.get(who, {})}
        case "decision.take-back":
            return {"dissent": own("own", who)}
        case _:
            return {}


def own(prefix: str, who: str) -> str:
    return f"{prefix}{who}" if who in WRITERS.split() else f"{prefix}others"


def draft(who: str) -> str:
    return f"draftof{who if who in STARTERS.split() else 'family'}"


TAKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "round.open": ("round.cancel", {"round": "roundopen"}),
    "agreement.ask": ("agreement.cancel", {"poll": POLL}),
}
"""What is under way already, one at a time of a scale or a set, and how it makes room."""


def board_for(tag: str) -> Play:
    play = under_way()
    if tag not in TAKEN:
        return play
    free = Play(play.board, refs=play.refs)
    for cancel, about in TAKEN.values():
        free.says(HELEN, cancel, **about)
    return free


def after(*said: str) -> Play:
    play = under_way()
    later = Play(play.board, refs=play.refs)
    for tag in said:
        later.says(HELEN, tag)
    return later


def test_the_table_names_every_ask_there_is() -> None:
    tags = {str(struct.__struct_config__.tag) for struct in structs_of(AnyAsk)}
    assert set(MAY) == set(RIGHTS) == tags


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("tag", MAY)
def test_a_role_may_ask_what_the_table_says_and_nothing_else(tag: str, who: str) -> None:
    expected = "yes" if who in MAY[tag].split() else "not-for-you"
    # Whoever writes only for others has nothing of their own to keep.
    if tag == "card.show" and who in {"scribe", "supporter"}:
        expected = "no-card"
    # Another's draft is nowhere to be found.
    if tag == "set.discard" and who not in STARTERS.split():
        expected = "no-set"
    assert board_for(tag).outcome(BY_ROLE[who], tag, **form(tag, who)) == expected


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("tag", MAY)
def test_nobody_who_is_not_in_may_ask_anything_but_whoever_waits_their_name(tag: str, who: str) -> None:
    expected = "yes" if (who, tag) == ("waiting", "person.name") else "not-in"
    assert board_for(tag).outcome(OUTSIDERS[who], tag, **form(tag, who)) == expected


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("tag", MAY)
def test_in_a_break_only_the_facilitator_goes_on(tag: str, who: str) -> None:
    if who not in MAY[tag].split():
        expected = "not-for-you"
    elif who == "facilitator" or tag in IN_A_BREAK.split():
        expected = "yes" if tag not in TAKEN else "already-open"
    else:
        expected = "break"
    assert after("break.start").outcome(BY_ROLE[who], tag, **form(tag, who)) == expected


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("tag", MAY)
def test_once_a_meeting_has_ended_little_may_still_be_asked(tag: str, who: str) -> None:
    still = "yes" if tag in AFTER_THE_CLOSE.split() else "closed"
    expected = still if who in MAY[tag].split() else "not-for-you"
    assert after("meeting.close").outcome(BY_ROLE[who], tag, **form(tag, who)) == expected


TYPES_CARDS_FOR: dict[str, str] = {
    "facilitator": "family child supporter advocate interpreter agency observer",
    "scribe": "facilitator family child supporter advocate interpreter agency observer",
    "family": "",
    "child": "",
    "supporter": "family",
    "advocate": "",
    "agency": "",
}
TYPES_NUMBERS_FOR: dict[str, str] = {
    "facilitator": "family child agency",
    "scribe": "facilitator family child agency",
    "family": "",
    "child": "",
    "supporter": "",
    "advocate": "child",
    "agency": "",
}


@pytest.mark.parametrize("whose", ROLES)
@pytest.mark.parametrize("typist", TYPES_CARDS_FOR)
def test_a_role_types_cards_for_those_the_table_says(typist: str, whose: str) -> None:
    play = under_way()
    if typist == whose == "facilitator" or typist == whose in {"family", "child", "agency"}:
        expected = "yes"  # for oneself is not for another
    elif typist == whose in {"scribe", "supporter"}:
        expected = "for-whom"
    elif typist == whose == "advocate":
        expected = "yes"
    else:
        expected = "yes" if whose in TYPES_CARDS_FOR[typist].split() else "not-for-them"
    said = play.outcome(
        BY_ROLE[typist], "card.add", id="newcard01", column="well", text="Hm", for_=BY_ROLE[whose], voice=VOICE
    )
    assert said == expected


@pytest.mark.parametrize("whose", ROLES)
@pytest.mark.parametrize("typist", TYPES_NUMBERS_FOR)
def test_a_role_types_numbers_for_those_the_table_says(typist: str, whose: str) -> None:
    play = under_way()
    if typist == whose:
        expected = "yes" if whose in {"facilitator", "family", "child", "agency"} else "not-asked"
    else:
        expected = "yes" if whose in TYPES_NUMBERS_FOR[typist].split() else "not-for-them"
    assert play.outcome(BY_ROLE[typist], "rating.set", round="roundopen", value=3, for_=BY_ROLE[whose]) == expected
    answer = play.outcome(BY_ROLE[typist], "agreement.set", poll=POLL, value="agree", for_=BY_ROLE[whose])
    assert answer == expected


@pytest.mark.parametrize("tag", ["card.add", "rating.set"])
@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        (NAVEED, "yes"),
        (LEFT_ONE, "yes"),
        (TOM, "no-person"),
        (REFUSED_ONE, "no-person"),
        (REMOVED_ONE, "no-person"),
        ("nobodyhere", "no-person"),
    ],
)
def test_a_scribe_types_for_people_on_the_list_here_or_not(tag: str, whose: str, expected: str) -> None:
    what = (
        {"id": "newcard01", "column": "well", "text": "Hm"} if tag == "card.add" else {"round": "roundopen", "value": 3}
    )
    assert under_way().outcome(PRIYA, tag, for_=whose, **what) == expected


ASKED_FOR_A_NUMBER = {
    "facilitator": "not-asked",
    "scribe": "not-asked",
    "family": "yes",
    "child": "yes",
    "supporter": "not-asked",
    "advocate": "not-asked",
    "interpreter": "not-for-you",
    "agency": "yes",
    "observer": "not-for-you",
}


@pytest.mark.parametrize("too", [False, True])
@pytest.mark.parametrize("who", ROLES)
def test_a_role_is_asked_for_its_own_number_as_the_table_says(who: str, too: bool) -> None:
    play = meeting()
    play.shows_all()
    play.round(too=too)
    expected = "yes" if too and who == "facilitator" else ASKED_FOR_A_NUMBER[who]
    assert play.outcome(BY_ROLE[who], "rating.set", round="round001", value=7) == expected
    play.set_(SET, up=True)
    play.poll(too=too)
    assert play.outcome(BY_ROLE[who], "agreement.set", poll=POLL, value="agree") == expected


def test_a_second_facilitator_is_not_asked_because_the_first_answers_too() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    play.round(too=True)
    assert play.outcome("ivopetrov", "rating.set", round="round001", value=7) == "not-asked"
    assert play.outcome(PRIYA, "rating.set", round="round001", value=7, for_="ivopetrov") == "not-for-them"
