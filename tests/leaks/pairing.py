"""A meeting around a secret: what else goes on in it, by chance, the same both times."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from tests.leaks.kinds import KINDS, Secret
from tests.leaks.script import (
    CAST,
    GIVERS,
    KEPT,
    NUMBERS,
    POLL,
    ROUND,
    STEP,
    Act,
    Leaves,
    Loads,
    Pair,
    Passes,
    Returns,
    Says,
)

AROUND = 14
"""So much else goes on before the secret is said, and after it."""
LATER_S = 10
"""Until then, everyone has heard a sign of life."""
COLUMNS = ("well", "worried", "needs")


def pair(number: int, seed: str) -> Pair:
    """The pair of this number: every kind in turn."""
    kind = list(KINDS)[number % len(KINDS)]
    dice = random.Random(f"{seed}/{number}")
    secret = KINDS[kind](dice)
    around = [_around(dice, secret, place) for place in range(AROUND)]
    by_post = dice.random() < 0.3
    # Two that answer one after the other answer within one tick: what is counted by then is no secret.
    places = sorted(dice.randint(1, AROUND - 4) for _ in secret.one)
    if kind == "who was first":
        places = [places[0]] * len(places)
    return Pair(
        kind=kind,
        seed=f"{seed}/{number}",
        one=_woven(secret, [replace(said, by_post=by_post) for said in secret.one], around, places),
        other=_woven(secret, [replace(said, by_post=by_post) for said in secret.other], around, places),
        knows=secret.knows,
        padded=secret.knows if secret.padded else frozenset(),
        told=secret.told,
        sealed=secret.sealed,
        copied=secret.copied,
        records=secret.records,
        wish={"admit": dice.choice(["ask", "all"]), "authors": dice.choice(["shown", "hidden"])},
    )


def _woven(secret: Secret, said: list[Says], around: list[Act], places: list[int]) -> list[Act]:
    acts: list[Act] = [
        Says("helen", "comment.open", {"all": True}),
        Says("helen", "person.child", {"person": "@kofi", "sees": "all"}),
        *secret.opens,
    ]
    for place, act in enumerate(around):
        acts += [one for at, one in zip(places, said, strict=True) if at == place]
        acts.append(act)
    everyone = ("helen", *CAST, "wall", "marcus")
    return [
        *acts,
        Passes(2),
        Returns("jo"),
        Returns("olu", stream=True),
        *secret.ends,
        Leaves(),
        Passes(LATER_S),
        *(Loads(who) for who in everyone),
    ]


def _around(dice: random.Random, secret: Secret, place: int) -> Act:
    """Something that happens, or is asked in vain."""
    who = dice.choice(list(CAST))
    id, column = f"card00000000{place:04}", dice.choice(COLUMNS)
    card = f"card00000000{dice.randrange(max(1, place)):04}"
    acts: list[Act] = [
        _card(who, id, column),
        _card(dice.choice(GIVERS), id, column),
        Says("dana", "card.edit", {"card": card, "text": "In other words", "was": 1}),
        Says("helen", "card.move", {"card": card, "column": column, "before": None}),
        Says(who, "comment.add", {"id": f"said{id}", "on": {"kind": "card", "id": card}, "text": "So do I"}),
        Says(who, "person.hand", {"up": dice.random() < 0.5}),
        Says(who, "person.ready", {"state": dice.choice(["ready", "minute"])}),
        Says(who, "quiet.say", {"id": f"quiet{id}", "about": "break"}),
        Says("helen", "phase.go", {"phase": "worries"}),
        _number(dice, secret),
        _number(dice, secret),
        _number(dice, secret),
        _in_vain(dice, who),
        replace(_in_vain(dice, who), by_post=True),
        Passes(dice.randint(1, 3)),
        Passes(2),
        Loads(who),
        Returns(who),
        Returns(who, stream=True),
    ]
    return dice.choice(acts)


def _card(who: str, id: str, column: str) -> Says:
    fields: dict[str, Any] = {"id": id, "column": column, "text": "Gran picks us up"}
    if CAST[who] in {"scribe", "supporter"}:
        fields["for_"] = "@dana"
    return Says(who, "card.add", fields)


def _number(dice: random.Random, secret: Secret) -> Act:
    """Somebody else's number, or answer, wherever there is something to answer."""
    who = dice.choice([name for name in GIVERS if name not in secret.knows] or ["olu"])
    asked = {one.tag for one in secret.opens}
    if "round.open" in asked:
        return Says(who, "rating.set", {"round": ROUND, "value": dice.choice(NUMBERS), "reason": "As before"})
    if "agreement.ask" in asked:
        return Says(who, "agreement.set", {"poll": POLL, "value": dice.choice(["agree", "partly", "not-now"])})
    return Says(who, "thought.keep", {"id": f"thought{dice.randrange(10**6):06}", "column": "well", "text": "Later"})


def _in_vain(dice: random.Random, who: str) -> Says:
    """What is refused, or tells nothing: nobody may learn from a refusal either."""
    return dice.choice(
        [
            Says(who, "round.reveal", {"round": ROUND}),
            Says(who, "agreement.show", {"poll": POLL}),
            Says(who, "rating.set", {"round": ROUND, "value": 11}),
            Says("olu", "rating.set", {"round": ROUND, "value": 5}),
            Says("helen", "rating.set", {"round": ROUND, "value": 5}),
            Says("olu", "step.answer", {"owner": "owner00000000001", "answer": "yes", "was": 1}),
            Says("olu", "step.edit", {"step": STEP, "what": "Otherwise", "was": 1}),
            Says(dice.choice(["helen", "olu", "priya"]), "card.show", {"card": KEPT}),
            Says("marcus", "card.add", {"id": "marcus0000000001", "column": "well", "text": "I wait"}),
        ]
    )
