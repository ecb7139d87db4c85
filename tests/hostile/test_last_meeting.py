"""The record of the last meeting comes as a file from anywhere. Whatever is in it, either the next meeting begins from
it and can be read again for ever, or it is refused with a sentence and no meeting is left behind."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.board import words
from server.hub import Hub
from server.lastmeeting import CannotRead, LastMeeting, read
from server.log.roomlog import Spoken
from server.log.seal import ServerKey
from server.opening import Wish, open_meeting
from server.protocol import from_log, to_draft
from server.record.forms import write
from server.recording import of_board
from server.security import RECORD_BODY_MAX
from tests.board.chance import image
from tests.board.make import HELEN, WALL, Play, opened
from tests.hostile.ground import Ground, well
from tests.hostile.nasty import MARKER
from tests.hostile.often import often
from tests.hostile.records import GOOD, changed, files, worst
from tests.record.meetings import leaves
from tests.wireless import FORM, JSON

# What fails may be long to print.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
ID = re.compile(r"[a-z0-9]{8,32}")
PART = re.compile(r"[a-z]+|like:[0-9]")
LONGEST = 1000
IDS = {"id", "scale", "set", "former", "person"}


def begun(last: LastMeeting) -> Play:
    """A meeting that begins from it. Raises Refused."""
    assert last.scale == "" or ID.fullmatch(last.scale)
    play = opened(scale=last.scale or "thetemplates")
    for ask in last.asks:
        play.writes(ask)
    return play


def replayed(play: Play) -> Play:
    """The same log, as another process reads it. Raises UnknownTag."""
    again = Play()
    for seq, entry in enumerate(play.log, 1):
        draft = to_draft(entry)
        spoken = Spoken(seq, draft.at, draft.by, draft.device, draft.ref, draft.tag, draft.body)
        again.take(entry.by, from_log(spoken).ask)  # type: ignore[arg-type]
    return again


def holds(file: bytes | str) -> bool:
    """What is true of any file. Returns whether a meeting began from it."""
    try:
        last = read(file)
    except CannotRead as error:
        assert re.fullmatch(r"[A-Z][^\n<>{}]{10,}\.", str(error))
        return False
    play = begun(last)
    assert image(replayed(play).board) == image(play.board)
    for path, value in leaves([msgspec.to_builtins(ask) for ask in last.asks]):
        if isinstance(value, str):
            words.keep_or_none(value, LONGEST)
            assert path[-1] not in IDS or not value or ID.fullmatch(value), path
            assert "texts" not in path or PART.fullmatch(path[-1]), path
    for id in (HELEN, WALL):
        play.sees(id)
    record = of_board(play.board, "whole", made=0)
    for form in ("html", "csv"):
        write(record, form)
    # The one after the next begins from this one in turn.
    begun(read(write(record, "json")))
    return True


def test_a_good_record_begins_a_meeting() -> None:
    assert holds(GOOD)
    assert holds(GOOD.decode())


def test_the_worst_of_its_kind_in_each_place_of_a_record() -> None:
    outcomes = [holds(file) for file in worst()]
    assert outcomes.count(True) > 500 and outcomes.count(False) > 500


@often(400)
@given(files)
def test_any_file_begins_a_meeting_that_can_be_read_again_or_is_refused_with_a_sentence(file: bytes) -> None:
    holds(file)
    holds(file.decode("utf-8", "surrogatepass") if _is_text(file) else file.decode("utf-8", "replace"))


def _is_text(file: bytes) -> bool:
    try:
        file.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def test_what_is_tried_is_now_taken_and_now_refused() -> None:
    taken: set[bool] = set()

    @often(60)
    @given(changed)
    def tried(file: bytes) -> None:
        taken.add(holds(file))

    tried()
    assert taken == {True, False}


async def rooms(place: Ground) -> set[str]:
    return {one.room for one in await place.server.hub.store.all()}


async def asked(place: Ground, title: str, file: bytes, kind: str) -> None:
    """Somebody of the staff starts a meeting from this file. What is refused leaves no meeting behind."""
    browser = place.server.browser(**place.held["staff"])
    before = await rooms(place)
    text = file.decode("utf-8", "replace")
    sent = {"title": title, "record": text, "admit": "ask"}
    body = json.dumps(sent).encode() if kind == JSON else urlencode(sent).encode()
    answer = await browser.request("POST", "/new", body, content_type=kind)
    well(answer)
    made = await rooms(place) - before
    assert len(made) == (1 if answer.status == 200 else 0)
    assert answer.status in ({200, 422, 413} if len(body) > RECORD_BODY_MAX else {200, 422})
    for room in made:
        hub = Hub(place.server.hub.store, ServerKey.load(place.server.settings.key_file))
        async with hub:
            assert image((await hub.room(room)).board) == image((await place.server.hub.room(room)).board)
        await place.server.hub.erase(room)


@often(60, simplest=False)
@given(st.sampled_from(["Tuesday", "Tues\0day"]), files, st.sampled_from([FORM, JSON]))
def test_a_meeting_that_is_not_begun_leaves_nothing_behind(place: Ground, title: str, file: bytes, kind: str) -> None:
    place.browser("staff")
    place.run(asked(place, title, file, kind))


def test_words_in_a_record_are_words_on_every_page(place: Ground) -> None:
    """Whatever they look like."""
    place.run(shown(place))


async def shown(place: Ground) -> None:
    file = GOOD.decode()
    for words_ in ("Be on the team.", "Walk to school together.", "Aunt Ola", "Tom Okafor", "Fully happening."):
        assert words_ in file
        file = file.replace(words_, json.dumps(MARKER * 2)[1:-1])
    asked = Wish(title="Tuesday", name="Helen", record=file)
    links = await open_meeting(place.server.hub, place.server.site.templates, asked, base="http://127.0.0.1")
    helen = place.server.browser()
    assert (await helen.json("/in", key=links.facilitator.partition("#")[2])).status == 200
    for path in ("", "/wall", "/record", "/audit"):
        answer = await helen.get(f"/m/{links.room}{path}")
        well(answer)
        assert answer.status == 200
    for form in ("html", "csv", "json"):
        taken = await helen.form(f"/m/{links.room}/record", do="take", copy="whole", form=form)
        assert taken.status == 200
        if form == "html":
            well(taken)
    await place.server.hub.erase(links.room)
