"""Laws of the board, on meetings made by chance: what replays, follows, resumes and stays hidden whatever people
ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.board import core
from server.board.agreements import SetAgreement, ShowAgreement
from server.board.door import UseKey
from server.board.keys import Session
from server.board.meeting import Meeting
from server.board.model import Board, Entry, Touched
from server.board.owners import AnswerStep, ShowOwner
from server.board.people import AdmitPerson, ChangeRole
from server.board.person import Person
from server.board.phases import HideAuthors
from server.board.rounds import Round
from server.board.scales import RevealRound, SetRating
from server.board.sight import Viewer, viewer_of, wall_lens
from server.fan import Fan, Step, whole
from server.log.roomlog import Spoken
from server.protocol import TAGS, encode, from_log, tag_of, to_draft

from .chance import Choice, begun, choices, image, law, many, replayed
from .make import DANA, HELEN, JO, KOFI, MAUREEN, PRIYA, SHIRIN, WALL, Play, meeting

admits = st.sampled_from(["ask", "all"])
authors = st.sampled_from(["shown", "hidden"])
Parts = dict[str, dict[str, Any]]


def viewers(board: Board) -> dict[str, Viewer]:
    """Everyone who looks at this board now."""
    here = [one for one in board.people.values() if one.state == "here"]
    child = board.meeting.wall_child if board.meeting is not None else ""
    return {one.id: viewer_of(one, over=board.over) for one in here} | {WALL: Viewer(WALL, wall_lens(child))}


def fresh(board: Board, viewer: Viewer) -> Parts:
    parts: Parts = msgspec.json.decode(encode(whole(board, viewer)))
    return parts


def follow(held: Parts, frame: bytes | None) -> Parts:
    """What a browser holds after a frame: it puts whole parts and drops ids, and knows no more than that."""
    if frame is None:
        return held
    said = msgspec.json.decode(frame)
    after = {kind: dict(parts) for kind, parts in held.items()}
    for kind, parts in said.get("put", {}).items():
        after.setdefault(kind, {}).update(parts)
    for kind, ids in said.get("drop", {}).items():
        for id in ids:
            del after[kind][id]
    return {kind: parts for kind, parts in after.items() if parts}


def renewed(touched: Touched) -> Iterator[str]:
    """Who sees otherwise from now on and gets the whole board anew; "" is everyone."""
    for touch in touched:
        match touch.before, touch.after:
            case Person() as before, Person() as after if eyes(before) != eyes(after):
                yield after.id
            case Meeting() as before, Meeting() as after if shown(before) != shown(after):
                yield ""
            case Meeting() as before, Meeting() as after if before.wall_child != after.wall_child:
                yield WALL
            case _, Session() as session if touch.before != session:
                yield session.person
            case _:
                pass


def eyes(person: Person) -> tuple[str, str, str]:
    return person.role, person.state, person.sees


def shown(meeting: Meeting) -> tuple[str, str]:
    return meeting.authors, meeting.state


def boards(log: list[Entry]) -> list[Board]:
    """The board at every number, from 0."""
    board, all_ = Board(), [Board()]
    for entry in log:
        board, _ = core.apply(board, entry)
        all_.append(board)
    return all_


@law
@given(choices, admits, authors)
def test_replaying_the_log_gives_the_same_board(said: list[Choice], admit: str, names: str) -> None:
    chance = begun(said, admit=admit, authors=names)
    assert image(replayed(chance)) == image(chance.play.board)


@law
@given(choices)
def test_the_log_keeps_every_entry_as_it_was(said: list[Choice]) -> None:
    for entry in begun(said).play.log:
        draft = to_draft(entry)
        back = from_log(
            Spoken(
                seq=entry.seq,
                at=draft.at,
                by=draft.by,
                device=draft.device,
                ref=draft.ref,
                tag=draft.tag,
                body=draft.body,
            )
        )
        assert back == entry


@law
@given(choices, st.sets(st.integers(1, 90)))
def test_applying_never_fails_whichever_words_have_left_the_log(said: list[Choice], gone: set[int]) -> None:
    log = [replace(entry, ask=None) if entry.seq in gone else entry for entry in begun(said).play.log]
    board, steps = Board(), []
    for entry in log:
        board, touched = core.apply(board, entry)
        steps.append(Step(entry.seq, touched))
    for viewer in (*viewers(board).values(), Viewer(HELEN, "facilitator")):
        assert follow({}, Fan(steps).frame(viewer)) == fresh(board, viewer)


@law
@given(choices)
def test_applying_never_fails_even_for_what_would_be_refused(said: list[Choice]) -> None:
    chance = begun(said)
    board = meeting().board
    for by, ask, _ in chance.tries:
        before = board.seq
        board, touched = core.apply(board, replace(Play(board).entry(by, ask), place="5i"))
        assert board.seq == before + 1
        for viewer in viewers(board).values():
            # Whoever looks can be told, of the change and of the whole.
            Fan([Step(board.seq, touched)]).frame(viewer)
            assert fresh(board, viewer)["meeting"]


@law
@given(choices, admits, authors)
def test_a_board_read_after_words_were_destroyed_is_the_board_that_was_followed(
    said: list[Choice], admit: str, names: str
) -> None:
    """At the end, and wherever words were destroyed on the way. The whole board, not only what somebody sees of it."""
    chance = begun(said, admit=admit, authors=names)
    gone: set[int] = set()
    board = Board()
    for entry in chance.play.log:
        assert entry.ask is not None
        forgotten = core.forgets(board, entry.ask)
        gone |= set(forgotten)
        board, _ = core.apply(board, entry)
        if forgotten or entry is chance.play.log[-1]:
            read = Board()
            for said_ in chance.play.log[: entry.seq]:
                read, _ = core.apply(read, replace(said_, ask=None) if said_.seq in gone else said_)
            assert image(read) == image(board), tag_of(entry.ask)


@law
@given(choices, admits, authors)
def test_following_shows_the_same_as_arriving_late(said: list[Choice], admit: str, names: str) -> None:
    """At every number, for everyone who looks; so it holds from wherever one began to follow."""
    chance = begun(said, admit=admit, authors=names)
    held: dict[str, Parts] = {}
    for step, board in zip(chance.play.steps, boards(chance.play.log)[1:], strict=True):
        new, fan = set(renewed(step.touched)), Fan([step])
        now = viewers(board)
        held = {id: parts for id, parts in held.items() if id in now}
        for id, viewer in now.items():
            if id not in held or new & {"", id}:
                held[id] = fresh(board, viewer)
                continue
            frame = fan.frame(viewer)
            if frame is None:
                continue
            held[id] = follow(held[id], frame)
        for id in now:
            assert held[id] == fresh(board, now[id]), (id, chance.play.log[step.seq - 1])


@law
@given(choices, admits, authors, st.lists(st.integers(0, 90), min_size=3, max_size=3))
def test_coming_back_shows_the_same_as_arriving_fresh(
    said: list[Choice], admit: str, names: str, cuts: list[int]
) -> None:
    chance = begun(said, admit=admit, authors=names)
    all_, steps = boards(chance.play.log), chance.play.steps
    for cut in cuts:
        after = cut % len(all_)
        missed = steps[after:]
        if not missed:
            continue
        anew = {id for step in missed for id in renewed(step.touched)}
        fan, was = Fan(missed), viewers(all_[after])
        for id, viewer in viewers(all_[-1]).items():
            if "" in anew or id in anew or id not in was:
                continue
            assert follow(fresh(all_[after], viewer), fan.frame(viewer)) == fresh(all_[-1], viewer)


@law
@given(choices, st.integers(1, 5))
def test_no_frame_names_what_its_viewer_never_saw_and_none_puts_what_it_drops(said: list[Choice], stride: int) -> None:
    chance = begun(said)
    all_ = boards(chance.play.log)
    first = len(begun([]).play.log)
    seen = {id: _names(fresh(all_[first], viewer)) for id, viewer in viewers(all_[first]).items()}
    for start in range(first, len(chance.play.steps), stride):
        steps = chance.play.steps[start : start + stride]
        fan, board = Fan(steps), all_[steps[-1].seq]
        anew = {id for step in steps for id in renewed(step.touched)}
        for id, viewer in viewers(board).items():
            frame = fan.frame(viewer)
            if "" in anew or id in anew or id not in seen:
                seen[id] = seen.get(id, set()) | _names(fresh(board, viewer))
                continue
            if frame is None:
                continue
            told = msgspec.json.decode(frame)
            put, drop = told.get("put", {}), told.get("drop", {})
            assert (put or drop) and told["seq"] == steps[-1].seq
            dropped = {(kind, one) for kind, ids in drop.items() for one in ids}
            assert dropped <= seen[id]
            assert dropped.isdisjoint(_names(put))
            assert len(dropped) == sum(map(len, drop.values()))
            seen[id] |= _names(put)


@law
@given(choices, admits, authors)
def test_whatever_a_screen_names_stands_on_it(said: list[Choice], admit: str, names: str) -> None:
    """A name under a card, a person beside a number, what we talk about: nobody is shown an id they cannot look up."""
    board = begun(said, admit=admit, authors=names).play.board
    for viewer in viewers(board).values():
        parts = fresh(board, viewer)
        known = {kind: set(there) for kind, there in parts.items()}
        people = known.get("person", set())
        for card in parts.get("card", {}).values():
            assert {card[field] for field in ("by", "typed_by") if field in card} <= people
        for under in (*parts.get("comment", {}).values(), *parts.get("thought", {}).values()):
            assert {under[field] for field in ("by", "typed_by") if field in under} <= people
        for comment in parts.get("comment", {}).values():
            assert comment["on"]["id"] in known[comment["on"]["kind"]]
        for rating in parts.get("rating", {}).values():
            assert rating["round"] in known["round"]
            assert {rating["person"]} <= people if "person" in rating else True
        for past in parts.get("past", {}).values():
            assert past["scale"] in known["scale"] and (past["person"] in people or past.get("name"))
        for round in parts.get("round", {}).values():
            assert round["scale"] in known["scale"] and set(round.get("missing", ())) <= people
        for second in parts.get("translation", {}).values():
            of = second["of"]
            assert of["kind"] == "question" or of["id"] in known[of["kind"]]
            assert {second["by"]} <= people if "by" in second else True
        for note in parts.get("unclear", {}).values():
            on = note.get("on", {"kind": "card", "id": note.get("card")})
            assert on["id"] in known[on["kind"]]
        for step in parts.get("step", {}).values():
            assert {step[field] for field in ("by", "typed_by") if field in step} <= people
            assert "card" not in step or step["card"] in known["card"]
        for owner in parts.get("owner", {}).values():
            assert owner["step"] in known["step"] and ("person" not in owner or owner["person"] in people)
        for dissent in parts.get("dissent", {}).values():
            assert dissent["decision"] in known["decision"]
            assert {dissent[field] for field in ("by", "typed_by") if field in dissent} <= people
        for answer in parts.get("answer", {}).values():
            assert answer["poll"] in known["poll"]
            assert {answer["person"]} <= people if "person" in answer else True
        for poll in parts.get("poll", {}).values():
            named = {id for field in ("missing", "unasked", "away") for id in poll.get(field, ())}
            assert poll["set"] in known["set"] and named <= people
        for quiet in parts.get("quiet", {}).values():
            assert quiet["person"] in people
        for one in parts["meeting"].values():
            if about := one.get("about"):
                assert about["id"] in known[about["kind"]]


@law
@given(choices)
def test_what_is_mine_to_change_is_on_my_screen_and_can_be_changed(said: list[Choice]) -> None:
    play = begun(said).play
    for id, viewer in viewers(play.board).items():
        shown = fresh(play.board, viewer)
        for one in core.mine(play.board, id):
            kind, text = ("card", "text") if one in shown.get("card", {}) else ("step", "what")
            asked = {kind: one, text: "Hm", "was": shown[kind][one]["version"]}
            assert play.outcome(id, f"{kind}.edit", **asked) in {"yes", "closed", "break"}


@law
@given(choices, st.sampled_from(["named", "role", "spread"]))
def test_after_a_reveal_there_are_as_many_numbers_as_were_counted(said: list[Choice], show: str) -> None:
    board = begun(said, show=show).play.board
    shown = [round for round in board.rounds.values() if round.state in {"shown", "closed"}]
    wall = fresh(board, Viewer(WALL, "wall")).get("rating", {}).values()
    for round in shown:
        assert sum(one["round"] == round.id for one in wall) == round.answered <= round.asked
        assert round.show == "named" or round.answered >= 3
        assert sum(round.groups.values()) == round.asked


@law
@given(choices, st.data())
def test_until_the_reveal_nothing_anyone_gets_depends_on_what_a_number_is(
    said: list[Choice], data: st.DataObject
) -> None:
    """The same asks, but for one number and its reason: byte for byte the same frames, pages, counts and refusals for
    everyone but its giver, and for the giver frames of the same length. What was typed for someone is nobody's, not
    even theirs."""
    with_round = begun([])
    for who, number, more in (KOFI, 4, {}), (PRIYA, 7, {"for_": KOFI}), (PRIYA, 2, {"for_": JO}), (DANA, 5, {}):
        with_round.try_(who, with_round.play.ask("rating.set", round="round000", value=number, **more))
    with_round.go_on(said)
    given_at = [
        place for place, (_, ask, code) in enumerate(with_round.tries) if isinstance(ask, SetRating) and not code
    ]
    place = data.draw(st.sampled_from(given_at))
    by, ask, _ = with_round.tries[place]
    assert isinstance(ask, SetRating)
    value = data.draw(st.sampled_from([0, 5, 10, "not-sure"])) if ask.value != "rather-not" else "rather-not"
    reason = data.draw(st.sampled_from(["", "Other words", "é" * 280]))
    other = begun([])
    for at, (who, what, code) in enumerate(with_round.tries):
        told = replace(ask, value=value, reason=reason) if at == place else what
        if isinstance(what, RevealRound) and what.round == ask.round and not code:
            break
        assert other.try_(who, told) == code
    giver = by if ask.for_ in {None, by} else ""
    for one, two in zip(with_round.play.steps, other.play.steps, strict=False):
        fans = Fan([one]), Fan([two])
        board = other.play.board
        for id, viewer in viewers(board).items():
            here, there = fans[0].frame(viewer), fans[1].frame(viewer)
            if id != giver:
                assert here == there
            else:
                assert len(here or b"") == len(there or b"")
    upto = len(other.play.steps)
    one_board, two_board = boards(with_round.play.log[:upto])[-1], other.play.board
    for id, viewer in viewers(two_board).items():
        pages = encode(whole(one_board, viewer)), encode(whole(two_board, viewer))
        assert pages[0] == pages[1] if id != giver else len(pages[0]) == len(pages[1])


@law
@given(choices, st.data())
def test_until_all_are_shown_nothing_anyone_gets_depends_on_what_an_answer_is(
    said: list[Choice], data: st.DataObject
) -> None:
    """The same of a statement: but for one answer and its words, everybody else gets the same to the last byte."""
    with_poll = begun([])
    for who, value, more in (KOFI, "agree", {}), (PRIYA, "partly", {"for_": KOFI}), (DANA, "partly", {}):
        with_poll.try_(who, with_poll.play.ask("agreement.set", poll="poll0000", value=value, **more))
    with_poll.go_on(said)
    given_at = [at for at, (_, ask, code) in enumerate(with_poll.tries) if isinstance(ask, SetAgreement) and not code]
    place = data.draw(st.sampled_from(given_at))
    by, ask, _ = with_poll.tries[place]
    assert isinstance(ask, SetAgreement)
    value = data.draw(st.sampled_from(["agree", "partly", "differently"])) if ask.value != "not-now" else "not-now"
    words = data.draw(st.sampled_from(["", "Other words", "é" * 280]))
    share = data.draw(st.booleans())
    other = begun([])
    for at, (who, what, code) in enumerate(with_poll.tries):
        told = replace(ask, value=value, words=words, share=share) if at == place else what
        if isinstance(what, ShowAgreement) and what.poll == ask.poll and not code:
            break
        assert other.try_(who, told) == code
    giver = by if ask.for_ in {None, by} else ""
    for one, two in zip(with_poll.play.steps, other.play.steps, strict=False):
        fans = Fan([one]), Fan([two])
        for id, viewer in viewers(other.play.board).items():
            here, there = fans[0].frame(viewer), fans[1].frame(viewer)
            # Who says again what they had said is told nothing new, and learns nothing by it: the answer is their own.
            if id != giver:
                assert here == there
            elif here and there:
                assert len(here) == len(there)
    one_board = boards(with_poll.play.log[: len(other.play.steps)])[-1]
    for id, viewer in viewers(other.play.board).items():
        pages = encode(whole(one_board, viewer)), encode(whole(other.play.board, viewer))
        assert pages[0] == pages[1] if id != giver else len(pages[0]) == len(pages[1])


@law
@given(choices, authors)
def test_after_showing_there_are_as_many_answers_as_were_counted(said: list[Choice], names: str) -> None:
    board = begun(said, authors=names).play.board
    wall = fresh(board, Viewer(WALL, "wall")).get("answer", {}).values()
    for poll in board.polls.values():
        here = [one for one in wall if one["poll"] == poll.id]
        if poll.state != "shown":
            assert not here
            continue
        assert sum(poll.counts.values()) == poll.answered <= poll.asked
        assert len(here) == poll.answered if poll.named else all("person" not in one for one in here)
        assert board.meeting is not None and (board.meeting.authors == "shown" or not poll.named)


@law
@given(st.permutations([0, 4, 4, 7, 10, "not-sure"]), st.sampled_from(["spread", "role"]))
def test_without_names_nothing_on_any_screen_tells_whose_number_it_was(values: list[Any], show: str) -> None:
    """Whoever gave which of these numbers, everyone else's screen is the same to the last byte. By role: within the
    role."""
    givers = [DANA, MAUREEN, SHIRIN, "zohraahmadi", KOFI, JO]
    if show == "role":
        values = [*[value for value in values if value not in {"not-sure", 10}], 10, "not-sure"]

    def frames(order: list[Any]) -> dict[str, list[bytes | None]]:
        play = meeting()
        for id in givers[1:4]:
            play.comes(id)
        play.round(show=show)
        for by, value in zip(givers, order, strict=True):
            play.says(by, "rating.set", round="round001", value=value)
        play.says(HELEN, "round.reveal", round="round001")
        others = {id: viewer for id, viewer in viewers(play.board).items() if id not in givers}
        return {id: [Fan([step]).frame(viewer) for step in play.steps] for id, viewer in others.items()}

    assert frames(values) == frames([0, 4, 4, 7, 10, "not-sure"])


@law
@given(choices, st.data())
def test_what_somebody_answered_to_a_step_tells_nobody_but_them_and_the_facilitator(
    said: list[Choice], data: st.DataObject
) -> None:
    """The same asks, but for one answer: until it is shown, byte for byte the same for everyone else."""
    one_way = begun(said)
    given_at = [place for place, (_, ask, code) in enumerate(one_way.tries) if isinstance(ask, AnswerStep) and not code]
    assume(given_at)
    place = data.draw(st.sampled_from(given_at))
    answer = data.draw(st.sampled_from(["yes", "but", "cannot"]))
    other, asked, alike, whose = begun([]), one_way.tries[place][1], 0, ""
    assert isinstance(asked, AnswerStep)
    for at, (who, what, code) in enumerate(one_way.tries):
        told = replace(asked, answer=answer, words="Other words") if at == place else what
        if at == place:
            owner = other.play.board.owners[asked.owner]
            assume(not owner.shown)
            whose = owner.person
        if at > place and isinstance(what, ShowOwner | AnswerStep) and what.owner == asked.owner:
            break
        if isinstance(what, HideAuthors | ChangeRole | AdmitPerson | UseKey):
            break
        alike = len(other.play.steps)
        # From here on they go different ways: somebody was shown in one meeting alone.
        if other.try_(who, told) != code:
            break
        alike = len(other.play.steps)
    for one, two in zip(one_way.play.steps[:alike], other.play.steps[:alike], strict=True):
        fans = Fan([one]), Fan([two])
        for id, viewer in viewers(other.play.board).items():
            if viewer.lens != "facilitator" and id != whose:
                assert fans[0].frame(viewer) == fans[1].frame(viewer)


@law
@given(choices)
def test_a_round_never_forgets_whom_it_called_until_it_is_cancelled(said: list[Choice]) -> None:
    before: dict[str, Round] = {}
    for board in boards(begun(said).play.log):
        for id, round in board.rounds.items():
            was = before.get(id)
            if was is not None and round.state != "cancelled":
                assert round.called.keys() >= was.called.keys()
                assert round.show == was.show
        before = dict(board.rounds)


def test_meetings_by_chance_reach_every_ask_and_most_of_it_is_allowed() -> None:
    """The laws are only as good as the meetings they are tried on."""
    tries = [(tag_of(ask), code) for seed in range(160) for _, ask, code in begun(many(seed)).tries]
    accepted = [tag for tag, code in tries if not code]
    # What a person's erasing leaves of a board, only a reading from the start says: tested by itself.
    assert set(accepted) == TAGS - {"meeting.open", "person.erase"}
    assert len(accepted) * 2 > len(tries)
    assert {code for _, code in tries} >= {"not-yours", "stale", "closed", "break", "too-few", "not-in", "id-taken"}


def _names(parts: Parts) -> set[tuple[str, str]]:
    return {(kind, id) for kind, there in parts.items() for id in there}
