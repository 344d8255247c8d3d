"""How long a file is kept: twenty years after its last change; it is destroyed by somebody's hand only.

BW 7:454 lid 3: "gedurende twintig jaar, te rekenen vanaf het tijdstip waarop de laatste wijziging in het
dossier heeft plaatsgevonden, of zoveel langer als redelijkerwijs in verband met de zorg aan de patiënt
noodzakelijk is". Who keeps a file longer records why in it: the term begins anew with that line.
The log is kept for at least five years from the moment of writing (Stcrt. 2019, 38007); pzdesk never
shortens it.
"""

from dataclasses import dataclass
from datetime import date

from pzdesk.domain.patient import Patient

KEEP_YEARS = 20
LOG_YEARS = 5
SOURCE = "BW 7:454 lid 3, WGBO"


@dataclass(frozen=True, slots=True)
class Overdue:
    """A file that may go, and the day on which something of it was last recorded or changed."""

    patient: Patient
    last_change: date


def kept_until(last_change: date) -> date:
    """The last day on which a file with this last change has to be kept."""
    return _years_later(last_change, KEEP_YEARS) or date(last_change.year + KEEP_YEARS, 2, 28)


def cut_off(today: date) -> date:
    """The first day on which a last change still keeps a file today."""
    return _years_later(today, -KEEP_YEARS) or date(today.year - KEEP_YEARS, 3, 1)


def _years_later(day: date, years: int) -> date | None:
    """The same day of another year; None of 29 February in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None
