"""Commands that look after a practice: backups made and put back, and whether all is sound."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pzdesk.commands import Result, opened, passphrase
from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import BadInput, Refused, StoreDamaged
from pzdesk.domain.person import dutch_date
from pzdesk.services import backups, files, opening

Arguments = argparse.Namespace


class Unsound(StoreDamaged):
    """The store was looked at, and something is wrong with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def verify(arguments: Arguments) -> Result:
    """Look whether a store, or a backup, is sound."""
    path = Path(arguments.store)
    if path.is_file():
        found = backups.check(path, _login_in(path, arguments), passphrase(arguments))
        lines = [f"De back-up is heel en kan worden teruggezet: {_words(found)}."]
        return Result({"ok": True, "faults": [], **backups.told(found)}, lines)
    with opened(arguments) as desk:
        faults = desk.practice.verify()
    if faults:
        raise Unsound(faults)
    lines = ["De praktijk is heel: database, sleutels, indeling en logboek zijn gecontroleerd."]
    return Result({"ok": True, "faults": []}, lines)


def backup(arguments: Arguments) -> Result:
    """Make a backup, proved before it counts; the last line is its file alone."""
    to = Path(arguments.to) if arguments.to else None
    if to is not None and not to.is_dir():
        raise Refused(f"Deze map is er niet: {to}. Maak haar eerst of kies een andere.")
    with opened(arguments) as desk:
        made = desk.backups.make(to)
        warning = desk.backups.state.warning(desk.session.now)
    lines = [f"Back-up gemaakt en gecontroleerd: {_words(made)}.", str(made.path)]
    return Result(backups.told(made), lines, remarks=[warning] if warning else [])


def restore(arguments: Arguments) -> Result:
    """Put a backup back in a new place, or over a practice that then lies beside it."""
    path, folder = Path(arguments.backup), files.folder_at(Path(arguments.to))
    remarks = [told] if (told := opening.warning_about(folder)) else []
    done = backups.restore(path, folder, _login_in(path, arguments), passphrase(arguments))
    lines = [f"Teruggezet: {_words(done.backup)}."]
    if done.aside is not None:
        lines.append(f"Wat er stond, ligt in {done.aside}")
    value = {**backups.told(done.backup), "store": str(folder), "aside": _text(done.aside)}
    return Result(value, lines, remarks=remarks)


def _login_in(path: Path, arguments: Arguments) -> str:
    if arguments.user:
        return str(arguments.user)
    found = backups.logins(path)
    if len(found) != 1:
        raise BadInput("Geef met --user aan wie u bent.", field="login")
    return found[0]


def _words(backup: Backup) -> str:
    made = backup.about.made_at
    size = f"{max(backup.size / 1e6, 0.1):.1f}".replace(".", ",")
    return f"stand van {dutch_date(made.date())}, {made:%H.%M} uur ({size} MB)"


def _text(path: Path | None) -> str | None:
    return str(path) if path is not None else None
