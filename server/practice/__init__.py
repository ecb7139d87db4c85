"""The templates meetings are started from: wording as data, ours and a council's own. An opened meeting holds its
template whole, so nothing here is read for it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..board.template import Template
from ..catalogue import gettext as _
from .reading import BadTemplate, read

__all__ = ["BadTemplate", "load"]

SHIPPED: Final = ("safety", "wellbeing", "stability")


def load(folder: Path | None) -> Mapping[str, Template]:
    """Every template by name: those that come along, then a council's own from `folder`, which may also replace one of
    ours by its name. Raises BadTemplate."""
    here = Path(__file__).parent
    paths = {name: here / f"{name}.toml" for name in SHIPPED}
    if folder is not None:
        paths |= {path.stem: path for path in _own(folder)}
    return {name: read(path) for name, path in paths.items()}


def _own(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError:
        said = _("The folder {folder} cannot be read: a folder of templates was expected in SIGNBOARD_PRACTICE.")
        raise BadTemplate(said.format(folder=folder)) from None
