"""The command line: the same services without a window.

Exit 0 when it went well, 1 with one Dutch sentence on stderr for what the user can mend, 2 for wrong
usage. A traceback is never shown.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pzdesk import __version__
from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.user import Role
from pzdesk.dutch_parser import DutchParser, WrongUsage

if TYPE_CHECKING:
    from pzdesk.commands import Opens, Result


Command = Callable[[argparse.Namespace], "Result"]
Window = Callable[[Path, str | None, str | None], str]
"""Opens the window on a practice, as a user, with a passphrase; gives why it cannot, or nothing."""


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    from pzdesk import commands, intake, upkeep

    top = DutchParser(prog="pzdesk", description="Het bureaublad voor het kernteam-MDO.")
    top.add_argument(
        *("--version",),
        action="version",
        version=f"pzdesk {__version__}",
        help="de versie van pzdesk",
    )
    subs = top.add_subparsers(
        dest="command", required=True, metavar="OPDRACHT", parser_class=DutchParser
    )

    def command(
        name: str,
        act: Command,
        text: str,
        *,
        store: bool = True,
        writes: bool = False,
        under: Any = subs,
    ) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = under.add_parser(name, help=text, description=text)
        sub.set_defaults(act=act)
        sub.add_argument("--json", action="store_true", help="antwoord als JSON")
        if store:
            sub.add_argument("store", metavar="STORE", help="de map van de praktijk")
            sub.add_argument("--user", metavar="LOGIN", help="uw gebruikersnaam")
            _passphrase(sub)
        if writes:
            sub.add_argument("--take-over", action="store_true", help=_TAKE_OVER)
        return sub

    sub = command("demo", commands.demo, "Maak een fictieve praktijk met stukken.", store=False)
    sub.add_argument("--out", metavar="DIR", required=True, help="nieuwe of lege map")
    sub.add_argument("--no-window", action="store_true", help="open daarna geen venster")
    sub = command("open", commands.open_, "Open het venster op een praktijk.", store=False)
    sub.add_argument("store", metavar="STORE", help="de map van de praktijk")
    sub.add_argument("--user", metavar="LOGIN", help="uw gebruikersnaam")
    sub = command("new", commands.new, "Maak een nieuwe praktijk.", store=False)
    sub.add_argument("store", metavar="STORE", help="nieuwe of lege map")
    sub.add_argument("--practice", metavar="NAAM", required=True, help="naam van de praktijk")
    sub.add_argument("--user", metavar="LOGIN", required=True, help="gebruikersnaam")
    sub.add_argument("--name", metavar="NAAM", required=True, help="uw naam")
    sub.add_argument(
        "--role",
        metavar="ROL[,ROL]",
        action="append",
        required=True,
        help=f"uw rol of rollen: {_ROLES}",
    )
    sub.add_argument("--recovery-out", metavar="PDF", help="waar het herstelblad komt")
    _passphrase(sub)

    sub = command(
        "recover",
        commands.recover,
        "Open met het herstelblad; maak een nieuwe wachtzin.",
        store=False,
        writes=True,
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
    sub.add_argument(
        *("--new-passphrase-file",),
        metavar="BESTAND",
        dest="passphrase_file",
        help="bestand met de nieuwe wachtzin (UTF-8); anders vraagt pzdesk erom",
    )

    sub = command("patients", commands.patients, "Toon de patiënten in zorg.")
    sub.add_argument("--all", action="store_true", help="ook wie overleden of uit zorg is")
    sub = command(
        "import-patients", intake.import_patients, "Lees een patiëntenlijst (CSV) in.", writes=True
    )
    sub.add_argument("list", metavar="LIJST.csv", help="de lijst uit het HIS")
    sub.add_argument("--mapping", metavar="JSON", help="bestand dat zegt welke kolom wat is")
    sub.add_argument("--dry-run", action="store_true", help="alleen bekijken, niets opslaan")
    sub.add_argument(
        *("--double",),
        metavar="REGEL=ID|nieuw",
        action="append",
        default=[],
        help="antwoord bij een mogelijke dubbele: de patiënt zelf, of toch iemand anders",
    )
    sub = command(
        "pzp-import", intake.pzp_import, "Lees een ingevuld PZP-formulier (PDF) in.", writes=True
    )
    sub.add_argument("form", metavar="FORMULIER.pdf", help="het ingevulde formulier")
    sub.add_argument("--patient", metavar="ID|nieuw", help="bij wie het formulier hoort")
    sub = command(
        "pzp-take-back",
        intake.pzp_take_back,
        "Neem een PZP terug die bij de verkeerde stond.",
        writes=True,
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
        sub.add_argument("--patient", metavar="ID", type=_number, required=True, help=_PATIENT)
        sub.add_argument("--out", metavar="BESTAND", required=name != "soep", help=_OUT)
        if name in ("sheet", "pzp"):
            _with(sub, "bsn, mantelzorg, surprise, euthanasie" if name == "sheet" else "bsn")
    sub = command("propose", commands.propose, "Stel voor wie op de agenda hoort, met redenen.")
    sub.add_argument("--date", metavar="JJJJ-MM-DD", required=True, help="de dag van het overleg")
    sub = command("meeting", commands.meeting, "Plan een overleg.", writes=True)
    sub.add_argument("--date", metavar="JJJJ-MM-DD", required=True, help="de dag van het overleg")
    sub.add_argument("--time", metavar="UU:MM", required=True, help="hoe laat het begint")
    sub.add_argument(
        *("--patient",),
        metavar="ID",
        type=_number,
        nargs="+",
        action="extend",
        default=[],
        help="wie op de agenda staan, op volgorde",
    )
    sub.add_argument("--place", metavar="PLAATS", default="", help="waar het overleg is")
    sub.add_argument("--minutes", metavar="N", type=_number, help="hoe lang het overleg duurt")
    sub = command("agenda", commands.agenda, "Druk de agenda van een overleg af.")
    sub.add_argument(
        "--meeting", metavar="ID", type=_number, required=True, help="nummer van het overleg"
    )
    sub.add_argument("--out", metavar="BESTAND", required=True, help=_OUT)
    sub.add_argument(
        "--changed", action="store_true", help="alleen wat sinds de vorige afdruk wijzigde"
    )
    sub.add_argument(
        "--for", metavar="DEELNEMERS", dest="audience", help=f"eigen versie voor: {_KINDS}"
    )
    _with(sub, "mantelzorg")
    command("instruments", commands.instruments_, "Toon de vragenlijsten.", store=False)
    sub = command("score", commands.score, "Tel antwoorden op een vragenlijst.", store=False)
    sub.add_argument("instrument", metavar="INSTRUMENT", help="de vragenlijst: zie instruments")
    sub.add_argument("answers", metavar="ANTWOORDEN.json", help="de antwoorden, per vraag")
    sub = command(
        "verify", upkeep.verify, "Controleer of een praktijk of back-up heel is.", store=False
    )
    sub.add_argument(
        "store", metavar="STORE|BACK-UP", help="de map, of het bestand van een back-up"
    )
    sub.add_argument("--user", metavar="LOGIN", help="uw gebruikersnaam")
    _passphrase(sub)
    sub = command("backup", upkeep.backup, "Maak een back-up en controleer haar.")
    sub.add_argument("--to", metavar="DIR", help="in welke map; anders bij de praktijk zelf")
    text = "Zet een back-up terug."
    sub = command("restore", upkeep.restore, text, store=False, writes=True)
    sub.add_argument("backup", metavar="BACK-UP", help="het bestand van de back-up")
    sub.add_argument(
        "--to", metavar="STORE", required=True, help="nieuwe map, of de map van de praktijk"
    )
    sub.add_argument("--user", metavar="LOGIN", help="uw gebruikersnaam, zoals in de back-up")
    _passphrase(sub)
    _users(subs, command)
    _keys(command)
    sub = command("diagnostics", upkeep.diagnose, "Maak een diagnostisch bestand zonder patiënten.")
    sub.add_argument("--out", metavar="BESTAND", required=True, help=_OUT)
    sub = command("inzage", upkeep.inzage, "Maak een afschrift van het hele dossier (PDF en JSON).")
    sub.add_argument("--patient", metavar="ID", type=_number, required=True, help=_PATIENT)
    sub.add_argument("--out", metavar="DIR", required=True, help="map waarin het afschrift komt")
    sub = command("audit", upkeep.audit, "Toon het logboek: wie zag of deed wat, en wanneer.")
    sub.add_argument(
        "--patient", metavar="ID", type=_number, help=f"alleen deze patiënt: {_PATIENT}"
    )
    sub.add_argument("--by", metavar="LOGIN", help="alleen wat deze gebruiker deed")
    sub.add_argument("--since", metavar="JJJJ-MM-DD", help="vanaf deze dag")
    sub.add_argument("--until", metavar="JJJJ-MM-DD", help="tot en met deze dag")
    sub.add_argument("--emergencies", action="store_true", help="alleen noodtoegang")
    sub.add_argument("--out", metavar="BESTAND", help="maak hiervan een blad voor de patiënt (PDF)")
    return top


def _users(subs: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands under "user"."""
    from pzdesk import upkeep

    text = "Beheer wie de praktijk opent."
    top = subs.add_parser("user", help=text, description=text)
    under = top.add_subparsers(
        dest="act_on_user",
        required=True,
        metavar="WAT",
        parser_class=DutchParser,
        help="list, add, remove of passphrase",
    )
    command("list", upkeep.users, "Toon de gebruikers.", under=under)
    sub = command(
        "add", upkeep.add_user, "Geef iemand een eigen wachtzin.", writes=True, under=under
    )
    sub.add_argument("--login", metavar="LOGIN", required=True, help="gebruikersnaam van de nieuwe")
    sub.add_argument("--name", metavar="NAAM", required=True, help="naam van de nieuwe gebruiker")
    sub.add_argument(
        "--role",
        metavar="ROL[,ROL]",
        action="append",
        required=True,
        help=f"rol of rollen: {_ROLES}",
    )
    sub.add_argument("--acts-for", metavar="LOGIN", help="namens wie de nieuwe gebruiker werkt")
    _new_passphrase(sub)
    sub = command(
        "remove", upkeep.remove_user, "Laat iemand niet meer toe.", writes=True, under=under
    )
    sub.add_argument(
        "--login", metavar="LOGIN", required=True, help="wie niet meer wordt toegelaten"
    )
    sub = command(
        "passphrase",
        upkeep.change_passphrase,
        "Wijzig uw eigen wachtzin.",
        writes=True,
        under=under,
    )
    _new_passphrase(sub)


