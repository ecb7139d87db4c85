"""PROTOCOL.md: the wire as a page, for whoever writes the other end. Made from the messages themselves by
`python -m server.protocoldoc`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from . import protocol, pulse, security, socket
from .board.ask import Ask
from .board.cards import CARDS_MAX, CardView
from .board.lobby import PEOPLE_MAX, WAITING_MAX
from .board.model import AnyAsk
from .board.person import Role
from .board.refusal import REFUSALS
from .board.rights import AFTER_CLOSE, DURING_BREAK, RIGHTS
from .board.words import CARD_MAX, NAME_MAX, REASON_MAX, TITLE_MAX
from .pace import BURST, EACH_SECOND, UNANSWERED_MOST
from .protocol import AnyFrame, Change, Done, Near, Waiting, Welcome, You, structs_of
from .signals import Writes

PAGE: Final = Path(__file__).with_name("PROTOCOL.md")
EXAMPLES: Final[dict[str, Any]] = {
    "text": "Gran picks us up",
    "name": "Maureen",
    "was": 1,
    "lang": "en",
    "fingerprint": "9f" * 32,
    "value": 4,
    "seq": 42,
    "ref": 7,
}
EXAMPLE_ID: Final = "k3f9a1c2"
SAID: Final[dict[str, protocol.Frame]] = {
    "no": protocol.refusal(7, "not-yours"),
    "bye": protocol.bye("removed"),
    "near": Near(writing={EXAMPLE_ID: {"could": [EXAMPLE_ID[::-1]]}}),
    "welcome": Welcome(seq=42, epoch=EXAMPLE_ID, you=You(id=EXAMPLE_ID, role="advocate", mine=[EXAMPLE_ID]), put={}),
}
"""Where an example made by rule would say nothing."""
EACH_PROCESS: Final = "How fast somebody asks, and their asks unanswered and sockets, each process counts for itself."
ID: Final = "8 to 32 of a-z and 0-9, random"

_OPENING: Final = """\
# The wire, version {version}

Made by `python -m server.protocoldoc` from the messages themselves; a test keeps it current. The same as JSON
Schema is at `/protocol.json`.

## Connecting

A WebSocket at `/m/{{room}}/live?device={{random}}`, one per tab; `device` is 1 to 64 of letters, digits, `-`
and `_`, drawn once and kept as long as the tab keeps what it has not sent. Who you are says the cookie set at
`/join/{{code}}` or `/in`. `Origin` must be the server's own, for programs too. With `&as=wall` a
facilitator sees what the wall sees. Frames are JSON text, one message each; asks carry `ask`, what the server says
carries `is`.

In the lobby the server says `waiting`, again and again as a sign of life; once admitted, `welcome` follows on
the same socket. Then come changes. `done` follows, on that socket, the change that holds its effect.

```
{talk}
```

**Coming back.** `&after={{seq}}&epoch={{epoch}}` names the last `seq` and the `epoch` you were told. You get
one `change` with what changed since, or a `welcome`, which may come at any time and replaces everything you
hold. `&from=page` says that you hold no more than the page of this meeting brought at that number: what everyone
of your kind sees, without numbers. Then the `change` puts the rest as well. Come back after a close with 1012,
1013 or 4409, after {silence} s without any frame, and with jitter.

**Asks again.** (you, device, ref) names an ask for ever: asked again in the same words it gets its first `done`
and changes nothing; in other words it is refused `ref-used`, and then a page draws a new device and asks again.
A `no` is not remembered.

**Without WebSocket.** `GET` the same address with `Accept: text/event-stream`: the same messages, each in one
`data:` line, with `id:` = its `seq` (coming back, `Last-Event-ID` counts as `after`). `POST` one ask to
`/m/{{room}}/live?device={{random}}` as JSON; the answer is its `done` or `no`. Where a WebSocket would be
closed, HTTP answers with a status and the `bye` as its body.

