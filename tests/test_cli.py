"""The command line, as somebody types it: real processes, real signals, one sentence for everything that goes wrong."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.storage import RedisServer, Storage

LINKS = ["room", "code", "facilitator", "join", "wall"]
STOPS_WITHIN_S = 10.0


class Shell:
    """A terminal in which Signboard's settings are set."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.data = folder / "data"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")}
        self.env = {**kept, "SIGNBOARD_DATA": str(self.data), "SIGNBOARD_KEY_FILE": str(folder / "key"), **more}

    def __call__(self, *words: str, status: int = 0) -> tuple[str, str]:
        """Run a command to its end. Returns what it said on stdout and stderr."""
        done = subprocess.run(
            [sys.executable, "-m", "server", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout, done.stderr

    @contextmanager
    def serving(self, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
        """A server that runs, and what it said when it started."""
        command = [sys.executable, "-m", "server", "serve", "--port", "0", *words]
        with subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                said = [process.stdout.readline().strip()]
                while not (self.data / "server.json").exists():
                    assert process.poll() is None, "the server ended before it listened"
                    time.sleep(0.01)
                yield process, said
            finally:
                if process.poll() is None:
                    process.terminate()
                process.communicate(timeout=STOPS_WITHIN_S)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_meeting_is_made_without_any_server_and_the_last_line_is_its_links(shell: Shell) -> None:
    said, _ = shell("new", "--template", "safety", "--title", "Tuesday afternoon", "--json")
    links = json.loads(said.splitlines()[-1])
    assert list(links) == LINKS
    assert links["join"] == f"http://127.0.0.1:8000/join/{links['code']}"
    assert links["facilitator"].startswith(f"http://127.0.0.1:8000/in#{links['room']}.")


def test_links_begin_with_the_public_address(tmp_path: Path) -> None:
    said, _ = Shell(tmp_path, SIGNBOARD_URL="https://board.example.org")("new", "--title", "T", "--json")
    assert json.loads(said)["wall"].startswith("https://board.example.org/in#")


def test_for_people_it_prints_sentences_and_how_to_let_phones_in(shell: Shell) -> None:
    said, _ = shell("new", "--title", "Tuesday afternoon")
    assert "/in#" in said
    assert "--host 0.0.0.0" in said


def test_while_a_server_runs_commands_go_through_it(shell: Shell) -> None:
    with shell.serving():
        address = json.loads((shell.data / "server.json").read_text())["address"]
        said, _ = shell("new", "--title", "Tuesday afternoon", "--json")
        links = json.loads(said)
        assert links["join"] == f"{address}/join/{links['code']}"
        key = links["facilitator"].partition("#")[2]
        opened = Request(
            f"{address}/in",
            json.dumps({"key": key}).encode(),
            {"Origin": address, "Content-Type": "application/json"},
        )
        with urlopen(opened) as answer:
            assert json.load(answer) == {"room": links["room"], "role": "facilitator"}
        whole = r"The chain of all 4 entries is whole\.\nIts head is [0-9a-f]{64}\.\n"
        assert re.fullmatch(whole, shell("verify", links["room"])[0])
        shell("erase", links["room"])
        assert "no meeting" in shell("verify", links["room"], status=1)[1]
        assert "There is no template “x”." in shell("new", "--title", "T", "--template", "x", status=1)[1]
        assert "runs, and its storage answers." in shell("check")[0]


def test_a_running_server_with_a_public_address_takes_orders_too(tmp_path: Path) -> None:
    shell = Shell(tmp_path, SIGNBOARD_URL="https://board.example.org")
    with shell.serving():
        assert json.loads(shell("new", "--title", "T", "--json")[0])["join"].startswith(
            "https://board.example.org/join/"
        )


def test_one_folder_has_one_server(shell: Shell) -> None:
    with shell.serving():
        _, said = shell("serve", "--port", "0", status=1)
    assert said.startswith(f"Another server holds the data folder {shell.data}.")
    assert "Traceback" not in said


def test_it_says_where_it_is_how_to_start_and_how_to_let_phones_in(shell: Shell) -> None:
    with shell.serving() as (process, said):
        assert process.stdout is not None
        said += [process.stdout.readline().strip(), process.stdout.readline().strip()]
        known = json.loads((shell.data / "server.json").read_text())
        assert said[0] == f"Signboard is at {known['address']}"
        key = (shell.data / "staff.key").read_text().strip()
        assert said[1] == f"Start meetings with this link: {known['address']}/staff#{key}"
        assert said[2].startswith("Phones cannot reach this address.")
        for name in ("server.json", "staff.key"):
            assert stat.S_IMODE((shell.data / name).stat().st_mode) == 0o600
        assert stat.S_IMODE(shell.data.stat().st_mode) == 0o700
    assert not (shell.data / "server.json").exists()


def test_a_key_that_is_set_is_never_printed(tmp_path: Path) -> None:
    with Shell(tmp_path, SIGNBOARD_STAFF_KEY="a-key-of-the-council").serving() as (process, said):
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=STOPS_WITHIN_S)
    assert "a-key-of-the-council" not in "".join((*said, out, err))
    assert not (tmp_path / "data" / "staff.key").exists()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_soon_and_cleanly_when_told(shell: Shell, told: signal.Signals) -> None:
    with shell.serving() as (process, _):
        process.send_signal(told)
        began = time.monotonic()
        _, err = process.communicate(timeout=STOPS_WITHIN_S)
        assert time.monotonic() - began < STOPS_WITHIN_S
        assert process.returncode == 0
        assert err == ""
    assert not (shell.data / "server.json").exists()
    shell("check")


def test_after_a_power_cut_the_folder_is_free_again(shell: Shell) -> None:
    with shell.serving() as (process, _):
        process.kill()
        process.communicate()
    assert (shell.data / "server.json").exists()
    shell("new", "--title", "Tuesday afternoon")
    assert "Meetings are kept in" in shell("check")[0]


def test_checking_says_one_sentence_for_each_thing(shell: Shell) -> None:
    said, _ = shell("check")
    lines = said.splitlines()
    assert len(lines) == 5
    assert all(line.endswith(".") for line in lines)


@pytest.fixture
def kept(storage: Storage, tmp_path: Path) -> Shell:
    """A terminal on storage of each kind in turn, with a meeting made in it."""
    shell = Shell(tmp_path, **({"SIGNBOARD_REDIS": storage.server.url} if storage.kind == "redis" else {}))
    shell("new", "--title", "Tuesday afternoon")
    return shell


def test_checking_opens_what_is_stored_with_the_key(kept: Shell, tmp_path: Path) -> None:
    assert f"The key file {tmp_path / 'key'} opens the meetings that are stored." in kept("check")[0]
    (tmp_path / "key").rename(tmp_path / "elsewhere")
    kept.env["SIGNBOARD_KEY_FILE"] = str(tmp_path / "elsewhere")
    kept("check")


@pytest.mark.parametrize("lost", [True, False])
def test_a_key_that_was_lost_or_is_another_ones_stops_everything_with_one_sentence(tmp_path: Path, lost: bool) -> None:
    kept = Shell(tmp_path)
    kept("new", "--title", "Tuesday afternoon")
    key = tmp_path / "key"
    if lost:
        key.unlink()
    else:
        key.write_text("ab" * 32)
    said = f"The key file {key} is missing" if lost else f"The key file {key} opens none of the meetings"
    for command in (("serve", "--port", "0"), ("verify", "abcdefgh1234"), ("new", "--title", "T")):
        out, err = kept(*command, status=1)
        assert (out, len(err.splitlines())) == ("", 1)
        assert err.startswith(said)
        assert "SIGNBOARD_KEY_FILE" in err
    assert f"Not well: {said}" in kept("check", status=1)[0]
    assert key.exists() is not lost


def test_another_key_on_a_redis_that_others_use_too_stops_nobody(redis_server: RedisServer, tmp_path: Path) -> None:
    kept = Shell(tmp_path, SIGNBOARD_REDIS=redis_server.url)
    kept("new", "--title", "Tuesday afternoon")
    (tmp_path / "key").write_text("ab" * 32)
    assert "/in#" in kept("new", "--title", "Wednesday")[0]
    assert "Not well: " in kept("check", status=1)[0]


def test_checking_counts_the_meetings_that_another_machine_made_with_another_key(kept: Shell, tmp_path: Path) -> None:
    key = tmp_path / "key"
    first = key.read_text()
    key.write_text("ab" * 32 + "\n" + first)
    kept("new", "--title", "Wednesday")
    key.write_text(first)
    assert f"Not well: The key file {key} does not open 1 of 2 meetings" in kept("check", status=1)[0]


def test_checking_notices_that_the_key_of_a_running_server_is_gone(shell: Shell, tmp_path: Path) -> None:
    with shell.serving():
        (tmp_path / "key").unlink()
        assert f"Not well: There is no key file {tmp_path / 'key'}" in shell("check", status=1)[0]


@pytest.mark.parametrize(
    ("setting", "value", "part"),
    [
        ("SIGNBOARD_PRACTICE", "/nowhere/at/all", "/nowhere/at/all"),
        ("SIGNBOARD_REDIS", "redis://127.0.0.1:1/0", "Redis does not answer"),
        ("SIGNBOARD_DATA", "/dev/null/x", "cannot be used"),
    ],
)
def test_checking_fails_where_serving_would(tmp_path: Path, setting: str, value: str, part: str) -> None:
    said, err = Shell(tmp_path, **{setting: value})("check", status=1)
    assert part in said
    assert "Traceback" not in err
    _, err = Shell(tmp_path, **{setting: value})("serve", "--port", "0", status=1)
    assert len(err.strip().splitlines()) == 1


def test_a_staff_key_that_was_not_all_written_is_told_and_never_taken(shell: Shell) -> None:
    shell.data.mkdir()
    (shell.data / "staff.key").write_text("")
    said, _err = shell("check", status=1)
    assert f"Not well: The staff key in {shell.data / 'staff.key'} is missing" in said
    _said, err = shell("serve", "--port", "0", status=1)
    assert err.strip().splitlines() == [said.partition("Not well: ")[2].partition("\n")[0]]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"SIGNBOARD_STAF_KEY": "x"}, "SIGNBOARD_STAF_KEY is not a setting."),
        ({"SIGNBOARD_URL": "x"}, "SIGNBOARD_URL must be"),
    ],
)
@pytest.mark.parametrize("command", [("serve",), ("check",), ("new", "--title", "T")])
def test_a_wrong_setting_stops_every_command(
    tmp_path: Path, more: dict[str, str], part: str, command: tuple[str, ...]
) -> None:
    out, err = Shell(tmp_path, **more)(*command, status=2)
    assert out == ""
    assert err.startswith(part)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("port", ["70000", "x", "-1", "²", ""])
