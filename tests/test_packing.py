"""A page on the line: small, the same for all who look alike, and no length of it tells what is one person's alone."""

from __future__ import annotations

import gzip
import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import packing
from server.board import words
from server.board.ask import Sees
from server.board.carddesk import AsideCard
from server.board.cards import AddCard
from server.board.children import SetChild
from server.board.people import ChangeRole
from server.board.phases import HideAuthors
from server.board.refusal import Refused
from server.board.scales import OpenRound, SetRating
from server.board.thoughts import KeepThought
from server.render import Render
from tests.meeting import Browser, Meeting, frame
from tests.storage import until

LETTERS = st.text(st.characters(codec="utf-8", exclude_characters="\x02\x03"), max_size=200)
ALONE = re.compile("\x02[^\x03]*\x03")


@given(st.lists(st.tuples(st.booleans(), LETTERS), max_size=8))
def test_a_packed_page_is_the_page(pieces: list[tuple[bool, str]]) -> None:
    page = "".join(f"\x02{text}\x03" if alone else text for alone, text in pieces)
    assert gzip.decompress(packing.packed(page)) == packing.plain(page) == "".join(text for _, text in pieces).encode()


@given(LETTERS, st.text("abcdefgh", min_size=40, max_size=40), st.text("abcdefgh", min_size=40, max_size=40))
def test_how_long_a_page_is_depends_on_no_secret_in_it(around: str, one: str, other: str) -> None:
    """Whatever somebody writes, the secret itself among it, before it and after it."""
    for guess in (one, other):
        page = f"<p>{guess}{around}</p>\x02{{}}\x03<p>{guess}{around}</p>"
        assert len(packing.packed(page.replace("{}", one))) == len(packing.packed(page.replace("{}", other)))


def test_more_than_one_block_holds_is_stored_too() -> None:
    secret = "ab" * 70_000
    made = packing.packed(f"<p>\x02{secret}\x03</p>")
    assert len(made) > len(secret)
    assert gzip.decompress(made).decode() == f"<p>{secret}</p>"


@pytest.mark.parametrize("mark", [packing.OPENS, packing.CLOSES])
def test_nobody_can_write_what_marks_a_secret(mark: str) -> None:
    with pytest.raises(Refused):
        words.keep(f"a{mark}b", words.CARD_MAX)


