"""Packs a page for the line. What is one person's alone is never pressed together with words that others wrote: by how
long it is, the page would tell whoever listens and writes cards what it holds."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final

from markupsafe import Markup

OPENS: Final = "\x02"
CLOSES: Final = "\x03"
"""Around what is one person's alone. No word that anybody writes may hold them, see board/words.py."""
GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
STORED_MOST: Final = 0xFFFF
QUICK: Final = 5

_NEVER: Final = re.compile(r"q=0(\.0*)?")
_ALONE: Final = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}")


def is_taken(accepts: str) -> bool:
    """Whether a browser with this Accept-Encoding unpacks gzip."""
    named = {name.strip(): weight for name, _, weight in (one.partition(";") for one in accepts.lower().split(","))}
    weight = named.get("gzip", named.get("*"))
    return weight is not None and not _NEVER.fullmatch(weight.replace(" ", ""))


def alone(value: object) -> Markup:
    """Mark what is one person's alone, in a template."""
    return Markup("\x02{}\x03").format(value)


def plain(page: str) -> bytes:
    """The page as it is, without the marks."""
    return _ALONE.sub(r"\1", page).encode()


def packed(page: str) -> bytes:
    """The page as gzip. What is marked is stored byte by byte, and nothing after it refers to anything before."""
    flow = zlib.compressobj(QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)
    made, weight, check = [GZIP_HEAD], 0, 0
    for number, piece in enumerate(_ALONE.split(page)):
        content = piece.encode()
        weight, check = weight + len(content), zlib.crc32(content, check)
        if number % 2:
            made += [flow.flush(zlib.Z_FULL_FLUSH), *_stored(content)]
        else:
            made.append(flow.compress(content))
    return b"".join((*made, flow.flush(), struct.pack("<LL", check, weight & 0xFFFFFFFF)))


def _stored(content: bytes) -> list[bytes]:
    """Blocks that hold these bytes as they are."""
    pieces = (content[at : at + STORED_MOST] for at in range(0, len(content), STORED_MOST))
    return [struct.pack("<BHH", 0, len(one), len(one) ^ STORED_MOST) + one for one in pieces]
