"""The wire, version 1: every message declared once. Validation, PROTOCOL.md and the JSON Schema all come from these
structs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from .board.agreements import SetAgreement
from .board.ask import Ask, Ref, View
from .board.model import AnyAsk, AnyHouseAsk, Entry
from .board.owners import AnswerStep
from .board.person import Role
from .board.refusal import N_, REFUSALS
from .board.scales import SetRating
from .log.roomlog import Draft, Spoken
from .signals import Writes

VERSION: Final = 1
FRAME_MAX: Final = 16 * 1024
REF_MAX: Final = 2**53 - 1
RATING_BODY: Final = 3072
"""Bodies of ratings and of answers are sealed at this many bytes, so that no size on disk tells what was said."""

COME_BACK_RESTART: Final = 1012
COME_BACK_LATER: Final = 1013
SIGN_IN: Final = 4401
KEPT_OUT: Final = 4403
NO_ROOM: Final = 4404
TOO_SLOW: Final = 4409
FLOODING: Final = 4429

CLOSES: Final[Mapping[int, str]] = {
    COME_BACK_RESTART: "The server starts again, or meets words it does not know. Come back, with jitter.",
    COME_BACK_LATER: "The server is busy. Come back, with jitter.",
    SIGN_IN: "This browser is no longer signed in: quick exit or goodbye. Join again.",
    KEPT_OUT: "Refused or removed by the facilitator.",
    NO_ROOM: "There is no such room, it was erased, or this browser was never in it: the three look the same.",
    TOO_SLOW: "This connection read too slowly. Come back, with jitter.",
    FLOODING: "Too many asks unanswered, or too many connections.",
}

BYES: Final[Mapping[str, str]] = {
    "refused": N_("We could not let you in. Please ring the person who invited you."),
    "removed": N_("You are no longer in this meeting. Please ring the person who invited you."),
    "signed-out": N_("You have left this meeting on this device. Use your link to come back."),
    "no-room": N_("This meeting is not here. Check your link, or ring the person who invited you."),
    "restart": N_("The board is starting again. Your words are kept here."),
    "slow": N_("The connection was too slow. It will try again."),
    "flooding": N_("Too much came from this device at once."),
}
"""Why a connection ends, by code: the last frame says it."""


class You(msgspec.Struct, frozen=True):
    """Who this connection is. `mine`: the cards and next steps whose words are yours to change; a wall is nobody, and
    has no such field."""

    id: str
    role: Role | Literal["wall"]
    mine: list[str] | msgspec.UnsetType = msgspec.UNSET


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag_field="is"):
    """Something the server says."""


class Welcome(Frame, frozen=True, kw_only=True, tag="welcome"):
    """The whole board as this viewer may see it. May come at any time and replaces everything before."""

    v: int = VERSION
    seq: int
    epoch: str
    you: You
    put: dict[str, dict[str, Any]]


class Change(Frame, frozen=True, kw_only=True, tag="change", omit_defaults=True):
    """What changed for this viewer up to entry `seq`: whole parts to put, ids to drop. Numbers may jump."""

    seq: int
    put: dict[str, dict[str, Any]] = {}
    drop: dict[str, list[str]] = {}


class YouHave(Frame, frozen=True, kw_only=True, tag="you"):
    """What is yours, when it changed on another device."""

    mine: list[str]


class Done(Frame, frozen=True, kw_only=True, tag="done"):
    """The ask is on disk, once, as entry `seq` (0 in the lobby). Follows the change that holds its effect."""

    ref: Ref
    seq: int


class No(Frame, frozen=True, kw_only=True, tag="no", omit_defaults=True):
    """The ask was refused and changed nothing. `ref` is left out where none could be read."""

    ref: Ref | None = None
    code: str
    why: str


class Near(Frame, frozen=True, kw_only=True, tag="near"):
    """`here`: who has a device connected, to facilitator and scribe only. `writing`: who else writes now, people by set
    and part, to those who write that set; no people where authors are hidden. `saving`: false where storage cannot be
    written for a while, true once it can again. Each at most once a second."""

    here: list[str] | msgspec.UnsetType = msgspec.UNSET
    writing: dict[str, dict[str, list[str]]] | msgspec.UnsetType = msgspec.UNSET
    saving: bool | msgspec.UnsetType = msgspec.UNSET


class Tick(Frame, frozen=True, kw_only=True, tag="tick"):
    """Every 10 s. `seq` is the last number this connection was told. 25 s of silence means reconnect."""

    seq: int


class Waiting(Frame, frozen=True, kw_only=True, tag="waiting"):
    """In the lobby: no byte of the board. Once admitted, `welcome` follows on the same connection."""


class Bye(Frame, frozen=True, kw_only=True, tag="bye"):
    """The last frame before a close. `after`: when to come back, in ms; to each connection another time."""

    code: str
    why: str
    after: int | msgspec.UnsetType = msgspec.UNSET


AnyFrame = Welcome | Change | YouHave | Done | No | Near | Tick | Waiting | Bye


class Unreadable(Exception):
    """A frame that is no ask. `ref` is its number, where that much could be read; `code` the refusal it gets."""

    def __init__(self, ref: int | None, code: str = "unreadable") -> None:
        super().__init__(code)
        self.ref, self.code = ref, code


class UnknownTag(Exception):
    """The log holds a tag this release does not know: serving the room would be guessing."""


class _Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed into the log: the ask, and what was decided once for it."""

    said: AnyAsk | AnyHouseAsk
    chance: str = ""
    place: str = ""