def _keys(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands for when a key is not safe any more."""
    from pzdesk import key_commands

    sub = command(
        *("renew-key", key_commands.renew_key, "Vernieuw de sleutel, nadat iemand vertrok."),
        writes=True,
    )
    sub.add_argument(
        "--recovery-out", metavar="PDF", help="maak ook een nieuw herstelblad; het oude vervalt"
    )
    sub.add_argument(
        "--leave-out",
        action="store_true",
        help="ga door zonder wie de nieuwe sleutel niet kan krijgen",
    )
    sub = command("lost-laptop", key_commands.lost_laptop, "Maak het blad bij een kwijte laptop.")
    sub.add_argument("--date", metavar="JJJJ-MM-DD", help="wie er op deze dag in stonden")
    sub.add_argument("--out", metavar="BESTAND", required=True, help=_OUT)


def _new_passphrase(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        *("--new-passphrase-file",),
        metavar="BESTAND",
        help="bestand met de nieuwe wachtzin (UTF-8); anders vraagt pzdesk erom",
    )


def _number(text: str) -> int:
    """A number of at most nine digits, as ids and minutes have."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError
    return int(text)


def _passphrase(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--passphrase-file", metavar="BESTAND", help="bestand met de wachtzin (UTF-8)")


def _with(sub: argparse.ArgumentParser, what: str) -> None:
    sub.add_argument(
        "--with",
        dest="extras",
        metavar="WAT[,WAT]",
        default="",
        help=f"wat anders niet wordt afgedrukt: {what}",
    )


_PATIENT = "nummer van de patiënt: zie patients"
_TAKE_OVER = "neem het schrijven over van wie nu schrijft"
_OUT = "waar het bestand komt"
_ROLES = ", ".join(map(label, Role))
_KINDS = ", ".join(map(label, ParticipantKind))


def run(arguments: Sequence[str], *, window: Window | None = None) -> int:
    """Run one command; returns the exit code. ``window`` opens the window for a command that ends in it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Looked for here, because what is typed wrong has to be told in JSON too.
    as_json = "--json" in arguments
    try:
        chosen = parser().parse_args(arguments)
        result = chosen.act(chosen)
        _say(result, as_json=as_json)
        if result.opens is not None and window is not None:
            return _shown(result.opens, window, as_json=as_json)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 2
    except WrongUsage as wrong:
        return _told(str(wrong), as_json=as_json, before=wrong.usage, code=2)
    except PzdeskError as problem:
        return _told_problem(problem, as_json=as_json)
    except (KeyboardInterrupt, EOFError):
        return _told("Afgebroken.", as_json=as_json)
    except _Unsaid as reason:
        # What is still in the buffer would be tried again at the end of Python, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        broken = isinstance(reason.__cause__, BrokenPipeError)
        return 1 if broken else _told(_UNSAID, as_json=as_json)
    except MemoryError:
        return _told("Er is te weinig geheugen om dit te doen.", as_json=as_json)
    except Exception as bug:
        kind = type(bug).__name__
        is_file = isinstance(bug, OSError) and bug.errno  # what the system says of a file or folder
        begin = _NO_FILE if is_file else f"Er ging iets mis in pzdesk zelf ({kind})."
        return _told(f"{begin} Er is niets half opgeslagen.", as_json=as_json)
    return 0


class _Unsaid(Exception):
    """The work was done, and the answer could not be written."""


_NO_FILE = "Een bestand of map is niet te gebruiken. Klopt de naam, en mag u erbij?"
_UNSAID = "Het werk is gedaan, maar het antwoord kon niet worden geschreven. Is de schijf vol?"


def _shown(opens: "Opens", window: Window, *, as_json: bool) -> int:
    """Open the window that a command ends in; why it cannot is an error where that was the command."""
    from pzdesk.commands import remark

    problem = window(opens.folder, opens.login, opens.secret)
    if problem and opens.must:
        return _told(problem, as_json=as_json)
    if problem:
        remark(problem, as_json=as_json)
    return 0


def _say(result: "Result", *, as_json: bool) -> None:
    from pzdesk.commands import remark

    for sentence in result.remarks:
        remark(sentence, as_json=as_json)
    try:
        if as_json:
            sys.stdout.write(json.dumps(result.value, ensure_ascii=False, indent=1) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in result.lines)
        sys.stdout.flush()
    except OSError as problem:
        raise _Unsaid from problem


def _told_problem(problem: PzdeskError, *, as_json: bool) -> int:
    """Tell what went wrong; as JSON with what there is to choose from, or each fault apart."""
    candidates = getattr(problem, "candidates", ())
    if not as_json:
        return _told("\n  ".join((str(problem), *candidates)), as_json=False)
    faults = getattr(problem, "faults", ())
    more = {"candidates": list(candidates), "faults": list(faults)}
    return _told(str(problem), as_json=True, more={name: few for name, few in more.items() if few})


def _told(
    sentence: str,
    *,
    as_json: bool,
    before: str = "",
    code: int = 1,
    more: Mapping[str, list[str]] | None = None,
) -> int:
    as_value = json.dumps({"error": sentence, **(more or {})}, ensure_ascii=False)
    sys.stderr.write(f"{as_value if as_json else before + sentence}\n")
    return code
