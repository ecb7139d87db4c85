"""What becomes of a set: begun, written, put on the board. Nothing here refuses; whether it may happen, `sets` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from . import words
from .ratings import fresh_id
from .setparts import Earlier, Set, Text
from .template import SETS

if TYPE_CHECKING:
    from .model import Board, Entry, Touched
    from .setasks import ReplaceSet, StartSet


def lines(names: tuple[str, ...]) -> str:
    """Names as one text, one a line."""
    return "\n".join(words.name(one) for one in names)


def started(board: Board, entry: Entry, ask: StartSet) -> Set:
    """A new draft, and the wording of this meeting with it."""
    meeting = board.meeting
    children = tuple(words.name(one) for one in ask.children)
    named = {"children": Text(lines(children), 1, entry.by)} if children else {}
    return Set(
        id=ask.id,
        by=entry.by,
        scale=ask.scale,
        children=children,
        texts=named,
        cards=(ask.card,) if ask.card is not None else (),
        words=meeting.template.sets if meeting is not None else SETS,
        named=board.names_shown,
        at=entry.at,
        said_at=(entry.seq,),
    )


def begun_anew(entry: Entry, old: Set, ask: ReplaceSet) -> Set:
    """A new draft with the words of the set it is to stand for."""
    return replace(
        old,
        id=ask.id,
        by=entry.by,
        scale=ask.scale,
        number=0,
        state="draft",
        writers=(),
        everyone=False,
        instead_of=old.id,
        replaced_by="",
        at=entry.at,
        said_at=(),
    )


def written(board: Board, entry: Entry, set: Set, part: str, text: str, for_: str = "") -> tuple[Board, Touched]:
    """The board where a part says this. What it said on the board before is kept."""
    old = set.texts.get(part)
    if text == (old.text if old else ""):
        # Said again, it stands in the log once more, and has to leave it with the rest.
        return board.put(replace(set, said_at=(*set.said_at, entry.seq)))
    new = Text(text, (old.version if old else 0) + 1, entry.by, for_ if for_ != entry.by else "")
    written = replace(set, texts=set.texts | {part: new}, said_at=(*set.said_at, entry.seq))
    if set.state == "draft" or old is None or not old.text:
        return board.put(written)
    kept = Earlier(
        id=fresh_id(entry.chance, "earlier"), set=set.id, part=part, text=old.text, version=old.version, until=entry.at
    )
    return board.put(written, kept)


def with_children(set: Set, entry: Entry, names: tuple[str, ...]) -> Set:
    """The set about these children. What is written of one goes where their name goes, and counts as changed, so that
    nobody who is just writing puts it down for another child."""
    children = tuple(words.name(one) for one in names)
    where = _places(set.children, children)
    texts = {part: one for part, one in set.texts.items() if not part.startswith("like:")}
    version = max((one.version for part, one in set.texts.items() if part.startswith("like:")), default=0) + 1
    for old, new in where.items():
        text = set.texts.get(f"like:{old}")
        if text is not None:
            texts[f"like:{new}"] = text if old == new else replace(text, version=version)
    for new in range(len(children)):
        if new not in where.values() and version > 1:
            texts[f"like:{new}"] = Text("", version, entry.by)
    said = set.texts.get("children")
    texts["children"] = Text(lines(children), (said.version if said else 0) + 1, entry.by)
    return replace(set, children=children, texts=texts, said_at=(*set.said_at, entry.seq))


def _places(before: tuple[str, ...], after: tuple[str, ...]) -> dict[int, int]:
    """Where each child's words go: with the name, or, where one name was put for another, to the same place."""
    where = {old: after.index(name) for old, name in enumerate(before) if name in after}
    renamed = [old for old in range(len(before)) if old not in where]
    if len(before) == len(after) and len(renamed) == 1 and renamed[0] not in where.values():
        where[renamed[0]] = renamed[0]
    return where


def left_out(set: Set, names: tuple[str, ...]) -> list[int]:
    """The places of children who would be named no more."""
    where = _places(set.children, tuple(words.name(one) for one in names))
    return [old for old in range(len(set.children)) if old not in where]


def like(set: Set, place: int) -> str:
    """What it would be like for this child."""
    text = set.texts.get(f"like:{place}")
    return text.text if text is not None else ""


def numbered(board: Board) -> Board:
    """The board once another set was put up: no number is given twice, whatever becomes of the set."""
    return replace(board, numbered=board.numbered + 1)


def put_up(board: Board, set: Set) -> tuple[Board, Touched]:
    """The board where everyone reads it, and the one it stands for is closed."""
    board = numbered(board)
    up = replace(set, state="board", number=board.numbered)
    old = board.sets.get(set.instead_of)
    if old is None:
        return board.put(up)
    return board.put(up, replace(old, state="closed", replaced_by=old.replaced_by or set.id))
