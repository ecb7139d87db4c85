"""Starting a meeting: the staff key, the form, and the links of a new meeting. Coming into one stands in door.py."""

from __future__ import annotations

from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from .catalogue import gettext as _
from .fields import fields_of, from_script
from .links import MeetingLinks, local_hint
from .log import Unavailable
from .opening import CannotOpen, open_meeting, wish
from .pages import expecting, home
from .settings import is_local
from .site import address, base, in_time, now, site_of


async def front(request: Request) -> Response:
    """`/`: start or join a meeting."""
    await _look(request)
    return home(request)


async def start(request: Request) -> Response:
    """`POST /new`: a meeting, or two that know nothing of each other, and their links shown once."""
    site = site_of(request)
    await _look(request)
    if not site.staff.holds(request):
        return home(request, error=_("Meetings are started by staff. Please use your staff link first."), status=403)
    fields = await fields_of(request)
    apart = fields.pop("apart", "")
    if apart == "yes":
        return home(request, error=_apart(), apart=True, values=fields)
    made: list[MeetingLinks] = []
    try:
        asked = wish(fields)
        # Both have one title: nothing in one meeting may tell that there is another.
        async with in_time():
            while len(made) < (2 if apart == "two" else 1):
                made.append(await open_meeting(site.hub, site.templates, asked, base=base(request)))
    except CannotOpen as error:
        return home(request, error=str(error), status=422, apart=apart == "two", values=fields)
    except BaseException:
        for one in made:
            await site.hub.take_back(one.room)
        raise
    expect = f"{base(request)}/expect{expecting(request, asked.template)}"
    return _started(request, made, asked.title, expect=expect)


async def practice_meeting(request: Request) -> Response:
    """`POST /demo`: a practice meeting that plays itself, and its links."""
    site = site_of(request)
    if site.practice is None:
        raise HTTPException(404)
    await _look(request)
    if not site.staff.holds(request):
        return home(request, error=_("Meetings are started by staff. Please use your staff link first."), status=403)
    try:
        made = await site.practice(site, address=_own_address(request), base=base(request))
    except CannotOpen as error:
        return home(request, error=str(error), status=429)
    return _started(request, [made], _("Practice meeting"), practice=True)


async def staff_page(request: Request) -> Response:
    """`/staff`: its script reads the key behind the # and posts it here."""
    return site_of(request).render("in.html", page="staff", error="")


async def staff_in(request: Request) -> Response:
    """`POST /staff`: take the staff key and remember this browser."""
    site = site_of(request)
    key = (await fields_of(request)).get("key", "")
    if not site.keys.may(address(request), now()):
        return _no_staff(request, _("That was tried too often. Please wait ten minutes."), 429)
    await _look(request)
    name = site.staff.opens(key)
    if name is None:
        site.keys.failed(address(request), now())
        return _no_staff(request, _("That is not the staff link. Please ask whoever looks after this server."), 403)
    answer: Response = JSONResponse({"to": "/"}) if from_script(request) else RedirectResponse("/", 303)
    site.staff.give(answer, name)
    return answer


async def _look(request: Request) -> None:
    """See which staff keys there are. While storage is away, those that were known before count."""
    with suppress(Unavailable):
        await site_of(request).staff.look()


def _started(
    request: Request, meetings: list[MeetingLinks], title: str, *, expect: str = "", practice: bool = False
) -> Response:
    """The links of new meetings, shown once."""
    local = is_local(base(request))
    return site_of(request).render(
        "started.html",
        meetings=meetings,
        title=title,
        expect=expect,
        practice=practice,
        local=local,
        local_hint=local_hint(base(request)) if local else "",
    )


def _own_address(request: Request) -> str:
    """Where this very process listens, whatever stands in front of it."""
    host, port = request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _no_staff(request: Request, why: str, status: int) -> Response:
    if from_script(request):
        return JSONResponse({"code": "not-staff", "why": why}, status)
    return site_of(request).render("in.html", status, page="staff", error=why)


def _apart() -> str:
    return _(
        "One board cannot keep two people apart yet: everyone in a meeting sees who is here and what is said. "
        "You can start two meetings that are not connected in any way, and run them side by side or in turn."
    )
