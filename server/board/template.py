"""The wording of a meeting as a value: columns, phases, first scale, services, what people are told. Read from no file
here: the entry that opens a meeting holds it whole."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from .ask import Age, Chooses
from .ask import Column as ColumnId

# Meetings already opened hold templates of this shape: limits may be loosened but never tightened, fields added only
# with a default.
Label = Annotated[str, Meta(min_length=1, max_length=40)]
Line = Annotated[str, Meta(min_length=1, max_length=120)]
Sentence = Annotated[str, Meta(min_length=1, max_length=400)]
Gap = Annotated[str, Meta(max_length=60)]
TemplateId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}(?!\n)$")]
"""The short name of a phase, service or question: a small letter, then small letters, digits or hyphens, 40 at most."""
Minutes = Annotated[int, Meta(ge=0, le=240)]
SetSentences = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=8)]
Rung = Annotated[int, Meta(ge=0, le=10)]
Address = Annotated[str, Meta(min_length=9, max_length=300, pattern=r"^https://[^\s]+(?!\n)$")]
"""Where a link leads: https and nothing else."""
PhaseKind = Literal["open", "child", "column", "rate", "sets", "steps", "close"]
PromptKind = Literal["low", "unwritten", "thinner", "happened"]


class _Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plain text throughout: nothing in a template is ever read as HTML."""


class Wording(_Wording, frozen=True):
    """What this kind of meeting calls things: what has been hard (`past`), what could happen (`worry`), what has helped
    (`protective`), and its goal, scale and plan."""

    past: Label
    worry: Label
    protective: Label
    goal: Label
    scale: Label
    plan: Label


class Column(_Wording, frozen=True):
    """A column. `short` is its name on a narrow tab; `empty` is said while nothing stands in it."""

    id: ColumnId
    title: Line
    short: Label
    question: Line
    hint: Sentence
    empty: Sentence


class Phase(_Wording, frozen=True):
    """A step of the agenda. `minutes` guides, 0 says nothing; `kind` says what the board shows meanwhile ("sets" are
    worries and goals in words, "steps" the next steps); `column` is the one it is about where `kind` is "column";
    `guide` is one sentence for whoever runs the meeting."""

    id: TemplateId
    title: Line
    minutes: Minutes
    kind: PhaseKind
    guide: Sentence
    column: ColumnId | Literal[""] = ""


class FirstScale(_Wording, frozen=True):
    """The scale a meeting begins with: what it is `about`, and what 10 and 0 mean. `direction` "up": 10 is best;
    "down": a higher number means more worried."""

    title: Line
    about: Line
    ten: Sentence
    zero: Sentence
    direction: Literal["up", "down"]


class Service(_Wording, frozen=True):
    """A kind of service someone may work for. Never the name of a school or refuge."""

    id: TemplateId
    name: Label


class Question(_Wording, frozen=True):
    """A question after a reveal; answers become cards in `column`. In `text`, {n} stands for the number it is about,
    {lower} and {higher} for the ones beside it."""

    id: TemplateId
    text: Line
    column: ColumnId


class Told(_Wording, frozen=True):
    """What newcomers are told: what happens to what they write (`sentences`; `agencies` to those who work with the
    family also), and `safe`, lines on staying safe on this phone."""

    sentences: Annotated[tuple[Sentence, ...], Meta(min_length=1, max_length=8)]
    agencies: Sentence
    safe: Annotated[tuple[Sentence, ...], Meta(max_length=8)]


class Band(_Wording, frozen=True):
    """What the council says of numbers from `low` to `high`, counted so that 10 is best. For whoever runs the meeting,
    alone and after the reveal; it decides nothing."""

    low: Rung
    high: Rung
    text: Sentence


class Prompt(_Wording, frozen=True):
    """A quiet word for whoever runs the meeting. `kind` says when: a number is `low` against the bands ({band} in
    `text` is what they say), somebody has `unwritten` words ({name}), a column is far `thinner` than another
    ({column}, {other}), or it is not said what `happened` in a worry."""

    kind: PromptKind
    text: Sentence


class Link(_Wording, frozen=True):
    """Somewhere to read on: on the page before the meeting, after its end, or both."""

    title: Line
    url: Address
    when: Literal["before", "after", "both"] = "both"


class Expected(_Wording, frozen=True):
    """One part of the page that says what to expect, sent out before the meeting."""

    title: Line
    sentences: Annotated[tuple[Sentence, ...], Meta(min_length=1, max_length=8)]


class Plain(_Wording, frozen=True, omit_defaults=True):
    """Plain words for what services say to each other, offered to those who work with the family while they type one of
    `terms`. In `unless` the term is an ordinary word."""

    terms: Annotated[tuple[Label, ...], Meta(min_length=1, max_length=8)]
    plain: Line
    unless: Annotated[tuple[Label, ...], Meta(max_length=8)] = ()


class ChildColumn(_Wording, frozen=True):
    """A column as a child's own screen has it: a house with a name. `short` is its name on a narrow tab; `empty` is
    said while nothing stands in it."""

    id: ColumnId
    title: Line
    short: Label
    question: Line
    empty: Sentence