@pytest.mark.parametrize(
    ("accepts", "taken"),
    [
        ("gzip, deflate, br", True),
        ("GZIP", True),
        ("*", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("x-gzipped", False),
    ],
)
def test_only_who_can_unpack_gets_it_packed(accepts: str, taken: bool) -> None:
    assert packing.is_taken(accepts) is taken


async def filled(meeting: Meeting) -> tuple[Browser, Browser]:
    """Two of the family; what one of them has that is theirs alone, the other has not."""
    dana, maureen = await meeting.comes("Dana"), await meeting.comes("Maureen")
    await meeting.comes("Leila")
    own, other = meeting.person("Dana"), meeting.person("Leila")
    ask = meeting.room.ask
    await ask(other, "device02", AddCard(ref=1, id="card0001", column="well", text="Gran picks <us> & 'them' up"))
    await ask(meeting.helen_id, "device03", AddCard(ref=1, id="card0002", column="needs", text="Everyone's"))
    await ask(own, "device01", AddCard(ref=1, id="card0003", column="well", text="canary aside"))
    await ask(meeting.helen_id, "device03", AsideCard(ref=2, card="card0003"))
    await ask(own, "device01", KeepThought(ref=3, id="thought1", column="well", text="canary thought"))
    scale = next(iter(meeting.room.board.scales))
    await ask(meeting.helen_id, "device03", OpenRound(ref=3, id="round001", scale=scale, show="named"))
    await ask(own, "device01", SetRating(ref=4, round="round001", value=7, reason="canary reason", pad=""))
    # Counted by the clock: from here on the board stands still.
    await until(lambda: meeting.room.board.rounds["round001"].answered == 1)
    return dana, maureen


async def test_what_is_packed_is_the_same_for_all_who_look_alike(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = Render._page

    def remember(this: Render, name: str, known: dict[str, Any]) -> str:
        made.append(render(this, name, known))
        return made[-1]

    dana, maureen = await filled(meeting)
    monkeypatch.setattr(Render, "_page", remember)
    for browser in (dana, maureen):
        answer = await browser.get(meeting.page, **{"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "no-store"
    hers, theirs = (ALONE.sub("", page) for page in made)
    assert "canary" not in "".join(made)
    assert hers == theirs
    assert len(packing.packed(made[0])) == len(packing.packed(made[1]))
    assert all(len(ALONE.findall(page)) == 3 for page in made)


async def test_a_page_that_shows_more_than_others_see_is_never_packed(meeting: Meeting) -> None:
    await filled(meeting)
    scribe = await meeting.comes("Priya", "scribe")
    wall = await meeting.wall()
    for browser, path in ((meeting.helen, ""), (scribe, ""), (wall, "/wall"), (meeting.helen, "/wall")):
        answer = await browser.get(meeting.page + path, **{"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert "content-encoding" not in answer.headers


async def test_where_names_are_hidden_no_page_is_packed_for_ones_own_cards_are_marked(meeting: Meeting) -> None:
    dana, maureen = await filled(meeting)
    card = AddCard(ref=8, id="card0004", column="needs", text="Somebody to ring")
    await meeting.room.ask(meeting.person("Dana"), "device01", card)
    await meeting.room.ask(meeting.helen_id, "device03", HideAuthors(ref=20))
    for browser in (dana, maureen):
        answer = await browser.get(meeting.page, **{"Accept-Encoding": "gzip"})
        assert "content-encoding" not in answer.headers
        assert ('data-own="yes"' in answer.text) is (browser is dana)


async def test_while_a_child_sees_less_than_they_may_write_beside_nothing_is_packed_but_their_own(
    meeting: Meeting,
) -> None:
    dana, _maureen = await filled(meeting)
    kofi = await meeting.comes("Kofi", "child")
    told: list[tuple[Sees, list[bool]]] = [("own", [False, True]), ("good", [False, True]), ("all", [True, True])]
    for ref, (sees, packed) in enumerate(told, start=30):
        await meeting.room.ask(
            meeting.helen_id, "device03", SetChild(ref=ref, person=meeting.person("Kofi"), sees=sees)
        )
        heads = [(await one.get(meeting.page, **{"Accept-Encoding": "gzip"})).headers for one in (dana, kofi)]
        assert ["content-encoding" in head for head in heads] == packed, sees


def brought(page: str) -> dict[str, Any]:
    """What a page says to its scripts, as static/js/page.js reads it."""
    said = {id: re.search(rf'id="{id}">(.*?)</script>', page, re.DOTALL) for id in ("brought", "own")}
    board, own = (json.loads(found[1]) for found in said.values() if found is not None)
    cards = [json.loads(html.unescape(one)) for one in re.findall(r"data-is='([^']*)'", page)]
    return {**board, **own, "seq": int(own["seq"]), "put": board["put"] | {"card": {one["id"]: one for one in cards}}}


def together(page: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    put, drop = change.get("put", {}), change.get("drop", {})
    kinds = page["put"].keys() | put.keys()
    all_ = {kind: page["put"].get(kind, {}) | put.get(kind, {}) for kind in kinds}
    kept = {
        kind: {id: one for id, one in parts.items() if id not in drop.get(kind, ())} for kind, parts in all_.items()
    }
    return {kind: parts for kind, parts in kept.items() if parts}


async def test_the_line_adds_the_rest_to_what_the_page_brought(meeting: Meeting) -> None:
    for browser in await filled(meeting):
        page = brought((await browser.get(meeting.page)).text)
        assert page["put"].keys().isdisjoint({"rating", "answer", "past"})
        await meeting.room.ask(
            meeting.helen_id,
            "device09",
            AddCard(ref=page["seq"], id=f"late{page['seq']:04d}", column="needs", text="Since then"),
        )
        query = {"after": page["seq"], "epoch": page["epoch"], "from": "page"}
        async with browser.live(meeting.id, device="device05", **query) as line:
            change, own = await frame(line, "change"), await frame(line, "you")
        async with browser.live(meeting.id, device="device06") as line:
            welcome = await frame(line, "welcome")
        assert together(page, change) == welcome["put"]
        # By its length the page would tell how many somebody wrote.
        assert page["you"] == {**welcome["you"], "mine": []}
        assert own["mine"] == welcome["you"]["mine"]
        assert len(json.dumps(change)) < len(json.dumps(welcome)) / 2


async def test_who_is_another_since_the_page_was_made_gets_the_whole_board(meeting: Meeting) -> None:
    dana, _maureen = await filled(meeting)
    page = brought((await dana.get(meeting.page)).text)
    await meeting.room.ask(
        meeting.helen_id, "device03", ChangeRole(ref=9, person=meeting.person("Dana"), role="agency")
    )
    for query in ({"after": page["seq"], "epoch": page["epoch"]}, {"after": page["seq"], "epoch": "another"}):
        async with dana.live(meeting.id, device="device05", **{**query, "from": "page"}) as line:
            assert (await frame(line, "welcome"))["you"]["role"] == "agency"
