"""Commands that look after a practice: users, the log, backups, and whether all is sound."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pzdesk import typed
from pzdesk.commands import TAKE_OVER, TAKEN_OVER, Result, checked_out, opened, passphrase, written
from pzdesk.domain import came_back
from pzdesk.domain.audit import AuditRow, wall_time
from pzdesk.domain.audit_log import LogFilter
from pzdesk.domain.audit_words import actor_words, line_words
from pzdesk.domain.backup import Backup
from pzdesk.domain.errors import BadInput, Refused, StoreBusy, StoreDamaged
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.domain.user import User
from pzdesk.services import backups, diagnostics, files, opening

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
        return Result({"ok": True, "faults": [], **_told(found)}, lines)
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
    return Result(_told(made), lines, remarks=[warning] if warning else [])


def restore(arguments: Arguments) -> Result:
    """Put a backup back in a new place, or over a practice that then lies beside it."""
    path, folder = Path(arguments.backup), files.folder_at(Path(arguments.to))
    remarks = [told] if (told := opening.warning_about(folder)) else []
    login, secret, takes = _login_in(path, arguments), passphrase(arguments), arguments.take_over
    try:
        done = backups.restore(path, folder, login, secret, take_over=takes)
    except StoreBusy as problem:
        if takes or not opening.who_writes(folder):
            raise
        raise StoreBusy(f"{problem} {TAKE_OVER}") from None
    if done.taken_from is not None:
        remarks.append(TAKEN_OVER.format(done.taken_from.who))
    lines = [f"Teruggezet: {_words(done.backup)}."]
    if done.aside is not None:
        lines.append(f"Wat er stond, ligt in {done.aside}")
    else:
        lines.append(
            "Wie haar opent en met welke rol, is zoals toen: pzdesk user list zegt wie dat zijn."
        )
    if done.destroyed:
        lines.append(
            f"Van {done.destroyed} {'patiënt' if done.destroyed == 1 else 'patiënten'} is opnieuw vernietigd "
            "wat na deze back-up is vernietigd."
        )
    if said := came_back.told(done.users):
        lines.append(said)
    value = {
        **_told(done.backup),
        "users": list(done.users),
        "destroyed": done.destroyed,
        "store": str(folder),
        "aside": _text(done.aside),
    }
    return Result(value, lines, remarks=remarks)


def users(arguments: Arguments) -> Result:
    """Who opens this practice, and who did before."""
    with opened(arguments) as desk:
        found = desk.practice.users()
    logins = {user.id: user.login for user in found}
    value = [
        {
            "login": user.login,
            "name": user.name,
            "roles": [role.value for role in user.roles],
            "acts_for": logins[user.acts_for_id] if user.acts_for_id is not None else None,
            "left": user.left_at.isoformat() if user.left_at else None,
        }
        for user in found
    ]
    return Result(value, [_user_line(user) for user in found])


def add_user(arguments: Arguments) -> Result:
    """Give somebody a passphrase of their own."""
    roles = typed.roles(arguments.role)
    with opened(arguments) as desk:
        secret = passphrase(arguments, new=True, file=arguments.new_passphrase_file)
        user = desk.users.add(
            login=arguments.login,
            name=arguments.name,
            roles=roles,
            secret=secret,
            acts_for=arguments.acts_for or "",
        )
    return Result({"login": user.login}, [f"Toegevoegd: {_user_line(user)}"])


def remove_user(arguments: Arguments) -> Result:
    """Let somebody in no more."""
    with opened(arguments) as desk:
        user = desk.users.remove(arguments.login)
    lines = [
        f"{user.name} opent deze praktijk niet meer.",
        "Wie een oude kopie van de map en de wachtzin van toen heeft, kan die kopie nog openen.",
        "Vernieuw de sleutel (pzdesk renew-key) als die persoon nog bij de map kan komen.",
    ]
    return Result({"login": user.login}, lines)


def change_passphrase(arguments: Arguments) -> Result:
    """Give who opens the practice another passphrase."""
    with opened(arguments) as desk:
        secret = passphrase(arguments, new=True, file=arguments.new_passphrase_file)
        desk.users.change_passphrase(secret)
        login = desk.session.user.login
    return Result({"login": login}, ["Uw wachtzin is gewijzigd."])


def audit(arguments: Arguments) -> Result:
    """The lines of the log, the newest last."""
    patient = PatientId(arguments.patient) if arguments.patient is not None else None
    if arguments.out and patient is None:
        raise BadInput("Een blad is er voor één patiënt: geef ook --patient.", field="patient")
    with opened(arguments) as desk:
        if arguments.out and patient is not None:
            checked_out(arguments)
            return written(arguments, desk.papers.access(patient))
        asked = LogFilter(
            patient=patient,
            login=arguments.by or "",
            since=typed.day(arguments.since) if arguments.since else None,
            until=typed.day(arguments.until) if arguments.until else None,
            emergencies=arguments.emergencies,
        )
        found = desk.logs.lines(asked, most=None).rows[::-1]
    lines = [_log_line(row) for row in found] or ["Geen regel in het logboek past hierbij."]
    return Result([asdict(row) for row in found], lines)


def diagnose(arguments: Arguments) -> Result:
    """Write what can be told of a practice and this computer without a word of any patient."""
    out = Path(arguments.out)
    with opened(arguments) as desk:
        text = diagnostics.file_of(
            desk.session.now,
            practice=desk.diagnostics.practice(),
            window=(),
            errors=diagnostics.error_log().newest(),
        )
    files.write_file(out, text.encode(), store=Path(arguments.store))
    lines = [f"Het diagnostische bestand staat in {out}. Lees het na voordat u het meestuurt."]
    return Result({"out": str(out)}, lines)


def inzage(arguments: Arguments) -> Result:
    """A copy of a whole file for the patient: a paper, and the same facts as JSON."""
    out, store = Path(arguments.out), Path(arguments.store)
    files.checked_folder(out, store=store)
    with opened(arguments) as desk:
        made = desk.inzage.copy(PatientId(arguments.patient))
    found = {f"{made.name}.pdf": made.pdf, f"{made.name}.json": made.data}
    files.write_files(out, found, store=store)
    paths = [str(out / name) for name in found]
    lines = [f"Het afschrift staat in {path}." for path in paths]
    lines.append(
        "Wat van een mantelzorger of een naaste is, staat er niet in; het afschrift zegt dat."
    )
    return Result({"files": paths}, lines)


def _log_line(row: AuditRow) -> str:
    moment = wall_time(row.at, row.offset_minutes)
    about = f", patiënt {row.patient_id}" if row.patient_id is not None else ""
    return f"{moment:%d-%m-%Y %H.%M}  {actor_words(row)} {line_words(row)}{about}"


def _user_line(user: User) -> str:
    roles = ", ".join(map(label, user.roles))
    left = f", vertrokken op {dutch_date(user.left_at.date())}" if user.left_at else ""
    return f"{user.login}  {user.name} ({roles}){left}"


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


def _told(backup: Backup) -> dict[str, object]:
    """A backup as plain values."""
    about = backup.about
    return {
        "file": str(backup.path),
        "made": about.made_at.isoformat(),
        "bytes": backup.size,
        "log": about.sequence,
        "pzdesk": about.app,
    }