**Words** are kept exactly as typed or refused, never changed; names alone are put in Unicode form NFC. Lengths
count characters, not bytes. Refused is what XML 1.0 cannot hold. **Ids** are drawn by whoever makes a thing:
{id}. **Times** are ms since 1970 UTC.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    shapes = _shapes()
    opening = _OPENING.format(version=protocol.VERSION, talk="\n".join(_talk()), silence=25, id=ID)
    yield from opening.splitlines()
    yield from ("", "## What the server says", "")
    for frame in structs_of(AnyFrame):
        yield from _message(frame, "is", shapes)
    yield from ("## Parts", "", "What `put` holds, by kind and id. Every value is a whole part.", "")
    for view in protocol.VIEWS:
        yield from _shape(f"`{protocol.kind_of(view)}`: {view.__name__}", view, shapes, skip=())
    yield from ("### Within them", "")
    for name in _inner(shapes):
        yield from (
            f"**{name}.** {shapes[name].get('description', '')}",
            "",
            *_fields(shapes[name], shapes, skip=()),
            "",
        )
    yield from (
        "## Asks",
        "",
        "Every ask has its own `ref`, a whole number from 0 to 2^53 - 1. An unknown field is refused.",
        "",
    )
    for ask in structs_of(AnyAsk):
        yield from _message(ask, "ask", shapes)
    yield from ("## Signals", "", "Said by the browser without `ref`, never answered and never stored.", "")
    yield from _message(Writes, "now", shapes)
    yield from _table("Refusals", ("code", "why, in English"), REFUSALS.items())
    yield from _table("Closes", ("code", "when", "HTTP status"), _closes())
    yield from _table("The last frame, `bye`", ("code", "why, in English"), protocol.BYES.items())
    yield from _table("Limits", ("what", "most"), _limits())
    yield from (EACH_PROCESS, "")


def _message(struct: type[msgspec.Struct], says: str, shapes: dict[str, Any]) -> Iterator[str]:
    tag = str(struct.__struct_config__.tag)
    yield from _shape(f"`{tag}`", struct, shapes, skip=(says, "ref") if issubclass(struct, Ask) else (says,))
    if issubclass(struct, Ask):
        yield from (f"Who: {_who(tag)}.", "")
    yield from ("```", protocol.encode(SAID.get(tag) or example(struct)).decode(), "```", "")


def _shape(title: str, struct: type[msgspec.Struct], shapes: dict[str, Any], skip: tuple[str, ...]) -> Iterator[str]:
    shape = shapes[struct.__name__]
    yield from (f"### {title}", "", shape.get("description", ""), "")
    if fields := _fields(shape, shapes, skip):
        yield from (*fields, "")


def _fields(shape: dict[str, Any], shapes: dict[str, Any], skip: tuple[str, ...]) -> list[str]:
    rows = [
        f"| `{name}` | {kind_of(field, shapes)} | {_usual(name, field, shape)} |"
        for name, field in shape["properties"].items()
        if name not in skip
    ]
    return ["| field | is | left out means |", "|---|---|---|", *rows] if rows else []


def kind_of(field: dict[str, Any], shapes: dict[str, Any]) -> str:
    """What a field holds, in words."""
    match field:
        case {"$ref": ref}:
            name = ref.rpartition("/")[2]
            return kind_of(shapes[name], shapes) if "enum" in shapes[name] else f"a {name}"
        case {"enum": values}:
            return " or ".join(f"`{protocol.encode(value).decode()}`" for value in values)
        case {"anyOf": kinds}:
            return " or ".join(kind_of(kind, shapes) for kind in kinds)
        case {"type": "array", "items": items}:
            return f"list of: {kind_of(items, shapes)}"
        case {"type": "object", "additionalProperties": dict() as values}:
            return f"map to: {kind_of(values, shapes)}" if values else "map"
        case {"type": "object"}:
            return "map"
        case {"type": "integer", "minimum": least, "maximum": most}:
            return f"whole number {least} to {most}"
        case {"type": "integer"}:
            return "whole number"
        case {"type": "string", "description": str(said)}:
            return "id" if said == ID else said
        case {"type": "string"}:
            return "text" + (f", up to {field['maxLength']}" if "maxLength" in field else "")
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"type": "null"}:
            return "`null`"
        case _:
            return "anything"


def example(struct: type[msgspec.Struct]) -> Any:
    """A message of this kind that says as little as it can."""
    shapes = _shapes()
    return _sample(shapes[struct.__name__], shapes, "")


@cache
def _shapes() -> dict[str, Any]:
    shapes: dict[str, Any] = protocol.schema()["$defs"]
    return shapes


