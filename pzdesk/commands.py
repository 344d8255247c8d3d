"""What each command does: services in, values and Dutch lines out."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pzdesk import typed
from pzdesk.domain.errors import BadInput, StoreBusy
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, formal
from pzdesk.domain.pzp import NOT_DISCUSSED
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.status import Phase, Urgency
from pzdesk.services import files, opening, writing
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.papers import Paper
from pzdesk.services.practice import DAMAGED
from pzdesk.services.scoring import instrument_list, scored

Arguments = argparse.Namespace

TAKE_OVER = "Met --take-over doet deze opdracht dat."
TAKEN_OVER = "Het schrijven is overgenomen van {}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """The practice on which the window opens after a command; ``must`` where that was the command."""

    folder: Path
    login: str | None = None
    secret: str | None = None
    must: bool = True


class Result:
    """What a command has to say: values for ``--json``, lines for people; and what the window opens on."""

    def __init__(
        self,
        value: Any,
        lines: Sequence[str] = (),
        *,
        remarks: Sequence[str] = (),
        opens: Opens | None = None,
    ) -> None:
        self.value = value
        self.lines = lines
        self.remarks = remarks
        self.opens = opens


def remark(sentence: str, *, as_json: bool) -> None:
    """Say something beside the answer, on stderr."""
    said = json.dumps({"remark": sentence}, ensure_ascii=False) if as_json else sentence
    sys.stderr.write(f"{said}\n")


@contextmanager
def opened(arguments: Arguments) -> Iterator[Desk]:
    """The desk over the store that a command names, closed afterwards."""
    folder = files.folder_at(Path(arguments.store))
    login = arguments.user or opening.only_login(folder)
    session = opening.open_practice(folder, login, passphrase(arguments))
    try:
        if lost := opening.lost_work(session):
            remark(lost, as_json=arguments.json)
        desk = desk_over(session)
        if faults := desk.practice.look_for_damage():
            remark(DAMAGED.format(" ".join(faults)), as_json=arguments.json)
        with _may_write(desk, arguments):
            yield desk
    finally:
        session.close()


@contextmanager
def _may_write(desk: Desk, arguments: Arguments) -> Iterator[None]:
    """Take over from who writes, where that was asked; where it was not, say how."""
    takes = getattr(arguments, "take_over", None)
    if takes and writing.look(desk.session, keeps_open=False).other is not None:
        former = desk.writing.take_over()
        remark(TAKEN_OVER.format(former.who), as_json=arguments.json)
    try:
        yield
    except StoreBusy as problem:
        if takes is not False or writing.look(desk.session, keeps_open=False).other is None:
            raise
        raise StoreBusy(f"{problem} {TAKE_OVER}") from None


def passphrase(arguments: Arguments, *, new: bool = False, file: str | None = None) -> str:
    """The passphrase from the file that was named, else asked for, a new one twice; never an argument.

    ``file`` is the file of a new passphrase where another opens the store.

    Raises:
        BadInput: there is no terminal to ask in, or the two times differ.
    """
    named = file if new and "new_passphrase_file" in arguments else arguments.passphrase_file
    if named:
        data = files.read_file(Path(named), what="Het bestand met de wachtzin", most=65536)
        return opening.passphrase_from_bytes(data)
    if not sys.stdin.isatty():
        raise BadInput("Geef de wachtzin met --passphrase-file, of start pzdesk in een terminal.")
    typed = getpass.getpass("Nieuwe wachtzin: " if new else "Wachtzin: ")
    if new and getpass.getpass("Nog een keer: ") != typed:
        raise BadInput(
            "De twee wachtzinnen zijn niet gelijk. Probeer het opnieuw.", field="wachtzin"
        )
    return opening.passphrase_from_bytes(typed.encode("utf-8", "surrogateescape"))


def new(arguments: Arguments) -> Result:
    """Make a practice, with a recovery sheet where one was asked for."""
    folder = files.folder_at(Path(arguments.store))
    remarks = [told] if (told := opening.warning_about(folder)) else []
    roles = typed.roles(arguments.role)
    secret = passphrase(arguments, new=True)
    out = Path(arguments.recovery_out) if arguments.recovery_out else None
    code = None
    if out is not None:
        if out.exists():
            raise BadInput(f"Er staat al een bestand op deze plaats; kies een andere naam: {out}")
        # The sheet comes first: a slot of which nobody has the code would look like a way back.
        code = opening.new_recovery_code()
        sheet = opening.recovery_paper(code, arguments.practice, arguments.name)
        files.write_file(out, sheet, store=folder)
    try:
        session = opening.make_practice(
            folder,
            practice=arguments.practice,
            login=arguments.user,
            name=arguments.name,
            roles=roles,
            secret=secret,
            recovery_code=code,
        )
    except BaseException:
        if out is not None:
            out.unlink(missing_ok=True)
        raise
    session.close()
    lines = [f"De praktijk {arguments.practice} staat in {folder}."]
    value = {"store": str(folder), "login": arguments.user, "recovery": str(out) if out else None}
    if out is None:
        remarks.append(
            "Er is geen herstelblad gemaakt: zonder wachtzin gaat deze praktijk niet meer open."
        )
        return Result(value, lines, remarks=remarks)
    lines.append(
        f"Het herstelblad staat in {out}. Druk het af, leg het in de kluis, verwijder het bestand."
    )
    return Result(value, lines, remarks=remarks)


def recover(arguments: Arguments) -> Result:
    """Open a practice with its recovery code, and give a user a new passphrase."""
    if arguments.code_file:
        path = Path(arguments.code_file)
        typed = files.read_file(path, what="Het bestand met de herstelcode", most=65536)
        code = typed.decode("utf-8", errors="replace").removeprefix("\ufeff").strip()
    elif sys.stdin.isatty():
        code = getpass.getpass("Herstelcode: ")
    else:
        raise BadInput("Geef de herstelcode met --code-file, of start pzdesk in een terminal.")
    folder = files.folder_at(Path(arguments.store))
    opening.recover(
        *(folder, code, arguments.user, passphrase(arguments, new=True)),
        saving=lambda session: _may_write(desk_over(session), arguments),
    ).close()
    value = {"store": arguments.store, "login": arguments.user}
    return Result(value, [f"{arguments.user} opent deze praktijk nu met de nieuwe wachtzin."])


def patients(arguments: Arguments) -> Result:
    """The list of patients."""
    with opened(arguments) as desk:
        rows = desk.patients.rows(everybody=arguments.all)
    if not rows:
        return Result(
            [], ["Er staat nog niemand in deze praktijk. Begin met: pzdesk import-patients"]
        )
    lines = [_patient_line(row) for row in rows]
    return Result([_plain(row) for row in rows], [*lines, f"{len(rows)} mensen"])


def _patient_line(row: PatientRow) -> str:
    said = [
        f"{row.id:>5}  {formal(row.name, row.sex)}, {dutch_date(row.birth_date)}",
        row.diagnosis,
    ]
    if row.phase:
        since = "op" if row.phase == Phase.DECEASED else "sinds"
        said.append(f"{label(Phase(row.phase))} {since} {dutch_date(row.phase_since)}")
    if row.urgency and row.phase != Phase.DECEASED:
        said.append(f"urgentie: {label(Urgency(row.urgency))}")
    if row.phase is None and row.markering is None:
        said.append("nog niet beoordeeld")
    said.append(row.resuscitation or NOT_DISCUSSED)
    said.append("PZP ontvangen, te bevestigen" if row.pzp_to_confirm else "")
    said.append(
        f"PZP {dutch_date(row.pzp_on) or 'datum onbekend'}" if row.pzp_count else "nog geen PZP"
    )
    return " · ".join(part for part in said if part)


def pzp(arguments: Arguments) -> Result:
    """Print the valid PZP."""
    checked_out(arguments)
    with opened(arguments) as desk:
        return written(arguments, desk.papers.pzp(_patient(arguments), extras=_extras(arguments)))


def sheet(arguments: Arguments) -> Result:
    """Print the patient sheet."""
    checked_out(arguments)
    with opened(arguments) as desk:
        return written(arguments, desk.papers.sheet(_patient(arguments), extras=_extras(arguments)))


def home_sheet(arguments: Arguments) -> Result:
    """Print the home sheet."""
    checked_out(arguments)
    with opened(arguments) as desk:
        return written(arguments, desk.papers.home_sheet(_patient(arguments)))


def soep(arguments: Arguments) -> Result:
    """The text for the HIS, to a file or to the screen."""
    if arguments.out:
        checked_out(arguments)
    with opened(arguments) as desk:
        paper = desk.papers.soep(_patient(arguments))
        if arguments.out:
            return written(arguments, paper)
    text = paper.data.decode()
    return Result({"text": text, "digest": paper.handout.digest}, text.splitlines())


def propose(arguments: Arguments) -> Result:
    """Who belongs on the agenda, with reasons."""
    on = typed.day(arguments.date)
    with opened(arguments) as desk:
        found = desk.meetings.proposal(on)
    lines = [
        f"{p.patient_id:>5}  {formal(p.name, p.sex)}, {dutch_date(p.birth_date)} "
        f"({p.minutes} min): {'; '.join(p.reasons)}"
        for p in found
    ]
    value = [
        {
            "patient": p.patient_id,
            "name": formal(p.name, p.sex),
            "birth_date": p.birth_date.isoformat(),
            "kinds": list(p.kinds),
            "reasons": list(p.reasons),
            "urgency": p.urgency,
            "minutes": p.minutes,
        }
        for p in found
    ]
    return Result(value, lines or ["Niemand komt volgens de regels op de agenda."])


def meeting(arguments: Arguments) -> Result:
    """Plan a meeting with people on its agenda."""
    on, starts = typed.day(arguments.date), typed.moment(arguments.time)
    people = [PatientId(key) for key in arguments.patient]
    with opened(arguments) as desk:
        planned = desk.meetings.plan(
            on=on, starts=starts, patients=people, place=arguments.place, minutes=arguments.minutes
        )
    value = {
        "meeting": planned.id,
        "date": on.isoformat(),
        "time": f"{starts:%H:%M}",
        "patients": people,
    }
    said = f"Overleg op {dutch_date(on)} om {starts:%H.%M} uur, {len(people)} mensen op de agenda."
    return Result(value, [said, str(planned.id)])


def agenda(arguments: Arguments) -> Result:
    """Print the agenda of a meeting."""
    audience = typed.audience(arguments.audience) if arguments.audience else None
    checked_out(arguments)
    with opened(arguments) as desk:
        paper = desk.papers.agenda(
            arguments.meeting,
            audience=audience,
            extras=_extras(arguments),
            only_changed=arguments.changed,
        )
        made = written(arguments, paper)
    remarks = [
        f"Er is ook {label(kind)} uitgenodigd, met wie niet iedereen besproken mag worden. "
        f"Druk daarvoor een eigen versie af met --for {kind}."
        for kind in paper.own_versions
    ]
    return Result(made.value, made.lines, remarks=remarks)


def instruments_(arguments: Arguments) -> Result:
    """The instruments that pzdesk knows."""
    found = instrument_list()
    lines = [f"{one['id']:<26} {one['title']} (versie {one['version']})" for one in found]
    return Result(found, lines)


def score(arguments: Arguments) -> Result:
    """Count the answers on an instrument."""
    value = scored(arguments.instrument, Path(arguments.answers))
    return Result(value, [json.dumps(value, ensure_ascii=False)])


def demo(arguments: Arguments) -> Result:
    """A fictional practice with papers."""
    from pzdesk.demo import practice as demo_practice

    made = demo_practice.make(Path(arguments.out))
    if arguments.no_window or arguments.json:
        return Result(made.value, made.lines)
    secret = files.read_file(Path(made.value["passphrase_file"]), what="De wachtzin", most=65536)
    opens = Opens(
        folder=Path(made.value["store"]),
        login=made.value["user"],
        secret=opening.passphrase_from_bytes(secret),
        must=False,
    )
    return Result(made.value, made.lines, opens=opens)


def open_(arguments: Arguments) -> Result:
    """The window on a practice; nothing is asked here, for the window asks who you are."""
    folder = files.folder_at(Path(arguments.store))
    opening.logins(folder)  # what is no practice is told before a window opens
    value = {"store": str(folder)}
    return Result(value, opens=Opens(folder=folder, login=arguments.user))


def checked_out(arguments: Arguments) -> None:
    """Look whether the paper can go where it is asked, before it is made and kept as handed out."""
    files.checked_place(Path(arguments.out), store=Path(arguments.store))


def written(arguments: Arguments, paper: Paper) -> Result:
    """Write a paper where the command says, and tell where."""
    out = Path(arguments.out)
    files.write_file(out, paper.data, store=Path(arguments.store))
    value = {"out": str(out), "digest": paper.handout.digest, "bytes": paper.handout.size}
    return Result(value, [f"{large(label(paper.handout.kind))} staat in {out}."])


def _patient(arguments: Arguments) -> PatientId:
    return PatientId(arguments.patient)


def _extras(arguments: Arguments) -> frozenset[str]:
    return frozenset(part.strip() for part in arguments.extras.split(",") if part.strip())


def _plain(row: PatientRow) -> dict[str, Any]:
    value = asdict(row)
    value["name"] = formal(row.name, row.sex)
    value["resuscitation"] = row.resuscitation or NOT_DISCUSSED
    return {
        key: item.isoformat() if isinstance(item, date) else item for key, item in value.items()
    }


def large(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
