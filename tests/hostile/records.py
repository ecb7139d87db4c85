"""Records of a last meeting that somebody who means ill might hand in: a good one with something amiss in it, and files
that are none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from server.record.model import Owner, Record, Step
from server.record.numbers import Before, Earlier, Mark, Round, Scale
from tests.hostile.nasty import values, words
from tests.record.docx_sample import HELD, said, sample

HUGE: Final = "a number too large for any machine"
"""Stands for `1e400`, which Python would write otherwise."""


def good() -> Record:
    """A record with something of all that the next meeting begins from."""
    record = sample()
    whole = Scale(
        id="scale000",
        title=said("How safe?"),
        about=said("Hana"),
        ten=said("Safe"),
        zero=said("Not safe"),
        direction="down",
    )
    step = Step(
        id="step0003",
        what=said("Ring the school."),
        set="set00001",
        agreed=HELD - 1000,
        owners=(
            Owner(id="owner003", name="Łucja", person="person01"),
            Owner(id="owner004", name="Aunt Ola", but="May"),
        ),
    )
    named = Earlier(
        id="earlier1",
        scale="scale001",
        day=HELD - 10**9,
        show="named",
        ten="Fully happening.",
        zero="Nothing has changed.",
        direction="up",
        marks=(
            Before(value=3, when="", former="former01", who="Aunt Ola", role="family"),
            Before(value=5, when="", person="person02", former="former02", who="Dana", role="family"),
        ),
    )
    nameless = replace(
        named,
        id="earlier2",
        show="role",
        marks=(Before(value=1, when="", role="someone"), Before(value=9, when="", role="agency")),
        child="Ayaan",
    )
    roles = Round(
        id="round003",
        scale="scale000",
        show="role",
        marks=(Mark(id="mark0010", value=0, role="agency"), Mark(id="mark0011", value="not-sure", role="someone")),
        asked=3,
    )
    texts = {
        "name": "School",
        "who": "Dana\nTom",
        "happened": "He misses the bus",
        "like:0": "He is alone",
        "long": "May",
    }
    return replace(
        record,
        sets=tuple(replace(one, texts=texts) for one in record.sets),
        scales=(whole, *record.scales),
        steps=(*record.steps, step),
        earlier=(named, nameless),
        rounds=(*record.rounds, roles),
    )


PLAIN: Final[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(good()))
Path = tuple[str | int, ...]


def paths(value: Any, path: Path = ()) -> list[Path]:
    """The way to every value, those that hold others too."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [one for step, held in inside for one in ((*path, step), *paths(held, (*path, step)))]