def _sample(field: dict[str, Any], shapes: dict[str, Any], name: str) -> Any:
    match field:
        case {"$ref": ref}:
            return _sample(shapes[ref.rpartition("/")[2]], shapes, name)
        case {"anyOf": [first, *_]}:
            return _sample(first, shapes, name)
        case {"enum": [first, *_]}:
            return first
        case {"properties": properties, "required": required}:
            # What says which message it is comes first, as people write it.
            first_named = sorted(required, key=lambda one: (one not in {"ask", "is", "now"}, one != "ref"))
            return {one: _sample(properties[one], shapes, one) for one in first_named}
        case {"type": "array", "items": dict() as items} if items:
            return [_sample(items, shapes, name)]
        case {"type": "array"}:
            return []
        case {"type": "object"}:
            return {}
        case {"type": "integer" | "string"} if name in EXAMPLES:
            return EXAMPLES[name]
        case {"type": "integer"}:
            return 1
        case {"type": "boolean"}:
            return True
        case _:
            return EXAMPLE_ID


def _inner(shapes: dict[str, Any]) -> list[str]:
    messages: list[type[msgspec.Struct]] = [*structs_of(AnyFrame), *structs_of(AnyAsk), *protocol.VIEWS, Writes]
    outer = {struct.__name__ for struct in messages}
    return sorted(name for name, shape in shapes.items() if name not in outer and "properties" in shape)


def _usual(name: str, field: dict[str, Any], shape: dict[str, Any]) -> str:
    if name in shape.get("required", ()):
        return ""
    return f"`{protocol.encode(field['default']).decode()}`" if "default" in field else "there is none"


def _who(tag: str) -> str:
    roles = [role for role in get_args(Role) if role in RIGHTS[tag]]
    who = "everyone" if len(roles) == len(get_args(Role)) else ", ".join(roles)
    during = "; in a break too" if tag in DURING_BREAK else ""
    after = "; after the end too" if tag in AFTER_CLOSE else ""
    return f"{who}{during}{after}"


def _closes() -> Iterator[tuple[str, str, str]]:
    for code, when in protocol.CLOSES.items():
        yield str(code), when, str(socket.STATUS.get(code, ""))


def _limits() -> Iterator[tuple[str, str]]:
    yield "frame", f"{protocol.FRAME_MAX} bytes"
    yield "body of a request", f"{security.BODY_MAX} bytes"
    yield "card", f"{CARD_MAX} characters"
    yield "reason, quiet words, source of a number", f"{REASON_MAX} characters"
    yield "name, agency", f"{NAME_MAX} characters"
    yield "title of a new meeting", f"{TITLE_MAX} characters; older ones may be longer"
    yield "asks of one person", f"{BURST} at once, then {EACH_SECOND:g} a second: beyond that they are read more slowly"
    yield "asks unanswered on one socket", f"{UNANSWERED_MOST}, then it is closed ({protocol.FLOODING})"
    yield "asks of one person unanswered by `POST`", f"{UNANSWERED_MOST}, then 429"
    yield "sockets of one person", f"{socket.SOCKETS_MOST}; then the oldest of the same `device` makes place, if any"
    yield "cards; people; people waiting for the first time", f"{CARDS_MAX}; {PEOPLE_MAX}; {WAITING_MAX}"
    yield "counts of an open round", f"told every {pulse.COUNT_S} s"
    yield "`tick`", f"every {pulse.TICK_S} s"


def _table(title: str, heads: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield from (f"## {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}")
    for code, *rest in rows:
        named = f"`{code}`" if heads[0] == "code" else code
        yield f"| {' | '.join((named, *rest))} |"
    yield ""


def _talk() -> Iterator[str]:
    """A short conversation."""
    card = CardView(id=EXAMPLE_ID, column="well", text="Gran picks us up", version=1, order="000000042i", by="p7d2x0q1")
    you = You(id="p7d2x0q1", role="family", mine=[])
    yield f"<- {protocol.encode(Waiting()).decode()}"
    yield f"<- {protocol.encode(Welcome(seq=41, epoch='9f2c51d07b3e8a64', you=you, put={})).decode()}"
    yield f'-> {{"ask":"card.add","ref":7,"id":"{EXAMPLE_ID}","column":"well","text":"Gran picks us up"}}'
    yield f"<- {protocol.encode(Change(seq=42, put={'card': {EXAMPLE_ID: card}})).decode()}"
    yield f"<- {protocol.encode(Done(ref=7, seq=42)).decode()}"
    yield f'-> {{"ask":"card.edit","ref":8,"card":"{EXAMPLE_ID[::-1]}","text":"Better","was":1}}'
    yield f"<- {protocol.encode(protocol.refusal(8, 'not-yours')).decode()}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
