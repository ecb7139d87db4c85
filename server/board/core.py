"""What may happen and what then is true, for every ask. Pure: the same entries give the same board in ten years."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from . import (
    afterwards,
    agenda,
    agreements,
    bringing,
    carddesk,
    cardmarks,
    cards,
    cardsight,
    cardtray,
    children,
    comments,
    copies,
    corrections,
    decisions,
    differs,
    door,
    erasing,
    invitations,
    lead,
    owners,
    past,
    people,
    phases,
    phone,
    polls,
    quiet,
    scales,
    setasks,
    seterase,
    sets,
    signing,
    steps,
    thoughts,
    translations,
    unclear,
    words,
)
from .ask import Ask
from .follow import follow_up
from .forgets import forgets as forgets
from .lobby import back_by_own_link
from .model import AnyAsk, AnyHouseAsk, AnyPart, Board, Entry, Touched
from .nextstep import NextStep
from .originals import asked_of, said_too
from .refusal import Refused
from .rights import AFTER_CLOSE, DURING_BREAK, RIGHTS
from .sight import Viewer, sight, viewer_of


def check(board: Board, entry: Entry) -> None:
    """Refuse what may not happen now. Returns nothing, changes nothing. Raises Refused."""
    ask = entry.ask
    if isinstance(ask, Ask):  # what the server writes down itself needs no right
        _check_right(board, entry)
    if ask is None:
        return
    elif isinstance(ask, phases.OpenMeeting):
        words.keep(ask.title, words.TITLE_MAX)
        if board.meeting is not None:
            raise Refused("id-taken")
    elif isinstance(ask, phases.CutLog | signing.MarkRecord | signing.MadeRecord | erasing.ErasePerson):
        return
    elif isinstance(ask, scales.CountRound):
        scales.check_count(board, ask)
    elif isinstance(ask, agreements.CountPoll):
        agreements.check_count(board, ask)
    elif isinstance(ask, people.PersonAsk):
        people.check(board, entry, ask)
    elif isinstance(ask, children.ChildAsk):
        children.check(board, entry, ask)
    elif isinstance(ask, door.DoorAsk):
        door.check(board, ask)
    elif isinstance(ask, invitations.InvitationAsk | invitations.AlarmSeen):
        invitations.check(board, ask)
    elif isinstance(ask, quiet.QuietAsk):
        quiet.check(board, entry, ask)
    elif isinstance(ask, cards.CardAsk):
        cards.check(board, entry, ask)
    elif isinstance(ask, carddesk.CardDeskAsk):
        carddesk.check(board, entry, ask)
    elif isinstance(ask, cardmarks.CardMarkAsk):
        cardmarks.check(board, entry, ask)
    elif isinstance(ask, comments.CommentAsk):
        comments.check(board, entry, ask)
    elif isinstance(ask, thoughts.ThoughtAsk):
        thoughts.check(board, entry, ask)
    elif isinstance(ask, cardtray.TrayAsk):
        cardtray.check(board, entry, ask)
    elif isinstance(ask, scales.ScaleAsk):
        scales.check(board, entry, ask)
    elif isinstance(ask, past.PastAsk):
        past.check(board, entry, ask)
    elif isinstance(ask, phone.PhoneAsk):
        phone.check(board, entry, ask)
    elif isinstance(ask, lead.LeadAsk):
        lead.check(board, entry, ask)
    elif isinstance(ask, agreements.AgreementAsk):
        agreements.check(board, entry, ask)
    elif isinstance(ask, phases.PhaseAsk):
        phases.check(board, entry, ask)
    elif isinstance(ask, agenda.AgendaAsk):
        agenda.check(board, entry, ask)
    elif isinstance(ask, translations.TranslationAsk):
        translations.check(board, entry, ask, asked_of(board, ask), _sees(board, entry.by))
    elif isinstance(ask, unclear.UnclearAsk):
        unclear.check(board, entry, ask, _sees(board, entry.by))
    elif isinstance(ask, steps.StepAsk):
        steps.check(board, entry, ask)
    elif isinstance(ask, owners.OwnerAsk):
        owners.check(board, entry, ask)
    elif isinstance(ask, decisions.DecisionAsk):
        decisions.check(board, entry, ask)
    elif isinstance(ask, setasks.SetAsk):
        sets.check(board, entry, ask)
    elif isinstance(ask, differs.DifferAsk):
        differs.check(board, entry, ask)
    elif isinstance(ask, corrections.CorrectionAsk):
        corrections.check(board, entry, ask, _sees(board, entry.by))
    elif isinstance(ask, afterwards.AfterwardsAsk):
        afterwards.check(board, entry, ask)
    elif isinstance(ask, copies.CopyAsk):
        copies.check(board, entry, ask)
    elif isinstance(ask, bringing.BringAsk | bringing.MatchFormer):
        bringing.check(board, entry, ask)
    else:
        assert_never(ask)


def apply(board: Board, entry: Entry) -> tuple[Board, Touched]:
    """The board after `entry`, and the parts it touched. Never refuses; an erased entry touches nothing."""
    after, touched = _apply(board, entry, entry.ask)
    after, touched = after.then(touched, lambda board: polls.hide_names(board, touched, entry.chance))
    after, touched = follow_up(after, entry.ask, touched)
    return replace(after, seq=entry.seq, at=max(board.at, entry.at)), touched


def place(board: Board, ask: AnyAsk | AnyHouseAsk) -> str:
    """What is decided once, when the entry is written: where what is moved sorts, or what goes with a set; "" for every
    other ask."""
    match ask:
        case cards.MoveCard():
            return cards.place(board, ask)
        case steps.MoveStep():
            return steps.place(board, ask)
        case setasks.EraseSet():
            return seterase.ids_of(board, ask.set)
        case _:
            return ""


def mine(board: Board, person: str) -> list[str]:
    """The ids of the cards and next steps on `person`'s screen whose words are theirs to change, sorted."""
    asker = board.people.get(person)
    if asker is None or asker.role not in RIGHTS["card.edit"]:
        return []
    viewer = viewer_of(asker, over=board.over)
    worded = (card for card in board.cards.values() if cardsight.may_word(card, person))
    own_cards = [card.id for card in worded if is_mine(card, viewer)]
    return sorted([*own_cards, *(step.id for step in board.steps.values() if is_mine(step, viewer))])


