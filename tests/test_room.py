"""A room keeps its promises: asks in turn, written once, told to whoever may see it. On SQLite and on Redis."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from server import people
from server.board import core
from server.board.carddesk import AsideCard, EraseCard
from server.board.cards import AddCard, EditCard, MoveCard, RemoveCard
from server.board.door import MakeKey
from server.board.model import Board, Entry
from server.board.people import AdmitPerson, ChangeName, ChangeRole, RefusePerson, RemovePerson
from server.board.phases import CloseColumn, CloseMeeting, GoToPhase, HideAuthors, OpenColumn
from server.board.refusal import Refused
from server.board.scales import OpenRound, RevealRound, SetRating
from server.hub import DAY_MS, Hub, NoRoom
from server.ids import new_id
from server.log import Gone, Unavailable
from server.log.roomlog import Draft, RoomLog, verify
from server.log.seal import ServerKey
from server.room import READ_AT_ONCE, Room
from server.session import hash_secret
from tests.log.tamper import put_rows, rows
from tests.rooms import Deaf, Eyes, Gathering, Lossy, Person, Processes, gather
from tests.storage import Storage, in_time, until


@pytest.fixture
async def maureen(party: Gathering) -> Person:
    return await party.comes("Maureen")


async def elsewhere(servers: Processes, party: Gathering) -> Room:
    """The same room in another process."""
    return await (await servers.hub()).room(party.id)


def add(ref: int, text: str, id: str = "") -> AddCard:
    return AddCard(ref=ref, id=id or new_id(), column="well", text=text)


def refusal(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return answer.code


# Asks in turn


async def test_each_ask_of_a_batch_is_judged_on_what_those_before_it_made(party: Gathering, maureen: Person) -> None:
    card = new_id()
    asks = (
        add(1, "Gran picks us up", card),
        EditCard(ref=2, card=card, text="Gran picks us up at three", was=1),
        EditCard(ref=3, card=card, text="too late", was=1),
        add(4, "the same id", card),
        RemoveCard(ref=5, card=card),
        EditCard(ref=6, card=card, text="after the end", was=2),
        add(7, "still here"),
    )
    before = party.room.board.seq
    answers = await asyncio.gather(
        *(party.room.submit(maureen.id, "phone", ask) for ask in asks), return_exceptions=True
    )
    assert [refusal(answers[place]) for place in (2, 3, 5)] == ["stale", "id-taken", "no-card"]
    assert [answers[place] for place in (0, 1, 4, 6)] == [before + number for number in (1, 2, 3, 4)]
    assert [one.text for one in party.room.board.cards.values() if one.state == "on"] == ["still here"]


async def test_a_batch_is_written_in_one_step(party: Gathering, maureen: Person) -> None:
    eyes = party.looks(party.helen)
    await asyncio.gather(*(party.room.submit(maureen.id, "phone", add(ref, str(ref))) for ref in range(1, 11)))
    changes = eyes.seen("change")
    assert len(changes[-1]["put"]["card"]) == 10
    assert eyes.told == party.room.board.seq


async def test_an_ask_we_cannot_judge_costs_its_asker_and_nobody_else(
    party: Gathering, maureen: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    judge = core.check

    def stumbles(board: Board, entry: Entry) -> None:
        if "poison" in repr(entry):
            raise KeyError("poison")
        judge(board, entry)

    monkeypatch.setattr(core, "check", stumbles)
    answers = await asyncio.gather(
        *(party.room.submit(maureen.id, "phone", add(ref, text)) for ref, text in ((1, "poison"), (2, "fine"))),
        return_exceptions=True,
    )
    assert refusal(answers[0]) == "unreadable"
    assert [one.text for one in party.room.board.cards.values()] == ["fine"]
    assert "poison" not in caplog.text
    assert "KeyError" in caplog.text


# Asked again


async def test_a_repeat_is_answered_with_the_first_done_and_changes_nothing(party: Gathering, maureen: Person) -> None:
    ask = add(1, "Gran picks us up")
    first = await party.room.ask(maureen.id, "phone", ask)
    await party.card(maureen, "another", device="laptop")
    here = party.room.board.seq
    assert await party.room.ask(maureen.id, "phone", ask) == first
    assert party.room.board.seq == here


async def test_repeats_in_one_batch_are_one_card(party: Gathering, maureen: Person) -> None:
    ask = add(1, "Gran picks us up")
    answers = await asyncio.gather(*(party.room.submit(maureen.id, "phone", ask) for _copy in range(5)))
    assert len(set(answers)) == 1
    assert len(party.room.board.cards) == 1


async def test_other_words_under_the_same_number_are_refused(party: Gathering, maureen: Person) -> None:
    answers = await asyncio.gather(
        *(party.room.submit(maureen.id, "phone", add(1, text)) for text in ("one", "two")), return_exceptions=True
    )
    assert refusal(answers[1]) == "ref-used"
    with pytest.raises(Refused, match="ref-used"):
        await party.room.ask(maureen.id, "phone", add(1, "three"))
    assert await party.room.ask(maureen.id, "another phone", add(1, "four")) > 0


async def test_a_no_is_judged_again(party: Gathering, maureen: Person) -> None:
    ask = EditCard(ref=1, card="k3f9a1c2", text="new words", was=1)
    with pytest.raises(Refused, match="no-card"):
        await party.room.ask(maureen.id, "phone", ask)
    await party.room.ask(maureen.id, "laptop", add(1, "words", "k3f9a1c2"))
    assert await party.room.ask(maureen.id, "phone", ask) == party.room.board.seq


async def test_a_repeat_is_known_in_another_process_and_after_a_restart(
    servers: Processes, hub: Hub, party: Gathering, maureen: Person
) -> None:
    ask = add(1, "Gran picks us up")
    first = await party.room.ask(maureen.id, "phone", ask)
    other = await elsewhere(servers, party)
    assert await other.ask(maureen.id, "phone", ask) == first
    with pytest.raises(Refused, match="ref-used"):
        await other.ask(maureen.id, "phone", add(1, "other words"))
    await hub._close(party.id)
    assert await (await hub.room(party.id)).ask(maureen.id, "phone", ask) == first


@asynccontextmanager
async def deaf_to(storage: Storage, party: Gathering, folder: Path) -> AsyncIterator[Room]:
    """The same room in a process that hears nothing of what the others write."""
    async with storage.open() as store, Hub(Deaf(store), ServerKey.load(folder / "key")) as hub:
        yield await hub.room(party.id)


async def test_what_another_process_wrote_is_not_refused_by_one_that_is_behind(
    storage: Storage, party: Gathering, maureen: Person, tmp_path: Path
) -> None:
    await party.room.ask(party.helen.id, "desk", CloseColumn(ref=party.ref(), column="well"))
    async with deaf_to(storage, party, tmp_path) as behind:
        await party.room.ask(party.helen.id, "desk", OpenColumn(ref=party.ref(), column="well"))
        ask = add(1, "Gran picks us up")
        first = await party.room.ask(maureen.id, "phone", ask)
        assert await in_time(behind.ask(maureen.id, "phone", ask)) == first


async def test_nobody_is_refused_for_what_another_process_forestalled(
    storage: Storage, party: Gathering, maureen: Person, tmp_path: Path
) -> None:
    card = await party.card(maureen, "Gran picks us up")
    async with deaf_to(storage, party, tmp_path) as behind:
        move = MoveCard(ref=1, card=card, column="needs")
        first = await party.room.ask(maureen.id, "phone", move)
        taken_back = behind.submit(maureen.id, "tablet", RemoveCard(ref=1, card=card))
        again = behind.submit(maureen.id, "phone", move)
        assert await in_time(again) == first
        assert await in_time(taken_back) == first + 1


async def test_of_erased_words_only_the_answer_is_remembered(
    servers: Processes, party: Gathering, maureen: Person
) -> None:
    ask = add(1, "My brother must not know")
    first = await party.room.ask(maureen.id, "phone", ask)
    await party.room.ask(party.helen.id, "desk", EraseCard(ref=party.ref(), card=ask.id))
    other = await elsewhere(servers, party)
    assert await other.ask(maureen.id, "phone", ask) == first
    assert not other.board.cards


async def test_erased_words_leave_the_screen_of_who_comes_back_however_much_was_written_in_between(
    hub: Hub, party: Gathering, maureen: Person
) -> None:
    id = await party.card(maureen, "My brother must not know")

    async def much_is_said() -> None:
        asks = [ChangeName(ref=party.ref(), name="Maureen") for _ in range(READ_AT_ONCE + 1)]
        await asyncio.gather(*(party.room.submit(maureen.id, "tablet", ask) for ask in asks))

    await much_is_said()
    asleep = party.looks(party.helen)
    party.room.part(asleep)
    after = party.room.board.seq
    await much_is_said()
    await party.room.ask(party.helen.id, "desk", EraseCard(ref=party.ref(), card=id))
    await hub._close(party.id)
    again = await hub.room(party.id)
    back = Eyes(party.helen.cookie, board=asleep.board)
    again.join(back, after=after, epoch=again.epoch)
    assert back.parts == party.looks(party.helen, room=again).parts
    assert back.cards == []


async def test_a_rating_asked_again_with_other_filling_is_the_same(party: Gathering, maureen: Person) -> None:
    scale = next(iter(party.room.board.scales))
    await party.room.ask(party.helen.id, "desk", OpenRound(ref=party.ref(), id="round001", scale=scale, show="named"))
    ask = SetRating(ref=1, round="round001", value=3, pad="x" * 100)
    first = await party.room.ask(maureen.id, "phone", ask)
    again = SetRating(ref=1, round="round001", value=3, pad="y" * 90)
    assert await party.room.ask(maureen.id, "phone", again) == first


# Done means durable, and follows the change


async def test_done_comes_after_the_change_and_after_the_disk(
    servers: Processes, party: Gathering, maureen: Person
) -> None:
    eyes = party.looks(maureen, device="phone")
    there: list[list[str]] = []
    answer = party.room.submit(maureen.id, "phone", add(1, "Gran picks us up"))
    answer.add_done_callback(lambda _: there.append(eyes.cards))
    seq = await answer
    assert there == [["Gran picks us up"]]
    assert eyes.told >= seq
    assert (await party.hub.store.read(party.id, after=seq - 1))[0].header.device == "phone"


async def test_what_another_process_wrote_first_is_judged_anew(
    servers: Processes, party: Gathering, maureen: Person
) -> None:
    card = await party.card(maureen, "Gran")
    other = await elsewhere(servers, party)
    answers = await asyncio.gather(
        party.room.submit(maureen.id, "phone", EditCard(ref=1, card=card, text="here", was=1)),
        other.submit(maureen.id, "laptop", EditCard(ref=1, card=card, text="there", was=1)),
        return_exceptions=True,
    )
    lost = [answer for answer in answers if isinstance(answer, Exception)]
    assert [refusal(one) for one in lost] == ["stale"]
    await until(lambda: party.room.board == other.board)
    assert party.room.board.cards[card].version == 2


async def test_two_processes_under_load_write_each_ask_once_in_one_order(
    servers: Processes, party: Gathering, maureen: Person
) -> None:
    other = await elsewhere(servers, party)
    eyes = [party.looks(party.helen), party.looks(party.helen, room=other)]
    asks = [
        room.submit(maureen.id, device, add(ref, f"{device} {ref}"))
        for ref in range(1, 31)
        for room, device in ((party.room, "phone"), (other, "laptop"), (party.room, "both"), (other, "both"))
        if not (device == "both" and room is other)
    ]
    done = await in_time(asyncio.gather(*asks), within=20)
    assert len(set(done)) == 90
    await until(lambda: party.room.board == other.board)
    assert all(len(one.cards) == 90 for one in eyes)
    assert (await verify(party.hub.store, party.id)).bad is None


# Storage that fails


async def test_an_ask_whose_answer_was_lost_is_written_once(storage: Storage, tmp_path: Path) -> None:
    async with storage.open() as store:
        lossy = Lossy(store)
        async with Hub(lossy, ServerKey.load(tmp_path / "key")) as hub:
            party = await gather(hub)
            maureen = await party.comes("Maureen")
            lossy.lose = 2
            seqs = await in_time(
                asyncio.gather(*(party.room.submit(maureen.id, "phone", add(ref, str(ref))) for ref in (1, 2, 3)))
            )
            assert sorted(set(seqs)) == sorted(seqs)
            assert lossy.lose == 1
            assert sorted(card.text for card in party.room.board.cards.values()) == ["1", "2", "3"]
            refs = [entry.header.ref for entry in await store.read(party.id, after=min(seqs) - 1)]
            assert refs == [1, 2, 3]


async def test_what_could_not_be_saved_is_kept_and_written_once_storage_is_back(
    storage: Storage, party: Gathering, maureen: Person
) -> None:
    if storage.kind == "redis":
        storage.server.kill()
        answer = party.room.submit(maureen.id, "phone", add(1, "kept"))
        await asyncio.sleep(0.3)
        assert not answer.done()
        storage.server.start()
    else:
        with closing(sqlite3.connect(storage.file, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            answer = party.room.submit(maureen.id, "phone", add(1, "kept"))
            await asyncio.sleep(1.2)
            assert not answer.done()
    seq = await in_time(answer, within=10)
    assert [one.text for one in party.room.board.cards.values()] == ["kept"]
    assert [one.header.ref for one in await party.hub.store.read(party.id, after=seq - 1)] == [1]


async def test_a_key_used_as_its_browser_signs_out_is_used_and_not_lost(party: Gathering, maureen: Person) -> None:
    nina, cookie = await party.comes("Nina"), hash_secret("a new cookie")
    await people.make_link(party.room, for_="me", person=nina.id, key="once", id="")
    _out, used = await asyncio.gather(
        people.sign_out(party.room, maureen.cookie),
        people.use_key(party.room, key="once", cookie=cookie, held=maureen.cookie),
    )
    assert used == ("family", True)
    assert party.room.who(cookie).person == nina.id
    assert party.room.who(maureen.cookie).state == "none"


async def test_who_gave_up_waiting_is_not_written_later(storage: Storage, party: Gathering, maureen: Person) -> None:
    async with storage_away(storage):
        gave_up = asyncio.create_task(people.join(party.room, id=new_id(), name="Jo", role="family", cookie="c" * 64))
        kept = party.room.submit(maureen.id, "phone", add(1, "kept"))
        await asyncio.sleep(0.3)
        gave_up.cancel()
        # What is on its way to the storage already may arrive; then it is over.
        await asyncio.sleep(1.5)
    await in_time(kept, within=10)
    assert "Jo" not in {one.name for one in party.room.board.people.values()}


@asynccontextmanager
async def storage_away(storage: Storage) -> AsyncIterator[None]:
    """Nothing can be written meanwhile."""
    if storage.kind == "redis":
        storage.server.kill()
        yield
        storage.server.start()
    else:
        with closing(sqlite3.connect(storage.file, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield


async def test_a_room_that_is_left_answers_everyone_who_waits(
    storage: Storage, hub: Hub, party: Gathering, maureen: Person
) -> None:
    room, eyes = party.room, party.looks(maureen)
    if storage.kind == "redis":
        storage.server.freeze()
    waiting = [room.submit(maureen.id, "phone", add(ref, "x")) for ref in (1, 2)]
    await asyncio.sleep(0.01 if storage.kind == "redis" else 0)
    waiting.append(room.submit(maureen.id, "phone", add(3, "x")))
    closing_ = asyncio.create_task(hub._close(party.id))
    if storage.kind == "redis":
        await asyncio.sleep(0.05)
        storage.server.thaw()
    await in_time(closing_)
    assert all(answer.done() for answer in waiting)
    with pytest.raises(Unavailable):
        await room.ask(maureen.id, "phone", add(4, "too late"))
    late = Eyes(maureen.cookie)
    room.join(late)
    assert eyes.closed == late.closed == 1012


# Coming back


async def everyone(party: Gathering) -> dict[str, tuple[str, bool]]:
    """A cookie for each way of seeing, and whether it looks as a wall."""
    roles = ("family", "child", "supporter", "interpreter", "agency", "observer", "scribe", "advocate")
    cookies = {role: ((await party.comes(f"A {role}", role)).cookie, False) for role in roles}
    cookies |= {"facilitator": (party.helen.cookie, False), "wall": (await party.wall(), False)}
    return cookies | {"shown by the facilitator": (party.helen.cookie, True)}


async def test_who_comes_back_stands_where_a_fresh_one_and_one_who_stayed_stand(
    party: Gathering, maureen: Person
) -> None:
    who = await everyone(party)
    stayed = {name: party.looks(cookie, as_wall=wall) for name, (cookie, wall) in who.items()}
    left = [party.room.board.seq]
    scale = next(iter(party.room.board.scales))
    desk = party.helen.id

    async def do(person: str, ask: object) -> None:
        await party.room.ask(person, "x", ask)  # type: ignore[arg-type]
        left.append(party.room.board.seq)

    one, two, three = new_id(), new_id(), new_id()
    await do(maureen.id, add(party.ref(), "one", one))
    await do(maureen.id, add(party.ref(), "two", two))
    await do(maureen.id, add(party.ref(), "three", three))
    await do(desk, AsideCard(ref=party.ref(), card=one))
    await do(desk, EraseCard(ref=party.ref(), card=two))
    await do(maureen.id, MoveCard(ref=party.ref(), card=three, column="worried", before=None))
    await do(desk, OpenRound(ref=party.ref(), id="round001", scale=scale, show="named"))
    await do(maureen.id, SetRating(ref=party.ref(), round="round001", value=3))
    await do(desk, RevealRound(ref=party.ref(), round="round001"))
    await do(desk, GoToPhase(ref=party.ref(), phase=party.room.board.meeting.template.phases[1].id))  # type: ignore[union-attr]
    middle = {name: dict(eyes.parts) for name, eyes in stayed.items()}
    for name, (cookie, wall) in who.items():
        fresh = party.looks(cookie, as_wall=wall)
        assert fresh.parts == stayed[name].parts == middle[name], name
        assert fresh.mine == stayed[name].mine
        for after in left:
            back = Eyes(cookie, as_wall=wall)
            for frame in stayed[name].frames:
                if frame["is"] in {"welcome", "change"} and frame["seq"] <= after:
                    back.tell(json.dumps(frame).encode())
            heard = len(back.frames)
            party.room.join(back, after=after, epoch=party.room.epoch)
            assert back.frames[heard]["is"] == "change", (name, after)
            assert back.parts == fresh.parts, (name, after)


async def test_who_missed_nothing_learns_at_once_that_they_are_back(party: Gathering, maureen: Person) -> None:
    back = party.looks(maureen, after=party.room.board.seq)
    assert back.frames == [{"is": "change", "seq": party.room.board.seq}]


async def test_a_device_learns_what_became_its_persons_own_meanwhile(party: Gathering, maureen: Person) -> None:
    phone = party.looks(maureen, device="phone")
    here = phone.told
    party.room.part(phone)
    card = await party.card(maureen, "from the laptop", device="laptop")
    assert party.looks(maureen, device="phone", after=here).mine == [card]


async def test_another_device_is_told_what_is_mine_even_in_a_batch_of_its_own(
    party: Gathering, maureen: Person
) -> None:
    phone, laptop = (party.looks(maureen, device=device) for device in ("phone", "laptop"))
    first, second = new_id(), new_id()
    await asyncio.gather(
        party.room.submit(maureen.id, "phone", add(1, "one", first)),
        party.room.submit(maureen.id, "laptop", add(1, "two", second)),
    )
    assert phone.mine == laptop.mine == sorted([first, second])
    await party.room.ask(maureen.id, "phone", add(2, "three"))
    assert len(phone.seen("you")) == 1


async def test_who_comes_from_too_far_back_or_beyond_the_end_gets_the_whole_board(
    party: Gathering, maureen: Person
) -> None:
    old = party.room.board.seq
    end = old
    for ref in range(2001):
        party.room.submit(maureen.id, "phone", ChangeName(ref=ref, name=f"Maureen {ref}"))
    end = await party.room.ask(maureen.id, "phone", ChangeName(ref=5000, name="Maureen"))
    assert party.looks(party.helen, after=end - 2000).frames[0]["is"] == "change"
    assert party.looks(party.helen, after=end - 2001).frames[0]["is"] == "welcome"
    assert party.looks(party.helen, after=end + 1).frames[0]["is"] == "welcome"
    assert party.looks(party.helen, after=end, epoch="another").frames[0]["is"] == "welcome"


async def test_who_sees_with_other_eyes_gets_the_whole_board(party: Gathering, maureen: Person) -> None:
    eyes = party.looks(maureen)
    here = party.room.board.seq
    await party.room.ask(party.helen.id, "desk", ChangeRole(ref=party.ref(), person=maureen.id, role="scribe"))
    assert [frame["you"]["role"] for frame in eyes.seen("welcome")] == ["family", "scribe"]
    assert party.looks(maureen, after=here).frames[0]["is"] == "welcome"
    assert party.looks(party.helen, after=here).frames[0]["is"] == "change"


async def test_hidden_authors_are_a_new_board_for_everyone(party: Gathering, maureen: Person) -> None:
    await party.card(maureen, "Gran")
    everyone_ = [party.looks(maureen), party.looks(party.helen), party.looks(await party.wall())]
    here = party.room.board.seq
    await party.room.ask(party.helen.id, "desk", HideAuthors(ref=party.ref()))
    assert [len(eyes.seen("welcome")) for eyes in everyone_] == [2, 2, 2]
    assert party.looks(maureen, after=here).frames[0]["is"] == "welcome"


async def test_a_browser_that_is_someone_else_now_gets_that_ones_board(party: Gathering, maureen: Person) -> None:
    here = party.room.board.seq
    cookie, key = "c" * 64, "b" * 64
    await party.room.write(MakeKey(key=key, role="person", person=maureen.id))
    await people.use_key(party.room, key=key, cookie=cookie, held=party.helen.cookie)
    assert party.looks(cookie, after=here).frames[0]["is"] == "welcome"


# Who may look


async def test_who_waits_is_told_that_and_nothing_else_ever(party: Gathering) -> None:
    nina = await party.knocks("Nina")
    eyes = party.looks(nina)
    resumed = party.looks(nina, after=party.room.board.seq)
    await party.card(party.helen, "not for Nina")
    await party.room.ask(nina.id, "phone", ChangeName(ref=1, name="Nina B"))
    await party.room.ask(party.helen.id, "desk", HideAuthors(ref=party.ref()))
    party.room.pulse.second(1e9)
    assert eyes.frames
    assert all(frame == {"is": "waiting"} for frame in eyes.frames + resumed.frames)


async def test_who_is_let_in_gets_the_board_on_the_same_connection(party: Gathering) -> None:
    nina = await party.knocks("Nina")
    eyes = party.looks(nina)
    await party.room.ask(party.helen.id, "desk", AdmitPerson(ref=party.ref(), person=nina.id))
    assert [frame["is"] for frame in eyes.frames] == ["waiting", "welcome"]


@pytest.mark.parametrize("how", ["removed", "refused"])
async def test_who_is_kept_out_is_out_at_once_here_and_everywhere(
    servers: Processes, party: Gathering, how: str
) -> None:
    nina = await (party.comes if how == "removed" else party.knocks)("Nina")
    other = await elsewhere(servers, party)
    eyes = [party.looks(nina), party.looks(nina, device="laptop"), party.looks(nina, room=other)]
    ask = RemovePerson if how == "removed" else RefusePerson
    await party.room.ask(party.helen.id, "desk", ask(ref=party.ref(), person=nina.id))
    assert [one.closed for one in eyes[:2]] == [4403, 4403]
    await until(lambda: eyes[2].closed == 4403, within=1.0)
    assert {one.last["code"] for one in eyes} == {how}
    assert party.room.who(nina.cookie).viewer is None
    assert not set(party.room.members) & set(eyes)
    with pytest.raises(Refused, match="not-in"):
        await other.ask(nina.id, "phone", add(1, "I was here"))


async def test_only_who_may_see_the_wall_can_look_as_a_wall(party: Gathering) -> None:
    for name, (cookie, as_wall) in (await everyone(party)).items():
        eyes = party.looks(cookie, as_wall=True)
        may = as_wall or name in {"wall", "facilitator"}
        assert (eyes.frames[0]["you"]["id"] == "wall") == may, name
        (meeting,) = eyes.board["meeting"].values()
        assert bool(meeting.get("code")) == may, name


async def test_who_signs_out_is_out_on_that_device_alone(party: Gathering, maureen: Person) -> None:
    eyes = party.looks(maureen)
    await people.sign_out(party.room, maureen.cookie)
    assert (eyes.closed, eyes.last["code"]) == (4401, "signed-out")


async def test_an_erased_room_closes_everywhere(servers: Processes, hub: Hub, party: Gathering) -> None:
    other_hub = await servers.hub()
    other = await other_hub.room(party.id)
    eyes = [party.looks(party.helen), party.looks(party.helen, room=other)]
    await hub.erase(party.id)
    await until(lambda: all(one.closed == 4404 for one in eyes), within=1.5)
    assert {one.last["code"] for one in eyes} == {"no-room"}
    for room in (party.room, other):
        with pytest.raises(Gone):
            await room.ask(party.helen.id, "desk", add(1, "too late"))
    for one in (hub, other_hub):
        with pytest.raises(NoRoom):
            await one.room(party.id)


# A log that is not what it was


async def test_words_this_release_does_not_know_stop_the_room_and_no_other(
    servers: Processes, hub: Hub, party: Gathering
) -> None:
    fine = await gather(hub)
    eyes, others = party.looks(party.helen), fine.looks(fine.helen)
    place = await hub.store.find(party.id)
    assert place is not None
    await until(lambda: bool(party.room.board.people[party.helen.id].came))
    newer = RoomLog(hub.store, party.id, ServerKey.load(servers.folder / "key").unwrap(party.id, place.key))
    await newer.catch_up()
    await newer.append([Draft(1, "house", "x", 1, "card.fly", b'{"said":{"ask":"card.fly"}}')])
    await until(lambda: eyes.closed == 1012, within=1.5)
    with pytest.raises(Unavailable):
        await hub.room(party.id)
    await fine.card(fine.helen, "goes on")
    assert others.cards == ["goes on"]


async def test_a_log_put_back_from_an_older_copy_begins_a_new_epoch_and_the_desk_is_told(
    storage: Storage, servers: Processes, hub: Hub, party: Gathering, maureen: Person
) -> None:
    other_hub = await servers.hub()
    other = await other_hub.room(party.id)
    await party.card(maureen, "kept")
    copy = rows(storage, party.id)
    await party.card(maureen, "lost")
    await until(lambda: other.board == party.room.board)
    eyes = [party.looks(maureen), party.looks(party.helen, room=other)]
    here, epoch = party.room.board.seq, party.room.epoch
    put_rows(storage, copy, party.id)
    late = [room.submit(maureen.id, "phone", add(900 + n, "meanwhile")) for n, room in enumerate((party.room, other))]
    await until(lambda: all(one.closed == 1012 for one in eyes))
    answers = await in_time(asyncio.gather(*late, return_exceptions=True))
    assert all(isinstance(answer, Unavailable) for answer in answers)
    rooms = [await hub.room(party.id), await other_hub.room(party.id)]
    await until(lambda: rooms[0].board == rooms[1].board)
    assert rooms[0].epoch == rooms[1].epoch != epoch
    for room in rooms:
        desk, phone = party.looks(party.helen, room=room), party.looks(maureen, room=room)
        assert phone.cards == ["kept"]
        (meeting,) = desk.board["meeting"].values()
        assert meeting["cut"] == room.board.at
        assert "cut" not in next(iter(phone.board["meeting"].values()))
        for after in (here - 1, room.board.seq):
            assert party.looks(maureen, room=room, after=after, epoch=epoch).frames[0]["is"] == "welcome"
    tags = [entry.header.tag for entry in await hub.store.read(party.id, after=0)]
    assert tags.count("log.cut") == 1


async def test_a_copy_put_back_while_nobody_served_it_is_found_by_who_comes_back(
    storage: Storage, hub: Hub, party: Gathering, maureen: Person
) -> None:
    copy = rows(storage, party.id)
    await party.card(maureen, "lost")
    here, epoch = party.room.board.seq, party.room.epoch
    await hub._close(party.id)
    put_rows(storage, copy, party.id)
    room = await hub.room(party.id)
    assert room.epoch == epoch
    eyes = party.looks(maureen, room=room, after=here, epoch=epoch)
    await until(lambda: len(eyes.seen("welcome")) == 2)
    assert room.epoch == eyes.seen("welcome")[1]["epoch"] != epoch
    assert room.board.meeting is not None and room.board.meeting.cut
    # Nobody can stir everyone up again and again by naming a number that is too high.
    party.looks(maureen, room=room, after=here + 1000, epoch=room.epoch)
    await party.card(maureen, "later", room=room)
    tags = [entry.header.tag for entry in await hub.store.read(party.id, after=0)]
    assert tags.count("log.cut") == 1


async def test_who_was_told_more_by_a_process_that_is_ahead_causes_no_cut(
    servers: Processes, party: Gathering, maureen: Person
) -> None:
    other = await elsewhere(servers, party)
    seq = await party.room.ask(maureen.id, "phone", add(1, "ahead"))
    party.looks(maureen, room=other, after=seq, epoch=other.epoch)
    await until(lambda: other.board == party.room.board)
    await party.card(maureen, "later", room=other)
    assert other.board.meeting is not None and other.board.meeting.cut == 0


async def test_a_long_meeting_opens_without_holding_up_the_others(hub: Hub, party: Gathering, maureen: Person) -> None:
    for ref in range(1500):
        party.room.submit(maureen.id, "phone", ChangeName(ref=ref, name=f"Maureen {ref}"))
    await party.room.ask(maureen.id, "phone", ChangeName(ref=5000, name="Maureen"))
    board = party.room.board
    await hub._close(party.id)
    opening = asyncio.create_task(hub.room(party.id))
    turns = 0
    while not opening.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > len(board.people) + 7
    assert (await opening).board == board


async def test_the_meeting_is_told_to_the_hub_once_it_changes(hub: Hub, party: Gathering) -> None:
    await party.room.ask(party.helen.id, "desk", CloseMeeting(ref=party.ref()))

    async def noted() -> int | None:
        place = await hub.store.find(party.id)
        return place.ends if place is not None else None

    async with asyncio.timeout(2):
        while not await noted():
            await asyncio.sleep(0.01)
    meeting = party.room.board.meeting
    assert meeting is not None
    assert await noted() == meeting.ended + meeting.erase_days * DAY_MS
