"""Scripts and styles that travel together, joined when the server starts: on a slow line a request costs half a second.
The files stay modules that work by themselves; joining wraps each in a function and hands it what it imports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rjsmin import jsmin  # type: ignore[import-untyped]

BOARD: Final = "js/board.js"
LATER: Final = "js/later.js"
SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {
    BOARD: (),
    LATER: (BOARD,),
    "js/agency.js": (BOARD, LATER),
    "js/child.js": (BOARD, LATER),
    "js/interpreter.js": (BOARD, LATER),
    "js/scribe.js": (BOARD, LATER),
    "js/desk.js": (BOARD, LATER, "js/scribe.js"),
    "js/wall.js": (),
}
"""Each script that is joined with all it imports, and the ones that are on its page before it: what those hold, it
takes from them."""
ALONE: Final = "js/exit.js"
"""Leads out of the page by itself, whatever else failed to load; so it is never part of anything."""
LOOK: Final = "js/look.js"
"""A plain script, there before anything is painted."""
STYLES: Final = ("css/page.css", "css/board.css", "css/child.css", "css/scribe.css", "css/desk.css", "css/wall.css")
"""Each is a list of imports, joined in that order."""

_IMPORT: Final = re.compile(r'^import (?:(\{[^}]*\}|\* as \w+) from )?"([^"]+)";$', re.MULTILINE)
_PASSED_ON: Final = re.compile(r'^export (\{[^}]*\}) from "([^"]+)";$', re.MULTILINE)
_LISTED: Final = re.compile(r"^export (\{[^}]*\});$", re.MULTILINE)
_DECLARED: Final = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_UNREAD: Final = re.compile(r"^(?:import|export|await)\b.*$", re.MULTILINE)
_SEVERAL: Final = re.compile(r"^export const \w+ = [^;\n(){}\[\]\"'`]*, \w+ =.*$", re.MULTILINE)
_STYLE: Final = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


class Unjoinable(Exception):
    """A file cannot be joined: it imports or exports in a way that is not read here, or belongs to two scripts of one
    page, which would then each have one of their own."""


def joined(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every joined file by its name, which is that of the file it begins with. Raises Unjoinable."""
    text = {name: content.decode() for name, content in files.items() if name.endswith((".js", ".css"))}
    scripts = {name: _closure(text, name) for name in SCRIPTS}
    done: dict[str, bytes] = {}
    for name, before in SCRIPTS.items():
        held = {module: other for other in before for module in scripts[other]}
        scripts[name] = [module for module in scripts[name] if module not in held]
        done[name] = _script(text, name, scripts[name], held).encode()
    for name in (ALONE, LOOK):
        done[name] = f"{jsmin(text[name])}\n".encode()
    for name in STYLES:
        done[name] = _STYLE.sub(lambda one, name=name: text[_beside(name, one[1])], text[name]).encode()  # type: ignore[misc]
    return done


def _script(text: Mapping[str, str], name: str, modules: list[str], held: Mapping[str, str]) -> str:
    taken = sorted({other for one in modules for other in _needs(text, one) if other in held})
    heads = []
    if any(ALONE in _needs(text, one) for one in modules):
        heads.append(f'import * as {_name(ALONE)} from "./{posixpath.basename(ALONE)}";\n')
    for other in SCRIPTS[name]:
        names = ", ".join(_name(one) for one in taken if held[one] == other)
        if names:
            heads.append(f'import {{ {names} }} from "./{posixpath.basename(other)}";\n')
    shared = ", ".join(_name(one) for one in modules)
    own = ", ".join(one[2] for one in _DECLARED.finditer(text[name]))
    tail = f"export {{ {shared} }};\nexport const {{ {own} }} = {_name(name)};\n"
    packed: str = jsmin("".join((*heads, *(_wrapped(text, one) for one in modules), tail)))
    return packed + "\n"


def _wrapped(text: Mapping[str, str], module: str) -> str:
    """The module as a function that gives what it exports. No module exports what changes later, so that is enough."""
    given: list[str] = []

    def taken(one: re.Match[str]) -> str:
        other = _name(_beside(module, one[2]))
        if one[1] is None:
            return ""
        if one[1].startswith("*"):
            return f"const {one[1].removeprefix('* as ')} = {other};"
        return f"const {one[1].replace(' as ', ': ')} = {other};"

    def passed_on(one: re.Match[str]) -> str:
        other = _name(_beside(module, one[2]))
        given.extend(f"{new}: {other}.{old}" for old, new in _pairs(one[1]))
        return ""

    def listed(one: re.Match[str]) -> str:
        given.extend(f"{new}: {old}" for old, new in _pairs(one[1]))
        return ""

    def declared(one: re.Match[str]) -> str:
        given.append(one[2])
        return f"{one[1]} {one[2]}"

    said = text[module]
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_IMPORT, taken),
        (_PASSED_ON, passed_on),
        (_LISTED, listed),
        (_DECLARED, declared),
    )
    for pattern, put in steps:
        said = pattern.sub(put, said)
    unread = _UNREAD.search(said) or _SEVERAL.search(text[module])
    if unread is not None:
        raise Unjoinable(f"{module}: {unread[0]}")
    for name in {one.rpartition(" ")[2] for one in given}:
        # What is not declared there stood inside some text.
        if len(re.findall(rf"^(?:async )?(?:function\*?|class|const|let) {re.escape(name)}\b", said, re.MULTILINE)) > 1:
            raise Unjoinable(f"{module}: {name} twice")
    return f"const {_name(module)} = (() => {{\n{said}\nreturn {{ {', '.join(given)} }};\n}})();\n"


def _closure(text: Mapping[str, str], first: str) -> list[str]:
    """A module and all it imports, each after what it needs itself."""
    order: dict[str, None] = {}
    under_way: set[str] = set()

    def visit(module: str) -> None:
        if module in under_way:
            raise Unjoinable(f"{module} imports what imports it")
        under_way.add(module)
        for other in _needs(text, module):
            if other not in order and other != ALONE:
                visit(other)
        order[module] = None

    visit(first)
    return list(order)


def _needs(text: Mapping[str, str], module: str) -> Iterator[str]:
    for pattern in (_IMPORT, _PASSED_ON):
        for one in pattern.finditer(text[module]):
            yield _beside(module, one[2])


def _pairs(names: str) -> Iterator[tuple[str, str]]:
    for one in names.strip("{} \n").split(","):
        old, _, new = one.strip().partition(" as ")
        if old:
            yield old, new or old


def _beside(module: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), path))


def _name(module: str) -> str:
    return "$" + re.sub(r"\W", "_", module.removeprefix("js/").removesuffix(".js"))
