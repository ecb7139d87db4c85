"""The meeting and its people, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Record
from .nouns import IDS, Noun, Row, yes
from .sayings import CAME, date, kind, lead, moment, stay

MEETING: Final = {"kind": N_("What"), "what": N_("As recorded")}
PEOPLE: Final = {
    "who": N_("Name"),
    "role": N_("Here as"),
    "service": N_("Service"),
    "helps": N_("Helps"),
    "how": N_("How they took part"),
    "state": N_("Came"),
    "lead": N_("Leads the work with the family"),
    "when": N_("From when to when"),
    **IDS,
}
TOOK_PART: Final = {"room": N_("in the room"), "phone": N_("on the telephone")}


def _meeting(record: Record) -> Iterator[Row]:
    signing, after = record.signing, record.afterwards
    told = {
        _("Title"): record.title,
        _("What this is"): kind(record),
        _("Held on"): date(record.opened, record.lang),
        _("How far it is"): " ".join(list(lead(record))[2:]),
        _("Signed off by"): signing.who,
        _("Opened"): moment(record.opened, record.lang),
        _("Ended"): moment(record.ended, record.lang) if record.ended else "",
        _("Made"): moment(record.made, record.lang),
        _("Names beside the words"): _("yes") if record.names_shown else _("no"),
        _("We meet again"): after.next,
        _("Whom to ring"): after.ring,
        _("Language"): record.lang,
        _("Fingerprint"): record.fingerprint,
    }
    yield from ({"kind": name, "what": text} for name, text in told.items() if text)
    if record.rules_agreed:
        yield from ({"kind": _("What we agreed about how we talk"), "what": rule} for rule in record.rules)


def _people(record: Record) -> Iterator[Row]:
    for one in record.people:
        yield {
            "id": one.id,
            "who": one.name,
            "role": one.role_name,
            "service": one.agency,
            "helps": one.helping,
            "how": _(TOOK_PART[one.how]) if one.how in TOOK_PART else "",
            "state": _(CAME[one.came]),
            "lead": yes(one.lead),
            "when": "; ".join(stay(each) for each in one.stays),
        }


NOUNS: Final = (
    Noun("meeting", N_("Meeting"), MEETING, _meeting),
    Noun("people", N_("People"), PEOPLE, _people),
)
