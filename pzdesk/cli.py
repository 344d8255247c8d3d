"""The command line: the same services without a window.

Exit 0 when it went well, 1 with one Dutch sentence on stderr for what the user can mend, 2 for wrong
usage. A traceback is never shown.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from pzdesk import __version__
from pzdesk.domain.errors import NeedsChoice, PzdeskError

if TYPE_CHECKING:
    from pzdesk.commands import Result


Command = Callable[[argparse.Namespace], "Result"]


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch and exits with 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="deze uitleg")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{_in_dutch(message)}\n")
        raise SystemExit(2)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "gebruik: ", 1)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", "gebruik: ", 1)
        for english, dutch in (("positional arguments:", "wat:"), ("options:", "opties:")):
            text = text.replace(english, dutch)
        return text


_USAGE = (
    (r"the following arguments are required: (.*)", r"Er ontbreekt: \1."),
    (r"unrecognized arguments: (.*)", r"Onbekend: \1."),
    (r"argument (.*?): expected .*", r"Bij \1 hoort een waarde."),
    (r"argument (.*?): ignored explicit argument (.*)", r"Bij \1 hoort geen waarde: \2."),
    (
        r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
        r"Bij \1 kan \2 niet; kies uit \3.",
    ),
    (r"argument (.*?): invalid .*?value: (.*)", r"Bij \1 kan \2 niet."),
    (r"ambiguous option: (.*)", r"Niet duidelijk: \1."),
)


def _in_dutch(message: str) -> str:
    for pattern, dutch in _USAGE:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(dutch)
    return message


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    from pzdesk import commands

    top = _Parser(prog="pzdesk", description="Het bureaublad voor het kernteam-MDO.")
    top.add_argument(
        *("--version",),
        action="version",
        version=f"pzdesk {__version__}",
        help="de versie van pzdesk",
    )
    subs = top.add_subparsers(
        dest="command", required=True, metavar="OPDRACHT", parser_class=_Parser
    )

    def command(
        name: str, act: Command, text: str, *, store: bool = True
    ) -> argparse.ArgumentParser:
        sub = subs.add_parser(name, help=text, description=text)
        sub.set_defaults(act=act)
        sub.add_argument("--json", action="store_true", help="antwoord als JSON")
        if store:
            sub.add_argument("store", metavar="STORE", help="de map van de praktijk")
            sub.add_argument("--user", metavar="LOGIN", help="uw gebruikersnaam")
            _passphrase(sub)
        return sub

    sub = command("demo", commands.demo, "Maak een fictieve praktijk met stukken.", store=False)
    sub.add_argument("--out", metavar="DIR", required=True, help="nieuwe of lege map")
    sub = command("new", commands.new, "Maak een nieuwe praktijk.", store=False)
    sub.add_argument("store", metavar="STORE", help="nieuwe of lege map")
    sub.add_argument("--practice", metavar="NAAM", required=True, help="naam van de praktijk")
    sub.add_argument("--user", metavar="LOGIN", required=True, help="gebruikersnaam")
    sub.add_argument("--name", metavar="NAAM", required=True, help="uw naam")
    sub.add_argument("--role", metavar="ROL[,ROL]", required=True, help="huisarts, poh, ...")
    sub.add_argument("--recovery-out", metavar="PDF", help="waar het herstelblad komt")
    _passphrase(sub)

    sub = command(
        "recover",
        commands.recover,
        "Open met het herstelblad; maak een nieuwe wachtzin.",
        store=False,
    )
    sub.add_argument("store", metavar="STORE", help="de map van de praktijk")
    sub.add_argument(
        "--user", metavar="LOGIN", required=True, help="wie een nieuwe wachtzin krijgt"
    )
    sub.add_argument(
        "--code-file",
        metavar="BESTAND",
        help="bestand met de herstelcode; anders vraagt pzdesk erom",
    )
    sub.add_argument("--new-passphrase-file", metavar="BESTAND", dest="passphrase_file")

    sub = command("patients", commands.patients, "Toon de patiënten in zorg.")
    sub.add_argument("--all", action="store_true", help="ook wie overleden of uit zorg is")
    sub = command("import-patients", commands.import_patients, "Lees een patiëntenlijst (CSV) in.")
    sub.add_argument("list", metavar="LIJST.csv")
    sub.add_argument("--mapping", metavar="JSON", help="welke kolom wat betekent")
    sub.add_argument("--dry-run", action="store_true", help="alleen bekijken")
    sub.add_argument(
        *("--double",),
        metavar="REGEL=ID|nieuw",
        action="append",
        default=[],
        help="antwoord bij een mogelijke dubbele: de patiënt zelf, of toch iemand anders",
    )
    sub = command("pzp-import", commands.pzp_import, "Lees een ingevuld PZP-formulier (PDF) in.")
    sub.add_argument("form", metavar="FORMULIER.pdf")
    sub.add_argument("--patient", metavar="ID|nieuw", help="bij wie het formulier hoort")
    sub = command(
        "pzp-take-back", commands.pzp_take_back, "Neem een PZP terug die bij de verkeerde stond."
    )
    sub.add_argument(
        "--patient", metavar="ID", type=_number, required=True, help="bij wie de PZP nu staat"
    )
    sub.add_argument(
        "--version", metavar="N", type=_number, required=True, help="nummer van de versie"
    )
    sub.add_argument(
        "--reason", metavar="TEKST", required=True, help="waarom de PZP hier niet hoort"
    )
    for name, act, text in (
        ("pzp", commands.pzp, "Druk het PZP-formulier af."),
        ("sheet", commands.sheet, "Druk het patiëntblad af."),
        ("home-sheet", commands.home_sheet, "Druk het blad voor thuis af."),
        ("soep", commands.soep, "Maak de tekst voor het HIS."),
    ):
        sub = command(name, act, text)
        sub.add_argument("--patient", metavar="ID", type=_number, required=True)
        sub.add_argument("--out", metavar="BESTAND", required=name != "soep")
        if name in ("sheet", "pzp"):
            _with(sub)
    sub = command("propose", commands.propose, "Stel voor wie op de agenda hoort, met redenen.")
    sub.add_argument("--date", metavar="JJJJ-MM-DD", required=True)
    sub = command("meeting", commands.meeting, "Plan een overleg.")
    sub.add_argument("--date", metavar="JJJJ-MM-DD", required=True)
    sub.add_argument("--time", metavar="UU:MM", required=True)
    sub.add_argument(
        *("--patient",), metavar="ID", type=_number, nargs="+", action="extend", default=[]
    )
    sub.add_argument("--place", metavar="PLAATS", default="")
    sub.add_argument("--minutes", metavar="N", type=_number)
    sub = command("agenda", commands.agenda, "Druk de agenda van een overleg af.")
    sub.add_argument("--meeting", metavar="ID", type=_number, required=True)
    sub.add_argument("--out", metavar="BESTAND", required=True)
    sub.add_argument(
        "--changed", action="store_true", help="alleen wat sinds de vorige afdruk wijzigde"
    )
    sub.add_argument(
        "--for", metavar="DEELNEMERS", dest="audience", help="eigen versie voor welzijn, ..."
    )
    _with(sub)
    command("instruments", commands.instruments_, "Toon de vragenlijsten.", store=False)
    sub = command("score", commands.score, "Tel antwoorden op een vragenlijst.", store=False)
    sub.add_argument("instrument", metavar="INSTRUMENT")
    sub.add_argument("answers", metavar="ANTWOORDEN.json")
    command("verify", commands.verify, "Controleer of de praktijk heel is.")
    return top


def _number(text: str) -> int:
    """A number of at most nine digits, as ids and minutes have."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError
    return int(text)


