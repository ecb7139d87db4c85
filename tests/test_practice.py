"""The templates: those that come along can be used as they are, and one that cannot says why in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server import practice
from server.board.people import ASKABLE
from server.board.setreads import plain, reads
from server.board.template import Template
from server.practice import BadTemplate

WALL_MOST = 75
"""So many letters of an end of a scale fit into three lines on the wall."""
SHIPPED = ("safety", "wellbeing", "stability")
SOURCE = (Path(practice.__file__).parent / "safety.toml").read_text("utf-8")
THE_LIBRARYS_OWN = re.compile(r"\$|`|Expected|Object|Invalid|array|object|str\b|int\b|regex|field|column \d|None|\{\}")


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str], str]:
    """Breaks one place of a good template and gives the sentence that is said about it."""

    def sentence(there: str, instead: str) -> str:
        assert there in SOURCE
        (tmp_path / "own.toml").write_text(SOURCE.replace(there, instead, 1), "utf-8")
        with pytest.raises(BadTemplate) as caught:
            practice.load(tmp_path)
        return str(caught.value)

    return sentence


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list() | tuple():
            for inner in value:
                yield from texts(inner)


def words_of(template: Template) -> list[str]:
    return list(texts(msgspec.to_builtins(template)))


def test_three_kinds_of_meeting_come_along_in_this_order():
    assert tuple(practice.load(None)) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_holds_a_whole_meeting_of_ninety_minutes(name: str):
    template = practice.load(None)[name]
    assert template.name == name
    assert [column.id for column in template.columns] == ["well", "worried", "needs"]
    assert [column.short for column in template.columns] == ["Well", "Worried", "Needed"]
    assert [column.question for column in template.columns] == [
        "What’s working well?",
        "What are we worried about?",
        "What needs to happen?",
    ]
    assert sum(phase.minutes for phase in template.phases) == 90
    assert [phase.column for phase in template.phases if phase.kind == "column"] == ["well", "worried", "needs"]
    assert [phase.id for phase in template.phases[:2]] == ["welcome", "child"], "the child's voice comes first"
    assert [phase.kind for phase in template.phases].count("rate") == 1
    assert template.phases[-1].kind == "close"
    assert template.scale.direction == "up"
    assert max(len(template.scale.ten), len(template.scale.zero)) <= WALL_MOST
    assert set(template.roles) >= ASKABLE | {"facilitator"}
    assert len(template.told.sentences) == 5


@pytest.mark.parametrize("name", SHIPPED)
def test_after_a_reveal_four_questions_lead_back_to_the_columns(name: str):
    asked = {one.text.format(n=4, lower=3, higher=5): one.column for one in practice.load(None)[name].questions}
    assert asked == {
        "What makes it a 4 and not a 3?": "well",
        "Has it ever been higher than 4? What was different then?": "well",
        "What would be happening at 5?": "needs",
        "What small step could you take?": "needs",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_the_words_are_our_own_and_plain(name: str):
    # The list of plain words names what is not plain.
    whole = practice.load(None)[name]
    said = "\n".join(words_of(msgspec.structs.replace(whole, plain=(), links=())))
    theirs = r"signs of|three houses|safety circles"
    assert not re.search(theirs, said, re.IGNORECASE), "somebody else's mark"
    jargon = (
        r"\b(case|client|user|submit|subject|sibling|placement|multi-agency|outcome|assessment|contact|LAC|CIN)s?\b"
    )
    assert not re.search(jargon, said, re.IGNORECASE)
    assert not re.search(r"[<>&]|https?:", said), "a template is plain text"
    assert not re.search(r"\w'\w", said), "a straight apostrophe"
    longest = max(len(sentence.split()) for text in said.splitlines() for sentence in re.split(r"[.?:!]", text))
    assert longest <= 26, "short sentences"


@pytest.mark.parametrize("name", SHIPPED)
def test_no_service_on_the_list_names_a_place(name: str):
    for service in practice.load(None)[name].services:
        inner = service.name.split(maxsplit=1)[1:]
        assert not any(re.search(r"\b[A-Z][a-z]", word) for word in inner), service.name


def test_the_wording_is_each_meetings_own():
    templates = practice.load(None)
    assert templates["safety"].wording.worry == "Danger statement"
    assert templates["wellbeing"].wording.plan == "Family plan"
    assert templates["stability"].wording.plan == "My plan"
    assert len({template.scale.ten for template in templates.values()}) == 3


def test_a_councils_own_come_after_ours_by_name(tmp_path: Path):
    for name in ("zebra", "apple"):
        (tmp_path / f"{name}.toml").write_text(SOURCE, "utf-8")
    (tmp_path / "notes.txt").write_text("not a template")
    (tmp_path / ".draft.toml").write_text("half written")
    templates = practice.load(tmp_path)
    assert tuple(templates) == (*SHIPPED, "apple", "zebra")
    assert templates["zebra"].name == "zebra"


def test_a_councils_own_may_stand_in_place_of_ours(tmp_path: Path):
    (tmp_path / "wellbeing.toml").write_text(SOURCE.replace("Safety: keeping a child safe", "Our way"), "utf-8")
    templates = practice.load(tmp_path)
    assert tuple(templates) == SHIPPED
    assert templates["wellbeing"].title == "Our way"
    assert templates["safety"].title == "Safety: keeping a child safe"


def test_a_council_may_have_fewer_columns_and_turn_the_scale_round(tmp_path: Path):
    start, rest = SOURCE.split('[[columns]]\nid = "needs"', 1)
    source = start + rest[rest.index("[[phases]]") :]
    needed = source.index('[[phases]]\nid = "needs"')
    source = source[:needed] + source[source.index('[[phases]]\nid = "rate"') :]
    source = source.replace('column = "needs"', 'column = "worried"').replace('direction = "up"', 'direction = "down"')
    (tmp_path / "own.toml").write_text(source, "utf-8")
    own = practice.load(tmp_path)["own"]
    assert [column.id for column in own.columns] == ["well", "worried"]
    assert own.scale.direction == "down"


LINE = SOURCE[: SOURCE.index("minutes = 8")].count("\n") + 1
FIELDS = ", ".join(field for field in Template.__struct_fields__ if field != "name")
BROKEN = {
    "a key nobody knows": ('title = "Safety', 'titel = "Safety', f"“titel” is not known; expected were {FIELDS}."),
    "a table nobody knows": ("[scale]", "[skale]", f"“skale” is not known; expected were {FIELDS}."),
    "a key nobody knows, inside": (
        'id = "gp"',
        'id = "gp"\nfoo = 1',
        "“foo” in entry 7 of “services” is not known; expected were id, name.",
    ),
    "a key that is missing": (
        'short = "Worried"\n',
        "",
        "“short” in entry 2 of “columns” is missing; it must be text in quotes, 1 to 40 characters.",
    ),
    "a table that is missing": (
        '[wording]\npast = "Harm"\nworry = "Danger statement"\nprotective = "Existing safety"\ngoal = "Safety goal"\n'
        'scale = "Safety scale"\nplan = "Safety plan"\n',
        "",
        "“wording” is missing; it must be a table with these keys: past, worry, protective, goal, scale, plan.",
    ),
    "a number for a text": (
        'short = "Well"',
        "short = 3",
        "“short” in entry 1 of “columns” must be text in quotes, 1 to 40 characters.",
    ),
    "a text too long": (
        '"Safety: keeping a child safe"',
        f'"{"x" * 121}"',
        "“title” must be text in quotes, 1 to 120 characters.",
    ),
    "an end of the scale too long for the wall": (
        'zero = "',
        f'zero = "{"x" * 120}',
        "“scale.zero” must be text in quotes, 1 to 120 characters.",
    ),
    "an end of the scale that is missing": (
        "ten = ",
        "# ten = ",
        "“scale.ten” is missing; it must be text in quotes, 1 to 120 characters.",
    ),
    "a text that is empty": (
        '"Existing safety"',
        '""',
        "“wording.protective” must be text in quotes, 1 to 40 characters.",
    ),
    "a text of spaces": ('"Existing safety"', '"  "', "“wording.protective” holds only spaces; words were expected."),
    "a text that cannot be shown": (
        '"One person speaks at a time."',
        '"One\\u0000"',
        "entry 1 of “ground_rules” holds a sign that cannot be shown; letters and ordinary signs were expected.",
    ),
    "a date for a text": (
        '"One person speaks at a time."',
        "2026-05-18",
        "entry 1 of “ground_rules” must be text in quotes, 1 to 400 characters.",
    ),
    "a text for a list": ("safe = []", 'safe = "be safe"', "“told.safe” must be a list with 0 to 8 entries."),
    "a list that is too long": (
        "safe = []",
        'safe = ["1", "2", "3", "4", "5", "6", "7", "8", "9"]',
        "“told.safe” must be a list with 0 to 8 entries.",
    ),
    "a list for a table": (
        "[wording]",
        "[[wording]]",
        "“wording” must be a table with these keys: past, worry, protective, goal, scale, plan.",
    ),
    "too many minutes": (
        "minutes = 8",
        "minutes = 241",
        "“minutes” in entry 1 of “phases” must be a whole number, 0 to 240.",
    ),
    "half a minute": (
        "minutes = 8",
        "minutes = 0.5",
        "“minutes” in entry 1 of “phases” must be a whole number, 0 to 240.",
    ),
    "a kind there is not": (
        'kind = "rate"',
        'kind = "vote"',
        "“kind” in entry 6 of “phases” must be one of: “child”, “close”, “column”, “open”, “rate”, “sets”, “steps”.",
    ),
    "a direction there is not": (
        'direction = "up"',
        'direction = "left"',
        "“scale.direction” must be one of: “down”, “up”.",
    ),
    "a column there is not": (
        'id = "well"\ntitle',
        'id = "good"\ntitle',
        "“id” in entry 1 of “columns” must be one of: “needs”, “well”, “worried”.",
    ),
    "a column twice": (
        'id = "worried"\ntitle',
        'id = "well"\ntitle',
        "“id” in entry 2 of “columns” is “well” a second time; a different one was expected for each.",
    ),
    "a phase twice": (
        'id = "steps"',
        'id = "child"',
        "“id” in entry 8 of “phases” is “child” a second time; a different one was expected for each.",
    ),
    "a service twice": (
        'id = "gp"',
        'id = "school"',
        "“id” in entry 7 of “services” is “school” a second time; a different one was expected for each.",
    ),
    "a question twice": (
        'id = "small-step"',
        'id = "one-higher"',
        "“id” in entry 4 of “questions” is “one-higher” a second time; a different one was expected for each.",
    ),
    "an id with spaces": (
        'id = "gp"',
        'id = "the GP"',
        "“id” in entry 7 of “services” must be a small letter, then small letters, digits or hyphens, 40 at most.",
    ),
    "a column phase without its column": (
        'column = "worried"\n',
        "",
        "“column” in entry 4 of “phases” must be one of the columns of this template: “well”, “worried”, “needs”.",
    ),
    "a column on another phase": (
        'kind = "rate"',
        'kind = "rate"\ncolumn = "well"',
        "“column” in entry 6 of “phases” must be left out, because “kind” is “rate” and not “column”.",
    ),
    "a band upside down": ("low = 3", "low = 4", "“low” in entry 2 of “bands” must be no higher than “high”."),
    "bands that cross": (
        "low = 3",
        "low = 2",
        "entry 2 of “bands” crosses a band above it; each number was expected in one band at most.",
    ),
    "a band off the scale": ("high = 2", "high = 11", "“high” in entry 1 of “bands” must be a whole number, 0 to 10."),
    "a prompt twice": (
        'kind = "happened"',
        'kind = "low"',
        "“kind” in entry 2 of “prompts” is “low” a second time; a different one was expected for each.",
    ),
    "a prompt of no kind": (
        'kind = "thinner"',
        'kind = "loud"',
        "“kind” in entry 3 of “prompts” must be one of: “happened”, “low”, “thinner”, “unwritten”.",
    ),
    "a prompt that would tell whose number it is": (
        "{band} It",
        "{name} {band} It",
        "“text” in entry 1 of “prompts” may leave open only {band}; other curly brackets were not expected.",
    ),
    "a prompt with a hole nothing fills": (
        "what people saw, and when.",
        "what people saw, and when, {name}.",
        "“text” in entry 2 of “prompts” may leave nothing open: curly brackets were not expected.",
    ),
    "a link that is not https": (
        "https://frg.org.uk/",
        "http://frg.org.uk/",
        "“url” in entry 1 of “links” must be an address that begins with https://, at most 300 characters.",
    ),
    "a link that runs a script": (
        "https://frg.org.uk/",
        "javascript:alert(1)",
        "“url” in entry 1 of “links” must be an address that begins with https://, at most 300 characters.",
    ),
    "a part of what to expect without a title": (
        '"On your phone"',
        '""',
        "“title” in entry 5 of “expect” must be text in quotes, 1 to 120 characters.",
    ),
    "a role nobody has": (
        "[roles]",
        '[roles]\nboss = "Boss"',
        "“roles.boss” is not known; expected were facilitator, scribe, family, child, supporter, advocate, "
        "interpreter, agency, observer.",
    ),
    "a role without a name": (
        'observer = "Observer"\n',
        "",
        "“roles.observer” is missing; it must be text in quotes, 1 to 40 characters.",
    ),
    "a role with an empty name": (
        'observer = "Observer"',
        'observer = ""',
        "“roles.observer” must be text in quotes, 1 to 40 characters.",
    ),
    "a name for the template": (
        'title = "Safety',
        'name = "other"\ntitle = "Safety',
        "“name” is not needed: a template is called what its file is called.",
    ),
    "a line that is no TOML": ("minutes = 8", "minutes 8", f"line {LINE} cannot be read; TOML was expected."),
    "a file that ends in the middle": (
        'away at once.",\n]',
        'away at once.",',
        "the file cannot be read to its end; TOML was expected.",
    ),
    "a number of five thousand digits": (
        "minutes = 8",
        f"minutes = {'9' * 5000}",
        "the file cannot be read to its end; TOML was expected.",
    ),
}


@pytest.mark.parametrize(("there", "instead", "said"), BROKEN.values(), ids=list(BROKEN))
def test_what_is_wrong_is_said_in_one_sentence(
    broken: Callable[[str, str], str], tmp_path: Path, there: str, instead: str, said: str
):
    sentence = broken(there, instead)
    assert sentence == f"{tmp_path / 'own.toml'}: {said}"
    assert not THE_LIBRARYS_OWN.search(said), "the library's own words"


@pytest.mark.parametrize(
    "hole", ["{below}", "{", "}", "{}", "{n!r}", "{n.real}", "{n:>9}", "{{n}}", "{0}", "{lower[0]}"]
)
def test_a_question_leaves_open_only_numbers_there_are(broken: Callable[[str, str], str], tmp_path: Path, hole: str):
    assert broken("{lower}", hole) == (
        f"{tmp_path / 'own.toml'}: “text” in entry 1 of “questions” may leave open only {{n}}, {{lower}}, {{higher}}; "
        "other curly brackets were not expected."
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("own.toml", b"title = '\xff'", "the file is not text in UTF-8, which was expected."),
        ("own.toml", b"#" * (256 * 1024 + 1), "the file is too long; at most 262144 bytes were expected."),
        ("own.toml", b"a = " + b"[" * 100_000, "the file is nested too deeply; plain TOML was expected."),
        ("own.toml", b"", "“title” is missing; it must be text in quotes, 1 to 120 characters."),
        (
            "Our Own.toml",
            SOURCE.encode(),
            "the file’s name before “.toml” must be a small letter, then small letters, digits or hyphens, 40 at most.",
        ),
    ],
    ids=["not text", "too long", "too deep", "empty", "a name with spaces"],
)
def test_a_file_that_is_no_template_says_so(tmp_path: Path, name: str, content: bytes, said: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadTemplate) as caught:
        practice.load(tmp_path)
    assert str(caught.value) == f"{tmp_path / name}: {said}"


def test_a_folder_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(
        BadTemplate, match=r"/none cannot be read: a folder of templates was expected in SIGNBOARD_PRACTICE\.$"
    ):
        practice.load(tmp_path / "none")


def test_a_folder_called_like_a_template_says_so(tmp_path: Path):
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(BadTemplate, match=r"own\.toml cannot be read: a file of text was expected\.$"):
        practice.load(tmp_path)


@pytest.mark.parametrize("hole", ["{nobody}", "{", "{}", "{like!r}", "{{like}}"])
def test_what_a_sentence_of_a_worry_cannot_fill_in_is_refused(
    broken: Callable[[str, str], str], tmp_path: Path, hole: str
) -> None:
    sentence = broken("{like}", hole)
    assert sentence.startswith(f"{tmp_path / 'own.toml'}: entry 4 of ")
    assert sentence.endswith("other curly brackets were not expected.")


@pytest.mark.parametrize("name", practice.load(None))
def test_a_worry_reads_as_a_sentence_in_every_template(name: str) -> None:
    said = reads(practice.load(None)[name].sets, {"who": "Tom\nDana", "happened": "she fell asleep"}, ("Kofi",))
    assert plain(said.worry).startswith("Tom and Dana are worried because she fell asleep. If this ")
    assert "{" not in plain(said.worry) + plain(said.goal)


OURS = Path(practice.__file__).with_name("children.toml").read_text("utf-8")


def test_childrens_screens_speak_plainly_at_three_ages_for_every_meeting():
    for template in practice.load(None).values():
        ages = {one.age: one for one in template.children}
        assert list(ages) == ["4-7", "8-11", "12+"]
        assert [one.chooses for one in ages.values()] == ["faces", "steps", "numbers"]
        assert [len(one.places) for one in ages.values()] == [5, 11, 11]
        assert all((one.places[0].value, one.places[-1].value) == (10, 0) for one in ages.values())
        assert not ages["12+"].columns, "they are asked what everyone is asked"
        assert {column.id for column in ages["4-7"].columns} == {column.id for column in template.columns}


def test_a_council_says_for_all_its_meetings_or_one_what_childrens_screens_say(tmp_path: Path):
    (tmp_path / "children.toml").write_text(OURS.replace("House of wishes", "House of dreams"), "utf-8")
    (tmp_path / "own.toml").write_text(SOURCE + OURS.replace("House of wishes", "House of hopes"), "utf-8")
    named = {name: one.children[0].columns[2].title for name, one in practice.load(tmp_path).items()}
    assert named == dict.fromkeys(practice.SHIPPED, "House of dreams") | {"own": "House of hopes"}


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ('age = "8-11"', 'age = "4-7"', "“age” in entry 2 of “children” is “4-7” a second time"),
        ("value = 7", "value = 10", "“value” in entry 2 of “places” in entry 1 of “children” must be lower"),
        (
            'id = "needs"',
            'id = "well"',
            "“id” in entry 3 of “columns” in entry 1 of “children” is “well”",
        ),
        ('chooses = "steps"', 'chooses = "ladders"', "“chooses” in entry 2 of “children” must be one of"),
        ("value = 3", "value = 11", "“value” in entry 4 of “places” in entry 1 of “children” must be a whole number"),
    ],
)
def test_what_is_wrong_with_words_for_children_is_said(tmp_path: Path, there: str, instead: str, said: str):
    (tmp_path / "children.toml").write_text(OURS.replace(there, instead, 1), "utf-8")
    with pytest.raises(practice.BadTemplate, match=re.escape(said)):
        practice.load(tmp_path)