_asks: Final[msgspec.json.Decoder[AnyAsk]] = msgspec.json.Decoder(AnyAsk)
_HALF_A_SIGN: Final = re.compile("[\ud800-\udfff]")
_bodies: Final = msgspec.json.Decoder(_Body)
_encoder: Final = msgspec.json.Encoder()

encode = _encoder.encode


def decode(frame: str | bytes) -> AnyAsk:
    """The ask in a frame. Raises Unreadable for anything that is not exactly one."""
    size = len(frame.encode("utf-8", "surrogatepass")) if isinstance(frame, str) else len(frame)
    if size > FRAME_MAX:
        raise Unreadable(None)
    try:
        return _asks.decode(frame)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise _unreadable(frame) from None


def you(id: str, role: Role | Literal["wall"], mine: list[str]) -> You:
    """Who a connection is, as its welcome says it."""
    return You(id=id, role=role) if role == "wall" else You(id=id, role=role, mine=mine)


def refusal(ref: int | None, code: str) -> No:
    """The frame that says no, in English."""
    return No(ref=ref, code=code, why=REFUSALS[code])


def bye(code: str, *, after: int | msgspec.UnsetType = msgspec.UNSET) -> Bye:
    """The last frame before a close, in English. `after`: milliseconds."""
    return Bye(code=code, why=BYES[code], after=after)


def to_draft(entry: Entry) -> Draft:
    """The entry as the log takes it. A rating's or answer's filling is left behind, its body sealed at one length."""
    said = entry.ask
    assert said is not None
    length = None
    if isinstance(said, SetRating | SetAgreement | AnswerStep):
        said = msgspec.structs.replace(said, pad="")
        length = RATING_BODY
    body = _encoder.encode(_Body(said=said, chance=entry.chance, place=entry.place))
    return Draft(at=entry.at, by=entry.by, device=entry.device, ref=entry.ref, tag=entry.tag, body=body, length=length)


def from_log(spoken: Spoken) -> Entry:
    """The entry as the board takes it; `ask` None where the words have left the log. Raises UnknownTag."""
    ask, chance, place = None, "", ""
    if spoken.body is not None:
        try:
            body = _bodies.decode(spoken.body)
        except msgspec.MsgspecError:
            raise UnknownTag(spoken.tag) from None
        ask, chance, place = body.said, body.chance, body.place
    elif spoken.tag not in TAGS:
        raise UnknownTag(spoken.tag)
    return Entry(
        seq=spoken.seq,
        at=spoken.at,
        by=spoken.by,
        device=spoken.device,
        ref=spoken.ref,
        tag=spoken.tag,
        ask=ask,
        chance=chance,
        place=place,
    )


def tag_of(ask: Ask | AnyHouseAsk) -> str:
    """The ask's short name on the wire and in the log."""
    return str(ask.__struct_config__.tag)


def fingerprint(ask: AnyAsk | AnyHouseAsk) -> bytes:
    """Tells the same words from other words under one ref. Filling does not count."""
    padded = isinstance(ask, SetRating | SetAgreement | AnswerStep)
    said = msgspec.structs.replace(ask, pad="") if padded else ask
    return hashlib.sha256(_encoder.encode(said)).digest()


def schema() -> dict[str, Any]:
    """The JSON Schema of all asks, frames and parts. `parts` says in which shapes each kind of part may travel."""
    (asks, signals, frames, *views), shapes = msgspec.json.schema_components(
        [AnyAsk, Writes, AnyFrame, *VIEWS], ref_template="#/$defs/{name}"
    )
    kinds: dict[str, list[Any]] = {}
    for view, shape in zip(VIEWS, views, strict=True):
        kinds.setdefault(kind_of(view), []).append(shape)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The wire, version {VERSION}",
        "asks": asks,
        "signals": signals,
        "frames": frames,
        "parts": {kind: {"anyOf": of_kind} for kind, of_kind in kinds.items()},
        "closes": {str(code): why for code, why in CLOSES.items()},
        "byes": BYES,
        "refusals": REFUSALS,
        "$defs": {name: _plain(shape) for name, shape in shapes.items()},
    }


def kind_of(view: type[View]) -> str:
    """The kind of part that travels in this shape."""
    name = view.__name__.lower()
    return next((kind for kind in ("rating", "answer") if name.endswith(kind)), name.removesuffix("view"))


def structs_of(union: Any) -> list[type[msgspec.Struct]]:
    """The structs of a union of messages, by their tag."""
    return sorted(union.__args__, key=lambda struct: str(struct.__struct_config__.tag))


VIEWS: Final[Sequence[type[View]]] = sorted(View.__subclasses__(), key=lambda view: (kind_of(view), view.__name__))
"""The shapes in which parts travel."""
TAGS: Final = frozenset(str(one.__struct_config__.tag) for one in structs_of(AnyAsk | AnyHouseAsk))


def _plain(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape with its description on one line: how it was laid out in the source is nobody's business."""
    return {**shape, "description": " ".join(shape["description"].split())} if "description" in shape else shape


def _unreadable(frame: str | bytes) -> Unreadable:
    """Read again with a library that takes more: half a sign, which some keyboards leave behind, is no broken frame,
    and whoever asked should learn which of their asks it was."""
    try:
        loose = json.loads(frame)
        ref = loose.get("ref") if isinstance(loose, dict) else None
    except (ValueError, RecursionError):
        return Unreadable(None)
    known = ref if type(ref) is int and 0 <= ref <= REF_MAX else None
    return Unreadable(
        known, "bad-character" if _HALF_A_SIGN.search(json.dumps(loose, ensure_ascii=False)) else "unreadable"
    )
