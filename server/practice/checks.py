"""What the shape of a template cannot say by itself: ids that repeat, columns that are not there, roles nobody has,
questions nobody could fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

import msgspec
from msgspec import inspect

from ..board import words
from ..board.person import Role
from ..board.refusal import Refused
from ..board.template import Column, Label, Line, Phase, Question, Service, Template
from ..catalogue import gettext as _
from .expected import Step, Wrong, in_entry, told
from .forchildren import check_children
from .helping import check_help, check_holes

ROLES: Final[tuple[str, ...]] = get_args(Role)
NAMED: Final = told(inspect.type_info(Label))
END: Final = told(inspect.type_info(Line))
FILLED_IN: Final = ("n", "lower", "higher")
"""What a question may leave open: the number it is about, and the ones beside it."""
PARTS: Final = (
    *("honour", "who", "are", "happened", "could", "child", "like", "doing", "notice", "long", "children"),
    *("family", "name"),
)
"""What a sentence about a worry or its goal may leave open: its parts, "is" or "are", and names of children."""


def check_roles(roles: Any) -> None:
    """Every role has its name, and there are no others. What is no table at all is passed over. Raises Wrong."""
    if not isinstance(roles, dict):
        return
    for role, name in roles.items():
        key = in_entry(["roles", role])
        if role not in ROLES:
            raise Wrong(_("{key} is not known; expected were {keys}.").format(key=key, keys=", ".join(ROLES)))
        try:
            msgspec.convert(name, Label)
        except msgspec.ValidationError:
            raise Wrong(_("{key} must be {expected}.").format(key=key, expected=NAMED)) from None
    for role in ROLES:
        if role not in roles:
            key = in_entry(["roles", role])
            raise Wrong(_("{key} is missing; it must be {expected}.").format(key=key, expected=NAMED))


def check_ends(scale: Any) -> None:
    """Both ends of the scale are there, and short enough for the wall. Older meetings hold longer ones, which the shape
    of a template has to go on allowing. What is no table at all is passed over. Raises Wrong."""
    if not isinstance(scale, dict):
        return
    for end in ("ten", "zero"):
        key = in_entry(["scale", end])
        if end not in scale:
            raise Wrong(_("{key} is missing; it must be {expected}.").format(key=key, expected=END))
        try:
            msgspec.convert(scale[end], Line)
        except msgspec.ValidationError:
            raise Wrong(_("{key} must be {expected}.").format(key=key, expected=END)) from None


def check(template: Template) -> None:
    """Whether a template of the right shape makes sense. Raises Wrong."""
    check_words(msgspec.to_builtins(template))
    for key, entries in (
        ("columns", template.columns),
        ("phases", template.phases),
        ("services", template.services),
        ("questions", template.questions),
    ):
        _check_ids(key, entries)
    columns = [column.id for column in template.columns]
    for number, phase in enumerate(template.phases):
        _check_phase(["phases", number, "column"], phase, columns)
    for number, question in enumerate(template.questions):
        _check_column(["questions", number, "column"], question.column, columns)
        check_holes(["questions", number, "text"], question.text, FILLED_IN)
    check_help(template)
    check_children(template.children)
    for side in ("worry", "goal"):
        for number, sentence in enumerate(getattr(template.sets, side)):
            check_holes(["sets", side, number], sentence, PARTS)


def _check_ids(key: str, entries: Sequence[Column | Phase | Service | Question]) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        if entry.id in seen:
            said = _("{key} is “{id}” a second time; a different one was expected for each.")
            raise Wrong(said.format(key=in_entry([key, number, "id"]), id=entry.id))
        seen.add(entry.id)


def _check_phase(at: Sequence[Step], phase: Phase, columns: Sequence[str]) -> None:
    if phase.kind == "column":
        _check_column(at, phase.column, columns)
    elif phase.column:
        said = _("{key} must be left out, because “kind” is “{kind}” and not “column”.")
        raise Wrong(said.format(key=in_entry(at), kind=phase.kind))


def _check_column(at: Sequence[Step], column: str, columns: Sequence[str]) -> None:
    if column not in columns:
        said = _("{key} must be one of the columns of this template: {columns}.")
        raise Wrong(said.format(key=in_entry(at), columns=", ".join(f"“{one}”" for one in columns)))


def check_words(table: Any) -> None:
    """Every text in it holds words that can be shown. Raises Wrong."""
    for at, text in _texts((), table):
        try:
            words.keep(text, len(text))
        except Refused as refused:
            if refused.code == "empty":
                raise Wrong(_("{key} holds only spaces; words were expected.").format(key=in_entry(at))) from None
            said = _("{key} holds a sign that cannot be shown; letters and ordinary signs were expected.")
            raise Wrong(said.format(key=in_entry(at))) from None


def _texts(at: tuple[Step, ...], value: Any) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text in a template, and where it stands."""
    match value:
        case str() if value:
            yield at, value
        case dict():
            for key, inner in value.items():
                yield from _texts((*at, key), inner)
        case list() | tuple():
            for number, inner in enumerate(value):
                yield from _texts((*at, number), inner)
