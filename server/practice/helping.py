"""What helps whoever runs a meeting: bands that do not cross, one prompt of a kind, and what texts may leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Final

from ..board.template import PromptKind, Template
from ..catalogue import gettext as _
from .expected import Step, Wrong, in_entry

OPEN: Final[Mapping[PromptKind, tuple[str, ...]]] = {
    "low": ("band",),
    "unwritten": ("name",),
    "thinner": ("column", "other"),
    "happened": (),
}
"""What a prompt of each kind may leave open."""


def check_help(template: Template) -> None:
    """Whether bands and prompts make sense. Raises Wrong."""
    taken: set[int] = set()
    for number, band in enumerate(template.bands):
        if band.low > band.high:
            said = _("{key} must be no higher than “high”.")
            raise Wrong(said.format(key=in_entry(["bands", number, "low"])))
        numbers = set(range(band.low, band.high + 1))
        if numbers & taken:
            said = _("{key} crosses a band above it; each number was expected in one band at most.")
            raise Wrong(said.format(key=in_entry(["bands", number])))
        taken |= numbers
    kinds: set[str] = set()
    for number, prompt in enumerate(template.prompts):
        if prompt.kind in kinds:
            said = _("{key} is “{id}” a second time; a different one was expected for each.")
            raise Wrong(said.format(key=in_entry(["prompts", number, "kind"]), id=prompt.kind))
        kinds.add(prompt.kind)
        check_holes(["prompts", number, "text"], prompt.text, OPEN[prompt.kind])


def check_holes(at: Sequence[Step], text: str, known: Sequence[str]) -> None:
    """Whether a text leaves open only what is `known`. Raises Wrong."""
    said = _("{key} may leave open only {all}; other curly brackets were not expected.")
    if not known:
        said = _("{key} may leave nothing open: curly brackets were not expected.")
    sentence = said.format(key=in_entry(at), all=", ".join(f"{{{one}}}" for one in known))
    try:
        holes = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise Wrong(sentence) from None
    # A doubled bracket is one to Python and two to the page's script: neither is wanted.
    if "{{" in text or "}}" in text or any(hole[0] not in known or any(hole[1:]) for hole in holes):
        raise Wrong(sentence)
