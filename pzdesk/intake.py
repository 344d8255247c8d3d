"""The commands that read in: a patient list, a filled PZP form, and taking such a form back."""

from dataclasses import asdict
from pathlib import Path

from pzdesk import typed
from pzdesk.commands import Arguments, Result, large, opened
from pzdesk.domain.errors import BadInput
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.services import files


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
    would = "zou worden toegevoegd" if len(report.new) == 1 else "zouden worden toegevoegd"
    added = would if arguments.dry_run else "toegevoegd"
    lines = [
        f"{len(report.new)} {added}, {len(report.known)} al bekend, {len(report.asked)} te beantwoorden."
    ]
    if arguments.dry_run:
        lines += [f"kolom “{column}” is {name}" for name, column in report.columns]
        lines += [f"kolom “{column}” wordt niet overgenomen" for column in report.unused]
        lines += [f"regel {line}: {who}" for line, who in report.first]
        more = len(report.new) - len(report.first)
        lines += [f"en nog {more} anderen"] if more > 0 else []
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
        "first": [{"line": line, "who": who} for line, who in report.first],
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
        file = desk.patients.file(PatientId(arguments.patient))
        found = [v for v in file.pzp_versions if v.number == arguments.version]
        if not found:
            raise BadInput(f"Versie {arguments.version} van deze PZP bestaat niet.", field="versie")
        printed = desk.pzps.take_back(found[0], arguments.reason)
    lines = [f"Versie {arguments.version} geldt niet meer bij patiënt {arguments.patient}."]
    if printed:
        lines.append("Intussen afgedrukt; haal dit terug:")
    lines += [
        f"  {large(label(one.kind))}, {dutch_date(one.printed_at.astimezone().date())}"
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
