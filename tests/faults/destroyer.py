"""A process that destroys one file until it is killed; it says when it begins and when that is done."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import Role
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from pzdesk.store import folder
from tests import factories


def main(place: str, key: str, patient: str, born: str) -> None:
    """Be the process that destroys."""
    clock = datetime.now(UTC).astimezone()
    store = folder.open_with_key(Path(place), bytes.fromhex(key), clock)
    session = Session(store, factories.a_user(Role.HUISARTS), lambda: clock)
    desk = desk_over(session)
    sys.stdout.write("begint\n")
    sys.stdout.flush()
    desk.destructions.destroy(
        PatientId(int(patient)), asked_by=AskedBy.PATIENT, reason="eigen wens", typed=born
    )
    sys.stdout.write("klaar\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