def is_mine(part: AnyPart | None, viewer: Viewer) -> bool:
    """Whether a part is a card or next step on this viewer's screen whose words are theirs to change, as far as their
    role lets them."""
    match part:
        case cards.Card():
            mine = part.state != "removed" and cardsight.may_word(part, viewer.id)
            return mine and sight(part, viewer) is not None
        case NextStep():
            return not part.removed_by and steps.may_word(part, viewer.id)
        case _:
            return False


def _sees(board: Board, person: str) -> Callable[[AnyPart], bool]:
    asker = board.people[person]
    viewer = viewer_of(asker, over=board.over)
    return lambda part: sight(part, viewer) is not None


def _check_right(board: Board, entry: Entry) -> None:
    asker = board.people.get(entry.by)
    if asker is not None and asker.state == "waiting" and entry.tag == "person.name" and not back_by_own_link(asker):
        return
    if asker is None or asker.state != "here" or board.meeting is None:
        raise Refused("not-in")
    if asker.role not in RIGHTS[entry.tag]:
        raise Refused("not-for-you")
    if board.meeting.state == "closed" and entry.tag not in AFTER_CLOSE:
        raise Refused("closed")
    if board.meeting.pause and asker.role != "facilitator" and entry.tag not in DURING_BREAK:
        raise Refused("break")


