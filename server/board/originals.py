"""Words on the board that can be translated: where they stand, and what they say. What can carry a second text is
listed here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .answers import Answer
from .cards import Card
from .differs import Differ
from .nextstep import NextStep
from .scales import Scale
from .setparts import Set
from .setreads import plain, reads
from .translations import Of, Original, SetTranslation, Translation, TranslationAsk, TranslationView, direction
from .unclear import UnclearAsk, WordUnclear, meant

if TYPE_CHECKING:
    from .model import AnyPart, Board, Touched


def asked_of(board: Board, ask: TranslationAsk | UnclearAsk) -> Original | None:
    """The words an ask is about, or None where there are none."""
    match ask:
        case SetTranslation():
            return original(board, ask.of)
        case WordUnclear():
            part = meant(board, ask)
            return Original(part, "") if part is not None else None
        case _:
            return None


def said_too(board: Board, touched: Touched, found: Original | None, seq: int) -> tuple[Board, Touched]:
    """The entry `seq` holds words that can be removed for good, said otherwise or said again: all of them leave the log
    together."""
    part = found.part if found is not None else None
    if isinstance(part, Scale):
        part = board.sets.get(part.set)
    if not isinstance(part, Card | Differ | NextStep | Set | Answer):
        return board, touched
    return board.then(touched, lambda board: board.put(replace(part, said_at=(*part.said_at, seq))))


def original(board: Board, of: Of) -> Original | None:
    """What is to be translated, or None where there are no such words."""
    match of.kind:
        case "card":
            return _on(board.cards.get(of.id), of.field)
        case "scale":
            return _on(board.scales.get(of.id), of.field)
        case "set":
            return _on(board.sets.get(of.id), of.field)
        case "differ":
            return _on(board.differs.get(of.id), of.field)
        case "answer":
            return _on(board.answers.get(of.id), of.field)
        case "step":
            return _on(board.steps.get(of.id), of.field)
        case "question":
            text = _question(board, of)
            return Original(None, text) if text else None
        case _:
            assert_never(of.kind)


def wording(part: AnyPart, field: str) -> str:
    """What a part says in one of its fields, "" for none."""
    match part:
        case Card() | Differ():
            return part.text if field == "text" else ""
        case Set():
            return _statement(part, field)
        case Answer():
            # Their own until all are shown, and no longer than they want them shown.
            told = part.shown == "bare" or (part.shown == "named" and part.share)
            return part.words if told and field == "words" else ""
        case NextStep():
            return {"what": part.what, "know": part.know, "otherwise": part.otherwise}.get(field, "")
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


def _statement(set: Set, field: str) -> str:
    """A draft has no second texts: it is thrown away with all that was said for it."""
    if set.state == "draft":
        return ""
    texts = {name: one.text for name, one in set.texts.items()}
    match field:
        case "worry":
            return plain(reads(set.words, texts, set.children).worry)
        case "goal":
            return plain(reads(set.words, texts, set.children).goal)
        case "name" | "family":
            return texts.get(field, "")
        case _:
            return ""


def _on(part: AnyPart | None, field: str) -> Original | None:
    text = wording(part, field) if part is not None else ""
    return Original(part, text) if text else None


def _question(board: Board, of: Of) -> str:
    if board.meeting is None:
        return ""
    template = board.meeting.template
    if of.field == "question":
        return next((column.question for column in template.columns if column.id == of.id), "")
    for one in template.children:
        if one.age == of.field:
            asked = {column.id: column.question for column in one.columns}
            return (asked | {f"place{place.value}": place.words for place in one.places}).get(of.id, "")
    return next((one.text for one in template.questions if one.id == of.id and of.field == "text"), "")
