"""Other sites are kept out, every answer carries the headers, and nothing people wrote is written down."""

import logging
from typing import Any

import httpx2
import pytest
from starlette.types import Scope
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from server.diagnostics import Wordless, kind_and_places
from server.security import BODY_MAX, HEADERS, address_of, base_of, host_ok, is_loopback, origin_ok
from server.settings import Settings
from tests.meeting import Meeting, Running, running, settings_in

OPEN = Settings()
PUBLIC = Settings(url="https://board.example.org")


def scope(
    *, origin: str | None = None, host: str | None = "127.0.0.1:8000", scheme: str = "http", **more: str | None
) -> Scope:
    given = {"origin": origin, "host": host, **{name.replace("_", "-"): value for name, value in more.items()}}
    headers = [(name.encode(), value.encode()) for name, value in given.items() if value is not None]
    return {"type": "http", "scheme": scheme, "headers": headers, "client": ("127.0.0.1", 5)}


@pytest.mark.parametrize(
    ("settings", "asked", "may"),
    [
        (PUBLIC, scope(origin="https://board.example.org", host="anything"), True),
        (PUBLIC, scope(origin="https://board.example.org:444", host="board.example.org"), False),
        (PUBLIC, scope(origin="http://board.example.org", host="board.example.org"), False),
        (PUBLIC, scope(origin="https://evil.example", host="board.example.org"), False),
        (PUBLIC, scope(origin="https://board.example.org.evil.example"), False),
        (PUBLIC, scope(origin=None), False),
        (PUBLIC, scope(origin="null"), False),
        (OPEN, scope(origin="http://127.0.0.1:8000"), True),
        (OPEN, scope(origin="http://localhost:8000", host="localhost:8000"), True),
        (OPEN, scope(origin="http://localhost", host="LOCALHOST:80"), True),
        (OPEN, scope(origin="http://[::1]:8000", host="[::1]:8000"), True),
        (OPEN, scope(origin="http://192.168.1.5:8000", host="192.168.1.5:8000", scheme="ws"), True),
        (OPEN, scope(origin="https://192.168.1.5", host="192.168.1.5", scheme="wss"), True),
        (OPEN, scope(origin="https://127.0.0.1:8000"), False),
        (OPEN, scope(origin="http://127.0.0.1:8001"), False),
        (OPEN, scope(origin="http://127.0.0.1"), False),
        (OPEN, scope(origin=None), False),
        (OPEN, scope(origin="null"), False),
        (OPEN, scope(origin="http://evil.example", host="evil.example"), False),
        (OPEN, scope(origin="http://", host=""), False),
        (OPEN, scope(origin="http://127.0.0.1:8000", host=None), False),
    ],
)
def test_only_our_own_pages_may_change_something(settings: Settings, asked: Scope, may: bool) -> None:
    assert origin_ok(asked, settings) is may