def _apply(board: Board, entry: Entry, ask: AnyAsk | AnyHouseAsk | None) -> tuple[Board, Touched]:
    if ask is None:
        return board, ()
    elif isinstance(ask, phases.OpenMeeting):
        return board.put(phases.opened(entry, ask), scales.first(ask.scale, ask.template.scale))
    elif isinstance(ask, phases.CutLog):
        return phases.cut(board, entry)
    elif isinstance(ask, erasing.ErasePerson):
        return erasing.apply(board, entry, ask)
    elif isinstance(ask, people.PersonAsk):
        return people.apply(board, entry, ask)
    elif isinstance(ask, children.ChildAsk):
        return children.apply(board, entry, ask)
    elif isinstance(ask, door.DoorAsk):
        return door.apply(board, entry, ask)
    elif isinstance(ask, invitations.InvitationAsk | invitations.AlarmSeen):
        return invitations.apply(board, entry, ask)
    elif isinstance(ask, quiet.QuietAsk):
        return quiet.apply(board, entry, ask)
    elif isinstance(ask, cards.CardAsk):
        return cards.apply(board, entry, ask)
    elif isinstance(ask, carddesk.CardDeskAsk):
        return carddesk.apply(board, entry, ask)
    elif isinstance(ask, cardmarks.CardMarkAsk):
        return cardmarks.apply(board, entry, ask)
    elif isinstance(ask, comments.CommentAsk):
        return comments.apply(board, entry, ask)
    elif isinstance(ask, thoughts.ThoughtAsk):
        return thoughts.apply(board, entry, ask)
    elif isinstance(ask, cardtray.TrayAsk):
        return cardtray.apply(board, entry, ask)
    elif isinstance(ask, scales.ScaleAsk | scales.CountRound):
        return scales.apply(board, entry, ask)
    elif isinstance(ask, past.PastAsk):
        return past.apply(board, entry, ask)
    elif isinstance(ask, phone.PhoneAsk):
        return phone.apply(board, entry, ask)
    elif isinstance(ask, lead.LeadAsk):
        return lead.apply(board, entry, ask)
    elif isinstance(ask, agreements.AgreementAsk | agreements.CountPoll):
        return agreements.apply(board, entry, ask)
    elif isinstance(ask, phases.PhaseAsk):
        return phases.apply(board, entry, ask)
    elif isinstance(ask, agenda.AgendaAsk):
        return agenda.apply(board, entry, ask)
    elif isinstance(ask, translations.TranslationAsk):
        found = asked_of(board, ask)
        after, touched = translations.apply(board, entry, ask, found)
        return said_too(after, touched, found, entry.seq)
    elif isinstance(ask, unclear.UnclearAsk):
        after, touched = unclear.apply(board, entry, ask)
        return said_too(after, touched, asked_of(board, ask), entry.seq)
    elif isinstance(ask, steps.StepAsk):
        return steps.apply(board, entry, ask)
    elif isinstance(ask, owners.OwnerAsk):
        return owners.apply(board, entry, ask)
    elif isinstance(ask, decisions.DecisionAsk):
        return decisions.apply(board, entry, ask)
    elif isinstance(ask, setasks.SetAsk):
        return sets.apply(board, entry, ask)
    elif isinstance(ask, differs.DifferAsk):
        return differs.apply(board, entry, ask)
    elif isinstance(ask, corrections.CorrectionAsk):
        return corrections.apply(board, entry, ask)
    elif isinstance(ask, afterwards.AfterwardsAsk):
        return afterwards.apply(board, entry, ask)
    elif isinstance(ask, copies.CopyAsk):
        return copies.apply(board, entry, ask)
    elif isinstance(ask, bringing.BringAsk | bringing.MatchFormer):
        return bringing.apply(board, entry, ask)
    elif isinstance(ask, signing.MarkRecord | signing.MadeRecord):
        return signing.apply(board, entry, ask)
    else:
        assert_never(ask)
