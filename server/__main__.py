"""The command `signboard`: reads what was typed, calls what does it, and prints sentences. It decides nothing."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from . import demo, practice
from .admin import CannotDo
from .catalogue import gettext as _
from .commands import give_order, keep, read_record, record_of
from .doctor import examine
from .links import local_hint
from .log import Unavailable, Unsure
from .log.durable import UnsafeRedis
from .log.seal import BadKey
from .log.sqlitefile import CannotOpen
from .record.forms import FORMS, CannotWrite
from .serve import Beside, Taken, run
from .settings import BadSetting, Settings, is_local

WELL: Final = 0
NOT_DONE: Final = 1
NOT_UNDERSTOOD: Final = 2
PORT: Final = 8000
PORT_MOST: Final = 65535
SLOWEST: Final = 0.1
FASTEST: Final = 1000.0
BINARY: Final = frozenset({"pdf", "docx", "xlsx"})
SENTENCES: Final = (BadKey, CannotDo, CannotOpen, CannotWrite, UnsafeRedis, practice.BadTemplate)
"""Errors whose text is a sentence for whoever typed the command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when it did its work, 1 when it could not, 2 when it was not understood."""
    args = parser().parse_args(argv)
    try:
        settings = Settings.from_env(os.environ)
    except BadSetting as error:
        return _fail(str(error), NOT_UNDERSTOOD)
    try:
        match args.command:
            case "serve":
                return _serve(settings, args)
            case "demo":
                return _demo(settings, args)
            case "check":
                return _check(settings)
            case "record":
                return _record(settings, args)
            case "person":
                return _person(settings, args)
            case _:
                return _order(settings, args)
    except SENTENCES as error:
        return _fail(str(error))
    except (Unavailable, Unsure):
        return _fail(_("The storage does not answer. Nothing was done that is not said above."))
    except OSError as error:
        why = error.strerror or str(error)
        return _fail(_("This did not work: {why}.").format(why=f"{why}: {error.filename}" if error.filename else why))


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    top = argparse.ArgumentParser(prog="signboard", description=_("A live board for family meetings."))
    commands = top.add_subparsers(dest="command", required=True, metavar=_("command"))
    serve = commands.add_parser("serve", help=_("start the server"))
    add_address(serve)
    play = commands.add_parser("demo", help=_("start the server with a fictional meeting that plays itself"))
    play.add_argument("--example", default="B", help=_("which meeting: {all}").format(all=", ".join(demo.EXAMPLES)))
    play.add_argument("--speed", type=_speed, default=1.0, help=_("how fast it plays; 1 is as fast as people are"))
    add_address(play)
    new = commands.add_parser("new", help=_("make a meeting and print its links"))
    new.add_argument("--title", required=True, help=_("what people see on top; no names"))
    new.add_argument("--template", default="safety", help=_("the kind of meeting: safety, wellbeing, stability"))
    new.add_argument("--admit", choices=("ask", "all"), default="ask", help=_("wait to be let in, or come straight in"))
    new.add_argument("--authors", choices=("shown", "hidden"), default="shown", help=_("whose card is whose"))
    new.add_argument("--name", default="", help=_("what the facilitator is called"))
    new.add_argument(
        "--from",
        dest="from_",
        type=Path,
        metavar=_("file"),
        help=_("begin from the last meeting’s record, in JSON"),
    )
    new.add_argument("--json", action="store_true", help=_("print one line of JSON"))
    record = commands.add_parser("record", help=_("write down what leaves the meeting"))
    record.add_argument("room", help=_("the meeting’s id"))
    record.add_argument("--format", choices=tuple(FORMS), default="html", help=_("in which form"))
    which = record.add_mutually_exclusive_group()
    which.add_argument("--family", action="store_true", help=_("the copy in plain words and large type"))
    which.add_argument("--plan", action="store_true", help=_("one page: what was decided, and who does what"))
    record.add_argument(
        "--for", dest="for_", default="", metavar=_("person"), help=_("a copy for one person, by name or id")
    )
    record.add_argument("-o", dest="file", type=Path, metavar=_("file"), help=_("where to; else it is printed"))
    record.add_argument("--then-erase", action="store_true", help=_("once the file is on the disk, erase the meeting"))
    person = commands.add_parser("person", help=_("all that is one person’s: as a file, or gone for good"))
    person.add_argument("room", help=_("the meeting’s id"))
    person.add_argument("person", help=_("whose, by name or id"))
    does = person.add_mutually_exclusive_group(required=True)
    does.add_argument("--export", dest="do", action="store_const", const="export", help=_("write it down, as JSON"))
    does.add_argument("--erase", dest="do", action="store_const", const="erase", help=_("erase it for good"))
    person.add_argument("-o", dest="file", type=Path, metavar=_("file"), help=_("where to; else it is printed"))
    for name, about in (
        ("erase", _("erase a meeting for good: words, people and key")),
        ("verify", _("check that nothing in a meeting’s log was changed")),
    ):
        commands.add_parser(name, help=about).add_argument("room", help=_("the meeting’s id"))
    link = commands.add_parser("link", help=_("make a new link in place of one that others may have"))
    link.add_argument("room", help=_("the meeting’s id"))
    whose = link.add_mutually_exclusive_group(required=True)
    whose.add_argument("--facilitator", dest="role", action="store_const", const="facilitator", help=_("hers"))
    whose.add_argument("--wall", dest="role", action="store_const", const="wall", help=_("that of the wall"))
    staff = commands.add_parser("staff", help=_("say who may start meetings"))
    orders = staff.add_subparsers(dest="do", required=True, metavar=_("order"))
    for do, about in (("add", _("make a staff link for somebody")), ("remove", _("end one"))):
        orders.add_parser(do, help=about).add_argument("name", help=_("whose it is"))
    orders.add_parser("list", help=_("name those there are"))
    commands.add_parser("check", help=_("say whether this server is set up well"))
    return top


def add_address(command: argparse.ArgumentParser) -> None:
    """Let a command say where its server listens."""
    command.add_argument("--host", default="127.0.0.1", help=_("the address to listen at; 0.0.0.0 is every one"))
    command.add_argument("--port", type=_port, default=PORT, help=_("0 takes a free one"))


def _demo(settings: Settings, args: argparse.Namespace) -> int:
    if args.example not in demo.EXAMPLES:
        said = _("There is no example “{name}”. There is: {all}.")
        return _fail(said.format(name=args.example, all=", ".join(demo.EXAMPLES)), NOT_UNDERSTOOD)
    return _serve(settings, args, demo.beside(settings, _say, example=args.example, speed=args.speed))


def _serve(settings: Settings, args: argparse.Namespace, beside: Beside | None = None) -> int:
    try:
        run(settings, host=args.host, port=args.port, say=_say, beside=beside, practice_meeting=demo.begin)
    except Taken:
        said = _("Another server holds the data folder {folder}. With SQLite there is one server for one folder.")
        return _fail(said.format(folder=settings.data))
    return WELL


def _order(settings: Settings, args: argparse.Namespace) -> int:
    fields = {name: value for name, value in vars(args).items() if name not in {"command", "json", "from_"}}
    if getattr(args, "from_", None) is not None:
        fields["record"] = read_record(args.from_)
    answer = asyncio.run(give_order(settings, args.command, fields))
    if args.command != "new":
        print(answer["said"])
        return WELL
    if args.json:
        print(json.dumps(answer, separators=(",", ":")))
        return WELL
    for name, about in (
        ("facilitator", _("For the facilitator, to keep to herself")),
        ("join", _("For everybody")),
        ("code", _("Or the code")),
        ("wall", _("For the screen on the wall")),
    ):
        print(f"{about}: {answer[name]}")
    if is_local(answer["join"]):
        print(local_hint(answer["join"]))
    return WELL


def _record(settings: Settings, args: argparse.Namespace) -> int:
    if args.then_erase and args.file is None:
        return _fail(
            _("Please say with -o where the record goes: nothing is erased before it is on the disk."), NOT_UNDERSTOOD
        )
    if args.then_erase and (args.family or args.plan or args.for_):
        return _fail(
            _("Only the whole record can be all that is left of a meeting: nothing is erased."), NOT_UNDERSTOOD
        )
    if args.file is None and args.format in BINARY and sys.stdout.isatty():
        return _fail(_("Please say with -o where the record goes: this form is not for a screen."), NOT_UNDERSTOOD)
    tell = _say_aside if sys.stderr.isatty() else lambda line: None
    written = asyncio.run(record_of(settings, vars(args), tell))
    if args.file is None:
        sys.stdout.buffer.write(written)
        return WELL
    keep(args.file, written)
    print(_("The record is in {file}.").format(file=args.file))
    if args.then_erase:
        print(asyncio.run(give_order(settings, "erase", {"room": args.room}))["said"])
    return WELL


def _person(settings: Settings, args: argparse.Namespace) -> int:
    answer = asyncio.run(give_order(settings, "person", {"room": args.room, "person": args.person, "do": args.do}))
    if args.do == "erase":
        print(answer["said"])
        return WELL
    written = json.dumps(answer["person"], ensure_ascii=False, indent=2) + "\n"
    if args.file is None:
        print(written, end="")
        return WELL
    keep(args.file, written.encode())
    print(_("It is in {file}.").format(file=args.file))
    return WELL


def _check(settings: Settings) -> int:
    findings = asyncio.run(examine(settings))
    for finding in findings:
        print(finding.said if finding.well else _("Not well: {said}").format(said=finding.said))
    return WELL if all(finding.well for finding in findings) else NOT_DONE


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > PORT_MOST:
        raise argparse.ArgumentTypeError(_("A port is a whole number from 0 to {most}.").format(most=PORT_MOST))
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        said = _("The speed is a number from {slowest} to {fastest}.")
        raise argparse.ArgumentTypeError(said.format(slowest=SLOWEST, fastest=int(FASTEST)))
    return speed


def _say(line: str) -> None:
    # At once: whoever reads this through a pipe waits for it.
    print(line, flush=True)


def _say_aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _fail(said: str, code: int = NOT_DONE) -> int:
    print(said, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
