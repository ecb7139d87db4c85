"""The commands for what leaves a meeting, as somebody types them: `record`, `person`, and `new --from`."""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.__main__ import main
from tests.test_cli import Shell


class Terminal(Shell):
    """A terminal, beside a server that runs or without one, and a meeting in which Dana and Jo said something. Its
    commands run in this process: a new one for each would take a minute."""

    def __call__(self, *words: str, status: int = 0) -> tuple[str, str]:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _stream in range(2))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in [name for name in os.environ if name.startswith("SIGNBOARD_")]:
                patch.delenv(name)
            for name, value in self.env.items():
                patch.setenv(name, value)
            try:
                code = main(words)
            except SystemExit as stopped:
                code = int(stopped.code or 0)
        said = [stream.buffer.getvalue().decode() for stream in (out, err)]
        assert code == status, said
        return said[0], said[1]

    room = ""

    def told(self, *words: str, status: int = 0) -> str:
        """What a command says: nothing on the other of its outputs."""
        out, err = self(*words, status=status)
        assert (err if status == 0 else out) == ""
        said = err if status else out
        assert "Traceback" not in said
        return said

    def record(self, *words: str, status: int = 0) -> str:
        return self.told("record", self.room, *words, status=status)


def talk(address: str, links: dict[str, str]) -> None:
    """Helen lets Dana and Jo in, and both say something."""

    def browser() -> httpx2.Client:
        return httpx2.Client(base_url=address, headers={"Origin": address}, verify=False)

    def asks(who: httpx2.Client, ref: int, tag: str, **fields: Any) -> None:
        answer = who.post(f"/m/{links['room']}/live?device=device01", json={"ask": tag, "ref": ref, **fields})
        assert answer.json()["is"] == "done", answer.text

    with browser() as helen, browser() as dana, browser() as jo:
        assert helen.post("/in", json={"key": links["facilitator"].partition("#")[2]}).status_code == 200
        asks(helen, 1, "meeting.door", admit="all")
        for ref, (who, name, role) in enumerate(((dana, "Dana", "family"), (jo, "Jo", "agency")), 2):
            assert who.post(f"/join/{links['code']}", data={"name": name, "role": role}).status_code == 303
            asks(who, ref, "card.add", id=f"card0000{ref}", column="worried", text=f"{name} said this")
        asks(jo, 9, "step.add", id="step00001", what="Jo rings the school")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A meeting that was held on a server which has stopped since."""
    folder = tmp_path_factory.mktemp("terminal")
    shell = Terminal(folder)
    with shell.serving():
        address = json.loads((shell.data / "server.json").read_text())["address"]
        links = json.loads(shell("new", "--title", "Tuesday", "--name", "Helen", "--json")[0])
        shell.room = links["room"]
        talk(address, links)
    return shell


@pytest.fixture(params=["beside a server", "without one"], scope="module")
def shell(request: pytest.FixtureRequest, held: Terminal) -> Iterator[Terminal]:
    if request.param == "without one":
        yield held
        return
    with held.serving():
        yield held


def test_the_record_is_printed_or_written_into_a_file_for_its_owner_alone(shell: Terminal, tmp_path: Path) -> None:
    said = json.loads(shell.record("--format", "json"))
    assert [one["name"] for one in said["people"]] == ["Helen", "Dana", "Jo"]
    assert said["copy"] == "whole"
    file = tmp_path / "record.html"
    assert shell.record("-o", str(file)) == f"The record is in {file}.\n"
    assert "Dana said this" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["record.html"]


@pytest.mark.parametrize(
    ("words", "copy", "holds", "not_"),
    [
        (("--family",), "family", "Jo rings the school", "said this"),
        (("--plan",), "plan", "Jo rings the school", "said this"),
        (("--family", "--for", "Dana"), "family", "Jo rings the school", "said this"),
    ],
)
def test_a_copy_is_asked_for_by_what_it_is_and_for_whom(
    held: Terminal, words: tuple[str, ...], copy: str, holds: str, not_: str
) -> None:
    text = held.record(*words, "--format", "json")
    assert json.loads(text)["copy"] == copy
    assert holds in text and not_ not in text


def test_a_copy_for_one_person_is_all_they_may_see(held: Terminal) -> None:
    text = held.record("--for", "dana", "--format", "json")
    assert json.loads(text)["copy"] == "copy"
    assert "Dana said this" in text


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "html", "json"])
def test_every_form_comes_out_as_a_file(held: Terminal, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"record.{form}"
    held.record("--format", form, "-o", str(file))
    starts = {"docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbfpart", "html": b"<!doctype html>", "json": b"{"}
    assert file.read_bytes().lstrip().startswith(starts[form])


def test_a_file_is_replaced_whole_or_stays_as_it_was(held: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text("from last time")
    file.chmod(0o644)
    _out, err = held("record", "nosuchroom0", "--format", "json", "-o", str(file), status=1)
    assert err == "There is no meeting with this id, or it was erased.\n"
    assert file.read_text() == "from last time"
    held.record("--format", "json", "-o", str(file))
    assert json.loads(file.read_text())["record"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("--for", "Rhys"), 1, "There is nobody of that name or id in this meeting."),
        (("-o", "nowhere/at/all.html"), 1, "This did not work: No such file or directory"),
        (("--then-erase",), 2, "Please say with -o where the record goes"),
        (("--format", "odt"), 2, "invalid choice"),
        (("--family", "--plan"), 2, "not allowed with argument"),
    ],
)
def test_what_does_not_work_is_said_in_a_sentence(
    held: Terminal, words: tuple[str, ...], status: int, says: str
) -> None:
    assert says in held.record(*words, status=status)


def test_a_meeting_is_erased_only_once_its_record_is_on_the_disk(tmp_path: Path) -> None:
    """Typed into a terminal of its own."""
    shell = Shell(tmp_path)
    room, file = json.loads(shell("new", "--title", "Wednesday", "--json")[0])["room"], tmp_path / "record.html"
    shell("record", room, "-o", str(tmp_path / "nowhere" / "record.html"), "--then-erase", status=1)
    for copy in (("--plan",), ("--family",), ("--for", "Helen")):
        assert "Only the whole record" in shell("record", room, *copy, "-o", str(file), "--then-erase", status=2)[1]
    assert not file.exists()
    said, _err = shell("record", room, "-o", str(file), "--then-erase")
    assert said == f"The record is in {file}.\nThe meeting is erased: its words, its people and its key are gone.\n"
    assert "Wednesday" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "There is no meeting" in shell("record", room, status=1)[1]


def test_all_of_one_person_is_printed_or_written_into_a_file_for_its_owner_alone(
    shell: Terminal, tmp_path: Path
) -> None:
    said = json.loads(shell.told("person", shell.room, "Dana", "--export"))
    assert [one["words"]["text"] for one in said["said"] if one["kind"] == "card.add"] == ["Dana said this"]
    assert "Jo said this" not in json.dumps(said)
    file = tmp_path / "dana.json"
    assert shell.told("person", shell.room, "dana", "--export", "-o", str(file)) == f"It is in {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["name"] == "Dana"


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("Rhys", "--export"), 1, "There is nobody of that name or id in this meeting."),
        (("Rhys", "--erase"), 1, "There is nobody of that name or id in this meeting."),
        (("Helen", "--erase"), 1, "Whoever runs the meeting cannot be taken out of it."),
        (("Dana",), 2, "one of the arguments --export --erase is required"),
        (("Dana", "--export", "--erase"), 2, "not allowed with argument"),
    ],
)
def test_what_cannot_be_done_for_a_person_is_said_in_a_sentence(
    held: Terminal, words: tuple[str, ...], status: int, says: str
) -> None:
    assert says in held.told("person", held.room, *words, status=status)


def test_a_meeting_begins_from_the_record_of_the_last(shell: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    shell.record("--format", "json", "-o", str(file))
    links = json.loads(shell.told("new", "--title", "The next", "--from", str(file), "--json"))
    said = json.loads(shell.told("record", links["room"], "--format", "json"))
    assert [one["what"]["text"] for one in said["steps"]] == ["Jo rings the school"]
    assert said["steps"][0]["agreed"] == json.loads(file.read_text())["opened"]
    assert "said this" not in json.dumps(said)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This is not a record in JSON that this version can read."),
        (b"{}", "This is not a record in JSON that this version can read."),
        (b"\xff\xfe\x00", "This is not a record in JSON that this version can read."),
        (b"x" * (1024 * 1024 + 1), "This file is too long to be the record of a meeting."),
        (None, "This did not work: No such file or directory"),
    ],
)
def test_what_is_no_record_begins_no_meeting(shell: Terminal, tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "record.json"
    if content is not None:
        file.write_bytes(content)
    said = shell.told("new", "--title", "The next", "--from", str(file), status=1)
    assert says in said and len(said.splitlines()) == 1


def test_somebodys_copy_begins_no_meeting(held: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "family.json"
    held.record("--family", "--format", "json", "-o", str(file))
    said = held.told("new", "--title", "The next", "--from", str(file), status=1)
    assert said == "This is somebody’s copy. The next meeting begins from the whole record.\n"


def test_a_person_is_erased_for_good(held: Terminal) -> None:
    """The last thing here, for the others still read what Jo said."""
    assert "are gone" in held.told("person", held.room, "Jo", "--erase")
    said = held.record("--format", "json")
    assert "Jo" not in said and "Dana said this" in said
    assert "There is nobody" in held.told("person", held.room, "Jo", "--export", status=1)
