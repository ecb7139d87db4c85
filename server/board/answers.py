"""Answers: what people said to a statement, and in which words. Whose alone until all are shown, and what showing makes
of them; when, `agreements` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final, Literal

import msgspec
from msgspec.structs import replace

from .ask import Part, View
from .ratings import fresh_id

Stance = Literal["agree", "partly", "differently", "not-now"]
ANSWER_BYTES: Final = 1024
"""An answer travels to its giver filled to this many bytes, so that its size tells nothing."""

_ORDER: Final[dict[Stance, int]] = {"agree": 0, "partly": 1, "differently": 2, "not-now": 3}


class Answer(Part, frozen=True, kw_only=True):
    """One answer. `shown` "" is its giver's alone; "named" and "bare" are what showing made for everyone."""

    kind: ClassVar[str] = "answer"
    poll: str
    value: Stance
    person: str = ""
    role: str = ""
    words: str = ""
    share: bool = False
    typed_by: str = ""
    source: str = ""
    handed: bool = False  # given on somebody else's phone, by the one whose answer it is
    shown: Literal["", "named", "bare"] = ""
    said_at: tuple[int, ...] = ()
    unheld: bool = False  # whoever bears the giver's name by now came in by that name alone

    @property
    def holder(self) -> str:
        """Whose alone it is until all are shown: its giver's, or nobody's ("")."""
        return "" if self.typed_by or self.unheld else self.person


class OwnAnswer(View, frozen=True, kw_only=True):
    """Your own answer, to you alone, always 1,024 bytes of JSON by `pad` (2,048 where the words are long and in letters
    of three bytes or four)."""

    poll: str
    person: str
    role: str
    value: Stance
    words: str
    share: bool
    pad: str


class NamedAnswer(View, frozen=True, kw_only=True):
    """A shown answer with its giver. `words`: their own, where they wanted them shown."""

    poll: str
    person: str
    role: str
    value: Stance
    words: str = ""


class BareAnswer(View, frozen=True, kw_only=True):
    """The shown words of somebody, of nobody in particular, and what they were said to: where names are hidden."""

    poll: str
    value: Stance
    words: str


def own_view(answer: Answer) -> OwnAnswer:
    """The giver's own view of an answer, filled to ANSWER_BYTES (or the next multiple, for words of very wide letters).
    Which multiple, only the words say: beside them the longest answer is reckoned, whatever it is."""
    bare = OwnAnswer(
        id=answer.id,
        poll=answer.poll,
        person=answer.person,
        role=answer.role,
        value=answer.value,
        words=answer.words,
        share=answer.share,
        pad="",
    )
    longest = len(msgspec.json.encode(replace(bare, value="differently", share=False)))
    filled = -(-longest // ANSWER_BYTES) * ANSWER_BYTES
    return replace(bare, pad="." * (filled - len(msgspec.json.encode(bare))))


def with_names(answers: Iterable[Answer]) -> list[Answer]:
    """These answers as everyone may see them, under the same ids, in an order that tells nothing of who answered
    first."""
    return sorted((replace(one, shown="named") for one in answers), key=lambda one: one.id)


def without_names(answers: Iterable[Answer], chance: str, first: int = 0) -> list[Answer]:
    """The words among these answers that their givers wanted shown: nobody's, under new ids, in an order that only the
    words make. `first`: how many ids of this chance are others'."""
    said = sorted((_ORDER[one.value], one.words, one.poll) for one in answers if one.share and one.words)
    values = {place: value for value, place in _ORDER.items()}
    return [
        Answer(id=fresh_id(chance, f"words {first + place}"), poll=poll, value=values[rank], words=words, shown="bare")
        for place, (rank, words, poll) in enumerate(said)
    ]