def _passphrase(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--passphrase-file", metavar="BESTAND", help="bestand met de wachtzin (UTF-8)")


def _with(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--with",
        dest="extras",
        metavar="WAT[,WAT]",
        default="",
        help="wat anders niet wordt afgedrukt: bsn, mantelzorg, surprise",
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        chosen = parser().parse_args(arguments)
        result = chosen.act(chosen)
        _say(result, as_json=chosen.json)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 2
    except NeedsChoice as problem:
        return _told("\n  ".join((str(problem), *problem.candidates)))
    except PzdeskError as problem:
        return _told(str(problem))
    except (KeyboardInterrupt, EOFError):
        return _told("Afgebroken.")
    except _Unsaid as reason:
        # What is still in the buffer would be tried again at the end of Python, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1 if isinstance(reason.__cause__, BrokenPipeError) else _told(_UNSAID)
    except MemoryError:
        return _told("Er is te weinig geheugen om dit te doen.")
    except Exception as bug:
        kind = type(bug).__name__
        return _told(f"Er ging iets mis in pzdesk zelf ({kind}). Er is niets half opgeslagen.")
    return 0


class _Unsaid(Exception):
    """The work was done, and the answer could not be written."""


_UNSAID = "Het werk is gedaan, maar het antwoord kon niet worden geschreven. Is de schijf vol?"


def _say(result: "Result", *, as_json: bool) -> None:
    for remark in result.remarks:
        sys.stderr.write(f"{remark}\n")
    try:
        if as_json:
            sys.stdout.write(json.dumps(result.value, ensure_ascii=False, indent=1) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in result.lines)
        sys.stdout.flush()
    except OSError as problem:
        raise _Unsaid from problem


def _told(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