def held(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


PATHS: Final = paths(PLAIN)
IDS: Final = sorted({held(PLAIN, path) for path in PATHS if path[-1] in {"id", "scale", "set", "person", "former"}})
NUMBERS: Final = (11, -1, 10, 2**53, 2**63, 2**64, 10**400, -(10**400), 1.5, 0.0, True, HUGE, float("nan"))
LONG: Final = ("x" * 41, "x" * 281, "x" * 401, "x" * 1001, "é" * 1000, "e\u0301" * 500)
LANGS: Final = ("", "xx", "en-US-x-evil", "../../../etc/passwd", "C", "ar", "tlh", "en_GB", "und", "zh-Hant-TW", "%s")


def _deep(times: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(times):
        made = [made]
    return made


WORST: Final[dict[type, tuple[Any, ...]]] = {
    str: ("not an id", "x" * 1001, "not\0kept", "someone", ""),
    int: (11, -1, 2**53 - 1, 0),
    list: ((), "twice", "often"),
    dict: ({"who": "x" * 1001}, {"not a part": "x"}),
}


def worst() -> Iterator[bytes]:
    """The good record again and again: each time one of its values is the worst of its kind."""
    for path in PATHS:
        known = held(PLAIN, path)
        for other in WORST.get(type(known), ()):
            if isinstance(known, list):
                other = known * {"twice": 2, "often": 402}.get(other, 0)
            made = copy.deepcopy(PLAIN)
            held(made, path[:-1])[path[-1]] = other
            yield json.dumps(made).encode()


_others: Final[st.SearchStrategy[Any]] = st.one_of(
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.sampled_from(NUMBERS),
    st.sampled_from(LONG),
    st.sampled_from(LANGS),
    st.sampled_from([None, "", [], {}, _deep(40), "role", "named", "spread", "someone", "wall", "down"]),
    words,
    values,
)
Change = Callable[[dict[str, Any]], None]


def _at(made: Any, path: Path) -> tuple[Any, Any] | None:
    """What holds the last step of this way; None where an earlier change took it away."""
    try:
        *way, last = path
        inside = held(made, tuple(way))
        held(inside, (last,))
    except (LookupError, TypeError):
        return None
    return (inside, last) if isinstance(inside, dict | list) else None


def _replaced(path: Path, other: Any) -> Change:
    def change(made: dict[str, Any]) -> None:
        if found := _at(made, path):
            found[0][found[1]] = copy.deepcopy(other)

    return change


def _taken_out(path: Path) -> Change:
    def change(made: dict[str, Any]) -> None:
        if found := _at(made, path):
            del found[0][found[1]]

    return change


def _many(path: Path, times: int) -> Change:
    def change(made: dict[str, Any]) -> None:
        if (found := _at(made, path)) and isinstance(found[0], list):
            found[0][:] = found[0] + [found[0][int(found[1])]] * times

    return change


def _more(path: Path, name: str, other: Any) -> Change:
    def change(made: dict[str, Any]) -> None:
        found = _at(made, path)
        inside = found[0][found[1]] if found else None
        if isinstance(inside, dict):
            inside[name] = copy.deepcopy(other)

    return change


_paths: Final = st.sampled_from(PATHS)
_fields: Final = sorted({str(path[-1]) for path in PATHS if isinstance(path[-1], str)})
_changes: Final[st.SearchStrategy[Change]] = st.one_of(
    st.builds(_replaced, _paths, _others),
    st.builds(_replaced, _paths, _others),
    st.builds(_replaced, _paths, _others),
    st.builds(_taken_out, _paths),
    st.builds(_many, _paths, st.sampled_from([1, 1, 2, 12, 101, 401])),
    st.builds(_more, _paths, st.one_of(st.sampled_from(_fields), words), _others),
)


def _with_a_byte(at: int, byte: int) -> bytes:
    place = at % len(GOOD)
    return GOOD[:place] + bytes([byte]) + GOOD[place:]


def _written(changes: list[Change], escaped: bool) -> bytes:
    made = copy.deepcopy(PLAIN)
    for change in changes:
        change(made)
    text = json.dumps(made, ensure_ascii=escaped).replace(json.dumps(HUGE), "1e400")
    return text.encode("utf-8", "surrogatepass")


changed: Final[st.SearchStrategy[bytes]] = st.builds(
    _written, st.lists(_changes, min_size=1, max_size=3), st.booleans()
)
"""A good record with something amiss in it."""
GOOD: Final = json.dumps(PLAIN).encode()
files: Final[st.SearchStrategy[bytes]] = st.one_of(
    changed,
    changed,
    changed,
    st.binary(max_size=200),
    values.map(lambda value: json.dumps(value).encode()),
    st.builds(
        lambda at, byte: GOOD[: at % len(GOOD)] + bytes([byte]) + GOOD[at % len(GOOD) :],
        st.integers(0),
        st.integers(0, 255),
    ),
    st.sampled_from(
        [
            b"\xef\xbb\xbf" + GOOD,
            "\ufeff".encode("utf-16") + GOOD.decode().encode("utf-16"),
            GOOD + b"\0",
            GOOD + GOOD,
            GOOD[:-1],
            b"[" * 100_000,
            b'{"record":' * 50_000,
            b'{"record":1,"record":2}',
            b" " * 2_000_000,
            GOOD.replace(b'"record": 1', b'"record": 1.0'),
            GOOD.replace(b'"record": 1', b'"record": true'),
        ]
    ),
)
"""What may be handed in as the record of the last meeting."""
