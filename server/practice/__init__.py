"""The templates meetings are started from: wording as data, ours and a council's own. An opened meeting holds its
template whole, so nothing here is read for it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from ..board.template import Template
from ..catalogue import gettext as _
from .reading import BadTemplate, read, read_children, read_form, read_plain

__all__ = ["BadTemplate", "load"]

SHIPPED: Final = ("safety", "wellbeing", "stability")
PLAIN: Final = "plain.toml"
"""One list of plain words for all templates that have none of their own."""
CHILDREN: Final = "children.toml"
"""What children's own screens say, for all templates that do not say it themselves."""
FORM: Final = "form.toml"
"""The headings of the form that records are typed into elsewhere, for all templates that have none of their own."""


def load(folder: Path | None) -> Mapping[str, Template]:
    """Every template by name: those that come along, then a council's own from `folder`, which may also replace one of
    ours by its name. Files plain.toml, children.toml and form.toml there stand in place of our plain words, of
    what our screens for children say, and of our headings for records. Raises BadTemplate."""
    here = Path(__file__).parent
    plain = read_plain(_first(folder, here, PLAIN))
    children = read_children(_first(folder, here, CHILDREN))
    form = read_form(_first(folder, here, FORM))
    paths = {name: here / f"{name}.toml" for name in SHIPPED}
    if folder is not None:
        paths |= {path.stem: path for path in _own(folder)}
    templates = {name: read(path) for name, path in paths.items()}
    return {
        name: replace(one, plain=one.plain or plain, children=one.children or children, form=one.form or form)
        for name, one in templates.items()
    }


def _own(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError:
        said = _("The folder {folder} cannot be read: a folder of templates was expected in SIGNBOARD_PRACTICE.")
        raise BadTemplate(said.format(folder=folder)) from None
    return [path for path in files if path.name not in {PLAIN, CHILDREN, FORM}]


def _first(folder: Path | None, here: Path, name: str) -> Path:
    """A council's own list of this name, or ours."""
    own = folder / name if folder is not None else None
    return own if own is not None and own.exists() else here / name