def test_a_port_that_is_none_is_answered_with_a_sentence(shell: Shell, port: str) -> None:
    said = shell("serve", f"--port={port}", status=2)[1].splitlines()[-1]
    assert said == "signboard serve: error: argument --port: A port is a whole number from 0 to 65535."


def test_a_host_that_cannot_be_found_gives_one_sentence_without_a_number(shell: Shell) -> None:
    _, err = shell("serve", "--host", "nowhere.invalid", "--port", "0", status=1)
    assert len(err.splitlines()) == 1
    assert err.startswith("This did not work: ")
    assert "Errno" not in err


def test_a_file_that_is_in_the_way_is_named(shell: Shell) -> None:
    shell.data.write_text("")
    assert shell("new", "--title", "T", status=1)[1] == f"This did not work: File exists: {shell.data}.\n"


@pytest.mark.parametrize("command", [(), ("dance",), ("new",)])
def test_what_is_not_understood_is_answered_with_what_can_be_typed(shell: Shell, command: tuple[str, ...]) -> None:
    assert "usage: signboard" in shell(*command, status=2)[1]


def test_a_port_that_is_taken_gives_one_sentence(shell: Shell, tmp_path: Path) -> None:
    with shell.serving():
        address = json.loads((shell.data / "server.json").read_text())["address"]
        other = Shell(tmp_path / "other")
        _, err = other("serve", "--port", address.rpartition(":")[2], status=1)
    assert len(err.splitlines()) == 1
    assert "in use" in err