def test_an_origin_sent_twice_is_none() -> None:
    asked = scope(origin="http://127.0.0.1:8000")
    asked["headers"].append((b"origin", b"http://127.0.0.1:8000"))
    assert not origin_ok(asked, OPEN)


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("127.0.0.1:8000", True),
        ("10.1.2.3", True),
        ("localhost", True),
        ("[fd00::1]:80", True),
        ("board.example.org", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1:80@evil.example", False),
        ("[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_without_a_public_address_only_numbers_and_localhost_are_answered(host: str | None, may: bool) -> None:
    assert host_ok(scope(host=host), OPEN) is may
    assert host_ok(scope(host=host), PUBLIC)


def test_links_begin_with_the_public_address_or_with_the_one_that_was_asked() -> None:
    assert base_of(scope(host="evil.example"), PUBLIC) == "https://board.example.org"
    assert base_of(scope(host="192.168.1.5:8000"), OPEN) == "http://192.168.1.5:8000"
    assert base_of(scope(host="192.168.1.5:80"), OPEN) == "http://192.168.1.5"


def test_a_request_through_a_proxy_is_never_this_machine_s_own() -> None:
    assert is_loopback(scope())
    assert not is_loopback(scope(x_forwarded_for="10.0.0.9"))
    assert not is_loopback({**scope(), "client": ("10.0.0.9", 5)})
    assert not is_loopback({**scope(), "client": None})


def test_a_household_is_counted_as_one_address() -> None:
    one, other = {**scope(), "client": ("2001:db8:1:2::1", 5)}, {**scope(), "client": ("2001:db8:1:2:ffff::9", 5)}
    assert address_of(one) == address_of(other)
    assert address_of({**scope(), "client": ("2001:db8:1:3::1", 5)}) != address_of(one)
    assert address_of({**scope(), "client": ("::ffff:10.0.0.9", 5)}) == "10.0.0.9"


async def answers(meeting: Meeting) -> list[httpx2.Response]:
    """One answer of every kind: pages, redirects, refusals, nothing there, wrong way of asking, pictures, JSON."""
    nobody = meeting.server.browser()
    family = await meeting.comes("Maureen")
    return [
        await nobody.get("/"),
        await nobody.get(meeting.page),
        await nobody.get("/join/WRONGONE"),
        await nobody.get("/not/there"),
        await nobody.get("/new"),
        await nobody.get("/leave"),
        await nobody.get("/metrics"),
        await nobody.get("/protocol.json"),
        await nobody.get("/healthz", Host="evil.example"),
        await nobody.post("/go", code="x"),
        await nobody.client.post("/go", headers={"Origin": "http://evil.example"}),
        await nobody.client.post("/go", content=b"x" * (BODY_MAX + 1)),
        await nobody.client.post("/go", content=b"{", headers={"Content-Type": "application/json"}),
        await family.get(meeting.page),
        await family.get(f"{meeting.page}/wall"),
        await meeting.helen.get(f"{meeting.page}/qr.svg"),
        await nobody.get(meeting.server.site.render.asset("css/base.css")),
    ]


async def test_every_answer_carries_the_headers(meeting: Meeting) -> None:
    for answer in await answers(meeting):
        missing = {name for name, value in HEADERS.items() if answer.headers.get_list(name) != [value]}
        assert not missing, (answer.request.url, missing)
        assert "strict-transport-security" not in answer.headers
        assert "server" not in answer.headers


async def test_nothing_but_scripts_and_styles_is_kept_by_any_cache(meeting: Meeting) -> None:
    for answer in await answers(meeting):
        for_ever = answer.request.url.path.startswith("/static/") and answer.status_code == 200
        assert answer.headers["cache-control"] == ("public, max-age=31536000, immutable" if for_ever else "no-store"), (
            answer.request.url
        )


async def test_an_error_is_an_answer_with_the_headers_and_no_words_in_the_diagnostics(
    server: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(typed: str) -> Any:
        raise KeyError("what Maureen wrote")

    monkeypatch.setattr(server.hub, "by_code", broken)
    with caplog.at_level(logging.DEBUG):
        answer = await server.browser().post("/go", code="what Maureen wrote")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "Maureen" not in answer.text
    assert "KeyError at " in caplog.text
    assert "Maureen" not in caplog.text


def test_the_diagnostics_of_other_libraries_lose_their_words_too() -> None:
    try:
        raise ValueError("what Maureen wrote")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, error.__traceback__)
        )
        assert "Maureen" not in kind_and_places(error)
    line = Wordless("%(message)s").format(record)
    assert line.startswith("failed\nValueError at ")
    assert "Maureen" not in line


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
@pytest.mark.parametrize("path", ["/go", "/new", "/in", "/staff", "/leave", "/admin", "/m/abcdefgh/exit", "/not/there"])
async def test_a_post_from_elsewhere_or_from_nowhere_does_nothing(
    server: Running, path: str, origin: str | None
) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as stranger:
        answer = await stranger.post(path, headers={} if origin is None else {"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
async def test_a_socket_from_elsewhere_is_not_opened(meeting: Meeting, origin: str | None) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in meeting.helen.client.cookies.items())
    url = f"{meeting.server.url.replace('http', 'ws')}{meeting.page}/live?device=device01"
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, origin=origin, additional_headers={"Cookie": cookies}, proxy=None)  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403


async def test_the_heaviest_body_is_read_and_a_byte_more_is_not(server: Running) -> None:
    browser = server.browser()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    fits = await browser.client.post("/go", content=b"code=" + b"x" * (BODY_MAX - 5), headers=form)
    over = await browser.client.post("/go", content=b"code=" + b"x" * (BODY_MAX - 4), headers=form)

    async def in_pieces() -> Any:
        for _ in range(BODY_MAX // 1024 + 1):
            yield b"x" * 1024

    unsaid = await browser.client.post("/go", content=in_pieces(), headers=form)
    assert [fits.status_code, over.status_code, unsaid.status_code] == [404, 413, 413]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"[" * 20_000, 400),
        ("application/json", b'{"code": "\\ud800"}', 400),
        ("application/json", b'{"code": ["x"]}', 400),
        ("application/json", b"\xff", 400),
        ("application/x-www-form-urlencoded", b"code=%FF", 400),
        ("application/x-www-form-urlencoded", b"code=\xff", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(100)), 400),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", b"code=x", 415),
    ],
)
async def test_a_body_that_is_no_form_is_refused_calmly(server: Running, kind: str, body: bytes, status: int) -> None:
    answer = await server.browser().client.post("/go", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status


async def test_https_is_remembered_where_the_public_address_has_it(tmp_path: Any) -> None:
    async with running(settings_in(tmp_path, url="https://board.example.org")) as server:
        answer = await server.browser().get("/")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        meeting = await server.meeting()
        cookie = (await server.browser().post_json("/in", key=meeting.links.wall.partition("#")[2])).headers[
            "set-cookie"
        ]
    assert cookie.startswith(f"__Host-sb-{meeting.id}=")
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"))
    assert "Domain" not in cookie


async def test_old_scripts_are_never_served_under_a_new_name(server: Running) -> None:
    browser = server.browser()
    asset = server.site.render.asset
    path = asset("css/base.css")
    whole = await browser.get(path)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "text/css; charset=utf-8"
    plain = await browser.get(path, **{"Accept-Encoding": "identity", "Range": "bytes=0-3"})
    assert plain.status_code == 200
    assert plain.content == whole.content
    old = path.replace(path.split("/")[2], "0" * 16)
    assert (await browser.get(old)).status_code == 404
    assert (await browser.get(asset("../server/app.py"))).status_code == 404
