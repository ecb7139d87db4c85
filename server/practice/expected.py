"""What a template should hold at a place, in plain words, told from the shape of templates. It reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import inspect

from ..board.template import Template
from ..catalogue import gettext as _

_SHAPE: Final = inspect.type_info(Template)

Step = str | int
"""A key, or the number of an entry in a list, from 0."""


class Wrong(Exception):
    """What is wrong with a file: the part of the sentence after its name."""


def in_entry(steps: Sequence[Step]) -> str:
    """A place in a file as a person finds it: `“title” in entry 2 of “columns”`."""
    *outer, last = steps
    if isinstance(last, int):
        return _("entry {number} of {key}").format(number=last + 1, key=in_entry(outer))
    if not outer:
        return f"“{last}”"
    if isinstance(outer[-1], int):
        return _("“{key}” in {entry}").format(key=last, entry=in_entry(outer))
    return f"“{'.'.join(str(step) for step in steps)}”"


def expected(steps: Sequence[Step]) -> str:
    """What should stand at this place."""
    return told(_shape_at(steps))


def keys_at(steps: Sequence[Step]) -> str:
    """The keys of the table at this place."""
    shape = _shape_at(steps)
    assert isinstance(shape, inspect.StructType)
    # A template's name is its file's, never a key in it.
    return ", ".join(field.name for field in shape.fields if steps or field.name != "name")


def _shape_at(steps: Sequence[Step]) -> inspect.Type:
    shape: inspect.Type = _SHAPE
    for step in steps:
        match shape:
            case inspect.VarTupleType():
                shape = shape.item_type
            case inspect.StructType():
                shape = next(field.type for field in shape.fields if field.name == step)
            case _:
                raise KeyError(step)
    return shape


def told(shape: inspect.Type) -> str:
    """What this type holds."""
    match shape:
        case inspect.StrType(pattern=str(pattern)) if pattern.startswith("^https"):
            return _("an address that begins with https://, at most {most} characters").format(most=shape.max_length)
        case inspect.StrType(pattern=str()):
            return _("a small letter, then small letters, digits or hyphens, 40 at most")
        case inspect.StrType():
            return _("text in quotes, {least} to {most} characters").format(
                least=shape.min_length, most=shape.max_length
            )
        case inspect.IntType():
            return _("a whole number, {least} to {most}").format(least=shape.ge, most=shape.le)
        case inspect.BoolType():
            return _("true or false")
        case inspect.LiteralType():
            return _("one of: {words}").format(words=", ".join(f"“{value}”" for value in shape.values if value))
        case inspect.UnionType():
            return told(shape.types[0])
        case inspect.VarTupleType():
            return _("a list with {least} to {most} entries").format(least=shape.min_length or 0, most=shape.max_length)
        case inspect.DictType():
            return _("a table with a name for each role")
        case inspect.StructType():
            return _("a table with these keys: {keys}").format(keys=", ".join(field.name for field in shape.fields))
        case _:
            raise TypeError(shape)
