"""How a worry and its goal read aloud: the sentences of the template, filled in with the parts as people typed them.
The one place that says so, for page, wall and record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Final

import msgspec

from .template import SetPart, SetWording

_ENDS: Final = (".", "!", "?", "…", "؟", "۔", "。")
_PER_CHILD: Final = frozenset({"child", "like"})
_ALWAYS: Final = frozenset({"are", "child", "children"})


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a paragraph: words of the template, of a `part`, or what stands in a `gap`."""

    text: str
    part: str = ""
    gap: bool = False


class Reads(msgspec.Struct, frozen=True):
    """The worry and the goal as paragraphs, in pieces that follow each other without anything between."""

    worry: tuple[Piece, ...]
    goal: tuple[Piece, ...]


def reads(words: SetWording, texts: Mapping[str, str], children: Sequence[str]) -> Reads:
    """How a set with these words reads. `texts` goes by part; `who` is one name a line."""
    return Reads(
        worry=_paragraph(words.worry, words, texts, children),
        goal=_paragraph(words.goal, words, texts, children),
    )


def plain(pieces: Sequence[Piece]) -> str:
    """The paragraph as one text."""
    return "".join(piece.text for piece in pieces)


def joined(names: Sequence[str], joint: str) -> str:
    """ "Tom, Jo and Dana"."""
    return f" {joint} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def label(part: SetPart, words: SetWording, children: Sequence[str], child: str = "") -> str:
    """The question over a part's box."""
    return _named(part.label, words, children, child)


def _paragraph(
    sentences: Sequence[str], words: SetWording, texts: Mapping[str, str], children: Sequence[str]
) -> tuple[Piece, ...]:
    said: list[Piece] = []
    for sentence in sentences:
        each = list(enumerate(children)) if _holes(sentence) & _PER_CHILD else [(0, "")]
        for place, child in each:
            pieces = list(_sentence(sentence, words, texts, children, place, child))
            if pieces:
                said += [Piece(" "), *pieces] if said else pieces
    return tuple(said)


def _sentence(
    sentence: str, words: SetWording, texts: Mapping[str, str], children: Sequence[str], place: int, child: str
) -> Iterator[Piece]:
    """One sentence in pieces; nothing where all its parts are such as may be left out, and were."""
    if all(_may_go(hole, words) and not texts.get(hole) for hole in _holes(sentence) - _ALWAYS):
        return
    ended = False
    for between, hole, _, _ in Formatter().parse(sentence):
        # Who ended their own sentence gets no second full stop, and a gap none at all.
        told = between.removeprefix(".") if ended else between
        if told:
            yield Piece(told)
        if hole is not None:
            piece = _hole(hole, words, texts, children, place, child)
            yield piece
            ended = piece.gap or piece.text.rstrip().endswith(_ENDS)


def _hole(
    hole: str, words: SetWording, texts: Mapping[str, str], children: Sequence[str], place: int, child: str
) -> Piece:
    names = texts.get("who", "").splitlines()
    match hole:
        case "are":
            return Piece(words.one_is if len(names) == 1 else words.many_are)
        case "child":
            return Piece(child)
        case "children":
            return Piece(joined(children, words.joined) or words.the_children)
        case "who":
            text = joined(names, words.joined)
        case _:
            text = texts.get(f"like:{place}" if hole == "like" else hole, "")
    part = f"like:{place}" if hole == "like" else hole
    if text.strip():
        return Piece(text, part)
    known = getattr(words, hole, None)
    gap = known.gap if isinstance(known, SetPart) else ""
    return Piece(_named(gap, words, children, child), part, gap=True)


def _named(text: str, words: SetWording, children: Sequence[str], child: str) -> str:
    return text.replace("{children}", joined(children, words.joined) or words.the_children).replace("{child}", child)


def _may_go(hole: str, words: SetWording) -> bool:
    part = getattr(words, hole, None)
    return isinstance(part, SetPart) and not part.gap


def _holes(sentence: str) -> set[str]:
    return {hole for _, hole, _, _ in Formatter().parse(sentence) if hole is not None}
