"""What children's own screens say has one entry an age, one a column, and places that go from the best down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..board.template import ChildWords
from ..catalogue import gettext as _
from .expected import Step, Wrong, in_entry


def check_children(children: Sequence[ChildWords]) -> None:
    """Whether words for children make sense. Raises Wrong."""
    _check_once((("children", number, "age"), one.age) for number, one in enumerate(children))
    for number, one in enumerate(children):
        at = ("children", number, "columns")
        _check_once(((*at, place, "id"), column.id) for place, column in enumerate(one.columns))
        for place, (above, below) in enumerate(pairwise(one.places), start=1):
            if below.value >= above.value:
                said = _("{key} must be lower than the one above it.")
                raise Wrong(said.format(key=in_entry(("children", number, "places", place, "value"))))


def _check_once(found: Iterable[tuple[Sequence[Step], str]]) -> None:
    seen: set[str] = set()
    for at, id in found:
        if id in seen:
            said = _("{key} is “{id}” a second time; a different one was expected for each.")
            raise Wrong(said.format(key=in_entry(at), id=id))
        seen.add(id)
