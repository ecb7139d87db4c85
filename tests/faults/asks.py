"""What somebody of each role asks next, by chance, from what stands on their own screen. Most of it is allowed."""

from __future__ import annotations

import random
import string
from typing import Any

from .device import Device

Ask = tuple[str, dict[str, Any]]

COLUMNS = ("well", "worried", "needs")
WORDS = ("Gran picks us up", "On Fridays", "ما هر شب با هم غذا می‌خوریم", "😀😀", "x" * 400)
VALUES = (0, 3, 7, 10, "not-sure", "rather-not")
CARDS_WANTED = 60
"""Above so many cards, taking away is asked for more often than adding."""
ROLES = ("agency", "scribe", "observer")
FLIPS = "Tom"
"""Whoever is called so is given one role after another."""

EVERYBODY = {
    "card.add": 10,
    "card.edit": 6,
    "card.move": 4,
    "card.remove": 4,
    "card.restore": 2,
    "comment.add": 5,
    "comment.remove": 1,
    "rating.set": 8,
    "thought.keep": 2,
    "thought.remove": 1,
    "step.add": 2,
    "step.edit": 2,
    "step.remove": 1,
    "person.hand": 2,
    "person.ready": 1,
}
FACILITATOR = {
    "card.add": 4,
    "card.move": 5,
    "card.aside": 5,
    "card.return": 4,
    "card.wall": 2,
    "card.remove": 3,
    "card.erase": 4,
    "comment.open": 3,
    "comment.close": 1,
    "comment.remove": 2,
    "column.close": 1,
    "column.open": 3,
    "round.open": 5,
    "round.reveal": 4,
    "round.cancel": 1,
    "round.close": 3,
    "person.role": 4,
    "card.tag": 6,
    "decision.add": 1,
    "decision.remove": 1,
    "step.remove": 2,
}


def next_ask(device: Device, dice: random.Random) -> Ask:
    """Something this person might ask now."""
    often = FACILITATOR if device.role == "facilitator" else EVERYBODY
    full = len(device.parts.get("card", {})) > CARDS_WANTED
    while True:
        [tag] = dice.choices(list(often), list(often.values()))
        if full and tag == "card.add" and dice.random() < 0.6:
            tag = "card.erase" if device.role == "facilitator" else "card.remove"
        fields = _fields(tag, device, dice)
        if fields is not None:
            return tag, fields


def _fields(tag: str, device: Device, dice: random.Random) -> dict[str, Any] | None:
    """The fields of such an ask; None where there is nothing to ask it about."""
    own = {"by": device.person}
    match tag:
        case "card.add":
            return {"id": _new(dice), "column": dice.choice(COLUMNS), "text": dice.choice(WORDS)}
        case "card.edit":
            card = _one(device, "card", dice, **own)
            return card and {"card": card["id"], "text": dice.choice(WORDS), "was": card["version"]}
        case "card.move":
            card = _one(device, "card", dice, **({} if device.role == "facilitator" else own))
            before = _one(device, "card", dice)
            return card and {
                "card": card["id"],
                "column": dice.choice(COLUMNS),
                "before": before["id"] if before and before is not card and dice.random() < 0.5 else None,
            }
        case "card.remove" | "card.aside" | "card.erase" | "card.wall" | "card.return":
            which = own if device.role != "facilitator" else {"aside": True} if tag == "card.return" else {}
            card = _one(device, "card", dice, **which)
            more = {"off": dice.random() < 0.5} if tag == "card.wall" else {}
            return card and {"card": card["id"], **more}
        case "card.tag":
            card = _one(device, "card", dice)
            return card and {"card": card["id"], "category": dice.choice(("harm", "goal", ""))}
        case "card.restore":
            gone = [one.ask["card"] for one in device.asked.values() if one.ask["ask"] == "card.remove"]
            return {"card": dice.choice(gone[-10:])} if gone else None
        case _:
            return _more_fields(tag, device, dice)


def _more_fields(tag: str, device: Device, dice: random.Random) -> dict[str, Any] | None:
    own = {"by": device.person}
    noun, _, verb = tag.partition(".")
    match tag:
        case "comment.add":
            on = _one(device, "card", dice)
            return on and {"id": _new(dice), "on": {"kind": "card", "id": on["id"]}, "text": dice.choice(WORDS)}
        case "thought.keep":
            return {"id": _new(dice), "column": dice.choice(COLUMNS), "text": dice.choice(WORDS)}
        case "step.add" | "decision.add":
            return {"id": _new(dice), "what": dice.choice(WORDS)}
        case "step.edit":
            step = _one(device, "step", dice, **own)
            return step and {"step": step["id"], "what": dice.choice(WORDS), "was": step.get("version", 1)}
        case "comment.remove" | "thought.remove" | "step.remove" | "decision.remove":
            part = _one(device, noun, dice, **({} if device.role == "facilitator" else own))
            return part and {noun: part["id"]}
        case "comment.open" | "comment.close":
            return {}
        case "column.close" | "column.open":
            return {"column": dice.choice(COLUMNS)}
        case "person.hand":
            return {"up": dice.random() < 0.5}
        case "person.ready":
            return {"state": dice.choice(("ready", ""))}
        case "person.role":
            person = _one(device, "person", dice, name=FLIPS)
            return person and {"person": person["id"], "role": dice.choice(ROLES)}
        case "round.open":
            scale = _one(device, "scale", dice)
            show = dice.choice(("named", "named", "role", "spread"))
            return scale and {"id": _new(dice), "scale": scale["id"], "show": show}
        case "rating.set":
            round = _one(device, "round", dice, state="open")
            return round and {"round": round["id"], "value": dice.choice(VALUES), "reason": dice.choice(WORDS)[:200]}
        case "round.reveal" | "round.cancel" | "round.close":
            round = _one(device, "round", dice, state="shown" if verb == "close" else "open")
            return round and {"round": round["id"]}
        case _:
            raise ValueError(tag)


def _new(dice: random.Random) -> str:
    return "".join(dice.choices(string.ascii_lowercase + string.digits, k=16))


def _one(device: Device, kind: str, dice: random.Random, **fields: Any) -> dict[str, Any] | None:
    """A part of this kind with these fields, as this device sees it."""
    fit = [
        part | {"id": id}
        for id, part in device.parts.get(kind, {}).items()
        if all(part.get(name) == value for name, value in fields.items())
    ]
    return dice.choice(fit) if fit else None
