"""Input that somebody who means ill, or a broken program, might send: words, values, asks and bodies."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
from hypothesis import strategies as st

from server.board.model import AnyAsk
from server.protocol import structs_of
from tests.board.make import BY_ROLE, MAUREEN

MARKER: Final = "<sb'\"&x>"
"""What no page may say as it came."""
PIECES: Final = (
    "\u202eabc\u202c",
    "\u2066\u2067\u2068\u2069",
    "\u200f\u200e\u061c",
    "e" + "\u0301" * 40,
    "\u0301",
    "\u20e3\u0488\u0489",
    "\u0430\u0435\u043e",
    "\u200b\u200c\u200d\ufeff",
    "\ud800",
    "\udfff",
    "\ud83d\ude00",
    "\x00",
    "\x1b[31m",
    "\x7f\x80\x85\x9f",
    "\ufffe\uffff",
    "\U0010ffff\U000e0001",
    "\u2028\u2029",
    "\r\n\t\x0b\x0c",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u0627\u0644\u0644\u0647",
    "\ufdfa" * 3,
    "\u0130\u0131\u1e9e\u00df",
    "</script><script>alert(1)</script>",
    MARKER,
    "{{7*7}}{% raw %}${7*7}%s%n{0}",
    "]]>&amp;&#0;",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "../../../etc/passwd",
    "Gran picks us up",
    " ",
)
words: Final[st.SearchStrategy[str]] = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(st.characters(), max_size=60),
    st.builds(
        lambda piece, times: piece * times, st.sampled_from(PIECES), st.sampled_from([1, 40, 41, 280, 1000, 1001])
    ),
)
SELDOM: Final = 8
_plain: Final = st.just("Gran picks us up")
_whole: Final = words.map(lambda text: text.encode("utf-8", "ignore").decode())
THERE: Final[dict[str, tuple[str, ...]]] = {
    "id": ("newname1", "newname2", "newname3", "card0000"),
    "card": ("card0000", "card0003", "card0006", "card0001"),
    "before": ("card0000", "step0000"),
    "scale": ("scale001", "ownset00000", "newname9"),
    "round": ("round000",),
    "set": ("set00000", "set00001", "set00002"),
    "poll": ("poll0000",),
    "step": ("step0000",),
    "owner": ("owner000", "owner001"),
    "decision": ("decision0",),
    "differ": ("view0000",),
    "dissent": ("view0000",),
    "comment": ("said9000",),
    "thought": ("kept9000",),
    "person": tuple(BY_ROLE.values()),
    "for": (BY_ROLE["family"], BY_ROLE["child"], MAUREEN),
    "with": (BY_ROLE["family"], BY_ROLE["agency"]),
}
"""What there is in a meeting that chance began, by the fields that name it, and some names that are free."""
_odd_ids: Final = st.sampled_from(["", "a" * 33, "card0000\n", "CARD0000", "../../..", "__proto__", "constructor"])


def ids(field: str) -> st.SearchStrategy[str]:
    """Mostly something that is there."""
    names = THERE.get(field, THERE["card"] + THERE["person"])
    return st.sampled_from([*names * SELDOM, ""]).flatmap(lambda name: st.just(name) if name else _odd_ids | _whole)


_leaves: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    words,
)
values: Final[st.SearchStrategy[Any]] = st.recursive(
    _leaves, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(words, inside, max_size=4), max_leaves=12
)
ASKS: Final = structs_of(AnyAsk)


def _plausible(name: str, kind: Any) -> st.SearchStrategy[Any]:
    """What the type of a field lets through, more or less."""
    schema = msgspec.json.schema(kind)
    return _of_schema(name, schema, schema.get("$defs", {}))


def _of_schema(name: str, schema: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return _of_schema(name, known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return st.one_of([_of_schema(name, one, known) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "integer":
            odd = st.sampled_from([-1, 11, 2**53, -(2**63), 2**64])
            return st.one_of(*[st.integers(0, 2)] * 4, *[st.integers(0, 10)] * 3, odd)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string":
            return ids(name) if "pattern" in schema else st.one_of(_plain, _plain, _whole, _whole, words)
        case "array":
            return st.lists(_of_schema(name, schema.get("items") or {}, known), max_size=4)
        case "object" if "properties" in schema:
            fields = {inner: _of_schema(inner, one, known) for inner, one in schema["properties"].items()}
            needed = {inner: fields.pop(inner) for inner in schema.get("required", ())}
            return st.fixed_dictionaries(needed, optional=fields)
        case _:
            return values


def _ask(struct: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """An ask of this kind, in which something may be amiss."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for one in msgspec.structs.fields(struct):
        if one.encode_name != "ref":
            (required if one.required else optional)[one.encode_name] = _plausible(one.encode_name, one.type)
    tag = st.just(str(struct.__struct_config__.tag))
    needed: dict[str, st.SearchStrategy[Any]] = {"ask": tag, "ref": st.integers(0, 2**53 - 1), **required}
    said = st.fixed_dictionaries(needed, optional=optional)
    amiss = st.dictionaries(st.one_of(words, st.sampled_from([*required, "ask", "ref"])), values, max_size=2)
    nothing: st.SearchStrategy[dict[str, Any]] = st.just({})
    return st.builds(lambda said, amiss: {**said, **amiss}, said, st.one_of(nothing, nothing, nothing, nothing, amiss))


_by_kind: Final = {struct: _ask(struct) for struct in ASKS}
asks: Final[st.SearchStrategy[dict[str, Any]]] = st.sampled_from(ASKS).flatmap(_by_kind.__getitem__)


def _broken(frame: bytes, at: int, byte: int, cut: bool) -> bytes:
    place = at % max(1, len(frame))
    return frame[:place] if cut else frame[:place] + bytes([byte]) + frame[place + 1 :]


_texts: Final = asks.map(lambda ask: json.dumps(ask).encode())
frames: Final[st.SearchStrategy[bytes]] = st.one_of(
    _texts,
    st.builds(_broken, _texts, st.integers(0, 2**14), st.integers(0, 255), st.booleans()),
    values.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
    st.sampled_from(
        [b"[" * 20_000, b'{"a":' * 5_000, b'{"ask":"card.add","ask":"card.edit","ref":1,"ref":2}', b"\xff\xfe{}"]
    ),
)
"""What may come over a socket."""
