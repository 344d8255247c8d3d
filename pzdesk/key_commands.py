"""Commands for when a key is not safe any more: a new key for the practice, the sheet of a lost laptop."""

import argparse
from datetime import date
from pathlib import Path

from pzdesk import typed
from pzdesk.commands import Result, checked_out, opened, passphrase, written
from pzdesk.domain.errors import BadInput
from pzdesk.services import files, opening, rekey

Arguments = argparse.Namespace


def renew_key(arguments: Arguments) -> Result:
    """Put the practice under a new key; who left, and kept a copy, reads nothing of what comes after."""
    out = Path(arguments.recovery_out) if arguments.recovery_out else None
    with opened(arguments) as desk:
        session, secret = desk.session, passphrase(arguments)
        without = arguments.leave_out
        rekey.look_ahead(session, secret, new_sheet=out is not None, leave_out=without)
        code = None
        if out is not None:
            if out.exists():
                raise BadInput(
                    f"Er staat al een bestand op deze plaats; kies een andere naam: {out}"
                )
            # The sheet comes first: a slot of which nobody has the code would look like a way back.
            code = opening.new_recovery_code()
            practice = desk.practice.practice().name
            sheet = opening.recovery_paper(code, practice, session.user.name)
            files.write_file(out, sheet, store=session.store.folder)
        try:
            rekey.renew_key(session, secret, recovery_code=code, leave_out=without).close()
        except BaseException:
            if out is not None and not rekey.is_decided(session):
                out.unlink(missing_ok=True)
            raise
    lines = [
        "De praktijk heeft een nieuwe sleutel. Iedereen opent met de eigen wachtzin, zoals altijd.",
        "Een oude kopie of back-up gaat met de wachtzin van toen nog wel open.",
    ]
    if out is not None:
        lines.append(f"Het nieuwe herstelblad staat in {out}; het oude opent niets meer.")
    return Result({"renewed": True, "recovery": str(out) if out else None}, lines)


def lost_laptop(arguments: Arguments) -> Result:
    """A sheet of who was on a computer that is lost, who could open it, and what to do."""
    checked_out(arguments)
    with opened(arguments) as desk:
        on: date = typed.day(arguments.date) if arguments.date else desk.session.today
        return written(arguments, desk.lost.sheet(on))
