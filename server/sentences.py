"""Gathers every sentence of the code, the templates and the page's scripts into `locales/signboard.pot`, which
translations are made from. Run by whoever changes a sentence (`./run catalogue`); a server never needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from .catalogue import LOCALES

TOP: Final = Path(__file__).resolve().parent.parent
TEMPLATE: Final = LOCALES / "signboard.pot"
LINE: Final = 120

# The same reading of a template as render.py's, or a sentence over two lines would be another one there.
_JINJA: Final[dict[str, Any]] = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_PYTHON_WORDS: Final[Mapping[str, Any]] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_PAGE_WORDS: Final[Mapping[str, Any]] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_SCRIPT_WORDS: Final[Mapping[str, Any]] = {"t": (1,), "tn": (1, 2)}
PLACES: Final[Sequence[tuple[str, str, str, Mapping[str, Any], dict[str, Any]]]] = (
    ("server", "**.py", "python", _PYTHON_WORDS, {}),
    ("templates", "**.html", "jinja2.ext:babel_extract", _PAGE_WORDS, _JINJA),
    ("static", "**.js", "javascript", _SCRIPT_WORDS, {"parse_template_string": True, "jsx": False}),
)
"""Folder, its files, how they are read, what marks a sentence in them, and how exactly."""

HEAD: Final = """\
# Every sentence of Signboard that a person can read, as it stands in the code.
# Made by ./run catalogue; what is written here by hand is lost.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Without a date or a line number: the file changes when a sentence does."""


def sentences(top: Path = TOP) -> Catalog:
    """Every sentence there is, in order, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for sentence, file in sorted(_all(top)):
        found.add(sentence if len(sentence) > 1 else sentence[0], locations=[(file, 0)])
    return found


def _all(top: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each sentence, with its plural where it has one, and its file."""
    for folder, files, method, words, options in PLACES:
        for name, _line, said, *_ in extract_from_dir(top / folder, [(files, method)], {files: options}, words):
            yield (said if isinstance(said, tuple) else (said,)), f"{folder}/{Path(name).as_posix()}"


def write(top: Path = TOP, template: Path = TEMPLATE) -> None:
    """Write the template anew, and bring every translation beside it up to date: new sentences stand there empty, and
    one that has gone is forgotten. Nothing is guessed from a sentence that is only alike."""
    found = sentences(top)
    _write(template, found, HEAD)
    for path in sorted(template.parent.glob("*.po")):
        with path.open("rb") as file:
            known = read_po(file, locale=path.stem)
        known.update(found, no_fuzzy_matching=True, update_creation_date=False)
        _write(path, known)


def _write(path: Path, catalogue: Catalog, head: str = "") -> None:
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalogue, width=LINE, omit_header=bool(head), include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    write()
    sys.exit()
