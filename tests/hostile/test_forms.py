"""Requests that mean ill, to every address: no answer is ever a mistake of ours, none says unescaped what it was sent,
and all bear the headers."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Route

from server.app import _routes
from server.assets import Assets, folder
from server.security import BODY_MAX
from tests.hostile.ground import STANDINGS, Ground, well
from tests.hostile.nasty import MARKER, frames, values, words
from tests.hostile.often import often
from tests.meeting import ADMIN_TOKEN
from tests.wireless import FORM, JSON

# What fails may be long to print.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
POSTS: Final = (
    *("/new", "/staff", "/go", "/join/{code}", "/in", "/leave", "/admin", "/demo"),
    *("/m/{room}/links", "/m/{room}/leave", "/m/{room}/exit", "/m/{room}/live?device=device01"),
    *("/m/{room}/record", "/m/{room}/slips"),
)
FIELDS: Final = (
    "title",
    "template",
    "admit",
    "authors",
    "erase_days",
    "name",
    "apart",
    "key",
    "code",
    "role",
    "agency",
)
FIELDS_TOO: Final = ("helping", "for", "order", "room", "ask", "ref", "do", "copy", "form", "what", "kind", "text")
KINDS: Final = (
    FORM,
    JSON,
    f"{JSON}; charset=utf-16",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
    "*/*",
    MARKER,
)
whole_words = words.map(lambda text: text.encode("utf-8", "replace"))
names = st.sampled_from((*FIELDS, *FIELDS_TOO))
form_bodies = st.dictionaries(names, whole_words, max_size=12).map(
    lambda fields: "&".join(f"{name}={quote_from_bytes(text)}" for name, text in fields.items()).encode()
)
json_bodies = st.dictionaries(
    st.one_of(names, words), st.one_of(words, st.integers(), st.booleans(), values), max_size=12
).map(lambda fields: json.dumps(fields).encode())
odd_bodies = st.one_of(
    st.binary(max_size=300),
    frames,
    st.integers(BODY_MAX - 2, BODY_MAX + 2).map(lambda size: b"a" * size),
    st.sampled_from([b"a=%ff%fe", b"&" * 100, b"=".join([b"a"] * 100), b"name=%00&name=%u0041", b"%", b"[" * 30_000]),
)
bodies = st.one_of(
    st.tuples(st.just(FORM), form_bodies),
    st.tuples(st.just(JSON), json_bodies),
    st.tuples(st.sampled_from(KINDS), st.one_of(form_bodies, json_bodies, odd_bodies)),
)
paths = st.one_of(words, st.text(max_size=30)).map(lambda text: text.encode("utf-8", "replace").decode())


def test_every_address_that_takes_a_body_is_tried() -> None:
    takes = {
        route.path
        for route in _routes(Assets(folder("static")))
        if isinstance(route, Route) and "POST" in (route.methods or ())
    }
    assert takes == {path.partition("?")[0] for path in POSTS}


@often(500)
@given(st.sampled_from(POSTS), st.sampled_from(STANDINGS), bodies)
def test_a_body_of_any_kind_is_answered_well(place: Ground, path: str, who: str, sent: tuple[str, bytes]) -> None:
    kind, body = sent
    browser = place.browser(who)
    address = path.format(code=place.links.code, room=place.room.id)
    token = {"authorization": f"Bearer {ADMIN_TOKEN}"} if path == "/admin" else {}
    if path == "/admin" and b'"erase"' in body:
        return
    well(place.run(browser.request("POST", address, body, content_type=kind, **token)))


@often(200)
@given(st.sampled_from(STANDINGS), paths, paths, st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE"]))
def test_any_address_is_answered_well(place: Ground, who: str, one: str, other: str, method: str) -> None:
    browser = place.browser(who)
    room = place.room.id
    for address in (
        f"/join/{one}",
        f"/m/{one}",
        f"/m/{room}/{one}",
        f"/static/{one}/{other}",
        f"/{one}/{other}",
        f"/expect?kind={one}&{other}",
        f"/m/{room}/live?device={one}&after={other}&epoch={one}&as={other}",
    ):
        well(place.run(browser.request(method, address, b"", accept="text/event-stream")))


@often(100)
@given(words, words, words)
def test_any_header_is_answered_well(place: Ground, cookie: str, language: str, other: str) -> None:
    browser = place.browser("a stranger")
    sent = {
        "cookie": f"sb-{place.room.id}={cookie}; sb-lang={language}; {other}",
        "accept_language": language,
        "range": f"bytes={other}",
        "x_forwarded_for": other,
        "if_none_match": cookie,
        "content_length": other,
    }
    plain = {name: value.encode("latin-1", "replace").decode("latin-1") for name, value in sent.items()}
    for path in ("/", f"/m/{place.room.id}", f"/join/{place.links.code}", "/leave", "/metrics", "/safe"):
        well(place.run(browser.get(path, **plain)))


@pytest.mark.parametrize("host", ["", "evil.example", MARKER, "127.0.0.1:99999", "[::1", "localhost\r\nX: y", "0x7f.1"])
def test_a_foreign_host_is_answered_well(place: Ground, host: str) -> None:
    browser = place.browser("a stranger")
    well(place.run(browser.get("/", host=host)))
