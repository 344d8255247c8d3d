"""Promise 5: not one byte of what was typed stands readable in any file but a chosen export."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from pzdesk.domain.assessment import Assessment, Dimension, Finding, Weight
from pzdesk.domain.mdo import ItemNotes
from pzdesk.domain.network import MayKnow, Naaste, NaasteRole
from pzdesk.domain.pzp import Answer
from pzdesk.domain.user import Role
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups, folder
from tests import factories
from tests.factories import NOW, TODAY
from tests.faults.outcome import Outcome

MARKERS = 50


def try_journey(place: Path, key: bytes) -> Outcome:
    """Type fifty marked texts wherever text can be kept, then search every byte that was written."""
    marks = [f"Zeldzaamwoord{number:02d}q" for number in range(MARKERS)]
    with _own_temporary(place.with_name("tijdelijk")) as temporary:
        session = Session(
            folder.open_with_key(place, key, NOW), factories.a_user(*Role), lambda: NOW
        )
        type_all(desk_over(session), iter(marks))
        backups.make(session.store, "0" * 32, place / "backups", NOW, app="proef")
        open_files = found_in(place, marks) | found_in(temporary, marks)
        session.close()
        closed = found_in(place, marks) | found_in(temporary, marks)
    control = place.with_name("controle")
    control.mkdir()
    (control / "lek.txt").write_bytes(marks[0].encode("utf-16-le"))
    leaked = open_files | closed
    return Outcome(
        promise="5. leesbare tekst buiten gekozen stukken",
        tried=MARKERS,
        survived=MARKERS - len({mark for mark, _ in leaked}),
        detail="; ".join(f"{mark} in {name}" for mark, name in sorted(leaked)[:3]),
        control="een tekst in UTF-16 ernaast",
        seen=bool(found_in(control, marks)),
    )


def found_in(where: Path, marks: list[str]) -> set[tuple[str, str]]:
    """Which of the marks stand readable in which files, as UTF-8 or UTF-16."""
    found = set()
    for path in where.rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes() + str(path).encode()
        for mark in marks:
            if any(mark.encode(how) in data for how in ("utf-8", "utf-16-le", "utf-16-be")):
                found.add((mark, path.name))
    return found


def type_all(desk: Desk, marks: Iterator[str]) -> None:
    patient = desk.patients.add(
        factories.a_patient(
            name=factories.a_name(
                achternaam=next(marks), roepnaam=next(marks), partner_achternaam=next(marks)
            ),
            diagnosis=next(marks),
            capable_note=next(marks),
        )
    )
    naaste = desk.network.keep_naaste(
        Naaste(
            patient_id=patient.id,
            name=next(marks),
            relation=next(marks),
            roles=(NaasteRole.MANTELZORGER,),
            may_know=MayKnow.ALL,
            confidence=next(marks),
        )
    )
    desk.network.keep_naaste(replace(naaste, may_know_note=next(marks)))
    desk.network.keep_professional(factories.a_professional(name=next(marks), note=next(marks)))
    desk.assessments.assess(
        Assessment(
            patient_id=patient.id,
            on=TODAY,
            findings=tuple(
                Finding(
                    dimension=dimension, weight=Weight.LIGHT, text=next(marks), plan=next(marks)
                )
                for dimension in Dimension
            ),
            understanding=next(marks),
            deciding=next(marks),
            recorded_at=NOW,
            recorded_by=1,
        )
    )
    desk.pzps.record(
        patient.id,
        {
            "4a": Answer("ja_maar"),
            "4a.beperking": Answer(next(marks)),
            "4a.toelichting": Answer(next(marks)),
            "5a": Answer(next(marks)),
        },
        talk_on=date(2026, 6, 1),
        held_by=next(marks),
    )
    action = desk.actions.add(who=next(marks), what=next(marks), patient_id=patient.id)
    desk.actions.close(action, on=TODAY, outcome=next(marks))
    meeting = desk.meetings.plan(on=TODAY, starts=factories.NOW.time(), patients=[patient.id])
    item = desk.meetings.meeting(meeting.id)[1][0]
    desk.meetings.note(
        item,
        ItemNotes(
            lichamelijk=next(marks),
            psychisch=next(marks),
            sociaal=next(marks),
            zingeving=next(marks),
            vooruitkijken=next(marks),
            afspraken=(next(marks), next(marks)),
        ),
    )
    for mark in marks:  # what was typed and not saved
        desk.drafts.keep(f"dossier-{patient.id}-{mark}", {"tekst": mark})
    desk.papers.sheet(patient.id)
    desk.papers.preview_pzp(patient.id)
    desk.papers.agenda(meeting.id)
    desk.papers.soep(patient.id)


@contextmanager
def _own_temporary(place: Path) -> Iterator[Path]:
    """Temporary files of this process, and of what it starts, go to a place of our own."""
    place.mkdir()
    was, tempfile.tempdir = tempfile.tempdir, str(place)
    before = {name: os.environ.get(name) for name in ("TMPDIR", "SQLITE_TMPDIR")}
    os.environ.update(dict.fromkeys(before, str(place)))
    try:
        yield place
    finally:
        tempfile.tempdir = was
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
