"""Finds sentences that stand where no translation can reach them. It reads sources and judges no words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel.messages.jslexer import Token, tokenize
from jinja2 import Environment

WORDS = {"_", "N_", "gettext", "ngettext"}
SCRIPT_WORDS = {"t", "tn"}
READ_OUT = {"aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "placeholder", "title"}
SHOWN = {"textContent", "innerText", "ariaLabel", "ariaDescription", "title", "placeholder", "alt"}
AN_EXPRESSION = "\0"
SIGNS = {"Aa", "Alt+H"}
"""Shown as a picture or a key would be, with a name of its own beside it."""
SILENT = {"script", "style", "kbd"}
IN_A_TAG = {"body_attrs", "main_attrs", "main_class", "scene_of", "written"}
"""Blocks and macros that fill a tag and show nothing."""

_SENTENCE = re.compile(r"[A-Z“][\w’']*[,:;]? +[\w“(’]")


def is_text(shown: str) -> bool:
    """Whether there are words in it that are nobody's data."""
    return shown.strip() not in SIGNS and any(sign.isalpha() for sign in shown)


def is_sentence(text: str) -> bool:
    """Whether it begins as a sentence does: no selector, class or address looks like that."""
    return bool(_SENTENCE.match(text))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in SILENT
        self.found += [value for name, value in attrs if name in READ_OUT and value and is_text(value)]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if is_text(data) and not self._silent:
            self.found.append(data.strip())


def in_template(source: str) -> list[str]:
    """What a template shows that is not in the catalogue: text and read-out attributes as they stand, and sentences in
    its expressions."""
    html, found, open_calls, before, block = "", [], [""], "", ""
    for _line, kind, text in Environment().lex(source):
        if before in {"block", "macro", "endblock", "endmacro"} and kind != "whitespace":
            block = "" if before.startswith("end") else text
        if kind == "data":
            html += text if block not in IN_A_TAG else ""
        elif kind == "variable_begin":
            html += AN_EXPRESSION
        elif kind == "operator" and text == "(":
            open_calls.append(before)
        elif kind == "operator" and text == ")":
            open_calls.pop()
        elif kind == "string" and is_sentence(text[1:-1]) and open_calls[-1] not in WORDS:
            found.append(text)
        before = before if kind == "whitespace" else text
    page = _Page()
    page.feed(re.sub(f"(</?){AN_EXPRESSION}", r"\1x", html))
    page.close()
    return page.found + found


def _tokens(source: str) -> list[Token]:
    return [token for token in tokenize(source, jsx=False, dotted=False) if "comment" not in token.type]


def _plain(token: Token) -> str:
    """What a string says as it stands, without what is filled into it."""
    inner = token.value[1:-1]
    return re.sub(r"\$\{.*?\}", "", inner) if token.type == "template_string" else inner


def in_script(source: str) -> list[str]:
    """Sentences of a script that are not said through `t` or `tn`, but those of its own errors, and any word it shows
    by itself."""
    tokens = _tokens(source)
    found, open_calls = [], [""]
    for place, token in enumerate(tokens):
        if token.value == "(":
            open_calls.append(tokens[place - 1].value)
        elif token.value == ")":
            open_calls.pop()
        elif token.type in {"string", "template_string"} and open_calls[-1] not in SCRIPT_WORDS:
            said = _plain(token)
            before = [one.value for one in tokens[max(0, place - 3) : place]]
            error = open_calls[-1].endswith("Error")
            if (is_sentence(said) and not error) or (is_text(said) and _is_shown(before)):
                found.append(token.value)
    return found


def _is_shown(before: list[str]) -> bool:
    match before:
        case [".", name, "="]:
            return name in SHOWN
        case ["(", name, ","]:
            return name[1:-1] in READ_OUT
    return False


def made_up_in_script(source: str) -> list[str]:
    """Calls of `t` and `tn` whose sentence no reading can find: put together, or filled in before it is translated."""
    tokens = _tokens(source)
    found = []
    for place, token in enumerate(tokens[:-3]):
        called = (
            token.value in SCRIPT_WORDS and tokens[place + 1].value == "(" and tokens[place - 1].value != "function"
        )
        if not called or tokens[place - 1].value == ".":
            continue
        first, then = tokens[place + 2], tokens[place + 3].value
        written = first.type == "string" and then in {",", ")"}
        # A name, or one between brackets with its type in front.
        passed_on = then in {".", "[", ")", ","} if first.type == "name" else first.value == "(" and then.isidentifier()
        if not written and not passed_on:
            found.append(f"{token.value}({first.value}{then}")
    return found


def made_up_in_python(source: str) -> Iterator[str]:
    """The same of Python: what is marked is written out, or is a name for something marked elsewhere."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS:
            for said in node.args[: 2 if node.func.id == "ngettext" else 1]:
                written = isinstance(said, ast.Constant) and isinstance(said.value, str)
                if not written and not isinstance(said, ast.Name | ast.Attribute | ast.Subscript):
                    yield ast.unparse(node)
