"""Plain words for what services say: the list that comes along, a council's own, and whom it reaches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from server import practice
from server.board.person import Role
from server.practice import BadTemplate
from tests.board.make import BY_ROLE
from tests.board.make import meeting as played
from tests.meeting import Meeting

# One term of each row of the list, as practitioners gave it: a row that is lost shows here.
TERMS = """
Absconded; ADHD; Advocate; Allegation; Assessment; At risk of; Attachment issues; Bail conditions; CAF; CAFCASS; CAMHS;
Care leaver; Care order; Care plan; Caseload; CCE; Challenging behaviour; Child arrangements order; Child in need;
Child protection plan; Complex needs; Contact; Contact centre; Core group; Corporate parent; Cuckooing; DA; Disclosed;
Disengaged; Disguised compliance; EDT; EHCP; Emotional abuse; Exclusion; Exploitation; Failed to protect;
Family group conference; FSW; Genogram; IDVA; IRO; ISO; Kinship; Lacks insight; LADO; Lead practitioner;
Looked after child; MACE; MARAC; MASH; MAPPA; MGM; Missed appointments; Multi-agency; NAI; NEET; Neglect; Non-compliant;
Non-molestation order; Outcomes; Parental responsibility; Parenting capacity; Peers; PEP; Permanence; Perpetrator;
Placement; PLO; Police protection; Presenting as; Protective factor; Regulate; Respite; RCPC; s20; s47 enquiry;
Safeguarding; SEN; SGO; Siblings; Significant harm; Stakeholders; Step down; Strategy meeting; Substance misuse; TAF;
Threshold; YOT
"""
ROWS = [term.strip() for term in TERMS.replace("\n", " ").split(";")]


@pytest.mark.parametrize("name", practice.SHIPPED)
def test_each_template_holds_the_whole_list_and_each_term_stands_in_one_row(name: str):
    plain = practice.load(None)[name].plain
    terms = [term.casefold() for one in plain for term in one.terms]
    assert len(ROWS) == len(set(ROWS)) == len(plain) == 88
    assert len(terms) == len(set(terms))
    for row in ROWS:
        assert sum(row in one.terms for one in plain) == 1, row


def test_plain_words_are_plainer_than_what_they_stand_for():
    for one in practice.load(None)["safety"].plain:
        said = one.plain.casefold().replace("/", " ").split()
        assert not {term.casefold() for term in one.terms} & set(said), one.terms
        assert not [word for word in one.plain.split() if len(word) > 1 and word.isupper()], one.plain


def test_a_councils_own_list_stands_in_place_of_ours_and_is_no_template(tmp_path: Path):
    (tmp_path / "plain.toml").write_text('[[plain]]\nterms = ["Widget"]\nplain = "a thing"\n', "utf-8")
    templates = practice.load(tmp_path)
    assert tuple(templates) == practice.SHIPPED
    assert [one.terms for one in templates["wellbeing"].plain] == [("Widget",)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[plain]]\nterms = ["Widget"]\n', "“plain” in entry 1 of “plain” is missing; it must be text in quotes, "),
        ('[[plain]]\nterms = []\nplain = "a thing"\n', "“terms” in entry 1 of “plain” must be a list with 1 to 8 "),
        (
            '[[plain]]\nterms = [" "]\nplain = "a"\n',
            "entry 1 of “terms” in entry 1 of “plain” holds only spaces",
        ),
        ("plain = 1\n", "“plain” must be a list with 0 to 400 entries."),
    ],
)
def test_what_is_wrong_with_a_councils_list_is_said_in_one_sentence(tmp_path: Path, content: str, said: str):
    (tmp_path / "plain.toml").write_text(content, "utf-8")
    with pytest.raises(BadTemplate) as caught:
        practice.load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'plain.toml'}: ")
    assert said in str(caught.value)


def test_the_list_travels_in_no_part_of_the_meeting():
    template = practice.load(None)["safety"]
    play = played()
    meeting = play.board.meeting
    assert meeting is not None
    play.board, _ = play.board.put(replace(meeting, template=template))
    for id in (*BY_ROLE.values(), "wall"):
        (seen,) = play.sees(id)["meeting"].values()
        assert "plain" not in seen["template"]
        assert "Disguised compliance" not in json.dumps(seen)


REFUSED: tuple[Role, ...] = ("family", "child", "supporter", "interpreter", "observer")


@pytest.mark.parametrize("role", REFUSED)
async def test_to_everyone_else_the_list_is_not_there(meeting: Meeting, role: Role):
    someone = await meeting.comes("Zohra", role)
    answer, nowhere = (
        await someone.get(f"{meeting.page}/plain.json"),
        await someone.get("/m/abcdefghabcdefgh/plain.json"),
    )
    assert (answer.status_code, answer.text) == (404, nowhere.text)


async def test_who_works_with_the_family_is_given_the_list(meeting: Meeting):
    jo = await meeting.comes("Jo", "agency")
    answer = await jo.get(f"{meeting.page}/plain.json")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert len(answer.json()["plain"]) == 88


async def test_whoever_waits_or_runs_the_meeting_is_not_given_it(meeting: Meeting):
    assert (await meeting.helen.get(f"{meeting.page}/plain.json")).status_code == 404
    jo = await meeting.knocks("Jo", "agency")
    assert (await jo.get(f"{meeting.page}/plain.json")).status_code == 404
    assert (await meeting.server.browser().get(f"{meeting.page}/plain.json")).status_code == 404