def test_a_new_link_for_the_facilitator_is_made_beside_a_running_server_or_without_one(shell: Shell) -> None:
    made = json.loads(shell("new", "--title", "Tuesday", "--json")[0])
    said, _ = shell("link", made["room"], "--facilitator")
    assert re.match(rf"The new link: http://127\.0\.0\.1:8000/in#{made['room']}\.\S+\n", said)
    with shell.serving():
        said, _ = shell("link", made["room"], "--wall")
        assert f"/in#{made['room']}." in said
        _, err = shell("link", "nosuchroom", "--wall", status=1)
        assert err == "There is no meeting with this id, or it was erased.\n"
    shell("link", made["room"], status=2)


def test_staff_keys_are_made_named_and_ended(shell: Shell) -> None:
    assert shell("staff", "list")[0] == "There is no staff key but the one that is set.\n"
    said, _ = shell("staff", "add", "Tom Okafor")
    assert re.match(r"The staff link of “Tom Okafor”, shown once: http://127\.0\.0\.1:8000/staff#\S{32}\n", said)
    with shell.serving():
        assert shell("staff", "list")[0].endswith("  Tom Okafor\n")
        assert shell("staff", "remove", "Tom Okafor")[0] == "“Tom Okafor” may start no meetings any more.\n"
        assert shell("staff", "remove", "Tom Okafor", status=1)[1] == "There is no staff key of this name.\n"
        assert shell("staff", "add", " ", status=1)[1].endswith(".\n")
