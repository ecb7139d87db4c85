"""The repository keeps its promises: what it locks, names and documents. Reads tracked files; starts no server."""

import argparse
import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.__main__ import parser
from server.board.refusal import REFUSALS

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"server", "static", "templates", "tests", "bench"}
FILES = {
    "run",
    "README.md",
    "SECURITY.md",
    "LICENSE",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "Dockerfile",
    "docker-compose.yml",
}
LONGEST = 300
SETTINGS = {
    f"SIGNBOARD_{name}"
    for name in ("DATA", "REDIS", "URL", "STAFF_KEY", "PRACTICE", "KEY_FILE", "EXIT", "PROXIES", "UNSAFE_REDIS")
}
# Taken apart, so that this file does not hold what it looks for.
REGISTRIES = [f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "deb.debian")]
TRADEMARK = " ".join(("signs", "of", "safety"))


def tracked(*under: str) -> list[Path]:
    """Every file git knows that is still there, as a path from the top."""
    listed = subprocess.run(["git", "ls-files", "-z", *under], cwd=ROOT, check=True, capture_output=True, text=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts(*under: str) -> Iterator[tuple[Path, str]]:
    for path in tracked(*under):
        try:
            yield path, (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pinned(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^[a-z0-9][^ ]*==[^ ]+", read(lock)))


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-dev.txt", "tests/js/package-lock.json", "bench/peers/package-lock.json"]
)
def test_a_lock_names_no_host_so_anybody_can_install_from_their_own_mirror(lock: str) -> None:
    host = re.compile(r"(?m)\w+://|file:|^\s*-\S+-\S*(?:url|links|host)\b|\"resolved\"| @ ")
    assert host.findall(read(lock)) == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", read(lock)).strip())
    assert len(entries) == len(pinned(lock)) > 15
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_is_tested_is_what_runs() -> None:
    assert pinned("requirements.txt") - pinned("requirements-dev.txt") == set()


def test_the_images_are_of_one_exact_version_so_the_same_is_built_next_year() -> None:
    named = re.findall(r"(?m)^FROM (\S+)|^ +image: (\S+)", read("Dockerfile") + read("docker-compose.yml"))
    foreign = {one or other for one, other in named} - {"signboard", "signboard-proxy"}
    assert len(foreign) == 3
    assert [image for image in foreign if not re.search(r":\d+\.\d+\.\d+(-|$)", image)] == []


def test_the_top_level_stays_the_one_everybody_knows() -> None:
    top = {path.parts[0] for path in tracked() if not path.parts[0].startswith(".")}
    assert top - FOLDERS - FILES == set()
    assert top >= FOLDERS | FILES


def test_no_file_names_a_machine_or_a_registry() -> None:
    home = re.compile(r"(?<![\w.$}-])/(?:home|root|Users|work)/\w+")
    found = [
        f"{path}: {what}"
        for path, text in texts()
        for what in [*home.findall(text), *(host for host in REGISTRIES if host in text)]
    ]
    assert found == []


def test_the_trademark_is_only_named_for_meetings_that_use_the_approach() -> None:
    allowed = f"use the {TRADEMARK} approach"
    assert [str(path) for path, text in texts() if TRADEMARK in text.lower().replace(allowed, "")] == []


def test_the_page_asks_no_third_party_for_anything() -> None:
    address = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'<>)]+")
    assert [f"{path}: {found}" for path, text in texts("static", "templates") for found in address.findall(text)] == []


def test_every_class_of_a_page_has_a_look() -> None:
    looks = {name for _path, text in texts("static") for name in re.findall(r"[\w-]+", text)}
    made = re.compile(r"\{[{%#].*?[%}#]\}", re.DOTALL)
    named = {
        (str(path), one)
        for path, text in texts("templates")
        for said in re.findall(r'class="([^"]*)"', made.sub("\0", text))
        for one in said.split()
        if "\0" not in one
    }
    assert sorted((path, one) for path, one in named if one not in looks) == []


def test_a_module_fits_in_one_head() -> None:
    """300 lines, or a decision that names the file and says why it is one idea all the same."""
    decided = read("server/DECISIONS.md")
    kinds = {".py", ".js", ".css", ".html", ".lua"}
    long = [
        f"{path}: {text.count(chr(10))} lines"
        for path, text in texts("server", "static", "templates")
        if path.suffix in kinds and text.count("\n") > LONGEST and f"`{path}`" not in decided
    ]
    assert long == []


def test_every_module_opens_by_saying_what_it_is() -> None:
    modules = ((path, ast.parse(text)) for path, text in texts("server") if path.suffix == ".py")
    assert [str(path) for path, module in modules if not ast.get_docstring(module)] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "Not" + "ImplementedError", "not " + "implemented")))
    assert [str(path) for path, text in texts() if path.name != "LICENSE" and later.search(text)] == []


