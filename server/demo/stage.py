"""A practice meeting while it plays: invented people come in, do what the script says, answer every round and let
newcomers in. Whatever a real facilitator does in it is right: a refusal is passed over, and who leads is obeyed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, assert_never

from msgspec.structs import replace

from ..board.agreements import AskAgreement, SetAgreement, ShowAgreement
from ..board.answers import Stance
from ..board.ask import Ask
from ..board.children import EndChild
from ..board.model import AnyAsk
from ..board.owners import AnswerStep
from ..board.people import AdmitPerson
from ..board.phases import GoToPhase
from ..board.ratings import Value
from ..board.scales import OpenRound, RevealRound, SetRating
from ..links import MeetingLinks
from .actor import GONE, Actor
from .browser import Browser, NoAnswer
from .script import Agrees, Asked, Does, Figure, Rates, Script, Step

BETWEEN_ARRIVALS_S: Final = 0.25
LET_OURS_IN_S: Final = 0.4
LET_IN_S: Final = 2.5
"""So long a newcomer waits: long enough to see what that is like, and for a real facilitator to decide."""
IN_WITHIN_S: Final = 20.0
FIRST_ANSWER_S: Final = 4.0
BETWEEN_ANSWERS_S: Final = 1.2
BEFORE_REVEAL_S: Final = 2.0
OURS_WITHIN_S: Final = 60.0
NEWCOMERS_WITHIN_S: Final = 30.0
"""So long the facilitator waits for people who have come in to try, once all others have answered."""


class Over(Exception):
    """The meeting is no more, or the server stops."""


class Stage:
    """One practice meeting. `speed` 1 is human pace. `before` is waited for before each step of the script. `refused`
    collects what was refused, as (who, code)."""

    def __init__(
        self,
        links: MeetingLinks,
        script: Script,
        *,
        address: str,
        origin: str,
        speed: float = 1.0,
    ) -> None:
        self.refused: list[tuple[str, str]] = []
        self.before: Callable[[Step], Awaitable[None]] | None = None
        self._links = links
        self._script = script
        self._speed = speed
        self._actors = {
            name: Actor(Browser(address, origin), links.room)
            for name, figure in script.figures.items()
            if not figure.listed
        }
        self._chair = self._actors[script.facilitator]
        self._phase = ""
        self._rounds: dict[str, str] = {}  # what the script calls its rounds, by id
        self._polls: dict[str, Mapping[str, tuple[Stance, str]]] = {}  # what people answer, by the id of the question

    async def cookies(self, name: str) -> Mapping[str, str]:
        """What somebody's browser holds, once they are in: with it another looks at the meeting with their eyes."""
        await self._actors[name].until(lambda: bool(self._actors[name].id), IN_WITHIN_S)
        return self._actors[name].browser.cookies

    async def play(self) -> None:
        """Play to the end, then stay and let newcomers in, until the meeting is over or this is cancelled."""
        try:
            await self._chair.open_link(self._links.facilitator)
            async with asyncio.TaskGroup() as group:
                for work in (
                    self._chair_stays(),
                    self._lets_in(group),
                    self._arrive(group),
                    self._answers(group),
                    self._follow_script(),
                ):
                    group.create_task(work)
        except* (Over, NoAnswer):
            pass

    async def _chair_stays(self) -> None:
        await self._chair.live()
        raise Over

    async def _arrive(self, group: asyncio.TaskGroup) -> None:
        for name, figure in self._script.figures.items():
            if name != self._script.facilitator and not figure.listed:
                group.create_task(self._comes(self._actors[name], figure))
                await self._rest(BETWEEN_ARRIVALS_S)

    async def _comes(self, actor: Actor, figure: Figure) -> None:
        try:
            await actor.knock(
                self._links.code, name=figure.name, role=figure.role, agency=figure.agency, helping=figure.helping
            )
        except NoAnswer:
            # The door may be shut already; whoever is not in does nothing.
            actor.gone = True
            return
        await actor.live()

    async def _lets_in(self, group: asyncio.TaskGroup) -> None:
        """Open the door to everyone who waits."""
        seen: set[str] = set()
        while await self._chair.until(lambda: bool(self._waiting() - seen)):
            for person in self._waiting() - seen:
                group.create_task(self._lets_one_in(person))
                seen.add(person)

    async def _lets_one_in(self, person: str) -> None:
        name = self._chair.parts["person"][person]["name"]
        ours = any(name == figure.name for figure in self._script.figures.values())
        await self._rest(LET_OURS_IN_S if ours else LET_IN_S)
        # Meanwhile a real facilitator may have decided; whom she refused must not be let in.
        if person in self._waiting():
            await self._ask(self._script.facilitator, AdmitPerson(ref=0, person=person))

    def _waiting(self) -> set[str]:
        people = self._chair.parts.get("person", {})
        return {id for id, person in people.items() if person["state"] == "waiting"}

    async def _answers(self, group: asyncio.TaskGroup) -> None:
        """Answer every round and every question whether people agree, whoever asked."""
        seen: set[str] = set()
        while await self._chair.until(lambda: bool(self._open() - seen)):
            for id in self._open() - seen:
                if id in self._chair.parts.get("poll", {}):
                    group.create_task(self._everyone_agrees(id))
                else:
                    group.create_task(self._everyone_answers(id, first=not seen))
                seen.add(id)

    def _open(self) -> set[str]:
        asked = {**self._chair.parts.get("round", {}), **self._chair.parts.get("poll", {})}
        return {id for id, one in asked.items() if one["state"] == "open"}

    async def _everyone_agrees(self, poll: str) -> None:
        """Where a real facilitator asks, everyone agrees who gives numbers."""
        agree: tuple[Stance, str] = ("agree", "")
        given = self._polls.get(poll) or {name: agree for name, one in self._script.figures.items() if one.numbers}
        for name, (value, own) in given.items():
            await self._rest(BETWEEN_ANSWERS_S)
            if name != self._script.facilitator:
                await self._ask(name, SetAgreement(ref=0, poll=poll, value=value, words=own, share=bool(own)))

    async def _everyone_answers(self, round: str, *, first: bool) -> None:
        """A round a real facilitator opened has no name in the script: people then answer as in their first."""
        too = self._chair.parts["round"][round].get("too", False)
        await self._rest(FIRST_ANSWER_S if first else BETWEEN_ANSWERS_S)
        for name, figure in self._script.figures.items():
            asked = self._rounds.get(round) or next(iter(figure.numbers), "")
            if asked not in figure.numbers or (name == self._script.facilitator and not too):
                continue
            reason = figure.reasons.get(asked, "")
            answer = SetRating(ref=0, round=round, value=figure.numbers[asked], reason=reason, share=bool(reason))
            await self._rest(BETWEEN_ANSWERS_S)
            await self._ask(name, answer)

    async def _follow_script(self) -> None:
        await self._chair.until(lambda: bool(self._chair.id))
        for step in self._script.steps:
            if self.before is not None:
                await self.before(step)
            await self._do(step)

    async def _do(self, step: Step) -> None:
        match step:
            case Does():
                await self._rest(step.pause_s)
                await self._does(step)
            case Rates():
                await self._rate(step)
            case Agrees():
                await self._agree(step)
            case _:
                assert_never(step)

    async def _does(self, step: Does) -> None:
        if isinstance(step.ask, Ask):
            ask = step.ask
        else:
            # It may name anybody, and who somebody is is known only once they are in.
            await self._all_in()
            ask = step.ask(self._id)
        if step.who != self._script.facilitator:
            await self._ask(step.who, ask)
        elif self._leads():
            if isinstance(ask, GoToPhase):
                self._phase = ask.phase
            await self._ask(step.who, ask)

    async def _all_in(self) -> None:
        for actor in self._actors.values():
            await actor.until(partial(_is_in, actor), IN_WITHIN_S)

    def _id(self, name: str) -> str:
        """Who somebody in the script is in the meeting."""
        return self._script.figures[name].listed or self._actors[name].id

    def _leads(self) -> bool:
        """Whether the invented facilitator still leads. Once a real one has moved the meeting on, she does."""
        return not self._phase or self._chair.meeting.get("phase") == self._phase

    async def _rate(self, step: Rates) -> None:
        """Ask everyone for their numbers, wait until they have answered, and show the numbers."""
        for asked in step.rounds:
            self._rounds[asked.round] = asked.name
            if not self._leads() or await self._ask(self._script.facilitator, self._opens(step, asked)):
                return
        for asked in step.rounds:
            await self._shows(asked.round)

    def _opens(self, step: Rates, asked: Asked) -> OpenRound:
        scale = asked.scale or next(iter(self._chair.parts.get("scale", {})), "")
        return OpenRound(ref=0, id=asked.round, scale=scale, show=step.show, too=step.too)

    async def _shows(self, round: str) -> None:
        # Whoever would rather not say looks like whoever has not answered.
        silent = {id for id, value in self._ours(round).items() if value == "rather-not"}
        ours = self._ours(round).keys() - silent
        await self._chair.until(lambda: not self._missing(round) & ours, OURS_WITHIN_S)
        await self._chair.until(lambda: not self._missing(round) - silent, NEWCOMERS_WITHIN_S / self._speed)
        await self._rest(BEFORE_REVEAL_S)
        if self._state(round) == "open":
            await self._ask(self._script.facilitator, RevealRound(ref=0, round=round))

    async def _agree(self, step: Agrees) -> None:
        """Ask whether people agree, wait until they have answered, and show what they said."""
        self._polls[step.poll] = step.answers
        asks = AskAgreement(ref=0, id=step.poll, set=step.set)
        if not self._leads() or await self._ask(self._script.facilitator, asks):
            return
        ours = {self._id(name) for name in step.answers}
        await self._chair.until(lambda: not self._missing(step.poll, "poll") & ours, OURS_WITHIN_S)
        await self._rest(BEFORE_REVEAL_S)
        if self._state(step.poll, "poll") == "open":
            await self._ask(self._script.facilitator, ShowAgreement(ref=0, poll=step.poll))

    def _state(self, id: str, kind: str = "round") -> str:
        return str(self._chair.parts.get(kind, {}).get(id, {}).get("state", ""))

    def _missing(self, id: str, kind: str = "round") -> set[str]:
        """Whose answer is still missing, where it can still come."""
        known = self._chair.parts.get(kind, {}).get(id, {})
        return set(known.get("missing", ())) if known.get("state") == "open" else set()

    def _ours(self, round: str) -> dict[str, Value]:
        """The invented people who answer this round, and what they answer."""
        asked = self._rounds[round]
        return {
            self._id(name): figure.numbers[asked]
            for name, figure in self._script.figures.items()
            if asked in figure.numbers and (figure.listed or not self._actors[name].gone)
        }

    async def _ask(self, name: str, ask: AnyAsk) -> str:
        """Have somebody ask for something; for those without a device somebody else types. Returns the code of a
        refusal."""
        figure = self._script.figures[name]
        if isinstance(ask, AnswerStep) and ask.owner not in self._chair.parts.get("owner", {}):
            # Somebody else leads, and has not asked them.
            return GONE
        if isinstance(ask, EndChild) and not self._chair.parts["person"].get(ask.person, {}).get("goodbye"):
            return GONE
        if figure.listed and isinstance(ask, SetRating | SetAgreement):
            ask = replace(ask, for_=figure.listed, source=figure.source)
        elif figure.listed and isinstance(ask, AnswerStep):
            ask = replace(ask, for_=figure.listed)
        actor = self._actors[figure.through or name]
        if not await actor.until(lambda: bool(actor.id), IN_WITHIN_S):
            return GONE
        code = await actor.ask(ask)
        if code and code != GONE:
            self.refused.append((name, code))
        return code

    async def _rest(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)


def _is_in(actor: Actor) -> bool:
    return bool(actor.id)
