"""Every sentence a person can read, in their language, chosen once for each request. English stands in the code;
translations are `.po` files in `locales`."""

from __future__ import annotations

import gettext as standard
import io
import json
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

LOCALES: Final = Path(__file__).resolve().parent / "locales"
ENGLISH: Final = "en"
CHOSEN: Final = "sb-lang"
"""The cookie that holds the language chosen on this device. It says nothing else, and quick exit takes it."""
SHOWN_BY_SCRIPTS: Final = ("static/", "server/board/refusal.py", "server/protocol.py")
"""Where the sentences stand that the page's scripts show: their own, and those that come over the wire in English."""
ENOUGH: Final = range(201)
"""Numbers that between them show every plural form of every language."""


class Language:
    """One language: its own name, its `tag` for HTML, the way it is written, its sentences, and `json`, those that
    scripts show: `{"lang", "words": {sentence: translation}, "forms": {sentence: {plural category: translation}}}`."""

    def __init__(self, code: str, catalogue: Catalog | None = None) -> None:
        locale = Locale.parse(code)
        self.code = code
        self.tag = code.replace("_", "-")
        name = locale.get_display_name(code) or code
        self.name = name[:1].upper() + name[1:]
        self.dir = locale.text_direction
        self.translations = standard.NullTranslations()
        words: dict[str, str] = {}
        forms: dict[str, dict[str, str]] = {}
        if catalogue is not None:
            packed = io.BytesIO()
            write_mo(packed, catalogue)
            packed.seek(0)
            self.translations = standard.GNUTranslations(packed)
            for message in catalogue:
                if not any(file.startswith(SHOWN_BY_SCRIPTS) for file, _line in message.locations):
                    continue
                if isinstance(message.id, str):
                    words[message.id] = self.translations.gettext(message.id)
                else:
                    one, many = message.id[0], message.id[1]
                    said = {locale.plural_form(n): self.translations.ngettext(one, many, n) for n in ENOUGH}
                    forms[one] = said
        text = json.dumps({"lang": self.tag, "words": words, "forms": forms}, ensure_ascii=False)
        # It stands inside a script element, which only a "<" could end.
        self.json = Markup(text.replace("<", "\\u003c"))  # noqa: S704


_spoken: ContextVar[Language | None] = ContextVar("language", default=None)


@cache
def languages() -> dict[str, Language]:
    """Every language there is a catalogue for, and English."""
    found = {ENGLISH: Language(ENGLISH)}
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = Language(path.stem, read_po(file, locale=path.stem))
    return found


def spoken() -> Language:
    """The language of this request."""
    return _spoken.get() or languages()[ENGLISH]


def speak(accepted: str, chosen: str = "") -> Language:
    """For the rest of this request speak the language `chosen` on this device or, without one, the best of those its
    browser accepts (its Accept-Language)."""
    if chosen in languages():
        accepted = chosen
    wanted = [part.partition(";")[0].strip().replace("-", "_") for part in accepted[:200].split(",")]
    best = negotiate_locale([one for one in wanted if one], list(languages()))
    language = languages()[best or ENGLISH]
    _spoken.set(language)
    return language


def gettext(text: str) -> str:
    """The sentence in the language of this request."""
    return spoken().translations.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence that goes with a number, in the language of this request."""
    return spoken().translations.ngettext(one, many, n)