def test_the_one_way_in_is_a_plain_script_that_can_be_started() -> None:
    for script in ("run", ".ci/run"):
        assert os.access(ROOT / script, os.X_OK), script
    assert subprocess.run(["sh", "-n", "run"], cwd=ROOT, check=False).returncode == 0
    assert read(".ci/run").splitlines()[-1] == "exec ./run test"


def test_a_command_nobody_knows_is_answered_with_those_there_are() -> None:
    said = subprocess.run([ROOT / "run", "dance"], cwd="/", env={}, check=False, capture_output=True, text=True)
    assert said.returncode == 2
    assert all(f"./run {command} " in said.stderr for command in ("demo", "serve", "test", "check", "bench"))


def test_the_readme_names_the_two_commands_and_none_that_is_missing() -> None:
    readme = read("README.md")
    usage = subprocess.run([ROOT / "run"], env={}, check=True, capture_output=True, text=True).stdout
    offered = set(re.findall(r"(?m)^\./run (\w+)", usage))
    named = set(re.findall(r"\./run (\w+)", readme))
    assert {"demo", "test"} <= named <= offered


def test_every_command_and_option_of_the_program_stands_in_the_readme() -> None:
    told = dict(re.findall(r"(?m)^    (\w+) (.*(?:\n {16,}.*)*)", read("README.md").partition("## Running it")[2]))
    (commands,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    assert told.keys() >= commands.choices.keys()
    for name, command in commands.choices.items():
        taken = [one for one in command._actions if one.dest != "help"]
        options = {option for one in taken for option in one.option_strings}
        assert set(re.findall(r"(?<=[\s\[])--?[a-z][a-z-]*", told[name])) == options
        assert [one.dest.upper() for one in taken if not one.option_strings] == re.findall(r"\b[A-Z]{2,}\b", told[name])


def test_every_refusal_is_documented_for_programs() -> None:
    protocol = read("server/PROTOCOL.md")
    assert [code for code in REFUSALS if f"`{code}`" not in protocol] == []


def test_every_setting_is_documented() -> None:
    places = [text for path, text in texts("server", "docker-compose.yml", "Dockerfile") if path.name != "DECISIONS.md"]
    used = {name for text in places for name in re.findall(r"\bSIGNBOARD_[A-Z]+(?:_[A-Z]+)*\b", text)}
    readme = read("README.md")
    assert [name for name in sorted(SETTINGS | used) if not re.search(rf"\b{name}\b", readme)] == []


def test_every_noun_of_the_board_is_kept_apart_from_the_others() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (apart,) = [contract["modules"] for contract in contracts if contract["type"] == "independence"]
    declares = re.compile(r"(?m)^class \w+\(Ask\b")
    nouns = {f"server.board.{path.stem}" for path, text in texts("server/board") if declares.search(text)}
    assert set(apart) == nouns


def test_the_package_carries_its_pages_wording_and_scripts(tmp_path: Path) -> None:
    pack = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(pack, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("signboard-*.whl")
    packed = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    code = {path for path in tracked("server") if path.suffix != ".md"}
    pages = {Path("server", f"_{path.parts[0]}", *path.parts[1:]) for path in tracked("static", "templates")}
    assert pages
    assert (code | pages) - packed == set()