class ChildPlace(_Wording, frozen=True):
    """A step or face to choose from. `value` is the number it stands for, counted so that 10 is best."""

    value: Rung
    words: Label


class ChildWords(_Wording, frozen=True, omit_defaults=True):
    """What a child's own screen says at one `age`. Without `columns` it asks what everyone is asked. `chooses` is how a
    child of that age chooses a number where nobody has said; `places`, best first, are the steps or faces. `unsafe` and
    `goodbye` say what happens next, once they said that they are not safe, and once their part is done."""

    age: Age
    chooses: Chooses
    places: Annotated[tuple[ChildPlace, ...], Meta(min_length=2, max_length=11)]
    columns: Annotated[tuple[ChildColumn, ...], Meta(max_length=3)] = ()
    unsafe: Annotated[tuple[Sentence, ...], Meta(max_length=6)] = ()
    goodbye: Annotated[tuple[Sentence, ...], Meta(max_length=6)] = ()


class SetPart(_Wording, frozen=True):
    """One part of a worry and its goal: the question over its box, and what stands in the paragraph while it is empty.
    {child} stands for a child's name, {children} for all of their names."""

    label: Line
    gap: Gap = ""


class SetWording(_Wording, frozen=True):
    """How a worry, its goal and its own scale are put into words. `worry` and `goal` are the sentences of the
    paragraph: {who}, {are}, {happened} and so on stand for the parts, {child} with {like} for each child in turn.
    `minutes` is what a round on one of them adds to a meeting."""

    worry_side: Line = "What we are worried about"
    goal_side: Line = "What we want to see"
    name: SetPart = SetPart("A short name for this worry")
    honour: SetPart = SetPart("What does the family already do? (only if you like)")
    who: SetPart = SetPart("Who is worried?", "(who?)")
    happened: SetPart = SetPart("What has happened, and when?", "(what has happened?)")
    could: SetPart = SetPart("What could happen if nothing changes?", "(what could happen?)")
    like: SetPart = SetPart("What would it be like for {child}?", "(what would it be like?)")
    doing: SetPart = SetPart("What will people be doing?", "(what will people be doing?)")
    notice: SetPart = SetPart("What will {children} notice?", "(what will {children} notice?)")
    long: SetPart = SetPart("For how long?", "(how long?)")
    family: SetPart = SetPart("The family’s own goal, in their words")
    worry: SetSentences = (
        "{honour}.",
        "{who} {are} worried because {happened}.",
        "If nothing changes, {could}.",
        "For {child}: {like}.",
    )
    goal: SetSentences = ("{doing}.", "{notice}.", "We need to see this for {long}.")
    joined: Label = "and"
    one_is: Label = "is"
    many_are: Label = "are"
    the_children: Label = "the children"
    ten: Line = "This goal is fully happening, and has been long enough to trust."
    zero: Line = "Nothing has changed and the worry is happening now."
    minutes: Minutes = 4


SETS: Final = SetWording()
"""The wording of sets where a template has none of its own."""


FormHolds = Literal[
    "people",
    "voices",
    "well",
    "worried",
    "needs",
    "harm",
    "worry",
    "harder",
    "strength",
    "safety",
    "sets",
    "goals",
    "numbers",
    "unknowns",
    "decisions",
    "steps",
    "thoughts",
    "next",
]


class FormPart(_Wording, frozen=True):
    """A heading of the form that the record is typed into elsewhere, and what of the record goes under it: `holds`
    names columns, tags of cards, or parts of the record."""

    heading: Line
    holds: Annotated[tuple[FormHolds, ...], Meta(min_length=1, max_length=18)]


class Template(_Wording, frozen=True, omit_defaults=True):
    """The whole wording of a meeting. `columns` and `phases` come in the order they are shown; `roles` names
    each role; `decisions` gives them a place under the next steps; `form` is that of the council's own records. What is
    left out is as older meetings have it."""

    name: TemplateId
    title: Line
    wording: Wording
    columns: Annotated[tuple[Column, ...], Meta(min_length=1, max_length=3)]
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=20)]
    scale: FirstScale
    services: Annotated[tuple[Service, ...], Meta(min_length=1, max_length=40)]
    roles: dict[str, Label]
    ground_rules: Annotated[tuple[Sentence, ...], Meta(max_length=20)]
    questions: Annotated[tuple[Question, ...], Meta(max_length=12)]
    told: Told
    bands: Annotated[tuple[Band, ...], Meta(max_length=11)] = ()
    prompts: Annotated[tuple[Prompt, ...], Meta(max_length=12)] = ()
    links: Annotated[tuple[Link, ...], Meta(max_length=12)] = ()
    expect: Annotated[tuple[Expected, ...], Meta(max_length=12)] = ()
    decisions: bool = False
    plain: Annotated[tuple[Plain, ...], Meta(max_length=400)] = ()
    sets: SetWording = SETS
    children: Annotated[tuple[ChildWords, ...], Meta(max_length=3)] = ()
    form: Annotated[tuple[FormPart, ...], Meta(max_length=40)] = ()
