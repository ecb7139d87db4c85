"""Words on the board that can be translated: where they stand, and what they say. What can carry a second text is
listed here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .cards import Card
from .scales import Scale
from .translations import Of, Original, SetTranslation, Translation, TranslationAsk, TranslationView, direction
from .unclear import UnclearAsk, WordUnclear

if TYPE_CHECKING:
    from .model import AnyPart, Board, Touched


def asked_of(board: Board, ask: TranslationAsk | UnclearAsk) -> Original | None:
    """The words an ask is about, or None where there are none."""
    match ask:
        case SetTranslation():
            return original(board, ask.of)
        case WordUnclear():
            return _on(board.cards.get(ask.card), "text")
        case _:
            return None


def said_too(board: Board, touched: Touched, found: Original | None, seq: int) -> tuple[Board, Touched]:
    """The entry `seq` holds words of a card too, said otherwise or said again: all of them leave the log together."""
    if not touched or found is None or not isinstance(found.part, Card):
        return board, touched
    card = replace(found.part, said_at=(*found.part.said_at, seq))
    return board.then(touched, lambda board: board.put(card))


def original(board: Board, of: Of) -> Original | None:
    """What is to be translated, or None where there are no such words."""
    match of.kind:
        case "card":
            return _on(board.cards.get(of.id), of.field)
        case "scale":
            return _on(board.scales.get(of.id), of.field)
        case "question":
            text = _question(board, of)
            return Original(None, text) if text else None
        case _:
            assert_never(of.kind)


def wording(part: AnyPart, field: str) -> str:
    """What a part says in one of its fields, "" for none."""
    match part:
        case Card():
            return part.text if field == "text" else ""
        case Scale():
            return {"title": part.title, "about": part.about, "ten": part.ten, "zero": part.zero}.get(field, "")
        case _:
            return ""


def second_text(part: Translation, *, yours: bool) -> TranslationView:
    """A second text as whoever sees the words themselves may see it."""
    return TranslationView(
        id=part.id,
        of=part.of,
        text=part.text,
        lang=part.lang,
        dir=part.dir,
        of_lang=part.of_lang,
        of_dir=direction(part.of_lang) if part.of_lang else "",
        version=part.version,
        stale=part.original is not None and wording(part.original, part.of.field) != part.source,
        by=part.by if part.named else "",
        yours=yours,
    )


def _on(part: AnyPart | None, field: str) -> Original | None:
    text = wording(part, field) if part is not None else ""
    return Original(part, text) if text else None


def _question(board: Board, of: Of) -> str:
    if board.meeting is None:
        return ""
    template = board.meeting.template
    if of.field == "question":
        return next((column.question for column in template.columns if column.id == of.id), "")
    return next((one.text for one in template.questions if one.id == of.id and of.field == "text"), "")
