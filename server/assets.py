"""Scripts, styles and pictures, read once and served from memory under the hash of them all. Beside the package in a
checkout, inside it when installed."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .joined import joined
from .packing import is_taken

FOR_EVER: Final = "public, max-age=31536000, immutable"
WORTH_PACKING: Final = 512
SMALLEST: Final = 9
HASH_SIGNS: Final = 16
KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
PACKED_ALREADY: Final = frozenset({".png", ".woff2"})


def folder(name: str) -> Path:
    """Where `static` or `templates` lie."""
    here = Path(__file__).resolve().parent
    installed = here / f"_{name}"
    return installed if installed.is_dir() else here.parent / name


class Assets:
    """Every file below a folder that a browser may have. One changed file changes the address of all, so that modules
    which import each other always belong together."""

    def __init__(self, top: Path) -> None:
        files = sorted(path for path in top.rglob("*") if path.suffix in KINDS and path.is_file())
        self._files = {path.relative_to(top).as_posix(): path.read_bytes() for path in files}
        self._files |= joined(self._files)
        self._packed = {
            name: gzip.compress(content, SMALLEST, mtime=0)
            for name, content in self._files.items()
            if Path(name).suffix not in PACKED_ALREADY and len(content) >= WORTH_PACKING
        }
        digest = hashlib.sha256()
        for name, content in self._files.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        self.hash = digest.hexdigest()[:HASH_SIGNS]

    def url(self, name: str) -> str:
        """The address of a file, such as `css/base.css`."""
        return f"/static/{self.hash}/{name}"

    async def serve(self, request: Request) -> Response:
        """Answer `/static/{hash}/{path}`: whole, to be kept for ever. No ranges."""
        name = request.path_params["path"]
        content = self._files.get(name)
        if content is None or request.path_params["hash"] != self.hash:
            raise HTTPException(404)
        headers = {"Cache-Control": FOR_EVER, "Content-Type": KINDS[Path(name).suffix], "Vary": "Accept-Encoding"}
        packed = self._packed.get(name)
        if packed is not None and is_taken(request.headers.get("accept-encoding", "")):
            return Response(packed, headers={**headers, "Content-Encoding": "gzip"})
        return Response(content, headers=headers)
