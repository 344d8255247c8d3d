"""A process that works in a store until it is killed: one line on stdout for each act that was acknowledged.

Started as ``python -m tests.faults.worker STORE KEY NAME``; what it acknowledged must be there afterwards.
"""

import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from pzdesk.domain.pzp import Answer
from pzdesk.domain.user import Role
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import backups, folder
from pzdesk.store.folder import BACKUPS
from tests import factories

KINDS = 5
"""An action, a patient, a PZP, a draft, a back-up: numbers 0 to 4 of an acknowledgement."""


def work(place: Path, key: bytes, name: str) -> None:
    """Do one act after another; each ends with its line: kind, number, mark."""
    start = datetime.now(UTC)
    clock = start.astimezone()
    session = Session(
        folder.open_with_key(place, key, clock),
        factories.a_user(Role.HUISARTS, Role.BEHEERDER),
        lambda: clock,
    )
    desk = desk_over(session)
    for number in count():
        mark = f"{name}-{number}"
        match number % KINDS:
            case 0:
                told = desk.actions.add(who="POH", what=mark).id
            case 1:
                person = factories.a_patient(
                    name=factories.a_name(achternaam=mark, partner_achternaam=""),
                    birth_date=factories.a_patient().birth_date + timedelta(days=number),
                )
                told = patient = desk.patients.add(person).id
            case 2:
                made = desk.pzps.record(
                    patient,
                    {"4a": Answer("nee"), "4a.toelichting": Answer(mark)},
                    talk_on=clock.date(),
                    held_by="dr. De Boer",
                )
                told = made.id
            case 3:
                desk.drafts.keep("dossier", {"tekst": mark})
                told = 0
            case _:
                backup = backups.make(session.store, "0" * 32, place / BACKUPS, clock, app=mark)
                told, mark = 0, backup.path.name
        sys.stdout.write(f"{number % KINDS} {told} {mark}\n")
        sys.stdout.flush()


def main(place: str, key: str, name: str) -> None:
    """Be the process that works."""
    work(Path(place), bytes.fromhex(key), name)


if __name__ == "__main__":
    main(*sys.argv[1:])
