"""Translations: a second text beside words on the board, in another language, entered by an interpreter. It stands and
falls with the words it translates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, assert_never

import msgspec
from msgspec import Meta

from . import words
from .ask import Ask, Part, View
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import AnyPart, Board, Entry, Touched

TRANSLATIONS_MAX = 4000
# Other languages need more room for the same words, and a translation cut short would say something else.
TEXT_MAX = 2 * words.CARD_MAX

Dir = Literal["ltr", "rtl"]
OfKind = Literal["card", "scale", "question", "set", "differ", "answer", "step"]
Lang = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(?!\n)$",
        description='A language by its BCP 47 tag, up to 35 characters: "prs", "zh-Hant". "und" is another one',
    ),
]

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "arz", "ary", "ckb", "dv", "fa", "haz", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "pes"}
    | {"prs", "ps", "pbt", "pbu", "sd", "sdh", "syr", "ug", "ur", "yi"}
)
_SCRIPTS_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


class Of(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that are translated: the `kind` and `id` of what they stand on, and which of its words. "card": "text".
    "scale": "title", "about", "ten", "zero". "question": one of the template's, "text"; a column's, "question"; or what
    a child of some age is asked there, or reads at a place of their own scale (`id` "place" and its number, "place7"):
    "4-7", "8-11", "12+". "set", once it is on the board: "name",
    "family", and how it reads, "worry" and "goal". "differ": "text". "answer", once it is shown: "words". "step":
    "what", "know", "otherwise"."""

    kind: OfKind
    id: Annotated[str, Meta(min_length=1, max_length=40)]
    field: Annotated[str, Meta(min_length=1, max_length=40)] = "text"


class Original(NamedTuple):
    """Words found on the board, and the part they stand on; None for the template's, which everyone sees."""

    part: AnyPart | None
    text: str


class Translation(Part, frozen=True, kw_only=True):
    """A second text. `original` is the part whose words it translates, as it stands now (None: words of the template,
    which all see); `source` those words as they were when they were translated."""

    kind: ClassVar[str] = "translation"
    of: Of
    original: AnyPart | None
    source: str
    text: str
    lang: str
    dir: Dir
    of_lang: str = ""
    version: int = 1
    by: str
    named: bool = True  # whether it is told who translated: the meeting's setting, as on cards


class TranslationView(View, frozen=True, kw_only=True):
    """A second text to words that stand on the board, shown wherever they are and only to those who see them. `dir` is
    how `lang` is written; `of_lang` and `of_dir` say the same of the words themselves, where the interpreter told it.
    `stale`: the words were changed since. `by` is sent only where authors are shown; `yours` to who entered it."""

    of: Of
    text: str
    lang: str
    dir: Dir
    of_lang: str = ""
    of_dir: Dir | Literal[""] = ""
    version: int
    stale: bool = False
    by: str = ""
    yours: bool = False


class SetTranslation(Ask, frozen=True, kw_only=True, tag="translation.set"):
    """Enter a second text to words on the board: up to 2,000 characters. `of_lang` is the language of those words;
    `dir` is told by `lang` where it is left out. To change your own, say which version you changed (`was`); refused
    `stale` when it has moved on, `translated` where somebody else's stands. Interpreter only."""

    id: Id
    of: Of
    text: str
    lang: Lang
    dir: Dir | None = None
    of_lang: Lang | Literal[""] = ""
    was: int = 0


class RemoveTranslation(Ask, frozen=True, kw_only=True, tag="translation.remove"):
    """Take a second text away: your own; any, for the facilitator."""

    translation: Id


TranslationAsk = SetTranslation | RemoveTranslation


def check(
    board: Board, entry: Entry, ask: TranslationAsk, found: Original | None, sees: Callable[[AnyPart], bool]
) -> None:
    """Refuse what may not happen to translations. `found` are the words to be translated, `sees` says whether the asker
    sees a part. Raises Refused."""
    match ask:
        case SetTranslation():
            # What the interpreter does not see looks gone.
            if found is None or (found.part is not None and not sees(found.part)):
                raise Refused("not-there")
            _check_set(board, entry, ask)
        case RemoveTranslation():
            known = board.translations.get(ask.translation)
            if known is None or not sees(known):
                raise Refused("not-there")
            if known.by != entry.by and board.people[entry.by].role != "facilitator":
                raise Refused("not-yours")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: TranslationAsk, found: Original | None) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: where the words themselves have left the log, nothing is translated."""
    match ask:
        case SetTranslation():
            return board.put(_made(board, entry, ask, found)) if found is not None else (board, ())
        case RemoveTranslation():
            return board.drop("translation", ask.translation)
        case _:
            assert_never(ask)


def direction(lang: str) -> Dir:
    """How a language is written: by its script where the tag names one, else as it mostly is."""
    tag, *more = lang.lower().split("-")
    scripts = [one for one in more if len(one) == 4 and one.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _SCRIPTS_RIGHT_TO_LEFT else "ltr"
    return "rtl" if tag in _RIGHT_TO_LEFT else "ltr"


def _check_set(board: Board, entry: Entry, ask: SetTranslation) -> None:
    words.keep(ask.text, TEXT_MAX)
    known = board.translations.get(ask.id)
    if known is None:
        if len(board.translations) >= TRANSLATIONS_MAX:
            raise Refused("full")
    elif known.by != entry.by:
        raise Refused("not-yours")
    elif known.of != ask.of:
        raise Refused("id-taken")
    if any(one.of == ask.of and one.lang == ask.lang and one.id != ask.id for one in board.translations.values()):
        raise Refused("translated")
    if ask.was != (known.version if known is not None else 0):
        raise Refused("stale")


def _made(board: Board, entry: Entry, ask: SetTranslation, found: Original) -> Translation:
    known = board.translations.get(ask.id)
    return Translation(
        id=ask.id,
        of=ask.of,
        original=found.part,
        source=found.text,
        text=ask.text,
        lang=ask.lang,
        dir=ask.dir or direction(ask.lang),
        of_lang=ask.of_lang,
        version=known.version + 1 if known is not None else 1,
        by=known.by if known is not None else entry.by,
        named=board.names_shown,
    )
