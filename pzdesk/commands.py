"""What each command does: services in, values and Dutch lines out."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pzdesk import typed
from pzdesk.domain.errors import BadInput
from pzdesk.domain.labels import label
from pzdesk.domain.mdo import ParticipantKind
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date, formal
from pzdesk.domain.pzp import NOT_DISCUSSED
from pzdesk.domain.rows import PatientRow
from pzdesk.domain.status import Phase, Urgency
from pzdesk.services import files, opening
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.papers import Paper
from pzdesk.services.scoring import instrument_list, scored

Arguments = argparse.Namespace


class Result:
    """What a command has to say: values for ``--json``, lines for people."""

    def __init__(
        self, value: Any, lines: Sequence[str] = (), *, remarks: Sequence[str] = ()
    ) -> None:
        self.value = value
        self.lines = lines
        self.remarks = remarks


@contextmanager
def opened(arguments: Arguments) -> Iterator[Desk]:
    """The desk over the store that a command names, closed afterwards."""
    folder = files.folder_at(Path(arguments.store))
    login = arguments.user or opening.only_login(folder)
    session = opening.open_practice(folder, login, passphrase(arguments))
    try:
        if session.store.lost_events():
            sys.stderr.write(
                "Let op: het logboek is korter dan het was. Er is werk verloren gegaan of een oude kopie "
                "teruggezet; vergelijk met uw laatste back-up.\n"
            )
        yield desk_over(session)
    finally:
        session.close()


def passphrase(arguments: Arguments, *, new: bool = False) -> str:
    """The passphrase from the file that was named, else asked for, a new one twice; never an argument.

    Raises:
        BadInput: there is no terminal to ask in, or the two times differ.
    """
    if arguments.passphrase_file:
        data = files.read_file(
            Path(arguments.passphrase_file), what="Het bestand met de wachtzin", most=65536
        )
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
    roles = tuple(typed.role(name.strip()) for name in arguments.role.split(","))
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
        remark = (
            "Er is geen herstelblad gemaakt: zonder wachtzin gaat deze praktijk niet meer open."
        )
        return Result(value, lines, remarks=[remark])
    lines.append(
        f"Het herstelblad staat in {out}. Druk het af, leg het in de kluis, verwijder het bestand."
    )
    return Result(value, lines)


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
    opening.recover(folder, code, arguments.user, passphrase(arguments, new=True)).close()
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


def import_patients(arguments: Arguments) -> Result:
    """Read a list in; with --dry-run only look."""
    data = files.read_file(Path(arguments.list), what="De lijst")
    mapping = (
        files.read_file(Path(arguments.mapping), what="De kolomindeling")
        if arguments.mapping
        else None
    )
    answers = dict(typed.answer(text) for text in arguments.double)
    with opened(arguments) as desk:
        service = desk.patient_lists
        report = (
            service.preview(data, mapping, answers)
            if arguments.dry_run
            else service.take_in(data, mapping, answers)
        )
    added = "zou worden toegevoegd" if arguments.dry_run else "toegevoegd"
    lines = [
        f"{len(report.new)} {added}, {len(report.known)} al bekend, {len(report.asked)} te beantwoorden."
    ]
    lines += [f"regel {line}: patiënt {key}" for line, key in report.added]
    lines += [f"regel {fault.line} overgeslagen: {fault.reason}" for fault in report.faults]
    lines += [f"regel {line}: {remark}" for line, remark in report.remarks]
    for asked in report.asked:
        lines.append(f"regel {asked.line}: {asked.who} is mogelijk al bekend:")
        lines += [f"    {candidate}" for candidate in asked.candidates]
        lines.append(f"    antwoord met --double {asked.line}=ID of --double {asked.line}=nieuw")
    value = {
        "dry_run": arguments.dry_run,
        "mapping": dict(report.mapping),
        "new": list(report.new),
        "added": [{"line": line, "patient": key} for line, key in report.added],
        "known": [{"line": line, "patient": key} for line, key in report.known],
        "asked": [asdict(asked) for asked in report.asked],
        "faults": [{"line": fault.line, "reason": fault.reason} for fault in report.faults],
        "remarks": [{"line": line, "remark": remark} for line, remark in report.remarks],
        "unused_columns": list(report.unused),
    }
    return Result(value, lines)


def pzp_import(arguments: Arguments) -> Result:
    """Read a filled form in as a received version."""
    data = files.read_file(Path(arguments.form), what="Het formulier")
    with opened(arguments) as desk:
        found = desk.pzps.read_in(data, typed.whose(arguments.patient))
    lines = [f"Versie {found.version.number}, ontvangen, te bevestigen door de hoofdbehandelaar."]
    if found.confirmed:
        lines = [f"Versie {found.version.number}, bevestigd."]
    lines += found.remarks
    lines += [f"Verborgen op het formulier, telt niet mee: {left}" for left in found.leftovers]
    lines += [f"Voor het zorgnetwerk: {proposal}" for proposal in found.proposals]
    lines.append(str(found.patient_id))
    value = {
        "patient": found.patient_id,
        "version": found.version.number,
        "confirmed": found.confirmed,
        "existing": found.existing,
        "holds": found.holds,
        "leftovers": list(found.leftovers),
        "remarks": list(found.remarks),
        "proposals": list(found.proposals),
    }
    return Result(value, lines)


def pzp_take_back(arguments: Arguments) -> Result:
    """Take back a PZP that was read in with the wrong person; says what was printed meanwhile."""
    with opened(arguments) as desk:
        file = desk.patients.file(_patient(arguments))
        found = [v for v in file.pzp_versions if v.number == arguments.version]
        if not found:
            raise BadInput(f"Versie {arguments.version} van deze PZP bestaat niet.", field="versie")
        printed = desk.pzps.take_back(found[0], arguments.reason)
    lines = [f"Versie {arguments.version} geldt niet meer bij patiënt {arguments.patient}."]
    if printed:
        lines.append("Intussen afgedrukt; haal dit terug:")
    lines += [
        f"  {_large(label(one.kind))}, {dutch_date(one.printed_at.astimezone().date())}"
        for one in printed
    ]
    value = {
        "patient": arguments.patient,
        "version": arguments.version,
        "printed": [
            {"kind": one.kind, "digest": one.digest, "at": one.printed_at.isoformat()}
            for one in printed
        ],
    }
    return Result(value, lines)


def pzp(arguments: Arguments) -> Result:
    """Print the valid PZP."""
    _place(arguments)
    with opened(arguments) as desk:
        return _written(arguments, desk.papers.pzp(_patient(arguments), extras=_extras(arguments)))


def sheet(arguments: Arguments) -> Result:
    """Print the patient sheet."""
    _place(arguments)
    with opened(arguments) as desk:
        return _written(
            arguments, desk.papers.sheet(_patient(arguments), extras=_extras(arguments))
        )


def home_sheet(arguments: Arguments) -> Result:
    """Print the home sheet."""
    _place(arguments)
    with opened(arguments) as desk:
        return _written(arguments, desk.papers.home_sheet(_patient(arguments)))


def soep(arguments: Arguments) -> Result:
    """The text for the HIS, to a file or to the screen."""
    if arguments.out:
        _place(arguments)
    with opened(arguments) as desk:
        paper = desk.papers.soep(_patient(arguments))
        if arguments.out:
            return _written(arguments, paper)
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
    kinds = {kind.value: kind for kind in ParticipantKind}
    if arguments.audience and arguments.audience not in kinds:
        raise BadInput(f"--for {arguments.audience} kan niet; kies uit {', '.join(kinds)}.")
    _place(arguments)
    with opened(arguments) as desk:
        paper = desk.papers.agenda(
            arguments.meeting,
            audience=kinds.get(arguments.audience),
            extras=_extras(arguments),
            only_changed=arguments.changed,
        )
        return _written(arguments, paper)


def instruments_(arguments: Arguments) -> Result:
    """The instruments that pzdesk knows."""
    found = instrument_list()
    lines = [f"{one['id']:<26} {one['title']} (versie {one['version']})" for one in found]
    return Result(found, lines)


def score(arguments: Arguments) -> Result:
    """Count the answers on an instrument."""
    value = scored(arguments.instrument, Path(arguments.answers))
    return Result(value, [json.dumps(value, ensure_ascii=False)])


def verify(arguments: Arguments) -> Result:
    """Look whether the store is sound."""
    with opened(arguments) as desk:
        faults = desk.practice.verify()
    if faults:
        raise BadInput(" ".join(faults))
    lines = ["De praktijk is heel: database, sleutels, indeling en logboek zijn gecontroleerd."]
    return Result({"ok": True, "faults": []}, lines)


def demo(arguments: Arguments) -> Result:
    """A fictional practice with papers."""
    from pzdesk.demo import practice as demo_practice

    made = demo_practice.make(Path(arguments.out))
    return Result(made.value, made.lines)


def _place(arguments: Arguments) -> None:
    """Look whether the paper can go where it is asked, before it is made and kept as handed out."""
    files.checked_place(Path(arguments.out), store=Path(arguments.store))


def _written(arguments: Arguments, paper: Paper) -> Result:
    out = Path(arguments.out)
    files.write_file(out, paper.data, store=Path(arguments.store))
    value = {"out": str(out), "digest": paper.handout.digest, "bytes": paper.handout.size}
    return Result(value, [f"{_large(label(paper.handout.kind))} staat in {out}."])


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


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]
