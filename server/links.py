"""Links people follow and the squares they point a camera at. It knows addresses and keys, and asks nobody."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import segno

from .catalogue import gettext as _
from .settings import DEFAULT_PORTS, is_local

if TYPE_CHECKING:
    from .hub import NewMeeting


class Links(msgspec.Struct, frozen=True):
    """What desk and wall show to let people in: the link, or the `site` to type and the code. Where the address is
    `local`, no phone can follow it, and `local_hint` says what to do."""

    join: str
    site: str
    code: str
    local: bool
    local_hint: str


class MeetingLinks(msgspec.Struct, frozen=True):
    """The links of a new meeting: shown once, kept nowhere. The last line of `signboard new --json`."""

    room: str
    code: str
    facilitator: str
    join: str
    wall: str


class Square(msgspec.Struct, frozen=True):
    """A QR code as a script draws it: `path` in a box of `size` by `size`, dark on light, border included."""

    size: int
    path: str


def links(base: str, code: str) -> Links:
    """What lets people in, where links begin with `base`."""
    local = is_local(base)
    return Links(
        join=join_link(base, code),
        site=base.partition("://")[2],
        code=code,
        local=local,
        local_hint=local_hint(base) if local else "",
    )


def join_link(base: str, code: str) -> str:
    """The link that everybody may have."""
    return f"{base}/join/{code}"


def key_link(base: str, key: str) -> str:
    """The link that opens by itself. Its key stands behind the #, which no browser sends to a server."""
    return f"{base}/in#{key}"


def meeting_links(base: str, new: NewMeeting) -> MeetingLinks:
    """All links of a new meeting."""
    return MeetingLinks(
        room=new.room,
        code=new.code,
        facilitator=key_link(base, new.facilitator),
        join=join_link(base, new.code),
        wall=key_link(base, new.wall),
    )


def local_hint(address: str) -> str:
    """How to let phones in, where only this machine can be reached, at this address."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port not in {None, DEFAULT_PORTS.get(parts.scheme)} else ""
    return _(
        "Phones cannot reach this address. Start the server with --host 0.0.0.0 and set "
        "SIGNBOARD_URL={scheme}://<this machine’s address>{port}."
    ).format(scheme=parts.scheme, port=port)


def picture(link: str) -> bytes:
    """The link as a QR code: an SVG picture."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", scale=8, light="#fff", dark="#000", nl=False)
    return out.getvalue()


def square(link: str) -> Square:
    """The link as a QR code for a script to draw."""
    code = segno.make(link, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    path = "".join(
        f"M{start} {y}h{end - start}v1h{start - end}z" for y, row in enumerate(rows) for start, end in _runs(row)
    )
    return Square(size=len(rows), path=path)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark begins and ends in a row."""
    edges = [x for x in range(len(row) + 1) if (row[x] if x < len(row) else 0) != (row[x - 1] if x else 0)]
    return list(zip(edges[::2], edges[1::2], strict=True))
